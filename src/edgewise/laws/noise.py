"""How measurements scatter around a curve: residuals whose squares add up to minus twice the log
likelihood, up to a constant, and their derivatives by the parameters.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

from edgewise.laws.curve import Curve
from edgewise.laws.true_inputs import TrueInputs, find_true_inputs

Array = NDArray[np.float64]


class Noise(ABC):
    """A distribution of y around f(x; θ)."""

    name: str
    """What it is called in reports."""
    is_known = False
    """Whether its size is known, so that the sum of squares is a χ²."""
    keeps_lines = False
    """Whether residuals are linear in the parameters in which the curve is."""

    @property
    def holds_scale(self) -> bool:
        """Whether the squares add up to minus twice the log likelihood without a factor."""
        return self.is_known

    def measured(self, y: Array) -> NDArray[np.bool_]:
        """The rows whose y is a value, and not a limit of one; (rows,)"""
        return np.ones(len(y), dtype=np.bool_)

    def information(self, curve: Curve, x: Array, y: Array, theta: Array) -> Array:
        """Slopes J whose products JᵀJ are the information on the parameters; (rows, parameters)"""
        return self.linearise(curve, x, y, theta)[1]

    @abstractmethod
    def residuals(self, curve: Curve, x: Array, y: Array, theta: Array) -> Array:
        """One for each row, positive where the curve is above; not finite where it has none."""

    @abstractmethod
    def linearise(self, curve: Curve, x: Array, y: Array, theta: Array) -> tuple[Array, Array]:
        """The residuals and their derivatives by the parameters; (rows,) and (rows, parameters)"""

    @abstractmethod
    def weight(self, y: Array) -> Array:
        """How much a row counts in a first guess: about 1 over its error; (rows,)"""

    @abstractmethod
    def spread(self, values: Array, deviation: float) -> Array:
        """The standard deviation of a new y where the curve has these values."""


@final
@dataclass(frozen=True, eq=False)
class Normal(Noise):
    """y = f + σ ε for normal ε.

    Attributes:
        sigma: of each row, (rows,), or of all of them, (1,); up to a factor if it isn't known.
        is_known: whether σ is that of the measurement.
    """

    sigma: Array
    is_known: bool = False
    name: str = "normal errors"
    keeps_lines = True

    def residuals(self, curve: Curve, x: Array, y: Array, theta: Array) -> Array:
        return (curve.values(x, theta) - y) / self.sigma

    def linearise(self, curve: Curve, x: Array, y: Array, theta: Array) -> tuple[Array, Array]:
        values, slopes, _ = curve.derivatives(x, theta)
        return (values - y) / self.sigma, slopes / self.sigma[:, None]

    def weight(self, y: Array) -> Array:
        return np.broadcast_to(1 / self.sigma, y.shape)

    def spread(self, values: Array, deviation: float) -> Array:
        typical = float(np.sqrt(np.mean(np.square(self.sigma))))
        return np.full_like(values, deviation * typical)


class _Deviance(Noise):
    """Signed roots of a deviance: the maximum of the likelihood is where their squares are least.

    Reference: McCullagh & Nelder, *Generalized Linear Models* (1989), 2.3 and 2.4.
    """

    @abstractmethod
    def deviance(self, y: Array, values: Array) -> Array:
        """Twice the log likelihood that a row loses; at least 0, NaN where the curve has none."""

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
    """y are counts whose mean is f."""

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
    """y scatters around f by a constant part of f: the deviance of gamma distributions."""

    name: str = "errors in proportion to y"
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
class Orthogonal(Noise):
    """y = f(x + δ) + σ ε, where x is measured with errors δ of their own.

    A row's residual is the least over δ: the distance of (x, y) from the curve in units of the
    errors, with the sign of f - y.

    Attributes:
        sigma: of y, (rows,).
        x_sigma: of x, (rows, in); 0 where an input is exact.
    """

    sigma: Array
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

    def weight(self, y: Array) -> Array:
        return 1 / self.sigma

    def spread(self, values: Array, deviation: float) -> Array:
        typical = float(np.sqrt(np.mean(np.square(self.sigma))))
        return np.full_like(values, deviation * typical)


NOISE_OF_KIND: Mapping[str, Noise] = {
    "constant": Normal(np.ones(1)),
    "relative": Relative(),
    "poisson": Poisson(),
}
"""The noise of each kind of errors whose size needn't be known, see :class:`.errors.Errors`."""
