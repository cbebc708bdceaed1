"""Making symbolic networks: out of a KAN, and out of each other. Nothing is changed in place."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import accumulate

import torch
from torch import Tensor, nn

from edgewise.formula.expression import Number
from edgewise.formula.library import LIBRARY
from edgewise.models.kan import KAN
from edgewise.nn import KANLinear
from edgewise.nn.products import owners
from edgewise.symbolic.composite import with_numbers
from edgewise.symbolic.edges import (
    ConstantIndex,
    Edge,
    EdgeIndex,
    Scalar,
    SymbolicEdges,
    SymbolicLayer,
)
from edgewise.symbolic.fit import Curves, fit_function
from edgewise.symbolic.network import SymbolicKAN


def as_network(model: KAN | SymbolicKAN) -> SymbolicKAN:
    """A copy in float64 that is a network of functions, and of curves where there are none yet."""
    copied = copy.deepcopy(model).double()
    return copied if isinstance(copied, SymbolicKAN) else as_curves(copied)


def as_curves(model: KAN) -> SymbolicKAN:
    """A KAN's layers as those of a symbolic network all of whose edges are still curves.

    Where a layer has products above it, a layer of identities follows that multiplies its factors.
    A map that standardises inputs, and has seen some, stays: functions are read off these curves.
    """
    layers = []
    for layer, arities in zip(model.stack(), model.products, strict=True):
        edges = torch.ones_like(layer.coef[:, 0])
        layer.mask = edges if layer.mask is None else (layer.mask != 0).to(edges)
        start = edges.new_zeros(layer.out_features) if layer.bias is None else layer.bias.detach()
        held = [False] * len(start) if layer.frozen is None else layer.frozen[-1].tolist()
        bias = [Scalar(b, not h) for b, h in zip(start.tolist(), held, strict=True)]
        layer.bias = None
        if layer.norm is not None and not layer.norm.is_new:
            layer.norm.settle()
        symbolic = SymbolicEdges(
            layer.in_features, bias, [], dtype=start.dtype, device=start.device
        )
        layers.append(SymbolicLayer(symbolic, layer))
        if arities:
            layers.append(multiply_layer(layer.out_features, arities, like=start))
    return SymbolicKAN(
        layers,
        input_names=model.input_names,
        inputs=model.inputs,
        in_features=model.in_features,
    )


def multiply_layer(
    outputs: int, arities: Sequence[int], biases: Sequence[Scalar] | None = None, *, like: Tensor
) -> SymbolicLayer:
    """A layer that hands sums on and multiplies factors, all by identities that no refit moves.

    Args:
        outputs: of the layer below, factors last.
        biases: what is added to each node; held at 0 by default.
        like: a tensor of the type and on the device of the layer.
    """
    owner = owners(outputs, arities)
    sums = outputs - sum(arities)
    edges = [Edge(i, o, LIBRARY.identity, fixed=True) for i, o in enumerate(owner)]
    held = [Scalar(0.0).hold() for _ in range(sums + len(arities))]
    products = range(sums, sums + len(arities))
    symbolic = SymbolicEdges(
        outputs, biases or held, edges, products, dtype=like.dtype, device=like.device
    )
    return SymbolicLayer(symbolic)


def layer_places(model: KAN) -> list[int]:
    """Where the layers of a KAN are in :func:`as_network` of it."""
    before = [0, *accumulate(bool(arities) for arities in model.products[:-1])]
    return [k + n for k, n in enumerate(before)]


def with_layers(model: SymbolicKAN, layers: Sequence[SymbolicLayer]) -> SymbolicKAN:
    """The same inputs, other layers."""
    return SymbolicKAN(
        layers,
        input_names=model.input_names,
        inputs=model.inputs,
        in_features=model.in_features,
    )


def rebuild_layer(
    layer: SymbolicLayer,
    edges: Sequence[Edge],
    bias: Sequence[Scalar | float],
    curves: Iterable[tuple[int, int]],
) -> SymbolicLayer:
    """A layer with these symbolic edges, and the old curves on some of the others."""
    numeric: KANLinear | None = None
    kept = list(curves)
    if kept and layer.numeric is not None:
        numeric = copy.deepcopy(layer.numeric)
        mask = torch.zeros_like(numeric.mask)  # type: ignore[arg-type]
        for i, o in kept:
            mask[i, o] = 1
        numeric.mask = mask
    like = layer.symbolic.bias
    symbolic = SymbolicEdges(
        layer.in_features,
        bias,
        edges,
        layer.symbolic.products,
        dtype=like.dtype,
        device=like.device,
    )
    return SymbolicLayer(symbolic, numeric)


def with_constants(model: SymbolicKAN, scalars: dict[ConstantIndex, Scalar]) -> SymbolicKAN:
    """The network with other constants in these places."""
    layers = []
    for k, layer in enumerate(model.stack()):
        edges, bias = layer.symbolic.edges(), layer.symbolic.biases()
        for (at, e, name), scalar in scalars.items():
            if at != k:
                continue
            if e is None:
                bias[int(name)] = scalar
            elif isinstance(name, str):
                edges[e] = edges[e].with_scalar(name, scalar)
            else:
                numbers = list(edges[e].numbers)
                numbers[name] = Number(scalar.value, scalar.exact)
                edges[e] = replace(edges[e], function=with_numbers(edges[e].function, numbers))
        layers.append(rebuild_layer(layer, edges, bias, layer.numeric_ends()))
    return with_layers(model, layers)


def with_edges(model: SymbolicKAN, chosen: dict[EdgeIndex, tuple[Edge, float]]) -> SymbolicKAN:
    """The network with functions on these edges, in place of a curve or of another function.

    Each comes with the constant d that its node gains.
    """
    layers = []
    for k, layer in enumerate(model.stack()):
        mine = {(i, o): choice for (at, i, o), choice in chosen.items() if at == k}
        if not mine:
            layers.append(copy.deepcopy(layer))
            continue
        edges = [e for e in layer.symbolic.edges() if (e.i, e.o) not in mine]
        bias = layer.symbolic.biases()
        for (_, o), (edge, d) in mine.items():
            if o in layer.symbolic.products:
                edges.append(replace(edge, d=Scalar(d)))
            else:
                edges.append(edge)
                bias[o] = Scalar(bias[o].value + d) if d else bias[o]
        curves = [end for end in layer.numeric_ends() if end not in mine]
        # Functions of 0 are no edges at all, at nodes that add.
        edges = [
            e
            for e in edges
            if (e.function.name != "0" and e.c.value != 0) or e.o in layer.symbolic.products
        ]
        layers.append(rebuild_layer(layer, edges, bias, curves))
    return with_layers(model, layers)


@torch.no_grad()
def exchange(model: SymbolicKAN, index: EdgeIndex, edge: Edge, x: Tensor) -> SymbolicKAN:
    """The network with another function on an edge, as near as it comes to the one that was there.

    `edge` says where on its argument to begin; what the node gets on average stays.
    """
    k, i, o = index
    h = model.select(x)
    for layer in model.stack()[:k]:
        h = layer(h)
    old = model.stack()[k].edge_values(h)[:, i, o]
    curves = Curves(h[:, i][None], old[None, None], torch.ones_like(old)[None])
    a, b, c, _ = edge.values()
    if k and edge.function.name != "0" and not edge.numbers:  # a hidden node may have another scale
        fit = fit_function(edge.function, curves)
        a, b, c = float(fit.a), float(fit.b), float(fit.c)
        edge = replace(edge, a=Scalar(a), b=Scalar(b), c=Scalar(c))
    elif not edge.numbers:
        f = edge.function.torch(a * h[:, i] + b)
        f, rest = f - f.mean(), old - old.mean()
        best = float((f * rest).sum() / f.square().sum().clamp_min(1e-300))
        c = best if best != 0 else c
        edge = replace(edge, c=Scalar(c))
    gone = float(old.mean()) - c * float(edge.function.torch(a * h[:, i] + b).mean())
    return with_edges(model, {index: (edge, gone)})


def without_dead(model: SymbolicKAN) -> SymbolicKAN:
    """The network without the hidden nodes that get nothing, or that nothing reads.

    For networks without curves; others are given back as they are.
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
            continue  # a factor is not left out like a term
        fed = {o for _, o in layers[k].symbolic.ends}
        read = {i for i, _ in layers[k + 1].symbolic.ends}
        for node in range(layers[k].out_features):
            if layers[k].out_features > 1 and (node not in fed or node not in read):
                return k, node
    return None


@torch.no_grad()
def _without_node(layers: list[SymbolicLayer], k: int, node: int) -> list[SymbolicLayer]:
    """Layers without a node; what it added as a constant goes into the biases above."""
    below, above = layers[k].symbolic, layers[k + 1].symbolic
    value = below.bias.detach().new_zeros(1, below.out_features)
    value[0, node] = below.bias.detach()[node]
    added = layers[k + 1].edge_values(value)[0, node].tolist()  # 0 if nothing reads it
    keep = [o for o in range(below.out_features) if o != node]
    place = {o: n for n, o in enumerate(keep)}
    dtype, device = below.bias.dtype, below.bias.device
    biases = below.biases()
    new_below = SymbolicEdges(
        below.in_features,
        [biases[o] for o in keep],
        [_move(e, e.i, place[e.o]) for e in below.edges() if e.o != node],
        [place[o] for o in below.products if o != node],
        dtype=dtype,
        device=device,
    )
    new_above = SymbolicEdges(
        len(keep),
        [Scalar(b.value + d) if d else b for b, d in zip(above.biases(), added, strict=True)],
        [_move(e, place[e.i], e.o) for e in above.edges() if e.i != node],
        above.products,
        dtype=dtype,
        device=device,
    )
    return [*layers[:k], SymbolicLayer(new_below), SymbolicLayer(new_above), *layers[k + 2 :]]


def _move(edge: Edge, i: int, o: int) -> Edge:
    return replace(edge, i=i, o=o)


def count_trainable(model: nn.Module) -> int:
    """Number of parameters that a refit finds."""
    return sum(p.numel() for p in model.parameters() if p.requires_grad)
