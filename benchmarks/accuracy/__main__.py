"""`python -m benchmarks.accuracy`: accuracy at equal width, parameters and time, into one CSV."""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import click
import torch
from joblib import Parallel, delayed

from benchmarks.accuracy.data import NAMES, load
from benchmarks.accuracy.models import CANDIDATES
from benchmarks.accuracy.protocol import (
    COMPARISONS,
    FULL,
    QUICK,
    TRIALS,
    Cell,
    Form,
    Row,
    measure,
    parameters_for,
)
from benchmarks.accuracy.report import charts, describe
from benchmarks.charts import save_charts
from benchmarks.machine import PROVENANCE, describe_run
from benchmarks.markdown import renew_part
from benchmarks.options import (
    FOLDER_CHART,
    JOBS,
    PAGE,
    REPORT,
    RESULTS_OR_TRIAL,
    SEED_COUNT,
    Names,
    choose_folder,
)
from benchmarks.records import Records
from benchmarks.timing import tell_time

KEY = ("form", "dataset", "comparison", "model", "kind", "number")
CHOSEN = ("lr", "weight_decay", "grid", "hidden", "parameters", "multiply_adds", "steps")
SCORES = ("seconds", "accuracy", "r2", "rmse", "nll", "ece")
COLUMNS = (*KEY, *CHOSEN, *SCORES, "error", *PROVENANCE)

QUICK_DATASETS = ("mnist", "digits", "breast_cancer", "diabetes")
QUICK_MODELS = (
    *("mlp-relu", "mlp-silu", "imagekan", "fastkan", "efficientkan"),
    *("kan-bspline", "kan-gaussian", "kan-chebyshev"),
)


@click.command()
@click.option("--datasets", type=Names(NAMES), help="[default: all; a few for --quick]")
@click.option("--models", type=Names(CANDIDATES), help="[default: all; a few for --quick]")
@click.option("--comparisons", type=Names(COMPARISONS), default="all", show_default=True)
@SEED_COUNT
@JOBS
@RESULTS_OR_TRIAL
@FOLDER_CHART
@PAGE
@REPORT
@click.option("--quick", is_flag=True, help="A small part with fewer steps, in five minutes.")
def main(
    datasets: list[str] | None,
    models: list[str] | None,
    comparisons: list[str],
    seeds: int | None,
    jobs: int,
    results: Path | None,
    chart: Path | None,
    page: Path | None,
    report: bool,
    quick: bool,
) -> None:
    """Every preset and basis beside MLPs, each tuned by the same budget, into accuracy.csv.

    A row a run: kind "tuning" for the trials, which are judged by rows to tune by, and "test" for
    the setting that they chose, a row a seed. What is in the CSV isn't measured again, so a run
    that was stopped goes on. Seconds are those of a core that one thread used.
    """
    form = QUICK if quick else FULL
    records = Records(choose_folder(results, quick) / "accuracy.csv", KEY, COLUMNS)
    if not report:
        cells = [
            Cell(dataset, comparison, model)
            for comparison, dataset, model in product(
                comparisons,
                datasets or (QUICK_DATASETS if quick else NAMES),
                models or (QUICK_MODELS if quick else CANDIDATES),
            )
        ]
        fill(records, cells, form, seeds or (1 if quick else 3), jobs)
    rows = records.rows()
    click.echo(describe(rows))
    if page is not None:
        renew_part(page, "tables", describe(rows).replace("\n## ", "\n### "))
    if chart is not None:
        for path in save_charts(charts(rows), rows, chart):
            click.echo(f"drawn: {path}")


def fill(records: Records, cells: list[Cell], form: Form, seeds: int, jobs: int) -> None:
    """Measure what is missing, and say how far it is and how long it will take."""
    known = {cell: _rows_of(records, cell, form) for cell in cells}
    missing = [cell for cell in cells if len(known[cell]) < TRIALS + seeds]
    work = {cell: _guess_work(cell, form) for cell in missing}
    total, done, began = sum(work.values()), 0.0, time.monotonic()
    for place, cell in enumerate(_finish(records, missing, form, seeds, jobs, known), 1):
        done += work[cell]
        click.echo(
            f"{place}/{len(missing)} {cell.dataset}, {cell.comparison}, {cell.model}: "
            f"{tell_time(began, done / total)}",
            err=True,
        )


def _finish(
    records: Records,
    cells: list[Cell],
    form: Form,
    seeds: int,
    jobs: int,
    known: dict[Cell, dict[tuple[str, int], Row]],
) -> Iterator[Cell]:
    """Each cell once its rows are written."""
    if jobs == 1:
        for cell in cells:
            for row in _measure(cell, form, seeds, known[cell]):
                records.append(row)
            yield cell
        return
    tasks = (delayed(_measure_whole)(cell, form, seeds, known[cell]) for cell in cells)
    for cell, rows in Parallel(jobs, return_as="generator_unordered")(tasks):
        for row in rows:
            records.append(row)
        yield cell


def _measure(
    cell: Cell, form: Form, seeds: int, known: dict[tuple[str, int], Row]
) -> Iterator[Row]:
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        for row in measure(cell, load(cell.dataset, form.most_rows), form, seeds, known):
            yield row | describe_run(1)
    finally:
        torch.set_num_threads(before)


def _measure_whole(
    cell: Cell, form: Form, seeds: int, known: dict[tuple[str, int], Row]
) -> tuple[Cell, list[Row]]:
    return cell, list(_measure(cell, form, seeds, known))


def _rows_of(records: Records, cell: Cell, form: Form) -> dict[tuple[str, int], Row]:
    wanted = {"form": form.name, **cell.columns}
    return {
        (row["kind"], int(row["number"])): dict(row)
        for row in records.rows()
        if all(row[name] == value for name, value in wanted.items())
    }


def _guess_work(cell: Cell, form: Form) -> float:
    """Proportional to the time that a cell takes, roughly."""
    split = load(cell.dataset, form.most_rows)
    parameters = parameters_for(cell.comparison, split)
    return form.steps(split, cell.comparison) * (1000 + parameters / 50)


if __name__ == "__main__":
    main()
