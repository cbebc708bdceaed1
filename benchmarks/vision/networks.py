"""Small networks of two convolutions, which differ in what stands on their edges."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from torch import nn

import edgewise as ew
from benchmarks.networks import count
from edgewise.bases import Basis

CLASSES = 10


@dataclass(frozen=True)
class Kind:
    """What a network is made of.

    Attributes:
        convolution: a class with nn.Conv2d's arguments.
        linear: a class with nn.Linear's.
        activation: what follows a convolution's BatchNorm; None where edges are curves.
    """

    convolution: Callable[..., nn.Module]
    linear: Callable[..., nn.Module]
    activation: Callable[[], nn.Module] | None = None

    @property
    def is_kan(self) -> bool:
        return self.activation is None

    def build(self, channels: int) -> nn.Sequential:
        """For images of one channel, (N, 1, height, width) → (N, 10)."""
        parts: list[nn.Module] = []
        for before, behind in ((1, channels), (channels, 2 * channels)):
            parts += [self.convolution(before, behind, 3, stride=2), nn.BatchNorm2d(behind)]
            parts += [] if self.activation is None else [self.activation()]
        head = self.linear(8 * channels, CLASSES)
        return nn.Sequential(*parts, nn.AdaptiveAvgPool2d(2), nn.Flatten(), head)

    def channels_for(self, parameters: int) -> int:
        """With which the network comes nearest to so many parameters."""
        return min(range(2, 49), key=lambda c: abs(count(self.build(c)) - parameters))


def _kan(basis: Basis, **settings: Any) -> Kind:
    return Kind(
        partial(ew.nn.KANConv2d, basis=basis, **settings),
        partial(ew.KANLinear, basis=basis, **settings),
    )


KINDS = {
    "cnn-relu": Kind(nn.Conv2d, nn.Linear, nn.ReLU),
    "cnn-silu": Kind(nn.Conv2d, nn.Linear, nn.SiLU),
    "kan-gaussian": _kan(ew.Gaussian(4, -1.5, 1.5)),
    "kan-bspline": _kan(ew.BSpline(2, 3, -2, 2)),
    "kan-chebyshev": _kan(ew.Chebyshev(3)),
}
"""BatchNorm brings inputs to spread 1, so grids lie around 0; the last has a tanh of its own."""
