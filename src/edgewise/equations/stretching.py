"""Choose curves for a solution: waves if it is periodic, and coordinates stretched at fronts."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import partial

import torch
from torch import Tensor

from edgewise.equations.chebyshev_curves import Curves
from edgewise.equations.pieces import Piece
from edgewise.equations.problem import EquationProblem
from edgewise.equations.space import Rows
from edgewise.equations.unresolved import surround
from edgewise.nn.stretch import Stretch

FRONTS = 4
"""Most fronts of one coordinate."""
LINES = 7
"""Fronts are searched on lines through this many points of each other coordinate."""
STEEP = 6.0
"""A front is at least this many times steeper than the average slope over the interval."""

WORTH, WORTH_OF_WAVES = 0.5, 0.01
"""A stretched coordinate is taken if it reduces the upper coefficients to this fraction. For waves
the fraction is smaller, because they need no conditions and fewer points."""
TRIED, SMOOTH = 256, 1e-8
"""Number of waves with which given functions are tested, and the fraction of the upper coefficients
that is negligible."""

Profile = Callable[[Tensor], Tensor]
"""Points of one coordinate, (rows,) → values on lines along it, (rows, lines)."""


def begin_curves(problem: EquationProblem, axis: int, count: int) -> Curves:
    """The initial curves: waves if the solution and the given functions are smoothly periodic.

    Otherwise they are polynomials, for example if a periodic initial value has a kink at the ends.
    """
    low, high = problem.bounds[axis]
    waves, plain = (Curves.over(low, high, TRIED, repeats) for repeats in (True, False))
    if problem.repeats(axis):
        given = partial(_sample_given, problem, axis)
        if _score(waves, given) <= max(SMOOTH, _score(plain, given)):
            return waves.resized(count)
    return plain.resized(count)


def restretch(
    problem: EquationProblem,
    piece: Piece,
    axis: int,
    curves: Curves,
    places: Tensor | None = None,
    *,
    worth: float | None = None,
) -> Curves:
    """The same number of curves in the coordinate in which solution and equation are smoothest.

    .. math:: \\min_{ε, w} \\sum_{k ≥ n/2} |\\hat u_k|^2, \\qquad u(x(s)) = \\sum_k \\hat u_k T_k(s)

    u stands for the solution and for the sources and coefficients of its equation, because a first
    solution may have missed a front of these. Centres are where they are steepest. Widths, and the
    fraction of the unstretched coordinate, are halved or doubled as long as the upper half of the
    coefficients decreases.

    Args:
        places: places where solutions have missed something: fronts are searched around them, too,
            and errors there count like upper coefficients.
        worth: another coordinate is taken if it reduces the upper coefficients to this fraction; by
            default one half, and a hundredth for waves.
    """
    near = torch.zeros(0, dtype=torch.float64) if places is None else places
    profile = _profile(problem, piece, axis)
    first = best = _score(curves, profile, near)
    found = curves.stretch
    start = _begin(piece, axis, profile, near)
    if start is None:
        return curves
    for stretch in (_make(curves, *start), curves.stretch):
        if stretch.is_line:
            continue
        stretch, score = _improve(stretch, profile, curves.count, near)
        if score < best:
            best, found = score, stretch
    worth = worth or (WORTH_OF_WAVES if curves.repeats else WORTH)
    if best > worth * first:
        return curves
    return Curves(found, curves.count)


def measure_roughness(problem: EquationProblem, piece: Piece, axis: int, curves: Curves) -> float:
    """The upper half of the coefficients of a solution and its equation, relative to all."""
    return _score(curves, _profile(problem, piece, axis))


def _make(
    curves: Curves, centres: Sequence[float], widths: Sequence[float], plain: float = 0.5
) -> Stretch:
    return Stretch(*curves.ends, centres=centres, widths=widths, plain=plain, dtype=torch.float64)


def _profile(problem: EquationProblem, piece: Piece, axis: int) -> Profile:
    """The solution, and scaled to its height the given functions of equation and conditions."""
    zero = (0,) * len(piece.curves)
    others = [_lines(c.stretch) for a, c in enumerate(piece.curves) if a != axis]
    time = problem.time
    goes_on = time is not None and piece.ends[time][0] > problem.bounds[time][0]

    def profile(x: Tensor) -> Tensor:
        points = [*others[:axis], x.clamp(*piece.curves[axis].ends), *others[axis:]]
        rows = Rows.product(points)
        fields = [_along(axis, piece.evaluate(name, rows, zero)) for name in piece.coefs]
        size = max(float(values.abs().max()) for values in fields)
        given = _forcing(problem, rows, axis)
        if problem.shape is None:
            given += _sample_conditions(problem, points, axis, goes_on)
        return torch.cat([*fields, *(size * each for each in given)], 1)

    return profile


def _sample_given(problem: EquationProblem, axis: int, x: Tensor) -> Tensor:
    """The given functions of the equation and of conditions on other coordinates, along one."""
    lines = [_lines(Stretch(*ends, dtype=torch.float64)) for ends in problem.bounds]
    points = [*lines[:axis], x, *lines[axis + 1 :]]
    made = _forcing(problem, Rows.product(points), axis)
    made += _sample_conditions(problem, points, axis, False)
    return torch.cat([x.new_zeros(len(x), 1), *made], 1)


def _sample_conditions(
    problem: EquationProblem, points: Sequence[Tensor], axis: int, goes_on: bool
) -> list[Tensor]:
    """The values of conditions on other coordinates, as lines along one of them.

    Initial values are left out if a window continues another one.
    """
    made = list[Tensor]()
    for name in problem.equation.fields:
        for f in problem.functionals(name, None):
            if f.axis != axis and not (goes_on and f.axis == problem.time):
                told = f.value([p for a, p in enumerate(points) if a != f.axis])
                made += _scaled(_along(axis - (f.axis < axis), told))
    return made


def _lines(stretch: Stretch) -> Tensor:
    """The points of a coordinate through which lines along others are drawn; (LINES,)"""
    even = torch.linspace(-1, 1, LINES, dtype=torch.float64)
    return stretch.invert(even).clamp(stretch.low, stretch.high)


def _along(axis: int, values: Tensor) -> Tensor:
    """Values on a product of points as lines along one coordinate; (…) → (rows, lines)"""
    return values.movedim(axis, 0).reshape(values.shape[axis], -1)


def _forcing(problem: EquationProblem, rows: Rows, axis: int) -> list[Tensor]:
    """The sources and coefficients of the equation that vary along a coordinate.

    They show in residuals with all fields and derivatives set to 0, then to 1.
    """
    told, orders = list[Tensor](), problem.equation.orders
    for value in (0.0, 1.0):
        constant = torch.full(rows.shape, value, dtype=torch.float64)
        fields = {name: dict.fromkeys(indices, constant) for name, indices in orders.items()}
        told += [_along(axis, values) for values in problem.evaluate(rows, fields)]
    return [each for values in told for each in _scaled(values - values.mean(0))]


def _scaled(lines: Tensor) -> list[Tensor]:
    """Lines scaled to height 1; none if they are 0 or aren't finite."""
    height = float(lines.abs().max())
    return [lines / height] if 0 < height < math.inf else []


def _begin(
    piece: Piece, axis: int, profile: Profile, near: Tensor
) -> tuple[list[float], list[float]] | None:
    """Initial fronts: the steepest places, and the widths of the changes there."""
    low, high = piece.curves[axis].ends
    x = surround(piece.curves[axis].resized(8 * piece.curves[axis].count), near)
    values = profile(x)
    swing = (values.amax(0) - values.amin(0)).max().clamp(min=1e-300)
    slope = (values.diff(dim=0).abs() / x.diff()[:, None]).amax(1) / swing
    middle = (x[1:] + x[:-1]) / 2
    centres, widths = list[float](), list[float]()
    left = slope.clone()
    while len(centres) < FRONTS and float(left.max()) > max(
        STEEP / (high - low), 0.2 * float(slope.max())
    ):
        at = int(left.argmax())
        width = 0.5 / float(slope[at])
        centres.append(float(middle[at]))
        widths.append(width)
        left[(middle - middle[at]).abs() < 6 * width] = 0.0
    return (centres, widths) if centres else None


def _score(curves: Curves, profile: Profile, near: Tensor | None = None) -> float:
    """The fraction of the upper coefficients, plus errors near places; for the worst line."""
    twice = curves.resized(2 * curves.count)
    nodes = twice.nodes()
    x = nodes[:0] if near is None or not len(near) else surround(twice, near)
    values = profile(torch.cat([nodes, x]))
    coefs = twice.transform @ values[: len(nodes)]
    lost = coefs[curves.count // 2 :].square().sum(0)
    if len(x):
        missed = twice.table(x, 0)[0] @ coefs - values[len(nodes) :]
        lost = lost + twice.weigh(x) @ missed.square()
    return math.sqrt(float((lost / coefs.square().sum(0).max().clamp(min=1e-300)).max()))


def _improve(stretch: Stretch, profile: Profile, count: int, near: Tensor) -> tuple[Stretch, float]:
    score = _score(Curves(stretch, count), profile, near)
    factor = 2.0
    while factor > 1.1:
        changed = False
        for widths, plain in ((factor, 1.0), (1 / factor, 1.0), (1.0, factor), (1.0, 1 / factor)):
            trial = Stretch(
                stretch.low, stretch.high, stretch.centres.tolist(),
                (stretch.widths * widths).tolist(), stretch.weights.tolist(),
                stretch.plain * plain, dtype=torch.float64,
            )  # fmt: skip
            found = _score(Curves(trial, count), profile, near)
            if found < score * 0.98:
                stretch, score, changed = trial, found, True
        if not changed:
            factor = math.sqrt(factor)
    return stretch, score
