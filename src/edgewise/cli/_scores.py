"""Format scores for the command line."""

from __future__ import annotations

from edgewise.charts.style import choose_letters
from edgewise.sklearn.quality import Score


def write_head(score: Score) -> str:
    """The line above the scores, with their measures."""
    return f"{'':24}" + "".join(f"{name:>18}" for name in score.values)


def write_line(score: Score) -> str:
    """The line of a model."""
    name = choose_letters(score.model)
    return f"{name:24}" + "".join(f"{score.write(m):>18}" for m in score.values)
