"""Tests whether a formula misses something: structure in residuals, errors on outer rows."""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np
import torch
from numpy.typing import NDArray
from scipy.spatial import cKDTree
from scipy.special import log_ndtr
from scipy.stats import chi2

from edgewise._arrays import Array
from edgewise.data.rows import robust_deviation
from edgewise.discovery.problem import Problem
from edgewise.formula.expression import Expression
from edgewise.formula.numbers import DEPENDENT as DEPENDENT_SLOPES
from edgewise.formula.program import Program, refit
from edgewise.formula.scaling import scale_columns
from edgewise.search.evidence import explained_fraction

OUTER = 0.25
"""Fraction of rows, the farthest from the middle, on which a fit to the others is tested."""
LEAST_ROWS = 8
"""Fewest rows for this test."""
NEIGHBOURS = 10_000
"""Most rows among which neighbours are searched."""
LAGS, MOST_ORDERS = 4, 12
"""Neighbours on one side of a row along an order, and most orders: the innermost parts."""
DEPENDENT = 3.0
"""Largest -log10 of the p-value of errors that may be noise: a search goes on above it."""
OWN = 0.9
"""Leverage from which on a formula follows a row: it passes near it whatever its y is."""
CHANCE = 0.01
"""A shorter formula fits as well if the difference of χ² is as likely as this by chance."""
CLIPPED = 4.0
"""Residuals count at most this many times their robust standard deviation."""


def explain_by_smooth(problem: Problem, tree: Expression) -> float:
    """The leave-one-out R² of kernel ridge regression on the residuals."""
    residual = _list_residuals(problem, tree)
    x, r = torch.from_numpy(problem.x), torch.from_numpy(residual[:, None].copy())
    return explained_fraction(x, r)


def measure_dependence(problem: Problem, tree: Expression) -> float:
    """-log10 of the p-value of "residuals are independent": large if neighbouring rows err alike.

    Rows are ordered by each input of the formula, by each of its inner functions and by its value.
    Along an order r_k = Σ e_n e_(n+k) / Σ e² is 0 ± 1/√rows for noise; Bartlett's weights join the
    first four lags. Among all inputs, a row's neighbour is the nearest by ranks. The least p-value
    counts, times the number of orders (Bonferroni). Unlike :func:`explain_by_smooth`, this detects
    waves of any length that the rows resolve, whatever other columns there are.
    """
    some = problem.some_rows(NEIGHBOURS)
    _, once = np.unique(np.column_stack([some.x, some.y]), axis=0, return_index=True)  # no copies
    once = problem.generator(9).permutation(once)  # rows with equal values are in no order
    e, x = _list_residuals(some, tree)[once], some.x[once]
    if not np.isfinite(e).all() or not e.any() or len(e) < LEAST_ROWS:
        return 0.0
    spread = robust_deviation(e) or float(np.abs(e).max())
    e = np.clip(e, -CLIPPED * spread, CLIPPED * spread)
    scores = [correlate_nearest(e, x)] if x.shape[1] > 1 else []
    scores += [_correlate_along(e[order]) for order in list_orders(tree, x)]
    return -float(log_ndtr(-max(scores)) + math.log(len(scores))) / math.log(10)


def correlate_nearest(e: Array, x: Array) -> float:
    """The correlation of residuals with those of the nearest rows, in standard errors.

    Two rows that are nearest to each other have the same product twice, which counts four times in
    the variance.
    """
    ranks, rows = _rank(x), np.arange(len(e))
    _, near = cKDTree(ranks).query(ranks, k=2)
    other = np.where(near[:, 0] == rows, near[:, 1], near[:, 0])
    twice = int((other[other] == rows).sum())
    return float(e @ e[other] / np.mean(np.square(e))) / math.sqrt(len(e) + twice)


def _correlate_along(e: Array) -> float:
    """The weighted autocorrelation of a series at lags 1 to 4, in standard errors."""
    lags = np.arange(1, 1 + min(LAGS, len(e) // 4))
    weights = 1 - (lags - 1) / (len(lags) + 1)
    products = [float(e[k:] @ e[:-k]) for k in lags]
    sizes = np.square(weights) @ (len(e) - lags)
    return float(weights @ products) / float(np.mean(np.square(e))) / math.sqrt(sizes)


def list_orders(tree: Expression, x: Array) -> list[NDArray[np.intp]]:
    """Orders of the rows by the values of a formula and its parts; each order and reverse once."""
    found: dict[bytes, NDArray[np.intp]] = {}
    for node in {n.key: n for n in tree.walk() if n.inputs}.values():
        values = Program(node).values(x)
        if not np.isfinite(values).all():
            continue
        order = np.argsort(values, kind="stable")
        if order[::-1].tobytes() not in found:
            found.setdefault(order.tobytes(), order)
    return list(found.values())[-MOST_ORDERS:]


def _rank(x: Array) -> NDArray[np.intp]:
    """The rank of each value in its column, from 0; (rows, in)"""
    return np.argsort(np.argsort(x, axis=0), axis=0)


def _list_residuals(problem: Problem, tree: Expression) -> Array:
    residual: Array = problem.y - Program(tree).values(problem.x)
    return residual * np.sqrt(problem.weights)


def extrapolate(problem: Problem, tree: Expression) -> tuple[float, float]:
    """The mean square error on outer rows after a fit to inner rows, and its standard error.

    Both are divided by the variance that noise and the standard errors of the numbers predict, so
    that a right formula has 1 ± the standard error. A law holds beyond the rows that it was fitted
    to; a curve through the data doesn't.
    """
    some = problem.some_rows(1000)
    if some.rows < LEAST_ROWS:
        return 1.0, 1.0
    spread = _rank(some.x) / (some.rows - 1) - 0.5
    distance = np.abs(spread)[:, sorted(tree.inputs)].max(1)
    inner = distance <= np.quantile(distance, 1 - OUTER)
    if inner.all():  # each row is outermost in some column
        return 1.0, 1.0
    weight = some.weights
    made = refit(tree, some.x[inner], some.y[inner], weight[inner], steps=30).tree
    program = Program(made)
    values, jacobian = program.values_and_jacobian(some.x)
    residual = (some.y - values) * np.sqrt(weight)
    if not np.isfinite(residual).all() or not np.isfinite(jacobian).all():
        return math.inf, 1.0
    freedom = max(int(inner.sum()) - len(program.free), 1)
    noise = float(np.square(residual[inner]).sum()) / freedom
    expected = np.ones(int((~inner).sum()))
    if program.free:
        scaled = jacobian * np.sqrt(weight)[:, None]
        _, r = np.linalg.qr(scaled[inner])
        solved = np.linalg.lstsq(r.T, scaled[~inner].T, rcond=1e-10)[0]
        expected = expected + np.square(solved).sum(0)
    ratio = float(np.mean(np.square(residual[~inner]) / expected)) / max(noise, 1e-300)
    return ratio, math.sqrt(2 / len(expected) + 2 / freedom)


def count_carrying_rows(problem: Problem, tree: Expression, others: Iterable[Expression]) -> int:
    """The number of rows without which a shorter formula fits as well; 0 if they don't matter.

    Only rows that the formula's numbers follow are left out. A narrow peak or a pole at an outlier
    has as many numbers as rows that feel them, so that no row can speak against it.

    Args:
        others: shorter formulas.
    """
    own = follow_rows(problem, tree)
    if not own.any() or int((~own).sum()) < LEAST_ROWS:
        return 0
    x, y, weight = problem.x[~own], problem.y[~own], problem.weights[~own]

    def miss(formula: Expression) -> float:
        values = Program(refit(formula, x, y, weight, steps=30).tree).values(x)
        return float(weight @ np.square(y - values))

    mine = miss(tree)
    noise = mine / max(len(y) - tree.free_count, 1)
    for other in others:
        spare = max(tree.free_count - other.free_count, 1)
        if miss(other) <= mine + float(chi2.isf(CHANCE, spare)) * noise:
            return int(own.sum())
    return 0


def follow_rows(problem: Problem, tree: Expression) -> NDArray[np.bool_]:
    """The rows that the numbers of a formula follow: those of a leverage near 1."""
    _, slopes = Program(tree).values_and_jacobian(problem.x)
    slopes = scale_columns(slopes * np.sqrt(problem.weights)[:, None])[0]
    if not slopes.shape[1] or not np.isfinite(slopes).all():
        return np.zeros(problem.rows, dtype=bool)
    left, sizes, _ = np.linalg.svd(slopes, full_matrices=False)
    known = left[:, sizes > DEPENDENT_SLOPES * sizes[0]]
    return np.asarray(np.square(known).sum(1) > OWN)
