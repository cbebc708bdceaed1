"""Twelve tasks with known answers: rows are data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import numpy as np
import torch
from torch import Tensor

from benchmarks.discovery import judge
from benchmarks.discovery.cases import Array, Case, Data, Judge
from benchmarks.discovery.dice import Dice
from benchmarks.discovery.equations import tree_of
from edgewise.bases import RSWAF, Basis, BSpline, Gaussian
from edgewise.datasets import create_dataset
from edgewise.symbolic import LIBRARY, Function

BASES: dict[str, Basis] = {
    "bspline": BSpline(grid=7),
    "gaussian": Gaussian(num=10),
    "rswaf": RSWAF(num=10, inv_denominator=2.0),
}
"""The bases that each task is run with."""


def _bessel(z: Any) -> Any:
    import sympy

    return sympy.besselj(0, z)


J0 = Function(
    "J0",
    torch.special.bessel_j0,
    _bessel,
    6.0,
    symmetric=True,
    slope=lambda u: -torch.special.bessel_j1(u),
)


@dataclass(frozen=True, eq=False)
class Task:
    """A task with a known answer.

    Attributes:
        formula: the answer for people to read.
        function: the same on tensors.
        text: the same for the judge, where one asks for the form.
        noise: standard deviation of noise on y, over y's.
        right: who is right.
        options: of discover.
        data: makes the rows; None for those of `function`.
        middle: as of :class:`Data`.
    """

    name: str
    formula: str
    function: Callable[[Tensor], Tensor]
    inputs: int
    range: tuple[float, float] = (-1.0, 1.0)
    noise: float = 0.0
    right: Judge = judge.is_equal_and_claimed
    text: str | None = None
    options: Mapping[str, Any] = field(default_factory=dict)
    data: Callable[[int], tuple[Tensor, Tensor, Tensor, Tensor]] | None = None
    middle: float = 0.0

    def points(self, rows: int, seed: int) -> Array:
        """Fresh inputs; (rows, in)"""
        low, high = self.range
        return low + (high - low) * Dice(7, seed).uniforms(rows, self.inputs)

    def sample(self, seed: int) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """x and y to fit, and fresh ones without noise."""
        if self.data is not None:
            return self.data(seed)
        drawn = create_dataset(
            self.function,
            self.inputs,
            ranges=self.range,
            noise=self.noise,
            seed=seed,
            dtype=torch.float64,
        )
        return *drawn.train, *drawn.test

    def case(self, seed: int, basis: str) -> Case:
        """The task with one basis."""
        return Case(
            "tasks",
            self.name,
            seed,
            partial(task_data, self.name, seed, basis),
            self.right,
            condition=basis,
            truth=self.formula,
        )

    def rows(self, seed: int, basis: str) -> Data:
        """To fit with one of our bases (others say nothing to discover), and to judge by."""
        x, y, x_test, y_test = (part.numpy() for part in self.sample(seed))
        names = {f"x{k}": k for k in range(self.inputs)}
        truth = None if self.text is None else tree_of(self.text, names)
        options = {**self.options, **({"bases": [BASES[basis]]} if basis in BASES else {})}
        return Data(
            x, y[:, 0], x_test, y_test[:, 0], truth, self.points, options, self.noise, self.middle
        )


def _bumps(x: Tensor) -> Tensor:
    """30 Gaussian bumps at random places."""
    generator = torch.Generator().manual_seed(0)
    centres = torch.rand(30, x.shape[1], generator=generator, dtype=torch.float64) * 2 - 1
    heights = torch.randn(30, generator=generator, dtype=torch.float64)
    distance = (x[:, None] - centres).square().sum(-1)
    return (torch.exp(-4 * distance) * heights).sum(1)


def _noise(x: Tensor) -> Tensor:
    generator = torch.Generator().manual_seed(1)
    return torch.randn(len(x), generator=generator, dtype=torch.float64)


def _moons(seed: int) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Two classes, 0 and 1."""
    from sklearn.datasets import make_moons

    (x, y), (x_test, y_test) = (
        make_moons(1000, noise=0.1, random_state=2 * seed + part) for part in range(2)
    )
    fit = torch.from_numpy(x), torch.from_numpy(y.astype(np.float64))[:, None]
    return *fit, torch.from_numpy(x_test), torch.from_numpy(y_test.astype(np.float64))[:, None]


def _hello(x: Tensor) -> Tensor:
    return torch.exp(torch.sin(torch.pi * x[:, 0]) + x[:, 1] ** 2)


HELLO, HELLO_TEXT = "exp(sin(πx₀) + x₁²)", "exp(sin(pi*x0) + x1**2)"
NOISY: dict[str, Any] = {"right": judge.is_of_right_form_and_claimed, "text": HELLO_TEXT}

TASKS = (
    Task("hello", HELLO, _hello, 2),
    Task(
        "special",
        "exp(J₀(20x₀) + x₁²)",
        lambda x: torch.exp(torch.special.bessel_j0(20 * x[:, 0]) + x[:, 1] ** 2),
        2,
        options={"library": LIBRARY.with_functions(J0), "reach": 40.0},
    ),
    Task(
        "singular log",
        "sin(2(log x₀ + log x₁))",
        lambda x: torch.sin(2 * (x[:, 0].log() + x[:, 1].log())),
        2,
        (0.2, 5.0),
    ),
    Task("singular √", "√(x₀² + x₁²)", lambda x: x.square().sum(1).sqrt(), 2),
    Task(
        "addition",
        "(u + v)/(1 + uv)",
        lambda x: (x[:, 0] + x[:, 1]) / (1 + x[:, 0] * x[:, 1]),
        2,
        (-0.9, 0.9),
    ),
    Task("product", "x₀x₁", lambda x: x[:, 0] * x[:, 1], 2),
    Task(
        "features",
        "x₀² + .3x₁ + .1x₂³ + 0·x₃",
        lambda x: x[:, 0] ** 2 + 0.3 * x[:, 1] + 0.1 * x[:, 2] ** 3,
        4,
    ),
    Task("noise 1 %", HELLO, _hello, 2, noise=0.01, **NOISY),
    Task("noise 5 %", HELLO, _hello, 2, noise=0.05, **NOISY),
    Task(
        "moons",
        "two moons, noise .1",
        lambda x: x[:, 0],
        2,
        right=judge.tells_classes,
        data=_moons,
        middle=0.5,
    ),
    Task("control bumps", "30 random bumps", _bumps, 3, right=judge.is_unclaimed),
    Task("control noise", "noise", _noise, 3, right=judge.is_unclaimed),
)


def task_data(name: str, seed: int, basis: str) -> Data:
    """The rows of the task of that name."""
    (task,) = (t for t in TASKS if t.name == name)
    return task.rows(seed, basis)
