"""Do depth and finer grids help at a fixed number of parameters? `python -m benchmarks.deep`.

It compares default KANs with one to six hidden layers, KANs with residual blocks or normalisation
between layers, and KANs with more or fewer cells. Tasks and protocol are those of
`benchmarks.drop_in`; eight of its tasks are used.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path

import click

from benchmarks.drop_in.__main__ import COLUMNS, KEY, fill
from benchmarks.drop_in.deep import CELLS
from benchmarks.drop_in.measure import FULL, QUICK, Run, plan
from benchmarks.drop_in.networks import LAYERS, MLPS
from benchmarks.drop_in.summary import Relation, Row, relate, summarize
from benchmarks.equations.summary import geometric_mean
from benchmarks.markdown import provenance, renew_part, table
from benchmarks.options import JOBS, PAGE, add_record_options, choose_folder, seed_range
from benchmarks.records import Records

TASKS = ["wave", "quotient", "random-5", "teacher-tanh", "teacher-curves", "friedman", "digits",
         "series"]  # fmt: skip
DEPTHS = (1, 2, 3, 6)
CASES: tuple[tuple[str, int], ...] = (
    *((network, LAYERS) for network in MLPS),
    *(("kan", depth) for depth in DEPTHS),
    *(("kan-residual", depth) for depth in DEPTHS[1:]),
    *((f"kan-{norm}", depth) for norm in ("layer", "tanh") for depth in (2, 6)),
    *((f"kan-{cells}-cells", 2) for cells in CELLS),
    *((f"kan-{cells}-cells", 1) for cells in CELLS),
)
"""Pairs of a network and its number of hidden layers."""


@click.command()
@seed_range(None, "[default: 1000; 0 for --quick]")
@JOBS
@PAGE
@add_record_options
def main(
    seeds: range | None,
    jobs: int,
    page: Path | None,
    results: Path | None,
    again: bool,
    report: bool,
    quick: bool,
) -> None:
    """Write test losses to deep.csv, and print a table of their ratios to the better MLP's."""
    form = QUICK if quick else FULL
    records = Records(choose_folder(results, quick) / "deep.csv", KEY, COLUMNS)
    if not report:
        chosen = seeds or (range(1) if quick else range(1000, 1001))
        tasks = TASKS[:1] if quick else TASKS
        runs = [r for name, depth in CASES for r in plan(form, tasks, [name], chosen, depth)]
        fill(records, _sort(r for r in runs if again or asdict(r) not in records), form, jobs)
    text = describe(records.rows())
    click.echo(text)
    if page is not None:
        renew_part(page, "deep", text)


def _sort(runs: Iterable[Run]) -> list[Run]:
    """Sort runs so that those of one task and seed, which share its rows, are adjacent."""
    return sorted(runs, key=lambda run: (run.seed, run.task))


def describe(rows: Sequence[Row]) -> str:
    """Markdown: the ratio of each network's loss to the MLP's, by task, and its geometric mean."""
    relations = relate(summarize(rows))
    if not relations:
        return "Nothing is measured yet."
    names = dict.fromkeys(r.outcome.network for r in relations)
    lines = [_line(name, [r for r in relations if r.outcome.network == name]) for name in names]
    return f"{provenance(rows)}\n\n{table(['network', *TASKS, 'mean', 'time'], lines)}"


def _line(name: str, relations: Sequence[Relation]) -> list[str]:
    ratios = {r.task: r.ratio for r in relations}
    cells = [f"{ratios[task]:.2f}" if task in ratios else "" for task in TASKS]
    mean = geometric_mean(ratios.values())
    seconds = geometric_mean(r.seconds for r in relations)
    return [name, *cells, f"{mean:.2f}", f"{seconds:.1f}"]


if __name__ == "__main__":
    main()
