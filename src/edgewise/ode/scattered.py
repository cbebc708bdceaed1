"""Interpolate fields from scattered points to a grid, by P-splines.

The model is a tensor product of cubic B-splines, fitted by least squares with a penalty on second
differences of neighbouring coefficients (Eilers, Currie and Durbán, 2006). Left-out points choose
the weight of the penalty. The fit is linear in the values, so noise of the points becomes noise of
the grid by the same map: it is smaller there, and neighbours share it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.interpolate import BSpline
from scipy.linalg import cho_solve_banded, cholesky_banded
from scipy.sparse import csr_array, eye_array

from edgewise._arrays import Array
from edgewise.discovery.penalised_spline import DEGREE, even_knots, penalise_bends
from edgewise.ode.fields import LIGHTER, along

POINTS_EACH = 2.0
"""Number of points for each coefficient. Noise of a fine surface is known and allowed for; the bias
of a coarse one isn't, and becomes terms of an equation."""
FEWEST, MOST = 8, 64
"""Fewest and most cells along an axis."""
LEAST_EACH = 4.0
"""Least number of points for each coefficient of a surface of the fewest cells."""
MOST_WORK = 3e10
"""Most multiplications of a Cholesky decomposition, unless cells were fewer than the fewest."""
FINER, LEAST = 4, 64
"""Number of grid points in each cell, and the least number along an axis: windows need some ten."""
OUT = 5
"""One point in five is left out to choose the penalty."""
PENALTIES = np.logspace(-6, 2, 9)
COPIES = 16
"""Copies of pure noise, from which sizes of noise before and after smoothing are measured."""


@dataclass(frozen=True, eq=False)
class PointNoise:
    """Independent noise of scattered points, as smoothing brings it to the grid.

    Attributes:
        points: the number of points.
        measured: its standard deviation at the points.
        to_grid: the map from values at the points to values on the grid.
    """

    points: int
    measured: float
    to_grid: Callable[[Array], Array]

    @cached_property
    def size(self) -> float:
        """Its standard deviation on the grid, the root mean square of all grid points."""
        generator = np.random.default_rng(0)
        return float(np.sqrt(np.mean([self.draw(generator) ** 2 for _ in range(COPIES)])))

    def draw(self, generator: np.random.Generator) -> Array:
        """New noise on the grid."""
        return self.to_grid(self.measured * generator.standard_normal(self.points))


def put_on_grid(
    axes: Sequence[Array], values: Sequence[Array], coarser: float
) -> tuple[list[Array], list[Array], list[PointNoise]]:
    """A grid, smoothed fields on it and their noise, from scattered points.

    Args:
        coarser: factor of the cells' width.

    Shape:
        axes, values: of (points,) → of (steps,), …; of (steps, …)
    """
    count, dimensions = len(values[0]), len(axes)
    least = int(LEAST_EACH * (FEWEST + DEGREE) ** dimensions) + 1
    if count < least:
        raise ValueError(
            f"discover_pde expected at least {least} scattered points in {dimensions} dimensions, "
            f"got {count}: measure at more places"
        )
    # The matrix has n^d rows and a band of DEGREE·n^(d-1): n splines along each of d axes.
    quick = (MOST_WORK / DEGREE**2) ** (1 / (3 * dimensions - 2))
    splines = min((count / POINTS_EACH) ** (1 / dimensions), quick)
    cells = int(np.clip(splines - DEGREE, FEWEST, MOST) / coarser)
    knots = [even_knots(axis.min(), axis.max(), cells, DEGREE) for axis in axes]
    rows = _products([_basis(k, axis) for k, axis in zip(knots, axes, strict=True)])
    grid = [np.linspace(a.min(), a.max(), max(FINER * cells, LEAST) + 1) for a in axes]
    shapes = [_basis(k, g).toarray() for k, g in zip(knots, grid, strict=True)]
    penalty = penalise_bends([cells + DEGREE] * len(axes))
    made = [_smooth(rows, column, penalty, shapes) for column in values]
    return grid, [field for field, _ in made], [noise for _, noise in made]


def _smooth(
    rows: csr_array, column: Array, penalty: csr_array, shapes: Sequence[Array]
) -> tuple[Array, PointNoise]:
    """A field on the grid, and its noise.

    The fit makes residuals smaller than noise, by a factor that pure noise tells.
    """
    lighter = LIGHTER * _choose_penalty(rows, column, penalty)
    solve = _solver(rows.T @ rows + lighter * penalty)

    def to_grid(values: Array) -> Array:
        factors = solve(rows.T @ values).reshape([shape.shape[1] for shape in shapes])
        for place, shape in enumerate(shapes):
            factors = along(shape, factors, place)
        return factors

    def left(values: Array) -> float:
        return float(np.mean((values - rows @ solve(rows.T @ values)) ** 2))

    pure = np.random.default_rng(0).standard_normal((COPIES, len(column)))
    measured = np.sqrt(left(column) / np.mean([left(one) for one in pure]))
    return to_grid(column), PointNoise(len(column), float(measured), to_grid)


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


def _choose_penalty(rows: csr_array, column: Array, penalty: csr_array) -> float:
    """The weight of the penalty that predicts left-out points best."""
    out = np.arange(len(column)) % OUT == 0
    kept = rows[~out]
    gram, right = kept.T @ kept, kept.T @ column[~out]

    def missed(weight: float) -> float:
        left = rows[out] @ _solver(gram + weight * penalty)(right) - column[out]
        return float(np.mean(left**2))

    return float(min(PENALTIES, key=missed))


def _solver(gram: csr_array) -> Callable[[Array], Array]:
    """The map from a right side to the solution of the normal equations, by a banded Cholesky."""
    entries = (gram + 1e-10 * eye_array(gram.shape[0])).tocoo()
    lower = entries.row >= entries.col
    places = (entries.row - entries.col)[lower]
    band = np.zeros((int(places.max()) + 1, gram.shape[0]))
    band[places, entries.col[lower]] = entries.data[lower]
    root = cholesky_banded(band, overwrite_ab=True, lower=True)
    return lambda right: np.asarray(cho_solve_banded((root, True), right))
