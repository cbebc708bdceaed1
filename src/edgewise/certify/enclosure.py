"""A network on one box of inputs: its outputs and their derivatives, enclosed stage by stage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import pairwise

import numpy as np
import torch
from numpy.typing import NDArray

from edgewise.certify.evaluate import evaluate_torch
from edgewise.certify.layer_polynomials import Curves, divide, standardized, trace_curves
from edgewise.certify.stack import Stack, Stage

Array = NDArray[np.float64]
Pair = tuple[Array, Array]
UP = 1 + 1e-9
CELLS = 8
"""Of an edge on a box, which is smaller than the domain."""
ENDLESS = 1e290
"""Stands for a bound that there isn't: products of it with sizes of networks are still numbers."""


@dataclass(frozen=True, eq=False)
class Enclosure:
    """A network on one box: outputs, and first and second derivatives by the inputs.

    Attributes:
        value: (out,) each.
        slope, bend: (out, in) each; ∂y/∂x_i and ∂²y/∂x_i².
    """

    value: Pair
    slope: Pair
    bend: Pair


def enclose(stack: Stack, box: Array) -> Enclosure:
    """Outputs and derivatives of a network on a box, (in_features, 2)."""
    count, chosen = stack.in_features, list(stack.inputs)
    low, high = box[chosen].T
    slope: Pair = (np.zeros((len(chosen), count)), np.zeros((len(chosen), count)))
    for end in slope:
        end[np.arange(len(chosen)), chosen] = 1
    bend: Pair = (np.zeros_like(slope[0]), np.zeros_like(slope[0]))
    state = Enclosure((low, high), slope, bend)
    for stage in stack.stages:
        state = _multiply_nodes(_through(stage, state), stage.products)
    # The mean value theorem around the middle is tighter on small boxes.
    middle, reach = box.mean(1), np.diff(box)[:, 0] / 2 * UP
    there = evaluate_torch(stack, torch.as_tensor(middle)[None]).numpy()[0]
    slack = 1e-10 * (1 + np.maximum(*(np.abs(v) for v in state.value)))
    off = np.maximum(*(np.abs(end) for end in state.slope)) @ reach + slack
    value = np.maximum(state.value[0], there - off), np.minimum(state.value[1], there + off)
    return Enclosure(value, state.slope, state.bend)


def _through(stage: Stage, x: Enclosure) -> Enclosure:
    z = x if stage.norm is None else _standardize(stage, x)
    shape = (stage.out_features, x.slope[0].shape[1])
    value = _Total(stage.bias)
    slope, bend = _Total(np.zeros(shape)), _Total(np.zeros(shape))
    for part in stage.parts:
        seen = z if part.standardized else x
        for i, curves in enumerate(trace_curves(part, divide(*seen.value, CELLS))):
            value.add((curves.low().min(0), curves.high().max(0)))
            first, second = _derivatives(curves, part.is_smooth(i))
            inner, turn = ((ends[0][i], ends[1][i]) for ends in (seen.slope, seen.bend))
            slope.add(_times(first, inner))
            bend.add(_times(second, _square(inner)))
            bend.add(_times(first, turn))
    return Enclosure(value.close(), slope.close(), bend.close())


def _multiply_nodes(x: Enclosure, arities: Sequence[int]) -> Enclosure:
    """The nodes above a layer: its first outputs as they are, then products of the others."""
    if not arities:
        return x
    ends = len(x.value[0]) - sum(arities) + np.cumsum([0, *arities])
    nodes = [_take(x, slice(0, ends[0]))]
    for start, end in pairwise(ends):
        nodes.append(reduce(_multiply, [_take(x, slice(k, k + 1)) for k in range(start, end)]))
    sides = [
        tuple(np.concatenate([getattr(node, name)[end] for node in nodes]) for end in (0, 1))
        for name in ("value", "slope", "bend")
    ]
    return Enclosure(*sides)  # type: ignore[arg-type]  # of two ends each


def _take(x: Enclosure, rows: slice) -> Enclosure:
    """Some of the nodes."""
    return Enclosure(*((low[rows], high[rows]) for low, high in (x.value, x.slope, x.bend)))


def _multiply(f: Enclosure, g: Enclosure) -> Enclosure:
    """f g, (f g)' = f' g + f g' and (f g)'' = f'' g + 2 f' g' + f g''."""
    value, slope, bend = (_Total(np.zeros_like(each[0])) for each in (f.value, f.slope, f.bend))
    left, right = ((low[:, None], high[:, None]) for low, high in (f.value, g.value))
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

    def add(self, ends: Pair) -> None:
        self._ends = self._ends[0] + ends[0], self._ends[1] + ends[1]
        self._sizes = self._sizes[0] + np.abs(ends[0]), self._sizes[1] + np.abs(ends[1])

    def close(self) -> Pair:
        """The ends, outward by more than all roundings together; what is exactly 0 stays."""
        (low, high), (below, above) = self._ends, self._sizes
        return _hold(low - below * 1e-12), _hold(high + above * 1e-12)


def _derivatives(curves: Curves, smooth: bool) -> tuple[Pair, Pair]:
    """Bounds of f' and f'' of the edges of one input on its whole interval, (out, 1) each.

    Where f' may jump, no bound of f'' on pieces says whether f is convex: there is none.
    """
    least, most = curves.slopes()
    slope = least.min(0)[:, None], most.max(0)[:, None]
    below, above = curves.bends()
    if not smooth:
        below, above = np.full_like(below, -ENDLESS), np.full_like(above, ENDLESS)
    return slope, (below.min(0)[:, None], above.max(0)[:, None])


def _standardize(stage: Stage, x: Enclosure) -> Enclosure:
    """Through LayerNorm; slopes by ∂z_i = w_i r (∂_i - mean ∂ - u_i mean(u ∂)), no second ones."""
    low, high, most, steep = standardized(stage, *x.value)
    norm = stage.norm
    size = np.maximum(*(np.abs(end) for end in x.slope))
    weight = np.abs(norm.weight) if norm is not None else most
    mean = size.mean(0)
    reach = steep * (size + mean + most[:, None] * np.sqrt(np.square(size).mean(0)))
    reach = weight[:, None] * reach * UP
    endless = np.full_like(reach, ENDLESS)
    return Enclosure((low, high), (-reach, reach), (-endless, endless))


def _times(a: Pair, b: Pair) -> Pair:
    with np.errstate(over="ignore"):
        ends = np.stack(np.broadcast_arrays(a[0] * b[0], a[0] * b[1], a[1] * b[0], a[1] * b[1]))
    return _hold(ends.min(0)), _hold(ends.max(0))


def _hold(values: Array) -> Array:
    return np.clip(values, -ENDLESS, ENDLESS)


def _square(a: Pair) -> Pair:
    size = np.maximum(np.abs(a[0]), np.abs(a[1]))
    inner = np.where((a[0] <= 0) & (a[1] >= 0), 0.0, np.minimum(np.abs(a[0]), np.abs(a[1])))
    return inner * inner, _hold(size * size)
