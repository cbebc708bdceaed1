"""A program as one SELECT that means the same in SQLite, DuckDB and PostgreSQL.

It has CASE, arithmetic, ABS, ROUND, REPLACE, LN, SQRT and EXP, and casts to DOUBLE PRECISION and
TEXT alone: a cast to INTEGER rounds in one and truncates in another, and REAL has 24 or 53 bits.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import singledispatch
from typing import Any

import numpy as np

from edgewise.additive.columns import LARGEST
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

VANISHING, VANISHING_EFFECT, LEAST_EFFECT = 1e-60, 1e-140, 1e-100
"""Coordinates and coefficients below the first two count as 0: PostgreSQL raises an error where a
product of them would vanish. All coefficients of a model must not be below the third."""
LEAST_POWER = -700.0
"""Of EXP, for the same reason."""
FEW_PARTS = 200
"""Of a sum that isn't divided."""
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
        ValueError: if a network is too large for a query, numbers are too small for one, or a
            column to keep is called as a result.
    """
    keep = check_names(table, keep, materialized)
    check_size(program)
    names = Quoter([*program.input_names, *keep, table])
    kept = [quote_name(name) for name in dict.fromkeys(keep)]
    steps = _read_columns(program, names, kept)
    for k, stage in enumerate(program.stages):
        steps += _write_stage(stage, k, names, bool(effects))
    sums = [names.own(f"h{len(program.stages)}_", o) for o in range(program.out_features)]
    results = _write_answers(program, sums, names, steps)
    results |= _list_contributions(program.answer, effects, names)
    row, way = names.own("row"), "AS MATERIALIZED" if materialized else "AS"
    text, source = "", f"{quote_name(table)} AS {row}"
    for k, step in enumerate(step for step in steps if step):
        chosen = ",\n    ".join(["*", *step] if k else step)
        text += f"{'WITH' if k == 0 else ','} {names.own('step', k)} {way} (\n  SELECT {chosen}\n"
        text += f"  FROM {source}\n)"
        source = names.own("step", k)
    taken = {title.lower() for title in results} & {name.lower() for name in keep}
    if taken:
        raise ValueError(
            f"to_sql expected to keep columns that aren't called as a result, got {min(taken)!r}: "
            "rename it in a view"
        )
    listed = [f"{text} AS {quote_name(title)}" for title, text in results.items()]
    return f"{text}\nSELECT {', '.join([*kept, *listed])}\nFROM {source}\n"


class Quoter:
    """Names of columns in quotes, and names that none of them and no table has."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = names
        self._prefix = "edgewise_"
        while any(name.lower().startswith(self._prefix) for name in names):
            self._prefix += "_"

    def column(self, position: int) -> str:
        """A column of the table; without the table's own name SQLite would read one that isn't
        there as a text."""
        return f"{self.own('row')}.{quote_name(self._names[position])}"

    def own(self, letter: str, number: int | str = "") -> str:
        """A column or step of the query's own."""
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
    """Raise ValueError for a program that is too large, or whose numbers are too small."""
    tables = [table for stage in program.stages for table in stage.tables]
    numbers = sum(table.values.size for table in tables)
    width = max([0, *(max(len(t.low), t.values.shape[-1]) for t in tables)])
    if numbers > MOST_NUMBERS or width > MOST_COLUMNS:
        raise ValueError(
            f"to_sql expected up to {MOST_NUMBERS:,} coefficients and layers of up to "
            f"{MOST_COLUMNS} nodes, got {numbers:,} and {width}: prune the model, or write C"
        )
    largest = max((float(np.abs(t.table).max()) for t in program.stages[0].terms), default=0.0)
    if 0 < largest < LEAST_EFFECT:
        raise ValueError(
            f"to_sql expected effects of a size above {LEAST_EFFECT:g}, got {largest:.3g}: "
            "PostgreSQL raises an error where a product vanishes; scale the target"
        )


def _case(choices: Sequence[tuple[str, str]], rest: str) -> str:
    whens = " ".join(f"WHEN {condition} THEN {value}" for condition, value in choices)
    return f"CASE {whens} ELSE {rest} END" if choices else rest


def _float(value: float) -> str:
    """A number of float64; without an exponent DuckDB would take it for a decimal."""
    text = repr(float(value))
    text = text if "e" in text else f"{text}e0"
    return f"({text})" if text.startswith("-") else text


def _double(text: str) -> str:
    return f"CAST({text} AS DOUBLE PRECISION)"


def _any(conditions: Sequence[str]) -> str:
    return " OR ".join(f"({condition})" for condition in conditions)


# How columns of the table are read: as finite numbers or NULL, or as texts.

LARGEST_FLOAT = float(np.finfo(np.float64).max)
NUMBER, INFINITE = 1, 2
"""What a value of a column of numbers is: 0 if it is missing, more than 1 if it is none."""


def _read_columns(program: Program, names: Quoter, kept: Sequence[str]) -> list[list[str]]:
    """What is kept, and every column that is read; a column more is NULL if one holds no number."""
    row = names.own("row")
    raw, read, kinds = [f"{row}.{name} AS {name}" for name in kept], [], []
    for k in sorted({reading.column for reading in program.readings()}):
        column, x = names.column(program.inputs[k]), names.own("h0_", k)
        if program.categorical[k] and not program.numeric[k]:
            raw.append(f"CAST({column} AS TEXT) AS {x}")
            continue
        kind, value = names.own("kind", k), names.own("x", k)
        most = LARGEST_FLOAT if program.is_network else LARGEST
        raw += [f"{_double(column)} AS {value}", f"{_find_kind(column, most)} AS {kind}"]
        found = [(f"{kind} = {NUMBER}", value)]
        if program.is_network:
            found = _hold_within(program.domain[program.inputs[k]], kind, value)
        elif program.categorical[k]:  # what is no finite number is a level that wasn't there
            found.append((f"{kind} >= {INFINITE}", _float(LARGEST_FLOAT)))
        else:
            kinds.append(f"{kind} >= {INFINITE}")
        read.append(f"{_case(found, 'NULL')} AS {x}")
    refused = [(condition, "NULL") for condition in kinds]
    read.append(f"{_case(refused, _double('0e0'))} AS {names.own('known')}")
    return [raw, read]


def _find_kind(column: str, largest: float) -> str:
    """0 for NULL and NaN, 1 for a number, 2 and 3 for ∞ and -∞, 4 for a text in SQLite and for a
    number that is too large.

    NaN is above all numbers where there is one, and so is a text of SQLite, of which x - x is 0.
    The largest number is cast so that SQLite compares texts such as '2.5' as numbers.
    """
    value, most = _double(column), _double(_float(largest))
    least = _double(_float(-largest))
    choices = [
        (f"{column} IS NULL", "0"),
        (f"{column} >= {least} AND {column} <= {most}", str(NUMBER)),
        (f"{column} - {column} = 0", "4"),
        (f"-{value} < 0", "2"),
        (f"{value} < 0", "3"),
    ]
    return _case(choices, "0")


def _hold_within(ends: Array, kind: str, value: str) -> list[tuple[str, str]]:
    """A network's input, moved into its domain; what vanishes in float64 is 0."""
    low, high = (_float(end) for end in ends)
    return [
        (f"{kind} = 2", high),
        (f"{kind} = 3", low),
        (f"{kind} <> {NUMBER}", "NULL"),
        (f"{value} < {low}", low),
        (f"{value} > {high}", high),
        (f"ABS({value}) < {_float(VANISHING)}", "0e0"),
        (f"{kind} = {NUMBER}", value),
    ]


# Steps of a stage: its norm, how columns are read, what they add up to.


def _write_stage(
    stage: Stage, k: int, names: Quoter, contributions: bool, source: int | None = None
) -> list[list[str]]:
    """From columns h of its inputs, which are those of stage ``source``, to those of its sums."""
    read = k if source is None else source
    owns = {r: _Own(names, k, i, r, read) for i, r in enumerate(stage.readings())}
    parts = [_read(reading, own) for reading, own in owns.items()]
    steps = [[part for each in step for part in each] for step in zip(*parts, strict=True)]
    start = stage.start
    if contributions and stage.tables:
        start = np.pad(start, [(0, len(owns) + 1 - len(start)), (0, 0)])
    added = [
        [[_double(_float(v))] if v or not e else [] for v in row] for e, row in enumerate(start)
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
    return [*_write_norm(stage, k, names), *steps]


def _join(parts: Sequence[str]) -> str:
    """A sum; of many parts one of sums, since SQLite nests no deeper than 1,000 operations."""
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
    squares = [_case([(f"ABS({a}) < {_float(VANISHING)}", "0e0")], f"{a} * {a}") for a in aways]
    z = [
        f"{a} / {root} * {_float(stage.norm.weight[i])} + {_float(stage.norm.bias[i])}"
        f" AS {names.own(f'z{k}_', i)}"
        for i, a in enumerate(aways)
    ]
    return [
        [f"({_join(columns)}) / {_float(width)} AS {mean}"],
        [f"{c} - {mean} AS {a}" for c, a in zip(columns, aways, strict=True)],
        [f"SQRT(({_join(squares)}) / {_float(width)} + {_float(stage.norm.eps)}) AS {root}"],
        z,
    ]


class _Own:
    """Names of what a reading makes: its column x, the coordinate u, its cell k and its t."""

    def __init__(
        self, names: Quoter, stage: int, number: int, reading: Reading, source: int
    ) -> None:
        self.x = names.own(f"{'z' if reading.standardized else 'h'}{source}_", reading.column)
        self.u, self.k, self.t = (names.own(f"{c}{stage}_r", number) for c in "ukt")


Steps = tuple[list[str], list[str], list[str]]
"""The coordinate held within its ends, the cell, and how far it is into the cell."""


@singledispatch
def _read(reading: Reading, own: _Own) -> Steps:
    """Columns that find the cell of a value, -1 for none, and t."""
    raise TypeError(f"expected a way of reading a column, got {type(reading).__name__}")


@_read.register
def _read_uniform(reading: Uniform, own: _Own) -> Steps:
    low, high, inverse = reading.low, reading.high, reading.inverse
    away = f"({own.x} - {_float(low)})"
    ends = [
        (f"{own.x} >= {_float(high)}", _float((high - low) * inverse)),
        (f"{away} < {_float(VANISHING / inverse)}", "0e0"),
    ]
    u = f"{_case(ends, f'{away} * {_float(inverse)}')} AS {own.u}"
    borders = [(f"{own.u} < {_float(k + 1)}", str(k)) for k in range(reading.cells - 1)]
    cell = _case([(f"{own.u} IS NULL", "-1"), *borders], str(reading.cells - 1))
    return [u], [f"{cell} AS {own.k}"], [f"{own.u} - {own.k} AS {own.t}"]


@_read.register
def _read_number(reading: Number, own: _Own) -> Steps:
    u, x, scale = own.u, own.x, reading.scale
    places = [_float(place) for place in reading.places]
    cells = [(f"{u} < {place}", str(k)) for k, place in enumerate(places)]
    cell = _case([(f"{u} IS NULL", str(reading.missing)), *cells], str(len(places)))
    away = f"({x} - {_float(reading.centre)})"
    small = [(f"ABS({away}) < {_float(VANISHING * scale)}", "0e0")]
    bent = f"{away} / {_float(scale)}"
    if reading.tame:  # asinh, of which databases have none; for large numbers without the square
        z, side = bent, _case([(f"{away} < 0e0", "-1e0")], "1e0")
        far = f"{side} * (LN(ABS({away})) + {_float(np.log(2.0) - np.log(scale))})"
        small.append((f"ABS({away}) < {_float(1e-8 * scale)}", z))
        small.append((f"ABS({away}) > {_float(1e8 * scale)}", far))
        bent = f"{side} * LN(ABS({z}) + SQRT({z} * {z} + 1e0))"
    held = _case([*_find_ends(reading, x), *small], bent)
    origin = _switch(own.k, [_float(origin) for origin in reading.origins()], "0e0")
    return [f"{held} AS {u}"], [f"{cell} AS {own.k}"], [f"{u} - {origin} AS {own.t}"]


def _find_ends(reading: Number, x: str) -> list[tuple[str, str]]:
    """Where x is beyond the ends, u is one of them; nothing of such an x can overflow then."""
    ends = []
    for end, sign in ((reading.low, "<="), (reading.high, ">=")):
        with np.errstate(over="ignore"):
            place = reading.centre + reading.scale * (np.sinh(end) if reading.tame else end)
        if np.isfinite(place):
            ends.append((f"{x} {sign} {_float(place)}", _float(end)))
    return ends


@_read.register
def _read_names(reading: Names, own: _Own) -> Steps:
    x, absent = own.x, str(dict(reading.cells).get(None, -1))
    levels = {name: cell for name, cell in reading.cells if name is not None}
    choices = [(f"{x} IS NULL", absent)]
    if reading.numbers:
        choices.append((f"{x} <> ROUND({x})", absent))
    if reading.numeric:
        numbers = _read_levels(levels)
        choices += [(f"{x} = {_float(number)}", str(cell)) for number, cell in numbers.items()]
    else:
        choices.append((_is_text(x, "<NA>"), absent))
        for name, cell in levels.items():
            same = [_is_text(x, text) for text in _spellings(name, set(levels))]
            choices.append((same[0] if len(same) == 1 else _any(same), str(cell)))
    return [], [f"{_case(choices, '-1')} AS {own.k}"], []


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
    """Whether x has the text's bytes: what a collation calls equal is not replaced."""
    quoted = quote_text(text)
    return f"{x} = {quoted} AND REPLACE({quoted}, {x}, '') = ''"


def _spellings(name: str, levels: set[str]) -> list[str]:
    """How databases write what Python calls True."""
    truths = levels <= {"True", "False"}
    return [name, name.lower(), str(int(name == "True"))] if truths else [name]


def _write_term(term: Term, output: int, owns: dict[Reading, _Own]) -> str:
    """A polynomial for each cell, and within it for each cell of the other column."""
    one, *others = (owns[reading] for reading in term.readings)
    rows = []
    table = np.where(np.abs(term.table) < VANISHING_EFFECT, 0.0, term.table)
    for row in table[..., output]:
        if others:
            (other,) = others
            cells = [_nest([_polynomial(c, other.t) for c in cell], one.t) for cell in row]
            rows.append(_switch(other.k, cells, "0e0"))
        else:
            rows.append(_polynomial(row[0, :, 0], one.t))
    missing = "NULL" if isinstance(term.readings[0], Uniform) else "0e0"
    return _switch(one.k, rows, missing)


def _switch(cell: str, cells: Sequence[str], rest: str) -> str:
    whens = " ".join(f"WHEN {k} THEN {value}" for k, value in enumerate(cells))
    return f"CASE {cell} {whens} ELSE {rest} END"


def _polynomial(coefficients: Array, t: str) -> str:
    return _nest([_float(c) for c in coefficients], t)


def _nest(coefficients: Sequence[str], t: str) -> str:
    """a + t * (b + t * c); what is 0 at the end is left out."""
    kept = list(coefficients)
    while len(kept) > 1 and kept[-1] in ("0.0e0", "(-0.0e0)"):
        kept.pop()
    text = kept[-1]
    for coefficient in reversed(kept[:-1]):
        text = f"{coefficient} + {t} * ({text})"
    return f"({text})" if len(kept) > 1 else text


# What is predicted.


def _hold(text: str, low: float, high: float) -> str:
    ends = [(f"{text} < {_float(low)}", _float(low)), (f"{text} > {_float(high)}", _float(high))]
    return _case([end for end, b in zip(ends, (low, high), strict=True) if np.isfinite(b)], text)


def _write_answers(
    program: Program, sums: Sequence[str], names: Quoter, steps: list[list[str]]
) -> dict[str, str]:
    """Results by their titles; what they are made of becomes further steps."""
    answer, interval = program.answer, program.interval
    find = _find_shares if answer.classes else _find_targets
    now = [names.own("y", k) for k in range(len(answer.classes or sums))]
    steps.append([f"{text} AS {y}" for text, y in zip(find(answer, sums), now, strict=True)])
    if answer.classes:
        results = {"prediction": _choose_class(answer, now)}
        results |= {f"share_{k}": share for k, share in enumerate(now)}
        add = _add_set
    else:
        titles = ["prediction"] if answer.single else [f"prediction_{k}" for k in range(len(now))]
        results, add = dict(zip(titles, now, strict=True)), _add_interval
    if interval is None:
        return results
    steps += _write_stage(interval.stage, len(program.stages), names, False, 0)
    found = [names.own(f"h{len(program.stages) + 1}_", o) for o in range(interval.stage.width)]
    known = now
    if interval.edited:
        known = [names.own("known", k) for k in range(len(now))]
        before = find(answer, found[len(interval.ends) :])
        steps.append([f"{text} AS {own}" for text, own in zip(before, known, strict=True)])
    return results | add(program, now, known, found)


def _find_targets(answer: Answer, sums: Sequence[str]) -> list[str]:
    each = zip(sums, answer.links, answer.limits, strict=True)
    means = [f"EXP({_hold(s, *ends)})" if link == "log" else s for s, link, ends in each]
    return [_hold(mean, *answer.bounds) for mean in means]


def _add_interval(
    program: Program, now: Sequence[str], known: Sequence[str], found: Sequence[str]
) -> dict[str, str]:
    """prediction_low and prediction_high, NULL where there is no end."""
    interval, (least, most) = program.interval, program.answer.bounds
    assert interval is not None
    results = {}
    for k, (ends, limits) in enumerate(zip(interval.ends, interval.limits, strict=True)):
        size = f"EXP({_hold(found[k], *limits)})"
        ending = "" if program.answer.single else f"_{k}"
        for title, end, sign, bound in (
            ("low", ends[0], "<", least),
            ("high", ends[1], ">", most),
        ):
            text = _float(bound) if np.isfinite(bound) else "NULL"
            if np.isfinite(end):
                at = f"({known[k]} + {_float(end)} * {size})"
                text = _hold(_case([(f"{at} {sign} {now[k]}", at)], now[k]), least, most)
            nothing = [(f"{now[k]} IS NULL", "NULL")]
            results[f"prediction{ending}_{title}"] = _case(nothing, text)
    return results


def _find_shares(answer: Answer, sums: Sequence[str]) -> list[str]:
    if answer.links[0] == "logistic":
        share = f"1e0 / (1e0 + EXP(-({_hold(sums[0], *answer.limits[0])})))"
        return [f"1e0 - {share}", share]
    largest = _case([(_is_largest(s, sums), s) for s in sums[:-1]], sums[-1])
    below = [f"{s} - ({largest})" for s in sums]
    powers = [f"EXP({_hold(b, LEAST_POWER, np.inf)})" for b in below]
    return [f"{power} / ({' + '.join(powers)})" for power in powers]


def _is_largest(one: str, every: Sequence[str]) -> str:
    return " AND ".join(f"{one} >= {other}" for other in every if other != one)


def _choose_class(answer: Answer, shares: Sequence[str]) -> str:
    """The first of the likeliest classes."""
    classes = answer.classes or ()
    choices = [(_is_largest(s, shares), _label(c)) for s, c in zip(shares, classes, strict=True)]
    return _case([(f"{shares[0]} IS NULL", "NULL"), *choices[:-1]], choices[-1][1])


def _add_set(
    program: Program, now: Sequence[str], known: Sequence[str], found: Sequence[str]
) -> dict[str, str]:
    """in_set_0 and so on: 1 for a class that a row may have, else 0."""
    assert program.interval is not None
    least = _float(program.interval.least)
    results = {}
    for k, (share, before) in enumerate(zip(now, known, strict=True)):
        inside = f"{before} >= {least} OR ({_is_largest(share, now)})"
        nothing = (f"{share} IS NULL", "NULL")
        results[f"in_set_{k}"] = _case([nothing, (inside, "1")], "0")
    return results


def _list_contributions(answer: Answer, effects: Sequence[str], names: Quoter) -> dict[str, str]:
    """A column for each effect, such as "effect of age", or for each effect on each sum."""
    several = answer.classes if answer.links[0] == "softmax" else range(len(answer.links))
    endings = [f" on {each}" for each in several or ()] if len(answer.links) > 1 else [""]
    return {
        f"effect of {effect}{ending}": names.own(f"p{e}_", o)
        for e, effect in enumerate(effects)
        for o, ending in enumerate(endings)
    }


def _label(label: str | int | float | bool) -> str:
    return quote_text(label) if isinstance(label, str) else repr(+label)  # +True is 1
