"""Convert pykan's checkpoints with symbolic functions to networks of formulas, and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import torch
from torch import Tensor

from edgewise.formula.expression import ZERO
from edgewise.formula.function import Function
from edgewise.formula.library import Library
from edgewise.interop.layout import Leaves
from edgewise.interop.pykan import PykanFormat
from edgewise.interop.pykan_files import Description
from edgewise.models.adopt import make_layer
from edgewise.nn import KANLinear
from edgewise.symbolic.build import multiply_layer
from edgewise.symbolic.columns import ColumnLayer, columns_of
from edgewise.symbolic.edges import Bias, Edge, SymbolicEdges
from edgewise.symbolic.mixed_layer import SymbolicLayer
from edgewise.symbolic.network import SymbolicKAN

FORMAT = PykanFormat()


def needs_functions(state: Mapping[str, Any], description: Description | None) -> bool:
    """Whether a checkpoint has what a KAN can't hold: symbolic functions, biases of products."""
    layers = FORMAT.group(state)
    if layers is None or description is None:
        return False
    found = False
    for leaves, products in zip(layers.values(), description.products, strict=False):
        symbolic = leaves.get("symbolic.mask")
        found |= symbolic is not None and bool(symbolic.any())
        bias = leaves.get("node_bias")
        found |= bool(products) and bias is not None and bool(bias[-len(products) :].any())
    return found


def network_from_pykan(
    state: Mapping[str, Any], description: Description, library: Library
) -> SymbolicKAN:
    """The network of a pykan checkpoint with functions on some edges.

    .. math:: y_j = n_j \\Big( s_j \\sum_i \\big[ m_{ij} φ_{ij}(x_i)
              + M_{ij} (c f(a x_i + b) + d) \\big] + t_j \\Big) + u_j

    with the scales and biases s and t of subnodes, and n and u of nodes (after products, if there
    are any). They are merged into c, curves and biases.

    Raises:
        ValueError: if tensors don't fit together, or a function isn't in the library.
    """
    layers = FORMAT.group(state) or {}
    if len(layers) != len(description.products):
        raise ValueError(
            f"expected {len(description.products)} layers as described, got {len(layers)}"
        )
    made: list[SymbolicLayer] = []
    parts = zip(layers.values(), description.products, description.functions, strict=True)
    for leaves, products, names in parts:
        settings = {"products": products, "base": description.base}
        native, added = FORMAT.curves(leaves, settings)
        scale, _, _ = FORMAT.affine(leaves, products)
        numeric = make_layer(native)
        bias = native.parameters["bias"].clone()
        edges = _read_edges(leaves, names, scale, bias, library)
        numeric.bias = None
        if numeric.mask is None:
            numeric.mask = torch.ones_like(numeric.coef[:, 0])
        keep = numeric if bool(numeric.mask.any()) else None
        made.append(SymbolicLayer(SymbolicEdges(numeric.in_features, bias, edges), keep))
        if products:
            nothing = [Bias(ZERO)] * (len(bias) - sum(products))
            biases = [*nothing, *map(Bias.of, added.tolist())]
            made.append(multiply_layer(len(bias), products, biases, like=bias))
    for below, above in pairwise(made):
        if below.out_features != above.in_features:
            raise ValueError(
                f"expected layers that follow one another, got one with {below.out_features} nodes "
                f"before one with {above.in_features} inputs"
            )
    return SymbolicKAN(made)


def _read_edges(
    leaves: Leaves, names: Sequence[Sequence[str]], scale: Tensor, bias: Tensor, library: Library
) -> list[Edge]:
    """The functions of a layer; their constants are added to ``bias`` in place."""
    mask, affine = leaves["symbolic.mask"], leaves["symbolic.affine"]
    outputs, inputs = len(bias), leaves["coef"].shape[0]
    if mask.shape != (outputs, inputs) or affine.shape != (outputs, inputs, 4):
        raise ValueError(
            f"expected functions of {inputs} inputs for {outputs} outputs, got "
            f"{tuple(mask.shape)} and {tuple(affine.shape)}"
        )
    if len(names) != outputs or any(len(row) != inputs for row in names):
        raise ValueError(f"expected names of functions for {outputs} outputs of {inputs} inputs")
    edges = []
    for o, i in mask.nonzero().tolist():
        a, b, c, d = affine[o, i].tolist()
        size = float(mask[o, i] * scale[o])
        bias[o] += size * d
        if names[o][i] != "0":
            edges.append(Edge(i, o, _find(names[o][i], library), a, b, size * c))
    return edges


def _find(name: str, library: Library) -> Function:
    ours = {theirs: f for f in library.values() for theirs in f.spelling.pykan}
    if name not in ours and name not in library:
        raise ValueError(
            f"expected a function among {', '.join(library)}; got {name!r:.80}: pass library="
            "LIBRARY.with_functions(Function(…))"
        )
    return ours[name] if name in ours else library[name]


def network_to_pykan(
    model: SymbolicKAN,
) -> tuple[dict[str, Tensor], list[tuple[int, ...]], list[list[list[str]]], str | None]:
    """The pykan state dict that computes the same: state, products, functions, base activation.

    Raises:
        ValueError: if pykan lacks a function, or curves aren't B-splines without a normalisation.
    """
    layers = columns_of(model)
    curves = [_curves(layer, model.stack()[0].symbolic.bias) for layer in layers]
    products = [layer.products for layer in layers]
    state = FORMAT.multiply(FORMAT.from_native(curves, ()), products)
    functions = []
    for k, layer in enumerate(layers):
        names = [["0"] * layer.in_features for _ in layer.bias]
        mask, affine = state[f"symbolic_fun.{k}.mask"], state[f"symbolic_fun.{k}.affine"]
        for edge in layer.edges:
            parts = edge.parts
            theirs = () if parts.function is None else parts.function.spelling.pykan
            if not theirs:
                raise FORMAT.refuse(f"it has no function {edge.name!r:.80}")
            if mask[edge.o, edge.i]:
                raise FORMAT.refuse(
                    f"it has one function on an edge, got several from {edge.i} to {edge.o} in "
                    f"layer {k}"
                )
            names[edge.o][edge.i] = theirs[0]
            mask[edge.o, edge.i] = 1
            affine[edge.o, edge.i] = affine.new_tensor(parts.values)
        sums = len(layer.bias) - sum(layer.products)
        if layer.products:
            added = state[f"node_bias_{k}"]
            added[sums:] = added.new_tensor(layer.added)
        functions.append(names)
    bases = {layer.base for layer in curves if layer.mask is None or bool(layer.mask.any())}
    return state, products, functions, "silu" if bases - {None} else None


@torch.no_grad()
def _curves(layer: ColumnLayer, like: Tensor) -> KANLinear:
    """The curves of a layer with its biases; masked curves if the layer has none."""
    numeric = layer.numeric
    if numeric is None:
        kind: dict[str, Any] = {"dtype": like.dtype, "device": like.device}
        generator = torch.Generator(like.device).manual_seed(0)
        kind |= {"basis": FORMAT.basis(), "norm": None, "seed": generator}
        numeric = KANLinear(layer.in_features, len(layer.bias), **kind)
        numeric.mask = torch.zeros_like(numeric.coef[:, 0])
    numeric.bias = torch.nn.Parameter(like.new_tensor(layer.bias))
    return numeric
