"""Training steps in one of several ways of using threads, timed: the child of `contention`."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from itertools import pairwise

import torch
from torch import nn

import edgewise as ew

NETWORKS = {
    "FastKAN": lambda: ew.FastKAN([784, 64, 10]),
    "MLP": lambda: ew.MLP.matching(470_000, 784, 10),
}
WAYS = ("all threads", "one thread", "passive", "fit")
"""As torch starts; with one thread; all with OMP_WAIT_POLICY=passive; and `fit` on all."""
WARM_UP = 3


def main(task: str) -> None:
    """Print the seconds of each step, CPU seconds a step, and the number of threads, as JSON."""
    case = json.loads(task)
    if case["way"] == "one thread":
        torch.set_num_threads(1)
    torch.manual_seed(0)
    model: nn.Module = NETWORKS[case["network"]]()
    x, y = torch.randn(case["batch"], 784), torch.randint(0, 10, (case["batch"],))
    run = fit_steps if case["way"] == "fit" else plain_steps
    spent = time.process_time()
    steps = run(model, x, y, case["seconds"])
    spent = (time.process_time() - spent) / len(steps)
    print(json.dumps([steps[WARM_UP:], spent, torch.get_num_threads()]))


def until(seconds: float, clock: list[float]) -> Callable[..., bool]:
    """Notes the time when it is called; whether that is enough."""

    def is_enough(*_: object) -> bool:
        clock.append(time.perf_counter())
        return len(clock) > WARM_UP + 2 and clock[-1] - clock[0] > seconds

    return is_enough


def plain_steps(model: nn.Module, x: torch.Tensor, y: torch.Tensor, seconds: float) -> list[float]:
    """The loop that everybody writes."""
    optimizer = torch.optim.AdamW(model.parameters())
    clock: list[float] = []
    is_enough = until(seconds, clock)
    while not is_enough():
        optimizer.zero_grad()
        nn.functional.cross_entropy(model(x), y).backward()
        optimizer.step()
    return differences(clock)


def fit_steps(model: nn.Module, x: torch.Tensor, y: torch.Tensor, seconds: float) -> list[float]:
    """The same by `fit`, with what it does besides."""
    clock: list[float] = []
    ew.fit(model, x, y, steps=100_000, metrics=[], progress=False, callbacks=until(seconds, clock))
    return differences(clock)


def differences(clock: list[float]) -> list[float]:
    """Seconds between one look at the clock and the next."""
    return [late - early for early, late in pairwise(clock)]


if __name__ == "__main__":
    main(sys.argv[1])
