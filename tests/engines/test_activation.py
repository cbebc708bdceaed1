"""Base activations: values and slopes against torch, and the one form of a setting."""

import pytest
import torch
import torch.nn.functional as F

from edgewise.engines.activation import ACTIVATIONS, activation_of, resolve_base

X = torch.linspace(-6, 6, 101, dtype=torch.float64)


@pytest.mark.parametrize("base", [*ACTIVATIONS, torch.sin, F.gelu, None])
def test_the_slope_is_the_derivative_of_the_value(base):
    s = activation_of(base)
    x = X.clone().requires_grad_()
    (slope,) = torch.autograd.grad(s(x).sum(), x)
    torch.testing.assert_close(s.slope(X), slope, rtol=1e-13, atol=1e-15)
    if base in (None, "identity"):
        assert torch.equal(s(X), X)
    if base == "silu":
        torch.testing.assert_close(s(X), F.silu(X))


@pytest.mark.parametrize("base", [*ACTIVATIONS, torch.sin])
def test_a_slope_can_be_differentiated_again(base):
    s = activation_of(base)
    x = X[40:60].clone().requires_grad_()
    assert torch.autograd.gradcheck(s.slope, (x,))


def test_names_are_what_files_hold():
    assert {name: s.name for name, s in ACTIVATIONS.items()} == {n: n for n in ACTIVATIONS}
    assert activation_of(torch.sin).name is None
    assert resolve_base("it", F.silu) == resolve_base("it", torch.nn.SiLU) == "silu"
    assert resolve_base("it", torch.sin) is torch.sin
    with pytest.raises(ValueError, match="it expected base to be None, 'silu', 'identity' or a"):
        resolve_base("it", "relu")
