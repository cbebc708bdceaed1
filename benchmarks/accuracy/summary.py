"""The rows of accuracy.csv, seeds averaged."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

Row = Mapping[str, str]
FORMS = ("full", "quick")
"""The better first: a quick row counts only where there is no full one."""


@dataclass(frozen=True)
class Summary:
    """A model in a comparison: means over seeds of the setting that tuning chose.

    Attributes:
        score: accuracy, or R² for numbers.
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
    """One for each data set, comparison and model; of the full form where there is one."""
    groups: dict[tuple[str, str, str], dict[str, list[Row]]] = {}
    for row in rows:
        if row["kind"] == "test" and not row["error"]:
            key = (row["dataset"], row["comparison"], row["model"])
            groups.setdefault(key, {}).setdefault(row["form"], []).append(row)
    return [_average(min(forms.items(), key=lambda f: FORMS.index(f[0]))[1])
            for forms in groups.values()]  # fmt: skip


def front(summaries: Sequence[Summary], cost: str) -> list[Summary]:
    """Those that no other one beats in score at the same cost or less, by rising cost."""
    best, kept = float("-inf"), []
    for each in sorted(summaries, key=lambda s: (getattr(s, cost), -s.score)):
        if each.score > best:
            best = each.score
            kept.append(each)
    return kept


def best_of(summaries: Iterable[Summary], *, mlp: bool) -> Summary | None:
    """The most accurate of the MLPs, or of the others."""
    own = [s for s in summaries if s.is_mlp == mlp]
    return max(own, key=lambda s: s.score) if own else None


def _average(rows: Sequence[Row]) -> Summary:
    first = rows[0]
    is_classes = bool(first["accuracy"])
    scores = _numbers(rows, "accuracy" if is_classes else "r2")
    return Summary(
        first["form"],
        first["dataset"],
        first["comparison"],
        first["model"],
        is_classes,
        len(rows),
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
