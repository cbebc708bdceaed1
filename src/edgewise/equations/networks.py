"""Solve equations with networks (KANs, MLPs, separable ones), trained by Gauss-Newton."""

from __future__ import annotations

import copy
import math
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import torch
from torch import nn

from edgewise.equations.chebyshev_curves import Curves
from edgewise.equations.clock import Clock, Step
from edgewise.equations.construct import build_network
from edgewise.equations.network_training import Bounds, NetworkOptions, NetworkPart, Training
from edgewise.equations.parts import Part
from edgewise.equations.pieces import Piece
from edgewise.equations.problem import EquationProblem
from edgewise.equations.residual_sizes import measure_residuals, measure_terms
from edgewise.equations.stretching import measure_roughness, restretch
from edgewise.nn.stretch import Stretch
from edgewise.training.residuals import gauss_newton

LOOK_STEPS, LOOKS, LATEST_LOOK = 15, 3, 0.6
"""Steps after which a network's fields are searched for fronts, the number of times that they are
in a window, and the fraction of its seconds after which they no longer are."""
PROFILE_SPACE, PROFILE_TIME, RESOLVED = 160, 12, 24
"""Numbers of curves that a network is sampled on, in space and time, and the number that the
stretched coordinate is optimised for."""
FOLLOWED, SMOOTH = 0.8, 1e-3
"""Another coordinate is taken if it reduces the upper coefficients to this fraction. A first one is
looked for if they are more than `SMOOTH` of all."""
MOVE_STEPS, MOVE_POINTS, MOVED = 5, 600, 1e-4
"""Most steps and points of the fit of a network in a new coordinate to the one before, and its
relative error that is small enough."""
SMALL = 0.03
"""Training ends when residuals, relative to the equation's terms, are below this times the
tolerance."""
MOST_STEPS = 100_000


@dataclass(frozen=True, eq=False)
class Trained:
    """The result of the training: one network for each window, and conditions by construction."""

    parts: list[NetworkPart]
    hard: frozenset[int]
    history: list[Step]


def train_networks(
    problem: EquationProblem,
    options: NetworkOptions,
    tolerance: float,
    clock: Clock,
    seed: int,
) -> Trained:
    """Train a network in each window of time, one after another."""
    run = _Run(problem, options, tolerance, seed, clock)
    boxes = _divide(problem, options.windows)
    parts, hard = list[NetworkPart](), frozenset[int]()
    with clock.until_interrupted():
        while len(parts) < len(boxes) and not clock.interrupt:
            before, share = parts[-1] if parts else None, 1 / (len(boxes) - len(parts))
            found = run.solve(boxes[len(parts)], before, share)
            if before is None:
                hard = found.built.hard
            if before is None or not clock.interrupt:
                parts.append(found.part)
    if not parts:
        clock.raise_interrupt()
    return Trained(parts, hard, run.history)


def _divide(problem: EquationProblem, count: int) -> list[Bounds]:
    """The domain in equal windows of time; the whole one without a time."""
    axis = problem.time
    if axis is None:
        return [problem.bounds]
    low, high = problem.bounds[axis]
    ends = [*(low + k * (high - low) / count for k in range(count)), high]
    return [
        (*problem.bounds[:axis], window, *problem.bounds[axis + 1 :]) for window in pairwise(ends)
    ]


def _begin_coordinates(
    problem: EquationProblem, box: Bounds, before: NetworkPart | None
) -> list[Stretch]:
    """The coordinates of the window before, unstretched ones without it."""
    lines = [Stretch(*ends, dtype=torch.float64) for ends in box]
    if before is None:
        return lines
    every = zip(lines, before.stretches(), strict=True)
    return [line if a == problem.time else known for a, (line, known) in enumerate(every)]


class _Run:
    """The trainings of one solution."""

    def __init__(
        self,
        problem: EquationProblem,
        options: NetworkOptions,
        tolerance: float,
        seed: int,
        clock: Clock,
    ) -> None:
        self.problem, self.options, self.tolerance = problem, options, tolerance
        self.seed, self.clock, self.smooth = seed, clock, SMOOTH
        self.history: list[Step] = []

    def solve(self, box: Bounds, before: NetworkPart | None, share: float) -> Training:
        """Train a network on a box, from the parameters of the window before if there is one.

        At the beginning its fields are searched for fronts, and coordinates are stretched there.
        So a front is followed from window to window, from where the initial values have it. Then
        the network is trained for a share of the time that is left.
        """
        end, network = self._end(share), before.network.network if before else None
        latest = self._end(LATEST_LOOK * share)
        stretches = _begin_coordinates(self.problem, box, before)
        training = self._begin(network or self.options.model, stretches, before)
        with self.clock.until_interrupted():
            for _ in range(LOOKS):
                training.descend(LOOK_STEPS, 0.0, end)
                if time.process_time() >= latest:
                    break
                found = self._follow_fronts(training.part)
                if found == training.part.stretches():
                    break
                training = self._move(training, found, before)
            self._finish(training, self._end(share))
        self._note(training.part, training.steps)
        return training

    def _finish(self, training: Training, end: float) -> None:
        """Train until residuals are small at new points, too, or nothing gets better."""
        rows = self.problem.draw(500, self.seed + 77, self.problem.window(training.part))
        goal = SMALL * self.tolerance * measure_terms(self.problem, training.part, rows)
        before = -1
        while before < training.steps and time.process_time() < end:
            before = training.steps
            training.descend(MOST_STEPS, goal, end)
            if measure_residuals(self.problem, training.part, rows) <= goal:
                break

    def _end(self, share: float) -> float:
        """When a share of the time that is left will be over."""
        return time.process_time() + share * self.clock.left()

    def _begin(
        self, network: nn.Module, stretches: Sequence[Stretch], before: Part | None
    ) -> Training:
        own = copy.deepcopy(network).double().eval()  # rows don't depend on others, nor on chance
        box = tuple((s.low, s.high) for s in stretches)
        built = build_network(self.problem, own, stretches, before)
        return Training(self.problem, self.options, self.seed, built, box)

    def _follow_fronts(self, part: NetworkPart) -> list[Stretch]:
        """The coordinates in which a network's fields are smooth.

        Only a single coordinate beside a time is stretched, and it stays as it is while the fields
        are nearly as smooth in it as when it was found. A periodic coordinate isn't stretched: its
        ends are one place, where the solution would then have two slopes.
        """
        made, onward = part.stretches(), self.problem.time
        if onward is None or len(made) != 2 or self.problem.repeats(1 - onward):
            return made
        axis = 1 - onward
        counts = [PROFILE_TIME if a == onward else PROFILE_SPACE for a in range(2)]
        curves = [Curves(*each) for each in zip(made, counts, strict=True)]
        piece = Piece(tuple(curves), {name: part.resampled(name, curves) for name in part.fields})
        few = curves[axis].resized(RESOLVED)
        if measure_roughness(self.problem, piece, axis, few) <= self.smooth:
            return made
        found = restretch(self.problem, piece, axis, few, worth=FOLLOWED)
        rough = measure_roughness(self.problem, piece, axis, found)
        self.smooth, made[axis] = max(SMOOTH, rough / FOLLOWED), found.stretch
        return made

    def _move(
        self, training: Training, stretches: Sequence[Stretch], before: Part | None
    ) -> Training:
        """Continue in other coordinates, with a network that is fitted to the one so far."""
        moved = self._begin(training.built.network.network, stretches, before)
        moved.steps, moved.damping = training.steps, training.damping
        points = moved.drawing.draw_box(MOVE_POINTS)
        with torch.no_grad():
            values = training.built.network(points)
        report = gauss_newton(
            moved.built.network, lambda u, x: u.value - values, points, orders=0,
            steps=MOVE_STEPS, tolerance=MOVED * float(values.square().mean().sqrt()),
        )  # fmt: skip
        if report.interrupted:
            raise KeyboardInterrupt
        return moved

    def _note(self, part: NetworkPart, steps: int) -> None:
        window, fresh = self.problem.window(part), math.nan
        rows = self.problem.draw(1000, self.seed + 991, window)
        with self.clock.until_interrupted():
            fresh = measure_residuals(self.problem, part, rows)
        self.history.append(Step((part.numbers,), window, steps, fresh, self.clock.spent()))
        self.clock.show(f"{len(self.history)} of {self.options.windows} windows, {steps} steps")
