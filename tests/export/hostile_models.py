"""Estimators of every kind by seed, and rows that were drawn to break what they are written as."""

from __future__ import annotations

import functools

import numpy as np
import pandas as pd
import pytest

from edgewise.additive import choose, cross_validation, deep, interactions
from edgewise.additive.columns import LARGEST
from edgewise.piecewise.cells import Number
from edgewise.piecewise.writing import read_program
from edgewise.sklearn import KANClassifier, KANRegressor, KANSurvival

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
MULTIPLIED = ["poisson", "gamma", "tweedie", "negative_binomial", "lognormal"]
"""Losses of effects that multiply, whose expectation may be proportional to an exposure."""
LOSSES = [*MULTIPLIED, "binomial", "huber", "quantile"]
FIRST_KINDS = [
    *("number", "bounded", "targets", "multiplied", "two", "three", "whole", "truths"),
    *("poisson", "binomial", "quantile", "survival", "labels", "deep", "deep classes"),
    *("triples", "triples of classes", "quantiles"),
]
KINDS = [*FIRST_KINDS, "gamma", "tweedie", "negative_binomial", "lognormal", "huber"]
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
        "hour": np.where(none[1], np.nan, random.uniform(0, 24, rows)),
    }


def draw_table(seed, rows=160, fewest=2):
    """A table, what its columns are, a target for each kind of model, and names of categories."""
    random = np.random.default_rng(seed)
    columns = draw_columns(rows, random)
    kinds = sorted(random.choice(list(columns), random.integers(fewest, 7), replace=False))
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


def draw_target(kind, y, random):
    """Targets of a loss, whose means follow y."""
    rows, mean = len(y), np.exp(y / (1 + y.std()))
    return {
        "poisson": random.poisson(3 * mean),
        "negative_binomial": random.negative_binomial(2, 2 / (2 + 3 * mean)),
        "gamma": 1e-3 * mean * random.gamma(2, size=rows),
        "tweedie": 1e4 * mean * random.gamma(2, size=rows) * (random.uniform(size=rows) < 0.7),
        "lognormal": 1e12 * mean * np.exp(0.1 * random.normal(size=rows)),
        "binomial": np.round(4 / (1 + np.exp(-y))) / 4,
        "huber": 1e3 * y + 1e4 * (random.uniform(size=rows) < 0.05),
        "quantile": 1e-3 * y + 5e-2,
    }[kind]


def draw_loss(kind, seed, frame, y, settings, random):
    """A regressor of a loss; in every second round of kinds with a known part of the sum."""
    name = next(name for name in NAMES if name not in frame)
    settings |= {"loss": kind} | ({"quantile": 0.8} if kind == "quantile" else {})
    target, known = draw_target(kind, y, random), {}
    if seed // len(KINDS) % 2:
        return KANRegressor(**settings).fit(frame, target), {}
    if kind in MULTIPLIED:
        frame[name] = random.uniform(0.2, 5.0, len(y))
        target, known = target * np.ceil(frame[name].to_numpy()), {"exposure": name}
    else:
        frame[name] = random.normal(size=len(y))
        known = {"offset": name}
        target = target if kind == "binomial" else target + frame[name].to_numpy()
    return KANRegressor(**settings).fit(frame, target, **known), {"known": name}


def draw_survival(frame, y, settings, random):
    """A model of times, and the name of the column that programs read the time from."""
    end, lost = random.exponential(np.exp(-y / (1 + y.std()))), random.exponential(3, len(y))
    lives = np.array(list(zip(end <= lost, np.minimum(end, lost), strict=True)), "?,f8")
    model = KANSurvival(**settings).fit(frame, lives)
    frame["time"] = np.minimum(end, lost)
    return model, {"known": "time"}


def fit_beyond_pairs(kind, frame, y, settings):
    """A model with small networks, trained briefly, or triples, whatever the folds say."""
    settings = settings | {"interactions": kind.split()[0]}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(deep, "STEPS", 40)
        patch.setattr(deep, "HIDDEN", 4)
        patch.setattr(deep, "NETWORKS", 2)
        patch.setattr(interactions, "CLEAR", -1e300)
        patch.setattr(cross_validation, "PROBABLY", 1e300)
        patch.setattr(choose, "_pick", lambda losses, spare: max(losses, key=lambda key: key[1]))
        if "classes" not in kind:
            return KANRegressor(**settings).fit(frame, 1e3 * y + 5e3)
        codes = np.digitize(y, np.quantile(y, [0.3, 0.6]))
        labels = np.array(CLASSES["three"], dtype=object)[codes]
        return KANClassifier(**settings).fit(frame, labels)


def is_beyond(kind):
    """Whether there are interactions beyond pairs."""
    return kind.split()[0] in ("deep", "triples")


@functools.cache
def draw_estimator(seed, kind=None):
    """A fitted estimator and hostile rows for it."""
    kind = kind or KINDS[seed % len(KINDS)]
    frame, names, y, category, random = draw_table(seed, fewest=5 if is_beyond(kind) else 2)
    settings = {"cv": 2, "random_state": 0, "categorical_features": category or None}
    if "hour" in names:
        settings["cyclic"] = {names["hour"]: (0, 24)}
    if kind in LOSSES:
        model, added = draw_loss(kind, seed, frame, y, settings, random)
        names |= added
    elif kind == "survival":
        model, added = draw_survival(frame, y, settings, random)
        names |= added
    elif kind in CLASSES:
        labels = np.array(CLASSES[kind], dtype=object if kind in ("two", "three") else None)
        codes = np.digitize(y, np.quantile(y, np.linspace(0, 1, len(labels) + 1)[1:-1]))
        model = KANClassifier(**settings).fit(frame, labels[codes])
    elif is_beyond(kind):
        model = fit_beyond_pairs(kind, frame, y, settings)
    elif kind == "labels":
        labels = np.stack([y > np.median(y), np.roll(y, 1) + y > 0], 1).astype(int)
        names_of_labels = ["it's", 'say "hi"']
        model = KANClassifier(**settings).fit(frame, pd.DataFrame(labels, columns=names_of_labels))
    else:
        targets = {
            "number": 1e3 * y + 5e3,
            "bounded": y,
            "targets": np.stack([y, np.exp(y / 3)], 1),
            "multiplied": np.exp(y),
            "quantiles": y * (1 + random.standard_normal(len(y))),
        }
        more = {
            "bounded": {"bounds": (-1, None)},
            "quantiles": {"loss": "quantile", "quantile": [0.2, 0.4, 0.5, 0.8]},  # which cross
        }
        model = KANRegressor(**settings, **more.get(kind, {})).fit(frame, targets[kind])
    columns = read_program(model, "test").effects[1:2]
    if (seed % 3 == 1 or kind == "labels") and columns:
        model = model.edit(columns[0], "flatten")
    return model, draw_rows(model, frame, names, random)


def draw_rows(model, frame, names, random, rows=120):
    """Rows of the table in which values are replaced by hostile ones.

    A column without an effect, which predictions don't read and intervals may, holds no infinity.
    """
    frame = frame.sample(rows, replace=True, random_state=int(random.integers(2**31)))
    frame = frame.reset_index(drop=True)
    borders = find_borders(model)
    used = {reading.column for reading in read_program(model, "test").stages[0].input_readings()}
    for k, name in enumerate(frame.columns):
        kind = next(kind for kind, own in names.items() if own == name)
        if kind == "flag":
            continue
        if kind in ("level", "number"):
            others = UNSEEN if kind == "level" else [2.5, 0.30000000000000010, 4.0, -0.0, 2.0**53]
            missing = [None, "<NA>"] if kind == "level" else [np.nan]
            hostile = np.array([*others, *missing], dtype=object)
        else:
            more = INFINITE if k in used else []
            hostile = np.array(
                [*EXTREME, *more, np.nan, 2.5, 99, *borders.get(k, [])], dtype=object
            )
            if kind in ("hour", "known") and k not in used:
                continue
        chosen = random.uniform(size=rows) < 0.4
        values = frame[name].astype(object).to_numpy(copy=True)
        values[chosen] = random.choice(hostile, rows)[chosen]
        frame[name] = values if kind == "level" else values.astype(float)
    return frame


def find_borders(model):
    """Numbers at the borders of cells and one ulp beside them, by column."""
    found: dict[int, list[float]] = {}
    for reading in read_program(model, "test").stages[0].input_readings():
        if isinstance(reading, Number):
            ends = [u for u in (reading.low, *reading.places, reading.high) if np.isfinite(u)]
            with np.errstate(over="ignore"):
                at = np.sinh(ends) if reading.tame else np.array(ends)
                x = reading.centre + reading.scale * at
            x = x[np.isfinite(x)]
            near = [x, np.nextafter(x, -np.inf), np.nextafter(x, np.inf)]
            found.setdefault(reading.column, []).extend(np.concatenate(near).tolist())
    return found


def has_interval(model):
    """Whether there is an interval or a set that programs can have."""
    if isinstance(model, KANSurvival):
        return False
    if np.ndim(getattr(model, "quantile", 0)):
        return False
    return getattr(model, "loss", "squared_error") in ("squared_error", "huber", "quantile")


def has_labels(model):
    """Whether it predicts several labels, whose probabilities programs give as numbers."""
    return isinstance(model, KANClassifier) and len(model.models_) > 1


def list_classes(model):
    """The classes among which programs choose, or None."""
    return None if has_labels(model) else getattr(model, "classes_", None)


def count_outputs(model):
    """How many numbers are predicted."""
    return len(getattr(model, "models_", [0]))


def is_refused(model, rows):
    """Which rows the model refuses for what a column holds that it reads."""
    program = read_program(model, "test")
    refused = np.zeros(len(rows), dtype=bool)
    for k in {reading.column for reading in program.stages[0].input_readings()}:
        if not program.categorical[k]:
            refused |= program.accepted[k].refuses(rows.iloc[:, k].to_numpy(dtype=float))
    return refused


def predict(model, rows):
    """What programs compute: predictions, probabilities of labels, and of survival the cumulative
    hazard at the time."""
    if has_labels(model):
        return model.predict_proba(rows)
    if not isinstance(model, KANSurvival):
        return model.predict(rows)
    x, times = rows.iloc[:, :-1], rows["time"].to_numpy()
    return np.diag(model.predict_cumulative_hazard_function(x, times, return_array=True))


def answer(method, rows, refused):
    """What a method answers, NaN for rows that are refused, (rows, answers)."""
    with np.errstate(over="ignore"):
        told = np.asarray(method(rows[~refused]), dtype=object).reshape(int((~refused).sum()), -1)
    found = np.full((len(rows), told.shape[1]), np.nan, dtype=object)
    found[~refused] = told
    return found
