"""The likeliest true inputs of rows that are measured with errors in x and y."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from edgewise.laws.curve import Curve

Array = NDArray[np.float64]

STEPS = 50
"""Gauss-Newton steps of a row, at most."""
SETTLED = 1e-9
"""Inputs that move less, relative to 1 and to their distance, in units of their errors, rest."""
SHORTEST = 1e-3
"""The shortest part of a step that is tried."""


@dataclass(frozen=True, eq=False)
class TrueInputs:
    """The points of a curve that are nearest to rows, in units of their errors.

    Attributes:
        x: the points; values, slopes: f and its derivatives by the inputs there.
        residual: the distance of each row from its point, with the sign of f - y.
        variance: of y around f, what errors of the inputs add to it included.

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
        sigma: of y, (rows,); x_sigma: of x, (rows, in), 0 for inputs that are exact.

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
