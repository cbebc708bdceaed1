"""Coordinates in which steep functions of one variable are smooth."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor, nn

from edgewise._tensors import Device, DType


class Stretch(nn.Module):
    """A monotone map of an interval to [-1, 1] that is steep where functions are.

    .. math:: s(x) = -1 + 2\\, \\frac{g(x) - g(a)}{g(b) - g(a)},

    .. math:: g(x) = w_0 \\frac{x-a}{b-a} + \\sum_k w_k \\operatorname{asinh} \\frac{x-c_k}{ε_k}

    A polynomial in s resolves a front of width ε at c with as many terms for any ε: its distance to
    the singularities in the complex plane is of the order of 1/log(1/ε). Without centres the map is
    a line.

    Args:
        low, high: a and b.
        centres, widths, weights: c, ε > 0 and w ≥ 0, one for each front.
        plain: w_0 ≥ 0.

    Shape:
        (*, 1) → (*, 1)

    Raises:
        ValueError: if the interval is empty, or the numbers don't make a rising map.

    Example:
        >>> import torch
        >>> front = Stretch(-1, 1, centres=[0.0], widths=[0.01])
        >>> front(torch.tensor([[-1.0], [0.0], [0.01], [1.0]]))[:, 0].round(decimals=3)
        tensor([-1.0000,  0.0000,  0.1660,  1.0000])

    Reference: Bayliss and Turkel, *Mappings and accuracy for Chebyshev pseudo-spectral
    approximations*, J. Comput. Phys. 101 (1992).
    """

    centres: Tensor
    widths: Tensor
    weights: Tensor

    def __init__(
        self,
        low: float,
        high: float,
        centres: Sequence[float] = (),
        widths: Sequence[float] = (),
        weights: Sequence[float] | None = None,
        plain: float | None = None,
        *,
        device: Device = None,
        dtype: DType = None,
    ) -> None:
        super().__init__()
        weights = [1.0] * len(centres) if weights is None else list(weights)
        self.low, self.high = float(low), float(high)
        self.plain = float(not centres) if plain is None else float(plain)
        rising = self.plain > 0 or sum(weights) > 0
        fitting = len(centres) == len(widths) == len(weights)
        if not (self.low < self.high and rising and fitting and min([1.0, *widths]) > 0):
            raise ValueError(
                "Stretch expected low < high and for each centre a width above 0 and a weight from "
                f"0 on, got [{low}, {high}], centres {centres}, widths {widths}, weights {weights}"
            )
        for name, numbers in (("centres", centres), ("widths", widths), ("weights", weights)):
            made = torch.tensor(list(numbers), device=device, dtype=dtype)
            self.register_buffer(name, made, persistent=False)

    @property
    def is_line(self) -> bool:
        """Whether nothing is stretched."""
        return not len(self.centres)

    def forward(self, x: Tensor) -> Tensor:
        low, high = self._bare(self._ends()).unbind(0)
        scale = 2 / (high - low)
        return self._bare(x) * scale - (1 + low * scale)

    def invert(self, s: Tensor) -> Tensor:
        """The x of every s in [-1, 1], by Newton's steps where each halves the one before.

        Between fronts Newton's steps may swing from side to side for ever: there it bisects.

        Shape:
            (*,) → (*,)
        """
        if self.is_line:
            return (self.low + self.high) / 2 + s * ((self.high - self.low) / 2)
        low, high = torch.full_like(s, self.low), torch.full_like(s, self.high)
        x, last, rounding = (low + high) / 2, high - low, torch.finfo(s.dtype).eps
        for _ in range(100):
            excess = self(x[..., None])[..., 0] - s
            low, high = torch.where(excess > 0, low, x), torch.where(excess > 0, x, high)
            newton = (x - excess / self._slope(x)).clamp(low, high)
            good = (newton - x).abs() <= last / 2
            step = torch.minimum((newton - x).abs(), last)
            found = (excess.abs() <= 4 * rounding) | (step <= rounding * x.abs())
            if bool(found.all()):
                break
            before, x = x, torch.where(found, x, torch.where(good, newton, (low + high) / 2))
            last = (x - before).abs()
        return x

    def _slope(self, x: Tensor) -> Tensor:
        """ds/dx; (*,) → (*,)"""
        low, high = self._bare(self._ends()).unbind(0)
        fronts = self.weights / ((x[..., None] - self.centres).square() + self.widths**2).sqrt()
        return (self.plain / (self.high - self.low) + fronts.sum(-1)) * (2 / (high - low))

    def _ends(self) -> Tensor:
        return self.centres.new_tensor([[self.low], [self.high]])

    def _bare(self, x: Tensor) -> Tensor:
        """g, before it is scaled."""
        line = (x - self.low) * (self.plain / (self.high - self.low))
        if self.is_line:
            return line
        return line + torch.asinh((x - self.centres) / self.widths) @ self.weights[:, None]

    def to_config(self) -> dict[str, Any]:
        """The numbers as JSON-able data."""
        return {
            "low": self.low,
            "high": self.high,
            "centres": self.centres.tolist(),
            "widths": self.widths.tolist(),
            "weights": self.weights.tolist(),
            "plain": self.plain,
        }

    def extra_repr(self) -> str:
        return f"[{self.low:g}, {self.high:g}], {len(self.centres)} centres"
