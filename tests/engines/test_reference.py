"""The formulas where no native engine answers: half types, the operator's own backward pass."""

import pytest
import torch

from edgewise.bases import Gaussian
from edgewise.engines import ops, reference
from edgewise.engines.select import ENGINES
from edgewise.grids import sample

BASIS = Gaussian(5)


def arguments(norm=None):
    """dy and the arguments of a layer of 3 inputs and 2 outputs, in float64."""
    g = torch.Generator().manual_seed(0)

    def draw(*shape):
        return torch.randn(shape, generator=g, dtype=torch.float64)

    grid = [t.double() for t in BASIS.init_grid(3)]
    trained = [] if norm is None else [draw(3), draw(3)]
    return draw(7, 2), (draw(7, 3), None, draw(3, 5, 2), draw(3, 2), draw(2), grid), trained


@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float16])
def test_gradients_of_half_types_are_rounded_once_and_asked_for(dtype):
    dy, (*tensors, grid), _ = arguments()
    narrow = [None if t is None else t.to(dtype) for t in (dy, *tensors)]
    needs = [True, False, True, False, True, False, True]
    half = reference.kan_linear_backward(
        *narrow, [t.to(dtype) for t in grid], BASIS, "silu", None, [], needs
    )
    wide = [None if t is None else t.double() for t in narrow]
    exact = reference.kan_linear_backward(
        *wide, [t.to(dtype).double() for t in grid], BASIS, "silu", None, [], needs
    )
    assert [g is not None for g in half] == [g is not None for g in exact] == needs
    for a, b in zip(half, exact, strict=True):
        if a is not None:
            assert a.dtype == dtype
            eps = torch.finfo(dtype).eps
            torch.testing.assert_close(a.double(), b, rtol=eps, atol=eps * float(b.abs().max()))


@pytest.mark.parametrize("norm", [None, "layer"])
def test_the_operators_own_backward_pass_gives_each_tensor_its_gradient(norm):
    dy, args, trained = arguments(norm)
    needs = [True, False, True, True, True, True, True, *[True] * len(trained)]
    *single, dgrid, dtrained = ops._backward(dy, *args, BASIS.name, "silu", norm, trained, needs)
    exact = reference.kan_linear_backward(dy, *args, BASIS, "silu", norm, trained, needs)
    assert len(dgrid) == 2
    assert len(dtrained) == len(trained)  # and none for scale and mask, which aren't there
    for ours, true in zip([*single, *dgrid, *dtrained], exact, strict=True):
        assert torch.equal(ours, dy.new_empty(0) if true is None else true)


def test_functions_without_a_native_engine_are_the_functions(monkeypatch):
    monkeypatch.setattr(sample, "select", lambda call: ENGINES[-1])
    z = torch.linspace(-2, 2, 21).double().reshape(7, 3)
    grid = BASIS.init_grid(3, dtype=torch.float64)
    found = sample.evaluate(BASIS, z, grid)
    assert found.shape == (3, 7, 5)
    torch.testing.assert_close(found, BASIS.evaluate(z, grid).transpose(0, 1))
