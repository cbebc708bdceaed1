"""The types that `fit` computes in: converted models, autocast, and the scaler of its gradients."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Any

import torch
from torch.optim import LBFGS, Optimizer

_CONVERTED = {"float32": torch.float32, "float64": torch.float64}
_AUTOCAST = {"bfloat16": torch.bfloat16, "float16": torch.float16}


def find_dtype(precision: str | None) -> torch.dtype | None:
    """The type that model and data are converted to, if they are; ValueError for unknown names."""
    valid = [*_CONVERTED, *_AUTOCAST]
    if precision is not None and precision not in valid:
        raise ValueError(f"precision expected one of {', '.join(valid)} or None, got {precision!r}")
    return _CONVERTED.get(precision or "")


@dataclass(frozen=True)
class Precision:
    """How a run computes.

    Attributes:
        autocast: a context for the forward pass.
        scaler: what keeps gradients in float16 from vanishing; None in other types.
    """

    name: str | None
    autocast: AbstractContextManager[Any]
    scaler: torch.amp.GradScaler | None

    @staticmethod
    def of(name: str | None, device: torch.device, optimizer: Optimizer) -> Precision:
        """The precision of that name on a device."""
        if name not in _AUTOCAST:
            return Precision(name, nullcontext(), None)
        autocast = torch.autocast(device.type, _AUTOCAST[name])
        if name != "float16":
            return Precision(name, autocast, None)
        if isinstance(optimizer, LBFGS):
            raise ValueError(
                "precision float16 expected an optimizer that evaluates the loss once per step, "
                'got lbfgs: use precision="bfloat16" or another optimizer'
            )
        return Precision(name, autocast, torch.amp.GradScaler(device.type))
