"""The registered operator: schema, fake, autograd, vmap; those for jets are in :mod:`jet_ops`.

``torch.ops.edgewise.kan_linear`` saves only its inputs for the backward pass, O(batch ·
in_features), and nothing of the size of the basis. Its kernels here are the reference formulas; an
engine binds faster ones to the same schema for its device.

Layers check their arguments and raise ValueError or TypeError. Direct calls of the operators may
also raise RuntimeError: from torch's dispatcher, which checks schema and device
(NotImplementedError is a RuntimeError), and from the native kernels, since C++ can raise no other.
The formulas and the fakes raise ValueError, or TypeError for None in place of a tensor. All checks
come before any computation.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import torch
from torch import Tensor
from torch._decomp import register_decomposition
from torch.utils._pytree import tree_map

from edgewise._autocast import set_aside
from edgewise._tensors import is_batched_gradient, is_transformed, map_gradients
from edgewise.engines import reference
from edgewise.engines.arguments import (
    OWNER,
    Arguments,
    check_names,
    check_ranks,
    check_tensor,
    find_formulas,
    split_needs,
)
from edgewise.engines.call import Call

Names = tuple[str, str | None, str | None]  # of basis, base activation and normalisation
Gradients = tuple[Tensor, Tensor, Tensor, Tensor, Tensor, list[Tensor], list[Tensor]]

LIBRARY = torch.library.Library("edgewise", "DEF")
LIBRARY.define(
    "kan_linear(Tensor x, Tensor? z, Tensor coef, Tensor? base_weight, Tensor? bias, "
    "Tensor[] grid, str basis, str? base, str? norm, Tensor[] trained, "
    "Tensor? coef_scale=None, Tensor? mask=None) -> Tensor"
)
LIBRARY.define(
    "kan_linear_backward(Tensor dy, Tensor x, Tensor? z, Tensor coef, Tensor? base_weight, "
    "Tensor? bias, Tensor[] grid, str basis, str? base, str? norm, "
    "Tensor[] trained, bool[] needs, Tensor? coef_scale=None, Tensor? mask=None) "
    "-> (Tensor, Tensor, Tensor, Tensor, Tensor, Tensor[], Tensor[])"
)
LIBRARY.define("native_isa(str level) -> str")
LIBRARY.define("native_bases() -> str")
LIBRARY.define("native_set_tolerance(float roundings, float single_step, float double_step) -> ()")
LIBRARY.define("native_equidistant(Tensor points) -> bool")
LIBRARY.define("native_interface() -> int")
INTERFACE = 5
"""Version of these schemas, here and in module.cpp, to be increased with every change: an extension
built for other schemas must not be called."""


def _check_needs(given: Arguments, needs: Sequence[bool]) -> None:
    count = 5 + len(given.grid) + len(given.trained)
    if len(needs) not in (count, count + 2):
        raise ValueError(
            f"{OWNER}_backward expected {count} or {count + 2} needs, got {len(needs)}"
        )


def _check_backward(dy: Tensor, given: Arguments, needs: Sequence[bool]) -> None:
    _check_needs(given, needs)
    check_tensor("dy", dy)
    shape = (given.x.shape[0], given.coef.shape[2])
    if dy.shape != shape:
        raise ValueError(f"{OWNER}_backward expected dy of shape {shape}, got {tuple(dy.shape)}")


def bind(device: str, forward: Callable[..., Tensor], backward: Callable[..., Gradients]) -> None:
    """Bind kernels of the two operators for a kind of device, "CPU" or "CUDA"."""
    LIBRARY.impl("kan_linear", forward, device)
    LIBRARY.impl("kan_linear_backward", backward, device)


def obstacle(call: Call) -> str | None:
    """The reason why the operators can't take the call with any engine, as a clause."""
    if torch.jit.is_tracing():  # type: ignore[attr-defined]  # no __all__
        return (
            "torch.jit.trace records only torch's own operations: use engine=None, or "
            "torch.export or torch.compile, which work with every engine"
        )
    if callable(call.base):
        return "the base activation is a callable"
    if is_transformed():
        return "torch.func and forward-mode differentiation need the plain formula"
    return None


def run(call: Call) -> Tensor:
    """The layer's output by the operator, which takes two-dimensional x.

    Shape:
        see :class:`~edgewise.engines.call.Call`
    """
    x, z, coef, base_weight, bias, grid, basis, base, norm, trained, coef_scale, mask = call
    base = base if isinstance(base, str) else None
    settings = (basis.engine_name, base, norm, trained)
    others = (coef, base_weight, bias, grid, *settings, coef_scale, mask)
    if x.dim() == 2:
        return kan_linear(x, z, *others)
    rows = x.reshape(-1, coef.shape[0])
    y = kan_linear(rows, None if z is None else z.reshape(rows.shape), *others)
    return y.view(*x.shape[:-1], coef.shape[2])


def _forward(*args: Any) -> Tensor:
    return reference.kan_linear(*_with_formulas(Arguments(*args))).contiguous()


def _backward(dy: Tensor, *args: Any) -> Gradients:
    given, needs = split_needs(args)
    call = _with_formulas(given)
    _check_backward(dy, given, needs)
    grads = reference.kan_linear_backward(dy, *call[:10], needs, *call[10:])
    # The schema has no optional results, so gradients that aren't needed are empty tensors.
    dx, dz, dcoef, dbase, dbias, *rest = [dy.new_empty(0) if g is None else g for g in grads]
    count = len(given.grid)
    return dx, dz, dcoef, dbase, dbias, rest[:count], rest[count:]


def _with_formulas(given: Arguments) -> Call:
    """The call with the basis object for the name and the tensors' sizes."""
    return Call(*given[:6], find_formulas(given), *given[7:])


LIBRARY.impl("kan_linear", _forward, "CompositeExplicitAutograd")
# torch.onnx.export, which only knows torch's own operations, uses this decomposition.
register_decomposition(torch.ops.edgewise.kan_linear.default)(_forward)
LIBRARY.impl("kan_linear_backward", _backward, "CompositeExplicitAutograd")


# Beside a decomposition, torch would compute it for the output's shape where rows are symbolic.
@register_decomposition(torch.ops.edgewise.kan_linear.default, type="meta")
@torch.library.register_fake("edgewise::kan_linear", lib=LIBRARY)
def _forward_fake(*args: Any) -> Tensor:
    given = Arguments(*args)
    check_ranks(given.x, given.coef)
    check_names(given.base, given.norm)
    return given.coef.new_empty(given.x.shape[0], given.coef.shape[2])


@torch.library.register_fake("edgewise::kan_linear_backward", lib=LIBRARY)
def _backward_fake(dy: Tensor, *args: Any) -> Gradients:
    given, needs = split_needs(args)
    x, z, coef, base_weight, _, grid, _, base, norm, trained, *edges = given

    def like(wanted: bool, *shape: Any) -> Tensor:
        return coef.new_empty(shape if wanted else (0,))

    check_ranks(x, coef)
    check_names(base, norm)
    _check_needs(given, needs)
    need_x, need_z, need_coef, need_base, need_bias, *rest = needs
    pairs = zip(rest, [*grid, *trained, *edges], strict=False)
    others = [like(need, *t.shape) if t is not None else like(False) for need, t in pairs]
    return (
        like(need_x, *x.shape),
        like(need_z and z is not None, *x.shape),
        like(need_coef, *coef.shape),
        like(need_base and base_weight is not None, *coef.shape[::2]),
        like(need_bias, coef.shape[2]),
        others[: len(grid)],
        others[len(grid) :],
    )


class _Differentiable(torch.autograd.Function):
    """Saves only the inputs, O(batch · in_features); the backward operator recomputes the rest.

    ``torch.library.register_autograd`` would do the same, but it flattens all arguments at each
    call, which takes longer than the arithmetic of a small network.
    """

    @staticmethod
    def forward(
        ctx: Any,
        names: Names,
        counts: tuple[int, int],
        *tensors: Tensor | None,
    ) -> Tensor:
        ctx.save_for_backward(*tensors)
        ctx.names, ctx.counts = names, counts
        return _below_autograd(*_arguments(names, counts, tensors))

    @staticmethod
    def backward(ctx: Any, *grads: Tensor) -> tuple[Any, ...]:
        (dy,) = grads
        tensors = ctx.saved_tensors
        needs = find_needs(ctx, tensors)
        args = _arguments(ctx.names, ctx.counts, tensors)
        if is_batched_gradient(dy):
            return None, None, *map_gradients(lambda one: _gradients(one, args, needs), dy)
        return None, None, *_gradients(dy, args, needs)


def _gradients(dy: Tensor, args: tuple[Any, ...], needs: Sequence[bool]) -> list[Tensor | None]:
    if torch.is_grad_enabled():  # second derivatives are needed: build a graph
        return _differentiable_backward(dy, args, needs)
    *single, dgrid, others = torch.ops.edgewise.kan_linear_backward(
        dy.contiguous(), *args[:10], needs, *args[10:]
    )
    found = zip((*single, *dgrid, *others), needs, strict=True)
    return [grad if need else None for grad, need in found]


def find_needs(ctx: Any, tensors: Sequence[Tensor | None], before: int = 2) -> list[bool]:
    """Which of the tensors' gradients the running backward pass needs.

    ``ctx.needs_input_grad`` only says which tensors require gradients. That includes all parameters
    even if autograd.grad needs only the inputs' gradients, as for differential equations. The
    tensors follow ``before`` other arguments.
    """
    nodes = iter(ctx.next_functions)  # only of arguments that are tensors
    sources = [None if t is None else next(nodes)[0] for t in tensors]
    needs = zip(ctx.needs_input_grad[before:], sources, strict=True)
    return [need and _will_execute(node) for need, node in needs]


def _will_execute(node: Any) -> bool:
    """Whether the running backward pass will reach this node."""
    try:
        wanted: bool = torch._C._will_engine_execute_node(node)
    except RuntimeError:  # raised for a leaf whose gradient is returned
        return True
    return wanted


def _arguments(names: Names, counts: tuple[int, int], tensors: Sequence[Any]) -> tuple[Any, ...]:
    """The operator's arguments from names and tensors in order.

    ``counts`` are the numbers of grid tensors and of trained tensors.
    """
    end = 5 + counts[0]
    last = end + counts[1]
    grid, trained = list(tensors[5:end]), list(tensors[end:last])
    return (*tensors[:5], grid, *names, trained, *tensors[last:])


def _differentiable_backward(
    dy: Tensor, args: tuple[Any, ...], needs: Sequence[bool]
) -> list[Tensor | None]:
    """The same gradients in plain torch operations, which are differentiable to any order."""
    call = _with_formulas(Arguments(*args))
    with set_aside(dy):
        return reference.kan_linear_backward(dy, *call[:10], needs, *call[10:])


def kan_linear(*args: Any) -> Tensor:
    """The operator on the elements of :class:`~edgewise.engines.arguments.Arguments`.

    Outside torch.compile it avoids the dispatch from the autograd key back to Python.
    """
    if torch.compiler.is_compiling():
        y: Tensor = torch.ops.edgewise.kan_linear(*args)
        return y
    if torch.is_grad_enabled():
        return _autograd(*args)
    return _below_autograd(*args)


def _below_autograd(*args: Any) -> Tensor:
    with torch._C._AutoDispatchBelowAutograd():
        y: Tensor = torch.ops.edgewise.kan_linear(*args)
    return y


def _autograd(*args: Any) -> Tensor:
    grid, *names, trained = args[5:10]
    grid, trained = grid or [], trained or []  # AOTInductor passes None for no tensors
    # Most layers have neither scale nor mask, and empty gradients take time, too. torch drops
    # trailing None arguments, and the operator takes the needs of both or of neither.
    edges = (*args[10:], None, None)[:2] if any(t is not None for t in args[10:]) else ()
    tensors = (*args[:5], *grid, *trained, *edges)
    y: Tensor = _Differentiable.apply(tuple(names), (len(grid), len(trained)), *tensors)
    return y


LIBRARY.impl("kan_linear", _autograd, "Autograd")


@torch.library.register_vmap("edgewise::kan_linear", lib=LIBRARY)
def _batch(info: Any, in_dims: tuple[Any, ...], *args: Any) -> tuple[Tensor, int]:
    op, size = torch.ops.edgewise.kan_linear, info.batch_size
    if all(_is_unbatched(d) for d in in_dims[2:]):  # if only inputs are batched, fold into rows
        x, z = (_fold(t, d, size) for t, d in zip(args[:2], in_dims[:2], strict=True))
        return op(x, z, *args[2:]).unflatten(0, (size, -1)), 0
    return batch_one_by_one(op, info, in_dims, args)


def batch_one_by_one(
    op: Callable[..., Any], info: Any, in_dims: tuple[Any, ...], args: Sequence[Any]
) -> tuple[Any, Any]:
    """A batch of an operator's results, one after another: what is as good as a loop of one's own.

    ``args`` and results are tensors, lists of these and anything that isn't batched.
    """
    every = [
        op(*[_entry(t, d, k) for t, d in zip(args, in_dims, strict=True)])
        for k in range(info.batch_size)
    ]
    made = tree_map(lambda *each: torch.stack(each), *every)
    return made, tree_map(lambda _: 0, made)


@torch.library.register_vmap("edgewise::kan_linear_backward", lib=LIBRARY)
def _batch_backward(info: Any, in_dims: tuple[Any, ...], *args: Any) -> tuple[Any, Any]:
    return batch_one_by_one(torch.ops.edgewise.kan_linear_backward, info, in_dims, args)


def _is_unbatched(dim: Any) -> bool:
    return dim is None or (isinstance(dim, (list, tuple)) and all(d is None for d in dim))


def _fold(t: Tensor | None, dim: int | None, size: int) -> Tensor | None:
    """(…, batch, …) with rows → (batch · rows, features)."""
    if t is None:
        return None
    moved = t.expand(size, *t.shape) if dim is None else t.movedim(dim, 0)
    return moved.flatten(0, 1)


def _entry(value: Any, dim: Any, k: int) -> Any:
    """Entry ``k`` of a batched argument; an unbatched one unchanged."""
    if isinstance(value, (list, tuple)) and isinstance(dim, (list, tuple)):
        return [_entry(t, d, k) for t, d in zip(value, dim, strict=True)]
    return value if _is_unbatched(dim) else value.select(dim, k)
