"""One run: a model trained by plain Adam, and its test loss during training and at the end."""

from __future__ import annotations

import json
import math
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import torch
from torch import Tensor, nn

from benchmarks.drop_in.networks import build
from benchmarks.drop_in.problem import Problem
from benchmarks.drop_in.tasks import TASKS
from benchmarks.networks import count

RATES = (1e-3, 3e-3, 1e-2)
BATCH = 128
LOOKS = (0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.15, 0.2, 0.25, 0.3,
         0.35, 0.4, 0.45, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0)  # fmt: skip
"""The fractions of the steps after which the test loss is computed."""


@dataclass(frozen=True)
class Form:
    """The size of the benchmark: the steps of every run, and the seeds."""

    name: str
    steps: int
    seeds: range


FULL = Form("full", 1_000, range(1000, 1003))
"""Seeds below 100 are reserved for the development of networks."""
QUICK = Form("quick", 60, range(1))


@lru_cache(maxsize=2)
def make_problem(task: str, seed: int) -> Problem:
    """The problem of a task and a seed, cached because consecutive runs share it."""
    return TASKS[task].make(seed)


def measure(
    steps: int, form: str, task: str, network: str, layers: int, lr: float, seed: int
) -> dict[str, Any]:
    """What a run gives; if it fails, that is the error.

    Args:
        layers: the number of hidden layers.
    """
    about = {"family": TASKS[task].family, "steps": steps}
    problem = make_problem(task, seed)
    try:
        model = build(problem, network, seed, layers)
        curve, seconds = train(model, problem, lr, seed, steps)
    except (ValueError, RuntimeError) as error:
        return about | {"error": f"{type(error).__name__}: {error}"}
    return about | {
        "parameters": count(model),
        "loss": curve[max(curve)],
        "curve": json.dumps(curve),
        "seconds": seconds,
        "error": "",
    }


def train(
    model: nn.Module,
    problem: Problem,
    lr: float,
    seed: int,
    steps: int,
    groups: Sequence[dict[str, Any]] | None = None,
) -> tuple[dict[int, float], float]:
    """Train a model in place.

    Args:
        groups: parameter groups with their learning rates; None to train all with ``lr``.

    Returns:
        The test loss after some of the steps, the last step included, and the seconds of all
        steps. A loss that is NaN counts as infinite.
    """
    looks = {max(1, round(part * steps)) for part in LOOKS}
    optimizer = torch.optim.Adam(model.parameters() if groups is None else groups, lr=lr)
    curve: dict[int, float] = {}
    seconds = 0.0
    for step, rows in enumerate(draw_batches(len(problem.train[0]), steps, seed), 1):
        start = time.perf_counter()
        optimizer.zero_grad()
        problem.loss(model, *(part[rows] for part in problem.train)).backward()
        optimizer.step()
        seconds += time.perf_counter() - start
        if step in looks:
            loss = problem.score(model, *problem.test)
            curve[step] = float(f"{loss:.6g}") if math.isfinite(loss) else math.inf
    return curve, seconds


def draw_batches(rows: int, steps: int, seed: int, batch: int = BATCH) -> Tensor:
    """The row indices of every batch, shuffled in each epoch; the same for every network.

    Shape:
        (steps, batch)
    """
    generator = torch.Generator().manual_seed(seed)
    passes = -(-steps * batch // rows)
    orders = [torch.randperm(rows, generator=generator) for _ in range(passes)]
    return torch.cat(orders)[: steps * batch].view(steps, batch)
