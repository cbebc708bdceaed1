"""Scale the columns of a linear problem to length 1, so that units of its unknowns don't matter."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from edgewise._arrays import Array


def scale_columns(columns: Array) -> tuple[Array, Array]:
    """Columns divided by their lengths, and the lengths; a column of zeros has length 1.

    Shape:
        columns: (*, rows, columns) → the same, (*, columns)
    """
    length = np.sqrt(np.square(columns).sum(-2))
    length[length == 0] = 1.0
    return columns / length[..., None, :], length


def damp_steps(jacobian: Array, residual: Array) -> Callable[[float], Array | None]:
    """Levenberg and Marquardt's step for a damping; None where the equations are singular."""
    scaled, scale = scale_columns(jacobian)
    gram, right = scaled.T @ scaled, scaled.T @ residual

    def step(damping: float) -> Array | None:
        try:
            return np.asarray(np.linalg.solve(gram + damping * np.eye(len(gram)), right) / scale)
        except np.linalg.LinAlgError:
            return None

    return step


def power_of_two_above(values: Array) -> Array:
    """The least power of two above the size of each value, 1 for 0; a unit that costs no digits."""
    return np.ldexp(1.0, np.frexp(values)[1])
