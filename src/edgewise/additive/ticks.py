"""Round numbers on axes, and numbers as readers write them; for figures and for pages."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

import numpy as np

from edgewise.additive.columns import Array
from edgewise.additive.effects import MISSING, Units
from edgewise.additive.training_summary import Scale

LEVELS = 12
"""How often steps become finer, on an axis that is wider around its centre."""


def format_number(value: float, digits: int = 3) -> str:
    """With a real minus sign, thousands apart, and powers of ten only where nothing else is short.

    Example:
        >>> format_number(-12345.6), format_number(0.012345), format_number(3e9)
        ('−12,346', '0.0123', '3e+09')
    """
    if not math.isfinite(value):
        return "—"
    if value == 0:
        return "0"
    if 1e-4 <= abs(value) < 1e7:
        places = max(0, digits - 1 - math.floor(math.log10(abs(value))))
        text = f"{value:,.{places}f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
    else:
        text = f"{value:.{digits}g}"
    return text.replace("-", "−")


def format_effect(value: float, units: Units, digits: int = 3) -> str:
    """An effect with its sign, or a factor with its cross."""
    if units.word == "factor":
        return "×" + format_number(value, digits)
    text = format_number(value, digits)
    return f"+{text}" if value > 0 and text != "0" else text


def choose_ticks(scale: Scale, low: float, high: float, most: int = 5) -> list[tuple[float, str]]:
    """Round values between two, far enough from each other on an axis, with their texts."""
    if not low < high:
        return [(low, format_number(low, 6))]
    if not scale.tame:
        return _label(_multiples(_round_step((high - low) / most), low, high))
    centre = min(max(scale.centre, low), high)
    ends = scale.forward(np.array([low, high]))
    room = (ends[1] - ends[0]) / (most + 1)
    chosen: list[float] = []
    span = high - low
    for _ in range(LEVELS):
        step = _round_step(span / 3)
        for value in _multiples(step, max(low, centre - 2 * span), min(high, centre + 2 * span)):
            place = float(scale.forward(np.array([value]))[0])
            others = scale.forward(np.array(chosen)) if chosen else np.zeros(0)
            if not chosen or float(np.abs(others - place).min()) > room:
                chosen.append(value)
        span /= 3
    return _label(sorted(chosen))


def choose_effect_ticks(
    units: Units, low: float, high: float, most: int = 4
) -> list[tuple[float, str]]:
    """Ticks of effects: places where they add up, and texts as they are told."""
    if units.word != "factor":
        ticks = choose_ticks(Scale(), low, high, most)
        return [(value, text if value <= 0 else "+" + text) for value, text in ticks]
    ends = math.exp(low), math.exp(high)
    if ends[1] / ends[0] < 4:
        values: Iterable[float] = _multiples(_round_step((ends[1] - ends[0]) / most), *ends)
    else:
        tens = range(math.floor(math.log10(ends[0])), math.ceil(math.log10(ends[1])) + 1)
        firsts = (1, 2, 5) if ends[1] / ends[0] < 100 else (1,)
        every = [first * 10.0**ten for ten in tens for first in firsts]
        inside = [value for value in every if ends[0] <= value <= ends[1]]
        values = inside[:: -(-len(inside) // 7)]
    return [(math.log(value), "×" + format_number(value)) for value in values]


def _label(values: Iterable[float]) -> list[tuple[float, str]]:
    return [(value, format_number(value, 6)) for value in values]


def _round_step(size: float) -> float:
    """The least of 1, 2 and 5 times a power of ten that is no smaller."""
    ten = 10.0 ** math.floor(math.log10(size))
    return next(first * ten for first in (1, 2, 5, 10) if first * ten >= size * (1 - 1e-9))


def _multiples(step: float, low: float, high: float) -> list[float]:
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    digits = max(0, 1 - math.floor(math.log10(step)))
    return [round(k * step, digits) for k in range(first, last + 1)]


def pad(values: Array, neutral: float, share: float = 0.06) -> tuple[float, float]:
    """The ends of an axis on which all values and the neutral one have room."""
    finite = values[np.isfinite(values)]
    low, high = min(neutral, float(finite.min())), max(neutral, float(finite.max()))
    room = share * (high - low) or 1.0
    return low - room, high + room


def choose_curve_ticks(effect: Any) -> list[tuple[float, str]]:
    """The values themselves where there are few, else round ones."""
    values = effect.at.tolist()
    if effect.seen.few and len(values) <= 8:
        short = [format_number(value, 4) for value in values]
        exact = len(set(short)) < len(short) or all(float(value).is_integer() for value in values)
        return _label(values) if exact else list(zip(values, short, strict=True))
    return choose_ticks(effect.seen.scale, float(effect.at[0]), float(effect.at[-1]))


def choose_levels(count: int, most: int) -> tuple[list[int], int]:
    """Which of the levels, in the order of their effects, are shown, and before which is a gap."""
    if count <= most:
        return list(range(count)), count
    half = most // 2
    return [*range(half), *range(count - half, count)], half


def list_cell_ticks(effect: Any, side: int, most: int) -> tuple[list[float], list[str]]:
    """Where the cells of one side of a heat map have a name: every level, or round numbers."""
    at, scale = effect.cells.sides[side], effect.scales[side]
    if scale is None:
        return list(map(float, range(len(at)))), [MISSING if n is None else str(n) for n in at]
    if len(at) <= most:
        return list(map(float, range(len(at)))), [format_number(float(v), 6) for v in at]
    ticks = choose_ticks(scale, float(at[0]), float(at[-1]), most)
    u = scale.forward(at)
    places = np.interp(scale.forward(np.array([t[0] for t in ticks])), u, np.arange(len(at)))
    return places.tolist(), [t[1] for t in ticks]
