"""A program as one module of Python: a network's needs NumPy, an estimator's no package."""

from __future__ import annotations

from edgewise.piecewise.literals import list_program
from edgewise.piecewise.program import Program

_NETWORK = '''"""%(name)s: rows of %(count)s numbers to %(out)s; by edgewise, with NumPy alone."""

import numpy as np

DATA = %(data)s
BOUND = DATA["bound"]
INPUTS = DATA["input_names"]


def _standardize(norm, x):
    away = x - x.mean(1, keepdims=True)
    deviation = np.sqrt(np.square(away).mean(1, keepdims=True) + norm["eps"])
    return away / deviation * norm["weight"] + norm["bias"]


def _add(table, x, totals):
    cells, powers, out = table["cells"], table["powers"], totals[0].shape[1]
    values = np.reshape(table["values"], (x.shape[1], cells, powers, out))
    scale = np.reshape(table["scale"], (powers, out))
    u = (np.clip(x, table["low"], table["high"]) - table["low"]) * table["inverse"]
    cell = np.minimum(np.nan_to_num(u).astype(int), cells - 1)
    for i in range(x.shape[1]):
        chosen, t = values[i, cell[:, i]] * scale, (u - cell)[:, i, None]
        value = 0 * t
        for p in range(powers - 1, -1, -1):
            value = value * t + chosen[:, p]
        totals[i + 1] += value


def _run(stage, x, totals):
    """Add the stage's start to the first of totals, and what each input gives to its own."""
    for total, start in zip(totals, stage["start"]):
        total += start
    z = _standardize(stage["norm"], x) if stage["norm"] else x
    for table in stage["tables"]:
        _add(table, z if table["standardized"] else x, totals)


def _read(rows):
    x = np.asarray(rows, dtype=float)
    if x.ndim != 2 or x.shape[1] != %(count)s:
        raise ValueError(f"expected rows of %(count)s numbers, got shape {x.shape}")
    return x[:, DATA["inputs"]]


def %(name)s(rows):
    """What the model answers, (rows, %(count)s) to (rows, %(out)s), within BOUND."""
    x = _read(rows)
    for stage in DATA["stages"]:
        total = np.zeros((len(x), len(stage["start"][0])))
        _run(stage, x, [total] * (1 + stage["effects"]))
        x = total
    return x
'''

_NETWORK_CONTRIBUTIONS = '''

EFFECTS = DATA["effects"]


def contributions(rows):
    """What each of EFFECTS adds to the answers, (rows, effects, outputs)."""
    x, stage = _read(rows), DATA["stages"][0]
    parts = np.zeros((len(EFFECTS), len(x), %(out)s))
    _run(stage, x, list(parts))
    return parts.swapaxes(0, 1)
'''

_ESTIMATOR = '''"""Predictions of an additive model: %(name)s({"column": value, …}); by edgewise.

A missing value is None or NaN. Terms of the sum have polynomials for each cell of their columns,
with a coefficient for each power.
"""

from bisect import bisect_right
from math import asinh, exp, inf

DATA = %(data)s
INPUTS = DATA["input_names"]
CLASSES = DATA["classes"]
STAGE = DATA["stages"][0]
for _term in STAGE["terms"]:
    for _reading in _term[2]:
        if _reading[0] == "names":
            _reading[3] = dict(_reading[3])


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


def _run(row, totals):
    """Add the start to the first of totals, and what each effect gives to its own."""
    for total, start in zip(totals, STAGE["start"]):
        for output, value in enumerate(start):
            total[output] += value
    for effect, first, readings, table in STAGE["terms"]:
        places = [_locate(reading, row) for reading in readings]
        if None in places:
            continue
        for cell, _ in places:
            table = table[cell]
        for output, powers in enumerate(table, first):
            if len(places) == 2:
                powers = [_polynomial(inner, places[1][1]) for inner in powers]
            totals[effect][output] += _polynomial(powers, places[0][1])


def _sums(row):
    total = [0.0] * len(STAGE["start"][0])
    _run(row, [total] * (1 + STAGE["effects"]))
    return total


def _hold(value, low, high):
    return min(max(value, low), high)
'''

_NUMBERS = '''

def %(name)s(row):
    """The expected target of a row, or a list of them."""
    values = []
    for effects, link, scale in zip(_sums(row), DATA["links"], DATA["scales"]):
        mean = exp(_hold(effects, -60.0, 60.0)) if link == "log" else effects
        values.append(_hold(scale * mean, *DATA["bounds"]))
    return values[0] if DATA["single"] else values
'''

_CLASSES = '''

def %(name)s_proba(row):
    """The share of each of CLASSES."""
    sums = _sums(row)
    if DATA["links"][0] == "logistic":
        share = 1.0 / (1.0 + exp(-_hold(sums[0], -60.0, 60.0)))
        return [1.0 - share, share]
    powers = [exp(effects - max(sums)) for effects in sums]
    return [power / sum(powers) for power in powers]


def %(name)s(row):
    """The likeliest class of a row."""
    shares = %(name)s_proba(row)
    return CLASSES[shares.index(max(shares))]
'''

_CONTRIBUTIONS = '''

EFFECTS = DATA["effects"]


def contributions(row):
    """What each of EFFECTS adds to the sums before the link: a list of outputs for each."""
    totals = [[0.0] * len(start) for start in STAGE["start"]]
    _run(row, totals)
    return totals
'''


def write_python(program: Program, name: str, effects: list[str]) -> str:
    """One module with a function of rows, or of a dictionary with a value for each column."""
    if program.is_network:
        parts = [_NETWORK, *([_NETWORK_CONTRIBUTIONS] if effects else [])]
    else:
        answers = _NUMBERS if program.answer.classes is None else _CLASSES
        parts = [_ESTIMATOR, answers, *([_CONTRIBUTIONS] if effects else [])]
    items = list_program(program, effects).items()
    data = "{\n" + "".join(f"    {key!a}: {value!a},\n" for key, value in items) + "}"
    count, out = str(program.in_features), str(program.out_features)
    text = "".join(parts)
    for key, value in (("name", name), ("count", count), ("out", out), ("data", data)):
        text = text.replace(f"%({key})s", value)  # data last: its texts are left alone
    return text
