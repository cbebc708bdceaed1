"""The registered operators for jets: a layer applied to values with their partial derivatives.

Layers fold scale and mask into ``weights``, in which the base weights follow each input's
coefficients, so that autograd handles their gradients. As in :mod:`~edgewise.engines.ops`, the
kernels here are the reference formulas; the native engine binds its own for the CPU.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

import torch
from torch import Tensor

from edgewise._autocast import set_aside
from edgewise._tensors import is_batched_gradient, map_gradients
from edgewise.bases.base import find_engine_basis
from edgewise.bases.derivative_orders import Orders
from edgewise.bases.jets import Jets
from edgewise.engines import reference
from edgewise.engines.call import Call
from edgewise.engines.ops import LIBRARY, batch_one_by_one, find_needs

OWNER = "edgewise::kan_jets"
_GIVEN = "Tensor[] grid, str basis, str? base, str? norm, int[] terms"
LIBRARY.define(f"kan_jets(Tensor x, Tensor? z, Tensor weights, Tensor? bias, {_GIVEN}) -> Tensor")
LIBRARY.define(
    f"kan_jets_backward(Tensor dy, Tensor x, Tensor? z, Tensor weights, {_GIVEN}, bool[] needs) "
    "-> (Tensor, Tensor, Tensor)"
)
LIBRARY.define(
    f"kan_jets_by_weights(Tensor dy, Tensor x, Tensor? z, int functions, {_GIVEN}, "
    "Tensor(a!) to) -> ()"
)
LIBRARY.define("products_by_row(Tensor one, Tensor other, Tensor(a!) to) -> ()")
Names = tuple[str, str | None, str | None, list[int]]
"""Names of basis, base activation and normalisation, and the table of derivatives' orders."""


def run(call: Call) -> Jets:
    """A layer's output for jets: y_o = b_o + Σ_i [ Σ_g W_igo φ_g(z_i) + W_i,-1,o s(x_i) ].

    Shape:
        see :class:`~edgewise.engines.call.Call`
    """
    jets = cast(Jets, call.x)
    x, z, names = _flatten(call)
    coef, base_weight = reference.edge_weights(
        call.coef, call.base_weight, call.coef_scale, call.mask
    )
    weights = coef if base_weight is None else torch.cat([coef, base_weight[:, None]], 1)
    tensors = (x, z, weights, call.bias, *call.grid)
    if torch.is_grad_enabled() and any(t is not None and t.requires_grad for t in tensors):
        y: Tensor = _Differentiable.apply(names, *tensors)
    else:
        y = torch.ops.edgewise.kan_jets(*tensors[:4], list(call.grid), *names)
    return Jets(y.view(*jets.parts.shape[:-1], y.shape[-1]), jets.orders)


def differentiate_by_weights(call: Call, slope: Tensor, to: Tensor) -> None:
    """:meth:`edgewise.engines.engine.Engine.by_weights` for jets."""
    x, z, names = _flatten(call)
    functions = call.coef.shape[1] + (call.base_weight is not None)
    dy = slope.reshape(x.shape[0], -1, slope.shape[-1])
    torch.ops.edgewise.kan_jets_by_weights(dy, x, z, functions, list(call.grid), *names, to)


def products_by_row(one: Tensor, other: Tensor, to: Tensor) -> None:
    """Write, for each row, the products of all pairs of features, summed over parts.

    Shape:
        one: (parts, rows, n), other: (parts, rows, m); to: (n · m, rows)
    """
    torch.ops.edgewise.products_by_row(one, other, to)


def _flatten(call: Call) -> tuple[Tensor, Tensor | None, Names]:
    """x and z as (parts, rows, in), and the names; z is None if kernels can compute it."""
    z, norm = call.z, call.norm
    if norm is not None and norm != "tanh":
        z, norm = reference.normalize(call), None
    base = None if call.base_weight is None else str(call.base or "identity")
    jets: Any = call.x
    orders = jets.orders if isinstance(jets, Jets) else Orders.up_to(0, 1)
    x = _by_parts(call.x)
    names = (call.basis.engine_name, base, norm, orders.table)
    return x, None if z is None else _by_parts(z), names


def _by_parts(x: Tensor | Jets) -> Tensor:
    """x as (parts, rows, in); a tensor is one part."""
    parts = x.parts if isinstance(x, Jets) else x[None]
    return parts.reshape(len(parts), -1, parts.shape[-1])


class _Differentiable(torch.autograd.Function):
    """Saves only the inputs; the backward operator recomputes the rest."""

    @staticmethod
    def forward(ctx: Any, names: Names, *tensors: Tensor | None) -> Tensor:
        ctx.save_for_backward(*tensors)
        ctx.names = names
        x, z, weights, bias, *grid = tensors
        y: Tensor = torch.ops.edgewise.kan_jets(x, z, weights, bias, grid, *names)
        return y

    @staticmethod
    def backward(ctx: Any, *grads: Tensor) -> tuple[Tensor | None, ...]:
        tensors, names = ctx.saved_tensors, ctx.names
        (dy,), needs = grads, find_needs(ctx, tensors, before=1)
        if is_batched_gradient(dy):
            return None, *map_gradients(lambda one: _gradients(one, tensors, names, needs), dy)
        return None, *_gradients(dy, tensors, names, needs)


def _gradients(
    dy: Tensor, tensors: Sequence[Tensor | None], names: Names, needs: Sequence[bool]
) -> list[Tensor | None]:
    if torch.is_grad_enabled():  # second derivatives are needed: build a graph
        return _differentiable_backward(dy, tensors, names, needs)
    x, z, weights, _, *grid = tensors
    found = torch.ops.edgewise.kan_jets_backward(dy, x, z, weights, grid, *names, needs[:3])
    single = [g if need else None for g, need in zip(found, needs[:3], strict=True)]
    return [*single, dy[0].sum(0) if needs[3] else None, *(None for _ in grid)]


def _differentiable_backward(
    dy: Tensor, tensors: Sequence[Tensor | None], names: Names, needs: Sequence[bool]
) -> list[Tensor | None]:
    """The same gradients in plain torch operations, which are differentiable to any order."""
    x, z, weights, bias, *grid = tensors
    with set_aside(dy):
        y = _jets(x, z, weights, bias, grid, *names)  # type: ignore[arg-type]
        wanted = [t for t, need in zip(tensors, needs, strict=True) if need and t is not None]
        found = iter(torch.autograd.grad(y, wanted, dy, create_graph=True, materialize_grads=True))
    return [
        next(found) if need and t is not None else None
        for t, need in zip(tensors, needs, strict=True)
    ]


# The reference formulas, behind the operators.


def _jets(
    x: Tensor,
    z: Tensor | None,
    weights: Tensor,
    bias: Tensor | None,
    grid: Sequence[Tensor],
    *names: Any,
) -> Tensor:
    call = _read(x, z, weights.shape[1], grid, *names)
    size = call.basis.num_basis
    base_weight = None if names[1] is None else weights[:, size]
    y: Any = reference.kan_linear(
        *call._replace(coef=weights[:, :size], base_weight=base_weight, bias=bias)
    )
    return y.parts


def _jets_kernel(*args: Any) -> Tensor:
    return _jets(*args).contiguous()


def _jets_backward(
    dy: Tensor,
    x: Tensor,
    z: Tensor | None,
    weights: Tensor,
    grid: Sequence[Tensor],
    *others: Any,
) -> tuple[Tensor, Tensor, Tensor]:
    *names, needs = others
    with torch.enable_grad():
        leaves = [None if t is None else t.detach().requires_grad_() for t in (x, z, weights)]
        y = _jets(*leaves, None, grid, *names)  # type: ignore[arg-type]
    wanted = [t for t, need in zip(leaves, needs, strict=True) if need and t is not None]
    found = iter(torch.autograd.grad(y, wanted, dy, materialize_grads=True) if wanted else ())
    dx, dz, dweights = (
        next(found) if need and t is not None else dy.new_empty(0)
        for t, need in zip(leaves, needs, strict=True)
    )
    return dx, dz, dweights


def _jets_by_weights(
    dy: Tensor,
    x: Tensor,
    z: Tensor | None,
    functions: int,
    grid: Sequence[Tensor],
    *others: Any,
) -> None:
    *names, to = others
    reference.differentiate_by_weights(_read(x, z, functions, grid, *names), dy, to)


def _read(
    x: Tensor,
    z: Tensor | None,
    functions: int,
    grid: Sequence[Tensor],
    basis: str,
    base: str | None,
    norm: str | None,
    terms: Sequence[int],
) -> Call:
    """The call for these arguments, without weights.

    Raises:
        ValueError: if they don't fit each other.
    """
    orders = Orders.read(terms)
    if x.dim() != 3 or len(x) != len(orders):
        raise ValueError(
            f"{OWNER} expected x of shape ({len(orders)}, rows, in), one part for each of "
            f"{orders.indices}, got {tuple(x.shape)}"
        )
    if norm not in (None, "tanh") or (norm is not None and z is not None):
        raise ValueError(f"{OWNER} expected norm to be None or, without z, 'tanh'; got {norm!r}")
    shapes = tuple(tuple(t.shape) for t in grid)
    found = find_engine_basis(basis, functions - (base is not None), shapes)
    base_weight = None if base is None else x.new_empty(0)
    inner: Any = None if z is None else Jets(z, orders)
    outer: Any = Jets(x, orders)
    return Call(outer, inner, x, base_weight, None, list(grid), found, base, norm)


def _products_by_row(one: Tensor, other: Tensor, to: Tensor) -> None:
    to.copy_(torch.einsum("kni,kno->ion", one, other).flatten(0, 1))


LIBRARY.impl("products_by_row", _products_by_row, "CompositeExplicitAutograd")
LIBRARY.impl("kan_jets", _jets_kernel, "CompositeExplicitAutograd")
LIBRARY.impl("kan_jets_backward", _jets_backward, "CompositeExplicitAutograd")
LIBRARY.impl("kan_jets_by_weights", _jets_by_weights, "CompositeExplicitAutograd")


@torch.library.register_fake("edgewise::kan_jets", lib=LIBRARY)
def _jets_fake(x: Tensor, z: Tensor | None, weights: Tensor, *others: Any) -> Tensor:
    return x.new_empty(x.shape[0], x.shape[1], weights.shape[2])


@torch.library.register_fake("edgewise::kan_jets_backward", lib=LIBRARY)
def _jets_backward_fake(
    dy: Tensor, x: Tensor, z: Tensor | None, weights: Tensor, *others: Any
) -> tuple[Tensor, Tensor, Tensor]:
    made = [
        x.new_empty(t.shape if need and t is not None else (0,))
        for t, need in zip((x, z, weights), others[-1], strict=True)
    ]
    return made[0], made[1], made[2]


@torch.library.register_vmap("edgewise::kan_jets_backward", lib=LIBRARY)
def _batch_backward(info: Any, in_dims: tuple[Any, ...], *args: Any) -> tuple[Any, Any]:
    return batch_one_by_one(torch.ops.edgewise.kan_jets_backward, info, in_dims, args)


@torch.library.register_fake("edgewise::kan_jets_by_weights", lib=LIBRARY)
@torch.library.register_fake("edgewise::products_by_row", lib=LIBRARY)
def _nothing_fake(*args: Any) -> None:
    return None
