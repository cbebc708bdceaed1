"""The functions of every basis as jets of intervals, and where their polynomials change."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import singledispatch

import numpy as np
import torch
from numpy.typing import NDArray

from edgewise.bases import (
    RSWAF,
    Basis,
    BSpline,
    Chebyshev,
    Fourier,
    Gaussian,
    Gegenbauer,
    Hermite,
    Jacobi,
    Legendre,
    ReLUKAN,
    Sine,
    Wavelet,
)
from edgewise.certify.intervals import Interval
from edgewise.certify.taylor_models import ORDER, Jet, choose, constant, join

Array = NDArray[np.float64]
Row = Sequence[Array]
"""The grid tensors of one input."""


def expand(basis: Basis, z: Jet, grid: Row) -> Jet:
    """Every φ_g of a jet, tails included; no piece lies on both sides of a point of ``changes``.

    Shape:
        z: (pieces,) → (pieces, num_basis)

    Raises:
        TypeError: for a basis that isn't edgewise's own.
    """
    if not basis.linear_tails:
        return _expand(basis, z, grid)
    lo, hi = _ends(basis, grid)
    middle = _middle(z)
    nearest, beyond = np.clip(middle, lo, hi), (middle < lo) | (middle > hi)
    # Where z is beyond, c_0 and c_1 become value and slope at the end.
    held = choose(Jet.begin(Interval.of(nearest), np.ones_like(nearest)), z, beyond)
    phi = _expand(basis, held, grid)
    value, slope = phi.parts[:2]
    line = (z - Interval.of(nearest)).stand() * slope + value
    return choose(line, phi, beyond[:, None])


def changes(basis: Basis, grid: Row, near: float = 0.0) -> tuple[Array, float]:
    """Where a function has another formula, and the steepest slope of any function there.

    Args:
        near: how far from these points the slope must hold, beside what their roundings are.
    """
    points, slope = _changes(basis, grid)
    if not basis.linear_tails:
        return points, slope
    ends = np.array(_ends(basis, grid))
    reach = near + 2.0**-40 * (1 + np.abs(ends))
    around = Interval(ends - reach, ends + reach)
    with np.errstate(over="ignore", invalid="ignore"):
        steep = _expand(basis, Jet.begin(around, np.ones(2)), grid).parts[1].size
    inner = points[(points > ends[0]) & (points < ends[1])]
    return np.unique(np.concatenate([inner, ends])), float(max(slope, steep.max()))


def is_smooth(basis: Basis, grid: Row) -> bool:
    """Whether all functions have a continuous slope."""
    return _is_smooth(basis, grid, *(_ends(basis, grid) if basis.linear_tails else _EVERYWHERE))


def _ends(basis: Basis, grid: Row) -> tuple[float, float]:
    """The ends of the domain that tails begin at: to the last bit those of ``evaluate_stack``."""
    lo, hi = basis.ends(tuple(torch.as_tensor(t) for t in grid))
    return float(lo), float(hi)


_EVERYWHERE = -math.inf, math.inf


@singledispatch
def _expand(basis: Basis, z: Jet, grid: Row) -> Jet:
    """The formulas of a basis, without tails."""
    raise TypeError(
        f"expected a basis whose derivatives are bounded in edgewise.export, got {basis}: convert "
        "the model to another basis with edgewise.grids.convert"
    )


@singledispatch
def _changes(basis: Basis, grid: Row) -> tuple[Array, float]:
    """What :func:`changes` says of the formulas of a basis, without tails."""
    return np.zeros(0), 0.0


@singledispatch
def _is_smooth(basis: Basis, grid: Row, lo: float, hi: float) -> bool:
    """Whether the formulas have continuous slopes from lo to hi."""
    return True


@_is_smooth.register
def _bspline_is_smooth(basis: BSpline, grid: Row, lo: float, hi: float) -> bool:
    knots = grid[0][(grid[0] > lo) & (grid[0] < hi)]
    return bool(np.unique(knots, return_counts=True)[1].max(initial=0) < basis.degree)


def _offsets(z: Jet, grid: Row) -> Jet:
    """(z - c_g) / w_g."""
    return (z.stand() - Interval.of(grid[0])) * Interval.of(grid[1]).inverse()


@_expand.register
def _gaussian(basis: Gaussian, z: Jet, grid: Row) -> Jet:
    return (-_offsets(z, grid).square()).exp()


@_expand.register
def _rswaf(basis: RSWAF, z: Jet, grid: Row) -> Jet:
    wave = ((z.stand() - Interval.of(grid[0])) * Interval.of(grid[1])).tanh()
    return -wave.square() + Interval.of(1.0)


@_expand.register
def _wavelet(basis: Wavelet, z: Jet, grid: Row) -> Jet:
    u, frequency = _offsets(z, grid), float(grid[2])
    square = u.square()
    bell = (square * Interval.of(-0.5)).exp()
    if frequency == 0:
        hat = _nearly(2 / math.sqrt(3) * math.pi**-0.25)
        return (-square + Interval.of(1.0)) * bell * hat
    w2 = frequency * frequency
    total = 0.5 + 1.5 * math.exp(-w2) - 2 * math.exp(-0.75 * w2)
    scale = _nearly((total * math.sqrt(math.pi)) ** -0.5)
    cosine, _ = (u * Interval.of(frequency)).waves()
    return (cosine - _nearly(math.exp(-w2 / 2))) * bell * scale


def _nearly(value: float) -> Interval:
    """A number that a few roundings led to."""
    slack = abs(value) * 1e-13
    return Interval(np.asarray(value - slack), np.asarray(value + slack))


@_expand.register
def _relukan(basis: ReLUKAN, z: Jet, grid: Row) -> Jet:
    u = _offsets(z, grid)
    bump = (-u.square() + Interval.of(1.0)).square()
    middle = np.abs(_middle(z)[:, None] - grid[0]) < grid[1]
    return choose(bump, constant(0.0), middle)


@_changes.register
def _relukan_changes(basis: ReLUKAN, grid: Row) -> tuple[Array, float]:
    ends = np.concatenate([grid[0] - grid[1], grid[0] + grid[1]])
    return np.unique(ends), float(np.max(2 / np.atleast_1d(grid[1])))


def _middle(z: Jet) -> Array:
    return z.parts[0].middle


@_expand.register
def _bspline(basis: BSpline, z: Jet, grid: Row) -> Jet:
    """De Boor's recurrence in the cell that the middle of each piece is in."""
    k, knots = basis.degree, grid[0]
    middle = _middle(z)
    cell = np.clip(np.searchsorted(knots, middle, side="right") - 1, 0, len(knots) - 2)
    inside = (middle >= knots[0]) & (middle < knots[-1])
    padded = np.concatenate([knots[0] - np.arange(k, 0, -1), knots, knots[-1] + 1 + np.arange(k)])
    at = cell + k
    values = [constant(np.ones(len(middle)))]
    for d in range(1, k + 1):
        made = []
        for r, value in enumerate(values):
            left, right = Interval.of(padded[at + 1 - d + r]), Interval.of(padded[at + 1 + r])
            part = value * (right - left).inverse()
            made.append(((z - left) * part, (-(z - right)) * part))
        falls = [fall for _, fall in made] + [None]
        rises = [None, *(rise for rise, _ in made)]
        values = [_add(a, b) for a, b in zip(falls, rises, strict=True)]
    rows = np.arange(len(middle))
    lo = np.zeros((ORDER + 1, len(middle), basis.num_basis + 2 * k))
    hi = np.zeros_like(lo)
    for r, value in enumerate(values):
        for n, c in enumerate(value.parts):
            lo[n, rows, cell + r] = np.where(inside, c.lo, 0.0)
            hi[n, rows, cell + r] = np.where(inside, c.hi, 0.0)
    own = slice(k, k + basis.num_basis)
    return Jet([Interval(a[:, own], b[:, own]) for a, b in zip(lo, hi, strict=True)])


def _add(one: Jet | None, other: Jet | None) -> Jet:
    if one is None or other is None:
        return one or other  # type: ignore[return-value]
    return one + other


@_changes.register
def _bspline_changes(basis: BSpline, grid: Row) -> tuple[Array, float]:
    gaps = np.diff(grid[0])
    return np.unique(grid[0]), float(2 * basis.degree / gaps[gaps > 0].min())


@_expand.register
def _fourier(basis: Fourier, z: Jet, grid: Row) -> Jet:
    waves = [(z * Interval.of(float(n))).waves() for n in range(1, basis.num + 1)]
    return join([c for c, _ in waves] + [s for _, s in waves])


@_expand.register
def _sine(basis: Sine, z: Jet, grid: Row) -> Jet:
    return (z.stand() * Interval.of(grid[0]) + Interval.of(grid[1])).waves()[1]


def _recur(z: Jet, rows: Sequence[tuple[Interval, Interval, Interval]]) -> Jet:
    """P_{n+1} = (a_n z + b_n) P_n - c_n P_{n-1}, from P_0 = 1."""
    one = constant(np.ones_like(z.parts[0].lo))
    made = [one]
    for n, (a, b, c) in enumerate(rows):
        value = (z * a + b) * made[-1]
        made.append(value - made[-2] * c if n else value)
    return join(made)


@_expand.register
def _chebyshev(basis: Chebyshev, z: Jet, grid: Row) -> Jet:
    numbers = [(2.0 if n else 1.0, 0.0, 1.0) for n in range(basis.degree)]
    return _recur(z, [tuple(map(Interval.of, row)) for row in numbers])  # type: ignore[misc]


@_expand.register
def _legendre(basis: Legendre, z: Jet, grid: Row) -> Jet:
    rows = []
    for n in range(basis.degree):
        below = Interval.of(n + 1.0).inverse()
        rows.append((Interval.of(2.0 * n + 1) * below, Interval.of(0.0), Interval.of(n) * below))
    return _recur(z, rows)


@_expand.register(Jacobi)
@_expand.register(Gegenbauer)
@_expand.register(Hermite)
def _orthogonal(basis: Basis, z: Jet, grid: Row) -> Jet:
    return _recur(z, [tuple(map(Interval.of, row)) for row in grid[0]])  # type: ignore[misc]
