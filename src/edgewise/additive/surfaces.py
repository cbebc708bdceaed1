"""Interactions of columns: how much residuals say of each, and the surface of one.

Also the same score for the levels of whole numbers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from edgewise.additive.columns import Array, Columns, find_codes
from edgewise.additive.curves import Curve, find_quantiles, make_curve
from edgewise.additive.products import Surface, find_ends, make_surface
from edgewise.additive.settings import Settings
from edgewise.additive.terms import LEVELS_OF_A_PAIR, LEVELS_OF_A_TRIPLE, Levels, Term
from edgewise.data.rows import thin

CELLS = {1: 8, 2: 8, 3: 4}
"""The number of cells that a column of numbers is cut into, at its quantiles, by the number of
columns of the interaction that is scored."""
LEVELS = {1: LEVELS_OF_A_PAIR, 2: LEVELS_OF_A_PAIR, 3: LEVELS_OF_A_TRIPLE}
"""The most levels with values of their own, by the number of columns of a surface."""
TABLES_AT_ONCE = 4_000_000
"""The most cells of the tables of scores that are computed at once."""
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


def cut_numbers(values: Array, weight: Array, most: int) -> Cut:
    """Cells of equal weight, or one for each of few different numbers."""
    known = ~np.isnan(values)
    values, weight = values[known], weight[known]
    different = np.unique(values)
    if len(different) <= most:
        return Cut((different[:-1] + different[1:]) / 2)
    return Cut(np.unique(find_quantiles(values, weight, np.linspace(0, 1, most + 1)[1:-1])))


@dataclass(frozen=True, eq=False)
class Sides:
    """The columns of a table as sides of surfaces; what was found once is kept, folds share it.

    Attributes:
        columns, weight, settings: of the table.
        levels: by column, the values of its levels.
    """

    columns: Columns
    weight: Array
    settings: Settings
    levels: Mapping[int, Levels]
    _cuts: dict[tuple[int, int], Cut] = field(default_factory=dict)
    _terms: dict[tuple[int, int, int], Term | None] = field(default_factory=dict)

    def find_cut(self, column: int, order: int) -> Cut:
        """The cells of a column in the score of an interaction of ``order`` columns."""
        if (column, order) not in self._cuts:
            self._cuts[column, order] = self._cut(column, order)
        return self._cuts[column, order]

    def find_term(self, column: int, knots: int, order: int = 2) -> Term | None:
        """A curve of this many knots, or the most frequent levels; None if it has no effect."""
        key = column, knots, order
        if key not in self._terms:
            self._terms[key] = self._make_term(*key)
        return self._terms[key]

    def _cut(self, column: int, order: int) -> Cut:
        if self.columns[column].dtype != object:
            rows = thin(len(self.weight), SCORED_ROWS)
            return cut_numbers(self.columns[column][rows], self.weight[rows], CELLS[order])
        if column not in self.levels:
            return Cut(None)
        levels = self.levels[column]
        common = np.argsort(-levels.shares, kind="stable")[: LEVELS[order]]
        return Cut(None, tuple(levels.names[k] for k in common))

    def _make_term(self, column: int, knots: int, order: int) -> Term | None:
        if self.columns[column].dtype == object:
            levels = self.levels.get(column)
            return None if levels is None else levels.take_common(LEVELS[order])
        natural = self.settings.natural
        return make_curve(
            *(column, self.columns[column], self.weight),
            knots if natural is None else natural[1],
            natural=natural is not None,
            cycle=self.settings.cycles.get(column),
        )


def make_interaction(
    sides: Sides, key: Sequence[int], columns: Columns, weight: Array, knots: int
) -> Surface | None:
    """The surface of some columns for some rows of a table, or None if a column has no effect.

    Its curves end with the data of these rows, but for their tails, and beside levels with those of
    the rows of each.

    Args:
        knots: the most of each side.
    """
    found: list[Term] = []
    for k in key:
        side = sides.find_term(k, knots, len(key))
        if side is None:
            return None
        found.append(side.limit(columns[k], weight, TAIL) if isinstance(side, Curve) else side)
    return make_surface(found, columns, weight, find_ends(found, columns, weight, TAIL))


def score_interactions(
    columns: Columns,
    sides: Sides,
    keys: Sequence[tuple[int, ...]],
    residual: Array,
    working: Array,
    weight: Array,
) -> dict[tuple[int, ...], float]:
    """By how many standard deviations interactions of columns, or effects of one, exceed chance.

    Residuals are averaged in the cells of all columns, what fewer of these columns explain is
    removed, and the weighted sum of squares of the rest is compared with χ².

    Args:
        columns: of some rows of the table.
        sides: of the table.
        keys: positions of the columns of each interaction that may be, all of as many.
        residual, working: (rows, outputs), of the working response.
        weight: (rows,).
    """
    if not keys:
        return {}
    rows, order = thin(len(weight), SCORED_ROWS), len(keys[0])
    own = sorted({k for key in keys for k in key})
    cells = max(sides.find_cut(k, order).count for k in own)
    codes = {k: sides.find_cut(k, order).codes(columns[k][rows]) for k in own}
    outputs = list(zip(residual[rows].T, working[rows].T, strict=True))
    scores = np.full(len(keys), -np.inf)
    at_once = max(TABLES_AT_ONCE // cells**order, 1)
    for start in range(0, len(keys), at_once):
        some = keys[start : start + at_once]
        shape = len(some), *[cells] * order
        for r, w in outputs:
            weights, sums = np.zeros((2, len(some), cells**order))
            for k, key in enumerate(some):
                cell = codes[key[0]]
                for other in key[1:]:
                    cell = cell * cells + codes[other]
                weights[k] = np.bincount(cell, w, cells**order)
                sums[k] = np.bincount(cell, w * r, cells**order)
            noise = float(w @ r**2) / float(weight[rows].sum())
            found = _score_tables(sums.reshape(shape), weights.reshape(shape), noise)
            scores[start : start + at_once] = np.maximum(scores[start : start + at_once], found)
    return dict(zip(keys, scores.tolist(), strict=True))


def _score_tables(sums: Array, weights: Array, noise: float) -> Array:
    """By how many standard deviations sums of squares in tables of cells exceed χ², (tables,).

    A table has as many degrees of freedom as cells with rows, without those of its margins: all
    that fewer columns explain together, by inclusion and exclusion.
    """
    if noise <= 0:
        return np.zeros(len(sums))
    full = weights > 0
    axes = range(1, sums.ndim)
    margins = np.zeros(len(sums))
    for count in axes:
        for gone in combinations(axes, count):
            margins -= (-1) ** count * full.any(gone).reshape(len(sums), -1).sum(1)
    rest = sums - weights * _fit_margins(sums, weights)
    own = tuple(axes)
    squares = np.sum(np.divide(rest**2, weights, out=np.zeros_like(rest), where=full), own)
    freedom = np.maximum(full.sum(own) - margins, 1)
    return np.asarray((squares / noise - freedom) / np.sqrt(2 * freedom))


def score_levels(codes: NDArray[np.intp], residual: Array, working: Array, weight: Array) -> float:
    """By how many standard deviations one column's levels exceed chance; -1 is a level, too."""
    best = -np.inf
    for r, w in zip(residual.T, working.T, strict=True):
        weights, sums = (np.bincount(codes + 1, v)[None].astype(float) for v in (w, w * r))
        noise = float(w @ r**2) / float(weight.sum())
        best = max(best, float(_score_tables(sums, weights, noise)[0]))
    return best


def _fit_margins(sums: Array, weights: Array) -> Array:
    """The means of the cells of each table over one column after another, fitted in turn."""
    fitted = np.zeros_like(sums)
    axes = range(sums.ndim - 1, 0, -1)
    totals = {k: np.maximum(weights.sum(k, keepdims=True), 1e-12) for k in axes}
    for _ in range(3):
        for k in axes:
            fitted = fitted + (sums - weights * fitted).sum(k, keepdims=True) / totals[k]
    return fitted
