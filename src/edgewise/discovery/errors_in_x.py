"""Errors of the inputs: weights for a search, and the orthogonal regression of what it finds.

An error δ of an input is, to first order, an error f'(x) δ of y. So while forms are looked for, the
variance of a row is that of y and Σ_j (∂f/∂x_j σ_j)², by the slopes of a smooth function. Weights
alone would still leave slopes too flat. The numbers of the formulas that are found are therefore
fitted at the likeliest true inputs, which with them minimise

    Σ_i (y_i - f(ξ_i))² / σ_i² + Σ_ij (x_ij - ξ_ij)² / σ_ij²

Sources: Boggs, Byrd and Schnabel, *A stable and efficient algorithm for nonlinear orthogonal
distance regression* (1987); the steps are those of Britt and Luecke (1973).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from edgewise.discovery.problem import Problem
from edgewise.formula.expression import Expression
from edgewise.formula.program import Program

Array = NDArray[np.float64]

ROUNDS, STEPS = 30, 4
"""Refits of the numbers, and steps of the inputs in between."""
SETTLED = 1e-9
"""Inputs that move less, in units of their errors, move no more."""
LEAST_SHARE = 0.01
"""The least share of what is left over that is taken for errors of y where they aren't known."""


def weigh_by_slopes(problem: Problem) -> Problem:
    """The problem with the variance that errors of its inputs add to y."""
    sigma = problem.errors.x_sigma
    if sigma is None or not sigma.any():
        return problem
    model = problem.numeric
    added = np.square(model.gradient(problem.x) * sigma).sum(1)
    total = model.noise_variance if problem.noise_variance is None else problem.noise_variance
    return _weigh(problem, _add_variance(problem, added, total))


def _add_variance(problem: Problem, added: Array, total: float) -> Array:
    """The variance of each row, that of y and what is added to it; (rows,)

    Args:
        total: the variance of y at weight 1; where it is estimated, what is added included.
    """
    weight = np.ones(problem.rows) if problem.weight is None else problem.weight
    known = problem.noise_variance is not None
    own = total if known else max(total - float(np.mean(weight * added)), LEAST_SHARE * total)
    return np.maximum(own / weight + added, 1e-300)


def _weigh(problem: Problem, variance: Array) -> Problem:
    """The problem with weights that follow from the variances of rows."""
    if not np.isfinite(variance).all():
        return problem
    least = float(variance.min())
    known = problem.noise_variance is not None
    made = replace(problem, noise_variance=least if known else None)
    return made.weighed(least / variance)


@dataclass(frozen=True, eq=False)
class Moved:
    """Rows at the likeliest true inputs under a formula.

    Their y is where the tangent of the formula meets the row, so that a fit by least squares to
    these rows is the orthogonal one.

    Attributes:
        bits: minus the binary logarithm of the likelihood of the rows under the formula.
    """

    problem: Problem
    bits: float


def move_inputs(problem: Problem, tree: Expression) -> Moved:
    """The problem at the likeliest true inputs under a formula, whose numbers are refitted there.

    Args:
        problem: weighed by the errors of y alone.
    """
    sigma = problem.errors.x_sigma
    if sigma is None or not sigma.any():
        return Moved(problem, 0.0)
    at, bits = problem, math.inf
    for _ in range(ROUNDS):
        tree = at.data.fit(tree, steps=10).tree
        program, true = Program(tree), at.x
        for _ in range(STEPS):
            values, slopes = program.values(true), program.gradient(true)
            off = problem.y - values - ((problem.x - true) * slopes).sum(1)
            left = float(np.average(np.square(off), weights=problem.weight))
            total = left if problem.noise_variance is None else problem.noise_variance
            variance = _add_variance(problem, np.square(slopes * sigma).sum(1), total)
            new = problem.x + np.square(sigma) * slopes * (off / variance)[:, None]
            good = np.isfinite(new).all(1) & np.isfinite(program.values(new))
            true = np.where(good[:, None], new, true)
        moved = float(np.max(np.abs(true - at.x) / np.where(sigma > 0, sigma, np.inf)))
        values, slopes = program.values(true), program.gradient(true)
        y = problem.y - ((problem.x - true) * slopes).sum(1)
        if not (np.isfinite(y).all() and np.isfinite(true).all()):
            return Moved(problem, math.inf)
        squares = np.square(y - values) / variance
        known = problem.noise_variance is not None
        free = len(squares) * math.log(max(float(squares.mean()), 1e-300))
        cost = float(np.log(variance).sum()) + (float(squares.sum()) if known else free)
        bits = 0.5 * cost * math.log2(math.e)
        at = replace(_weigh(problem, variance), x=true, y=y)
        if moved < SETTLED:
            break
    return Moved(at, bits)
