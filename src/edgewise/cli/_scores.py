"""Scores as the command line prints them."""

from __future__ import annotations

from edgewise.sklearn.scores import CLASSES, NUMBERS, Score


def write_head(classes: bool, folds: int) -> str:
    """The lines above the scores."""
    measures = (CLASSES if classes else NUMBERS).values()
    columns = "".join(f"{name:>22}" for name in measures)
    return f"scores of rows that were not fitted, {folds} folds:\n{'':18}{columns}"


def write_line(score: Score) -> str:
    """The line of a model."""
    return f"{score.model:18}" + "".join(f"{score.write(m):>22}" for m in score.values)
