"""Convert networks of formulas to JSON-able descriptions and back.

The values of free numbers are in the file's tensors. Nothing in a description is ever evaluated.
Descriptions of earlier versions are converted first (:mod:`.earlier_files`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import torch

from edgewise._tensors import Device, DType
from edgewise.formula.expression import Number
from edgewise.formula.files import read_expression
from edgewise.formula.library import Library
from edgewise.nn import KANLinear
from edgewise.symbolic.edges import Bias, Edge, SymbolicEdges
from edgewise.symbolic.entries import count, entry, index, mapping, sequence
from edgewise.symbolic.mixed_layer import SymbolicLayer

FROZEN = {"frozen": True}


@dataclass(frozen=True)
class Description:
    """The description of a network in a file."""

    layers: list[SymbolicLayer]
    input_names: list[str]
    inputs: list[int] | None
    in_features: int


def describe(
    layers: Sequence[SymbolicLayer],
    input_names: Sequence[str],
    inputs: Sequence[int] | None,
    in_features: int,
) -> dict[str, Any]:
    """A network as JSON-able data."""
    return {
        "model": "SymbolicKAN",
        "layers": [_describe_layer(layer) for layer in layers],
        "input_names": list(input_names),
        "inputs": None if inputs is None else list(inputs),
        "in_features": in_features,
    }


def _describe_layer(layer: SymbolicLayer) -> dict[str, Any]:
    symbolic = layer.symbolic
    return {
        "in_features": layer.in_features,
        "edges": [
            [e.i, e.o, e.tree.to_config(), *([FROZEN] if e.frozen else [])]
            for e in symbolic.edges()
        ],
        "bias": [
            [b.number.to_config(), *([FROZEN] if b.frozen else [])] for b in symbolic.biases()
        ],
        "products": list(symbolic.products),
        "numeric": None if layer.numeric is None else layer.numeric.to_config(),
    }


def read_description(
    config: Any,
    library: Library,
    device: Device,
    dtype: DType,
) -> Description:
    """The network that :func:`describe` described; its constants have to be loaded.

    Raises:
        ValueError: if the data describe no network, or a function isn't in the library.
    """
    config = mapping(config, "a network")
    entries = sequence(entry(config, "layers"), "layers")
    if not entries:
        raise ValueError("expected at least one layer in the description of a network, got none")
    layers = [_read_layer(mapping(c, "a layer"), library, device, dtype) for c in entries]
    for below, above in pairwise(layers):
        if below.out_features != above.in_features:
            raise ValueError(
                f"expected layers that fit, got one of {below.out_features} outputs below one of "
                f"{above.in_features} inputs"
            )
    in_features = count(entry(config, "in_features"), "in_features")
    names = sequence(entry(config, "input_names"), "input_names")
    if len(names) != in_features or not all(isinstance(n, str) for n in names):
        raise ValueError(f"expected {in_features} input names, got {names!s:.80}")
    inputs = entry(config, "inputs")
    read = in_features
    if inputs is not None:
        inputs = [index(i, in_features, "an input") for i in sequence(inputs, "inputs")]
        read = len(inputs)
    if read != layers[0].in_features:
        raise ValueError(
            f"expected a first layer of {read} inputs, got one of {layers[0].in_features}"
        )
    return Description(layers, names, inputs, in_features)


def _read_layer(
    config: dict[str, Any],
    library: Library,
    device: Device,
    dtype: DType,
) -> SymbolicLayer:
    size = count(entry(config, "in_features"), "in_features")
    bias = [_read_bias(b, library) for b in sequence(entry(config, "bias"), "bias")]
    outputs = len(bias)
    edges = [
        _read_edge(e, size, outputs, library) for e in sequence(entry(config, "edges"), "edges")
    ]
    products = [
        index(o, outputs, "a product") for o in sequence(entry(config, "products"), "products")
    ]
    numeric = entry(config, "numeric")
    if numeric is not None:
        numeric = mapping(numeric, "curves")
        shape = (numeric.get("in_features"), numeric.get("out_features"))
        if shape != (size, outputs):
            raise ValueError(f"expected curves of the sizes {(size, outputs)}, got {shape}")
        numeric = KANLinear.from_config(numeric, device=device, dtype=dtype)
    symbolic = SymbolicEdges(
        size, bias, edges, products, dtype=dtype or torch.float64, device=device
    )
    return SymbolicLayer(symbolic, numeric)


def _read_edge(config: Any, inputs: int, outputs: int, library: Library) -> Edge:
    parts, frozen = _frozen(config, 3, "an edge [input, output, formula]")
    tree = read_expression(parts[2], library)
    i, o = index(parts[0], inputs, "an edge's input"), index(parts[1], outputs, "its output")
    return Edge(i, o, tree, frozen=frozen)


def _read_bias(config: Any, library: Library) -> Bias:
    (number,), frozen = _frozen(config, 1, "a bias [number]")
    tree = read_expression(number, library)
    if not isinstance(tree, Number):
        raise ValueError(f"expected a number as bias, got {tree!r:.80}")
    return Bias(tree, frozen)


def _frozen(config: Any, count: int, what: str) -> tuple[list[Any], bool]:
    """The parts of an entry, and whether it is frozen."""
    parts = sequence(config, what)
    frozen = parts[count:] == [FROZEN]
    if len(parts) != count + frozen:
        raise ValueError(f"expected {what}, got {parts!s:.80}")
    return parts[:count], frozen
