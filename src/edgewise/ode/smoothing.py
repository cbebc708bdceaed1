"""Smoothing splines through noisy trajectories: values, slopes and their errors.

Each column is a sum of B-splines of degree 5 on equidistant knots, with a penalty on differences of
their coefficients (P-splines; Eilers and Marx, 1996). Generalised cross-validation chooses one
penalty for each column. Long trajectories are cut into overlapping pieces, so that the work is
proportional to their length.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import BSpline

from edgewise._arrays import Array
from edgewise.discovery.penalised_spline import even_knots

DEGREE = 5
ORDER = 4
"""Order of the penalised differences of coefficients; cubics have no penalty."""
PIECE, OVERLAP = 500, 60
"""Steps of a piece, and the steps that it shares with the next one."""
CAUTION = 1.3
"""Factor of the degrees of freedom in cross-validation. Without it about one column in ten is
hardly smoothed, and its slopes are useless (Cummins, Filloon and Nychka, 2001)."""
LIGHTER = 0.1
"""Factor applied to the penalty that cross-validation chooses. For a search bias is worse than
noise, because it looks like a part of the formula. A tenth of the penalty has a tenth of the bias,
and the errors of slopes increase by half."""
PENALTIES = np.logspace(-8, 10, 73)


@dataclass(frozen=True, eq=False)
class SmoothTrajectory:
    """A smoothed trajectory.

    Shape:
        values; slopes, bends (second derivatives), and their standard errors: (steps, dims)
    """

    values: Array
    slopes: Array
    bends: Array
    errors: Array
    bend_errors: Array


@dataclass(frozen=True, eq=False)
class _Piece:
    """A piece of a trajectory in the Demmler-Reinsch basis, where fit and penalty are diagonal.

    Attributes:
        tables: values, slopes and second derivatives of the basis functions at the steps.
        stiffness: the penalty of each function.
    """

    which: int
    begin: int
    end: int
    tables: list[Array]
    stiffness: Array


def diagonalise(t: Array, step: float, orders: Iterable[int]) -> tuple[list[Array], Array]:
    """Derivatives of the Demmler-Reinsch basis functions at the steps, and the penalty of each.

    The functions' values are orthonormal.
    """
    cells = max(4, int(np.ceil((t[-1] - t[0]) / step)))
    knots = even_knots(t[0], t[-1], cells, DEGREE)
    basis = BSpline(knots, np.eye(cells + DEGREE), DEGREE)
    design = basis(t)
    difference = np.diff(np.eye(cells + DEGREE), ORDER, axis=0)
    penalty = difference.T @ difference
    gram = design.T @ design
    # A small part of the penalty makes the Gram matrix invertible where there are no steps.
    gram += 1e-9 * np.trace(gram) / len(gram) * (penalty + 1e-3 * np.eye(len(gram)))
    root = np.linalg.cholesky(gram)
    half = np.linalg.solve(root, penalty)
    stiffness, turn = np.linalg.eigh(np.linalg.solve(root, half.T))
    back = np.linalg.solve(root.T, turn)
    return [basis(t, nu=k) @ back for k in orders], np.maximum(stiffness, 0.0)


def _pieces(times: Sequence[Array], step: float) -> list[_Piece]:
    made: list[_Piece] = []
    known: dict[bytes, tuple[list[Array], Array]] = {}
    for which, t in enumerate(times):
        count = max(1, round((len(t) - OVERLAP) / (PIECE - OVERLAP)))
        bounds = np.linspace(0, len(t), count + 1).round().astype(int)
        for k in range(count):
            begin = max(0, bounds[k] - OVERLAP // 2)
            end = min(len(t), bounds[k + 1] + OVERLAP // 2)
            own = (t[begin:end] - t[begin]) / (t[end - 1] - t[begin])
            key = np.append(np.round(own, 12), np.round((t[end - 1] - t[begin]) / step, 9))
            name = key.tobytes()
            if name not in known:
                known[name] = diagonalise(t[begin:end], step, (0, 1, 2))
            made.append(_Piece(which, begin, end, *known[name]))
    return made


def smooth(
    times: Sequence[Array], columns: Sequence[Array]
) -> tuple[list[SmoothTrajectory], Array, Array]:
    """Smooth trajectories, and estimate the noise and the degrees of freedom of each column.

    Shape:
        times: of (steps,); columns: of (steps, dims) → …, (dims,), (dims,)
    """
    gaps = np.concatenate([np.diff(t) for t in times])
    step = 2.0 * float(np.median(gaps))
    pieces = _pieces(times, step)
    parts = [columns[p.which][p.begin : p.end] for p in pieces]
    turned = [p.tables[0].T @ y for p, y in zip(pieces, parts, strict=True)]
    left = np.zeros((len(PENALTIES), columns[0].shape[1]))
    freedom = np.zeros(len(PENALTIES))
    rows = sum(len(y) for y in parts)
    for p, y, c in zip(pieces, parts, turned, strict=True):
        for k, penalty in enumerate(PENALTIES):
            kept = 1 / (1 + penalty * p.stiffness)
            left[k] += ((y - p.tables[0] @ (kept[:, None] * c)) ** 2).sum(0)
            freedom[k] += kept.sum()
    best = cross_validate(left, freedom, rows)
    dims = np.arange(left.shape[1])
    noise = np.sqrt(left[best, dims] / np.maximum(rows - freedom[best], 1.0))
    return _join(pieces, turned, columns, LIGHTER * PENALTIES[best], noise), noise, freedom[best]


def cross_validate(left: Array, freedom: Array, rows: int) -> NDArray[np.intp]:
    """The place of each column's penalty, from residual sums of squares and degrees of freedom.

    Shape:
        left: (penalties, columns); freedom: (penalties,) → (columns,)
    """
    free = np.maximum(rows - CAUTION * freedom, 1e-3 * rows)
    return np.argmin(left / free[:, None] ** 2, axis=0)


def _join(
    pieces: Sequence[_Piece],
    turned: Sequence[Array],
    columns: Sequence[Array],
    penalties: Array,
    noise: Array,
) -> list[SmoothTrajectory]:
    """Join the pieces of each trajectory, with a weighted average where two overlap."""
    sums = [[np.zeros_like(y) for _ in range(5)] for y in columns]
    total = [np.zeros((len(y), 1)) for y in columns]
    for p, c in zip(pieces, turned, strict=True):
        kept = 1 / (1 + p.stiffness[:, None] * penalties)
        share = _fade(p, len(columns[p.which]))[:, None]
        inside = slice(p.begin, p.end)
        made = [table @ (kept * c) for table in p.tables]
        # Posterior standard deviations, which include the bias as well as the noise.
        made += [noise * np.sqrt((table**2) @ kept) for table in p.tables[1:]]
        for target, value in zip(sums[p.which], made, strict=True):
            target[inside] += share * value
        total[p.which][inside] += share
    return [SmoothTrajectory(*(v / w for v in parts)) for parts, w in zip(sums, total, strict=True)]


def _fade(piece: _Piece, count: int) -> Array:
    """Weights of a piece: 1 inside, falling to nearly 0 at ends that overlap another piece."""
    place = np.arange(piece.end - piece.begin)
    share = np.ones(len(place))
    if piece.begin > 0:
        share = np.minimum(share, (place + 1) / (OVERLAP + 1))
    if piece.end < count:
        share = np.minimum(share, (len(place) - place) / (OVERLAP + 1))
    return share
