"""Markdown tables of what is in the CSVs."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from statistics import median

from benchmarks.discovery.records import open_records
from benchmarks.discovery.run import is_wrong_claim
from benchmarks.markdown import provenance, table

Rows = list[dict[str, str]]
SHORT = 70

HEADS = {
    "formulas": "Random formulas",
    "feynman": "The 120 Feynman equations",
    "null": "Data without a law",
    "tables": "Tables: R² on other rows",
    "tasks": "Twelve tasks with known answers",
}


def markdown(folder: Path) -> str:
    """Everything in a folder of CSVs."""
    parts = []
    for question, head in HEADS.items():
        rows = open_records(folder / f"discovery_{question}.csv").rows()
        if rows:
            parts += [f"## {head}", programs_provenance(rows), *TABLES[question](rows)]
    return "\n\n".join(parts) + "\n"


def programs_provenance(rows: Rows) -> str:
    """A line for each program: of which commits, machines and dates its rows are."""
    lines = [f"- {name}: {provenance(own)}" for name, own in groups(rows, "program").items()]
    return "\n".join(lines)


def summary(rows: Rows, *by: str) -> str:
    """How many are right, for each program and value of some columns."""
    lines = []
    for key, own in groups(rows, "program", "condition", *by, "budget").items():
        errors = sorted(number(r["relative_error"]) for r in own)
        right = sum(r["right"] == "True" for r in own)
        claims = sum(r["verdict"] in ("exact", "law") for r in own)
        wrong = [r["verdict"] for r in own if is_wrong_claim(r)]
        silent = all(not r["verdict"] for r in own)
        lines.append(
            [
                *key.split("|"),
                str(len(own)),
                f"{right} ({right / len(own):.0%})",
                "–" if silent else str(claims),
                "–" if silent else f"{wrong.count('exact')} + {wrong.count('law')}",
                f"{median(errors):.1e}",
                f"{median([number(r['seconds'], 0.0) for r in own]):.1f}",
                str(sum(bool(r["error"]) for r in own)),
            ]
        )
    head = ["program", "condition", *by, "budget", "runs", "right", "claimed"]
    return table([*head, "wrong claims exact + law", "median error", "median s", "failures"], lines)


def failures(rows: Rows, program: str = "edgewise") -> str:
    """Each row that isn't right, or whose claim is wrong."""
    lines = [
        [
            f"{r['case']} {r['condition']} {r['seed']}",
            code(r["truth"]),
            r["verdict"] or "failed",
            f"{number(r['relative_error']):.1e}",
            code(r["formula"] or r["error"]),
        ]
        for r in rows
        if r["program"] == program and r["right"] == "False"
    ]
    if not lines:
        return f"No failures of {program}."
    return table(["not right", "truth", "verdict", "error", "answer"], lines)


def tables_by_program(rows: Rows) -> str:
    """A line for each table, a column for each program's R²."""
    names = list(groups(rows, "program"))
    lines = []
    for key, own in groups(rows, "case", "seed").items():
        r2 = {r["program"]: number(r["r2"], -math.inf) for r in own}
        ours = next((r for r in own if r["program"] == "edgewise"), None)
        others = [value for name, value in r2.items() if name != "edgewise"]
        behind = max(others) - r2["edgewise"] if ours and others else math.nan
        lines.append(
            [
                *key.split("|"),
                *(f"{r2[n]:.3f}" if n in r2 else "" for n in names),
                f"{behind:+.3f}",
                *((ours["verdict"], code(ours["formula"])) if ours else ("", "")),
            ]
        )
    return table(["table", "seed", *names, "behind the best", "verdict", "formula"], lines)


def list_rows(rows: Rows) -> str:
    """A line for each row."""
    lines = [
        [
            r["case"],
            r["truth"],
            r["condition"],
            r["program"],
            "yes" if r["right"] == "True" else "no",
            f"{number(r['relative_error']):.1e}",
            f"{number(r['seconds']):.1f}",
            code(r["formula"] or r["error"]),
        ]
        for r in sorted(rows, key=lambda r: r["case"])
    ]
    head = ["task", "truth", "basis", "program", "right", "error", "seconds", "formula"]
    return table(head, lines)


TABLES: Mapping[str, Callable[[Rows], list[str]]] = {
    "formulas": lambda rows: [
        summary(rows, "case"),
        summary(rows, "case", "difficulty"),
        failures(rows),
    ],
    "feynman": lambda rows: [summary(rows), failures(rows)],
    "null": lambda rows: [summary(rows, "case"), failures(rows)],
    "tables": lambda rows: [tables_by_program(rows)],
    "tasks": lambda rows: [summary(rows), list_rows(rows)],
}
"""What is shown of each question."""


def groups(rows: Iterable[dict[str, str]], *columns: str) -> dict[str, Rows]:
    """Rows that are equal in some columns, in the order of their first."""
    found: dict[str, Rows] = {}
    for row in rows:
        found.setdefault("|".join(row[c] for c in columns), []).append(row)
    return found


def number(text: str, missing: float = math.inf) -> float:
    """A number of a CSV."""
    return float(text) if text else missing


def code(text: str) -> str:
    """A formula in a cell, shortened."""
    return f"`{text}`" if len(text) <= SHORT else f"`{text[:SHORT]}…`"
