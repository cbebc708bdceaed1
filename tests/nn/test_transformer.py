"""Feed-forward and transformer blocks of KAN layers."""

import pytest
import torch
import torch.nn.functional as F
from torch.nn.attention import SDPBackend, sdpa_kernel

import edgewise as ew
from edgewise.nn import KANFeedForward, KANTransformerBlock, RationalLinear

F64 = torch.float64


def block(**more):
    torch.manual_seed(0)
    return KANTransformerBlock(8, 2, basis=ew.Gaussian(3), dtype=F64, **more)


def test_has_about_the_parameters_of_an_mlp_four_times_as_wide():
    ours = sum(p.numel() for p in KANFeedForward(72).parameters())
    theirs = sum(p.numel() for p in ew.MLP([72, 288, 72]).parameters())
    assert ours == pytest.approx(theirs, rel=0.02)
    assert KANFeedForward(8, 5, 3)(torch.rand(2, 4, 8)).shape == (2, 4, 3)
    assert KANFeedForward(8, basis="legendre", base=None).layers[0].out_features == 8


def test_is_two_layers_with_dropout_between():
    model = KANFeedForward(6, 5, dropout=0.5, basis=ew.Gaussian(3), dtype=F64)
    x = torch.randn(4, 6, dtype=F64)
    model.eval()
    assert torch.equal(model(x), model.layers[1](model.layers[0](x)))
    model.train()
    torch.manual_seed(0)
    y = model(x)
    torch.manual_seed(0)
    assert torch.equal(y, model.layers[1](F.dropout(model.layers[0](x), 0.5)))


@pytest.mark.parametrize("causal", [False, True])
@pytest.mark.parametrize("lead", [(), (3,), (2, 3)])
def test_block_is_attention_by_hand_and_feed_forward(causal, lead):
    model = block(causal=causal)
    x = torch.randn(*lead, 5, 8, dtype=F64)
    q, k, v = model.qkv(model.norm1(x)).chunk(3, -1)
    heads = []
    for part in (slice(0, 4), slice(4, 8)):
        logits = q[..., part] @ k[..., part].mT / 2
        if causal:
            logits = logits.masked_fill(torch.ones(5, 5).triu(1).bool(), -torch.inf)
        heads.append(logits.softmax(-1) @ v[..., part])
    h = x + model.out(torch.cat(heads, -1))
    assert torch.allclose(model(x), h + model.feed_forward(model.norm2(h)), atol=1e-12)


def test_recomputing_changes_no_gradient():
    x = torch.randn(2, 5, 8, dtype=F64, requires_grad=True)
    found = []
    for recompute in (False, True):
        model, kept = block(recompute=recompute), []
        hooks = torch.autograd.graph.saved_tensors_hooks(
            lambda t, kept=kept: kept.append(t) or t, lambda t: t
        )
        with hooks:
            y = model(x)
        own = {p.untyped_storage().data_ptr() for p in model.parameters()}
        size = sum(t.numel() for t in kept if t.untyped_storage().data_ptr() not in own)
        found.append((size, torch.autograd.grad(y.square().sum(), [x, *model.parameters()])))
    assert found[1][0] <= x.numel() < found[0][0]
    for a, b in zip(found[0][1], found[1][1], strict=True):
        assert torch.allclose(a, b, atol=1e-12)


@pytest.mark.parametrize("recompute", [False, True])
def test_compile_fullgraph(recompute):
    model = block(recompute=recompute)
    compiled = torch.compile(model, fullgraph=True, backend="aot_eager")
    x = torch.randn(2, 5, 8, dtype=F64, requires_grad=True)
    y, expected = compiled(x), model(x)
    assert torch.allclose(y, expected, atol=1e-12)
    ours, exact = (torch.autograd.grad(t.square().sum(), x)[0] for t in (y, expected))
    assert torch.allclose(ours, exact, atol=1e-10)


def test_any_feed_forward_such_as_kats():
    kat = torch.nn.Sequential(
        RationalLinear(8, 12, groups=4, start="identity"), RationalLinear(12, 8, groups=4)
    )
    model = KANTransformerBlock(8, 2, kat)
    assert model(torch.randn(2, 5, 8)).shape == (2, 5, 8)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: KANFeedForward(0), "in_features to be an integer ≥ 1"),
        (lambda: KANFeedForward(3, dropout=1.5), "dropout from 0 to 1, got 1.5"),
        (lambda: KANTransformerBlock(8, 3), "num_heads to divide 8, got 3"),
        (
            lambda: KANTransformerBlock(8, 2, torch.nn.Identity(), basis="gaussian"),
            "a feed_forward or its settings, got both: basis",
        ),
        (lambda: KANTransformerBlock(8, 2)(torch.rand(4, 7)), "last dimension 8"),
        (lambda: KANTransformerBlock(8, 2)(torch.rand(8)), r"\(\*, tokens, features\), got \(8,\)"),
        (lambda: KANTransformerBlock(8, 2)(torch.rand(4, 8).half()), "dtype torch.float32"),
        (lambda: RationalLinear(8, 2)(torch.rand(4, 8).half()), "RationalLinear expected inputs"),
    ],
)
def test_bad_arguments(make, message):
    with pytest.raises(ValueError, match=message):
        make()


@pytest.mark.parametrize("more", [{}, {"feed_forward": torch.nn.Identity()}])
def test_a_generator_makes_every_weight_of_a_block(more):
    """As torch begins linear layers, and torch's own random numbers stay where they were."""
    state = torch.get_rng_state()
    one, two, other = (
        KANTransformerBlock(32, 2, seed=torch.Generator().manual_seed(seed), **more)
        for seed in (0, 0, 1)
    )
    assert torch.equal(state, torch.get_rng_state())
    for name, parameter in one.named_parameters():
        assert torch.equal(parameter, two.get_parameter(name)), name
    for layer, same in ((one.qkv, other.qkv), (one.out, other.out)):
        assert not torch.equal(layer.weight, same.weight)
        for parameter in (layer.weight, layer.bias):
            assert 0.9 * 32**-0.5 < parameter.abs().max() <= 32**-0.5
    with torch.device("meta"):
        assert KANTransformerBlock(8, 2, seed=torch.Generator()).qkv.weight.is_meta


def test_recomputing_uses_the_parameters_that_functional_call_lends():
    x, found = torch.randn(2, 5, 8, dtype=F64), []
    for recompute in (False, True):
        model = block(recompute=recompute)
        lent = {k: (0.5 * v.detach()).requires_grad_() for k, v in model.named_parameters()}
        torch.func.functional_call(model, lent, (x,)).square().sum().backward()
        found.append({name: value.grad for name, value in lent.items()})
    for name, gradient in found[0].items():
        assert torch.allclose(found[1][name], gradient, atol=1e-12), name


def test_a_recomputed_block_under_torch_func():
    model, x = block(recompute=True), torch.randn(2, 5, 8, dtype=F64)
    model(x).square().sum().backward()
    own = {name: value.detach() for name, value in model.named_parameters()}

    def loss(lent):
        return torch.func.functional_call(model, lent, (x,)).square().sum()

    for name, gradient in torch.func.grad(loss)(own).items():
        assert torch.allclose(gradient, model.get_parameter(name).grad, atol=1e-10), name


def test_second_derivatives_with_attention_in_plain_operations():
    model, x = block(), torch.randn(2, 5, 8, dtype=F64, requires_grad=True)
    with pytest.raises(RuntimeError, match=r"_scaled_dot_product_.* is not implemented"):
        slope(model, x).square().sum().backward()
    with sdpa_kernel(SDPBackend.MATH):
        first = slope(model, x)
    (second,) = torch.autograd.grad(first.square().sum(), x)
    step, direction = 1e-6, torch.randn_like(x)
    ahead, behind = (slope(model, x + s * direction).square().sum() for s in (step, -step))
    assert (second * direction).sum().item() == pytest.approx(
        ((ahead - behind) / (2 * step)).item(), rel=1e-6
    )


def slope(model, x):
    return torch.autograd.grad(model(x).sin().sum(), x, create_graph=True)[0]


def test_feed_forward_takes_what_timm_passes():
    pytest.importorskip("timm")
    from timm.models.vision_transformer import VisionTransformer

    model = VisionTransformer(
        8, 4, 1, 3, embed_dim=12, depth=1, num_heads=2, mlp_ratio=0.5, mlp_layer=KANFeedForward
    )
    assert isinstance(model.blocks[0].mlp, KANFeedForward)
    assert model.blocks[0].mlp.layers[0].out_features == 6
    assert model(torch.randn(2, 1, 8, 8)).shape == (2, 3)
    with pytest.raises(ValueError, match="norm_layer=None"):
        KANFeedForward(4, norm_layer=torch.nn.LayerNorm)
