"""Models in which people put a KAN: a flow, an autoencoder, a graph, a value function, a PDE."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from benchmarks.drop_in.problem import (
    ROWS,
    SMALL,
    MakeBlock,
    Problem,
    Task,
    halve,
    regression,
    seeded,
    squared_error,
)
from benchmarks.drop_in.tasks_images import DIGITS_TRAIN, shuffled_digits

COUPLINGS = 4
CODE = 8
"""The width of the autoencoder's bottleneck."""
AUTOENCODER = 5_200
"""Parameters of its encoder, and of its decoder: here KANs and MLPs come within 1 %."""
NODES, FEATURES, STATE, ROUNDS = 8, 2, 12, 2
"""A graph's nodes, its features per node, hidden width, and rounds of message passing."""
STEPS, DISCOUNT = 60, 0.97
"""The steps and the discount of the pole's returns."""
MODES = 2
"""The number of sines along each axis in the solution of Poisson's equation."""
GRID = 45


class Flow(nn.Module):
    """The log-density of a flow: four affine couplings of two coordinates and a normal base."""

    def __init__(self, make_block: MakeBlock) -> None:
        super().__init__()
        self.blocks = nn.ModuleList(make_block(1, 2) for _ in range(COUPLINGS))

    def forward(self, x: Tensor) -> Tensor:
        a, b = x[..., :1], x[..., 1:]
        total = torch.zeros_like(a)
        for block in self.blocks:
            shift, raw = block(a).chunk(2, dim=-1)
            log_scale = 2 * torch.tanh(raw / 2)
            a, b = b * log_scale.exp() + shift, a
            total = total + log_scale
        normal = -(a.square() + b.square()) / 2 - math.log(2 * math.pi)
        return (normal + total).squeeze(-1)


def moons(rows: int, g: torch.Generator) -> tuple[Tensor, Tensor]:
    """A mixture of 16 normals along two arcs, randomly rotated: points and their log-density.

    Shape:
        (rows, 2) and (rows,)
    """
    angle = torch.linspace(0, math.pi, 8)
    upper = torch.stack([angle.cos() - 0.5, angle.sin() - 0.25], dim=1)
    centres, spread = 1.4 * torch.cat([upper, -upper]), 0.2
    turn = 2 * math.pi * torch.rand((), generator=g)
    cos, sin = turn.cos(), turn.sin()
    centres = centres @ torch.stack([torch.stack([cos, sin]), torch.stack([-sin, cos])])
    chosen = centres[torch.randint(len(centres), (rows,), generator=g)]
    x = chosen + spread * torch.randn(rows, 2, generator=g)
    squares = (x[:, None] - centres).square().sum(-1) / spread**2
    constant = math.log(len(centres) * 2 * math.pi * spread**2)
    return x, (-squares / 2).logsumexp(1) - constant


def _likelihood(model: Callable[..., Tensor], x: Tensor) -> Tensor:
    """The mean negative log-likelihood."""
    return -model(x).mean()


def _lost_likelihood(model: Callable[..., Tensor], x: Tensor, truth: Tensor) -> Tensor:
    """The mean of log p - log q, an estimate of KL(p ‖ q)."""
    return (truth - model(x)).mean()


def _flow(seed: int) -> Problem:
    x, density = moons(2 * ROWS, torch.Generator().manual_seed(seed))
    train, test = halve(x)
    return Problem((train,), (test, density[ROWS:]), ((1, 2),) * COUPLINGS, seeded(Flow),
                   _likelihood, _lost_likelihood, SMALL // 4)  # fmt: skip


class Autoencoder(nn.Module):
    """An encoder to eight numbers, and a decoder."""

    def __init__(self, make_block: MakeBlock) -> None:
        super().__init__()
        self.encoder, self.decoder = make_block(64, CODE), make_block(CODE, 64)

    def forward(self, x: Tensor) -> Tensor:
        out: Tensor = self.decoder(self.encoder(x))
        return out


def _reconstruction(deviation: float, model: Callable[..., Tensor], x: Tensor) -> Tensor:
    """The mean squared error of images, divided by their variance."""
    return (model(x) - x).square().mean() / deviation**2


def _autoencoder(seed: int) -> Problem:
    train, test = halve(shuffled_digits(seed)[0], DIGITS_TRAIN)
    loss = partial(_reconstruction, float((train - train.mean(0)).square().mean().sqrt()))
    return Problem((train,), (test,), ((64, CODE), (CODE, 64)), seeded(Autoencoder), loss, loss,
                   AUTOENCODER)  # fmt: skip


class Graph(nn.Module):
    """h ← h + network(h, mean of the neighbours' h), twice, between two linear layers."""

    def __init__(self, make_block: MakeBlock) -> None:
        super().__init__()
        self.first, self.last = nn.Linear(FEATURES, STATE), nn.Linear(STATE, 1)
        self.blocks = nn.ModuleList(make_block(2 * STATE, STATE) for _ in range(ROUNDS))

    def forward(self, x: Tensor, links: Tensor) -> Tensor:
        hidden = self.first(x)
        for block in self.blocks:
            hidden = hidden + block(torch.cat([hidden, links @ hidden], dim=-1))
        out: Tensor = self.last(hidden)
        return out


def _graph(seed: int) -> Problem:
    """Regression on nodes whose targets depend on their features a, b and their neighbours'.

    y = mean(sin 2a · b) + a · mean(b) + ½ mean(a)², where means are over the neighbours.
    """
    g = torch.Generator().manual_seed(seed)
    x = torch.randn(2 * ROWS, NODES, FEATURES, generator=g)
    upper = (torch.rand(2 * ROWS, NODES, NODES, generator=g) < 0.35).float().triu(1)
    links = upper + upper.transpose(1, 2)
    links = links / links.sum(-1, keepdim=True).clamp(min=1)
    a, b = x[..., :1], x[..., 1:]
    y = links @ ((2 * a).sin() * b) + a * (links @ b) + (links @ a).square() / 2
    y = (y - y[:ROWS].mean()) / y[:ROWS].std()
    train, test = zip(halve(x), halve(links), halve(y), strict=True)
    blocks = ((2 * STATE, STATE),) * ROUNDS
    return Problem(train, test, blocks, seeded(Graph), squared_error, squared_error)


def push(state: NDArray[np.float64], force: NDArray[np.float64]) -> NDArray[np.float64]:
    """CartPole's state 20 ms later: position, speed, angle, angular speed; (4, rows) → (4, rows).

    Source: Barto, Sutton, Anderson, 1983; cart of 1 kg, pole of 0.1 kg and 1 m.
    """
    _, speed, angle, turning = state
    cos, sin = np.cos(angle), np.sin(angle)
    drive = (force + 0.05 * turning**2 * sin) / 1.1
    bend = (9.8 * sin - cos * drive) / (0.5 * (4 / 3 - 0.1 * cos**2 / 1.1))
    slope = np.array([speed, drive - 0.05 * bend * cos / 1.1, turning, bend])
    return np.asarray(state + 0.02 * slope)


def discounted_return(
    state: NDArray[np.float64], force: NDArray[np.float64], gains: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Σ 0.97ᵗ while the pole stands; a linear controller takes over after the first push."""
    total, alive = np.zeros(state.shape[1]), np.ones(state.shape[1], dtype=bool)
    for step in range(STEPS):
        state = push(state, force)
        alive &= (np.abs(state[0]) < 2.4) & (np.abs(state[2]) < 0.21)
        total += DISCOUNT**step * alive
        force = 10 * np.sign(gains @ state)
    return total


def _pole(seed: int) -> Problem:
    """CartPole's returns after a push to the left and to the right, from raw states."""
    rng = np.random.default_rng(seed)
    reach = np.array([2.4, 2.0, 0.21, 2.0])
    state = rng.uniform(-1, 1, (2 * ROWS, 4)) * reach
    gains = np.array([0.1, 0.3, 2.0, 0.5]) * rng.uniform(0.5, 1.5, 4)
    pushes = (np.full(2 * ROWS, force) for force in (-10.0, 10.0))
    returns = np.stack([discounted_return(state.T, force, gains) for force in pushes], axis=1)
    x, y = (torch.from_numpy(part).float() for part in (state, returns))
    return regression(halve(x), halve(y))


class Membrane(nn.Module):
    """A network times (1 - x²)(1 - y²), so that the product is 0 on the boundary."""

    def __init__(self, make_block: MakeBlock) -> None:
        super().__init__()
        self.block = make_block(2, 1)

    def forward(self, x: Tensor) -> Tensor:
        out: Tensor = self.block(x) * (1 - x.square()).prod(-1, keepdim=True)
        return out


def laplacian(model: Callable[[Tensor], Tensor], x: Tensor) -> Tensor:
    """Δu, by reverse mode over reverse mode of torch.func; (rows, 2) → (rows, 1)."""

    def slope(points: Tensor) -> Tensor:
        found: Tensor = torch.func.grad(lambda p: model(p).sum())(points)
        return found

    slopes, pull = torch.func.vjp(slope, x)[:2]
    axes = torch.eye(x.shape[1], device=x.device)
    second = [pull(axis.expand_as(slopes))[0] @ axis for axis in axes]
    return torch.stack(second).sum(0)[:, None]


def _residual(model: Callable[..., Tensor], x: Tensor, f: Tensor) -> Tensor:
    """The mean squared residual of Δu = f, where f has deviation 1."""
    return (laplacian(model, x) - f).square().mean()


def _poisson(seed: int) -> Problem:
    """Δu = f on [-1, 1]², u = 0 around it, judged by ‖û - u‖² / ‖u‖² on a grid.

    f is a sum of sin(kπx) sin(lπy), k and l up to 2, with random coefficients.
    """
    g = torch.Generator().manual_seed(seed)
    size, order = torch.randn(MODES, MODES, generator=g), torch.arange(1, MODES + 1) * math.pi
    squares = order[:, None].square() + order.square()
    size = size / squares

    def combine(x: Tensor, factor: Tensor) -> Tensor:
        sines = (x[..., None] * order).sin()
        return ((sines[:, 0] @ factor) * sines[:, 1]).sum(-1, keepdim=True)

    points = 2 * torch.rand(ROWS, 2, generator=g) - 1
    f = combine(points, -size * squares)
    line = torch.linspace(-1, 1, GRID)
    grid = torch.cartesian_prod(line, line)
    scale = f.std()
    u = combine(grid, size) / scale
    spread = float(u.square().mean())

    def error(model: Callable[..., Tensor], x: Tensor, y: Tensor) -> Tensor:
        return squared_error(model, x, y) / spread

    return Problem((points, f / scale), (grid, u), ((2, 1),), seeded(Membrane), _residual, error)


MODELS = (
    Task("flow", "models", _flow),
    Task("autoencoder", "models", _autoencoder),
    Task("graph", "models", _graph),
    Task("pole", "models", _pole),
    Task("poisson", "models", _poisson),
)
