"""Screening of the columns of a wide table: the evidence that each has an effect, one by one.

If there are too many columns for the rows, those with the most evidence get curves, and others a
straight line. Half of the curves go to the columns with the most evidence for the target, the rest
to those with the most evidence for the residuals of straight lines in the first half. Residuals
reveal columns that are masked by others (Fan and Lv, *Sure independence screening for ultrahigh
dimensional feature space*, 2008). Screening is repeated on the rows of every fold.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import chi2

from edgewise.additive.columns import Array, Columns
from edgewise.data.rows import thin

ROWS_OF_A_CURVE, FEWEST_CURVES, MOST_CURVES = 10, 20, 100
"""Rows for each column that gets a curve; the least and the greatest number of such columns."""
FEWEST_LINES, MOST_LINES = 100, 400
"""Limits of the number of other columns that get a straight line: one for each row between them."""
CELLS = 8
ROWS, CELLS_AT_ONCE = 20_000, 2_000_000
"""The most rows, evenly taken, that evidence is computed from, and the most cells of a block."""

Residuals = tuple[Array, Array]
"""Residuals of a working response and their weights, (rows, outputs) each."""


def screen_columns(
    columns: Columns,
    used: Sequence[int],
    start: Residuals,
    fit: Callable[[list[int]], Residuals],
    weight: Array,
) -> tuple[list[int], list[int]]:
    """The columns that get curves, and those that get straight lines, each in order.

    If there are too many columns for a line each, the evidence of a column must exceed the largest
    one expected by chance among all columns.

    Args:
        used: the columns that may have terms.
        start: residuals of the constant model.
        fit: residuals of straight lines of given columns.
    """
    rows = float(weight.sum())
    curves = int(np.clip(rows / ROWS_OF_A_CURVE, FEWEST_CURVES, MOST_CURVES))
    lines = int(np.clip(rows, FEWEST_LINES, MOST_LINES))
    if len(used) <= curves:
        return list(used), []
    place = np.array(used)
    alone = measure_evidence(columns, used, *start, weight)
    order = np.argsort(-alone, kind="stable")
    first = order[: curves - curves // 2]
    beside = measure_evidence(columns, used, *fit(sorted(place[first].tolist())), weight)
    beside[first] = -1.0
    second = np.argsort(-beside, kind="stable")[: curves // 2]
    evidence = np.maximum(alone, beside)
    evidence[first] = evidence[second] = -1.0
    others = np.argsort(-evidence, kind="stable")[: len(used) - curves][:lines]
    if len(used) > curves + lines:
        others = others[evidence[others] > np.log(len(used))]
    return sorted(place[[*first, *second]].tolist()), sorted(place[others].tolist())


def measure_evidence(
    columns: Columns, used: Sequence[int], residual: Array, working: Array, weight: Array
) -> Array:
    """Minus the logarithm of the p-value of a column's association with residuals.

    For numbers it is the smaller of two p-values: of a straight line, and of cells at quantiles.
    For categories it is that of their levels.

    Args:
        used: the positions of the columns.
        residual, working: (rows, outputs); weight: (rows,).
    """
    rows = thin(len(residual), ROWS)
    residual, working, weight = residual[rows], working[rows], weight[rows]
    evidence = np.zeros(len(used))
    numbers = [i for i, k in enumerate(used) if columns[k].dtype != object]
    step = max(CELLS_AT_ONCE // len(residual), 1)
    for start, end in pairwise([*range(0, len(numbers), step), len(numbers)]):
        some = numbers[start:end]
        block = np.stack([columns[used[i]][rows] for i in some], 1)
        evidence[some] = _weigh_numbers(block, residual, working, weight)
    for i in sorted(set(range(len(used))) - set(numbers)):
        evidence[i] = _weigh_levels(columns[used[i]][rows], residual, working, weight)
    return evidence


def _weigh_numbers(block: Array, residual: Array, working: Array, weight: Array) -> Array:
    """The evidence of columns of numbers, (rows, columns) → (columns,)."""
    missing = np.isnan(block)
    if missing.any():
        means = np.nanmean(np.where(missing.all(0), 0.0, block), 0)
        block = np.where(missing, means, block)
    size = np.abs(block).max(0)
    block = block / np.where(size > 0, size, 1.0)
    order, cell = _cut_cells(block, weight)
    best = np.zeros(block.shape[1])
    for r, w in zip(residual.T, working.T, strict=True):
        noise = float(w @ r**2) / float(weight.sum())
        if noise <= 0:
            continue
        centred = block - (w @ block) / w.sum()
        spread = w @ centred**2
        known = spread > 1e-20 * w.sum()
        line = np.divide(((w * r) @ centred) ** 2, spread, out=np.zeros_like(spread), where=known)
        best = np.maximum(best, -chi2.logsf(line / noise, 1))
        sums = np.zeros(block.shape[1])
        sorted_w, sorted_r = w[order], (w * r)[order]
        for k in range(CELLS):
            inside = cell == k
            amount = (sorted_w * inside).sum(0)
            sums += (sorted_r * inside).sum(0) ** 2 / np.maximum(amount, 1e-300)
        best = np.maximum(best, -chi2.logsf(sums / noise, CELLS - 1) * known)
    return best


def _cut_cells(block: Array, weight: Array) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The rows sorted by each column, and the cell of each of them; cells have equal weights.

    Equal values share a cell, so that a row of weight 2 counts as two rows.
    """
    order = np.argsort(block, axis=0, kind="stable")
    ranked, own = np.take_along_axis(block, order, 0), weight[order]
    below = np.cumsum(own, 0) - own
    new = np.ones(block.shape, dtype=bool)
    new[1:] = ranked[1:] != ranked[:-1]
    below = np.maximum.accumulate(np.where(new, below, 0.0), 0)
    return order, np.minimum(below * CELLS / weight.sum(), CELLS - 1).astype(np.intp)


def _weigh_levels(values: NDArray[Any], residual: Array, working: Array, weight: Array) -> float:
    """The evidence of a column of categories."""
    codes = {label: k for k, label in enumerate(dict.fromkeys(values.tolist()))}
    places = np.fromiter(map(codes.__getitem__, values), dtype=np.intp, count=len(values))
    if not 1 < len(codes) < len(values):
        return 0.0
    best = 0.0
    for r, w in zip(residual.T, working.T, strict=True):
        noise = float(w @ r**2) / float(weight.sum())
        amount = np.bincount(places, w)
        sums = np.bincount(places, w * r) ** 2 / np.maximum(amount, 1e-300)
        if noise > 0:
            best = max(best, -float(chi2.logsf(sums.sum() / noise, len(codes) - 1)))
    return best
