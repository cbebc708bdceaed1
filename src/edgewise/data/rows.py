"""Choose, thin and cut rows; their weights, and the spread of values."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

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


def predict_folds(folds: NDArray[np.int64], predict: Callable[[NDArray[np.bool_]], Any]) -> Array:
    """Out-of-fold predictions: `predict` has a fold's rows as a mask, and fits the others."""
    made = np.empty(len(folds))
    for fold in np.unique(folds):
        made[folds == fold] = predict(folds == fold)
    return made


def fill_weight(weight: Array | None, count: int) -> Array:
    """The weight of each row; ones if no weights are given."""
    return np.ones(count) if weight is None else weight


def weighted_variance(values: Array, weight: Array | None) -> float:
    """Σ w (v - m)² / Σ w about the weighted mean m; None stands for equal weights."""
    mean = np.average(values, weights=weight)
    return float(np.average((values - mean) ** 2, weights=weight))


def measure_scatter(t: Array, values: Array, weight: Array | None) -> Array:
    """The variance of values, for a weight of 1, that isn't a smooth function of t.

    In the order of t each value is compared with the line through its neighbours. The difference
    has, up to the curvature of the function, the variance

    .. math:: σ^2 (1 / w_k + λ^2 / w_{k-1} + (1 - λ)^2 / w_{k+1}), \\qquad
              λ = \\frac{t_{k+1} - t_k}{t_{k+1} - t_{k-1}}.

    The mean of the squares in units of the bracket is σ². NaN for fewer than three rows with
    weight, infinite where t isn't finite.

    Source: T. Gasser, L. Sroka and C. Jennen-Steinmetz, *Residual variance and residual pattern in
    nonlinear regression*, Biometrika 73, 1986.

    Shape:
        t: (…, rows) → (…); values, weight: (rows,)

    Example:
        >>> t = np.linspace(0, 1, 500)
        >>> bool(measure_scatter(t, np.sin(t), None) < 1e-12)
        True
    """
    order = np.argsort(t, axis=-1, kind="stable")
    u, y = np.take_along_axis(t, order, -1), values[order]
    with np.errstate(all="ignore"):
        gap = u[..., 2:] - u[..., :-2]
        share = np.divide(u[..., 2:] - u[..., 1:-1], gap, out=np.full_like(gap, 0.5), where=gap > 0)
        error = y[..., 1:-1] - share * y[..., :-2] - (1 - share) * y[..., 2:]
        if weight is None:
            variance = 1 + share**2 + (1 - share) ** 2
        else:
            left, own, right = ((1 / weight)[order][..., k : k - 2 or None] for k in range(3))
            variance = own + share**2 * left + (1 - share) ** 2 * right
        known = np.isfinite(variance)
        total = np.where(known, error**2 / variance, 0.0).sum(-1) / known.sum(-1)
    return np.where(np.isfinite(t).all(-1), total, np.inf)


def robust_deviation(values: Array) -> float:
    """1.4826 times the median of |v|: the standard deviation of Gaussian values of mean 0.

    Outliers hardly change it if they are few.
    """
    return 1.4826 * float(np.median(np.abs(values)))
