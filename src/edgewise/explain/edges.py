"""What the edges of a network do on data: the ground that all reading tools stand on.

An edge is y_io = ψ(x)_i · w_io with ψ = (φ_1 … φ_G, s), the basis and the base activation, and w
its coefficients. Means and deviations of all edges follow from those of ψ, of which there are few,
so nothing of the size rows · in · out is ever built.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from edgewise.engines.reference import ACTIVATIONS
from edgewise.grids.layers import as_input
from edgewise.models.kan import KAN
from edgewise.nn import KANLinear
from edgewise.nn.modules import kept_modes

BLOCK_ROWS = 4096
SLACK = 1e-4
"""What pykan adds to the deviation of a node, so that one may divide by it."""
BLOCK_NUMBERS = 2**24
"""Of the basis of a block of rows: 128 MiB."""


def check_kan(owner: str, model: nn.Module) -> KAN:
    """The model itself.

    Raises:
        TypeError: if it is no stack of KAN layers.
    """
    if not isinstance(model, KAN):
        raise TypeError(
            f"{owner} expected a KAN (every preset is one), got {type(model).__name__}: for layers "
            "inside another model build KAN.from_layers([layer, …]) and pass what reaches them"
        )
    return model


def stack(model: KAN) -> list[KANLinear]:
    """The layers, as what they are."""
    return [layer for layer in model.layers if isinstance(layer, KANLinear)]


def features(layer: KANLinear, x: Tensor) -> Tensor:
    """ψ = (φ_1(z) … φ_G(z), s(x)) with z = n(x); without s if the layer has no base branch.

    Shape:
        x: (rows, in) → (rows, in, num_basis [+ 1])
    """
    z = x if layer.norm is None else layer.norm(x)
    phi = layer.basis.evaluate(z, layer.grid)
    if layer.base_weight is None:
        return phi
    base = layer.base if callable(layer.base) else ACTIVATIONS[layer.base or "identity"]
    return torch.cat([phi, base(x)[..., None]], -1)


def weights(layer: KANLinear) -> Tensor:
    """w of :func:`features`: coefficients and base weight, scaled and masked.

    Shape:
        (in, num_basis [+ 1], out)
    """
    coef, base_weight = layer.edge_weights()
    return coef if base_weight is None else torch.cat([coef, base_weight[:, None, :]], 1)


def edge_values(layer: KANLinear, x: Tensor) -> Tensor:
    """What each edge adds to its node, for few rows or few edges.

    Shape:
        x: (rows, in) → (rows, in, out)
    """
    return torch.einsum("big,igo->bio", features(layer, x), weights(layer))


def layer_inputs(model: KAN, x: Tensor) -> list[Tensor]:
    """What each layer gets, and last what the model answers, in evaluation mode.

    Shape:
        x: (*, in) → depth + 1 of (rows, width)
    """
    with kept_modes(model):
        model.eval()
        rows = model.select(x.reshape(-1, x.shape[-1]))
        found = [rows]
        for k, layer in enumerate(stack(model)):
            rows = layer(rows)
            if model.post is not None:
                rows = model.posts[k](rows)
            found.append(rows)
    return found


def handed_down(edges: Sequence[Tensor], nodes: Sequence[Tensor], top: Tensor) -> list[Tensor]:
    """pykan's backward attribution B_ij = A_j E_ij / (N_j + SLACK) with A_i = Σ_j B_ij below.

    Args:
        edges, nodes: E and N, standard deviations of what edges add and of what layers answer.
        top: A of the last layer's outputs.

    Shape:
        edges: depth of (in, out); nodes: depth of (out,); top: (out,) → depth of (in, out)
    """
    found: list[Tensor] = []
    for edge, node in zip(reversed(edges), reversed(nodes), strict=True):
        found.append(edge * (top / (node + SLACK)))
        top = found[-1].sum(1)
    return found[::-1]


@dataclass(frozen=True)
class LayerMoments:
    """Means and standard deviations over the data, of one layer.

    Shape:
        edge_mean, edge_std: (in, out), of what each edge adds; node_mean, node_std: (out,), of
        the layer's outputs; input_mean, input_std: (in,), of what the layer gets; low, high: (in,),
        the range of what reaches the basis, after the normalisation.
    """

    edge_mean: Tensor
    edge_std: Tensor
    node_mean: Tensor
    node_std: Tensor
    input_mean: Tensor
    input_std: Tensor
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
        """Of the population, as pykan's scores use it with one degree less."""
        return self.second / max(self.count - 1, 1)


@torch.no_grad()
def moments(model: KAN, x: Tensor, batch_size: int = BLOCK_ROWS) -> list[LayerMoments]:
    """Moments of every layer in one pass over the data, in float64.

    Standard deviations are of the sample (n - 1), 0 for a single row.

    Shape:
        x: (*, in)
    """
    x = as_input(model, x).reshape(-1, x.shape[-1])
    widest = max(k.in_features * (k.basis.num_basis + 1) for k in stack(model))
    batch_size = max(1, min(batch_size, BLOCK_NUMBERS // widest))
    depth = len(model.layers)
    psi, inputs, nodes = ([_Running() for _ in range(depth)] for _ in range(3))
    low: list[Tensor] = []
    high: list[Tensor] = []
    for block in x.split(batch_size):
        reached = layer_inputs(model, block)
        for k, layer in enumerate(stack(model)):
            h = reached[k]
            psi[k].add(features(layer, h).double())
            inputs[k].add(h.double()[..., None])
            nodes[k].add(layer(h).double()[..., None])
            z = (h if layer.norm is None else layer.norm(h)).double()
            if len(low) <= k:
                low.append(z.amin(0))
                high.append(z.amax(0))
            low[k] = torch.minimum(low[k], z.amin(0))
            high[k] = torch.maximum(high[k], z.amax(0))
    found = []
    for k, layer in enumerate(stack(model)):
        w = weights(layer).double()
        variance = (w * (psi[k].covariance @ w)).sum(1).clamp_min(0)
        found.append(
            LayerMoments(
                edge_mean=(psi[k].mean[..., None] * w).sum(1),
                edge_std=variance.sqrt(),
                node_mean=nodes[k].mean[..., 0],
                node_std=nodes[k].covariance[..., 0, 0].clamp_min(0).sqrt(),
                input_mean=inputs[k].mean[..., 0],
                input_std=inputs[k].covariance[..., 0, 0].clamp_min(0).sqrt(),
                low=low[k],
                high=high[k],
            )
        )
    return found
