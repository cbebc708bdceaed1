"""Numbers as people have them, in tensors, arrays, frames, series or lists, as tensors.

:func:`read_tensor` is the one reader; the others say what kind of numbers they want of it.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from edgewise._checks import check_values
from edgewise.nn.arguments import check_plain


def unmask(value: Any) -> Any:
    """A masked array as a plain one with NaN, or None beside texts and objects, where it is masked.

    numpy itself forgets the mask when it makes a plain array. Other values stay as they are.

    Example:
        >>> unmask(np.ma.masked_less([1, 2, 3], 2))
        array([nan,  2.,  3.])
    """
    if not isinstance(value, np.ma.MaskedArray):
        return value
    if not np.ma.is_masked(value):
        return value.data
    numbers = value.dtype.kind in "biuf"
    filled = value.astype(np.float64 if numbers else object)
    return np.ma.filled(filled, np.nan if numbers else None)


def read_tensor(name: str, value: Any) -> Tensor:
    """A tensor, array, frame, series or list as a tensor; masked numbers are NaN."""
    if isinstance(value, Tensor):
        check_plain(name, value)
        # A tensor made in inference mode can't be computed with where there are derivatives.
        copied = value.is_inference() and not torch.is_inference_mode_enabled()
        return value.clone() if copied else value
    value = unmask(value)
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


def read_real(name: str, value: Any) -> Tensor:
    """A tensor of numbers that aren't complex."""
    tensor = read_tensor(name, value)
    if tensor.is_complex():
        raise ValueError(
            f"{name} expected real numbers, got {tensor.dtype}: pass real and imaginary parts as "
            "columns of their own"
        )
    return tensor


def read_rows(
    name: str,
    value: Any,
    columns: int | None,
    *,
    least: int = 1,
    like: Tensor | None = None,
    hint: str = "",
) -> Tensor:
    """A table of finite numbers without a graph behind it; a single column may come flat.

    Args:
        columns: how many there are; None for any number.
        least: the number of rows that there are at least.
        like: a tensor whose type and device they get; None leaves them as they are.
        hint: what to add to the message about another shape.

    Shape:
        (rows, columns)
    """
    rows = read_real(name, value).detach()
    rows = rows if like is None else rows.to(like)
    check_values(name, rows)
    rows = rows[:, None] if rows.dim() == 1 and columns == 1 else rows
    fits = rows.dim() == 2 and len(rows) >= least and columns in (None, rows.shape[-1])
    if not fits or not rows.numel():
        many = f" with at least {least} rows" if least > 1 else ""
        raise ValueError(
            f"{name} expected numbers of shape (rows, {columns or 'columns'}){many}, got shape "
            f"{tuple(rows.shape)}{hint}"
        )
    check_finite(name, rows)
    return rows


def read_array(name: str, value: Any) -> NDArray[np.float64]:
    """Real numbers of any kind as an array of float64 of their own.

    Raises:
        ValueError: they are none.

    Example:
        >>> read_array("certify", torch.ones(2, requires_grad=True))
        array([1., 1.])
    """
    return np.array(read_real(name, value).detach().cpu().double().numpy())


def read_features(owner: str, value: Any, features: int) -> NDArray[np.float64]:
    """Rows of as many numbers as a model has features, (rows, features)."""
    rows = read_array(owner, value)
    if rows.ndim != 2 or rows.shape[1] != features:
        raise ValueError(
            f"expected rows of {features} features, got shape {rows.shape}: reshape a single row "
            "with x[None]"
        )
    return rows


def check_finite(name: str, tensor: Tensor) -> None:
    """Raise ValueError unless all numbers of a tensor of rows are finite."""
    finite = torch.isfinite(tensor)
    if finite.all():
        return
    bad = ~finite.reshape(tensor.shape[0], -1)
    row = int(bad.any(1).nonzero()[0])
    raise ValueError(
        f"{name} expected finite numbers, got {int(bad.sum())} NaN or infinite values of "
        f"{tensor.numel()}, the first in row {row}: fill in such values or leave these rows out, "
        "with dropna() of a table that has x and y, or with x[known] and y[known] of tensors, "
        "where known = torch.isfinite(x).flatten(1).all(1)"
    )


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
    time = next((item for item in items if isinstance(item, date | timedelta)), None)
    if array.dtype.kind in "mM" or time is not None:
        got = array.dtype if time is None else f"times such as {time}{_where(value, time)}"
        raise ValueError(
            f"{name} expected numbers, got {got}, and dates and durations have no unit of their "
            "own: convert them, for example to days with (t - t[0]) / numpy.timedelta64(1, 'D')"
        )
    try:
        return array.astype(np.float64)
    except (TypeError, ValueError) as error:
        raise ValueError(
            f"{name} expected numbers, got {array.dtype} that can't be read as such ({error}): "
            "convert it, and fill in or drop missing values"
        ) from error


def _where(value: Any, item: Any) -> str:
    """The column of a frame that holds this item."""
    for label in getattr(value, "columns", ()):
        if item in np.asarray(value[label], dtype=object).tolist():
            return f" in column {label!r}"
    return ""
