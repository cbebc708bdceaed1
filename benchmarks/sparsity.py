"""What do the penalties of `Sparsity` add to a training step?

`python -m benchmarks.sparsity --help` from the root of the repository.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import click
import torch
from torch.nn.functional import cross_entropy

import edgewise as ew
from benchmarks.contention import in_cores, is_busy, watch
from benchmarks.machine import CORES, PROVENANCE, describe_run
from benchmarks.markdown import pivot, provenance, table
from benchmarks.options import Counts, Names, add_record_options, choose_folder
from benchmarks.records import Records
from benchmarks.timing import time_in_turns, use_threads
from edgewise.models.kan import KAN
from edgewise.training.regularize import Watcher, watch_penalty

WIDTHS = (784, 64, 10)
NETWORKS = {"bspline": ew.BSpline(5), "gaussian": ew.Gaussian(8), "rswaf": ew.RSWAF(8)}
PENALTIES: dict[str, Watcher | None] = {
    "none": None,
    "spread": ew.Sparsity(1e-3),
    "backward": ew.Sparsity(1e-3, metric="backward"),
    "coef": ew.Sparsity(1e-3, metric="coef"),
    "all": ew.Sparsity(1e-3, coef=1.0, smoothness=1.0),
}
KEY = ("basis", "batch", "threads", "penalty", "commit", "machine")
COLUMNS = (*KEY[:-2], "repeats", "ms", "ratio", "others_cores", *PROVENANCE)


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


def markdown(rows: Sequence[Mapping[str, str]]) -> str:
    """A line for each basis and batch, the ratios by penalty."""
    if not rows:
        return "Nothing is measured yet."
    names = [name for name in PENALTIES if name != "none"]
    lines = [
        [*case, f"{float(own['none']['ms']):.2f}{' (busy)' if is_busy(own['none']) else ''}"]
        + [f"{float(own[name]['ratio']):.2f}" for name in names]
        for case, own in pivot(rows, ("basis", "batch", "threads"), "penalty").items()
    ]
    return (
        f"{provenance(rows)}\n\n{table(['basis', 'batch', 'threads', 'step, ms', *names], lines)}"
    )


@click.command()
@click.option("--bases", type=Names(NETWORKS), default="all", show_default=True)
@click.option("--batches", type=Counts(), default="64,1024", show_default=True)
@click.option("--threads", type=Counts(CORES), default="all", show_default=True)
@click.option("--repeats", type=click.IntRange(2), default=40, show_default=True)
@add_record_options
def main(results: Path | None, again: bool, report: bool, quick: bool, **options: Any) -> None:
    """What the penalties of Sparsity add to a training step at 784-64-10, into sparsity.csv."""
    records = Records(choose_folder(results, quick) / "sparsity.csv", KEY, COLUMNS)
    if quick:
        options |= {"batches": [64], "repeats": 5}
    for basis in [] if report else options["bases"]:
        for batch in options["batches"]:
            for threads in options["threads"]:
                _measure(records, again, basis, batch, threads, options["repeats"])
    click.echo(markdown(records.newest()))


def _measure(
    records: Records, again: bool, basis: str, batch: int, threads: int, repeats: int
) -> None:
    case = {"basis": basis, "batch": batch, "threads": threads, "repeats": repeats}
    rows = {name: case | {"penalty": name} | describe_run() for name in PENALTIES}
    if not again and all(row in records for row in rows.values()):
        return
    with use_threads(threads):
        others = watch()
        measured = measure(basis, batch, repeats)
        used = others()
    for name, (seconds, ratio) in measured.items():
        figures = {"ms": f"{1e3 * seconds:.4g}", "ratio": f"{ratio:.4g}"}
        records.append(rows[name] | figures | {"others_cores": in_cores(used)})


if __name__ == "__main__":
    main()
