"""What an active ``torch.autocast`` changes about a layer: the type of its output, nothing inside.

A layer rounds once, at its end, as half types do. Left to itself autocast would narrow only the
matrix products inside, and leave the type of the output as it is.
"""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext

import torch
from torch import Tensor


def is_active(x: Tensor) -> bool:
    """Whether autocast is on for the tensor's device."""
    device = x.device.type
    return torch.amp.is_autocast_available(device) and torch.is_autocast_enabled(device)


def output_dtype(coef: Tensor) -> torch.dtype | None:
    """The type that a layer with these parameters must answer; None for their own.

    Layers in float64 answer float64, as ``nn.Linear`` does: autocast leaves this type alone.
    """
    if coef.dtype == torch.float64 or not is_active(coef):
        return None
    return torch.get_autocast_dtype(coef.device.type)


def set_aside(x: Tensor) -> AbstractContextManager[object]:
    """A context in which no product on the tensor's device is narrowed."""
    return torch.autocast(x.device.type, enabled=False) if is_active(x) else nullcontext()
