"""A model as one SELECT of SQL, with nothing but CASE, arithmetic, LN, SQRT and EXP."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import singledispatch
from itertools import pairwise
from typing import Any

import numpy as np

from edgewise.additive.columns import Array
from edgewise.additive.pieces import Absence, Names, Number, Pair, Pieces, Reading, Recipe
from edgewise.nn.arguments import check_flags

LARGEST = 60.0
"""As for links: sums of effects are held within ± this before an exponential is taken."""


def write_sql(recipe: Recipe, table: str, keep: Sequence[str], materialized: bool) -> str:
    """A query of a table's predictions.

    Args:
        table: its name.
        keep: columns that the result has beside them.
        materialized: whether the database is told to compute each step once.
    """
    keep = check_names(table, keep, materialized)
    names = Quoter(recipe.names)
    lists = [_list_readings(pieces) for pieces in recipe.sums]
    readings = [reading for each in lists for reading in each]
    number = {id(reading): i for i, reading in enumerate(readings)}
    steps = [
        [f"{names.column(r.column)} AS {names.own('x', i)}" for i, r in enumerate(readings)],
        [_scale(r, names.own("x", i), names.own("z", i)) for i, r in enumerate(readings)],
        [_bend(r, names.own("z", i), names.own("u", i)) for i, r in enumerate(readings)],
        [part for i, r in enumerate(readings) for part in _place(r, i, names)],
        [
            f"{_write_sum(pieces, output, number, names)} AS {names.own(f's{k}_', output)}"
            for k, pieces in enumerate(recipe.sums)
            for output in range(len(pieces.intercept))
        ],
    ]
    source, text = quote_name(table), ""
    way = "AS MATERIALIZED" if materialized else "AS"
    for k, step in enumerate(steps):
        chosen = ",\n    ".join(["*", *(part for part in step if part)])
        text += f"{'WITH' if k == 0 else ','} {names.own('step', k)} {way} (\n  SELECT {chosen}\n"
        text += f"  FROM {source}\n)"
        source = names.own("step", k)
    kept = [quote_name(name) for name in keep]
    results = _write_shares(recipe, names) if recipe.classes else _write_numbers(recipe, names)
    return f"{text}\nSELECT {', '.join([*kept, *results])}\nFROM {source}\n"


class Quoter:
    """Names of columns in quotes, and names that none of them has."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = names
        self._prefix = "edgewise_"
        while any(name.lower().startswith(self._prefix) for name in names):
            self._prefix += "_"

    def column(self, position: int) -> str:
        """A column of the table."""
        return quote_name(self._names[position])

    def own(self, letter: str, number: int) -> str:
        """A column of the query's own."""
        return f"{self._prefix}{letter}{number}"


def check_names(table: Any, keep: Any, materialized: Any) -> list[str]:
    """The columns to keep, as a list.

    Raises:
        TypeError: if the table's name or one of the columns' is no text.
        ValueError: if ``materialized`` isn't true or false.
    """
    check_flags("to_sql", materialized=materialized)
    listed = isinstance(keep, Iterable) and not isinstance(keep, str | bytes)
    kept = list(keep) if listed else [keep]
    for name in (table, *kept):
        if not listed or not isinstance(name, str):
            raise TypeError(
                "to_sql expected the table's name as a text and keep as a list of texts, got "
                f"{table!r:.80} and {keep!r:.80}"
            )
    return kept


def quote_name(name: str) -> str:
    """A name as SQL writes it.

    Raises:
        ValueError: if it holds a zero byte, which no SQL text can.
    """
    if "\0" in name:
        raise ValueError(f"expected names without a zero byte, got {name!r}: rename the column")
    return '"' + name.replace('"', '""') + '"'


def quote_text(text: str) -> str:
    """A text as SQL writes it; as :func:`quote_name`."""
    return "'" + quote_name(text)[1:-1].replace('""', '"').replace("'", "''") + "'"


def _list_readings(pieces: Pieces) -> list[Reading]:
    pairs = [reading for pair in pieces.pairs for reading in pair.readings]
    return [*(main.reading for main in pieces.mains), *pairs]


def _case(choices: Sequence[tuple[str, str]], rest: str) -> str:
    whens = " ".join(f"WHEN {condition} THEN {value}" for condition, value in choices)
    return f"CASE {whens} ELSE {rest} END" if choices else rest


# How columns are read.


@singledispatch
def _scale(reading: Reading, x: str, z: str) -> str:
    """(x - centre) / scale."""
    return ""


@_scale.register
def _scale_number(reading: Number, x: str, z: str) -> str:
    return f"({x} - {_float(reading.centre)}) / {_float(reading.scale)} AS {z}"


@singledispatch
def _bend(reading: Reading, z: str, u: str) -> str:
    """The coordinate, held within its ends."""
    return ""


@_bend.register
def _bend_number(reading: Number, z: str, u: str) -> str:
    low, high = reading.low, reading.high
    bent = z
    if reading.tame:  # asinh, of which databases have none; for large numbers without the square
        size = f"ABS({z})"
        far, near = f"LN({size}) + LN(2.0)", f"LN({size} + SQRT({z} * {z} + 1.0))"
        sized = _case([(f"{size} > 1e8", far)], near)
        bent = f"{_case([(f'{z} < 0', '-1.0')], '1.0')} * ({sized})"
        low, high = (float(np.sinh(end)) for end in (low, high))
    limits = [(z, low, "<", reading.low), (z, high, ">", reading.high)]
    ends = [
        (f"{a} {sign} {_float(b)}", _float(end)) for a, b, sign, end in limits if np.isfinite(b)
    ]
    return f"{_case(ends, bent)} AS {u}"


@singledispatch
def _place(reading: Reading, i: int, names: Quoter) -> list[str]:
    """The cell, -1 for none, and how far u is into it."""
    raise TypeError(f"expected a way of reading a column, got {type(reading).__name__}")


@_place.register
def _place_number(reading: Number, i: int, names: Quoter) -> list[str]:
    u, places = names.own("u", i), [_float(place) for place in reading.places]
    cells = [(f"{u} < {place}", str(k)) for k, place in enumerate(places)]
    cell = _case([(f"{u} IS NULL", "-1"), *cells], str(len(places)))
    origins = [(f"{u} < {after}", place) for place, after in pairwise(places)]
    return [
        f"{cell} AS {names.own('k', i)}",
        f"{u} - {_case(origins, places[-1])} AS {names.own('t', i)}",
    ]


@_place.register
def _place_names(reading: Names, i: int, names: Quoter) -> list[str]:
    x = names.own("x", i)
    levels = {name for name, _ in reading.cells if name is not None}
    absent, choices = "-1", []
    for name, cell in reading.cells:
        if name is None:
            absent = str(cell)
        elif reading.numbers:
            choices.append((f"{x} = {int(name)}", str(cell)))
        else:
            spelled = ", ".join(quote_text(text) for text in _spellings(name, levels))
            choices.append((f"CAST({x} AS TEXT) IN ({spelled})", str(cell)))
    choices.insert(0, (f"{x} IS NULL", absent))
    if reading.numbers:
        choices.insert(1, (f"{x} <> ROUND({x})", absent))
    return [f"{_case(choices, '-1')} AS {names.own('k', i)}"]


@_place.register
def _place_absence(reading: Absence, i: int, names: Quoter) -> list[str]:
    missing = [(f"{names.own('x', i)} IS NULL", "1")]
    return [f"{_case(missing, '0')} AS {names.own('k', i)}"]


def _spellings(name: str, levels: set[str]) -> list[str]:
    """How databases write what Python calls 3 or True."""
    if levels <= {"True", "False"}:
        return [name, name.lower(), str(int(name == "True"))]
    whole = name.lstrip("-").isdecimal() and name.isascii()
    return [name, f"{name}.0"] if whole else [name]


# What they add up to.


def _write_sum(pieces: Pieces, output: int, number: dict[int, int], names: Quoter) -> str:
    parts = [_float(pieces.intercept[output])]
    for main in pieces.mains:
        i = number[id(main.reading)]
        t = names.own("t", i)
        cells = [(str(k), _polynomial(cell[:, output], t)) for k, cell in enumerate(main.table)]
        parts.append(_switch(names.own("k", i), cells))
    parts += [_write_pair(pair, output, number, names) for pair in pieces.pairs]
    return "\n      + ".join(parts)


def _write_pair(pair: Pair, output: int, number: dict[int, int], names: Quoter) -> str:
    one, other = (number[id(reading)] for reading in pair.readings)
    t, v = names.own("t", one), names.own("t", other)
    rows = []
    for k, row in enumerate(pair.table[..., output]):
        cells = []
        for j, cell in enumerate(row):
            powers = [_polynomial(coefficients, v) for coefficients in cell]
            cells.append((str(j), _nest(powers, t)))
        rows.append((str(k), _switch(names.own("k", other), cells)))
    return _switch(names.own("k", one), rows)


def _switch(cell: str, cells: Sequence[tuple[str, str]]) -> str:
    whens = " ".join(f"WHEN {k} THEN {value}" for k, value in cells)
    return f"CASE {cell} {whens} ELSE 0.0 END"


def _polynomial(coefficients: Array, t: str) -> str:
    return _nest([_float(c) for c in coefficients], t)


def _nest(coefficients: Sequence[str], t: str) -> str:
    """a + t * (b + t * c); what is 0 at the end is left out."""
    kept = list(coefficients)
    while len(kept) > 1 and kept[-1] in ("0.0", "-0.0"):
        kept.pop()
    text = kept[-1]
    for coefficient in reversed(kept[:-1]):
        text = f"{coefficient} + {t} * ({text})"
    return f"({text})" if len(kept) > 1 else text


def _float(value: float) -> str:
    text = repr(float(value))
    return f"({text})" if text.startswith("-") and text not in ("-0.0",) else text


# What is predicted.


def _hold(text: str, low: float, high: float) -> str:
    ends = [(f"{text} < {_float(low)}", _float(low)), (f"{text} > {_float(high)}", _float(high))]
    return _case([end for end, b in zip(ends, (low, high), strict=True) if np.isfinite(b)], text)


def _write_numbers(recipe: Recipe, names: Quoter) -> list[str]:
    results = []
    for k, (pieces, (shift, scale)) in enumerate(zip(recipe.sums, recipe.scales, strict=True)):
        mean = names.own(f"s{k}_", 0)
        if pieces.link == "log":
            mean = f"EXP({_hold(mean, -LARGEST, LARGEST)})"
        value = _hold(f"({_float(shift)} + {_float(scale)} * {mean})", *recipe.bounds)
        results.append(f"{value} AS prediction{'' if recipe.single else f'_{k}'}")
    return results


def _write_shares(recipe: Recipe, names: Quoter) -> list[str]:
    """The likeliest class, and the share of each as share_0, share_1 and so on."""
    classes = recipe.classes or ()
    if len(classes) == 2:
        held = _hold(names.own("s0_", 0), -LARGEST, LARGEST)
        share = f"1.0 / (1.0 + EXP(-({held})))"
        shares = [f"1.0 - {share}", share]
        likeliest = [(f"{shares[0]} >= {share}", _label(classes[0]))]
    else:
        sums = [names.own("s0_", k) for k in range(len(classes))]
        first = [
            (" AND ".join(f"{s} >= {other}" for other in sums if other != s), s) for s in sums[:-1]
        ]
        largest = _case(first, sums[-1])
        powers = [f"EXP({s} - ({largest}))" for s in sums]
        shares = [f"{power} / ({' + '.join(powers)})" for power in powers]
        likeliest = [(c, _label(label)) for (c, _), label in zip(first, classes, strict=False)]
    chosen = _case(likeliest, _label(classes[-1]))
    return [
        f"{chosen} AS prediction",
        *(f"{share} AS share_{k}" for k, share in enumerate(shares)),
    ]


def _label(label: str | int | float | bool) -> str:
    return quote_text(label) if isinstance(label, str) else repr(+label)  # +True is 1
