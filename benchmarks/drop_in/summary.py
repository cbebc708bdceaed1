"""The rows of drop_in.csv: the best rate of each network, and its loss beside the MLP's."""

from __future__ import annotations

import json
import math
import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.drop_in.networks import LAYERS, MLPS
from benchmarks.drop_in.tasks import TASKS
from benchmarks.equations.summary import geometric_mean

Row = Mapping[str, str]
FLOOR = 1e-4
"""Added to both losses of a ratio: below it, differences don't count."""
CEILING = 100.0
"""What a loss counts for at most, and one that isn't finite."""


@dataclass(frozen=True)
class Outcome:
    """A network on a task, at the rate whose mean test loss over seeds is the least.

    Attributes:
        network: its name, with its hidden layers unless there are two.
        losses: by seed, the test loss at the end, at most 100.
        curves: by seed, the test loss by step.
        seconds: of a run, the mean.
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

    @property
    def typical(self) -> float:
        """The geometric mean of loss + floor."""
        return geometric_mean(loss + FLOOR for loss in self.losses.values())


@dataclass(frozen=True)
class Relation:
    """A network on a task beside the better of the two MLPs.

    Attributes:
        ratio: (loss + 0.0001) / (the MLP's + 0.0001), the geometric mean over seeds.
        share: of the steps after which the MLP's final loss is reached, the median over seeds;
            infinite where it isn't.
        seconds: of a run, over the MLP's.
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
    """An outcome for each task and network; rows of the quick form only where there are no others.

    Of the rates, those with the most seeds compete.
    """
    good = [row for row in rows if not row["error"] and row["task"] in TASKS]
    full = [row for row in good if row["form"] == "full"]
    groups: dict[tuple[str, str], dict[float, list[Row]]] = {}
    for row in full or good:
        place = row["task"], label(row)
        groups.setdefault(place, {}).setdefault(float(row["lr"]), []).append(row)
    return [
        min(
            (_collect(*place, lr, own) for lr, own in rates.items()),
            key=lambda outcome: (-len(outcome.losses), outcome.mean),
        )
        for place, rates in groups.items()
    ]


def label(row: Row) -> str:
    """The network's name, with its hidden layers unless there are two."""
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
    """Every outcome, the MLPs' too, beside the better MLP of its task, on the seeds of both."""
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
    """The part of all steps after which a curve is first seen at a loss, or at 0.0001."""
    reached = (step for step, value in curve.items() if value <= max(loss, FLOOR))
    return next(reached, math.inf) / max(curve)
