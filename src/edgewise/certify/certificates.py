"""What is certain of a network on a domain: range, slopes, monotone and convex inputs, differences.

Boxes of inputs are divided where that tightens most. On a box, every edge is enclosed on the cells
of its input's interval; values and derivatives go through the stages in interval arithmetic.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from edgewise._arrays import Array
from edgewise._checks import read_count
from edgewise._derivatives import needs_derivatives
from edgewise._shown import shown_as_text
from edgewise._tensors import tensors_on_cpu
from edgewise.certify.ascent import climb, measure_steepness
from edgewise.certify.enclosure import UP, Enclosure, enclose, tighten
from edgewise.certify.evaluate import evaluate_stack, evaluate_torch
from edgewise.certify.intervals import Interval
from edgewise.certify.stack import Stack, read_domain, read_stack


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


@needs_derivatives
@tensors_on_cpu()
def certify(
    model: Any,
    domain: Any,
    *,
    other: Any = None,
    boxes: int = 64,
    starts: int = 32,
) -> Any:
    """Prove bounds of a trained KAN on a domain, or of its difference from another one.

    Bounds hold for every real x in the domain and the function that the model's numbers mean in
    real arithmetic. They come from interval arithmetic on boxes, the widest bound divided first
    (branch and bound); the search climbs from random starts and from the best of many points.

    Args:
        model, other: KANs; any basis and norm of edgewise but "batch_minmax".
        domain: (low, high) of all features, or such a pair for each.
        boxes: the most boxes that the domain is divided into; more give tighter bounds and take
            longer.
        starts: the number of random starts of the search.

    Returns:
        A :class:`Certificate`, or a :class:`Difference` with ``other``.

    Raises:
        TypeError: if a model is no KAN.
        ValueError: if the domain isn't finite, sizes differ, or a model has no bounds.

    Example:
        >>> import torch, edgewise as ew
        >>> model = ew.KAN([2, 3, 1], seed=0).eval()
        >>> proof = ew.certify(model, (-1, 1), boxes=8, starts=4)
        >>> y = model(2 * torch.rand(100, 2) - 1)
        >>> bool((y >= proof.low[0]).all() and (y <= proof.high[0]).all())
        True

    Source: Moore, *Interval analysis* (1966).
    """
    read_count("certify", "boxes", boxes, 1)
    read_count("certify", "starts", starts, 1)
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
    value = _hull([leaf.value for leaf in leaves])
    slope = _hull([leaf.slope for leaf in leaves])
    bend = _hull([leaf.bend for leaf in leaves])
    steep = [leaf.slope.size.sum(1) for leaf in leaves]

    def answer_both_ways(x: torch.Tensor) -> torch.Tensor:
        y = evaluate_torch(stack, x)
        return torch.cat([-y, y], 1)

    found = np.split(climb(answer_both_ways, ends, starts), 2)
    return Certificate(
        value.lo,
        value.hi,
        -found[0],
        found[1],
        np.stack([slope.lo, slope.hi], -1),
        np.max(steep, 0) * UP,
        climb(lambda x: measure_steepness(stack, x), ends, starts),
        _signs(slope),
        _signs(bend),
        len(leaves),
    )


def _hull(parts: Sequence[Interval]) -> Interval:
    """The least interval that holds all of these."""
    return Interval(np.min([p.lo for p in parts], 0), np.max([p.hi for p in parts], 0))


def _signs(ends: Interval) -> NDArray[np.int64]:
    return np.where(ends.lo >= 0, 1, np.where(ends.hi <= 0, -1, 0)).astype(np.int64)


def _compare(one: Stack, two: Stack, ends: Array, boxes: int, starts: int) -> Difference:
    def enclose_both(box: Array) -> Enclosure:
        a, b = enclose(one, box), enclose(two, box)
        both = Enclosure(a.value - b.value, a.slope - b.slope, a.bend)
        middle = box.mean(1)[None]
        there = (evaluate_stack(one, middle) - evaluate_stack(two, middle))[0]
        return tighten(both, box, there, a.value.size)

    leaves = _branch(enclose_both, ends, boxes)
    bound = np.max([np.maximum(-leaf.value.lo, leaf.value.hi) for leaf in leaves], 0)

    def apart(x: torch.Tensor) -> torch.Tensor:
        return (evaluate_torch(one, x) - evaluate_torch(two, x)).abs()

    return Difference(bound, climb(apart, ends, starts), len(leaves))


def _branch(enclose_box: Callable[[Array], Enclosure], ends: Array, boxes: int) -> list[Enclosure]:
    """Enclosures of boxes that cover the domain, the one with the widest output divided first."""
    first = enclose_box(ends)
    heap: list[tuple[float, int, Array, Enclosure]] = [(-_width(first), 0, ends, first)]
    number = 1
    while len(heap) < boxes:
        _, _, box, leaf = heapq.heappop(heap)
        gain = np.diff(box)[:, 0] * leaf.slope.size.sum(0)
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


def _width(leaf: Enclosure) -> float:
    return float((leaf.value.hi - leaf.value.lo).max())
