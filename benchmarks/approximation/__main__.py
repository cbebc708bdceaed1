"""`python -m benchmarks.approximation`: what docs/theory/rbf-vs-bspline.md rests on."""

from __future__ import annotations

from dataclasses import asdict
from itertools import product
from pathlib import Path

import click

from benchmarks.approximation import ladders, relation
from benchmarks.approximation.report import draw, ladder_table, markdown
from benchmarks.machine import CORES, PROVENANCE, describe_run
from benchmarks.options import CHART, Names, add_record_options, choose_folder
from benchmarks.records import Records

RELATION_KEY = ("kind", "cells", "beyond", "width")
RELATION_COLUMNS = (*relation.Relation.__dataclass_fields__, *PROVENANCE)
LADDER_KEY = ("ladder", "basis", "size", "seed")
LADDER_COLUMNS = (*LADDER_KEY, "train_rmse", "test_rmse", "seconds", *PROVENANCE)


@click.command()
@click.option("--ladders", "climbed", type=Names(ladders.LADDERS), default="all", show_default=True)
@click.option("--rungs", type=click.IntRange(0, 5), default=5, show_default=True, help="Of them.")
@CHART
@add_record_options
def main(
    climbed: list[str],
    rungs: int,
    chart: Path | None,
    results: Path | None,
    again: bool,
    report: bool,
    quick: bool,
) -> None:
    """How radial functions relate to a B-spline grid, into approximation.csv.

    The error of drawing cubic splines with Gaussians and RSWAFs on the same points, by width and
    number of cells; the condition of the map in both directions; the ends of the grid. Then, into
    approximation_ladders.csv, the formulas that a growing grid of every basis has to fit.
    """
    where = choose_folder(results, quick)
    relations = Records(where / "approximation.csv", RELATION_KEY, RELATION_COLUMNS)
    rows = Records(where / "approximation_ladders.csv", LADDER_KEY, LADDER_COLUMNS)
    if not report:
        cells, widths = (relation.CELLS, relation.WIDTHS)
        if quick:
            cells, widths, climbed, rungs = (5, 16), widths[::4], ["fitting"], 1
        relate(relations, cells, widths, again)
        climb(rows, climbed, rungs, again)
    show(relations, rows, chart)


def relate(
    records: Records, cells: tuple[int, ...], widths: tuple[float, ...], again: bool
) -> None:
    """Every width on every grid."""
    about = describe_run()
    for case in product(relation.KINDS, cells, (0, 1), widths):
        kind, count, beyond, width = case
        if again or dict(zip(RELATION_KEY, case, strict=True)) not in records:
            values = asdict(relation.relate(kind, count, width, beyond))
            # Six digits are more than any table shows; the key keeps all of its own.
            digits = {k: f"{v:.6g}" for k, v in values.items() if k not in RELATION_KEY}
            records.append(values | digits | about)


def climb(records: Records, names: list[str], rungs: int, again: bool, seed: int = 0) -> None:
    """Every ladder with every basis, whole ones only: a rung starts from the one below."""
    if not rungs:
        return
    for name, basis in product(names, ladders.BASES):
        ladder = ladders.LADDERS[name].shortened(rungs)
        cases = [
            {"ladder": name, "basis": basis, "size": size, "seed": seed} for size in ladder.sizes
        ]
        if again or any(case not in records for case in cases):
            climbed, _ = ladders.climb(ladder, ladders.BASES[basis], seed)
            for case, rung in zip(cases, climbed, strict=True):
                click.echo(f"{name}, {basis}, grid {rung.size}: {rung.test:.1e}", err=True)
                figures = {"train_rmse": f"{rung.train:.4g}", "test_rmse": f"{rung.test:.4g}"}
                seconds = {"seconds": f"{rung.seconds:.2f}"}
                records.append(case | figures | seconds | describe_run(CORES))


def show(relations: Records, rows: Records, chart: Path | None) -> None:
    """Print what the CSVs hold, and draw it if asked to."""
    every = [relation.Relation.from_row(row) for row in relations.rows()]
    if every:
        click.echo(markdown(every))
    for name, ladder in ladders.LADDERS.items():
        own = [row for row in rows.rows() if row["ladder"] == name]
        if own:
            click.echo(f"Ladder {name}, test RMSE:\n\n{ladder_table(own, ladder)}\n")
    if chart is not None:
        draw(every, relations.rows(), chart)


if __name__ == "__main__":
    main()
