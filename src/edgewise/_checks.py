"""Check plain arguments: numbers, flags, devices and types; the messages say what was expected."""

from __future__ import annotations

import math
import operator
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any

import numpy as np
import torch
from torch import Tensor

from edgewise._tensors import Device, DType


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


def read_count(owner: str, field: str, value: Any, least: int, greatest: int | None = None) -> int:
    """An integer of Python, numpy (as ``numpy.prod`` of a shape is) or torch as one of Python.

    Raises:
        ValueError: it is none, or not from ``least`` to ``greatest``, without one to 2⁶³.

    Example:
        >>> read_count("KANLinear", "in_features", np.prod((28, 28)), 1)
        784
    """
    with suppress(TypeError):  # of a fraction
        number = operator.index(value) if is_number(value) else least - 1
        if least <= number and (greatest is None or number <= greatest):
            return number
    span = f"≥ {least}" if greatest is None else f"from {least} to {greatest}"
    raise ValueError(f"{owner} expected {field} to be an integer {span}, got {quote(value)}")


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


def check_values(owner: str, *tensors: Tensor) -> None:
    """Raise ValueError if a tensor is on the device "meta", where it has no values."""
    if any(tensor.is_meta for tensor in tensors):
        raise ValueError(
            f"{owner} expected a model with values, got one on the device meta: call "
            "model.to_empty(...) and model.reset_parameters() first"
        )


def check_device(owner: str, device: str | torch.device | None) -> None:
    """Raise ValueError unless tensors can be made on that device; None is any.

    Example:
        >>> check_device("fit", "gpu")  # doctest: +ELLIPSIS
        Traceback (most recent call last):
            ...
        ValueError: fit expected a device that this machine has, got 'gpu': choose ...
    """
    if device is None:
        return
    try:
        torch.empty(0, device=device)
    except (RuntimeError, AssertionError, ImportError, TypeError) as error:
        usable = ["cpu", *(f"cuda:{k}" for k in range(torch.cuda.device_count()))]
        raise ValueError(
            f"{owner} expected a device that this machine has, got {str(device)!r}: choose "
            f"{', '.join(usable)}, or install a torch that supports it "
            f"({str(error).splitlines()[0]})"
        ) from error


def check_settings(owner: str, device: Device = None, dtype: DType = None, **flags: Any) -> None:
    """Raise ValueError unless parameters can be on that device and of that type, and every flag is
    True or False (or 0, 1, None)."""
    check_device(owner, device)
    check_flags(owner, **flags)
    if dtype is not None and not (isinstance(dtype, torch.dtype) and dtype.is_floating_point):
        raise ValueError(
            f"{owner} expected a floating-point dtype such as torch.float32, or None, got {dtype!r}"
        )


def check_choice(
    owner: str, field: str, value: Any, choices: Iterable[str], remedy: str = ""
) -> None:
    """Raise ValueError unless ``value`` is one of several words."""
    words = list(choices)
    if not isinstance(value, str) or value not in words:
        advice = remedy and f": {remedy}"
        raise ValueError(
            f"{owner} expected {field} among {', '.join(words)}, got {quote(value)}{advice}"
        )


def check_flags(owner: str, **flags: Any) -> None:
    """Raise ValueError unless every flag is True or False (or 0, 1, None): to ask an array whether
    it is true raises errors of its own, and texts and functions always are."""
    for name, value in flags.items():
        if value is not None and not (isinstance(value, bool | int | np.bool_) and value in (0, 1)):
            raise ValueError(f"{owner} expected {name} to be True or False, got {quote(value)}")


def check_numbers(owner: str, least: float = 0.0, greatest: float = 1e30, **values: Any) -> None:
    """Raise ValueError unless all are single real numbers within a range."""
    for name, value in values.items():
        if not is_number(value) or not least <= value <= greatest:
            span = f"from {least:g} to {greatest:g}" if greatest < math.inf else f"≥ {least:g}"
            raise ValueError(
                f"{owner} expected {name} {span}, got {quote(value)}: one number, of 64 bits"
            )


def read_number(owner: str, field: str, value: Any) -> float:
    """One finite real number, also of an array or tensor without dimensions, as a float.

    Raises:
        ValueError: it is something else, a text or a flag included.
    """
    found = math.nan
    if not isinstance(value, bool | np.bool_ | str | bytes) and getattr(value, "shape", ()) == ():
        with suppress(TypeError, ValueError, RuntimeError, OverflowError):
            found = float(value.detach() if isinstance(value, Tensor) else value)
    if not math.isfinite(found):
        raise ValueError(f"{owner} expected {field} as one finite number, got {quote(value)}")
    return found


def read_list(owner: str, field: str, value: Any) -> list[Any]:
    """What can be gone through one by one, as a list.

    Raises:
        ValueError: it is something else, or a text, whose letters nobody means.
    """
    found = find_items(value)
    if found is None:
        raise ValueError(f"{owner} expected {field} as a list, got {quote(value)}")
    return found


def find_items(value: Any) -> list[Any] | None:
    """The items of a list or the like; None for a text and for what has none."""
    if not isinstance(value, str | bytes):
        with suppress(TypeError):  # of tensors without dimensions, too
            return list(value)
    return None


def read_mapping(owner: str, field: str, value: Any, example: str = '{"k": 1.0}') -> dict[str, Any]:
    """A mapping of names, as a dictionary; an empty one for None.

    Args:
        example: such a mapping, for the error.

    Raises:
        ValueError: it is something else.
    """
    if value is None:
        return {}
    if not isinstance(value, Mapping) or not all(isinstance(name, str) for name in value):
        raise ValueError(
            f"{owner} expected {field} by names, such as {example}, got {quote(value)}"
        )
    return dict(value)


def check_share(owner: str, field: str, value: Any) -> None:
    """Raise ValueError unless ``value`` is one number between 0 and 1."""
    if not is_number(value) or not 0 < value < 1:
        raise ValueError(f"{owner} expected a {field} between 0 and 1, got {quote(value)}")


def check_jobs(owner: str, n_jobs: Any) -> None:
    """Raise ValueError unless ``n_jobs`` is a number of processes, or negative as in joblib."""
    whole = isinstance(n_jobs, int | np.integer) and not isinstance(n_jobs, bool)
    if not whole or n_jobs == 0:
        raise ValueError(
            f"{owner} expected n_jobs to be a number of processes, got {quote(n_jobs)}: pass 1, or "
            "-1 for one per core"
        )
