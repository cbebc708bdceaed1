"""Solutions on shapes with corners that point inwards, as networks."""

from __future__ import annotations

import cmath
from collections.abc import Sequence
from typing import Any

import torch
from torch import nn

from edgewise._tensors import Device, DType
from edgewise.equations.singular_corners import FADING, SingularFunctions
from edgewise.models.io import savable
from edgewise.models.separable import SeparableKAN

NUMBERS = 11
"""How many numbers describe one function."""


@savable("Cornered")
class Cornered(nn.Module):
    """Products of curves, and curves in polar coordinates around corners.

    .. math::

        y_o = P_o(x) + \\sum_k H_{ok}(x)\\, f_k(r_k)\\, \\mathrm{Re}\\,
              z_k^{a_k} \\bar z_k^{m_k} e^{iφ_k}

    Args:
        products: P, (*, coordinates) → (*, fields).
        heights: H, (*, coordinates) → (*, fields · functions).
        axes: the two coordinates of which the others are functions.
        functions: of each x and y of its corner, the real and imaginary parts of ∂z/∂x and ∂z/∂y,
            a + m, a - m, φ, 1/ρ of f = max(0, 1 - r²/ρ²)⁶, and 1 if there is a factor log z,
            else 0.

    Shape:
        (*, coordinates) → (*, fields)
    """

    def __init__(
        self,
        products: nn.Module,
        heights: nn.Module,
        axes: Sequence[int],
        functions: Sequence[Sequence[float]],
    ) -> None:
        super().__init__()
        self.products, self.heights = products, heights
        self.axes, self.functions = list(axes), [list(each) for each in functions]

    @staticmethod
    def of(
        products: SeparableKAN,
        heights: SeparableKAN,
        axes: Sequence[int],
        singular: SingularFunctions,
    ) -> Cornered:
        """The one of singular functions."""
        functions = [
            [
                *(f.corner.x, f.corner.y),
                *(f.corner.by_x.real / singular.size, f.corner.by_x.imag / singular.size),
                *(f.corner.by_y.real / singular.size, f.corner.by_y.imag / singular.size),
                *(f.exponent + f.conjugate, f.exponent - f.conjugate, cmath.phase(f.factor)),
                *(singular.size / f.corner.reach, float(f.log)),
            ]
            for f in singular.functions
        ]
        return Cornered(products, heights, axes, functions)

    def forward(self, x: Any) -> Any:
        u, v = (x[..., a] for a in self.axes)
        functions = torch.stack([_follow_corner(u, v, *own) for own in self.functions], -1)
        total = self.products(x)
        heights = self.heights(x).unflatten(-1, (total.shape[-1], len(self.functions)))
        return total + (heights * functions[..., None, :]).sum(-1)

    def to_config(self) -> dict[str, Any]:
        """The architecture as JSON-able data."""
        return {
            "model": "Cornered",
            "products": self.products.to_config(),  # type: ignore[operator]
            "heights": self.heights.to_config(),  # type: ignore[operator]
            "axes": self.axes,
            "functions": self.functions,
        }

    @classmethod
    def from_config(
        cls,
        config: dict[str, Any],
        *,
        device: Device = None,
        dtype: DType = None,
    ) -> Cornered:
        """The model that :meth:`to_config` described, with coefficients still to be loaded."""
        products, heights = (
            SeparableKAN.from_config(config[name], device=device, dtype=dtype)
            for name in ("products", "heights")
        )
        return cls(
            products, heights, config["axes"], list(map(_read_function, config["functions"]))
        )


def _read_function(numbers: Sequence[float]) -> list[float]:
    """One function of a file.

    Earlier files have the direction where θ = 0 and the unit of r in place of ∂z/∂x and ∂z/∂y, and
    may lack 1/ρ and the last number.
    """
    if len(numbers) == NUMBERS:
        return list(numbers)
    if not NUMBERS - 4 <= len(numbers) <= NUMBERS - 2:
        raise ValueError(
            f"Cornered expected {NUMBERS} numbers for each function, got {len(numbers)}: save the "
            "solution again"
        )
    x, y, direction, unit, *others = numbers
    z = cmath.rect(1 / unit, -direction)
    missing = [0.0] * (NUMBERS - 2 - len(numbers))
    return [x, y, z.real, z.imag, -z.imag, z.real, *others, *missing]


def _follow_corner(
    u: Any, v: Any, x: float, y: float,
    ahead_by_x: float, left_by_x: float, ahead_by_y: float, left_by_y: float,
    power: float, turns: float, phase: float, ending: float, log: float,
) -> Any:  # fmt: skip
    """One function at points (u, v), tensors or jets."""
    ahead = (u - x) * ahead_by_x + (v - y) * ahead_by_y
    left = (u - x) * left_by_x + (v - y) * left_by_y
    square = ahead * ahead + left * left + 1e-300
    angle = torch.atan(left / (torch.sqrt(square) + ahead)) * 2.0
    turned, radius = angle * turns + phase, torch.exp(torch.log(square) * (power / 2))
    made = torch.cos(turned) * radius
    if log:
        made = made * torch.log(square) * 0.5 - torch.sin(turned) * radius * angle
    return made * torch.relu(1.0 - square * ending**2) ** FADING if ending else made
