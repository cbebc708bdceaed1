"""Coordinates fitted to a first solution, in which its fronts are smooth."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import torch
from torch import Tensor

from edgewise.equations.chebyshev_curves import Curves, chebyshev_nodes
from edgewise.equations.problem import Piece, Problem
from edgewise.equations.space import Rows
from edgewise.nn.stretch import Stretch

FRONTS = 4
"""The most of one coordinate."""
LINES = 7
"""Along each of the other coordinates so many points, on which fronts are looked for."""
STEEP = 6.0
"""A front is at least so many times as steep as the whole interval."""

WORTH = 0.5
"""Another coordinate is taken if it leaves at most this part of the upper coefficients."""

Profile = Callable[[Tensor], Tensor]
"""Points of one coordinate, (rows,) → values on lines along it, (rows, lines)."""


def restretch(problem: Problem, piece: Piece, axis: int, curves: Curves) -> Curves:
    """The same number of curves, in the coordinate in which few do for solution and equation.

    .. math:: \\min_{ε, w} \\sum_{k ≥ n/2} |\\hat u_k|^2, \\qquad u(x(s)) = \\sum_k \\hat u_k T_k(s)

    Beside the solution u stand the sources and coefficients of its equation: what they do at a
    front, a first solution has missed. Centres are where these are steepest; widths and the part of
    the plain coordinate are found by halving and doubling, as long as the upper half of the
    coefficients shrinks.
    """
    profile = _profile(problem, piece, axis)
    first = best = _score(curves.stretch, profile, curves.count)
    found = curves.stretch
    start = _begin(piece, axis, profile)
    if start is None:
        return curves
    for stretch in (_make(curves, *start), curves.stretch):
        if stretch.is_line:
            continue
        stretch, score = _improve(stretch, profile, curves.count)
        if score < best:
            best, found = score, stretch
    if best > WORTH * first:
        return curves
    return Curves(found, curves.count)


def _make(
    curves: Curves, centres: Sequence[float], widths: Sequence[float], plain: float = 0.5
) -> Stretch:
    return Stretch(*curves.ends, centres=centres, widths=widths, plain=plain, dtype=torch.float64)


def _profile(problem: Problem, piece: Piece, axis: int) -> Profile:
    others = [
        c.stretch.invert(torch.linspace(-1, 1, LINES, dtype=torch.float64)).clamp(*c.ends)
        for a, c in enumerate(piece.curves)
        if a != axis
    ]
    zero = (0,) * len(piece.curves)

    def profile(x: Tensor) -> Tensor:
        rows = Rows.product([*others[:axis], x.clamp(*piece.curves[axis].ends), *others[axis:]])
        fields = [piece.evaluate(name, rows, zero) for name in piece.coefs]
        size = max(float(values.abs().max()) for values in fields)
        made = [values.movedim(axis, 0).reshape(len(x), -1) for values in fields]
        for values in problem.forcing(rows):
            told = values.movedim(axis, 0).reshape(len(x), -1)
            height = float((told - told.mean(0)).abs().max())
            if 0 < height < math.inf:
                made.append((told - told.mean(0)) * (size / height))
        return torch.cat(made, 1)

    return profile


def _begin(piece: Piece, axis: int, profile: Profile) -> tuple[list[float], list[float]] | None:
    """Where the solution is steepest, and over what widths it changes there."""
    low, high = piece.curves[axis].ends
    x = piece.curves[axis].nodes(8 * piece.curves[axis].count)
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


def _score(stretch: Stretch, profile: Profile, count: int) -> float:
    """The part of the upper half of the coefficients; that of the worst line."""
    size = 2 * count
    values = profile(stretch.invert(chebyshev_nodes(size)))
    transform = Curves(stretch, size).transform
    coefs = transform @ values
    tail = coefs[count // 2 :].square().sum(0)
    return math.sqrt(float((tail / coefs.square().sum(0).max().clamp(min=1e-300)).max()))


def _improve(stretch: Stretch, profile: Profile, count: int) -> tuple[Stretch, float]:
    score = _score(stretch, profile, count)
    factor = 2.0
    while factor > 1.1:
        changed = False
        for widths, plain in ((factor, 1.0), (1 / factor, 1.0), (1.0, factor), (1.0, 1 / factor)):
            trial = Stretch(
                stretch.low, stretch.high, stretch.centres.tolist(),
                (stretch.widths * widths).tolist(), stretch.weights.tolist(),
                stretch.plain * plain, dtype=torch.float64,
            )  # fmt: skip
            found = _score(trial, profile, count)
            if found < score * 0.98:
                stretch, score, changed = trial, found, True
        if not changed:
            factor = math.sqrt(factor)
    return stretch, score
