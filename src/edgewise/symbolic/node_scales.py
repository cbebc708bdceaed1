"""Choose the scales and shifts of hidden nodes so that as many numbers as possible are 1 or 0.

If f is a power, log or exp, c · f(a x + b) is the same function for different numbers. A hidden
node may be scaled and shifted if the edges that read it compensate. This freedom is used to make
numbers exactly 1 or 0, so that the remaining ones have a meaning.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from itertools import pairwise

import torch

from edgewise.formula.affine import Affine
from edgewise.formula.expression import (
    MINUS_ONE,
    ONE,
    ZERO,
    Input,
    Number,
    Sum,
    add,
    exact,
    multiply,
    terms_of,
)
from edgewise.formula.function import Function
from edgewise.symbolic.build import rebuild_layer, with_layers
from edgewise.symbolic.edges import Bias, Edge
from edgewise.symbolic.network import SymbolicKAN

NEAR = 1e-9
"""Numbers within this distance of 1 or 0 after scaling become exactly that."""
LARGEST_LOGARITHM = 100.0
"""The largest logarithm of a scale of a node."""


@dataclass(frozen=True)
class _Layer:
    """A layer whose edges and biases are replaced in place."""

    edges: list[Edge]
    biases: list[Bias]
    products: list[int]

    def into(self, node: int) -> list[int]:
        return [n for n, e in enumerate(self.edges) if e.o == node]

    def out_of(self, node: int) -> list[int]:
        return [n for n, e in enumerate(self.edges) if e.i == node]

    def holds(self, edges: list[int]) -> bool:
        """Whether some of these edges are frozen."""
        return any(self.edges[n].frozen for n in edges)

    def change(self, n: int, parts: Affine) -> None:
        self.edges[n] = self.edges[n].with_tree(parts.tree)


def choose_scales(model: SymbolicKAN, inside: bool = False) -> SymbolicKAN:
    """The network with as many numbers as possible exactly 1 or 0, and all others free.

    Its values change only by rounding.

    Args:
        inside: whether c √u and log(u) + d become √(c² u) and log(e^d u), where only one edge reads
            the node.
    """
    layers = _read_layers(model)
    for layer in layers:
        _settle(layer)
    for below, above in pairwise(layers):
        nodes = [o for o in range(len(below.biases)) if _may_move(below, above, o)]
        for node in nodes:
            if node in below.products:
                _settle_product(below, above, node)
            else:
                _settle_node(below, above, node, inside)
        _settle(above)
        for node in nodes:
            if node not in below.products and not (inside and _fix_reader(above, node)):
                _fix_by_node(below, above, node)
    new = [
        rebuild_layer(old, layer.edges, layer.biases, old.numeric_ends())
        for old, layer in zip(model.stack(), layers, strict=True)
    ]
    return with_layers(model, new)


def _read_layers(model: SymbolicKAN) -> list[_Layer]:
    parts = [layer.symbolic for layer in model.stack()]
    return [_Layer(part.edges(), part.biases(), part.products) for part in parts]


def _may_move(below: _Layer, above: _Layer, node: int) -> bool:
    into, readers = below.into(node), above.out_of(node)
    held = below.holds(into) or above.holds(readers) or below.biases[node].frozen
    return bool(into and readers) and not held


def _settle(layer: _Layer) -> None:
    """Bring each edge to its simplest form; its constant moves to the node if that adds."""
    for n, edge in enumerate(layer.edges):
        if edge.frozen:
            continue
        parts = _plainest(_free(edge.parts))
        if edge.o not in layer.products:
            layer.biases[edge.o] = layer.biases[edge.o].plus(parts.d.value)
            parts = replace(parts, d=ZERO)
        layer.change(n, parts)


def _free(parts: Affine) -> Affine:
    """The parts with the numbers around a function set free, unless they are exact."""
    if parts.function is None:
        return parts
    a, b, c, d = (Number(n.value) for n in (parts.a, parts.b, parts.c, parts.d))
    return replace(parts, a=a, b=b, c=c, d=d)


def _plainest(parts: Affine) -> Affine:
    f = parts.function
    if f is None:
        return parts
    a, b, c, d = (n.value for n in (parts.a, parts.b, parts.c, parts.d))

    def write(line: tuple[float, float] | None) -> bool:
        """c f + d with p f + q for f."""
        nonlocal c, d
        if line is None:
            return False
        c, d = c * line[0], d + c * line[1]
        return True

    if f.symmetric and a < 0 and write(_line(f, -1.0, 0.0)):
        a, b = -a, -b
    if f.free in ("scale", "both") and a != 0 and write(_line(f, abs(a), 0.0)):
        a, b = a / abs(a), b / abs(a)
    if f.free in ("shift", "both") and write(_line(f, 1.0, b)):
        b = 0.0
    if f.period:
        b = math.remainder(b, f.period)
        if f.name == "sin" and abs(b) > f.period / 4 + 1e-6:  # sin(u ± π) = -sin(u)
            b, c = b - math.copysign(f.period / 2, b), -c
    settled = f.free == "both" or (f.free == "scale" and abs(a) == 1)
    return Affine(
        parts.core,
        exact(int(a)) if settled and a.is_integer() else Number(a),
        ZERO if f.free in ("both", "shift") else Number(b),
        Number(c),
        Number(d),
    )


def _line(function: Function, inner: float, shift: float) -> tuple[float, float] | None:
    """p and q with f(inner · u + shift) = p f(u) + q, from two points; None if undetermined."""
    u = torch.tensor([0.7, 1.9], dtype=torch.float64, device="cpu")
    f, g = function.torch(u), function.torch(inner * u + shift)
    p = float((g[1] - g[0]) / (f[1] - f[0]))
    q = float(g[0] - p * f[0])
    return (p, q) if math.isfinite(p) and math.isfinite(q) and p != 0 else None


def _scaled(edge: Edge, size: float) -> Edge:
    """The edge times a number; a sum is multiplied term by term."""
    parts = edge.parts
    if size == 1:
        return edge
    if parts.function is None and isinstance(parts.core, Sum) and parts.c is ONE:
        terms = [multiply(Number(size), t) for t in terms_of(edge.tree)]
        return edge.with_tree(add(*terms))
    made = replace(parts, c=Number(parts.c.value * size), d=_times(parts.d, size))
    return edge.with_tree(made.tree)


def _times(number: Number, size: float) -> Number:
    return number if number.value == 0 else Number(number.value * size)


def _read_from(edge: Edge, scale: float, shift: float) -> Edge:
    """The edge with scale · x0 + shift in place of x0."""
    parts = edge.parts
    if (scale, shift) == (1.0, 0.0):
        return edge
    if parts.function is None:
        inner = add(multiply(Number(scale), Input(0)), Number(shift))
        return edge.with_tree(edge.tree.substitute({0: inner}))
    a, b = parts.a.value, parts.b.value
    made = replace(parts, a=Number(a * scale), b=Number(b + a * shift))
    return edge.with_tree(made.tree)


def _settle_product(below: _Layer, above: _Layer, node: int) -> None:
    """The factors of a node become f + d; the edges that read the node take over the scale."""
    factors = [below.edges[n].parts for n in below.into(node)]
    if any(p.c.value == 0 for p in factors):
        return
    size = math.prod(p.c.value for p in factors)
    for n, parts in zip(below.into(node), factors, strict=True):
        below.change(n, replace(parts, c=ONE, d=_times(parts.d, 1 / parts.c.value)))
    bias = below.biases[node]
    below.biases[node] = replace(bias, number=_times(bias.number, 1 / size))
    for n in above.out_of(node):
        above.edges[n] = _read_from(above.edges[n], size, 0.0)


def _settle_node(below: _Layer, above: _Layer, node: int, inside: bool) -> None:
    """Scale and shift a hidden node so that the edges that read it get simple numbers."""
    readers, into = above.out_of(node), below.into(node)
    scale, shift = _choice(below, above, node)
    if inside and (size := _size_inside(above, node)) is not None and scale != 0:
        scale, shift = size, shift * size / scale
    if not (math.isfinite(scale) and math.isfinite(shift)) or scale == 0:
        return
    for n in into:
        below.edges[n] = _scaled(below.edges[n], scale)
    value = below.biases[node].value * scale + shift
    below.biases[node] = Bias(Number(value))
    for n in readers:
        above.edges[n] = _read_from(above.edges[n], 1 / scale, -shift / scale)


def _is_strict(edge: Edge) -> bool:
    """Whether the function can't absorb a scale of its input in c and d."""
    f = edge.parts.function
    return f is None or f.free not in ("scale", "both")


def _is_firm(edge: Edge) -> bool:
    """Whether the function can't absorb a shift of its input in c and d."""
    f = edge.parts.function
    return f is None or f.free not in ("shift", "both")


def _choice(below: _Layer, above: _Layer, node: int) -> tuple[float, float]:
    readers = [above.edges[n] for n in above.out_of(node)]
    strict = [e.parts for e in readers if _is_strict(e)]
    firm = [e.parts for e in readers if _is_firm(e)]
    # Edges with a = 0 or c = 0 carry no information about the scale.
    if strict:
        scale = strict[0].a.value or 1.0
    else:
        largest = max((below.edges[n].parts.c.value for n in below.into(node)), key=abs)
        # One-sided functions (log, √) keep their side.
        sided = any(f is None or not f.symmetric for f in (e.parts.function for e in readers))
        scale = 1 / (abs(largest) if sided else largest) if largest else 1.0
    bias = below.biases[node].value
    use = firm and firm[0].a.value
    shift = firm[0].b.value * scale / firm[0].a.value if use else -bias * scale
    return scale, shift


def can_go_inside(model: SymbolicKAN) -> bool:
    """Whether a node could take over a number around a power or logarithm that reads it."""
    return any(
        _may_move(below, above, node) and _find_reader(above, node) is not None
        for below, above in pairwise(_read_layers(model))
        for node in set(range(len(below.biases))) - set(below.products)
    )


def _find_reader(above: _Layer, node: int) -> tuple[int, Affine, Function] | None:
    """The only edge that reads a node, c u^p or c log(u) of a sum, and its function."""
    if len(above.out_of(node)) != 1:
        return None
    (n,) = above.out_of(node)
    parts, is_factor = above.edges[n].parts, above.edges[n].o in above.products
    f = parts.function
    return None if f is None or is_factor or not (f.power or f.name == "log") else (n, parts, f)


def _size_inside(above: _Layer, node: int) -> float | None:
    """The scale of a node that takes over c of c u^p, or d of log(u) + d."""
    found = _find_reader(above, node)
    if found is None or found[1].c.value == 0:
        return None
    n, parts, f = found
    c, a = parts.c.value, abs(parts.a.value)
    if f.power:
        top, bottom = f.power
        return float(a * abs(c) ** (bottom / top))
    bias = above.biases[above.edges[n].o].value
    return a * math.exp(bias / c) if abs(bias / c) < LARGEST_LOGARITHM else None


def _fix_reader(above: _Layer, node: int) -> bool:
    """Make c of c u^p, or d of log(u) + d, exact where a node has taken it over."""
    found = _find_reader(above, node)
    if found is None:
        return False
    n, parts, f = found
    o = above.edges[n].o
    if f.power and abs(abs(parts.c.value) - 1) < NEAR:
        above.change(n, replace(parts, c=ONE if parts.c.value > 0 else MINUS_ONE))
        return True
    if not f.power and abs(above.biases[o].value) < NEAR:
        above.biases[o] = Bias(ZERO)
        return True
    return False


def _fix_by_node(below: _Layer, above: _Layer, node: int) -> None:
    """Make numbers exact that the scale and shift of a node have turned into 1 or 0."""
    readers, into = above.out_of(node), below.into(node)
    strict = [n for n in readers if _is_strict(above.edges[n])]
    firm = [n for n in readers if _is_firm(above.edges[n])]
    bias = below.biases[node].value
    if strict and abs(above.edges[strict[0]].parts.a.value - 1) < NEAR:
        above.change(strict[0], replace(above.edges[strict[0]].parts, a=ONE))
    if not strict:
        n = max(into, key=lambda m: abs(below.edges[m].parts.c.value))
        size = below.edges[n].parts.c.value
        if abs(abs(size) - 1) < NEAR:
            below.change(n, replace(below.edges[n].parts, c=ONE if size > 0 else MINUS_ONE))
    if firm and abs(above.edges[firm[0]].parts.b.value) < NEAR * (1 + abs(bias)):
        above.change(firm[0], replace(above.edges[firm[0]].parts, b=ZERO))
    elif not firm and abs(bias) < NEAR:
        below.biases[node] = Bias(ZERO)
