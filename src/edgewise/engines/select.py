"""Which engine computes a layer, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from edgewise.bases import Basis
from edgewise.engines import native
from edgewise.engines.activation import BaseActivation

ENGINES = ("reference", "native")


@dataclass(frozen=True)
class Choice:
    """An engine's name and the reason for it, as a sentence."""

    engine: str
    reason: str


def pick(
    basis: Basis,
    x: Tensor,
    engine: str | None = None,
    base: BaseActivation = None,
    grid: Sequence[Tensor] = (),
) -> Choice:
    """The engine for inputs like ``x``: the fastest that covers them, or the one asked for.

    Raises:
        ValueError: if ``engine`` is unknown, or can't compute this; the message says why.
    """
    if engine is not None and engine not in ENGINES:
        raise ValueError(
            f"expected engine to be None or one of {', '.join(ENGINES)}; got {engine!r}, which "
            "this build doesn't have: leave engine=None"
        )
    if engine == "reference":
        return Choice(engine, "asked for")
    obstacle = _obstacle(basis, x, base, grid)
    if engine is not None and obstacle is not None:
        raise ValueError(
            f"expected engine={engine!r} to compute {basis}, but {obstacle}: leave engine=None, "
            "which falls back on the reference engine"
        )
    if obstacle is not None:
        return Choice("reference", obstacle)
    return Choice("native", "asked for" if engine else "fused C++ kernels on the CPU")


def _obstacle(basis: Basis, x: Tensor, base: BaseActivation, grid: Sequence[Tensor]) -> str | None:
    """Why the native engine can't compute this, or None."""
    if x.device.type != "cpu":
        return f"the native engine computes on the CPU, not on {x.device.type}"
    if reason := native.unavailable():
        return reason
    if basis.name not in native.BASES:
        return f"the native engine has no kernel for {basis.name}"
    if x.dtype not in native.DTYPES:
        return f"the native engine has no kernel for {x.dtype}"
    if callable(base):
        return "the base activation is a callable"
    fixed = type(basis).grid_derivative is Basis.grid_derivative
    if fixed and any(t.requires_grad for t in grid):
        return f"the native engine has no gradients for the grid of {basis.name}"
    if _transformed():
        return "torch.func and forward-mode differentiation need the plain formula"
    return None


def _transformed() -> bool:
    """Inside vmap, jacrev, jvp, …: these differentiate and batch plain operations only."""
    return torch._C._functorch.peek_interpreter_stack() is not None or (
        torch.autograd.forward_ad._current_level >= 0
    )


def explain_engines(model: nn.Module, x: Tensor) -> str:
    """One line for each KAN layer of ``model``: the engine that would compute it, and why."""
    from edgewise.nn.linear import KANLinear

    lines = []
    for name, layer in model.named_modules():
        if isinstance(layer, KANLinear):
            like = torch.empty(0, layer.in_features, device=x.device, dtype=x.dtype)
            try:
                choice = pick(layer.basis, like, layer.engine, layer.base, layer.grid)
            except ValueError as error:
                choice = Choice("none", str(error))
            lines.append(f"{name or 'layer'}: {choice.engine} ({choice.reason})")
    return "\n".join(lines)
