"""Scores of pairs of columns, and of levels of whole numbers, by the residuals in their cells."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from edgewise.additive.columns import Array, Columns
from edgewise.additive.curves import find_quantiles
from edgewise.additive.terms import LEVELS_OF_A_PAIR, find_codes

CELLS = 8
"""The number of cells that a column of numbers is cut into, at its quantiles."""
MOST_ROWS = 20_000
"""The most rows that scores are computed from, evenly taken."""


def score_pairs(
    columns: Columns, pairs: list[tuple[int, int]], residual: Array, working: Array, weight: Array
) -> dict[tuple[int, int], float]:
    """By how many standard deviations the interaction of two columns exceeds chance.

    Residuals are averaged in the cells of both columns, row and column means are removed, and the
    weighted sum of squares of the rest is compared with χ².

    Args:
        columns: of the table.
        pairs: positions of both columns of each pair that may be.
        residual, working: (rows, outputs), of the working response.
        weight: (rows,).
    """
    rows = slice(None, None, -(-len(weight) // MOST_ROWS))
    codes = {k: _cut(columns[k][rows], weight[rows]) for k in {k for pair in pairs for k in pair}}
    scores = {}
    for one, other in pairs:
        cells = codes[one][0] * codes[other][1] + codes[other][0]
        shape = codes[one][1], codes[other][1]
        scores[one, other] = max(
            _score_cells(cells, shape, r, w, weight[rows])
            for r, w in _outputs(residual[rows], working[rows])
        )
    return scores


def score_levels(codes: NDArray[np.intp], residual: Array, working: Array, weight: Array) -> float:
    """The same score for the levels of one column."""
    shape = int(codes.max()) + 2, 1
    return max(_score_cells(codes + 1, shape, r, w, weight) for r, w in _outputs(residual, working))


def _outputs(residual: Array, working: Array) -> Iterator[tuple[Array, Array]]:
    return zip(residual.T, working.T, strict=True)


def _score_cells(
    cells: NDArray[np.intp],
    shape: tuple[int, int],
    residual: Array,
    working: Array,
    weight: Array,
) -> float:
    count = shape[0] * shape[1]
    weights: Array = np.bincount(cells, working, count).astype(np.float64).reshape(shape)
    sums: Array = np.bincount(cells, working * residual, count).astype(np.float64).reshape(shape)
    full = weights > 0
    margins = 0 if shape[1] == 1 else int(full.any(0).sum() + full.any(1).sum() - 1)
    if shape[1] > 1:
        sums = sums - weights * _fit_margins(sums, weights)
    noise = float(np.sum(working * residual**2) / weight.sum())
    if noise <= 0:
        return 0.0
    squares = float(np.sum(sums[full] ** 2 / weights[full])) / noise
    freedom = max(int(full.sum()) - max(margins, 1), 1)
    return (squares - freedom) / np.sqrt(2 * freedom)


def _fit_margins(sums: Array, weights: Array) -> Array:
    """Row and column means of the cells, fitted in turn."""
    fitted = np.zeros_like(sums)
    rows, columns = np.maximum(weights.sum(1), 1e-12), np.maximum(weights.sum(0), 1e-12)
    for _ in range(3):
        fitted = fitted + ((sums - weights * fitted).sum(1) / rows)[:, None]
        fitted = fitted + (sums - weights * fitted).sum(0) / columns
    return fitted


def _cut(values: NDArray[Any], weight: Array) -> tuple[NDArray[np.intp], int]:
    """The cell of each value, and the number of cells; missing values have one of their own."""
    if values.dtype == object:  # the most frequent levels have a cell each, all others one
        names, places = np.unique([str(v) for v in values], return_inverse=True)
        counts = np.bincount(places, weight)
        common = names[np.argsort(-counts, kind="stable")][:LEVELS_OF_A_PAIR]
        labels = np.array([str(v) for v in values], dtype=object)
        codes = find_codes(labels, [str(name) for name in common])
        return np.where(codes < 0, LEVELS_OF_A_PAIR, codes), LEVELS_OF_A_PAIR + 1
    missing = np.isnan(values)
    different = np.unique(values[~missing])
    if len(different) <= CELLS:
        cuts = (different[:-1] + different[1:]) / 2
    else:
        shares = np.linspace(0, 1, CELLS + 1)[1:-1]
        cuts = np.unique(find_quantiles(values[~missing], weight[~missing], shares))
    codes = np.searchsorted(cuts, np.where(missing, 0.0, values), side="left")
    return np.where(missing, len(cuts) + 1, codes), len(cuts) + 2
