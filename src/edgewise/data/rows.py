"""Choose, thin and cut rows; their weights, and the spread of values."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from edgewise._arrays import Array


def pick_evenly(count: int, most: int) -> NDArray[np.int64]:
    """At most ``most`` of the indices below ``count``, evenly spaced, both ends included."""
    if count <= most:
        return np.arange(count)
    return np.linspace(0, count - 1, most).round().astype(np.int64)


def thin(count: int, most: int) -> slice:
    """Every k-th row, for the smallest k that leaves at most ``most`` of ``count`` rows."""
    return slice(None, None, max(1, -(-count // most)))


def cut(count: int, most: int) -> list[slice]:
    """Slices of at most ``most`` rows that cover all of ``count``."""
    return [slice(start, start + most) for start in range(0, count, most)]


def fill_weight(weight: Array | None, count: int) -> Array:
    """The weight of each row; ones if no weights are given."""
    return np.ones(count) if weight is None else weight


def weighted_variance(values: Array, weight: Array | None) -> float:
    """Σ w (v - m)² / Σ w about the weighted mean m; None stands for equal weights."""
    mean = np.average(values, weights=weight)
    return float(np.average((values - mean) ** 2, weights=weight))


def robust_deviation(values: Array) -> float:
    """1.4826 times the median of |v|: the standard deviation of Gaussian values of mean 0.

    Outliers hardly change it if they are few.
    """
    return 1.4826 * float(np.median(np.abs(values)))
