"""Losses: what a fit minimises, as data with functions, and how scoring takes a step down it.

Every loss is fitted by weighted least squares of a working response: with s the sum of effects of
a row, l(y, s) its loss and v(y, s) > 0 a weight, the response is s - l'(y, s) / v. Where v is the
expected second derivative this is Fisher's scoring; where v is the curvature of a parabola above l
(Huber, quantiles) each step goes down. The variance of l' is φ E l'', so that the ratio φ tells how
noisy y is, whatever the loss (Wedderburn's quasi-likelihood; of M-estimators the sandwich).

Sources: McCullagh and Nelder, *Generalized linear models* (1989); Huber, *Robust statistics*
(1981); Koenker, *Quantile regression* (2005); Fasiolo et al., *Fast calibrated additive quantile
regression* (2021), for the smooth check function.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar

import numpy as np
from scipy import special, stats
from scipy.optimize import minimize_scalar

from edgewise.additive.columns import find_size
from edgewise.additive.links import Array, Identity, Link, Log, Logistic, Softmax
from edgewise.additive.tweedie import Tweedie, find_power

LEAST_WEIGHT = 1e-5
"""Of a working response, relative to the unit of the loss."""
FURTHEST = 2.0
"""The relative error of a mean is clipped to ± this in the squared error of exponentials."""


class Loss(ABC):
    """The loss of a row: half its deviance, as a function of y and of the sum of effects."""

    name: ClassVar[str]
    link: Link
    known_noise: ClassVar[float | None] = None
    """The ratio φ of the variance of l' and the mean of l'' where it is known."""
    least_noise: ClassVar[float] = 0.0
    """Estimates of φ aren't below this."""
    weakest_ridge: ClassVar[float] = 1e-7
    """The least ridge. Where classes can be separated without a mistake the likelihood has no
    maximum, and without this limit the fit would diverge."""
    is_share: ClassVar[bool] = False
    """Whether y are shares of classes."""
    is_count: ClassVar[bool] = False
    """Whether y are whole numbers."""
    is_settled: ClassVar[bool] = True
    """Whether it has no number of its own that is estimated from y."""
    expected: ClassVar[str] = "finite numbers"
    """What y must be, for errors."""

    @property
    def is_square(self) -> bool:
        """Whether it is the squared error of the sum of effects: one step is the whole fit."""
        return False

    @abstractmethod
    def loss(self, y: Array, effects: Array) -> Array:
        """Half the deviance of each row, (rows, outputs) → (rows,).

        For classes y may hold probabilities.
        """

    @abstractmethod
    def working(self, y: Array, effects: Array) -> tuple[Array, Array]:
        """Working response and weight of each row, (rows, outputs) each."""

    def curvature(self, y: Array, effects: Array) -> Array:
        """l'' of each row, or a quantity of the same mean."""
        return self.working(y, effects)[1]

    def find_noise(
        self, y: Array, effects: Array, weight: Array, freedom: float, output: int
    ) -> float | None:
        """The ratio φ at these sums of effects; None where least squares tell it.

        .. math:: φ = \\frac{\\sum l'^2 \\, \\sum v}{(\\sum l'')^2} \\cdot \\frac{n}{n - f}

        Args:
            freedom: f, the coefficients that the fit has used up.
        """
        if self.known_noise is not None:
            return self.known_noise
        response, working = self.working(y, effects)
        steep = float(weight @ np.square(working * (response - effects))[:, output])
        curved = float(weight @ self.curvature(y, effects)[:, output])
        total = float(weight.sum())
        used = total / max(total - freedom, 1.0)
        ratio = steep * float(weight @ working[:, output]) / max(curved, 1e-300) ** 2
        return max(ratio * used, self.least_noise, 1e-12)

    def start(self, y: Array, weight: Array) -> Array:
        """The first intercepts, (outputs,)."""
        return self.link.inverse(np.asarray(np.average(y, axis=0, weights=weight)))

    def units(self, y: Array, weight: Array) -> tuple[float, float]:
        """Shift and scale of y, (rows,): (y - shift) / scale is what is fitted."""
        return 0.0, 1.0

    def accepts(self, y: Array) -> bool:
        """Whether all y are such as :attr:`expected` says."""
        return True

    def encode(self, y: Array) -> Array:
        """What is fitted instead of y."""
        return y

    def decode(self, y: Array) -> Array:
        """y from what was fitted."""
        return y

    def settle(self, y: Array, effects: Array, weight: Array) -> Loss:
        """The loss with its own numbers where they suit these rows best."""
        return self

    def shift(self, y: Array, effects: Array, weight: Array) -> float:
        """What an intercept lacks at rows that weren't fitted; 0 where the fit knows it."""
        return 0.0

    def spare(self, y: Array, effects: Array, weight: Array) -> float:
        """The part of the mean loss that outliers have whatever the model."""
        return 0.0

    def mean_shift(self, noise: float) -> float:
        """What is added to fitted sums of effects so that h of them is the mean of y."""
        return 0.0

    def distribution(self, mean: Array, noise: float) -> Any:
        """The distribution of y with these means, as scipy freezes them; None without any."""
        return None


def measure_spread(y: Array, weight: Array) -> tuple[float, float]:
    """Mean and standard deviation, 1 where that is 0."""
    size = find_size(y)
    mean = float(np.average(y / size, weights=weight))
    spread = float(np.sqrt(np.average((y / size - mean) ** 2, weights=weight)))
    return mean * size, spread * size or 1.0


def find_quantile(values: Array, weight: Array, share: float) -> float:
    """The weighted quantile that splits the weight at this share, between two values."""
    order = np.argsort(values, kind="stable")
    below = np.cumsum(weight[order]) - weight[order] / 2
    return float(np.interp(share * weight.sum(), below, values[order]))


@dataclass(frozen=True)
class Gaussian(Loss):
    """The squared error, ½ (y - h(s))²: y = h(s) + noise."""

    name: ClassVar[str] = "squared_error"
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

    def find_noise(self, *_: Any) -> float | None:
        return None


@dataclass(frozen=True)
class LogNormal(Loss):
    """The squared error of log y: y = exp(s + noise), whose mean is exp(s + φ/2)."""

    name: ClassVar[str] = "lognormal"
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

    def find_noise(self, *_: Any) -> float | None:
        return None

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
class Poisson(Power):
    """Counts: μ - y log μ with μ = exp(s), and a variance of φ μ with φ ≥ 1."""

    name: ClassVar[str] = "poisson"
    power: float = 1.0
    least_noise: ClassVar[float] = 1.0
    is_count: ClassVar[bool] = True
    expected: ClassVar[str] = "numbers of at least 0, some above 0"

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
    """Amounts that are often 0, such as claims: p is where the likelihood has its maximum."""

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
    """Counts with a variance of μ + μ² / θ, μ = exp(s); θ is where the likelihood is largest.

    Attributes:
        size: θ.
    """

    name: ClassVar[str] = "negative_binomial"
    link: Link = field(default_factory=Log)
    size: float = 1.0
    known_noise: ClassVar[float | None] = 1.0
    is_settled: ClassVar[bool] = False
    is_count: ClassVar[bool] = True
    expected: ClassVar[str] = "numbers of at least 0, some above 0"

    def accepts(self, y: Array) -> bool:
        return bool(np.all(y >= 0) and np.any(y > 0))

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


def work_on_shares(link: Link, y: Array, effects: Array) -> tuple[Array, Array]:
    """The working responses and weights of shares, whose variance is mean · (1 - mean)."""
    mean = link.mean(effects)
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
        return work_on_shares(self.link, y, effects)


@dataclass(frozen=True)
class Multinomial(Loss):
    """Minus the logarithm of the class's share, with softmax."""

    name: ClassVar[str] = "multinomial"
    is_share: ClassVar[bool] = True
    link: Link = field(default_factory=Softmax)
    known_noise: ClassVar[float | None] = 1.0
    weakest_ridge: ClassVar[float] = 0.25

    def loss(self, y: Array, effects: Array) -> Array:
        return np.asarray(np.logaddexp.reduce(effects, axis=1) - np.sum(y * effects, axis=1))

    def working(self, y: Array, effects: Array) -> tuple[Array, Array]:
        return work_on_shares(self.link, y, effects)


@dataclass(frozen=True)
class Huber(Loss):
    """½ r² where |r| ≤ k, else k |r| - ½ k², with r = y - s: outliers pull no more than k.

    Attributes:
        limit: k, 1.345 times the deviation of most errors, so that 95 % of the efficiency of the
            squared error is kept where errors are Gaussian.
    """

    name: ClassVar[str] = "huber"
    link: Link = field(default_factory=Identity)
    limit: float = 1.345
    is_settled: ClassVar[bool] = False

    def loss(self, y: Array, effects: Array) -> Array:
        near = np.minimum(np.abs(y - effects), self.limit)
        return np.asarray((near * (np.abs(y - effects) - near / 2)).sum(1))

    def working(self, y: Array, effects: Array) -> tuple[Array, Array]:
        return y, self.limit / np.maximum(np.abs(y - effects), self.limit)

    def curvature(self, y: Array, effects: Array) -> Array:
        return (np.abs(y - effects) <= self.limit).astype(np.float64)

    def start(self, y: Array, weight: Array) -> Array:
        return np.array([find_quantile(column, weight, 0.5) for column in y.T])

    def units(self, y: Array, weight: Array) -> tuple[float, float]:
        return measure_middle(y, weight)

    def settle(self, y: Array, effects: Array, weight: Array) -> Loss:
        """k from the median of |r|, which of Gaussian errors is .6745 deviations."""
        middle = find_quantile(np.abs(y - effects)[:, 0], weight, 0.5)
        return replace(self, limit=max(1.345 * middle / 0.6745, 1e-6))

    def spare(self, y: Array, effects: Array, weight: Array) -> float:
        return find_spare(self.loss(y, effects), weight)


@dataclass(frozen=True)
class Quantile(Loss):
    """The check function τ r + h log(1 + exp(-r / h)), r = y - s, for small h: quantile τ of y.

    Attributes:
        level: τ.
        width: h, over which the kink is rounded.
    """

    name: ClassVar[str] = "quantile"
    link: Link = field(default_factory=Identity)
    level: float = 0.5
    width: float = 0.1
    is_settled: ClassVar[bool] = False

    def loss(self, y: Array, effects: Array) -> Array:
        r, h = y - effects, self.width
        return np.asarray((self.level * r + h * np.logaddexp(0.0, -r / h)).sum(1))

    def working(self, y: Array, effects: Array) -> tuple[Array, Array]:
        """With the weight of the parabola above the loss that touches it at ± r.

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

    def units(self, y: Array, weight: Array) -> tuple[float, float]:
        return measure_middle(y, weight)

    def settle(self, y: Array, effects: Array, weight: Array) -> Loss:
        """h falls with the number of rows, as the best bandwidth of a smoothed check function does.

        Source: He et al., *Smoothed quantile regression with large-scale inference* (2023).
        """
        r, rows = (y - effects)[:, 0], max(float(weight.sum()), 3.0)
        ends = [find_quantile(r, weight, share) for share in (0.25, 0.75)]
        size = (ends[1] - ends[0]) / 1.349
        narrow = np.sqrt(self.level * (1 - self.level)) * (np.log(rows) / rows) ** 0.4
        return replace(self, width=max(float(size * narrow), 1e-6))

    def spare(self, y: Array, effects: Array, weight: Array) -> float:
        return find_spare(self.loss(y, effects), weight)

    def shift(self, y: Array, effects: Array, weight: Array) -> float:
        """So that the share τ of rows that weren't fitted is below: rounding moves the quantile."""
        return find_quantile((y - effects)[:, 0], weight, self.level)


def find_spare(each: Array, weight: Array) -> float:
    """The mean of what losses of rows have beyond ten times their median."""
    beyond = np.maximum(each - 10 * find_quantile(each, weight, 0.5), 0.0)
    return float(np.average(beyond, weights=weight))


def measure_middle(y: Array, weight: Array) -> tuple[float, float]:
    """Median and interquartile range, in units of a Gaussian's deviation; for outliers in y."""
    low, middle, high = (find_quantile(y, weight, share) for share in (0.25, 0.5, 0.75))
    return middle, (high - low) / 1.349 or measure_spread(y, weight)[1]


LOSSES: dict[str, type[Loss]] = {
    kind.name: kind
    for kind in (
        *(Gaussian, LogNormal, Poisson, Gamma, TweedieLoss, NegativeBinomial, Binomial, Huber),
        Quantile,
    )
}
"""Of numbers, by the names that estimators take."""
