"""Losses by name: squared errors, amounts, counts and classes, with :mod:`.robust`'s."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, ClassVar

import numpy as np
from scipy import special, stats
from scipy.optimize import minimize_scalar

from edgewise._arrays import Array
from edgewise.additive.columns import find_size
from edgewise.additive.links import Identity, Link, Log, Logistic, Softmax
from edgewise.additive.loss import Loss, measure_spread
from edgewise.additive.robust import Huber, Quantile
from edgewise.additive.tweedie import Tweedie, find_power

LEAST_WEIGHT = 1e-5
"""The least weight of a working response, relative to the unit of the loss."""
FURTHEST = 2.0
"""The relative error of a mean is clipped to ± this in the squared error of exponentials."""
MOST_COUNTED = 1e100
"""The largest count: squares of larger ones leave float64, and counts have no unit to choose."""
COUNTS = f"numbers of at least 0 and at most {MOST_COUNTED:g}, some above 0"


def are_counts(y: Array) -> bool:
    """Whether the losses of counts can be fitted to these numbers, which needn't be whole."""
    return bool(np.all((y >= 0) & (y <= MOST_COUNTED)) and np.any(y > 0))


@dataclass(frozen=True)
class Gaussian(Loss):
    """The squared error, ½ (y - h(s))²: y = h(s) + noise."""

    name: ClassVar[str] = "squared_error"
    is_least_squares: ClassVar[bool] = True
    link: Link = field(default_factory=Identity)

    @property
    def is_square(self) -> bool:
        return self.link == Identity()

    def loss(self, y: Array, effects: Array) -> Array:
        return np.asarray(0.5 * np.square(y - self.link.mean(effects)).sum(1))

    def working(self, y: Array, effects: Array) -> tuple[Array, Array]:
        if self.is_square:
            return y, np.ones_like(y)
        mean = self.link.mean(effects)
        error = np.clip((y - mean) / mean, -FURTHEST, FURTHEST)
        return effects + error, np.maximum(mean**2, 1e-4)

    def units(self, y: Array, weight: Array) -> tuple[float, float]:
        """Effects that multiply have no use for a shift."""
        if self.is_square:
            return measure_spread(y, weight)
        size = find_size(y)
        return 0.0, size * float(np.sqrt(np.average((y / size) ** 2, weights=weight))) or 1.0


@dataclass(frozen=True)
class LogNormal(Loss):
    """The squared error of log y: y = exp(s + noise), whose mean is exp(s + φ/2)."""

    name: ClassVar[str] = "lognormal"
    is_least_squares: ClassVar[bool] = True
    link: Link = field(default_factory=Log)
    expected: ClassVar[str] = "numbers above 0"

    @property
    def is_square(self) -> bool:
        return True

    def accepts(self, y: Array) -> bool:
        return bool(np.all(y > 0))

    def encode(self, y: Array) -> Array:
        return np.log(y)

    def decode(self, y: Array) -> Array:
        return np.exp(y)

    def loss(self, y: Array, effects: Array) -> Array:
        return np.asarray(0.5 * np.square(y - effects).sum(1))

    def working(self, y: Array, effects: Array) -> tuple[Array, Array]:
        return y, np.ones_like(y)

    def start(self, y: Array, weight: Array) -> Array:
        return np.asarray(np.average(y, axis=0, weights=weight))

    def mean_shift(self, noise: float) -> float:
        return noise / 2

    def distribution(self, mean: Array, noise: float) -> Any:
        root = max(np.sqrt(noise), 1e-9)
        return stats.lognorm(root, scale=mean * np.exp(-noise / 2))


@dataclass(frozen=True)
class Power(Loss):
    """Half the deviance of Tweedie's family: the variance of y is φ μ^p with μ = exp(s).

    p = 1 are (overdispersed) Poisson counts, p = 2 gamma; between them y is a sum of a Poisson
    number of gamma amounts, which is 0 with a probability above 0.

    Attributes:
        power: p, from 1 to 2.
    """

    name: ClassVar[str] = "power"
    link: Link = field(default_factory=Log)
    power: float = 1.5

    def loss(self, y: Array, effects: Array) -> Array:
        """½ d = y (y^(1-p) - μ^(1-p)) / (1-p) - (y^(2-p) - μ^(2-p)) / (2-p), and its limits."""
        mean, p = self.link.mean(effects), self.power
        if p == 1:
            return np.asarray((special.xlogy(y, y / mean) - (y - mean)).sum(1))
        if p == 2:
            return np.asarray((y / mean - 1 - np.log(y / mean)).sum(1))
        first = (y ** (2 - p) - y * mean ** (1 - p)) / (1 - p)
        return np.asarray((first - (y ** (2 - p) - mean ** (2 - p)) / (2 - p)).sum(1))

    def working(self, y: Array, effects: Array) -> tuple[Array, Array]:
        mean = self.link.mean(effects)
        return effects + (y - mean) / mean, mean ** (2 - self.power)

    def accepts(self, y: Array) -> bool:
        return bool(np.all(y >= 0) and np.any(y > 0))


@dataclass(frozen=True)
class Multiplied(Power):
    """The squared error of y = exp(s) + noise, fitted as if the variance of y were φ exp(s).

    Targets above 0 vary more where their mean is larger. :class:`Gaussian` weighs relative errors
    by the mean's square, so the few largest rows dominate the fit; this loss weighs them by the
    mean (Wedderburn's quasi-likelihood). Out of fold both are judged by the squared error.
    """

    name: ClassVar[str] = "squared_error"
    is_least_squares: ClassVar[bool] = True
    power: float = 1.0

    def error(self, y: Array, effects: Array) -> Array:
        return Gaussian(self.link).loss(y, effects)

    def accepts(self, y: Array) -> bool:
        """Any: a table in parts may hold others than the sample that chose this loss."""
        return True

    def units(self, y: Array, weight: Array) -> tuple[float, float]:
        return Gaussian(self.link).units(y, weight)


@dataclass(frozen=True)
class Poisson(Power):
    """Counts: μ - y log μ with μ = exp(s), and a variance of φ μ with φ ≥ 1."""

    name: ClassVar[str] = "poisson"
    power: float = 1.0
    least_noise: ClassVar[float] = 1.0
    is_count: ClassVar[bool] = True
    expected: ClassVar[str] = COUNTS

    def accepts(self, y: Array) -> bool:
        return are_counts(y)

    def distribution(self, mean: Array, noise: float) -> Any:
        """With φ > 1 the negative binomial distribution of variance φ μ."""
        mean = np.maximum(mean, 1e-12)
        if noise < 1 + 1e-6:
            return stats.poisson(mean)
        return stats.nbinom(mean / (noise - 1), 1 / noise)


@dataclass(frozen=True)
class Gamma(Power):
    """Amounts above 0 whose deviation grows with their mean: y / μ - log(y / μ)."""

    name: ClassVar[str] = "gamma"
    power: float = 2.0
    expected: ClassVar[str] = "numbers above 0"

    def accepts(self, y: Array) -> bool:
        return bool(np.all(y > 0))

    def units(self, y: Array, weight: Array) -> tuple[float, float]:
        return 0.0, float(np.average(y, weights=weight)) or 1.0

    def distribution(self, mean: Array, noise: float) -> Any:
        return stats.gamma(1 / noise, scale=mean * noise)


@dataclass(frozen=True)
class TweedieLoss(Power):
    """Amounts that are often 0, such as claims; p is estimated by maximum likelihood."""

    name: ClassVar[str] = "tweedie"
    power: float = 1.5
    is_settled: ClassVar[bool] = False
    expected: ClassVar[str] = "numbers of at least 0, some above 0"

    def units(self, y: Array, weight: Array) -> tuple[float, float]:
        return 0.0, float(np.average(y, weights=weight)) or 1.0

    def settle(self, y: Array, effects: Array, weight: Array) -> Loss:
        return replace(self, power=find_power(y[:, 0], self.link.mean(effects)[:, 0], weight))

    def distribution(self, mean: Array, noise: float) -> Any:
        return Tweedie(self.power, mean, noise)


@dataclass(frozen=True)
class NegativeBinomial(Loss):
    """Counts of variance μ + μ² / θ, μ = exp(s); θ is estimated by maximum likelihood.

    Attributes:
        size: θ.
    """

    name: ClassVar[str] = "negative_binomial"
    link: Link = field(default_factory=Log)
    size: float = 1.0
    known_noise: ClassVar[float | None] = 1.0
    is_settled: ClassVar[bool] = False
    is_count: ClassVar[bool] = True
    expected: ClassVar[str] = COUNTS

    def accepts(self, y: Array) -> bool:
        return are_counts(y)

    def loss(self, y: Array, effects: Array) -> Array:
        mean, size = self.link.mean(effects), self.size
        rest = (y + size) * np.log((y + size) / (mean + size))
        return np.asarray((special.xlogy(y, y / mean) - rest).sum(1))

    def working(self, y: Array, effects: Array) -> tuple[Array, Array]:
        mean = self.link.mean(effects)
        return effects + (y - mean) / mean, mean / (1 + mean / self.size)

    def settle(self, y: Array, effects: Array, weight: Array) -> Loss:
        mean = self.link.mean(effects)

        def surprise(log_size: float) -> float:
            t = np.exp(log_size)
            each = special.gammaln(y + t) - special.gammaln(t) - (y + t) * np.log1p(mean / t)
            each = each + special.xlogy(y, mean / t)
            return -float(weight @ each[:, 0])

        best = minimize_scalar(surprise, bounds=(-7.0, 14.0), method="bounded")
        return replace(self, size=float(np.exp(best.x)))

    def distribution(self, mean: Array, noise: float) -> Any:
        mean = np.maximum(mean, 1e-12)
        return stats.nbinom(self.size, self.size / (self.size + mean))


def _work_on_shares(y: Array, effects: Array, mean: Array) -> tuple[Array, Array]:
    """The working responses and weights of shares, whose variance is mean · (1 - mean)."""
    weight = np.maximum(mean * (1 - mean), LEAST_WEIGHT)
    return effects + (y - mean) / weight, weight


@dataclass(frozen=True)
class Binomial(Loss):
    """Minus the log-likelihood of a share: log(1 + exp(s)) - y s; its weight is the trials."""

    name: ClassVar[str] = "binomial"
    is_share: ClassVar[bool] = True
    link: Link = field(default_factory=Logistic)
    known_noise: ClassVar[float | None] = 1.0
    weakest_ridge: ClassVar[float] = 0.25
    expected: ClassVar[str] = "numbers from 0 to 1, or to the exposure if there is one"

    def accepts(self, y: Array) -> bool:
        return bool(np.all((y >= 0) & (y <= 1)))

    def loss(self, y: Array, effects: Array) -> Array:
        return np.asarray((np.logaddexp(0.0, effects) - y * effects).sum(1))

    def working(self, y: Array, effects: Array) -> tuple[Array, Array]:
        return _work_on_shares(y, effects, self.link.mean(effects))


@dataclass(frozen=True)
class Multinomial(Loss):
    """Minus the logarithm of the class's share, with softmax."""

    name: ClassVar[str] = "multinomial"
    is_share: ClassVar[bool] = True
    link: Softmax = field(default_factory=Softmax)
    known_noise: ClassVar[float | None] = 1.0
    weakest_ridge: ClassVar[float] = 0.25

    def loss(self, y: Array, effects: Array) -> Array:
        return np.asarray(np.logaddexp.reduce(effects, axis=1) - np.sum(y * effects, axis=1))

    def working(self, y: Array, effects: Array) -> tuple[Array, Array]:
        return _work_on_shares(y, effects, self.link.mean(effects))

    def working_of(
        self, y: Array, effects: Array, output: int, total: Array | None = None
    ) -> tuple[Array, Array]:
        total = self.link.total(effects) if total is None else total
        mean = np.exp(effects[:, output] - total)
        return _work_on_shares(y[:, output], effects[:, output], mean)


LOSSES: dict[str, type[Loss]] = {
    kind.name: kind
    for kind in (
        *(Gaussian, LogNormal, Poisson, Gamma, TweedieLoss, NegativeBinomial, Binomial, Huber),
        Quantile,
    )
}
"""The losses of numbers, by the names that estimators take."""
