"""What normalisations say of themselves, against what they do."""

import pytest
import torch

import edgewise as ew
from edgewise.nn.norm import NORMS, make_norm
from every_pair import every_pair

F64 = torch.float64


def rows(count, features):
    return torch.randn(count, features, dtype=F64, generator=torch.Generator().manual_seed(0))


def made(name, features=4):
    norm = make_norm(name, features, dtype=F64, device=None)
    for k, p in enumerate(norm.parameters()):
        p.data = 0.5 + rows(1, features)[0].abs() * (k + 1)
    norm.follow(3 - 2 * rows(20, features))
    return norm


@pytest.mark.parametrize("name", NORMS)
def test_it_mixes_where_another_feature_moves_this_one(name):
    norm, x = made(name), rows(6, 4)
    moved = x.clone()
    moved[:, 1] = 10 + moved[:, 1]
    others = [0, 2, 3]
    stays = torch.equal(norm(x)[:, others], norm(moved)[:, others])
    assert stays == (not norm.mixes)
    layer = ew.KANLinear(4, 2, norm=name, dtype=F64)
    assert (layer.norm.name, layer.norm_name, layer.mixes_features) == (name, name, norm.mixes)


@pytest.mark.parametrize("name", NORMS)
def test_it_rescales_where_larger_inputs_give_no_larger_values(name):
    norms, x = [make_norm(name, 4, dtype=F64, device=None) for _ in range(2)], rows(50, 4)
    sizes = []
    for norm, inputs in zip(norms, (x, 1000 * x), strict=True):
        norm.follow(inputs)
        sizes.append(norm(inputs).abs().max())
    assert bool(sizes[1] > 500 * sizes[0]) == (not norms[0].rescales)


@pytest.mark.parametrize("name", NORMS)
def test_the_affine_map_is_its_last_step(name):
    norm, x = made(name), rows(6, 4)
    if (trained := norm.affine_map()) is None:
        assert not list(norm.parameters())
        return
    before, (scale, shift) = norm(x), trained
    if norm.statistics_of is None:
        torch.testing.assert_close(before, scale * x + shift)
    a, b = 0.5 + rows(2, 4).abs()
    with torch.no_grad():
        norm.compose(a, b)
    torch.testing.assert_close(norm(x), a * before + b)


@pytest.mark.parametrize("name", NORMS)
def test_keeping_some_features(name):
    norm, x = made(name), rows(6, 4)
    kept = torch.tensor([3, 1])
    if norm.mixes:
        with pytest.raises(ValueError, match="one by one"):
            norm.keep(kept)
        return
    expected = norm(x)[:, kept]
    norm.keep(kept)
    assert torch.equal(norm(x[:, kept]), expected)


@pytest.mark.parametrize("name", NORMS)
def test_features_in_another_order(name):
    norm, x = made(name), rows(6, 4)
    for parameter in norm.parameters():
        parameter.data.add_(torch.arange(4.0))
    order = torch.tensor([3, 1, 0, 2])
    expected = norm(x)[:, order]
    norm.reorder(order)
    torch.testing.assert_close(norm(x[:, order]), expected)


@pytest.mark.parametrize("name", NORMS)
def test_fit_spans_the_interval_or_leaves_everything(name):
    norm, x = made(name), rows(30, 4)
    before = norm(x)
    norm.fit_(x, -0.5, 2.0)
    if name.startswith("standard"):  # whatever the interval
        torch.testing.assert_close(norm(x).mean(0), torch.zeros(4, dtype=F64))
        torch.testing.assert_close(norm(x).std(0, correction=0), torch.ones(4, dtype=F64))
    elif norm.rescales:
        assert torch.equal(norm(x), before)
    else:
        torch.testing.assert_close(norm(x).amin(0), torch.full((4,), -0.5, dtype=F64))
        torch.testing.assert_close(norm(x).amax(0), torch.full((4,), 2.0, dtype=F64))


def test_layernorm_is_torchs():
    norm, x = made("layer"), rows(6, 4)
    theirs = torch.nn.LayerNorm(4, dtype=F64)
    theirs.load_state_dict(norm.state_dict())
    assert torch.equal(norm(x), theirs(x))


@every_pair(
    name=[None, *NORMS],
    base=[None, "silu", torch.sin],
    basis=[ew.BSpline(), ew.Gaussian(4), ew.Chebyshev(3)],
)
def test_a_layer_is_the_sum_of_its_edges(name, base, basis):
    layer = ew.KANLinear(3, 2, basis=basis, norm=name, base=base, coef_scale=True, dtype=F64)
    layer.coef_scale.data = 0.5 + torch.rand(3, 2, dtype=F64)
    layer.mask = torch.tensor([[1.0, 0], [1, 1], [0, 1]], dtype=F64)
    x = rows(10, 3).view(5, 2, 3)
    layer(3 - 2 * x)
    layer.eval()
    edges = layer.edge_values(x)
    assert edges.shape == (5, 2, 3, 2)
    torch.testing.assert_close(edges.sum(-2) + layer.bias, layer(x))
    assert not edges[..., 0, 1].any()
    assert not edges[..., 2, 0].any()
    psi, w = layer.features(x), layer.weights()
    size = basis.num_basis + (base is not None)
    assert psi.shape == (5, 2, 3, size)
    assert w.shape == (3, size, 2)
    expected = basis.evaluate(layer.normalized(x), layer.grid)
    assert torch.equal(psi[..., : basis.num_basis], expected)
    if base is not None:
        seen = layer.normalized(x) if layer.norm is not None and layer.norm.feeds_base else x
        assert torch.equal(psi[..., -1], layer.activation(seen))


def mark(calls, layer, kind, replace=None):
    """Register a hook of this kind on the layer's norm that counts its calls."""

    def hook(module, *args):
        calls.append(module)
        return replace

    return getattr(layer.norm, f"register_{kind}")(hook)


KINDS = ("forward_pre_hook", "forward_hook", "full_backward_pre_hook", "full_backward_hook")


@pytest.mark.parametrize("name", NORMS)
@pytest.mark.parametrize("kind", KINDS)
def test_hooks_on_a_norm_are_called_and_change_no_value(name, kind):
    layer = ew.KANLinear(4, 2, norm=name, dtype=torch.float64)
    x = rows(6, 4).double().requires_grad_()
    plain = layer(x)
    (plain_gradient,) = torch.autograd.grad(plain.square().sum(), x)
    calls = []
    handle = mark(calls, layer, kind)
    hooked = layer(x)
    (gradient,) = torch.autograd.grad(hooked.square().sum(), x)
    assert calls == [layer.norm]
    torch.testing.assert_close(hooked, plain, rtol=1e-12, atol=1e-12)
    torch.testing.assert_close(gradient, plain_gradient, rtol=1e-12, atol=1e-12)
    handle.remove()
    layer(x).sum().backward()
    assert calls == [layer.norm]


@pytest.mark.parametrize("name", NORMS)
def test_what_a_hook_answers_takes_the_place_of_the_normalized_inputs(name):
    layer, x = ew.KANLinear(4, 2, norm=name, base=None, dtype=F64), rows(6, 4)
    other = rows(1, 4).expand(6, 4) / 3
    mark([], layer, "forward_hook", other)
    phi = layer.basis.evaluate(other, layer.grid)
    expected = torch.einsum("big,igo->bo", phi, layer.coef) + layer.bias
    torch.testing.assert_close(layer(x), expected)


def test_hooks_on_all_modules_see_a_norm():
    layer, seen = ew.KANLinear(4, 2, norm="layer"), []
    handle = torch.nn.modules.module.register_module_forward_hook(
        lambda module, *_: seen.append(module)
    )
    try:
        layer(rows(6, 4).float())
    finally:
        handle.remove()
    assert seen == [layer.norm, layer]


def test_a_hook_is_seen_by_a_compiled_layer():
    layer, calls = ew.KANLinear(4, 2, norm="layer"), []
    x = rows(6, 4).float()
    compiled = torch.compile(layer, backend="eager")
    plain = compiled(x)
    layer.norm.register_forward_hook(lambda *_: calls.append(1))
    torch._dynamo.reset()
    torch.testing.assert_close(compiled(x), plain, rtol=1e-5, atol=1e-6)
    assert calls
