"""KAT's rational functions of groups, and the linear layer behind them."""

import pytest
import torch
import torch.nn.functional as F

from edgewise.nn import Rational, RationalLinear
from edgewise.nn.rational import STARTS

F64 = torch.float64


def random_rational(**more):
    torch.manual_seed(0)
    layer = Rational(6, groups=3, dtype=F64, **more)
    with torch.no_grad():
        for p in layer.parameters():
            p.normal_()
    return layer


@pytest.mark.parametrize("degrees", [(5, 4), (3, 2), (1, 1), (2, 3)])
def test_is_the_quotient_of_its_polynomials_group_by_group(degrees):
    layer = random_rational(degrees=degrees)
    x = torch.randn(4, 5, 6, dtype=F64)
    y = layer(x)
    for i in range(6):
        a, b = layer.numerator[i // 2], layer.denominator[i // 2]
        z = x[..., i]
        p = sum(a[k] * z**k for k in range(degrees[0] + 1))
        q = 1 + sum(b[k] * z ** (k + 1) for k in range(degrees[1])).abs()
        assert torch.allclose(y[..., i], p / q, atol=1e-12)


def test_gradients():
    layer = random_rational()
    x = torch.randn(3, 6, dtype=F64, requires_grad=True)
    names = [n for n, _ in layer.named_parameters()]

    def run(x, *values):
        return torch.func.functional_call(layer, dict(zip(names, values, strict=True)), (x,))

    inputs = [x, *(p.detach().clone().requires_grad_() for p in layer.parameters())]
    assert torch.autograd.gradcheck(run, inputs)
    assert torch.autograd.gradgradcheck(run, inputs)


@pytest.mark.parametrize(("start", "error"), [("identity", 0.0), ("silu", 5e-3), ("gelu", 2e-2)])
def test_begins_as_what_it_is_told(start, error):
    layer = Rational(4, groups=2, start=start, dtype=F64)
    x = torch.linspace(-4, 4, 101, dtype=F64)[:, None].expand(-1, 4)
    assert (layer(x) - STARTS[start](x)).abs().max() <= error
    assert (layer.denominator >= 0).all()


def test_never_has_a_pole():
    layer = random_rational()
    x = torch.linspace(-50, 50, 20001, dtype=F64)[:, None].expand(-1, 6)
    assert layer(x).isfinite().all()


@pytest.mark.parametrize("start", STARTS)
def test_linear_keeps_the_variance_of_standard_normal_inputs(start):
    generator = torch.Generator().manual_seed(0)
    layer = RationalLinear(64, 400, start=start, seed=generator)
    y = layer(torch.randn(2000, 64, generator=generator)).detach()
    assert float(y.square().mean()) == pytest.approx(1, rel=0.1)


def test_linear_is_the_layer_behind_the_rational():
    layer = RationalLinear(6, 3, groups=2, dtype=F64)
    x = torch.randn(2, 4, 6, dtype=F64)
    expected = F.linear(layer.rational(x), layer.weight, layer.bias)
    assert torch.equal(layer(x), expected)
    assert RationalLinear(6, 3, groups=2, bias=False).bias is None


@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float16])
def test_half_types_are_computed_in_float32(dtype):
    layer = random_rational().to(dtype)
    x = torch.randn(5, 6).to(dtype)
    wide = random_rational()
    wide.load_state_dict({k: v.double() for k, v in layer.state_dict().items()})
    assert torch.allclose(
        layer(x).double(), wide(x.double()), rtol=torch.finfo(dtype).eps, atol=1e-6
    )


def test_compile_fullgraph():
    layer = RationalLinear(6, 3, groups=2)
    x = torch.randn(5, 6)
    compiled = torch.compile(layer, fullgraph=True, backend="aot_eager")
    assert torch.allclose(compiled(x), layer(x), atol=1e-6)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Rational(6, groups=4), "groups to divide 6 features, got 4"),
        (lambda: Rational(6, groups=2, degrees=(5,)), "two degrees"),
        (lambda: Rational(6, groups=2, degrees=(5, 0)), "denominator's degree to be an integer"),
        (lambda: Rational(6, groups=2, start="relu"), "start among identity, silu, gelu"),
        (lambda: RationalLinear(8, 0), "out_features to be an integer"),
        (lambda: Rational(8)(torch.rand(3, 7)), "last dimension 8"),
    ],
)
def test_bad_arguments(make, message):
    with pytest.raises(ValueError, match=message):
        make()
