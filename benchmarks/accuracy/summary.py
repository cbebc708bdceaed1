"""The rows of accuracy.csv, seeds averaged."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

Row = Mapping[str, str]
FORMS = ("full", "quick")
"""The better first."""


@dataclass(frozen=True)
class Summary:
    """A model in a comparison: means over seeds of the setting that tuning chose.

    Attributes:
        tuned: accuracy, or R² for numbers, of the best trial on the rows to tune by.
        score: the same of the chosen setting on the test rows.
        spread: its deviation between seeds; None of a single one.
        seconds: of training.
        settings: learning rate, decay and grid, as the CSV has them.
    """

    form: str
    dataset: str
    comparison: str
    model: str
    is_classes: bool
    seeds: int
    tuned: float
    score: float
    spread: float | None
    nll: float
    ece: float | None
    rmse: float | None
    parameters: int
    multiply_adds: int
    seconds: float
    settings: tuple[str, str, str]

    @property
    def is_mlp(self) -> bool:
        return self.model.startswith("mlp")


def summarize(rows: Iterable[Row]) -> list[Summary]:
    """One for each data set, comparison and model.

    Where a data set has rows of the full form in a comparison, those of the quick one don't count.
    """
    good = [row for row in rows if not row["error"]]
    forms: dict[tuple[str, str], int] = {}
    for row in good:
        if row["kind"] == "test":
            place = (row["dataset"], row["comparison"])
            forms[place] = min(FORMS.index(row["form"]), forms.get(place, len(FORMS)))
    groups: dict[tuple[str, str, str], dict[str, list[Row]]] = {}
    for row in good:
        place = (row["dataset"], row["comparison"])
        if place in forms and row["form"] == FORMS[forms[place]]:
            kinds = groups.setdefault((*place, row["model"]), {"tuning": [], "test": []})
            kinds[row["kind"]].append(row)
    return [_average(g["test"], g["tuning"]) for g in groups.values() if g["test"]]


def front(summaries: Sequence[Summary], cost: str) -> list[Summary]:
    """Those that no other one beats in score at the same cost or less, by rising cost."""
    best, kept = float("-inf"), []
    for each in sorted(summaries, key=lambda s: (getattr(s, cost), -s.score)):
        if each.score > best:
            best = each.score
            kept.append(each)
    return kept


def best_of(summaries: Iterable[Summary], *, mlp: bool) -> Summary | None:
    """That of the MLPs, or of the others, which was best on the rows to tune by.

    The best of many on the test rows would look better than it is.
    """
    own = [s for s in summaries if s.is_mlp == mlp]
    return max(own, key=lambda s: s.tuned) if own else None


def _average(rows: Sequence[Row], trials: Sequence[Row]) -> Summary:
    first = rows[0]
    is_classes = bool(first["accuracy"])
    column = "accuracy" if is_classes else "r2"
    scores = _numbers(rows, column)
    return Summary(
        first["form"],
        first["dataset"],
        first["comparison"],
        first["model"],
        is_classes,
        len(rows),
        max(_numbers(trials, column), default=float("-inf")),
        statistics.fmean(scores),
        statistics.stdev(scores) if len(scores) > 1 else None,
        statistics.fmean(_numbers(rows, "nll")),
        statistics.fmean(_numbers(rows, "ece")) if is_classes else None,
        None if is_classes else statistics.fmean(_numbers(rows, "rmse")),
        int(first["parameters"]),
        int(first["multiply_adds"]),
        statistics.fmean(_numbers(rows, "seconds")),
        (first["lr"], first["weight_decay"], first["grid"]),
    )


def _numbers(rows: Sequence[Row], column: str) -> list[float]:
    return [float(row[column]) for row in rows]
