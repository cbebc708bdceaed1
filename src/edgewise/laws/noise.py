"""Distributions of y around a curve: normal, Poisson, gamma, and normal with errors in x.

Each gives residuals r with Σ r² = -2 log likelihood + const, and their derivatives, so that least
squares is maximum likelihood.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

from edgewise._arrays import Array
from edgewise.laws.curve import Curve
from edgewise.laws.true_inputs import TrueInputs, find_true_inputs


class Noise(ABC):
    """A distribution of y around f(x; θ)."""

    name: str
    """Its name in reports."""
    is_known = False
    """Whether the size of errors is known, so that the sum of squares is a χ²."""
    keeps_lines = False
    """Whether residuals are linear in the parameters in which the curve is linear."""

    @property
    def unit(self) -> float:
        """What of y a residual of 1 is, where errors are of unknown size; 1 where it depends."""
        return 1.0

    @property
    def holds_scale(self) -> bool:
        """Whether Σ r² = -2 log likelihood + const without an unknown factor."""
        return self.is_known

    def measured(self, y: Array) -> NDArray[np.bool_]:
        """Whether each y is a measured value, and not a limit; (rows,)"""
        return np.ones(len(y), dtype=np.bool_)

    def information(self, curve: Curve, x: Array, y: Array, theta: Array) -> Array:
        """A matrix J such that JᵀJ is the information on the parameters; (rows, parameters)"""
        return self.linearise(curve, x, y, theta)[1]

    @abstractmethod
    def residuals(self, curve: Curve, x: Array, y: Array, theta: Array) -> Array:
        """The residual of each row, positive where the curve is above y; NaN where undefined."""

    @abstractmethod
    def linearise(self, curve: Curve, x: Array, y: Array, theta: Array) -> tuple[Array, Array]:
        """The residuals and their derivatives by the parameters; (rows,) and (rows, parameters)"""

    @abstractmethod
    def weight(self, y: Array) -> Array:
        """The approximate weight of each row for start values, about 1/error; (rows,)"""

    @abstractmethod
    def spread(self, values: Array, deviation: float) -> Array:
        """The standard deviation of a new y where the curve has these values."""


@dataclass(frozen=True, eq=False)
class NormalErrors(Noise):
    """Normal errors of y.

    Attributes:
        sigma: σ of each row, (rows,), or of all rows, (1,); up to a factor if it isn't known.
    """

    sigma: Array

    def weight(self, y: Array) -> Array:
        return np.broadcast_to(1 / self.sigma, y.shape)

    def spread(self, values: Array, deviation: float) -> Array:
        typical = float(np.sqrt(np.mean(np.square(self.sigma))))
        return np.full_like(values, deviation * typical)


@final
@dataclass(frozen=True, eq=False)
class Normal(NormalErrors):
    """y = f + σ ε with normal ε.

    Attributes:
        is_known: whether σ is known.
    """

    is_known: bool = False
    name: str = "normal errors"
    keeps_lines = True

    @property
    def unit(self) -> float:
        return 1.0 if self.is_known else float(self.sigma[0])

    def residuals(self, curve: Curve, x: Array, y: Array, theta: Array) -> Array:
        return (curve.values(x, theta) - y) / self.sigma

    def linearise(self, curve: Curve, x: Array, y: Array, theta: Array) -> tuple[Array, Array]:
        values, slopes, _ = curve.derivatives(x, theta)
        return (values - y) / self.sigma, slopes / self.sigma[:, None]


class _Deviance(Noise):
    """Residuals that are signed roots of a deviance; minimising Σ r² maximises the likelihood.

    Reference: McCullagh & Nelder, *Generalized Linear Models* (1989), 2.3 and 2.4.
    """

    @abstractmethod
    def deviance(self, y: Array, values: Array) -> Array:
        """2 (log likelihood at f = y minus that at f) of each row; NaN where f is undefined."""

    @abstractmethod
    def variance(self, values: Array) -> Array:
        """The variance of y around these values, up to a factor."""

    def _roots(self, y: Array, values: Array) -> Array:
        with np.errstate(all="ignore"):
            root = np.sqrt(np.maximum(self.deviance(y, values), 0.0))
        return np.sign(values - y) * root

    def residuals(self, curve: Curve, x: Array, y: Array, theta: Array) -> Array:
        return self._roots(y, curve.values(x, theta))

    def linearise(self, curve: Curve, x: Array, y: Array, theta: Array) -> tuple[Array, Array]:
        values, slopes, _ = curve.derivatives(x, theta)
        root = self._roots(y, values)
        with np.errstate(all="ignore"):
            scale = np.sqrt(self.variance(values))
            # d root / d f = (f - y) / (variance · root), which is 1 / scale at y = f.
            near = np.abs(values - y) <= 1e-6 * scale
            by = np.where(near, 1 / scale, (values - y) / (scale**2 * np.where(near, 1, root)))
        return root, slopes * by[:, None]

    def spread(self, values: Array, deviation: float) -> Array:
        with np.errstate(all="ignore"):
            return np.asarray(deviation * np.sqrt(self.variance(values)))


@final
@dataclass(frozen=True, eq=False)
class Poisson(_Deviance):
    """y is Poisson distributed with mean f."""

    name: str = "counts (Poisson)"
    is_known: bool = True

    def deviance(self, y: Array, values: Array) -> Array:
        safe = np.where(values > 0, values, np.nan)
        with np.errstate(all="ignore"):
            logs = np.where(y > 0, y * np.log(np.where(y > 0, y, 1) / safe), 0.0)
        return 2 * (logs - (y - safe))

    def variance(self, values: Array) -> Array:
        return np.where(values > 0, values, np.nan)

    def weight(self, y: Array) -> Array:
        return 1 / np.sqrt(np.maximum(y, 1.0))


@final
@dataclass(frozen=True, eq=False)
class Relative(_Deviance):
    """y scatters around f in proportion to f; the deviance is that of gamma distributions."""

    name: str = "errors proportional to y"
    is_known: bool = False

    def deviance(self, y: Array, values: Array) -> Array:
        with np.errstate(all="ignore"):
            ratio = y / values
            return 2 * (ratio - 1 - np.log(np.where(ratio > 0, ratio, np.nan)))

    def variance(self, values: Array) -> Array:
        return np.square(values)

    def weight(self, y: Array) -> Array:
        return 1 / np.abs(y)


@final
@dataclass(frozen=True, eq=False)
class Orthogonal(NormalErrors):
    """y = f(x + δ) + σ ε, where x is measured with normal errors δ.

    The residual of a row is its distance from the curve in units of the errors, minimised over δ,
    with the sign of f - y.

    Attributes:
        x_sigma: standard deviations of x, (rows, in); 0 for exact inputs.
    """

    x_sigma: Array
    is_known: bool = True
    name: str = "normal errors of x and y"

    def residuals(self, curve: Curve, x: Array, y: Array, theta: Array) -> Array:
        return self._find(curve, x, y, theta).residual

    def linearise(self, curve: Curve, x: Array, y: Array, theta: Array) -> tuple[Array, Array]:
        near = self._find(curve, x, y, theta)
        _, slopes, _ = curve.derivatives(near.x, theta)
        return near.residual, slopes / np.sqrt(near.variance)[:, None]

    def _find(self, curve: Curve, x: Array, y: Array, theta: Array) -> TrueInputs:
        return find_true_inputs(curve, x, y, theta, self.sigma, self.x_sigma)


NOISE_OF_KIND: Mapping[str, Noise] = {
    "constant": Normal(np.ones(1)),
    "relative": Relative(),
    "poisson": Poisson(),
}
"""The noise of each kind in :class:`.errors.Errors` whose size may be unknown."""
