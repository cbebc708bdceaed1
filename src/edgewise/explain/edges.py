"""Means, deviations and covariances of all edges of a network on data; scores are made of them.

An edge is y_io = ψ(x)_i · w_io with ψ = (φ_1 … φ_G, s), the basis and the base activation, and w
its coefficients. Means and deviations of all edges follow from those of ψ, of which there are few,
so nothing of the size rows · in · out is ever built.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from edgewise.grids.layers import as_input
from edgewise.models.layered import Layered
from edgewise.nn.inspect import in_evaluation

BLOCK_ROWS = 4096
BLOCK_NUMBERS = 2**24
"""Numbers of the basis of a block of rows: 128 MiB."""


def layer_inputs(model: Layered, x: Tensor) -> list[Tensor]:
    """What each layer gets, and last what the model answers, in evaluation mode.

    Shape:
        x: (*, in) → depth + 1 of (rows, width)
    """
    model = in_evaluation(model)
    rows = model.select(x.reshape(-1, x.shape[-1]))
    found = [rows]
    for k, layer in enumerate(model.stack()):
        rows = model.combine(k, layer(rows))
        found.append(rows)
    return found


@dataclass(frozen=True)
class LayerMoments:
    """Means and standard deviations over the data, of one layer.

    Shape:
        edge_mean, edge_std: (in, out), of what each edge adds; node_std: (out,), of the layer's
        outputs, the factors of products apart; low, high: (in,), the range of what reaches the
        basis, after the normalisation.
    """

    edge_mean: Tensor
    edge_std: Tensor
    node_std: Tensor
    low: Tensor
    high: Tensor


class _Running:
    """Mean and (co)variance of blocks of rows, merged (Chan, Golub and LeVeque 1979)."""

    def __init__(self) -> None:
        self.count = 0
        self.mean: Tensor
        self.second: Tensor

    def add(self, rows: Tensor) -> None:
        """Shape: (rows, …, K): the covariance is over the last dimension."""
        mean = rows.mean(0)
        centred = (rows - mean).movedim(0, -2)  # (…, rows, K)
        second = centred.mT @ centred
        if not self.count:
            self.count, self.mean, self.second = len(rows), mean, second
            return
        total = self.count + len(rows)
        gap = mean - self.mean
        weight = self.count * len(rows) / total
        self.second = self.second + second + weight * gap[..., :, None] * gap[..., None, :]
        self.mean = self.mean + gap * (len(rows) / total)
        self.count = total

    @property
    def covariance(self) -> Tensor:
        """The covariance of the population, as pykan's scores use it with one degree less."""
        return self.second / max(self.count - 1, 1)


@torch.no_grad()
def moments(model: Layered, x: Tensor, batch_size: int = BLOCK_ROWS) -> list[LayerMoments]:
    """Moments of every layer in one pass over the data, in float64.

    Standard deviations are of the sample (n - 1), 0 for a single row.

    Shape:
        x: (*, in)
    """
    x = as_input(model, x).reshape(-1, x.shape[-1])
    model = in_evaluation(model)
    widest = max(1, *(k.weights()[:, :, 0].numel() for k in model.stack()))
    batch_size = max(1, min(batch_size, BLOCK_NUMBERS // widest))
    depth = len(model.stack())
    psi, nodes = ([_Running() for _ in range(depth)] for _ in range(2))
    low: list[Tensor] = []
    high: list[Tensor] = []
    for block in x.split(batch_size):
        reached = layer_inputs(model, block)
        for k, layer in enumerate(model.stack()):
            h = reached[k]
            psi[k].add(layer.features(h).double())
            nodes[k].add(layer(h).double()[..., None])
            z = layer.normalized(h).double()
            if len(low) <= k:
                low.append(z.amin(0))
                high.append(z.amax(0))
            low[k] = torch.minimum(low[k], z.amin(0))
            high[k] = torch.maximum(high[k], z.amax(0))
    found = []
    for k, layer in enumerate(model.stack()):
        w = layer.weights().double()
        variance = (w * (psi[k].covariance @ w)).sum(1).clamp_min(0)
        found.append(
            LayerMoments(
                edge_mean=(psi[k].mean[..., None] * w).sum(1),
                edge_std=variance.sqrt(),
                node_std=nodes[k].covariance[..., 0, 0].clamp_min(0).sqrt(),
                low=low[k],
                high=high[k],
            )
        )
    return found
