"""Solve equations with networks (KANs, MLPs, separable ones), trained by Gauss-Newton."""

from __future__ import annotations

import copy
import math
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn

from edgewise.bases.jets import Jets
from edgewise.equations.borders import Border
from edgewise.equations.chebyshev_curves import Curves
from edgewise.equations.clock import Clock, Step
from edgewise.equations.conditioned import Conditioned
from edgewise.equations.construct import Built, build_network
from edgewise.equations.fields import Index, naming_errors
from edgewise.equations.parts import Part
from edgewise.equations.pieces import Piece
from edgewise.equations.problem import EquationProblem
from edgewise.equations.space import Rows
from edgewise.equations.stretching import restretch
from edgewise.nn.derivatives import jets
from edgewise.nn.inspect import count_trainable
from edgewise.nn.reading import read_rows
from edgewise.nn.stretch import Stretch
from edgewise.training.residuals import GaussNewtonReport, gauss_newton

RESIDUALS = 0.72
"""Residuals of the equation for each parameter of a network: with fewer of them than parameters a
step is cheap, and points are drawn anew before a network fits nothing but them."""
FEWEST, MOST = 500, 2000
"""Fewest and most points of the equation in each window. A first pass takes the most: with few
points it may miss a front."""
BORDER_POINTS = 200
"""Points on the border per condition that doesn't hold by construction."""
BY_RESIDUAL = 0.4
"""Fraction of the points that is drawn where the residual is large."""
CANDIDATES = 3
"""Number of candidates for each of these points."""
STRETCHED = 2 / 3
"""Fraction of the points that is uniform in stretched coordinates, in which fronts are smooth."""
FIRST_PASS = 0.12
"""Fraction of the time for a first network on the whole domain, which shows where fronts are."""
PROFILE_SPACE, PROFILE_TIME, RESOLVED = 160, 12, 24
"""Numbers of curves that the first network is sampled on, in space and time, and the number that
the stretched coordinate is optimised for."""
TABLE = 4001
"""Number of points between which a stretched coordinate is a line where points are drawn."""
BATCH = 4000
"""Number of points in one evaluation of a network."""
SMALL = 0.03
"""Training ends when residuals, relative to the equation's terms, are below this times the
tolerance."""
FIRST_DAMPING, MOST_STEPS = 1e-2, 100_000
FIRST_STEPS = 20
"""Number of steps after which the size of the terms is measured."""

PointsGiven = Tensor | Callable[[int, int], Tensor]
"""Points, (rows, coordinates), or a function (count, seed) → points."""


@dataclass(frozen=True)
class Options:
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
        fields: the names of the fields.
        box: the interval of each coordinate.
    """

    network: Conditioned
    fields: tuple[str, ...]
    box: tuple[tuple[float, float], ...]

    @property
    def ends(self) -> tuple[tuple[float, float], ...]:
        return self.box

    @property
    def numbers(self) -> int:
        return count_trainable(self.network)

    @property
    def kind(self) -> str:
        return f"parameters of {type(self.network.network).__name__} networks"

    @property
    def is_everywhere(self) -> bool:
        return False

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


@dataclass(frozen=True, eq=False)
class Trained:
    """The result of the training: one network for each window, and conditions by construction."""

    parts: list[NetworkPart]
    hard: frozenset[int]
    history: list[Step]


def train_networks(
    problem: EquationProblem,
    options: Options,
    tolerance: float,
    clock: Clock,
    seed: int,
) -> Trained:
    """Train a network in each window of time, one after another.

    Args:
        problem: the equation with its conditions.
        options: the network, and options of its training.
        tolerance: the relative error of the solution.
        clock: the time limit.
        seed: seed of the points.
    """
    run = _Run(problem, options, tolerance, seed, clock)
    whole = problem.bounds
    if problem.time is None:
        part, built = run.solve(whole, _lines(whole), None, clock.left())
        return Trained([part], built.hard, run.history)
    low, high = whole[problem.time]
    first = FIRST_PASS * clock.left()
    part, built = run.solve(whole, _lines(whole), None, first, residuals=math.inf)
    parts, hard, length = list[NetworkPart](), built.hard, (high - low) / options.windows
    ends = [*(low + k * length for k in range(options.windows)), high]
    with clock.until_interrupted():
        stretches = _find_fronts(problem, part)
        if options.windows == 1 and all(s.is_line for s in stretches) and not clock.interrupt:
            part, _ = run.solve(whole, _lines(whole), None, clock.left(), part.network.network)
            return Trained([part], hard, run.history)
        while len(parts) < options.windows and not clock.interrupt:
            k, last = len(parts), parts[-1] if parts else None
            box = list(whole)
            box[problem.time] = ends[k], ends[k + 1]
            own = list(stretches)
            own[problem.time] = Stretch(*box[problem.time], dtype=torch.float64)
            found, _ = run.solve(
                tuple(box), own, last, clock.left() / (options.windows - k),
                last.network.network if last else None,
            )  # fmt: skip
            if not clock.interrupt:
                parts.append(found)
    # After Ctrl-C in the first window, the network on the whole domain is all there is.
    return Trained(parts or [part], hard, run.history)


def _lines(bounds: Sequence[tuple[float, float]]) -> list[Stretch]:
    return [Stretch(low, high, dtype=torch.float64) for low, high in bounds]


def _find_fronts(problem: EquationProblem, part: NetworkPart) -> list[Stretch]:
    """Stretched coordinates in which a network's fields are smooth."""
    counts = [PROFILE_TIME if a == problem.time else PROFILE_SPACE for a in range(len(part.box))]
    if len(counts) > 2:
        return _lines(part.box)
    curves = [Curves.over(*ends, count) for ends, count in zip(part.box, counts, strict=True)]
    piece = Piece(tuple(curves), {name: part.resampled(name, curves) for name in part.fields})
    return [
        c.stretch
        if a == problem.time
        else restretch(problem, piece, a, c.resized(RESOLVED)).stretch
        for a, c in enumerate(curves)
    ]


class _Run:
    """The trainings of one solution."""

    def __init__(
        self,
        problem: EquationProblem,
        options: Options,
        tolerance: float,
        seed: int,
        clock: Clock,
    ) -> None:
        self.problem, self.options, self.tolerance = problem, options, tolerance
        self.seed, self.clock = seed, clock
        self.history: list[Step] = []

    def solve(
        self,
        box: tuple[tuple[float, float], ...],
        stretches: Sequence[Stretch],
        before: Part | None,
        seconds: float,
        network: nn.Module | None = None,
        residuals: float = RESIDUALS,
    ) -> tuple[NetworkPart, Built]:
        """Train a network on a box, starting from another's parameters if they are given.

        Args:
            residuals: for each parameter of the network.
        """
        problem, end = self.problem, time.process_time() + seconds
        own = copy.deepcopy(self.options.model if network is None else network).double().train()
        built = build_network(problem, own, box, stretches, before)
        part = NetworkPart(built.network, problem.equation.fields, box)
        count = residuals * part.numbers / problem.equation.count
        drawing = _Drawing(
            problem, part, stretches, built.soft, self.options.points, self.seed,
            int(min(max(count, FEWEST), MOST)),
        )  # fmt: skip
        weights = [1.0] + [self.options.weight] * len(built.soft)
        orders = [
            _list_orders(problem.equation.orders),
            *(_list_orders(b.orders) for b in built.soft),
        ]

        def descend(steps: int, damping: float, goal: float) -> GaussNewtonReport:
            report = gauss_newton(
                built.network, [drawing.inside, *drawing.borders()], drawing.draw, orders=orders,
                weights=weights, steps=steps, damping=damping, tolerance=goal,
                seconds=max(end - time.process_time(), 0.0),
            )  # fmt: skip
            reports.append(report)
            if report.interrupted:
                raise KeyboardInterrupt
            return report

        reports = list[GaussNewtonReport]()
        with self.clock.until_interrupted():
            first = descend(FIRST_STEPS, FIRST_DAMPING, 0.0)
            rows = problem.draw(500, self.seed + 77, problem.window(part))
            goal = SMALL * self.tolerance * problem.scale(part, rows)
            descend(MOST_STEPS, first.damping, goal)
        built.network.eval()
        self._note(part, sum(report.steps for report in reports))
        return part, built

    def _note(self, part: NetworkPart, steps: int) -> None:
        window, fresh = self.problem.window(part), math.nan
        rows = self.problem.draw(1000, self.seed + 991, window)
        with self.clock.until_interrupted():
            fresh = self.problem.measure(part, rows)
        self.history.append(Step((part.numbers,), window, steps, fresh, self.clock.spent()))


def _list_orders(orders: Mapping[str, Sequence[Index]]) -> list[Index]:
    """The derivatives of all fields."""
    return [index for own in orders.values() for index in own]


class _Drawing:
    """Draws the points of a training, and evaluates the residuals."""

    def __init__(
        self,
        problem: EquationProblem,
        part: NetworkPart,
        stretches: Sequence[Stretch],
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
        self.tables = {k: s.invert(places) for k, s in enumerate(stretches) if not s.is_line}

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
        plain = self._draw_box(self.count)
        if self.draws == 1:
            return plain
        others = self._draw_box(CANDIDATES * self.count)
        sizes = torch.cat([self._measure(some) for some in others.split(BATCH)])
        chances = sizes / sizes.mean().clamp(min=1e-300) + 1e-3
        generator = torch.Generator().manual_seed(self.seed + self.draws)
        count = min(int(BY_RESIDUAL * self.count), len(others))
        chosen = torch.multinomial(chances, count, False, generator=generator)
        return torch.cat([plain[: len(plain) - count], others[chosen]])

    def _within(self, points: Tensor) -> Tensor:
        low, high = torch.tensor(self.part.box, dtype=torch.float64).unbind(1)
        return ((points >= low) & (points <= high)).all(1)

    def _draw_box(self, count: int) -> Tensor:
        made = list[Tensor]()
        while sum(map(len, made)) < count:
            unit = self.sobol.draw(count, dtype=torch.float64)
            low, high = torch.tensor(self.part.box, dtype=torch.float64).unbind(1)
            points = low + (high - low) * unit
            bent = torch.arange(count) < STRETCHED * count
            for axis, table in self.tables.items():
                x = np.interp(unit[bent, axis] * (TABLE - 1), np.arange(TABLE), table)
                points[bent, axis] = torch.from_numpy(x)
            points = points[torch.randperm(count, generator=self._shuffler())]
            made.append(points[self.problem.contains(points)])
        return torch.cat(made)[:count]

    def _shuffler(self) -> torch.Generator:
        return torch.Generator().manual_seed(self.seed + 7919 * self.draws)

    @torch.no_grad()
    def _measure(self, points: Tensor) -> Tensor:
        """The size of the residuals; (rows,)"""
        orders = _list_orders(self.problem.equation.orders)
        found = self.inside(jets(self.part.network, points, orders), points)
        return found.square().sum(1).sqrt()

    # Residuals.

    def inside(self, u: Jets, points: Tensor) -> Tensor:
        """The residuals of the equation; (rows, equations)"""
        problem = self.problem
        values = problem.equation.evaluate(
            self._read(u, problem.equation.orders), self._name(points), problem.constants
        )
        return torch.stack(values, 1)

    def borders(self) -> list[Callable[[Jets, Tensor], Tensor]]:
        """The residuals of each condition that doesn't hold by construction."""

        def of(border: Border) -> Callable[[Jets, Tensor], Tensor]:
            def residual(u: Jets, points: Tensor) -> Tensor:
                derivatives = self._read(u, border.orders)
                constants = self.problem.constants
                return torch.stack(border.residuals(derivatives, self._name(points), constants), 1)

            return residual

        return [of(border) for border in self.soft]

    def _name(self, points: Tensor) -> dict[str, Tensor]:
        return dict(zip(self.problem.names, points.unbind(1), strict=True))

    def _read(
        self, u: Jets, orders: Mapping[str, Sequence[Index]]
    ) -> dict[str, dict[Index, Tensor]]:
        places = {name: k for k, name in enumerate(self.part.fields)}
        return {
            name: {index: u.derivative(*index)[:, places[name]] for index in indices}
            for name, indices in orders.items()
        }
