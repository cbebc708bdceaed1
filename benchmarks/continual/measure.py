"""One run through all tasks, and what it shows."""

from __future__ import annotations

import time
from typing import Any

import torch
from torch import Tensor, nn

import edgewise as ew
from benchmarks.continual.networks import LOCAL, Case, build, keep
from benchmarks.continual.streams import Pair, Stream, make_stream
from edgewise.nn.inspect import kan_layers
from edgewise.training import Memory
from edgewise.training.frozen_parameters import peaks

REACHED = 1e-3
"""Fraction of the greatest value of a function above which data are said to reach it."""
PEAK_STEPS = 600
PEAK_RATES = {"adam": 0.02, "one adam": 0.02, "sgd": 0.5}
RATES = {"adam": 1e-3, "one adam": 1e-3, "sgd": 0.02}


def run(case: Case, rows: int, epochs: int) -> dict[str, Any]:
    """Train on one task after another and look at all of them after each.

    Accuracies, or root mean squared errors of peaks. "forgotten" is how much worse a task is at the
    end than just after it was learned, averaged over all but the last: Chaudhry et al.,
    arXiv:1801.10112, with the accuracy after learning in the place of the best ever.
    """
    stream = make_stream(case.stream, rows, case.seed)
    model = build(case, stream)
    generator = torch.Generator().manual_seed(case.seed)
    memory: Memory | None = None
    shared = (
        torch.optim.Adam(model.parameters(), _rate(case)) if case.optimizer == "one adam" else None
    )
    scores, overlaps, shifts = [], [], []
    reached: list[Tensor] = []
    began = time.perf_counter()
    for x, y in stream.train:
        before = _first_coef(model, case)
        settings = _settings(case, epochs)
        if shared is not None:
            settings |= {"optimizer": shared, "lr": None, "scheduler": None}
        history = ew.fit(
            model,
            x,
            y,
            continual=keep(case, memory),
            seed=generator,
            progress=False,
            **settings,
        )
        memory = history.memory
        if before is not None:
            now = _reached(model, x)
            overlaps += [_overlap(now, old) for old in reached]
            shifts += [_shift(model, before, now)] if reached else []
            reached.append(now)
        scores.append([_score(model, pair, stream) for pair in stream.test])
    return _summary(scores, stream) | {
        "parameters": sum(p.numel() for p in model.parameters()),
        "overlap": _mean(overlaps),
        "untouched_moved": _mean(shifts),
        "seconds": round(time.perf_counter() - began, 2),
    }


def _rate(case: Case) -> float:
    return (PEAK_RATES if case.stream == "peaks" else RATES)[case.optimizer]


def _settings(case: Case, epochs: int) -> dict[str, Any]:
    settings: dict[str, Any] = {"optimizer": case.optimizer, "lr": _rate(case)}
    if case.stream != "peaks":
        return settings | {"epochs": epochs, "batch_size": 64}

    def fall(optimizer: torch.optim.Optimizer) -> torch.optim.lr_scheduler.LRScheduler:
        return torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, PEAK_STEPS)

    return settings | {"steps": PEAK_STEPS, "scheduler": fall}


@torch.no_grad()
def _score(model: nn.Module, pair: Pair, stream: Stream) -> float:
    x, y = pair
    model.eval()
    if y.is_floating_point():
        return float((model(x) - y).square().mean().sqrt())
    return float((model(x).argmax(1) == y).double().mean())


def _summary(scores: list[list[float]], stream: Stream) -> dict[str, Any]:
    """From scores[after][task]; lists are written with a semicolon between."""
    last, count = scores[-1], len(scores)
    learned = [scores[k][k] for k in range(count)]
    error = stream.train[0][1].is_floating_point()
    lost = [(last[k] - learned[k]) * (1 if error else -1) for k in range(count - 1)]
    seen = [sum(row[: k + 1]) / (k + 1) for k, row in enumerate(scores)]
    return {
        "measure": "rmse" if error else "accuracy",
        "learned": sum(learned) / count,
        "average": sum(last) / count,
        "forgotten": sum(lost) / len(lost),
        "first": ";".join(f"{row[0]:.6g}" for row in scores),
        "seen": ";".join(f"{value:.6g}" for value in seen),
        "last": ";".join(f"{value:.6g}" for value in last),
    }


def _first_coef(model: nn.Module, case: Case) -> Tensor | None:
    if case.model not in LOCAL:
        return None
    return next(iter(kan_layers(model).values())).coef.detach().clone()


@torch.no_grad()
def _reached(model: nn.Module, x: Tensor) -> Tensor:
    """Which functions of the first layer the data reach; (in, num_basis)."""
    greatest = peaks(next(iter(kan_layers(model).values())), x)
    return greatest > REACHED * greatest.amax()


def _overlap(now: Tensor, old: Tensor) -> float:
    """Functions that both tasks reach, of those that one of them does."""
    return float((now & old).sum() / (now | old).sum())


def _shift(model: nn.Module, before: Tensor, now: Tensor) -> float:
    """Root mean squared change of what the task doesn't reach, relative to what it does."""
    layer = next(iter(kan_layers(model).values()))
    change = (layer.coef.detach() - before).square().mean(-1)
    if bool(now.all()) or not float(change[now].sum()):
        return 0.0
    return float((change[~now].mean() / change[now].mean()).sqrt())


def _mean(values: list[float]) -> float | None:
    return sum(values) / len(values) if values else None
