"""Smooth formulas with two to six inputs, without noise."""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor

from benchmarks.discovery.formulas import random_formula
from benchmarks.drop_in.problem import ROWS, Problem, Task, halve, regression


def _fixed(
    formula: Callable[..., Tensor], inputs: int, draw: Callable[..., Tensor]
) -> Callable[[int], Problem]:
    """A given formula; the seed draws the rows."""

    def make(seed: int) -> Problem:
        x = draw(2 * ROWS, inputs, generator=torch.Generator().manual_seed(seed))
        return regression(halve(x), halve(formula(*x.T)[:, None]))

    return make


def _uniform(rows: int, inputs: int, generator: torch.Generator) -> Tensor:
    return 2 * torch.rand(rows, inputs, generator=generator) - 1


def _random(inputs: int, reach: float) -> Callable[[int], Problem]:
    """A random formula; its inputs are uniform, scaled to [-reach, reach]."""

    def make(seed: int) -> Problem:
        formula = random_formula(seed, inputs)
        points, values = (torch.from_numpy(part) for part in formula.sample(2 * ROWS))
        low, high = torch.tensor(formula.ranges, dtype=torch.float64).T
        x = ((points - low) / (high - low) * 2 - 1) * reach
        return regression(halve(x), halve(values.float()[:, None]))

    return make


def _wave(a: Tensor, b: Tensor, c: Tensor, d: Tensor) -> Tensor:
    return (2 * a).sin() + b * c + 0.3 * d.square()


def _fast_wave(a: Tensor, b: Tensor, c: Tensor) -> Tensor:
    return (4 * a).sin() + b * c


def _quotient(a: Tensor, b: Tensor, c: Tensor, d: Tensor, e: Tensor, f: Tensor) -> Tensor:
    return (a * b + c.exp()) / (1 + d.square() + e.square()) + f.tanh()


FORMULAS = (
    Task("wave", "formulas", _fixed(_wave, 4, torch.randn)),
    Task("fast-wave", "formulas", _fixed(_fast_wave, 3, _uniform)),
    Task("quotient", "formulas", _fixed(_quotient, 6, torch.randn)),
    Task("random-2", "formulas", _random(2, 3**0.5)),
    Task("random-5", "formulas", _random(5, 1.0)),
)
"""sin 2a + bc + 0.3 d² with N(0, 1) inputs; sin 4a + bc with U(-1, 1) inputs; (ab + eᶜ) / (1 + d² +
e²) + tanh f with N(0, 1) inputs; a random formula of two uniform inputs with deviation 1; and a
random formula of five inputs in [-1, 1]."""
