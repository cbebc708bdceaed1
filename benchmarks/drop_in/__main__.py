"""The command line, `python -m benchmarks.drop_in --help`."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
from joblib import Parallel, delayed

from benchmarks.charts import save_charts
from benchmarks.drop_in.measure import FULL, QUICK, Form, Run, measure, plan
from benchmarks.drop_in.networks import LAYERS, MLPS, NETWORKS
from benchmarks.drop_in.report import charts, describe
from benchmarks.drop_in.tasks import TASKS
from benchmarks.machine import PROVENANCE, describe_run
from benchmarks.options import (
    FOLDER_CHART,
    JOBS,
    Names,
    add_record_options,
    choose_folder,
    seed_range,
)
from benchmarks.records import Records
from benchmarks.timing import tell_time, use_threads

KEY = ("form", "task", "network", "layers", "lr", "seed")
COLUMNS = (*KEY, "family", "steps", "parameters", "loss", "curve", "seconds", "error", *PROVENANCE)
QUICK_TASKS = ["fast-wave", "teacher-tanh", "wine", "digits", "series", "flow"]
COMPARED = [
    *MLPS,
    "kan",
    *(f"kan-{name}" for name in ("gaussian", "chebyshev", "fourier", "rswaf")),
]


@click.command()
@click.option("--tasks", type=Names(TASKS), help="[default: all; one a family for --quick]")
@click.option(
    "--networks",
    type=Names(NETWORKS),
    help=f"[default: {','.join(COMPARED)}; the first four for --quick]",
)
@click.option(
    "--layers",
    type=click.IntRange(1),
    default=LAYERS,
    show_default=True,
    help="Hidden layers of a KAN; an MLP has two.",
)
@seed_range(None, "[default: 1000:1003; 0 for --quick]")
@JOBS
@FOLDER_CHART
@add_record_options
def main(
    tasks: list[str] | None,
    networks: list[str] | None,
    layers: int,
    seeds: range | None,
    jobs: int,
    chart: Path | None,
    results: Path | None,
    again: bool,
    report: bool,
    quick: bool,
) -> None:
    """Train a KAN or an MLP of the same size on each of thirty tasks, and write drop_in.csv.

    Every run is 1,000 steps of torch's Adam with its defaults at one of three learning rates, and
    is one row. A benchmark that was stopped resumes. A network is judged at its best learning rate.
    """
    form = QUICK if quick else FULL
    records = Records(choose_folder(results, quick) / "drop_in.csv", KEY, COLUMNS)
    if not report:
        chosen = tasks or (QUICK_TASKS if quick else list(TASKS))
        compared = networks or (COMPARED[:4] if quick else COMPARED)
        runs = plan(form, chosen, compared, seeds or form.seeds, layers)
        fill(records, [run for run in runs if again or asdict(run) not in records], form, jobs)
    rows = records.rows()
    click.echo(describe(rows))
    if chart is not None:
        for path in save_charts(charts(rows), rows, chart):
            click.echo(f"drawn: {path}")


def fill(records: Records, runs: list[Run], form: Form, jobs: int) -> None:
    """Measure runs, and print progress and the remaining time."""
    began = time.monotonic()
    for place, row in enumerate(_measure_all(runs, form.steps, jobs), 1):
        records.append(row)
        click.echo(
            f"{place}/{len(runs)} {row['task']}, {row['network']}, {row['lr']:g}, {row['seed']}: "
            f"{row['error'] or format(row['loss'], '.3g')}; {tell_time(began, place / len(runs))}",
            err=True,
        )


def _measure_all(runs: list[Run], steps: int, jobs: int) -> Iterator[dict[str, Any]]:
    """Yield the rows in the order in which the runs end."""
    if jobs == 1:
        yield from (_measure(run, steps) for run in runs)
        return
    calls: Iterable[Any] = (delayed(_measure)(run, steps) for run in runs)
    yield from Parallel(jobs, return_as="generator_unordered")(calls)


def _measure(run: Run, steps: int) -> dict[str, Any]:
    with use_threads(1):
        return measure(run, steps) | describe_run(1)


if __name__ == "__main__":
    main()
