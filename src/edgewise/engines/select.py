"""Choose the engine that computes a call, and explain the choice."""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor

from edgewise._autocast import output_dtype, set_aside
from edgewise._checks import quote
from edgewise.bases import Basis
from edgewise.engines import flops
from edgewise.engines.call import Call
from edgewise.engines.engine import Engine
from edgewise.engines.native import NativeEngine
from edgewise.engines.reference import ReferenceEngine, differentiate_by_weights
from edgewise.engines.triton.engine import TritonEngine

ENGINES: tuple[Engine, ...] = (NativeEngine(), TritonEngine(), ReferenceEngine())
"""All engines, the best first; the last one can compute everything."""
flops.register()


class Choice(NamedTuple):
    """An engine's name and the reason for it."""

    engine: str
    reason: str


def compute(call: Call, name: str | None = None) -> Tensor:
    """The output of the best engine that can compute the call, or of the named one.

    Under autocast the engine computes in the weights' type, and the output is rounded to autocast's
    type. Callers have checked the arguments.
    """
    if call.z is not None and call.z.dtype != call.coef.dtype:
        call = call._replace(z=call.z.to(call.coef.dtype))  # of a norm under autocast
    dtype = output_dtype(call.coef)
    if dtype is None:
        return select(call, name).run(call)
    with set_aside(call.coef):
        y = select(call, name).run(call)
    return y.to(dtype)


def check_coefficients(coef: Tensor, basis: Basis) -> None:
    """Raise ValueError unless there is a coefficient for each function of the basis.

    The operators take the basis from sizes, so that a spline of another degree would answer.
    """
    if coef.dim() != 3 or coef.shape[1] != basis.num_basis:
        raise ValueError(
            f"expected coef of shape (in_features, {basis.num_basis}, out_features) for {basis}, "
            f"got {tuple(coef.shape)}: these are the coefficients of another basis; build the "
            "layer with that one"
        )


@torch.no_grad()
def by_weights(call: Call, slope: Tensor, to: Tensor, name: str | None = None) -> None:
    """Write per-row gradients by (C, V), given the gradient ``slope`` by the output.

    Shape:
        see :meth:`~edgewise.engines.engine.Engine.by_weights`
    """
    with set_aside(call.coef):
        if not select(call, name).by_weights(call, slope, to):
            differentiate_by_weights(call, slope, to)
    for factor in (call.coef_scale, call.mask):
        if factor is not None:
            to[: call.coef.numel()].view(*call.coef.shape, -1).mul_(factor[:, None, :, None])
    if call.base_weight is not None and call.mask is not None:
        to[call.coef.numel() :].view(*call.mask.shape, -1).mul_(call.mask[..., None])


def select(call: Call, name: str | None = None) -> Engine:
    """The best engine that can compute the call, or the one of that name.

    Raises:
        ValueError: if there is no engine of that name, or it can't compute the call.
    """
    if name is None:
        for engine in ENGINES:
            if _against(engine, call) is None:
                return engine
        return ENGINES[-1]
    engine = find_engine(name)
    if reason := engine.obstacle(call):
        raise ValueError(
            f"expected engine={name!r} to compute {call.basis}, but {reason}: leave engine=None, "
            "which falls back on an engine that can"
        )
    return engine


def explain(call: Call, name: str | None = None) -> Choice:
    """The choice of :func:`select`, with the reasons against better engines."""
    engine = select(call, name)
    if name is not None:
        return Choice(name, "asked for")
    better = ENGINES[: ENGINES.index(engine)]
    reasons = [reason for each in better if (reason := _against(each, call))]
    return Choice(engine.name, "; ".join(reasons) or engine.describe())


def _against(engine: Engine, call: Call) -> str | None:
    """The reason why the automatic choice doesn't take an engine; None if it may."""
    return engine.obstacle(call) or engine.reservation(call)


def find_engine(name: str) -> Engine:
    """The engine of a name; ValueError if there is none."""
    for engine in ENGINES:
        if engine.name == name:
            return engine
    known = ", ".join(engine.name for engine in reversed(ENGINES))
    raise ValueError(
        f"expected engine to be None or one of {known}; got {quote(name)}, which this build "
        "doesn't have: leave engine=None"
    )
