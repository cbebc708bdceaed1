"""The rows of CSVs as tables in Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
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
    commits, machines = (sorted({row[name] for row in rows}) for name in ("commit", "machine"))
    told = " and ".join(machine.replace(" 1 cores", " 1 core") for machine in machines)
    dates = sorted({row["date"][:10] for row in rows})
    span = dates[0] if len(dates) == 1 else f"{dates[0]} to {dates[-1]}"
    return f"commit {', '.join(commits)}; {told}; {span}"


def tell_origin(row: Mapping[str, str]) -> str:
    """The machine, the day and the commit of a row, at the end of a sentence."""
    return f"{row['machine'].split(',')[0]}, {row['date'][:10]}, commit {row['commit'][:7]}"


def renew_part(path: Path, name: str, text: str) -> None:
    """Put a text where a page has the last one of that name: between ``<!-- name -->`` marks.

    Raises:
        ValueError: the page hasn't both marks, ``<!-- name -->`` and ``<!-- end of name -->``.
    """
    page = path.read_text(encoding="utf-8")
    first, last = f"<!-- {name} -->", f"<!-- end of {name} -->"
    if first not in page or last not in page:
        raise ValueError(f"expected {first} and {last} in {path}: write both where they belong")
    before, rest = page.split(first, 1)
    after = rest.split(last, 1)[1]
    path.write_text(f"{before}{first}\n\n{text}\n\n{last}{after}", encoding="utf-8")
