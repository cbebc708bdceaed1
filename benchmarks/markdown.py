"""The rows of CSVs as tables in Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any


def table(head: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    """A table in Markdown. A bar inside a cell would end the column, so it is escaped."""
    rows = [head, ["---"] * len(head), *lines]
    return "\n".join("| " + " | ".join(c.replace("|", "\\|") for c in row) + " |" for row in rows)


def pivot(
    rows: Iterable[Mapping[str, Any]], columns: Sequence[str], by: str
) -> dict[tuple[Any, ...], dict[str, Mapping[str, Any]]]:
    """Rows that are equal in ``columns`` side by side, by their value of one more column."""
    cases: dict[tuple[Any, ...], dict[str, Mapping[str, Any]]] = {}
    for row in rows:
        cases.setdefault(tuple(row[column] for column in columns), {})[row[by]] = row
    return cases


def provenance(rows: Iterable[Mapping[str, str]]) -> str:
    """Of which commits, machines and dates the rows of a CSV are."""
    rows = list(rows)
    commits, machines = (
        ", ".join(sorted({row[name] for row in rows})) for name in ("commit", "machine")
    )
    dates = sorted({row["date"][:10] for row in rows})
    span = dates[0] if len(dates) == 1 else f"{dates[0]} to {dates[-1]}"
    return f"commit {commits}; {machines}; {span}"
