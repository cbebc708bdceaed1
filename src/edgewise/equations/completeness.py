"""Check that an equation and its conditions determine one solution."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import torch
from torch import Tensor

from edgewise.equations.conditions import name_where
from edgewise.equations.fields import Equation, Index
from edgewise.equations.least_squares import differentiate
from edgewise.equations.problem import EquationProblem

TRIED = 200
"""Number of points at which dependence on the fields is tested."""
SIZES = 1e-100, 1e100
"""The typical size of each residual is within these."""
Drawn = dict[str, dict[Index, Tensor]]


def check_dependence(problem: EquationProblem, seed: int) -> None:
    """Raise ValueError for equations without a field, and fields without an equation.

    Fields and derivatives are set to random numbers of all sizes at points of the domain. A field
    occurs in an equation if other numbers change the residual, or if the derivative by them isn't
    0. Both are tested, because next to constants such as 1e26 a change is lost in rounding.
    """
    equation, rows = problem.equation, problem.draw(TRIED, seed)
    generator = torch.Generator().manual_seed(seed)
    known = problem.with_known(problem.unknown_values())

    def draw(name: str) -> dict[Index, Tensor]:
        made = torch.randn(len(equation.orders[name]), 2, TRIED, generator=generator).double()
        values = made[:, 0] * 10 ** made[:, 1]
        return dict(zip(equation.orders[name], values, strict=True))

    def evaluate(drawn: Drawn) -> Tensor:
        return known.evaluate(rows, drawn)

    first = {name: draw(name) for name in equation.fields}
    plain = evaluate(first)
    if not torch.equal(plain.nan_to_num(), evaluate(first).nan_to_num()):
        raise ValueError(
            "solve expected a residual that is the same in every call, got another one for the "
            "same fields: draw no random numbers in it"
        )
    if not bool(plain.isfinite().any(1).all()):
        return  # undefined residuals raise an error later, at the start of the solution
    _check_sizes(plain)
    takes = torch.zeros(len(equation.fields), equation.count, dtype=torch.bool)
    slopes = torch.zeros_like(takes)
    for k, name in enumerate(equation.fields):
        for _ in range(3):
            change = (evaluate({**first, name: draw(name)}) - plain).nan_to_num()
            takes[k] |= (change != 0).any(1)
        slopes[k] = _has_slopes(evaluate, first, name)
    takes |= slopes
    _check_lone(equation, problem.names, takes, slopes)


def _check_lone(
    equation: Equation, coordinates: Sequence[str], takes: Tensor, slopes: Tensor
) -> None:
    """Raise ValueError for equations without fields or slopes, and for fields in no equation.

    Shape:
        takes, slopes: whether an equation has a field, and derivatives by it; (fields, equations)
    """
    if lone := [str(k + 1) for k, any_field in enumerate(takes.any(0)) if not any_field]:
        raise ValueError(
            f"solve expected equations of the fields, got equation {', '.join(lone)} without any: "
            f"use {', '.join(equation.fields)} or a derivative, such as "
            f"{equation.fields[0]}.d{coordinates[0]}"
        )
    if lone := [str(k + 1) for k, any_slope in enumerate(slopes.any(0)) if not any_slope]:
        raise ValueError(
            f"solve expected equations with derivatives by the fields, got equation "
            f"{', '.join(lone)} without any: compute it with torch operations, without .detach(), "
            ".item() or NumPy"
        )
    if lone := [name for name, own in zip(equation.fields, takes, strict=True) if not own.any()]:
        raise ValueError(
            f"solve expected each field in some equation, got {', '.join(lone)} in none: "
            "use them, or leave them out of the residual's arguments"
        )


def _check_sizes(residuals: Tensor) -> None:
    """Raise ValueError where squares of residuals would be infinite or vanish; (equations, rows)"""
    for k, each in enumerate(residuals):
        told = each[each.isfinite() & (each != 0)].abs()
        size = float(told.median()) if len(told) else 1.0
        if not SIZES[0] <= size <= SIZES[1]:
            raise ValueError(
                f"solve expected residuals from {SIZES[0]:g} to {SIZES[1]:g} in size, got about "
                f"{size:.0e} in equation {k + 1}: multiply it by a number, or change units"
            )


def _has_slopes(evaluate: Callable[[Drawn], Tensor], drawn: Drawn, name: str) -> Tensor:
    """Whether the derivative of each equation's residual by a field isn't 0; (equations,)"""
    with torch.enable_grad():
        leaves = {index: value.clone().requires_grad_() for index, value in drawn[name].items()}
        slopes = [differentiate(each, leaves) for each in evaluate({**drawn, name: leaves})]
    found = [any(bool((s.nan_to_num() != 0).any()) for s in own.values()) for own in slopes]
    return torch.tensor(found)


def find_missing(problem: EquationProblem) -> list[str]:
    """Conditions that seem to be missing, one text for each coordinate and field.

    A field with n-th derivatives along a coordinate needs n conditions there: n initial ones for
    time, otherwise n at both ends together. There are exceptions: a field of first order may have
    its conditions on other coordinates (such as the pressure of a flow), a system of ordinary
    equations may have them on other fields, and an equation whose highest derivative vanishes
    somewhere may need fewer.
    """
    made = []
    solved = [name for name in problem.equation.fields if name not in problem.curves]
    for axis, where in enumerate(problem.names):
        if any(where in name_where(c.where) for c in problem.on_shape):
            continue
        needed = {name: problem.equation.highest(axis, name) for name in solved}
        given = {name: _count_given(problem, where, name, needed[name]) for name in solved}
        if sum(given.values()) >= sum(needed.values()):
            continue
        strict = axis == problem.time or len(problem.names) == 1 or not any(given.values())
        made += [
            f"{name} has {given[name]} of {count} along {where}"
            for name, count in needed.items()
            if given[name] < count and (strict or count > 1)
        ]
    return made


def _count_given(problem: EquationProblem, where: str, name: str, needed: int) -> int:
    """The number of conditions on a field at the ends of a coordinate."""
    own = [c for c in problem.conditions if c.where == where and c.field in (None, name)]
    return sum(needed if c.kind == "periodic" else len(c.sides) for c in own)
