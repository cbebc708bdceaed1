"""The best learning rate of each network in drop_in.csv, and its loss relative to the MLP's."""

from __future__ import annotations

import json
import math
import statistics
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.drop_in.networks import LAYERS, MLPS
from benchmarks.drop_in.tasks import TASKS
from benchmarks.runs import geometric_mean

Row = Mapping[str, str]
FLOOR = 1e-4
"""Added to both losses of a ratio, so that differences far below it have no effect."""
CEILING = 100.0
"""Greater losses, and losses that aren't finite, count as this one."""


@dataclass(frozen=True)
class Outcome:
    """A network on a task, at the learning rate with the least mean test loss over seeds.

    Attributes:
        network: its name, and its number of hidden layers if that isn't two.
        losses: the test loss at the end, at most 100, by seed.
        curves: the test loss by step, by seed.
        seconds: the mean duration of a run.
    """

    task: str
    network: str
    lr: float
    parameters: int
    losses: dict[str, float]
    curves: dict[str, dict[int, float]]
    seconds: float

    @property
    def mean(self) -> float:
        return statistics.fmean(self.losses.values())


@dataclass(frozen=True)
class Relation:
    """A network on a task, compared with the better of the two MLPs.

    Attributes:
        ratio: (loss + 0.0001) / (the MLP's + 0.0001), the geometric mean over seeds.
        share: the fraction of the steps after which the MLP's final loss is reached, the median
            over seeds; infinite if it isn't reached.
        seconds: the duration of a run, divided by the MLP's.
    """

    outcome: Outcome
    mlp: Outcome
    ratio: float
    share: float
    seconds: float

    @property
    def task(self) -> str:
        return self.outcome.task

    @property
    def family(self) -> str:
        return TASKS[self.task].family


def summarize(rows: Iterable[Row]) -> list[Outcome]:
    """An outcome for each task and network; quick rows are used only if there are no full ones.

    Only learning rates with the most seeds are compared.
    """
    good = [row for row in rows if not row["error"] and row["task"] in TASKS]
    groups = group_by_rate(good, lambda row: (row["task"], label(row)))
    return [
        min(
            (_collect(*place, lr, own) for lr, own in rates.items()),
            key=lambda outcome: (-len(outcome.losses), outcome.mean),
        )
        for place, rates in groups.items()
    ]


def group_by_rate(
    rows: Sequence[Row], place: Callable[[Row], tuple[str, str]]
) -> dict[tuple[str, str], dict[float, list[Row]]]:
    """The rows of each place by learning rate; quick rows only if there are no full ones."""
    full = [row for row in rows if row["form"] == "full"]
    groups: dict[tuple[str, str], dict[float, list[Row]]] = {}
    for row in full or rows:
        groups.setdefault(place(row), {}).setdefault(float(row["lr"]), []).append(row)
    return groups


def label(row: Row) -> str:
    """The network's name, and its number of hidden layers if that isn't two."""
    layers = int(row["layers"])
    return row["network"] if layers == LAYERS else f"{row['network']} ({layers})"


def _collect(task: str, network: str, lr: float, rows: Sequence[Row]) -> Outcome:
    curves = {
        row["seed"]: {int(step): float(loss) for step, loss in json.loads(row["curve"]).items()}
        for row in rows
    }
    return Outcome(
        task,
        network,
        lr,
        int(rows[0]["parameters"]),
        {row["seed"]: min(float(row["loss"]), CEILING) for row in rows},
        curves,
        statistics.fmean(float(row["seconds"]) for row in rows),
    )


def relate(outcomes: Sequence[Outcome]) -> list[Relation]:
    """Compare every outcome with the better MLP of its task, on the seeds that both have."""
    found = []
    for outcome in outcomes:
        rivals = [o for o in outcomes if o.task == outcome.task and o.network in MLPS]
        mlp = min(rivals, key=lambda o: o.mean, default=None)
        seeds = [] if mlp is None else [s for s in outcome.losses if s in mlp.losses]
        if mlp is not None and seeds:
            ratio = geometric_mean(
                (outcome.losses[s] + FLOOR) / (mlp.losses[s] + FLOOR) for s in seeds
            )
            share = statistics.median(
                share_of_steps(outcome.curves[s], mlp.losses[s]) for s in seeds
            )
            seconds = outcome.seconds / mlp.seconds
            found.append(Relation(outcome, mlp, ratio, share, seconds))
    return found


def share_of_steps(curve: Mapping[int, float], loss: float) -> float:
    """The fraction of steps after which a curve first reaches a loss, or FLOOR if that is more."""
    reached = (step for step, value in curve.items() if value <= max(loss, FLOOR))
    return next(reached, math.inf) / max(curve)
