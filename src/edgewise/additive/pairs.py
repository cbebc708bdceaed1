"""Pairs of columns: how much residuals say of each, and the surface of one.

Also the same score for the levels of whole numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from edgewise.additive.columns import Array, Columns
from edgewise.additive.curves import Curve, find_quantiles, make_curve
from edgewise.additive.settings import Settings
from edgewise.additive.terms import (
    LEVELS_OF_A_PAIR,
    Levels,
    Term,
    find_codes,
    make_surface,
)
from edgewise.data.rows import thin

CELLS = 8
"""The number of cells that a column of numbers is cut into, at its quantiles."""
SCORED_ROWS = 20_000
"""The most rows that scores are computed from, evenly taken."""
TAIL = 0.01
"""The share of the rows at either end of a column that don't move the end of a side far. A surface
has no data in most corners of the plane: the farther a corner, the wilder it would be there."""


@dataclass(frozen=True, eq=False)
class Cut:
    """The cells of a column: numbers between cuts, or a level each and all others.

    Attributes:
        cuts: between the cells of numbers; None for categories.
        names: of the levels that have a cell each.
    """

    cuts: Array | None
    names: tuple[str | None, ...] = ()

    @property
    def count(self) -> int:
        """The number of cells; missing numbers have one of their own."""
        return len(self.names) + 1 if self.cuts is None else len(self.cuts) + 2

    def codes(self, values: NDArray[Any]) -> NDArray[np.intp]:
        """The cell of each value."""
        if self.cuts is None:
            codes = find_codes(values, self.names)
            return np.where(codes < 0, len(self.names), codes)
        missing = np.isnan(values)
        codes = np.searchsorted(self.cuts, np.where(missing, 0.0, values), side="left")
        return np.where(missing, len(self.cuts) + 1, codes)


def cut_numbers(values: Array, weight: Array) -> Cut:
    """Cells of equal weight, or one for each of few different numbers."""
    known = ~np.isnan(values)
    values, weight = values[known], weight[known]
    different = np.unique(values)
    if len(different) <= CELLS:
        return Cut((different[:-1] + different[1:]) / 2)
    return Cut(np.unique(find_quantiles(values, weight, np.linspace(0, 1, CELLS + 1)[1:-1])))


@dataclass(frozen=True, eq=False)
class Sides:
    """The columns of a table as sides of pairs; what was found once is kept, folds share it.

    Attributes:
        columns, weight, settings: of the table.
        levels: by column, the values of its levels.
    """

    columns: Columns
    weight: Array
    settings: Settings
    levels: Mapping[int, Levels]
    _cuts: dict[int, Cut] = field(default_factory=dict)
    _terms: dict[tuple[int, int], Term | None] = field(default_factory=dict)

    def find_cut(self, column: int) -> Cut:
        """The cells of a column."""
        if column not in self._cuts:
            self._cuts[column] = self._cut(column)
        return self._cuts[column]

    def find_term(self, column: int, knots: int) -> Term | None:
        """A curve of this many knots, or the most frequent levels; None if it has no effect."""
        if (column, knots) not in self._terms:
            self._terms[column, knots] = self._make_term(column, knots)
        return self._terms[column, knots]

    def _cut(self, column: int) -> Cut:
        if self.columns[column].dtype != object:
            rows = thin(len(self.weight), SCORED_ROWS)
            return cut_numbers(self.columns[column][rows], self.weight[rows])
        if column not in self.levels:
            return Cut(None)
        levels = self.levels[column]
        common = np.argsort(-levels.shares, kind="stable")[:LEVELS_OF_A_PAIR]
        return Cut(None, tuple(levels.names[k] for k in common))

    def _make_term(self, column: int, knots: int) -> Term | None:
        if self.columns[column].dtype == object:
            levels = self.levels.get(column)
            return None if levels is None else levels.take_common(LEVELS_OF_A_PAIR)
        natural = self.settings.natural
        return make_curve(
            *(column, self.columns[column], self.weight),
            knots if natural is None else natural[1],
            natural=natural is not None,
            cycle=self.settings.cycles.get(column),
        )


def make_pair(
    sides: Sides, pair: tuple[int, int], columns: Columns, weight: Array, knots: int
) -> Term | None:
    """The surface of two columns for some rows of a table, or None if a column has no effect.

    Its curves end with the data of these rows, but for their tails.

    Args:
        knots: the most of each side.
    """
    both = [sides.find_term(k, knots) for k in pair]
    left, right = (s.limit(columns, weight, TAIL) if isinstance(s, Curve) else s for s in both)
    return None if left is None or right is None else make_surface(left, right, columns, weight)


def score_pairs(
    columns: Columns,
    sides: Sides,
    pairs: Sequence[tuple[int, int]],
    residual: Array,
    working: Array,
    weight: Array,
) -> dict[tuple[int, int], float]:
    """By how many standard deviations the interaction of two columns exceeds chance.

    Residuals are averaged in the cells of both columns, row and column means are removed, and the
    weighted sum of squares of the rest is compared with χ².

    Args:
        columns: of some rows of the table.
        sides: of the table.
        pairs: positions of both columns of each pair that may be.
        residual, working: (rows, outputs), of the working response.
        weight: (rows,).
    """
    rows = thin(len(weight), SCORED_ROWS)
    own = sorted({k for pair in pairs for k in pair})
    cells = max((sides.find_cut(k).count for k in own), default=1)
    codes = {k: sides.find_cut(k).codes(columns[k][rows]) for k in own}
    best = np.full(len(pairs), -np.inf)
    for r, w in _outputs(residual[rows], working[rows]):
        weights, sums = np.zeros((2, len(pairs), cells**2))
        for k, (one, other) in enumerate(pairs):
            both = codes[one] * cells + codes[other]
            weights[k] = np.bincount(both, w, cells**2)
            sums[k] = np.bincount(both, w * r, cells**2)
        shape = len(pairs), cells, cells
        noise = float(w @ r**2) / float(weight[rows].sum())
        best = np.maximum(best, _score_tables(sums.reshape(shape), weights.reshape(shape), noise))
    return dict(zip(pairs, best.tolist(), strict=True))


def _score_tables(sums: Array, weights: Array, noise: float) -> Array:
    """The scores of tables of cells, (pairs, cells, cells) each."""
    full = weights > 0
    margins = full.any(1).sum(1) + full.any(2).sum(1) - 1
    rest = sums - weights * _fit_margins(sums, weights)
    squares = np.sum(np.divide(rest**2, weights, out=np.zeros_like(rest), where=full), (1, 2))
    return _exceed(squares, full.sum((1, 2)) - margins, noise)


def score_levels(codes: NDArray[np.intp], residual: Array, working: Array, weight: Array) -> float:
    """The same score for the levels of one column; codes of -1 are a level, too."""
    best = -np.inf
    for r, w in _outputs(residual, working):
        weights, sums = np.bincount(codes + 1, w), np.bincount(codes + 1, w * r)
        full = weights > 0
        squares = np.sum(sums[full] ** 2 / weights[full])
        noise = float(w @ r**2) / float(weight.sum())
        best = max(best, float(_exceed(np.array(squares), full.sum() - 1, noise)))
    return best


def _outputs(residual: Array, working: Array) -> Iterator[tuple[Array, Array]]:
    return zip(residual.T, working.T, strict=True)


def _exceed(squares: Array, freedom: Array, noise: float) -> Array:
    """By how many standard deviations sums of squares of this variance exceed χ²."""
    if noise <= 0:
        return np.zeros_like(squares)
    freedom = np.maximum(freedom, 1)
    return np.asarray((squares / noise - freedom) / np.sqrt(2 * freedom))


def _fit_margins(sums: Array, weights: Array) -> Array:
    """Row and column means of the cells of each table, fitted in turn."""
    fitted = np.zeros_like(sums)
    rows, columns = (np.maximum(weights.sum(k, keepdims=True), 1e-12) for k in (2, 1))
    for _ in range(3):
        fitted = fitted + (sums - weights * fitted).sum(2, keepdims=True) / rows
        fitted = fitted + (sums - weights * fitted).sum(1, keepdims=True) / columns
    return fitted
