"""Edits of estimators with the loss before and after them, on rows that somebody gives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from inspect import signature
from itertools import pairwise
from typing import Any

from edgewise.additive.edit import Edit


@dataclass(frozen=True, eq=False)
class JudgedRows:
    """Rows on which the loss of an estimator and of its edited copies is measured.

    Attributes:
        known: what ``fit`` takes beside weights, such as ``exposure``, by name.
    """

    X: Any
    y: Any
    sample_weight: Any
    known: Mapping[str, Any]

    def note(self, edits: Sequence[Edit], steps: Sequence[Any]) -> tuple[Edit, ...]:
        """The edits with the loss before and after each of them.

        Args:
            steps: the estimator before the first edit, and after each.
        """
        losses = [
            step._measure_loss(self.X, self.y, self.sample_weight, **self.known) for step in steps
        ]
        return tuple(
            replace(edit, before=before, after=after, rows=len(self.y))
            for edit, (before, after) in zip(edits, pairwise(losses), strict=True)
        )


def check_taken(owner: str, estimator: Any, known: Mapping[str, Any]) -> None:
    """ValueError if something is given, not None, that ``fit`` doesn't take."""
    given = {name for name, values in known.items() if values is not None}
    for name in given - signature(type(estimator).fit).parameters.keys():
        raise ValueError(
            f"{owner} expected no {name}, which {type(estimator).__name__}.fit doesn't take"
        )


def read_rows(
    owner: str, estimator: Any, X: Any, y: Any, sample_weight: Any, **known: Any
) -> JudgedRows | None:
    """The rows on which a loss is measured; None if nothing is given to measure it on.

    Args:
        owner: of the arguments, for errors.

    Raises:
        ValueError: if one of X and y is given without the other, or what ``fit`` doesn't take.
    """
    known = {name: values for name, values in known.items() if values is not None}
    given = {"X": X, "y": y, "sample_weight": sample_weight, **known}
    got = [name for name, value in given.items() if value is not None]
    if got and not {"X", "y"} <= {*got}:
        raise ValueError(
            f"{owner} expected rows X and their targets y, or neither, got {' and '.join(got)} "
            "alone: give both, or leave them out"
        )
    check_taken(owner, estimator, known)
    if not got:
        return None
    X, y, sample_weight, entry = estimator._take_rows(X, y, sample_weight, known.pop("entry", None))
    if entry is not None:
        known["entry"] = entry
    return JudgedRows(X, y, sample_weight, known)
