"""What a column holds, by its type or by the types of its values."""

from __future__ import annotations

import re
import warnings
from datetime import date, time, timedelta
from decimal import Decimal
from numbers import Complex, Real
from typing import Any

import numpy as np
from numpy.typing import NDArray

from edgewise.data.csv_files import is_plain, list_numbers, starts_with_date
from edgewise.nn.arguments import level_outside

Columns = list[NDArray[Any]]
"""One array per column: float64 with NaN for a missing number, or object with None."""
LARGEST = 2.0**1022
"""The largest number of a column or a target: the difference of any two is finite."""


def find_kind(column: Any, name: str) -> str:
    """Whether a column holds "numbers", "levels", "dates", "times of day" or "durations".

    This depends on its dtype or, for objects, on the types of its values: Decimals are numbers;
    text, booleans and intervals are levels.

    Raises:
        ValueError: if it holds anything else, such as complex numbers or lists, or several of
            these.
    """
    import pandas as pd

    series = as_series(column)
    kind = series.dtype.kind
    if isinstance(series.dtype, pd.CategoricalDtype):
        return "levels"
    if kind in _KINDS:
        return _answer(_KINDS[kind], series.dtype, name)
    if isinstance(series.dtype, pd.StringDtype):
        return "levels"
    found = find_kinds_of_values(series)
    if found <= {"numbers", "levels"}:
        return "levels" if "levels" in found else "numbers"
    odd = min(found - {"numbers", "levels"})
    return _answer(odd if len(found) == 1 else f"{odd} among others", series.dtype, name)


READABLE = ("numbers", "levels", "dates", "times of day", "durations")
_KINDS = {
    **dict.fromkeys("iuf", "numbers"),
    **dict.fromkeys("bUT", "levels"),
    "m": "durations",
    "M": "dates",
    "c": "complex numbers",
    "S": "bytes",
}
"""The kind of values by the letter of a dtype's kind; other dtypes hold objects."""
_REMEDIES = {
    "complex numbers": "give its real and its imaginary part a column each",
    "bytes": "decode them to text",
}


def _answer(kind: str, dtype: Any, name: str) -> str:
    """Return the kind if a model can read it, else raise ValueError."""
    if kind in READABLE:
        return kind
    remedy = _REMEDIES.get(kind, "turn them into numbers or text")
    raise ValueError(f"column {name!r} holds {kind} ({dtype}): {remedy}, or leave it out")


def find_kind_of_type(kind: type) -> str:
    """The kind of values of a type, as in :func:`find_kind`, or a word for other values."""
    import pandas as pd

    if issubclass(kind, (bool, np.bool_, str, pd.Interval)):
        return "levels"
    if issubclass(kind, (timedelta, np.timedelta64)):  # numpy counts durations as numbers
        return "durations"
    if issubclass(kind, (Real, Decimal, np.number)) and not issubclass(kind, np.complexfloating):
        return "numbers"
    if issubclass(kind, (date, np.datetime64, pd.Period)):
        return "dates"
    if issubclass(kind, time):
        return "times of day"
    if issubclass(kind, Complex):
        return "complex numbers"
    return "bytes" if issubclass(kind, (bytes, bytearray)) else f"values of type {kind.__name__}"


def find_kinds_of_values(series: Any) -> set[str]:
    """The kinds of all values that aren't missing, as in :func:`find_kind_of_type`."""
    return {find_kind_of_type(each) for each in _find_types(series)}


def _find_types(series: Any) -> set[type]:
    """The types of all values that aren't missing."""
    known = series.tolist()
    return {type(v) for v, gone in zip(known, find_missing(known), strict=True) if not gone}


def holds_numbers(column: Any) -> bool:
    """Whether all values of a column of categories are numbers, apart from missing ones."""
    return find_kinds_of_values(as_series(column)) == {"numbers"}


SPELLINGS = {
    **dict.fromkeys(("true", "1", "1.0"), "True"),
    **dict.fromkeys(("false", "0", "0.0"), "False"),
}
"""How databases, JSON and other languages write Python's truth values."""
WHOLE = re.compile(r"0|-?[1-9]\d*")
"""A text that is a whole number as programs write it: no codes, as 007 is."""
FRACTION = ".0"
"""What follows a whole number where a database or a file has it as a float."""


def holds_wholes(series: Any) -> bool:
    """Whether some levels are texts such as "1", and none is one such as "1.0"."""
    texts = {value for value in series.tolist() if isinstance(value, str)}
    return any(map(WHOLE.fullmatch, texts)) and not any(map(_is_float, texts))


def drop_fraction(level: str) -> str:
    """The level "1" of "1.0"; any other level itself."""
    return level.removesuffix(FRACTION) if _is_float(level) else level


def _is_float(level: str) -> bool:
    return level.endswith(FRACTION) and bool(WHOLE.fullmatch(level.removesuffix(FRACTION)))


def holds_truths(series: Any) -> bool:
    """Whether all values of a series are truth values, apart from missing ones."""
    if series.dtype.kind == "b":
        return True
    if series.dtype != object:
        return False
    types = _find_types(series)
    return bool(types) and types <= {bool, np.bool_}


def as_series(column: Any) -> Any:
    """A column of pandas, polars, Arrow or numpy as a series of pandas."""
    import pandas as pd

    if isinstance(column, pd.Series):
        return column
    return column.to_pandas() if hasattr(column, "to_pandas") else pd.Series(np.asarray(column))


def find_missing(values: Any) -> NDArray[np.bool_]:
    """Which values are missing: None, NaN, NA, NaT, and "<NA>", as files write NA."""
    import pandas as pd

    labels = np.empty(len(values), dtype=object)
    labels[:] = values
    return np.asarray(pd.isna(labels)) | np.asarray(
        [type(v) is str and v == "<NA>" for v in labels]
    )


def blank_missing(values: Any) -> Any:
    """The values; if they are Python objects, as an array with NaN for missing ones."""
    array = np.asarray(values)
    if array.dtype != object:
        return values
    gone = find_missing(array.ravel()).reshape(array.shape)
    return np.where(gone, np.nan, array) if gone.any() else values


def label_level(value: Any) -> str:
    """The name of a level; 3 and 3.0 have the same one."""
    is_float = isinstance(value, float | np.floating | Decimal)
    return str(int(value)) if is_float and float(value).is_integer() else str(value)


def warn_of_texts(series: Any, name: str) -> None:
    """Warn if texts of a column are dates, or most of its values are numbers.

    Whole numbers may be codes, and few different numbers with units or words beside them levels.
    Only the first thousand rows are looked at.
    """
    if hasattr(series.dtype, "categories"):
        return
    known = set(series.head(1000).tolist())
    texts = {value for value in known if isinstance(value, str)}
    if texts and all(map(starts_with_date, texts)):
        _warn(name, "dates as text", min(texts), "Convert it with pandas.to_datetime")
        return
    written = set(list_numbers(texts))
    words, units = texts - written, {text for text in written if not is_plain(text)}
    numbers = [v for v in known if find_kind_of_type(type(v)) == "numbers" and v == v]
    are_codes = not numbers and all(text.strip("+- ").isdigit() for text in written)
    if not texts or are_codes or len(written) + len(numbers) <= len(words):
        return
    if not words and not units:
        _warn(name, "numbers as text", min(texts), "Convert it with pandas.to_numeric")
    elif len(texts) + len(numbers) > FEW_LEVELS:
        kind = "numbers beside text" if words else "numbers as text"
        remedy = "Write plain numbers, as pandas.to_numeric reads them, and leave unknown ones out"
        _warn(name, kind, min(words or units), remedy)


def warn_of_merged_cells(series: Any, name: str) -> None:
    """Warn if a column looks like merged cells of a spreadsheet: values with empty rows below them.

    These are at least as many empty rows as values, of which the first row has one, and either
    there is the same number of rows from each value to the next, or they are levels none of which
    comes twice. Only the first thousand rows are looked at.
    """
    head = series.head(1000)
    places = np.flatnonzero(~find_missing(head.tolist()))
    if len(places) < LEAST_MERGED or places[0] or 2 * len(places) > len(head):
        return
    steps = np.diff(places)
    known = head.iloc[places]
    is_once = known.is_unique and find_kinds_of_values(known) == {"levels"}
    if is_once or (steps[0] > 1 and np.all(steps == steps[0])):
        warnings.warn(
            f"column {name!r} has values such as {known.iloc[0]!r} with empty rows below them, as "
            f"merged cells of a spreadsheet have: {len(head) - len(places)} of {len(head)} rows "
            f"are read as missing. If a value holds for the rows below it, fill these with ffill()",
            stacklevel=level_outside(),
        )


LEAST_MERGED = 3
"""Fewer values may stand at equal distances by chance."""
FEW_LEVELS = 12
"""Up to this many different values, texts with units are names of levels, without a warning."""


def _warn(name: str, kind: str, example: str, remedy: str) -> None:
    warnings.warn(
        f"column {name!r} holds {kind}, such as {example!r}: they are read as levels "
        f"without an order. {remedy}, or name it in categorical_features if they are names",
        stacklevel=level_outside(),
    )
