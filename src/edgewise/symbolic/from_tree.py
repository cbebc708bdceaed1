"""Convert a formula to a network of formulas.

The nodes of each layer are parts of the formula: sums or products of edges c·f(a u + b), where u is
a node of the layer below. Identity edges carry a part to a higher layer that needs it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from edgewise.formula.affine import Affine, X, split_constant
from edgewise.formula.continued import TINY
from edgewise.formula.expression import (
    MINUS_ONE,
    ONE,
    ZERO,
    Apply,
    Expression,
    Input,
    Number,
    Power,
    Product,
    add,
    apply,
    exact,
    factors_of,
    multiply,
    power,
    split_number,
)
from edgewise.formula.folding import fold_constants, normal_form
from edgewise.formula.library import LIBRARY
from edgewise.formula.printing.names import safe_names
from edgewise.formula.printing.text import check_names
from edgewise.symbolic.edges import Bias, Edge, SymbolicEdges
from edgewise.symbolic.mixed_layer import SymbolicLayer
from edgewise.symbolic.network import SymbolicKAN


def network_of(tree: Expression, names: Sequence[Any]) -> SymbolicKAN:
    """The formula as a network of functions, in float64.

    Where the formula is defined, the network has the same values, except for x^p near 0 and x^y
    with negative x, which are computed as exp(y log x). Exact numbers stay exact; others are free.

    Args:
        tree: the formula.
        names: names of all columns, which become safe names (:func:`.safe_names`).

    Example:
        >>> import torch
        >>> from edgewise.formula.expression import Input, add, exact, multiply, power
        >>> from edgewise.symbolic.from_tree import network_of
        >>> x, y = Input(0), Input(1)
        >>> model = network_of(add(multiply(x, y), power(x, 3), exact(1)), ["x", "y"])
        >>> model(torch.tensor([[2.0, 5.0]], dtype=torch.float64)).item()
        19.0
    """
    check_names(tree, names)
    tree = fold_constants(normal_form(tree))
    layers = _layers_of(tree, range(len(names)))
    used = sorted(tree.inputs) or list(range(len(names)))
    return SymbolicKAN(
        layers,
        input_names=safe_names(names),
        inputs=None if len(used) == len(names) else used,
        in_features=len(names),
    )


# Edges and nodes.


@dataclass(frozen=True)
class _Reading(Affine):
    """An edge c · core(a · source + b) + d from a node of the layer below, the source."""

    source: Expression = X


@dataclass(frozen=True)
class _Node:
    """A sum or product of edges."""

    readings: tuple[_Reading, ...]
    bias: Number = ZERO
    product: bool = False


def _read(term: Expression) -> _Reading:
    """A term as one edge that contains as much of it as possible."""
    c, rest = split_number(term)
    if isinstance(rest, Power):
        return replace(_read_power(rest), c=c)
    if isinstance(rest, Apply):
        return _call(Apply(rest.function, X), rest.argument, c)
    return _Reading(X, source=rest, c=c)


def _call(core: Expression, argument: Expression, c: Number = ONE) -> _Reading:
    b, (first, *others) = split_constant(argument)
    if others:
        return _Reading(core, source=argument, c=c)
    a, source = split_number(first)
    return _Reading(core, a, b, c, source=source)


def _read_power(node: Power) -> _Reading:
    base, exponent = node.base, node.exponent
    if isinstance(exponent, Number):
        value = exponent.value
        if exponent.exact is None and value == round(value):
            exponent = exact(int(value))  # defined for negative bases, too
        return _call(Power(X, exponent), base)
    if isinstance(base, Number):
        return _read_exponential(base, exponent)
    return _read(Apply(LIBRARY["exp"], multiply(exponent, apply(LIBRARY["log"], base))))


def _read_exponential(base: Number, exponent: Expression) -> _Reading:
    """number ** expression; if the number isn't positive, the exponent has to be an integer."""
    if base.value > TINY:
        return _call(Power(base, X), exponent)
    if base.value > 0:
        scale = Number(math.log(base.value))
        return _read(Apply(LIBRARY["exp"], multiply(scale, exponent)))
    if base.value == 0:
        sign = apply(LIBRARY["sign"], exponent)
        one_minus = add(ONE, multiply(MINUS_ONE, apply(LIBRARY["abs"], sign)))
        return _Reading(X, source=one_minus)
    size = power(multiply(MINUS_ONE, base), exponent)
    turns = apply(LIBRARY["cos"], multiply(exact(1, 1, "pi"), exponent))
    return _Reading(X, source=multiply(size, turns))


def _node_of(node: Expression) -> _Node:
    """A part of the formula as one node above the layer below."""
    bias, terms = split_constant(node)
    if len(terms) == 1:
        made = _product_node(terms[0], bias)
        if made is not None:
            return made
    return _Node(_apart([_read(t) for t in terms], terms), bias)


def _product_node(term: Expression, bias: Number) -> _Node | None:
    """A product as a node that multiplies, with this bias; None if that isn't possible."""
    number, rest = split_number(term)
    # A refit doesn't change the bias of a product, so it has to be exact.
    if not isinstance(rest, Product) or bias.exact is None:
        return None
    factors = list(factors_of(rest))
    readings = list(_apart([_read_factor(f) for f in factors], factors))
    if number.exact is not None and number.value == 1:
        return _Node(tuple(readings), bias, product=True)
    for k, reading in enumerate(readings):
        if reading.d is ZERO:
            c = multiply(number, reading.c)
            readings[k] = replace(reading, c=c if isinstance(c, Number) else number)
            return _Node(tuple(readings), bias, product=True)
    return None


def _read_factor(factor: Expression) -> _Reading:
    """A factor of a product as one edge."""
    number, terms = split_constant(factor)
    if len(terms) == 1:
        return replace(_read(terms[0]), d=number if number.value else ZERO)
    return _Reading(X, source=factor)


def _apart(readings: Sequence[_Reading], parts: Sequence[Expression]) -> tuple[_Reading, ...]:
    """Make all readings read different nodes.

    Two nodes have only one edge between them, so a second reading of a node gets its own node.
    """
    found = list(readings)
    own = [_own_node(r, p) for r, p in zip(readings, parts, strict=True)]
    while True:
        keys = [r.source.key for r in found]
        moved = [
            k for k, key in enumerate(keys) if keys.count(key) > 1 and key != own[k].source.key
        ]
        if not moved:
            return tuple(found)
        for k in moved:
            found[k] = own[k]


def _own_node(reading: _Reading, part: Expression) -> _Reading:
    """The part read from a node of its own, up to a numeric factor."""
    if reading.d is not ZERO:
        return _Reading(X, source=part)
    return _Reading(X, source=split_number(part)[1], c=reading.c)


# Layers.


def _layers_of(tree: Expression, columns: Sequence[int]) -> list[SymbolicLayer]:
    plans: dict[str, _Node] = {}
    levels: dict[str, int] = {}

    def level(node: Expression) -> int:
        """The lowest layer that can contain the node; inputs are in layer 0."""
        if isinstance(node, Input):
            return 0
        if node.key not in levels:
            plans[node.key] = _node_of(node)
            below = [level(r.source) for r in plans[node.key].readings]
            levels[node.key] = 1 + max(below, default=0)
        return levels[node.key]

    layers: list[SymbolicLayer] = []
    wanted: list[Expression] = [tree]
    for height in range(max(level(tree), 1), 0, -1):
        nodes = [
            plans[n.key] if level(n) >= height else _Node((_Reading(X, source=n),)) for n in wanted
        ]
        below = {r.source.key: r.source for n in nodes for r in n.readings}
        wanted = list(below.values())
        if height == 1:
            wanted = [Input(i) for i in sorted(tree.inputs) or columns]
        layers.insert(0, _layer(nodes, wanted))
    return layers


def _only_carries(node: _Node) -> bool:
    """Whether the node only passes another node on."""
    first, *others = node.readings or (None,)
    return (
        first is not None
        and not others
        and isinstance(first.core, Input)
        and (first.a, first.c, node.bias) == (ONE, ONE, ZERO)
        and all(n.exact is not None for n in (first.a, first.c, node.bias))
    )


def _layer(nodes: Sequence[_Node], below: Sequence[Expression]) -> SymbolicLayer:
    place = {node.key: i for i, node in enumerate(below)}
    edges = []
    for o, node in enumerate(nodes):
        for r in node.readings:
            edges.append(Edge(place[r.source.key], o, X if _only_carries(node) else r.tree))
    biases = [Bias(n.bias) for n in nodes]
    products = [o for o, n in enumerate(nodes) if n.product]
    return SymbolicLayer(SymbolicEdges(len(below), biases, edges, products))
