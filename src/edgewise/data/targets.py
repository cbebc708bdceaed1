"""The reader of targets: numbers, or classes as columns of -1 and 1."""

from __future__ import annotations

from typing import Any

import numpy as np

from edgewise._arrays import Array
from edgewise.nn.reading import read_array, unmask

MOST_CLASSES = 20


def read_targets(owner: str, y: Any) -> tuple[Array, list[Any] | None]:
    """Columns of targets, and the classes in order if y holds such; None for numbers.

    Texts and booleans are classes, and so are two different whole numbers. Two classes have one
    column, in which the lesser is -1; of more each has its own.

    Shape:
        (rows, targets)

    Raises:
        ValueError: if values are neither, classes are too many, or some are missing.

    Example:
        >>> columns, classes = read_targets("discover", ["no", "yes", "no"])
        >>> columns[:, 0].tolist(), classes
        ([-1.0, 1.0, -1.0], ['no', 'yes'])
    """
    raw = np.asarray(y.detach().cpu() if hasattr(y, "detach") else unmask(y))
    column = raw[:, 0] if raw.ndim == 2 and raw.shape[1] == 1 else raw
    text = column.dtype.kind in "OUSb"
    if column.ndim == 1 and (text or column.dtype.kind in "iu"):
        values = sorted(set(column.tolist()), key=str)
        numeric = all(isinstance(v, int | float) and not isinstance(v, bool) for v in values)
        values = sorted(values) if numeric else values
        if len(values) == 2 or (text and not numeric):
            return _read_classes(owner, column.tolist(), values)
    numbers = read_array(f"{owner} y", raw)
    return (numbers[:, None] if numbers.ndim == 1 else numbers), None


def _read_classes(
    owner: str, column: list[Any], values: list[Any]
) -> tuple[Array, list[Any] | None]:
    if any(v is None or v != v for v in values):
        raise ValueError(f"{owner} expected a class in every row, got None or NaN in y")
    if len(values) > MOST_CLASSES:
        raise ValueError(
            f"{owner} expected numbers or at most {MOST_CLASSES} classes in y, got {len(values)} "
            "different texts: encode them"
        )
    if len(values) < 2:
        return np.zeros((len(column), 1)), None
    columns = [np.where([c == v for c in column], 1.0, -1.0) for v in values]
    return np.stack(columns[1:] if len(values) == 2 else columns, 1), values
