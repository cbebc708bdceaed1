"""One run: a recipe's model trained by plain Adam, and its metric over CPU time."""

from __future__ import annotations

import json
import math
import time
from dataclasses import asdict, dataclass
from itertools import product
from typing import Any

import torch

from benchmarks.drop_in.measure import LOOKS, RATES
from benchmarks.drop_in.networks import count
from benchmarks.recipes.recipe import Training
from benchmarks.recipes.recipes import RECIPES


@dataclass(frozen=True)
class Form:
    """The size of the benchmark: the fraction of each recipe's steps, rates and seeds."""

    name: str
    part: float
    rates: tuple[float, ...]
    seeds: range


FULL = Form("full", 1.0, RATES, range(1000, 1003))
"""Seeds below 100 are reserved for the development of networks."""
QUICK = Form("quick", 0.05, (3e-3,), range(1))


@dataclass(frozen=True)
class Run:
    """The settings of a run."""

    form: str
    recipe: str
    network: str
    lr: float
    seed: int


def measure(run: Run, part: float) -> dict[str, Any]:
    """The row of a run."""
    recipe = RECIPES[run.recipe]
    steps = max(1, round(part * recipe.steps))
    training = recipe.start(run.network, run.seed, steps)
    curve = train(training, run.lr, steps)
    seconds, metric = curve[-1]
    return asdict(run) | {
        "steps": steps,
        "parameters": count(training.model),
        "metric": metric,
        "seconds": seconds,
        "curve": json.dumps(curve),
    }


def train(training: Training, lr: float, steps: int) -> list[tuple[float, float]]:
    """Train a model in place.

    Returns:
        Pairs of CPU seconds and metric after some of the steps, the last step included. Seconds
        are of all steps so far.
    """
    looks = {max(1, round(part * steps)) for part in LOOKS}
    optimizer = torch.optim.Adam(training.model.parameters(), lr=lr)
    curve, seconds = [], 0.0
    for step in range(steps):
        start = time.process_time()
        optimizer.zero_grad()
        training.loss(step).backward()
        optimizer.step()
        seconds += time.process_time() - start
        if step + 1 in looks:
            metric = training.metric()
            curve.append((round(seconds, 4), float(f"{metric:.6g}")))
    return curve


def read_curve(curve: list[tuple[float, float]], seconds: float) -> float:
    """The latest metric within this many seconds; NaN if there is none yet."""
    return next((metric for spent, metric in reversed(curve) if spent <= seconds), math.nan)


def plan(form: Form, recipes: list[str], networks: list[str] | None, seeds: range) -> list[Run]:
    """List all runs, without the networks that a recipe doesn't compare."""
    return [
        Run(form.name, recipe, network, rate, seed)
        for seed, recipe in product(seeds, recipes)
        for network in RECIPES[recipe].networks
        if networks is None or network in networks
        for rate in form.rates
    ]
