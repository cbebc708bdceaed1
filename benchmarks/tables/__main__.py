"""`python -m benchmarks.tables`: a row a table and model, folds and repeats averaged; resumable."""

from __future__ import annotations

import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click
import numpy as np
from sklearn.model_selection import KFold, StratifiedKFold

from benchmarks.machine import PROVENANCE, describe_run
from benchmarks.options import RESULTS_FOLDER, Names
from benchmarks.records import Records
from benchmarks.tables.data import NAMES, Table, load
from benchmarks.tables.large import measure_fit, write_table
from benchmarks.tables.models import MODELS, prepare
from benchmarks.tables.monotone import count_violations
from benchmarks.tables.report import describe

COLUMNS = (
    *("table", "model", "rows", "columns", "classes", "folds", "repeats", "most_rows"),
    *("loss", "deviation", "seconds", "covered", "error", *PROVENANCE),
)
LARGE_COLUMNS = (
    *("rows", "seconds", "cpu_seconds", "mib_before", "mib_peak", "file_mib", "error"),
    *("coefficients", "pairs"),
    *PROVENANCE,
)
MONOTONE_COLUMNS = ("models", "pairs", "seed", "violated", "worst", "moved", *PROVENANCE)
KEY = ("table", "model", "folds", "repeats", "most_rows")


def measure(table: Table, model: str, folds: int, repeats: int) -> dict[str, Any]:
    """Loss (root mean square, or minus the mean log share of the class) and seconds of a fit.

    Of models that tell intervals, or sets of classes, also the share of those that hold the target,
    where 90 % should.
    """
    x, losses, seconds = prepare(table.x), [], []
    covered: list[float] = []
    y = table.y.astype(str) if table.is_classes else table.y.astype(float)
    for repeat in range(repeats):
        kind = StratifiedKFold if table.is_classes else KFold
        for fit, judge in kind(folds, shuffle=True, random_state=repeat).split(x, y):
            estimator = MODELS[model](table.is_classes)
            start = time.perf_counter()
            estimator.fit(x.iloc[fit], y.iloc[fit])
            seconds.append(time.perf_counter() - start)
            losses.append(_loss(estimator, x.iloc[judge], y.iloc[judge], table.is_classes))
            covered += _find_covered(estimator, x.iloc[judge], y.iloc[judge])
    return {
        "covered": float(np.mean(covered)) if covered else None,
        "loss": float(np.mean(losses)),
        "deviation": float(np.std(losses)),
        "seconds": float(np.median(seconds)),
    }


def _loss(estimator: Any, x: Any, y: Any, classes: bool) -> float:
    if not classes:
        return float(np.sqrt(np.mean((y.to_numpy() - estimator.predict(x)) ** 2)))
    shares = np.clip(estimator.predict_proba(x), 1e-15, 1.0)
    places = np.searchsorted(estimator.classes_, y.to_numpy().astype(str))
    shares = shares / shares.sum(1, keepdims=True)
    return float(-np.mean(np.log(shares[np.arange(len(y)), places])))


def _find_covered(estimator: Any, x: Any, y: Any) -> list[bool]:
    """Whether each target is where the model expects 90 % of them; nothing if it doesn't say."""
    if hasattr(estimator, "predict_interval"):
        low, high = estimator.predict_interval(x, 0.9).T
        return ((low <= y.to_numpy()) & (y.to_numpy() <= high)).tolist()
    if hasattr(estimator, "predict_set"):
        places = np.searchsorted(estimator.classes_, y.to_numpy().astype(str))
        return estimator.predict_set(x, 0.9)[np.arange(len(y)), places].tolist()
    return []


def _name_file(repeats: int) -> str:
    return "tables.csv" if repeats == 1 else "tables_repeats.csv"


REPEATS = click.option("--repeats", type=click.IntRange(1), default=3, show_default=True)
MOST_ROWS = click.option(
    "--most-rows", type=click.IntRange(100), help="Fewer rows of large tables."
)


@click.group()
def main() -> None:
    """Everybody's estimators of tables, with their default settings."""


@main.command()
@click.option("--tables", type=Names(NAMES), default="all", show_default=True)
@click.option("--models", type=Names(MODELS), default="all", show_default=True)
@click.option("--folds", type=click.IntRange(2), default=5, show_default=True)
@REPEATS
@MOST_ROWS
@RESULTS_FOLDER
def run(
    tables: list[str],
    models: list[str],
    folds: int,
    repeats: int,
    most_rows: int | None,
    results: Path,
) -> None:
    """Measure what isn't in the CSV yet."""
    records = Records(results / _name_file(repeats), KEY, COLUMNS)
    for name in tables:
        table = load(name, most_rows)
        for model in models:
            row: dict[str, Any] = {
                "table": name,
                "model": model,
                "folds": folds,
                "repeats": repeats,
                "most_rows": most_rows,
            }
            if row in records:
                continue
            row |= {"rows": len(table.y), "columns": table.x.shape[1], "classes": table.is_classes}
            try:
                row |= measure(table, model, folds, repeats)
            except Exception as error:  # Whatever a program does, the other rows go on.
                row["error"] = f"{type(error).__name__}: {error}"[:300]
            records.append(row | describe_run())
            click.echo(f"{name:<14} {model:<9} {row.get('loss')} {row.get('error', '')}")


@main.command()
@click.option("--rows", type=click.IntRange(1000), default=10_000_000, show_default=True)
@RESULTS_FOLDER
def large(rows: int, results: Path) -> None:
    """Time and memory of a fit to a Parquet file of very many rows."""
    records = Records(results / "tables_large.csv", LARGE_COLUMNS[:1], LARGE_COLUMNS)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "table.parquet"
        write_table(path, rows)
        row = {"rows": rows} | measure_fit(path) | describe_run()
    records.append(row)
    click.echo(", ".join(f"{name} {row[name]}" for name in LARGE_COLUMNS[:9]))


@main.command()
@click.option("--models", type=click.IntRange(1), default=200, show_default=True)
@click.option("--pairs", type=click.IntRange(1), default=100_000, show_default=True)
@click.option("--seed", type=int, default=1000, show_default=True)
@RESULTS_FOLDER
def monotone(models: int, pairs: int, seed: int, results: Path) -> None:
    """Random models that must rise or fall, on random pairs of rows: how often they don't."""
    records = Records(results / "tables_monotone.csv", MONOTONE_COLUMNS[:3], MONOTONE_COLUMNS)
    row = {"seed": seed} | count_violations(models, pairs, seed) | describe_run()
    records.append(row)
    click.echo(", ".join(f"{name} {row[name]}" for name in MONOTONE_COLUMNS[:6]))


@main.command()
@REPEATS
@MOST_ROWS
@RESULTS_FOLDER
def report(repeats: int, most_rows: int | None, results: Path) -> None:
    """Tables in Markdown of what is in the CSV, measured so."""
    rows = Records(results / _name_file(repeats), KEY, COLUMNS).rows()
    wanted = str(repeats), str(most_rows or "")
    click.echo(describe([r for r in rows if (r["repeats"], r["most_rows"]) == wanted]))


if __name__ == "__main__":
    main()
