"""A normalising flow, a graph network, an autoencoder and an equation, as drop_in has them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import torch
from torch import Tensor

from benchmarks.drop_in.networks import block_maker
from benchmarks.drop_in.tasks import TASKS
from benchmarks.recipes.recipe import COMPARED, WITH_ZERO, Recipe, Supervised

PHYSICS = 2_400
"""Parameters of the solution's network: both kinds have widths that come near."""


def laplacian(model: Callable[[Tensor], Tensor], x: Tensor) -> Tensor:
    """Δu at points by ``torch.autograd.grad``, which the compiled kernels serve; (rows, 1)."""
    x = x.detach().requires_grad_()
    (slope,) = torch.autograd.grad(model(x).sum(), x, create_graph=True)
    second = [
        torch.autograd.grad(slope[:, axis].sum(), x, create_graph=True)[0][:, axis]
        for axis in range(x.shape[1])
    ]
    return torch.stack(second, dim=1).sum(1, keepdim=True)


def residual(model: Callable[..., Tensor], x: Tensor, f: Tensor) -> Tensor:
    """The mean squared residual of Δu = f."""
    return (laplacian(model, x) - f).square().mean()


def _start(task: str, network: str, seed: int, steps: int) -> Supervised:
    problem = TASKS[task].make(seed)
    if task == "poisson":
        problem = replace(problem, loss=residual, parameters=PHYSICS)
    return Supervised(problem, block_maker(network, problem.parameters), seed, steps)


SMALL_MODELS = (
    Recipe("flow", "normalising flow, moons", "divergence, nats", False, 600, WITH_ZERO,
           partial(_start, "flow")),
    Recipe("graph", "graph network, products of neighbours", "unexplained variance", False, 600,
           WITH_ZERO, partial(_start, "graph")),
    Recipe("autoencoder", "autoencoder to 8 numbers, digits", "unexplained variance", False, 600,
           COMPARED, partial(_start, "autoencoder")),
    Recipe("poisson", "physics loss, Poisson's equation", "‖û - u‖² / ‖u‖²", False, 300, COMPARED,
           partial(_start, "poisson")),
)  # fmt: skip
