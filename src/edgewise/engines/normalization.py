"""Normalisations n(x) that engines compute within a layer, and their gradients.

The layer passes x and the trained tensors to the engine, which then needn't keep n(x) for the
backward pass.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

EPS = 1e-5
"""LayerNorm's ε, which is added to a row's variance."""


@dataclass(frozen=True)
class Normalization:
    """A normalisation and its backward pass, in plain, differentiable torch operations.

    Attributes:
        value: (x, trained) → n(x), with the trained tensors, (features,) each.
        gradients: (∂L/∂n(x), x, trained) → ∂L/∂x and the gradients of the trained tensors.
        trained: the number of trained tensors.
    """

    value: Callable[[Tensor, Sequence[Tensor]], Tensor]
    gradients: Callable[[Tensor, Tensor, Sequence[Tensor]], list[Tensor]]
    trained: int = 0


def _layer(x: Tensor, trained: Sequence[Tensor]) -> Tensor:
    weight, bias = trained
    return F.layer_norm(x, weight.shape, weight, bias, EPS)


def _layer_gradients(dz: Tensor, x: Tensor, trained: Sequence[Tensor]) -> list[Tensor]:
    """∂L/∂x = r (g - mean g - u mean(g u)) with r = 1/√(Var x + ε), u = (x - mean) r, g = dz w.

    The weight w has the gradient Σ dz u, the bias Σ dz, over the rows.
    """
    centred = x - x.mean(-1, keepdim=True)
    r = (centred.square().mean(-1, keepdim=True) + EPS).rsqrt()
    u, g = centred * r, dz * trained[0]
    dx = r * (g - g.mean(-1, keepdim=True) - u * (g * u).mean(-1, keepdim=True))
    return [dx, (dz * u).sum(0), dz.sum(0)]


NORMALIZATIONS = {
    "layer": Normalization(_layer, _layer_gradients, trained=2),
    "affine": Normalization(
        value=lambda x, trained: x * trained[0] + trained[1],
        gradients=lambda dz, x, trained: [dz * trained[0], (dz * x).sum(0), dz.sum(0)],
        trained=2,
    ),
    "tanh": Normalization(
        value=lambda x, trained: torch.tanh(x),
        gradients=lambda dz, x, trained: [dz * (1 - torch.tanh(x).square())],
    ),
}
"""The normalisations by name."""
