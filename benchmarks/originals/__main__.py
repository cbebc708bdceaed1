"""`python -m benchmarks.originals`: times the original programs beside ours."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from benchmarks.machine import CORES
from benchmarks.options import (
    Counts,
    add_record_options,
    add_timing_options,
    choose_folder,
    show,
)
from benchmarks.originals import measure
from benchmarks.originals.checkouts import build_ours
from benchmarks.originals.report import draw, markdown
from benchmarks.records import Records
from benchmarks.speed.check import ConformanceError, check_model
from benchmarks.speed.networks import widths_of
from benchmarks.timing import use_threads


@click.command()
@click.option(
    "--checkouts",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("checkouts"),
    show_default=True,
    help="A folder with clones of the programs.",
)
@click.option("--batches", type=Counts(), help="[default: 64,1024,100; 1000 for pykan]")
@add_timing_options
@add_record_options
def main(results: Path | None, again: bool, report: bool, quick: bool, **options: Any) -> None:
    """Time fast-kan, efficient-kan, faster-kan, RBF-KAN, ChebyKAN and pykan, into originals.csv.

    Each is built from its own checkout, and timed in turns with the network of ours that has its
    configuration. Ours is first compared with the float64 reference.
    """
    records = Records(choose_folder(results, quick) / "originals.csv", measure.KEY, measure.COLUMNS)
    if not report:
        if quick:
            options |= {"batches": [64, 1000], "repeats": 5, "compile": False}
        _measure(records, again, options)
    show(records, markdown, draw, options["chart"])


def _measure(records: Records, again: bool, options: dict[str, Any]) -> None:
    try:
        cases, skipped = measure.find_cases(
            options["checkouts"], options["widths"], options["batches"], CORES
        )
    except FileNotFoundError as error:
        raise click.UsageError(f"{error}: say --checkouts") from error
    for name, why in skipped.items():
        click.echo(f"{name} is left out: {why}", err=True)
    left = [
        case
        for case in cases
        if again or any(case.key() | {"code": code} not in records for code in measure.CODES)
    ]
    with use_threads(CORES):
        for case in left:
            try:
                check_model(build_ours(case.program, widths_of(case.widths)), case.batch)
            except ConformanceError as error:
                raise click.ClickException(str(error)) from error
        for case in left:
            for row in measure.measure(case, options["repeats"], options["compile"]):
                records.append(row)
            click.echo(f"{case.program}, {case.widths}, batch {case.batch}: measured", err=True)


if __name__ == "__main__":
    main()
