"""`python -m benchmarks.speed`: times every network beside the MLP with as many parameters."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import Any

import click

from benchmarks import timing
from benchmarks.machine import CORES
from benchmarks.options import (
    Counts,
    Names,
    add_record_options,
    add_timing_options,
    choose_folder,
    show,
)
from benchmarks.records import Records
from benchmarks.speed import measure, networks
from benchmarks.speed.charts import draw
from benchmarks.speed.check import ConformanceError, check_model
from benchmarks.speed.report import describe, markdown
from edgewise.engines.select import ENGINES

QUICK = {"networks": ["cubic5", "gaussian8"], "widths": ["784-64-10"], "batches": [64, 1024]}


@click.command()
@click.option("--networks", type=Names(networks.NETWORKS), default="all", show_default=True)
@click.option("--batches", type=Counts(), help="[default: 64,256,1024,8192; 1000 for 2-5-1]")
@click.option("--threads", type=Counts(CORES), default="all,1", show_default=True)
@click.option(
    "--engines",
    type=Names(["auto", *(engine.name for engine in ENGINES)]),
    default="auto",
    show_default=True,
    help="Which compute the layers; auto is what a layer chooses by itself.",
)
@add_timing_options
@add_record_options
def main(results: Path | None, again: bool, report: bool, quick: bool, **options: Any) -> None:
    """Time KANs beside MLPs of the same size, into speed.csv.

    Medians of interleaved rounds in float32, forward and forward+backward, against the two-layer
    ReLU network with as many parameters, eager and under torch.compile. Everything is first
    compared with the float64 reference; where that fails, nothing is timed and the exit status
    is 1. What is in the CSV for this commit and machine isn't timed again. All networks, widths
    and batches take hours: choose some, or say --quick.
    """
    records = Records(choose_folder(results, quick) / "speed.csv", measure.KEY, measure.COLUMNS)
    if not report:
        if quick:
            options |= QUICK | {"threads": [CORES], "repeats": 10}
        _measure(records, again, options)
    show(records, markdown, draw, options["chart"])


def _measure(records: Records, again: bool, options: dict[str, Any]) -> None:
    every = [
        measure.Case(network, *size, threads, engine)
        for threads, size, network, engine in product(
            options["threads"],
            networks.sizes(options["widths"], options["batches"]),
            options["networks"],
            options["engines"],
        )
    ]
    left = [
        case
        for case in every
        if again or any(case.key() | {"pass": p} not in records for p in measure.PASSES)
    ]
    sgemm: dict[int, float] = {}
    for case in _check(left):
        with timing.use_threads(case.threads):
            if case.threads not in sgemm:
                sgemm[case.threads] = timing.sgemm_peak()
            peak = sgemm[case.threads]
            for row in measure.measure(case, options["repeats"], options["compile"], peak):
                records.append(row)
                click.echo(describe(row), err=True)


def _check(cases: list[measure.Case]) -> list[measure.Case]:
    """Compare all that will be timed with the reference; answer what the engines can compute."""
    possible = []
    for case in cases:
        with timing.use_threads(case.threads):
            try:
                check_model(case.build(), case.batch)
                possible.append(case)
            except ConformanceError as error:
                raise click.ClickException(str(error)) from error
            except ValueError as error:
                click.echo(f"{case.network} by {case.engine} is left out: {error}", err=True)
    return possible


if __name__ == "__main__":
    main()
