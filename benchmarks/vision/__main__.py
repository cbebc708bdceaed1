"""The command line of the question; `python -m benchmarks.vision --help`."""

from __future__ import annotations

import time
from itertools import product
from pathlib import Path

import click

from benchmarks.accuracy.protocol import Cell
from benchmarks.charts import save_charts
from benchmarks.machine import PROVENANCE, describe_run
from benchmarks.options import FOLDER_CHART, HOURS, Names, add_record_options, choose_folder
from benchmarks.records import Records
from benchmarks.timing import use_threads
from benchmarks.vision.networks import KINDS
from benchmarks.vision.protocol import COMPARISONS, DATASETS, FULL, QUICK, Form, measure
from benchmarks.vision.report import charts, describe

KEY = ("form", "dataset", "comparison", "model", "kind", "number")
COLUMNS = (*KEY, "lr", "parameters", "passes", "seconds", "nll", "accuracy", *PROVENANCE)
FEW = ["cnn-relu", "kan-gaussian"]


@click.command()
@click.option("--datasets", type=Names(DATASETS), default="all", show_default=True)
@click.option("--comparisons", type=Names(COMPARISONS), default="all", show_default=True)
@click.option("--models", type=Names(KINDS), default="all", show_default=True)
@HOURS
@FOLDER_CHART
@add_record_options
def main(
    datasets: list[str],
    comparisons: list[str],
    models: list[str],
    hours: float,
    chart: Path | None,
    results: Path | None,
    again: bool,
    report: bool,
    quick: bool,
) -> None:
    """Convolutional KANs beside CNNs on images, into vision.csv.

    With as many channels, as many parameters, and as many parameters and seconds; the learning
    rate of each is tuned on training images apart. One thread; 8,000 images and three seeds take
    about half an hour, --quick a minute.
    """
    records = Records(choose_folder(results, quick) / "vision.csv", KEY, COLUMNS)
    form = QUICK if quick else FULL
    models = FEW if quick else models
    end = time.monotonic() + 3600 * hours
    cells = [] if report else [Cell(*parts) for parts in product(datasets, comparisons, models)]
    for cell in cells:
        if time.monotonic() > end:
            click.echo(f"{hours:g} hours are over; call again to go on", err=True)
            break
        with use_threads(1):
            _measure(cell, form, records, again)
    rows = records.rows()
    click.echo(describe(rows))
    if chart is not None:
        save_charts(charts(rows), rows, chart)


def _measure(cell: Cell, form: Form, records: Records, again: bool) -> None:
    about = {"form": form.name} | cell.columns
    own = [r for r in records.rows() if all(r[c] == v for c, v in about.items())]
    known = {} if again else {(row["kind"], row["number"]): row for row in own}
    for row in measure(cell, form, known):
        records.append(about | row | describe_run(1))
        click.echo(f"{cell.dataset} {cell.comparison} {cell.model} {row['kind']} {row['number']}: "
                   f"{100 * row['accuracy']:.2f} %, {row['seconds']:.1f} s", err=True)  # fmt: skip


if __name__ == "__main__":
    main()
