"""A program as one SELECT that works alike in SQLite, DuckDB and PostgreSQL.

It has CASE, arithmetic, ABS, ROUND, REPLACE, LN, SQRT and EXP, and casts to DOUBLE PRECISION and
TEXT alone: a cast to INTEGER rounds in one and truncates in another, and REAL has 24 or 53 bits.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from edgewise._checks import check_flags
from edgewise.piecewise.program import Answer, Interval, Program, list_reasons
from edgewise.piecewise.sql_steps import read_columns, write_stage
from edgewise.piecewise.sql_text import (
    Quoter,
    choose,
    hold,
    quote_name,
    quote_text,
    switch,
    write_float,
    write_label,
)

LEAST_EFFECT = 1e-100
"""The least size of a model's largest coefficient: PostgreSQL raises an error where a product
underflows."""
LEAST_POWER = -700.0
"""The least argument of EXP, for the same reason."""
MOST_NUMBERS = 50_000
MOST_COLUMNS = 300
"""The most columns of a layer of tables: queries grow with the square of its width."""


def write_sql(
    program: Program,
    table: str,
    keep: Sequence[str],
    materialized: bool,
    effects: Sequence[str],
    reasons: int,
) -> str:
    """A query of predictions for the rows of a table.

    Args:
        table: the name of the table.
        keep: columns to keep in the result.
        materialized: whether the database should compute each step once.
        effects: the names of contributions, empty unless requested.
        reasons: the number of reasons in words.

    Raises:
        ValueError: if a network is too large for a query, numbers are too small for one, or a
            column to keep is called as a result.
    """
    keep = check_names(table, keep, materialized)
    check_size(program)
    names = Quoter([*program.input_names, *keep, table])
    kept = [quote_name(name) for name in dict.fromkeys(keep)]
    steps = read_columns(program, names, kept)
    for k, stage in enumerate(program.stages):
        steps += write_stage(stage, k, names, bool(effects))
    sums = [names.own(f"h{len(program.stages)}_", o) for o in range(program.out_features)]
    results = _write_answers(program, sums, names, steps)
    if reasons:
        results |= _write_reasons(program, names, steps, reasons)
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


# What is predicted.


def _write_answers(
    program: Program, sums: Sequence[str], names: Quoter, steps: list[list[str]]
) -> dict[str, str]:
    """The results by title; their parts become further steps."""
    answer, interval = program.answer, program.interval
    find = _find_shares if answer.classes else _find_targets
    now = [names.own("y", k) for k in range(len(answer.classes or sums))]
    steps.append([f"{text} AS {y}" for text, y in zip(find(answer, sums), now, strict=True)])
    if answer.rising:
        now = _sort(now, names, steps)
    if answer.classes:
        results = {"prediction": _choose_class(answer, now)}
        results |= {f"share_{k}": share for k, share in enumerate(now)}
    else:
        titles = [f"prediction{ending}" for ending in _list_endings(answer)]
        results = dict(zip(titles, now, strict=True))
    if interval is None:
        return results
    steps += write_stage(interval.stage, len(program.stages), names, False, 0)
    found = [names.own(f"h{len(program.stages) + 1}_", o) for o in range(interval.stage.width)]
    known = now
    if interval.edited:
        known = [names.own("known", k) for k in range(len(now))]
        before = find(answer, found[len(interval.ends) :])
        steps.append([f"{text} AS {own}" for text, own in zip(before, known, strict=True)])
    if interval.least:
        return results | _write_sets(answer, interval, now, known)
    return results | _write_interval(answer, interval, now, known, found)


def _sort(values: list[str], names: Quoter, steps: list[list[str]]) -> list[str]:
    """Values in rising order: in as many steps as there are, neighbours change places.

    Source: Knuth, *The Art of Computer Programming*, volume 3 (1973), 5.3.4.
    """
    for turn in range(len(values)):
        moved = list(values)
        for k in range(turn % 2, len(values) - 1, 2):
            one, other = values[k : k + 2]
            moved[k] = choose([(f"{one} <= {other}", one)], other)
            moved[k + 1] = choose([(f"{one} <= {other}", other)], one)
        values = [names.own(f"sorted{turn}_", k) for k in range(len(values))]
        steps.append([f"{text} AS {own}" for text, own in zip(moved, values, strict=True)])
    return values


def _list_endings(answer: Answer) -> list[str]:
    """The ends of titles that tell targets and labels apart: "_rain", or "_0" without a name."""
    if answer.single:
        return [""]
    return [f"_{name}" for name in answer.outputs or range(len(answer.links))]


_MEANS = {"log": "EXP({})", "logistic": "(1.0 / (1.0 + EXP(-({}))))"}
"""The inverse of each link but the identity."""


def _find_targets(answer: Answer, sums: Sequence[str]) -> list[str]:
    each = zip(sums, answer.links, answer.limits, strict=True)
    means = [_MEANS[k].format(hold(s, *e)) if k in _MEANS else s for s, k, e in each]
    return [hold(mean, *answer.bounds) for mean in means]


def _write_interval(
    answer: Answer,
    interval: Interval,
    now: Sequence[str],
    known: Sequence[str],
    found: Sequence[str],
) -> dict[str, str]:
    """prediction_low and prediction_high, NULL without an end."""
    (least, most), endings, results = answer.bounds, _list_endings(answer), {}
    for k, (ends, limits) in enumerate(zip(interval.ends, interval.limits, strict=True)):
        size, ending = f"EXP({hold(found[k], *limits)})", endings[k]
        for title, end, sign, bound in (
            ("low", ends[0], "<", least),
            ("high", ends[1], ">", most),
        ):
            text = write_float(bound) if np.isfinite(bound) else "NULL"
            if np.isfinite(end):
                at = f"({known[k]} + {write_float(end)} * {size})"
                text = hold(choose([(f"{at} {sign} {now[k]}", at)], now[k]), least, most)
            nothing = [(f"{now[k]} IS NULL", "NULL")]
            results[f"prediction{ending}_{title}"] = choose(nothing, text)
    return results


def _find_shares(answer: Answer, sums: Sequence[str]) -> list[str]:
    if answer.links[0] == "logistic":
        (share,) = _find_targets(answer, sums)
        return [f"1e0 - {share}", share]
    largest = choose([(_is_largest(s, sums), s) for s in sums[:-1]], sums[-1])
    below = [f"{s} - ({largest})" for s in sums]
    powers = [f"EXP({hold(b, LEAST_POWER, np.inf)})" for b in below]
    return [f"{power} / ({' + '.join(powers)})" for power in powers]


def _is_largest(one: str, every: Sequence[str]) -> str:
    return " AND ".join(f"{one} >= {other}" for other in every if other != one)


def _choose_class(answer: Answer, shares: Sequence[str]) -> str:
    """The most likely class, the first one in ties."""
    classes = answer.classes or ()
    choices = [
        (_is_largest(s, shares), write_label(c)) for s, c in zip(shares, classes, strict=True)
    ]
    return choose([(f"{shares[0]} IS NULL", "NULL"), *choices[:-1]], choices[-1][1])


def _write_sets(
    answer: Answer, interval: Interval, now: Sequence[str], known: Sequence[str]
) -> dict[str, str]:
    """in_set_0 and so on: 1 for a class in the prediction set, else 0; for labels in_set_rain_0
    and in_set_rain_1: 1 if the label rain may be 0, or 1."""
    groups = [("", now, known)]
    if not answer.classes:
        shares = ([[f"(1e0 - {p})", p] for p in part] for part in (now, known))
        groups = list(zip(_list_endings(answer), *shares, strict=True))
    results = {}
    for (ending, own, before), least in zip(groups, interval.least, strict=True):
        for k, (share, held) in enumerate(zip(own, before, strict=True)):
            inside = f"{held} >= {write_float(least)} OR ({_is_largest(share, own)})"
            choices = [(f"{share} IS NULL", "NULL"), (inside, "1")]
            results[f"in_set{ending}_{k}"] = choose(choices, "0")
    return results


def _list_contributions(answer: Answer, effects: Sequence[str], names: Quoter) -> dict[str, str]:
    """A column for each effect, such as "effect of age", or for each effect on each sum."""
    known = answer.classes if answer.links[0] == "softmax" else answer.outputs
    several: Sequence[object] = known or range(len(answer.links))
    endings = [f" on {each}" for each in several] if len(answer.links) > 1 else [""]
    return {
        f"effect of {effect}{ending}": names.own(f"p{e}_", o)
        for e, effect in enumerate(effects)
        for o, ending in enumerate(endings)
    }


def _write_reasons(
    program: Program, names: Quoter, steps: list[list[str]], most: int
) -> dict[str, str]:
    """reason_0 and so on, of several targets reason_rain_0, …; NULL where there are no more."""
    answer, effects = program.answer, range(1, len(program.effects))
    texts, told = list_reasons(program), range(len(answer.links))
    endings = _list_endings(answer)
    if answer.classes:
        shares = [names.own("y", k) for k in range(len(answer.classes))]
        choices = [(_is_largest(s, shares), str(k)) for k, s in enumerate(shares)]
        likeliest, told = names.own("likeliest"), range(1)
        steps.append([f"{choose(choices[:-1], choices[-1][1])} AS {likeliest}"])
    columns, strengths = [], {}
    for k in told:
        for e in effects:
            value = names.own(f"p{e}_", k)
            if answer.classes and len(answer.classes) == 2:
                value = choose([(f"{likeliest} = 0", f"-{value}")], value)
            elif answer.classes:
                every = [names.own(f"p{e}_", o) for o in range(len(answer.classes))]
                value = switch(likeliest, every, "NULL")
            strengths[k, e] = names.own(f"s{e}_", k)
            columns.append(f"{value} AS {strengths[k, e]}")
    steps.append(columns)
    results = {}
    for k in told:
        rows = []
        for e in effects:
            own = strengths[k, e]
            words = [
                choose([(f"{own} > 0", quote_text(up))], quote_text(down))
                for down, up in (each[e - 1] for each in texts)
            ]
            text = switch(likeliest, words, "NULL") if answer.classes else words[k]
            rows.append(f"SELECT {text} AS reason, ABS({own}) AS size, {e} AS place")
        source = f"({' UNION ALL '.join(rows)}) AS {names.own('told')}"
        where = f"size > 0 AND {names.own('y', k)} IS NOT NULL"
        for i in range(most):
            order = f"ORDER BY size DESC, place LIMIT 1 OFFSET {i}"
            title = f"reason_{i}" if answer.classes else f"reason{endings[k]}_{i}"
            query = f"(SELECT reason FROM {source} WHERE {where} {order})"
            results[title] = query if rows else "NULL"
    return results
