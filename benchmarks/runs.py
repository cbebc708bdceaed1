"""Rows of one setting, which differ in their seed only, and the figures that are told of them."""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.records import Row

FORMS = ("full", "quick")
"""The better one first."""


@dataclass(frozen=True)
class Runs:
    """The runs of one setting.

    Attributes:
        rows: a row for each seed.
        trials: the rows by which the setting was chosen, if it was.
    """

    rows: Sequence[Row]
    trials: Sequence[Row] = ()

    def __getitem__(self, column: str) -> str:
        """What all rows have in a column."""
        return str(self.rows[0][column])

    def values(self, column: str) -> list[float]:
        """The numbers of a column, without those that are missing."""
        return [float(row[column]) for row in self.rows if row[column]]

    def mean(self, column: str) -> float:
        return statistics.fmean(self.values(column))

    def median(self, column: str) -> float:
        return statistics.median(self.values(column))

    def deviation(self, column: str) -> float | None:
        """The standard deviation between seeds; None of a single one."""
        values = self.values(column)
        return statistics.stdev(values) if len(values) > 1 else None

    def best_trial(self, column: str) -> float:
        """The greatest value among the trials; -∞ without any."""
        return max(Runs(self.trials).values(column), default=-math.inf)


def group(rows: Iterable[Row], *columns: str) -> dict[tuple[Any, ...], list[Row]]:
    """Rows that are equal in some columns, in the order of their first."""
    found: dict[tuple[Any, ...], list[Row]] = {}
    for row in rows:
        found.setdefault(tuple(row[column] for column in columns), []).append(row)
    return found


def count_right(rows: Sequence[Row]) -> str:
    """How many of the rows are right, as "3 of 4"."""
    return f"{sum(row['right'] == '1' for row in rows)} of {len(rows)}"


def prefer_full(rows: Sequence[Row], *columns: str) -> list[Row]:
    """The rows of the better form that there is of each value of some columns."""
    best = {
        place: min((row["form"] for row in own), key=FORMS.index)
        for place, own in group(rows, *columns).items()
    }
    return [row for row in rows if row["form"] == best[tuple(row[c] for c in columns)]]


def pick_rates(
    rows: Sequence[Row], place: Callable[[Row], Any], cost: Callable[[Runs], float]
) -> list[Runs]:
    """The runs of each place at the learning rate of the least cost; of the better form.

    Only learning rates with the most seeds are compared.
    """
    places: dict[Any, list[Row]] = {}
    for row in prefer_full(rows):
        places.setdefault(place(row), []).append(row)
    return [
        min(map(Runs, group(own, "lr").values()), key=lambda runs: (-len(runs.rows), cost(runs)))
        for own in places.values()
    ]


def geometric_mean(values: Iterable[float]) -> float:
    """exp of the mean logarithm of positive numbers."""
    return math.exp(statistics.fmean(math.log(max(v, 1e-300)) for v in values))
