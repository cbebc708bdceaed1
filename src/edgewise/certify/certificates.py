"""What is certain of a network on a domain: range, slopes, monotone and convex inputs, differences.

Boxes of inputs are divided where that tightens most. On a box, every edge is enclosed on the cells
of its input's interval; values and derivatives go through the stages in interval arithmetic.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import pairwise
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from edgewise._shown import shown_as_text
from edgewise.certify.ascent import climb, measure_steepness
from edgewise.certify.evaluate import evaluate_torch
from edgewise.certify.layer_polynomials import Curves, divide, standardized, trace_curves
from edgewise.certify.stack import Stack, Stage, read_domain, read_stack

Array = NDArray[np.float64]
Pair = tuple[Array, Array]
UP = 1 + 1e-9
CELLS = 8
"""Of an edge on a box, which is smaller than the domain."""
ENDLESS = 1e290
"""Stands for a bound that there isn't: products of it with sizes of networks are still numbers."""


@shown_as_text
@dataclass(frozen=True, eq=False)
class Certificate:
    """What is proven of a network for every input in a domain, and what a search found there.

    A gap is what remains between a proven bound and the best that was found: 0 where both meet.

    Attributes:
        low, high: of each output, proven, (out,).
        found_low, found_high: the least and greatest values that the search met, (out,).
        slopes: (out, in, 2): between which two numbers each partial derivative is, proven.
        lipschitz: of each output, in the maximum norm of x: |y(a) - y(b)| ≤ L max|a - b|, (out,).
        found_lipschitz: the greatest Σ_i |∂y/∂x_i| that the search met, (out,).
        monotone: (out, in): 1 where the output rises in the input everywhere, -1 where it falls,
            0 where neither is proven.
        convex: (out, in): 1 where it is convex along the input, -1 where concave, 0 where neither
            is proven.
        boxes: into how many the domain was divided.

    Example:
        >>> import edgewise as ew
        >>> model = ew.surgery.from_formula("x0 - 3*x1", basis="bspline")
        >>> proof = ew.certify(model, (-1, 1), boxes=2)
        >>> proof.monotone.tolist(), proof.lipschitz.round(3).tolist(), proof.high.round(3).tolist()
        ([[1, -1]], [4.0], [4.0])
    """

    low: Array
    high: Array
    found_low: Array
    found_high: Array
    slopes: Array
    lipschitz: Array
    found_lipschitz: Array
    monotone: NDArray[np.int64]
    convex: NDArray[np.int64]
    boxes: int

    @property
    def gap(self) -> Array:
        """Of the range: how far low and high are from what was found, together, (out,)."""
        return (self.found_low - self.low) + (self.high - self.found_high)

    @property
    def lipschitz_gap(self) -> Array:
        """Of the Lipschitz constants, (out,)."""
        return self.lipschitz - self.found_lipschitz

    def __str__(self) -> str:
        lines = [
            f"output {o}: in [{self.low[o]:.6g}, {self.high[o]:.6g}] (gap {self.gap[o]:.2g}), "
            f"Lipschitz {self.lipschitz[o]:.6g} (gap {self.lipschitz_gap[o]:.2g}), "
            f"monotone {self.monotone[o].tolist()}, convex {self.convex[o].tolist()}"
            for o in range(len(self.low))
        ]
        return "\n".join(lines)


@shown_as_text
@dataclass(frozen=True, eq=False)
class Difference:
    """How far two networks are apart on a domain.

    Attributes:
        bound: of |first - second| for each output, proven, (out,).
        found: the greatest that the search met, (out,).
        boxes: into how many the domain was divided.

    Example:
        >>> import edgewise as ew
        >>> first, second = (
        ...     ew.surgery.from_formula(f"x0 + {k}*x1", basis="bspline") for k in (2, 3)
        ... )
        >>> apart = ew.certify(first, (-1, 1), other=second, boxes=2)
        >>> apart.bound.round(3).tolist(), apart.found.round(3).tolist()
        ([1.0], [1.0])
    """

    bound: Array
    found: Array
    boxes: int

    @property
    def gap(self) -> Array:
        """What remains between them, (out,)."""
        return self.bound - self.found

    def __str__(self) -> str:
        pairs = zip(self.bound, self.gap, strict=True)
        lines = [
            f"output {o}: at most {bound:.6g} apart (gap {gap:.2g})"
            for o, (bound, gap) in enumerate(pairs)
        ]
        return "\n".join(lines)


@dataclass(frozen=True, eq=False)
class _Enclosure:
    """A network on one box: outputs, and first and second derivatives by the inputs.

    Attributes:
        value: (out,) each.
        slope, bend: (out, in) each; ∂y/∂x_i and ∂²y/∂x_i².
    """

    value: Pair
    slope: Pair
    bend: Pair


def certify(
    model: Any,
    domain: Any,
    *,
    other: Any = None,
    boxes: int = 64,
    starts: int = 32,
) -> Any:
    """Prove what a trained KAN does on a domain; with ``other``, how far two of them are apart.

    Bounds hold for every real x in the domain and the function that the model's numbers mean in
    real arithmetic. They come from interval arithmetic on boxes, the widest bound divided first
    (branch and bound); the search climbs from random starts and from the best of many points.

    Args:
        model, other: KANs; any basis and norm of edgewise but "batch_minmax".
        domain: (low, high) of all features, or such a pair for each.
        boxes: into how many the domain is divided at most; more are tighter and take longer.
        starts: of the search.

    Returns:
        A :class:`Certificate`, or a :class:`Difference` with ``other``.

    Raises:
        TypeError: if a model is no KAN.
        ValueError: if the domain isn't finite, sizes differ, or a model has no bounds.

    Example:
        >>> import torch, edgewise as ew
        >>> model = ew.KAN([2, 3, 1], seed=0).eval()
        >>> proof = ew.certify(model, (-1, 1))
        >>> y = model(2 * torch.rand(100, 2) - 1)
        >>> bool((y >= proof.low[0]).all() and (y <= proof.high[0]).all())
        True

    Source: Moore, *Interval analysis* (1966).
    """
    for field, count in (("boxes", boxes), ("starts", starts)):
        if not isinstance(count, int) or isinstance(count, bool) or count < 1:
            raise ValueError(f"certify expected {field} as a positive integer, got {count!r}")
    stack = read_stack("certify", model, products=True)
    ends = read_domain(domain, stack)
    if other is None:
        return _certify(stack, ends, boxes, starts)
    second = read_stack("certify", other, products=True)
    sizes = [(m.in_features, m.widths[-1]) for m in (model, other)]
    if sizes[0] != sizes[1]:
        raise ValueError(f"certify expected models of the same sizes, got {sizes[0]}, {sizes[1]}")
    return _compare(stack, second, ends, boxes, starts)


def _certify(stack: Stack, ends: Array, boxes: int, starts: int) -> Certificate:
    leaves = _branch(lambda box: enclose(stack, box), ends, boxes)
    low = np.min([leaf.value[0] for leaf in leaves], 0)
    high = np.max([leaf.value[1] for leaf in leaves], 0)
    slopes = np.stack(
        [
            np.min([leaf.slope[0] for leaf in leaves], 0),
            np.max([leaf.slope[1] for leaf in leaves], 0),
        ],
        -1,
    )
    bends = (
        np.min([leaf.bend[0] for leaf in leaves], 0),
        np.max([leaf.bend[1] for leaf in leaves], 0),
    )
    steep = [np.maximum(*(np.abs(end) for end in leaf.slope)).sum(1) for leaf in leaves]

    def answer(x: torch.Tensor) -> torch.Tensor:
        return evaluate_torch(stack, x)

    found = [climb(lambda x: -answer(x), ends, starts), climb(answer, ends, starts)]
    return Certificate(
        low,
        high,
        -found[0],
        found[1],
        slopes,
        np.max(steep, 0) * UP,
        climb(lambda x: measure_steepness(stack, x), ends, starts),
        _signs(slopes[..., 0], slopes[..., 1]),
        _signs(*bends),
        len(leaves),
    )


def _signs(low: Array, high: Array) -> NDArray[np.int64]:
    return np.where(low >= 0, 1, np.where(high <= 0, -1, 0)).astype(np.int64)


def _compare(one: Stack, two: Stack, ends: Array, boxes: int, starts: int) -> Difference:
    def enclose_both(box: Array) -> _Enclosure:
        a, b = enclose(one, box), enclose(two, box)
        slope = a.slope[0] - b.slope[1], a.slope[1] - b.slope[0]
        value = a.value[0] - b.value[1], a.value[1] - b.value[0]
        middle = box.mean(1)
        there = _difference_at(one, two, middle)
        reach = (np.maximum(np.abs(slope[0]), np.abs(slope[1])) @ (np.diff(box)[:, 0] / 2)) * UP
        slack = 1e-10 * (1 + np.maximum(*(np.abs(v) for v in (*a.value,))))
        low = np.maximum(value[0], there - reach - slack)
        return _Enclosure((low, np.minimum(value[1], there + reach + slack)), slope, a.bend)

    leaves = _branch(enclose_both, ends, boxes)
    bound = np.max([np.maximum(-leaf.value[0], leaf.value[1]) for leaf in leaves], 0)

    def apart(x: torch.Tensor) -> torch.Tensor:
        return (evaluate_torch(one, x) - evaluate_torch(two, x)).abs()

    return Difference(bound, climb(apart, ends, starts), len(leaves))


def _difference_at(one: Stack, two: Stack, x: Array) -> Array:
    row = torch.as_tensor(x)[None]
    return np.asarray((evaluate_torch(one, row) - evaluate_torch(two, row)).numpy()[0])


def _branch(
    enclose_box: Callable[[Array], _Enclosure], ends: Array, boxes: int
) -> list[_Enclosure]:
    """Enclosures of boxes that cover the domain, the one with the widest output divided first."""
    first = enclose_box(ends)
    heap: list[tuple[float, int, Array, _Enclosure]] = [(-_width(first), 0, ends, first)]
    number = 1
    while len(heap) < boxes:
        _, _, box, leaf = heapq.heappop(heap)
        steep = np.maximum(*(np.abs(end) for end in leaf.slope)).sum(0)
        gain = np.diff(box)[:, 0] * steep
        k = int(gain.argmax()) if gain.max() > 0 else int(np.diff(box)[:, 0].argmax())
        middle = box[k].mean()
        if not box[k, 0] < middle < box[k, 1]:
            heapq.heappush(heap, (0.0, number, box, leaf))
            break
        for side in (0, 1):
            half = box.copy()
            half[k, 1 - side] = middle
            made = enclose_box(half)
            heapq.heappush(heap, (-_width(made), number, half, made))
            number += 1
    return [leaf for *_, leaf in heap]


def _width(leaf: _Enclosure) -> float:
    return float((leaf.value[1] - leaf.value[0]).max())


def enclose(stack: Stack, box: Array) -> _Enclosure:
    """Outputs and derivatives of a network on a box, (in_features, 2)."""
    count, chosen = stack.in_features, list(stack.inputs)
    low, high = box[chosen].T
    slope: Pair = (np.zeros((len(chosen), count)), np.zeros((len(chosen), count)))
    for end in slope:
        end[np.arange(len(chosen)), chosen] = 1
    bend: Pair = (np.zeros_like(slope[0]), np.zeros_like(slope[0]))
    state = _Enclosure((low, high), slope, bend)
    for stage in stack.stages:
        state = _multiply_nodes(_through(stage, state), stage.products)
    # The mean value theorem around the middle is tighter on small boxes.
    middle, reach = box.mean(1), np.diff(box)[:, 0] / 2 * UP
    there = evaluate_torch(stack, torch.as_tensor(middle)[None]).numpy()[0]
    slack = 1e-10 * (1 + np.maximum(*(np.abs(v) for v in state.value)))
    off = np.maximum(*(np.abs(end) for end in state.slope)) @ reach + slack
    value = np.maximum(state.value[0], there - off), np.minimum(state.value[1], there + off)
    return _Enclosure(value, state.slope, state.bend)


def _through(stage: Stage, x: _Enclosure) -> _Enclosure:
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
    return _Enclosure(value.close(), slope.close(), bend.close())


def _multiply_nodes(x: _Enclosure, arities: Sequence[int]) -> _Enclosure:
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
    return _Enclosure(*sides)  # type: ignore[arg-type]  # of two ends each


def _take(x: _Enclosure, rows: slice) -> _Enclosure:
    """Some of the nodes."""
    return _Enclosure(*((low[rows], high[rows]) for low, high in (x.value, x.slope, x.bend)))


def _multiply(f: _Enclosure, g: _Enclosure) -> _Enclosure:
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
    return _Enclosure(value.close(), slope.close(), bend.close())


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


def _standardize(stage: Stage, x: _Enclosure) -> _Enclosure:
    """Through LayerNorm; slopes by ∂z_i = w_i r (∂_i - mean ∂ - u_i mean(u ∂)), no second ones."""
    low, high, most, steep = standardized(stage, *x.value)
    norm = stage.norm
    size = np.maximum(*(np.abs(end) for end in x.slope))
    weight = np.abs(norm.weight) if norm is not None else most
    mean = size.mean(0)
    reach = steep * (size + mean + most[:, None] * np.sqrt(np.square(size).mean(0)))
    reach = weight[:, None] * reach * UP
    endless = np.full_like(reach, ENDLESS)
    return _Enclosure((low, high), (-reach, reach), (-endless, endless))


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
