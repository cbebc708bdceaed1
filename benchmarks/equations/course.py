"""How a network is trained, and the rows that come of it."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

from benchmarks.equations.models import CANDIDATES
from benchmarks.equations.tasks import TASKS, Lesson
from benchmarks.networks import count
from benchmarks.timing import reason, time_in_turns

FIRST_SEED = 1000
COMPARISONS = ("steps", "time")
"""As many steps for all; or, for MLPs, as many as take the slowest KAN's time."""

Row = dict[str, Any]
Known = Mapping[tuple[str, str, int], Mapping[str, Any]]
"""Rows that are there already, by comparison, kind and number."""


@dataclass(frozen=True)
class Form:
    """How much is done.

    Attributes:
        name: "full" or "quick".
        steps: for each question: evaluations of the loss and its gradient.
        most: times as many steps as in "steps" that a fast network may get in "time".
    """

    name: str
    steps: Mapping[str, int]
    most: float = 40.0


FULL = Form("full", {"formula": 800, "equation": 600})
QUICK = Form("quick", {"formula": 100, "equation": 60})


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
    """The rows of a cell: a run for each comparison and seed."""
    for comparison in comparisons_of(cell):
        for seed in range(FIRST_SEED, FIRST_SEED + seeds):
            if (comparison, "test", seed) not in known:
                yield _run(cell, form, comparison, seed)


def comparisons_of(cell: Cell) -> tuple[str, ...]:
    """A KAN's rows of "steps" count in "time", too: none took more of it."""
    return COMPARISONS if CANDIDATES[cell.model].is_mlp else COMPARISONS[:1]


def _run(cell: Cell, form: Form, comparison: str, seed: int) -> Row:
    """Train and judge; what fails is a row with an error, and the benchmark goes on."""
    row = {"form": form.name, **cell.columns, "comparison": comparison, "kind": "test"}
    row |= {"number": seed}
    try:
        task, candidate = TASKS[cell.task], CANDIDATES[cell.model]
        lesson = task.prepare(seed)
        model = candidate.build(task.in_features, seed)
        steps = form.steps[task.question]
        if comparison == "time":
            steps = round(steps * min(_count_steps_in_one(cell), form.most))
        taken, seconds = train(model, lesson, steps)
        row |= {"parameters": count(model), "steps": taken, "seconds": round(seconds, 3)}
        row |= {"loss": float(lesson.loss(model).detach()), "judged": lesson.judge(model)}
        row |= {"relative_l2": lesson.error(model)}
    except Exception as error:
        row["error"] = reason(error)
    return row


def train(model: nn.Module, lesson: Lesson, steps: int) -> tuple[int, float]:
    """L-BFGS with a line search on all rows at once: steps that it took, and CPU seconds.

    A step is an evaluation of the loss and its gradient. It ends early where no step gets lower.
    """
    optimizer = torch.optim.LBFGS(
        model.parameters(), 1.0, steps, steps, 0.0, 0.0, history_size=20,
        line_search_fn="strong_wolfe",
    )  # fmt: skip
    taken = 0

    def evaluate() -> Tensor:
        nonlocal taken
        taken += 1
        optimizer.zero_grad()
        loss = lesson.loss(model)
        loss.backward()  # type: ignore[no-untyped-call]
        return loss

    began = time.process_time()
    optimizer.step(evaluate)  # type: ignore[no-untyped-call]
    return taken, time.process_time() - began


_RATIOS: dict[tuple[str, str], float] = {}


def _count_steps_in_one(cell: Cell) -> float:
    """Steps that this network does while the slowest KAN does one, to the nearest twentieth.

    It is measured, but a second measurement should rarely give another number.
    """
    key = (cell.task, cell.model)
    if key not in _RATIOS:
        task = TASKS[cell.task]
        lesson = task.prepare(0)

        def step(model: nn.Module) -> None:
            model.zero_grad()
            lesson.loss(model).backward()  # type: ignore[no-untyped-call]

        others = [name for name, candidate in CANDIDATES.items() if candidate.init == "variance"]
        models = {n: CANDIDATES[n].build(task.in_features, 0) for n in (*others, cell.model)}
        calls = {name: lambda model=model: step(model) for name, model in models.items()}
        timings = time_in_turns(calls, 12, clock=time.process_time)
        ratio = max(timings[n].median for n in others) / timings[cell.model].median
        _RATIOS[key] = math.exp(round(math.log(ratio) / 0.05) * 0.05)
    return _RATIOS[key]
