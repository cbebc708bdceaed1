"""Judge how well a solution satisfies each condition: by construction, or up to an error."""

from __future__ import annotations

import math
from collections.abc import Sequence

import torch
from torch import Tensor

from edgewise.equations.borders import Border
from edgewise.equations.parts import Part
from edgewise.equations.problem import EquationProblem
from edgewise.equations.space import Rows

FRESH_BORDER = 300
"""Number of points of each border at which conditions are tested."""
CONSTRUCTED = "by construction"
"""The text for a condition that the form of the solution satisfies."""


def judge_conditions(
    problem: EquationProblem, parts: Sequence[Part], hard: frozenset[int], seed: int
) -> dict[str, str]:
    """For each condition, whether it holds by construction, or its error.

    Args:
        hard: the indices of the conditions that hold by construction.
    """
    made = {}
    for k, condition in enumerate(problem.every_condition):
        if k in hard:
            made[repr(condition)] = CONSTRUCTED
            continue
        missed = [
            value
            for part in (parts[:1] if condition.kind == "initial" else parts)
            for border in problem.borders(condition)
            for value in _miss(problem, part, border, seed)
        ]
        size = float(torch.cat(missed).square().mean().sqrt()) if missed else math.nan
        made[repr(condition)] = f"nearly, to {size:.1g}"
    return made


def _miss(problem: EquationProblem, part: Part, border: Border, seed: int) -> list[Tensor]:
    """The residuals of a condition at new points."""
    points = border.place.draw(FRESH_BORDER, seed, dict(zip(problem.names, part.ends, strict=True)))
    if not len(points):
        return []
    rows = Rows.listed(points)
    derivatives = part.derivatives(border.orders, rows)
    return border.residuals(derivatives, rows.named(problem.names), problem.constants)
