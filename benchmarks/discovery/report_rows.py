"""The columns of the rows about discovery, and how their cells are read and told."""

from __future__ import annotations

import math

from benchmarks.markdown import provenance
from benchmarks.records import Row
from benchmarks.runs import group
from benchmarks.study import Rows

KEY = ("case", "condition", "seed", "program", "budget")
COLUMNS = (
    *(*KEY, "inputs", "rows", "difficulty", "verdict", "right", "seconds", "r2", "relative_error"),
    *("formula", "truth", "source", "evaluations", "baseline", "stability", "probability"),
    *("reason", "form", "place", "deviation", "error"),
)
FOUND = ("case", "condition", "seed", "program", "verdict", "right", "relative_error", "seconds",
         "truth", "formula")  # fmt: skip
SHORT = 70


def is_wrong_claim(row: Row) -> bool:
    """Whether it says exact or law, and isn't."""
    return row["verdict"] in ("exact", "law") and str(row["right"]) == "False"


def programs_provenance(rows: Rows) -> str:
    """A line for each program: of which commits, machines and dates its rows are."""
    lines = [f"- {name}: {provenance(own)}" for (name,), own in group(rows, "program").items()]
    return "\n".join(lines)


def number(text: str, missing: float = math.inf) -> float:
    """A number of a CSV."""
    return float(text) if text else missing


def code(text: str) -> str:
    """A formula in a cell, shortened."""
    return f"`{text}`" if len(text) <= SHORT else f"`{text[:SHORT]}…`"
