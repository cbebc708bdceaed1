"""What a user passes becomes rows of numbers: names, scales, classes, and clear refusals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

LEAST_ROWS = 20
HUGE = 1e30
"""The size beyond which, or below its inverse, data is scaled by a power of ten."""
MOST_CLASSES = 20
LEAST_EACH = 5


@dataclass(frozen=True, eq=False)
class Table:
    """Checked data.

    Attributes:
        x: (rows, in); columns: one array a target, (rows,).
        weight: of the rows, above 0 and with mean 1; None for equal ones.
        names, output_names: of the inputs and targets.
        classes: the values of y if it is one column of classes; None for numbers.
    """

    x: Array
    columns: list[Array]
    weight: Array | None
    names: list[str]
    output_names: list[str]
    classes: list[Any] | None


def read_table(
    x: Any,
    y: Any,
    weight: Any,
    input_names: Sequence[Any] | None,
    output_name: str | Sequence[str] | None,
) -> Table:
    """The data as numbers, without rows of weight 0.

    Raises:
        ValueError: if shapes don't fit, values aren't finite real numbers, or there are too few.
    """
    given = getattr(x, "columns", None) if input_names is None else input_names
    rows = _numbers("x", x)
    rows = rows[:, None] if rows.ndim == 1 else rows
    if rows.ndim != 2 or rows.shape[1] == 0:
        raise ValueError(f"discover expected x of shape (rows, in), got {rows.shape}")
    targets, classes = _targets(y)
    if targets.ndim != 2 or len(targets) != len(rows):
        raise ValueError(
            f"discover expected x (rows, in) and y (rows,) or (rows, outputs), got {rows.shape} "
            f"and {targets.shape}: pass as many targets as rows"
        )
    weights = _weights(weight, len(rows))
    if weights is not None and not weights.all():
        counted = weights > 0
        rows, targets, weights = rows[counted], targets[counted], weights[counted]
        weights = weights / weights.mean()
    if len(rows) < LEAST_ROWS:
        above = "" if weights is None else " with a weight above 0"
        raise ValueError(f"discover expected at least {LEAST_ROWS} rows{above}, got {len(rows)}")
    for name, values in (("x", rows), ("y", targets)):
        if not np.isfinite(values).all():
            raise ValueError(
                f"discover expected finite numbers, got NaN or Inf in {name}: drop these rows"
            )
    names = [f"x{i}" for i in range(rows.shape[1])] if given is None else [str(n) for n in given]
    if len(names) != rows.shape[1] or len(set(names)) != len(names):
        raise ValueError(
            f"discover expected {rows.shape[1]} different names, got {names[:12]}: rename columns"
        )
    return Table(
        rows,
        list(targets.T.copy()),
        weights,
        names,
        _output_names(y, output_name, targets.shape[1], classes),
        classes,
    )


def _numbers(name: str, values: Any) -> Array:
    """A tensor, list, array, DataFrame or Series as float64."""
    if hasattr(values, "detach"):
        values = values.detach().cpu()
    try:
        array = np.asarray(values.to_numpy() if hasattr(values, "to_numpy") else values)
        if array.dtype.kind == "c":
            raise ValueError(
                f"discover expected real {name}, got complex numbers: pass real and imaginary "
                "parts as columns of their own"
            )
        if array.dtype.kind == "O" and any(isinstance(v, (str, bytes)) for v in array.flat):
            raise TypeError("text")
        return np.array(array, dtype=np.float64)
    except (TypeError, ValueError) as error:
        if "complex" in str(error):
            raise ValueError(str(error)) from None
        raise ValueError(
            f"discover expected {name} to be numbers, got {type(values).__name__} that can't be "
            f"read as such ({error}): leave out or encode columns of text"
        ) from error


def _targets(y: Any) -> tuple[Array, list[Any] | None]:
    """Columns of numbers, or for classes one column for each (two: one of -1 and 1)."""
    if hasattr(y, "detach"):
        y = y.detach().cpu().numpy()
    raw = np.asarray(y.to_numpy() if hasattr(y, "to_numpy") else y)
    column = raw[:, 0] if raw.ndim == 2 and raw.shape[1] == 1 else raw
    text = column.dtype.kind in "OUSb"
    if column.ndim == 1 and (text or column.dtype.kind in "iu"):
        values = sorted(set(column.tolist()), key=str)
        if text or len(values) == 2:
            if all(isinstance(v, (int, float)) and not isinstance(v, bool) for v in values):
                values = sorted(values)
            return _classes(column, values, text)
    numbers = _numbers("y", y)
    return (numbers[:, None] if numbers.ndim == 1 else numbers), None


def _classes(column: Any, values: list[Any], text: bool) -> tuple[Array, list[Any] | None]:
    numbers = all(isinstance(v, (int, float)) and not isinstance(v, bool) for v in values)
    if text and numbers and len(values) != 2:
        return _numbers("y", column)[:, None], None
    if any(v is None or v != v for v in values):
        raise ValueError("discover expected a class in every row, got None or NaN in y")
    if len(values) > MOST_CLASSES:
        raise ValueError(
            f"discover expected numbers or at most {MOST_CLASSES} classes in y, got {len(values)} "
            "different texts: encode them"
        )
    if len(values) < 2:
        return np.zeros((len(column), 1)), None
    columns = [np.where([c == v for c in column.tolist()], 1.0, -1.0) for v in values]
    return np.stack(columns[1:] if len(values) == 2 else columns, 1), values


def find_threshold(column: Array) -> float | None:
    """The middle of the only two numbers in a column, each in five rows or more; else None."""
    values, counts = np.unique(column, return_counts=True)
    if len(values) != 2 or counts.min() < LEAST_EACH:
        return None
    return float(values[0] / 2 + values[1] / 2)


def _weights(weight: Any, rows: int) -> Array | None:
    if weight is None:
        return None
    values = _numbers("sample_weight", weight).reshape(-1)
    if len(values) != rows or not np.isfinite(values).all() or (values < 0).any():
        raise ValueError(
            f"discover expected {rows} sample weights of at least 0, got {len(values)} values "
            f"from {values.min() if len(values) else 'nothing'}"
        )
    if not (values > 0).any():
        raise ValueError("discover expected a sample weight above 0, got none")
    values = np.ldexp(values, -int(np.frexp(values.max())[1]))  # or the sum may overflow
    return np.asarray(values / values.mean())


def _output_names(
    y: Any, given: str | Sequence[str] | None, count: int, classes: list[Any] | None
) -> list[str]:
    if given is None:
        columns = getattr(y, "columns", None)
        name = getattr(y, "name", None)
        given = [str(c) for c in columns] if columns is not None else str(name or "y")
    names = [given] if isinstance(given, str) else [str(n) for n in given]
    if len(names) == count:
        return names
    if len(names) != 1:
        raise ValueError(f"discover expected {count} output names, got {names}")
    if classes is not None:
        return [f"{names[0]}={c}" for c in classes] if count > 1 else names
    return [f"{names[0]}{k}" for k in range(count)]


def scale_of(values: Array) -> float:
    """The power of ten by which to divide values of extreme size; 1 for ordinary ones."""
    size = float(np.abs(values).max())
    if size == 0 or 1 / HUGE <= size <= HUGE:
        return 1.0
    exponent = int(np.clip(np.floor(np.log10(size)), -300, 300))
    return float(10.0**exponent)
