"""How well a solution obeys each condition: by construction, or missed by how much."""

from __future__ import annotations

import math
from collections.abc import Sequence

import torch
from torch import Tensor

from edgewise.equations.borders import Border
from edgewise.equations.parts import Part
from edgewise.equations.problem import Problem
from edgewise.equations.space import Rows

FRESH_BORDER = 300
"""Points of each border where conditions are judged."""
CONSTRUCTED = "by construction"
"""How a condition holds that the form of the solution obeys, whatever its numbers are."""


def judge_conditions(
    problem: Problem, parts: Sequence[Part], hard: frozenset[int], seed: int
) -> dict[str, str]:
    """Of every condition whether it holds by construction, or by how much it is missed.

    Args:
        problem: what holds.
        parts: the answer, window by window.
        hard: places of the conditions that hold by construction.
        seed: of the points where the others are measured.
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


def _miss(problem: Problem, part: Part, border: Border, seed: int) -> list[Tensor]:
    """The residuals of a condition at points that no fit saw."""
    points = border.place.draw(FRESH_BORDER, seed, dict(zip(problem.names, part.ends, strict=True)))
    if not len(points):
        return []
    rows = Rows.listed(points)
    derivatives = {
        name: {index: part.evaluate(name, rows, index) for index in indices}
        for name, indices in border.orders.items()
    }
    named = dict(zip(problem.names, points.unbind(1), strict=True))
    return border.residuals(derivatives, named, problem.constants)
