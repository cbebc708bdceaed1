"""Numbers as people have them, in tensors, arrays, frames, series or lists, as tensors."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from torch import Tensor


def read_tensor(name: str, value: Any) -> Tensor:
    """A tensor, array, frame, series or list as a tensor.

    Raises:
        ValueError: it holds text or something else that is no number.
    """
    if isinstance(value, Tensor):
        return value
    try:
        array = np.asarray(value)
    except (TypeError, ValueError) as error:
        raise ValueError(
            f"{name} expected numbers in rows of equal length, got {type(value).__name__} that "
            f"can't be read as such ({error}): pad or cut the rows, and pass an array"
        ) from error
    if array.dtype.kind not in "biufc":
        array = _read_objects(name, value, array)
    if hasattr(value, "columns") and name.endswith("x") and array.dtype.kind in "biu":
        array = array.astype(np.float64)  # In a table of inputs a whole number is one by chance.
    if array.dtype == np.longdouble:
        array = array.astype(np.float64)
    # torch reads neither foreign byte orders nor backward strides, and warns of read-only memory.
    array = np.ascontiguousarray(array, array.dtype.newbyteorder("=")).reshape(array.shape)
    return torch.from_numpy(array if array.flags.writeable else array.copy())


def _read_objects(name: str, value: Any, array: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Numbers or booleans out of an array of objects."""
    items = array.ravel().tolist()
    if items and all(isinstance(item, bool) for item in items):
        return array.astype(bool)
    text = next((item for item in items if isinstance(item, str | bytes)), None)
    if text is not None and name.endswith("y"):
        raise ValueError(
            f"{name} expected numbers or booleans, got text such as {text!r}: number the classes "
            "with `classes, y = numpy.unique(y, return_inverse=True)`, and give the model one "
            "output for each"
        )
    if text is not None:
        raise ValueError(
            f"{name} expected numbers, got text such as {text!r}{_where(value, text)}: leave out "
            "or encode columns of text, for example with pandas.get_dummies"
        )
    try:
        if array.dtype.kind in "mM":
            raise TypeError("dates and durations have no unit of their own")
        return array.astype(np.float64)
    except (TypeError, ValueError) as error:
        raise ValueError(
            f"{name} expected numbers, got {array.dtype} that can't be read as such ({error}): "
            "convert it, and fill in or drop missing values"
        ) from error


def _where(value: Any, text: Any) -> str:
    """The column of a frame that holds this text."""
    for label in getattr(value, "columns", ()):
        if text in np.asarray(value[label], dtype=object).tolist():
            return f" in column {label!r}"
    return ""
