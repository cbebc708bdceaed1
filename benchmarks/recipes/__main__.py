"""The command line, `python -m benchmarks.recipes --help`."""

from __future__ import annotations

import time
from dataclasses import asdict
from pathlib import Path

import click

from benchmarks.charts import save_charts
from benchmarks.machine import PROVENANCE, describe_run
from benchmarks.markdown import renew_part
from benchmarks.options import (
    FOLDER_CHART,
    PAGE,
    Names,
    add_record_options,
    choose_folder,
    seed_range,
)
from benchmarks.recipes.measure import FULL, QUICK, Run, measure, plan
from benchmarks.recipes.recipe import NETWORKS
from benchmarks.recipes.recipes import RECIPES
from benchmarks.recipes.report import charts, describe, summarize, tabulate
from benchmarks.records import Records
from benchmarks.timing import tell_time, use_threads

KEY = ("form", "recipe", "network", "lr", "seed")
COLUMNS = (*KEY, "steps", "parameters", "metric", "seconds", "curve", *PROVENANCE)


@click.command()
@click.option("--recipes", type=Names(RECIPES), help="[default: all]")
@click.option("--networks", type=Names(NETWORKS), help="[default: all that a recipe compares]")
@seed_range(None, "[default: 1000:1003; 0 for --quick]")
@PAGE
@FOLDER_CHART
@add_record_options
def main(
    recipes: list[str] | None,
    networks: list[str] | None,
    seeds: range | None,
    page: Path | None,
    chart: Path | None,
    results: Path | None,
    again: bool,
    report: bool,
    quick: bool,
) -> None:
    """Train models that contain a KAN or an MLP of the same size, and write recipes.csv.

    Every run is torch's Adam with its defaults at one of three learning rates, on one core, and is
    one row. A benchmark that was stopped resumes. A network is judged at its best learning rate.
    """
    form = QUICK if quick else FULL
    records = Records(choose_folder(results, quick) / "recipes.csv", KEY, COLUMNS)
    if not report:
        runs = plan(form, recipes or list(RECIPES), networks, seeds or form.seeds)
        fill(records, [run for run in runs if again or asdict(run) not in records], form.part)
    rows = records.rows()
    click.echo(describe(rows))
    if page is not None:
        renew_part(page, "recipes", tabulate(summarize(rows)))
    if chart is not None:
        for path in save_charts(charts(rows), rows, chart):
            click.echo(f"drawn: {path}")


def fill(records: Records, runs: list[Run], part: float) -> None:
    """Measure runs, and print progress and the remaining time."""
    began = time.monotonic()
    for place, run in enumerate(runs, 1):
        with use_threads(1):
            row = measure(run, part) | describe_run(1)
        records.append(row)
        click.echo(
            f"{place}/{len(runs)} {run.recipe}, {run.network}, {run.lr:g}, {run.seed}: "
            f"{row['metric']:.3g}; {tell_time(began, place / len(runs))}",
            err=True,
        )


if __name__ == "__main__":
    main()
