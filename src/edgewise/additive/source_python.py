"""A model as a Python file that needs no package."""

from __future__ import annotations

from functools import singledispatch
from typing import Any

from edgewise.additive.pieces import Absence, Names, Number, Pieces, Reading, Recipe

_CODE = '''"""Predictions of an additive model of a table: predict({"column": value, …}).

A missing value is None or NaN.
"""

from bisect import bisect_right
from math import asinh, exp, inf

# Each sum of effects: intercepts, link, effects of a column, effects of two columns. A table has a
# polynomial for each cell of its columns, a coefficient for each power and output.
SUMS = [
{sums}]
SCALES = {scales}
BOUNDS = {bounds}
CLASSES = {classes}
SINGLE = {single}


def _is_missing(value):
    return value is None or value != value or str(value) == "<NA>"


def _label(value):
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _locate(reading, row):
    """The cell of a value and how far it is into it; None where it has no effect."""
    kind, column, *rest = reading
    value = row[column]
    missing = _is_missing(value)
    if kind == "missing":
        return int(missing), 0.0
    if kind == "number":
        if missing:
            return None
        centre, scale, tame, low, high, places = rest
        u = (float(value) - centre) / scale
        u = min(max(asinh(u) if tame else u, low), high)
        cell = bisect_right(places, u)
        return cell, u - places[max(cell - 1, 0)]
    numbers, cells = rest
    if numbers:
        label = None if missing or value != int(value) else str(int(value))
    else:
        label = None if missing else _label(value)
    return (cells[label], 0.0) if label in cells else None


def _polynomial(coefficients, t):
    value = 0.0
    for coefficient in reversed(coefficients):
        value = value * t + coefficient
    return value


def _effects(row, intercepts, mains, pairs):
    """The sum of effects for each output."""
    total = list(intercepts)
    for reading, table in mains:
        place = _locate(reading, row)
        if place is not None:
            cell, t = place
            for output, coefficients in enumerate(table[cell]):
                total[output] += _polynomial(coefficients, t)
    for first, second, table in pairs:
        one, other = _locate(first, row), _locate(second, row)
        if one is not None and other is not None:
            for output, rows in enumerate(table[one[0]][other[0]]):
                powers = [_polynomial(coefficients, other[1]) for coefficients in rows]
                total[output] += _polynomial(powers, one[1])
    return total


def _mean(effects, link):
    if link == "identity":
        return effects
    if link == "softmax":
        largest = max(effects)
        powers = [exp(effect - largest) for effect in effects]
        return [power / sum(powers) for power in powers]
    effects = [min(max(effect, -60.0), 60.0) for effect in effects]
    if link == "log":
        return [exp(effect) for effect in effects]
    share = 1.0 / (1.0 + exp(-effects[0]))
    return [1.0 - share, share]


def _means(row):
    return [
        _mean(_effects(row, intercepts, mains, pairs), link)
        for intercepts, link, mains, pairs in SUMS
    ]

'''

_NUMBERS = '''
def predict(row):
    """The expected target of a row, or a list of them."""
    values = [
        min(max(shift + scale * mean[0], BOUNDS[0]), BOUNDS[1])
        for mean, (shift, scale) in zip(_means(row), SCALES)
    ]
    return values[0] if SINGLE else values
'''

_SHARES = '''
def predict_proba(row):
    """The share of each of CLASSES."""
    return _means(row)[0]


def predict(row):
    """The likeliest class of a row."""
    shares = predict_proba(row)
    return CLASSES[shares.index(max(shares))]
'''


def write_python(recipe: Recipe) -> str:
    """The source of a module with a function ``predict``, of classes also ``predict_proba``."""
    head, tail = _CODE.split("{sums}")
    settings = {
        "scales": [list(scale) for scale in recipe.scales],
        "bounds": list(recipe.bounds),
        "classes": None if recipe.classes is None else list(recipe.classes),
        "single": recipe.single,
    }
    for name, value in settings.items():  # not str.format: the code has braces of its own
        head, tail = (text.replace(f"{{{name}}}", repr(value), 1) for text in (head, tail))
    sums = "".join(_write_sum(pieces, recipe.names) for pieces in recipe.sums)
    return head + sums + tail + (_NUMBERS if recipe.classes is None else _SHARES)


def _write_sum(pieces: Pieces, names: tuple[str, ...]) -> str:
    """A tuple of literals, an effect a line."""
    mains = "".join(
        f"            ({_write_reading(main.reading, names)!r}, "
        f"{main.table.transpose(0, 2, 1).tolist()!r}),\n"
        for main in pieces.mains
    )
    pairs = "".join(
        f"            ({_write_reading(pair.readings[0], names)!r}, "
        f"{_write_reading(pair.readings[1], names)!r}, "
        f"{pair.table.transpose(0, 1, 4, 2, 3).tolist()!r}),\n"
        for pair in pieces.pairs
    )
    return (
        f"    (\n        {pieces.intercept.tolist()!r},\n        {pieces.link!r},\n"
        f"        [\n{mains}        ],\n        [\n{pairs}        ],\n    ),\n"
    )


@singledispatch
def _write_reading(reading: Reading, names: tuple[str, ...]) -> tuple[Any, ...]:
    """Literals that say how a column is read."""
    raise TypeError(f"expected a way of reading a column, got {type(reading).__name__}")


@_write_reading.register
def _write_number(reading: Number, names: tuple[str, ...]) -> tuple[Any, ...]:
    ends = reading.low, reading.high, list(reading.places)
    return "number", names[reading.column], reading.centre, reading.scale, reading.tame, *ends


@_write_reading.register
def _write_names(reading: Names, names: tuple[str, ...]) -> tuple[Any, ...]:
    return "names", names[reading.column], reading.numbers, dict(reading.cells)


@_write_reading.register
def _write_absence(reading: Absence, names: tuple[str, ...]) -> tuple[Any, ...]:
    return "missing", names[reading.column]
