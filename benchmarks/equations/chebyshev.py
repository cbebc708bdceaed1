"""Chebyshev's points: differentiation and interpolation of what is known there."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def differentiate(degree: int) -> tuple[Array, Array]:
    """Chebyshev's points from 1 to -1, and the matrix that differentiates polynomials there.

    L. N. Trefethen, "Spectral methods in MATLAB", 2000, program cheb.
    """
    k = np.arange(degree + 1)
    nodes = np.cos(np.pi * k / degree)
    factor = np.where((k == 0) | (k == degree), 2.0, 1.0) * (-1.0) ** k
    # x_i - x_j as a product of sines, which keeps all digits where points lie close.
    half = np.pi * k / (2 * degree)
    apart = 2 * np.sin(half[:, None] + half) * np.sin(half - half[:, None])
    matrix = np.outer(factor, 1 / factor) / (apart + np.eye(degree + 1))
    return nodes, matrix - np.diag(matrix.sum(1))


def interpolate(nodes: Array, x: Array) -> Array:
    """The matrix from values at Chebyshev's points to those at x, by the barycentric formula.

    Shape:
        nodes: (n,), of any interval; x: (m,) → (m, n)
    """
    weights = (-1.0) ** np.arange(len(nodes))
    weights[[0, -1]] /= 2
    gap = x[:, None] - nodes
    hit = gap == 0
    parts = weights / np.where(hit, 1.0, gap)
    parts = np.where(hit.any(1, keepdims=True), hit, parts)
    return parts / parts.sum(1, keepdims=True)
