"""Interval arithmetic with outward rounding, elementwise on arrays of float64.

Formulas that are written for tensors take intervals, too: see :mod:`edgewise.bases.operand`.

Sums, products and quotients of numpy are rounded correctly, so one step outward encloses them. Its
elementary functions are taken to be right to 16 units in the last place (their own tests allow
four), which is the one assumption of every proof here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from edgewise._arrays import Array
from edgewise.bases.operand import Operand

ULPS = 16 * 2.0**-52
TINY = 1e-300


@np.errstate(all="ignore")
def down(value: Any) -> Array:
    """The next number below."""
    return np.nextafter(value, -np.inf)


@np.errstate(all="ignore")
def up(value: Any) -> Array:
    """The next number above."""
    return np.nextafter(value, np.inf)


def compare_middles(one: Interval, other: Interval) -> Tensor:
    """The difference of the middles, whose sign tells which is greater."""
    apart = one - other
    below, above = -apart.lo, apart.hi
    slack = 1e-6 * (above + below) + 1e-12 * (1 + one.size)
    if (np.minimum(below, above) > slack).any():
        raise ValueError(
            "expected breakpoints(grid) of a basis to hold every point where its formula changes, "
            "got a formula that changes elsewhere: add the point"
        )
    return torch.as_tensor(apart.middle)


@dataclass(frozen=True, eq=False)
class Interval(Operand):
    """All numbers from lo to hi, for each element of two arrays that go together."""

    lo: Array
    hi: Array

    @classmethod
    def read(cls, value: Any) -> Interval:
        """Numbers of tensors, and whole ones and their 1024ths, are exact; others were rounded."""
        if isinstance(value, Interval):
            return value
        array = np.asarray(value, dtype=np.float64)
        if isinstance(value, float) and not (value * 1024).is_integer():
            slack = abs(array) * ULPS
            return Interval(array - slack, array + slack)
        return Interval(array, array)

    number = read

    def exceeds(self, other: Any) -> Tensor:
        return compare_middles(self, self.read(other))

    def ones_like(self) -> Interval:
        return self.of(np.ones_like(self.lo))

    @staticmethod
    def of(value: Any) -> Interval:
        """One number as an interval."""
        array = np.asarray(value, dtype=np.float64)
        return Interval(array, array)

    def __add__(self, other: Any) -> Interval:
        if not isinstance(other, Interval):
            return NotImplemented if isinstance(other, Operand) else self + self.read(other)
        low, high = self.lo + other.lo, self.hi + other.hi
        return Interval(  # a sum that is 0 wasn't rounded
            np.nextafter(low, np.where(low == 0, 0.0, -np.inf)),
            np.nextafter(high, np.where(high == 0, 0.0, np.inf)),
        )

    def __neg__(self) -> Interval:
        return Interval(-self.hi, -self.lo) if self.lo is not self.hi else self.of(-self.lo)

    def __mul__(self, other: Any) -> Interval:
        if not isinstance(other, Interval):
            return NotImplemented if isinstance(other, Operand) else self * self.read(other)
        made = self._times(other)
        nothing = self._is_zero | other._is_zero
        return made.choose(Interval.of(0.0), ~nothing) if nothing.any() else made

    @property
    def _is_zero(self) -> NDArray[np.bool_]:
        return np.asarray((self.lo == 0) & (self.hi == 0))

    def _times(self, other: Interval) -> Interval:
        if other is self:
            least = np.minimum(np.abs(self.lo), np.abs(self.hi))
            inner = np.where((self.lo <= 0) & (self.hi >= 0), 0.0, least)
            return Interval(np.maximum(down(inner * inner), 0.0), up(np.square(self.size)))
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

    def rsqrt(self) -> Interval:
        """1/√x, of intervals above 0."""
        return Interval(down(np.sqrt(self.lo)), up(np.sqrt(self.hi))).inverse()

    def exp(self) -> Interval:
        return self.apply(np.exp, least=0.0)

    def __getitem__(self, index: Any) -> Interval:
        return Interval(self.lo[index], self.hi[index])

    def unbind(self) -> list[Interval]:
        """Its parts along the first dimension."""
        return [self[k] for k in range(len(self.lo))]

    @classmethod
    def stack(cls, parts: Sequence[Interval], dim: int = -1) -> Interval:
        shape = np.broadcast_shapes(*(p.lo.shape for p in parts))
        return Interval(
            np.stack([np.broadcast_to(p.lo, shape) for p in parts], -1),
            np.stack([np.broadcast_to(p.hi, shape) for p in parts], -1),
        )

    def choose(self, other: Interval, chosen: Any) -> Interval:
        return Interval(np.where(chosen, self.lo, other.lo), np.where(chosen, self.hi, other.hi))

    @property
    def range(self) -> Interval:
        return self

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
