"""Taylor polynomials of compositions: from a formula for tensors its derivatives of any order.

A polynomial c_0 + c_1 s + … + c_m s^m stands for f(x_0 + s), up to s^m. Its coefficients go through
sums, products and functions by the recurrences of Moore, *Interval analysis* (1966).
"""

from __future__ import annotations

import math
from abc import abstractmethod
from collections.abc import Sequence
from functools import cached_property, reduce
from itertools import zip_longest
from operator import add
from typing import Any, ClassVar, TypeVar

import torch
import torch.nn.functional as F
from torch import Tensor

from edgewise.bases.operand import Operand

Kind = TypeVar("Kind", bound="Taylor")


class Taylor(Operand):
    """The recurrences; what coefficients are, a subclass says.

    Attributes:
        parts: the coefficients c_0 … c_m, of shapes that broadcast; c_0 alone of a constant.
    """

    rank: ClassVar[int] = 1

    def __init__(self, parts: Sequence[Any]) -> None:
        self.parts: list[Any] = list(parts)

    @classmethod
    @abstractmethod
    def value_of(cls, name: str, part: Any) -> Any:
        """The function of that name at c_0: "exp", "tanh", "cos", "sin", "inverse", "rsqrt"."""

    @classmethod
    @abstractmethod
    def zero(cls, like: Any) -> Any:
        """A coefficient that is 0."""

    @classmethod
    @abstractmethod
    def vanishes(cls, part: Any) -> bool:
        """Whether a coefficient is known to be 0 everywhere."""

    @classmethod
    def within_unit(cls, part: Any) -> Any:
        """A coefficient of which is known that it lies between 0 and 1."""
        return part

    def __add__(self: Kind, other: Any) -> Kind:
        if not isinstance(other, Taylor):
            return type(self)([self.parts[0] + self.number(other), *self.parts[1:]])
        if len(other.parts) != len(self.parts):
            long, short = _by_length(self, other)
            return type(self)([long[0] + short[0], *long[1:]])
        pairs = zip(self.parts, other.parts, strict=True)
        return type(self)([self._plus(a, b) for a, b in pairs])

    def __neg__(self: Kind) -> Kind:
        return type(self)([p if self.vanishes(p) else -p for p in self.parts])

    def __mul__(self: Kind, other: Any) -> Kind:
        if not isinstance(other, Taylor):
            other = self.number(other)
            return type(self)([p if self.vanishes(p) else p * other for p in self.parts])
        if len(other.parts) != len(self.parts):
            long, short = _by_length(self, other)
            return type(self)(long) * short[0]
        mine, theirs = ([not self.vanishes(p) for p in each.parts] for each in (self, other))
        made: list[Any] = []
        for k in range(len(self.parts)):
            terms = [
                self.parts[j] * other.parts[k - j]
                for j in range(k + 1)
                if mine[j] and theirs[k - j]
            ]
            made.append(self.add_up(terms, self.parts[0]))
        return type(self)(made)

    @classmethod
    def _plus(cls, one: Any, other: Any) -> Any:
        return one + other

    @classmethod
    def add_up(cls, terms: Sequence[Any], like: Any) -> Any:
        return reduce(add, terms) if terms else cls.zero(like)

    @classmethod
    def integrate(cls, u: Sequence[Any], slope: Sequence[Any], k: int) -> Any:
        """(1/k) Σ_{j=1}^k j u_j slope_{k-j}: coefficient k of f with f' = slope · u'."""
        terms = []
        for j in range(1, k + 1):
            if not (cls.vanishes(u[j]) or cls.vanishes(slope[k - j])):
                term = u[j] * slope[k - j]
                terms.append(term if j == 1 else term * float(j))
        total = cls.add_up(terms, u[0])
        return total / float(k) if terms and k > 1 else total

    def _products(self, one: Sequence[Any], other: Sequence[Any]) -> list[Any]:
        """one_0 other_k, one_1 other_{k-1}, …, of those that aren't 0; k is other's last order."""
        pairs = zip(one, reversed(other), strict=False)
        return [a * b for a, b in pairs if not (self.vanishes(a) or self.vanishes(b))]

    def _negated(self, terms: Sequence[Any], factor: Any = None) -> Any:
        """Minus the sum of terms, times a factor."""
        if not terms:
            return self.zero(self.parts[0])
        total = -reduce(add, terms)
        return total if factor is None else total * factor

    def __pow__(self: Kind, exponent: int) -> Kind:
        """By multiplication, for whole exponents from 1 on."""
        if not isinstance(exponent, int) or exponent < 1:
            raise TypeError(f"expected a whole positive exponent, got {exponent!r}")
        half = self ** (exponent // 2) if exponent > 1 else self
        even = half * half if exponent > 1 else self
        return even * self if exponent > 1 and exponent % 2 else even

    def square(self: Kind) -> Kind:
        return self * self

    def inverse(self: Kind) -> Kind:
        """v u = 1."""
        made = [self.value_of("inverse", self.parts[0])]
        for _ in self.parts[1:]:
            made.append(self._negated(self._products(self.parts[1:], made), made[0]))
        return type(self)(made)

    def sqrt(self: Kind) -> Kind:
        """√u, of what is above 0."""
        return self * self.rsqrt()

    def rsqrt(self: Kind) -> Kind:
        """1/√u, of what is above 0: 2 u p' = -u' p."""
        below = self.value_of("inverse", self.parts[0])
        made = [self.value_of("rsqrt", self.parts[0])]
        for k in range(1, len(self.parts)):
            terms = [
                self.parts[j] * made[k - j] * (j / 2 - k)
                for j in range(1, k + 1)
                if not (self.vanishes(self.parts[j]) or self.vanishes(made[k - j]))
            ]
            total = self.add_up(terms, below)
            made.append(total * below / float(k) if terms else total)
        return type(self)(made)

    def exp(self: Kind) -> Kind:
        """e' = e u'."""
        made = [self.value_of("exp", self.parts[0])]
        for k in range(1, len(self.parts)):
            made.append(self.integrate(self.parts, made, k))
        return type(self)(made)

    def tanh(self: Kind) -> Kind:
        """t' = (1 - t²) u'."""
        made, slope = [self.value_of("tanh", self.parts[0])], list[Any]()
        for k in range(1, len(self.parts)):
            terms = self._products(made, made)
            if k == 1:
                slope.append(self.within_unit(-self.add_up(terms, made[0]) + self.number(1.0)))
            else:
                slope.append(self._negated(terms))
            made.append(self.integrate(self.parts, slope, k))
        return type(self)(made)

    def sigmoid(self: Kind) -> Kind:
        """1 / (1 + e⁻ᵘ) = (1 + tanh(u/2)) / 2."""
        return (self * 0.5).tanh() * 0.5 + 0.5

    def silu(self: Kind) -> Kind:
        return self * self.sigmoid()

    def cos(self: Kind) -> Kind:
        return type(self)(self._waves[0])

    def sin(self: Kind) -> Kind:
        return type(self)(self._waves[1])

    @cached_property
    def _waves(self) -> tuple[list[Any], list[Any]]:
        """cos and sin: c' = -s u', s' = c u'."""
        cosine, sine = ([self.value_of(name, self.parts[0])] for name in ("cos", "sin"))
        for k in range(1, len(self.parts)):
            falling, rising = (self.integrate(self.parts, each, k) for each in (sine, cosine))
            cosine.append(self._negated([] if self.vanishes(falling) else [falling]))
            sine.append(rising)
        return cosine, sine


def _by_length(one: Taylor, other: Taylor) -> tuple[list[Any], list[Any]]:
    """The coefficients of the longer one and of the shorter one, which is a constant."""
    pair = one.parts, other.parts
    return pair if len(pair[0]) > len(pair[1]) else (pair[1], pair[0])


def _common_shape(shapes: Sequence[torch.Size]) -> torch.Size:
    """The broadcast shape; torch's own function loads its compiler first, which takes seconds."""
    first = shapes[0]
    if all(shape == first for shape in shapes):
        return first
    return torch.broadcast_shapes(*shapes)


class TensorTaylor(Taylor):
    """Taylor polynomials with tensors as coefficients; None stands for a coefficient of 0."""

    @property
    def dtype(self) -> torch.dtype:  # type: ignore[override]
        kind: torch.dtype = self.parts[0].dtype
        return kind

    @classmethod
    def begin(cls, z: Tensor, order: int) -> TensorTaylor:
        """z + s, up to s^order."""
        slope = [torch.ones_like(z)] if order else []
        return cls([z, *slope, *[None] * (order - 1)])

    @classmethod
    def read(cls, value: Any) -> TensorTaylor:
        return value if isinstance(value, TensorTaylor) else cls([torch.as_tensor(value)])

    @classmethod
    def number(cls, value: Any) -> Any:
        return value

    @classmethod
    def zero(cls, like: Any) -> Any:
        return None

    @classmethod
    def vanishes(cls, part: Any) -> bool:
        return part is None

    @classmethod
    def _plus(cls, one: Any, other: Any) -> Any:
        if one is None or other is None:
            return other if one is None else one
        return one + other

    @classmethod
    def value_of(cls, name: str, part: Any) -> Any:
        return 1 / part if name == "inverse" else getattr(torch, name)(part)

    @classmethod
    def stack(cls, parts: Sequence[TensorTaylor], dim: int = -1) -> TensorTaylor:
        shape = _common_shape([p.parts[0].shape for p in parts])
        like = parts[0].parts[0]
        made: list[Any] = []
        for found in zip_longest(*(p.parts for p in parts)):
            if all(part is None for part in found):
                made.append(None)
            else:
                wide = (like.new_zeros(()) if part is None else part for part in found)
                made.append(torch.stack([part.expand(shape) for part in wide], -1))
        return cls(made)

    def choose(self, other: Any, chosen: Any) -> TensorTaylor:
        made: list[Any] = []
        for k in range(max(len(self.parts), len(other.parts))):
            one, two = (p.parts[k] if k < len(p.parts) else None for p in (self, other))
            if one is None and two is None:
                made.append(None)
                continue
            made.append(
                torch.where(chosen, 0.0 if one is None else one, 0.0 if two is None else two)
            )
        return TensorTaylor(made)

    def exceeds(self, other: Any) -> Tensor:
        return self.parts[0] - (other.parts[0] if isinstance(other, Taylor) else other)

    def ones_like(self) -> TensorTaylor:
        return TensorTaylor([torch.ones_like(self.parts[0]), *[None] * (len(self.parts) - 1)])

    def __getitem__(self, index: Any) -> TensorTaylor:
        shape = _common_shape([p.shape for p in self.parts if p is not None])
        return TensorTaylor([None if p is None else p.expand(shape)[index] for p in self.parts])

    def clamp(self, low: Any, high: Any) -> TensorTaylor:
        """What lies beyond an end stays there, with derivatives of 0."""
        value = self.parts[0]
        inside = (value >= low) & (value <= high)
        return TensorTaylor([value.clamp(low, high)]).choose(self, ~inside)

    def abs(self) -> TensorTaylor:
        return self.choose(-self, self.parts[0] >= 0)

    def unbind(self, dim: int = -1) -> list[TensorTaylor]:
        """Its parts along the last dimension."""
        shape = _common_shape([p.shape for p in self.parts if p is not None])
        return [self[..., k] for k in range(shape[-1])]

    def log(self) -> TensorTaylor:
        """l' = u'/u."""
        return self._integral(torch.log(self.parts[0]), self.inverse())

    def asinh(self) -> TensorTaylor:
        """Its slope is 1/√(1 + u²)."""
        return self._integral(torch.asinh(self.parts[0]), (self * self + 1).rsqrt())

    def atan(self) -> TensorTaylor:
        """Its slope is 1/(1 + u²)."""
        return self._integral(torch.atan(self.parts[0]), (self * self + 1).inverse())

    def softplus(self) -> TensorTaylor:
        """log(1 + eᵘ), whose slope is the sigmoid."""
        return self._integral(F.softplus(self.parts[0]), self.sigmoid())

    def erf(self) -> TensorTaylor:
        """Its slope is 2/√π e^(-u²)."""
        return self._integral(self.parts[0].erf(), (-(self * self)).exp() * (2 / math.pi**0.5))

    def gelu(self) -> TensorTaylor:
        """u (1 + erf(u/√2)) / 2."""
        return self * ((self * 0.5**0.5).erf() * 0.5 + 0.5)

    def relu(self) -> TensorTaylor:
        return self.clamp_min(0.0)

    def _integral(self, value: Tensor, slope: TensorTaylor) -> TensorTaylor:
        """f with f' = slope · u' that begins at a value."""
        made: list[Any] = [value]
        for k in range(1, len(self.parts)):
            made.append(self.integrate(self.parts, slope.parts, k))
        return TensorTaylor(made)

    def derivatives(self, order: int) -> Tensor:
        """f, f', …, f^(order): the coefficients times factorials.

        Shape:
            (order + 1, *)
        """
        shape = _common_shape([p.shape for p in self.parts if p is not None])
        made = torch.zeros(
            order + 1, *shape, dtype=self.parts[0].dtype, device=self.parts[0].device
        )
        for k, part in enumerate(self.parts[: order + 1]):
            if part is not None:
                made[k] = part * float(math.factorial(k))
        return made
