"""A program as one module of Python: a network's needs NumPy, an estimator's no package."""

from __future__ import annotations

from edgewise.piecewise.program import Program, list_reasons
from edgewise.piecewise.templates import fill, list_data

_NETWORK = '''"""%(name)s: rows of %(count)s numbers to %(out)s; by edgewise, with NumPy alone."""

from math import inf

import numpy as np

DATA = %(data)s
BOUND = DATA["report"]["bound"]
INPUTS = DATA["input_names"]
for _stage in DATA["stages"]:
    for _table in _stage["tables"]:
        _table.update({key: np.array(_table[key]) for key in ("values", "scale")})


def _standardize(norm, x):
    away = x - x.mean(1, keepdims=True)
    deviation = np.sqrt(np.square(away).mean(1, keepdims=True) + norm["eps"])
    return away / deviation * norm["weight"] + norm["bias"]


def _add(table, x, totals):
    values, scale = table["values"], table["scale"]
    u = (np.clip(x, table["low"], table["high"]) - table["low"]) * table["inverse"]
    cell = np.minimum(np.nan_to_num(u).astype(int), values.shape[1] - 1)
    for i in range(x.shape[1]):
        chosen, t = values[i, cell[:, i]] * scale, (u - cell)[:, i, None]
        value = 0 * t
        for p in reversed(range(len(scale))):
            value = value * t + chosen[:, p]
        totals(i + 1)[:] += value


def _run(stage, x, totals):
    """Add the stage's start and what each input gives to totals(k), k the number of an effect."""
    for k, start in enumerate(stage["start"]):
        totals(k)[:] += start
    z = _standardize(stage["norm"], x) if stage["norm"] else x
    for table in stage["tables"]:
        _add(table, z if table["standardized"] else x, totals)


def _read(rows):
    x = np.asarray(rows, dtype=float)
    if x.ndim != 2 or x.shape[1] != %(count)s:
        raise ValueError(f"expected rows of %(count)s numbers, got shape {x.shape}")
    return np.clip(x, *np.transpose(DATA["domain"]))[:, DATA["inputs"]]


def %(name)s(rows):
    """What the model answers, (rows, %(count)s) to (rows, %(out)s), within BOUND."""
    x = _read(rows)
    for stage in DATA["stages"]:
        total = np.zeros((len(x), len(stage["start"][0])))
        _run(stage, x, lambda k: total)
        x = total
    return x
'''

_NETWORK_CONTRIBUTIONS = '''

EFFECTS = DATA["effects"]


def contributions(rows):
    """What each of EFFECTS adds to the answers, (rows, effects, outputs)."""
    x, stage = _read(rows), DATA["stages"][0]
    parts = np.zeros((len(EFFECTS), len(x), %(out)s))
    _run(stage, x, lambda k: parts[k])
    return parts.swapaxes(0, 1)
'''

_ESTIMATOR = '''"""Predictions of an additive model: %(name)s({"column": value, …}); by edgewise.

A missing value is None or NaN. Terms of the sum have polynomials for each cell of their columns,
with a coefficient for each power.
"""

from bisect import bisect_right
from math import asinh, exp, inf, nan

DATA = %(data)s
INPUTS = DATA["input_names"]
ANSWER = DATA["answer"]
CLASSES = ANSWER["classes"]
OUTPUTS = ANSWER["outputs"]
STAGE = DATA["stages"][0]
INTERVAL = DATA["interval"]
_stages = [STAGE, INTERVAL["stage"]] if INTERVAL else [STAGE]
_stages += [_stage["hidden"] for _stage in _stages if _stage["hidden"]]
for _term in [_term for _stage in _stages for _term in _stage["terms"]]:
    for _reading in _term["readings"]:
        if _reading["kind"] == "Names":
            _reading["cells"] = dict(_reading["cells"])


def _is_missing(value):
    return value is None or str(value) == "<NA>" or value != value


def _number(value, column):
    accepted = DATA["accepted"][column]
    if _is_missing(value):
        if not accepted["missing"]:
            raise ValueError(f"expected a number as {INPUTS[column]!r}, got {value}")
        return nan
    number, low, high = float(value), accepted["low"], accepted["high"]
    if not low <= number <= high:
        raise ValueError(f"expected {INPUTS[column]!r} from {low:.3g} to {high:.3g}, got {value}")
    return number


def _label(value):
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _hold(value, low, high):
    return min(max(value, low), high)


def _locate(reading, row, hidden):
    """The cell of a value, -1 for none, and how far it is into it."""
    column = reading["column"]
    if reading["kind"] == "Number":
        inner = reading["hidden"]
        number = hidden[column] if inner else _number(row[INPUTS[column]], column)
        if number != number:
            return reading["missing"], 0.0
        u = (number - reading["centre"]) / reading["scale"]
        u = _hold(asinh(u) if reading["tame"] else u, reading["low"], reading["high"])
        cell = bisect_right(reading["places"], u)
        return cell, u - reading["places"][max(cell - 1, 0)]
    value = row[INPUTS[column]]
    if reading["numbers"]:
        number = _number(value, column)
        label = str(int(number)) if number.is_integer() else None
    else:
        label = None if _is_missing(value) else _label(value)
    return reading["cells"].get(label, -1), 0.0


def _polynomial(coefficients, t):
    value = 0.0
    for coefficient in reversed(coefficients):
        value = value * t + coefficient
    return value


def _run(stage, row, totals):
    """Add the start and what each effect gives to totals(k), k the number of the effect."""
    for k, start in enumerate(stage["start"]):
        for output, value in enumerate(start):
            totals(k)[output] += value
    hidden = _sums(stage["hidden"], row) if stage["hidden"] else []
    for term in stage["terms"]:
        places = [_locate(reading, row, hidden) for reading in term["readings"]]
        (cell, t), (other, v) = [*places, (0, 0.0)][:2]
        if cell >= 0 and other >= 0:
            powers = term["table"][cell][other]
            for output in range(len(powers[0][0])):
                inner = [_polynomial([c[output] for c in each], v) for each in powers]
                totals(term["effect"])[term["first"] + output] += _polynomial(inner, t)


def _sums(stage, row):
    total = [0.0] * len(stage["start"][0])
    _run(stage, row, lambda k: total)
    return total
'''

_NUMBERS = '''

def _targets(sums):
    values = []
    for effects, link, limits in zip(sums, ANSWER["links"], ANSWER["limits"]):
        held = _hold(effects, *limits)
        mean = exp(held) if link == "log" else effects
        if link == "logistic":
            mean = 1.0 / (1.0 + exp(-held))
        values.append(_hold(mean, *ANSWER["bounds"]))
    return sorted(values) if ANSWER["rising"] else values


def %(name)s(row):
    """The expected target of a row, or a list with one for each of OUTPUTS."""
    values = _targets(_sums(STAGE, row))
    return values[0] if ANSWER["single"] else values
'''

_INTERVAL = '''

def %(name)s_interval(row):
    """The ends of the interval of coverage INTERVAL["coverage"], or of each target."""
    now, found = _targets(_sums(STAGE, row)), _sums(INTERVAL["stage"], row)
    known = _targets(found[len(now):]) if INTERVAL["edited"] else now
    ends = []
    for k, (below, above) in enumerate(INTERVAL["ends"]):
        size = exp(_hold(found[k], *INTERVAL["limits"][k]))
        both = min(known[k] + below * size, now[k]), max(known[k] + above * size, now[k])
        ends.append([_hold(end, *ANSWER["bounds"]) for end in both])
    return ends[0] if ANSWER["single"] else ends
'''

_SET = '''

def _list_shares(sums):
    return [_shares(sums)] if CLASSES else [[1.0 - share, share] for share in _targets(sums)]


def %(name)s_set(row):
    """The classes that a row may have, or the values, 0 and 1, that each of OUTPUTS may have."""
    now = known = _list_shares(_sums(STAGE, row))
    if INTERVAL["edited"]:
        known = _list_shares(_sums(INTERVAL["stage"], row))
    sets = []
    for own, before, least in zip(now, known, INTERVAL["least"]):
        sets.append([k for k, b in enumerate(before) if b >= least or own[k] == max(own)])
    return [CLASSES[k] for k in sets[0]] if CLASSES else sets
'''

_CLASSES = '''

def _shares(sums):
    if ANSWER["links"][0] == "logistic":
        share = 1.0 / (1.0 + exp(-_hold(sums[0], *ANSWER["limits"][0])))
        return [1.0 - share, share]
    powers = [exp(effects - max(sums)) for effects in sums]
    return [power / sum(powers) for power in powers]


def %(name)s_proba(row):
    """The share of each of CLASSES."""
    return _shares(_sums(STAGE, row))


def %(name)s(row):
    """The likeliest class of a row."""
    shares = %(name)s_proba(row)
    return CLASSES[shares.index(max(shares))]
'''

_CONTRIBUTIONS = '''

EFFECTS = DATA["effects"]


def contributions(row):
    """What each of EFFECTS adds to the sums before the link: a list of outputs for each."""
    totals = [[0.0] * len(STAGE["start"][0]) for _ in EFFECTS]
    _run(STAGE, row, lambda k: totals[k])
    return totals
'''


_REASONS = '''

REASONS = %(reasons)s


def reasons(row):
    """The strongest effects in words, up to %(most)s, of the likeliest class or of each target."""
    parts, found = contributions(row)[1:], []
    if CLASSES is None:
        strengths = [[part[k] for part in parts] for k in range(len(REASONS))]
        chosen = list(zip(REASONS, strengths))
    else:
        shares = %(name)s_proba(row)
        likeliest = shares.index(max(shares))
        sign = -1.0 if len(CLASSES) == 2 and not likeliest else 1.0
        place = 0 if len(CLASSES) == 2 else likeliest
        chosen = [(REASONS[likeliest], [sign * part[place] for part in parts])]
    for texts, values in chosen:
        order = sorted(range(len(values)), key=lambda e: -abs(values[e]))
        order = [e for e in order if values[e]][:%(most)s]
        found.append([texts[e][values[e] > 0] for e in order])
    return found[0] if len(found) == 1 and ANSWER["single"] else found
'''


def write_python(program: Program, name: str, contributions: bool, reasons: int) -> str:
    """One module with a function of rows, or of a dictionary with a value for each column."""
    if program.is_network:
        parts = [_NETWORK, *([_NETWORK_CONTRIBUTIONS] if contributions else [])]
    else:
        answers = _NUMBERS if program.answer.classes is None else _CLASSES
        parts = [_ESTIMATOR, answers, *([_CONTRIBUTIONS] if contributions else [])]
        if program.interval is not None:
            parts.append(_SET if program.interval.least else _INTERVAL)
        parts += [_REASONS] if reasons else []
    items = list_data(program).items()
    data = "{\n" + "".join(f"    {key!a}: {value!a},\n" for key, value in items) + "}"
    count, out = str(program.in_features), str(program.out_features)
    text = "".join(parts)
    values = {"name": name, "count": count, "out": out, "data": data, "most": str(reasons)}
    return fill(text, values | {"reasons": ascii(list_reasons(program))})
