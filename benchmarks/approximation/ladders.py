"""Grids that grow while a network learns a formula: the ladders of the acceptance tasks."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

import torch
from torch import Tensor

import edgewise as ew
from edgewise import grids
from edgewise.bases import Basis
from edgewise.datasets import create_dataset
from edgewise.models import KAN
from edgewise.training import levenberg_marquardt

STARTS = 6  # networks that take the first steps; the best goes on


@dataclass(frozen=True)
class Ladder:
    """A formula, a network, and the sizes of its grid.

    Attributes:
        name: of the task.
        formula: as a function of (N, in) → (N,).
        widths: of the network.
        samples: for training; 1,000 more are for the test.
        sizes: cells of the grid, step by step.
        published: test RMSE of pykan's first release at each step.
    """

    name: str
    formula: Callable[[Tensor], Tensor]
    widths: tuple[int, ...]
    samples: int
    sizes: tuple[int, ...]
    published: tuple[float, ...]

    def shortened(self, rungs: int) -> Ladder:
        """Its first steps only."""
        return replace(self, sizes=self.sizes[:rungs], published=self.published[:rungs])


def _two(x: Tensor) -> Tensor:
    return torch.exp(torch.sin(math.pi * x[:, 0]) + x[:, 1] ** 2)


def _four(x: Tensor) -> Tensor:
    squares = x.square()
    a, b = squares[:, :2].sum(1), squares[:, 2:].sum(1)
    return torch.exp((torch.sin(math.pi * a) + torch.sin(math.pi * b)) / 2)


LADDERS = {
    ladder.name: ladder
    for ladder in (
        Ladder(
            "fitting", _two, (2, 1, 1), 1000, (5, 10, 20, 50, 100),
            (6.6e-3, 4.2e-4, 4.5e-5, 1.0e-5, 8.2e-6),
        ),
        Ladder(
            "scaling", _two, (2, 1, 1), 3000, (5, 10, 20, 50, 100),
            (6.8e-3, 3.4e-4, 1.9e-5, 4.9e-7, 3.3e-8),
        ),
        Ladder(
            "deep", _four, (4, 2, 1, 1), 3000, (3, 5, 10, 20, 50),
            (4.6e-3, 1.8e-3, 1.5e-4, 1.1e-5, 5.1e-7),
        ),
    )
}  # fmt: skip


BASES: dict[str, Callable[[int], Basis]] = {
    "B-spline": lambda size: ew.BSpline(size),
    "Gaussian": lambda size: ew.Gaussian(size + 3, -1, 1, width=3 / (size + 2)),
    "RSWAF": lambda size: ew.RSWAF(size + 3, -1, 1, inv_denominator=(size + 2) / 4),
    "Chebyshev": lambda size: ew.Chebyshev(size + 2),
}
"""As many functions as the spline has; Gaussians 1.5 spacings wide, RSWAFs 2."""


@dataclass(frozen=True)
class Rung:
    """One step: the size of the grid, RMSE on training and test data, seconds up to here."""

    size: int
    train: float
    test: float
    seconds: float


def climb(
    ladder: Ladder, basis: Callable[[int], Basis], seed: int = 0, steps: int = 50
) -> tuple[list[Rung], KAN]:
    """Train by least squares in float64, refine, train on, …

    Args:
        ladder: the task.
        basis: makes the basis from the number of cells.
        seed: of data and network.
        steps: of Levenberg-Marquardt on each rung.
    """
    data = create_dataset(
        ladder.formula,
        ladder.widths[0],
        num_train=ladder.samples,
        num_test=1000,
        dtype=torch.float64,
        seed=seed,
    )
    start = time.perf_counter()
    model = _find_start(ladder, basis(ladder.sizes[0]), data.train, seed)
    rungs = []
    for size in ladder.sizes:
        model = _fit_grid(model, basis(size), data.x_train)
        levenberg_marquardt(model, data.train, steps=steps)
        seconds = time.perf_counter() - start
        rungs.append(Rung(size, rmse(model, data.train), rmse(model, data.test), seconds))
    return rungs, model


def _find_start(ladder: Ladder, basis: Basis, train: tuple[Tensor, Tensor], seed: int) -> KAN:
    """A narrow network often starts in a valley that leads nowhere: the best of a few."""
    generator = torch.Generator().manual_seed(seed)
    models = []
    for _ in range(STARTS):
        model = KAN(ladder.widths, basis=basis, norm=None, dtype=torch.float64, seed=generator)
        model = grids.fit_range(model, train[0], tolerance=math.inf)
        levenberg_marquardt(model, train, steps=10)
        models.append(model)
    return min(models, key=lambda m: rmse(m, train))


def _fit_grid(model: KAN, basis: Basis, x: Tensor) -> KAN:
    """The model in the size of `basis`, on the range of its activations."""
    size = getattr(basis, basis.size_name or "", None)
    first = model.layers[0].basis
    if getattr(first, first.size_name or "", None) != size:  # type: ignore[arg-type,union-attr]
        model = grids.refine(model, size, x, even=True, tolerance=math.inf)  # type: ignore[arg-type]
    return grids.fit_range(model, x, tolerance=math.inf)


@torch.no_grad()
def rmse(model: KAN, data: tuple[Tensor, Tensor]) -> float:
    """Root of the mean squared error."""
    return float((model(data[0]) - data[1]).square().mean().sqrt())
