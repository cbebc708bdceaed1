"""Scale the columns of a linear problem to length 1, so that units of its unknowns don't matter."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def scale_columns(columns: Array) -> tuple[Array, Array]:
    """Columns divided by their lengths, and the lengths; a column of zeros has length 1.

    Shape:
        columns: (*, rows, columns) → the same, (*, columns)
    """
    length = np.sqrt(np.square(columns).sum(-2))
    length[length == 0] = 1.0
    return columns / length[..., None, :], length
