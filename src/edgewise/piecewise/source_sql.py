"""A program as one SELECT of SQL, with nothing but CASE, arithmetic, LN, SQRT and EXP."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import singledispatch
from itertools import pairwise
from typing import Any

import numpy as np

from edgewise.additive.links import LARGEST
from edgewise.nn.arguments import check_flags
from edgewise.piecewise.program import (
    Answer,
    Array,
    Names,
    Number,
    Program,
    Reading,
    Stage,
    Term,
    Uniform,
)

MOST_NUMBERS = 50_000
MOST_COLUMNS = 300
"""Of tables, whose queries grow with the square of a layer's width."""


def write_sql(
    program: Program, table: str, keep: Sequence[str], materialized: bool, effects: Sequence[str]
) -> str:
    """A query of predictions for the rows of a table.

    Args:
        table: its name.
        keep: columns that the result has beside them.
        materialized: whether the database is told to compute each step once.
        effects: the names of contributions, or none if they aren't asked for.

    Raises:
        ValueError: if a network is too large for a query.
    """
    keep = check_names(table, keep, materialized)
    check_size(program)
    names, kept = Quoter([*program.input_names, *keep]), [quote_name(name) for name in keep]
    read = "CAST({} AS REAL)" if program.is_network else "{}"
    columns = [
        f"{read.format(names.column(program.inputs[k]))} AS {names.own('h0_', k)}"
        for k in sorted({reading.column for reading in program.stages[0].readings()})
    ]
    steps = [[*dict.fromkeys(kept), *columns]]
    for k, stage in enumerate(program.stages):
        steps += _write_stage(stage, k, names, bool(effects))
    text, source, way = "", quote_name(table), "AS MATERIALIZED" if materialized else "AS"
    for k, step in enumerate(step for step in steps if step):
        chosen = ",\n    ".join(["*", *step] if k else step)
        text += f"{'WITH' if k == 0 else ','} {names.own('step', k)} {way} (\n  SELECT {chosen}\n"
        text += f"  FROM {source}\n)"
        source = names.own("step", k)
    sums = [names.own(f"h{len(program.stages)}_", o) for o in range(program.out_features)]
    write = _write_shares if program.answer.classes else _write_numbers
    results = [*write(program.answer, sums), *_list_contributions(program.answer, effects, names)]
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


def check_size(program: Program) -> None:
    """Raise ValueError for tables that are too large for a query."""
    tables = [table for stage in program.stages for table in stage.tables]
    numbers = sum(table.values.size for table in tables)
    width = max([0, *(max(len(t.low), t.values.shape[-1]) for t in tables)])
    if numbers > MOST_NUMBERS or width > MOST_COLUMNS:
        raise ValueError(
            f"to_sql expected up to {MOST_NUMBERS:,} coefficients and layers of up to "
            f"{MOST_COLUMNS} nodes, got {numbers:,} and {width}: prune the model, or write C"
        )


def _case(choices: Sequence[tuple[str, str]], rest: str) -> str:
    whens = " ".join(f"WHEN {condition} THEN {value}" for condition, value in choices)
    return f"CASE {whens} ELSE {rest} END" if choices else rest


def _float(value: float) -> str:
    text = repr(float(value))
    return f"({text})" if text.startswith("-") and text not in ("-0.0",) else text


# Steps of a stage: its norm, how columns are read, what they add up to.


def _write_stage(stage: Stage, k: int, names: Quoter, contributions: bool) -> list[list[str]]:
    """From columns h of its inputs to columns h of its sums."""
    owns = {r: _Own(names, k, i, r) for i, r in enumerate(stage.readings())}
    parts = [_read(reading, own) for reading, own in owns.items()]
    steps = [[part for each in step for part in each] for step in zip(*parts, strict=True)]
    start = stage.start
    if contributions and stage.tables:
        start = np.pad(start, [(0, len(owns) + 1 - len(start)), (0, 0)])
    added = [[[_float(v)] if v or not e else [] for v in row] for e, row in enumerate(start)]
    for term in stage.every_term():
        for o in range(term.table.shape[-1]):
            text = _write_term(term, o, owns)
            added[term.effect if contributions else 0][term.first + o].append(text)
    if contributions:
        columns = [[names.own(f"p{e}_", o) for o in range(len(row))] for e, row in enumerate(added)]
        steps.append(
            [
                f"{_join(parts or ['0.0'])} AS {column}"
                for row, own in zip(added, columns, strict=True)
                for parts, column in zip(row, own, strict=True)
            ]
        )
        added = [[[column] for column in row] for row in columns]
    sums = [[part for parts in each for part in parts] for each in zip(*added, strict=True)]
    steps.append([f"{_join(s)} AS {names.own(f'h{k + 1}_', o)}" for o, s in enumerate(sums)])
    return [*_write_norm(stage, k, names), *steps]


def _join(parts: Sequence[str]) -> str:
    return "\n      + ".join(parts)


def _write_norm(stage: Stage, k: int, names: Quoter) -> list[list[str]]:
    if stage.norm is None:
        return []
    width = len(stage.norm.weight)
    columns = [names.own(f"h{k}_", i) for i in range(width)]
    mean, root = names.own("mean", k), names.own("root", k)
    squares = " + ".join(f"({c} - {mean}) * ({c} - {mean})" for c in columns)
    z = [
        f"({c} - {mean}) / {root} * {_float(stage.norm.weight[i])} + {_float(stage.norm.bias[i])}"
        f" AS {names.own(f'z{k}_', i)}"
        for i, c in enumerate(columns)
    ]
    return [
        [f"({' + '.join(columns)}) / {width}.0 AS {mean}"],
        [f"SQRT(({squares}) / {width}.0 + {_float(stage.norm.eps)}) AS {root}"],
        z,
    ]


class _Own:
    """Names of what a reading makes: its column x, z, u, its cell k and its t."""

    def __init__(self, names: Quoter, stage: int, number: int, reading: Reading) -> None:
        self.x = names.own(f"{'z' if reading.standardized else 'h'}{stage}_", reading.column)
        self.z, self.u, self.k, self.t = (names.own(f"{c}{stage}_r", number) for c in "zukt")


Steps = tuple[list[str], list[str], list[str]]
"""The scaled value, the coordinate held within its ends, the cell and how far it is into it."""


@singledispatch
def _read(reading: Reading, own: _Own) -> Steps:
    """Columns that find the cell of a value, -1 for none, and t."""
    raise TypeError(f"expected a way of reading a column, got {type(reading).__name__}")


@_read.register
def _read_uniform(reading: Uniform, own: _Own) -> Steps:
    held, last = _hold(own.x, reading.low, reading.high), reading.cells - 1
    u = f"({held} - {_float(reading.low)}) * {_float(reading.inverse)} AS {own.u}"
    cell = f"CASE WHEN {own.u} >= {last}.0 THEN {last} ELSE CAST({own.u} AS INTEGER) END"
    return [], [u], [f"{cell} AS {own.k}", f"{own.u} - {cell} AS {own.t}"]


@_read.register
def _read_number(reading: Number, own: _Own) -> Steps:
    scaled = f"({own.x} - {_float(reading.centre)}) / {_float(reading.scale)} AS {own.z}"
    z, low, high = own.z, reading.low, reading.high
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
    u, places = own.u, [_float(place) for place in reading.places]
    cells = [(f"{u} < {place}", str(k)) for k, place in enumerate(places)]
    cell = _case([(f"{u} IS NULL", str(reading.missing)), *cells], str(len(places)))
    origins = [(f"{u} < {after}", place) for place, after in pairwise(places)]
    t = f"{u} - {_case(origins, places[-1])} AS {own.t}"
    return [scaled], [f"{_case(ends, bent)} AS {u}"], [f"{cell} AS {own.k}", t]


@_read.register
def _read_names(reading: Names, own: _Own) -> Steps:
    x, absent = own.x, str(dict(reading.cells).get(None, -1))
    levels = {name for name, _ in reading.cells if name is not None}
    unnamed = f"{x} <> ROUND({x})" if reading.numbers else f"CAST({x} AS TEXT) = '<NA>'"
    choices = [(f"{x} IS NULL", absent), (unnamed, absent)]
    for name, cell in reading.cells:
        if name is not None and reading.numbers:
            choices.append((f"{x} = {int(name)}", str(cell)))
        elif name is not None:
            spelled = ", ".join(quote_text(text) for text in _spellings(name, levels))
            choices.append((f"CAST({x} AS TEXT) IN ({spelled})", str(cell)))
    return [], [], [f"{_case(choices, '-1')} AS {own.k}"]


def _spellings(name: str, levels: set[str]) -> list[str]:
    """How databases write what Python calls 3 or True."""
    if levels <= {"True", "False"}:
        return [name, name.lower(), str(int(name == "True"))]
    whole = name.lstrip("-").isdecimal() and name.isascii()
    return [name, f"{name}.0"] if whole else [name]


def _write_term(term: Term, output: int, owns: dict[Reading, _Own]) -> str:
    """A polynomial for each cell, and within it for each cell of the other column."""
    one, *others = (owns[reading] for reading in term.readings)
    rows = []
    for row in term.table[..., output]:
        if others:
            (other,) = others
            cells = [_nest([_polynomial(c, other.t) for c in cell], one.t) for cell in row]
            rows.append(_switch(other.k, cells, "0.0"))
        else:
            rows.append(_polynomial(row[0, :, 0], one.t))
    missing = "NULL" if isinstance(term.readings[0], Uniform) else "0.0"
    return _switch(one.k, rows, missing)


def _switch(cell: str, cells: Sequence[str], rest: str) -> str:
    whens = " ".join(f"WHEN {k} THEN {value}" for k, value in enumerate(cells))
    return f"CASE {cell} {whens} ELSE {rest} END"


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


# What is predicted.


def _hold(text: str, low: float, high: float) -> str:
    ends = [(f"{text} < {_float(low)}", _float(low)), (f"{text} > {_float(high)}", _float(high))]
    return _case([end for end, b in zip(ends, (low, high), strict=True) if np.isfinite(b)], text)


def _write_numbers(answer: Answer, sums: Sequence[str]) -> list[str]:
    results = []
    for k, (mean, link, scale) in enumerate(zip(sums, answer.links, answer.scales, strict=True)):
        if link == "log":
            mean = f"({_float(scale)} * EXP({_hold(mean, -LARGEST, LARGEST)}))"
        ending = "" if answer.single else f"_{k}"
        results.append(f"{_hold(mean, *answer.bounds)} AS prediction{ending}")
    return results


def _write_shares(answer: Answer, sums: Sequence[str]) -> list[str]:
    """The likeliest class, and the share of each as share_0, share_1 and so on."""
    classes = answer.classes or ()
    if len(classes) == 2:
        share = f"1.0 / (1.0 + EXP(-({_hold(sums[0], -LARGEST, LARGEST)})))"
        shares = [f"1.0 - {share}", share]
        likeliest = [(f"{shares[0]} >= {share}", _label(classes[0]))]
    else:
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


def _list_contributions(answer: Answer, effects: Sequence[str], names: Quoter) -> list[str]:
    """A column for each effect, such as "effect of age", or for each effect on each sum."""
    several = answer.classes if answer.links[0] == "softmax" else range(len(answer.links))
    endings = [f" on {each}" for each in several or ()] if len(answer.links) > 1 else [""]
    return [
        f"{names.own(f'p{e}_', o)} AS {quote_name(f'effect of {effect}{ending}')}"
        for e, effect in enumerate(effects)
        for o, ending in enumerate(endings)
    ]


def _label(label: str | int | float | bool) -> str:
    return quote_text(label) if isinstance(label, str) else repr(+label)  # +True is 1
