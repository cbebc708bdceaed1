"""Estimate the error of a network's solution by solving the equation for its correction.

A network u has a residual R(u) ≠ 0. Its correction e solves R(u + e) = 0, where u + e satisfies the
conditions. This smooth problem is solved with products of curves in two resolutions, which are
compared. The error is ‖e‖ / ‖u‖.
"""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from dataclasses import replace

import torch
from torch import Tensor

from edgewise.equations.chebyshev_curves import Curves
from edgewise.equations.clock import Clock
from edgewise.equations.descent import descend_fit
from edgewise.equations.least_squares import EquationFit
from edgewise.equations.network_training import NetworkPart
from edgewise.equations.parts import Part
from edgewise.equations.piece_fits import relative
from edgewise.equations.pieces import Piece
from edgewise.equations.problem import EquationProblem
from edgewise.equations.space import FaceValue, Functional, Rows

FIRST, FIRST_MANY = {1: 40, 2: 16, 3: 8, 4: 5}, 4
"""Curves per coordinate at the start, by the number of coordinates."""
GROWTH = 1.4
AGREE = 0.2
"""Two resolutions agree if their errors differ by less than this fraction."""
MOST_UNKNOWNS = 2500
FRESH = 1000


def estimate_error(
    problem: EquationProblem, parts: Sequence[NetworkPart], seconds: float, seed: int
) -> float:
    """The relative error of the worst field, from corrections in two resolutions."""
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


def _correct_all(
    problem: EquationProblem, parts: Sequence[NetworkPart], count: int, seed: int
) -> float:
    fields = problem.equation.fields
    apart, size = torch.zeros(len(fields)).double(), torch.zeros(len(fields)).double()
    before: tuple[Part, Part] | None = None
    for k, part in enumerate(parts):
        error = _correct(problem, part, count, before)
        window = problem.window(part)
        rows = problem.draw(FRESH, seed + k, window)
        length = 1.0 if window is None else window[1] - window[0]
        apart += length * _squares(error, fields, rows)
        size += length * _squares(part, fields, rows)
        before = part, error
    return relative(apart, size)


def _squares(part: Part, fields: Sequence[str], rows: Rows) -> Tensor:
    """The mean squares of fields; (fields,)"""
    zero = (0,) * len(part.ends)
    return torch.stack([part.evaluate(f, rows, zero).square().mean() for f in fields])


def _correct(
    problem: EquationProblem, part: NetworkPart, count: int, before: tuple[Part, Part] | None
) -> Piece:
    """The correction of a part, with a number of curves per coordinate."""
    curves = [Curves(stretch, count) for stretch in part.stretches()]
    last, correction = before or (None, None)
    spaces = {}
    for name in problem.equation.fields:
        lacking = []
        for f in problem.bare_functionals(name, last):
            more = correction if f.axis == problem.time else None
            lacking.append(replace(f, value=_lacking(part, name, f, more)))
        spaces[name] = problem.build_space(curves, lacking)
    fit = EquationFit(problem, curves, spaces, part)
    found = descend_fit(
        fit, torch.zeros(len(fit), dtype=torch.float64), goal=1e-2, steps=4,
        out_of_time=lambda: False,
    )  # fmt: skip
    return Piece.of(fit, found.free)


def _lacking(part: Part, name: str, f: Functional, more: Part | None) -> FaceValue:
    """The value of a condition on the correction: the given one minus the part's own.

    Args:
        more: the correction of the window before, for initial values.
    """
    sides = {0: -1.0, 1: 1.0} if f.side is None else {f.side: 1.0}

    def value(points: Sequence[Tensor]) -> Tensor:
        made = f.value(points)
        for order, factor in f.terms.items():
            for side, sign in sides.items():
                made = made - sign * factor * part.face(name, f.axis, order, side)(points)
            if more is not None:
                made = made + factor * more.face(name, f.axis, order)(points)
        return made

    return value
