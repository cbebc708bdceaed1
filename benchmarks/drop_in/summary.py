"""The best learning rate of each network in drop_in.csv, and its loss relative to the MLP's."""

from __future__ import annotations

import json
import math
import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.drop_in.networks import LAYERS, MLPS
from benchmarks.drop_in.tasks import TASKS
from benchmarks.records import Row
from benchmarks.runs import Runs, geometric_mean, pick_rates

FLOOR = 1e-4
"""Added to both losses of a ratio, so that differences far below it have no effect."""
CEILING = 100.0
"""Greater losses, and losses that aren't finite, count as this one."""


@dataclass(frozen=True)
class Relation:
    """A network on a task at its best learning rate, compared with the better of the two MLPs.

    Attributes:
        network: its name, and its number of hidden layers if that isn't two.
        lr: the learning rate.
        mlp: the MLP's runs.
        ratio: (loss + 0.0001) / (the MLP's + 0.0001), the geometric mean over seeds.
        share: the fraction of the steps after which the MLP's final loss is reached, the median
            over seeds; infinite if it isn't reached.
    """

    task: str
    network: str
    lr: float
    mlp: Runs
    ratio: float
    share: float

    @property
    def family(self) -> str:
        return TASKS[self.task].family


def summarize(rows: Iterable[Row]) -> list[Runs]:
    """The runs of each task and network at the learning rate with the least mean test loss."""
    good = [row for row in rows if not row["error"] and row["task"] in TASKS]
    return pick_rates(good, lambda row: (row["task"], label(row)), mean_loss)


def label(row: Row) -> str:
    """The network's name, and its number of hidden layers if that isn't two."""
    layers = int(row["layers"])
    return str(row["network"]) if layers == LAYERS else f"{row['network']} ({layers})"


def losses(runs: Runs) -> dict[str, float]:
    """The test loss at the end, at most 100, by seed."""
    return {row["seed"]: min(float(row["loss"]), CEILING) for row in runs.rows}


def mean_loss(runs: Runs) -> float:
    """The mean test loss over seeds."""
    return statistics.fmean(losses(runs).values())


def relate(summaries: Sequence[Runs]) -> list[Relation]:
    """Compare every network with the better MLP of its task, on the seeds that both have."""
    found = []
    for runs in summaries:
        rivals = [r for r in summaries if r["task"] == runs["task"] and label(r.rows[0]) in MLPS]
        mlp = min(rivals, key=mean_loss, default=None)
        rows = {} if mlp is None else {r["seed"]: r for r in runs.rows if r["seed"] in losses(mlp)}
        if mlp is not None and rows:
            own, theirs = losses(runs), losses(mlp)
            ratio = geometric_mean((own[s] + FLOOR) / (theirs[s] + FLOOR) for s in rows)
            share = statistics.median(
                share_of_steps(read_curve(row), theirs[seed]) for seed, row in rows.items()
            )
            about = runs["task"], label(runs.rows[0]), float(runs["lr"]), mlp
            found.append(Relation(*about, ratio, share))
    return found


def read_curve(row: Row) -> dict[int, float]:
    """The test loss by step."""
    return {int(step): float(loss) for step, loss in json.loads(row["curve"]).items()}


def share_of_steps(curve: Mapping[int, float], loss: float) -> float:
    """The fraction of steps after which a curve first reaches a loss, or FLOOR if that is more."""
    reached = (step for step, value in curve.items() if value <= max(loss, FLOOR))
    return next(reached, math.inf) / max(curve)
