"""How long does it take to move the grids of a small network to where many rows are?

`python -m benchmarks.grids --help` from the root of the repository. Seconds are those of the clock;
beside them stand those of the processor, which mean something on a busy machine, too.
"""

from __future__ import annotations

import time
import warnings
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import click
import torch
from torch import Tensor

import edgewise as ew
from benchmarks.machine import PROVENANCE, describe_run
from benchmarks.markdown import provenance, table
from benchmarks.options import Counts, Names, add_record_options, choose_folder
from benchmarks.records import Records
from benchmarks.timing import use_threads
from edgewise import grids

KEY = ("verb", "rows", "commit", "machine")
COLUMNS = (*KEY[:-2], "widths", "basis", "repeats", "seconds", "cpu_seconds", *PROVENANCE)
WIDTHS = [20, 16, 1]

VERBS: dict[str, Callable[[ew.KAN, Tensor], object]] = {
    "adapt": lambda model, x: grids.adapt(model, x),
    "fit_range": lambda model, x: grids.fit_range(model, x),
    "refine": lambda model, x: grids.refine(model, 10, x, even=True),
    "convert": lambda model, x: grids.convert(model, ew.Gaussian(12), x),
}


def measure(verb: str, rows: int, repeats: int) -> dict[str, str]:
    """The fastest of some calls on one core, on normal inputs, most of which leave the grid."""
    generator = torch.Generator().manual_seed(0)
    model = ew.KAN(WIDTHS, seed=generator)
    x = torch.randn(rows, WIDTHS[0], generator=generator)
    clocks = []
    with use_threads(1), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # how much these calls change is not the question here
        for _ in range(repeats):
            wall, cpu = time.perf_counter(), time.process_time()
            VERBS[verb](model, x)
            clocks.append((time.perf_counter() - wall, time.process_time() - cpu))
    seconds, cpu_seconds = (f"{min(times):.4g}" for times in zip(*clocks, strict=True))
    basis = str(model.layers[0].basis)
    return {"basis": basis, "seconds": seconds, "cpu_seconds": cpu_seconds}


def markdown(rows: Sequence[Mapping[str, str]]) -> str:
    """A line for each function, number of rows and commit."""
    if not rows:
        return "Nothing is measured yet."
    columns = ("verb", "rows", "seconds", "cpu_seconds", "commit")
    head = ["function", "rows", "seconds", "of the processor", "commit"]
    lines = [[row[c] for c in columns] for row in rows]
    return f"{provenance(rows)}\n\n{table(head, lines)}"


@click.command()
@click.option("--verbs", type=Names(VERBS), default="adapt", show_default=True)
@click.option("--rows", type=Counts(), default="10000,100000,1000000", show_default=True)
@click.option("--repeats", type=click.IntRange(1), default=3, show_default=True)
@add_record_options
def main(results: Path | None, again: bool, report: bool, quick: bool, **options: Any) -> None:
    """Moving the grids of KAN([20, 16, 1]), into grids.csv."""
    records = Records(choose_folder(results, quick) / "grids.csv", KEY, COLUMNS)
    if quick:
        options |= {"rows": [10_000], "repeats": 1}
    for verb in () if report else options["verbs"]:
        for rows in options["rows"]:
            row = {"verb": verb, "rows": rows, "widths": "-".join(map(str, WIDTHS))}
            row |= {"repeats": options["repeats"]} | describe_run(1)
            if again or row not in records:
                records.append(row | measure(verb, rows, options["repeats"]))
    click.echo(markdown(records.rows()))


if __name__ == "__main__":
    main()
