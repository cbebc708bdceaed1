"""How a function combines its inputs: which matter only through a sum, a product or another number.

A set A of inputs is *separable* if f depends on them through one number g(x_A): then the direction
of the gradient by x_A doesn't change when the other inputs do. If two separable sets overlap, their
union, intersection and differences are separable as well, and f is a function of a sum over these
parts (Gorman 1968). So the separable sets that overlap no other form a tree. At each of its nodes
tests find how the parts are combined.
"""

from __future__ import annotations

import copy
import math
from collections.abc import Callable, Sequence
from itertools import combinations
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from edgewise._arrays import Array
from edgewise._checks import check_numbers, read_count
from edgewise._derivatives import needs_derivatives
from edgewise.explain.names import distinct_names
from edgewise.explain.structure_tree import Node, Structure
from edgewise.explain.symmetry import find_proportion, keep_most, measure_interaction
from edgewise.nn.reading import read_rows

ROWS = 256
MOST_INPUTS = 10
"""Influential inputs: every subset of them is tested."""
STRICTEST = 1e-7
"""Violations below this are rounding."""

Set = frozenset[int]


@needs_derivatives
def structure(
    model: nn.Module | Callable[[Tensor], Tensor],
    x: Any,
    *,
    output: int = 0,
    tolerance: float | None = None,
    input_names: Sequence[str] | None = None,
    seed: int = 0,
) -> Structure:
    """Test how a function combines its inputs, and return the tree of what was found.

    It compares gradients and values at the rows with those at rows some of whose inputs come from
    other rows. It finds sums and products of functions of separate inputs, and inputs that matter
    only through a weighted sum (translation), a product of powers (scale), a sum of functions
    (separable) or one number of another kind (general).

    Args:
        model: a network, or a function of float64 tensors (rows, in) to (rows,) or (rows, out),
            which torch can differentiate.
        x: rows; 256 of them are used. Inputs of different rows are combined, which should make
            sense.
        output: the index of the output, if there are several.
        tolerance: the greatest violation at which a relation is taken to hold; less where
            relations would contradict each other. None is 0.001 for a function and 0.03 for a
            network, whose gradients are never exact: take 0.1 for a rough one.
        input_names: names for printing; by default those of the model, if it has some.
        seed: the seed of the choice of rows.

    Shape:
        x: (rows, in)

    Raises:
        TypeError: if the model can't be called, or gives no tensor.
        ValueError: if x isn't finite, no input has influence, or more than 10 have.

    Example:
        >>> import torch, edgewise as ew
        >>> x = torch.rand(300, 4, generator=torch.Generator().manual_seed(0)) + 0.5
        >>> print(ew.structure(lambda x: torch.sin(x[:, 0] - 2 * x[:, 1]) + x[:, 2] * x[:, 3], x))
        sum
        ├─ translation: x0 - 2 x1
        └─ scale: x2 · x3

    References: Gorman, *The structure of utility functions* (1968); pykan's ``tree``,
    ``test_symmetry`` and ``test_separability``.
    """
    output = read_count("structure", "output", output, 0)
    seed = read_count("structure", "seed", seed, 0)
    if tolerance is None:
        tolerance = 0.03 if isinstance(model, nn.Module) else 0.001
    check_numbers("structure", least=1e-12, greatest=0.5, tolerance=tolerance)
    rows = read_rows("structure x", x, None, least=8).cpu().double()
    names = _names(model, input_names, rows.shape[1])
    generator = torch.Generator().manual_seed(seed)
    order = torch.randperm(len(rows), generator=generator, device="cpu")[:ROWS]
    probe = _Probe(_as_function(model, output), rows[order])
    kept = probe.influential(tolerance**2)
    if not 0 < len(kept) <= MOST_INPUTS:
        raise ValueError(
            f"structure expected 1 to {MOST_INPUTS} inputs with influence, got {len(kept)}: prune "
            "the model, or hold some inputs constant"
        )
    sets, bound = _choose_sets(_measure_sets(probe, kept), frozenset(kept), tolerance)
    root = _Builder(probe, sets, bound).build(frozenset(kept), top=True)
    idle = tuple(sorted(set(range(rows.shape[1])) - set(kept)))
    return Structure(root, idle, names)


def _names(model: Any, given: Sequence[str] | None, width: int) -> tuple[str, ...]:
    known = getattr(model, "input_names", None) if given is None else given
    if known is None:
        return tuple(f"x{i}" for i in range(width))
    return tuple(distinct_names("structure", known, width))


def _as_function(model: Any, output: int) -> Callable[[Tensor], Tensor]:
    """The output that was asked for, (rows, in) → (rows,), in float64 and evaluation mode."""
    if not callable(model):
        raise TypeError(f"structure expected a model or a function, got {type(model).__name__}")
    if isinstance(model, nn.Module):
        model = copy.deepcopy(model).to("cpu", torch.float64).eval().requires_grad_(False)

    def call(x: Tensor) -> Tensor:
        y = model(x)
        if not isinstance(y, Tensor) or len(y) != len(x) or y.dim() not in (1, 2):
            raise TypeError(
                "structure expected a function that gives a tensor (rows,) or (rows, out), got "
                f"{tuple(y.shape) if isinstance(y, Tensor) else type(y).__name__}"
            )
        if y.dim() == 2 and not output < y.shape[1]:
            raise ValueError(f"structure expected output from 0 to {y.shape[1] - 1}, got {output}")
        return y if y.dim() == 1 else y[:, output]

    return call


class _Probe:
    """Values and gradients of a function at rows, and where inputs are exchanged between rows.

    Gradients are by inputs over their standard deviations, so that they compare.
    """

    def __init__(self, function: Callable[[Tensor], Tensor], rows: Tensor) -> None:
        self.function = function
        self.rows = rows.numpy()
        self.others = np.roll(self.rows, 1, axis=0)
        self.scale = self.rows.std(0, ddof=1)
        self.y, self.slopes = self.evaluate(self.rows)

    def evaluate(self, rows: Array) -> tuple[Array, Array]:
        """(rows, in) → (rows,) and (rows, in); what isn't finite counts for nothing."""
        with torch.enable_grad():
            x = torch.from_numpy(rows.copy()).requires_grad_()
            y = self.function(x)
            if not y.requires_grad:
                return y.detach().numpy(), np.zeros_like(rows)
            (slopes,) = torch.autograd.grad(y.sum(), x)
        return y.detach().numpy(), np.nan_to_num(slopes.numpy() * self.scale, posinf=0, neginf=0)

    def exchange(self, inputs: Set) -> Array:
        """The rows, these inputs taken from others."""
        rows, columns = self.rows.copy(), sorted(inputs)
        rows[:, columns] = self.others[:, columns]
        return rows

    def influential(self, least: float) -> list[int]:
        """The inputs with more than this share of the greatest influence."""
        size = np.sqrt(np.square(self.slopes).mean(0))
        return [int(i) for i in np.flatnonzero(size > least * size.max())] if size.any() else []


def _mean(violation: Array, weight: Array) -> float:
    """The weighted mean without the worst rows; 1 where nothing has weight."""
    usable = np.isfinite(violation) & np.isfinite(weight) & (weight > 0)
    violation, weight = violation[usable], weight[usable]
    if not len(violation):
        return 1.0
    keep = keep_most(violation)
    return float((violation[keep] * weight[keep]).sum() / weight[keep].sum())


def _measure_sets(probe: _Probe, kept: Sequence[int]) -> dict[Set, float]:
    """How far each set, of two inputs to all but one, is from being separable."""
    everything = frozenset(kept)
    return {
        chosen: _turn(probe, chosen, everything - chosen)
        for size in range(2, len(kept))
        for chosen in map(frozenset, combinations(kept, size))
    }


def _choose_sets(
    violations: dict[Set, float], everything: Set, tolerance: float
) -> tuple[set[Set], float]:
    """The separable sets, and the violation that was allowed for them: the greatest one, up to
    `tolerance`, at which no two sets contradict each other."""
    bound = tolerance
    while True:
        sets = {a for a, violation in violations.items() if violation <= bound}
        if _is_closed(sets, everything) or bound < STRICTEST:
            return sets, bound
        bound /= 2


def _is_closed(sets: set[Set], everything: Set) -> bool:
    """Whether with two sets that overlap all are there that follow from them."""
    known = sets | {everything}
    for a, b in combinations(sets, 2):
        if _overlap(a, b):
            follow = (a | b, a & b, a - b, b - a, a ^ b)
            if not all(len(c) == 1 or c in known for c in follow):
                return False
    return True


def _turn(probe: _Probe, chosen: Set, rest: Set) -> float:
    """How far the gradient by some inputs turns when the rest is exchanged: the mean sine."""
    columns = sorted(chosen)
    a = probe.slopes[:, columns]
    b = probe.evaluate(probe.exchange(rest))[1][:, columns]
    size = np.linalg.norm(a, axis=1) * np.linalg.norm(b, axis=1)
    with np.errstate(all="ignore"):
        cosine = np.clip((a * b).sum(1) / size, -1, 1)
    return _mean(np.sqrt(1 - np.square(cosine)), np.sqrt(size))


class _Builder:
    """The tree of the separable sets that overlap no other."""

    def __init__(self, probe: _Probe, sets: set[Set], tolerance: float) -> None:
        self.probe, self.sets, self.tolerance = probe, sets, tolerance
        self.strong = [a for a in sets if not any(_overlap(a, b) for b in sets)]

    def build(self, inputs: Set, *, top: bool = False) -> Node:
        named = tuple(sorted(inputs))
        if len(named) == 1:
            return Node(named, "input")
        inside = [a for a in self.strong if a < inputs]
        parts = [a for a in inside if not any(a < b for b in inside)]
        parts += [frozenset([i]) for i in named if not any(i in a for a in parts)]
        parts.sort(key=min)
        if top:
            for relation in ("sum", "product"):
                violation = self._additive(parts, relation)
                if violation <= self.tolerance:
                    children = tuple(self.build(p) for p in parts)
                    return Node(named, relation, children, (), violation)
        violation = self._general(parts)
        if violation > self.tolerance:
            return Node(named, "general", tuple(self.build(p) for p in parts), (), 0.0)
        return self._separable(named, parts, violation)

    def _separable(self, named: tuple[int, ...], parts: list[Set], violation: float) -> Node:
        """g(Σ u(part)), with the parts that are inputs put together where they are alike."""
        single = [min(p) for p in parts if len(p) == 1]
        whole = [self.build(p) for p in parts if len(p) > 1]
        for relation in ("translation", "scale"):
            group, weights, worst = self._alike(single, relation)
            if len(group) < 2:
                continue
            children = tuple(Node((i,), "input") for i in group)
            made = Node(tuple(group), relation, children, weights, worst)
            if len(group) == len(parts):
                return made
            whole.append(made)
            single = [i for i in single if i not in group]
        whole += [Node((i,), "input") for i in single]
        whole.sort(key=lambda node: node.inputs)
        return Node(named, "separable", tuple(whole), (), violation)

    def _alike(
        self, single: Sequence[int], relation: str
    ) -> tuple[list[int], tuple[float, ...], float]:
        """The most inputs with slopes in constant ratios, their weights, and the violation."""
        best: tuple[list[int], tuple[float, ...], float] = ([], (), 0.0)
        slopes = self.probe.slopes / self.probe.scale
        if relation == "scale":
            slopes = slopes * self.probe.rows
        for first in single:
            group, weights, worst = [first], [1.0], 0.0
            for i in single:
                if i <= first:
                    continue
                if not (slopes[:, i].any() and slopes[:, first].any()):
                    continue
                ratio, violation = find_proportion(slopes[:, i], slopes[:, first])
                if violation <= self.tolerance and ratio != 0:
                    group.append(i)
                    weights.append(_round(ratio, self.tolerance))
                    worst = max(worst, violation)
            if len(group) > len(best[0]):
                best = (group, tuple(weights), worst)
        return best

    def _additive(self, parts: Sequence[Set], relation: str) -> float:
        """The greatest interaction of two parts in y, or in log \\|y\\|, over their effects."""
        if relation == "product" and not (self.probe.y != 0).all():
            return 1.0

        def values(exchanged: Set) -> Array:
            y = self.probe.evaluate(self.probe.exchange(exchanged))[0]
            return y if relation == "sum" else np.log(np.abs(y))

        with np.errstate(all="ignore"):
            base, alone = values(frozenset()), {p: values(p) for p in parts}
            worst = max(
                measure_interaction(base, alone[p], alone[q], values(p | q))
                for p, q in combinations(parts, 2)
            )
        return worst if math.isfinite(worst) else 1.0

    def _general(self, parts: Sequence[Set]) -> float:
        """How far f is from a function of Σ u(part): ratios of slopes must be products of u'.

        Of three parts and more every two must be separable together, of two parts
        r = (∂f/∂p)/(∂f/∂q) must obey r(p, q) r(p', q') = r(p', q) r(p, q').
        """
        if len(parts) > 2:
            pairs = [p | q for p, q in combinations(parts, 2)]
            return 0.0 if all(pair in self.sets for pair in pairs) else 1.0
        p, q = parts
        exchanged = [frozenset[int](), p | q, p, q]
        sizes = []
        for inputs in exchanged:
            slopes = self.probe.evaluate(self.probe.exchange(inputs))[1]
            sizes.append([np.linalg.norm(slopes[:, sorted(part)], axis=1) for part in (p, q)])
        left = sizes[0][0] * sizes[1][0] * sizes[2][1] * sizes[3][1]
        right = sizes[0][1] * sizes[1][1] * sizes[2][0] * sizes[3][0]
        with np.errstate(all="ignore"):
            return _mean(np.abs(left - right) / (left + right), (left + right) ** 0.125)


def _overlap(a: Set, b: Set) -> bool:
    return bool(a & b) and not (a <= b or b <= a)


def _round(ratio: float, tolerance: float) -> float:
    """A fraction of small numbers, where one is near; else the ratio itself."""
    for below in (1, 2, 3, 4):
        near = round(ratio * below) / below
        if near and abs(ratio - near) <= tolerance / 10 * abs(near):
            return near
    return ratio
