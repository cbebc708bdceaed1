"""Sentences of the report in pages of docs/: quoted word by word, and renewed by a command.

Where a page holds `<!-- finding: tables 1 -->`, the line after it is the first finding of the
question "tables", as a quotation.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from benchmarks.report.questions import QUESTIONS, Question, read_rows

_MARK = re.compile(r"^<!-- finding: (\w+) (\d+) -->\n>[^\n]*$", flags=re.MULTILINE)


def renew_quotes(text: str, folder: Path, questions: Sequence[Question] = QUESTIONS) -> str:
    """The page with every quotation as the CSVs of the folder have it now.

    Raises:
        ValueError: a mark names no question.
    """
    known = {question.key: question for question in questions}
    said: dict[str, Sequence[str]] = {}

    def renew(match: re.Match[str]) -> str:
        key, place = match[1], int(match[2])
        if key not in known:
            raise ValueError(f"expected a question among {', '.join(known)}, got {key!r}")
        if key not in said:
            rows = read_rows(known[key], folder)
            said[key] = known[key].find(rows) if rows else ()
        sentence = said[key][place - 1] if place <= len(said[key]) else "Not measured yet."
        return f"<!-- finding: {key} {place} -->\n> {sentence}"

    return _MARK.sub(renew, text)
