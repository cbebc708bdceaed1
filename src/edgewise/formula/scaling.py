"""Columns of linear problems: scaled to length 1, and without their projection on others.

With scaled columns the units of the unknowns don't matter.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from edgewise._arrays import Array
from edgewise._gauss_newton import Attempt, Trial

ROUNDING = float(np.finfo(float).eps)
"""A descent is over where the linear problem promises no more than the cost's rounding error."""


def scale_columns(columns: Array) -> tuple[Array, Array]:
    """Columns divided by their lengths, and the lengths; a column of zeros has length 1.

    Shape:
        columns: (*, rows, columns) → the same, (*, columns)
    """
    length = np.sqrt(np.square(columns).sum(-2))
    length[length == 0] = 1.0
    return columns / length[..., None, :], length


def remove_projection(q: Array, v: Array) -> Array:
    """A vector, or each column, minus its projection on orthonormal columns.

    Shape:
        q: (rows, n); v: (rows,) or (rows, *)
    """
    return v - q @ (q.T @ v)


def damp_steps(
    at: Trial, jacobian: Array, residual: Array, move: Callable[[Array], Trial | None]
) -> Attempt:
    """Levenberg and Marquardt's steps from a point.

    Args:
        at: the point, which is the answer where a step promises no more than rounding.
        move: makes the trial of a step.
    """
    scaled, scale = scale_columns(jacobian)
    gram, right = scaled.T @ scaled, scaled.T @ residual
    least = ROUNDING * float(residual @ residual)

    def attempt(damping: float) -> Trial | None:
        try:
            step = np.linalg.solve(gram + damping * np.eye(len(gram)), right)
        except np.linalg.LinAlgError:
            return None
        return at if step @ (2 * right - gram @ step) <= least else move(step / scale)

    return attempt


def power_of_two_above(values: Array) -> Array:
    """The least power of two above the size of each value, 1 for 0; a unit that costs no digits."""
    return np.ldexp(1.0, np.frexp(values)[1])
