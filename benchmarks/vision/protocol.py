"""The runs: a rate chosen on rows apart, then some seeds, judged on the test images."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.optim import lr_scheduler

from benchmarks.accuracy.protocol import Cell, Row
from benchmarks.networks import count, drawn_by
from benchmarks.vision.networks import KINDS
from edgewise import datasets

DATASETS = ("mnist", "fashion_mnist")
COMPARISONS = ("channels", "parameters", "time")
"""As many channels; as many parameters; as many parameters and as long in training as the CNN."""
REFERENCE = "cnn-relu"
RATES = (1e-3, 3e-3, 1e-2, 3e-2)
CHANNELS, PARAMETERS = 8, 12_000
BATCH = 128
FIRST_SEED = 1000
"""The seeds before were looked at while this was written."""
Images = tuple[Tensor, Tensor]


@dataclass(frozen=True)
class Form:
    """How much is done: training images, of which the last sixth tunes; passes; test images."""

    name: str
    rows: int
    epochs: int
    test_rows: int
    seeds: int


FULL = Form("full", 8_000, 4, 10_000, 3)
QUICK = Form("quick", 1_200, 2, 1_000, 1)


def build(cell: Cell, seed: int) -> nn.Sequential:
    """A cell's network with random weights of that seed."""
    kind = KINDS[cell.model]
    same = cell.comparison == "channels"
    with drawn_by(seed):
        return kind.build(CHANNELS if same else kind.channels_for(PARAMETERS))


def load(dataset: str, form: Form) -> tuple[Images, Images]:
    """Images to train and tune with, and to test with.

    Shape:
        (rows, 1, 28, 28) and (rows,)
    """
    data = datasets.load(dataset)
    train = data.x_train[: form.rows].reshape(-1, 1, 28, 28), data.y_train[: form.rows]
    return train, (data.x_test[: form.test_rows].reshape(-1, 1, 28, 28),
                   data.y_test[: form.test_rows])  # fmt: skip


def measure(cell: Cell, form: Form, known: Mapping[tuple[str, str], Row]) -> Iterator[Row]:
    """The rows of a cell that aren't known yet: a trial of each rate, then a run of each seed.

    Args:
        known: those that are, by their kind and the number of their rate or seed.
    """
    train_set, test_set = load(cell.dataset, form)
    cut = len(train_set[0]) * 5 // 6
    fitted = train_set[0][:cut], train_set[1][:cut]
    apart = train_set[0][cut:], train_set[1][cut:]
    passes = form.epochs * _share_of_time(cell, fitted)
    trials: dict[float, float] = {}
    for number, rate in enumerate(RATES):
        row = known.get(("trial", str(number)))
        if row is None:
            row = _run(cell, rate, number, passes, fitted, apart, seed=0) | {"kind": "trial"}
            yield row
        trials[rate] = float(row["accuracy"])
    best = max(trials, key=trials.__getitem__)
    for seed in range(FIRST_SEED, FIRST_SEED + form.seeds):
        if ("test", str(seed)) not in known:
            run = _run(cell, best, seed, passes, train_set, test_set, seed=seed)
            yield run | {"kind": "test"}


def _share_of_time(cell: Cell, images: Images) -> float:
    """How many passes of the network take as long as one of the CNN; 1 unless time is compared."""
    if cell.comparison != "time" or cell.model == REFERENCE:
        return 1.0
    few = images[0][: 16 * BATCH], images[1][: 16 * BATCH]
    others = Cell(cell.dataset, cell.comparison, REFERENCE)
    seconds: dict[str, list[float]] = {"own": [], "reference": []}
    for _ in range(4):  # in turns, and the first round is a warm-up
        seconds["own"].append(_train(build(cell, 0), 1e-3, 1.0, few, 0))
        seconds["reference"].append(_train(build(others, 0), 1e-3, 1.0, few, 0))
    return min(seconds["reference"][1:]) / min(seconds["own"][1:])


def _run(
    cell: Cell, rate: float, number: int, passes: float, train: Images, test: Images, *, seed: int
) -> Row:
    model = build(cell, seed)
    seconds = _train(model, rate, passes, train, seed)
    loss, right = _score(model, *test)
    return {
        "number": number, "lr": rate, "parameters": count(model), "passes": round(passes, 3),
        "seconds": seconds, "nll": loss, "accuracy": right,
    }  # fmt: skip


def _train(model: nn.Module, rate: float, passes: float, images: Images, seed: int) -> float:
    """AdamW on shuffled batches, its rate on one cycle; the seconds that it took."""
    x, y = images
    steps = max(2, round(passes * len(x) / BATCH))
    optimizer = torch.optim.AdamW(model.parameters(), lr=rate)
    schedule = lr_scheduler.OneCycleLR(optimizer, rate, total_steps=steps)
    generator = torch.Generator().manual_seed(seed)
    start = time.perf_counter()
    for rows in _batches(len(x), steps, generator):
        optimizer.zero_grad()
        nn.functional.cross_entropy(model(x[rows]), y[rows]).backward()
        optimizer.step()
        schedule.step()
    return time.perf_counter() - start


def _batches(rows: int, steps: int, generator: torch.Generator) -> Iterator[Tensor]:
    """So many batches of shuffled rows, in a new order for each pass."""
    while True:
        for batch in torch.randperm(rows, generator=generator).split(BATCH):
            if steps == 0:
                return
            steps -= 1
            yield batch


@torch.no_grad()
def _score(model: nn.Module, x: Tensor, y: Tensor) -> tuple[float, float]:
    """The mean negative log-likelihood, and the part of images whose class is the likeliest."""
    model.eval()
    logits = torch.cat([model(part) for part in x.split(500)])
    right = (logits.argmax(1) == y).double().mean()
    return float(nn.functional.cross_entropy(logits, y)), float(right)
