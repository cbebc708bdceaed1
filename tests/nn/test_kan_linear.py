"""KANLinear, its normalisations and its initialisations: arguments, errors, properties."""

import copy
import dataclasses
import io
import re

import pytest
import torch
from torch.nn import functional as F

import edgewise as ew
from edgewise.bases import registry
from edgewise.functional import kan_linear
from edgewise.nn.norm import Affine, BatchMinMax


def layer(*args, **more):
    return ew.KANLinear(*(args or (3, 2)), **more)


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (
            lambda: layer(784, 10)(torch.rand(64, 28, 28)),
            ValueError,
            r"KANLinear expected inputs with last dimension 784, got shape \(64, 28, 28\): "
            "flatten the images first",
        ),
        (lambda: layer()(torch.rand(4, 5)), ValueError, "last dimension 3, got shape"),
        (lambda: layer()(torch.rand(())), ValueError, "last dimension 3"),
        (lambda: layer()(torch.zeros(4, 3, dtype=torch.long)), TypeError, "x.float"),
        (lambda: layer()(torch.rand(4, 3).double()), ValueError, "dtype torch.float32, got"),
        (lambda: layer(0, 2), ValueError, "in_features to be an integer ≥ 1, got 0"),
        (lambda: layer(3, -1), ValueError, "out_features"),
        (lambda: layer(norm="batch"), ValueError, "None or one of layer, affine"),
        (lambda: layer(1, 2, norm="layer"), ValueError, "at least 2 input features"),
        (lambda: layer(base="swish"), ValueError, "'silu', 'identity' or a callable"),
        (lambda: layer(basis=3), ValueError, "a Basis such as"),
        (lambda: layer(init="zeros"), ValueError, "'variance' or 'power' or a callable"),
        (lambda: layer(engine="cuda")(torch.rand(1, 3)), ValueError, "got 'cuda'"),
        (lambda: layer().set_basis(ew.Fourier(1), ()), ValueError, "a basis of 6 functions"),
    ],
)
def test_mistakes_are_named(call, error, message):
    with pytest.raises(error, match=message):
        call()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"coef": torch.rand(3, 7, 2)}, r"\(in_features, 8, out_features\)"),
        ({"coef": torch.rand(3, 16)}, "coef of shape"),
        ({"grid": ()}, r"2 grid tensors \(centers, width\)"),
        ({"grid": (torch.rand(7), torch.ones(()))}, r"centers of shape \(8,\) or \(3, 8\)"),
        ({"base_weight": torch.rand(2, 3)}, r"base_weight of shape \(3, 2\)"),
        ({"bias": torch.rand(3)}, r"bias of shape \(2,\)"),
        ({"bias": torch.rand(2).double()}, "all parameters in one dtype"),
        ({"normalized": torch.rand(5, 3)}, r"normalized of shape \(4, 3\)"),
        ({"base": "relu"}, "base to be"),
        ({"engine": "warp"}, "None or one of reference"),
    ],
)
def test_functional_checks_before_it_computes(change, message):
    basis = ew.Gaussian()
    args = {
        "x": torch.rand(4, 3),
        "coef": torch.rand(3, 8, 2),
        "basis": basis,
        "grid": basis.init_grid(3),
        "base_weight": torch.rand(3, 2),
        "bias": torch.rand(2),
    }
    kan_linear(**args)
    with pytest.raises(ValueError, match=message):
        kan_linear(**(args | change))


def test_activations_are_recognised_by_what_they_are():
    assert layer(base=F.silu).base == "silu"
    assert layer(base=torch.nn.SiLU()).base == "silu"
    assert layer(base=torch.nn.SiLU).base == "silu"
    assert layer(base=torch.nn.Identity()).base == "identity"
    x = torch.randn(4, 3)
    gelu = layer(base=F.gelu)
    with torch.no_grad():
        gelu.coef.zero_()
    assert torch.allclose(gelu(x), F.gelu(x) @ gelu.base_weight)
    with pytest.raises(ValueError, match="can't be written to a file"):
        gelu.to_config()


def test_trained_grids_are_parameters_and_others_are_buffers():
    trained = layer(basis=ew.Gaussian(train_centers=True, train_width=True))
    assert {"centers", "width"} <= dict(trained.named_parameters()).keys()
    fixed = layer(basis=ew.Gaussian())
    assert {"centers", "width"} <= dict(fixed.named_buffers()).keys()
    trained(torch.rand(4, 3)).sum().backward()
    assert trained.centers.grad.abs().sum() > 0
    assert trained.width.grad.abs() > 0


def test_masked_edges_are_gone_and_get_no_gradient():
    m = layer()
    m.mask = torch.tensor([[0.0, 1], [1, 1], [1, 1]])
    x = torch.rand(5, 3, requires_grad=True)
    m(x)[:, 0].sum().backward()
    assert not x.grad[:, 0].any()
    assert not m.coef.grad[0, :, 0].any()


def test_affine_fits_data_and_keeps_constant_features_finite():
    x = torch.stack([torch.linspace(3, 9, 50), torch.full((50,), 7.0)], 1)
    z = Affine(2).fit_(x, -2, 2)(x)
    assert torch.allclose(z[:, 0].aminmax().min, torch.tensor(-2.0))
    assert torch.allclose(z[:, 0].aminmax().max, torch.tensor(2.0))
    assert torch.allclose(z[:, 1], torch.zeros(50))
    for bad in (torch.empty(0, 2), torch.tensor([[1.0, float("nan")]]), torch.rand(3, 3)):
        with pytest.raises(ValueError, match="at least one row of 2 finite features"):
            Affine(2).fit_(bad)


def test_batch_minmax_depends_on_the_batch_and_tanh_does_not():
    x = torch.linspace(-2, 2, 18).view(6, 3)
    assert torch.allclose(BatchMinMax()(x).aminmax().min, torch.tensor(-1.0))
    assert torch.allclose(BatchMinMax()(x).aminmax().max, torch.tensor(1.0))
    assert (BatchMinMax()(torch.full((2, 2), 3.0)) == -1).all()
    assert BatchMinMax()(torch.empty(0, 3)).shape == (0, 3)
    minmax = layer(basis=ew.bases.Legendre(3), norm="batch_minmax")
    tanh = layer(basis=ew.bases.Legendre(3), norm="tanh")
    assert not torch.allclose(minmax(x)[:2], minmax(x[:2]))
    assert torch.allclose(tanh(x)[:2], tanh(x[:2]))


def test_power_law_scheme_has_its_standard_deviations():
    generator = torch.Generator().manual_seed(0)
    m = layer(40, 200, basis=ew.BSpline(), init="power", seed=generator)
    size = 40 * (8 + 1)
    assert float(m.coef.detach().std()) == pytest.approx(size**-0.25, rel=0.02)
    assert float(m.base_weight.detach().std()) == pytest.approx(size**-1.75, rel=0.05)
    assert not m.bias.any()


def test_variance_scheme_gives_edges_without_a_mean():
    generator = torch.Generator().manual_seed(0)
    m = layer(10, 50, basis=ew.RSWAF(), base=None, seed=generator, dtype=torch.float64)
    x = torch.randn(40_000, 10, generator=generator, dtype=torch.float64)
    y = m(x).detach()
    assert float(y.var(0).mean()) == pytest.approx(1, rel=0.2)
    assert float(y.mean(0).abs().max()) < 0.05


def test_generator_decides_the_weights_and_the_global_one_is_left_alone():
    before = torch.get_rng_state()
    a, b = (layer(seed=7) for _ in range(2))
    assert torch.equal(a.coef, b.coef)
    assert torch.equal(before, torch.get_rng_state())


def test_attention_masks_keys_with_a_bias_before_the_softmax():
    torch.manual_seed(0)
    attention = ew.presets.KANAttention(4, 4, 4, 2, 2, bias_before_softmax=True)
    q, k, v = torch.randn(3, 2, 5, 4)
    bias = torch.zeros(2, 5, 5)
    bias[..., 3] = float("-inf")
    y = attention(q, k, v, bias)
    v[:, 3], k[:, 3] = 9.0, -9.0
    assert torch.allclose(attention(q, k, v, bias), y, atol=1e-6)
    again = ew.presets.KANAttention(4, 4, 4, 2, 2, bias_before_softmax=True)
    again.load_state_dict(attention.state_dict())
    assert torch.equal(again(q, k, v), attention(q, k, v))
    assert ew.presets.KANAttention(4, 4, 4, 2, 2, gating=False)(q, k, v).shape == (2, 5, 4)


@pytest.mark.parametrize(
    "basis",
    [
        ew.BSpline(64, lo=10, hi=11),
        ew.BSpline(lo=1950, hi=2020),
        ew.BSpline(lo=0, hi=100),
        ew.Gaussian(lo=3, hi=5),
        ew.RSWAF(lo=100, hi=101),
    ],
    ids=str,
)
def test_variance_scheme_follows_a_domain_elsewhere(basis):
    lo, hi = basis.lo, basis.hi
    generator = torch.Generator().manual_seed(0)
    m = layer(50, 200, basis=basis, seed=generator)
    x = (lo + hi) / 2 + torch.randn(2000, 50, generator=generator) * (hi - lo) / 4
    assert 1 / 3 <= float(m(x).detach().std()) <= 3
    alone = layer(50, 20, basis=basis, norm="layer", seed=generator)
    assert alone.coef.isfinite().all()


def test_converting_a_layer_makes_an_unmoved_grid_anew():
    m = layer(basis=ew.BSpline(7, lo=-1.2, hi=0.9)).double()
    assert torch.equal(m.knots, ew.BSpline(7, lo=-1.2, hi=0.9).init_grid(3, dtype=torch.float64)[0])
    moved = layer(basis=ew.Gaussian(train_centers=True))
    with torch.no_grad():
        moved.centers.add_(0.1)
    kept = moved.centers.detach().clone()
    assert torch.equal(moved.double().centers, kept.double())


def test_centers_of_their_own_for_every_input_are_saved(tmp_path):
    model = ew.KAN([4, 3], basis=ew.Gaussian())
    first = model.layers[0]
    own = first.centers.repeat(4, 1) + torch.randn(4, 1)
    first.set_basis(first.basis, (own, first.width))
    ew.save(model, tmp_path / "m.safetensors")
    x = torch.randn(5, 4)
    assert torch.equal(ew.load(tmp_path / "m.safetensors")(x), model(x))
    with pytest.raises(ValueError, match="grid tensors of shapes"):
        first.set_basis(first.basis, (own[:3], first.width))
    assert torch.equal(first.centers, own)


def test_a_masked_state_dict_loads_into_a_plain_model():
    a, b = ew.KAN([2, 3]), ew.KAN([2, 3])
    a.layers[0].mask = torch.tensor([[1.0, 0, 1], [0, 1, 1]])
    b.load_state_dict(a.state_dict())
    x = torch.rand(5, 2)
    assert torch.equal(a(x), b(x))


def test_limits_may_be_tensors_and_base_may_be_a_module():
    x = torch.rand(9, 2)
    m = ew.KANLinear(2, 3, basis=ew.BSpline(lo=x.min(), hi=x.max()), base=torch.nn.PReLU())
    assert isinstance(m.basis.lo, float)
    assert m(x).shape == (9, 3)


def test_explain_says_what_cannot_run():
    m = ew.KAN([2, 3], base=torch.sin, engine="native")
    assert "none (expected engine='native'" in ew.nn.explain_engines(m, torch.rand(1, 2))


@pytest.mark.parametrize("base", [None, "silu", torch.tanh, "identity"])
def test_only_a_base_that_is_the_input_itself_has_a_linear_part(base):
    layer = ew.KANLinear(3, 2, base=base)
    expected = layer.edge_weights()[1].t() if base == "identity" else torch.zeros(2, 3)
    assert torch.equal(layer.weight, expected)


@pytest.mark.parametrize(
    "x",
    [
        torch.ones(2, 3, dtype=torch.long),
        torch.ones(2, 3).to_sparse(),
        torch.nested.nested_tensor([torch.ones(2, 3), torch.ones(1, 3)], layout=torch.jagged),
    ],
)
def test_the_remedy_for_other_tensors_helps(x):
    with pytest.raises((TypeError, ValueError), match=r"(use|with) \S") as caught:
        ew.KANLinear(3, 1)(x)
    fits = eval(re.split(r" (?:use|with) ", str(caught.value))[-1], {"torch": torch, "x": x})
    assert ew.KANLinear(fits.shape[-1], 1)(fits).shape == (*fits.shape[:-1], 1)


@pytest.mark.filterwarnings("ignore:The PyTorch API of nested tensors")
def test_nested_tensors_of_the_old_layout_are_refused_with_a_remedy():
    x = torch.nested.nested_tensor([torch.ones(2, 3), torch.ones(1, 3)])
    with pytest.raises(ValueError, match=r"use torch.nested.to_padded_tensor\(x, 0.0\)"):
        ew.KANLinear(3, 1)(x)


def test_complex_features_are_twice_as_many_real_ones():
    x = torch.randn(2, 3, dtype=torch.cfloat)
    with pytest.raises(TypeError, match="pass real and imaginary parts") as caught:
        ew.KANLinear(3, 1)(x)
    code, count = re.search(r"features, (.*), to a layer with (\d+)", str(caught.value)).groups()
    assert ew.KANLinear(int(count), 1)(eval(code, {"torch": torch, "x": x})).shape == (2, 1)


@pytest.mark.parametrize(
    ("changed", "name"),
    [
        ({"basis": ew.bases.Legendre(4)}, "basis='legendre'"),
        ({"basis": ew.Chebyshev(4, linear_tails=True)}, "linear_tails=True"),
        ({"norm": None}, "norm=None"),
        ({"base": "identity"}, "base='identity'"),
    ],
)
def test_a_state_that_is_another_function_here_is_refused(changed, name):
    plain = {"basis": ew.Chebyshev(4), "norm": "tanh", "base": "silu", "seed": 0}
    model, other = ew.KAN([2, 3, 1], **plain), ew.KAN([2, 3, 1], **(plain | changed))
    file = io.BytesIO()
    torch.save(other.state_dict(), file)
    file.seek(0)
    state, before = torch.load(file), copy.deepcopy(model.state_dict())
    with pytest.raises(RuntimeError, match=f"layers.0 expected .*, got that of one with {name}"):
        model.load_state_dict(state, strict=False)
    assert all(torch.equal(before[key], value) for key, value in model.state_dict().items())
    other.load_state_dict(state)
    model.load_state_dict(dict(state))  # as files of earlier versions, which don't tell


@pytest.mark.parametrize("basis", sorted(registry()))
def test_settings_that_tensors_hold_may_differ(basis):
    """What engines are told beside tensors is the name of a basis: that decides alone."""
    kind = registry()[basis]
    settings = {f.name for f in dataclasses.fields(kind)}
    shifted = {n: v for n, v in {"lo": 0.0, "hi": 3.0, "frequency": 2.0}.items() if n in settings}
    x = torch.rand(9, 2)
    model = ew.KANLinear(2, 3, basis=kind(**shifted), norm=None)
    other = ew.KANLinear(2, 3, basis=kind(), norm=None)
    other.load_state_dict(model.state_dict())
    assert torch.equal(model(x), other(x))
