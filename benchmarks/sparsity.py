"""What do the penalties of `Sparsity` add to a training step?

`python -m benchmarks.sparsity --help` from the root of the repository.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import product

import click
import torch
from torch.nn.functional import cross_entropy

import edgewise as ew
from benchmarks.contention import in_cores, is_busy, watch
from benchmarks.machine import CORES
from benchmarks.markdown import pivot, provenance, table
from benchmarks.options import counts, names
from benchmarks.records import Row
from benchmarks.study import Choice, Job, Rows, Study
from benchmarks.timing import time_in_turns, use_threads
from edgewise.models.kan import KAN
from edgewise.training.regularize import Watcher, watch_penalty

WIDTHS = (784, 64, 10)
NETWORKS = {"bspline": ew.BSpline(5), "gaussian": ew.Gaussian(8), "rswaf": ew.RSWAF(8)}
PENALTIES: dict[str, Watcher | None] = {
    "none": None,
    "spread": ew.training.Sparsity(1e-3),
    "backward": ew.training.Sparsity(1e-3, metric="backward"),
    "coef": ew.training.Sparsity(1e-3, metric="coef"),
    "all": ew.training.Sparsity(1e-3, coef=1.0, smoothness=1.0),
}
CASE = ("basis", "batch", "threads", "penalty")


def measure(basis: str, batch: int, repeats: int) -> dict[str, tuple[float, float]]:
    """By penalty: seconds of a step of AdamW at 784-64-10, and relative to one without penalty."""
    generator = torch.Generator().manual_seed(0)
    x = torch.rand(batch, WIDTHS[0], generator=generator) * 2 - 1
    y = torch.randint(WIDTHS[-1], (batch,), generator=generator)
    steps = {}
    for name, penalty in PENALTIES.items():
        model = KAN(WIDTHS, basis=NETWORKS[basis], seed=generator)
        steps[name] = _step(model, penalty, x, y)
    timings = time_in_turns(steps, repeats)
    base = timings["none"].median
    return {name: (t.median, t.median / base) for name, t in timings.items()}


def _step(
    model: KAN, penalty: Watcher | None, x: torch.Tensor, y: torch.Tensor
) -> Callable[[], None]:
    optimizer = torch.optim.AdamW(model.parameters(), fused=True)

    def run() -> None:
        optimizer.zero_grad()
        with watch_penalty(penalty, model, x) as value:
            answer = model(x)
        (cross_entropy(answer, y) + value()).backward()
        optimizer.step()

    return run


def describe(rows: Rows) -> str:
    """A line for each basis and batch, the ratios by penalty."""
    heads = [name for name in PENALTIES if name != "none"]
    lines = [
        [*case, f"{float(own['none']['ms']):.2f}{' (busy)' if is_busy(own['none']) else ''}"]
        + [f"{float(own[name]['ratio']):.2f}" for name in heads]
        for case, own in pivot(rows, ("basis", "batch", "threads"), "penalty").items()
    ]
    return (
        f"{provenance(rows)}\n\n{table(['basis', 'batch', 'threads', 'step, ms', *heads], lines)}"
    )


def measure_all(basis: str, batch: int, threads: int, repeats: int) -> Iterator[Row]:
    """A row for each penalty."""
    others = watch()
    with use_threads(threads):
        measured = measure(basis, batch, repeats)
    used = {"repeats": repeats, "others_cores": in_cores(others())}
    for name, (seconds, ratio) in measured.items():
        yield used | {"penalty": name, "ms": f"{1e3 * seconds:.4g}", "ratio": f"{ratio:.4g}"}


def plan(choice: Choice) -> Iterator[Job]:
    """A job for each basis, batch and number of threads, with a row for each penalty."""
    for case in product(choice.bases, choice.batches, choice.threads):
        cases = [dict(zip(CASE, (*case, penalty), strict=True)) for penalty in PENALTIES]
        yield Job(partial(measure_all, *case, choice.repeats), cases)


STUDY = Study(
    "sparsity",
    key=(*CASE, "commit", "machine"),
    columns=(*CASE, "repeats", "ms", "ratio", "others_cores"),
    help="What the penalties of Sparsity add to a training step at 784-64-10, into sparsity.csv.",
    plan=plan,
    describe=describe,
    options=(
        names("--bases", NETWORKS),
        counts("--batches", "64,1024"),
        counts("--threads", "all", CORES),
        click.option("--repeats", type=click.IntRange(2), default=40, show_default=True),
    ),
    quick={"batches": [64], "repeats": 5},
    cores=CORES,
    newest=True,
)
main = STUDY.command

if __name__ == "__main__":
    main()
