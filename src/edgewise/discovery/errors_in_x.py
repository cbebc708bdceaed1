"""Errors of the inputs: weights during the search, orthogonal regression of the formulas found.

An error δ of an input is, to first order, an error f'(x) δ of y. During the search the variance of
a row is therefore σ_i² + Σ_j (∂f/∂x_j σ_ij)², with the slopes of a smooth function. Weights alone
would still leave slopes too flat. So the numbers θ of the formulas that are found are fitted
together with the true inputs ξ, by minimising

    Σ_i (y_i - f(ξ_i; θ))² / σ_i² + Σ_ij (x_ij - ξ_ij)² / σ_ij²

Source: Boggs, Byrd and Schnabel, *A stable and efficient algorithm for nonlinear orthogonal
distance regression* (1987).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from edgewise._arrays import Array
from edgewise.discovery.problem import Problem
from edgewise.formula.expression import Expression
from edgewise.laws.curve import Curve
from edgewise.laws.true_inputs import find_true_inputs

ROUNDS = 30
"""Most alternations between a refit of the numbers and an update of the true inputs."""
SETTLED = 1e-9
"""Inputs that move less than this, in units of their errors, have converged."""
LEAST_SHARE = 0.01
"""Where y's errors aren't known, they are at least this share of the residual variance."""


def weigh_by_slopes(problem: Problem) -> Problem:
    """The problem with weights that include the variance which errors of the inputs add to y."""
    sigma = problem.errors.x_sigma
    if sigma is None or not sigma.any():
        return problem
    model = problem.numeric
    added = np.square(model.gradient(problem.x) * sigma).sum(1)
    return _weigh(problem, _own_variance(problem, added, model.noise_variance) + added)


def _own_variance(problem: Problem, added: Array, total: float) -> Array:
    """The variance of y's own errors, without the part from errors of the inputs; (rows,)

    Args:
        added: the part from errors of the inputs.
        total: both together at weight 1; y's own part is estimated from it where it isn't known.
    """
    known = problem.noise_variance
    if known is None:
        known = max(total - float(np.mean(problem.weights * added)), LEAST_SHARE * total)
    return np.maximum(known / problem.weights, 1e-300)


def _weigh(problem: Problem, variance: Array) -> Problem:
    """The problem with weights that follow from the variances of rows."""
    if not np.isfinite(variance).all():
        return problem
    least = float(variance.min())
    known = problem.noise_variance is not None
    made = replace(problem, noise_variance=least if known else None)
    return made.weighed(least / variance)


@dataclass(frozen=True, eq=False)
class Corrected:
    """Rows at the likeliest true inputs under a formula.

    Their y is corrected along the formula's tangent, so that ordinary least squares on these rows
    is orthogonal regression on the measured ones.

    Attributes:
        bits: -log2 of the likelihood of the rows under the formula.
    """

    problem: Problem
    bits: float


def move_inputs(problem: Problem, tree: Expression) -> Corrected:
    """The problem at the likeliest true inputs under a formula, whose numbers are refitted there.

    Args:
        problem: weighted by the errors of y alone.
    """
    sigma = problem.errors.x_sigma
    if sigma is None or not sigma.any():
        return Corrected(problem, 0.0)
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
            return Corrected(problem, math.inf)
        bits = _count_bits(y - near.values, near.variance, problem.noise_variance is not None)
        at = replace(_weigh(problem, near.variance), x=near.x, y=y)
        moved = float(np.max(np.abs(near.x - true) / np.where(sigma > 0, sigma, np.inf)))
        true = near.x
        if moved < SETTLED:
            break
    return Corrected(at, bits)


def _count_bits(left: Array, variance: Array, known: bool) -> float:
    """-log2 of the likelihood; variances that aren't known are scaled by the likeliest factor."""
    squares = np.square(left) / variance
    free = len(squares) * math.log(max(float(squares.mean()), 1e-300))
    cost = float(np.log(variance).sum()) + (float(squares.sum()) if known else free)
    return 0.5 * cost * math.log2(math.e)
