"""The statistics that ``partial_fit`` keeps of all rows, and the model that follows from them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from numpy.typing import NDArray

from edgewise.additive.batches import Batch
from edgewise.additive.choose import Choice, mix_models
from edgewise.additive.columns import Array, Columns
from edgewise.additive.moments import Moments
from edgewise.additive.sample import Draw, Sample, split_sample
from edgewise.additive.streaming import Gather, NumberCoding, solve_pair


@dataclass(frozen=True, eq=False)
class Growth:
    """The statistics of the rows of all tables so far.

    Attributes:
        sample: rows for pictures and for the ends of columns; None before the first table.
        moments: for each target, the moments of the terms chosen on the first table.
        tables: the number of tables.
        seed: the seed of the sample.
        choices: for each target, the choice made on the first table.
    """

    sample: Sample | None
    moments: tuple[Moments, ...]
    tables: int
    seed: int
    choices: tuple[Choice, ...] = ()

    @property
    def total(self) -> float:
        """The sum of the weights of all rows."""
        return 0.0 if self.sample is None else self.sample.total

    def columns(self, features: int) -> tuple[Columns, Array]:
        """The sample's columns and weights."""
        if self.sample is None:
            raise ValueError("expected rows of a first table, got none")
        rows = self.sample.finish()
        return split_sample(rows, features)[0], rows.weight

    def empty(self) -> Growth:
        """The statistics of no rows, for the same terms."""
        nothing = tuple(moments.merge(moments, -1.0) for moments in self.moments)
        return replace(self, sample=None, moments=nothing, tables=0)

    def merge(self, other: Growth) -> Growth:
        """The statistics of the rows of both."""
        moments = tuple(a.merge(b) for a, b in zip(self.moments, other.moments, strict=True))
        if other.sample is None or self.sample is None:
            return replace(self if other.sample is None else other, moments=moments)
        sample = self.sample.merge(other.sample.shift(self.tables))
        return replace(self, sample=sample, moments=moments, tables=self.tables + other.tables)

    def subtract(self, other: Growth) -> Growth:
        """The statistics without the rows of another one, which must be among these.

        Raises:
            ValueError: if no rows are left.
        """
        if self.sample is None or other.sample is None or not self.total > other.total:
            raise ValueError(
                "subtract expected fewer rows than all, got a weight of "
                f"{other.total:.6g} of {self.total:.6g}"
            )
        pairs = zip(self.moments, other.moments, strict=True)
        moments = tuple(a.merge(b, -1.0) for a, b in pairs)
        return replace(self, sample=self.sample.subtract(other.sample), moments=moments)

    def fit(self, features: int) -> tuple[list[Choice], Columns, Array]:
        """The model of each target for all rows, and the columns and weights of a sample."""
        some, weight = self.columns(features)
        pairs = zip(self.choices, self.moments, strict=True)
        return [fit_growth(choice, m, self.total, some) for choice, m in pairs], some, weight


def measure_growth(
    seed: int,
    choices: Sequence[Choice],
    codings: Sequence[NumberCoding],
    columns: Columns,
    targets: NDArray[Any],
    weight: Array,
) -> Growth:
    """The statistics of one table."""
    counted = weight > 0
    columns, targets, weight = [c[counted] for c in columns], targets[counted], weight[counted]
    sample = Draw(seed)(Batch((0, 0), columns, list(targets.T), weight))
    moments = []
    for choice, coding in zip(choices, codings, strict=True):
        y, _ = coding.encode(list(targets.T))
        gather = Gather(choice.whole.terms, coding, choice.loss, 0, choice.whole.coef)
        moments.append(gather.measure(columns, y, weight))
    return Growth(sample, tuple(moments), 1, seed, tuple(choices))


def fit_growth(choice: Choice, moments: Moments, total: float, columns: Columns) -> Choice:
    """The model of the same terms, fitted to all rows as if these were the first.

    Args:
        columns: the columns of a few rows.
    """
    first, second = (replace(one, solutions=()) for one in (choice.lines, choice.whole))
    lines, whole = solve_pair(choice.loss, first, second, moments, total, columns)
    model = mix_models([lines, whole], [1 - choice.share, choice.share])
    model.coef[0] += choice.loss.mean_shift(model.solutions[0].noise)
    return replace(choice, model=model, lines=lines, whole=whole)
