"""Some edges and nodes of a network, as a network of their own."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from functools import singledispatch
from typing import Any

import torch
from torch import Tensor, nn

from edgewise.models.kan import KAN
from edgewise.models.layered import Layered
from edgewise.nn import KANLinear
from edgewise.nn.resize import take_


@singledispatch
def cut_network(
    model: Any, keep: Sequence[Tensor], constants: Sequence[Tensor], nodes: Sequence[Tensor]
) -> Any:
    """A copy of a network with these edges and nodes only.

    Args:
        constants: for each layer (out,), what the edges that go added to its outputs.
        nodes: at each level, the indices of those that stay.

    Shape:
        keep: for each layer (in, out)
    """
    raise TypeError(f"expected a network of layers, got {type(model).__name__}")


@cut_network.register
def _(
    model: KAN, keep: Sequence[Tensor], constants: Sequence[Tensor], nodes: Sequence[Tensor]
) -> KAN:
    small = copy.deepcopy(model)
    for k, layer in enumerate(small.stack()):
        columns = torch.isin(model.owners(k), nodes[k + 1]).nonzero()[:, 0]
        _cut(layer, keep[k], constants[k], nodes[k], columns)
        sums = model.levels()[k + 1].sums
        stay = (nodes[k + 1][nodes[k + 1] >= sums] - sums).tolist()
        small.products[k] = tuple(model.products[k][p] for p in stay)
    if len(nodes[0]) < model.widths[0]:
        small.set_inputs(read_inputs(model, nodes[0]), model.in_features)
    return small


def read_inputs(model: Layered, nodes: Tensor) -> list[int]:
    """The features of x that these nodes of the first level read."""
    read = model.inputs or range(model.in_features)
    return [read[i] for i in nodes.tolist()]


@torch.no_grad()
def _cut(layer: KANLinear, keep: Tensor, constant: Tensor, rows: Tensor, columns: Tensor) -> None:
    """Leave a layer, in place, only these inputs and outputs, and mask other edges.

    Shape:
        keep: (in, out), constant: (out,), what the edges that go added to each output
    """
    take_(layer, rows, columns)
    _add_to_bias(layer, constant[columns])
    keep = keep[rows][:, columns]
    if layer.mask is not None:
        layer.mask = layer.mask * keep
    elif not keep.all():
        layer.mask = keep.to(layer.coef.dtype)


def _add_to_bias(layer: KANLinear, constant: Tensor) -> None:
    """Change the bias in place; a layer without one gets one if there is something to add."""
    old = layer.bias
    if constant.any():
        bias = constant if old is None else old.detach().double() + constant
        trained = layer.coef.requires_grad if old is None else old.requires_grad
        layer.bias = nn.Parameter(bias.to(layer.coef.dtype), requires_grad=trained)
