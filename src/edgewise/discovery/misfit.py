"""Tests whether a formula misses something: structure in residuals, errors on outer rows."""

from __future__ import annotations

import math

import numpy as np
import torch
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from edgewise._arrays import Array
from edgewise.discovery.problem import Problem
from edgewise.formula.expression import Expression
from edgewise.formula.program import Program, refit
from edgewise.search.evidence import explained_fraction

OUTER = 0.25
"""Fraction of rows, the farthest from the middle, on which a fit to the others is tested."""
LEAST_ROWS = 8
"""Fewest rows for this test."""
NEIGHBOURS = 10_000
"""Most rows among which neighbours are searched."""


def explain_by_smooth(problem: Problem, tree: Expression) -> float:
    """The leave-one-out R² of kernel ridge regression on the residuals."""
    residual = _list_residuals(problem, tree)
    x, r = torch.from_numpy(problem.x), torch.from_numpy(residual[:, None].copy())
    return explained_fraction(x, r)


def neighbours_agree(problem: Problem, tree: Expression) -> bool:
    """Whether residuals of neighbouring rows are correlated, as those of noise aren't.

    The correlation is 1 - Σ (e - e')² / 2 Σ e², where e' is the residual of the nearest row by
    ranks of the inputs. For noise it is 0 ± 1/√rows. Unlike :func:`explain_by_smooth`, it detects
    waves of any length that neighbouring rows resolve.
    """
    some = problem.some_rows(NEIGHBOURS)
    _, once = np.unique(np.column_stack([some.x, some.y]), axis=0, return_index=True)  # no copies
    e = _list_residuals(some, tree)[once]
    ranks = _rank(some.x[once])
    _, near = cKDTree(ranks).query(ranks, k=2)
    other = np.where(near[:, 0] == np.arange(len(e)), near[:, 1], near[:, 0])
    total = float(np.square(e).sum())
    correlation = 1 - float(np.square(e - e[other]).sum()) / (2 * total) if total else 0.0
    return correlation > 4 / math.sqrt(len(e))


def _rank(x: Array) -> NDArray[np.intp]:
    """The rank of each value in its column, from 0; (rows, in)"""
    return np.argsort(np.argsort(x, axis=0), axis=0)


def _list_residuals(problem: Problem, tree: Expression) -> Array:
    residual: Array = problem.y - Program(tree).values(problem.x)
    return residual if problem.weight is None else residual * np.sqrt(problem.weight)


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
    if inner.all() or not inner.any():
        return 1.0, 1.0
    weight = np.ones(some.rows) if some.weight is None else some.weight
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
