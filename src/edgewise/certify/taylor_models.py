"""Taylor polynomials of compositions, whose coefficients are intervals.

A jet holds f(x₀ + r s) = c_0 + c_1 s + … + c_m s^m. Begun at the point x₀ its coefficients are
those of the Taylor polynomial; begun at [x₀ - r, x₀ + r] the last one encloses Lagrange's
remainder. Its arithmetic is that of :mod:`edgewise.bases.taylor`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from torch import Tensor

from edgewise.bases.taylor import Taylor
from edgewise.certify.intervals import Interval, compare_middles

ORDER = 6
"""m: splines up to the fifth degree are exact, other functions close on small cells."""


class Jet(Taylor):
    """Coefficients c_0 … c_m, arrays of intervals of shapes that broadcast."""

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
    def number(cls, value: Any) -> Interval:
        return Interval.read(value)

    @classmethod
    def zero(cls, like: Interval) -> Interval:
        return Interval.of(np.zeros_like(like.lo))

    @classmethod
    def vanishes(cls, part: Interval) -> bool:
        return part.vanishes

    @classmethod
    def within_unit(cls, part: Interval) -> Interval:
        return Interval(np.clip(part.lo, 0, 1), np.clip(part.hi, 0, 1))

    @classmethod
    def value_of(cls, name: str, part: Interval) -> Interval:
        if name == "tanh":
            return part.apply(np.tanh, -1.0, 1.0)
        if name in ("cos", "sin"):
            return part.wave(getattr(np, name))
        return getattr(part, name)()

    @classmethod
    def stack(cls, parts: Sequence[Jet], dim: int = -1) -> Jet:
        return Jet([Interval.stack([jet.parts[k] for jet in parts]) for k in range(ORDER + 1)])

    def choose(self, other: Jet, chosen: Any) -> Jet:
        pairs = zip(self.parts, other.parts, strict=True)
        return Jet([one.choose(two, chosen) for one, two in pairs])

    def exceeds(self, other: Any) -> Tensor:
        value = other.range if isinstance(other, Jet) else Interval.read(other)
        return compare_middles(self.range, value)

    def ones_like(self) -> Jet:
        return self.read(np.ones_like(self.range.lo))

    @property
    def range(self) -> Interval:
        """An interval that holds all values."""
        first: Interval = self.parts[0]
        return first

    def __getitem__(self, index: Any) -> Jet:
        shape = np.broadcast_shapes(*(p.lo.shape for p in self.parts))
        each = ([np.broadcast_to(end, shape) for end in (p.lo, p.hi)] for p in self.parts)
        return Jet([Interval(low, high)[index] for low, high in each])


def concatenate(jets: Sequence[Jet], axis: int = -1) -> Jet:
    """Jets (pieces, n) one after another, in the last dimension or the first."""
    made = []
    for k in range(ORDER + 1):
        parts = []
        for jet in jets:
            shape = np.broadcast_shapes(*(p.lo.shape for p in jet.parts))
            p = jet.parts[k]
            parts.append([np.broadcast_to(end, shape) for end in (p.lo, p.hi)])
        made.append(Interval(*(np.concatenate(ends, axis) for ends in zip(*parts, strict=True))))
    return Jet(made)
