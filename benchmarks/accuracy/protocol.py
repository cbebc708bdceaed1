"""The protocol: sizes, the budget by which every model is tuned, and the runs that are judged."""

from __future__ import annotations

import json
import math
import time
import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import torch
from torch import nn
from torch.optim import lr_scheduler

import edgewise as ew
from benchmarks.accuracy.data import IMAGES, Rows, Split
from benchmarks.accuracy.models import CANDIDATES, Candidate, Settings, multiply_adds
from benchmarks.accuracy.scores import score_classes, score_numbers
from benchmarks.networks import count
from benchmarks.timing import reason, time_in_turns
from edgewise.training import OutsideWarning

COMPARISONS = ("width", "small", "large", "time")
"""Fixed width; as many parameters as an MLP, small and large; small and as long in training."""
RATES = (1e-3, 3e-3, 1e-2)
DECAYS = (1e-2, 1e-4, 0.3)
"""The first is the default, while rates are tried."""
TRIALS = len(RATES) + (len(DECAYS) - 1) + 2
"""Of every model, one after another: rates, decays at the best rate, then its two other grids."""
REFERENCE = "mlp-relu"
"""Whose training time the comparison "time" gives to every model."""

Row = dict[str, Any]


@dataclass(frozen=True)
class Form:
    """How much is done.

    Attributes:
        name: "full" or "quick".
        image_epochs: passes over the images in each comparison.
        table_epochs: passes over a table.
        fewest, most: steps on a table.
        trial_share: how many of the steps a trial has.
        most_rows: rows to train and tune with; None for all.
    """

    name: str
    image_epochs: Mapping[str, float]
    table_epochs: float
    fewest: int
    most: int
    trial_share: float
    most_rows: int | None

    def steps(self, split: Split, comparison: str) -> int:
        """Steps of a run on all rows but those of the test."""
        once = len(split.train[0]) / BATCH
        if split.name in IMAGES:
            return max(1, round(self.image_epochs[comparison] * once))
        return min(max(round(self.table_epochs * once), self.fewest), self.most)


BATCH = 128
FULL = Form("full", {"width": 2, "small": 10, "large": 2, "time": 10}, 60, 600, 2000, 0.25, None)
"""Networks of the comparisons "width" and "large" have four times as many multiplications."""
QUICK = Form("quick", dict.fromkeys(COMPARISONS, 2), 10, 60, 200, 0.25, 6000)


@dataclass(frozen=True)
class Setting:
    """What tuning chooses."""

    rate: float
    decay: float
    grid: Settings

    @property
    def columns(self) -> Row:
        return {"lr": self.rate, "weight_decay": self.decay, "grid": json.dumps(self.grid)}


@dataclass(frozen=True)
class Cell:
    """One model on one data set in one comparison."""

    dataset: str
    comparison: str
    model: str

    @property
    def columns(self) -> Row:
        return {"dataset": self.dataset, "comparison": self.comparison, "model": self.model}


def parameters_for(comparison: str, split: Split) -> int:
    """How many parameters a comparison asks for, unless it is "width", which fixes that.

    For images the published sizes, about 110 k and 460 k; elsewhere those of MLPs with 64 and 256
    hidden units.
    """
    large = comparison == "large"
    if split.name in IMAGES:
        return 460_000 if large else 110_000
    hidden = 256 if large else 64
    return (split.in_features + 1) * hidden + (hidden + 1) * split.out_features


def fixed_width(split: Split) -> int:
    """Hidden units of the comparison "width"."""
    return 64 if split.name in (*IMAGES, "digits") else 16


def measure(
    cell: Cell, split: Split, form: Form, seeds: int, known: Mapping[tuple[str, int], Row]
) -> Iterator[Row]:
    """The rows of a cell: its trials, then a run of the chosen setting for every seed.

    Args:
        known: rows that are in the CSV already, by kind and number; they aren't measured again.
    """
    candidate = CANDIDATES[cell.model]
    course = _Course(cell, candidate, split, form)
    trials: list[tuple[Setting, Row]] = []
    for number in range(TRIALS):
        setting = _next_setting(candidate, trials)
        row = known.get(("tuning", number))
        if row is None:
            row = course.run("tuning", number, setting)
            yield row
        trials.append((setting, row))
    chosen = _best(trials)[0]
    for seed in range(seeds):
        if ("test", seed) not in known:
            yield course.run("test", seed, chosen)


def _next_setting(candidate: Candidate, trials: list[tuple[Setting, Row]]) -> Setting:
    """One coordinate after another: see :data:`TRIALS`."""
    number = len(trials)
    default = candidate.grids[0]
    if number < len(RATES):
        return Setting(RATES[number], DECAYS[0], default)
    if number < len(RATES) + len(DECAYS) - 1:
        rate = _best(trials[: len(RATES)])[0].rate
        return Setting(rate, DECAYS[1 + number - len(RATES)], default)
    last = len(RATES) + len(DECAYS) - 1
    best = _best(trials[:last])[0]
    return Setting(best.rate, best.decay, candidate.grids[1 + number - last])


def _best(trials: list[tuple[Setting, Row]]) -> tuple[Setting, Row]:
    """The most accurate on the rows to tune by; among equals the most likely; failures last."""

    def worth(trial: tuple[Setting, Row]) -> tuple[float, float]:
        row = trial[1]
        if row.get("error"):
            return (-math.inf, -math.inf)
        return float(row.get("accuracy") or row.get("r2") or 0), -float(row["nll"])

    return max(trials, key=worth)


class _Course:
    """The runs of a cell."""

    def __init__(self, cell: Cell, candidate: Candidate, split: Split, form: Form) -> None:
        self.cell, self.candidate, self.split, self.form = cell, candidate, split, form
        self.ends = (split.in_features, split.out_features)
        self._steps: dict[str, int] = {}

    def run(self, kind: str, number: int, setting: Setting) -> Row:
        """Train and judge; what fails is a row with an error, and the benchmark goes on."""
        row = {"kind": kind, "number": number, "form": self.form.name, **self.cell.columns}
        row |= setting.columns
        try:
            row |= self._measure(kind, number, setting)
        except Exception as error:
            row["error"] = reason(error)
        return row

    def _measure(self, kind: str, number: int, setting: Setting) -> Row:
        split, seed = self.split, number if kind == "test" else 0
        rows, judge = (split.train, split.test) if kind == "test" else (split.fit, split.tune)
        hidden = self._hidden(setting.grid)
        model = self.candidate.make(self.ends, hidden, setting.grid, seed)
        steps = self._count_steps(setting.grid, hidden)
        if kind == "tuning":
            steps = max(1, round(steps * self.form.trial_share))
        began = time.process_time()
        train(model, rows, steps, setting, seed)
        seconds = time.process_time() - began
        return {
            "hidden": hidden,
            "parameters": count(model),
            "multiply_adds": multiply_adds(model),
            "steps": steps,
            "seconds": round(seconds, 3),
            **score(model, rows, judge, split),
        }

    def _hidden(self, grid: Settings) -> int:
        if self.cell.comparison == "width":
            return fixed_width(self.split)
        wanted = parameters_for(self.cell.comparison, self.split)
        return self.candidate.match(wanted, self.ends, grid)

    def _count_steps(self, grid: Settings, hidden: int) -> int:
        """As many as the data set has; in the comparison "time" as many as the MLP's time allows.

        The ratio of both steps' times is rounded to a twentieth: it is measured, but a second
        measurement should rarely give other steps.
        """
        steps = self.form.steps(self.split, self.cell.comparison)
        if self.cell.comparison != "time" or self.cell.model == REFERENCE:
            return steps
        key = json.dumps(grid)
        if key not in self._steps:
            model = self.candidate.make(self.ends, hidden, grid, 0)
            ratio = math.exp(round(math.log(self._ratio(model)) / 0.05) * 0.05)
            self._steps[key] = max(1, round(steps / ratio))
        return self._steps[key]

    def _ratio(self, model: nn.Module) -> float:
        """Time of a training step over that of the reference with as many parameters."""
        reference = CANDIDATES[REFERENCE]
        wanted = parameters_for("time", self.split)
        other = reference.make(self.ends, reference.match(wanted, self.ends, {}), {}, 0)
        x, y = (part[:BATCH] for part in self.split.fit)
        timed = {"own": _step(model, x, y), "reference": _step(other, x, y)}
        timings = time_in_turns(timed, 20, clock=time.process_time)
        return timings["own"].median / timings["reference"].median


def _step(model: nn.Module, x: torch.Tensor, y: torch.Tensor) -> Callable[[], object]:
    optimizer = torch.optim.AdamW(model.parameters(), fused=True)
    loss = nn.functional.mse_loss if y.is_floating_point() else nn.functional.cross_entropy

    def step() -> None:
        optimizer.zero_grad()
        loss(model(x), y).backward()
        optimizer.step()

    return step


def train(model: nn.Module, rows: Rows, steps: int, setting: Setting, seed: int) -> None:
    """AdamW under one cycle of the learning rate: up for a fifth of the steps, then down."""
    with warnings.catch_warnings():
        # Where a model's grid lies is part of what is compared.
        warnings.simplefilter("ignore", OutsideWarning)
        ew.fit(
            model,
            rows,
            steps=steps,
            batch_size=min(BATCH, len(rows[0])),
            optimizer=partial(_make_optimizer, setting),
            scheduler=lambda optimizer: lr_scheduler.OneCycleLR(
                optimizer, setting.rate, max(steps + 1, 10), pct_start=0.2
            ),
            seed=torch.Generator().manual_seed(seed),
            progress=False,
        )


def _make_optimizer(setting: Setting, params: list[nn.Parameter]) -> torch.optim.Optimizer:
    """AdamW whose decay acts on all parameters, biases included, as in the rows that are there."""
    return torch.optim.AdamW(params, setting.rate, weight_decay=setting.decay, fused=True)


@torch.no_grad()
def score(model: nn.Module, rows: Rows, judge: Rows, split: Split) -> Row:
    """What the model's predictions of the rows to judge by are worth."""
    model.eval()
    prediction = torch.cat([model(part) for part in judge[0].split(1000)])
    if split.is_classes:
        return dict(score_classes(prediction, judge[1]))
    fitted = torch.cat([model(part) for part in rows[0].split(1000)])
    deviation = float((fitted - rows[1]).double().square().mean().sqrt())
    return dict(score_numbers(prediction, judge[1], deviation, split.unit))
