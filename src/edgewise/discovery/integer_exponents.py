"""Find monomials with small integer exponents on which alone y depends, from gradients of y."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, permutations

import numpy as np

from edgewise._arrays import Array
from edgewise.explain.symmetry import keep_most

Whole = tuple[int, ...]

NICE = tuple(
    sorted(
        {Fraction(n, d) for d in (1, 2, 3) for n in range(-4 * d, 4 * d + 1) if d < 3 or abs(n) < 3}
    )
)
"""Entries allowed in a row of an echelon form: integers, halves, and thirds below 1."""

_VALUES = np.array([float(f) for f in NICE])
_PRICES = np.array([0.03 * f.denominator for f in NICE])

FARTHEST = 0.2
"""An exponent farther than this from every allowed entry isn't rounded."""

HIGHEST = 6
"""The greatest exponent that is proposed."""

MOST_PIVOTS = 80
"""All choices of pivot columns are tried if there are no more than this."""


@dataclass(frozen=True)
class Lattice:
    """A subspace of exponents: each row of features is t·prefactor + a combination of the groups.

    Attributes:
        groups: integer exponents of each group; (rank, in)
        prefactor: exponents of the prefactor, None if there is none; (in,)
    """

    groups: tuple[Whole, ...]
    prefactor: tuple[Fraction, ...] | None


def find_lattices(features: Array, affine: Array | None, tolerance: Array) -> Iterator[Lattice]:
    """Subspaces of exponents close to all rows of `features`, smallest rank first.

    Args:
        features: one row for each row of the data.
        affine: the factor t of the prefactor in each row; None for subspaces through the origin.
        tolerance: the largest mean absolute residual of each column.

    Shape:
        features: (rows, in); affine: (rows,); tolerance: (in,)
    """
    width = features.shape[1]
    for rank in range(0 if affine is not None else 1, width):
        found = _fit(features, affine, rank, tolerance)
        if found is not None:
            yield from _round(*found)


def _fit(
    features: Array, affine: Array | None, rank: int, tolerance: Array
) -> tuple[Array, Array | None] | None:
    """Directions and prefactor by total least squares, refitted without the worst rows.

    None if the residuals of a column exceed its tolerance.
    """
    scale = np.sqrt((features * features).mean(0))
    if not (scale > 0).all():
        return None
    rows, t = features / scale, affine
    base: Array | None = None
    for last in (False, True):
        base = None if t is None else rows.T @ t / max(float(t @ t), 1e-300)
        rest = rows if t is None or base is None else rows - np.outer(t, base)
        _, _, directions = np.linalg.svd(rest, full_matrices=False)
        directions = directions[:rank]
        residual = np.abs(rest - (rest @ directions.T) @ directions)
        keep = keep_most(residual.max(1))
        if last:
            break
        rows, t = rows[keep], None if t is None else t[keep]
    if (residual[keep].mean(0) * scale > tolerance).any():
        return None
    return directions * scale, None if base is None else base * scale


def _round(directions: Array, base: Array | None) -> Iterator[Lattice]:
    """The nearest subspaces with allowed exponents, one for each choice of pivots."""
    rank, width = directions.shape
    found = []
    for pivots in _pivots(directions):
        block = directions[:, pivots]
        if rank and abs(np.linalg.det(block)) <= 1e-9 * np.abs(block).max() ** rank:
            continue
        echelon = np.linalg.solve(block, directions) if rank else directions
        rest = np.empty((0, width)) if base is None else (base - base[list(pivots)] @ echelon)[None]
        entries, off = _nearest(np.concatenate([echelon, rest]))
        if off <= FARTHEST:
            found.append((off, entries))
    known: set[Lattice] = set()
    for _, entries in sorted(found, key=lambda pair: pair[0])[:4]:
        groups = shorten_basis([_whole(row) for row in entries[:rank]])
        if max((abs(v) for row in groups for v in row), default=0) > HIGHEST:
            continue
        lattice = Lattice(groups, None if base is None else _reduce(entries[-1], groups))
        if lattice not in known and len(known) < 2:
            known.add(lattice)
            yield lattice


def _pivots(directions: Array) -> Iterator[tuple[int, ...]]:
    """Choices of pivot columns: all of them, or if there are too many, those of largest volume."""
    rank, width = directions.shape
    if math.comb(width, rank) <= MOST_PIVOTS:
        yield from combinations(range(width), rank)
        return
    for first in range(width):
        rest, chosen = directions.copy(), [first]
        for _ in range(rank - 1):
            axis = rest[:, chosen[-1]] / max(float(np.linalg.norm(rest[:, chosen[-1]])), 1e-300)
            rest -= np.outer(axis, axis @ rest)
            size = (rest * rest).sum(0)
            size[chosen] = -1
            chosen.append(int(size.argmax()))
        yield tuple(chosen)


def _nearest(rows: Array) -> tuple[list[tuple[Fraction, ...]], float]:
    """The allowed number nearest to each entry, and the largest distance.

    Thirds are taken only where integers and halves are far away.
    """
    distance = np.abs(rows[..., None] - _VALUES)
    best = (distance + _PRICES).argmin(-1)
    worst = np.take_along_axis(distance, best[..., None], -1).max(initial=0.0)
    return [tuple(NICE[k] for k in row) for row in best.tolist()], float(worst)


def _whole(row: Sequence[Fraction]) -> Whole:
    """The smallest integer multiple of a row, with a positive first entry."""
    multiple = math.lcm(*(f.denominator for f in row))
    return _make_primitive([int(f * multiple) for f in row])


def _make_primitive(row: Sequence[int]) -> Whole:
    """An integer row divided by its common factor, with a positive first entry."""
    common = math.gcd(*row) or 1
    first = next((v for v in row if v), 1)
    common = common if first > 0 else -common
    return tuple([v // common for v in row])


def _length(row: Sequence[int]) -> tuple[int, int]:
    """The complexity of a monomial: the sum of its powers, then the number of divisions."""
    return sum(map(abs, row)), sum([v < 0 for v in row])


def shorten_basis(rows: Sequence[Whole]) -> tuple[Whole, ...]:
    """A basis of the same subspace with shorter rows: sums and differences replace longer ones."""
    rows = list(rows)
    better = True
    while better:
        better = False
        for i, j in permutations(range(len(rows)), 2):
            for factor in (1, -1, 2, -2):
                row = [a + factor * b for a, b in zip(rows[i], rows[j], strict=True)]
                if any(row):
                    trial = _make_primitive(row)
                    if _length(trial) < _length(rows[i]):
                        rows[i], better = trial, True
    return tuple(sorted(rows, key=lambda r: (_length(r), r)))


def _reduce(row: Sequence[Fraction], groups: Sequence[Whole]) -> tuple[Fraction, ...]:
    """The simplest prefactor among those that differ by powers of the groups."""
    # In units of 1/6 all exponents are integers, thirds and halves of groups included.
    best = [int(6 * f) for f in row]
    better = True
    while better:
        trials = [
            [a + 3 * n * b for a, b in zip(best, group, strict=True)]
            for group in groups
            for n in range(-4, 5)
        ]
        trial = min(trials, key=_length, default=best)
        better = _length(trial) < _length(best)
        best = trial if better else best
    return tuple(Fraction(v, 6) for v in best)
