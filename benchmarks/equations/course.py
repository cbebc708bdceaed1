"""How a network is tuned and trained, and the rows that come of it."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import torch
from torch import nn
from torch.optim import lr_scheduler

from benchmarks.equations.models import CANDIDATES, REFERENCE, count
from benchmarks.equations.tasks import TASKS, Lesson
from benchmarks.timing import reason, time_in_turns

RATES = (1e-3, 3e-3, 1e-2)
"""Every network tries these, on one seed of its own, and is judged on others."""
TUNING_SEED = 0
FIRST_SEED = 1000
COMPARISONS = ("steps", "time")
"""As many steps for all; or as much time of a core as the reference needs for these steps."""

Row = dict[str, Any]
Known = Mapping[tuple[str, str, int], Mapping[str, Any]]
"""Rows that are there already, by comparison, kind and number."""


@dataclass(frozen=True)
class Form:
    """How much is done.

    Attributes:
        name: "full" or "quick".
        steps: for each question.
        trial_share: how many of the steps a trial has.
        most: times as many steps as in "steps" that a fast network may get in "time".
    """

    name: str
    steps: Mapping[str, int]
    trial_share: float = 0.25
    most: float = 40.0


FULL = Form("full", {"formula": 2000, "equation": 600})
QUICK = Form("quick", {"formula": 150, "equation": 60})


@dataclass(frozen=True)
class Cell:
    """One network on one task."""

    task: str
    model: str

    @property
    def columns(self) -> Row:
        candidate = CANDIDATES[self.model]
        return {
            "question": TASKS[self.task].question,
            "task": self.task,
            "model": candidate.name,
            "init": candidate.init,
        }


def measure(cell: Cell, form: Form, seeds: int, known: Known) -> Iterator[Row]:
    """The rows of a cell: a trial for each rate, then, by the best rate, a run for each seed."""
    trials = []
    for number, rate in enumerate(RATES):
        row = known.get(("steps", "tuning", number))
        if row is None:
            row = _run(cell, form, "steps", "tuning", number, rate)
            yield dict(row)
        trials.append((_worth(row), rate))
    rate = min(trials)[1]
    for comparison in COMPARISONS:
        if comparison == "time" and cell.model == REFERENCE:
            continue  # its rows of "steps" are what all others are compared with
        for seed in range(FIRST_SEED, FIRST_SEED + seeds):
            if (comparison, "test", seed) not in known:
                yield _run(cell, form, comparison, "test", seed, rate)


def _worth(row: Mapping[str, Any]) -> float:
    value = float(row["judged"]) if row.get("judged") not in (None, "") else math.inf
    return value if math.isfinite(value) else math.inf


def _run(cell: Cell, form: Form, comparison: str, kind: str, number: int, rate: float) -> Row:
    """Train and judge; what fails is a row with an error, and the benchmark goes on."""
    row = {"form": form.name, **cell.columns, "comparison": comparison, "kind": kind}
    row |= {"number": number, "lr": rate}
    try:
        task, candidate = TASKS[cell.task], CANDIDATES[cell.model]
        seed = number if kind == "test" else TUNING_SEED
        lesson = task.prepare(seed)
        model = candidate.build(task.in_features, seed)
        steps = form.steps[task.question]
        if comparison == "time":
            steps = round(steps * min(_count_steps_in_one(cell), form.most))
        if kind == "tuning":
            steps = max(1, round(steps * form.trial_share))
        seconds = train(model, lesson, steps, rate)
        row |= {"parameters": count(model), "steps": steps, "seconds": round(seconds, 3)}
        row |= {"loss": float(lesson.loss(model).detach()), "judged": lesson.judge(model)}
        row |= {"relative_l2": lesson.error(model)}
    except Exception as error:
        row["error"] = reason(error)
    return row


def train(model: nn.Module, lesson: Lesson, steps: int, rate: float) -> float:
    """Adam on all rows at once, the rate up for a fifth of the steps and then down; CPU seconds."""
    optimizer = torch.optim.Adam(model.parameters(), rate)
    schedule = lr_scheduler.OneCycleLR(optimizer, rate, max(steps + 1, 10), pct_start=0.2)
    began = time.process_time()
    for _ in range(steps):
        optimizer.zero_grad()
        lesson.loss(model).backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        schedule.step()
    return time.process_time() - began


_RATIOS: dict[tuple[str, str], float] = {}


def _count_steps_in_one(cell: Cell) -> float:
    """Steps that this network does while the reference does one, to the nearest twentieth.

    It is measured, but a second measurement should rarely give another number.
    """
    key = (cell.task, cell.model)
    if key not in _RATIOS:
        task = TASKS[cell.task]
        lesson = task.prepare(TUNING_SEED)

        def step(model: nn.Module) -> None:
            model.zero_grad()
            lesson.loss(model).backward()  # type: ignore[no-untyped-call]

        models = {
            name: CANDIDATES[name].build(task.in_features, 0) for name in (REFERENCE, cell.model)
        }
        calls = {name: lambda model=model: step(model) for name, model in models.items()}
        timings = time_in_turns(calls, 12, clock=time.process_time)
        ratio = timings[REFERENCE].median / timings[cell.model].median
        _RATIOS[key] = math.exp(round(math.log(ratio) / 0.05) * 0.05)
    return _RATIOS[key]
