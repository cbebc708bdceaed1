"""Rational functions that groups of features share, and a linear layer behind them (KAT).

A rational function isn't linear in the coefficients of its denominator, so it is no
:class:`~edgewise.bases.Basis`, and one with a fixed denominator would be another model. KAT puts
one function on every *group of inputs* and leaves the edges their weights; that is an activation
with a linear layer behind it, and here it is these two modules.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from edgewise._checks import check_choice, check_settings, read_count, read_list
from edgewise._tensors import Device, DType, tensors_on_cpu
from edgewise.engines.reference import HALF_TYPES
from edgewise.functional import check_dtype, check_input
from edgewise.nn.arguments import check_parameters, read_seed, renamed
from edgewise.nn.init import normal_quantiles
from edgewise.nn.scripting import refuse_script

STARTS: dict[str, Callable[[Tensor], Tensor]] = {
    "identity": lambda x: x,
    "silu": F.silu,
    "gelu": F.gelu,
}
"""What a rational function may begin as."""
_REACH = 4.0  # they are fitted on [-4, 4], where nearly all standard normal inputs are


class Rational(nn.Module):
    """A rational function of every feature, shared by the features of a group.

    .. math:: F(x) = \\frac{a_0 + a_1 x + … + a_m x^m}{1 + |b_1 x + … + b_n x^n|}

    The denominator is at least 1, so F has no pole. It begins as a fit of ``start`` on [-4, 4],
    exact for the identity. x beyond about 1e7 (m = 5, float32) overflows.

    Args:
        features: the number of features.
        groups: the number of functions; it divides that of the features.
        degrees: m and n.
        start: "identity", "silu" or "gelu".
        device, dtype: of the parameters, as for torch's layers.

    Shape:
        (*, features) → (*, features); numerator (groups, m + 1), denominator (groups, n)

    Raises:
        ValueError: if a setting is out of its range, or inputs don't fit.

    Example:
        >>> import torch, edgewise as ew
        >>> ew.nn.Rational(16, groups=4)(torch.randn(5, 16)).shape
        torch.Size([5, 16])

    Reference: Yang and Wang, *Kolmogorov-Arnold Transformer*, arXiv:2409.10594; the denominator is
    that of Molina et al., *Padé Activation Units*, arXiv:1907.06732.
    """

    __prepare_scriptable__ = refuse_script

    def __init__(
        self,
        features: int,
        *,
        groups: int = 8,
        degrees: Sequence[int] = (5, 4),
        start: str = "silu",
        device: Device = None,
        dtype: DType = None,
    ) -> None:
        super().__init__()
        features = read_count("Rational", "features", features, 1)
        groups = read_count("Rational", "groups", groups, 1)
        check_settings("Rational", device, dtype)
        if features % groups:
            raise ValueError(
                f"Rational expected groups to divide {features} features, got {groups}"
            )
        degrees = read_list("Rational", "degrees", degrees)
        if len(degrees) != 2:
            raise ValueError(f"Rational expected two degrees, such as (5, 4), got {degrees!r}")
        above = read_count("Rational", "the numerator's degree", degrees[0], 1)
        below = read_count("Rational", "the denominator's degree", degrees[1], 1)
        check_parameters("Rational", groups * (above + below), device, dtype)
        check_choice("Rational", "start", start, STARTS)
        self.features = features
        self.groups = groups
        self.degrees = (above, below)
        self.start = start

        def empty(size: int) -> nn.Parameter:
            return nn.Parameter(torch.empty(groups, size, device=device, dtype=dtype))

        self.numerator, self.denominator = empty(degrees[0] + 1), empty(degrees[1])
        self.reset_parameters()

    @torch.no_grad()
    def reset_parameters(self) -> None:
        """Let every group begin as ``start``."""
        with tensors_on_cpu():  # under torch.device("meta") no number could be read
            numbers = fit_rational(self.start, *self.degrees)
        for own, first in zip((self.numerator, self.denominator), numbers, strict=True):
            own.copy_(torch.tensor(first, dtype=torch.float64, device="cpu").expand_as(own))

    def forward(self, x: Tensor) -> Tensor:
        check_input("Rational", x, self.features)
        if x.dtype not in (torch.float32, torch.float64, *HALF_TYPES):
            raise ValueError(
                f"Rational expected inputs of 16, 32 or 64 bits, got {x.dtype}: use x.float()"
            )
        wide = torch.float32 if x.dtype in HALF_TYPES else x.dtype
        grouped = x.to(wide).unflatten(-1, (self.groups, -1))
        a, b = (t.to(wide)[..., None] for t in (self.numerator, self.denominator))
        p = a[:, -1]
        for k in range(self.degrees[0] - 1, -1, -1):
            p = p * grouped + a[:, k]
        q = b[:, -1] * grouped
        for k in range(self.degrees[1] - 2, -1, -1):
            q = (q + b[:, k]) * grouped
        return (p / (1 + q.abs())).flatten(-2).to(x.dtype)

    def to_config(self) -> dict[str, Any]:
        """The constructor's arguments as JSON-able data."""
        return {
            "features": self.features,
            "groups": self.groups,
            "degrees": list(self.degrees),
            "start": self.start,
        }

    @classmethod
    def from_config(
        cls,
        config: dict[str, Any],
        *,
        device: Device = None,
        dtype: DType = None,
    ) -> Rational:
        """The module that :meth:`to_config` described, with weights still to be loaded."""
        return cls(**config, device=device, dtype=dtype)

    def extra_repr(self) -> str:
        return f"{self.features}, groups={self.groups}, degrees={self.degrees}"


class RationalLinear(nn.Module):
    """KAT's group-rational KAN layer (GR-KAN): y = W F(x) + b, F a :class:`Rational`.

    .. math:: y_o = b_o + \\sum_i W_{oi} F_{g(i)}(x_i)

    W is normal with variance 1 / (in · E F(z)²) for z ∼ N(0, 1), which keeps the variance of
    standard normal activations whatever F begins as; b is 0. A transformer's MLP block is
    ``RationalLinear(d, h, start="identity")`` before ``RationalLinear(h, d)``.

    Args:
        in_features, out_features: sizes.
        groups, degrees, start: of the :class:`Rational`.
        bias: whether there is a b.
        seed: of the random initial weights: a whole number, or a generator, which is used up; None
            takes torch's global one.
        device, dtype: of the parameters, as for torch's layers.

    Shape:
        (*, in_features) → (*, out_features)

    Raises:
        ValueError: if a setting is out of its range, or inputs don't fit.

    Example:
        >>> import torch, edgewise as ew
        >>> ew.nn.RationalLinear(16, 4)(torch.randn(2, 3, 16)).shape
        torch.Size([2, 3, 4])

    Reference: Yang and Wang, *Kolmogorov-Arnold Transformer*, arXiv:2409.10594.
    """

    bias: nn.Parameter | None

    @renamed(generator="seed")
    def __init__(
        self,
        in_features: int,
        out_features: int,
        *,
        groups: int = 8,
        degrees: Sequence[int] = (5, 4),
        start: str = "silu",
        bias: bool = True,
        seed: int | torch.Generator | None = None,
        device: Device = None,
        dtype: DType = None,
    ) -> None:
        super().__init__()
        out_features = read_count("RationalLinear", "out_features", out_features, 1)
        check_settings("RationalLinear", device, dtype, bias=bias)
        in_features = read_count("RationalLinear", "in_features", in_features, 1)
        check_parameters("RationalLinear", in_features * out_features, device, dtype)
        self.rational = Rational(
            in_features, groups=groups, degrees=degrees, start=start, device=device, dtype=dtype
        )
        kind: Any = {"device": device, "dtype": dtype}
        self.weight = nn.Parameter(torch.empty(out_features, in_features, **kind))
        empty = nn.Parameter(torch.empty(out_features, **kind)) if bias else None
        self.register_parameter("bias", empty)
        self.reset_parameters(seed)

    @torch.no_grad()
    @renamed(generator="seed")
    def reset_parameters(self, seed: int | torch.Generator | None = None) -> None:
        """Make rational functions and weights new."""
        self.rational.reset_parameters()
        with tensors_on_cpu():
            power = float(STARTS[self.rational.start](normal_quantiles()).square().mean())
        std = 1 / math.sqrt(self.weight.shape[1] * power)
        nn.init.normal_(
            self.weight, std=std, generator=read_seed("RationalLinear", seed, self.weight.device)
        )
        if self.bias is not None:
            nn.init.zeros_(self.bias)

    def forward(self, x: Tensor) -> Tensor:
        check_input("RationalLinear", x, self.rational.features)
        check_dtype(x, self.weight, "RationalLinear")
        return F.linear(self.rational(x), self.weight, self.bias)

    def to_config(self) -> dict[str, Any]:
        """The constructor's arguments as JSON-able data."""
        settings = self.rational.to_config()
        return {
            "in_features": settings.pop("features"),
            "out_features": len(self.weight),
            "bias": self.bias is not None,
            **settings,
        }

    @classmethod
    def from_config(
        cls,
        config: dict[str, Any],
        *,
        device: Device = None,
        dtype: DType = None,
    ) -> RationalLinear:
        """The module that :meth:`to_config` described, with weights still to be loaded."""
        return cls(**config, seed=0, device=device, dtype=dtype)


@lru_cache
def fit_rational(start: str, m: int, n: int) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Numerator and denominator of a rational function that is nearly ``start`` on [-4, 4].

    Sanathanan and Koerner's iteration: least squares of (P - f Q) / Q_before, which is linear, over
    numerators and even denominators. Then the denominator's coefficients below 0 go, so that
    1 + |…| is what was fitted, and the numerator is fitted once more.
    """
    if start == "identity":
        return (0.0, 1.0, *[0.0] * (m - 1)), (0.0,) * n
    x = torch.linspace(-_REACH, _REACH, 401, dtype=torch.float64)[:, None]
    f = STARTS[start](x)
    powers = x ** torch.arange(m + 1, dtype=torch.float64)
    even = list(range(2, n + 1, 2))
    below = x ** torch.tensor(even, dtype=torch.float64)
    b = torch.zeros(len(even), 1, dtype=torch.float64)
    for _ in range(20):
        weight = 1 / (1 + below @ b.clamp_min(0))
        table = torch.cat([powers, -f * below], 1) * weight
        b = torch.linalg.lstsq(table, f * weight).solution[m + 1 :]
    b = b.clamp_min(0)
    q = 1 + below @ b
    a = torch.linalg.lstsq(powers / q, f).solution
    denominator = [0.0] * n
    for power, value in zip(even, b.flatten().tolist(), strict=True):
        denominator[power - 1] = value
    return tuple(a.flatten().tolist()), tuple(denominator)
