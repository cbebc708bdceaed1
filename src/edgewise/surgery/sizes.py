"""The same function with more room: wider levels, and more layers."""

from __future__ import annotations

import copy
from typing import Any, TypeVar, cast

import torch
from torch import Tensor, nn

from edgewise._checks import read_count
from edgewise.explain.edges import layer_inputs
from edgewise.formula.library import LIBRARY
from edgewise.grids.layers import as_input
from edgewise.models.adapt_to_data import place_grid
from edgewise.models.as_kan import check_kan, check_layered
from edgewise.models.kan import KAN
from edgewise.nn import KANLinear
from edgewise.nn.arguments import read_seed, renamed
from edgewise.nn.inspect import check_own_weights
from edgewise.nn.resize import grow, take_
from edgewise.symbolic.build import with_layers
from edgewise.symbolic.edges import Edge, SymbolicEdges
from edgewise.symbolic.mixed_layer import SymbolicLayer
from edgewise.symbolic.network import SymbolicKAN

Network = TypeVar("Network", bound=nn.Module)


@renamed(generator="seed")
def expand_width(
    model: KAN,
    level: int,
    nodes: int,
    *,
    arity: int | None = None,
    seed: int | torch.Generator | None = None,
) -> KAN:
    """The same function with more nodes at a hidden level, for training to use.

    Edges into the new nodes are made as those of a new layer; edges out of them are 0, so that the
    function is the same to the last bit but for the order of sums. The new nodes' inputs above have
    the mean of the other grids.

    Args:
        model: a KAN; it isn't changed.
        level: from 1, the first hidden one, to ``len(model.widths) - 2``.
        nodes: the number of nodes to add.
        arity: the number of factors of each of them; None for nodes that add.
        seed: seed of the random edges, an integer or a generator; None takes torch's global one.

    Raises:
        TypeError: if the model is no KAN.
        ValueError: if there is no such level, or a normalisation over all its nodes would answer
            something else with more of them.

    Example:
        >>> import torch, edgewise as ew
        >>> model, x = ew.KAN([2, 3, 1]), torch.rand(10, 2)
        >>> wider = ew.surgery.expand_width(model, 1, 2)
        >>> wider.widths, torch.allclose(wider(x), model(x), atol=1e-6)
        ([2, 5, 1], True)

    Reference: pykan's ``expand_width``.
    """
    kan = check_kan("expand_width", model)
    nodes = read_count("expand_width", "nodes", nodes, 1)
    level = read_count("expand_width", "level", level, 1)
    if arity is not None:
        arity = read_count("expand_width", "arity", arity, 2)
    if nodes * (arity or 1) > 10**6:
        raise ValueError(f"expand_width expected at most a million nodes, got {nodes}")
    if level > len(kan.layers) - 1:
        raise ValueError(
            f"expand_width expected a hidden level from 1 to {len(kan.layers) - 1}, got {level}: "
            f"the widths are {kan.widths}"
        )
    if kan.post is not None or kan.stack()[level].mixes_features:
        raise ValueError(
            f"expand_width expected nodes that are normalised one by one, got level {level}, whose "
            "normalisation counts all of them: take ew.surgery.unmix(model, x) first"
        )
    check_own_weights(kan)
    new = copy.deepcopy(kan)
    below, above = new.stack()[level - 1 : level + 1]
    generator = read_seed("expand_width", seed, below.coef.device)
    new.layers[level - 1] = grow(below, 0, nodes * (arity or 1), generator)
    new.layers[level] = grow(above, nodes, 0, generator)
    if arity is not None:
        new.products[level - 1] = (*kan.products[level - 1], *[arity] * nodes)
    elif kan.products[level - 1]:  # sums come before products
        sums, below, above = kan.levels()[level].sums, *new.stack()[level - 1 : level + 1]
        rows, columns = (torch.arange(n, device=below.coef.device) for n in below.coef.shape[::2])
        take_(below, rows, _put_last(columns, sums, nodes))
        rows, columns = (torch.arange(n, device=below.coef.device) for n in above.coef.shape[::2])
        take_(above, _put_last(rows, sums, nodes), columns)
    return new


def _put_last(order: Tensor, at: int, count: int) -> Tensor:
    """An order in which the last ones stand at that place."""
    end = len(order) - count
    return torch.cat([order[:at], order[end:], order[at:end]])


def expand_depth(model: Network, level: int | None = None, x: Any = None) -> Network:
    """The same function with one more layer, which hands on what it gets until it is trained.

    Its curves are 0, and its base activation is the identity with weight 1 from each node to
    itself. Basis and normalisation are those of the layer beside it; if the new layer is in front
    of one that standardises its inputs, it does that instead.

    Args:
        model: a KAN, or one with functions on some edges, whose new layer is of curves like the
            nearest ones, or of identities if it has none; it isn't changed.
        level: where it is put, from 0, in front of the first layer, to the number of layers, which
            is the default.
        x: rows, to place its grid where they are; None leaves it as the basis makes it.

    Shape:
        x: (*, in_features)

    Raises:
        TypeError: if the model is no KAN.
        ValueError: if there is no such level, x doesn't fit, or LayerNorms follow the layers.

    Example:
        >>> import torch, edgewise as ew
        >>> model, x = ew.KAN([2, 3, 1]), torch.rand(10, 2)
        >>> deeper = ew.surgery.expand_depth(model, x=x)
        >>> deeper.widths, torch.equal(deeper(x), model(x))
        ([2, 3, 1, 1], True)

    Reference: pykan's ``expand_depth``.
    """
    kan = check_layered("expand_depth", model)
    depth = len(kan.stack())
    level = depth if level is None else level
    level = read_count("expand_depth", "level", level, 0)
    if level > depth:
        raise ValueError(f"expand_depth expected a level from 0 to {depth}, got {level}")
    if isinstance(kan, SymbolicKAN):
        return cast(Network, _expand_functions(kan, level, x))
    if kan.post is not None:
        raise ValueError(
            "expand_depth expected layers that follow each other directly, got "
            f"post={kan.post!r}, which would change what the new layer hands on"
        )
    layer = _identity(kan.stack()[min(level, depth - 1)], kan.widths[level])
    check_own_weights(kan)
    new = copy.deepcopy(kan)
    above = new.stack()[level].norm if level < depth else None
    if above is not None and above.feeds_base:  # then it hands on n(x), and does it here
        layer.norm, new.stack()[level].norm = above, None
    moved = above is not None and layer.norm is above  # it has its place, for bases without a grid
    if x is not None and not (moved and layer.basis.points(layer.grid) is None):
        place_grid(layer, layer_inputs(kan, as_input(kan, x))[level].detach())
    new.layers.insert(level, layer.train(kan.training))
    new.products.insert(level, ())
    return cast(Network, new)


def _expand_functions(model: SymbolicKAN, level: int, x: Any) -> SymbolicKAN:
    """The same with functions on some edges: curves like the nearest ones, or identities."""
    width = model.widths[level]
    like = model.stack()[0].symbolic.bias
    curves = [(abs(k + 0.5 - level), s.numeric) for k, s in enumerate(model.stack()) if s.numeric]
    numeric, edges = None, [Edge(n, n, LIBRARY.identity) for n in range(width)]
    if curves:
        numeric, edges = _identity(min(curves, key=lambda c: c[0])[1], width), []
        numeric.bias, numeric.mask = None, torch.ones_like(numeric.coef[:, 0])
        if x is not None:
            place_grid(numeric, layer_inputs(model, as_input(model, x))[level].detach())
    symbolic = SymbolicEdges(width, [0.0] * width, edges, dtype=like.dtype, device=like.device)
    layers = copy.deepcopy(model.stack())
    layers.insert(level, SymbolicLayer(symbolic, numeric).train(model.training))
    return with_layers(model, layers)


def _identity(beside: KANLinear, width: int) -> KANLinear:
    like = beside.coef
    fed = beside.norm is not None and beside.norm.feeds_base  # no identity of x then
    layer = KANLinear(
        width,
        width,
        basis=beside.basis,
        norm="auto" if beside.mixes_features or fed else beside.norm_name,
        base="identity",
        bias=beside.bias is not None,
        coef_scale=beside.scale_setting,
        init="zero",
        engine=beside.engine,
        device=like.device,
        dtype=like.dtype,
    )
    if layer.base_weight is not None:
        with torch.no_grad():
            layer.base_weight.zero_().fill_diagonal_(1)
    return layer
