"""Edges that are functions with names: their scalars, and the layers that are computed from them.

An edge holds its scalars, and says of each whether a refit moves it and what it is exactly. The
tensors of a layer are derived from them; :meth:`SymbolicEdges.edges` reads them back.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import torch
from torch import Tensor, nn

from edgewise.formula.constants import Constant
from edgewise.formula.expression import Number
from edgewise.formula.function import Function
from edgewise.nn import KANLinear
from edgewise.nn.resize import take_
from edgewise.nn.unsaved import UnsavedTensors
from edgewise.symbolic.composite import with_values
from edgewise.training.linearisation import Linearised

LETTERS = "abcd"


class EdgeIndex(NamedTuple):
    """Where an edge of a network is."""

    layer: int
    input: int
    output: int


class ConstantIndex(NamedTuple):
    """Where a constant is: name is "a" to "d" of an edge, or counts the numbers inside of its
    function; where edge is None, it is the output whose bias is meant."""

    layer: int
    edge: int | None
    name: str | int


@dataclass(frozen=True)
class Scalar:
    """A constant of a network.

    Attributes:
        value: as a number.
        free: whether a refit moves it.
        exact: what it is exactly, if that is known; then it has that value and isn't free.
    """

    value: float
    free: bool = True
    exact: Constant | None = None

    def __post_init__(self) -> None:
        known = self.exact
        object.__setattr__(self, "value", float(self.value if known is None else known.value))
        object.__setattr__(self, "free", bool(self.free) and known is None)

    @classmethod
    def of(cls, value: Scalar | Constant | float) -> Scalar:
        """A free scalar of a number, an exact one of a constant, or the scalar itself."""
        if isinstance(value, Scalar):
            return value
        return cls(value.value, exact=value) if isinstance(value, Constant) else cls(value)

    def __float__(self) -> float:
        return self.value

    def hold(self) -> Scalar:
        """The same value, left out of refits."""
        return replace(self, free=False)

    def read(self, value: float, epsilon: float) -> Scalar:
        """The scalar after somebody moved it: exact only as long as the number says so."""
        known = self.exact
        if known is not None and abs(value - known.value) <= 4 * epsilon * abs(known.value):
            return self
        return Scalar(value, self.free)


@dataclass(frozen=True, init=False)
class Edge:
    """One symbolic edge: c · f(a x + b) + d, from input i to output o of its layer.

    d counts at nodes that multiply; those that add have a bias instead. Plain numbers are free
    scalars; with `fixed` all four are held. Nothing in a `frozen` edge moves, free or not.
    """

    i: int
    o: int
    function: Function
    a: Scalar
    b: Scalar
    c: Scalar
    d: Scalar
    frozen: bool

    def __init__(
        self,
        i: int,
        o: int,
        function: Function,
        a: Scalar | Constant | float = 1.0,
        b: Scalar | Constant | float = 0.0,
        c: Scalar | Constant | float = 1.0,
        d: Scalar | Constant | float = 0.0,
        *,
        fixed: bool = False,
        frozen: bool = False,
    ) -> None:
        object.__setattr__(self, "frozen", frozen)
        object.__setattr__(self, "i", i)
        object.__setattr__(self, "o", o)
        object.__setattr__(self, "function", function)
        for name, value in zip(LETTERS, (a, b, c, d), strict=True):
            scalar = Scalar.of(value)
            object.__setattr__(self, name, scalar.hold() if fixed else scalar)

    def __deepcopy__(self, memo: object) -> Edge:
        """Itself: it never changes, and models are copied often."""
        return self

    @property
    def scalars(self) -> tuple[Scalar, Scalar, Scalar, Scalar]:
        """a, b, c and d."""
        return self.a, self.b, self.c, self.d

    @property
    def numbers(self) -> tuple[Number, ...]:
        """The numbers inside of the function, if it is an expression."""
        return self.function.numbers

    @property
    def fixed(self) -> bool:
        """Whether a, b and c stay as they are: the edge is frozen, or they are given."""
        return self.frozen or self.given

    @property
    def given(self) -> bool:
        """Whether a, b and c are held, and not because their exact value was found out."""
        return not any(s.free or s.exact is not None for s in (self.a, self.b, self.c))

    def with_scalar(self, letter: str, scalar: Scalar) -> Edge:
        """The edge with another a, b, c or d."""
        changed: dict[str, Any] = {letter: scalar}
        return replace(self, **changed)

    def values(self) -> tuple[float, float, float, float]:
        """a, b, c and d as numbers."""
        return self.a.value, self.b.value, self.c.value, self.d.value


def _read_scalars(edge: Edge, values: Sequence[float], epsilon: float) -> dict[str, Any]:
    """The edge's scalars by their letters, with these values."""
    parts = zip(LETTERS, edge.scalars, values, strict=True)
    return {letter: scalar.read(value, epsilon) for letter, scalar, value in parts}


class SymbolicEdges(UnsavedTensors, Linearised):
    """y_o = bias_o + Σ_e c_e f_e(a_e x_i(e) + b_e), or at a node that multiplies
    y_o = bias_o + Π_e [c_e f_e(a_e x_i(e) + b_e) + d_e].

    Args:
        in_features: size of the input.
        bias: (out,), numbers or scalars.
        edges: in any order.
        products: the outputs that multiply.
        dtype, device: those of the bias if it is a tensor; float64 otherwise.

    Attributes:
        affine: (edges, 4), the a, b, c and d of each edge.
        bias: (out,).
        inner: the numbers inside of functions that are expressions; None if there are none.
        free: (edges, 4), free_bias: (out,) and free_inner, False for what a refit leaves alone.

    Shape:
        (*, in) → (*, out)
    """

    affine: nn.Parameter
    bias: nn.Parameter
    inner: nn.Parameter | None
    free: Tensor
    free_bias: Tensor
    free_inner: Tensor
    source: Tensor
    target: Tensor

    def __init__(
        self,
        in_features: int,
        bias: Tensor | Sequence[Scalar | float],
        edges: Sequence[Edge],
        products: Sequence[int] = (),
        *,
        dtype: torch.dtype = torch.float64,
        device: torch.device | str | None = None,
    ) -> None:
        super().__init__()
        if isinstance(bias, Tensor):
            dtype, device, bias = bias.dtype, bias.device, bias.detach().tolist()
        self._biases = [Scalar.of(b) for b in bias]
        self.in_features, self.out_features = in_features, len(bias)
        self.products = sorted(set(products) & {e.o for e in edges})
        self._edges = [
            e if e.o in self.products else replace(e, d=Scalar(0.0, e.d.free)) for e in edges
        ]
        self.ends = [(e.i, e.o) for e in edges]

        def floats(values: Sequence[float]) -> Tensor:
            return torch.tensor(values, dtype=torch.float64).to(device, dtype)

        self.affine = nn.Parameter(floats([v for e in self._edges for v in e.values()]).view(-1, 4))
        self.bias = nn.Parameter(floats([b.value for b in self._biases]))
        inner = [n for e in edges for n in e.numbers]
        values = nn.Parameter(floats([n.value for n in inner])) if inner else None
        self.register_parameter("inner", values)
        # Beside a product a constant would be one term more: it has none, unless given one.
        bound = {e.o for e in edges if e.given} | set(self.products)
        flags = {
            "free": [
                [
                    *(s.free and not e.frozen for s in e.scalars[:3]),
                    e.d.free and e.o in self.products and not e.frozen,
                ]
                for e in self._edges
            ],
            "free_bias": [b.free and o not in bound for o, b in enumerate(self._biases)],
            "free_inner": [n.exact is None and not e.frozen for e in edges for n in e.numbers],
        }
        for name, flag in flags.items():
            self.keep_tensor(name, flag, torch.bool, device, (-1, 4) if name == "free" else (-1,))
        for name, column in (("source", 0), ("target", 1)):
            self.keep_tensor(name, [e[column] for e in self.ends], torch.long, device)
        self._plan_calls()

    def _plan_calls(self) -> None:
        """One call for each function, on all edges that have it; and which edges are factors."""
        groups: dict[tuple[Function, int], list[int]] = {}
        self._numbers: dict[int, slice] = {}
        first = 0
        for k, edge in enumerate(self._edges):
            count = len(edge.numbers)
            if count:
                self._numbers[k] = slice(first, first + count)
                first += count
            groups.setdefault((edge.function, k if count else -1), []).append(k)
        self._groups = list(groups.values())
        order = [k for group in self._groups for k in group]
        self._back = [order.index(k) for k in range(len(order))]
        self._sums = [k for k, (_, o) in enumerate(self.ends) if o not in self.products]
        self._factors = {
            o: [k for k, end in enumerate(self.ends) if end[1] == o] for o in self.products
        }

    @property
    def functions(self) -> list[Function]:
        """The function of each edge, with the numbers that it has now."""
        if self.inner is None:
            return [e.function for e in self._edges]
        values = self.inner.detach().tolist()
        epsilon = torch.finfo(self.inner.dtype).eps
        parts = [values[self._numbers.get(k, slice(0))] for k in range(len(self._edges))]
        return [
            with_values(e.function, p, epsilon) for e, p in zip(self._edges, parts, strict=True)
        ]

    def edges(self) -> list[Edge]:
        """The edges, with the values that their constants have now."""
        epsilon = torch.finfo(self.affine.dtype).eps
        parts = zip(self._edges, self.functions, self.affine.detach().tolist(), strict=True)
        return [replace(e, function=f, **_read_scalars(e, row, epsilon)) for e, f, row in parts]

    def biases(self) -> list[Scalar]:
        """The bias of each output, with the value that it has now."""
        epsilon = torch.finfo(self.bias.dtype).eps
        values = self.bias.detach().tolist()
        return [b.read(v, epsilon) for b, v in zip(self._biases, values, strict=True)]

    def arguments(self, x: Tensor) -> Tensor:
        """a x_i + b of each edge; (*, in) → (*, edges)."""
        return x[..., self.source] * self.affine[:, 0] + self.affine[:, 1]

    def _inner_of(self, k: int) -> tuple[Tensor, ...]:
        """The numbers inside of an edge's function."""
        part = self._numbers.get(k)
        return () if self.inner is None or part is None else self.inner[part].unbind()

    def apply_functions(self, u: Tensor) -> Tensor:
        """f_e(u_e); (*, edges) → (*, edges)."""
        if len(self._groups) == 1:
            return self._edges[0].function(u, *self._inner_of(0))
        values = [
            self._edges[g[0]].function(u[..., g], *self._inner_of(g[0])) for g in self._groups
        ]
        return torch.cat(values, -1)[..., self._back]

    def terms(self, x: Tensor) -> Tensor:
        """c f(a x + b) + d of each edge; (*, in) → (*, edges)."""
        f = self.apply_functions(self.arguments(x))
        terms = self.affine[:, 2] * f
        return terms + self.affine[:, 3] if self.products else terms

    def forward(self, x: Tensor) -> Tensor:
        y = self.bias.expand(*x.shape[:-1], -1)
        if not self.ends:
            return y + 0 * x[..., :1]
        terms = self.terms(x)
        if not self.products:
            return y.index_add(-1, self.target, terms)
        y = y.index_add(-1, self.target[self._sums], terms[..., self._sums])
        made = [terms[..., factors].prod(-1) for factors in self._factors.values()]
        where = torch.tensor(self.products, device=y.device)
        return y.index_add(-1, where, torch.stack(made, -1))

    def unknowns(self) -> list[Tensor]:
        return [p for p in (self.affine, self.bias, self.inner) if p is not None]

    def movable_unknowns(self) -> Tensor:
        return torch.cat([self.free.flatten(), self.free_bias, self.free_inner])

    def movable_indices(self, layer: int) -> list[ConstantIndex]:
        """The constants that a refit moves, in its order; the layer's own place is given."""
        names: list[tuple[int | None, str | int]] = [
            (k, n) for k in range(len(self._edges)) for n in LETTERS
        ]
        names += [(None, o) for o in range(self.out_features)]
        names += [(k, n) for k, e in enumerate(self._edges) for n in range(len(e.numbers))]
        parts = zip(names, self.movable_unknowns().tolist(), strict=True)
        return [ConstantIndex(layer, k, n) for (k, n), moves in parts if moves]

    @torch.no_grad()
    def derivatives(self, x: Tensor, slope: Tensor) -> Tensor:
        """Derivatives by each edge's a, b, c and d, each bias, and the numbers inside of functions.

        They are 0 for those that aren't free.
        """
        bias = slope * self.free_bias
        if not self.ends:
            return bias
        u = self.arguments(x)
        values, slopes = torch.empty_like(u), torch.empty_like(u)
        columns = []
        for g in self._groups:
            found = self._edges[g[0]].function.derivatives(u[:, g], self._inner_of(g[0]))
            values[:, g], slopes[:, g] = found[:2]
            columns += [(g[0], column) for column in found[2]]
        each = slope[:, self.target]
        if self.products:
            terms = self.affine[:, 2] * values + self.affine[:, 3]
            for factors in self._factors.values():
                for k in factors:
                    others = [n for n in factors if n != k]
                    each[:, k] = each[:, k] * terms[:, others].prod(-1)
        outer = each * self.affine[:, 2]
        inner = outer * slopes
        by = torch.stack([inner * x[:, self.source], inner, each * values, each], -1)
        parts = [(by * self.free).flatten(1), bias]
        if columns:
            columns.sort(key=lambda c: c[0])
            inside = torch.stack([outer[:, k] * column[:, 0] for k, column in columns], -1)
            parts.append(inside * self.free_inner)
        return torch.cat(parts, 1)


class SymbolicLayer(nn.Module):
    """Symbolic edges, and the curves of a KAN layer for the rest.

    Shape:
        (*, in) → (*, out)
    """

    def __init__(self, symbolic: SymbolicEdges, numeric: KANLinear | None = None) -> None:
        super().__init__()
        self.symbolic = symbolic
        self.numeric = numeric

    @property
    def in_features(self) -> int:
        return self.symbolic.in_features

    @property
    def out_features(self) -> int:
        return self.symbolic.out_features

    def numeric_ends(self) -> list[tuple[int, int]]:
        """(input, output) of the edges that are still curves."""
        if self.numeric is None or self.numeric.mask is None:
            return []
        return [(int(i), int(o)) for i, o in self.numeric.mask.nonzero().tolist()]

    def forward(self, x: Tensor) -> Tensor:
        y: Tensor = self.symbolic(x)
        return y if self.numeric is None else y + self.numeric(x)

    # What reading and pruning ask of a layer, as of a KANLinear.

    @property
    def mixes_features(self) -> bool:
        """Whether an edge depends on more than its own input, because a normalisation does."""
        return self.numeric is not None and self.numeric.mixes_features

    def normalized(self, x: Tensor) -> Tensor:
        """What the basis of the curves sees; x itself without curves."""
        return x if self.numeric is None else self.numeric.normalized(x)

    def features(self, x: Tensor) -> Tensor:
        """What :meth:`weights` makes edges of: those of the curves, and the terms of functions.

        Shape:
            (*, in) → (*, in, features)
        """
        places, count = self._places()
        found = x.new_zeros(*x.shape, count)
        if places:
            inputs, slots = (list(part) for part in zip(*places, strict=True))
            found[..., inputs, slots] = self.symbolic.terms(x)
        return found if self.numeric is None else torch.cat([self.numeric.features(x), found], -1)

    def weights(self) -> Tensor:
        """What an edge multiplies its :meth:`features` with; those of functions are 1.

        Shape:
            (in, features, out)
        """
        places, count = self._places()
        like = self.symbolic.bias.detach()
        found = like.new_zeros(self.in_features, count, self.out_features)
        for (i, slot), (_, o) in zip(places, self.symbolic.ends, strict=True):
            found[i, slot, o] = 1
        return found if self.numeric is None else torch.cat([self.numeric.weights(), found], 1)

    def _places(self) -> tuple[list[tuple[int, int]], int]:
        """Input and slot of each symbolic edge among the features; and how many slots there are."""
        used = [0] * self.in_features
        places = []
        for i, _ in self.symbolic.ends:
            places.append((i, used[i]))
            used[i] += 1
        return places, max(used, default=0)

    @torch.no_grad()
    def edge_values(self, x: Tensor) -> Tensor:
        """What each edge adds to its node, or multiplies it with; (*, in) → (*, in, out)."""
        return torch.einsum("...ig,igo->...io", self.features(x), self.weights())

    @torch.no_grad()
    def cut(self, keep: Tensor, constant: Tensor, rows: Tensor, columns: Tensor) -> SymbolicLayer:
        """A copy with these inputs, outputs and edges only, and constants added to the outputs.

        Shape:
            keep: (in, out); constant: (out,); rows, columns: indices
        """
        old = self.symbolic
        read, made = ({n: k for k, n in enumerate(part.tolist())} for part in (rows, columns))
        edges = [
            replace(e, i=read[e.i], o=made[e.o])
            for e in old.edges()
            if e.i in read and e.o in made and keep[e.i, e.o]
        ]
        biases, added = old.biases(), constant.tolist()
        bias = [
            Scalar(biases[o].value + added[o], biases[o].free) if added[o] else biases[o]
            for o in made
        ]
        products = [made[o] for o in old.products if o in made]
        symbolic = SymbolicEdges(
            len(read), bias, edges, products, dtype=old.bias.dtype, device=old.bias.device
        )
        numeric = copy.deepcopy(self.numeric)
        if numeric is not None:
            take_(numeric, rows, columns)
            there = torch.ones_like(numeric.coef[:, 0]) if numeric.mask is None else numeric.mask
            numeric.mask = there * keep[rows][:, columns]
        return SymbolicLayer(symbolic, numeric)
