"""The reference engine on every basis: its own gradients, and float32 beside float64."""

import pytest
import torch
from every_basis import ALL
from test_op import as_double, by_argument, leaves, make_args, reference_call, relative_error

from edgewise.engines import reference
from every_pair import every_value


@pytest.mark.parametrize("split", [True, False])
def test_gradients_by_hand_are_those_of_autograd(basis, split):
    args = make_args(basis, split=split)
    y = reference_call(basis, args)
    dy = torch.randn_like(y)
    exact = torch.autograd.grad(y, leaves(args), dy, materialize_grads=True)
    tensors = [*args[:5], *args[5]]
    needs = [t is not None and t.requires_grad for t in tensors]
    plain = [t if t is None else t.detach() for t in args[:5]]
    grid = [t.detach() for t in args[5]]
    found = reference.kan_linear_backward(dy, *plain, grid, basis, "silu", None, [], needs)
    assert [g is not None for g in found] == needs
    for grad, true in zip([g for g in found if g is not None], exact, strict=True):
        assert grad.shape == true.shape
        assert relative_error(grad, true) <= 1e-12 or not true.any()


@every_value(basis=ALL, base=["silu", "identity", None])
def test_float32_follows_float64(basis, base):
    args = make_args(basis, 30, 5, dtype=torch.float32, base=base)
    wide = [as_double(t) if isinstance(t, (list, torch.Tensor)) else t for t in args]
    y, exact = reference_call(basis, args), reference_call(basis, wide)
    assert relative_error(y, exact) <= 1e-5
    dy = torch.randn_like(y)
    grads = torch.autograd.grad(y, leaves(args), dy, materialize_grads=True)
    true = torch.autograd.grad(exact, leaves(wide), dy.double(), materialize_grads=True)
    for grad, right in zip(by_argument(args, grads), by_argument(wide, true), strict=True):
        assert relative_error(grad, right) <= 1e-5 or not right.any()


@every_value(basis=ALL, dtype=[torch.bfloat16, torch.float16])
def test_half_types_are_rounded_once(basis, dtype):
    args = make_args(basis, dtype=dtype)
    wide = [as_double(t) if isinstance(t, (list, torch.Tensor)) else t for t in args]
    y = reference_call(basis, args)
    assert y.dtype == dtype
    assert relative_error(y, reference_call(basis, wide)) <= torch.finfo(dtype).eps


@pytest.mark.parametrize("bad", [float("nan"), float("inf"), float("-inf")])
def test_a_non_finite_input_spoils_its_row_and_no_other(default_basis, bad):
    args = make_args(default_basis)
    for k in (0, 1):
        broken = args[k].detach().clone()
        broken[2, 1] = bad
        y = reference_call(default_basis, [*args[:k], broken, *args[k + 1 :]])
        assert y[2].isnan().all()
        assert y[[0, 1, 3, 4, 5]].isfinite().all()
