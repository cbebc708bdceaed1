"""Read a table of pandas, polars, Arrow or numpy as columns of numbers and of categories."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Columns = list[NDArray[Any]]
"""One array a column: float64 with NaN where a number is missing, or object with None."""


@dataclass(frozen=True)
class Schema:
    """What the columns of a table are.

    Attributes:
        names: of the columns.
        categorical: whether each holds categories; all others hold numbers.
        named: whether the table that was fitted had names of its own.
    """

    names: tuple[str, ...]
    categorical: tuple[bool, ...]
    named: bool

    def append(self, name: str) -> Schema:
        """With a column of numbers behind the others."""
        while name in self.names:
            name += "_"
        return replace(self, names=(*self.names, name), categorical=(*self.categorical, False))

    def head(self) -> Schema:
        """Without the last column."""
        return replace(self, names=self.names[:-1], categorical=self.categorical[:-1])


def read_schema(table: Any, categorical: Any = None) -> Schema:
    """Decide which columns are categories: those of text, of categories and of truth values.

    Args:
        table: a frame of pandas, polars or Arrow, or an array of shape (rows, columns).
        categorical: names, positions, or a mask of columns of numbers that are categories, too;
            None or "from_dtype" for none.

    Raises:
        ValueError: if columns share a name, hold dates or lists, or ``categorical`` names none.
    """
    columns, names, named = _split(table)
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"expected different names of columns, got {twice!r} twice: rename one")
    chosen = _find_categorical(categorical, names)
    kinds = [_is_categorical(column, name) for column, name in zip(columns, names, strict=True)]
    return Schema(tuple(names), tuple(a or b for a, b in zip(kinds, chosen, strict=True)), named)


def read_columns(table: Any, schema: Schema) -> Columns:
    """The columns of a table as a schema says, in its order.

    A frame is read by names, so that the order of its columns doesn't matter.

    Raises:
        ValueError: if a column is absent, the number of columns differs, or a column that should
            hold numbers holds text or infinite values.
    """
    columns, names, named = _split(table)
    if named and schema.named:
        absent = [name for name in schema.names if name not in names]
        if absent:
            raise ValueError(
                f"expected the columns of the fit, but {absent[0]!r} is absent: "
                f"got {', '.join(names[:12])}"
            )
        columns = [columns[names.index(name)] for name in schema.names]
    if len(columns) != len(schema.names):
        raise ValueError(f"expected {len(schema.names)} columns, got {len(columns)}")
    read = zip(columns, schema.names, schema.categorical, strict=True)
    return [
        _read_categories(column) if is_category else _read_numbers(column, name)
        for column, name, is_category in read
    ]


def _split(table: Any) -> tuple[list[Any], list[str], bool]:
    """The columns, their names, and whether the table has names itself."""
    if hasattr(table, "column_names"):  # an Arrow table
        names = [str(name) for name in table.column_names]
        return [column.to_pandas() for column in table.columns], names, True
    if hasattr(table, "columns"):  # a frame of pandas or polars
        names = [str(name) for name in table.columns]
        take = table.iloc.__getitem__ if hasattr(table, "iloc") else None
        columns = [
            take((slice(None), i)) if take else table.to_series(i) for i in range(len(names))
        ]
        return columns, names, True
    rows = table.toarray() if hasattr(table, "toarray") else np.asarray(table)
    if rows.ndim != 2:
        raise ValueError(
            f"expected a table of shape (rows, columns), got {rows.shape}: reshape a single "
            "column with x.reshape(-1, 1)"
        )
    return list(rows.T), [f"x{i}" for i in range(rows.shape[1])], False


def _find_categorical(given: Any, names: Sequence[str]) -> list[bool]:
    """A mask of the columns that the caller declares as categories."""
    if given is None or (isinstance(given, str) and given == "from_dtype"):
        return [False] * len(names)
    chosen = list(given)
    if len(chosen) == len(names) and all(isinstance(v, (bool, np.bool_)) for v in chosen):
        return [bool(v) for v in chosen]
    mask = [False] * len(names)
    for each in chosen:
        if isinstance(each, (int, np.integer)) and -len(names) <= each < len(names):
            mask[int(each)] = True
        elif each in names:
            mask[list(names).index(each)] = True
        else:
            raise ValueError(
                f"categorical_features expected names among {', '.join(names[:12])}, or "
                f"positions below {len(names)}, got {each!r}"
            )
    return mask


def _is_categorical(column: Any, name: str) -> bool:
    """Whether a column holds text, categories or truth values.

    Raises:
        ValueError: if it holds dates or times, which are neither numbers nor categories.
    """
    kind = str(column.dtype).lower()
    if "date" in kind or "time" in kind or "duration" in kind:
        raise ValueError(
            f"column {name!r} holds dates or times ({column.dtype}): turn it into numbers, such as "
            "the year and the day of the year, or leave it out"
        )
    if kind.startswith(("int", "uint", "float", "decimal")):
        return False
    if kind != "object":
        return True
    return not all(_is_number(value) for value in column)


def _is_number(value: Any) -> bool:
    return value is None or (
        isinstance(value, (int, float, np.number)) and not isinstance(value, bool)
    )


def _read_numbers(column: Any, name: str) -> Array:
    values = column.to_numpy() if hasattr(column, "to_numpy") else np.asarray(column)
    try:
        if values.dtype.kind == "c":
            raise TypeError("Complex data not supported")
        numbers = np.array(
            [np.nan if _is_missing(v) else v for v in values] if values.dtype == object else values,
            dtype=np.float64,
        )
    except (TypeError, ValueError) as error:
        raise ValueError(
            f"column {name!r} expected numbers, got {values.dtype} ({error}): pass it as "
            "categorical_features if it holds categories"
        ) from error
    if np.isinf(numbers).any():
        raise ValueError(f"column {name!r} expected finite numbers or missing ones, got inf")
    return numbers


def _read_categories(column: Any) -> NDArray[Any]:
    values = column.to_numpy() if hasattr(column, "to_numpy") else np.asarray(column)
    labels = np.empty(len(values), dtype=object)
    labels[:] = [None if _is_missing(v) else _label(v) for v in values.tolist()]
    return labels


def _label(value: Any) -> str:
    """A level's name; 3 and 3.0 are the same one."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _is_missing(value: Any) -> bool:
    return value is None or value != value or str(value) == "<NA>"


def label_numbers(values: Array) -> NDArray[Any]:
    """Whole numbers as names of levels, and None where a value is missing or not whole."""
    labels = np.empty(len(values), dtype=object)
    labels[:] = [str(int(v)) if v == v and float(v).is_integer() else None for v in values]
    return labels
