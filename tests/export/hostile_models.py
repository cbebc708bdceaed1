"""Estimators of every kind by seed, and rows that were drawn to break what they are written as."""

from __future__ import annotations

import numpy as np
import pandas as pd

from edgewise.additive.columns import LARGEST
from edgewise.piecewise.cells import Number
from edgewise.piecewise.program import read_program
from edgewise.sklearn import KANClassifier, KANRegressor

NAMES = [
    "x; DROP TABLE data; --",
    'it\'s "quoted"',
    "edgewise_h0_0",
    "edgewise_row",
    "naïve\nname {0} %s \\",
    "SELECT",
    " ",
    "prediction",
    "{data}",
    "%(data)s",
    "__proto__",
    "toString",
    "DATA",
    "x9",
    "EDGEWISE_step0",
    "*/ // # '''",
]
LEVELS = [
    *(
        "plain",
        "it's",
        'say "hi"',
        "'); DROP TABLE data; --",
        "ünï\tcode\n",
        "{scales}",
        "%(name)s",
    ),
    *("a", "A", "a ", "é", "e\u0301", "İ", "", "NULL", "None", "nan", "1", "1.0", "01", "3"),
    *("true", "True", "</script>", "\\", "aaa"),
]
UNSEEN = ["unseen", "b", "É", "2", "3.0", "TRUE", "<na>", "plain ", "aa", "\ufeffa", "{single}"]
NUMBERS = [0.5, 1e-5, 3.0, 1e20, 0.3, 0.1 + 0.2, -2.0, 0.0, 1e-300]
EXTREME = [0.0, -0.0, 5e-324, -5e-324, 1e-310, 1e300, -1e300, LARGEST, -LARGEST]
INFINITE = [np.inf, -np.inf, 1.7e308, float(np.nextafter(-LARGEST, -np.inf))]
"""And what is too large."""
KINDS = ["number", "bounded", "targets", "multiplied", "two", "three", "whole", "truths"]
CLASSES = {
    "two": ["{single}", "yes, it's"],
    "three": ["%(data)s", 'b"', "c\\"],
    "whole": [3, 5, 7, 11],
    "truths": [False, True],
}


def draw_columns(rows, random):
    """Columns of all kinds, of which a table has some."""
    normal, none = random.normal(size=rows), random.uniform(size=(3, rows)) < 0.1
    return {
        "plain": np.where(none[0], np.nan, normal),
        "whole numbers": random.integers(-5, 40, rows),
        "tail": random.standard_cauchy(rows) ** 3,
        "tiny": random.normal(size=rows) * 1e-140,
        "huge": random.normal(size=rows) * 1e140,
        "few": random.integers(0, 9, rows),
        "steps": np.where(none[1], np.nan, random.integers(0, 3, rows).astype(float)),
        "level": np.where(none[2], None, random.choice(np.array(LEVELS, dtype=object), rows)),
        "number": random.choice(NUMBERS, rows),
        "flag": random.choice([True, False], rows),
    }


def draw_table(seed, rows=160):
    """A table, what its columns are, a target for each kind of model, and names of categories."""
    random = np.random.default_rng(seed)
    columns = draw_columns(rows, random)
    kinds = sorted(random.choice(list(columns), random.integers(2, 7), replace=False))
    names = dict(zip(kinds, random.choice(NAMES, len(kinds), replace=False).tolist(), strict=True))
    frame = pd.DataFrame({names[kind]: pd.Series(columns[kind]) for kind in kinds})
    y = np.zeros(rows)
    for kind in kinds:
        codes = pd.factorize(frame[names[kind]], sort=False)[0]
        y += random.normal() * np.sin(random.uniform(0.3, 3) * codes)
    first, second = (pd.factorize(frame[names[kind]], sort=True)[0] for kind in kinds[:2])
    y += 2.0 * np.sin(5.0 * first / first.max()) * (second > second.max() / 2)
    y += 0.05 * random.normal(size=rows)
    category = [names["number"]] if "number" in names else []
    return frame, names, y, category, random


def draw_estimator(seed, kind=None):
    """A fitted estimator and hostile rows for it."""
    frame, names, y, category, random = draw_table(seed)
    kind = kind or KINDS[seed % len(KINDS)]
    settings = {"cv": 2, "random_state": 0, "categorical_features": category or None}
    if kind in CLASSES:
        labels = np.array(CLASSES[kind], dtype=object if kind in ("two", "three") else None)
        codes = np.digitize(y, np.quantile(y, np.linspace(0, 1, len(labels) + 1)[1:-1]))
        model = KANClassifier(**settings).fit(frame, labels[codes])
    else:
        targets = {
            "number": 1e3 * y + 5e3,
            "bounded": y,
            "targets": np.stack([y, np.exp(y / 3)], 1),
            "multiplied": np.exp(y),
        }
        bounds = {"bounds": (-1, None)} if kind == "bounded" else {}
        model = KANRegressor(**settings, **bounds).fit(frame, targets[kind])
    columns = read_program(model, "test").effects[1:2]
    if seed % 3 == 1 and columns:
        model = model.edit(columns[0], "flatten")
    return model, draw_rows(model, frame, names, random)


def draw_rows(model, frame, names, random, rows=240):
    """Rows of the table in which values are replaced by hostile ones.

    A column without an effect, which predictions don't read and intervals may, holds no infinity.
    """
    frame = frame.sample(rows, replace=True, random_state=int(random.integers(2**31)))
    frame = frame.reset_index(drop=True)
    borders = find_borders(model)
    used = {reading.column for reading in read_program(model, "test").stages[0].readings()}
    for k, name in enumerate(frame.columns):
        kind = next(kind for kind, own in names.items() if own == name)
        if kind == "flag":
            continue
        if kind in ("level", "number"):
            others = UNSEEN if kind == "level" else [2.5, 0.30000000000000010, 4.0, -0.0, 2.0**53]
            missing = [None, "<NA>"] if kind == "level" else [np.nan]
            hostile = np.array([*others, *missing], dtype=object)
        else:
            hostile = np.array(
                [*EXTREME, *(INFINITE if k in used else []), np.nan, 2.5, 99, *borders.get(k, [])],
                dtype=object,
            )
        chosen = random.uniform(size=rows) < 0.4
        values = frame[name].astype(object).to_numpy(copy=True)
        values[chosen] = random.choice(hostile, rows)[chosen]
        frame[name] = values if kind == "level" else values.astype(float)
    return frame


def find_borders(model):
    """Numbers at the borders of cells and one ulp beside them, by column."""
    found: dict[int, list[float]] = {}
    for reading in read_program(model, "test").stages[0].readings():
        if isinstance(reading, Number):
            ends = [u for u in (reading.low, *reading.places, reading.high) if np.isfinite(u)]
            with np.errstate(over="ignore"):
                at = np.sinh(ends) if reading.tame else np.array(ends)
                x = reading.centre + reading.scale * at
            x = x[np.isfinite(x)]
            near = [x, np.nextafter(x, -np.inf), np.nextafter(x, np.inf)]
            found.setdefault(reading.column, []).extend(np.concatenate(near).tolist())
    return found


def is_refused(model, rows):
    """Which rows have a number that is infinite or too large in a column that the model reads."""
    program = read_program(model, "test")
    used = {reading.column for reading in program.stages[0].readings()}
    refused = np.zeros(len(rows), dtype=bool)
    for k in used:
        if not program.categorical[k]:
            refused |= np.abs(rows.iloc[:, k].to_numpy(dtype=float)) > LARGEST
    return refused


def answer(method, model, rows):
    """What the model itself answers, NaN for rows that are refused, (rows, answers)."""
    refused = is_refused(model, rows)
    finite = rows.copy()
    for name in finite:
        if finite[name].dtype.kind == "f":
            finite[name] = finite[name].replace(INFINITE, 0.0)
    with np.errstate(over="ignore"):
        found = np.asarray(method(finite), dtype=object)
    found = found.reshape(len(rows), -1).copy()
    found[refused] = np.nan
    return found
