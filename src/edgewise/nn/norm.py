"""The normalisations n(x) by name."""

from __future__ import annotations

from typing import ClassVar

import torch
from torch import Tensor, nn

from edgewise._tensors import Device, DType
from edgewise.engines.normalization import EPS
from edgewise.nn.norm_base import Norm
from edgewise.nn.standard import Standard, StandardAffine


class LayerNorm(Norm):
    """Subtract each row's mean, divide by its deviation, then scale and shift every feature.

    .. math:: n(x)_i = weight_i \\, (x_i - \\bar x) / \\sqrt{\\mathrm{Var}\\, x + 10^{-5}} + bias_i

    Shape:
        (*, features) → (*, features)

    Raises:
        ValueError: for a single feature, which minus its mean is always 0.
    """

    name: ClassVar[str] = "layer"
    title: ClassVar[str] = "LayerNorm"
    mixes: ClassVar[bool] = True
    statistics_of: ClassVar[str | None] = "row"
    eps: ClassVar[float] = EPS

    def __init__(self, features: int, device: Device = None, dtype: DType = None) -> None:
        if features == 1:
            raise ValueError(
                'norm="layer" expected at least 2 input features, got 1, for which LayerNorm '
                'outputs 0: use norm=None or norm="affine"'
            )
        super().__init__()
        self.weight = nn.Parameter(torch.ones(features, device=device, dtype=dtype))
        self.bias = nn.Parameter(torch.zeros(features, device=device, dtype=dtype))

    def affine_map(self) -> tuple[Tensor, Tensor]:
        return self.weight, self.bias


class Affine(Norm):
    """A scale and a shift for every feature: n(x)_i = scale_i · x_i + shift_i.

    Unlike in LayerNorm, n(x)_i depends on x_i alone, as symbolic formulas require.

    Args:
        features: the number of features.
        device, dtype: device and type of scale and shift.

    Shape:
        (*, features) → (*, features)

    Example:
        >>> import torch, edgewise as ew
        >>> x = torch.tensor([[0.0, 10.0], [1.0, 18.0], [4.0, 14.0]])
        >>> ew.nn.Affine(2).fit_(x)(x).detach()
        tensor([[-1.0000, -1.0000],
                [-0.5000,  1.0000],
                [ 1.0000,  0.0000]])
    """

    name: ClassVar[str] = "affine"
    title: ClassVar[str] = "Affine"
    mixes: ClassVar[bool] = False
    rescales: ClassVar[bool] = False

    def __init__(self, features: int, device: Device = None, dtype: DType = None) -> None:
        super().__init__()
        self.scale = nn.Parameter(torch.ones(features, device=device, dtype=dtype))
        self.shift = nn.Parameter(torch.zeros(features, device=device, dtype=dtype))

    @torch.no_grad()
    def fit_(self, x: Tensor, lo: float = -1.0, hi: float = 1.0) -> Affine:
        """Set scale and shift so that each feature of ``x`` spans [lo, hi]; return self.

        A constant feature goes to the middle of the interval, with scale 1.

        Raises:
            ValueError: if ``x`` has no rows, or isn't finite.
        """
        rows = x.reshape(-1, x.shape[-1]) if x.dim() else x.reshape(1, 1)
        if rows.shape[1:] != self.scale.shape or not len(rows) or not rows.isfinite().all():
            raise ValueError(
                f"Affine.fit_ expected at least one row of {len(self.scale)} finite features, got "
                f"shape {tuple(x.shape)}: drop rows with NaN or Inf first"
            )
        low, high = rows.amin(0), rows.amax(0)
        spread = high - low
        self.scale.copy_(torch.where(spread > 0, (hi - lo) / spread, 1))
        self.shift.copy_((lo + hi) / 2 - self.scale * (low + high) / 2)
        return self

    def affine_map(self) -> tuple[Tensor, Tensor]:
        return self.scale, self.shift


class Tanh(Norm):
    """The hyperbolic tangent of every feature: n(x)_i = tanh x_i.

    Shape:
        (*, features) → (*, features)
    """

    name: ClassVar[str] = "tanh"
    title: ClassVar[str] = "tanh"
    mixes: ClassVar[bool] = False

    def affine_map(self) -> None:
        return None

    def undo(self, z: Tensor, i: int) -> Tensor:
        return z.atanh()

    def typical(self, x: Tensor) -> Tensor:
        return x.tanh()


class BatchMinMax(Norm):
    """Map [min, max] of the *whole tensor* to [-1, 1], as KAL-Net does.

    .. math:: n(x) = 2 (x - \\min x) / (\\max x - \\min x) - 1

    The output for a row therefore depends on the other rows of its batch. This class exists for
    KAL-Net's checkpoints; use "tanh" in new models. A constant tensor gives -1.

    Args:
        features, device, dtype: taken as by the other norms; nothing depends on them.

    Shape:
        (*, features) → (*, features)

    Example:
        >>> import torch, edgewise as ew
        >>> ew.nn.BatchMinMax()(torch.tensor([[0.0, 1.0], [2.0, 4.0]]))
        tensor([[-1.0000, -0.5000],
                [ 0.0000,  1.0000]])
    """

    name: ClassVar[str] = "batch_minmax"
    title: ClassVar[str] = "MinMax"
    mixes: ClassVar[bool] = True
    mixes_rows: ClassVar[bool] = True
    statistics_of: ClassVar[str | None] = "batch"

    def forward(self, x: Tensor) -> Tensor:
        if x.numel() == 0:
            return x
        low, high = x.min(), x.max()
        spread = torch.where(high > low, high - low, 1)
        return 2 * (x - low) / spread - 1

    def affine_map(self) -> None:
        return None

    def typical(self, x: Tensor) -> Tensor:
        return x / x.max()


NORMS: dict[str, type[Norm]] = {
    kind.name: kind for kind in (LayerNorm, Affine, Standard, StandardAffine, Tanh, BatchMinMax)
}
"""By name."""


def make_norm(
    norm: str | None,
    features: int,
    device: Device,
    dtype: DType,
) -> Norm | None:
    """Make the normalisation of this name; None for None."""
    if norm is None:
        return None
    if norm not in NORMS:
        raise ValueError(f"expected norm to be None or one of {', '.join(NORMS)}; got {norm!r}")
    return NORMS[norm](features, device, dtype)
