"""Rows that stand for a table larger than memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from edgewise.additive.batches import Batch
from edgewise.additive.columns import Array, Columns

MOST_ROWS = 50_000
"""A table of no more rows is taken whole."""
MOST_VALUES = 1000
"""Each value of a column with no more different ones has a row in the sample."""


@dataclass(frozen=True, eq=False)
class Part:
    """Some rows.

    Attributes:
        values: one array a column, those of the targets last.
        weight, key: of each row; those with the least keys are drawn.
        place: (rows, 3), by which the rows of a table are in order.
    """

    values: list[NDArray[Any]]
    weight: Array
    key: Array
    place: NDArray[np.intp]

    def take(self, rows: Any) -> Part:
        """Some of them."""
        values = [column[rows] for column in self.values]
        return Part(values, self.weight[rows], self.key[rows], self.place[rows])

    def join(self, other: Part) -> Part:
        """These, then others."""
        pairs = zip(self.values, other.values, strict=True)
        return Part(
            [np.concatenate(pair) for pair in pairs],
            np.concatenate([self.weight, other.weight]),
            np.concatenate([self.key, other.key]),
            np.concatenate([self.place, other.place]),
        )


@dataclass(frozen=True, eq=False)
class Sample:
    """What is kept of the rows that were seen.

    Attributes:
        rows, total: how many they were, and the sum of their weights.
        drawn: evenly drawn ones: those with the least keys.
        needed: the first row with the least and greatest value of each column, and with each value
            of a column that has few different ones.
        many: (columns,), which columns have more.
    """

    rows: int
    total: float
    drawn: Part
    needed: Part
    many: NDArray[np.bool_]

    def merge(self, other: Sample) -> Sample:
        """The same of all rows of both."""
        drawn = _draw(self.drawn.join(other.drawn))
        needed, many = _need(self.needed.join(other.needed), self.many | other.many)
        return Sample(self.rows + other.rows, self.total + other.total, drawn, needed, many)

    def finish(self) -> Part:
        """The rows in their order, all of them if they are few, with weights of mean as before.

        Needed rows stand for themselves alone, and drawn ones for all others.
        """
        if self.rows <= MOST_ROWS:
            return _sort(self.drawn)
        own = {tuple(place) for place in self.needed.place.tolist()}
        others = [tuple(place) not in own for place in self.drawn.place.tolist()]
        drawn = self.drawn.take(np.array(others))
        size = (self.total - self.needed.weight.sum()) / drawn.weight.sum()
        weight = np.concatenate([self.needed.weight, drawn.weight * size])
        both = self.needed.join(drawn)
        weight *= len(weight) / self.rows
        return _sort(Part(both.values, weight, both.key, both.place))


@dataclass(frozen=True)
class Draw:
    """Takes a sample of a batch.

    Attributes:
        seed: of the keys, which are the same however the work is shared.
    """

    seed: int

    def __call__(self, batch: Batch) -> Sample:
        rows = len(batch.weight)
        key = np.random.default_rng([self.seed, *batch.number]).random(rows)
        place = np.empty((rows, 3), dtype=np.intp)
        place[:, :2], place[:, 2] = batch.number, np.arange(rows)
        part = Part([*batch.columns, *batch.targets], batch.weight, key, place)
        needed = _need(part, np.zeros(len(part.values), dtype=bool))
        return Sample(rows, float(batch.weight.sum()), _draw(part), *needed)


def _draw(part: Part) -> Part:
    if len(part.key) <= MOST_ROWS:
        return part
    return part.take(np.argpartition(part.key, MOST_ROWS)[:MOST_ROWS])


def _sort(part: Part) -> Part:
    return part.take(np.lexsort(part.place.T[::-1]))


def _need(part: Part, many: NDArray[np.bool_]) -> tuple[Part, NDArray[np.bool_]]:
    """Rows with the ends of each column, and with each of a few different values.

    Args:
        many: columns of which more different values than that are known already.
    """
    rows: list[NDArray[Any]] = [np.zeros(0, dtype=np.intp)]
    many = many.copy()
    for k, column in enumerate(part.values):
        first = np.flatnonzero(~pd.Series(column).duplicated().to_numpy())
        many[k] |= len(first) > MOST_VALUES
        if not many[k]:
            rows.append(first)
        elif column.dtype.kind in "fiu" and not np.isnan(column).all():
            rows.append(np.array([np.nanargmin(column), np.nanargmax(column)]))
    return part.take(np.unique(np.concatenate(rows))), many


def split_sample(part: Part, features: int) -> tuple[Columns, list[NDArray[Any]]]:
    """The columns of the features, and those of the targets."""
    return part.values[:features], part.values[features:]


def name_like(targets: Sequence[NDArray[Any]], y: Any) -> Any:
    """Targets as a series, a frame or an array, as they came in a batch."""
    if not hasattr(y, "iloc"):
        return targets[0] if np.ndim(y) == 1 else np.stack(targets, 1)
    if y.ndim == 1:
        return pd.Series(targets[0], name=y.name)
    return pd.DataFrame(dict(zip(y.columns, targets, strict=True)))
