"""Normalisations n(x): what a layer does to its inputs before the basis sees them."""

from __future__ import annotations

import torch
from torch import Tensor, nn

NORMS = ("layer", "affine", "tanh", "batch_minmax")


class Affine(nn.Module):
    """A scale and a shift for every feature: n(x)_i = scale_i · x_i + shift_i.

    Unlike LayerNorm it keeps every feature a function of itself alone, which a formula needs.

    Shape:
        (*, features) → (*, features)
    """

    def __init__(
        self,
        features: int,
        device: torch.device | str | None = None,
        dtype: torch.dtype | None = None,
    ) -> None:
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

    def forward(self, x: Tensor) -> Tensor:
        return x * self.scale + self.shift


class BatchMinMax(nn.Module):
    """Scale by the least and greatest entry of the *whole tensor* to [-1, 1], as KAL-Net does.

    .. math:: n(x) = 2 (x - \\min x) / (\\max x - \\min x) - 1

    An answer for one row then depends on the other rows of its batch. It is here to reproduce
    KAL-Net's checkpoints; new models are better off with "tanh". A constant tensor gives -1.

    Shape:
        (*, features) → (*, features)
    """

    def forward(self, x: Tensor) -> Tensor:
        if x.numel() == 0:
            return x
        low, high = x.min(), x.max()
        spread = torch.where(high > low, high - low, 1)
        return 2 * (x - low) / spread - 1


def make_norm(
    norm: str | None,
    features: int,
    device: torch.device | str | None = None,
    dtype: torch.dtype | None = None,
) -> nn.Module | None:
    """The module for a normalisation's name.

    Raises:
        ValueError: for an unknown name, or "layer" over a single feature, which is always 0.
    """
    if norm is None:
        return None
    if norm == "layer":
        if features == 1:
            raise ValueError(
                'norm="layer" expected at least 2 input features, got 1, for which LayerNorm '
                'outputs 0: use norm=None or norm="affine"'
            )
        return nn.LayerNorm(features, device=device, dtype=dtype)
    if norm == "affine":
        return Affine(features, device, dtype)
    if norm == "tanh":
        return nn.Tanh()
    if norm == "batch_minmax":
        return BatchMinMax()
    raise ValueError(f"expected norm to be None or one of {', '.join(NORMS)}; got {norm!r}")
