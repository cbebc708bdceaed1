"""Fit the coefficients of given curves to an equation, and compare two pieces."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import torch
from torch import Tensor

from edgewise.equations.chebyshev_curves import Curves
from edgewise.equations.clock import Clock, Step
from edgewise.equations.descent import descend_fit
from edgewise.equations.least_squares import EquationFit
from edgewise.equations.parts import Part
from edgewise.equations.pieces import VANISHING, Piece
from edgewise.equations.problem import EquationProblem
from edgewise.equations.residual_sizes import measure_distance
from edgewise.equations.space import Rows


@dataclass(frozen=True, eq=False)
class Solved:
    """A piece and how it was found.

    Attributes:
        newton: the number of Gauss-Newton steps.
    """

    piece: Piece
    newton: int
    converged: bool

    def step(self, window: tuple[float, float] | None, residual: float, clock: Clock) -> Step:
        """The line of the history with its residual at points that weren't fitted."""
        counts = tuple(c.count for c in self.piece.curves)
        return Step(counts, window, self.newton, residual, clock.spent())


@dataclass(frozen=True, eq=False)
class Computed:
    """A solution without unknowns, on the whole domain or in windows of time.

    Attributes:
        pieces: one for each window.
        error: its relative error, measured against a finer solution, or extrapolated from the
            errors of earlier ones.
        confirmed: whether the error was measured, and in windows is within the tolerance.
        history: all solutions on the way.
        reached: the time up to which the solution extends.
        is_whole: whether that is the end.
        expected: the root mean square of fields that begin near 0, in a first rough solution.
    """

    pieces: list[Piece]
    error: float
    confirmed: bool
    history: list[Step]
    reached: float = math.inf
    is_whole: bool = True
    expected: dict[str, float] = field(default_factory=dict)


def solve_piece(
    problem: EquationProblem,
    curves: Sequence[Curves],
    guess: Piece | None,
    before: Part | None,
    goal: float,
    out_of_time: Callable[[], bool],
) -> Solved:
    """Find the coefficients of given curves.

    Args:
        guess: the starting point; by default the lift of the conditions.
        goal: the relative change of the coefficients at which steps stop.
    """
    spaces = problem.spaces(curves, before)
    fit = EquationFit(problem, curves, spaces)
    parts = [
        torch.zeros(space.shape.numel(), dtype=torch.float64)
        if guess is None
        else space.project(guess.resampled(name, curves))
        for name, space in spaces.items()
    ]
    found = descend_fit(fit, torch.cat(parts), goal=goal, out_of_time=out_of_time)
    return Solved(Piece.of(fit, found.free), found.steps, found.converged)


def differ(problem: EquationProblem, one: Part, other: Part, rows: Rows) -> tuple[Tensor, Tensor]:
    """The mean square difference of two pieces and the mean square of the second; (fields,)

    Each point is weighted by its distance from jumps.
    """
    zero, weight = (0,) * len(problem.bounds), measure_distance(problem, rows)
    apart, size = [], []
    for name in problem.equation.fields:
        a, b = (weight * each.evaluate(name, rows, zero) for each in (one, other))
        apart.append((a - b).square().mean())
        size.append(b.square().mean())
    return torch.stack(apart), torch.stack(size)


def relative(apart: Tensor, size: Tensor) -> float:
    """The largest relative error of a field, of mean squares; fields that vanish count as they are.

    Shape:
        (fields,), (fields,)
    """
    scale = torch.where(size > VANISHING**2 * size.max().clamp(min=1e-300), size, size.max())
    return float((apart / scale.clamp(min=1e-300)).max().sqrt())
