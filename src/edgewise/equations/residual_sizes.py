"""How large the residuals of a solution are, with less weight beside jumps of its conditions."""

from __future__ import annotations

import torch
from torch import Tensor

from edgewise.equations.parts import Part
from edgewise.equations.problem import EquationProblem
from edgewise.equations.space import Rows


def measure_distance(problem: EquationProblem, rows: Rows) -> Tensor:
    """The distance of points from the nearest jump, relative to the domain; at most 1.

    Beside a jump derivatives of order k grow as the distance to the power -k, so that their squares
    may have no integral, as those of the pressure in a corner of a cavity.

    Shape:
        in the shape of the rows
    """
    nearest = torch.ones(rows.shape, dtype=torch.float64)
    for jump in problem.jumps:
        apart = [
            (rows.coordinate(a) - place) / (problem.bounds[a][1] - problem.bounds[a][0])
            for a, place in jump.items()
        ]
        nearest = torch.minimum(nearest, torch.stack(apart).norm(dim=0))
    return nearest


def weigh_residuals(problem: EquationProblem, part: Part, rows: Rows) -> Tensor:
    """The residuals of a part at points, weighted for jumps; (equations, rows)"""
    return _weight(problem, rows) * problem.residuals(part, rows)


def measure_residuals(problem: EquationProblem, part: Part, rows: Rows) -> float:
    """The root mean square of the residuals of a part at points, weighted for jumps."""
    return float(weigh_residuals(problem, part, rows).square().mean().sqrt())


def measure_terms(problem: EquationProblem, part: Part, rows: Rows) -> float:
    """The size of the residuals' terms, measured by doubling each derivative."""
    derivatives = part.derivatives(problem.equation.orders, rows)
    plain, weight = problem.evaluate(rows, derivatives), _weight(problem, rows)
    total = 0.0
    for name, own in derivatives.items():
        for index, values in own.items():
            change = problem.evaluate_moved(rows, derivatives, name, index, values) - plain
            total += float((weight * change).square().mean().sqrt())
    return total


def _weight(problem: EquationProblem, rows: Rows) -> Tensor:
    """The distance from jumps to the power of the equations' highest order."""
    every = [index for own in problem.equation.orders.values() for index in own]
    return measure_distance(problem, rows) ** max(map(sum, every))
