"""A fitted model as pieces that any language can compute: cells of columns, a polynomial in each.

A curve is a cubic in each cell between two knots, a level a number. A pair of columns has a
polynomial of both in each pair of cells.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from functools import singledispatch
from math import factorial

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import BSpline

from edgewise.additive.additive import Additive
from edgewise.additive.columns import Array, Columns
from edgewise.additive.terms import Curve, Levels, Missing, Surface, Term, label_numbers


class Reading(ABC):
    """How the value of a column becomes the number of a cell, and how far it is into it."""

    column: int

    @abstractmethod
    def locate(self, columns: Columns) -> tuple[NDArray[np.intp], Array]:
        """The cell of each row, -1 for none, and t."""


@dataclass(frozen=True, eq=False)
class Number(Reading):
    """u = (x - centre) / scale, or asinh of that, held within low and high.

    Its cell is the number of places at or below u; t is how far u is beyond the cell's origin. A
    missing number is in no cell.
    """

    column: int
    centre: float
    scale: float
    tame: bool
    low: float
    high: float
    places: tuple[float, ...]

    def origins(self) -> tuple[float, ...]:
        """Of the cells; there is one more than places."""
        return (self.places[0], *self.places)

    def locate(self, columns: Columns) -> tuple[NDArray[np.intp], Array]:
        u = (columns[self.column] - self.centre) / self.scale
        u = np.clip(np.arcsinh(u) if self.tame else u, self.low, self.high)
        missing = np.isnan(u)
        u = np.where(missing, 0.0, u)
        cell = np.searchsorted(np.array(self.places), u, side="right")
        return np.where(missing, -1, cell), u - np.array(self.origins())[cell]


@dataclass(frozen=True, eq=False)
class Names(Reading):
    """The cell of each level; others are in no cell.

    Attributes:
        numbers: whether the column holds numbers, and levels are whole ones; then None stands for
            what is missing or not whole, else for what is missing.
    """

    column: int
    cells: tuple[tuple[str | None, int], ...]
    numbers: bool

    def locate(self, columns: Columns) -> tuple[NDArray[np.intp], Array]:
        values = columns[self.column]
        cells = dict(self.cells)
        labels = label_numbers(values) if self.numbers else values
        places = np.array([cells.get(label, -1) for label in labels], dtype=np.intp)
        return places, np.zeros(len(values))


@dataclass(frozen=True, eq=False)
class Absence(Reading):
    """Cell 1 if the value is missing, else 0."""

    column: int

    def locate(self, columns: Columns) -> tuple[NDArray[np.intp], Array]:
        missing = np.isnan(columns[self.column])
        return missing.astype(np.intp), np.zeros(len(missing))


@dataclass(frozen=True, eq=False)
class Main:
    """The effect of a column: table[cell, power, output] times t to the power."""

    reading: Reading
    table: Array


@dataclass(frozen=True, eq=False)
class Pair:
    """The effect of two columns: table[cell, cell, power, power, output]."""

    readings: tuple[Reading, Reading]
    table: Array


@dataclass(frozen=True, eq=False)
class Pieces:
    """A sum of effects.

    Attributes:
        intercept: (outputs,).
        link: the name of what makes a prediction of the sum.
    """

    intercept: Array
    mains: tuple[Main, ...]
    pairs: tuple[Pair, ...]
    link: str


def cut_pieces(model: Additive, categorical: Sequence[bool]) -> Pieces:
    """A model as pieces, with the same sum of effects at every row.

    Args:
        categorical: which columns hold categories.
    """
    intercept, mains, pairs = model.coef[0].copy(), [], []
    for term, weights in model.weights():
        if isinstance(term, Surface):
            pairs.append(_cut_surface(term, weights, categorical))
            intercept -= term.means @ weights
        else:
            reading, table = cut_term(term, weights, categorical)
            mains.append(Main(reading, table))
    return Pieces(intercept, tuple(mains), tuple(pairs), model.link.name)


@singledispatch
def cut_term(term: Term, weights: Array, categorical: Sequence[bool]) -> tuple[Reading, Array]:
    """How a term's column is read, and a polynomial for each column of the weights."""
    raise TypeError(f"expected a curve, levels or missing values, got {type(term).__name__}")


@cut_term.register
def _cut_levels(term: Levels, weights: Array, categorical: Sequence[bool]) -> tuple[Reading, Array]:
    cells = tuple((name, i) for i, name in enumerate(term.names))
    table = weights - term.shares @ weights
    return Names(term.columns[0], cells, not categorical[term.columns[0]]), table[:, None]


@cut_term.register
def _cut_missing(
    term: Missing, weights: Array, categorical: Sequence[bool]
) -> tuple[Reading, Array]:
    size = np.sqrt(term.share * (1 - term.share))
    return Absence(term.columns[0]), ((np.array([[0.0], [1.0]]) - term.share) / size @ weights)[
        :, None
    ]


@cut_term.register
def _cut_curve(curve: Curve, weights: Array, categorical: Sequence[bool]) -> tuple[Reading, Array]:
    """Straight in the first and the last cell, a polynomial of the spline's degree between them."""
    (low, high), places = curve.ends, np.unique(curve.knots)
    reach = curve.reach * (high - low)
    number = Number(
        curve.columns[0],
        curve.centre,
        curve.scale,
        curve.tame,
        low - reach,
        high + reach,
        tuple(places.tolist()),
    )
    spline = BSpline(curve.knots, weights, curve.degree)
    table = np.zeros((len(places) + 1, curve.degree + 1, weights.shape[1]))
    for power in range(curve.degree + 1):
        table[1:-1, power] = spline.derivative(power)(places[:-1]) / factorial(power)
    table[[0, -1], 0] = spline(np.array([low, high]))
    table[[0, -1], 1] = curve.slopes() @ weights
    table[:, 0] -= curve.means @ weights
    return number, table


def _cut_surface(surface: Surface, weights: Array, categorical: Sequence[bool]) -> Pair:
    """Products of the polynomials of both sides, added up."""
    readings, tables, places = [], [], []
    for side, chosen in zip(surface.sides, surface.products.T, strict=True):
        used, place = np.unique(chosen, return_inverse=True)
        whole = side.weights(np.eye(side.width)[:, used])
        reading, table = cut_term(side, whole, categorical)
        if isinstance(reading, Names):
            reading, table = _join_cells(reading, table)
        readings.append(reading)
        tables.append(table)
        places.append(place)
    left, right = tables
    core = np.zeros((left.shape[2], right.shape[2], weights.shape[1]))
    np.add.at(core, (places[0], places[1]), weights)
    table = np.einsum("cpa,dqb,abo->cdpqo", left, right, core, optimize=True)
    return Pair((readings[0], readings[1]), table)


def _join_cells(names: Names, table: Array) -> tuple[Names, Array]:
    """One cell for all levels with the same polynomial."""
    different, cells = np.unique(table, axis=0, return_inverse=True)
    joined = zip(names.cells, cells.ravel().tolist(), strict=True)
    return Names(names.column, tuple((n, c) for (n, _), c in joined), names.numbers), different


# Computed here, for comparison.


def sum_pieces(pieces: Pieces, columns: Columns) -> Array:
    """The sum of effects at the rows of a table, (rows, outputs)."""
    total = np.tile(pieces.intercept, (len(columns[0]), 1))
    for main in pieces.mains:
        cell, t = main.reading.locate(columns)
        known = cell >= 0
        powers = t[known, None] ** np.arange(main.table.shape[1])
        total[known] += np.einsum("rp,rpo->ro", powers, main.table[cell[known]])
    for pair in pieces.pairs:
        (one, t), (other, v) = (reading.locate(columns) for reading in pair.readings)
        known = (one >= 0) & (other >= 0)
        powers = t[known, None] ** np.arange(pair.table.shape[2])
        others = v[known, None] ** np.arange(pair.table.shape[3])
        chosen = pair.table[one[known], other[known]]
        total[known] += np.einsum("rp,rq,rpqo->ro", powers, others, chosen)
    return total


@dataclass(frozen=True, eq=False)
class Recipe:
    """All that a prediction needs, to be written in another language.

    Attributes:
        names: of the table's columns.
        sums: one for each target, or one for all classes.
        scales: shift and scale of each target.
        bounds: of predictions.
        classes: their labels, or None for numbers.
        single: whether there is a single target, and a prediction is a number rather than a list.
    """

    names: tuple[str, ...]
    sums: tuple[Pieces, ...]
    scales: tuple[tuple[float, float], ...]
    bounds: tuple[float, float]
    classes: tuple[str | int | float | bool, ...] | None
    single: bool
