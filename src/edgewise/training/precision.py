"""The types that `fit` computes in: converted models, autocast, and the scaler of its gradients."""

from __future__ import annotations

from contextlib import nullcontext
from typing import Any

import torch
from torch.optim import LBFGS

CONVERTED = {"float32": torch.float32, "float64": torch.float64}
AUTOCAST = {"bfloat16": torch.bfloat16, "float16": torch.float16}


def check_precision(precision: str | None) -> None:
    """Raise ValueError for an unknown precision."""
    valid = [*CONVERTED, *AUTOCAST]
    if precision is not None and precision not in valid:
        raise ValueError(f"precision expected one of {', '.join(valid)} or None, got {precision!r}")


def autocast_to(precision: str | None, device: torch.device) -> Any:
    """A context for the forward pass."""
    if precision not in AUTOCAST:
        return nullcontext()
    return torch.autocast(device.type, AUTOCAST[precision])


def make_scaler(
    precision: str | None, device: torch.device, optimizer: torch.optim.Optimizer
) -> torch.amp.GradScaler | None:
    """What keeps gradients in float16 from vanishing; None in other types."""
    if precision != "float16":
        return None
    if isinstance(optimizer, LBFGS):
        raise ValueError(
            "precision float16 expected an optimizer that evaluates the loss once per step, got "
            'lbfgs: use precision="bfloat16" or another optimizer'
        )
    return torch.amp.GradScaler(device.type)
