"""Edges, nodes and layers that training leaves as they are."""

from __future__ import annotations

import copy
import warnings
from dataclasses import replace
from functools import singledispatch
from typing import Any, TypeAlias, TypeVar

from torch import nn

from edgewise.nn import KANLinear
from edgewise.nn.arguments import level_outside
from edgewise.nn.frozen import freeze_
from edgewise.surgery.views import check_place, takes_edge
from edgewise.symbolic.build import rebuild_layer
from edgewise.symbolic.edges import Edge
from edgewise.symbolic.mixed_layer import SymbolicLayer

M = TypeVar("M", bound=nn.Module)
Place: TypeAlias = int | tuple[int, int | None, int | None]
"""A layer, or (layer, input, output) with None for all of them."""


@takes_edge
def freeze(model: M, edge: Place) -> M:
    """A copy of the model of which `fit` leaves an edge, a node or a layer as it is.

    (layer, i, j) is the edge from input i to output j of a layer; (layer, None, j) the node, that
    is all edges into it and its bias; (layer, i, None) all edges from an input; a layer's number
    alone the whole layer. Coefficients, base weights and scales stay to the last bit, and so do the
    normalisation of the edge's input and its trained centres, so that the edge stays the same
    function. If the edge is a function with a name, its numbers stay. A layer that standardises its
    inputs and has seen none yet keeps the identity as their map, and a warning says so. Files keep
    what is frozen, and ``prune``, ``grids.refine`` and the like, which change no function, work as
    always.

    Args:
        model: a KAN or a SymbolicKAN; it isn't changed.
        edge: what to freeze; all numbers count from 0.

    Raises:
        TypeError: if the model is no KAN or SymbolicKAN.
        ValueError: if there is no such layer, input or output.

    Example:
        >>> import torch, edgewise as ew
        >>> x = torch.rand(50, 2)
        >>> model = ew.nn.settle(ew.KAN([2, 3, 1]), x)
        >>> model = ew.surgery.freeze(model, (0, 1, 2))
        >>> before = ew.surgery.edge_curve(model, (0, 1, 2), x).y
        >>> history = ew.fit(model, x, x[:, :1], steps=3, progress=False)
        >>> torch.equal(ew.surgery.edge_curve(model, (0, 1, 2), x).y, before)
        True
    """
    layer, i, j = _read_place(edge)
    check_place("freeze", model, layer, i, j)
    return _change(model, layer, i, j, held=True)


@takes_edge
def unfreeze(model: M, edge: Place | None = None) -> M:
    """A copy of the model of which `fit` moves an edge, a node, a layer or everything again.

    Args:
        model: a KAN or a SymbolicKAN; it isn't changed.
        edge: as :func:`freeze` takes it; None is everything.

    Raises:
        TypeError: if the model is no KAN or SymbolicKAN.
        ValueError: if there is no such layer, input or output.

    Example:
        >>> import edgewise as ew
        >>> model = ew.surgery.freeze(ew.KAN([2, 3, 1], norm=None), 0)
        >>> model = ew.surgery.unfreeze(model, (0, None, 1))
        >>> model.layers[0].frozen.all(0)
        tensor([ True, False,  True])
    """
    if edge is None:
        for k in range(len(check_place("unfreeze", model, 0))):
            model = _change(model, k, None, None, held=False)
        return model
    layer, i, j = _read_place(edge)
    check_place("unfreeze", model, layer, i, j)
    return _change(model, layer, i, j, held=False)


def _read_place(edge: Any) -> tuple[Any, Any, Any]:
    if not isinstance(edge, tuple | list):
        return edge, None, None
    if len(edge) != 3:
        raise ValueError(
            f"expected edge=(layer, input, output) with None for all inputs or outputs, or the "
            f"number of a layer; got {edge!r:.80}"
        )
    return edge[0], edge[1], edge[2]


def _change(model: M, layer: int, i: int | None, j: int | None, *, held: bool) -> M:
    new = copy.deepcopy(model)
    layers: nn.ModuleList = new.layers  # type: ignore[assignment]
    layers[layer] = _set(layers[layer], i, j, held)
    return new


@singledispatch
def _set(layer: nn.Module, i: int | None, j: int | None, held: bool) -> nn.Module:
    raise TypeError(f"expected a layer of edges, got {type(layer).__name__}")


@_set.register
def _(layer: KANLinear, i: int | None, j: int | None, held: bool) -> nn.Module:
    if held and layer.norm is not None and layer.norm.is_new:
        warnings.warn(
            "freeze expected a layer that has seen rows, which its map of the inputs is made from, "
            "got one before any training: the map stays the identity. Train first, or call "
            "edgewise.nn.settle(model, x) with rows of training, or edgewise.nn.settle(model) if "
            "the identity is right",
            UserWarning,
            stacklevel=level_outside(),
        )
    freeze_(layer, i, j, held=held)
    return layer


@_set.register
def _(layer: SymbolicLayer, i: int | None, j: int | None, held: bool) -> nn.Module:
    edges = [
        Edge(e.i, e.o, e.tree, frozen=held) if i in (None, e.i) and j in (None, e.o) else e
        for e in layer.symbolic.edges()
    ]
    bias = [
        replace(b, frozen=held) if i is None and j in (None, o) else b
        for o, b in enumerate(layer.symbolic.biases())
    ]
    new = rebuild_layer(layer, edges, bias, layer.numeric_ends())
    if new.numeric is not None:
        _set(new.numeric, i, j, held)
    return new
