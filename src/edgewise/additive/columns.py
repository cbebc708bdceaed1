"""Read a table of pandas, polars, Arrow or numpy as columns of numbers and of categories.

A column of dates becomes several of these, as :mod:`edgewise.additive.dates` says.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import repeat
from typing import Any

import numpy as np
from numpy.typing import NDArray

from edgewise._arrays import Array as Array
from edgewise.additive.dates import PARTS, UNITS, read_dates, read_durations, read_times, take_part
from edgewise.additive.kinds import LARGEST as LARGEST
from edgewise.additive.kinds import (
    READABLE,
    SPELLINGS,
    as_series,
    drop_fraction,
    find_kind,
    find_missing,
    label_level,
)
from edgewise.additive.kinds import Columns as Columns
from edgewise.additive.schema import Origin, Schema, split_table


def read_columns(table: Any, schema: Schema) -> Columns:
    """Read the columns of a table according to a schema, in the schema's order.

    A frame is read by name, so the order of its columns doesn't matter.

    Raises:
        ValueError: if a column is absent, the number of columns differs, or a column that should
            hold numbers holds text or infinite values.
    """
    columns, names, named = split_table(table)
    wanted = schema.table
    if named and schema.named:
        absent = [name for name in wanted if name not in names]
        if absent:
            raise ValueError(
                f"expected the columns of the fit, but {absent[0]!r} is absent: "
                f"got {', '.join(names[:12])}"
            )
        columns = [columns[names.index(name)] for name in wanted]
    if len(columns) != len(wanted):
        raise ValueError(f"expected {len(wanted)} columns, got {len(columns)}")
    given, dates = dict(zip(wanted, columns, strict=True)), {}
    found: Columns = []
    for k, origin in enumerate(schema.sources):
        column, name = given[origin.name], origin.name
        if origin.part in PARTS:
            if name not in dates:
                dates[name] = _read_dates(column, origin, schema)
            found.append(take_part(origin.part, dates[name]))
        elif origin.part in UNITS:
            _check_kind(column, name, "durations")
            lengths = read_durations(as_series(column), origin.part)
            found.append(_check_numbers(lengths, name))
        elif schema.categorical[k]:
            found.append(_read_categories(column, name, k, schema))
        else:
            found.append(_check_cycle(_read_numbers(column, name), name, schema.cycles.get(k)))
    return found


def _read_dates(column: Any, origin: Origin, schema: Schema) -> Any:
    """The dates, or the times of day, of a column."""
    series = as_series(column)
    if sum(each.name == origin.name for each in schema.sources) == 1:
        _check_kind(column, origin.name, "times of day")
        return read_times(series)
    _check_kind(column, origin.name, "dates")
    try:
        return read_dates(series, origin.zone)
    except ValueError as error:
        raise ValueError(f"column {origin.name!r} {error}") from error


def _check_kind(column: Any, name: str, wanted: str) -> None:
    """Raise ValueError unless a column holds the same kind as in the fit, or nothing."""
    kind = find_kind(column, name)
    if kind != wanted and not find_missing(as_series(column).tolist()).all():
        remedy = _REMEDIES.get(wanted, "")
        raise ValueError(f"column {name!r} expected {wanted}, as in the fit, got {kind}{remedy}")


_REMEDIES = {
    "dates": ": convert it with pandas.to_datetime",
    "durations": ": convert it with pandas.to_timedelta",
}


def _check_cycle(numbers: Array, name: str, cycle: tuple[float, float] | None) -> Array:
    """The same numbers, if they are within their cycle."""
    if cycle is not None and ((numbers < cycle[0]) | (numbers > cycle[1])).any():
        raise ValueError(
            f"column {name!r} expected numbers from {cycle[0]:.6g} to {cycle[1]:.6g}, where its "
            f"cycle begins and ends, got {np.nanmin(numbers):.6g} to {np.nanmax(numbers):.6g}: "
            "take the remainder of a division by its length"
        )
    return numbers


def _read_numbers(column: Any, name: str) -> Array:
    """Numbers as float64 with NaN for missing ones; a float64 array isn't copied."""
    if isinstance(column, np.ndarray) and column.dtype == np.float64:
        return _check_numbers(column, name)
    series = as_series(column)
    kind = find_kind(series, name)
    if kind in READABLE[2:]:  # which float64 could hold
        raise ValueError(f"column {name!r} expected numbers, as in the fit, got {kind}")
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
    if np.nanmax(np.abs(numbers), initial=0.0) > LARGEST:
        raise ValueError(
            f"column {name!r} expected numbers of at most {LARGEST:.2g} in size, got larger ones: "
            "their differences overflow; divide it by a power of ten"
        )
    return numbers


def _read_categories(column: Any, name: str, k: int, schema: Schema) -> NDArray[Any]:
    """The names of the levels of the column at position k, with None for missing ones."""
    kind = find_kind(column, name)
    if kind in READABLE[2:]:
        raise ValueError(f"column {name!r} expected categories, as in the fit, got {kind}")
    values = as_series(column).tolist()
    labels = np.empty(len(values), dtype=object)
    pairs = zip(values, find_missing(values), strict=True)
    labels[:] = [None if missing else label_level(v) for v, missing in pairs]
    if k in schema.truths:
        labels[:] = [SPELLINGS.get(label, label) for label in labels]
    if k in schema.wholes:
        labels[:] = [label and drop_fraction(label) for label in labels]
    return labels


def find_size(values: Array) -> float:
    """The power of two by which numbers are divided, exactly, before they are squared.

    The largest quotient is between 1/2 and 1 in size. The power is 1 if all numbers are 0.
    """
    largest = float(np.abs(values).max(initial=0.0))
    return math.ldexp(1.0, min(math.frexp(largest)[1], 1023)) if largest else 1.0


def label_numbers(values: Array) -> NDArray[Any]:
    """Whole numbers as names of levels, with None for missing and fractional values."""
    different, place = np.unique(values, return_inverse=True)
    labels = np.empty(len(different), dtype=object)
    labels[:] = [str(int(v)) if v == v and float(v).is_integer() else None for v in different]
    return labels[place]


def find_codes(values: NDArray[Any], names: Sequence[str | None]) -> NDArray[np.intp]:
    """The position of each value among names; -1 where it is none of them."""
    if values.dtype != object:  # levels of whole numbers
        different, where = np.unique(values, return_inverse=True)
        return find_codes(label_numbers(different), names)[where]
    place = {name: i for i, name in enumerate(names)}
    return np.fromiter(map(place.get, values, repeat(-1)), dtype=np.intp, count=len(values))


def count_labels(labels: NDArray[Any], weight: Array) -> dict[str | None, float]:
    """The weight of the rows of each label, the greatest first."""
    counts: dict[str | None, float] = {}
    for label, amount in zip(labels.tolist(), weight.tolist(), strict=True):
        counts[label] = counts.get(label, 0.0) + amount
    return dict(sorted(counts.items(), key=lambda each: (-each[1], str(each[0]))))
