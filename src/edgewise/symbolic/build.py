"""Build symbolic networks from KANs and from each other; nothing is changed in place."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import accumulate

import torch
from torch import Tensor

from edgewise.formula.continuation import evaluate
from edgewise.formula.expression import ONE, ZERO, Input, Number
from edgewise.models.kan import KAN
from edgewise.nn import KANLinear
from edgewise.nn.product_nodes import owners
from edgewise.symbolic.curve_fits import WeightedCurves, fit_function
from edgewise.symbolic.edges import Bias, ConstantIndex, Edge, EdgeIndex, SymbolicEdges
from edgewise.symbolic.mixed_layer import SymbolicLayer
from edgewise.symbolic.network import SymbolicKAN


def as_network(model: KAN | SymbolicKAN) -> SymbolicKAN:
    """A copy in float64 as a SymbolicKAN, whose edges may still be curves."""
    copied = copy.deepcopy(model).double()
    return copied if isinstance(copied, SymbolicKAN) else as_curves(copied)


def as_curves(model: KAN) -> SymbolicKAN:
    """A KAN as a SymbolicKAN all of whose edges are curves.

    A layer with products above it is followed by a layer of identities that multiplies the factors.
    An input standardisation that has seen data is frozen, because functions are fitted to the
    curves behind it.
    """
    layers = []
    for layer, arities in zip(model.stack(), model.products, strict=True):
        edges = torch.ones_like(layer.coef[:, 0])
        layer.mask = edges if layer.mask is None else (layer.mask != 0).to(edges)
        start = edges.new_zeros(layer.out_features) if layer.bias is None else layer.bias.detach()
        held = [False] * len(start) if layer.frozen is None else layer.frozen[-1].tolist()
        bias = [Bias(Number(b), h) for b, h in zip(start.tolist(), held, strict=True)]
        layer.bias = None
        if layer.norm is not None and not layer.norm.is_new:
            layer.norm.settle()
        symbolic = SymbolicEdges(
            layer.in_features, bias, [], dtype=start.dtype, device=start.device
        )
        layers.append(SymbolicLayer(symbolic, layer))
        if arities:
            layers.append(multiply_layer(layer.out_features, arities, like=start))
    return with_layers(model, layers)


def multiply_layer(
    outputs: int, arities: Sequence[int], biases: Sequence[Bias] | None = None, *, like: Tensor
) -> SymbolicLayer:
    """A layer of identities that passes sums on and multiplies factors.

    Args:
        outputs: the outputs of the layer below, factors last.
        biases: the constant of each node; 0 by default.
        like: a tensor with the dtype and device of the layer.
    """
    owner = owners(outputs, arities)
    sums = outputs - sum(arities)
    edges = [Edge(i, o, Input(0)) for i, o in enumerate(owner)]
    nothing = [Bias(ZERO)] * (sums + len(arities))
    products = range(sums, sums + len(arities))
    symbolic = SymbolicEdges(
        outputs, biases or nothing, edges, products, dtype=like.dtype, device=like.device
    )
    return SymbolicLayer(symbolic)


def layer_places(model: KAN) -> list[int]:
    """The indices of a KAN's layers in its :func:`as_network`."""
    before = [0, *accumulate(bool(arities) for arities in model.products[:-1])]
    return [k + n for k, n in enumerate(before)]


def with_layers(model: KAN | SymbolicKAN, layers: Sequence[SymbolicLayer]) -> SymbolicKAN:
    """A network of these layers with the inputs of a model."""
    return SymbolicKAN(
        layers,
        input_names=model.input_names,
        inputs=model.inputs,
        in_features=model.in_features,
    ).train(model.training)


def rebuild_layer(
    layer: SymbolicLayer,
    edges: Sequence[Edge],
    bias: Sequence[Bias],
    curves: Iterable[tuple[int, int]],
) -> SymbolicLayer:
    """A layer with these symbolic edges, and the old curves on some other edges."""
    numeric: KANLinear | None = None
    kept = list(curves)
    if kept and layer.numeric is not None:
        numeric = copy.deepcopy(layer.numeric)
        mask = torch.zeros_like(numeric.mask)  # type: ignore[arg-type]
        for i, o in kept:
            mask[i, o] = 1
        numeric.mask = mask
    old = layer.symbolic
    symbolic = old.others(layer.in_features, bias, edges, old.products)
    return SymbolicLayer(symbolic, numeric).train(layer.training)


def with_constants(model: SymbolicKAN, numbers: dict[ConstantIndex, Number]) -> SymbolicKAN:
    """The network with other constants in these places."""
    layers = []
    for k, layer in enumerate(model.stack()):
        edges, bias = layer.symbolic.edges(), layer.symbolic.biases()
        for (at, e, place), number in numbers.items():
            if at == k and e is None:
                bias[place] = replace(bias[place], number=number)
            elif at == k and e is not None:
                changed = list(edges[e].numbers)
                changed[place] = number
                edges[e] = edges[e].with_numbers(changed)
        layers.append(rebuild_layer(layer, edges, bias, layer.numeric_ends()))
    return with_layers(model, layers)


def with_edges(model: SymbolicKAN, chosen: dict[EdgeIndex, tuple[Edge, float]]) -> SymbolicKAN:
    """The network with formulas on these edges, in place of a curve or of another formula.

    Each edge comes with a constant d that is added to its node.
    """
    layers = []
    for k, layer in enumerate(model.stack()):
        mine = {(i, o): choice for (at, i, o), choice in chosen.items() if at == k}
        if not mine:
            layers.append(copy.deepcopy(layer))
            continue
        edges = [e for e in layer.symbolic.edges() if (e.i, e.o) not in mine]
        bias, products = layer.symbolic.biases(), layer.symbolic.products
        for (_, o), (edge, d) in mine.items():
            if o in products:
                edges.append(Edge(edge.i, o, edge.tree, d=d))
            else:
                edges.append(edge)
                bias[o] = bias[o].plus(d)
        curves = [end for end in layer.numeric_ends() if end not in mine]
        # At nodes that add, edges whose formula is 0 are dropped.
        edges = [e for e in edges if e.o in products or (e.tree.inputs and e.parts.c.value != 0)]
        layers.append(rebuild_layer(layer, edges, bias, curves))
    return with_layers(model, layers)


@torch.no_grad()
def exchange(model: SymbolicKAN, index: EdgeIndex, edge: Edge, x: Tensor) -> SymbolicKAN:
    """The network with another formula on an edge, fitted to the old one.

    The fit starts from the numbers of `edge`; the mean of the node's input doesn't change.
    """
    k, i, o = index
    h = model.select(x)
    for layer in model.stack()[:k]:
        h = layer(h)
    u, old = h[:, i], model.stack()[k].edge_values(h)[:, i, o]
    parts = edge.parts
    function = parts.function
    if k and function is not None and edge.tree.inputs:  # the scale of a hidden node is arbitrary
        curves = WeightedCurves(u[None], old[None, None], torch.ones_like(old)[None])
        fit = fit_function(function, curves)
        edge = Edge(edge.i, edge.o, function, float(fit.a), float(fit.b), float(fit.c))
    elif function is not None and edge.tree.inputs:
        f = evaluate(replace(parts, c=ONE, d=ZERO).tree, u)
        f, rest = f - f.mean(), old - old.mean()
        best = float((f * rest).sum() / f.square().sum().clamp_min(1e-300))
        edge = edge.with_tree(replace(parts, c=Number(best)).tree) if best != 0 else edge
    gone = float(old.mean()) - float(evaluate(edge.tree, u).mean())
    return with_edges(model, {index: (edge, gone)})


def without_dead(model: SymbolicKAN) -> SymbolicKAN:
    """The network without hidden nodes that have no inputs or no outputs.

    Networks with curves are returned unchanged.
    """
    layers = model.stack()
    if not model.is_symbolic:
        return model
    while True:
        node = _dead_node(layers)
        if node is None:
            return with_layers(model, layers)
        layers = _without_node(layers, *node)


def _dead_node(layers: list[SymbolicLayer]) -> tuple[int, int] | None:
    for k in range(len(layers) - 1):
        if layers[k + 1].symbolic.products:
            continue  # a factor can't be dropped like a term
        fed = {o for _, o in layers[k].symbolic.ends}
        read = {i for i, _ in layers[k + 1].symbolic.ends}
        for node in range(layers[k].out_features):
            if layers[k].out_features > 1 and (node not in fed or node not in read):
                return k, node
    return None


@torch.no_grad()
def _without_node(layers: list[SymbolicLayer], k: int, node: int) -> list[SymbolicLayer]:
    """The layers without a node; its constant contribution moves to the biases above."""
    below, above = layers[k].symbolic, layers[k + 1].symbolic
    value = below.bias.detach().new_zeros(1, below.out_features)
    value[0, node] = below.bias.detach()[node]
    added = layers[k + 1].edge_values(value)[0, node].tolist()  # 0 if nothing reads it
    keep = [o for o in range(below.out_features) if o != node]
    place = {o: n for n, o in enumerate(keep)}
    biases = below.biases()
    new_below = below.others(
        below.in_features,
        [biases[o] for o in keep],
        [e.moved(e.i, place[e.o]) for e in below.edges() if e.o != node],
        [place[o] for o in below.products if o != node],
    )
    new_above = above.others(
        len(keep),
        [b.plus(d) for b, d in zip(above.biases(), added, strict=True)],
        [e.moved(place[e.i], e.o) for e in above.edges() if e.i != node],
        above.products,
    )
    return [*layers[:k], SymbolicLayer(new_below), SymbolicLayer(new_above), *layers[k + 2 :]]
