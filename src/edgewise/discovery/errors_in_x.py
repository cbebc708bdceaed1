"""Errors of the inputs: weights for a search, and the orthogonal regression of what it finds.

An error δ of an input is, to first order, an error f'(x) δ of y. So while forms are looked for, the
variance of a row is that of y and Σ_j (∂f/∂x_j σ_j)², by the slopes of a smooth function. Weights
alone would still leave slopes too flat. The numbers of the formulas that are found are therefore
fitted at the likeliest true inputs, which with them minimise

    Σ_i (y_i - f(ξ_i))² / σ_i² + Σ_ij (x_ij - ξ_ij)² / σ_ij²

Sources: Boggs, Byrd and Schnabel, *A stable and efficient algorithm for nonlinear orthogonal
distance regression* (1987).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from edgewise.discovery.problem import Problem
from edgewise.formula.expression import Expression
from edgewise.laws.curve import Curve
from edgewise.laws.true_inputs import find_true_inputs

Array = NDArray[np.float64]

ROUNDS = 30
"""Refits of the numbers, each at the inputs that are likeliest under those before."""
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
    return _weigh(problem, _own_variance(problem, added, model.noise_variance) + added)


def _own_variance(problem: Problem, added: Array, total: float) -> Array:
    """The variance of each y without what errors of its inputs add to it; (rows,)

    Args:
        total: the variance at weight 1 with that, on which the estimate rests where it isn't known.
    """
    weight = np.ones(problem.rows) if problem.weight is None else problem.weight
    known = problem.noise_variance
    if known is None:
        known = max(total - float(np.mean(weight * added)), LEAST_SHARE * total)
    return np.maximum(known / weight, 1e-300)


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
    names, nothing = tuple(f"x{i}" for i in range(problem.inputs)), np.empty(0)
    at, true, bits = problem, problem.x, math.inf
    for _ in range(ROUNDS):
        tree = at.data.fit(tree, steps=10).tree
        curve = Curve(tree, names, ())
        values, _, slopes = curve.derivatives(true, nothing)
        left = problem.y - values - ((problem.x - true) * slopes).sum(1)
        total = float(np.average(np.square(left), weights=problem.weight))
        own = _own_variance(problem, np.square(slopes * sigma).sum(1), total)
        near = find_true_inputs(curve, problem.x, problem.y, nothing, np.sqrt(own), sigma)
        y = problem.y - ((problem.x - near.x) * near.slopes).sum(1)
        if not (np.isfinite(y).all() and np.isfinite(near.residual).all()):
            return Moved(problem, math.inf)
        bits = _count_bits(y - near.values, near.variance, problem.noise_variance is not None)
        at = replace(_weigh(problem, near.variance), x=near.x, y=y)
        moved = float(np.max(np.abs(near.x - true) / np.where(sigma > 0, sigma, np.inf)))
        true = near.x
        if moved < SETTLED:
            break
    return Moved(at, bits)


def _count_bits(left: Array, variance: Array, known: bool) -> float:
    """Minus the binary logarithm of the likelihood, of the best factor where none is known."""
    squares = np.square(left) / variance
    free = len(squares) * math.log(max(float(squares.mean()), 1e-300))
    cost = float(np.log(variance).sum()) + (float(squares.sum()) if known else free)
    return 0.5 * cost * math.log2(math.e)
