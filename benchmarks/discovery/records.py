"""What a row about discovery holds."""

from __future__ import annotations

from pathlib import Path

from benchmarks.machine import PROVENANCE
from benchmarks.records import Records

KEY = ("case", "condition", "seed", "program", "budget")
COLUMNS = (
    *KEY,
    "inputs",
    "rows",
    "difficulty",
    "verdict",
    "right",
    "seconds",
    "r2",
    "relative_error",
    "formula",
    "truth",
    "source",
    "evaluations",
    "baseline",
    "stability",
    "error",
    *PROVENANCE,
)


def open_records(path: Path) -> Records:
    """The rows of one question about discovery."""
    return Records(path, KEY, COLUMNS)
