"""What a network is to learn: a loss to minimise, a value to tune by, and the true error."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from benchmarks.equations.problems import PROBLEMS, Problem, evaluate, residual
from edgewise.datasets import feynman

ROWS = {"train": 1000, "tune": 500, "test": 2000}
"""Of a formula."""
POINTS = (600, 500)
"""Inside of an equation's box, to train and to tune by; the test has an even grid."""
SIDE = 64
"""Points of that grid along each axis."""
FORMULAS = (
    *("I.6.2", "I.6.2b", "I.9.18", "I.12.11", "I.13.12", "I.15.3x", "I.16.6", "I.18.4"),
    *("I.26.2", "I.27.6", "I.29.16", "I.30.3", "I.30.5", "I.37.4", "I.40.1", "I.44.4"),
    *("I.50.26", "II.2.42", "II.6.15a", "II.11.27"),
)
"""The first twenty of those that the paper on KANs fits, in their full form with units."""


@dataclass(frozen=True)
class Lesson:
    """One task with the rows of one seed.

    Attributes:
        loss: of a model, to be minimised.
        judge: of a model, what one can know of it without the solution of an equation: of rows or
            points that the loss doesn't see.
        error: of a model, the relative L2 error ‖u - truth‖ / ‖truth‖ on the rows or
            points of the test.
    """

    loss: Callable[[nn.Module], Tensor]
    judge: Callable[[nn.Module], float]
    error: Callable[[nn.Module], float]


@dataclass(frozen=True)
class Task:
    """A formula to fit or an equation to solve.

    Attributes:
        name: of it.
        question: "formula" or "equation".
        in_features: inputs of the network.
        prepare: the lesson of a seed.
    """

    name: str
    question: str
    in_features: int
    prepare: Callable[[int], Lesson]


def relative_error(values: Tensor, truth: Tensor) -> float:
    """‖values - truth‖ / ‖truth‖."""
    return float((values.double() - truth.double()).norm() / truth.double().norm())


def prepare_formula(name: str, seed: int) -> Lesson:
    """Inputs scaled to [-1, 1]; targets to mean 0 and deviation 1 on the training rows."""
    equation = feynman.get(name)
    data = equation.dataset(sum(ROWS.values()), 0, seed, dtype=torch.float64)
    low, high = torch.tensor(equation.ranges, dtype=torch.float64).T
    x = ((data.x_train - low) / (high - low) * 2 - 1).float().split(list(ROWS.values()))
    mean, deviation = data.y_train[: ROWS["train"]].mean(), data.y_train[: ROWS["train"]].std()
    y = ((data.y_train - mean) / deviation).float().split(list(ROWS.values()))

    def loss(model: nn.Module) -> Tensor:
        return nn.functional.mse_loss(model(x[0]), y[0])

    @torch.no_grad()
    def error(model: nn.Module, part: int) -> float:
        return relative_error(model(x[part]), y[part])

    return Lesson(loss, lambda model: error(model, 1), lambda model: error(model, 2))


def prepare_problem(problem: Problem, seed: int) -> Lesson:
    """Points drawn uniformly in the box; initial and boundary values hold by construction."""
    generator = torch.Generator().manual_seed(seed)
    points = [problem.draw(count, generator) for count in POINTS]
    grid = problem.grid(SIDE)
    truth = problem.solution(grid)

    def loss(model: nn.Module, part: int = 0) -> Tensor:
        return residual(problem, model, points[part]).square().mean()

    @torch.no_grad()
    def error(model: nn.Module) -> float:
        return relative_error(evaluate(problem, model, grid.float()), truth)

    return Lesson(loss, lambda model: float(loss(model, 1).detach().sqrt()), error)


TASKS: Mapping[str, Task] = {
    **{
        name: Task(
            name,
            "formula",
            len(feynman.get(name).variables),
            lambda seed, name=name: prepare_formula(name, seed),  # type: ignore[misc]
        )
        for name in FORMULAS
    },
    **{
        problem.name: Task(
            problem.name,
            "equation",
            2,
            lambda seed, problem=problem: prepare_problem(problem, seed),  # type: ignore[misc]
        )
        for problem in PROBLEMS
    },
}
