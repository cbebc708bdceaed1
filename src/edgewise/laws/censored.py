"""Censored rows: the true value is only known to be below or above a limit y (Tobit model)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import final

import numpy as np
from numpy.typing import NDArray
from scipy.special import log_ndtr

from edgewise._arrays import Array
from edgewise.formula.scaling import scale_columns
from edgewise.laws.curve import Curve
from edgewise.laws.noise import NormalErrors
from edgewise.laws.solve import SINGULAR

STEEP = -1e4
"""Below this z, log Φ(z) is -z²/2 to rounding."""

ROUNDING = 8 * np.finfo(np.float64).eps
"""Smallest σ for rows without errors, as a fraction of the largest |y|."""


@final
@dataclass(frozen=True, eq=False)
class Censored(NormalErrors):
    """y = f + σ ε with normal ε, where some y are limits below or above which the true value lies.

    A true value below its limit y has the likelihood Φ((y - f)/σ), one above it Φ((f - y)/σ). The
    residual of a limit is ±√(-2 log likelihood), positive where f is too large.

    Attributes:
        side: -1 where the true value is below y, 1 where above, 0 where y was measured; (rows,).
        is_known: whether σ was given, and not estimated.

    Reference: Tobin, *Estimation of relationships for limited dependent variables*, Econometrica 26
    (1958) 24.
    """

    side: Array
    is_known: bool = True
    name: str = "normal errors with limits of detection"

    @property
    def holds_scale(self) -> bool:
        return True

    def measured(self, y: Array) -> NDArray[np.bool_]:
        return self.side == 0

    def residuals(self, curve: Curve, x: Array, y: Array, theta: Array) -> Array:
        return self._roots((curve.values(x, theta) - y) / self.sigma)

    def _roots(self, left: Array) -> Array:
        root = np.sqrt(-2 * log_ndtr(self.side * left))
        return np.where(self.side == 0, left, -self.side * root)

    def linearise(self, curve: Curve, x: Array, y: Array, theta: Array) -> tuple[Array, Array]:
        values, slopes, _ = curve.derivatives(x, theta)
        left = (values - y) / self.sigma
        root = self._roots(left)
        with np.errstate(all="ignore"):
            by = np.where(self.side == 0, 1.0, _hazard(self.side * left) / np.abs(root))
        # Where f is far on the allowed side of a limit, residual and slope are both 0.
        return root, slopes * (np.where(root == 0, self.side == 0, by) / self.sigma)[:, None]

    def information(self, curve: Curve, x: Array, y: Array, theta: Array) -> Array:
        """Observed information: a limit has -d²log Φ/dz² = λ (λ + z) with λ = φ(z)/Φ(z).

        If σ was estimated, the Schur complement removes log σ from the joint information.
        """
        values, slopes, _ = curve.derivatives(x, theta)
        left = (values - y) / self.sigma
        z, limits = self.side * left, self.side != 0
        hazard = _hazard(z)
        curvature = np.where(z < STEEP, 1.0, np.maximum(hazard * (hazard + z), 0.0))
        root = np.where(limits, np.sqrt(curvature), 1.0)
        slopes = np.asarray(slopes * (root / self.sigma)[:, None])
        if self.is_known:
            return slopes
        with np.errstate(all="ignore"):
            of_limits = np.where(root > 0, self.side * (hazard - z * curvature) / root, 0.0)
        shared = np.where(limits, of_limits, -2 * left)
        # The information on log σ, with Σ (y - f)²/σ² at the fixed point of `rescale`.
        own = 2 * ((~limits).sum() - len(theta))
        own += float((hazard * z + np.square(z) * curvature)[limits].sum())
        return _without_shared(slopes, shared, own)

    def rescale(self, curve: Curve, x: Array, y: Array, theta: Array) -> Censored:
        """One fixed-point step towards the likeliest σ, which is equal in all rows.

        It solves σ² (n - p + Σ λ z) = Σ (y - f)². The sum on the right is over the n measured rows,
        the sum on the left over the limits; p is the number of parameters.
        """
        left = curve.values(x, theta) - y
        z = self.side * left / self.sigma
        limits = self.side != 0
        freedom = (~limits).sum() - len(theta) + float((_hazard(z) * z)[limits].sum())
        squares = float(np.square(left[~limits]).sum())
        least = ROUNDING * (float(np.abs(y).max()) or 1.0)
        sigma = max(float(np.sqrt(squares / max(freedom, 1.0))), least)
        return replace(self, sigma=np.full_like(self.sigma, sigma))


def _without_shared(slopes: Array, shared: Array, own: float) -> Array:
    """A matrix K with KᵀK = JᵀJ - Jᵀs sᵀJ / own, where J is `slopes` and s is `shared`."""
    scaled, _ = scale_columns(slopes)
    shared = scaled @ np.linalg.lstsq(scaled, shared, rcond=SINGULAR)[0]
    size = float(shared @ shared)
    if not size:
        return slopes
    kept = np.sqrt(max(1 - size / own, 0.0)) if own > 0 else 0.0
    return np.asarray(slopes - np.outer(shared, (1 - kept) / size * (shared @ slopes)))


def _hazard(z: Array) -> Array:
    """φ(z) / Φ(z), the derivative of log Φ."""
    with np.errstate(all="ignore"):
        ratio = np.exp(-0.5 * np.square(z) - log_ndtr(z)) / np.sqrt(2 * np.pi)
    return np.where(z < STEEP, -z, ratio)
