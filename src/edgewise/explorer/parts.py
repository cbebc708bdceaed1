"""What the explorer reads of a network's layers: curves, formulas, and which edges there are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor, nn

from edgewise.models.as_kan import check_kan
from edgewise.models.kan import KAN
from edgewise.nn import KANLinear
from edgewise.symbolic.build import as_network
from edgewise.symbolic.edges import SymbolicEdges
from edgewise.symbolic.mixed_layer import SymbolicLayer
from edgewise.symbolic.network import SymbolicKAN

End = tuple[int, int]
"""Input and output of an edge in its layer."""


def as_stack(owner: str, model: nn.Module) -> Any:
    """The network in the form that is shown.

    A KAN with products becomes a network with separate layers of products, in float64; other KANs
    are unchanged.

    Raises:
        TypeError: for other models.
    """
    if isinstance(model, SymbolicKAN):
        return model
    kan: KAN = check_kan(owner, model)
    return as_network(kan) if any(kan.products) else kan


def curves_of(layer: KANLinear | SymbolicLayer) -> KANLinear | None:
    """The curves of a layer, or None."""
    return layer if isinstance(layer, KANLinear) else layer.numeric


def formulas_of(layer: KANLinear | SymbolicLayer) -> SymbolicEdges | None:
    """The formulas of a layer, or None."""
    return layer.symbolic if isinstance(layer, SymbolicLayer) else None


def existing_edges(layer: KANLinear | SymbolicLayer) -> Tensor:
    """Whether each edge exists; (in, out), bool."""
    there = torch.zeros(layer.in_features, layer.out_features, dtype=torch.bool, device="cpu")
    if (curves := curves_of(layer)) is not None:
        there |= curves.mask is None or curves.mask.detach().cpu() != 0
    if (formulas := formulas_of(layer)) is not None:
        for i, o in formulas.ends:
            there[i, o] = True
    return there


def edge_values(layer: KANLinear | SymbolicLayer, h: Tensor, ends: Sequence[End]) -> Tensor:
    """The values of some edges; (rows, in) → (rows, edges)."""
    i, o = torch.tensor(ends, device=h.device).reshape(-1, 2).unbind(1)
    return (layer.features(h)[:, i] * layer.weights()[i, :, o]).sum(-1)
