"""Whether an equation and its conditions say enough for one solution."""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor

from edgewise.equations.conditions import name_where
from edgewise.equations.fields import Index
from edgewise.equations.problem import Problem

TRIED = 200
"""Points at which fields are changed to see what depends on them."""
Drawn = dict[str, dict[Index, Tensor]]


def check_dependence(problem: Problem, seed: int) -> None:
    """Refuse equations without a field, and fields without an equation.

    Fields and derivatives are random numbers of all sizes at points of the domain. A field takes
    part if other numbers change the residual, or if its slope by them isn't 0: beside constants of
    1e26 a change is lost in rounding.

    Raises:
        ValueError: if an equation stays the same whatever the fields are, or all do for a field.
    """
    equation, rows = problem.equation, problem.draw(TRIED, seed)
    generator = torch.Generator().manual_seed(seed)
    constants = {**problem.constants, **problem.unknowns}

    def draw(name: str) -> dict[Index, Tensor]:
        made = torch.randn(len(equation.orders[name]), 2, TRIED, generator=generator).double()
        values = made[:, 0] * 10 ** made[:, 1]
        return dict(zip(equation.orders[name], values, strict=True))

    def evaluate(drawn: Drawn) -> Tensor:
        points = {name: rows.coordinate(a) for a, name in enumerate(problem.names)}
        return torch.stack(equation.evaluate(drawn, points, constants))

    first = {name: draw(name) for name in equation.fields}
    plain = evaluate(first)
    if not bool(plain.isfinite().any(1).all()):
        return  # residuals without values are refused where a solution begins
    takes = torch.zeros(len(equation.fields), equation.count, dtype=torch.bool)
    for k, name in enumerate(equation.fields):
        for _ in range(3):
            change = (evaluate({**first, name: draw(name)}) - plain).nan_to_num()
            takes[k] |= (change != 0).any(1)
        takes[k] |= _has_slopes(evaluate, first, name)
    if lone := [str(k + 1) for k, any_field in enumerate(takes.any(0)) if not any_field]:
        raise ValueError(
            f"solve expected equations that fields take part in, got equation {', '.join(lone)} "
            f"without any: use {', '.join(equation.fields)} or a derivative, such as "
            f"{equation.fields[0]}.d{problem.names[0]}"
        )
    if lone := [name for name, own in zip(equation.fields, takes, strict=True) if not own.any()]:
        raise ValueError(
            f"solve expected fields that take part in an equation, got {', '.join(lone)} in none: "
            "use them, or leave them out of the residual's arguments"
        )


def _has_slopes(evaluate: Callable[[Drawn], Tensor], drawn: Drawn, name: str) -> Tensor:
    """Whether the residual of each equation has a slope by a field; (equations,)"""
    with torch.enable_grad():
        leaves = {index: value.clone().requires_grad_() for index, value in drawn[name].items()}
        residuals = evaluate({**drawn, name: leaves})
        found = []
        for each in residuals:
            slopes = (
                torch.autograd.grad(
                    each.sum(), [*leaves.values()], retain_graph=True, allow_unused=True
                )
                if each.requires_grad
                else ()
            )
            found.append(any(bool((s.nan_to_num() != 0).any()) for s in slopes if s is not None))
    return torch.tensor(found)


def find_missing(problem: Problem) -> list[str]:
    """What conditions seem to be missing, coordinate by coordinate.

    A field with n-th derivatives along a coordinate needs n conditions there: n at the beginning of
    a time, otherwise n at both ends together. One of first order may have them all at the ends of
    others, as the pressure of a flow has, and so has a system of ordinary equations at the ends of
    other fields. An equation whose highest derivative vanishes somewhere may need fewer.
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


def _count_given(problem: Problem, where: str, name: str, needed: int) -> int:
    """How many conditions a field has at the ends of a coordinate."""
    own = [c for c in problem.conditions if c.where == where and c.field in (None, name)]
    return sum(needed if c.kind == "periodic" else len(c.sides) for c in own)
