"""The studies of the page, in its order."""

from __future__ import annotations

import csv
from pathlib import Path

from benchmarks import (
    contention,
    convolution,
    export,
    grids,
    groups,
    jets,
    memory,
    trained_formulas,
)
from benchmarks.accuracy import study as accuracy
from benchmarks.approximation import study as approximation
from benchmarks.continual import study as continual
from benchmarks.discovery.calibration import CALIBRATION
from benchmarks.discovery.report import DISCOVERY, NOISE
from benchmarks.discovery.report_laws import LAWS
from benchmarks.drop_in import study as drop_in
from benchmarks.equations import study as equations
from benchmarks.originals import study as originals
from benchmarks.processes import study as processes
from benchmarks.recipes import study as recipes
from benchmarks.speed import study as speed
from benchmarks.study import Rows, Study
from benchmarks.tables import study as tables
from benchmarks.vision import study as vision

QUESTIONS = (
    accuracy.STUDY,
    vision.STUDY,
    drop_in.STUDY,
    recipes.STUDY,
    equations.STUDY,
    approximation.GROWTH,
    continual.STUDY,
    tables.STUDY,
    DISCOVERY,
    NOISE,
    processes.STUDY,
    LAWS,
    CALIBRATION,
    groups.STUDY,
    trained_formulas.STUDY,
    speed.STUDY,
    jets.STUDY,
    originals.STUDY,
    memory.STUDY,
    convolution.STUDY,
    contention.STUDY,
    grids.STUDY,
    export.STUDY,
)


def read_rows(study: Study, folder: Path) -> list[dict[str, str]]:
    """All its rows in a folder of CSVs; the column "csv" says which file each one is of."""
    rows: list[dict[str, str]] = []
    for name in study.csvs:
        path = folder / f"{name}.csv"
        if path.exists():
            with path.open(newline="", encoding="utf-8") as file:
                rows += [{**row, "csv": name} for row in csv.DictReader(file)]
    return rows


def is_quick(rows: Rows) -> bool:
    """Whether all rows are of the quick form of their study."""
    return all(row.get("form") == "quick" for row in rows)
