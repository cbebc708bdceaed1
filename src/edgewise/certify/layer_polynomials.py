"""Taylor polynomials of all edges of a part, on pieces of an input's interval, with radii.

On a piece around x₀ of radius r an edge is Σ_k c_k s^k with s = (x - x₀)/r in [-1, 1], give or
take a radius; features are enclosed by intervals and multiplied with the weights as middles and
radii (Rump, *INTLAB*, 1999), rounding included.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from edgewise._arrays import Array
from edgewise.certify.intervals import Interval
from edgewise.certify.stack import EdgeFunctions, Stage
from edgewise.certify.taylor_models import ORDER, Jet

ROUNDING = 2.0**-52
SLACK = 1 + 1e-9
"""By which sums of radii are enlarged, for their own roundings."""
MOST_AT_ONCE = 100_000
"""Values of features that are expanded together, which bounds the memory."""


@dataclass(frozen=True, eq=False)
class Cells:
    """Uniform cells of each input of a part.

    Attributes:
        low, step: where they begin and how wide they are, (in,).
        count: how many there are.
        margin: by which share of a cell the program may take a neighbour's polynomial.
    """

    low: Array
    step: Array
    count: int
    margin: float


@dataclass(frozen=True, eq=False)
class Pieces:
    """Parts of cells in which the functions of an input are smooth.

    Attributes:
        cell: of each piece, (pieces,).
        middle, radius: x₀ and r.
        slack: the error of the steepest function beside a change whose place is rounded.
    """

    cell: NDArray[np.intp]
    middle: Array
    radius: Array
    slack: Array


@dataclass(frozen=True, eq=False)
class EdgePolynomials:
    """Edges of one input on its pieces.

    Attributes:
        value: c_0 … c_m, (m + 1, pieces, out).
        radii: of each, (m + 1, pieces, out).
        natural: middles and radii (3, pieces, out) of f, f' and f''/2 on whole pieces, by
            intervals alone: tighter where a piece is too wide for a Taylor polynomial.
    """

    pieces: Pieces
    value: Array
    radii: Array
    natural: tuple[Array, Array]

    @property
    def radius(self) -> Array:
        """Of the sum, (pieces, out)."""
        return np.asarray(self.radii.sum(0) * SLACK)

    def low(self) -> Array:
        """Below each piece's values, (pieces, out)."""
        return np.maximum(self.value[0] - self._reach(), self.natural[0][0] - self.natural[1][0])

    def high(self) -> Array:
        """Above them."""
        return np.minimum(self.value[0] + self._reach(), self.natural[0][0] + self.natural[1][0])

    def _reach(self) -> Array:
        return (np.abs(self.value[1:]).sum(0) + self.radius) * SLACK + 1e-300

    def slopes(self) -> tuple[Array, Array]:
        """Between which two numbers the slope is, (pieces, out) each."""
        order = np.arange(1, ORDER + 1)[:, None, None]
        terms = self.value[1:] * order
        spread = (self.radii[1:] * order).sum(0)
        reach = (np.abs(terms[1:]).sum(0) + spread) * SLACK + 1e-300
        return self._within(terms[0], reach, 1)

    def bends(self) -> tuple[Array, Array]:
        """Between which two numbers the second derivative is, (pieces, out) each."""
        order = np.arange(2, ORDER + 1)[:, None, None]
        terms = self.value[2:] * (order * (order - 1))
        reach = np.abs(terms[1:]).sum(0) + (self.radii[2:] * order * (order - 1)).sum(0)
        return self._within(terms[0], reach * SLACK, 2)

    def _within(self, middle: Array, reach: Array, order: int) -> tuple[Array, Array]:
        """A derivative by both ways, in units of x."""
        unit = self.pieces.radius[:, None] ** order
        natural, spread = (order * part[order] for part in self.natural)
        low = np.maximum(middle - reach, natural - spread)
        high = np.minimum(middle + reach, natural + spread)
        return low / unit, np.maximum(low, high) / unit


def cut(part: EdgeFunctions, i: int, cells: Cells) -> Pieces:
    """The pieces of an input: its cells with their margins, divided where formulas change.

    What is nearer to an end than roundings is no piece: its values are in the slack, and its slopes
    are those of the next cell.
    """
    ends = cells.low[i] + cells.step[i] * np.arange(cells.count + 1)
    nearby = ROUNDING * 4 * np.abs(ends).max()
    wider = cells.margin * cells.step[i] + nearby
    points, off, slope = part.changes(i)
    order = np.argsort(points)
    points, off = points[order], off[order]
    parts: list[tuple[int, float, float, float]] = []
    for k in range(cells.count):
        a, b = ends[k] - wider, ends[k + 1] + wider
        inner = (points > a + 2 * nearby) & (points < b - 2 * nearby)
        slack = slope * 4 * (float(off[inner].max(initial=0.0)) + 2 * nearby)
        stops = [a, *points[inner].tolist(), b]
        parts += [(k, lo, hi, slack) for lo, hi in pairwise(stops) if hi > lo]
    cell, low, high, slacks = (np.array(column) for column in zip(*parts, strict=True))
    middle = low + (high - low) / 2
    radius = np.maximum(high - middle, middle - low) * (1 + 4 * ROUNDING) + 1e-300
    return Pieces(cell, middle, radius, slacks)


def expand_inputs(part: EdgeFunctions, inputs: NDArray[np.intp], pieces: Pieces) -> list[Array]:
    """Middles and radii (m + 1, pieces, features) of all features, then the natural ones (3, …).

    Points and whole pieces go through the formulas together: numpy takes as long for a few numbers
    as for hundreds.

    Args:
        inputs: which one each piece belongs to, (pieces,).
    """
    middle, radius, n = pieces.middle, pieces.radius, len(inputs)
    wide = radius * (1 + 4 * ROUNDING)
    start = Interval(np.append(middle, middle - wide), np.append(middle, middle + wide))
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        both = part.expand(np.tile(inputs, 2), Jet.begin(start, np.tile(radius, 2)))
    shape = (2 * n, part.weights.shape[1])
    ends = [
        (np.broadcast_to(p.middle, shape), np.broadcast_to(p.radius, shape)) for p in both.parts
    ]
    point, whole = (
        [tuple(end[cut] for end in pair) for pair in ends] for cut in (slice(n), slice(n, None))
    )
    found = [
        np.stack(end)
        for last in ([*point[:ORDER], whole[ORDER]], whole[:3])
        for end in zip(*last, strict=True)
    ]
    if not all(np.isfinite(array).all() for array in found):
        raise ValueError(
            "expected a domain on which functions have bounded derivatives, got one that is too "
            "wide for its polynomials: choose a smaller domain"
        )
    for radii in found[1::2]:
        radii[0] += pieces.slack[:, None]
    return found


def trace_curves(part: EdgeFunctions, cells: Cells) -> Iterator[EdgePolynomials]:
    """The curves of one input after another; as many inputs are expanded together as memory allows.

    Inputs with the same functions on the same interval are expanded once.
    """
    keys = [
        (part.key(i), float(a), float(b))
        for i, (a, b) in enumerate(zip(cells.low, cells.step, strict=True))
    ]
    most = max(1, MOST_AT_ONCE // (cells.count * part.weights.shape[1]))
    place = 0
    while place < len(keys):
        chosen: dict[object, int] = {}
        end = place
        while end < len(keys) and (keys[end] in chosen or len(chosen) < most):
            chosen.setdefault(keys[end], end)
            end += 1
        known = _expand_together(part, cells, chosen)
        for i in range(place, end):
            yield _multiply(*known[keys[i]], part.weights[i])
        place = end


def _expand_together(
    part: EdgeFunctions, cells: Cells, chosen: dict[object, int]
) -> dict[object, tuple[Pieces, list[Array]]]:
    """Pieces of some inputs and their expansions."""
    each = [cut(part, i, cells) for i in chosen.values()]
    joined = Pieces(
        np.concatenate([p.cell for p in each]),
        np.concatenate([p.middle for p in each]),
        np.concatenate([p.radius for p in each]),
        np.concatenate([p.slack for p in each]),
    )
    counts = [len(p.cell) for p in each]
    found = expand_inputs(part, np.repeat(list(chosen.values()), counts), joined)
    stops = np.cumsum([0, *counts])
    return {
        key: (pieces, [array[:, a:b] for array in found])
        for key, pieces, a, b in zip(chosen, each, stops, stops[1:], strict=False)
    }


def _multiply(pieces: Pieces, found: list[Array], weights: Array) -> EdgePolynomials:
    size, made = np.abs(weights), []
    for centres, radii in (found[:2], found[2:]):
        rounding = (len(weights) + 8) * ROUNDING * np.abs(centres)
        some = ((centres != 0) | (radii != 0)).any(-1, keepdims=True)  # else it is exactly 0
        made += [centres @ weights, ((radii + rounding) @ size) * SLACK + 1e-300 * some]
    return EdgePolynomials(pieces, made[0], made[1], (made[2], made[3]))


def divide(low: Array, high: Array, count: int) -> Cells:
    """Cells over intervals; those of a single number become a little wider."""
    middle, width = (low + high) / 2, high - low
    width = np.maximum(width, 1e-6 * (1 + np.abs(middle)))
    return Cells(middle - width / 2, width / count * (1 + 4 * ROUNDING), count, 0.0)


@dataclass(frozen=True, eq=False)
class Reach:
    """What a stage's edges do on the intervals of its inputs.

    Attributes:
        low, high: of the inputs of each part, (parts, in).
        slopes: the greatest slope of each edge, for each part (in, out).
        out: of the outputs.
    """

    low: Array
    high: Array
    slopes: list[Array]
    out: tuple[Array, Array]


def standardized(stage: Stage, low: Array, high: Array) -> tuple[Array, Array, Array, float]:
    """Bounds of z = LayerNorm(x), of |u| before its weight, and of 1/√(variance + eps)."""
    norm = stage.norm
    if norm is None:
        raise TypeError("expected a stage with LayerNorm")
    n = len(low)
    slack = 1e-12 * (1 + np.abs(low).max() + np.abs(high).max())
    away_low = low * (1 - 1 / n) - (high.sum() - high) / n - slack
    away_high = high * (1 - 1 / n) - (low.sum() - low) / n + slack
    least = np.maximum(0.0, np.maximum(away_low, -away_high))
    steep = float((1 + 1e-12) / np.sqrt(np.square(least).mean() * (1 - 1e-9) + norm.eps))
    most = np.sqrt(n - 1) * (1 + 1e-12)
    u_low = np.clip(np.minimum(away_low * steep, 0.0), -most, None)
    u_high = np.clip(np.maximum(away_high * steep, 0.0), None, most)
    ends = norm.weight * u_low, norm.weight * u_high
    extra = 1e-12 * (1 + np.abs(norm.bias) + np.abs(norm.weight) * most)
    lo = np.minimum(*ends) + norm.bias - extra
    hi = np.maximum(*ends) + norm.bias + extra
    return lo, hi, np.maximum(-u_low, u_high), steep


def reach_stage(stage: Stage, low: Array, high: Array, count: int) -> Reach:
    """Bounds of what a stage reads, how steep its edges are, and what it answers."""
    lows, highs = [], []
    slopes: list[Array] = []
    total_low, total_high = stage.bias.copy(), stage.bias.copy()
    size = np.abs(stage.bias)
    z = standardized(stage, low, high)[:2] if stage.norm is not None else (low, high)
    for part in stage.parts:
        ends = z if part.standardized else (low, high)
        lows.append(ends[0])
        highs.append(ends[1])
        steep = np.empty((stage.in_features, stage.out_features))
        for i, curves in enumerate(trace_curves(part, divide(*ends, count))):
            least, most = curves.low().min(0), curves.high().max(0)
            total_low += least
            total_high += most
            size += np.maximum(np.abs(least), np.abs(most))
            steep[i] = np.maximum(*(np.abs(end) for end in curves.slopes())).max(0) * SLACK
        slopes.append(steep)
    slack = size * 1e-12 + 1e-300
    return Reach(np.stack(lows), np.stack(highs), slopes, (total_low - slack, total_high + slack))
