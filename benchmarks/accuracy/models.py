"""The networks that are compared: every preset, every basis, and two MLPs, at any size."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from torch import Tensor, nn

import edgewise as ew
from benchmarks.networks import count, drawn_by
from edgewise.models import PRESETS

Settings = Mapping[str, Any]
Build = Callable[..., nn.Module]
"""From widths, the settings of a grid and a device to a network."""


@dataclass(frozen=True)
class Candidate:
    """One network of the comparison.

    Attributes:
        key: its name on the command line and in the CSV.
        build: ``build(widths, device=…, **grid)``.
        grids: three settings of its grid; the first is the default. For an MLP, which has none,
            where its inputs' origin is and their scale.
    """

    key: str
    build: Build
    grids: tuple[Settings, Settings, Settings]

    def make(self, ends: tuple[int, int], hidden: int, grid: Settings, seed: int) -> nn.Module:
        """The network with the weights of a seed; the global generator is left as it was."""
        with drawn_by(seed):
            return self.build([ends[0], hidden, ends[1]], **grid)

    def match(self, parameters: int, ends: tuple[int, int], grid: Settings) -> int:
        """The hidden width, at least 2, that comes nearest to a number of parameters.

        The number is linear in the width of the one hidden layer.
        """
        two, three = (
            count(self.build([ends[0], hidden, ends[1]], device="meta", **grid))
            for hidden in (2, 3)
        )
        return max(2, round(2 + (parameters - two) / (three - two)))


def multiply_adds(model: nn.Module) -> int:
    """Of one row's forward pass, without what it takes to evaluate functions of one variable.

    Local splines are zero but for degree + 1 of them, so only those count.
    """
    total = 0
    for layer in model.modules():
        if isinstance(layer, nn.Linear):
            total += layer.weight.numel()
        elif isinstance(layer, ew.KANLinear):
            # Splines have a degree and cells; other bases use all of their functions everywhere.
            config = layer.basis.to_config()
            active = min(config.get("degree", layer.basis.num_basis - 1) + 1, layer.basis.num_basis)
            total += layer.base_weight is not None and layer.base_weight.numel()
            total += layer.in_features * layer.out_features * active
    return total


def _kan(basis: Callable[..., ew.Basis]) -> Build:
    def build(widths: Sequence[int], device: str | None = None, **grid: Any) -> nn.Module:
        return ew.KAN(widths, basis=basis(**grid), device=device)

    return build


def _default(widths: Sequence[int], device: str | None = None, basis: str = "bspline") -> nn.Module:
    """What `ew.KAN(widths)` is; its other settings are bases by name."""
    return ew.KAN(widths, basis=basis, device=device)


class _Scaled(nn.Module):
    """(x + shift) · scale: an MLP is as sensitive to its inputs' origin as a KAN to its grid."""

    def __init__(self, shift: float, scale: float) -> None:
        super().__init__()
        self.shift, self.scale = shift, scale

    def forward(self, x: Tensor) -> Tensor:
        return (x + self.shift) * self.scale


def _mlp(activation: str) -> Build:
    def build(
        widths: Sequence[int], device: str | None = None, shift: float = 0.0, scale: float = 1.0
    ) -> nn.Module:
        network = ew.MLP(widths, activation, device=device)
        return nn.Sequential(_Scaled(shift, scale), network) if shift or scale != 1 else network

    return build


def _sizes(name: str, default: int, fewer: int, more: int) -> tuple[Settings, Settings, Settings]:
    return {name: default}, {name: fewer}, {name: more}


_SCALES = ({}, {"shift": 1.0, "scale": 0.5}, {"scale": 0.5})
"""The second starts at 0 where pixels start at -1."""


_PRESET_GRIDS = {
    "fastkan": _sizes("num_grids", 8, 4, 16),
    "fasterkan": _sizes("num_grids", 8, 4, 16),
    "efficientkan": _sizes("grid_size", 5, 3, 10),
    "rbfkan": _sizes("num_grids", 8, 4, 16),
    "kalnet": _sizes("polynomial_order", 3, 2, 5),
    "chebykan": _sizes("degree", 4, 2, 6),
    "fourierkan": _sizes("gridsize", 5, 2, 8),
    "imagekan": _sizes("num_grids", 8, 4, 16),
}
_BASIS_GRIDS: dict[str, tuple[Callable[..., ew.Basis], tuple[Settings, Settings, Settings]]] = {
    "bspline": (ew.BSpline, _sizes("grid", 5, 3, 10)),
    "gaussian": (ew.Gaussian, _sizes("num", 8, 4, 16)),
    "rswaf": (ew.RSWAF, _sizes("num", 8, 4, 16)),
    "legendre": (ew.bases.Legendre, _sizes("degree", 3, 2, 5)),
    "chebyshev": (ew.Chebyshev, _sizes("degree", 4, 2, 6)),
    "fourier": (ew.Fourier, _sizes("num", 5, 2, 8)),
}

CANDIDATES = {
    candidate.key: candidate
    for candidate in (
        Candidate("mlp-relu", _mlp("relu"), _SCALES),
        Candidate("mlp-silu", _mlp("silu"), _SCALES),
        *(Candidate(key, make, _PRESET_GRIDS[key]) for key, make in PRESETS.items()),
        *(Candidate(f"kan-{key}", _kan(basis), grids)
          for key, (basis, grids) in _BASIS_GRIDS.items()),
        Candidate("kan", _default, ({}, {"basis": "fourier"}, {"basis": "gaussian"})),
    )
}  # fmt: skip
