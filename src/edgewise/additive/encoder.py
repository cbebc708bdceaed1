"""The columns of a table as numbers: the inputs of the network that an additive model is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from edgewise.additive.columns import Array, Columns, find_codes
from edgewise.additive.curves import Curve
from edgewise.additive.fitted_range import Seen
from edgewise.additive.terms import Levels, Offset, Term
from edgewise.charts.scales import Scale


@dataclass(frozen=True)
class Number:
    """A number x, clipped to the range outside of which its curve is constant.

    A missing value is filled with the centre. A column with heavy tails becomes
    u = asinh((x - centre) / width).

    Attributes:
        scale: the map from x to the coordinate u of the curve.
        ends: the first and the last knot.
        low, high: the interval to which u is clipped.
    """

    column: int
    scale: Scale
    ends: tuple[float, float]
    low: float
    high: float
    order: ClassVar[int] = 0
    """Sorts the inputs of one column."""

    def encode(self, columns: Columns) -> Array:
        """The values of the inputs, (rows, inputs)"""
        x, limits = columns[self.column], np.array([self.low, self.high])
        x = np.where(np.isnan(x), self.scale.centre, x)
        if self.scale.tame:
            return np.clip(self.scale.forward(x), *limits)[:, None]
        return np.clip(x, *self.scale.inverse(limits))[:, None]

    def label(self, column: str) -> list[str]:
        """A name for each input, from the name of the column."""
        centre, width = self.scale.centre, self.scale.width
        return [f"asinh(({column} - {centre:.4g}) / {width:.4g})" if self.scale.tame else column]

    @property
    def map(self) -> tuple[float, float]:
        """Scale and shift from the input to u."""
        width = self.scale.width
        return (1.0, 0.0) if self.scale.tame else (1 / width, -self.scale.centre / width)


@dataclass(frozen=True)
class Absence:
    """1 if the number of a column is missing, else 0."""

    column: int
    order: ClassVar[int] = 1

    def encode(self, columns: Columns) -> Array:
        return np.isnan(columns[self.column]).astype(np.float64)[:, None]

    def label(self, column: str) -> list[str]:
        return [f"{column} is missing"]


@dataclass(frozen=True)
class OneHot:
    """A 0-or-1 input for each level; only zeros for an unknown level."""

    column: int
    levels: tuple[str | None, ...]
    order: ClassVar[int] = 2

    def encode(self, columns: Columns) -> Array:
        codes = find_codes(columns[self.column], self.levels)
        return np.asarray(codes[:, None] == np.arange(len(self.levels)), dtype=np.float64)

    def label(self, column: str) -> list[str]:
        return [f"{column} is missing" if v is None else f"{column} = {v}" for v in self.levels]


Input = Number | Absence | OneHot
"""The inputs of the network for a column: one, or one for each level."""


@dataclass(frozen=True, eq=False)
class Encoder:
    """From the columns of a table to the inputs of a network.

    Attributes:
        names: the names of the columns.
        inputs: the inputs that have an effect, in the order of the columns.
        places: the positions of each among the inputs of the network.
    """

    names: tuple[str, ...]
    inputs: tuple[Input, ...]
    places: dict[Input, slice]

    @property
    def labels(self) -> list[str]:
        """A name for each input of the network.

        A further input of the same number, held within a narrower range, is named by this range.
        """
        found: list[str] = []
        for one in self.inputs:
            names = one.label(self.names[one.column])
            if isinstance(one, Number) and names[0] in found:
                low, high = one.scale.inverse(np.array([one.low, one.high]))
                names = [f"{names[0]} within {low:.4g} and {high:.4g}"]
            found += names
        return found

    def encode(self, columns: Columns) -> Array:
        """The inputs of the network at the rows of a table, (rows, inputs).

        Raises:
            ValueError: if a number is missing in a column that was complete in the fit.
        """
        for one in self.inputs:
            complete = isinstance(one, Number) and Absence(one.column) not in self.places
            if complete and np.isnan(columns[one.column]).any():
                raise ValueError(
                    f"expected a number in each row of {self.names[one.column]!r}, which was "
                    "complete in the fit, so that the network has no input for a missing one: "
                    "fill it in, or predict with the estimator"
                )
        return np.concatenate([one.encode(columns) for one in self.inputs], 1)


def read_input(term: Term) -> Input:
    """The input that a term of one column reads."""
    (column,) = term.columns
    if isinstance(term, Curve):
        low, high = term.ends
        reach = term.reach * (high - low)
        return Number(column, term.axis, term.ends, low - reach, high + reach)
    if isinstance(term, Offset):
        return Number(column, term.axis, (0.0, 1.0), -np.inf, np.inf)
    return OneHot(column, term.names) if isinstance(term, Levels) else Absence(column)


def _order(one: Input) -> tuple[int, int, float, str]:
    """Inputs of one column by kind, those of numbers by their range, the widest first."""
    width = one.high - one.low if isinstance(one, Number) else 0.0
    return one.column, one.order, -width, repr(one)


def make_encoder(terms: Iterable[Term], names: Sequence[str], seen: Sequence[Seen]) -> Encoder:
    """The encoder of a table for the terms that read it, each of one column.

    Raises:
        ValueError: if there are no terms.
    """
    found: set[Input] = set()
    for term in terms:
        found.add(read_input(term))
        if isinstance(term, Curve) and seen[term.columns[0]].missing:
            found.add(Absence(term.columns[0]))
    if not found:
        raise ValueError(
            "to_kan expected a model in which some column has an effect, got a constant one"
        )
    inputs = sorted(found, key=_order)
    ends = np.cumsum([0, *(len(one.label("")) for one in inputs)]).tolist()
    places = {one: slice(ends[k], ends[k + 1]) for k, one in enumerate(inputs)}
    return Encoder(tuple(names), tuple(inputs), places)
