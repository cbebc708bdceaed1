"""How much of the gap to the best model of a table is hindsight: other splits of the same rows.

The best of three models on test rows is known only afterwards. Beside the plain models of discover
stands a chooser that takes the one of the three that five folds prefer, and each of the three.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from statistics import mean
from typing import Any

import numpy as np

from benchmarks.discovery.cases import Array, Data
from benchmarks.discovery.judge import r2_of
from benchmarks.discovery.measured import MEASURED
from benchmarks.discovery.programs import MODELS
from benchmarks.markdown import table
from edgewise.discovery.baselines import plain_candidates
from edgewise.discovery.problem import Problem
from edgewise.discovery.selection import BLEND, NEARLY
from edgewise.formula.program import Program

FAR = 0.02
OURS, CHOOSER = "discover's plain models", "the one of three that folds prefer"


def compare(name: str, seeds: range) -> str:
    """A table of Markdown: R² behind the best of three on test rows, over splits of a table."""
    gaps: dict[str, list[float]] = {}
    for seed in seeds:
        data = MEASURED[name](seed)
        for program, behind in _measure(data):
            gaps.setdefault(program, []).append(behind)
    lines = [
        [program, f"{mean(g):+.4f}", f"{mean(v > FAR for v in g):.0%}"]
        for program, g in gaps.items()
    ]
    return table([f"{name}, {len(seeds)} splits", "behind the best", f"more than {FAR}"], lines)


def _measure(data: Data) -> Iterator[tuple[str, float]]:
    problem = Problem(data.x, data.y)
    models = {name: _fit(make, data.x, data.y) for name, make in MODELS.items()}
    r2 = {name: r2_of(m.predict(data.x_test), data.y_test) for name, m in models.items()}
    best = max(r2.values())
    missed = {name: _cross_validate(make, problem) for name, make in MODELS.items()}
    yield OURS, best - r2_of(_predict_plainly(problem, data.x_test), data.y_test)
    yield CHOOSER, best - r2[min(missed, key=lambda name: missed[name])]
    for name, value in r2.items():
        yield name, best - value


def _fit(make: Any, x: Array, y: Array) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of iterations that end early
        return make().fit(x, y)


def _cross_validate(make: Any, problem: Problem) -> float:
    """The mean square that a model misses of rows not fitted."""
    missed = 0.0
    for fold in np.unique(problem.folds):
        out = problem.folds == fold
        model = _fit(make, problem.x[~out], problem.y[~out])
        missed += float(np.square(problem.y[out] - model.predict(problem.x[out])).sum())
    return missed


def _predict_plainly(problem: Problem, x: Array) -> Array:
    """What discover answers if no formula beats the plain models."""
    models = plain_candidates(problem)
    best = min(models, key=lambda m: m.mse)
    blend = [m for m in models if f"{m.name} model" == BLEND and m.mse <= NEARLY * best.mse]
    return Program((blend or [best])[0].tree).values(x)
