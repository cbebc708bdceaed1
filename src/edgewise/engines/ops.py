"""The registered operator: schema, fake, autograd, vmap. The only file that touches torch.library.

``torch.ops.edgewise.kan_linear`` keeps its inputs for the backward pass, O(batch · in_features),
and nothing of the size of the basis. Its kernels here are the reference formulas; an engine binds
faster ones to the same schema for its device, and no layer changes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor

from edgewise.bases import Basis
from edgewise.bases.base import find
from edgewise.engines import reference

_LIBRARY = torch.library.Library("edgewise", "DEF")
_LIBRARY.define(
    "kan_linear(Tensor x, Tensor? z, Tensor coef, Tensor? base_weight, Tensor? bias, "
    "Tensor[] grid, str basis, str? base) -> Tensor"
)
_LIBRARY.define(
    "kan_linear_backward(Tensor dy, Tensor x, Tensor? z, Tensor coef, Tensor? base_weight, "
    "Tensor? bias, Tensor[] grid, str basis, str? base, bool[] needs) "
    "-> (Tensor, Tensor, Tensor, Tensor, Tensor, Tensor[])"
)
_LIBRARY.define("native_isa(str level) -> str")
_LIBRARY.define("native_bases() -> str")


def _basis(name: str, coef: Tensor, grid: Sequence[Tensor]) -> Basis:
    """What the operator's ``basis`` stands for: all that its formulas need are sizes of tensors."""
    return find(name).from_shapes(coef.shape[1], tuple(tuple(t.shape) for t in grid))


def _forward(
    x: Tensor,
    z: Tensor | None,
    coef: Tensor,
    base_weight: Tensor | None,
    bias: Tensor | None,
    grid: Sequence[Tensor],
    basis: str,
    base: str | None,
) -> Tensor:
    return reference.kan_linear(
        x, z, coef, base_weight, bias, grid, _basis(basis, coef, grid), base
    ).contiguous()


def _backward(
    dy: Tensor,
    x: Tensor,
    z: Tensor | None,
    coef: Tensor,
    base_weight: Tensor | None,
    bias: Tensor | None,
    grid: Sequence[Tensor],
    basis: str,
    base: str | None,
    needs: Sequence[bool],
) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor, list[Tensor]]:
    grads = reference.kan_linear_backward(
        dy, x, z, coef, base_weight, bias, grid, _basis(basis, coef, grid), base, needs
    )
    # The schema has no optional results: what wasn't asked for is an empty tensor.
    dx, dz, dcoef, dbase, dbias, *dgrid = [dy.new_empty(0) if g is None else g for g in grads]
    return dx, dz, dcoef, dbase, dbias, dgrid


_LIBRARY.impl("kan_linear", _forward, "CompositeExplicitAutograd")
_LIBRARY.impl("kan_linear_backward", _backward, "CompositeExplicitAutograd")


@torch.library.register_fake("edgewise::kan_linear", lib=_LIBRARY)
def _forward_fake(
    x: Tensor,
    z: Tensor | None,
    coef: Tensor,
    base_weight: Tensor | None,
    bias: Tensor | None,
    grid: Sequence[Tensor],
    basis: str,
    base: str | None,
) -> Tensor:
    return coef.new_empty(x.shape[0], coef.shape[2])


@torch.library.register_fake("edgewise::kan_linear_backward", lib=_LIBRARY)
def _backward_fake(
    dy: Tensor,
    x: Tensor,
    z: Tensor | None,
    coef: Tensor,
    base_weight: Tensor | None,
    bias: Tensor | None,
    grid: Sequence[Tensor],
    basis: str,
    base: str | None,
    needs: Sequence[bool],
) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor, list[Tensor]]:
    def like(wanted: bool, *shape: Any) -> Tensor:
        return coef.new_empty(shape if wanted else (0,))

    need_x, need_z, need_coef, need_base, need_bias, *need_grid = needs
    return (
        like(need_x, *x.shape),
        like(need_z and z is not None, *x.shape),
        like(need_coef, *coef.shape),
        like(need_base and base_weight is not None, *coef.shape[::2]),
        like(need_bias, coef.shape[2]),
        [like(need, *t.shape) for need, t in zip(need_grid, grid, strict=True)],
    )


class _Differentiable(torch.autograd.Function):
    """Keeps the inputs, O(batch · in_features), and leaves the rest to the backward operator.

    ``torch.library.register_autograd`` would do the same with a flattening of every argument at
    each call, which costs a small network more than its arithmetic.
    """

    @staticmethod
    def forward(ctx: Any, basis: str, base: str | None, *tensors: Tensor | None) -> Tensor:
        x, z, coef, base_weight, bias, *grid = tensors
        ctx.save_for_backward(*tensors)
        ctx.basis, ctx.base = basis, base
        return _below_autograd(x, z, coef, base_weight, bias, grid, basis, base)

    @staticmethod
    def backward(ctx: Any, *grads: Tensor) -> tuple[Any, ...]:
        (dy,) = grads
        needs = list(ctx.needs_input_grad[2:])
        if torch.is_grad_enabled():  # someone will differentiate this again: build a graph
            return None, None, *_differentiable_backward(ctx, dy, needs)
        x, z, coef, base_weight, bias, *grid = ctx.saved_tensors
        *single, dgrid = torch.ops.edgewise.kan_linear_backward(
            dy.contiguous(), x, z, coef, base_weight, bias, grid, ctx.basis, ctx.base, needs
        )
        found = zip((*single, *dgrid), needs, strict=True)
        return None, None, *(grad if need else None for grad, need in found)


def _differentiable_backward(ctx: Any, dy: Tensor, needs: Sequence[bool]) -> list[Tensor | None]:
    """The same gradients as plain torch operations, so that those of every order exist."""
    x, z, coef, base_weight, bias, *grid = ctx.saved_tensors
    basis = _basis(ctx.basis, coef, grid)
    return reference.kan_linear_backward(
        dy, x, z, coef, base_weight, bias, grid, basis, ctx.base, needs
    )


def kan_linear(
    x: Tensor,
    z: Tensor | None,
    coef: Tensor,
    base_weight: Tensor | None,
    bias: Tensor | None,
    grid: Sequence[Tensor],
    basis: str,
    base: str | None,
) -> Tensor:
    """The operator; outside of torch.compile without the way from its autograd key to Python."""
    if torch.compiler.is_compiling():
        y: Tensor = torch.ops.edgewise.kan_linear(x, z, coef, base_weight, bias, grid, basis, base)
        return y
    if torch.is_grad_enabled():
        return _autograd(x, z, coef, base_weight, bias, grid, basis, base)
    return _below_autograd(x, z, coef, base_weight, bias, grid, basis, base)


def _below_autograd(*args: Any) -> Tensor:
    with torch._C._AutoDispatchBelowAutograd():
        y: Tensor = torch.ops.edgewise.kan_linear(*args)
    return y


def _autograd(
    x: Tensor,
    z: Tensor | None,
    coef: Tensor,
    base_weight: Tensor | None,
    bias: Tensor | None,
    grid: Sequence[Tensor],
    basis: str,
    base: str | None,
) -> Tensor:
    y: Tensor = _Differentiable.apply(basis, base, x, z, coef, base_weight, bias, *grid)
    return y


_LIBRARY.impl("kan_linear", _autograd, "Autograd")


@torch.library.register_vmap("edgewise::kan_linear", lib=_LIBRARY)
def _batch(info: Any, in_dims: tuple[Any, ...], *args: Any) -> tuple[Tensor, int]:
    op, size = torch.ops.edgewise.kan_linear, info.batch_size
    if all(_is_unbatched(d) for d in in_dims[2:]):  # a batch of inputs alone is just more rows
        x, z = (_fold(t, d, size) for t, d in zip(args[:2], in_dims[:2], strict=True))
        return op(x, z, *args[2:]).unflatten(0, (size, -1)), 0
    each = [[_entry(t, d, k) for t, d in zip(args, in_dims, strict=True)] for k in range(size)]
    return torch.stack([op(*one) for one in each]), 0


def _is_unbatched(dim: Any) -> bool:
    return dim is None or (isinstance(dim, (list, tuple)) and all(d is None for d in dim))


def _fold(t: Tensor | None, dim: int | None, size: int) -> Tensor | None:
    """(…, batch, …) with rows → (batch · rows, features)."""
    if t is None:
        return None
    moved = t.expand(size, *t.shape) if dim is None else t.movedim(dim, 0)
    return moved.flatten(0, 1)


def _entry(value: Any, dim: Any, k: int) -> Any:
    """Entry ``k`` of a batched argument; an unbatched one as it is."""
    if isinstance(value, (list, tuple)) and isinstance(dim, (list, tuple)):
        return [_entry(t, d, k) for t, d in zip(value, dim, strict=True)]
    return value if _is_unbatched(dim) else value.select(dim, k)
