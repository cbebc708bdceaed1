"""Penalised normal equations (Z'WZ + Λ) β = Z'Wr of a design with factors, solved by elimination.

With the dense block A, the largest factor's diagonal block E and the cross block C, all with their
ridges, the unknowns of that factor are eliminated:

.. math:: (A - C E^{-1} C') a = m - C E^{-1} n, \\qquad c = E^{-1} (n - C' a).

Two factors are coupled by a sparse table. In this case the elimination, together with the diagonals
of the other factors, preconditions conjugate gradients, and the difference between traces of the
inverse and of the preconditioner is estimated by random signs (Hutchinson, 1990).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from scipy import linalg

from edgewise.additive.columns import Array
from edgewise.additive.moments import Moments

PROBES = 16
"""The number of vectors of random signs."""
MOST_ITERATIONS = 100
TOLERANCE, TOLERANCE_OF_PROBES = 1e-6, 1e-2
"""Relative residuals at which conjugate gradients stop."""


@dataclass(frozen=True, eq=False)
class FactorCurvature:
    """Squares of a factor's part of the inverse V, with c its coefficients and a the dense ones.

    Attributes:
        square, bend: tr V² and c'V c of its own block.
        squares, bends: of the column v of V for each dense coefficient, v'v and a c'v.
    """

    square: float
    bend: float
    squares: Array
    bends: Array


@dataclass(frozen=True, eq=False)
class Solved:
    """The solution of the equations.

    Attributes:
        coef: of all coefficients, 0 for those that are left out.
        spread: the diagonal of (Z'WZ + Λ)⁻¹; with two factors or more its sum over each group is
            estimated.
        covariance: the dense block of that inverse.
        kept: the positions of the dense coefficients that aren't left out.
        square: the squared residual of the rows, r'Wr - 2 β'Z'Wr + β'Z'WZ β.
        vectors: the start of conjugate gradients after the ridges have changed a little.
        factor: the curvature of the factor if it is the only one.
    """

    coef: Array
    spread: Array
    covariance: Array
    kept: NDArray[np.intp]
    square: float
    vectors: Array | None = None
    factor: FactorCurvature | None = None


@dataclass(frozen=True, eq=False)
class _Blocks:
    """The blocks of Z'WZ + Λ, without what is left out.

    Attributes:
        dense: A, (dense, dense).
        cross: C of each factor, (dense, levels).
        diagonals: E of each factor, (levels,).
        tables: of each two factors.
    """

    dense: Array
    cross: list[Array]
    diagonals: list[Array]
    tables: dict[tuple[int, int], object]

    def split(self, x: Array) -> list[Array]:
        """The rows of each block: of the dense one first."""
        if not self.diagonals:
            return [x]
        ends = np.cumsum([len(self.dense), *(len(d) for d in self.diagonals)])
        return np.split(x, ends[:-1])

    def multiply(self, x: Array) -> Array:
        """Their matrix times vectors, (unknowns, vectors)."""
        a, *levels = self.split(x)
        out = [self.dense @ a]
        for cross, diagonal, c in zip(self.cross, self.diagonals, levels, strict=True):
            out[0] = out[0] + cross @ c
            out.append(cross.T @ a + diagonal[:, None] * c)
        for (i, j), table in self.tables.items():
            out[1 + i] = out[1 + i] + table @ levels[j]  # type: ignore[operator]
            out[1 + j] = out[1 + j] + table.T @ levels[i]  # type: ignore[attr-defined]
        return np.concatenate(out)


def solve_equations(
    moments: Moments,
    diagonal: Array,
    groups: Sequence[NDArray[np.intp]],
    before: Solved | None,
) -> Solved:
    """Solve for all coefficients whose ridge is finite.

    Args:
        diagonal: the ridge of each coefficient, (width,); inf leaves it out.
        groups: of coefficients, whose sums of ``spread`` are needed.
        before: the solution for other ridges.
    """
    own = diagonal[moments.places]
    inside = np.isfinite(own)
    places, own = moments.places[inside], own[inside]
    taken = np.flatnonzero(inside)
    dense = moments.gram.take(taken, 0).take(taken, 1)
    alive = [k for k, f in enumerate(moments.factors) if np.isfinite(diagonal[f.place]).all()]
    factors = [moments.factors[k] for k in alive]
    cross = [f.cross[inside] for f in factors]
    pairs = combinations(range(len(moments.factors)), 2)
    tables = {
        (alive.index(i), alive.index(j)): table
        for (i, j), table in zip(pairs, moments.tables, strict=True)
        if i in alive and j in alive
    }
    ridges = [diagonal[f.place] for f in factors]
    penalised = dense.copy()
    penalised.flat[:: len(dense) + 1] += own
    blocks = _Blocks(
        penalised, cross, [f.counts + r for f, r in zip(factors, ridges, strict=True)], tables
    )
    first = _Elimination.prepare(blocks, 1e-10 * np.diag(dense))
    right = np.concatenate([moments.moment[inside], *(f.moment for f in factors)])[:, None]
    spread = first.spread()
    unknowns = np.concatenate([places, *(np.arange(f.place.start, f.place.stop) for f in factors)])
    vectors = None
    if tables:
        signs = np.random.default_rng(0).choice([-1.0, 1.0], (len(right), PROBES))
        both = np.concatenate([right, signs], 1)
        start = None if before is None else before.vectors
        start = None if start is None or start.shape != both.shape else start
        vectors = _iterate(blocks, first, both, start)
        solution = vectors[:, 0]
        extra = np.mean(signs * (vectors[:, 1:] - first.solve(signs)), 1)
        spread = spread * _find_ratios(spread, extra, unknowns, groups)
    else:
        solution = first.solve_once(right[:, 0])
    coef, whole = np.zeros((2, moments.width))
    coef[unknowns], whole[unknowns] = solution, spread
    penalty = np.concatenate([own, *ridges])
    through = blocks.multiply(solution[:, None])[:, 0] - penalty * solution
    square = moments.square - 2 * solution @ right[:, 0] + solution @ through
    for factor in factors:
        coef[0] += factor.shares @ coef[factor.place]
    ratio = np.sqrt(spread[: len(places)] / first.spread()[: len(places)]) if tables else None
    covariance = first.inverse if ratio is None else first.inverse * np.outer(ratio, ratio)
    curvature = first.measure_factor(solution) if len(factors) == 1 else None
    return Solved(coef, whole, covariance, places, float(square), vectors, curvature)


@dataclass(frozen=True, eq=False)
class _Elimination:
    """The exact inverse of the dense block and the first factor, with the others' diagonals."""

    blocks: _Blocks
    schur: Array
    inverse: Array
    lifted: Array

    @classmethod
    def prepare(cls, blocks: _Blocks, tiny: Array) -> _Elimination:
        """Eliminate the first factor.

        Args:
            tiny: a ridge for each, which makes a singular matrix positive definite.
        """
        schur, lifted = blocks.dense.copy(), np.zeros((len(blocks.dense), 0))
        if blocks.cross:
            root = 1 / np.sqrt(blocks.diagonals[0])
            rooted = blocks.cross[0] * root
            lifted = rooted * root
            schur -= rooted @ rooted.T  # symmetric: BLAS computes one half
        schur.flat[:: len(schur) + 1] += tiny
        return cls(blocks, schur, invert(schur), lifted)

    def solve(self, right: Array) -> Array:
        """Its product with vectors, (unknowns, vectors)."""
        a, *levels = self.blocks.split(right)
        diagonals = [d[:, None] for d in self.blocks.diagonals]
        if not levels:
            return np.asarray(self.inverse @ a)
        a = self.inverse @ (a - self.lifted @ levels[0])
        first = levels[0] / diagonals[0] - self.lifted.T @ a
        others = [c / d for c, d in zip(levels[1:], diagonals[1:], strict=True)]
        return np.concatenate([a, first, *others])

    def solve_once(self, right: Array) -> Array:
        """Its product with one vector; a step of refinement squares the relative error."""
        a, *levels = self.blocks.split(right)
        a = a - self.lifted @ levels[0] if levels else a
        dense = self.inverse @ a
        dense = dense + self.inverse @ (a - self.schur @ dense)
        if not levels:
            return np.asarray(dense)
        return np.concatenate([dense, levels[0] / self.blocks.diagonals[0] - self.lifted.T @ dense])

    @cached_property
    def half(self) -> Array:
        """H = S⁻¹L, (dense, levels)."""
        return np.asarray(self.inverse @ self.lifted)

    def measure_factor(self, solution: Array) -> FactorCurvature:
        """The curvature of the first factor: block E⁻¹ + L'S⁻¹L, and -L'S⁻¹ beside, L = C E⁻¹."""
        own, coef = np.split(solution, [len(self.inverse)])
        each, through = 1 / self.blocks.diagonals[0], self.lifted @ coef
        half, (dense, levels) = self.half, self.lifted.shape
        # (S⁻¹LL')² and (L'S⁻¹L)² have the same trace: the smaller one is made. BLAS computes one
        # half of LL'.
        few = dense < levels
        both = self.inverse @ (self.lifted @ self.lifted.T) if few else self.lifted.T @ half
        square = each @ each + 2 * (each @ np.sum(half * self.lifted, 0)) + np.sum(both * both.T)
        beside = self.inverse @ through
        bend = each @ coef**2 + through @ beside
        return FactorCurvature(float(square), float(bend), np.sum(half**2, 1), -own * beside)

    def spread(self) -> Array:
        """Its diagonal."""
        parts = [np.diag(self.inverse), *(1 / d for d in self.blocks.diagonals)]
        if self.blocks.cross:
            parts[1] = parts[1] + np.sum(self.half * self.lifted, 0)
        return np.concatenate(parts)


def _iterate(
    blocks: _Blocks, elimination: _Elimination, right: Array, start: Array | None
) -> Array:
    """Conjugate gradients for several right sides at once; the first one is solved closely."""
    x = elimination.solve(right) if start is None else start.copy()
    residual = right - blocks.multiply(x)
    tolerance = np.full(right.shape[1], TOLERANCE_OF_PROBES)
    tolerance[0] = TOLERANCE
    limit = tolerance * np.linalg.norm(right, axis=0)
    towards = elimination.solve(residual)
    direction, size = towards, np.sum(residual * towards, 0)
    for _ in range(MOST_ITERATIONS):
        if (np.linalg.norm(residual, axis=0) <= limit).all():
            break
        through = blocks.multiply(direction)
        curvature = np.sum(direction * through, 0)
        step = np.divide(size, curvature, out=np.zeros_like(size), where=curvature > 0)
        x = x + step * direction
        residual = residual - step * through
        towards = elimination.solve(residual)
        new = np.sum(residual * towards, 0)
        share = np.divide(new, size, out=np.zeros_like(new), where=size > 0)
        direction, size = towards + share * direction, new
    return x


def _find_ratios(
    spread: Array,
    extra: Array,
    unknowns: NDArray[np.intp],
    groups: Sequence[NDArray[np.intp]],
) -> Array:
    """For each unknown the trace of its group's inverse over that of the elimination's.

    Args:
        spread: the diagonal of the elimination.
        extra: estimates of what the diagonal of the inverse has more.
    """
    place = np.full(unknowns.max() + 1, -1)
    place[unknowns] = np.arange(len(unknowns))
    ratios = np.ones(len(unknowns))
    for group in groups:
        mine = place[group[group < len(place)]]
        mine = mine[mine >= 0]
        if len(mine):
            # The elimination ignores what other factors explain, so its own trace is the least.
            ratios[mine] = 1 + max(extra[mine].sum(), 0.0) / spread[mine].sum()
    return ratios


def invert(matrix: Array) -> Array:
    """The inverse of a symmetric positive definite matrix.

    Unknowns are scaled so that the diagonal is 1, which keeps rounding errors small.
    """
    scale = 1 / np.sqrt(np.diag(matrix))
    scales = np.outer(scale, scale)
    # LAPACK is called directly: for small matrices scipy's wrappers take a third of the time.
    lower, failed = linalg.lapack.dpotrf(matrix * scales, lower=1, clean=1)
    if failed:
        raise linalg.LinAlgError("the matrix of the rows isn't positive definite")
    below, _ = linalg.lapack.dpotri(lower, lower=1)
    inverse = below + below.T  # above the diagonal there are zeros
    inverse.flat[:: len(matrix) + 1] /= 2
    return np.asarray(inverse * scales)


def settle_factors(moments: Moments, diagonal: Array, coef: Array) -> Array:
    """Coefficients whose factors are solved for again, given those of the dense columns.

    One factor is solved exactly, several one after another, once each.

    Args:
        diagonal: the ridge of each coefficient; inf leaves it out.
    """
    coef = coef.copy()
    alive = [f for f in moments.factors if np.isfinite(diagonal[f.place]).all()]
    tables = dict(zip(combinations(range(len(moments.factors)), 2), moments.tables, strict=True))
    coef[0] -= sum(float(f.shares @ coef[f.place]) for f in alive)
    for i, factor in enumerate(moments.factors):
        if factor not in alive:
            continue
        right = factor.moment - factor.cross.T @ coef[moments.places]
        for j, other in enumerate(moments.factors):
            if j != i:
                table = tables[min(i, j), max(i, j)]
                right = right - (table if i < j else table.T) @ coef[other.place]
        coef[factor.place] = right / (factor.counts + diagonal[factor.place])
    coef[0] += sum(float(f.shares @ coef[f.place]) for f in alive)
    return coef
