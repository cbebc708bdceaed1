"""Tweedie's distributions with 1 < p < 2: sums of a Poisson number of gamma amounts.

With mean μ, variance φ μ^p and α = (2 - p) / (p - 1) there are N ~ Poisson(λ) amounts of shape α
and scale γ,

.. math:: λ = \\frac{μ^{2-p}}{φ (2-p)}, \\qquad γ = φ (p-1) μ^{p-1}.

Source: Dunn and Smyth, *Series evaluation of Tweedie exponential dispersion model densities*
(2005).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import special
from scipy.optimize import minimize_scalar

from edgewise._arrays import Array
from edgewise.data.rows import thin

POWERS = (1.02, 1.98)
"""The ends between which a power is looked for."""
MOST_AMOUNTS = 400
"""Where more amounts are expected, the distribution is all but that of a gamma."""
LIKELIHOOD_ROWS = 20_000
"""The most rows that a power is estimated from, evenly taken."""


@dataclass(frozen=True, eq=False)
class Tweedie:
    """The distribution of each row, with the methods of scipy's frozen ones.

    Attributes:
        power: p.
        mean: μ, (rows,).
        noise: φ.
    """

    power: float
    mean: Array
    noise: float

    def parts(self) -> tuple[Array, float, Array]:
        """λ, α and γ."""
        p, mean = self.power, np.maximum(self.mean, 1e-12)
        expected = mean ** (2 - p) / (self.noise * (2 - p))
        return expected, (2 - p) / (p - 1), self.noise * (p - 1) * mean ** (p - 1)

    def cdf(self, y: Array) -> Array:
        """P(Y ≤ y): Σ_n P(N = n) P(gamma of shape n α ≤ y), and of many amounts a gamma's."""
        expected, shape, scale = self.parts()
        y = np.broadcast_to(np.asarray(y, dtype=np.float64), expected.shape)
        total = np.exp(-expected)
        few = expected <= MOST_AMOUNTS
        most = float(expected[few].max(initial=0.0))
        log, at = np.log(expected), np.maximum(y, 0) / scale
        for n in range(1, int(most + 10 * np.sqrt(most) + 20)):
            number = np.exp(n * log - expected - special.gammaln(n + 1))
            total = total + number * special.gammainc(n * shape, at)
        mean = np.maximum(self.mean, 1e-12)
        variance = self.noise * mean**self.power
        near = special.gammainc(mean**2 / variance, np.maximum(y, 0) * mean / variance)
        return np.where(y < 0, 0.0, np.where(few, np.minimum(total, 1.0), near))

    def ppf(self, share: Any) -> Array:
        """The least y with P(Y ≤ y) ≥ share, by bisection; the share is one number or one a row."""
        share = np.broadcast_to(np.asarray(share, dtype=np.float64), self.mean.shape)
        sure = share >= 1
        wanted = np.where(sure, 0.5, share)
        low, high = np.zeros(len(self.mean)), np.maximum(self.mean, 1e-9)
        while np.any(short := self.cdf(high) < wanted):
            high = np.where(short, 2 * high, high)
        for _ in range(60):
            middle = (low + high) / 2
            below = self.cdf(middle) < wanted
            low, high = np.where(below, middle, low), np.where(below, high, middle)
        found = np.where(self.cdf(np.zeros(len(low))) >= wanted, 0.0, high)
        return np.where(sure, np.inf, found)


def log_density(y: Array, mean: Array, noise: float, power: float) -> Array:
    """The logarithm of the probability of 0, or of the density of y > 0."""
    expected, shape, scale = Tweedie(power, mean, noise).parts()
    found = -expected
    inside = y > 0
    if not inside.any():
        return found
    y, expected, scale = y[inside], expected[inside], scale[inside]
    # The summand n of the series is largest near y^(2-p) / (φ (2-p)).
    middle = y ** (2 - power) / (noise * (2 - power))
    first = np.maximum(1, np.floor(middle - 8 * np.sqrt(middle + 1)))
    count = int(np.ceil(16 * np.sqrt(middle.max() + 1))) + 16
    logs = np.full(len(y), -np.inf)
    for step in range(count):
        n = first + step
        each = n * np.log(expected) - special.gammaln(n + 1)
        each += n * shape * np.log(y / scale) - special.gammaln(n * shape)
        logs = np.logaddexp(logs, each)
    found[inside] += logs - y / scale - np.log(y)
    return found


def measure_dispersion(y: Array, mean: Array, weight: Array, power: float) -> float:
    """φ by Pearson's statistic in its stable form: Σ (y - μ)² / μ^(2p-2) over Σ μ^(2-p)."""
    steep = weight @ np.square((y - mean) * mean ** (1 - power))
    return float(max(float(steep / (weight @ mean ** (2 - power))), 1e-9))


def find_power(y: Array, mean: Array, weight: Array) -> float:
    """The power at which the likelihood of the rows is largest, at these means.

    If no amount is 0, the likelihood is largest at the upper end, where the amounts are gamma.
    """
    rows = thin(len(y), LIKELIHOOD_ROWS)
    y, mean, weight = y[rows], np.maximum(mean[rows], 1e-9), weight[rows]

    def surprise(power: float) -> float:
        noise = measure_dispersion(y, mean, weight, power)
        return -float(weight @ log_density(y, mean, noise, power))

    best = minimize_scalar(surprise, bounds=POWERS, method="bounded")
    return float(best.x)
