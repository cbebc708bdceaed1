"""What functions on the edges of a network are fitted to, linearised in the network's outputs.

For each edge these are points of its curve, with weights by their effect on the outputs; or, with
y, points of the curve that y asks for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import torch
from torch import Tensor

from edgewise.data.rows import pick_evenly
from edgewise.symbolic.curve_fits import WeightedCurves
from edgewise.symbolic.edges import EdgeIndex
from edgewise.symbolic.mixed_layer import SymbolicLayer
from edgewise.symbolic.network import SymbolicKAN

POINTS = 256
FEW_BASIS = 8
"""Coefficients that would correct the misfit of an edge without a curve."""


@dataclass(frozen=True)
class LayerTargets:
    """The targets of edges of one layer.

    Attributes:
        ends: the edges, as (input, output).
        inputs: their inputs.
        curves: the targets from these inputs to all outputs.
        spreads: of each input, the FVU that the replacement of each target by a constant would add.
        floor, rows: ε and the number of rows of :mod:`.criterion`.
    """

    layer: int
    ends: list[tuple[int, int]]
    inputs: list[int]
    curves: WeightedCurves
    spreads: list[list[float]]
    num_basis: int
    floor: float
    rows: int


def list_targets(
    model: SymbolicKAN,
    x: Tensor,
    variance: float,
    floor: float,
    wanted: set[EdgeIndex] | None,
    y: Tensor | None = None,
) -> Iterator[LayerTargets]:
    """The wanted edges, or all curves, with the inputs that the network gives them.

    With y the values are those that y asks for; factors of products are left out then.
    """
    rows = len(x)
    some = pick_evenly(rows, POINTS)
    x, y = x[some], None if y is None else y[some]
    for k, (layer, at) in enumerate(
        zip(model.stack(), differentiate_layers(model, x, y), strict=True)
    ):
        every = layer.numeric_ends() if y is None else _ends_of_sums(layer)
        ends = [(i, o) for i, o in every if wanted is None or (k, i, o) in wanted]
        if not ends:
            continue
        inputs = sorted({i for i, _ in ends})
        values = layer.edge_values(at.inputs)[:, inputs]  # (rows, in, out)
        # Keep the weights above 0, even at a node that no output depends on.
        weight = at.squares + 1e-12 * at.squares.amax() + 1e-300
        values = values + (at.wanted / weight)[:, None]
        curves = WeightedCurves(
            at.inputs[:, inputs].t().contiguous(),
            values.permute(1, 2, 0).contiguous(),
            weight.t().contiguous(),
        )
        spreads = (_weighted_variance(curves) * curves.weight.mean(-1) / variance).tolist()
        num_basis = FEW_BASIS if layer.numeric is None else layer.numeric.basis.num_basis
        yield LayerTargets(k, ends, inputs, curves, spreads, num_basis, floor, rows)


def _ends_of_sums(layer: SymbolicLayer) -> list[tuple[int, int]]:
    """All pairs of an input and a node that adds."""
    sums = [o for o in range(layer.out_features) if o not in layer.symbolic.products]
    return [(i, o) for i in range(layer.in_features) for o in sums]


def _weighted_variance(curves: WeightedCurves) -> Tensor:
    """(in, out)"""
    w = curves.weight / curves.weight.sum(-1, keepdim=True)
    mean = (curves.y * w).sum(-1, keepdim=True)
    return ((curves.y - mean).square() * w).sum(-1)


class LayerDerivatives(NamedTuple):
    """A layer's inputs, and the derivatives of the outputs y_k by its nodes.

    Attributes:
        squares: Σ_k (∂y_k/∂node)².
        wanted: Σ_k (∂y_k/∂node) r_k, for residuals r; 0 without.

    Shape:
        inputs: (rows, in); squares, wanted: (rows, out)
    """

    inputs: Tensor
    squares: Tensor
    wanted: Tensor


def differentiate_layers(model: SymbolicKAN, x: Tensor, y: Tensor | None) -> list[LayerDerivatives]:
    """The derivatives of the outputs by the nodes of every layer."""
    with torch.enable_grad():
        h = model.select(x)
        inputs: list[Tensor] = []
        nodes: list[Tensor] = []
        for layer in model.stack():
            inputs.append(h.detach())
            h = layer(h.detach() if not nodes else h)
            if not h.requires_grad:
                h.requires_grad_()
            nodes.append(h)
        residual = torch.zeros_like(h) if y is None else y - h.detach()
        found = [
            LayerDerivatives(u, torch.zeros_like(n), torch.zeros_like(n))
            for u, n in zip(inputs, nodes, strict=True)
        ]
        for o in range(h.shape[1]):
            slopes = torch.autograd.grad(h[:, o].sum(), nodes, retain_graph=True, allow_unused=True)
            for at, slope in zip(found, slopes, strict=True):
                if slope is not None:
                    at.squares.add_(slope.square())
                    at.wanted.add_(slope * residual[:, o, None])
    return found
