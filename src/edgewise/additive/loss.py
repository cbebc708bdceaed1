"""The base of losses, functions of a target and a sum of effects that scoring minimises.

Every loss is fitted by weighted least squares of a working response: with s the sum of effects of
a row, l(y, s) its loss and v(y, s) > 0 a weight, the response is s - l'(y, s) / v. Where v is the
expected second derivative this is Fisher's scoring; where v is the curvature of a parabola above l
(Huber, quantiles) each step decreases the loss. The variance of l' is φ E l''; the ratio φ measures
the noise of y for any loss (Wedderburn's quasi-likelihood; the sandwich for M-estimators).

Source: McCullagh and Nelder, *Generalized linear models* (1989).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any, ClassVar

import numpy as np

from edgewise._arrays import Array
from edgewise.additive.columns import find_size
from edgewise.additive.links import Link
from edgewise.data.rows import weighted_variance

LEAST_SPARE = 1e-3
"""The least fraction of the rows that a fit leaves to the noise. With less it goes through all of
them, which leaves none to judge it by: its weakest group is too much."""


class Loss(ABC):
    """The loss of a row: half its deviance, as a function of y and of the sum of effects."""

    name: ClassVar[str]
    link: Link
    is_least_squares: ClassVar[bool] = False
    """Whether least squares estimate the ratio φ of :attr:`known_noise`."""
    known_noise: ClassVar[float | None] = None
    """The ratio φ of the variance of l' to the mean of l'', if known."""
    least_noise: ClassVar[float] = 0.0
    """The least estimate of φ."""
    weakest_ridge: ClassVar[float] = 1e-7
    """The least ridge. Where classes can be separated without a mistake the likelihood has no
    maximum, and without this limit the fit would diverge."""
    is_share: ClassVar[bool] = False
    """Whether y are shares of classes."""
    is_count: ClassVar[bool] = False
    """Whether y are whole numbers."""
    is_settled: ClassVar[bool] = True
    """Whether it has no parameter that is estimated from y."""
    has_short_steps: ClassVar[bool] = False
    """Whether v is the curvature of a parabola above l, which is larger than that of l."""
    expected: ClassVar[str] = "finite numbers"
    """A description of valid y, for error messages."""

    @property
    def is_square(self) -> bool:
        """Whether it is the squared error of the sum of effects: one step is the whole fit."""
        return False

    @abstractmethod
    def loss(self, y: Array, effects: Array) -> Array:
        """Half the deviance of each row, (rows, outputs) → (rows,).

        For classes y may hold probabilities.
        """

    def error(self, y: Array, effects: Array) -> Array:
        """The error by which models are compared out of fold, (rows,); by default the loss."""
        return self.loss(y, effects)

    @abstractmethod
    def working(self, y: Array, effects: Array) -> tuple[Array, Array]:
        """Working response and weight of each row, (rows, outputs) each."""

    def working_of(
        self, y: Array, effects: Array, output: int, total: Array | None = None
    ) -> tuple[Array, Array]:
        """Working response and weight of one output, (rows,) each.

        Args:
            total: that of the link at these effects, if it is known.
        """
        response, working = self.working(y, effects)
        return response[:, output], working[:, output]

    @property
    def expected_steps(self) -> Loss:
        """The same loss with steps of Fisher's scoring, from which strengths and errors follow.

        Steps down a parabola above the loss never go up, but end far from its least value, where
        effects look too small and their strengths too large.
        """
        return self

    def curvature(self, y: Array, effects: Array) -> Array:
        """l'' of each row, or a quantity of the same mean."""
        return self.working(y, effects)[1]

    def find_noise(
        self, y: Array, effects: Array, weight: Array, freedom: float, output: int
    ) -> float | None:
        """The ratio φ at these sums of effects; None if least squares estimate it.

        .. math:: φ = \\frac{\\sum l'^2 \\, \\sum v}{(\\sum l'')^2} \\cdot \\frac{n}{n - f}

        Args:
            freedom: f, the coefficients that the fit has used up.
        """
        if self.is_least_squares or self.known_noise is not None:
            return self.known_noise
        response, working = self.working(y, effects)
        steep = float(weight @ np.square(working * (response - effects))[:, output])
        curved = float(weight @ self.curvature(y, effects)[:, output])
        total = float(weight.sum())
        used = total / max(total - freedom, LEAST_SPARE * total)
        ratio = steep * float(weight @ working[:, output]) / max(curved, 1e-150) ** 2
        return max(ratio * used, self.least_noise, 1e-12)

    def start(self, y: Array, weight: Array) -> Array:
        """The first intercepts, (outputs,)."""
        return self.link.inverse(np.asarray(np.average(y, axis=0, weights=weight)))

    def units(self, y: Array, weight: Array) -> tuple[float, float]:
        """Shift and scale of y, (rows,): (y - shift) / scale is what is fitted."""
        return 0.0, 1.0

    def accepts(self, y: Array) -> bool:
        """Whether all y are valid, see :attr:`expected`."""
        return True

    def encode(self, y: Array) -> Array:
        """Transform y for the fit."""
        return y

    def decode(self, y: Array) -> Array:
        """The inverse of :meth:`encode`."""
        return y

    def settle(self, y: Array, effects: Array, weight: Array) -> Loss:
        """The loss with its own parameters estimated from these rows."""
        return self

    def shift(self, y: Array, effects: Array, weight: Array) -> float:
        """A correction of the intercept from rows that weren't fitted; 0 for most losses."""
        return 0.0

    def spare(self, y: Array, effects: Array, weight: Array) -> float:
        """The part of the mean loss that outliers cause for any model."""
        return 0.0

    def mean_shift(self, noise: float) -> float:
        """A constant to add to sums of effects, so that h of them is the mean of y."""
        return 0.0

    def distribution(self, mean: Array, noise: float) -> Any:
        """The distribution of y with these means, as scipy freezes them; None without any."""
        return None


def measure_spread(y: Array, weight: Array) -> tuple[float, float]:
    """Mean and standard deviation, 1 where that is 0."""
    size = find_size(y)
    mean = float(np.average(y / size, weights=weight))
    return mean * size, weighted_variance(y / size, weight) ** 0.5 * size or 1.0


def find_quantile(values: Array, weight: Array, share: float) -> float:
    """The weighted quantile that splits the weight at this share, between two values."""
    order = np.argsort(values, kind="stable")
    below = np.cumsum(weight[order]) - weight[order] / 2
    return float(np.interp(share * weight.sum(), below, values[order]))
