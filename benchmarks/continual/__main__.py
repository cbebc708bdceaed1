"""The command line of the question; `python -m benchmarks.continual --help`."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import click

from benchmarks.continual.measure import run
from benchmarks.continual.networks import LOCAL, MODELS, PEAK_BASES, Case
from benchmarks.continual.report import charts, describe
from benchmarks.continual.streams import STREAMS
from benchmarks.machine import PROVENANCE, describe_run
from benchmarks.options import FOLDER_CHART, HOURS, Names, add_record_options, choose_folder
from benchmarks.records import Records
from benchmarks.timing import use_threads
from edgewise.charts.style import save_figure

CASE = ("stream", "model", "method", "strength", "optimizer", "norm", "extras", "seed")
KEY = (*CASE, "rows", "epochs")
COLUMNS = (
    *KEY, "measure", "parameters", "learned", "average", "forgotten", "first", "seen", "last",
    "overlap", "untouched_moved", "seconds", *PROVENANCE,
)  # fmt: skip
STRENGTHS = {
    "mlp": (1e2, 1e3, 1e4, 1e5, 1e6),
    "bspline": (1e2, 1e4, 1e6),
    "gaussian": (1e2, 1e4, 1e6),
}
"""Of the anchors; the MLP, which is what a cure has to beat, has more of them to choose from."""
FEW = ("mlp", "bspline", "imagekan")
"""The networks of a quick run."""
FIRST_SEED = 1000
"""The seeds before were looked at while this was written."""


def plan(streams: list[str], seeds: int) -> Iterator[Case]:
    """All cases, the first seed of every stream before the second of any."""
    for seed in range(FIRST_SEED, FIRST_SEED + seeds):
        for stream in streams:
            if stream == "peaks" and seed > FIRST_SEED:
                continue  # local bases start at 0, so nothing but the data counts
            cases = _peaks() if stream == "peaks" else _images(stream)
            yield from (replace(case, seed=seed) for case in cases)


def _peaks() -> Iterator[Case]:
    for model in ("mlp", *PEAK_BASES):
        bare = model in LOCAL
        methods = ["plain", "anchored", "moments", *(["frozen"] if bare else [])]
        for method in methods:
            strength = 1e4 if method == "anchored" else 0.0
            yield Case("peaks", model, method, strength)
            if bare and method in ("plain", "frozen"):
                for optimizer in ("adam", "one adam", "sgd"):
                    yield Case("peaks", model, method, 0.0, optimizer, "none", extras=False)
                yield Case("peaks", model, method, 0.0, "adam", "affine", extras=False)


def _images(stream: str) -> Iterator[Case]:
    for model in MODELS:
        for method in ("plain", "moments", *(["frozen"] if model in LOCAL else [])):
            yield Case(stream, model, method)
        for strength in STRENGTHS.get(model, ()):
            yield Case(stream, model, "anchored", strength)
    if stream == "split-domain":
        plain = Case(stream, "gaussian", "plain")
        yield replace(plain, norm="layer")
        yield replace(plain, extras=False)
        yield replace(plain, optimizer="sgd")
        yield replace(plain, optimizer="one adam")


@click.command()
@click.option("--streams", type=Names(STREAMS), default="all", show_default=True)
@click.option("--models", type=Names(MODELS), default="all", show_default=True)
@click.option("--seeds", type=click.IntRange(1), default=3, show_default=True)
@click.option(
    "--rows",
    type=click.IntRange(0),
    default=500,
    show_default=True,
    help="Training images of each task; 0 for all, about 12,000.",
)
@click.option("--epochs", type=click.IntRange(1), default=5, show_default=True)
@HOURS
@FOLDER_CHART
@add_record_options
def main(
    results: Path | None, again: bool, report: bool, quick: bool, chart: Path | None, **options: Any
) -> None:  # fmt: skip
    """Tasks one after another: what is kept, into continual.csv.

    Three seeds of 500 images a task take about ten minutes of one core, all images (--rows 0)
    about three hours; --quick, one seed of 200 images for three networks, two minutes.
    """
    records = Records(choose_folder(results, quick) / "continual.csv", KEY, COLUMNS)
    if quick:
        options |= {"seeds": 1, "rows": 200, "epochs": 2, "models": FEW, "streams": STREAMS[:3]}
    planned = [] if report else plan(options["streams"], options["seeds"])
    cases = [case for case in planned if case.model in options["models"]]
    end = time.monotonic() + 3600 * options["hours"]
    for done, case in enumerate(cases):
        sizes = {"rows": options["rows"], "epochs": options["epochs"]}
        row = asdict(case) | (sizes if case.stream != "peaks" else {"rows": 100, "epochs": 0})
        if row in records and not again:
            continue
        if time.monotonic() > end:
            click.echo(f"{options['hours']:g} hours are over; call again to go on", err=True)
            break
        with use_threads(1):
            measured = run(case, row["rows"], row["epochs"])
        records.append(row | measured | describe_run(1))
        told = f"{case.stream} {case.model} {case.method} {case.seed}"
        click.echo(f"{done + 1}/{len(cases)} {told}: {measured['average']:.4g}, "
                   f"{measured['seconds']:.0f} s", err=True)  # fmt: skip
    rows = records.rows()
    click.echo(describe(rows))
    if chart is not None:
        for name, figure in charts(rows).items():
            save_figure(figure, chart / f"{name}.png")


if __name__ == "__main__":
    main()
