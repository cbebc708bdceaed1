"""View a KAN and a network of formulas alike: as layers whose edges are curves or functions."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

import numpy as np
from torch import nn

from edgewise._checks import check_values
from edgewise.models.as_kan import check_kan, check_layered
from edgewise.nn.arguments import level_outside, read_edge
from edgewise.symbolic.edges import EdgeIndex, SymbolicEdges
from edgewise.symbolic.mixed_layer import SymbolicLayer
from edgewise.symbolic.network import SymbolicKAN

Verb = TypeVar("Verb", bound=Callable[..., Any])


def view_layers(model: Any) -> list[SymbolicLayer]:
    """The layers, those of a KAN as layers without functions; they are the model's own.

    Raises:
        TypeError: if the model is neither a KAN nor a SymbolicKAN.
    """
    if isinstance(model, SymbolicKAN):
        return model.stack()
    return [
        SymbolicLayer(
            SymbolicEdges(layer.in_features, layer.coef.new_zeros(layer.out_features), []), layer
        )
        for layer in check_kan("expected a KAN or a SymbolicKAN:", model).stack()
    ]


def check_place(
    owner: str, model: nn.Module, layer: Any, i: Any = None, j: Any = None
) -> list[SymbolicLayer]:
    """The model's layers, if it has this layer, with this input and output where they are given.

    Raises:
        TypeError: if the model is no KAN and no SymbolicKAN.
        ValueError: if there is no such layer or edge; all count from 0.
    """
    model = check_layered(owner, model)
    check_values(owner, *model.parameters())
    layers = view_layers(model)
    _check_index(owner, "layer", layer, len(layers))
    for name, index, size in (
        ("i, an input,", i, layers[layer].in_features),
        ("j, an output,", j, layers[layer].out_features),
    ):
        if index is not None:
            _check_index(owner, name, index, size)
    return layers


def check_edge(owner: str, model: nn.Module, edge: Any) -> tuple[list[SymbolicLayer], EdgeIndex]:
    """The model's layers and the edge, if it has this one; raises as :func:`check_place` does."""
    found = EdgeIndex(*read_edge(owner, edge))
    return check_place(owner, model, *found), found


def takes_edge(verb: Verb) -> Verb:
    """Let a verb with ``edge=(layer, i, j)`` take the numbers one by one, too, as it once did.

    The verb gets the network that the model is (:func:`edgewise.models.as_kan.as_kan`).
    """

    @wraps(verb)
    def call(model: Any, *args: Any, **options: Any) -> Any:
        model = check_layered(verb.__name__, model)
        place = {name: options.pop(name) for name in ("layer", "i", "j") if name in options}
        rest = list(args)
        for name in ("layer", "i", "j"):
            if name not in place and rest and isinstance(rest[0], int | None):
                place[name] = rest.pop(0)
        if not place:
            return verb(model, *args, **options)
        if set(place) == {"layer"}:
            return verb(model, place["layer"], *rest, **options)
        text = f"{verb.__name__} takes edge=(layer, i, j) now"
        warnings.warn(text, DeprecationWarning, stacklevel=level_outside())
        edge = tuple(place.get(name) for name in ("layer", "i", "j"))
        return verb(model, edge, *rest, **options)

    return cast(Verb, call)


def _check_index(owner: str, name: str, value: Any, size: int) -> None:
    whole = isinstance(value, int | np.integer) and not isinstance(value, bool)
    if not whole or not 0 <= value < size:
        raise ValueError(
            f"{owner} expected {name} from 0 to {size - 1}, got {value!r:.80}: layers, inputs and "
            "outputs count from 0"
        )
