"""The training of one network on the residuals of an equation, in fixed coordinates."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

import numpy as np
import torch
from torch import Tensor, nn

from edgewise.bases.jets import Jets
from edgewise.equations.borders import Border
from edgewise.equations.conditioned import Conditioned
from edgewise.equations.construct import Built
from edgewise.equations.fields import Index, naming_errors
from edgewise.equations.parts import Part
from edgewise.equations.problem import EquationProblem
from edgewise.equations.space import Rows
from edgewise.nn.derivatives import jets
from edgewise.nn.inspect import count_trainable
from edgewise.nn.reading import read_rows
from edgewise.nn.settling import settle
from edgewise.nn.stretch import Stretch
from edgewise.training.residuals import gauss_newton

RESIDUALS = 0.72
"""Residuals of the equation for each parameter of a network: with fewer of them than parameters a
step is cheap, and points are drawn anew before a network fits nothing but them."""
FEWEST, MOST = 500, 2000
"""Fewest and most points of the equation in each window."""
BORDER_POINTS = 200
"""Points on the border per condition that doesn't hold by construction."""
BY_RESIDUAL = 0.4
"""Fraction of the points that is drawn where the residual is large."""
CANDIDATES = 3
"""Number of candidates for each of these points."""
STRETCHED = 2 / 3
"""Fraction of the points that is uniform in stretched coordinates, in which fronts are smooth."""
TABLE = 4001
"""Number of points between which a stretched coordinate is a line where points are drawn."""
BATCH = 4000
"""Number of points in one evaluation of a network."""
FIRST_DAMPING = 1e-2

Bounds = tuple[tuple[float, float], ...]
"""The interval of each coordinate."""
PointsGiven = Tensor | Callable[[int, int], Tensor]
"""Points, (rows, coordinates), or a function (count, seed) → points."""


@dataclass(frozen=True)
class NetworkOptions:
    """Options of the training.

    Attributes:
        model: the network; each window trains a copy.
        windows: the number of windows of time.
        points: the points of the equation; None for random ones, which are redrawn.
        weight: the weight of conditions that don't hold by construction.
    """

    model: nn.Module
    windows: int
    points: PointsGiven | None
    weight: float


@dataclass(frozen=True, eq=False)
class NetworkPart(Part):
    """A piece of a solution that a network represents.

    Attributes:
        network: (rows, coordinates) → (rows, fields).
    """

    is_everywhere: ClassVar[bool] = False

    network: Conditioned
    fields: tuple[str, ...]
    box: Bounds

    @property
    def ends(self) -> Bounds:
        return self.box

    @property
    def numbers(self) -> int:
        return count_trainable(self.network)

    @property
    def kind(self) -> str:
        return f"parameters of {type(self.network.network).__name__} networks"

    @torch.no_grad()
    def evaluate(self, name: str, rows: Rows, index: Index) -> Tensor:
        place, axes = self.fields.index(name), range(len(self.box))
        points = torch.stack([rows.coordinate(a).reshape(-1) for a in axes], 1)
        made = [
            jets(self.network, part, [index]).derivative(*index)[:, place]
            for part in points.split(BATCH)
        ]
        return torch.cat(made).reshape(rows.shape)

    def to_network(self, fields: Sequence[str]) -> nn.Module:
        return self.network

    def stretches(self) -> list[Stretch]:
        """The maps of coordinates that the network reads."""
        return [s for s in self.network.inputs.stretches if isinstance(s, Stretch)]


class Training:
    """The training of one network in fixed coordinates.

    Attributes:
        part: the network as a part of the solution.
        damping: for the next step.
    """

    def __init__(
        self,
        problem: EquationProblem,
        options: NetworkOptions,
        seed: int,
        built: Built,
        box: Bounds,
    ) -> None:
        self.built, self.part = built, NetworkPart(built.network, problem.equation.fields, box)
        self.steps, self.damping = 0, FIRST_DAMPING
        count = int(RESIDUALS * self.part.numbers / problem.equation.count)
        self.drawing = PointDrawing(
            problem, self.part, built.soft, options.points, seed, min(max(count, FEWEST), MOST)
        )
        self.weights = [1.0] + [options.weight] * len(built.soft)
        self.orders = [
            _list_orders(problem.equation.orders),
            *(_list_orders(b.orders) for b in built.soft),
        ]

    def descend(self, steps: int, goal: float, end: float) -> None:
        """Take steps until the residuals are small, or the processor's time has come.

        Raises:
            KeyboardInterrupt: after Ctrl-C, with the parameters of the last step.
        """
        report = gauss_newton(
            self.built.network, [self.drawing.inside, *self.drawing.borders()], self._draw,
            orders=self.orders, weights=self.weights, steps=steps, damping=self.damping,
            tolerance=goal, seconds=max(end - time.process_time(), 0.0),
        )  # fmt: skip
        self.steps, self.damping = self.steps + report.steps, report.damping
        if report.interrupted:
            raise KeyboardInterrupt

    def _draw(self, step: int) -> list[Tensor]:
        """New points; the first fix the maps of the network's inputs."""
        points = self.drawing.draw(step)
        settle(self.built.network, points[0])
        return points


def _list_orders(orders: Mapping[str, Sequence[Index]]) -> list[Index]:
    """The derivatives of all fields."""
    return [index for own in orders.values() for index in own]


class PointDrawing:
    """Draws the points of a training, and evaluates the residuals."""

    def __init__(
        self,
        problem: EquationProblem,
        part: NetworkPart,
        soft: Sequence[Border],
        given: PointsGiven | None,
        seed: int,
        count: int,
    ) -> None:
        self.problem, self.part, self.soft = problem, part, soft
        self.given, self.seed, self.draws = given, seed, 0
        self.count = count
        size = len(part.box)
        self.sobol = torch.quasirandom.SobolEngine(size, scramble=True, seed=seed)
        places = torch.linspace(-1, 1, TABLE).double()
        self.tables = {k: s.invert(places) for k, s in enumerate(part.stretches()) if not s.is_line}

    # Points.

    def draw(self, _: int) -> list[Tensor]:
        """New points of the equation and of each border."""
        self.draws += 1
        bounds = dict(zip(self.problem.names, self.part.box, strict=True))
        borders = [
            border.place.draw(BORDER_POINTS, self.seed + 31 * self.draws + k, bounds)
            for k, border in enumerate(self.soft)
        ]
        return [self._draw_inside(), *borders]

    def _draw_inside(self) -> Tensor:
        if isinstance(self.given, Tensor):
            points = self.given.double()
            return points[self._within(points)]
        if self.given is not None:
            with naming_errors("the function of points"):
                drawn = self.given(self.count, self.seed + self.draws)
            points = read_rows("solve points", drawn, len(self.problem.names)).double()
            return points[self._within(points)]
        plain = self.draw_box(self.count)
        if self.draws == 1:
            return plain
        others = self.draw_box(CANDIDATES * self.count)
        sizes = torch.cat([self._measure(some) for some in others.split(BATCH)])
        chances = sizes / sizes.mean().clamp(min=1e-300) + 1e-3
        generator = torch.Generator().manual_seed(self.seed + self.draws)
        count = min(int(BY_RESIDUAL * self.count), len(others))
        chosen = torch.multinomial(chances, count, False, generator=generator)
        return torch.cat([plain[: len(plain) - count], others[chosen]])

    def _within(self, points: Tensor) -> Tensor:
        low, high = torch.tensor(self.part.box, dtype=torch.float64).unbind(1)
        return ((points >= low) & (points <= high)).all(1)

    def draw_box(self, count: int) -> Tensor:
        made = list[Tensor]()
        while sum(map(len, made)) < count:
            unit = self.sobol.draw(count, dtype=torch.float64)
            low, high = torch.tensor(self.part.box, dtype=torch.float64).unbind(1)
            points = low + (high - low) * unit
            bent = torch.arange(count) < STRETCHED * count
            for axis, table in self.tables.items():
                x = np.interp(unit[bent, axis] * (TABLE - 1), np.arange(TABLE), table)
                points[bent, axis] = torch.from_numpy(x)
            shuffler = torch.Generator().manual_seed(self.seed + 7919 * self.draws)
            points = points[torch.randperm(count, generator=shuffler)]
            made.append(points[self.problem.contains(points)])
        return torch.cat(made)[:count]

    @torch.no_grad()
    def _measure(self, points: Tensor) -> Tensor:
        """The size of the residuals; (rows,)"""
        orders = _list_orders(self.problem.equation.orders)
        found = self.inside(jets(self.part.network, points, orders), points)
        return found.square().sum(1).sqrt()

    # Residuals.

    def inside(self, u: Jets, points: Tensor) -> Tensor:
        """The residuals of the equation; (rows, equations)"""
        equation = self.problem.equation
        return self._evaluate(equation.evaluate, equation.orders, u, points)

    def borders(self) -> list[Callable[[Jets, Tensor], Tensor]]:
        """The residuals of each condition that doesn't hold by construction."""
        return [partial(self._evaluate, each.residuals, each.orders) for each in self.soft]

    def _evaluate(
        self,
        residuals: Callable[..., list[Tensor]],
        orders: Mapping[str, Sequence[Index]],
        u: Jets,
        points: Tensor,
    ) -> Tensor:
        places = {name: k for k, name in enumerate(self.part.fields)}
        derivatives = {
            name: {index: u.derivative(*index)[:, places[name]] for index in indices}
            for name, indices in orders.items()
        }
        named = dict(zip(self.problem.names, points.unbind(1), strict=True))
        return torch.stack(residuals(derivatives, named, self.problem.constants), 1)
