"""Numbers as arguments: what counts as one, and what a message says of anything else."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from torch import Tensor


def is_number(value: Any) -> bool:
    """Whether ``value`` is one real number of Python, numpy or torch; whole ones within 64 bits.

    Flags, texts and arrays aren't: to compare an array with a number raises errors of its own.
    """
    if isinstance(value, Tensor):
        if value.dim() or value.is_meta or value.is_quantized or value.dtype == torch.bool:
            return False
        return not value.is_complex()
    if isinstance(value, int | np.integer):
        return not isinstance(value, bool) and abs(int(value)) < 2**63
    return isinstance(value, float | np.floating)


def quote(value: Any) -> str:
    """What a message says of a wrong value, in one line: of arrays and frames type and shape."""
    shape = getattr(value, "shape", ())
    if isinstance(shape, tuple) and shape:
        return f"a {type(value).__name__} of shape {tuple(shape)}"
    text = " ".join(repr(value).split())
    return text if len(text) <= 100 else text[:99] + "…"


def check_count(owner: str, field: str, value: int, least: int) -> None:
    """Raise ValueError unless ``value`` is an integer of at least ``least``, and below 2⁶³."""
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value < 2**63:
        raise ValueError(f"{owner} expected {field} to be an integer ≥ {least}, got {quote(value)}")


def check_interval(owner: str, lo: float, hi: float) -> None:
    """Raise ValueError unless lo < hi, both finite."""
    numbers = is_number(lo) and is_number(hi)
    if not numbers or not (float("-inf") < lo < hi < float("inf")):
        raise ValueError(f"{owner} expected finite lo < hi, got lo={quote(lo)}, hi={quote(hi)}")


def check_positive(owner: str, field: str, value: float) -> None:
    """Raise ValueError unless ``value`` is a positive finite number."""
    if not is_number(value) or not 0 < value < float("inf"):
        raise ValueError(f"{owner} expected {field} to be positive and finite, got {quote(value)}")


def take_number(owner: str, field: str, value: Tensor | np.generic[Any] | np.ndarray) -> Any:
    """The number in an array of one; ValueError if there isn't one."""
    try:
        return value.item()
    except (RuntimeError, ValueError) as error:
        raise ValueError(
            f"{owner} expected {field} to be one number, got shape {tuple(value.shape)}"
        ) from error
