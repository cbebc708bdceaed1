"""How an axis lies over numbers, and the round numbers on it."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from edgewise._arrays import Array
from edgewise.charts.numbers import SUPERSCRIPTS, format_number

Ticks = Sequence[tuple[float, str]]
"""Values, each with the text that is written there."""
LEVELS = 12
"""How often the steps between ticks become finer towards the centre of an asinh axis."""
FITTING = 7
"""The most ticks of a logarithmic axis."""
LEAST, LARGEST = float(np.finfo(np.float64).tiny), float(np.finfo(np.float64).max)
HUGE = 1e300
"""Beyond it, differences of numbers might overflow."""


class Ruler(ABC):
    """A map from numbers to places on an axis, and back."""

    @abstractmethod
    def forward(self, x: Any) -> Array:
        """The places of numbers."""

    @abstractmethod
    def inverse(self, u: Any) -> Array:
        """The numbers at places."""

    @abstractmethod
    def choose_values(self, low: float, high: float, most: int) -> list[float]:
        """About ``most`` round values between two, far enough from each other."""

    def choose_ticks(
        self,
        low: float,
        high: float,
        most: int = 5,
        write: Callable[[float, int], str] = format_number,
    ) -> Ticks:
        """Round values between low and high with their texts; that value if both are the same."""
        values = self.choose_values(low, high, most) if low < high else [low]
        return [(value, write(value, 6)) for value in values]

    def fraction(self, values: Any, ends: tuple[float, float]) -> Array:
        """Places as fractions of the way from one end of an axis to the other."""
        low, high = self.forward(np.asarray(ends, dtype=np.float64)) / 2
        # Halves, as the difference of two huge numbers would overflow.
        return np.asarray((self.forward(values) / 2 - low) / (high - low))

    def pad(self, values: Any, share: float = 0.06) -> tuple[float, float]:
        """The ends of an axis on which all finite values have room."""
        places = self.forward(np.asarray(values, dtype=np.float64))
        places = places[np.isfinite(places)]
        low, high = (float(places.min()), float(places.max())) if len(places) else (0.0, 0.0)
        room = 2 * share * (high / 2 - low / 2) or share * abs(high) or 1.0
        least, most = self.inverse(np.clip([low - room, high + room], -LARGEST, LARGEST))
        return float(least), float(most)


@dataclass(frozen=True)
class Scale(Ruler):
    """A linear scale, or one by asinh for values with heavy tails.

    Attributes:
        centre, width: the value around which an asinh axis is nearly linear, and how far.
        tame: whether it is by asinh.
    """

    centre: float = 0.0
    width: float = 1.0
    tame: bool = False

    def forward(self, x: Any) -> Array:
        with np.errstate(over="ignore"):
            u = (np.asarray(x, dtype=np.float64) - self.centre) / self.width
        return np.arcsinh(u) if self.tame else u

    def inverse(self, u: Any) -> Array:
        return (np.sinh(u) if self.tame else np.asarray(u)) * self.width + self.centre

    def choose_values(self, low: float, high: float, most: int) -> list[float]:
        if not self.tame:
            return _choose_even(low, high, most)
        centre = min(max(self.centre, low), high)
        ends = self.forward([low, high])
        room = (ends[1] - ends[0]) / (most + 1)
        chosen: list[float] = []
        span = high - low
        for _ in range(LEVELS):
            near = max(low, centre - 2 * span), min(high, centre + 2 * span)
            for value in _list_multiples(_round_step(span / 3), *near):
                apart = np.abs(self.forward(chosen) - self.forward(value))
                if not len(apart) or float(apart.min()) > room:
                    chosen.append(value)
            span /= 3
        return sorted(chosen)


STRAIGHT = Scale()


@dataclass(frozen=True)
class LogScale(Ruler):
    """A logarithmic scale."""

    def forward(self, x: Any) -> Array:
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.asarray(np.log10(np.asarray(x, dtype=np.float64)))

    def inverse(self, u: Any) -> Array:
        with np.errstate(over="ignore"):
            return np.clip(np.power(10.0, u), LEAST, LARGEST)

    def choose_values(self, low: float, high: float, most: int) -> list[float]:
        """1, 2 and 5 of each power of ten; of a longer axis 1 and 3, or 1 alone."""
        if high / 10 < low:
            return _choose_even(low, high, most)
        firsts = (1, 2, 5) if high / 30 < low else (1, 3) if high / 1000 < low else (1,)
        tens = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
        every: Iterable[float] = (float(f"{first}e{ten}") for ten in tens for first in firsts)
        inside = [value for value in every if low <= value <= high]
        return inside[:: -(-len(inside) // FITTING)]

    def choose_ticks(
        self,
        low: float,
        high: float,
        most: int = 5,
        write: Callable[[float, int], str] = format_number,
    ) -> Ticks:
        """On a long axis, and where a number would have an e, powers of ten as such."""
        ticks = super().choose_ticks(low, high, most, write)
        is_long = low < high / 1e5 or any("e" in text for _, text in ticks)
        if write is not format_number or not is_long:
            return ticks
        return [(value, _write_power(value)) for value, _ in ticks]


def _write_power(value: float) -> str:
    """10⁻⁵, or 1.5·10⁻⁵."""
    first, _, ten = f"{value:.5e}".partition("e")
    power = "10" + str(int(ten)).translate(SUPERSCRIPTS)
    return power if float(first) == 1 else f"{float(first):g}·{power}"


LOG = LogScale()


def choose_scale(values: Any, ratio: float = 1e3) -> Ruler:
    """A logarithmic scale for positive values with a large ratio, else a linear one."""
    values = np.asarray(values, dtype=np.float64)
    if not len(values) or not np.isfinite(values).all() or values.min() <= 0:
        return STRAIGHT
    return LOG if values.max() / ratio > values.min() else STRAIGHT


def _choose_even(low: float, high: float, most: int) -> list[float]:
    unit = 1e10 if max(abs(low), abs(high)) > HUGE else 1.0
    low, high = low / unit, high / unit
    step = _round_step(0.8 * (high - low) / most)
    return [value * unit for value in _list_multiples(step, low, high)]


def _round_step(size: float) -> float:
    """The least of 1, 2 and 5 times a power of ten that is no smaller."""
    ten = 10.0 ** math.floor(math.log10(size))
    return next((n * ten for n in (1, 2, 5) if n * ten >= size * (1 - 1e-9)), 10 * ten)


def _list_multiples(step: float, low: float, high: float) -> list[float]:
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    digits = max(0, 1 - math.floor(math.log10(step)))
    return [round(k * step, digits) for k in range(first, last + 1)]
