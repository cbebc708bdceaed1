"""Read a table of pandas, polars, Arrow or numpy as columns of numbers and of categories."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal
from numbers import Complex, Real
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Columns = list[NDArray[Any]]
"""One array a column: float64 with NaN where a number is missing, or object with None."""
LARGEST = 2.0**1022
"""The largest number of a column or a target: the difference of any two is finite."""


@dataclass(frozen=True)
class Schema:
    """What the columns of a table are.

    Attributes:
        names: of the columns.
        categorical: whether each holds categories; all others hold numbers.
        named: whether the table that was fitted had names of its own.
        numeric: whether each held numbers, as categories or not; empty where a file of an earlier
            version doesn't say.
    """

    names: tuple[str, ...]
    categorical: tuple[bool, ...]
    named: bool
    numeric: tuple[bool, ...] = ()

    def append(self, name: str) -> Schema:
        """With a column of numbers behind the others."""
        while name in self.names:
            name += "_"
        categorical, numeric = (*self.categorical, False), (*self.numeric, True)
        return Schema((*self.names, name), categorical, self.named, numeric)

    def head(self) -> Schema:
        """Without the last column."""
        return Schema(self.names[:-1], self.categorical[:-1], self.named, self.numeric[:-1])


def read_schema(table: Any, categorical: Any = None) -> Schema:
    """Decide which columns are categories: those of text, categories, intervals, truth values.

    All others hold numbers: integers, floats and Decimals, whichever library they are of, nullable,
    sparse or in a column of objects.

    Args:
        table: a frame of pandas, polars or Arrow, or an array of shape (rows, columns).
        categorical: names, positions, or a mask of columns of numbers that are categories, too;
            None or "from_dtype" for none.

    Raises:
        ValueError: if columns share a name, hold dates, complex numbers or lists, or if
            ``categorical`` names none.
    """
    columns, names, named = _split(table)
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"expected different names of columns, got {twice!r} twice: rename one")
    chosen = _find_categorical(categorical, names)
    kinds = [
        _find_kind(column, name) == "levels" for column, name in zip(columns, names, strict=True)
    ]
    categories = tuple(a or b for a, b in zip(kinds, chosen, strict=True))
    numeric = tuple(not a or _holds_numbers(c) for a, c in zip(kinds, columns, strict=True))
    return Schema(tuple(names), categories, named, numeric)


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
        _read_categories(column, name) if is_category else _read_numbers(column, name)
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


def _find_kind(column: Any, name: str) -> str:
    """Whether a column holds "numbers" or "levels".

    Its dtype tells, and the types of its values where that is object: Decimals are numbers; text,
    truth values and intervals are levels.

    Raises:
        ValueError: if it holds anything else, such as dates, complex numbers or lists.
    """
    import pandas as pd

    series, kind = _as_series(column), _as_series(column).dtype.kind
    if isinstance(series.dtype, pd.CategoricalDtype):
        return "levels"
    if kind in _KINDS:
        return _answer(_KINDS[kind], series.dtype, name)
    if isinstance(series.dtype, pd.StringDtype):
        return "levels"
    found = _find_kinds_of_values(series)
    odd = sorted(found - {"numbers", "levels"})
    if odd:
        return _answer(odd[0], series.dtype, name)
    return "levels" if "levels" in found else "numbers"


_KINDS = {
    **dict.fromkeys("iuf", "numbers"),
    **dict.fromkeys("bUT", "levels"),
    **dict.fromkeys("mM", "dates or times"),
    "c": "complex numbers",
    "S": "bytes",
}
"""What dtypes hold, by the letter of their kind; dtypes that aren't here hold objects."""
_REMEDIES = {
    "dates or times": "turn it into numbers, such as the year and the day of the year",
    "complex numbers": "give its real and its imaginary part a column each",
    "bytes": "decode them to text",
}


def _answer(kind: str, dtype: Any, name: str) -> str:
    """The kind, if it is one that a model can read."""
    if kind in ("numbers", "levels"):
        return kind
    remedy = _REMEDIES.get(kind, "turn them into numbers or text")
    raise ValueError(f"column {name!r} holds {kind} ({dtype}): {remedy}, or leave it out")


def _find_kind_of_type(kind: type) -> str:
    """What values of a type are, as in :func:`_find_kind`, or the word for what they are."""
    import pandas as pd

    if issubclass(kind, (bool, np.bool_, str, pd.Interval)):
        return "levels"
    if issubclass(kind, (Real, Decimal, np.number)) and not issubclass(kind, np.complexfloating):
        # numpy counts durations as numbers.
        return "dates or times" if issubclass(kind, np.timedelta64) else "numbers"
    if issubclass(kind, (date, time, timedelta, np.datetime64, pd.Period)):
        return "dates or times"
    if issubclass(kind, Complex):
        return "complex numbers"
    return "bytes" if issubclass(kind, (bytes, bytearray)) else f"values of type {kind.__name__}"


def _find_kinds_of_values(series: Any) -> set[str]:
    """What the values that are there are, each as in :func:`_find_kind_of_type`."""
    known = series.tolist()
    pairs = zip(known, find_missing(known), strict=True)
    return {_find_kind_of_type(each) for each in {type(v) for v, gone in pairs if not gone}}


def _holds_numbers(column: Any) -> bool:
    """Whether all values of a column of categories that are there are numbers."""
    return _find_kinds_of_values(_as_series(column)) == {"numbers"}


def _as_series(column: Any) -> Any:
    """A column of pandas, polars, Arrow or numpy as a series of pandas."""
    import pandas as pd

    if isinstance(column, pd.Series):
        return column
    return column.to_pandas() if hasattr(column, "to_pandas") else pd.Series(np.asarray(column))


def find_missing(values: Any) -> NDArray[np.bool_]:
    """Which values are missing: None, NaN, NA, NaT, and "<NA>", which is what files have for NA."""
    import pandas as pd

    labels = np.empty(len(values), dtype=object)
    labels[:] = values
    return np.asarray(pd.isna(labels)) | np.asarray(
        [type(v) is str and v == "<NA>" for v in labels]
    )


def blank_missing(values: Any) -> Any:
    """The same values, as an array with NaN for what is missing if they are Python's objects."""
    array = np.asarray(values)
    if array.dtype != object:
        return values
    gone = find_missing(array.ravel()).reshape(array.shape)
    return np.where(gone, np.nan, array) if gone.any() else values


def _read_numbers(column: Any, name: str) -> Array:
    """Numbers as float64, NaN where they are missing; those of such an array aren't copied."""
    if isinstance(column, np.ndarray) and column.dtype == np.float64:
        return _check_numbers(column, name)
    series = _as_series(column)
    _find_kind(series, name)  # refuses dates, which float64 could hold
    try:
        if series.dtype.kind in "biuf":
            numbers = series.to_numpy(dtype=np.float64, na_value=np.nan)
        else:
            values = series.tolist()
            gone = find_missing(values)
            pairs = zip(values, gone, strict=True)
            numbers = np.array([np.nan if missing else float(v) for v, missing in pairs])
    except (TypeError, ValueError) as error:
        raise ValueError(
            f"column {name!r} expected numbers, got {series.dtype} ({error}): pass it as "
            "categorical_features if it holds categories"
        ) from error
    return _check_numbers(np.array(numbers, dtype=np.float64), name)


def _check_numbers(numbers: Array, name: str) -> Array:
    """The same numbers, if they are finite or missing and none is too large."""
    if np.isinf(numbers).any():
        raise ValueError(f"column {name!r} expected finite numbers or missing ones, got inf")
    if (
        np.abs(numbers, where=~np.isnan(numbers), out=np.zeros(len(numbers))).max(initial=0)
        > LARGEST
    ):
        raise ValueError(
            f"column {name!r} expected numbers of at most {LARGEST:.2g} in size, got larger ones: "
            "their differences overflow; divide it by a power of ten"
        )
    return numbers


def _read_categories(column: Any, name: str) -> NDArray[Any]:
    _find_kind(column, name)
    values = _as_series(column).tolist()
    labels = np.empty(len(values), dtype=object)
    pairs = zip(values, find_missing(values), strict=True)
    labels[:] = [None if missing else _label(v) for v, missing in pairs]
    return labels


def _label(value: Any) -> str:
    """A level's name; 3 and 3.0 are the same one."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def find_size(values: Array) -> float:
    """The power of two that numbers are divided by, exactly, before they are squared.

    The largest of them is then between 1/2 and 1 in size; 1 where all are 0.
    """
    largest = float(np.abs(values).max(initial=0.0))
    return math.ldexp(1.0, min(math.frexp(largest)[1], 1023)) if largest else 1.0


def label_numbers(values: Array) -> NDArray[Any]:
    """Whole numbers as names of levels, and None where a value is missing or not whole."""
    labels = np.empty(len(values), dtype=object)
    labels[:] = [str(int(v)) if v == v and float(v).is_integer() else None for v in values]
    return labels
