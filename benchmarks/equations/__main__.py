"""`python -m benchmarks.equations`: formulas and differential equations, into one CSV."""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import click
from joblib import Parallel, delayed

from benchmarks.charts import save_charts
from benchmarks.equations.course import (
    FULL,
    QUICK,
    Cell,
    Form,
    Known,
    Row,
    comparisons_of,
    measure,
)
from benchmarks.equations.models import CANDIDATES
from benchmarks.equations.report import charts as draw_charts
from benchmarks.equations.report import markdown
from benchmarks.equations.tasks import TASKS
from benchmarks.machine import PROVENANCE, describe_run
from benchmarks.options import FOLDER, JOBS, SEED_COUNT, Names, add_record_options, choose_folder
from benchmarks.records import Records
from benchmarks.timing import tell_time, use_threads

KEY = ("form", "question", "task", "comparison", "model", "init", "kind", "number")
FIGURES = ("parameters", "steps", "seconds", "loss", "judged", "relative_l2")
COLUMNS = (*KEY, *FIGURES, "error", *PROVENANCE)

QUICK_TASKS = ("I.12.11", "II.6.15a", "Poisson", "Burgers")
QUICK_MODELS = (
    *("B-spline, variance", "B-spline, power"),
    *("Gaussian, variance", "Chebyshev, variance", "MLP tanh, torch"),
)
WEIGHTS = {"formula": 1.0, "equation": 5.0}
"""Of the time that a task takes, roughly."""


@click.command()
@click.option("--tasks", type=Names(TASKS), help="[default: all; four for --quick]")
@SEED_COUNT
@JOBS
@click.option("--charts", type=FOLDER, help="Folder for the pictures.")
@add_record_options
def main(
    tasks: list[str] | None,
    seeds: int | None,
    jobs: int,
    charts: Path | None,
    results: Path | None,
    again: bool,
    report: bool,
    quick: bool,
) -> None:
    """Twenty Feynman formulas and four differential equations, into equations.csv.

    KANs of three bases, by two initialisations, beside MLPs with as many parameters, for as many
    steps of L-BFGS and for as much time. A row a seed. A run that was stopped goes on.
    """
    form = QUICK if quick else FULL
    records = Records(choose_folder(results, quick) / "equations.csv", KEY, COLUMNS)
    if not report:
        chosen = tasks or (QUICK_TASKS if quick else TASKS)
        cells = [Cell(*pair) for pair in product(chosen, QUICK_MODELS if quick else CANDIDATES)]
        fill(records, cells, form, seeds or (1 if quick else 3), jobs, again)
    rows = records.rows()
    click.echo(markdown(rows))
    if charts is not None:
        for path in save_charts(draw_charts(rows), rows, charts):
            click.echo(f"drawn: {path}")


def fill(
    records: Records, cells: list[Cell], form: Form, seeds: int, jobs: int, again: bool
) -> None:
    """Measure what is missing, and say how far it is and how long it will take."""
    known = {cell: {} if again else _find_known(records, cell, form) for cell in cells}
    missing = [cell for cell in cells if len(known[cell]) < _count_rows(cell, seeds)]
    work = {cell: WEIGHTS[TASKS[cell.task].question] for cell in missing}
    total, done, began = sum(work.values()), 0.0, time.monotonic()
    for place, (cell, rows) in enumerate(_finish(missing, form, seeds, jobs, known), 1):
        for row in rows:
            records.append(row)
        done += work[cell]
        click.echo(
            f"{place}/{len(missing)} {cell.task}, {cell.model}: {tell_time(began, done / total)}",
            err=True,
        )


def _count_rows(cell: Cell, seeds: int) -> int:
    return seeds * len(comparisons_of(cell))


def _find_known(records: Records, cell: Cell, form: Form) -> Known:
    wanted = {"form": form.name, **cell.columns}
    return {
        (row["comparison"], row["kind"], int(row["number"])): row
        for row in records.rows()
        if all(row[name] == value for name, value in wanted.items())
    }


def _finish(
    cells: list[Cell], form: Form, seeds: int, jobs: int, known: dict[Cell, Known]
) -> Iterator[tuple[Cell, list[Row]]]:
    """Each cell with its new rows, in whatever order they end."""
    tasks = (delayed(_measure)(cell, form, seeds, known[cell]) for cell in cells)
    yield from Parallel(jobs, return_as="generator_unordered")(tasks)


def _measure(cell: Cell, form: Form, seeds: int, known: Known) -> tuple[Cell, list[Row]]:
    with use_threads(1):
        return cell, [row | describe_run(1) for row in measure(cell, form, seeds, known)]


if __name__ == "__main__":
    main()
