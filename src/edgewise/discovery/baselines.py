"""The models that every formula is compared with: mean, ridge, lasso, quadratic, additive."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import RidgeCV

from edgewise._arrays import Array
from edgewise.data.rows import predict_folds, robust_deviation
from edgewise.discovery.lasso import SparseFit, fit_sparse, usable_columns
from edgewise.discovery.problem import Problem
from edgewise.discovery.smooth import SIZES, SmoothFit, fit_smooth
from edgewise.formula.expression import (
    Expression,
    Input,
    Number,
    add,
    multiply,
    power,
    terms_of,
)

MOST_QUADRATIC = 64
"""Largest number of inputs whose squares and products are tried: 64 inputs make 2,144 columns."""

MOST_CURVES = 60
"""Largest number of inputs with curves: those whose values or squares correlate most with y."""

ROWS_OF_A_CURVE = 8
"""Rows that each curve needs; with fewer, a curve can't be told from noise."""

QUADRATIC_WORK = 1e10
"""Limit on rows · columns², the multiplications of a Gram matrix: more rows allow fewer inputs."""

BLEND_RIDGE = 0.5
"""Ridge on the weights of an average, in units of √(1/rows) times the smallest mean square."""

FEW_INPUTS = 25
"""Up to this many inputs quadratic terms are tried both plain and centred."""


PENALTIES = np.geomspace(1e-10, 1e3, 80)
"""Ridge on columns of variance 1, over the number of rows."""


@dataclass(frozen=True)
class PlainModel:
    """A model of a known kind.

    Attributes:
        name: "mean", "linear", "sparse linear", "quadratic", "additive" or "interactions".
        tree: its formula.
        predictions: out-of-fold predictions of the rows (`problem.folds`).
        mse: the weighted mean square error of `predictions`.
    """

    name: str
    tree: Expression
    predictions: Array
    mse: float


def plain_candidates(problem: Problem) -> list[PlainModel]:
    """The mean, linear, quadratic and additive models, the simplest kind first.

    A model that equals an earlier one is left out. If `problem.robust`, outliers get little weight.
    """
    if problem.robust:
        problem = weigh_robustly(problem)
    weight = problem.weights
    if len(np.unique(problem.folds[weight > 0])) < 2:
        level = _average(problem.x, problem.y, weight)[1]
        return [_score(problem, weight, "mean", Number(level), np.full(problem.rows, level))]
    models = [_fit_mean(problem, weight)]
    if problem.inputs and np.ptp(problem.y) > 0:
        models.append(_fit_linear(problem, weight))
        models.append(_fit_sparse_linear(problem, weight))
        models.append(_fit_quadratic(problem, weight))
        models.extend(_fit_smooth(problem, weight))
    seen: set[str] = set()
    different = []
    for model in models:
        if model.tree.key not in seen and np.isfinite(model.mse):
            seen.add(model.tree.key)
            different.append(model)
    blend = _blend(problem, weight, different)
    return different if blend is None else [*different, blend]


# Averages.


def _blend(problem: Problem, weight: Array, models: list[PlainModel]) -> PlainModel | None:
    """The average of the models that predicts unseen rows best; None if it is one of them.

    Where cross-validation can't separate two kinds of models, their average has a smaller error
    than a choice between them (stacking: Wolpert, 1992; Breiman, 1996).
    """
    if len(models) < 2:
        return None
    left = np.stack([problem.y - m.predictions for m in models], 1)
    products = {
        f: (left[r] * weight[r, None]).T @ left[r]
        for f in np.unique(problem.folds)
        if (r := problem.folds == f).any()
    }
    total = np.sum(list(products.values()), 0)
    parts = _best_average(total, problem.rows)
    used = np.flatnonzero(parts)
    if len(used) < 2:
        return None
    predictions = np.empty(problem.rows)
    for fold, product in products.items():
        rows = problem.folds == fold
        others = _best_average(total - product, int((~rows).sum()))
        predictions[rows] = problem.y[rows] - left[rows] @ others
    terms = [
        multiply(Number(float(parts[k])), term) for k in used for term in terms_of(models[k].tree)
    ]
    tree = add(*terms)
    return _score(problem, weight, "blend", tree, predictions)


def _best_average(gram: Array, rows: int) -> Array:
    """Weights p ≥ 0 with Σp = 1 that minimise pᵀ G p, by trying all subsets of models.

    A ridge makes the weights more equal, because G is an estimate: the mean square of n rows has
    a relative standard error of √(2/n).

    Shape:
        gram: (models, models); there are at most six.
    """
    count = len(gram)
    if not np.trace(gram) > 0:  # No model has an error at a row of weight above 0.
        return np.eye(count)[0]
    level = 1e-6 * np.trace(gram) / count + BLEND_RIDGE / np.sqrt(rows) * gram.diagonal().min()
    ridge = gram + level * np.eye(count)
    best, least = np.zeros(count), np.inf
    for size in range(1, count + 1):
        for chosen in combinations(range(count), size):
            part = np.linalg.solve(ridge[np.ix_(chosen, chosen)], np.ones(size))
            part = part / part.sum()
            if (part <= 0.02).any() and size > 1:
                continue
            shares = np.zeros(count)
            shares[list(chosen)] = part
            loss = float(shares @ ridge @ shares)
            if loss < least:
                best, least = shares, loss
    return best


def weigh_robustly(problem: Problem) -> Problem:
    """The problem with small weights for rows far from an additive model.

    The model is fitted three times, because outliers distort the first fit. The new problem isn't
    `robust`, so that rows aren't weighted twice.
    """
    middle = float(np.median(problem.y))
    reach = 5 * robust_deviation(problem.y - middle)
    y = problem.y if reach == 0 else np.clip(problem.y, middle - reach, middle + reach)
    given = problem.weights
    weight = given
    for _ in range(3):
        _, (predicted, _) = _predict_curves(replace(problem, y=y), weight, sizes=0)
        distance = np.abs(problem.y - predicted) * np.sqrt(given)
        usual = 2.5 * robust_deviation(distance[given > 0])
        if usual == 0:
            return replace(problem, robust=False)
        weight = given * (usual / np.maximum(distance, usual)) ** 4
        y = problem.y
    return replace(problem, robust=False).weighed(weight)


def _score(problem: Problem, weight: Array, name: str, tree: Expression, by: Array) -> PlainModel:
    mse = float(weight @ (problem.y - by) ** 2 / weight.sum())
    return PlainModel(name, tree, by, mse)


def _predict_unseen(
    problem: Problem, weight: Array, fit: Callable[[Array, Array, Array], tuple[Array, float]]
) -> Array:
    """Out-of-fold predictions of a linear model."""

    def predict(out: NDArray[np.bool_]) -> Array:
        slopes, intercept = fit(problem.x[~out], problem.y[~out], weight[~out])
        return problem.x[out] @ slopes + intercept

    return predict_folds(problem.folds, predict)


def _average(x: Array, y: Array, weight: Array) -> tuple[Array, float]:
    return np.zeros(x.shape[1]), float(np.average(y, weights=weight))


def _fit_mean(problem: Problem, weight: Array) -> PlainModel:
    tree = Number(_average(problem.x, problem.y, weight)[1])
    return _score(problem, weight, "mean", tree, _predict_unseen(problem, weight, _average))


# Linear models.


def _solve_ridge(x: Array, y: Array, weight: Array) -> tuple[Array, float]:
    """Slopes and intercept by ridge regression; leave-one-out errors choose the penalty."""
    slopes = np.zeros(x.shape[1])
    kept = usable_columns(x, weight)
    if not len(kept):
        return slopes, float(np.average(y, weights=weight))
    share = weight / weight.sum()
    centred = x[:, kept] - share @ x[:, kept]
    deviation = np.sqrt(share @ centred**2)
    with np.errstate(all="ignore"):
        model = RidgeCV(len(y) * PENALTIES).fit(
            centred / deviation, y, sample_weight=share * len(y)
        )
    slopes[kept] = model.coef_ / deviation
    return slopes, float(share @ y - share @ x @ slopes)


def _line_tree(slopes: Array, intercept: float) -> Expression:
    terms = [multiply(Number(float(s)), Input(i)) for i, s in enumerate(slopes) if s != 0]
    return add(*terms, Number(intercept))


def _fit_linear(problem: Problem, weight: Array) -> PlainModel:
    tree = _line_tree(*_solve_ridge(problem.x, problem.y, weight))
    return _score(problem, weight, "linear", tree, _predict_unseen(problem, weight, _solve_ridge))


def _fit_sparse_linear(problem: Problem, weight: Array) -> PlainModel:
    made = fit_sparse(problem.x, problem.y, weight, problem.folds)
    tree = _line_tree(made.coef, made.intercept)
    return _score(problem, weight, "sparse linear", tree, made.predictions)


# Squares and products.


def _fit_quadratic(problem: Problem, weight: Array) -> PlainModel:
    """A sparse polynomial of degree 2 in the inputs, or in their differences from the mean."""
    inputs = usable_columns(problem.x, weight)
    most = int(min(MOST_QUADRATIC, max(10, (4 * QUADRATIC_WORK / problem.rows) ** 0.25)))
    if len(inputs) > most:
        inputs = _strongest(problem, weight, inputs, most)
    share = weight / weight.sum()
    centre = share @ problem.x
    origins = [centre, np.zeros_like(centre)] if len(inputs) <= FEW_INPUTS else [centre]
    tables = (_quadratic_columns(problem.x - origin, inputs) for origin in origins)
    tries = [fit_sparse(columns, problem.y, weight, problem.folds) for columns in tables]
    best, origin = min(zip(tries, origins, strict=True), key=lambda pair: pair[0].mse)
    tree = _quadratic_tree(best, inputs, origin)
    return _score(problem, weight, "quadratic", tree, best.predictions)


def _strongest(
    problem: Problem, weight: Array, inputs: NDArray[np.int64], most: int
) -> NDArray[np.int64]:
    """The inputs whose values or squares correlate most with y."""
    share = weight / weight.sum()
    target = problem.y - share @ problem.y
    scores = np.zeros(len(inputs))
    unit = problem.x[:, inputs] - share @ problem.x[:, inputs]
    unit = unit / np.sqrt(share @ unit**2)
    for column in (unit, unit**2 - 1):
        spread = np.maximum(share @ column**2, 1e-12)
        scores = np.maximum(scores, ((share * target) @ column) ** 2 / spread)
    return np.sort(inputs[np.argsort(-scores, kind="stable")[:most]])


def _quadratic_columns(x: Array, inputs: NDArray[np.int64]) -> Array:
    """Inputs, then their squares and products; (rows, in) → (rows, columns)"""
    chosen = x[:, inputs]
    first, second = np.triu_indices(len(inputs))
    with np.errstate(over="ignore", invalid="ignore"):
        return np.concatenate([chosen, chosen[:, first] * chosen[:, second]], 1)


def _quadratic_tree(made: SparseFit, inputs: NDArray[np.int64], origin: Array) -> Expression:
    """The fitted polynomial, multiplied out in the inputs themselves."""
    slopes = np.zeros(len(origin))
    slopes[inputs] = made.coef[: len(inputs)]
    level = made.intercept
    products = []
    first, second = np.triu_indices(len(inputs))
    for c, a, b in zip(made.coef[len(inputs) :], inputs[first], inputs[second], strict=True):
        if c != 0:
            product = multiply(Input(int(a)), Input(int(b))) if a != b else power(Input(int(a)), 2)
            products.append(multiply(Number(float(c)), product))
            slopes[a] -= c * origin[b]
            slopes[b] -= c * origin[a]
            level += c * origin[a] * origin[b]
    level -= float(made.coef[: len(inputs)] @ origin[inputs])
    lines = [multiply(Number(float(s)), Input(i)) for i, s in enumerate(slopes) if s != 0]
    return add(*lines, *products, Number(float(level)))


# Curves.


def _fit_smooth(problem: Problem, weight: Array) -> list[PlainModel]:
    """An additive model, and one to which surfaces of pairs of inputs are added."""
    whole, unseen = _predict_curves(problem, weight, SIZES)
    models = ("additive", whole.additive), ("interactions", whole.largest)
    return [
        _score(problem, weight, name, model.tree(), by)
        for (name, model), by in zip(models, unseen, strict=True)
    ]


def _predict_curves(problem: Problem, weight: Array, sizes: int) -> tuple[SmoothFit, Array]:
    """An additive model and a larger one, to which pairs are added ``sizes`` times.

    Returns:
        the fit to all rows, and the out-of-fold predictions of both models; (2, rows)
    """
    whole = _fit_curves(problem, weight, None, sizes)
    unseen = np.empty((2, problem.rows))
    for fold in np.unique(problem.folds):
        out = problem.folds == fold
        fit = _fit_curves(problem, np.where(out, 0, weight), whole, sizes)
        unseen[:, out] = [m.predict(problem.x[out]) for m in (fit.additive, fit.largest)]
    return whole, unseen


def _fit_curves(problem: Problem, weight: Array, whole: SmoothFit | None, sizes: int) -> SmoothFit:
    inputs = usable_columns(problem.x, weight)
    most = min(MOST_CURVES, max(1, int((weight > 0).sum()) // ROWS_OF_A_CURVE))
    if len(inputs) > most:
        inputs = _strongest(problem, weight, inputs, most)
    return fit_smooth(problem.x, problem.y, weight, inputs, whole, sizes)
