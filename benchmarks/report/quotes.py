"""Sentences of the report in pages of docs/: quoted word by word, and renewed by a command.

Where a page holds `<!-- finding: memory: The peak -->`, the line after it is the first finding of
the question "memory" that has the words "The peak", as a quotation.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from benchmarks.report.questions import QUESTIONS, is_quick, read_rows
from benchmarks.study import Study

_MARK = re.compile(r"^<!-- finding: (\w+): (.*) -->\n>[^\n]*$", flags=re.MULTILINE)


def renew_quotes(text: str, folder: Path, questions: Sequence[Study] = QUESTIONS) -> str:
    """The page with every quotation as the CSVs of the folder have it now.

    Raises:
        ValueError: a mark names no question.
    """
    known = {question.name: question for question in questions}
    said: dict[str, list[str]] = {}

    def renew(match: re.Match[str]) -> str:
        key, words = match[1], match[2]
        if key not in known:
            raise ValueError(f"expected a question among {', '.join(known)}, got {key!r}")
        if key not in said:
            rows = read_rows(known[key], folder)
            mark = "Quick form, which decides nothing: " if is_quick(rows) else ""
            said[key] = [mark + sentence for sentence in known[key].findings(rows)] if rows else []
        sentence = next((s for s in said[key] if words in s), "Not measured yet.")
        return f"<!-- finding: {key}: {words} -->\n> {sentence}"

    return _MARK.sub(renew, text)
