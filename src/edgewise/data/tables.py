"""The reader of tables: rows of numbers, and the names of their columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from edgewise._arrays import Array
from edgewise._checks import quote
from edgewise.data.names import NAMES_SHOWN
from edgewise.nn.reading import read_array


def read_columns(name: str, values: Any, rows: int | None = None) -> Array:
    """Read a table of numbers; a single column may be a vector.

    Args:
        name: what is read and for whom, for messages.
        rows: the number of rows that is expected; None for any.

    Shape:
        (rows, columns), at least one column

    Raises:
        ValueError: for anything else.

    Example:
        >>> read_columns("discover x", [1, 2, 3]).shape
        (3, 1)
    """
    list_labels(values)  # refuses what isn't in memory
    table = read_array(name, values)
    table = table[:, None] if table.ndim == 1 else table
    if table.ndim != 2 or table.shape[1] == 0 or (rows is not None and len(table) != rows):
        raise ValueError(
            f"{name} expected shape ({rows or 'rows'}, columns), got {table.shape}: transpose or "
            "cut it"
        )
    return table


def list_labels(table: Any) -> list[Any] | None:
    """The labels of the columns of a mapping, or of a frame of pandas, polars or Arrow."""
    if isinstance(table, Mapping):
        return list(table)
    if hasattr(table, "collect_schema") and hasattr(table, "collect"):
        kind = type(table).__name__
        raise ValueError(f"expected a table in memory, got a {kind}: call its collect()")
    names = getattr(table, "column_names", None)  # Arrow's, whose columns are their values
    names = getattr(table, "columns", None) if names is None else names
    return None if names is None else list(names)


def keep_columns(table: Any, labels: Sequence[Any]) -> Any:
    """A frame with only some of its columns."""
    is_arrow = hasattr(table, "column_names")
    return table.select(list(labels)) if is_arrow else table[list(labels)]


def name_columns(
    owner: str, what: str, names: Sequence[Any] | None, values: Any, count: int, letter: str
) -> list[str]:
    """Names of columns: those given, else those of a DataFrame, else x0, x1, …

    Example:
        >>> import numpy as np
        >>> name_columns("discover", "columns of x", None, np.zeros((5, 2)), 2, "x")
        ['x0', 'x1']
    """
    if names is None:
        names = list_labels(values)
    if isinstance(names, str) or not isinstance(names, Iterable | None):
        raise ValueError(f"{owner} expected names of {what} in a list, got {quote(names)}")
    made = [f"{letter}{k}" for k in range(count)] if names is None else [str(n) for n in names]
    if len(made) != count or len(set(made)) != count:
        raise ValueError(
            f"{owner} expected {count} different names of {what}, got {made[:NAMES_SHOWN]}: "
            "rename, add or drop some"
        )
    return made
