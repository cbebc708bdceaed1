"""The design matrix of a model's terms, and its weighted squares and products.

A categorical column of many levels is a factor: its columns of the design matrix are kept as one
code a row, and its own block of Z'WZ, which is diagonal, as one number a level. So a factor of L
levels takes L numbers for each dense column, never L² or rows · L.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from edgewise.additive.columns import Array, Columns
from edgewise.additive.loss import Loss
from edgewise.additive.terms import Levels, Term, add_offsets

FEWEST_LEVELS = 40
"""The categorical column with the most levels is a factor if it has more than this number."""
MANY_LEVELS = 300
"""So is every other one that has more than this: two of them are solved by iteration, unless the
smaller one can join the dense columns."""
MOST_JOINED, MOST_CELLS = 1_000, 5_000_000
"""The most levels of a factor that joins the dense columns, and the most products of dense columns
with levels of the largest factor. Then the solution is exact, and ridges converge in a quarter of
the rounds."""

Positions = NDArray[np.intp]
Block = Any
"""What a term adds to a design: dense columns, or the codes of levels."""


@dataclass(frozen=True, eq=False)
class Factor:
    """The levels of a categorical column as codes.

    Attributes:
        place: the positions of its coefficients among all.
        codes: of the rows; -1 for a level that has no coefficient.
        shares: of the levels over the rows of the fit.
    """

    place: slice
    codes: Positions
    shares: Array

    @cached_property
    def indicator(self) -> Any:
        """1 where a row has a level, sparse (rows, levels)."""
        return find_indicator(self.codes, len(self.shares))

    def multiply(self, coef: Array) -> Array:
        """The effects at the rows, of mean 0 over those of the fit."""
        return np.asarray(self.indicator @ coef - self.shares @ coef)


def find_indicator(codes: Positions, levels: int) -> Any:
    """1 where a row has a level, sparse (rows, levels); codes of -1 have none."""
    seen = np.flatnonzero(codes >= 0)
    return sparse.csr_matrix((np.ones(len(seen)), (seen, codes[seen])), shape=(len(codes), levels))


@dataclass(frozen=True, eq=False)
class Design:
    """The design matrix Z of rows.

    Attributes:
        dense: the columns that aren't of factors, the first of ones, (rows, dense).
        places: the positions of their coefficients among all, (dense,).
        factors: the others, the one with the most levels first.
        width: the number of all coefficients.
        offset: the part of the sums of effects that has no coefficients, (rows, 1).
    """

    dense: Array
    places: Positions
    factors: tuple[Factor, ...]
    width: int
    offset: Array | float

    def add_up(self, coef: Array) -> Array:
        """The sums of effects for coefficients (width, outputs)."""
        return np.asarray(self.multiply(coef) + self.offset)

    def multiply(self, coef: Array) -> Array:
        """Z times coefficients, (width,) or (width, outputs)."""
        total = self.dense @ coef[self.places]
        for factor in self.factors:
            total += factor.multiply(coef[factor.place])
        return np.asarray(total)

    def keep(self, places: Positions) -> Design:
        """The design of some coefficients, and of all factors."""
        inside = _mark(places, self.width)[self.places]
        if inside.all():
            return self
        return replace(self, dense=take_columns(self.dense, inside), places=self.places[inside])

    def head(self, width: int) -> Design:
        """The design of the first coefficients."""
        inside = self.places < width
        factors = tuple(f for f in self.factors if f.place.stop <= width)
        dense = take_columns(self.dense, inside)
        return Design(dense, self.places[inside], factors, width, self.offset)


def _mark(places: Positions, width: int) -> NDArray[np.bool_]:
    """Which of all coefficients these are, (width,)."""
    marked = np.zeros(width, dtype=bool)
    marked[places] = True
    return marked


def take_columns(dense: Array, inside: NDArray[np.bool_]) -> Array:
    """Some columns; numpy takes them by their numbers in a quarter of the time of a mask, and in a
    fifteenth of that where each column lies in one piece."""
    places = np.flatnonzero(inside)
    if dense.flags.f_contiguous:
        return np.asarray(dense.T.take(places, axis=0).T)
    return dense.take(places, axis=1)


def _join_columns(parts: Sequence[Array], in_pieces: bool) -> Array:
    """Blocks beside each other; each column in one piece, or each row."""
    shape = len(parts[0]), sum(part.shape[1] for part in parts)
    joined: Array = np.empty(shape, order="F" if in_pieces else "C")
    return np.concatenate(parts, 1, out=joined)


def make_design(
    terms: Sequence[Term],
    columns: Columns,
    blocks: Sequence[Block] | None = None,
    kept: Positions | None = None,
) -> Design:
    """The design matrix of terms at the rows of a table.

    Args:
        blocks: of the terms by :func:`make_block`; None computes them.
        kept: the positions of the coefficients whose columns it has; None has all. Factors stay.
    """
    blocks = [make_block(term, columns) for term in terms] if blocks is None else blocks
    ends = np.cumsum([1, *(term.width for term in terms)])
    apart = _choose_factors(terms)
    dense: list[Array] = [np.ones((len(columns[0]), 1))]
    places: list[Positions] = [np.zeros(1, dtype=np.intp)]
    factors = {}
    wanted = np.full(ends[-1], True) if kept is None else _mark(kept, int(ends[-1]))
    for k, (term, block) in enumerate(zip(terms, blocks, strict=True)):
        if k in apart and isinstance(term, Levels):
            factors[k] = Factor(slice(int(ends[k]), int(ends[k + 1])), block, term.shares)
            continue
        own = np.arange(ends[k], ends[k + 1])
        inside = wanted[own]
        if inside.any():
            block = term.expand(block) if isinstance(term, Levels) else block
            dense.append(block if inside.all() else take_columns(block, inside))
            places.append(own[inside])
    listed = tuple(factors[k] for k in apart)
    offset = add_offsets(terms, columns)
    # Columns are taken again and again; but scipy multiplies the codes of factors with rows.
    joined = _join_columns(dense, in_pieces=not listed)
    return Design(joined, np.concatenate(places), listed, int(ends[-1]), offset)


def make_block(term: Term, columns: Columns) -> Block:
    """The dense columns of a term, or the codes of its levels."""
    return (
        term.codes(columns[term.columns[0]]) if isinstance(term, Levels) else term.design(columns)
    )


def _choose_factors(terms: Sequence[Term]) -> list[int]:
    """The numbers of the terms that are factors, the one with the most levels first."""
    levels = [
        k for k, term in enumerate(terms) if isinstance(term, Levels) and term.transform is None
    ]
    levels.sort(key=lambda k: -terms[k].width)
    return [
        k
        for place, k in enumerate(levels)
        if terms[k].width > (MANY_LEVELS if place else FEWEST_LEVELS)
    ]


@dataclass(frozen=True, eq=False)
class FactorMoments:
    """The part of the moments that a factor has, for its 0-or-1 columns S.

    Attributes:
        place: the positions of its coefficients among all.
        shares: of the levels over the rows of the fit.
        counts: the diagonal of S'WS.
        cross: Z'WS for the dense columns Z, (dense, levels).
        moment: S'Wr.
    """

    place: slice
    shares: Array
    counts: Array
    cross: Array
    moment: Array

    def merge(self, other: FactorMoments, factor: float = 1.0) -> FactorMoments:
        """The moments of the rows of both, those of the other multiplied by a factor."""
        return replace(
            self,
            counts=self.counts + factor * other.counts,
            cross=self.cross + factor * other.cross,
            moment=self.moment + factor * other.moment,
        )


@dataclass(frozen=True, eq=False)
class Moments:
    """The sufficient statistics of weighted least squares: Z'WZ, Z'Wr and r'Wr. They add up.

    Attributes:
        gram, moment: of the dense columns.
        square: r'Wr.
        places: the positions of the dense columns' coefficients among all.
        factors: the parts of the factors.
        tables: S'WT, sparse, for the columns S and T of each two factors, in their order.
        width: the number of all coefficients.
    """

    gram: Array
    moment: Array
    square: float
    places: Positions
    factors: tuple[FactorMoments, ...]
    tables: tuple[Any, ...]
    width: int

    def merge(self, other: Moments, factor: float = 1.0) -> Moments:
        """The moments of the rows of both, those of the other multiplied by a factor."""
        pairs = zip(self.factors, other.factors, strict=True)
        return replace(
            self,
            gram=self.gram + factor * other.gram,
            moment=self.moment + factor * other.moment,
            square=self.square + factor * other.square,
            factors=tuple(one.merge(another, factor) for one, another in pairs),
            tables=tuple(a + factor * b for a, b in zip(self.tables, other.tables, strict=True)),
        )

    def join_factors(self) -> Moments:
        """The same moments, with small factors but the first one among the dense columns."""
        joined = self
        while len(joined.factors) > 1:
            levels = len(joined.factors[-1].counts)
            cells = (len(joined.places) + levels) * len(joined.factors[0].counts)
            if levels > MOST_JOINED or cells > MOST_CELLS:
                break
            joined = joined._join_last()
        return joined

    def _join_last(self) -> Moments:
        """Move the last factor's columns S - 1 s', s being the shares, to the dense ones."""
        *others, last = self.factors
        pairs = list(combinations(range(len(self.factors)), 2))
        beside = [pair[1] == len(others) for pair in pairs]
        tables = [t for t, is_last in zip(self.tables, beside, strict=True) if is_last]

        def centre(block: Array) -> Array:
            """Rows of S'WZ less the row of ones, the first, for each level."""
            block[len(self.places) :] -= np.multiply.outer(last.shares, block[0])
            return block

        gram = np.block([[self.gram, last.cross], [last.cross.T, np.diag(last.counts)]])
        return replace(
            self,
            gram=centre(centre(gram).T),
            moment=centre(np.concatenate([self.moment, last.moment])),
            places=np.concatenate([self.places, np.arange(last.place.start, last.place.stop)]),
            factors=tuple(
                replace(factor, cross=centre(np.concatenate([factor.cross, table.T.toarray()])))
                for factor, table in zip(others, tables, strict=True)
            ),
            tables=tuple(t for t, is_last in zip(self.tables, beside, strict=True) if not is_last),
        )

    def head(self, width: int) -> Moments:
        """The moments of the first columns of the design."""
        inside = self.places < width
        kept = [k for k, factor in enumerate(self.factors) if factor.place.stop <= width]
        pairs = combinations(range(len(self.factors)), 2)
        tables = zip(pairs, self.tables, strict=True)
        return Moments(
            self.gram[np.ix_(inside, inside)],
            self.moment[inside],
            self.square,
            self.places[inside],
            tuple(replace(f, cross=f.cross[inside]) for f in (self.factors[k] for k in kept)),
            tuple(table for pair, table in tables if set(pair) <= set(kept)),
            width,
        )


def measure_moments(
    design: Design,
    y: Array,
    weight: Array,
    loss: Loss,
    output: int,
    effects: Array,
    total: Array | None = None,
) -> Moments:
    """The moments of one output's working response at the present sums of effects.

    Args:
        y, effects: (rows, outputs).
        weight: (rows,).
        total: as in :meth:`~edgewise.additive.loss.Loss.working_of`.
    """
    response, working = loss.working_of(y, effects, output, total)
    weight = working * weight
    root = np.sqrt(weight)
    # A matrix times its own transpose: BLAS computes one half of the symmetric result.
    rooted = design.dense * root[:, None]
    target = (response[:, None] - design.offset)[:, 0]
    return Moments(
        rooted.T @ rooted,
        rooted.T @ (root * target),
        float(weight @ target**2),
        design.places,
        tuple(_measure_factor(f, design.dense, weight, target) for f in design.factors),
        tuple(
            (one.indicator.T.multiply(weight) @ other.indicator).tocsr()
            for one, other in combinations(design.factors, 2)
        ),
        design.width,
    )


def _measure_factor(factor: Factor, dense: Array, weight: Array, target: Array) -> FactorMoments:
    each = factor.indicator.T.multiply(weight).tocsr()
    cross = np.ascontiguousarray((each @ dense).T)
    total = each @ np.ones(len(weight))
    return FactorMoments(factor.place, factor.shares, total, cross, each @ target)
