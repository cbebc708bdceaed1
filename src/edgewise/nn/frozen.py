"""Edges and biases of a layer that training leaves as they are."""

from __future__ import annotations

from torch import Tensor, nn

from edgewise.nn.linear import KANLinear

Part = tuple[nn.Parameter, Tensor]
"""A parameter, and which of its entries may move."""


def freeze_(layer: KANLinear, i: int | None, o: int | None, *, held: bool) -> None:
    """Hold, or let go, what lies between an input and an output of a layer, in place.

    Without an input it is the output with its bias, without an output all edges from the input,
    and without both the whole layer. A map that standardises the inputs stays what it is.
    """
    frozen = layer.no_edges() if layer.frozen is None else layer.frozen.clone()
    frozen[slice(None) if i is None else i, slice(None) if o is None else o] = held
    layer.frozen = frozen if frozen.any() else None
    if held and layer.norm is not None:
        layer.norm.settle()


def find_frozen_parts(layer: KANLinear) -> list[Part]:
    """The parameters of which something is frozen.

    What an edge reads belongs to it: the normalisation of its input and centres that are trained
    stay with it, or it would be another function of its input.
    """
    if layer.frozen is None:
        return []
    edges, bias = layer.frozen[:-1], layer.frozen[-1]
    inputs = edges.any(1)
    held: list[tuple[nn.Parameter | Tensor | None, Tensor]] = [
        (layer.coef, edges[:, None]),
        (layer.base_weight, edges),
        (layer.coef_scale, edges),
        (layer.bias, bias),
    ]
    for t, shared in zip(layer.grid, layer.shared_grid(), strict=True):
        held.append((t, _by_input(t, inputs, each=not shared)))
    if layer.norm is not None:
        each = {id(t) for t in layer.norm.trained_map() if not layer.mixes_features}
        held += [(p, _by_input(p, inputs, each=id(p) in each)) for p in layer.norm.parameters()]
    return [
        (p, ~mask.expand_as(p))
        for p, mask in held
        if isinstance(p, nn.Parameter) and p.requires_grad and mask.any()
    ]


def _by_input(tensor: Tensor, inputs: Tensor, *, each: bool) -> Tensor:
    """Which entries frozen inputs read: their rows, or everything where inputs share it."""
    return inputs.view(-1, *[1] * (tensor.dim() - 1)) if each else inputs.any()
