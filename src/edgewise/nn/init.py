"""Initialise a KAN layer; gradients are off meanwhile (``KANLinear.reset_parameters``)."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any, Protocol

import torch
from torch import Tensor, nn

from edgewise._checks import is_number, quote
from edgewise._tensors import tensors_on_cpu
from edgewise.bases import Basis
from edgewise.engines.activation import Activation
from edgewise.nn.norm_base import Norm

_SAMPLES = 512

MOST_SCALED = 64
"""The greatest number of columns of a network with trained scales.

On 16 tasks of benchmarks.drop_in trained scales of columns and hidden features divide the test loss
by 1.2; on images of 144 and 196 pixels those of hidden features multiply it by 1.1. Scales of
columns need the gradients of the inputs, which for 784 pixels cost a third of a training step.
"""

SCALES = 1e-4, 1e4
"""The least and the greatest constant scale: half types hold them, and the coefficients beside."""


class Weights(Protocol):
    """The attributes of a layer that an initialisation reads or fills."""

    in_features: int
    basis: Basis
    coef: nn.Parameter
    base_weight: nn.Parameter | None
    bias: nn.Parameter | None
    coef_scale: Tensor | None
    first_scale: float
    norm: Norm | None

    @property
    def activation(self) -> Activation: ...


def variance_(layer: Weights, generator: torch.Generator | None = None) -> None:
    """Keep the variance of standard normal activations, for any basis.

    Coefficients are normal, projected so that every edge has mean 0, Σ_g C_g E φ_g(n(x)) = 0, and
    scaled so that E y² = 1. Here x ∼ N(0, 1), or x is normal over the domain of the basis if that
    domain is far from 0 or much wider or narrower. Without the projection, nearly constant
    functions would mostly shift the outputs, and the differences between rows would shrink with
    depth. If there is a base branch, it gets half the variance, σ_V² = 1 / (2 n_in E s(x)²).
    Biases are 0. He et al. (2015) derive the scale of ReLU layers from the same condition.

    The two halves also stabilise each other in deep networks: a local basis saturates as x grows,
    and the base branch weakens as x shrinks.
    """
    normal = _typical_inputs(layer)
    z = normal if layer.norm is None else layer.norm.typical(normal)
    phi = layer.basis.evaluate(z[:, None], layer.basis.init_grid(1, dtype=torch.float64))[:, 0]
    mean = phi.mean(0)
    direction = mean / mean.norm().clamp_min(1e-300)
    total = max(float(phi.square().sum(-1).mean()), 1e-12)
    power = total - float((phi @ direction).square().mean())  # after the projection
    flat = power < 1e-3 * total  # (nearly) constant functions carry no signal
    spline_part = 1.0 if layer.base_weight is None else 0.0 if flat else 0.5
    std = math.sqrt(spline_part / (layer.in_features * (total if flat else power)))
    nn.init.normal_(layer.coef, std=std / layer.first_scale, generator=generator)
    if not flat:
        direction = direction.to(layer.coef)
        along = torch.einsum("igo,g->io", layer.coef, direction)
        layer.coef.sub_(direction[:, None] * along[:, None, :])
    if layer.base_weight is not None:
        power = _base_power(layer, normal)
        std = math.sqrt((1 - spline_part) / (layer.in_features * power))
        nn.init.normal_(layer.base_weight, std=std, generator=generator)
    reset_rest(layer)


def line_(
    layer: Weights,
    generator: torch.Generator | None = None,
    *,
    bend: float = 0.05,
    size: float = 1.0,
) -> None:
    """Start every edge as a random line plus a small random curve.

    The slopes are a random matrix with orthogonal rows or columns, scaled so that E y² = size² for
    standard normal inputs. They are the base weights. Without a base branch, coefficients
    approximate the lines by least squares over the domain. Small normal numbers are added to the
    coefficients: their contributions to y and to its slope have a standard deviation of at most
    ``size · bend``. Biases are 0. A network of such layers starts close to a linear network, or to
    an MLP if the base activation isn't the identity. Outputs and gradients keep their size from
    layer to layer, however deep, and no random curve has to be unlearnt.

    An affine normalisation starts as the map of standard normal inputs into the basis's domain.

    Args:
        size: the standard deviation of y. The last layer of a wide network should have
            √(base_width / n), where n is its number of inputs and ``base_width`` that of
            :func:`~edgewise.training.parameter_groups`. A step of Adam moves each of the n inputs
            by about δ, in the direction that changes y most, and so changes y by δ Σ_i |V_io|. This
            sum grows like √n for size 1; for √(base_width / n) it is the same for every n.

    Example:
        >>> import functools, torch, edgewise as ew
        >>> from edgewise.nn.init import line_
        >>> small = functools.partial(line_, size=0.25)
        >>> layer = ew.KANLinear(128, 1, init=small, seed=0)
        >>> round(layer.base_weight.norm().item(), 3)
        0.25

    References: Saxe et al., *Exact solutions to the nonlinear dynamics of learning in deep linear
    neural networks*, arXiv:1312.6120, on orthogonal matrices; Yang et al., *Tensor programs V*,
    arXiv:2203.03466, on the last layer.
    """
    middle, unit = layer.basis.middle_and_unit
    pair = layer.norm.affine_map() if layer.norm is not None else None
    if pair is not None and layer.norm is not None and not layer.norm.rescales:
        pair[0].fill_(unit)
        pair[1].fill_(middle)
    grid = layer.basis.init_grid(1, dtype=torch.float64)
    normal = _typical_inputs(layer)
    z = (middle + unit * normal)[:, None]
    phi, slope = layer.basis.evaluate(z, grid)[:, 0], unit * layer.basis.derivative(z, grid)[:, 0]
    power = max(float(t.square().sum(-1).mean()) for t in (phi, slope))
    std = size * bend / math.sqrt(layer.in_features * max(power, 1e-12)) / layer.first_scale
    nn.init.normal_(layer.coef, std=std, generator=generator)
    lines = size * _orthogonal(layer.in_features, layer.coef.shape[2], generator).to(layer.coef)
    if layer.base_weight is not None:
        layer.base_weight.copy_(lines / math.sqrt(_base_power(layer, normal)))
    else:
        lo, hi = layer.basis.domain(grid)
        z = torch.linspace(lo, hi, _SAMPLES, dtype=torch.float64)
        phi = layer.basis.evaluate(z[:, None], grid)[:, 0]
        line = torch.linalg.lstsq(phi, (z - middle) / unit, driver="gelsd").solution
        layer.coef.add_(lines[:, None] * line.to(layer.coef)[:, None] / layer.first_scale)
    reset_rest(layer)


def _orthogonal(inputs: int, outputs: int, generator: torch.Generator | None) -> Tensor:
    """A random matrix with entries of variance 1/inputs and orthogonal rows or columns.

    Shape:
        (inputs, outputs)
    """
    place = None if generator is None else generator.device
    dtype = torch.promote_types(torch.get_default_dtype(), torch.float32)  # no QR of half types
    matrix = torch.empty(inputs, outputs, device=place, dtype=dtype)
    nn.init.orthogonal_(matrix, gain=max(1.0, outputs / inputs) ** 0.5, generator=generator)
    return matrix


def zero_(layer: Weights, generator: torch.Generator | None = None) -> None:
    """Start with output 0, for the last layer of a residual branch or of a flow's network."""
    leave_zero(layer, generator)
    reset_rest(layer)


def norm_behind(basis: Basis, columns: int = 1) -> str | None:
    """The name of the normalisation for inputs with mean 0 and standard deviation 1.

    A trained scale and shift move the inputs into the basis's domain, where they aren't there
    already, and let a network stretch or move all curves of an input at once. A network of many
    columns learns better without them.

    Args:
        columns: inputs of the network that the layer is part of.
    """
    if not basis.linear_tails:
        return basis.default_norm
    middle, unit = basis.middle_and_unit
    inside = abs(middle) < 0.1 and 0.9 < unit < 1.1
    return None if inside and columns > MOST_SCALED else "affine"


def norm_of_columns(columns: int) -> str:
    """The name of the normalisation for raw columns: few have trained scales and shifts."""
    return "standard_affine" if columns <= MOST_SCALED else "standard"


def power_law_(
    layer: Weights,
    generator: torch.Generator | None = None,
    *,
    alpha: float = 0.25,
    beta: float = 1.75,
) -> None:
    """σ_C = (n_in · (num_basis + 1))^-α and σ_V = (n_in · (num_basis + 1))^-β.

    Coefficients C, or S C with a constant scale S, and base weights V are normal with these
    deviations. In a grid search over spline KANs this power law fitted formulas best, with
    α ≈ 0.25 and β from 1 to 1.75.
    """
    size = layer.in_features * (layer.basis.num_basis + 1)
    nn.init.normal_(layer.coef, std=size**-alpha / layer.first_scale, generator=generator)
    if layer.base_weight is not None:
        nn.init.normal_(layer.base_weight, std=size**-beta, generator=generator)
    reset_rest(layer)


def reset_rest(layer: Weights) -> None:
    """Set biases to 0 and scales to their first value."""
    if layer.bias is not None:
        nn.init.zeros_(layer.bias)
    if layer.coef_scale is not None:
        layer.coef_scale.fill_(layer.first_scale)


@torch.no_grad()
def put_coef(layer: Weights, coef: Tensor, edge: tuple[int, int] | None = None) -> None:
    """Let S C be these coefficients, of all edges or of one, in place.

    A constant S stays what it is, so that C is divided by it; a trained one begins anew at 1.

    Shape:
        coef: (in_features, num_basis, out_features), or of one edge (num_basis,)
    """
    scale = layer.coef_scale
    i, o = (slice(None), slice(None)) if edge is None else edge
    if isinstance(scale, nn.Parameter):
        scale[i, o] = 1
    elif scale is not None:
        coef = coef / scale[i, None, o].to(coef)
    layer.coef[i, :, o] = coef.to(layer.coef)


def put_weights(layer: Weights, weight: Tensor, bias: Tensor) -> None:
    """Let a layer have these weights of its features, and the bias if it has one, in place.

    Shape:
        weight: (in_features · functions, out_features), base functions last; bias: (out_features,)
    """
    parts = weight.reshape(layer.in_features, -1, weight.shape[-1])
    put_coef(layer, parts[:, : layer.basis.num_basis])
    if layer.base_weight is not None:
        layer.base_weight.copy_(parts[:, -1])
    if layer.bias is not None:
        layer.bias.copy_(bias)


@lru_cache(maxsize=64)  # of a basis alone, and a third of the time to make a layer
def steady_scale(basis: Basis) -> float | None:
    """The constant S with E Σ_g (S φ_g(x))² = 1; None if S is .85 or more.

    A step of Adam changes every coefficient by about the learning rate, and so changes a curve by
    the rate times √Σ_g (S φ_g)². At S = 1 this root is 1.7 for Chebyshev polynomials of degree 3
    and .7 for cubic splines. An S of .85 or more made no measurable difference.
    """
    middle, unit = basis.middle_and_unit
    with tensors_on_cpu():  # on "meta" no number can be read
        z = middle + unit * normal_quantiles()
        phi = basis.evaluate(z[:, None], basis.init_grid(1, dtype=torch.float64))[:, 0]
    power = float(phi.square().sum(-1).mean())
    scale = max(float(f"{max(power, 1e-12) ** -0.5:.2g}"), SCALES[0])
    return scale if scale < 0.85 else None


def read_scale(owner: str, setting: Any, basis: Basis, named: bool) -> float | None:
    """The first value of the scale S of every edge; None for a layer without scales."""
    if isinstance(setting, str) and setting == "auto":
        return steady_scale(basis) if named else None
    if isinstance(setting, bool) or setting is None:
        return 1.0 if setting else None
    least, greatest = SCALES
    if not is_number(setting) or not least <= setting <= greatest:
        raise ValueError(
            f"{owner} expected coef_scale to be True, False, 'auto' or a positive number from "
            f"{least:g} to {greatest:g}, got {quote(setting)}"
        )
    return float(setting)


def _base_power(layer: Weights, normal: Tensor) -> float:
    """E s², where s is the base activation's output for the inputs ``normal``."""
    seen = normal if layer.norm is None or not layer.norm.feeds_base else layer.norm.typical(normal)
    return max(float(layer.activation(seen.to(layer.coef)).double().square().mean()), 1e-12)


def normal_quantiles() -> Tensor:
    """Quantile midpoints of the standard normal: a sample to take moments over, (_SAMPLES,)"""
    quantiles = (torch.arange(_SAMPLES, dtype=torch.float64) + 0.5) / _SAMPLES
    return torch.special.ndtri(quantiles)


def _typical_inputs(layer: Weights) -> Tensor:
    """Typical inputs: standard normal, or normal over a domain that isn't around 0."""
    normal = normal_quantiles()
    lo, hi = layer.basis.domain(layer.basis.init_grid(1, dtype=torch.float64))
    middle, half = (lo + hi) / 2, (hi - lo) / 2
    elsewhere = abs(middle) > 1 or not 0.3 <= half <= 6
    rescaled = layer.norm is not None and layer.norm.rescales
    if elsewhere and lo < hi and not rescaled:
        return middle + normal * half / 2
    return normal


Initializer = Callable[[Any, "torch.Generator | None"], None]
"""A function (layer, generator) that fills the weights of a layer."""


def leave_zero(layer: Weights, generator: torch.Generator | None) -> None:
    """Fill the weights with zeros, for example before a file is loaded into them."""
    for tensor in (layer.coef, layer.base_weight, layer.bias, layer.coef_scale):
        if isinstance(tensor, nn.Parameter):
            tensor.zero_()


def _forgotten(layer: Weights, generator: torch.Generator | None) -> None:
    raise ValueError(
        "reset_parameters expected the function that begins the weights, got a layer from a "
        "pickle, which can't hold a function defined inside another: define it in a module"
    )


SCHEMES = {"line": line_, "zero": zero_, "variance": variance_, "power": power_law_}
"""Schemes by name."""


@dataclass(frozen=True)
class Scheme:
    """The initialisation of a layer: a name, or a callable (layer, generator).

    Raises:
        ValueError: for an unknown name.
    """

    init: str | Initializer

    def __post_init__(self) -> None:
        if not callable(self.init) and self.init not in SCHEMES:
            raise ValueError(
                f"KANLinear expected init to be {' or '.join(map(repr, SCHEMES))} or a callable, "
                f"got {self.init!r}"
            )

    def __call__(self, layer: Weights, generator: torch.Generator | None) -> None:
        if callable(self.init):
            self.init(layer, generator)
        else:
            with tensors_on_cpu():  # where numbers can be read, whatever the default is
                SCHEMES[self.init](layer, generator)

    def __deepcopy__(self, memo: object) -> Scheme:
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        # Local functions can't be pickled. Only a reset needs the scheme, so it raises, not this.
        init = self.init.func if isinstance(self.init, partial) else self.init
        local = callable(init) and "<" in getattr(init, "__qualname__", "<")
        return Scheme, (_forgotten if local else self.init,)


def default_scheme(basis: Basis) -> Scheme:
    """Random lines for functions that go on as lines, and else curves of variance 1."""
    return Scheme("line" if basis.linear_tails else "variance")
