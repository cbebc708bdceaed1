"""Fit a new network to its data before training: its grids, and the mean and size of its output."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn

from edgewise.nn.linear import KANLinear
from edgewise.nn.norm import Affine
from edgewise.nn.product_nodes import owners

MARGIN = 0.01
"""How far a grid reaches beyond the data, as a share of their range."""


@torch.no_grad()
def place_grid(layer: KANLinear, x: Tensor) -> None:
    """Put the grid of each input where its values are, in place: equidistant, a little wider.

    Bases without a grid get a frozen map of each input to their domain. A constant input
    gets a range of 1.

    Shape:
        x: (rows, in_features), as it reaches the layer
    """
    old = tuple(t.detach().double() for t in layer.grid)
    points = layer.basis.points(old)
    if points is None:
        if layer.basis.affine:
            _map_inputs(layer, x, *layer.basis.domain(old))
        return
    z = layer.normalized(x).double()
    low, high = z.amin(0), z.amax(0)
    # Cells must be wider than the numbers of the layer's type are apart.
    least = 64 * points.shape[-1] * torch.finfo(layer.coef.dtype).eps
    size = torch.maximum(low.abs(), high.abs())
    spread = torch.where(high > low, (high - low).maximum(least * size), 1.0)
    middle, reach = (low + high) / 2, spread * (0.5 + MARGIN)
    steps = torch.linspace(-1, 1, points.shape[-1], dtype=torch.float64, device=z.device)
    basis, grid = layer.basis.placed(middle[:, None] + reach[:, None] * steps, old)
    layer.set_basis(basis, layer.match_grid(basis, grid))


def _map_inputs(layer: KANLinear, x: Tensor, low: float, high: float) -> None:
    reach = MARGIN * (high - low)
    if layer.norm is None or not layer.norm.feeds_base:
        norm = Affine(layer.in_features, layer.coef.device, layer.coef.dtype)
        layer.norm = norm.requires_grad_(False)
    layer.norm.span_(x, low + reach, high - reach)


@torch.no_grad()
def start_at_targets(layer: KANLinear, y: Tensor, products: Sequence[int]) -> None:
    """Let a last layer begin at the targets' mean, its curves as large as their spread, in place.

    Factors of a product begin around 0, each as large as a root of the product's spread.

    Shape:
        y: (rows, nodes above the layer)
    """
    owner = torch.tensor(owners(layer.out_features, products), device=y.device)
    factors = owner.bincount()[owner]
    if layer.bias is not None:
        layer.bias.copy_(torch.where(factors == 1, y.mean(0)[owner], layer.bias))
    spread = y.std(0, correction=0)
    spread = torch.where(spread > 0, spread, 1.0)[owner] ** (1 / factors)
    scale = spread.expand(layer.in_features, -1)
    layer.coef_scale = nn.Parameter(scale * layer.first_scale)
    if layer.base_weight is not None:
        layer.base_weight.mul_(scale)


def leave_base(layer: KANLinear) -> None:
    """Take the base activation out of a layer, in place."""
    layer.base, layer.base_weight = None, None
