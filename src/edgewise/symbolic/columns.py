"""Rearrange a network of formulas as KAN layers: sums, then products of sums."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass, replace

import torch

from edgewise.formula.affine import X
from edgewise.formula.expression import ZERO
from edgewise.nn import KANLinear
from edgewise.nn.resize import take_
from edgewise.symbolic.edges import Edge
from edgewise.symbolic.mixed_layer import SymbolicLayer
from edgewise.symbolic.network import SymbolicKAN
from edgewise.symbolic.trees import edge_tree


@dataclass(frozen=True)
class ColumnLayer:
    """A layer whose outputs are sums of edges; the last outputs are factors of products.

    Attributes:
        in_features: the number of nodes that it reads.
        edges: the edges from these nodes to the outputs.
        bias: the bias of each output.
        products: the number of factors of each product above it.
        added: the constant that is added to each product.
        numeric: curves from the same nodes to the same outputs, or None.
    """

    in_features: int
    edges: list[Edge]
    bias: list[float]
    products: tuple[int, ...]
    added: list[float]
    numeric: KANLinear | None


def columns_of(model: SymbolicKAN) -> list[ColumnLayer]:
    """A network in layers of sums with products above them.

    A node that multiplies edges becomes a product of outputs with one edge each. A layer of
    identities that multiplies outputs of the layer below becomes the products of that layer. At
    every level sums come before products; to restore the order of outputs, a layer of identities is
    added.

    Raises:
        ValueError: if a curve ends at a node that multiplies.
    """
    stack, found = model.stack(), []
    order = list(range(stack[0].in_features))
    k = 0
    while k < len(stack):
        merged = k + 1 < len(stack) and not stack[k].symbolic.products
        merged = merged and _only_multiplies(stack[k + 1])
        layer, order = _merge(stack[k], stack[k + 1], order) if merged else _split(stack[k], order)
        found.append(layer)
        k += 1 + merged
    if order != sorted(order):
        edges = [Edge(n, o, X) for n, o in enumerate(order)]
        nothing = [0.0] * len(order)
        found.append(ColumnLayer(len(order), edges, nothing, (), [], None))
    return found


def _only_multiplies(layer: SymbolicLayer) -> bool:
    """Whether a layer only passes sums on and multiplies factors, each once."""
    symbolic = layer.symbolic
    edges = symbolic.edges()
    plain = all(edge_tree(e, X) == X for e in edges)
    once = sorted(e.i for e in edges) == list(range(layer.in_features))
    targets = [e.o for e in edges]
    sums = [o for o in range(layer.out_features) if o not in symbolic.products]
    alone = all(targets.count(o) == 1 for o in sums)
    several = all(targets.count(o) > 1 for o in symbolic.products)
    reads = bool(symbolic.products) and not layer.numeric_ends()
    return reads and plain and once and alone and several


def _merge(
    below: SymbolicLayer, above: SymbolicLayer, order: Sequence[int]
) -> tuple[ColumnLayer, list[int]]:
    """A layer of sums with the products of its outputs, and the order of the nodes above it."""
    products = above.symbolic.products
    sums = [o for o in range(above.out_features) if o not in products]
    into = {o: [e.i for e in above.symbolic.edges() if e.o == o] for o in range(above.out_features)}
    columns = [into[o][0] for o in sums] + [i for o in products for i in into[o]]
    place = {column: n for n, column in enumerate(columns)}
    biases, added = below.symbolic.biases(), above.symbolic.biases()
    bias = [biases[c].value for c in columns]
    for n, o in enumerate(sums):
        bias[n] += added[o].value
    edges = [e.moved(order.index(e.i), place[e.o]) for e in below.symbolic.edges()]
    arities = tuple(len(into[o]) for o in products)
    numeric = _take(below, order, columns, 0)
    rest = [added[o].value for o in products]
    layer = ColumnLayer(below.in_features, edges, bias, arities, rest, numeric)
    return layer, [*sums, *products]


def _split(layer: SymbolicLayer, order: Sequence[int]) -> tuple[ColumnLayer, list[int]]:
    """A layer whose products are those of edges, and the order of the nodes above it."""
    symbolic = layer.symbolic
    products, biases = symbolic.products, symbolic.biases()
    if wrong := [o for _, o in layer.numeric_ends() if o in products]:
        raise ValueError(
            f"expected functions on the edges into nodes that multiply, got a curve into node "
            f"{wrong[0]}: regress first, or give it a node of its own"
        )
    sums = [o for o in range(layer.out_features) if o not in products]
    edges = [e.moved(order.index(e.i), sums.index(e.o)) for e in symbolic.edges() if e.o in sums]
    bias = [biases[o].value for o in sums]
    arities = []
    for o in products:
        factors = [e for e in symbolic.edges() if e.o == o]
        for e in factors:
            plain = e.with_tree(replace(e.parts, d=ZERO).tree)
            edges.append(plain.moved(order.index(e.i), len(bias)))
            bias.append(e.parts.d.value)
        bias += [1.0] * (len(factors) == 1)  # a product needs two factors, so one is 1
        arities.append(max(2, len(factors)))
    numeric = _take(layer, order, sums, sum(arities))
    rest = [biases[o].value for o in products]
    made = ColumnLayer(layer.in_features, edges, bias, tuple(arities), rest, numeric)
    return made, [*sums, *products]


@torch.no_grad()
def _take(
    layer: SymbolicLayer, order: Sequence[int], columns: Sequence[int], empty: int
) -> KANLinear | None:
    """The curves between nodes in these orders, and so many outputs behind without any."""
    if not layer.numeric_ends() or layer.numeric is None or layer.numeric.mask is None:
        return None
    numeric = copy.deepcopy(layer.numeric)
    device = numeric.coef.device
    every = torch.tensor([*columns, *([0] * empty)], device=device)
    take_(numeric, torch.tensor(list(order), device=device), every)
    if numeric.mask is not None and empty:
        numeric.mask[:, len(columns) :] = 0
    return numeric
