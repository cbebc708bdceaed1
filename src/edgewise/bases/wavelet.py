"""Wavelets: the Mexican hat and Morlet's."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import ClassVar

import torch
from torch import Tensor

from edgewise._checks import check_choice
from edgewise.bases.base import Grid
from edgewise.bases.centred import Centred
from edgewise.bases.points import offsets

KINDS = ("mexican_hat", "morlet")
_HAT = 2 / math.sqrt(3) * math.pi**-0.25


@dataclass(frozen=True)
class Wavelet(Centred):
    """A mother wavelet, moved to equidistant centres.

    .. math:: φ_g(z) = ψ((z - c_g) / w)

    .. math:: ψ(u) = \\tfrac{2}{\\sqrt 3} π^{-1/4} (1 - u^2) e^{-u^2/2}, \\qquad
              ψ(u) = a (\\cos ωu - e^{-ω^2/2}) e^{-u^2/2}

    the Mexican hat and Morlet's. Both have ∫ψ = 0 and ∫ψ² = 1, and Morlet's becomes the Mexican hat
    as ω goes to 0; a is what makes ∫ψ² = 1. They are below 1e-7 at more than 6.3 widths from the
    centre. Wav-KAN gives every edge one wavelet with a place and a width of its own, in which a
    layer isn't linear; here all inputs, or every input, have a row of them, and edges their
    coefficients.

    Args:
        num: number of centres, at least 2 of them with linear tails.
        lo, hi: first and last centre.
        kind: "mexican_hat" or "morlet".
        width: w above; None takes the spacing of the centres (``hi - lo`` if there is one).
        frequency: ω of Morlet's wavelet, at least 1; not used by the Mexican hat.
        train_centers, train_width: whether a layer learns them; their gradients are exact. Before
            FSDP2's ``fully_shard`` give w a dimension, as with the width of a :class:`Gaussian`.
        linear_tails: whether functions go on as straight lines beyond the domain.

    Raises:
        ValueError: if a setting is out of its range.

    Example:
        >>> import torch, edgewise as ew
        >>> layer = ew.KANLinear(3, 2, basis=ew.bases.Wavelet(6, kind="morlet"))
        >>> layer(torch.randn(5, 3)).shape
        torch.Size([5, 2])

    Reference: Bozorgasl and Chen, *Wav-KAN: Wavelet Kolmogorov-Arnold Networks*, arXiv:2405.12832.
    """

    name: ClassVar[str] = "wavelet"
    grid_names: ClassVar[tuple[str, ...]] = ("centers", "width", "omega")
    widths_out: ClassVar[float] = 6

    kind: str = "mexican_hat"
    width: float | None = None
    frequency: float = 5.0
    train_centers: bool = False
    train_width: bool = False

    def __post_init__(self) -> None:
        super().__post_init__()
        check_choice("Wavelet", "kind", self.kind, KINDS)
        if not 1 <= self.frequency < math.inf:
            raise ValueError(
                f"Wavelet expected frequency ≥ 1 and finite, got {self.frequency!r}: as it goes to "
                'zero the wavelet becomes the Mexican hat, kind="mexican_hat"'
            )

    def numbers(self) -> tuple[float, ...]:
        width = self.spacing if self.width is None else self.width
        return width, self.frequency if self.kind == "morlet" else 0.0

    def functions(self, z: Tensor, grid: Grid) -> Tensor:
        centers, width, frequency = grid
        return _wave(offsets(z, centers, width), frequency)

    def slopes(self, z: Tensor, grid: Grid) -> Tensor:
        centers, width, frequency = grid
        return _wave_slope(offsets(z, centers, width), frequency) / width

    def grid_derivative(self, z: Tensor, grid: Grid) -> tuple[Tensor | None, ...]:
        centers, width, frequency = grid
        u = offsets(z, centers, width)
        slope = -_wave_slope(u, frequency) / width  # ∂φ/∂c = -∂φ/∂z
        return slope, slope * u, None  # ∂φ/∂w = ∂φ/∂c · (z - c)/w


def _wave(u: Tensor, frequency: Tensor) -> Tensor:
    """ψ(u) of Morlet's wavelet at ω = frequency, or of the Mexican hat at 0."""
    bell, scale, wave = _parts(u, frequency)
    return torch.where(frequency > 0, scale * wave, _HAT * (1 - u * u)) * bell


def _wave_slope(u: Tensor, frequency: Tensor) -> Tensor:
    """ψ'(u)."""
    bell, scale, wave = _parts(u, frequency)
    inner = torch.where(
        frequency > 0,
        -scale * (frequency * torch.sin(frequency * u) + u * wave),
        _HAT * (u * u - 3) * u,
    )
    return inner * bell


def _parts(u: Tensor, frequency: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """e^{-u²/2}, and Morlet's a and cos ωu - e^{-ω²/2}."""
    w2 = frequency * frequency
    # ∫(cos ωu - e^{-ω²/2})² e^{-u²} du = √π (1/2 + 3/2 e^{-ω²} - 2 e^{-3ω²/4}), 0 for ω = 0
    square = 0.5 + 1.5 * torch.exp(-w2) - 2 * torch.exp(-0.75 * w2)
    square = torch.where(frequency > 0, square, torch.ones_like(square))
    scale = torch.rsqrt(square * math.sqrt(math.pi))
    wave = torch.cos(frequency * u) - torch.exp(-w2 / 2)
    return torch.exp(u * u / -2), scale, wave
