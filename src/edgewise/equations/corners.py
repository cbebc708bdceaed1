"""Conditions that disagree where they meet, such as an initial value that isn't the border's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import torch
from torch import Tensor

from edgewise.equations.conditions import Condition, call_value
from edgewise.equations.problem import Problem
from edgewise.equations.space import Functional

SAMPLES = 5
"""Points along the edge where two conditions meet, if it is one."""


@dataclass(frozen=True)
class Gap:
    """Two conditions that disagree.

    Attributes:
        kept, met: the conditions; the first holds, the second is met as nearly as curves can.
        place: where they meet, by coordinate.
        amount: by how much they disagree.
    """

    kept: Condition
    met: Condition
    place: dict[str, float]
    amount: float

    def __str__(self) -> str:
        where = ", ".join(f"{name} = {value:g}" for name, value in self.place.items())
        return f"{self.kept} and {self.met} disagree by {self.amount:.3g} at {where}"


def find_gaps(problem: Problem, tolerance: float) -> list[Gap]:
    """Where two conditions of a field disagree by more than a relative tolerance."""
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


def _compare(problem: Problem, one: Functional, other: Functional) -> tuple[float, float]:
    """How far the first condition on the second's values is from the reverse, and their size."""
    generator = torch.Generator().manual_seed(0)
    rest = [a for a in range(len(problem.bounds)) if a not in (one.axis, other.axis)]
    along = {}
    for axis in rest:
        low, high = problem.bounds[axis]
        share = torch.rand(SAMPLES, generator=generator, dtype=torch.float64)
        along[problem.names[axis]] = low + share * (high - low)
    first = _apply(problem, one, other.condition, along)
    second = _apply(problem, other, one.condition, along)
    size = max(float(first.abs().max()), float(second.abs().max()), _height(problem, other, along))
    return float((first - second).abs().max()), size


def _height(problem: Problem, functional: Functional, along: dict[str, Tensor]) -> float:
    """The largest value of a condition on its face."""
    names = [n for a, n in enumerate(problem.names) if a != functional.axis]
    points = {}
    for n in names:
        low, high = problem.bounds[problem.names.index(n)]
        points[n] = torch.linspace(low, high, 101, dtype=torch.float64)
    return float(call_value(functional.condition.value, points).abs().max())


def _apply(
    problem: Problem, functional: Functional, condition: Condition, along: dict[str, Tensor]
) -> Tensor:
    """What a condition of one coordinate says of another condition's values."""
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
