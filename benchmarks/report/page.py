"""The page: one HTML file that needs no other file and no network."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import markupsafe

import edgewise
from benchmarks.markdown import provenance
from benchmarks.report.questions import QUESTIONS, is_quick, read_rows
from benchmarks.study import Study
from edgewise._pages import make_environment, read_script
from edgewise.charts.embed import embed_figure

LONGEST = 48
"""Letters of a cell, beyond which it is cut."""
OPEN = 8
"""Findings of a question beside its first that the page shows at once; the others are folded."""
ORIGIN = ("commit", "machine", "date")
"""The columns with which every list of rows ends."""
NUMBER = re.compile(r"((?<![\w.-])-?\d[\d.,]*(?:e[+-]?\d+)?(?: (?:%|s|ms|µs|R²)(?!\w))?)")
DPI = 96.0


def write_page(folder: Path, questions: Sequence[Study] = QUESTIONS) -> str:
    """The page of all that is in a folder of CSVs, in UTF-8."""
    environment = make_environment("benchmarks.report", "The report", "symbolic")
    environment.filters["typeset"] = typeset
    script, digest = read_script(environment, "report.js")
    parts = [answer(question, read_rows(question, folder)) for question in questions]
    return environment.get_template("report.html.j2").render(
        parts=parts,
        measured=sum(part["rows"] > 0 for part in parts),
        version=edgewise.__version__,
        script=script,
        digest=digest,
    )


def answer(question: Study, rows: Sequence[Mapping[str, str]]) -> dict[str, Any]:
    """What the page says of a question, as text and pictures."""
    part: dict[str, Any] = {"question": question, "rows": len(rows), "finding": "", "more": []}
    part |= {"folded": []}
    part |= {"pictures": [], "head": [], "lines": [], "provenance": "", "quick": False}
    if not rows:
        return part
    said = list(question.findings(rows))
    figures = question.charts(rows) if question.charts else {}
    listed = [row for row in rows if question.keeps(row)]
    columns = dict.fromkeys((*question.listed, *ORIGIN))
    shown = [c for c in columns if any(row.get(c) for row in listed)]
    return part | {
        "finding": said[0] if said else "There are too few rows to say anything yet.",
        "more": said[1 : 1 + OPEN],
        "folded": said[1 + OPEN :],
        "pictures": [
            _embed(figure, f"{question.title} {name}", f"{question.name}{k}")
            for k, (name, figure) in enumerate(figures.items())
        ],
        "head": [(c.replace("_", " "), _is_number(c, listed)) for c in shown],
        "lines": [[_cell(row.get(c, "")) for c in shown] for row in listed],
        "provenance": provenance(rows),
        "quick": is_quick(rows),
    }


def typeset(text: str) -> markupsafe.Markup:
    """A sentence in HTML: `code` in its letters, and numbers that stay whole, with their units."""
    made = markupsafe.Markup()
    for place, part in enumerate(re.split(r"`([^`]*)`", text)):
        made += (
            markupsafe.Markup("<code>{}</code>").format(part) if place % 2 else _keep_whole(part)
        )
    return made


def _keep_whole(text: str) -> markupsafe.Markup:
    """A text whose numbers, with their units, are never broken at the end of a line."""
    made = markupsafe.Markup()
    for place, part in enumerate(NUMBER.split(text)):
        span = markupsafe.Markup('<span class="whole">{}</span>')
        made += span.format(part) if place % 2 else part
    return made


def _embed(figure: Any, label: str, prefix: str) -> markupsafe.Markup:
    """A figure as an element of the page, in its colours."""
    return markupsafe.Markup(embed_figure(figure, label, prefix, dpi=DPI))


def _is_number(column: str, rows: Sequence[Mapping[str, str]]) -> bool:
    """Whether all that the column holds are numbers."""
    return all(_read(row[column]) is not None for row in rows if row.get(column))


def _read(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _cell(text: str) -> tuple[str, str]:
    """A value as it is shown, and all of it where digits or letters were cut."""
    value = _read(text)
    if value is not None:
        whole = text.lstrip("-").isdecimal()
        short = text if whole and len(text) < 10 else f"{value:.4g}"
    else:
        short = text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
    return short, "" if short == text else text[:200]
