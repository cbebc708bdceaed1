"""Steps of a query: reading columns, the norm of a stage, and sums."""

from __future__ import annotations

from collections.abc import Sequence
from functools import singledispatch

import numpy as np

from edgewise._arrays import Array
from edgewise.piecewise.cells import Accepted, Names, Number, Reading, Uniform
from edgewise.piecewise.program import PiecewiseTerm, Program, Stage
from edgewise.piecewise.sql_text import (
    Quoter,
    cast_double,
    choose,
    nest,
    quote_text,
    switch,
    write_float,
    write_polynomial,
)

VANISHING, VANISHING_EFFECT = 1e-60, 1e-140
"""Coordinates and coefficients below these count as 0: PostgreSQL raises an error where a product
of them would underflow."""
FEW_PARTS = 200
"""The most parts of a sum that isn't nested."""
HIDDEN = 1000
"""Added to the number of a stage, it is that of its stage of hidden sums."""

# How columns of the table are read: as finite numbers or NULL, or as texts.

LARGEST_FLOAT = float(np.finfo(np.float64).max)
ANY = Accepted(-LARGEST_FLOAT, LARGEST_FLOAT)
"""The numbers of a network's inputs."""
NUMBER, INFINITE = 1, 2
"""The kind of a value in a column of numbers: 0 if missing, above 1 if not a finite number."""


def read_columns(program: Program, names: Quoter, kept: Sequence[str]) -> list[list[str]]:
    """Steps with the kept columns and those read; a last one is NULL if a number is invalid."""
    row = names.own("row")
    raw, read, kinds = [f"{row}.{name} AS {name}" for name in kept], [], []
    for k in sorted({reading.column for reading in program.readings()}):
        column, x = names.column(program.inputs[k]), names.own("h0_", k)
        if program.categorical[k] and not program.numeric[k]:
            raw.append(f"CAST({column} AS TEXT) AS {x}")
            continue
        kind, value = names.own("kind", k), names.own("x", k)
        accepted = program.accepted[k] if program.accepted else ANY
        raw += [f"{cast_double(column)} AS {value}", f"{_find_kind(column, accepted)} AS {kind}"]
        found = [(f"{kind} = {NUMBER}", value)]
        if program.is_network:
            found = _hold_within(program.domain[program.inputs[k]], kind, value)
        elif program.categorical[k]:  # a value that isn't a finite number is an unknown level
            found.append((f"{kind} >= {INFINITE}", write_float(LARGEST_FLOAT)))
        else:
            kinds.append(f"{kind} >= {INFINITE}")
            kinds += [] if accepted.missing else [f"{kind} = 0"]
        read.append(f"{choose(found, 'NULL')} AS {x}")
    refused = [(condition, "NULL") for condition in kinds]
    read.append(f"{choose(refused, cast_double('0e0'))} AS {names.own('known')}")
    return [raw, read]


def _find_kind(column: str, accepted: Accepted) -> str:
    """0 for NULL and NaN, 1 for a number, 2 and 3 for ∞ and -∞, 4 for a text in SQLite and for a
    number that isn't accepted.

    NaN is above all numbers where there is one, and so is a text of SQLite, of which x - x is 0.
    The largest number is cast so that SQLite compares texts such as '2.5' as numbers.
    """
    value, most = cast_double(column), cast_double(write_float(accepted.high))
    least = cast_double(write_float(accepted.low))
    choices = [
        (f"{column} IS NULL", "0"),
        (f"{column} >= {least} AND {column} <= {most}", str(NUMBER)),
        (f"{column} - {column} = 0", "4"),
        (f"-{value} < 0", "2"),
        (f"{value} < 0", "3"),
    ]
    return choose(choices, "0")


def _hold_within(ends: Array, kind: str, value: str) -> list[tuple[str, str]]:
    """A network's input, clipped to its domain; vanishing numbers become 0."""
    low, high = (write_float(end) for end in ends)
    return [
        (f"{kind} = 2", high),
        (f"{kind} = 3", low),
        (f"{kind} <> {NUMBER}", "NULL"),
        (f"{value} < {low}", low),
        (f"{value} > {high}", high),
        (f"ABS({value}) < {write_float(VANISHING)}", "0e0"),
        (f"{kind} = {NUMBER}", value),
    ]


# Steps of a stage: its norm, reading columns, sums.


def write_stage(
    stage: Stage, k: int, names: Quoter, contributions: bool, source: int | None = None
) -> list[list[str]]:
    """The steps from the columns of its inputs, the outputs of stage ``source``, to its sums."""
    read = k if source is None else source
    steps: list[list[str]] = []
    if stage.hidden is not None:
        steps += write_stage(stage.hidden, HIDDEN + k, names, False, read)
    owns = {
        r: Own(names, k, i, r, HIDDEN + k + 1 if r.hidden else read)
        for i, r in enumerate(stage.readings())
    }
    parts = [_read(reading, own) for reading, own in owns.items()]
    steps += _write_norm(stage, k, names)
    steps += [[part for each in step for part in each] for step in zip(*parts, strict=True)]
    start = stage.start
    if contributions and stage.tables:
        start = np.pad(start, [(0, len(owns) + 1 - len(start)), (0, 0)])
    added = [
        [[cast_double(write_float(v))] if v or not e else [] for v in row]
        for e, row in enumerate(start)
    ]
    for first in added[0] if stage.terms or not stage.tables else []:
        first.append(names.own("known"))
    for term in stage.every_term():
        for o in range(term.table.shape[-1]):
            text = _write_term(term, o, owns)
            added[term.effect if contributions else 0][term.first + o].append(text)
    if contributions:
        columns = [[names.own(f"p{e}_", o) for o in range(len(row))] for e, row in enumerate(added)]
        steps.append(
            [
                f"{_join(parts or ['0e0'])} AS {column}"
                for row, own in zip(added, columns, strict=True)
                for parts, column in zip(row, own, strict=True)
            ]
        )
        added = [[[column] for column in row] for row in columns]
    sums = [[part for parts in each for part in parts] for each in zip(*added, strict=True)]
    steps.append([f"{_join(s)} AS {names.own(f'h{k + 1}_', o)}" for o, s in enumerate(sums)])
    return steps


def _join(parts: Sequence[str]) -> str:
    """A sum; many parts are nested, since SQLite allows at most 1,000 nested operations."""
    if len(parts) > FEW_PARTS:
        parts = [f"({_join(parts[k : k + FEW_PARTS])})" for k in range(0, len(parts), FEW_PARTS)]
    return "\n      + ".join(parts)


def _write_norm(stage: Stage, k: int, names: Quoter) -> list[list[str]]:
    if stage.norm is None:
        return []
    width = len(stage.norm.weight)
    columns = [names.own(f"h{k}_", i) for i in range(width)]
    aways = [names.own(f"away{k}_", i) for i in range(width)]
    mean, root = names.own("mean", k), names.own("root", k)
    squares = [
        choose([(f"ABS({a}) < {write_float(VANISHING)}", "0e0")], f"{a} * {a}") for a in aways
    ]
    square = f"({_join(squares)}) / {write_float(width)}"
    z = [
        f"{a} / {root} * {write_float(stage.norm.weight[i])} + {write_float(stage.norm.bias[i])}"
        f" AS {names.own(f'z{k}_', i)}"
        for i, a in enumerate(aways)
    ]
    return [
        [f"({_join(columns)}) / {write_float(width)} AS {mean}"],
        [f"{c} - {mean} AS {a}" for c, a in zip(columns, aways, strict=True)],
        [f"SQRT({square} + {write_float(stage.norm.eps)}) AS {root}"],
        z,
    ]


class Own:
    """The names of a reading's columns: its input x, coordinate u, cell k and distance t."""

    def __init__(
        self, names: Quoter, stage: int, number: int, reading: Reading, source: int
    ) -> None:
        self.x = names.own(f"{'z' if reading.standardized else 'h'}{source}_", reading.column)
        self.u, self.k, self.t = (names.own(f"{c}{stage}_r", number) for c in "ukt")


Steps = tuple[list[str], list[str], list[str]]
"""The coordinate clipped to its ends, the cell, and the distance within the cell."""


@singledispatch
def _read(reading: Reading, own: Own) -> Steps:
    """Columns that find the cell of a value, -1 for none, and t."""
    raise TypeError(f"expected a way of reading a column, got {type(reading).__name__}")


@_read.register
def _read_uniform(reading: Uniform, own: Own) -> Steps:
    low, high, inverse = reading.low, reading.high, reading.inverse
    away = f"({own.x} - {write_float(low)})"
    ends = [
        (f"{own.x} >= {write_float(high)}", write_float((high - low) * inverse)),
        (f"{away} < {write_float(VANISHING / inverse)}", "0e0"),
    ]
    u = f"{choose(ends, f'{away} * {write_float(inverse)}')} AS {own.u}"
    borders = [(f"{own.u} < {write_float(k + 1)}", str(k)) for k in range(reading.cells - 1)]
    cell = choose([(f"{own.u} IS NULL", "-1"), *borders], str(reading.cells - 1))
    return [u], [f"{cell} AS {own.k}"], [f"{own.u} - {own.k} AS {own.t}"]


@_read.register
def _read_number(reading: Number, own: Own) -> Steps:
    u, x, scale = own.u, own.x, reading.scale
    places = [write_float(place) for place in reading.places]
    cells = [(f"{u} < {place}", str(k)) for k, place in enumerate(places)]
    cell = choose([(f"{u} IS NULL", str(reading.missing)), *cells], str(len(places)))
    away = f"({x} - {write_float(reading.centre)})"
    small = [(f"ABS({away}) < {write_float(VANISHING * scale)}", "0e0")]
    bent = f"{away} / {write_float(scale)}"
    if reading.tame:  # asinh, of which databases have none; for large numbers without the square
        z, side = bent, choose([(f"{away} < 0e0", "-1e0")], "1e0")
        far = f"{side} * (LN(ABS({away})) + {write_float(np.log(2.0) - np.log(scale))})"
        small.append((f"ABS({away}) < {write_float(1e-8 * scale)}", z))
        small.append((f"ABS({away}) > {write_float(1e8 * scale)}", far))
        bent = f"{side} * LN(ABS({z}) + SQRT({z} * {z} + 1e0))"
    held = choose([*_find_ends(reading, x), *small], bent)
    origin = switch(own.k, [write_float(origin) for origin in reading.origins()], "0e0")
    return [f"{held} AS {u}"], [f"{cell} AS {own.k}"], [f"{u} - {origin} AS {own.t}"]


def _find_ends(reading: Number, x: str) -> list[tuple[str, str]]:
    """Beyond the ends u is one of them, so that a large x can't overflow."""
    ends = []
    for end, sign in ((reading.low, "<="), (reading.high, ">=")):
        with np.errstate(over="ignore"):
            place = reading.centre + reading.scale * (np.sinh(end) if reading.tame else end)
        if np.isfinite(place):
            ends.append((f"{x} {sign} {write_float(place)}", write_float(end)))
    return ends


@_read.register
def _read_names(reading: Names, own: Own) -> Steps:
    x, absent = own.x, str(dict(reading.cells).get(None, -1))
    levels = {name: cell for name, cell in reading.cells if name is not None}
    choices = [(f"{x} IS NULL", absent)]
    if reading.numbers:
        choices.append((f"{x} <> ROUND({x})", absent))
    if reading.numeric:
        numbers = _read_levels(levels)
        choices += [(f"{x} = {write_float(number)}", str(cell)) for number, cell in numbers.items()]
    else:
        choices.append((_is_text(x, "<NA>"), absent))
        choices += [(_is_text(x, text), str(cell)) for text, cell in levels.items()]
    return [], [f"{choose(choices, '-1')} AS {own.k}"], []


def _read_levels(levels: dict[str, int]) -> dict[float, int]:
    """The cells of levels that are numbers.

    Raises:
        ValueError: if float64, in which databases compare them, doesn't tell them apart.
    """
    numbers = {float(name): cell for name, cell in levels.items()}
    whole = (name for name in levels if name.lstrip("-").isdecimal())
    lost = [name for name in whole if int(float(name)) != int(name)]
    if len(numbers) < len(levels) or lost or not all(abs(x) < LARGEST_FLOAT for x in numbers):
        raise ValueError(
            "to_sql expected levels that float64 tells apart and holds, got "
            f"{', '.join(lost or levels):.80}: make them texts"
        )
    return numbers


def _is_text(x: str, text: str) -> str:
    """Whether x has exactly the text's bytes: a collation may call other texts equal."""
    quoted = quote_text(text)
    return f"{x} = {quoted} AND REPLACE({quoted}, {x}, '') = ''"


def _write_term(term: PiecewiseTerm, output: int, owns: dict[Reading, Own]) -> str:
    """A polynomial for each cell, and within it for each cell of the other column."""
    one, *others = (owns[reading] for reading in term.readings)
    rows = []
    table = np.where(np.abs(term.table) < VANISHING_EFFECT, 0.0, term.table)
    for row in table[..., output]:
        if others:
            (other,) = others
            cells = [nest([write_polynomial(c, other.t) for c in cell], one.t) for cell in row]
            rows.append(switch(other.k, cells, "0e0"))
        else:
            rows.append(write_polynomial(row[0, :, 0], one.t))
    missing = "NULL" if isinstance(term.readings[0], Uniform) else "0e0"
    return switch(one.k, rows, missing)
