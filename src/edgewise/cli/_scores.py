"""Scores as the command line prints them."""

from __future__ import annotations

from edgewise.charts.style import choose_letters
from edgewise.sklearn.scores import CLASSES, NUMBERS, Score


def write_head(classes: bool, folds: int) -> str:
    """The lines above the scores."""
    measures = (CLASSES if classes else NUMBERS).values()
    columns = "".join(f"{name:>18}" for name in measures)
    return f"scores of rows that were not fitted, {folds} folds:\n{'':24}{columns}"


def write_line(score: Score) -> str:
    """The line of a model."""
    name = choose_letters(score.model)
    return f"{name:24}" + "".join(f"{score.write(m):>18}" for m in score.values)
