"""How well the grids meet the data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

from edgewise._shown import shown_as_text
from edgewise.grids.layers import activations, as_input
from edgewise.grids.project import ends
from edgewise.grids.sample import evaluate
from edgewise.nn import KANLinear
from edgewise.nn.inspect import kan_layers

FIRES = 1e-3
BLOCK = 4096


@shown_as_text
@dataclass(frozen=True)
class LayerCoverage:
    """How one layer's data meets its grid, and which of its functions are never used.

    Attributes:
        below, above: fraction of the rows that lie below and above the domain, for each input.
        dead: functions that never exceed 0.1 % of the greatest value that any function has on the
            data or on a point of the grid.

    Example:
        >>> import torch, edgewise as ew
        >>> x = torch.linspace(-1, 3, 101)[:, None]  # the grid goes from -1 to 1
        >>> found = ew.grids.coverage(ew.KAN([1, 1], basis=ew.BSpline(5)), x)["layers.0"]
        >>> [round(float(part), 1) for part in (found.below, found.above, found.outside)]
        [0.0, 0.5, 0.5]
    """

    below: Tensor
    above: Tensor
    dead: Tensor

    @property
    def outside(self) -> Tensor:
        """The fraction of the rows that lies outside of the domain, (in,)."""
        return self.below + self.above

    def __str__(self) -> str:
        fraction = float(self.dead.double().mean())
        return (
            f"{float(self.outside.mean()):.1%} of values outside of the grid "
            f"({float(self.outside.max()):.1%} at the worst of {len(self.outside)} inputs), "
            f"{int(self.dead.sum())} of {self.dead.numel()} functions never fire ({fraction:.1%})"
        )


@shown_as_text
@dataclass(frozen=True)
class Coverage:
    """How the data of every layer meets its grid; printed as a line for each layer.

    Attributes:
        layers: a :class:`LayerCoverage` for each layer, by its name.

    Example:
        >>> import torch, edgewise as ew
        >>> x = torch.linspace(0, 1, 101)[:, None]
        >>> found = ew.grids.coverage(ew.KAN([1, 4, 1], basis=ew.BSpline(10)), x)
        >>> list(found.layers), int(found["layers.0"].dead.sum())  # of 13 functions
        (['layers.0', 'layers.1'], 5)
    """

    layers: dict[str, LayerCoverage]

    def __getitem__(self, name: str) -> LayerCoverage:
        return self.layers[name]

    def __str__(self) -> str:
        return "\n".join(f"{name or 'layer'}: {layer}" for name, layer in self.layers.items())


@torch.no_grad()
def coverage(model: nn.Module, x: Any) -> Coverage:
    """For each KAN layer, how much of the data leaves the grid and which functions never fire.

    Args:
        model: any module with KAN layers.
        x: rows of its inputs.

    Shape:
        below, above: (in,), dead: (in, num_basis)

    Raises:
        ValueError: if there are no KAN layers, no rows, or values that aren't finite.

    Example:
        >>> import torch, edgewise as ew
        >>> x = torch.linspace(0, 1, 101)[:, None]  # the grid goes from -1 to 1
        >>> found = ew.grids.coverage(ew.KAN([1, 1], basis=ew.BSpline(4)), x)
        >>> found["layers.0"].dead.tolist()
        [[True, True, False, False, False, False, False]]
    """
    seen = activations(model, as_input(model, x))
    return Coverage({name: cover(layer, seen[name]) for name, layer in kan_layers(model).items()})


@torch.no_grad()
def cover(layer: KANLinear, z: Tensor) -> LayerCoverage:
    """How values that reach the basis of a layer meet its grid.

    Shape:
        z: (rows, in)
    """
    grid = tuple(t.detach() for t in layer.grid)
    lo, hi = (t.to(z) for t in ends(layer.basis, grid))
    peak = z.new_zeros(layer.in_features, layer.basis.num_basis)
    for block in z.split(BLOCK):
        # On a line beyond the domain one function would exceed all others, the further the more.
        at = block.clamp(lo, hi) if layer.basis.linear_tails else block
        peak = torch.maximum(peak, evaluate(layer.basis, at, grid).abs().amax(1))
    greatest, points = peak.amax(), layer.basis.points(grid)
    if points is not None:
        rows = points.to(z).expand(layer.in_features, -1).t()
        greatest = torch.maximum(greatest, layer.basis.evaluate(rows, grid).abs().amax())
    below, above = ((z < lo).to(z).mean(0), (z > hi).to(z).mean(0))
    return LayerCoverage(below, above, peak < FIRES * greatest)
