"""Polynomials through neighbouring steps: slopes, interpolation, integrals of noise-free data."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from edgewise._arrays import Array

STENCILS = (3, 5, 7, 9, 11, 13)
"""Numbers of neighbouring steps that a polynomial may pass through."""
ROUGH = 0.55
"""A control jumps, and is interpolated linearly, where one of the slopes between six neighbours
exceeds this fraction of the sum of their sizes; for smooth curves the largest is about a third."""


def _neighbours(count: int, width: int, first: NDArray[np.int64]) -> NDArray[np.int64]:
    """Indices of `width` consecutive steps from `first` on, shifted into the range; (len, width)"""
    return np.clip(first, 0, count - width)[:, None] + np.arange(width)


def _barycentric(points: Array) -> Array:
    """1 / Π (x_j - x_k), scaled to at most 1 in each row; (rows, width) → (rows, width)."""
    scale = np.abs(points[:, -1] - points[:, 0])[:, None, None] / 4
    gaps = (points[:, :, None] - points[:, None, :]) / scale
    weights = 1 / np.prod(gaps + np.eye(points.shape[1]), axis=2)
    result: Array = weights / np.abs(weights).max(1, keepdims=True)
    return result


def slopes_through(t: Array, values: Array, width: int) -> Array:
    """The slope of the polynomial through `width` neighbours, at each step.

    Shape:
        t: (steps,); values: (steps, dims) → (steps, dims)
    """
    count = len(t)
    near = _neighbours(count, width, np.arange(count) - width // 2)
    points = t[near]
    weights = _barycentric(points)
    here = np.arange(count) - near[:, 0]
    rows = np.arange(count)
    gaps = t[:, None] - points
    gaps[rows, here] = 1.0
    slopes = weights / weights[rows, here][:, None] / gaps
    slopes[rows, here] = 0.0
    # The weights sum to 0, so values may be replaced by differences, which avoids cancellation.
    differences = values[near] - values[:, None, :]
    result: Array = np.einsum("sw,swd->sd", slopes, differences)
    return result


def differentiate(t: Array, values: Array) -> tuple[Array, Array, int]:
    """Slopes of noise-free values, their errors, and the number of less accurate steps at each end.

    Polynomials through more and more neighbours are compared. If the truncation error dominates,
    two successive ones differ by the error of the shorter one; if rounding or noise dominates, by
    the errors of both. The number of neighbours with the smallest difference is taken.

    Shape:
        t: (steps,); values: (steps, dims) → (steps, dims), (steps, dims)
    """
    widths = [w for w in STENCILS if w <= len(t)]
    slopes = [slopes_through(t, values, w) for w in widths]
    best: tuple[float, int] = (np.inf, 1)
    scale = np.maximum(np.abs(slopes[-1]).max(0), np.finfo(float).tiny)
    for k in range(1, len(widths)):
        inner = slice(widths[k] // 2, len(t) - widths[k] // 2)
        gap = np.abs(slopes[k] - slopes[k - 1])[inner]
        if len(gap) == 0:
            break
        size = float(np.median(gap / scale, axis=0).max())
        if size < best[0]:
            best = (size, k)
    k = best[1]
    return slopes[k], np.abs(slopes[k] - slopes[k - 1]), widths[k] // 2


class Interpolant:
    """Interpolates controls between steps: by polynomials, or linearly across jumps.

    Shape:
        t: (steps,); values: (steps, controls)
    """

    def __init__(self, t: Array, values: Array) -> None:
        self.t, self.values = t, values
        count = len(t)
        self.width = min(6, count)
        if not values.shape[1]:
            return
        slopes = np.abs(np.diff(values, axis=0) / np.diff(t)[:, None])
        # The slopes, at most five, that the polynomial of each cell uses.
        near = slopes[_neighbours(count - 1, self.width - 1, np.arange(count - 1) - 2)]
        self.rough = near.max(1) > ROUGH * near.sum(1)

    def __call__(self, at: Array) -> Array:
        """The controls at other times, constant outside the range; (…) → (…, controls)"""
        at = np.asarray(at, dtype=np.float64)
        controls = self.values.shape[1]
        if not controls:
            return np.empty((*at.shape, 0))
        flat = np.clip(at.ravel(), self.t[0], self.t[-1])
        cell = np.clip(np.searchsorted(self.t, flat, side="right") - 1, 0, len(self.t) - 2)
        near = _neighbours(len(self.t), self.width, cell - self.width // 2 + 1)
        smooth = np.einsum("qw,qwc->qc", lagrange(self.t[near], flat), self.values[near])
        part = ((flat - self.t[cell]) / (self.t[cell + 1] - self.t[cell]))[:, None]
        linear = (1 - part) * self.values[cell] + part * self.values[cell + 1]
        return np.where(self.rough[cell], linear, smooth).reshape(*at.shape, controls)


def quadrature(t: Array) -> Array:
    """Weights of ∫ f dt, exact for the cubics through four neighbouring steps; (steps,)"""
    count = len(t)
    cell = np.arange(count - 1)
    near = _neighbours(count, 4, cell - 1)
    nodes, weights = np.polynomial.legendre.leggauss(2)
    half, middle = np.diff(t) / 2, (t[1:] + t[:-1]) / 2
    result = np.zeros(count)
    for node, weight in zip(nodes, weights, strict=True):
        shares = lagrange(t[near], middle + half * node)
        np.add.at(result, near.T, weight * half * shares.T)
    return result


def lagrange(points: Array, at: Array) -> Array:
    """The weight of each value in the polynomial through the points of a row, at one place.

    Shape:
        points: (rows, width); at: (rows,) → (rows, width)
    """
    own = np.eye(points.shape[1], dtype=bool)
    apart = np.where(own, 1.0, points[:, :, None] - points[:, None, :])
    away = np.where(own, 1.0, (at[:, None] - points)[:, None, :])
    weights: Array = np.prod(away / apart, axis=2)
    return weights
