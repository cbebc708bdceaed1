"""Taylor polynomials of compositions, whose coefficients are intervals.

A jet holds f(x₀ + r s) = c_0 + c_1 s + … + c_m s^m. Begun at the point x₀ its coefficients are
those of the Taylor polynomial; begun at [x₀ - r, x₀ + r] the last one encloses Lagrange's
remainder. The recurrences are those of Moore, *Interval analysis* (1966).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, reduce
from operator import add
from typing import Any

import numpy as np

from edgewise.certify.intervals import Interval, Operand

ORDER = 6
"""m: splines up to the fifth degree are exact, other functions close on small cells."""


class Jet(Operand):
    """Coefficients c_0 … c_m, arrays of intervals of shapes that broadcast."""

    def __init__(self, parts: Sequence[Interval]) -> None:
        self.parts = list(parts)

    @staticmethod
    def begin(start: Interval, radius: Any) -> Jet:
        """x₀ + r s."""
        zero = Interval.of(np.zeros_like(start.lo))
        return Jet([start, Interval.of(radius), *[zero] * (ORDER - 1)])

    @classmethod
    def read(cls, value: Any) -> Jet:
        if isinstance(value, Jet):
            return value
        first = Interval.read(value)
        return Jet([first, *[Interval.of(np.zeros_like(first.lo))] * ORDER])

    @classmethod
    def stack(cls, parts: Sequence[Jet], dim: int = -1) -> Jet:
        return Jet([Interval.stack([jet.parts[k] for jet in parts]) for k in range(ORDER + 1)])

    def choose(self, other: Jet, chosen: Any) -> Jet:
        pairs = zip(self.parts, other.parts, strict=True)
        return Jet([one.choose(two, chosen) for one, two in pairs])

    @property
    def range(self) -> Interval:
        return self.parts[0]

    def __getitem__(self, index: Any) -> Jet:
        shape = np.broadcast_shapes(*(p.lo.shape for p in self.parts))
        each = ([np.broadcast_to(end, shape) for end in (p.lo, p.hi)] for p in self.parts)
        return Jet([Interval(low, high)[index] for low, high in each])

    def __add__(self, other: Any) -> Jet:
        if not isinstance(other, Jet):
            return Jet([self.parts[0] + other, *self.parts[1:]])
        return Jet([a + b for a, b in zip(self.parts, other.parts, strict=True)])

    def __neg__(self) -> Jet:
        return Jet([-p for p in self.parts])

    def __mul__(self, other: Any) -> Jet:
        if not isinstance(other, Jet):
            other = Interval.read(other)
            return Jet([p if p.vanishes else p * other for p in self.parts])
        # Factors that are linear in s, as knots make them, have five coefficients of 0.
        mine, theirs = ([not p.vanishes for p in jet.parts] for jet in (self, other))
        return Jet(
            [
                _convolve(
                    self.parts, other.parts, k, [mine[j] and theirs[k - j] for j in range(k + 1)]
                )
                for k in range(ORDER + 1)
            ]
        )

    def __pow__(self, exponent: int) -> Jet:
        """By multiplication, for whole exponents from 1 on."""
        if not isinstance(exponent, int) or exponent < 1:
            raise TypeError(f"expected a whole positive exponent, got {exponent!r}")
        half = self ** (exponent // 2) if exponent > 1 else self
        even = half * half if exponent > 1 else self
        return even * self if exponent > 1 and exponent % 2 else even

    def square(self) -> Jet:
        """Its square; no coefficient c_0 below 0."""
        return self * self

    def inverse(self) -> Jet:
        """v u = 1."""
        made = [self.parts[0].inverse()]
        for k in range(1, ORDER + 1):
            rest = _convolve(self.parts, made, k, [j > 0 for j in range(k + 1)])
            made.append(-rest * made[0])
        return Jet(made)

    def sqrt(self) -> Jet:
        """√u, of what is above 0."""
        return self * self.rsqrt()

    def rsqrt(self) -> Jet:
        """1/√u, of what is above 0: 2 u p' = -u' p."""
        below, made = self.parts[0].inverse(), [self.parts[0].rsqrt()]
        for k in range(1, ORDER + 1):
            terms = (self.parts[j] * made[k - j] * (j / 2 - k) for j in range(1, k + 1))
            made.append(reduce(add, terms) * below * Interval.of(k).inverse())
        return Jet(made)

    def exp(self) -> Jet:
        """e' = e u'."""
        made = [self.parts[0].apply(np.exp, least=0.0)]
        for k in range(1, ORDER + 1):
            made.append(_slope_sum(self.parts, made, k))
        return Jet(made)

    def tanh(self) -> Jet:
        """t' = (1 - t²) u'."""
        one = Interval.of(1.0)
        made = [self.parts[0].apply(np.tanh, -1.0, 1.0)]
        rest: list[Interval] = []
        for k in range(1, ORDER + 1):
            term = _convolve(made, made, k - 1)
            part = one - term if k == 1 else -term
            rest.append(
                Interval(np.clip(part.lo, 0, 1), np.clip(part.hi, 0, 1)) if k == 1 else part
            )
            made.append(_slope_sum(self.parts, rest, k))
        return Jet(made)

    def sigmoid(self) -> Jet:
        """1 / (1 + e⁻ᵘ) = (1 + tanh(u/2)) / 2."""
        return (self * 0.5).tanh() * 0.5 + 0.5

    def silu(self) -> Jet:
        return self * self.sigmoid()

    def cos(self) -> Jet:
        return self._waves[0]

    def sin(self) -> Jet:
        return self._waves[1]

    @cached_property
    def _waves(self) -> tuple[Jet, Jet]:
        """cos and sin: c' = -s u', s' = c u'."""
        cosine, sine = [self.parts[0].wave(np.cos)], [self.parts[0].wave(np.sin)]
        for k in range(1, ORDER + 1):
            falling, rising = _slope_sum(self.parts, sine, k), _slope_sum(self.parts, cosine, k)
            cosine.append(-falling)
            sine.append(rising)
        return Jet(cosine), Jet(sine)


def beside(jets: Sequence[Jet]) -> Jet:
    """Jets (pieces, n) one after another in the last dimension."""
    made = []
    for k in range(ORDER + 1):
        parts = []
        for jet in jets:
            shape = np.broadcast_shapes(*(p.lo.shape for p in jet.parts))
            p = jet.parts[k]
            parts.append([np.broadcast_to(end, shape) for end in (p.lo, p.hi)])
        made.append(Interval(*(np.concatenate(ends, -1) for ends in zip(*parts, strict=True))))
    return Jet(made)


def _convolve(
    one: Sequence[Interval], other: Sequence[Interval], k: int, counts: Sequence[bool] | None = None
) -> Interval:
    """Σ_j one_j other_{k-j}, of those that ``counts`` says aren't 0."""
    places = [j for j in range(k + 1) if counts is None or counts[j]]
    if not places:
        return Interval.of(np.zeros(np.broadcast_shapes(one[0].lo.shape, other[0].lo.shape)))
    return reduce(add, (one[j] * other[k - j] for j in places))


def _slope_sum(u: Sequence[Interval], factor: Sequence[Interval], k: int) -> Interval:
    """(1/k) Σ_{j=1}^k j u_j factor_{k-j}: the coefficient of f with f' = factor · u'."""
    total = u[1] * factor[k - 1]
    for j in (j for j in range(2, k + 1) if not u[j].vanishes):
        total = total + u[j] * factor[k - j] * Interval.of(float(j))
    return total * Interval.of(float(k)).inverse()
