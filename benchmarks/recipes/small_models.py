"""The flow, graph network, autoencoder and Poisson equation of benchmarks.drop_in as recipes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import torch
from torch import Tensor

from benchmarks.drop_in.networks import REFERENCE, block_maker
from benchmarks.drop_in.problem import MakeBlock
from benchmarks.drop_in.tasks import TASKS
from benchmarks.recipes.recipe import COMPARED, WITH_ENCODER, WITH_ZERO, Recipe, Supervised

PHYSICS = 2_400
"""Parameters of the network for Poisson's equation; a KAN and an MLP can both come close."""


def laplacian(model: Callable[[Tensor], Tensor], x: Tensor) -> Tensor:
    """Δu by ``torch.autograd.grad``, which uses the compiled kernels; (rows, 2) → (rows, 1)."""
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


def encoder_maker(parameters: int) -> MakeBlock:
    """Make a KAN if there are fewer outputs than inputs (an encoder), else an MLP (a decoder)."""
    kan, mlp = (block_maker(name, parameters) for name in ("kan", REFERENCE))
    return lambda inputs, outputs: (kan if outputs < inputs else mlp)(inputs, outputs)


def _start(task: str, network: str, seed: int, steps: int) -> Supervised:
    problem = TASKS[task].make(seed)
    if network == "kan-encoder":
        return Supervised(problem, encoder_maker(problem.parameters), seed, steps)
    if task == "poisson":
        problem = replace(problem, loss=residual, parameters=PHYSICS)
    return Supervised(problem, block_maker(network, problem.parameters), seed, steps)


SMALL_MODELS = (
    Recipe("flow", "normalising flow, moons", "divergence, nats", False, 600, WITH_ZERO,
           partial(_start, "flow")),
    Recipe("graph", "graph network, products of neighbours", "unexplained variance", False, 600,
           WITH_ZERO, partial(_start, "graph")),
    Recipe("autoencoder", "autoencoder to 8 numbers, digits", "unexplained variance", False, 600,
           WITH_ENCODER, partial(_start, "autoencoder")),
    Recipe("poisson", "physics loss, Poisson's equation", "‖û - u‖² / ‖u‖²", False, 250, COMPARED,
           partial(_start, "poisson")),
)  # fmt: skip
