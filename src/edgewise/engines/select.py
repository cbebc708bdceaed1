"""Which engine computes a layer, and why."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from edgewise.bases import Basis

ENGINES = {
    "reference": "plain torch, any device and floating dtype",
}


@dataclass(frozen=True)
class Choice:
    """An engine's name and the reason for it, as a sentence."""

    engine: str
    reason: str


def pick(basis: Basis, x: Tensor, engine: str | None = None) -> Choice:
    """The engine for inputs like ``x``.

    Raises:
        ValueError: if ``engine`` names one that this build doesn't have; the message says why.
    """
    if engine is not None and engine not in ENGINES:
        raise ValueError(
            f"expected engine to be None or one of {', '.join(ENGINES)}; got {engine!r}, "
            "which this build doesn't have: leave engine=None"
        )
    if engine is not None:
        return Choice(engine, "asked for")
    return Choice("reference", f"no fused engine covers {basis.name} on {x.device.type} here")


def explain(model: nn.Module, x: Tensor) -> str:
    """One line for each KAN layer of ``model``: the engine that would compute it, and why."""
    from edgewise.nn.linear import KANLinear

    lines = []
    for name, layer in model.named_modules():
        if isinstance(layer, KANLinear):
            like = torch.empty(0, layer.in_features, device=x.device, dtype=x.dtype)
            choice = pick(layer.basis, like, layer.engine)
            lines.append(f"{name or 'layer'}: {choice.engine} ({choice.reason})")
    return "\n".join(lines)
