"""Interval arithmetic with outward rounding, elementwise on arrays of float64.

Sums, products and quotients of numpy are rounded correctly, so one step outward encloses them.
Its elementary functions are taken to be right to 16 units in the last place (their own tests allow
four), which is the one assumption of every proof here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
ULPS = 16 * 2.0**-52
TINY = 1e-300


def down(value: Any) -> Array:
    """The next number below."""
    return np.nextafter(value, -np.inf)


def up(value: Any) -> Array:
    """The next number above."""
    return np.nextafter(value, np.inf)


@dataclass(frozen=True, eq=False)
class Interval:
    """All numbers from lo to hi, for each element of two arrays that go together."""

    lo: Array
    hi: Array

    @staticmethod
    def of(value: Any) -> Interval:
        """One number as an interval."""
        array = np.asarray(value, dtype=np.float64)
        return Interval(array, array)

    def __add__(self, other: Interval) -> Interval:
        return Interval(down(self.lo + other.lo), up(self.hi + other.hi))

    def __sub__(self, other: Interval) -> Interval:
        return Interval(down(self.lo - other.hi), up(self.hi - other.lo))

    def __neg__(self) -> Interval:
        return Interval(-self.hi, -self.lo)

    def __mul__(self, other: Interval) -> Interval:
        if other.lo is other.hi:  # of a number there are half as many products
            two = self.lo * other.lo, self.hi * other.lo
            return Interval(down(np.minimum(*two)), up(np.maximum(*two)))
        ends = (
            self.lo * other.lo,
            self.lo * other.hi,
            self.hi * other.lo,
            self.hi * other.hi,
        )
        low = np.minimum(np.minimum(ends[0], ends[1]), np.minimum(ends[2], ends[3]))
        high = np.maximum(np.maximum(ends[0], ends[1]), np.maximum(ends[2], ends[3]))
        return Interval(down(low), up(high))

    def inverse(self) -> Interval:
        """1/x, of intervals that don't hold 0."""
        return Interval(down(1 / self.hi), up(1 / self.lo))

    def __getitem__(self, index: Any) -> Interval:
        return Interval(self.lo[index], self.hi[index])

    @property
    def vanishes(self) -> bool:
        """Whether it is 0 and nothing else, everywhere."""
        return not (self.lo.any() or self.hi.any())

    @property
    def size(self) -> Array:
        """The greatest absolute value."""
        return np.maximum(np.abs(self.lo), np.abs(self.hi))

    @property
    def middle(self) -> Array:
        """A number near the middle."""
        return self.lo / 2 + self.hi / 2

    @property
    def radius(self) -> Array:
        """How far ``middle`` is from either end, at most; 0 of a single number."""
        middle = self.middle
        single = (self.lo == middle) & (self.hi == middle)
        return np.where(single, 0.0, up(np.maximum(self.hi - middle, middle - self.lo)))

    def apply(self, function: Any, least: float = -np.inf, most: float = np.inf) -> Interval:
        """A rising function of numpy, whose values are from ``least`` to ``most``."""
        low, high = function(self.lo), function(self.hi)
        low, high = low - np.abs(low) * ULPS - TINY, high + np.abs(high) * ULPS + TINY
        return Interval(np.maximum(low, least), np.minimum(high, most))

    def wave(self, function: Any) -> Interval:
        """Sine or cosine: the value in the middle, give or take the radius, within ±1."""
        value, reach = function(self.middle), up(self.radius + ULPS + np.abs(self.size) * 2.0**-52)
        return Interval(np.maximum(down(value - reach), -1.0), np.minimum(up(value + reach), 1.0))


def hull(parts: Any) -> Interval:
    """The least interval around several."""
    parts = list(parts)
    return Interval(
        np.minimum.reduce([p.lo for p in parts]), np.maximum.reduce([p.hi for p in parts])
    )


def stack(parts: Any) -> Interval:
    """Intervals beside each other, in a last dimension."""
    parts = list(parts)
    shape = np.broadcast_shapes(*(p.lo.shape for p in parts))
    return Interval(
        np.stack([np.broadcast_to(p.lo, shape) for p in parts], -1),
        np.stack([np.broadcast_to(p.hi, shape) for p in parts], -1),
    )
