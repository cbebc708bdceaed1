"""The reader of numbers: tensors, lists, arrays and data frames as arrays of float64."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from torch import Tensor

from edgewise.bases.base import quote
from edgewise.nn.arguments import check_plain

Array = NDArray[np.float64]


def read_array(owner: str, value: Any, what: str = "") -> Array:
    """Numbers of any kind as a new array of float64.

    Args:
        owner: who asks, for messages.
        what: what the numbers are, for messages.

    Raises:
        ValueError: if it holds anything else than real numbers.

    Example:
        >>> import torch
        >>> read_array("certify", torch.ones(2, requires_grad=True))
        array([1., 1.])
        >>> read_array("discover", ["red"], "x")
        Traceback (most recent call last):
            ...
        ValueError: discover expected an array of real numbers as x, got ['red'] (could not \
convert string to float: np.str_('red')): encode text as numbers
    """
    expected = f"{owner} expected an array of real numbers" + (f" as {what}" if what else "")
    if isinstance(value, Tensor):
        check_plain(owner, value)
        value = value.detach().cpu()
        value = value if value.is_complex() else value.double()
    try:
        array = np.asarray(value)
        if array.dtype.kind == "O" and any(isinstance(v, str | bytes) for v in array.flat):
            raise TypeError("text")
        if not np.iscomplexobj(array):
            return array.astype(np.float64)
    except (TypeError, ValueError, RuntimeError, OverflowError) as error:
        raise ValueError(
            f"{expected}, got {quote(value)} ({error!s:.80}): encode text as numbers"
        ) from error
    raise ValueError(
        f"{expected}, got complex numbers: pass real and imaginary parts as columns of their own"
    )


def check_finite(owner: str, values: Array, what: str) -> None:
    """Raise ValueError if a number is NaN or infinite."""
    if not np.isfinite(values).all():
        row = int(np.argwhere(~np.isfinite(np.atleast_1d(values)))[0][0])
        raise ValueError(
            f"{owner} expected finite numbers as {what}, got NaN or Inf in row {row}: drop such "
            "rows"
        )
