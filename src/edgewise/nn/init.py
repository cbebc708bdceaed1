"""Initialisation schemes for a KAN layer; ``KANLinear.reset_parameters`` turns gradients off."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

import torch
from torch import Tensor, nn

from edgewise.bases import Basis
from edgewise.engines.activation import Activation
from edgewise.nn.norm import Norm

# Quantile midpoints of the standard normal: a deterministic sample to take moments over.
_SAMPLES = 512


class Weights(Protocol):
    """What an initialisation has to know of a layer, and what it fills."""

    in_features: int
    basis: Basis
    coef: nn.Parameter
    base_weight: nn.Parameter | None
    bias: nn.Parameter | None
    coef_scale: nn.Parameter | None
    norm: Norm | None

    @property
    def activation(self) -> Activation: ...


def variance_(layer: Weights, generator: torch.Generator | None = None) -> None:
    """Keep the variance of standard normal activations, for any basis.

    Coefficients are normal, projected so that no edge has a mean, Σ_g C_g E φ_g(n(x)) = 0, and
    scaled so that E y² = 1 for x ∼ N(0, 1), or for x spread over the domain of a basis that lives
    elsewhere. Without the projection, flat functions would mostly
    shift the outputs, and what tells one row from another would fade with depth. Where there is
    a base branch it gets half the variance, σ_V² = 1 / (2 n_in E s(x)²); biases are 0.

    The halves also steady each other through depth: a local basis saturates as x grows, and the
    base weakens as x shrinks. He et al. (2015) scale ReLU layers by the same argument.
    """
    normal = _typical_inputs(layer)
    z = normal if layer.norm is None else layer.norm.typical(normal)
    phi = layer.basis.evaluate(z[:, None], layer.basis.init_grid(1, dtype=torch.float64))[:, 0]
    mean = phi.mean(0)
    direction = mean / mean.norm().clamp_min(1e-300)
    total = max(float(phi.square().sum(-1).mean()), 1e-12)
    power = total - float((phi @ direction).square().mean())  # what the projection leaves
    flat = power < 1e-3 * total  # a constant, or nearly: nothing to carry a signal
    spline_part = 1.0 if layer.base_weight is None else 0.0 if flat else 0.5
    std = math.sqrt(spline_part / (layer.in_features * (total if flat else power)))
    nn.init.normal_(layer.coef, std=std, generator=generator)
    if not flat:
        direction = direction.to(layer.coef)
        along = torch.einsum("igo,g->io", layer.coef, direction)
        layer.coef.sub_(direction[:, None] * along[:, None, :])
    if layer.base_weight is not None:
        s = layer.activation(normal.to(layer.coef)).double()
        power = max(float(s.square().mean()), 1e-12)
        std = math.sqrt((1 - spline_part) / (layer.in_features * power))
        nn.init.normal_(layer.base_weight, std=std, generator=generator)
    reset_rest(layer)


def power_law_(
    layer: Weights,
    generator: torch.Generator | None = None,
    *,
    alpha: float = 0.25,
    beta: float = 1.75,
) -> None:
    """σ_C = (n_in · (num_basis + 1))^-α and σ_V = (n_in · (num_basis + 1))^-β.

    Coefficients C and base weights V are normal with these deviations. In a grid search over
    spline KANs this power law fitted formulas best, with α ≈ 0.25 and β from 1 to 1.75.
    """
    size = layer.in_features * (layer.basis.num_basis + 1)
    nn.init.normal_(layer.coef, std=size**-alpha, generator=generator)
    if layer.base_weight is not None:
        nn.init.normal_(layer.base_weight, std=size**-beta, generator=generator)
    reset_rest(layer)


def reset_rest(layer: Weights) -> None:
    """Set biases to 0 and scales to 1."""
    if layer.bias is not None:
        nn.init.zeros_(layer.bias)
    if layer.coef_scale is not None:
        nn.init.ones_(layer.coef_scale)


def _typical_inputs(layer: Weights) -> Tensor:
    """Sample what usually arrives: standard normal, or normal over a domain that lies elsewhere."""
    quantiles = (torch.arange(_SAMPLES, dtype=torch.float64) + 0.5) / _SAMPLES
    normal = torch.special.ndtri(quantiles)
    lo, hi = layer.basis.domain(layer.basis.init_grid(1, dtype=torch.float64))
    middle, half = (lo + hi) / 2, (hi - lo) / 2
    elsewhere = abs(middle) > 1 or not 0.3 <= half <= 6
    rescaled = layer.norm is not None and layer.norm.rescales
    if elsewhere and lo < hi and not rescaled:
        return middle + normal * half / 2
    return normal


SCHEMES = {"variance": variance_, "power": power_law_}
"""Schemes by name."""

Initializer = Callable[[Any, "torch.Generator | None"], None]
"""What fills the weights of a layer, given it and a source of random numbers."""


def leave_zero(layer: Weights, generator: torch.Generator | None) -> None:
    """Fill the weights with zeros, because a file's own come next."""
    for parameter in (layer.coef, layer.base_weight, layer.bias, layer.coef_scale):
        if parameter is not None:
            parameter.zero_()


@dataclass(frozen=True)
class Scheme:
    """How a layer's weights begin: a name, or a callable (layer, generator).

    Raises:
        ValueError: for another name.
    """

    init: str | Initializer

    def __post_init__(self) -> None:
        if not callable(self.init) and self.init not in SCHEMES:
            raise ValueError(
                f"KANLinear expected init to be {' or '.join(map(repr, SCHEMES))} or a callable, "
                f"got {self.init!r}"
            )

    def __call__(self, layer: Weights, generator: torch.Generator | None) -> None:
        (self.init if callable(self.init) else SCHEMES[self.init])(layer, generator)

    def __deepcopy__(self, memo: object) -> Scheme:
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        # Functions inside of functions can't be pickled; how a layer began isn't worth an error.
        local = callable(self.init) and "<" in getattr(self.init, "__qualname__", "<")
        return Scheme, ("variance" if local else self.init,)
