"""Check that an array fits into the memory of this machine."""

from __future__ import annotations

import math
import os

import torch

from edgewise._tensors import Device, DType


def check_memory(
    owner: str,
    what: str,
    numbers: int,
    remedy: str,
    *,
    device: Device = None,
    dtype: DType = None,
) -> None:
    """Raise ValueError if an array is larger than the memory of this machine.

    The system may promise what it doesn't have, and end the process when the numbers are written.

    Args:
        what: what the numbers are.
        numbers: how many there are.
        device, dtype: where and as what they are to be stored, by default torch's own.
    """
    like = torch.empty(0, device=device, dtype=dtype)
    needed, limit = numbers * like.element_size(), measure_memory()
    if type(like) is torch.Tensor and like.device.type == "cpu" and needed > limit:
        raise ValueError(
            f"{owner} expected {what} that fit into the {limit / 1e9:.3g} GB of this machine, got "
            f"{numbers:.3g} numbers, {needed / 1e9:,.0f} GB: {remedy}"
        )


def measure_memory() -> float:
    """The bytes of this machine's memory; without end where the system doesn't say."""
    names: dict[str, int] = getattr(os, "sysconf_names", {})
    if not {"SC_PAGE_SIZE", "SC_PHYS_PAGES"} <= names.keys():
        return math.inf
    return float(os.sysconf("SC_PAGE_SIZE")) * float(os.sysconf("SC_PHYS_PAGES"))
