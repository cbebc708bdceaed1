"""Deep KANs and MLPs of the same size on the study's equations, under the same optimiser.

Both read the coordinates on [-1, 1] and minimise the residual by `ew.training.gauss_newton`, at
points that are drawn anew every ten steps; given values hold by construction as in
u = start + distance · N, except for the periodic problem, whose initial value has a kink.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

import edgewise as ew
from benchmarks.equations.cases import Case
from benchmarks.equations.manufactured import as_fields
from benchmarks.networks import count, drawn_by

HIDDEN = (8, 8)
POINTS = 2000
WEIGHT = 100.0
"""Of initial values that don't hold by construction."""
DAMPING = 1e-2


def make_kan(inputs: int) -> nn.Module:
    """Chebyshev curves of degree 8, which begin as lines."""
    return ew.KAN([inputs, *HIDDEN, 1], basis=ew.Chebyshev(8), init="line", dtype=torch.float64)


def make_mlp(inputs: int) -> nn.Module:
    """tanh units, three layers of them, as many numbers as the KAN has."""
    size = count(make_kan(inputs))
    return ew.MLP.matching(size, inputs, 1, depth=3, activation="tanh").double()


NETWORKS: Mapping[str, Callable[[int], nn.Module]] = {"deep KAN": make_kan, "MLP": make_mlp}
SECONDS: Mapping[str, float] = {"poisson": 10.0}
"""Others have 25 s."""


@dataclass(frozen=True)
class Hard:
    """u = start + distance · N, functions of the coordinates, also of their jets."""

    start: Callable[[Any, Any], Any]
    distance: Callable[[Any, Any], Any]


def _square(x: Any, y: Any) -> Any:
    return (1 - x * x) * (1 - y * y)


def _later(x: Any, t: Any) -> Any:
    return t * (1 - x * x)


HARD: Mapping[str, Hard | None] = {
    "poisson": Hard(lambda x, y: 0.0 * x, _square),
    "helmholtz": Hard(lambda x, y: 0.0 * x, _square),
    "burgers": Hard(lambda x, t: -torch.sin(math.pi * x), _later),
    "allen-cahn": Hard(lambda x, t: x * x * torch.cos(math.pi * x), _later),
    "allen-cahn-standard": None,
}
"""None: the network reads cos πx and sin πx instead of x."""


class Solution(nn.Module):
    """u of coordinates, from a network."""

    def __init__(self, case: Case, make: Callable[[int], nn.Module]) -> None:
        super().__init__()
        self.hard = HARD[case.name]
        self.net = make(2 if self.hard is not None else 3)
        low, high = torch.tensor(list(case.domain().values()), dtype=torch.float64).unbind(1)
        self.register_buffer("low", low)
        self.register_buffer("scale", 2 / (high - low))

    def forward(self, points: Any) -> Any:
        """(rows, 2) → (rows, 1), of tensors or jets."""
        scaled = (points - self.low) * self.scale - 1
        x, other = points[:, :1], points[:, 1:]
        if self.hard is None:
            angle = math.pi * x
            return self.net(torch.cat([torch.cos(angle), torch.sin(angle), scaled[:, 1:]], 1))
        return self.hard.start(x, other) + self.hard.distance(x, other) * self.net(scaled)


def solve(
    case: Case, network: str, seed: int, *, seconds: float | None = None, steps: int = 10**6
) -> dict[str, Any]:
    """Train a network on one of :data:`HARD`; parameters, seconds, steps and the true error."""
    with drawn_by(seed):
        model = Solution(case, NETWORKS[network])
    names = list(case.domain())
    low, high = torch.tensor(list(case.domain().values()), dtype=torch.float64).unbind(1)
    sobol = torch.quasirandom.SobolEngine(2, scramble=True, seed=seed)

    def draw(_: int) -> Any:
        inside = low + (high - low) * sobol.draw(POINTS, dtype=torch.float64)
        if model.hard is not None:
            return inside
        start = inside[: POINTS // 4].clone()
        start[:, 1] = low[1]
        return [inside, start]

    def residual(u: Any, points: Tensor) -> Tensor:
        fields = as_fields({"u": u[:, 0]}, names)
        given = dict(zip(names, points.unbind(1), strict=True))
        left: Tensor = case.residual(**fields, **given, **case.constants)
        return left

    def begin(u: Any, points: Tensor) -> Tensor:
        x = points[:, 0]
        return u.value[:, 0] - x**2 * torch.cos(math.pi * x)

    soft = model.hard is None
    report = ew.training.gauss_newton(
        model,
        [residual, begin] if soft else residual,
        draw,
        orders=[[(2, 0), (0, 2 if names[1] == "y" else 1)], 0] if soft
        else [(2, 0), (0, 2 if names[1] == "y" else 1)],
        weights=[1.0, WEIGHT] if soft else None,
        steps=steps,
        damping=DAMPING,
        seconds=SECONDS.get(case.name, 25.0) if seconds is None else seconds,
    )  # fmt: skip
    reference = case.reference()
    with torch.no_grad():
        error = reference.distance(model(reference.points))
    return {
        "parameters": count(model), "seconds": report.seconds, "steps": report.steps,
        "error": error,
    }  # fmt: skip
