"""Interpolate fields from scattered points to a grid, by P-splines.

The model is a tensor product of cubic B-splines, fitted by least squares with a penalty on second
differences of neighbouring coefficients (Eilers, Currie and Durbán, 2006). Left-out points choose
the weight of the penalty.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.interpolate import BSpline
from scipy.sparse import csr_array, eye_array
from scipy.sparse.linalg import splu

from edgewise._arrays import Array
from edgewise.discovery.penalised_spline import DEGREE, even_knots, penalise_bends
from edgewise.ode.fields import along

POINTS_EACH = 4.0
"""Number of points for each coefficient."""
FEWEST, MOST = 8, 64
"""Fewest and most cells along an axis."""
FINER = 2
"""Number of grid points in each cell."""
OUT = 5
"""One point in five is left out to choose the penalty."""
PENALTIES = np.logspace(-6, 2, 9)


def put_on_grid(axes: Sequence[Array], values: Sequence[Array]) -> tuple[list[Array], list[Array]]:
    """A grid and smoothed fields on it, from scattered points.

    Shape:
        axes, values: of (points,) → of (steps,), …; of (steps, …)

    Raises:
        ValueError: if there are too few points for eight cells along each axis.
    """
    count = len(values[0])
    cells = int((count / POINTS_EACH) ** (1 / len(axes))) - DEGREE
    if cells < FEWEST:
        least = int(POINTS_EACH * (FEWEST + DEGREE) ** len(axes)) + 1
        raise ValueError(
            f"discover_pde expected at least {least} scattered points in {len(axes)} dimensions, "
            f"got {count}: measure at more places"
        )
    cells = min(cells, MOST)
    knots = [even_knots(axis.min(), axis.max(), cells, DEGREE) for axis in axes]
    rows = _products([_basis(k, axis) for k, axis in zip(knots, axes, strict=True)])
    grid = [np.linspace(a.min(), a.max(), FINER * cells + 1) for a in axes]
    shapes = [_basis(k, g) for k, g in zip(knots, grid, strict=True)]
    penalty = penalise_bends([cells + DEGREE] * len(axes))
    made = []
    for column in values:
        factors = _fit(rows, column, penalty).reshape((cells + DEGREE,) * len(axes))
        for place, shape in enumerate(shapes):
            factors = along(shape.toarray(), factors, place)
        made.append(factors)
    return grid, made


def _basis(knots: Array, at: Array) -> csr_array:
    inside = np.clip(at, knots[DEGREE], knots[-DEGREE - 1])
    return csr_array(BSpline.design_matrix(inside, knots, DEGREE))


def _products(parts: Sequence[csr_array]) -> csr_array:
    """The row-wise Kronecker product of all parts."""
    made = parts[0]
    for part in parts[1:]:
        rows, one, other = made.shape[0], DEGREE + 1, part.shape[1]
        width = made.nnz // rows
        data = made.data.reshape(rows, width, 1) * part.data.reshape(rows, 1, one)
        place = made.indices.reshape(rows, width, 1) * other + part.indices.reshape(rows, 1, one)
        start = np.arange(rows + 1) * width * one
        made = csr_array((data.ravel(), place.ravel(), start), shape=(rows, made.shape[1] * other))
    return made


def _fit(rows: csr_array, column: Array, penalty: csr_array) -> Array:
    """The coefficients with the penalty that predicts left-out points best."""
    out = np.arange(len(column)) % OUT == 0
    best = (np.inf, PENALTIES[0])
    for weight in PENALTIES:
        factors = _solve(rows[~out], column[~out], weight * penalty)
        missed = float(np.mean((rows[out] @ factors - column[out]) ** 2))
        best = min(best, (missed, weight))
    return _solve(rows, column, best[1] * penalty)


def _solve(rows: csr_array, column: Array, penalty: csr_array) -> Array:
    gram = (rows.T @ rows + penalty + 1e-10 * eye_array(penalty.shape[0])).tocsc()
    return np.asarray(splu(gram).solve(rows.T @ column))
