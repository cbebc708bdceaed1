"""Find what a fit misses: residuals and given values at points that weren't fitted."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from edgewise.equations.chebyshev_curves import Curves
from edgewise.equations.conditions import call_value
from edgewise.equations.fields import Index
from edgewise.equations.parts import Part
from edgewise.equations.pieces import Piece
from edgewise.equations.problem import EquationProblem
from edgewise.equations.residual_sizes import weigh_residuals
from edgewise.equations.space import Functional, Rows, Sampled, apply

HUNTED = 4000
"""Random points among which the worst places are searched."""
PLACES, PLACES_MANY = {1: 6, 2: 4}, 1
"""The number of worst places to improve, by the number of coordinates."""
LESS, APART = 0.1, 0.03
"""The least size of another place relative to the worst, and the least distance between places
relative to each interval."""
ROUNDS, TRIES, SHRINK = 5, 30, 0.35
"""Rounds of random steps that improve a place, steps per round, and how a round shrinks them."""
RATIO, RATIO_MANY = 1.5, 2.0
"""The ratio of successive distances of added points from a place."""
NEAREST = 1e-6
"""The least such distance, relative to the interval."""
MISSING = 0.1
"""The relative error along a line above which curves miss a function."""

Size = Callable[[Tensor], Tensor]
"""A function from points, (rows, axes), to the size of something there, (rows,)."""


@dataclass(frozen=True, eq=False)
class Missed:
    """Something that the curves don't resolve.

    Attributes:
        amount: its size relative to the field.
        places: where it is largest; (places, axes), NaN along irrelevant coordinates.
        axes: the coordinates that have too few curves there.
    """

    amount: float
    places: Tensor
    axes: tuple[int, ...]

    def along(self, axis: int) -> Tensor:
        """One coordinate of the places."""
        own = self.places[:, axis]
        return own[own.isfinite()]


NOTHING = Missed(0.0, torch.zeros(0, 0), ())


def find_places(size: Size, points: Tensor, box: Sequence[tuple[float, float]]) -> Tensor:
    """Find where something is largest: the worst of many points, improved by random steps.

    Shape:
        points: (rows, axes)
        answer: (places, axes)
    """
    low, high = torch.tensor(box, dtype=torch.float64).unbind(1)
    left, chosen = size(points).nan_to_num(0.0), list[Tensor]()
    worst = float(left.max())
    while len(chosen) < PLACES.get(len(box), PLACES_MANY) and float(left.max()) > LESS * worst:
        chosen.append(points[left.argmax()])
        left[((points - chosen[-1]).abs() < APART * (high - low)).all(1)] = 0.0
    at = torch.stack(chosen) if chosen else points[:1]
    generator = torch.Generator().manual_seed(0)
    step = (high - low) * len(points) ** (-1 / len(box))
    for _ in range(ROUNDS):
        noise = torch.randn(len(at), TRIES, len(box), generator=generator, dtype=torch.float64)
        noise[:, 0] = 0.0
        tried = torch.minimum(torch.maximum(at[:, None] + step * noise, low), high)
        sizes = size(tried.flatten(0, 1)).nan_to_num(0.0).reshape(len(at), TRIES)
        at = tried[torch.arange(len(at)), sizes.argmax(1)]
        at, step = at[sizes.amax(1).argsort(descending=True)], SHRINK * step
    same = ((at[:, None] - at).abs() < APART * (high - low)).all(2)
    return at[~same.tril(-1).any(1)]


def surround(curves: Curves, places: Tensor, ratio: float = RATIO) -> Tensor:
    """The nodes of curves, and points around places at distances from the spacing to tiny ones."""
    low, high = curves.ends
    spacing = math.pi / curves.count
    count = int(math.log(spacing / NEAREST) / math.log(ratio))
    offsets = (high - low) * spacing * ratio ** -torch.arange(count, dtype=torch.float64)
    near = (places[:, None] + torch.cat([offsets, -offsets, offsets[:1] * 0])).reshape(-1)
    inside = near[(near > low) & (near < high)]
    return torch.cat([curves.nodes(), inside]).unique()


def is_missed(function: Callable[[Tensor], Tensor], curves: Curves, places: Tensor) -> bool:
    """Whether curves don't resolve a function around places of a coordinate.

    Args:
        function: maps points of the coordinate, (rows,), to values, (rows, lines).
        places: the places, as values of the coordinate.
    """
    x = surround(curves, places)
    values = function(torch.cat([curves.nodes(), x]))
    coefs = curves.transform @ values[: curves.count]
    apart = curves.table(x, 0)[0] @ coefs - values[curves.count :]
    return float(apart.abs().max()) > MISSING * float(values.abs().max())


# Residuals.


def measure_drift(
    problem: EquationProblem,
    piece: Piece,
    rows: Rows,
    length: float,
    sizes: Mapping[str, float],
    smooth: Callable[[Tensor], Tensor] = lambda values: values,
    weights: Tensor | None = None,
) -> float:
    """A bound on how far residuals can move a field within a time, relative to its size.

    If the residual R contains Σ c ∂ⁿu/∂tⁿ, u moves by at most R/c · timeⁿ/n!, unless the equation
    amplifies errors.

    Args:
        length: the length of the time.
        sizes: the least sizes of fields that errors are relative to.
        smooth: what is done to residuals before, in the shape of the rows.
        weights: the weights of the points in means; equal ones by default.
    """
    derivatives = piece.derivatives(problem.equation.orders, rows)
    plain = problem.evaluate(rows, derivatives)
    residuals = smooth(plain)
    zero, worst = (0,) * len(problem.bounds), 0.0
    for name, own in derivatives.items():
        order = problem.equation.highest(problem.time or 0, name)
        if not order:
            continue
        factor = _factor(problem, rows, derivatives, plain, name, order, length)
        moved = _mean((residuals.abs().amax(0) / factor.clamp(min=1e-300)).square(), weights)
        least = max(sizes.get(name, 0.0), 1e-300)
        size = _mean(own[zero].square(), weights).sqrt().clamp(min=least)
        worst = max(worst, float(moved.sqrt() * length**order / size))
    return worst


def measure_smooth_drift(
    problem: EquationProblem,
    piece: Piece,
    length: float,
    sizes: Mapping[str, float],
    places: Tensor | None = None,
) -> float:
    """The bound of :func:`measure_drift` for residuals projected onto the curves of space.

    Finer components oscillate or decay too quickly to add up; they are as small as the last
    coefficients.

    Args:
        places: where points are added to a grid twice as fine as the curves; (places, axes)
    """
    finer = [c.resized(2 * c.count) for c in piece.curves]
    ratio = RATIO if len(finer) < 3 else RATIO_MANY
    points = [
        c.nodes() if places is None else surround(c, places[:, a], ratio)
        for a, c in enumerate(finer)
    ]
    weights = [c.weigh(x) for c, x in zip(piece.curves, points, strict=True)]

    def smooth(values: Tensor) -> Tensor:
        for axis, (c, x, w) in enumerate(zip(piece.curves, points, weights, strict=True)):
            if axis != problem.time:
                table = c.table(x, 0)[0]
                weighted = table * w[:, None]
                inner = torch.linalg.solve(weighted.t() @ table, weighted.t())
                values = apply(table, apply(inner, values, axis + 1), axis + 1)
        return values

    whole = weights[0]
    for w in weights[1:]:
        whole = whole[..., None] * w
    return measure_drift(problem, piece, Rows.product(points), length, sizes, smooth, whole)


def _factor(
    problem: EquationProblem,
    at: Rows,
    derivatives: Mapping[str, Mapping[Index, Tensor]],
    plain: Tensor,
    name: str,
    order: int,
    length: float,
) -> Tensor:
    """Σ |c| of the highest derivatives of a field by the time; the residuals are ``plain``."""
    own = derivatives[name]
    highest = [index for index in own if index[problem.time or 0] == order]
    natural = float(own[(0,) * len(problem.bounds)].abs().amax()) / length**order
    made = torch.zeros_like(plain)
    for index in highest:
        # A step of 1 next to 1e20, or one of a derivative that is 0 but for rounding, is lost.
        step = max(float(own[index].abs().amax()), natural) or 1.0
        moved = problem.evaluate_moved(at, derivatives, name, index, step)
        made += (moved - plain).abs() / step
    return made.amax(0)


def _mean(values: Tensor, weights: Tensor | None) -> Tensor:
    return values.mean() if weights is None else (values * weights).sum()


def find_missed_residuals(problem: EquationProblem, piece: Piece, rows: Rows) -> Missed:
    """Where residuals are largest, and which coordinates need more curves; the amount is NaN."""

    def size(points: Tensor) -> Tensor:
        return weigh_residuals(problem, piece, Rows.listed(points)).abs().amax(0)

    places = find_places(size, rows.points[0], piece.ends)
    axes = tuple(
        axis
        for axis, curves in enumerate(piece.curves)
        if any(_is_residual_missed(problem, piece, axis, curves, place) for place in places)
    )
    return Missed(math.nan, places, axes)


def _is_residual_missed(
    problem: EquationProblem, piece: Piece, axis: int, curves: Curves, place: Tensor
) -> bool:
    def along(x: Tensor) -> Tensor:
        return problem.residuals(piece, Rows.listed(_draw_line(place, axis, x))).t()

    return is_missed(along, curves.resized(2 * curves.count), place[axis : axis + 1])


def _draw_line(place: Tensor, axis: int, x: Tensor) -> Tensor:
    """Points through a place along one coordinate; (rows, axes)"""
    points = place.expand(len(x), -1).clone()
    points[:, axis] = x
    return points


# Given values.


def find_missed_values(
    problem: EquationProblem,
    piece: Piece,
    before: Part | None,
    finer_by: float,
    seed: int,
    enough: float,
    sizes: Mapping[str, float],
) -> Missed:
    """The error of the conditions' values on a number of curves, relative to the fields.

    Args:
        piece: the solution, whose fields give the scale.
        finer_by: the number of curves, as a multiple of the piece's.
        enough: the error up to which nothing counts as missed.
        sizes: the least sizes of fields that errors are relative to.
    """
    curves = [c.resized(int(finer_by * c.count) + 2) for c in piece.curves]
    worst, zero = NOTHING, (0,) * len(curves)
    for name in problem.equation.fields:
        if name in problem.curves:  # a known curve, which isn't solved for
            continue
        drawn = piece.evaluate(name, problem.draw(1000, seed, problem.window(piece)), zero)
        size = max(float(drawn.square().mean().sqrt()), sizes.get(name, 0.0))
        for f in problem.bare_functionals(name, before):
            told = callable(f.condition.value) and f.condition.kind != "periodic"
            inherited = f.axis == problem.time and before is not None
            if told and not inherited and len(curves) > 1:
                found = _find_missed(problem, f, curves, piece, name, size, seed, enough)
                worst = max(worst, found, key=lambda each: each.amount)
    return worst


def _find_missed(
    problem: EquationProblem,
    f: Functional,
    curves: Sequence[Curves],
    piece: Piece,
    name: str,
    size: float,
    seed: int,
    enough: float,
) -> Missed:
    others = [a for a in range(len(curves)) if a != f.axis]
    names, own = [problem.names[a] for a in others], [curves[a] for a in others]
    represented = _represent(problem, f, curves, piece, name)

    def value(points: Tensor) -> Tensor:
        return call_value(f.condition.value, dict(zip(names, points.unbind(1), strict=True)))

    def apart(points: Tensor) -> Tensor:
        full = torch.full((len(points), len(curves)), 0.0, dtype=torch.float64)
        full[:, others], full[:, f.axis] = points, problem.bounds[f.axis][f.side or 0]
        made = represented(full) - value(points)
        return torch.where(problem.contains(full, 1e-9), made, 0.0).abs()

    box = [c.ends for c in own]
    low, high = torch.tensor(box, dtype=torch.float64).unbind(1)
    generator = torch.Generator().manual_seed(seed)
    unit = torch.rand(HUNTED, len(box), generator=generator, dtype=torch.float64)
    points = low + unit * (high - low)
    order = max(f.terms)
    scale = (curves[f.axis].ends[1] - curves[f.axis].ends[0]) ** order / abs(f.terms[order])
    amount = float(apart(points).square().mean().sqrt()) * scale / max(size, 1e-300)
    if not amount > enough:
        return NOTHING
    found = find_places(apart, points, box)
    places = torch.full((len(found), len(curves)), torch.nan, dtype=torch.float64)
    places[:, others] = found

    def missed(k: int, place: Tensor) -> bool:
        def along(x: Tensor) -> Tensor:
            return value(_draw_line(place, k, x))[:, None]

        return is_missed(along, own[k], place[k : k + 1])

    axes = [a for k, a in enumerate(others) if any(missed(k, place) for place in found)]
    return Missed(amount, places, tuple(axes or others))


def _represent(
    problem: EquationProblem, f: Functional, curves: Sequence[Curves], piece: Piece, name: str
) -> Callable[[Tensor], Tensor]:
    """A condition's values as curves represent them, a function of points of its face.

    On a shape the values are those of the piece.

    Shape:
        (rows, axes) → (rows,)
    """
    others = [a for a in range(len(curves)) if a != f.axis]
    own, zero = [curves[a] for a in others], (0,) * len(others)
    coefs = None if problem.cut_axes else f.coefficients(curves)

    def represented(points: Tensor) -> Tensor:
        if coefs is not None:
            sampled = Sampled.make(own, Rows.listed(points[:, others]), zero)
            return sampled.evaluate(coefs, zero)
        total = torch.zeros(len(points), dtype=torch.float64)
        for order, factor in f.terms.items():
            index = tuple(order * (a == f.axis) for a in range(len(curves)))
            total += factor * piece.evaluate(name, Rows.listed(points), index)
        return total

    return represented
