"""Build a network that satisfies the conditions of an equation by construction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import nn

from edgewise.equations.borders import Border
from edgewise.equations.chebyshev_curves import Curves
from edgewise.equations.conditioned import (
    Conditioned,
    Given,
    Inputs,
    Level,
    OnBorder,
    Vanishing,
)
from edgewise.equations.conditions import Condition, name_where
from edgewise.equations.parts import Part
from edgewise.equations.pieces import Piece, multiply_curves
from edgewise.equations.problem import EquationProblem
from edgewise.equations.shapes import Complement, Shape
from edgewise.equations.space import build_space
from edgewise.nn.stretch import Stretch

FIRST_LIFT, MOST_LIFT, MOST_LIFT_MANY = 16, 240, 20
"""Curves per coordinate of the lift: at the start, at most, and at most for three or more
coordinates."""
BY_CONSTRUCTION = ("initial", "periodic", "dirichlet")
"""Kinds of conditions that hold by construction, in addition to continuity between windows."""
EXACT = 1e-11
"""Largest size of the lift's last coefficients, relative to the largest one."""


@dataclass(frozen=True, eq=False)
class Built:
    """A network that satisfies conditions by construction.

    Attributes:
        hard: the indices of the problem's conditions that hold by construction.
        soft: the other conditions, as residuals.
    """

    network: Conditioned
    hard: frozenset[int]
    soft: list[Border]


def build_network(
    problem: EquationProblem,
    network: nn.Module,
    stretches: Sequence[Stretch],
    before: Part | None,
) -> Built:
    """Wrap a network so that it reads coordinates and satisfies conditions.

    Values at ends of coordinates and on shapes, and periodicity, hold by construction. Conditions
    on derivatives and general ones become residuals; so do values that contradict others.

    Args:
        network: a network with one input for each coordinate, two for periodic ones.
        stretches: the maps of coordinates that the network reads.
    """
    hard = [
        k for k, condition in enumerate(problem.every_condition)
        if (before is not None and condition.kind == "initial")
        or (condition.kind in BY_CONSTRUCTION and k not in problem.met)
    ]  # fmt: skip
    soft = [c for k, c in enumerate(problem.every_condition) if k not in hard]
    own = [problem.every_condition[k] for k in hard]
    periodic = [any(c.kind == "periodic" and c.where == n for c in own) for n in problem.names]
    names, fields = problem.names, problem.equation.fields
    borders = [border for c in soft for border in problem.borders(c)]
    lifts = [_lift_shape(problem, c) for c in own if not isinstance(c.where, str)]
    at_ends = [c for c in own if isinstance(c.where, str) and c.kind != "periodic"]
    if at_ends:
        lifts.insert(0, _lift_box(problem, at_ends, stretches, before))
    made = Conditioned(network, Inputs(stretches, periodic), lifts)
    _check_sizes(network, len(names) + sum(periodic), len(fields))
    return Built(made, frozenset(hard), borders)


def _check_sizes(network: nn.Module, inputs: int, outputs: int) -> None:
    try:
        with torch.no_grad():
            found = network(torch.zeros(2, inputs, dtype=torch.float64)).shape
    except (RuntimeError, ValueError) as error:
        raise ValueError(
            f"solve expected a network of {inputs} inputs (a periodic coordinate counts twice) and "
            f"{outputs} outputs: {error}"
        ) from error
    if found != (2, outputs):
        raise ValueError(
            f"solve expected a network of {inputs} inputs and {outputs} outputs, one for each "
            f"field, got outputs of shape {tuple(found)}"
        )


def _lift_box(
    problem: EquationProblem,
    conditions: Sequence[Condition],
    stretches: Sequence[Stretch],
    before: Part | None,
) -> tuple[nn.Module, nn.Module]:
    """The lift of the conditions at ends of coordinates, and its ω, which vanishes there."""
    fields, most = problem.equation.fields, MOST_LIFT if len(stretches) < 3 else MOST_LIFT_MANY
    curves = [Curves(stretch, FIRST_LIFT) for stretch in stretches]
    while True:
        coefs = {}
        for name in fields:
            own = [f for f in problem.functionals(name, before) if f.condition in conditions]
            coefs[name] = build_space(curves, own).lift
        piece = Piece(tuple(curves), coefs)
        tails = piece.tails({n: max(s, 1e-300) for n, s in piece.sizes().items()})
        grown = [
            c.resized(min(most, int(1.5 * c.count))) if tail > EXACT else c
            for c, tail in zip(curves, tails, strict=True)
        ]
        if all(a.count == b.count for a, b in zip(curves, grown, strict=True)):
            break
        curves = grown
    powers = [_list_powers(problem, conditions, name) for name in fields]
    return multiply_curves(curves, coefs, fields), Vanishing(piece.ends, powers)


def _list_powers(
    problem: EquationProblem, conditions: Sequence[Condition], name: str
) -> list[tuple[int, int]]:
    """For each coordinate the powers with which ω of a field vanishes at its two ends."""
    table = [[0, 0] for _ in problem.names]
    for c in conditions:
        if c.field in (None, name):
            row = table[problem.names.index(str(c.where))]
            for side in c.sides:
                row[side] = max(row[side], 1 + max(c.terms))
    return [(low, high) for low, high in table]


def _lift_shape(problem: EquationProblem, condition: Condition) -> tuple[nn.Module, nn.Module]:
    """The lift of a condition on a shape, and its ω, which vanishes on that part of the border."""
    names, fields = problem.names, problem.equation.fields
    own = [condition.field in (None, name) for name in fields]
    return (
        OnBorder(names, own, Given(condition.value), 0.0),
        OnBorder(names, own, _level_of(problem, condition), 1.0),
    )


def _level_of(problem: EquationProblem, condition: Condition) -> Level:
    """A function that is 0 on the border of a condition and positive in the domain."""
    where, domain = condition.where, problem.shape
    if isinstance(where, Shape):
        own = [leaf for leaf, _ in where.leaves()]
        inside = domain is None or any(s > 0 for leaf, s in domain.leaves() if leaf in own)
        return Level(where if inside else Complement(where))
    if domain is None:
        raise ValueError(f"solve expected a domain that is a shape for {condition}, got a box")
    return Level(domain, name_where(where))
