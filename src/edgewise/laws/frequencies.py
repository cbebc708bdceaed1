"""Angular frequencies and phases among the parameters of a curve."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from edgewise._arrays import Array
from edgewise.formula.expression import (
    Apply,
    Expression,
    Input,
    Number,
    Power,
    factors_of,
    split_number,
    terms_of,
)
from edgewise.laws.curve import Curve

MOST = 480
"""Number of frequencies that are tried."""
PERIODIC = ("sin", "cos", "tan")


@dataclass(frozen=True)
class Frequency:
    """A parameter p that multiplies an input x in a sine: its argument has the term c·x·p^±1.

    Attributes:
        column: the input.
        factor: c, such as 2π.
        is_period: whether x is divided by p.
        times: the parameters t0 if x is a time since t0, as in sin(w·(t - t0)).
    """

    column: int
    factor: float
    is_period: bool
    times: tuple[int, ...]

    def starts(self, x: Array) -> Array:
        """Values of p for the angular frequencies that the rows resolve; x is (rows, in)."""
        waves = resolvable_waves(x[:, self.column])
        return abs(self.factor) / waves if self.is_period else waves / abs(self.factor)

    def angular(self, value: float) -> float:
        """The angular frequency for a value of p other than 0."""
        return abs(self.factor / value if self.is_period else self.factor * value)


def resolvable_waves(x: Array) -> Array:
    """Angular frequencies, from half a period over the range to one period for two rows."""
    span = float(np.ptp(x)) or 1.0
    most = min(max(len(np.unique(x)) / 2, 2.0), MOST / 8)
    return 2 * np.pi * np.arange(0.5, most, max(0.125, most / MOST)) / span


def find_frequencies(curve: Curve) -> dict[int, Frequency]:
    """The parameters that are angular frequencies or periods, by their places."""
    count = len(curve.inputs)
    found = {}
    for factor, rest in _arguments(curve.tree):
        parts = factors_of(rest)
        distances = [(part, c) for part in parts if (c := _column(part, count)) is not None]
        others = [part for part in parts if _column(part, count) is None]
        if len(distances) != 1 or len(others) != 1:
            continue
        ((distance, column),), (other,) = distances, others
        is_period = isinstance(other, Power) and other.exponent == Number(-1.0)
        base = other.base if isinstance(other, Power) else other
        if isinstance(base, Input) and (is_period or base is other):
            pairs = map(split_number, terms_of(distance))
            others = [part for sign, part in pairs if abs(sign.value) == 1]
            times = [p.index - count for p in others if isinstance(p, Input) and p.index >= count]
            place = base.index - count
            found[place] = Frequency(column, factor.value, is_period, tuple(times))
    return found


def _column(part: Expression, count: int) -> int | None:
    """The input that a factor is, or is a distance from; None for other factors."""
    inputs = (t.index for t in terms_of(part) if isinstance(t, Input) and t.index < count)
    return next(inputs, None)


def find_turns(curve: Curve, theta: Array) -> dict[int, float]:
    """The parameters that begin anew after a turn, by their places, with the turn.

    That is 2π for a phase, as in sin(t + p), and a period for a time, as in sin(w·(t - t0)).
    """
    count = len(curve.inputs)
    turns = {}
    for factor, rest in _arguments(curve.tree):
        if abs(factor.value) == 1 and isinstance(rest, Input) and rest.index >= count:
            turns[rest.index - count] = 2 * math.pi
    for place, wave in find_frequencies(curve).items():
        if theta[place]:
            turns |= {time: 2 * math.pi / wave.angular(theta[place]) for time in wave.times}
    return turns


def _arguments(tree: Expression) -> Iterator[tuple[Number, Expression]]:
    """The terms of all arguments of sines, each as a number and the rest."""
    for node in tree.walk():
        if isinstance(node, Apply) and node.function.name in PERIODIC:
            yield from map(split_number, terms_of(node.argument))
