"""Normalisations: their values are torch's, their gradients the derivatives."""

import pytest
import torch

from edgewise.bases import Gaussian
from edgewise.engines import reference
from edgewise.engines.normalization import NORMALIZATIONS


def tensors(name, rows=7, features=5):
    g = torch.Generator().manual_seed(2)
    x = torch.randn(rows, features, generator=g).double().requires_grad_()
    count = 0 if name == "tanh" else 2
    trained = [torch.rand(features, generator=g).double().add(0.3) for _ in range(count)]
    return x, [t.requires_grad_() for t in trained]


def test_values():
    x, (weight, bias) = tensors("layer")
    layer = torch.nn.LayerNorm(5).double()
    layer.load_state_dict({"weight": weight, "bias": bias})
    assert torch.equal(NORMALIZATIONS["layer"].value(x, [weight, bias]), layer(x))
    assert torch.equal(NORMALIZATIONS["affine"].value(x, [weight, bias]), x * weight + bias)
    assert torch.equal(NORMALIZATIONS["tanh"].value(x, []), x.tanh())


@pytest.mark.parametrize("name", NORMALIZATIONS)
def test_gradients_are_the_derivatives(name):
    x, trained = tensors(name)
    z = NORMALIZATIONS[name].value(x, trained)
    dz = torch.randn(z.shape, generator=torch.Generator().manual_seed(3)).double()
    exact = torch.autograd.grad(z, [x, *trained], dz, retain_graph=True)
    ours = NORMALIZATIONS[name].gradients(dz, x, trained)
    assert len(ours) == len(exact)
    for a, b in zip(ours, exact, strict=True):
        torch.testing.assert_close(a, b, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("name", NORMALIZATIONS)
@pytest.mark.parametrize("base", ["silu", None])
def test_the_backward_pass_through_a_normalisation(name, base):
    """Written out by hand for the operator, where no native engine answers."""
    x, trained = tensors(name)
    basis, g = Gaussian(4), torch.Generator().manual_seed(4)
    grid = list(basis.init_grid(5, dtype=torch.float64))
    coef = torch.randn(5, 4, 3, generator=g).double().requires_grad_()
    base_weight = None if base is None else torch.randn(5, 3, generator=g).double().requires_grad_()
    bias = torch.randn(3, generator=g).double().requires_grad_()
    args = (x, None, coef, base_weight, bias, grid, basis, base, name, trained)
    y = reference.kan_linear(*args)
    dy = torch.randn(y.shape, generator=g).double()
    wanted = [t for t in (x, coef, base_weight, bias, *trained) if t is not None]
    exact = torch.autograd.grad(y, wanted, dy)
    needs = [True, False, True, base is not None, True, False, False] + [True] * len(trained)
    ours = [t for t in reference.kan_linear_backward(dy, *args, needs) if t is not None]
    for a, b in zip(ours, exact, strict=True):
        torch.testing.assert_close(a, b, rtol=1e-11, atol=1e-11)
