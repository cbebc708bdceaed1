"""The lid-driven cavity: the published table, and a spectral solution beside it.

U. Ghia, K. N. Ghia and C. T. Shin, J. Comput. Phys. 48 (1982), tables I and II.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from benchmarks.equations.chebyshev import differentiate, interpolate

Array = NDArray[np.float64]

Y = np.array([
    0.0547, 0.0625, 0.0703, 0.1016, 0.1719, 0.2813, 0.4531, 0.5, 0.6172, 0.7344, 0.8516, 0.9531,
    0.9609, 0.9688, 0.9766,
])  # fmt: skip
"""Heights on the line x = 1/2 where u is given."""
U = {
    100: np.array([
        -0.03717, -0.04192, -0.04775, -0.06434, -0.10150, -0.15662, -0.21090, -0.20581, -0.13641,
        0.00332, 0.23151, 0.68717, 0.73722, 0.78871, 0.84123,
    ]),
    400: np.array([
        -0.08186, -0.09266, -0.10338, -0.14612, -0.24299, -0.32726, -0.17119, -0.11477, 0.02135,
        0.16256, 0.29093, 0.55892, 0.61756, 0.68439, 0.75837,
    ]),
}  # fmt: skip
X = np.array([
    0.0625, 0.0703, 0.0781, 0.0938, 0.1563, 0.2266, 0.2344, 0.5, 0.8047, 0.8594, 0.9063, 0.9453,
    0.9531, 0.9609, 0.9688,
])  # fmt: skip
"""Places on the line y = 1/2 where v is given."""
V = {
    100: np.array([
        0.09233, 0.10091, 0.10890, 0.12317, 0.16077, 0.17507, 0.17527, 0.05454, -0.24533,
        -0.22445, -0.16914, -0.10313, -0.08864, -0.07391, -0.05906,
    ]),
    400: np.array([
        0.18360, 0.19713, 0.20920, 0.22965, 0.28124, 0.30203, 0.30174, 0.05186, -0.38598,
        -0.44993, -0.23827, -0.22847, -0.19254, -0.15663, -0.12146,
    ]),
}  # fmt: skip
MISPRINT = {400: 0.9063}
"""Where the table of v contradicts its neighbours and every later computation."""


def solve_cavity(reynolds: float, degree: int) -> tuple[Array, Array]:
    """The stream function of steady flow under a lid of speed 1, by collocation and Newton.

    ψ_y Δψ_x - ψ_x Δψ_y = Δ²ψ / Re with u = ψ_y, v = -ψ_x. Where the lid meets the walls u jumps,
    so digits come slowly: some four in the middle with 48 points.

    Returns:
        Chebyshev's points in [0, 1], (n,), and ψ, (n, n) by x and y.
    """
    nodes, slope = differentiate(degree)
    slope = 2 * slope
    size = degree + 1
    unit = np.eye(size)
    dx, dy = np.kron(slope, unit), np.kron(unit, slope)
    square = slope @ slope
    laplacian = np.kron(square, unit) + np.kron(unit, square)
    biharmonic = laplacian @ laplacian
    dx_laplacian, dy_laplacian = dx @ laplacian, dy @ laplacian
    # ψ = 0 on the border, and one normal derivative beside each border point.
    i, j = np.divmod(np.arange(size * size), size)
    border = (i == 0) | (i == degree) | (j == 0) | (j == degree)
    beside = ~border & ((i == 1) | (i == degree - 1) | (j == 1) | (j == degree - 1))
    inside = ~border & ~beside
    rows, right = np.eye(size * size), np.zeros(size * size)
    for place in np.flatnonzero(beside):
        a, b = i[place], j[place]
        if b in (1, degree - 1):  # the lid is j = 0, y = 1
            edge = 0 if b == 1 else degree
            rows[place] = dy[a * size + edge]
            right[place] = 1.0 if edge == 0 else 0.0
        else:
            rows[place] = dx[(0 if a == 1 else degree) * size + b]
    psi = np.zeros(size * size)
    for re in np.geomspace(min(reynolds, 50.0), reynolds, 3):
        for _ in range(12):
            flow = (dy @ psi)[:, None] * dx_laplacian - (dx @ psi)[:, None] * dy_laplacian
            value = flow @ psi - biharmonic @ psi / re
            matrix = flow - biharmonic / re
            matrix += (dx_laplacian @ psi)[:, None] * dy - (dy_laplacian @ psi)[:, None] * dx
            matrix[~inside] = rows[~inside]
            value = np.where(inside, value, rows @ psi - right)
            step = np.linalg.solve(matrix, value)
            psi = psi - step
            if np.abs(step).max() < 1e-10:
                break
    return (nodes + 1) / 2, psi.reshape(size, size)


def centre_lines(nodes: Array, psi: Array) -> tuple[Array, Array]:
    """u at the heights of the table on x = 1/2, and v at its places on y = 1/2."""
    slope = 2 * differentiate(len(nodes) - 1)[1]
    half = interpolate(nodes, np.array([0.5]))
    u = interpolate(nodes, Y) @ (psi @ slope.T).T @ half.T
    v = -interpolate(nodes, X) @ (slope @ psi) @ half.T
    return u[:, 0], v[:, 0]
