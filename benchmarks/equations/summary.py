"""The rows of equations.csv, seeds put together by their median."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

Row = Mapping[str, str]
FORMS = ("full", "quick")
"""The better first: quick rows count only where a task has no full ones."""


@dataclass(frozen=True)
class Summary:
    """A network on a task: medians over its seeds.

    Attributes:
        question, task, comparison, model, init: as in the CSV.
        loss: on the rows that it was trained on.
        error: relative L2 against the truth.
        low, high: the least and the greatest error of its seeds.
        seconds: of a core, for training.
    """

    form: str
    question: str
    task: str
    comparison: str
    model: str
    init: str
    seeds: int
    parameters: int
    steps: int
    loss: float
    error: float
    low: float
    high: float
    seconds: float

    @property
    def is_mlp(self) -> bool:
        return self.init == "torch"


def summarize(rows: Iterable[Row]) -> list[Summary]:
    """One for each network, task and comparison, of the better form that a task has."""
    tests = [row for row in rows if row["kind"] == "test" and not row["error"]]
    best: dict[str, str] = {}
    for row in tests:
        best[row["task"]] = min(best.get(row["task"], FORMS[-1]), row["form"], key=FORMS.index)
    groups: dict[tuple[str, ...], list[Row]] = {}
    for row in tests:
        if row["form"] == best[row["task"]]:
            key = tuple(row[c] for c in ("task", "comparison", "model", "init"))
            groups.setdefault(key, []).append(row)
            if row["init"] != "torch":  # none took more than "time" gives the MLPs
                groups.setdefault((key[0], "time", *key[2:]), []).append(row)
    return [_take_medians(key[1], own) for key, own in groups.items()]


def _take_medians(comparison: str, rows: Sequence[Row]) -> Summary:
    first = rows[0]
    losses, errors, seconds = (
        [float(row[c]) for row in rows] for c in ("loss", "relative_l2", "seconds")
    )
    return Summary(
        *(first[c] for c in ("form", "question", "task")),
        comparison,
        *(first[c] for c in ("model", "init")),
        len(rows),
        int(first["parameters"]),
        int(first["steps"]),
        statistics.median(losses),
        statistics.median(errors),
        min(errors),
        max(errors),
        statistics.median(seconds),
    )


def select(summaries: Iterable[Summary], **columns: str) -> list[Summary]:
    """Those with these values."""
    return [s for s in summaries if all(getattr(s, k) == v for k, v in columns.items())]


def geometric_mean(values: Iterable[float]) -> float:
    """exp of the mean logarithm of positive numbers."""
    return math.exp(statistics.fmean(math.log(max(v, 1e-300)) for v in values))


def best(summaries: Iterable[Summary], *, mlp: bool) -> Summary | None:
    """The most accurate of the MLPs, or of the KANs."""
    own = [s for s in summaries if s.is_mlp == mlp]
    return min(own, key=lambda s: s.error) if own else None
