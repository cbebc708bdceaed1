"""How a value finds its cell: uniform cells, places on an axis, names of levels."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from edgewise._arrays import Array
from edgewise.additive.columns import LARGEST, label_numbers

Places = tuple[NDArray[np.intp], Array]


@dataclass(frozen=True)
class Accepted:
    """The numbers of a column for which there are predictions; rows with others are refused.

    Attributes:
        low, high: the least and the greatest one.
        missing: whether a missing number is accepted.
    """

    low: float = -LARGEST
    high: float = LARGEST
    missing: bool = True

    def refuses(self, values: Array) -> NDArray[np.bool_]:
        """Which of the numbers are refused."""
        beyond = (values < self.low) | (values > self.high)
        return np.asarray(beyond | (np.isnan(values) & (not self.missing)))


class Reading(ABC):
    """How a column's value is turned into the number of a cell and a distance within the cell."""

    column: int
    standardized: bool = False
    """Whether it reads x after the stage's norm."""
    hidden: bool = False
    """Whether it reads one of the stage's hidden sums, and no column."""

    @abstractmethod
    def locate(self, values: NDArray[Any]) -> Places:
        """The cell of each value, -1 for none, and t."""


@dataclass(frozen=True)
class Uniform(Reading):
    """Cells of equal width: u = (x - low) · inverse with x clipped to [low, high].

    The cell is ⌊u⌋ and t = u - cell. NaN stays NaN.

    Attributes:
        standardized: whether it reads x after the stage's norm.
    """

    column: int
    low: float
    high: float
    inverse: float
    cells: int
    standardized: bool = False

    def locate(self, values: NDArray[Any]) -> Places:
        u = (np.clip(values, self.low, self.high) - self.low) * self.inverse
        cell = np.minimum(np.where(np.isnan(u), 0, u).astype(np.intp), self.cells - 1)
        return cell, u - cell


@dataclass(frozen=True)
class Number(Reading):
    """Cells between places: u = (x - centre) / scale, or asinh of that, clipped to [low, high].

    The cell is the number of places at or below u; t is the distance of u from the cell's origin.

    Attributes:
        missing: the cell of a missing number, -1 for none.
        hidden: whether it reads the hidden sum of this number, and no column.
    """

    column: int
    centre: float
    scale: float
    tame: bool
    low: float
    high: float
    places: tuple[float, ...]
    missing: int = -1
    hidden: bool = False

    def origins(self) -> tuple[float, ...]:
        """The origins of the cells, one more than there are places."""
        return (self.places[0], *self.places)

    def locate(self, values: NDArray[Any]) -> Places:
        u = (values - self.centre) / self.scale
        u = np.clip(np.arcsinh(u) if self.tame else u, self.low, self.high)
        missing = np.isnan(u)
        cell = np.searchsorted(np.array(self.places), np.where(missing, 0.0, u), side="right")
        t = u - np.array(self.origins())[cell]
        return np.where(missing, self.missing, cell), np.where(missing, 0.0, t)


@dataclass(frozen=True)
class Names(Reading):
    """The cell of each level; other levels have no cell.

    Attributes:
        numbers: whether the column holds numbers, with whole numbers as levels. Then the level None
            stands for missing numbers and fractions, otherwise for missing values.
        numeric: whether all levels were numbers, in a column of numbers or of categories.
        spellings: how many of the last names are other spellings of levels.
    """

    column: int
    cells: tuple[tuple[str | None, int], ...]
    numbers: bool
    numeric: bool
    spellings: int = 0

    @property
    def levels(self) -> list[tuple[str | None, int]]:
        """The cells of levels as the fit had them, without other spellings."""
        return list(self.cells[: len(self.cells) - self.spellings])

    def locate(self, values: NDArray[Any]) -> Places:
        cells = dict(self.cells)
        labels = label_numbers(values) if self.numbers else values
        places = np.array([cells.get(label, -1) for label in labels], dtype=np.intp)
        return places, np.zeros(len(values))
