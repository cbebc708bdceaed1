"""A summary of the table of a fit, from which a model can be drawn without the table.

It has a histogram and a few hundred values of each column, counts of levels and of the cells of
interactions, and the deviation of each effect over the rows; it holds no row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from edgewise.additive.additive import Additive
from edgewise.additive.columns import Array, Columns, count_labels, find_codes
from edgewise.additive.curves import find_quantiles, measure_column
from edgewise.additive.ridge import RidgeSolution
from edgewise.additive.terms import Levels
from edgewise.charts.scales import Scale
from edgewise.data.rows import cut, thin

Key = tuple[int, ...]
"""The columns that an effect is of: one to three, or none for interactions of any columns."""
INTERACTIONS = "interactions"
"""What the effect of networks is called."""

SPREAD_ROWS = 50_000
"""The most rows from which deviations of effects are computed, evenly taken."""
SHARE_ROWS = 2000
"""The most rows from which it is computed how much columns take part in interactions."""
ROWS_AT_ONCE = 4096
BINS = 40
FEW = 30
"""A column with at most this number of different values is drawn value by value."""
MOST_POINTS = 256
CELLS = {2: (24, 24), 3: (12, 12, 3)}
"""The most cells of each column of an effect, by the number of its columns."""
LEVELS_OF_A_CELL = 20
"""The most levels of a category that have cells, the most frequent ones."""


@dataclass(frozen=True, eq=False)
class Numbers:
    """The summary of a column of numbers.

    Attributes:
        scale: of its axis.
        edges, counts: of a histogram with bins of the same width on that axis. With few different
            values ``edges`` is empty, and ``counts`` has a number for each of ``points``.
        points, weights: the different values and the rows of each; or quantiles at equal steps.
        missing: the number of rows without a value.
    """

    scale: Scale
    edges: Array
    counts: Array
    points: Array
    weights: Array
    missing: float

    @property
    def few(self) -> bool:
        """Whether every different value has a count of its own."""
        return len(self.edges) == 0


@dataclass(frozen=True, eq=False)
class Labels:
    """The summary of a column of categories.

    Attributes:
        names, counts: its levels, and the rows of each.
        ordered: whether the levels have this order, rather than that of their counts.
    """

    names: tuple[str | None, ...]
    counts: Array
    ordered: bool = False  # files of version 0.1.0 don't have it


@dataclass(frozen=True, eq=False)
class Cells:
    """The joint counts of two or three columns, at values or levels of each."""

    sides: tuple[NDArray[Any], ...]
    counts: Array

    def points(self) -> list[NDArray[Any]]:
        """The values of each column in all cells, in the order of the counts."""
        return [side.ravel() for side in np.meshgrid(*self.sides, indexing="ij")]


@dataclass(frozen=True, eq=False)
class Spread:
    """The deviation of an effect.

    Attributes:
        value, error: standard deviation over the rows and its standard error, for each output, on
            the scale of the sum of effects.
        known: True if it is over the rows; after an edit it is over the kept points.
    """

    value: Array
    error: Array
    known: bool = True


@dataclass(frozen=True, eq=False)
class Summary:
    """The summary of a table and of the effects in it.

    Attributes:
        rows: their number, or the sum of their weights.
        numbers, labels: of the columns of each kind, by position.
        cells: of the surfaces that are in a model.
        spreads: of the effects of each model.
        shares: of the networks of each model, by column the part of the variance of each output
            that is gone where the column isn't known.
    """

    rows: float
    numbers: dict[int, Numbers]
    labels: dict[int, Labels]
    cells: dict[Key, Cells]
    spreads: tuple[dict[Key, Spread], ...]
    shares: tuple[dict[int, Array], ...] = ()  # files of version 0.1.0 don't have it

    def __getstate__(self) -> dict[str, Any]:
        """Pairs instead of dictionaries by key, which skops can't write."""
        spreads = tuple([*each.items()] for each in self.spreads)
        return {**vars(self), "cells": [*self.cells.items()], "spreads": spreads}

    def __setstate__(self, state: dict[str, Any]) -> None:
        spreads = tuple(dict(each) for each in state["spreads"])
        vars(self).update(state, cells=dict(state["cells"]), spreads=spreads)


def summarise(models: Sequence[Additive], columns: Columns, weight: Array) -> Summary:
    """Summarise the rows that models were fitted to, without those of weight 0."""
    counted = weight > 0
    columns, weight = [column[counted] for column in columns], weight[counted]
    orders = {
        term.columns[0]: term.names
        for model in models
        for term in model.terms
        if isinstance(term, Levels) and term.ordered
    }
    numbers, labels = {}, {}
    for k, values in enumerate(columns):
        if values.dtype == object:
            labels[k] = _see_labels(values, weight, orders.get(k, ()))
        elif not np.isnan(values).all():
            numbers[k] = _see_numbers(values, weight)
    several = {key for model in models for key in group_terms(model) if len(key) > 1}
    cells: dict[Key, Cells] = {
        key: _see_cells(key, columns, weight, numbers, labels) for key in sorted(several)
    }
    rows = thin(len(weight), SPREAD_ROWS)
    some = [column[rows] for column in columns]
    spreads = tuple(_measure_spreads(model, some, weight[rows]) for model in models)
    step = thin(len(weight), SHARE_ROWS)
    few = [column[step] for column in columns]
    shares = tuple(_measure_shares(model, few, weight[step]) for model in models)
    return Summary(float(weight.sum()), numbers, labels, cells, spreads, shares)


def name_effect(key: Key, names: Sequence[str]) -> str:
    """What the effect of columns with these names is called."""
    return " × ".join(names[k] for k in key) or INTERACTIONS


def group_terms(model: Additive) -> dict[Key, list[int]]:
    """The numbers of the terms of each effect."""
    groups: dict[Key, list[int]] = {}
    for k, term in enumerate(model.terms):
        groups.setdefault(tuple(term.key), []).append(k)
    return groups


def find_error(model: Additive, place: int, design: Array, positions: NDArray[np.intp]) -> Array:
    """The standard error of design · coefficients, for coefficients at given positions.

    With softmax a coefficient is relative to the mean over all classes, whose errors count, too.
    """
    count = len(model.solutions)
    share = 1.0 / count if model.link.name == "softmax" else 0.0
    variance = np.zeros(len(design))
    for j, solution in enumerate(model.solutions):
        factor = float(j == place) - share
        if factor:
            variance += factor**2 * solution.noise * _find_variance(solution, design, positions)
    return np.asarray(np.sqrt(np.maximum(variance, 0.0)))


def _find_variance(solution: RidgeSolution, design: Array, positions: NDArray[np.intp]) -> Array:
    """The variance of each row, divided by that of the noise."""
    place = np.full(len(solution.coef), -1)
    place[solution.kept] = np.arange(len(solution.kept))
    inside = place[positions]
    part = design[:, inside >= 0]
    inside = inside[inside >= 0]
    known = np.sum((part @ solution.covariance[np.ix_(inside, inside)]) * part, axis=1)
    alone = np.zeros(len(solution.coef))
    alone[solution.apart] = solution.variance
    return np.asarray(known + design**2 @ alone[positions])


def _measure_spreads(model: Additive, columns: Columns, weight: Array) -> dict[Key, Spread]:
    """Standard deviations s of effects f = D β over the rows, and by the slope of s their errors.

    .. math:: s^2 = \\sum_n w_n f_n^2, \\qquad \\frac{ds}{dβ} = \\frac{1}{s} \\sum_n w_n f_n D_n
    """
    share = weight / weight.sum()
    weights, places = list(model.weights()), model.places()
    spreads = {}
    for key, members in group_terms(model).items():
        effect = sum(weights[k][0].multiply(columns, weights[k][1]) for k in members)
        effect = np.asarray(effect) - share @ np.asarray(effect)
        value = np.sqrt(share @ effect**2)
        slope = np.zeros((sum(model.terms[k].width for k in members), effect.shape[1]))
        for part in cut(len(share), ROWS_AT_ONCE):
            some, amounts = [column[part] for column in columns], share[part, None] * effect[part]
            slope += np.concatenate([model.terms[k].gather(some, amounts) for k in members])
        slope /= np.maximum(value, 1e-300)
        positions = np.concatenate([np.arange(places[k].start, places[k].stop) for k in members])
        errors = [find_error(model, j, slope[None, :, j], positions)[0] for j in range(len(value))]
        spreads[key] = Spread(value, np.where(value > 0, errors, 0.0))
    return spreads


def _measure_shares(model: Additive, columns: Columns, weight: Array) -> dict[int, Array]:
    """Sobol's total index of each column in the effect of networks, for each output.

    .. math:: \\frac{E\\,(f(x) - f(x'))^2}{2\\,\\mathrm{Var} f}

    where x' has the column's value of another row.

    Source: Jansen, *Analysis of variance designs for model output* (1999).
    """
    parts = [(term, weights) for term, weights in model.weights() if not term.key]
    if not parts:
        return {}

    def measure(some: Columns) -> Array:
        return np.asarray(sum(term.multiply(some, weights) for term, weights in parts))

    order = np.random.default_rng(0).permutation(len(weight))
    share, value = weight / weight.sum(), measure(columns)
    variance = share @ (value - share @ value) ** 2
    shares = {}
    for k in sorted({k for term, _ in parts for k in term.columns}):
        other = [column[order] if j == k else column for j, column in enumerate(columns)]
        lost = share @ (measure(other) - value) ** 2 / 2
        shares[k] = np.divide(lost, variance, out=np.zeros_like(lost), where=variance > 0)
    return shares


def _see_numbers(values: Array, weight: Array) -> Numbers:
    missing = np.isnan(values)
    known, weights = values[~missing], weight[~missing]
    different, codes = np.unique(known, return_inverse=True)
    left_out = float(weight[missing].sum())
    rows = np.bincount(codes, weights).astype(np.float64)
    if len(different) <= FEW:
        scale = Scale(float(different[0]), float(np.ptp(different)) or 1.0)
        return Numbers(scale, np.zeros(0), rows, different, rows, left_out)
    scale = Scale(*measure_column(known, weights))
    u = scale.forward(known)
    counts, edges = np.histogram(u, BINS, weights=weights)
    edges = scale.inverse(edges)
    edges[0], edges[-1] = different[0], different[-1]
    if len(different) <= MOST_POINTS:
        points, amounts = different, rows
    else:
        shares = (np.arange(MOST_POINTS) + 0.5) / MOST_POINTS
        points = find_quantiles(known, weights, shares)
        amounts = np.full(MOST_POINTS, weights.sum() / MOST_POINTS)
    return Numbers(scale, edges, counts.astype(np.float64), points, amounts, left_out)


def _see_labels(values: NDArray[Any], weight: Array, order: Sequence[str | None]) -> Labels:
    counts = count_labels(values, weight)
    names = [name for name in order if name in counts] or list(counts)
    return Labels(tuple(names), np.array([counts[name] for name in names]), bool(order))


def _see_cells(
    key: Key,
    columns: Columns,
    weight: Array,
    numbers: dict[int, Numbers],
    labels: dict[int, Labels],
) -> Cells:
    sides, codes = [], []
    for k, most in zip(key, CELLS[len(key)], strict=True):
        if k in numbers:
            at, code = _cut_numbers(columns[k], numbers[k], most)
        else:
            names = sorted(
                labels[k].names[: min(most, LEVELS_OF_A_CELL)], key=lambda n: (n is None, str(n))
            )
            at = np.array(names, dtype=object)
            code = find_codes(columns[k], at.tolist())
        sides.append(at)
        codes.append(code)
    inside = np.min(codes, axis=0) >= 0
    counts = np.zeros([len(side) for side in sides])
    np.add.at(counts, tuple(code[inside] for code in codes), weight[inside])
    return Cells(tuple(sides), counts)


def _cut_numbers(values: Array, seen: Numbers, most: int) -> tuple[Array, NDArray[np.intp]]:
    """Where cells lie and the cell of each value: values one by one, or equal parts of the axis."""
    known = ~np.isnan(values)
    codes = np.full(len(values), -1, dtype=np.intp)
    if seen.few and len(seen.points) <= most:
        codes[known] = np.searchsorted(seen.points, values[known])
        return seen.points, codes
    u = seen.scale.forward(values[known])
    ends = seen.scale.forward(np.array([seen.points[0], seen.points[-1]]))
    low, high = min(ends[0], u.min()), max(ends[1], u.max())
    cells = (u - low) / (high - low) * most
    codes[known] = np.clip(cells.astype(np.intp), 0, most - 1)
    return seen.scale.inverse(low + (high - low) * (np.arange(most) + 0.5) / most), codes
