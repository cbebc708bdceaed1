"""Links: how a sum of effects becomes the mean of y, and how it is fitted by Fisher's scoring."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

LARGEST = 60.0
"""Sums of effects are clipped to ± this before an exponential is taken."""


class Link(ABC):
    """The mean of y as a function h of the sum of effects.

    Every link is fitted by weighted least squares of a working response (Fisher's scoring).
    """

    name: ClassVar[str]
    knows_noise: ClassVar[bool]
    """Whether the variance of y follows from its mean."""
    weakest_ridge: ClassVar[float] = 1e-7
    """The least ridge. Where classes can be separated without a mistake the likelihood has no
    maximum, and without this limit the fit would diverge."""

    @abstractmethod
    def mean(self, effects: Array) -> Array:
        """h of the sums of effects, (rows, outputs) → (rows, outputs)."""

    @abstractmethod
    def start(self, y: Array, weight: Array) -> Array:
        """The first intercepts, (outputs,)."""

    @abstractmethod
    def working(self, y: Array, effects: Array) -> tuple[Array, Array]:
        """Working response and weight of each row, (rows, outputs) each."""

    @abstractmethod
    def loss(self, y: Array, effects: Array) -> Array:
        """The loss of each row: half the squared error, or minus the log-likelihood of its class.

        For classes y may hold probabilities.
        """


@dataclass(frozen=True)
class Identity(Link):
    """y = Σ effects + noise."""

    name: ClassVar[str] = "identity"
    knows_noise: ClassVar[bool] = False

    def mean(self, effects: Array) -> Array:
        return effects

    def start(self, y: Array, weight: Array) -> Array:
        return np.asarray(np.average(y, axis=0, weights=weight))

    def working(self, y: Array, effects: Array) -> tuple[Array, Array]:
        return y, np.ones_like(y)

    def loss(self, y: Array, effects: Array) -> Array:
        return np.asarray(0.5 * np.square(y - effects).sum(1))


@dataclass(frozen=True)
class Log(Link):
    """y = exp(Σ effects) + noise: effects multiply, and it is the mean of y that is fitted."""

    name: ClassVar[str] = "log"
    knows_noise: ClassVar[bool] = False

    def mean(self, effects: Array) -> Array:
        return np.exp(np.clip(effects, -LARGEST, LARGEST))

    def start(self, y: Array, weight: Array) -> Array:
        return np.log(np.average(y, axis=0, weights=weight))

    def working(self, y: Array, effects: Array) -> tuple[Array, Array]:
        mean = self.mean(effects)
        return effects + np.clip((y - mean) / mean, -2.0, 2.0), np.maximum(mean**2, 1e-4)

    def loss(self, y: Array, effects: Array) -> Array:
        return np.asarray(0.5 * np.square(y - self.mean(effects)).sum(1))


@dataclass(frozen=True)
class Logistic(Link):
    """One output: the probability of the second of two classes is 1 / (1 + exp(-Σ effects))."""

    name: ClassVar[str] = "logistic"
    knows_noise: ClassVar[bool] = True
    weakest_ridge: ClassVar[float] = 0.25

    def mean(self, effects: Array) -> Array:
        return 1.0 / (1.0 + np.exp(-np.clip(effects, -LARGEST, LARGEST)))

    def start(self, y: Array, weight: Array) -> Array:
        share = np.clip(np.average(y, axis=0, weights=weight), 1e-6, 1 - 1e-6)
        return np.asarray(np.log(share / (1 - share)))

    def working(self, y: Array, effects: Array) -> tuple[Array, Array]:
        mean = self.mean(effects)
        weight = np.maximum(mean * (1 - mean), 1e-5)
        return effects + (y - mean) / weight, weight

    def loss(self, y: Array, effects: Array) -> Array:
        return np.asarray((np.logaddexp(0.0, effects) - y * effects).sum(1))


@dataclass(frozen=True)
class Softmax(Link):
    """One output a class: probabilities are exp(Σ effects), divided by their sum."""

    name: ClassVar[str] = "softmax"
    knows_noise: ClassVar[bool] = True
    weakest_ridge: ClassVar[float] = 0.25

    def mean(self, effects: Array) -> Array:
        powers = np.exp(effects - effects.max(1, keepdims=True))
        return np.asarray(powers / powers.sum(1, keepdims=True))

    def start(self, y: Array, weight: Array) -> Array:
        share = np.log(np.clip(np.average(y, axis=0, weights=weight), 1e-6, 1.0))
        return np.asarray(share - share.mean())

    def working(self, y: Array, effects: Array) -> tuple[Array, Array]:
        mean = self.mean(effects)
        weight = np.maximum(mean * (1 - mean), 1e-5)
        return effects + (y - mean) / weight, weight

    def loss(self, y: Array, effects: Array) -> Array:
        return np.asarray(np.logaddexp.reduce(effects, axis=1) - np.sum(y * effects, axis=1))


LINKS: dict[str, Link] = {link.name: link for link in (Identity(), Log(), Logistic(), Softmax())}
"""By the names in files."""
