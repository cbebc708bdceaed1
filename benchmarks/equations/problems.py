"""Four differential equations in two variables, each with its solution.

A network N enters as u = start + distance · N, where the distance vanishes wherever u is given: so
initial and boundary values hold exactly, and the loss is the equation's residual alone.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor

from benchmarks.equations.solutions import PULL, SPREAD, VISCOSITY, solve_allen_cahn, solve_burgers

Field = Callable[[Tensor], Tensor]
"""From points (N, 2) to values: (N,) of known functions, (N, 1) of networks."""


@dataclass(frozen=True)
class Problem:
    """An equation R(x, u, u', u'') = 0 in a box.

    Attributes:
        name: of the equation.
        box: lower and upper end of each variable; the second is the time where there is one.
        axes: variables of which second derivatives are needed.
        start: a function with the values that are given on the border.
        distance: positive inside, and 0 where values are given.
        residual: R, of points (N, 2), u (N,), its gradient (N, 2) and, for each of ``axes``, its
            second derivative (N,).
        solution: u at points (N, 2), in float64.
    """

    name: str
    box: tuple[tuple[float, float], tuple[float, float]]
    axes: tuple[int, ...]
    start: Field
    distance: Field
    residual: Callable[[Tensor, Tensor, Tensor, list[Tensor]], Tensor]
    solution: Field

    def scale(self, x: Tensor) -> Tensor:
        """Points of the box to [-1, 1]², where networks read them."""
        low, high = torch.tensor(self.box, dtype=x.dtype).T
        return (x - low) / (high - low) * 2 - 1

    def draw(self, count: int, generator: torch.Generator) -> Tensor:
        """Points uniform in the box: (count, 2)."""
        low, high = torch.tensor(self.box).T
        return low + (high - low) * torch.rand(count, 2, generator=generator)

    def grid(self, side: int) -> Tensor:
        """All points of an even grid with its border: (side², 2), in float64."""
        ends = (torch.linspace(low, high, side, dtype=torch.float64) for low, high in self.box)
        return torch.cartesian_prod(*ends)


def evaluate(problem: Problem, model: Field, x: Tensor) -> Tensor:
    """u = start + distance · N at points (N, 2): (N,)."""
    return problem.start(x) + problem.distance(x) * model(problem.scale(x)).squeeze(-1)


def residual(problem: Problem, model: Field, x: Tensor) -> Tensor:
    """R at points (N, 2) for the network: (N,); it can be differentiated again."""
    return residual_of(problem, lambda at: evaluate(problem, model, at), x)


def residual_of(problem: Problem, u: Field, x: Tensor) -> Tensor:
    """R at points (N, 2) for any function u: (N,); it can be differentiated again."""
    x = x.detach().requires_grad_()
    value = u(x)
    (slope,) = torch.autograd.grad(value.sum(), x, create_graph=True)
    second = [
        torch.autograd.grad(slope[:, axis].sum(), x, create_graph=True)[0][:, axis]
        for axis in problem.axes
    ]
    return problem.residual(x, value, slope, second)


def _square_distance(x: Tensor) -> Tensor:
    return (1 - x.square()).prod(-1)


def _zero(x: Tensor) -> Tensor:
    return torch.zeros_like(x[:, 0])


def _waves(across: float, along: float) -> Field:
    return lambda x: torch.sin(across * math.pi * x[:, 0]) * torch.sin(along * math.pi * x[:, 1])


POISSON = Problem(
    "Poisson",
    ((-1.0, 1.0), (-1.0, 1.0)),
    (0, 1),
    _zero,
    _square_distance,
    lambda x, u, slope, second: sum(second) + 2 * math.pi**2 * _waves(1, 1)(x),  # type: ignore[arg-type,return-value]
    _waves(1, 1),
)
"""∇²u = f, u = sin πx sin πy."""

HELMHOLTZ = Problem(
    "Helmholtz",
    ((-1.0, 1.0), (-1.0, 1.0)),
    (0, 1),
    _zero,
    _square_distance,
    lambda x, u, slope, second: sum(second) + u + (17 * math.pi**2 - 1) * _waves(1, 4)(x),  # type: ignore[arg-type,return-value]
    _waves(1, 4),
)
"""∇²u + u = f, u = sin πx sin 4πy."""

BURGERS = Problem(
    "Burgers",
    ((-1.0, 1.0), (0.0, 1.0)),
    (0,),
    lambda x: -torch.sin(math.pi * x[:, 0]),
    lambda x: x[:, 1] * (1 - x[:, 0].square()),
    lambda x, u, slope, second: slope[:, 1] + u * slope[:, 0] - VISCOSITY * second[0],
    solve_burgers,
)
"""u_t + u u_x = ν u_xx with ν = 0.01/π, u(x, 0) = -sin πx and u(±1, t) = 0."""

ALLEN_CAHN = Problem(
    "Allen-Cahn",
    ((-1.0, 1.0), (0.0, 1.0)),
    (0,),
    lambda x: x[:, 0].square() * torch.cos(math.pi * x[:, 0]),
    lambda x: x[:, 1] * (1 - x[:, 0].square()),
    lambda x, u, slope, second: slope[:, 1] - SPREAD * second[0] - PULL * (u - u**3),
    solve_allen_cahn,
)
"""u_t = d u_xx + 5(u - u³) with d = 0.001, u(x, 0) = x² cos πx and u(±1, t) = -1."""

PROBLEMS = (POISSON, HELMHOLTZ, BURGERS, ALLEN_CAHN)
