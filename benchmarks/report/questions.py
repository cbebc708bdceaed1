"""The questions of the page, as data: what each one reads, says, draws and lists."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks import contention, convolution, export_report, grids, memory
from benchmarks.accuracy import study as accuracy
from benchmarks.continual import study as continual
from benchmarks.drop_in import study as drop_in
from benchmarks.equations import study as equations
from benchmarks.originals import study as originals
from benchmarks.recipes import study as recipes
from benchmarks.report import charts, findings
from benchmarks.report.findings import Row, Rows
from benchmarks.speed import study as speed
from benchmarks.vision import study as vision


@dataclass(frozen=True)
class Question:
    """What is asked, and how it is answered.

    Attributes:
        name: of it in addresses.
        title: the question, as a reader asks it.
        about: what was done, in a sentence or two.
        csvs: names of the files with its rows.
        command_line: what measures it.
        listed: the columns that the page lists.
        findings: sentences made from the rows, the most important one first.
        charts: figures by name.
        keeps: whether the page lists a row.
    """

    name: str
    title: str
    about: str
    csvs: tuple[str, ...]
    command_line: str
    listed: tuple[str, ...]
    findings: Callable[[Rows], Sequence[str]]
    charts: Callable[[Rows], Mapping[str, Any]]
    keeps: Callable[[Row], bool] = lambda row: True


def read_rows(question: Question, folder: Path) -> list[dict[str, str]]:
    """All its rows in a folder of CSVs; the column "csv" says which file each one is of."""
    rows: list[dict[str, str]] = []
    for name in question.csvs:
        path = folder / f"{name}.csv"
        if path.exists():
            with path.open(newline="", encoding="utf-8") as file:
                rows += [{**row, "csv": name} for row in csv.DictReader(file)]
    return rows


def is_quick(rows: Rows) -> bool:
    """Whether all rows are of the quick form of their question."""
    return all(row.get("form") == "quick" for row in rows)


def is_test(row: Row) -> bool:
    """Whether a row isn't a trial of a setting."""
    return row["kind"] == "test"


FOUND = ("case", "condition", "seed", "program", "verdict", "right", "relative_error", "seconds",
         "truth", "formula")  # fmt: skip

QUESTIONS = (
    accuracy.STUDY,
    vision.STUDY,
    drop_in.STUDY,
    recipes.STUDY,
    equations.STUDY,
    Question(
        "ladders",
        "What do finer grids gain?",
        "A small network learns a formula while its grid is refined step by step.",
        ("approximation_ladders",),
        "python -m benchmarks.approximation",
        ("ladder", "basis", "size", "seed", "test_rmse", "seconds"),
        findings.find_ladders,
        charts.draw_ladders,
    ),
    continual.STUDY,
    Question(
        "tables",
        "How good are they on tables, without settings?",
        "KANRegressor and KANClassifier beside scikit-learn's gradient boosting and linear models, "
        "all with their defaults, cross-validated.",
        ("tables",),
        "python -m benchmarks.tables run",
        ("table", "model", "rows", "columns", "loss", "deviation", "seconds"),
        findings.find_tables,
        charts.draw_tables,
    ),
    Question(
        "discovery",
        "Do they find the formula behind a table?",
        "discover beside other programs on the same rows, with the same seconds and one core each; "
        "and data without any law, where nothing may be claimed.",
        ("discovery_feynman", "discovery_formulas", "discovery_tasks", "discovery_null"),
        "python -m benchmarks.discovery formulas|feynman|tasks|null|peers|pykan",
        FOUND,
        findings.find_discovery,
        charts.draw_discovery,
    ),
    Question(
        "noise",
        "And under noise?",
        "The 120 equations of the Feynman list with noise on y. A form is right if it equals the "
        "truth once its numbers are refitted to clean data.",
        ("discovery_feynman",),
        "python -m benchmarks.discovery feynman --noise 0.01",
        FOUND,
        findings.find_noise,
        charts.draw_noise,
        lambda row: row["condition"].startswith("noise"),
    ),
    speed.STUDY,
    originals.STUDY,
    memory.STUDY,
    convolution.STUDY,
    contention.STUDY,
    grids.STUDY,
    Question(
        "export",
        "Are they the same in other languages?",
        "Networks as tables in C, JavaScript, Python and SQL beside the network itself, and "
        "gradient ascent against the proven ranges of random networks, which are too many to list.",
        ("export-agreement", "export-speed", "export-certificates"),
        "python -m benchmarks.export agreement|speed|certificates",
        ("target", "program", "degree", "dtype", "rows", "parameters", "bytes", "bound", "measured",
         "ns_per_row", "us_per_row"),
        export_report.findings,
        export_report.charts,
        lambda row: row["csv"] != "export-certificates",
    ),
)  # fmt: skip
