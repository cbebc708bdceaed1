"""A sample of the rows of a table larger than memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from edgewise.additive.batches import Batch
from edgewise.additive.columns import Array, Columns

SAMPLE_ROWS = 50_000
"""The size of the sample; a table of no more rows is taken whole."""
MOST_CELLS = 2**25
"""The sample of a wide table has fewer rows, so that it has no more values than this."""
FEWEST_ROWS = 10_000
MOST_VALUES, MOST_NAMES = 1000, 20_000
"""The most different numbers, or levels, of a column that are all in the sample."""


@dataclass(frozen=True, eq=False)
class SampledRows:
    """Some rows.

    Attributes:
        values: one array a column, the targets last.
        weight, key: of each row. The rows with the least keys are the sample.
        place: (rows, 3), the order of the rows in the table.
    """

    values: list[NDArray[Any]]
    weight: Array
    key: Array
    place: NDArray[np.intp]

    def take(self, rows: Any) -> SampledRows:
        """Some of them."""
        values = [column[rows] for column in self.values]
        return SampledRows(values, self.weight[rows], self.key[rows], self.place[rows])

    def write_rows(self) -> list[str]:
        """The values and the weight of each row as a text."""
        return [
            repr(row)
            for row in zip(*(v.tolist() for v in (*self.values, self.weight)), strict=True)
        ]

    def join(self, other: SampledRows) -> SampledRows:
        """These, then others."""
        pairs = zip(self.values, other.values, strict=True)
        return SampledRows(
            [np.concatenate(pair) for pair in pairs],
            np.concatenate([self.weight, other.weight]),
            np.concatenate([self.key, other.key]),
            np.concatenate([self.place, other.place]),
        )


Part = SampledRows
"""Its name in pickles of version 0.1.0."""


@dataclass(frozen=True, eq=False)
class Sample:
    """The sample of the rows that were read so far.

    Attributes:
        rows, total: the number of rows read, and the sum of their weights.
        drawn: a uniform sample: the rows with the least keys.
        needed: the first row with the least and the greatest value of each column, and with each
            value of a column of few different values.
        many: (columns,), which columns have more different values than that.
        most: the most rows of ``drawn``.
    """

    rows: int
    total: float
    drawn: SampledRows
    needed: SampledRows
    many: NDArray[np.bool_]
    most: int = SAMPLE_ROWS

    def merge(self, other: Sample) -> Sample:
        """The sample of all rows of both."""
        drawn = _draw(self.drawn.join(other.drawn), self.most)
        needed, many = _need(self.needed.join(other.needed), self.many | other.many)
        rows, total = self.rows + other.rows, self.total + other.total
        return Sample(rows, total, drawn, needed, many, self.most)

    def shift(self, tables: int) -> Sample:
        """The sample behind other tables, so that no row has the place of one of theirs."""
        drawn, needed = (
            replace(part, place=part.place + np.array([tables, 0, 0]))
            for part in (self.drawn, self.needed)
        )
        return replace(self, drawn=drawn, needed=needed)

    def subtract(self, other: Sample) -> Sample:
        """The sample without the rows of another one; of equal rows, as many go as that has."""
        gone = Counter(other.drawn.write_rows()) | Counter(other.needed.write_rows())
        drawn, needed = (_leave_out(part, gone) for part in (self.drawn, self.needed))
        rows, total = self.rows - other.rows, self.total - other.total
        return replace(self, rows=rows, total=total, drawn=drawn, needed=needed)

    def finish(self) -> SampledRows:
        """The rows of the sample in order, with weights of the same mean as all rows.

        A needed row represents only itself; the drawn rows represent all others.
        """
        if self.rows <= self.most:
            return _sort(self.drawn)
        own = {tuple(place) for place in self.needed.place.tolist()}
        others = [tuple(place) not in own for place in self.drawn.place.tolist()]
        drawn = self.drawn.take(np.array(others))
        size = (self.total - self.needed.weight.sum()) / drawn.weight.sum()
        weight = np.concatenate([self.needed.weight, drawn.weight * size])
        both = self.needed.join(drawn)
        weight *= len(weight) / self.rows
        return _sort(SampledRows(both.values, weight, both.key, both.place))


def _leave_out(part: SampledRows, gone: Counter[Any]) -> SampledRows:
    """The part without the given number of copies of each row; its first copies are left out."""
    left, kept = gone.copy(), []
    for row in part.write_rows():
        kept.append(not left[row])
        left[row] -= not kept[-1]
    return part.take(np.array(kept, dtype=bool))


@dataclass(frozen=True)
class Draw:
    """Draws the sample of a batch.

    Attributes:
        seed: of the keys, which don't depend on how the work is shared.
    """

    seed: int

    def __call__(self, batch: Batch) -> Sample:
        rows = len(batch.weight)
        key = np.random.default_rng([self.seed, *batch.number]).random(rows)
        place = np.empty((rows, 3), dtype=np.intp)
        place[:, :2], place[:, 2] = batch.number, np.arange(rows)
        part = SampledRows([*batch.columns, *batch.targets], batch.weight, key, place)
        needed = _need(part, np.zeros(len(part.values), dtype=bool))
        most = count_rows(len(part.values))
        return Sample(rows, float(batch.weight.sum()), _draw(part, most), *needed, most)


def count_rows(columns: int) -> int:
    """The most rows of the sample of a table."""
    return min(SAMPLE_ROWS, max(FEWEST_ROWS, MOST_CELLS // columns))


def _draw(part: SampledRows, most: int) -> SampledRows:
    if len(part.key) <= most:
        return part
    return part.take(np.argpartition(part.key, most)[:most])


def _sort(part: SampledRows) -> SampledRows:
    return part.take(np.lexsort(part.place.T[::-1]))


def _need(part: SampledRows, many: NDArray[np.bool_]) -> tuple[SampledRows, NDArray[np.bool_]]:
    """The rows that :attr:`Sample.needed` describes, and which columns have many values.

    Args:
        many: columns that are already known to have many different values.
    """
    rows: list[NDArray[Any]] = [np.zeros(0, dtype=np.intp)]
    many = many.copy()
    for k, column in enumerate(part.values):
        first = np.flatnonzero(~pd.Series(column).duplicated().to_numpy())
        many[k] |= len(first) > (MOST_NAMES if column.dtype == object else MOST_VALUES)
        if not many[k]:
            rows.append(first)
        elif column.dtype.kind in "fiu" and not np.isnan(column).all():
            rows.append(np.array([np.nanargmin(column), np.nanargmax(column)]))
    return part.take(np.unique(np.concatenate(rows))), many


def split_sample(part: SampledRows, features: int) -> tuple[Columns, list[NDArray[Any]]]:
    """The columns of the features, and those of the targets."""
    return part.values[:features], part.values[features:]


def name_like(targets: Sequence[NDArray[Any]], y: Any) -> Any:
    """Targets as a series, a frame or an array, whatever y of a batch is."""
    if not hasattr(y, "iloc"):
        return targets[0] if np.ndim(y) == 1 else np.stack(targets, 1)
    if y.ndim == 1:
        return pd.Series(targets[0], name=y.name)
    return pd.DataFrame(dict(zip(y.columns, targets, strict=True)))
