"""Find conditions that contradict each other where they meet, such as initial and border values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import torch
from torch import Tensor

from edgewise.equations.conditions import Condition, call_value
from edgewise.equations.problem import EquationProblem
from edgewise.equations.space import Functional

SAMPLES = 5
"""Points along the edge where two conditions meet, if it isn't a corner."""


@dataclass(frozen=True)
class Gap:
    """Two conditions that contradict each other.

    Attributes:
        kept, met: the conditions; the first holds exactly, the second as closely as curves can.
        place: the coordinates of the point where they meet.
        amount: the difference there.
    """

    kept: Condition
    met: Condition
    place: dict[str, float]
    amount: float

    def __str__(self) -> str:
        where = ", ".join(f"{name} = {value:g}" for name, value in self.place.items())
        return f"{self.kept} and {self.met} disagree by {self.amount:.3g} at {where}"


def find_gaps(problem: EquationProblem, tolerance: float) -> list[Gap]:
    """The pairs of conditions of a field that differ by more than a relative tolerance."""
    found = []
    for name in problem.equation.fields:
        for one, other in combinations(problem.functionals(name, None), 2):
            if one.axis == other.axis:
                continue
            apart, scale = _compare(problem, one, other)
            if apart > tolerance * max(scale, 1e-300):
                place = {
                    problem.names[f.axis]: problem.bounds[f.axis][f.side or 0] for f in (one, other)
                }
                found.append(Gap(one.condition, other.condition, place, apart))
    return found


def _compare(problem: EquationProblem, one: Functional, other: Functional) -> tuple[float, float]:
    """The difference of two conditions at their common edge, and the size of their values.

    Each condition is applied to the values of the other.
    """
    generator = torch.Generator().manual_seed(0)
    along = {}
    for axis, (low, high) in enumerate(problem.bounds):
        if axis not in (one.axis, other.axis):
            share = torch.rand(SAMPLES, generator=generator, dtype=torch.float64)
            along[problem.names[axis]] = low + share * (high - low)
    first = _apply(problem, one, other.condition, along)
    second = _apply(problem, other, one.condition, along)
    heights = [_height(problem, f) for f in (one, other)]
    size = max(float(first.abs().max()), float(second.abs().max()), *heights)
    return float((first - second).abs().max()), size


def _height(problem: EquationProblem, functional: Functional) -> float:
    """The largest value of a condition on its face."""
    points = {
        name: torch.linspace(*problem.bounds[axis], 101, dtype=torch.float64)
        for axis, name in enumerate(problem.names)
        if axis != functional.axis
    }
    return float(call_value(functional.condition.value, points).abs().max())


def _apply(
    problem: EquationProblem, functional: Functional, condition: Condition, along: dict[str, Tensor]
) -> Tensor:
    """Apply a condition of one coordinate to the values of another condition."""
    axis, own = functional.axis, problem.names.index(str(condition.where))
    sides = (functional.side,) if functional.side is not None else (1, 0)
    total = torch.zeros(SAMPLES if along else 1, dtype=torch.float64)
    for sign, side in zip((1, -1), sides, strict=False):
        point = torch.full_like(total, problem.bounds[axis][side]).requires_grad_()
        names = [n for a, n in enumerate(problem.names) if a != own]
        points = {n: point if n == problem.names[axis] else along[n] for n in names}
        with torch.enable_grad():
            slopes = _differentiate(condition, points, point, max(functional.terms))
        for order, factor in functional.terms.items():
            total = total + sign * factor * slopes[order]
    return total


def _differentiate(
    condition: Condition, points: dict[str, Tensor], by: Tensor, order: int
) -> Sequence[Tensor]:
    value = call_value(condition.value, points)
    made = [value]
    for _ in range(order):
        if not value.requires_grad:
            value = torch.zeros_like(value)
        else:
            (value,) = torch.autograd.grad(value.sum(), by, create_graph=True)
        made.append(value)
    return [each.detach() for each in made]
