"""Names of columns in messages and titles."""

from __future__ import annotations

from collections.abc import Sequence

NAMES_SHOWN = 12


def list_names(names: Sequence[str]) -> str:
    """At most twelve names, and how many more there are."""
    more = len(names) - NAMES_SHOWN
    return ", ".join(names[:NAMES_SHOWN]) + (f" and {more} more" if more > 0 else "")
