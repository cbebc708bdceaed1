"""Programs behind one call: data, seconds and seed → answer."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.discovery import peers, pykan
from benchmarks.discovery.cases import Answer, Array, Data, Program
from benchmarks.discovery.dice import Dice
from benchmarks.discovery.equations import tree_of
from benchmarks.discovery.judge import relative_error
from edgewise.formula.expression import Expression, Input, Number
from edgewise.formula.printing import safe_names, to_text

UNREADABLE = (ValueError, NameError, TypeError, SyntaxError, RecursionError)


def run_edgewise(data: Data, budget: float, seed: int, evaluations: int | None = None) -> Answer:
    """Ours.

    Its seconds are those of the processor, like its budget: a busy machine says the same.
    """
    from edgewise import discover

    began = time.process_time()
    found: Any = discover(
        data.x,
        data.y,
        budget=budget,
        evaluations=evaluations,
        seed=seed,
        progress=False,
        **data.options,
    )
    return answer_of(found, data, time.process_time() - began)


def answer_of(found: Any, data: Data, seconds: float) -> Answer:
    """What a result of `edgewise.discover` says.

    Its sympy expression and its own predictions count, the worse of both.
    """
    predicted = np.asarray(found.predict(data.x_test), dtype=np.float64)
    printed = values_of(found.formula, safe_names(found.input_names), data.x_test)
    verdict = asdict(found.verdict)
    return Answer(
        values=max(predicted, printed, key=lambda v: relative_error(v, data.y_test)),
        formula=str(found.winner),
        seconds=seconds,
        verdict=found.verdict.kind,
        tree=found.winner.tree,
        about={
            "source": found.winner.source,
            "evaluations": found.evaluations,
            "baseline": found.baseline,
            **{name: verdict.get(name) for name in ("probability", "reason")},
        },
        front=[formula.tree for formula in found.front],
    )


def values_of(expression: Any, names: list[str], x: Array) -> Array:
    """A sympy expression at each row; NaN where it has no real value; (rows,)"""
    import sympy

    if expression.has(sympy.nan, sympy.oo, -sympy.oo, sympy.zoo):
        return np.full(len(x), np.nan)
    by_name = {symbol.name: symbol for symbol in expression.free_symbols}
    symbols = [by_name.get(name, sympy.Symbol(name)) for name in names]
    function = sympy.lambdify(symbols, expression, ["numpy", "scipy"])
    with np.errstate(all="ignore"):
        values = np.broadcast_to(np.asarray(function(*x.T)), len(x))
    return np.where(np.isreal(values), values.real, np.nan)


def run_peer(
    name: str, python: Path, data: Data, budget: float, seed: int, threads: int = 1
) -> Answer:
    """operon, gplearn or lmfit in its own Python.

    Its formula in float64 or its own predictions count, the better of both, so that nobody loses by
    how a formula is printed.
    """
    told = _tell(data, seed) if name in peers.TOLD else None
    found = peers.run(
        python, name, data.x, data.y, data.x_test, seconds=budget, seed=seed, threads=threads,
        told=told,
    )  # fmt: skip
    return _theirs(found["test_prediction"], [found["formula"]], data, found["seconds"])


def _tell(data: Data, seed: int) -> dict[str, Any]:
    """The right formula, its numbers as further inputs that start up to a fifth off.

    Raises:
        ValueError: if nobody knows it.
    """
    if data.truth is None:
        raise ValueError("expected data of a known formula, got data without one")
    inputs, numbers = data.x.shape[1], [n for n in data.truth.numbers() if n.exact is None]
    places = iter(range(inputs, inputs + len(numbers)))
    tree = _renumber(data.truth, places)
    names = [f"X{k + 1}" for k in range(inputs + len(numbers))]
    off = 1 + 0.4 * (Dice(seed, 44).uniforms(len(numbers)) - 0.5)
    return {"model": to_text(tree, names), "start": off * [n.value for n in numbers]}


def _renumber(tree: Expression, places: Iterator[int]) -> Expression:
    """The tree with an input of its own in the place of each number that was fitted."""
    return tree.replace(
        lambda n: Input(next(places)) if isinstance(n, Number) and n.exact is None else None
    )


def run_pykan(task: str, python: Path, data: Data, budget: float, seed: int) -> Answer:
    """pykan's own course on one of the tasks; it has no seed but that of its tutorials."""
    rows = {"x_train": data.x, "y_train": data.y[:, None]}
    rows |= {"x_test": data.x_test, "y_test": data.y_test[:, None]}
    found = pykan.run(python, task, rows, budget)
    answer = _theirs(found["test_prediction"], found["formulas"], data, found["seconds"])
    return replace(answer, about={"source": found["course"]})


def _theirs(predicted: Array, formulas: list[str | None], data: Data, seconds: float) -> Answer:
    names = [f"X{k + 1}" for k in range(data.x.shape[1])]
    candidates = [(predicted, formulas[0] or "")]
    for formula in filter(None, formulas):
        try:
            candidates.append((values_of(peers.parse(formula), names, data.x_test), formula))
        except UNREADABLE:
            continue  # The predictions stay.
    values, formula = min(candidates, key=lambda c: relative_error(c[0], data.y_test))
    return Answer(values, formula, seconds, tree=_tree(formula, names))


def _tree(formula: str, names: list[str]) -> Expression | None:
    """Of what another program prints, if we know its functions."""
    try:
        return tree_of(formula, {name: k for k, name in enumerate(names)})
    except UNREADABLE:
        return None


def run_baseline(make: Callable[[], Any], data: Data, budget: float, seed: int) -> Answer:
    """A model of scikit-learn; it has no formula and needs no budget."""
    import warnings

    model, start = make(), time.perf_counter()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of iterations that end early
        model.fit(data.x, data.y)
    return Answer(model.predict(data.x_test), "", time.perf_counter() - start)


def _ridge() -> Any:
    """Ridge regression, its penalty by leave-one-out."""
    from sklearn.linear_model import RidgeCV
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    return make_pipeline(StandardScaler(), RidgeCV(np.logspace(-4, 5, 28)))


def _lasso() -> Any:
    """The lasso on all monomials up to degree 2, its penalty by cross-validation."""
    from sklearn.linear_model import LassoCV
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import PolynomialFeatures, StandardScaler

    return make_pipeline(
        StandardScaler(), PolynomialFeatures(2, include_bias=False), StandardScaler(), LassoCV()
    )


def _additive() -> Any:
    """A cubic spline of each input with ridge regression, its penalty by leave-one-out."""
    from sklearn.linear_model import RidgeCV
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import SplineTransformer, StandardScaler

    splines = SplineTransformer(n_knots=6, extrapolation="linear")
    return make_pipeline(splines, StandardScaler(), RidgeCV(np.logspace(-4, 5, 28)))


MODELS: Mapping[str, Callable[[], Any]] = {
    "ridge": _ridge,
    "lasso": _lasso,
    "additive": _additive,
}
"""Models of scikit-learn for tables."""

BASELINES: Mapping[str, Program] = {
    name: partial(run_baseline, make) for name, make in MODELS.items()
}
"""What a table's formula must not be worse than."""
