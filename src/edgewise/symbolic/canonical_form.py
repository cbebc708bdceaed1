"""One way, out of many that say the same, to write a symbolic network.

c · f(a x + b) says the same with other constants where f is a power, log or exp; and a hidden node
may be scaled and shifted if what reads it makes up for that. Here such freedom is used to make
constants 1 or 0, so that those which remain mean something.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import torch

from edgewise.formula.constants import Constant
from edgewise.formula.function import Function
from edgewise.symbolic.build import rebuild_layer, with_layers
from edgewise.symbolic.composite import split_constant
from edgewise.symbolic.edges import ConstantIndex, Edge, Scalar
from edgewise.symbolic.network import SymbolicKAN

ONE, ZERO = Constant(1), Constant(0)
Fixed = dict[ConstantIndex, Constant]


@dataclass(frozen=True)
class _Values:
    """An edge with its constants as plain numbers."""

    edge: Edge
    i: int
    o: int
    function: Function
    a: float
    b: float
    c: float
    d: float

    @property
    def fixed(self) -> bool:
        return self.edge.fixed

    def to_edge(self) -> Edge:
        """The edge with these constants: all of them free, unless it is a fixed one."""
        if self.fixed:
            return self.edge
        if not self.edge.numbers:
            return Edge(self.i, self.o, self.function, self.a, self.b, self.c, self.d)
        # The numbers inside of an expression make up for a, b and c, where those were held.
        named = zip(self.edge.scalars, (self.a, self.b, self.c, self.d), strict=True)
        scalars = [Scalar(v, s.free) if v != s.value else s for s, v in named]
        return Edge(self.i, self.o, self.function, *scalars)


Layers = list[list[_Values]]
Biases = list[list[float]]


def _values_of(edge: Edge) -> _Values:
    return _Values(edge, edge.i, edge.o, edge.function, *edge.values())


def make_canonical(model: SymbolicKAN) -> tuple[SymbolicKAN, Fixed]:
    """The network with as many constants as possible 1 or 0; and which ones these are.

    The values stay what they were, up to rounding.
    """
    layers = [[_values_of(e) for e in layer.symbolic.edges()] for layer in model.stack()]
    biases = [[b.value for b in layer.symbolic.biases()] for layer in model.stack()]
    products = [layer.symbolic.products for layer in model.stack()]
    for k in range(len(layers)):
        _settle(layers[k], biases[k], products[k])
    for k in range(len(layers) - 1):
        for node in range(len(biases[k])):
            if any(e.o == node and e.fixed for e in layers[k]):
                continue
            if node in products[k]:
                _settle_product(layers, biases, k, node)
            else:
                _settle_node(layers, biases, k, node)
        _settle(layers[k + 1], biases[k + 1], products[k + 1])
    fixed = _fix_by_functions(layers)
    for k in range(len(layers) - 1):
        for node in range(len(biases[k])):
            into = [n for n, e in enumerate(layers[k]) if e.o == node]
            if any(layers[k][n].fixed for n in into):
                continue
            if node in products[k]:
                if all(layers[k][n].c == 1 for n in into):
                    fixed |= {ConstantIndex(k, n, "c"): ONE for n in into}
            else:
                fixed |= _fix_by_node(layers, biases, k, node)
    new = [
        rebuild_layer(layer, [e.to_edge() for e in edges], bias, layer.numeric_ends())
        for layer, edges, bias in zip(model.stack(), layers, biases, strict=True)
    ]
    return with_layers(model, new), fixed


def _fix_by_functions(layers: Layers) -> Fixed:
    """What the freedom of each function by itself has made 1 and 0."""
    fixed: Fixed = {}
    for k, edges in enumerate(layers):
        for n, edge in enumerate(edges):
            free = edge.function.free
            if edge.fixed:
                continue
            if free == "both" or (free == "scale" and abs(edge.a) == 1):
                fixed[ConstantIndex(k, n, "a")] = Constant(int(edge.a))
            if free in ("both", "shift"):
                fixed[ConstantIndex(k, n, "b")] = ZERO
    return fixed


def _line(function: Function, inner: float, shift: float) -> tuple[float, float] | None:
    """p and q with f(inner · u + shift) = p f(u) + q, from two points; None if it can't be had."""
    u = torch.tensor([0.7, 1.9], dtype=torch.float64)
    f, g = function.torch(u), function.torch(inner * u + shift)
    p = float((g[1] - g[0]) / (f[1] - f[0]))
    q = float(g[0] - p * f[0])
    return (p, q) if math.isfinite(p) and math.isfinite(q) and p != 0 else None


def _settle(edges: list[_Values], bias: list[float], products: list[int]) -> None:
    """Each edge in its own normal form; in place."""

    def gain(edge: _Values, constant: float) -> _Values:
        if edge.o in products:
            return replace(edge, d=edge.d + constant)
        bias[edge.o] += constant
        return edge

    for n, edge in enumerate(edges):
        if edge.fixed:
            continue
        f = edge.function
        if f.tree is not None:
            constant, rest = split_constant(f)
            edge = replace(gain(edge, edge.c * constant), function=rest)
        if f.symmetric and edge.a < 0:
            line = _line(f, -1.0, 0.0)
            if line is not None:
                edge = gain(edge, edge.c * line[1])
                edge = replace(edge, a=-edge.a, b=-edge.b, c=edge.c * line[0])
        if f.free in ("scale", "both") and edge.a != 0:
            size = abs(edge.a)
            line = _line(f, size, 0.0)
            if line is not None:
                edge = gain(edge, edge.c * line[1])
                edge = replace(edge, a=edge.a / size, b=edge.b / size, c=edge.c * line[0])
        if f.free in ("shift", "both"):
            line = _line(f, 1.0, edge.b)
            if line is not None:
                edge = gain(edge, edge.c * line[1])
                edge = replace(edge, b=0.0, c=edge.c * line[0])
        if f.period:
            edge = replace(edge, b=math.remainder(edge.b, f.period))
            half = _line(f, 1.0, f.period / 2)
            odd = f.name == "sin" and half is not None and abs(edge.b) > f.period / 4 + 1e-6
            if odd:  # sin(u ± π) = -sin(u)
                turned = edge.b - math.copysign(f.period / 2, edge.b)
                edge = replace(edge, b=turned, c=-edge.c)
        edges[n] = edge


def _settle_product(layers: Layers, biases: Biases, k: int, node: int) -> None:
    """The factors of a node become f + d; what reads it gets the scale. In place."""
    factors = [n for n, e in enumerate(layers[k]) if e.o == node]
    if any(layers[k][n].c == 0 for n in factors):
        return
    if any(layers[k + 1][m].fixed for m in _readers(layers, k, node)):
        return
    for n in factors:
        edge = layers[k][n]
        layers[k][n] = replace(edge, c=1.0, d=edge.d / edge.c)
        biases[k][node] /= edge.c
        for m in _readers(layers, k, node):
            layers[k + 1][m] = replace(layers[k + 1][m], a=layers[k + 1][m].a * edge.c)


def _readers(layers: Layers, k: int, node: int) -> list[int]:
    return [n for n, e in enumerate(layers[k + 1]) if e.i == node]


def _settle_node(layers: Layers, biases: Biases, k: int, node: int) -> None:
    """Scale and shift a hidden node so that what reads it gets simple constants; in place."""
    readers = [layers[k + 1][n] for n in _readers(layers, k, node)]
    if any(e.fixed for e in readers):
        return
    into = [n for n, e in enumerate(layers[k]) if e.o == node]
    if not readers or not into:
        return
    scale, shift = _choice(layers, biases, k, node, readers, into)
    if not (math.isfinite(scale) and math.isfinite(shift)) or scale == 0:
        return
    for n in into:
        layers[k][n] = replace(layers[k][n], c=layers[k][n].c * scale)
    biases[k][node] = biases[k][node] * scale + shift
    for n in _readers(layers, k, node):
        e = layers[k + 1][n]
        layers[k + 1][n] = replace(e, a=e.a / scale, b=e.b - e.a / scale * shift)


def _choice(
    layers: Layers,
    biases: Biases,
    k: int,
    node: int,
    readers: list[_Values],
    into: list[int],
) -> tuple[float, float]:
    strict = [e for e in readers if e.function.free not in ("scale", "both")]
    firm = [e for e in readers if e.function.free not in ("shift", "both")]
    # Edges that have come to nothing (a or c is 0) settle nothing.
    if strict:
        scale = strict[0].a or 1.0
    else:
        largest = max((layers[k][n] for n in into), key=lambda e: abs(e.c))
        # One-sided functions (log, √) keep their side.
        sided = any(not e.function.symmetric for e in readers)
        scale = 1 / (abs(largest.c) if sided else largest.c) if largest.c else 1.0
    shift = firm[0].b * scale / firm[0].a if firm and firm[0].a else -biases[k][node] * scale
    return scale, shift


def _fix_by_node(layers: Layers, biases: Biases, k: int, node: int) -> Fixed:
    """Which constants the scale and shift of a node have made 1 and 0; they are set to it."""
    readers = _readers(layers, k, node)
    into = [n for n, e in enumerate(layers[k]) if e.o == node]
    fixed: Fixed = {}
    if not readers or not into or any(layers[k + 1][n].fixed for n in readers):
        return fixed
    strict = [n for n in readers if layers[k + 1][n].function.free not in ("scale", "both")]
    firm = [n for n in readers if layers[k + 1][n].function.free not in ("shift", "both")]
    if strict:
        n = strict[0]
        if abs(layers[k + 1][n].a - 1) < 1e-9:
            layers[k + 1][n] = replace(layers[k + 1][n], a=1.0)
            fixed[ConstantIndex(k + 1, n, "a")] = ONE
    else:
        n = max(into, key=lambda m: abs(layers[k][m].c))
        if abs(abs(layers[k][n].c) - 1) < 1e-9:
            sign = round(layers[k][n].c)
            layers[k][n] = replace(layers[k][n], c=float(sign))
            fixed[ConstantIndex(k, n, "c")] = Constant(sign)
    if firm:
        n = firm[0]
        if abs(layers[k + 1][n].b) < 1e-9 * (1 + abs(biases[k][node])):
            layers[k + 1][n] = replace(layers[k + 1][n], b=0.0)
            fixed[ConstantIndex(k + 1, n, "b")] = ZERO
    elif abs(biases[k][node]) < 1e-9:
        biases[k][node] = 0.0
        fixed[ConstantIndex(k, None, node)] = ZERO
    return fixed
