"""`shown_as_text`: a result in one line at Python's prompt, and with all lines in a notebook."""

from __future__ import annotations

import html
from typing import TypeVar

Kind = TypeVar("Kind", bound=type)
LONGEST = 160


def shown_as_text(kind: Kind) -> Kind:
    """Give a class that says something by ``str`` a ``repr`` of one line, and HTML with all lines.

    What a dataclass prints by itself, every array of it, tells nobody anything. A class that has
    HTML of its own keeps it.

    Example:
        >>> @shown_as_text
        ... class Report:
        ...     def __str__(self):
        ...         return "3 edges removed\\ninputs removed: x1"
        >>> Report(), Report()._repr_html_()
        (<Report: 3 edges removed>, '<pre>3 edges removed\\ninputs removed: x1</pre>')
    """
    kind.__repr__ = _write_line  # type: ignore[method-assign, assignment]
    if not hasattr(kind, "_repr_html_"):
        kind._repr_html_ = _write_html  # type: ignore[attr-defined]
    return kind


def _write_line(result: object) -> str:
    first, *more = str(result).split("\n")
    line = " ".join([first, more[0].strip()]) if first.endswith(":") and more else first
    short = line if len(line) <= LONGEST else f"{line[: LONGEST - 2]} …"
    return f"<{type(result).__name__}: {short}>"


def _write_html(result: object) -> str:
    return f"<pre>{html.escape(str(result))}</pre>"
