"""The error of a solution, found by solving the equation that the error obeys.

A network u leaves a residual R(u) ≠ 0. The correction e with R(u + e) = 0, under the conditions
that u + e obeys the given ones, is a smooth problem of its own: it is solved on products of curves,
of which two resolutions are compared. ‖e‖ / ‖u‖ is the error.
"""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

import torch
from torch import Tensor

from edgewise.equations.chebyshev_curves import Curves
from edgewise.equations.least_squares import descend_fit
from edgewise.equations.networks import NetworkPart
from edgewise.equations.parts import Part
from edgewise.equations.problem import Clock, Piece, Problem, relative
from edgewise.equations.space import Functional

FIRST, FIRST_MANY = {1: 40, 2: 16, 3: 8, 4: 5}, 4
"""Curves of each coordinate at the start, by the number of coordinates."""
GROWTH = 1.4
AGREE = 0.2
"""Two resolutions agree when their errors differ by this part."""
MOST_UNKNOWNS = 2500
FRESH = 1000


def estimate_error(
    problem: Problem, parts: Sequence[NetworkPart], seconds: float, seed: int
) -> float:
    """The relative error of the worst field, by corrections of two resolutions.

    Args:
        problem: what holds.
        parts: the answer, window by window.
        seconds: of the processor that it should take at most.
        seed: of the points where corrections are measured.
    """
    size = len(problem.bounds)
    end = Clock(time.process_time() + seconds)
    count, last = float(FIRST.get(size, FIRST_MANY)), math.inf
    while True:
        start = time.process_time()
        found = _correct_all(problem, parts, int(count), seed)
        spent = time.process_time() - start
        if abs(found - last) <= AGREE * max(found, last):
            return found
        growth = GROWTH ** (3 * size)
        unknowns = (count * GROWTH) ** size * len(problem.equation.fields)
        if spent * growth > end.left() or unknowns > MOST_UNKNOWNS:
            return found if last == math.inf else max(found, last)
        count, last = count * GROWTH, found


def _correct_all(problem: Problem, parts: Sequence[NetworkPart], count: int, seed: int) -> float:
    fields = problem.equation.fields
    apart, size = torch.zeros(len(fields)).double(), torch.zeros(len(fields)).double()
    before: tuple[Part, Part] | None = None
    for k, part in enumerate(parts):
        error = _correct(problem, part, count, before)
        window = None if problem.time is None else part.ends[problem.time]
        rows = problem.draw(FRESH, seed + k, window)
        zero, length = (0,) * len(part.ends), 1.0 if window is None else window[1] - window[0]
        apart += length * _squares([error.evaluate(f, rows, zero) for f in fields])
        size += length * _squares([part.evaluate(f, rows, zero) for f in fields])
        before = part, error
    return relative(apart, size)


def _squares(values: Sequence[Tensor]) -> Tensor:
    return torch.stack([v.square().mean() for v in values])


def _correct(
    problem: Problem, part: NetworkPart, count: int, before: tuple[Part, Part] | None
) -> Piece:
    """What a part lacks, on a number of curves of each coordinate."""
    stretches = part.stretches()
    curves = [Curves(stretch, count) for stretch in stretches]
    spaces = {
        name: problem.build_space(curves, [_lacking(problem, part, name, f, before) for f in own])
        for name in problem.equation.fields
        for own in [problem.bare_functionals(name, before[0] if before else None)]
    }
    fit = problem.fit(curves, spaces, part)
    found = descend_fit(
        fit, torch.zeros(len(fit), dtype=torch.float64), goal=1e-2, steps=4,
        out_of_time=lambda: False,
    )  # fmt: skip
    return Piece.of(fit, found.free)


def _lacking(
    problem: Problem,
    part: Part,
    name: str,
    functional: Functional,
    before: tuple[Part, Part] | None,
) -> Functional:
    """A condition of the correction: what is given less what a part has already."""
    value = _Lacking(part, name, functional, None)
    if before is not None and functional.axis == problem.time:
        value = replace(value, more=before[1])
    return replace(functional, value=value)


@dataclass(frozen=True, eq=False)
class _Lacking:
    """Values on the other coordinates; ``more`` is the error of the window before."""

    part: Part
    name: str
    functional: Functional
    more: Part | None

    def __call__(self, points: Sequence[Tensor]) -> Tensor:
        f, made = self.functional, self.functional.value(points)
        for order, factor in f.terms.items():
            if f.side is None:
                ends = [self.part.face(self.name, f.axis, order, side)(points) for side in (0, 1)]
                made = made - factor * (ends[1] - ends[0])
            else:
                made = made - factor * self.part.face(self.name, f.axis, order, f.side)(points)
            if self.more is not None:
                made = made + factor * self.more.face(self.name, f.axis, order)(points)
        return made
