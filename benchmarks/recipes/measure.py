"""One run: a recipe's model trained by plain Adam, and its metric over CPU time."""

from __future__ import annotations

import json
import math
import time
from dataclasses import dataclass
from typing import Any

import torch

from benchmarks.drop_in.measure import LOOKS, RATES
from benchmarks.networks import count
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


def measure(
    part: float, form: str, recipe: str, network: str, lr: float, seed: int
) -> dict[str, Any]:
    """What a run gives, of this part of the recipe's steps."""
    steps = max(1, round(part * RECIPES[recipe].steps))
    training = RECIPES[recipe].start(network, seed, steps)
    curve = train(training, lr, steps)
    seconds, metric = curve[-1]
    return {
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
