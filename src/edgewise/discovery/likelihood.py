"""The restricted likelihood of a Gaussian process, its maximum, and the posterior there."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import torch
from scipy.linalg import lapack
from scipy.optimize import Bounds, minimize

from edgewise._arrays import Array

FLOOR = 1e-12
"""Smallest noise, relative to the kernel's amplitude, at which the Cholesky factor of 1,000 rows
exists."""

TOLERANCE = 0.05
"""The optimiser stops after a step that gains less than this times the log likelihood per row."""

IMPOSSIBLE = 1e10
"""The value of -log likelihood where rounding leaves no Cholesky factor: larger than any other."""


@dataclass(frozen=True, eq=False)
class ConditionedProcess:
    """A Gaussian process conditioned on rows at fixed hyperparameters; see :func:`condition`."""

    z: Array
    tau: float
    precision: Array
    dual: Array
    mean: float
    noise: float
    left_out: Array
    left_out_variance: Array
    log_evidence: float


class Likelihood:
    """Minus the log restricted likelihood of hyperparameters, with its gradient.

    Hyperparameters are logarithms: of each length scale, of the weight of the linear kernel, and
    of the noise, both relative to the amplitude of the squared exponential.
    """

    def __init__(self, x: Array, t: Array, inverse_weight: Array) -> None:
        self.x, self.t, self.inverse_weight = x, t, inverse_weight
        self.evaluations = 0
        inputs = x.shape[1]
        self.lower = np.log(np.r_[np.full(inputs, 0.05), 1e-6, 1e-13])
        self.upper = np.log(np.r_[np.full(inputs, 3e3), 1e6, 1e6])
        self.center = math.log(1.5 * math.sqrt(inputs))

    def __call__(self, theta: Array) -> tuple[float, Array]:
        self.evaluations += 1
        z, tau, noise = _unpack(self.x, theta)
        gram = z @ z.T
        kernel = squared_exponential(gram, gram.diagonal(), gram.diagonal())
        matrix = kernel + tau * gram
        floor = FLOOR * (1 + tau)
        matrix[np.diag_indices_from(matrix)] += (noise + floor) * self.inverse_weight
        found = _invert(matrix, self.t)
        if found is None:
            return IMPOSSIBLE, np.zeros_like(theta)
        inverse, log_determinant, ones, dual, _ = found
        total = ones.sum()
        inverse -= np.outer(ones / total, ones)
        free = len(self.t) - 1
        square = max(float(self.t @ dual), 1e-30)
        value = 0.5 * (log_determinant + math.log(total) + free * math.log(square / free))
        inverse -= np.outer(dual * (free / square), dual)
        gradient = self._gradient(inverse, kernel, z, tau, noise)
        penalty, slope = self._prior(theta[:-2])
        gradient[:-2] += slope
        return value + penalty, gradient

    def _prior(self, log_scales: Array) -> tuple[float, Array]:
        """-log of a weak normal prior of the log length scales, and its gradient.

        It keeps the length scales of inputs without influence finite.
        """
        away = (log_scales - self.center) / 3
        return 0.5 * float(away @ away), away / 3

    def _gradient(self, w: Array, kernel: Array, z: Array, tau: float, noise: float) -> Array:
        """½ Σ_ij w_ij ∂matrix_ij/∂θ for each hyperparameter θ."""
        linear = (z * (w @ z)).sum(0)
        diagonal = float(w.diagonal() @ self.inverse_weight)
        weighted = w * kernel
        scales = 2 * ((z * z * weighted.sum(1)[:, None]).sum(0) - (z * (weighted @ z)).sum(0))
        scales -= 2 * tau * linear
        by_tau = tau * (linear.sum() + FLOOR * diagonal)
        return 0.5 * np.r_[scales, by_tau, noise * diagonal]


def _unpack(x: Array, theta: Array) -> tuple[Array, float, float]:
    """The inputs divided by their length scales, the weight of the linear kernel, the noise."""
    return x * np.exp(-theta[:-2]), float(np.exp(theta[-2])), float(np.exp(theta[-1]))


def squared_exponential(products: Array, left: Array, right: Array) -> Array:
    """exp(-|z_i - w_j|²/2) from the products z_i·w_j and the squares |z_i|² and |w_j|²."""
    exponent = products - left[:, None] / 2
    exponent -= right / 2
    np.minimum(exponent, 0.0, out=exponent)
    return torch.from_numpy(exponent).exp_().numpy()


def _invert(matrix: Array, t: Array) -> tuple[Array, float, Array, Array, float] | None:
    """The inverse M⁻¹, log|M|, M⁻¹ 1, M⁻¹ (t - mean) and the mean; None unless M > 0.

    The last three come from triangular solves. Multiplying by the inverse would lose all digits
    where M is nearly singular, as it is without noise.
    """
    factor, failed = lapack.dpotrf(matrix, lower=1, clean=0)
    if failed:
        return None
    ones, told = lapack.dpotrs(factor, np.stack([np.ones_like(t), t], 1), lower=1)[0].T
    mean = float(told.sum() / ones.sum())
    dual = lapack.dpotrs(factor, (t - mean)[:, None], lower=1)[0][:, 0]
    half = lapack.dpotri(factor, lower=1)[0]
    inverse = np.tril(half)
    inverse += inverse.T
    np.fill_diagonal(inverse, half.diagonal())
    return inverse, 2 * float(np.log(factor.diagonal()).sum()), ones, dual, mean


def condition(x: Array, t: Array, inverse_weight: Array, theta: Array) -> ConditionedProcess:
    """The posterior with these hyperparameters; the noise is raised if the factor fails."""
    z, tau, noise = _unpack(x, theta)
    gram = z @ z.T
    matrix = squared_exponential(gram, gram.diagonal(), gram.diagonal()) + tau * gram
    diagonal, floor = matrix.diagonal().copy(), FLOOR * (1 + tau)
    while True:
        matrix[np.diag_indices_from(matrix)] = diagonal + (noise + floor) * inverse_weight
        found = _invert(matrix, t)
        if found is not None:
            break
        floor *= 4
    inverse, log_determinant, ones, dual, mean = found
    precision = inverse - np.outer(ones / ones.sum(), ones)
    amplitude = max(float(t @ dual), 0.0) / (len(t) - 1)
    spread = np.maximum(precision.diagonal(), 1e-300)
    left_out_variance = np.maximum(amplitude / spread, 1e-300)
    return ConditionedProcess(
        z,
        tau,
        precision,
        dual,
        mean,
        amplitude * (noise + floor),
        t - dual / spread,
        left_out_variance,
        log_evidence(float(t @ dual), log_determinant, float(ones.sum()), len(t)),
    )


def log_evidence(square: float, log_determinant: float, total: float, rows: int) -> float:
    """log p(t), integrated over amplitude and mean.

    The prior of the amplitude is Jeffreys', that of the mean uniform over one deviation of t, 1.
    """
    free = rows - 1
    total = max(total, 1e-300)
    value = math.log(0.5) + math.lgamma(free / 2) - 0.5 * (log_determinant + math.log(total))
    return value - 0.5 * free * math.log(math.pi * max(square, 1e-300))


def maximize(likelihood: Likelihood, start: Array, *, evaluations: int) -> tuple[Array, float]:
    """The likeliest hyperparameters, starting from `start`, and -log likelihood there.

    Args:
        evaluations: largest number of likelihoods computed, up to the end of a line search.
    """
    found = minimize(
        likelihood,
        np.clip(start, likelihood.lower, likelihood.upper),
        jac=True,
        method="L-BFGS-B",
        bounds=Bounds(likelihood.lower, likelihood.upper),
        options={"maxfun": evaluations, "maxcor": 20, "ftol": TOLERANCE / len(likelihood.t)},
    )
    return found.x, float(found.fun)
