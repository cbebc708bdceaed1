"""The initialisations of the published fast KANs, as functions that can be pickled."""

from __future__ import annotations

import math

import torch
from torch import nn

from edgewise.bases import BSpline
from edgewise.nn.init import reset_rest
from edgewise.nn.linear import KANLinear


def fast_kan_(layer: KANLinear, generator: torch.Generator | None, *, std: float | None) -> None:
    if std is None:
        xavier_(layer, generator)
    elif std == 0:
        nn.init.zeros_(layer.coef)
    else:
        nn.init.trunc_normal_(layer.coef, std=std, generator=generator)
    _torch_linear_(layer, generator)


def rbf_kan_(layer: KANLinear, generator: torch.Generator | None, *, std: float) -> None:
    nn.init.normal_(layer.coef, std=std, generator=generator)
    _torch_linear_(layer, generator)


def efficient_kan_(
    layer: KANLinear,
    generator: torch.Generator | None,
    *,
    noise: float,
    base: float,
    spline: float,
) -> None:
    _noise_spline_(layer, noise, generator)
    if layer.coef_scale is None:
        layer.coef.mul_(spline)
    else:
        _kaiming_(layer.coef_scale, layer.in_features, 5**0.5 * spline, generator)
    if layer.base_weight is not None:
        _kaiming_(layer.base_weight, layer.in_features, 5**0.5 * base, generator)


def kal_net_(layer: KANLinear, generator: torch.Generator | None) -> None:
    n = layer.in_features
    _uniform_(layer.coef, math.sqrt(3 / (n * layer.basis.num_basis)), generator)
    if layer.base_weight is not None:
        _uniform_(layer.base_weight, math.sqrt(3 / n), generator)


def cheby_kan_(layer: KANLinear, generator: torch.Generator | None) -> None:
    std = 1 / (layer.in_features * layer.basis.num_basis)
    nn.init.normal_(layer.coef, std=std, generator=generator)


def fourier_kan_(layer: KANLinear, generator: torch.Generator | None, *, smooth: bool) -> None:
    nn.init.normal_(layer.coef, std=layer.in_features**-0.5, generator=generator)
    k = torch.arange(1, layer.basis.num_basis // 2 + 1).to(layer.coef)
    decay = k**2 if smooth else torch.full_like(k, len(k) ** 0.5)
    layer.coef.div_(decay.repeat(2)[:, None])
    reset_rest(layer)


def _uniform_(tensor: torch.Tensor, bound: float, generator: torch.Generator | None) -> None:
    nn.init.uniform_(tensor, -bound, bound, generator=generator)


def _kaiming_(
    tensor: torch.Tensor, fan_in: int, a: float, generator: torch.Generator | None
) -> None:
    """Kaiming's uniform initialisation for a leaky slope ``a``: ± √(6 / ((1 + a²) · fan_in))."""
    _uniform_(tensor, math.sqrt(6 / ((1 + a * a) * fan_in)), generator)


def _torch_linear_(layer: KANLinear, generator: torch.Generator | None) -> None:
    """Base weight and bias as ``nn.Linear`` draws them."""
    for tensor in (layer.base_weight, layer.bias):
        if tensor is not None:
            _uniform_(tensor, layer.in_features**-0.5, generator)


def xavier_(layer: KANLinear, generator: torch.Generator | None) -> None:
    """Xavier's uniform initialisation of the (in · num_basis) × out matrix of coefficients."""
    fan = layer.in_features * layer.basis.num_basis + layer.out_features
    _uniform_(layer.coef, math.sqrt(6 / fan), generator)


def _noise_spline_(layer: KANLinear, scale_noise: float, generator: torch.Generator | None) -> None:
    """Splines through uniform noise at the grid points (the least-norm ones: G + 1 points)."""
    basis = layer.basis
    if not isinstance(basis, BSpline):
        raise TypeError(f"expected a BSpline to interpolate with, got {basis}")
    device, dtype = layer.coef.device, torch.float64
    points = torch.linspace(basis.lo, basis.hi, basis.grid + 1, device=device, dtype=dtype)
    matrix = basis.evaluate(points[:, None], basis.init_grid(1, device=device, dtype=dtype))[:, 0]
    shape = (layer.in_features, len(points), layer.out_features)
    noise = torch.empty(shape, device=device, dtype=dtype)
    _uniform_(noise, scale_noise / basis.grid / 2, generator)
    layer.coef.copy_(torch.linalg.pinv(matrix) @ noise)
