"""What is timed: the KANs of the comparison, and the MLPs beside them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import torch

import edgewise as ew
from benchmarks.networks import drawn_by
from edgewise.models import KAN, MLP

WIDTHS = ("784-64-10", "784-256-10", "256-256-256", "1000-1000-1", "2-5-1")
BATCHES = (64, 256, 1024, 8192)
SMALL, SMALL_BATCH = "2-5-1", 1000
"""pykan's first example, timed at its own batch unless batches are asked for."""


@dataclass(frozen=True)
class Network:
    """One KAN of the comparison.

    Attributes:
        key: its name on the command line and in the CSV.
        label: its name in tables and charts.
        build: makes the network from its widths.
        active: how many basis functions are not zero at a point, for each input feature.
    """

    key: str
    label: str
    build: Callable[[Sequence[int]], KAN]
    active: int


def _kan(basis: ew.Basis, norm: str | None) -> Callable[[Sequence[int]], KAN]:
    return lambda widths: KAN(widths, basis=basis, norm=norm)


def _spline(grid: int, degree: int) -> Network:
    # The inputs are standard normal, and so are hidden values at the start: on [-3, 3] the splines
    # do their full work for 99.7 % of them. On [-1, 1] a third would fall outside, for nothing.
    name = {1: "linear", 3: "cubic"}[degree]
    build = _kan(ew.BSpline(grid, degree, -3.0, 3.0), None)
    return Network(f"{name}{grid}", f"{name} B-spline, grid {grid}", build, degree + 1)


def _named(basis: str) -> Callable[[Sequence[int]], KAN]:
    """`KAN(widths, basis=…)` after its first 1,000 rows, when the map of its inputs is fixed."""

    def build(widths: Sequence[int]) -> KAN:
        model = KAN(widths, basis=basis)
        ew.nn.settle(model, torch.randn(1000, widths[0]))
        return model

    return build


def _efficient(widths: Sequence[int]) -> KAN:
    return ew.presets.EfficientKAN(widths, grid_range=(-3.0, 3.0))


NETWORKS = {
    network.key: network
    for network in (
        Network("default", "the default (cubic B-spline, grid 3)", _named("bspline"), 4),
        Network("fourier", "Fourier, default settings", _named("fourier"), 4),
        _spline(5, 3),
        _spline(8, 3),
        _spline(16, 3),
        _spline(64, 3),
        _spline(8, 1),
        Network("efficient5", "cubic B-spline, grid 5, scaled (EfficientKAN)", _efficient, 4),
        Network("gaussian8", "Gaussian 8 (FastKAN)", ew.FastKAN, 8),
        Network("rswaf8", "RSWAF 8 (FasterKAN)", ew.presets.FasterKAN, 8),
        Network("legendre3", "Legendre 3", _kan(ew.bases.Legendre(3), "tanh"), 4),
        Network("chebyshev9", "Chebyshev 9", _kan(ew.Chebyshev(9), "tanh"), 10),
    )
}


def widths_of(text: str) -> list[int]:
    """``784-64-10`` as widths."""
    return [int(part) for part in text.split("-")]


def sizes(networks: Sequence[str] | None, batches: Sequence[int] | None) -> list[tuple[str, int]]:
    """(widths, batch) to be timed; all widths and each network's own batches by default."""
    pairs = []
    for widths in networks or WIDTHS:
        own = (SMALL_BATCH,) if widths == SMALL else BATCHES
        pairs += [(widths, batch) for batch in batches or own]
    return pairs


def build(key: str, widths: Sequence[int], engine: str | None = None) -> KAN:
    """A network with the weights of seed 0; the global generator is left alone."""
    with drawn_by(0):
        model = NETWORKS[key].build(widths)
    for layer in model.layers:
        layer.engine = engine
    return model


def matching_mlp(parameters: int, widths: Sequence[int]) -> MLP:
    """The two-layer ReLU network nearest to a number of parameters, between the same ends."""
    with drawn_by(0):
        return MLP.matching(parameters, widths[0], widths[-1])


def inputs(widths: Sequence[int], batch: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Standard normal inputs and an upstream gradient, always the same."""
    generator = torch.Generator().manual_seed(1)
    x = torch.randn(batch, widths[0], generator=generator)
    return x, torch.randn(batch, widths[-1], generator=generator)


def flops(key: str, model: KAN, batch: int, *, backward: bool) -> int:
    """Floating-point operations that the basis needs, two for each multiply-add.

    A value of the forward pass costs as many again for the gradient of its coefficient and, if
    the gradient of the layer's input is wanted, as many again for that. The first layer's isn't,
    unless a normalisation with parameters stands before its basis.
    """
    total = 0
    for k, each in enumerate(model.layers):
        layer: Any = each
        learns = layer.norm is not None and any(True for _ in layer.norm.parameters())
        spline = 1 + backward * (2 if k or learns else 1)
        base = 1 + backward * (2 if k else 1)
        edge = NETWORKS[key].active * spline + (layer.base_weight is not None) * base
        total += 2 * batch * layer.in_features * layer.out_features * edge
    return total
