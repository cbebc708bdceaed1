"""Tables as one SELECT of SQL."""

from __future__ import annotations

import os
from collections.abc import Sequence

from edgewise._files import write_text
from edgewise.additive.source_sql import Quoter, check_names, quote_name
from edgewise.piecewise.lookup import Table, Tables, TableStage, check_tables

MOST_NUMBERS = 50_000
MOST_COLUMNS = 300


def to_sql(
    tables: Tables,
    path: str | os.PathLike[str] | None = None,
    *,
    table: str = "data",
    keep: Sequence[str] = (),
    materialized: bool = True,
) -> str:
    """A SELECT of the model's answers for the rows of a table, as ``prediction_0``, ….

    The table's columns are called as the model's inputs are. A NULL gives NULL. It needs CASE, CAST
    and arithmetic, and SQRT where the model has LayerNorm.

    Args:
        table: its name.
        keep: columns that the result has beside predictions.
        materialized: whether each step says AS MATERIALIZED, as PostgreSQL, SQLite and DuckDB
            understand it. Without the word a database may compute a step many times.

    Raises:
        TypeError: if it is given a model and no tables, or a name is no text.
        ValueError: if the network is too large for a query.

    Example:
        >>> import sqlite3, edgewise as ew
        >>> model = ew.surgery.from_formula("speed**2 + mass", basis="bspline")
        >>> query = ew.export.to_sql(ew.export.tabulate(model, (-1, 1)), materialized=False)
        >>> base = sqlite3.connect(":memory:")
        >>> table = base.execute("CREATE TABLE data AS SELECT 0.5 AS speed, 0.25 AS mass")
        >>> round(base.execute(query).fetchone()[0], 4)
        0.5
        >>> base.close()
    """
    check_tables("to_sql", tables)
    keep = check_names(table, keep, materialized)
    numbers = sum(t.values.size for stage in tables.stages for t in stage.tables)
    widths = [len(tables.inputs), *(len(stage.bias) for stage in tables.stages)]
    if numbers > MOST_NUMBERS or max(widths) > MOST_COLUMNS:
        raise ValueError(
            f"to_sql expected up to {MOST_NUMBERS:,} coefficients and layers of up to "
            f"{MOST_COLUMNS} nodes, got {numbers:,} and {max(widths)}: prune the model, or write C"
        )
    names = Quoter([*tables.input_names, *keep])
    kept = [quote_name(name) for name in keep]
    first = [
        f"CAST({names.column(i)} AS REAL) AS {names.own('h0_', k)}"
        for k, i in enumerate(tables.inputs)
    ]
    steps = [[*kept, *first]]
    for k, stage in enumerate(tables.stages):
        steps += _write_stage(stage, k, widths[k], names)
    last = len(tables.stages)
    results = [f"{names.own(f'h{last}_', o)} AS prediction_{o}" for o in range(widths[-1])]
    text, source, way = "", quote_name(table), "AS MATERIALIZED" if materialized else "AS"
    for k, step in enumerate(steps):
        carried = step if k == 0 else ["*", *step]
        inner = ",\n    ".join(carried)
        text += f"{'WITH' if k == 0 else ','} {names.own('step', k)} {way} (\n  SELECT {inner}\n"
        text += f"  FROM {source}\n)"
        source = names.own("step", k)
    text += f"\nSELECT {', '.join([*kept, *results])}\nFROM {source}\n"
    if path is not None:
        write_text(path, text)
    return text


def _write_stage(stage: TableStage, k: int, width: int, names: Quoter) -> list[list[str]]:
    steps = _write_norm(stage, k, width, names)
    for n, table in enumerate(stage.tables):
        source, tag = f"{'z' if table.standardized else 'h'}{k}_", f"{k}_{n}_"
        held = [_hold(names.own(source, i), table, i) for i in range(width)]
        u = [
            f"({x} - {_number(table.low[i])}) * {_number(table.inverse[i])}"
            for i, x in enumerate(held)
        ]
        steps.append([f"{value} AS {names.own('u' + tag, i)}" for i, value in enumerate(u)])
        last = table.cells - 1
        cells = [
            f"CASE WHEN {names.own('u' + tag, i)} >= {last}.0 THEN {last} "
            f"ELSE CAST({names.own('u' + tag, i)} AS INTEGER) END AS {names.own('c' + tag, i)}"
            for i in range(width)
        ]
        steps.append(cells)
        t = [
            f"{names.own('u' + tag, i)} - {names.own('c' + tag, i)} AS {names.own('t' + tag, i)}"
            for i in range(width)
        ]
        steps.append(t)
    sums = []
    for o, bias in enumerate(stage.bias):
        terms = [_number(bias)]
        for n, table in enumerate(stage.tables):
            terms += [_edge(table, i, o, f"{k}_{n}_", names) for i in range(width)]
        total = "\n      + ".join(terms)
        sums.append(f"{total} AS {names.own(f'h{k + 1}_', o)}")
    return [*steps, sums]


def _write_norm(stage: TableStage, k: int, width: int, names: Quoter) -> list[list[str]]:
    if stage.norm is None:
        return []
    columns = [names.own(f"h{k}_", i) for i in range(width)]
    mean, root = names.own("mean", k), names.own("root", k)
    squares = " + ".join(f"({c} - {mean}) * ({c} - {mean})" for c in columns)
    z = [
        f"({c} - {mean}) / {root} * {_number(stage.norm.weight[i])} + {_number(stage.norm.bias[i])}"
        f" AS {names.own(f'z{k}_', i)}"
        for i, c in enumerate(columns)
    ]
    return [
        [f"({' + '.join(columns)}) / {width}.0 AS {mean}"],
        [f"SQRT(({squares}) / {width}.0 + {_number(stage.norm.eps)}) AS {root}"],
        z,
    ]


def _hold(x: str, table: Table, i: int) -> str:
    low, high = _number(table.low[i]), _number(table.high[i])
    return f"CASE WHEN {x} < {low} THEN {low} WHEN {x} > {high} THEN {high} ELSE {x} END"


def _edge(table: Table, i: int, o: int, tag: str, names: Quoter) -> str:
    t, rows = names.own("t" + tag, i), table.values[i, :, :, o] * table.scale[:, o]
    whens = []
    for cell, row in enumerate(rows):
        text = _number(row[-1])
        for value in row[-2::-1]:
            text = f"{_number(value)} + {t} * ({text})"
        whens.append(f"WHEN {cell} THEN {text}")
    return f"CASE {names.own('c' + tag, i)} {' '.join(whens)} END"


def _number(value: float) -> str:
    text = repr(float(value))
    return f"({text})" if text.startswith("-") else text
