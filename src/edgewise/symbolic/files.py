"""Symbolic networks as JSON-able data: structure, functions, and which constants are exact.

The values of constants are in the tensors beside it. Functions are written by their names, or as
trees; nothing in a description is ever evaluated.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import torch

from edgewise.formula.constants import read_constant
from edgewise.formula.files import read_expression
from edgewise.formula.function import Function
from edgewise.formula.library import LIBRARY, Library
from edgewise.nn import KANLinear
from edgewise.symbolic.composite import make_function
from edgewise.symbolic.edges import LETTERS, Edge, Scalar, SymbolicEdges, SymbolicLayer

NEUTRAL = (1.0, 0.0, 1.0, 0.0)
"""a, b, c and d until the tensors are there."""
LONGEST_NAME = 1000


@dataclass(frozen=True)
class Description:
    """What a file says of a network."""

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
            [
                *(e.i, e.o, _describe_function(e.function)),
                [_describe_scalar(s) for s in e.scalars],
                *([{"frozen": True}] if e.frozen else []),
            ]
            for e in symbolic.edges()
        ],
        "bias": [_describe_scalar(b) for b in symbolic.biases()],
        "products": list(symbolic.products),
        "numeric": None if layer.numeric is None else layer.numeric.to_config(),
    }


def _describe_function(function: Function) -> Any:
    return function.name if function.tree is None else function.tree.to_config()


def _describe_scalar(scalar: Scalar) -> bool | str:
    """True for a free one, False for one that is held, the constant's text for an exact one."""
    return scalar.free if scalar.exact is None else str(scalar.exact)


def read_description(
    config: Any,
    library: Library = LIBRARY,
    device: torch.device | str | None = None,
    dtype: torch.dtype | None = None,
) -> Description:
    """The network that :func:`describe` described, with constants still to be loaded.

    Raises:
        ValueError: if it describes none, or a function isn't in the library.
    """
    config = _later_form(_mapping(config, "a network"))
    entries = _sequence(_entry(config, "layers"), "layers")
    if not entries:
        raise ValueError("expected at least one layer in the description of a network, got none")
    layers = [_read_layer(_mapping(c, "a layer"), library, device, dtype) for c in entries]
    for below, above in pairwise(layers):
        if below.out_features != above.in_features:
            raise ValueError(
                f"expected layers that fit, got one of {below.out_features} outputs below one of "
                f"{above.in_features} inputs"
            )
    in_features = _count(_entry(config, "in_features"), "in_features")
    names = _sequence(_entry(config, "input_names"), "input_names")
    if len(names) != in_features or not all(isinstance(n, str) for n in names):
        raise ValueError(f"expected {in_features} input names, got {names!s:.80}")
    inputs = _entry(config, "inputs")
    read = in_features
    if inputs is not None:
        inputs = [_index(i, in_features, "an input") for i in _sequence(inputs, "inputs")]
        read = len(inputs)
    if read != layers[0].in_features:
        raise ValueError(
            f"expected a first layer of {read} inputs, got one of {layers[0].in_features}"
        )
    return Description(layers, names, inputs, in_features)


def _read_layer(
    config: dict[str, Any],
    library: Library,
    device: torch.device | str | None,
    dtype: torch.dtype | None,
) -> SymbolicLayer:
    size = _count(_entry(config, "in_features"), "in_features")
    bias = [_read_scalar(b, 0.0) for b in _sequence(_entry(config, "bias"), "bias")]
    outputs = len(bias)
    edges = [
        _read_edge(e, size, outputs, library) for e in _sequence(_entry(config, "edges"), "edges")
    ]
    products = [
        _index(o, outputs, "a product") for o in _sequence(_entry(config, "products"), "products")
    ]
    numeric = _entry(config, "numeric")
    if numeric is not None:
        numeric = _mapping(numeric, "curves")
        shape = (numeric.get("in_features"), numeric.get("out_features"))
        if shape != (size, outputs):
            raise ValueError(f"expected curves of the sizes {(size, outputs)}, got {shape}")
        numeric = KANLinear.from_config(numeric, device=device, dtype=dtype)
    symbolic = SymbolicEdges(
        size, bias, edges, products, dtype=dtype or torch.float64, device=device
    )
    return SymbolicLayer(symbolic, numeric)


def _read_edge(config: Any, inputs: int, outputs: int, library: Library) -> Edge:
    parts = _sequence(config, "an edge")
    frozen = parts[4:] == [{"frozen": True}]
    if len(parts) != 4 + frozen:
        raise ValueError(
            f"expected an edge [input, output, function, constants], got {parts!s:.80}"
        )
    i, o, function, marks = parts[:4]
    marks = _sequence(marks, "the constants of an edge")
    if len(marks) != len(LETTERS):
        raise ValueError(f"expected 4 constants of an edge, got {len(marks)}")
    return Edge(
        _index(i, inputs, "an edge's input"),
        _index(o, outputs, "an edge's output"),
        _read_function(function, library),
        *(_read_scalar(m, v) for m, v in zip(marks, NEUTRAL, strict=True)),
        frozen=frozen,
    )


def _read_function(config: Any, library: Library) -> Function:
    if isinstance(config, list):
        return make_function(read_expression(config, library))
    if not isinstance(config, str) or config not in library:
        raise ValueError(
            f"expected a function among {', '.join(library)}; got {str(config)[:LONGEST_NAME]!r}: "
            "pass the library that it was made with"
        )
    return library[config]


def _read_scalar(mark: Any, value: float) -> Scalar:
    if isinstance(mark, bool):
        return Scalar(value, mark)
    if not isinstance(mark, str):
        raise ValueError(f"expected true, false or a constant such as 1/2*pi, got {mark!r:.80}")
    return Scalar.of(read_constant(mark))


# What a damaged file may hold in the place of these.


def _mapping(value: Any, what: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ValueError(f"expected {what} as a mapping, got {value!s:.80}")
    return value


def _entry(config: dict[str, Any], name: str) -> Any:
    if name not in config:
        raise ValueError(f"expected an entry {name!r}, got only {', '.join(map(str, config))}")
    return config[name]


def _sequence(value: Any, what: str) -> list[Any]:
    if not isinstance(value, list | tuple):
        raise ValueError(f"expected {what} as a list, got {value!s:.80}")
    return list(value)


def _count(value: Any, what: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ValueError(f"expected {what} to be a whole number, got {value!s:.80}")
    return value


def _index(value: Any, size: int, what: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < size:
        raise ValueError(f"expected {what} from 0 to {size - 1}, got {value!s:.80}")
    return value


# Files of edgewise 0.1 before formulas were trees.


def _later_form(config: dict[str, Any]) -> dict[str, Any]:
    """The description in today's form: once, exact constants were listed beside the layers."""
    if "snapped" not in config:
        return config
    layers = [
        _later_layer(_mapping(c, "a layer")) for c in _sequence(_entry(config, "layers"), "layers")
    ]
    for entry in _sequence(config["snapped"], "snapped"):
        place, text = _pair(entry)
        place = _sequence(place, "the place of a constant")
        if len(place) not in (2, 3):
            raise ValueError(f"expected [layer, output] or [layer, edge, letter], got {place}")
        layer = layers[_index(place[0], len(layers), "a layer")]
        if len(place) == 2:
            layer["bias"][_index(place[1], len(layer["bias"]), "an output")] = str(text)
            continue
        edge = layer["edges"][_index(place[1], len(layer["edges"]), "an edge")]
        if place[2] not in tuple(LETTERS):
            raise ValueError(f"expected one of a, b, c and d, got {place[2]!s:.80}")
        edge[3][LETTERS.index(place[2])] = str(text)
    return {**config, "layers": layers}


def _later_layer(config: dict[str, Any]) -> dict[str, Any]:
    lists = [_sequence(_entry(config, n), n) for n in ("ends", "functions", "fixed")]
    if len({len(part) for part in lists}) != 1:
        raise ValueError(f"expected as many ends as functions, got {[len(part) for part in lists]}")
    if not all(isinstance(held, bool) for held in lists[2]):
        raise ValueError(f"expected true or false for each edge, got {lists[2]!s:.80}")
    edges = [
        [*_pair(end), function, [not held] * 4] for end, function, held in zip(*lists, strict=True)
    ]
    bound = range(_count(_entry(config, "out_features"), "out_features"))
    if len(bound) > 10**6:
        raise ValueError(f"expected at most a million outputs, got {len(bound)}")
    return {**config, "edges": edges, "bias": [True for _ in bound]}


def _pair(value: Any) -> list[Any]:
    parts = _sequence(value, "a pair")
    if len(parts) != 2:
        raise ValueError(f"expected a pair, got {parts!s:.80}")
    return parts
