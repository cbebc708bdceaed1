"""Find the likeliest true inputs of rows that were measured with errors in x and y."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from edgewise._arrays import Array
from edgewise.laws.curve import Curve

STEPS = 50
"""Most Gauss-Newton steps of a row."""
SETTLED = 1e-9
"""Inputs have converged if they move less than this times (1 + their distance), in units of σ."""
SHORTEST = 1e-3
"""Smallest fraction of a step that is tried."""


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

    In units u = (ξ - x) / σ_x a step minimises (e + b·Δ)² + |u + Δ|², with e = (f - y) / σ and
    b = σ_x f' / σ: u + Δ = -b (e - b·u) / (1 + |b|²). It is halved until the distance falls.

    Args:
        sigma: standard deviations of y, (rows,).
        x_sigma: standard deviations of x, (rows, in); 0 for exact inputs.

    References: Britt & Luecke, Technometrics 15 (1973) 233; Boggs, Byrd & Schnabel, SIAM J. Sci.
    Stat. Comput. 8 (1987) 1052.
    """
    u = np.zeros_like(x)
    cost = np.square((curve.values(x, theta) - y) / sigma)
    length = np.ones(len(y))
    for _ in range(STEPS):
        values, _, slopes = curve.derivatives(x + u * x_sigma, theta)
        error, b = (values - y) / sigma, slopes * x_sigma / sigma[:, None]
        target = -b * ((error - (b * u).sum(1)) / (1 + np.square(b).sum(1)))[:, None]
        far = (np.abs(target - u) > SETTLED * (1 + np.abs(u))).any(1)
        if not (far & (length > SHORTEST)).any():
            break
        trial = u + length[:, None] * (target - u)
        error = (curve.values(x + trial * x_sigma, theta) - y) / sigma
        new = np.square(error) + np.square(trial).sum(1)
        better = new < cost
        u, cost = np.where(better[:, None], trial, u), np.where(better, new, cost)
        length = np.where(better, 1.0, length / 2)
    true = x + u * x_sigma
    values, _, slopes = curve.derivatives(true, theta)
    variance = np.square(sigma) + np.square(slopes * x_sigma).sum(1)
    return TrueInputs(true, values, slopes, np.sign(values - y) * np.sqrt(cost), variance)
