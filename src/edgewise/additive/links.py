"""Links: how a sum of effects becomes the mean of y."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from edgewise._arrays import Array

LARGEST = 60.0
"""Sums of effects are clipped to ± this before an exponential is taken."""


class Link(ABC):
    """The mean of y as a function h of the sum of effects."""

    name: ClassVar[str]

    @abstractmethod
    def mean(self, effects: Array) -> Array:
        """h of the sums of effects, (rows, outputs) → (rows, outputs)."""

    @abstractmethod
    def inverse(self, mean: Array) -> Array:
        """The sums of effects that give these means."""

    def shares(self, effects: Array) -> Array:
        """The probabilities of all classes, of which two have one sum, (rows, classes)."""
        mean = self.mean(effects)
        return np.concatenate([1 - mean, mean], 1) if mean.shape[1] == 1 else mean

    def total(self, effects: Array) -> Array | None:
        """What the means of a row's outputs share, (rows,); None where each depends on its own sum.

        Solving one output after another, :meth:`move_total` spares the exponentials of the others.
        """
        return None


@dataclass(frozen=True)
class Identity(Link):
    """Effects add up: E y = Σ effects."""

    name: ClassVar[str] = "identity"

    def mean(self, effects: Array) -> Array:
        return effects

    def inverse(self, mean: Array) -> Array:
        return mean


@dataclass(frozen=True)
class Log(Link):
    """Effects multiply: E y = exp(Σ effects)."""

    name: ClassVar[str] = "log"

    def mean(self, effects: Array) -> Array:
        return np.exp(np.clip(effects, -LARGEST, LARGEST))

    def inverse(self, mean: Array) -> Array:
        return np.log(np.maximum(mean, np.exp(-LARGEST)))


@dataclass(frozen=True)
class Logistic(Link):
    """One output: the probability of the second of two classes is 1 / (1 + exp(-Σ effects))."""

    name: ClassVar[str] = "logistic"

    def mean(self, effects: Array) -> Array:
        return 1.0 / (1.0 + np.exp(-np.clip(effects, -LARGEST, LARGEST)))

    def inverse(self, mean: Array) -> Array:
        share = np.clip(mean, 1e-6, 1 - 1e-6)
        return np.asarray(np.log(share / (1 - share)))


@dataclass(frozen=True)
class Softmax(Link):
    """One output per class: probabilities are exp(Σ effects), divided by their sum."""

    name: ClassVar[str] = "softmax"

    def mean(self, effects: Array) -> Array:
        powers = np.exp(effects - effects.max(1, keepdims=True))
        return np.asarray(powers / powers.sum(1, keepdims=True))

    def total(self, effects: Array) -> Array:
        """log Σ exp(effects): the mean of output k is exp(effects_k - total)."""
        return np.asarray(np.logaddexp.reduce(effects, axis=1))

    def inverse(self, mean: Array) -> Array:
        share = np.log(np.clip(mean, 1e-6, 1.0))
        return np.asarray(share - share.mean(-1, keepdims=True))


def move_total(total: Array, effects: Array, change: Array) -> Array:
    """:meth:`Softmax.total` after a change of one output's sums of effects, (rows,) each.

    With p = exp(effects - total) it moves by log(1 + p (exp(change) - 1)).
    """
    return np.asarray(total + np.log1p(np.exp(effects - total) * np.expm1(change)))
