"""Find the likeliest true inputs of rows that were measured with errors in x and y."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from edgewise._arrays import Array
from edgewise.laws.curve import Curve

STEPS = 50
"""Most Gauss-Newton steps of a row."""
SETTLED = 1e-9
"""Inputs have converged if they move less than this times (1 + their distance), in units of σ."""
SHORTEST = 1e-3
"""Smallest fraction of a step that is tried."""
LONGEST = 4.0
"""Largest multiple of a Gauss-Newton step that is tried."""
CLOSE = 0.1
"""Steps that are to lower the distance² by less than this fraction use the curvature."""
EQUAL, ULP = 1e-12, 1e-15
"""A distance² can't be told from one that is higher by this fraction, nor f from one that differs
by this fraction of y."""


@dataclass(frozen=True, eq=False)
class TrueInputs:
    """The points of a curve nearest to the rows, in units of their errors.

    Attributes:
        x: the points.
        values, slopes: f and its derivatives by the inputs there.
        residual: the distance of each row from its point, with the sign of f - y.
        variance: the variance of y around f, including the contribution of errors of the inputs.

    Shape:
        x, slopes: (rows, in); values, residual, variance: (rows,)
    """

    x: Array
    values: Array
    slopes: Array
    residual: Array
    variance: Array


@np.errstate(all="ignore")
def find_true_inputs(
    curve: Curve, x: Array, y: Array, theta: Array, sigma: Array, x_sigma: Array
) -> TrueInputs:
    """The ξ of each row that minimise (y - f(ξ; θ))² / σ² + Σ_j (x_j - ξ_j)² / σ_j².

    In units u = (ξ - x) / σ_x a Gauss-Newton step minimises (e + b·Δ)² + |u + Δ|², with
    e = (f - y) / σ and b = σ_x f' / σ: u + Δ = -b (e - b·u) / (1 + |b|²). Its curvature,
    |Δ|² + (b·Δ)², lacks the term e Δ·(∂b/∂u)Δ, which the change of b in the last step tells; near
    the minimum, steps are divided by the ratio of the whole curvature to their own. Steps are
    halved until the distance falls.

    Args:
        sigma: standard deviations of y, (rows,).
        x_sigma: standard deviations of x, (rows, in); 0 for exact inputs.

    References: Britt & Luecke, Technometrics 15 (1973) 233; Boggs, Byrd & Schnabel, SIAM J. Sci.
    Stat. Comput. 8 (1987) 1052.
    """

    def measure(u: Array, rows: NDArray[np.intp]) -> tuple[Array, Array, Array]:
        """e, b and the distances² of some rows."""
        values, _, slopes = curve.derivatives(x[rows] + u * x_sigma[rows], theta)
        error, b = (values - y[rows]) / sigma[rows], slopes * x_sigma[rows] / sigma[rows, None]
        return error, b, np.square(error) + np.square(u).sum(1)

    rows, found = np.arange(len(y)), np.zeros_like(x)
    u = moved = bent = found
    error, b, cost = measure(u, rows)
    length, last = np.ones(len(y)), np.full(len(y), np.inf)
    for _ in range(STEPS):
        step = -b * ((error - (b * u).sum(1)) / (1 + np.square(b).sum(1)))[:, None] - u
        size = (np.abs(step) / (1 + np.abs(u))).max(1)
        square = np.square(step).sum(1)
        gain = square + np.square((b * step).sum(1))
        rounding = ULP * np.abs(y[rows]) / sigma[rows]
        tested = gain > EQUAL * cost + rounding * (np.abs(error) + rounding)
        going = np.where(tested, length > SHORTEST, (size > SETTLED) & (size < last))
        if not going.any():
            break
        curvature = error * (bent * moved).sum(1) / np.square(moved).sum(1)
        factor = gain / (gain + square * curvature)
        known = (gain < CLOSE * cost) & (factor > 0) & (factor < LONGEST)
        trial = u + (length * np.where(known, factor, 1.0))[:, None] * step
        new_error, new_b, new = measure(trial, rows)
        better = going & np.where(tested, new < cost, True)
        wide = better[:, None]
        moved, bent = np.where(wide, trial - u, moved), np.where(wide, new_b - b, bent)
        u, b = np.where(wide, trial, u), np.where(wide, new_b, b)
        error, cost = np.where(better, new_error, error), np.where(better, new, cost)
        length, last = np.where(better, 1.0, length / 2), np.where(tested, np.inf, size)
        if 2 * going.sum() < len(rows):
            found[rows], rows = u, rows[going]
            state = (u, moved, bent, b, error, cost, length, last)
            u, moved, bent, b, error, cost, length, last = (each[going] for each in state)
    found[rows] = u
    true = x + found * x_sigma
    values, _, slopes = curve.derivatives(true, theta)
    distance = np.sqrt(np.square((values - y) / sigma) + np.square(found).sum(1))
    variance = np.square(sigma) + np.square(slopes * x_sigma).sum(1)
    return TrueInputs(true, values, slopes, np.sign(values - y) * distance, variance)
