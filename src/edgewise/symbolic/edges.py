"""Layers of formulas as torch modules: `SymbolicEdges` and `SymbolicLayer`.

The numbers of all formulas are parameters of the layer; :meth:`SymbolicEdges.edges` returns the
formulas with the current values.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from typing import Any

import torch
from torch import Tensor, nn

from edgewise._tensors import Device
from edgewise.formula.continuation import CONTINUED
from edgewise.formula.expression import Apply, Expression, Number, Power
from edgewise.formula.function import Function
from edgewise.formula.program import Program
from edgewise.nn.unsaved import UnsavedTensors
from edgewise.symbolic.edge import Bias, ConstantIndex, Edge, EdgeIndex, Value, read_number
from edgewise.training.linearisation import Linearised

__all__ = ["Bias", "ConstantIndex", "Edge", "EdgeIndex", "SymbolicEdges"]


def _shape(tree: Expression) -> tuple[Any, ...]:
    """A key of formulas that can be computed together: everything but their numbers.

    Exact exponents are part of the key, because each has its own way of computing the power.
    """
    kept = {
        id(node.exponent)
        for node in tree.walk()
        if isinstance(node, Power) and isinstance(node.exponent, Number) and node.exponent.exact
    }
    blank = tree.with_numbers([n if id(n) in kept else Number(0.0) for n in tree.numbers()])
    return blank.key, *(node.function for node in blank.walk() if isinstance(node, Apply))


@dataclass(frozen=True)
class _Group:
    """Edges with formulas of the same shape, their common program, and its numbers that are free on
    some edge."""

    edges: tuple[int, ...]
    program: Program
    free: tuple[bool, ...]

    @property
    def count(self) -> int:
        """The number of constants of all edges."""
        return len(self.edges) * len(self.free)

    def run(self, u: Tensor, numbers: Sequence[Tensor]) -> Tensor:
        """The values of the formulas; (*, edges) → (*, edges)."""
        value: Tensor = self.program.run(u[..., None], numbers, CONTINUED)[-1]
        return value.expand(u.shape)

    def differentiate(self, u: Tensor, numbers: Tensor) -> tuple[Tensor, Tensor]:
        """The values, and their derivatives by the free numbers.

        Shape:
            u: (rows, edges), numbers: (numbers, edges) → (rows, edges), (rows, numbers · edges)
        """
        with torch.enable_grad():
            given = [
                n.expand_as(u).clone().requires_grad_() if free else n
                for n, free in zip(numbers.detach(), self.free, strict=True)
            ]
            value = self.run(u.detach(), given)
            moved = [n for n in given if n.requires_grad]
            slopes = iter(torch.autograd.grad(value.sum(), moved) if moved else ())
        nothing = torch.zeros_like(u)
        by = [next(slopes) if free else nothing for free in self.free]
        return value.detach(), torch.cat([nothing[:, :0], *by], 1)


@dataclass(frozen=True)
class _Plan:
    """The immutable part of a layer: edges and biases as given, groups of formulas of one shape,
    the places of each edge's numbers, and which edges are terms or factors."""

    edges: tuple[Edge, ...]
    biases: tuple[Bias, ...]
    groups: tuple[_Group, ...]
    slices: tuple[slice, ...]
    terms: tuple[int, ...]
    factors: dict[int, list[int]]

    def __deepcopy__(self, memo: object) -> _Plan:
        """The plan itself, because it is immutable."""
        return self

    @classmethod
    def of(cls, edges: Sequence[Edge], biases: Sequence[Bias], products: Sequence[int]) -> _Plan:
        alike: dict[Any, list[int]] = {}
        for k, edge in enumerate(edges):
            alike.setdefault(_shape(edge.tree), []).append(k)
        groups = []
        for members in alike.values():
            numbers = zip(*(edges[k].free_numbers for k in members), strict=True)
            program = Program(edges[members[0]].tree)
            groups.append(_Group(tuple(members), program, tuple(map(any, numbers))))
        ends = [0, *accumulate(len(e.numbers) for e in edges)]
        return cls(
            tuple(edges),
            tuple(biases),
            tuple(groups),
            tuple(slice(*pair) for pair in pairwise(ends)),
            tuple(k for k, e in enumerate(edges) if e.o not in products),
            {o: [k for k, e in enumerate(edges) if e.o == o] for o in products},
        )

    def order(self) -> list[int]:
        """The edges, group after group."""
        return [k for group in self.groups for k in group.edges]

    def places(self) -> list[int]:
        """The indices of each group's numbers among all numbers."""
        first = [part.start for part in self.slices]
        return [
            first[k] + n
            for group in self.groups
            for n in range(len(group.free))
            for k in group.edges
        ]

    def owners(self) -> list[int]:
        """The output of the edge that each number belongs to."""
        pairs = zip(self.edges, self.slices, strict=True)
        return [e.o for e, part in pairs for _ in range(part.start, part.stop)]


class SymbolicEdges(UnsavedTensors, Linearised):
    """y_o = bias_o + Σ_e f_e(x_i(e)), or at a node that multiplies y_o = bias_o + Π_e f_e(x_i(e)).

    Args:
        in_features: size of the input.
        bias: (out,), numbers or biases.
        edges: the formulas f, in any order.
        products: the outputs that multiply.
        dtype, device: those of the bias if it is a tensor; float64 otherwise.

    Attributes:
        numbers: the numbers of the formulas, edge after edge, each in the order of its tree.
        bias: (out,).
        free, free_bias: whether a refit changes each number and each bias.

    Shape:
        (*, in) → (*, out)
    """

    numbers: nn.Parameter
    bias: nn.Parameter
    free: Tensor
    free_bias: Tensor
    target: Tensor
    _reads: Tensor
    _back: Tensor
    _places: Tensor

    def __init__(
        self,
        in_features: int,
        bias: Tensor | Sequence[Bias | Value],
        edges: Sequence[Edge],
        products: Sequence[int] = (),
        *,
        dtype: torch.dtype = torch.float64,
        device: Device = None,
    ) -> None:
        super().__init__()
        if isinstance(bias, Tensor):
            dtype, device, bias = bias.dtype, bias.device, bias.detach().tolist()
        biases = [Bias.of(b) for b in bias]
        self.in_features, self.out_features = in_features, len(biases)
        self.ends = [(e.i, e.o) for e in edges]
        self.products = sorted(set(products) & {e.o for e in edges})
        self._plan = plan = _Plan.of(edges, biases, self.products)

        def floats(values: Sequence[float]) -> nn.Parameter:
            return nn.Parameter(torch.tensor(values, dtype=dtype or torch.float64, device=device))

        self.numbers = floats([n.value for e in edges for n in e.numbers])
        self.bias = floats([b.value for b in biases])
        # The bias of a product is a further term, so it is kept as given.
        flags = {
            "free": [f for e in edges for f in e.free_numbers],
            "free_bias": [b.is_free and o not in self.products for o, b in enumerate(biases)],
        }
        order = plan.order()
        indices = {
            "target": [o for _, o in self.ends],
            "_reads": [edges[k].i for k in order],
            "_back": sorted(range(len(order)), key=order.__getitem__),
            "_places": plan.places(),
        }
        for name, flag in flags.items():
            self.keep_tensor(name, flag, torch.bool, device)
        for name, index in indices.items():
            self.keep_tensor(name, index, torch.long, device)

    def others(
        self, in_features: int, bias: Sequence[Bias], edges: Sequence[Edge], products: Sequence[int]
    ) -> SymbolicEdges:
        """A module with other edges and biases, of the same dtype and device."""
        dtype, device = self.bias.dtype, self.bias.device
        return SymbolicEdges(in_features, bias, edges, products, dtype=dtype, device=device)

    def edges(self) -> list[Edge]:
        """The edges with the current values of their numbers."""
        values, epsilon = self.numbers.detach().tolist(), torch.finfo(self.numbers.dtype).eps
        found = []
        for edge, part in zip(self._plan.edges, self._plan.slices, strict=True):
            pairs = zip(edge.numbers, values[part], strict=True)
            numbers = [read_number(n, v, epsilon) for n, v in pairs]
            same = all(a is b for a, b in zip(numbers, edge.numbers, strict=True))
            found.append(edge if same else edge.with_numbers(numbers))
        return found

    def biases(self) -> list[Bias]:
        """The bias of each output with its current value."""
        epsilon = torch.finfo(self.bias.dtype).eps
        pairs = zip(self._plan.biases, self.bias.detach().tolist(), strict=True)
        return [replace(b, number=read_number(b.number, v, epsilon)) for b, v in pairs]

    def functions(self) -> dict[str, Function]:
        """The functions in its formulas by name."""
        trees = [e.tree for e in self._plan.edges]
        nodes = (node for tree in trees for node in tree.walk())
        found = (node.function for node in nodes if isinstance(node, Apply))
        return {function.name: function for function in found}

    def _calls(self, x: Tensor) -> list[tuple[_Group, Tensor, Tensor]]:
        """Each group with its edges' inputs, (*, edges), and numbers, (numbers, edges)."""
        groups = self._plan.groups
        reads = x[..., self._reads].split([len(g.edges) for g in groups], -1)
        numbers = self.numbers[self._places].split([g.count for g in groups])
        parts = zip(groups, reads, numbers, strict=True)
        return [(g, u, n.view(len(g.free), len(g.edges))) for g, u, n in parts]

    def terms(self, x: Tensor) -> Tensor:
        """The value of each edge; (*, in) → (*, edges)."""
        values = [group.run(u, numbers.unbind()) for group, u, numbers in self._calls(x)]
        return values[0] if len(values) == 1 else torch.cat(values, -1)[..., self._back]

    def forward(self, x: Tensor) -> Tensor:
        y = self.bias.expand(*x.shape[:-1], -1)
        if not self.ends:
            return y + 0 * x[..., :1]
        terms = self.terms(x)
        if not self.products:
            return y.index_add(-1, self.target, terms)
        summed = list(self._plan.terms)
        y = y.index_add(-1, self.target[summed], terms[..., summed])
        made = [terms[..., factors].prod(-1) for factors in self._plan.factors.values()]
        where = torch.tensor(self.products, device=y.device)
        return y.index_add(-1, where, torch.stack(made, -1))

    def unknowns(self) -> list[Tensor]:
        return [self.numbers, self.bias]

    def movable_unknowns(self) -> Tensor:
        return torch.cat([self.free, self.free_bias])

    def movable_indices(self, layer: int) -> list[ConstantIndex]:
        """The indices of the constants that a refit changes, in its order."""
        places = [
            ConstantIndex(layer, k, n)
            for k, e in enumerate(self._plan.edges)
            for n in range(len(e.numbers))
        ]
        places += [ConstantIndex(layer, None, o) for o in range(self.out_features)]
        return [
            p for p, moves in zip(places, self.movable_unknowns().tolist(), strict=True) if moves
        ]

    @torch.no_grad()
    def derivatives(self, x: Tensor, slope: Tensor) -> Tensor:
        """Derivatives by the numbers and biases; 0 for those that aren't free."""
        bias = slope * self.free_bias
        if not self.ends:
            return bias
        calls = [group.differentiate(u, numbers) for group, u, numbers in self._calls(x)]
        by = slope.new_empty(len(x), len(self.numbers))
        by[:, self._places] = torch.cat([columns for _, columns in calls], 1)
        by = by * slope[:, self._plan.owners()] * self.free
        if self.products:
            terms = torch.cat([values for values, _ in calls], 1)[:, self._back]
            for factors in self._plan.factors.values():
                for k in factors:
                    others = [n for n in factors if n != k]
                    by[:, self._plan.slices[k]] *= terms[:, others].prod(-1, keepdim=True)
        return torch.cat([by, bias], 1)
