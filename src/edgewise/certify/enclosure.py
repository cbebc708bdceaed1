"""A network on one box of inputs: its outputs and their derivatives, enclosed stage by stage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import pairwise

import numpy as np
import torch

from edgewise._arrays import Array
from edgewise.certify.evaluate import evaluate_torch
from edgewise.certify.intervals import Interval
from edgewise.certify.layer_polynomials import EdgePolynomials, divide, standardized, trace_curves
from edgewise.certify.stack import Stack, Stage

UP = 1 + 1e-9
CELLS = 8
"""Of an edge on a box, which is smaller than the domain."""
ENDLESS = 1e290
"""Stands for a bound that there isn't: products of it with sizes of networks are still numbers."""


@dataclass(frozen=True, eq=False)
class Enclosure:
    """A network on one box: outputs, and first and second derivatives by the inputs.

    Attributes:
        value: (out,).
        slope, bend: (out, in); ∂y/∂x_i and ∂²y/∂x_i².
    """

    value: Interval
    slope: Interval
    bend: Interval


def enclose(stack: Stack, box: Array) -> Enclosure:
    """Outputs and derivatives of a network on a box, (in_features, 2)."""
    count, chosen = stack.in_features, list(stack.inputs)
    low, high = box[chosen].T
    unit, nothing = np.eye(count)[chosen], np.zeros((len(chosen), count))
    state = Enclosure(Interval(low, high), Interval.of(unit), Interval.of(nothing))
    for stage in stack.stages:
        state = _multiply_nodes(_through(stage, state), stage.products)
    middle = torch.as_tensor(box.mean(1))[None]
    return tighten(state, box, evaluate_torch(stack, middle).numpy()[0], state.value.size)


def tighten(found: Enclosure, box: Array, there: Array, size: Array) -> Enclosure:
    """The enclosure, its value also by the mean value theorem, which is tighter on small boxes.

    Args:
        there: the value in the middle of the box.
        size: of the numbers whose roundings are in it.
    """
    off = found.slope.size @ (np.diff(box)[:, 0] / 2 * UP) + 1e-10 * (1 + size)
    value = np.maximum(found.value.lo, there - off), np.minimum(found.value.hi, there + off)
    return Enclosure(Interval(*value), found.slope, found.bend)


def _through(stage: Stage, x: Enclosure) -> Enclosure:
    z = x if stage.norm is None else _standardize(stage, x)
    shape = (stage.out_features, x.slope.lo.shape[1])
    value = _Total(stage.bias)
    slope, bend = _Total(np.zeros(shape)), _Total(np.zeros(shape))
    for part in stage.parts:
        seen = z if part.standardized else x
        for i, curves in enumerate(trace_curves(part, divide(seen.value.lo, seen.value.hi, CELLS))):
            value.add(Interval(curves.low().min(0), curves.high().max(0)))
            first, second = _derivatives(curves, part.is_smooth(i))
            inner = seen.slope[i]
            slope.add(_times(first, inner))
            bend.add(_times(second, _square(inner)))
            bend.add(_times(first, seen.bend[i]))
    return Enclosure(value.close(), slope.close(), bend.close())


def _multiply_nodes(x: Enclosure, arities: Sequence[int]) -> Enclosure:
    """The nodes above a layer: its first outputs as they are, then products of the others."""
    if not arities:
        return x
    ends = len(x.value.lo) - sum(arities) + np.cumsum([0, *arities])
    nodes = [_take(x, slice(0, ends[0]))]
    for start, end in pairwise(ends):
        nodes.append(reduce(_multiply, [_take(x, slice(k, k + 1)) for k in range(start, end)]))
    return Enclosure(
        _join([node.value for node in nodes]),
        _join([node.slope for node in nodes]),
        _join([node.bend for node in nodes]),
    )


def _join(parts: Sequence[Interval]) -> Interval:
    return Interval(np.concatenate([p.lo for p in parts]), np.concatenate([p.hi for p in parts]))


def _take(x: Enclosure, rows: slice) -> Enclosure:
    """Some of the nodes."""
    return Enclosure(x.value[rows], x.slope[rows], x.bend[rows])


def _multiply(f: Enclosure, g: Enclosure) -> Enclosure:
    """f g, (f g)' = f' g + f g' and (f g)'' = f'' g + 2 f' g' + f g''."""
    value, slope, bend = (_Total(np.zeros_like(each.lo)) for each in (f.value, f.slope, f.bend))
    left, right = f.value[:, None], g.value[:, None]
    value.add(_times(f.value, g.value))
    slope.add(_times(f.slope, right))
    slope.add(_times(left, g.slope))
    bend.add(_times(f.bend, right))
    for _ in range(2):
        bend.add(_times(f.slope, g.slope))
    bend.add(_times(left, g.bend))
    return Enclosure(value.close(), slope.close(), bend.close())


class _Total:
    """A sum of intervals, with its roundings."""

    def __init__(self, start: Array) -> None:
        self._ends = start.copy(), start.copy()
        self._sizes = np.abs(start), np.abs(start)

    def add(self, ends: Interval) -> None:
        self._ends = self._ends[0] + ends.lo, self._ends[1] + ends.hi
        self._sizes = self._sizes[0] + np.abs(ends.lo), self._sizes[1] + np.abs(ends.hi)

    def close(self) -> Interval:
        """The ends, outward by more than all roundings together; what is exactly 0 stays."""
        (low, high), (below, above) = self._ends, self._sizes
        return _hold(Interval(low - below * 1e-12, high + above * 1e-12))


def _derivatives(curves: EdgePolynomials, smooth: bool) -> tuple[Interval, Interval]:
    """Bounds of f' and f'' of the edges of one input on its whole interval, (out, 1) each.

    Where f' may jump, no bound of f'' on pieces says whether f is convex: there is none.
    """
    least, most = curves.slopes()
    slope = Interval(least.min(0)[:, None], most.max(0)[:, None])
    below, above = curves.bends()
    if not smooth:
        below, above = np.full_like(below, -ENDLESS), np.full_like(above, ENDLESS)
    return slope, Interval(below.min(0)[:, None], above.max(0)[:, None])


def _standardize(stage: Stage, x: Enclosure) -> Enclosure:
    """Through LayerNorm; slopes by ∂z_i = w_i r (∂_i - mean ∂ - u_i mean(u ∂)), no second ones."""
    low, high, most, steep = standardized(stage, x.value.lo, x.value.hi)
    norm, size = stage.norm, x.slope.size
    weight = np.abs(norm.weight) if norm is not None else most
    mean = size.mean(0)
    reach = steep * (size + mean + most[:, None] * np.sqrt(np.square(size).mean(0)))
    reach = weight[:, None] * reach * UP
    endless = np.full_like(reach, ENDLESS)
    return Enclosure(Interval(low, high), Interval(-reach, reach), Interval(-endless, endless))


def _times(a: Interval, b: Interval) -> Interval:
    """Without a rounding, which :class:`_Total` adds: a slope that may be 0 doesn't fall below."""
    with np.errstate(over="ignore"):
        ends = np.stack(np.broadcast_arrays(a.lo * b.lo, a.lo * b.hi, a.hi * b.lo, a.hi * b.hi))
    return _hold(Interval(ends.min(0), ends.max(0)))


def _square(a: Interval) -> Interval:
    least = np.minimum(np.abs(a.lo), np.abs(a.hi))
    inner = np.where((a.lo <= 0) & (a.hi >= 0), 0.0, least)
    return _hold(Interval(inner * inner, np.square(a.size)))


def _hold(ends: Interval) -> Interval:
    return Interval(np.clip(ends.lo, -ENDLESS, ENDLESS), np.clip(ends.hi, -ENDLESS, ENDLESS))
