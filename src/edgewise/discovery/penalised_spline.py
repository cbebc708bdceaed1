"""P-splines: curves and surfaces of many B-splines with a roughness penalty (Eilers, Marx 1996)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.interpolate import BSpline
from scipy.sparse import csr_array, diags_array, eye_array, kron

from edgewise._arrays import Array

DEGREE = 3
MOST_PIECES, PIECES_OF_TWO = 20, 6
"""Most pieces of a curve, and of each side of a surface."""
ROWS_A_PIECE = 4


@dataclass(frozen=True, eq=False)
class PenalisedSpline:
    """A tensor product of B-splines over the ranges of its arguments, with a roughness penalty.

    Attributes:
        knots: of each argument.
        low, width: of the range of each argument.
    """

    knots: tuple[Array, ...]
    low: Array
    width: Array

    @classmethod
    def over(cls, arguments: Array, rows: int) -> PenalisedSpline:
        """Equidistant knots over the range of the rows; (rows, arguments)"""
        low, width = arguments.min(0), np.maximum(np.ptp(arguments, axis=0), 1e-300)
        most = MOST_PIECES if arguments.shape[1] == 1 else PIECES_OF_TWO
        pieces = int(np.clip(rows // ROWS_A_PIECE, 3, most))
        knots = even_knots(0.0, 1.0, pieces, DEGREE)
        return cls((knots,) * arguments.shape[1], low, width)

    @property
    def size(self) -> int:
        return math.prod(len(k) - DEGREE - 1 for k in self.knots)

    def basis(self, arguments: Array, slope_of: int | None = None) -> Array:
        """The value, or a partial derivative, of each spline at each row; (rows, size)

        Outside the range the values at its end are taken.
        """
        place = (arguments - self.low) / self.width
        z = np.clip(place, 0.0, 1.0)
        total = np.ones((len(z), 1))
        for n, knots in enumerate(self.knots):
            if slope_of == n:
                count = len(knots) - DEGREE - 1
                one = BSpline(knots, np.eye(count), DEGREE).derivative()(z[:, n]) / self.width[n]
                one[place[:, n] != z[:, n]] = 0.0
            else:
                one = BSpline.design_matrix(z[:, n], knots, DEGREE).toarray()
            total = (total[:, :, None] * one[:, None, :]).reshape(len(z), -1)
        return total

    @cached_property
    def penalty(self) -> Array:
        """The matrix of Σ (second differences)² along each argument; (size, size)"""
        sizes = [len(k) - DEGREE - 1 for k in self.knots]
        return np.asarray(penalise_bends(sizes).toarray())

    @cached_property
    def rank(self) -> int:
        return self.size - 2 ** len(self.knots)


def even_knots(low: float, high: float, cells: int, degree: int) -> Array:
    """The knots of B-splines on equal cells from low to high, ``degree`` cells more at each end."""
    steps = np.arange(-degree, cells + degree + 1)
    return np.asarray(low + (high - low) / cells * steps, dtype=np.float64)


def penalise_bends(sizes: Sequence[int]) -> csr_array:
    """The matrix of Σ (second differences of coefficients)², summed over the axes.

    Shape:
        (n, n), n being the product of the sizes
    """
    total = None
    for place, size in enumerate(sizes):
        second = diags_array([1.0, -2.0, 1.0], offsets=[0, 1, 2], shape=(size - 2, size))
        made = eye_array(1)
        for k, other in enumerate(sizes):
            made = kron(made, second.T @ second if k == place else eye_array(other))
        total = made if total is None else total + made
    return csr_array(total)
