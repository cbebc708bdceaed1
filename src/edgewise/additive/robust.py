"""Losses for outliers and for quantiles, whose steps go down a parabola above them.

Sources: Huber, *Robust statistics* (1981); Koenker, *Quantile regression* (2005); Fasiolo et al.,
*Fast calibrated additive quantile regression* (2021), for the smooth check function.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import ClassVar

import numpy as np
from scipy import special

from edgewise._arrays import Array
from edgewise.additive.links import Identity, Link
from edgewise.additive.loss import Loss, find_quantile, measure_spread

LEAST_CURVATURE = 1e-3
"""The least mean of a loss's curvature, in units of y, so that steps have an end."""


@dataclass(frozen=True)
class Robust(Loss):
    """A loss that grows like the distance of outliers, whose own parameter is estimated."""

    has_short_steps: ClassVar[bool] = True
    is_settled: ClassVar[bool] = False
    link: Link = field(default_factory=Identity)

    def units(self, y: Array, weight: Array) -> tuple[float, float]:
        """Median and interquartile range, in units of a Gaussian's deviation."""
        low, middle, high = (find_quantile(y, weight, share) for share in (0.25, 0.5, 0.75))
        return middle, (high - low) / 1.349 or measure_spread(y, weight)[1]

    def spare(self, y: Array, effects: Array, weight: Array) -> float:
        """The mean of what losses of rows have beyond ten times their median."""
        each = self.loss(y, effects)
        beyond = np.maximum(each - 10 * find_quantile(each, weight, 0.5), 0.0)
        return float(np.average(beyond, weights=weight))

    @property
    def expected_steps(self) -> Loss:
        return ExpectedSteps(self.link, self)


@dataclass(frozen=True)
class ExpectedSteps(Loss):
    """A robust loss whose steps have the mean of its curvature as weight.

    Attributes:
        robust: the loss.
    """

    name: ClassVar[str] = "expected_steps"
    link: Link
    robust: Robust

    def loss(self, y: Array, effects: Array) -> Array:
        return self.robust.loss(y, effects)

    def working(self, y: Array, effects: Array) -> tuple[Array, Array]:
        response, weight = self.robust.working(y, effects)
        slope = weight * (response - effects)
        mean = np.maximum(self.curvature(y, effects).mean(0), LEAST_CURVATURE) + np.zeros_like(y)
        return effects + slope / mean, mean

    def curvature(self, y: Array, effects: Array) -> Array:
        return self.robust.curvature(y, effects)


@dataclass(frozen=True)
class Huber(Robust):
    """½ r² where |r| ≤ k, else k |r| - ½ k², with r = y - s: outliers pull no more than k.

    Attributes:
        limit: k, 1.345 times the deviation of most errors, so that 95 % of the efficiency of the
            squared error is kept where errors are Gaussian.
    """

    name: ClassVar[str] = "huber"
    limit: float = 1.345

    def loss(self, y: Array, effects: Array) -> Array:
        near = np.minimum(np.abs(y - effects), self.limit)
        return np.asarray((near * (np.abs(y - effects) - near / 2)).sum(1))

    def working(self, y: Array, effects: Array) -> tuple[Array, Array]:
        return y, self.limit / np.maximum(np.abs(y - effects), self.limit)

    def curvature(self, y: Array, effects: Array) -> Array:
        return (np.abs(y - effects) <= self.limit).astype(np.float64)

    def start(self, y: Array, weight: Array) -> Array:
        return np.array([find_quantile(column, weight, 0.5) for column in y.T])

    def settle(self, y: Array, effects: Array, weight: Array) -> Loss:
        """k from the median of |r|, which of Gaussian errors is .6745 deviations."""
        middle = find_quantile(np.abs(y - effects)[:, 0], weight, 0.5)
        return replace(self, limit=max(1.345 * middle / 0.6745, 1e-6))


@dataclass(frozen=True)
class Quantile(Robust):
    """The check function τ r + h log(1 + exp(-r / h)), r = y - s, for small h: quantile τ of y.

    Attributes:
        level: τ.
        width: h, over which the kink is rounded.
    """

    name: ClassVar[str] = "quantile"
    level: float = 0.5
    width: float = 0.1

    def loss(self, y: Array, effects: Array) -> Array:
        r, h = y - effects, self.width
        return np.asarray((self.level * r + h * np.logaddexp(0.0, -r / h)).sum(1))

    def working(self, y: Array, effects: Array) -> tuple[Array, Array]:
        """The weight is that of the parabola above the loss that touches it at ± r.

        That is tanh(r / 2h) / 2r (Jaakkola and Jordan, 2000).
        """
        r, h = y - effects, self.width
        far = np.maximum(np.abs(r), 1e-6 * h)
        weight = np.tanh(far / (2 * h)) / (2 * far)
        return effects + (self.level - special.expit(-r / h)) / weight, weight

    def curvature(self, y: Array, effects: Array) -> Array:
        share = special.expit((effects - y) / self.width)
        return np.asarray(share * (1 - share) / self.width)

    def start(self, y: Array, weight: Array) -> Array:
        return np.array([find_quantile(column, weight, self.level) for column in y.T])

    def settle(self, y: Array, effects: Array, weight: Array) -> Loss:
        """h falls with the number of rows, as the best bandwidth of a smoothed check function does.

        Source: He et al., *Smoothed quantile regression with large-scale inference* (2023).
        """
        r, rows = (y - effects)[:, 0], max(float(weight.sum()), 3.0)
        ends = [find_quantile(r, weight, share) for share in (0.25, 0.75)]
        size = (ends[1] - ends[0]) / 1.349
        narrow = np.sqrt(self.level * (1 - self.level)) * (np.log(rows) / rows) ** 0.4
        return replace(self, width=max(float(size * narrow), 1e-6))

    def shift(self, y: Array, effects: Array, weight: Array) -> float:
        """So that the share τ of rows that weren't fitted is below: rounding moves the quantile."""
        return find_quantile((y - effects)[:, 0], weight, self.level)
