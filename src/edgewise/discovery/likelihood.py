"""How likely hyperparameters of a Gaussian process are, and where they are likeliest."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

Array = NDArray[np.float64]

FLOOR = 1e-12
"""Noise that the kernel always has, relative to its amplitude: n times rounding, so that the
Cholesky factor of 1,000 noise-free rows exists."""


@dataclass(frozen=True, eq=False)
class Posterior:
    """What the data say once the hyperparameters are known; see :func:`condition`."""

    z: Array
    tau: float
    precision: Array
    dual: Array
    mean: float
    amplitude: float
    noise: float
    left_out: Array
    left_out_variance: Array


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
        kernel = squared_exponential(gram)
        matrix = kernel + tau * gram
        floor = FLOOR * (1 + tau)
        matrix[np.diag_indices_from(matrix)] += (noise + floor) * self.inverse_weight
        found = _invert(matrix, self.t)
        if found is None:
            return math.inf, np.zeros_like(theta)
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
        """Minus the log of a weak normal prior of length scales, and its gradient: it keeps those
        of inputs without influence from drifting for ever."""
        away = (log_scales - self.center) / 3
        return 0.5 * float(away @ away), away / 3

    def _gradient(self, w: Array, kernel: Array, z: Array, tau: float, noise: float) -> Array:
        """½ Σ w ∘ ∂matrix/∂θ, for each θ."""
        linear = (z * (w @ z)).sum(0)
        diagonal = float(w.diagonal() @ self.inverse_weight)
        weighted = w * kernel
        scales = 2 * ((z * z * weighted.sum(1)[:, None]).sum(0) - (z * (weighted @ z)).sum(0))
        scales -= 2 * tau * linear
        by_tau = tau * (linear.sum() + FLOOR * diagonal)
        return 0.5 * np.r_[scales, by_tau, noise * diagonal]


def _unpack(x: Array, theta: Array) -> tuple[Array, float, float]:
    """Inputs over length scales, weight of the linear kernel, noise."""
    return x * np.exp(-theta[:-2]), float(np.exp(theta[-2])), float(np.exp(theta[-1]))


def squared_exponential(gram: Array) -> Array:
    """exp(-|z_i - z_j|²/2) from the products z_i·z_j."""
    half = gram.diagonal() / 2
    exponent = gram - half[:, None]
    exponent -= half
    np.minimum(exponent, 0.0, out=exponent)
    return torch.from_numpy(exponent).exp_().numpy()


def _invert(matrix: Array, t: Array) -> tuple[Array, float, Array, Array, float] | None:
    """What the likelihood needs of a matrix; None if it isn't positive.

    Returns:
        its inverse, its log determinant, its inverse times ones, its inverse times t less the
        mean, and the mean. The last three come from triangular solves: times the inverse they
        would lose all digits where the matrix is nearly singular, as it is without noise.
    """
    try:
        factor = torch.from_numpy(np.linalg.cholesky(matrix))
    except np.linalg.LinAlgError:
        return None
    right = torch.from_numpy(np.stack([np.ones_like(t), t], 1))
    ones, told = torch.cholesky_solve(right, factor).numpy().T
    mean = float(told.sum() / ones.sum())
    dual = torch.cholesky_solve(torch.from_numpy(t - mean)[:, None], factor)[:, 0].numpy()
    inverse = torch.cholesky_inverse(factor).numpy()
    return inverse, 2 * float(factor.diagonal().log().sum()), ones, dual, mean


def condition(x: Array, t: Array, inverse_weight: Array, theta: Array) -> Posterior:
    """The posterior under these hyperparameters; more noise where rounding asks for it."""
    z, tau, noise = _unpack(x, theta)
    gram = z @ z.T
    matrix = squared_exponential(gram) + tau * gram
    diagonal, floor = matrix.diagonal().copy(), FLOOR * (1 + tau)
    while True:
        matrix[np.diag_indices_from(matrix)] = diagonal + (noise + floor) * inverse_weight
        found = _invert(matrix, t)
        if found is not None:
            break
        floor *= 4
    inverse, _, ones, dual, mean = found
    precision = inverse - np.outer(ones / ones.sum(), ones)
    amplitude = max(float(t @ dual), 0.0) / (len(t) - 1)
    spread = np.maximum(precision.diagonal(), 1e-300)
    left_out_variance = np.maximum(amplitude / spread, 1e-300)
    return Posterior(
        z,
        tau,
        precision,
        dual,
        mean,
        amplitude,
        amplitude * (noise + floor),
        t - dual / spread,
        left_out_variance,
    )


def minimize(
    function: Callable[[Array], tuple[float, Array]],
    start: Array,
    lower: Array,
    upper: Array,
    *,
    evaluations: int,
    tolerance: float,
    inverse_hessian: Array | None = None,
    longest: float = 2.0,
) -> tuple[Array, float, Array]:
    """A minimum between bounds by BFGS.

    Args:
        evaluations: so many of the function at most.
        tolerance: two steps that win less than this end the search.
        inverse_hessian: from an earlier search; None starts with steps along the gradient.
        longest: no coordinate moves further in one step.

    Returns:
        where, the value there, and the inverse Hessian.
    """
    at = np.clip(start, lower, upper)
    value, gradient = function(at)
    known = inverse_hessian is not None
    h = inverse_hessian.copy() if inverse_hessian is not None else np.eye(len(at))
    spent, stalled, shrink = 1, 0, 1.0
    while spent < evaluations and stalled < 2 and math.isfinite(value):
        held = ((at <= lower) & (gradient > 0)) | ((at >= upper) & (gradient < 0))
        slope = np.where(held, 0.0, gradient)
        step = np.where(held, 0.0, -(h @ slope))
        if step @ slope >= 0 or not known:
            step = -slope
        size = np.abs(step).max()
        if size == 0:
            break
        bound = longest if known else 1.0
        step *= min(1.0, bound / size) if known else 1.0 / size
        trial = np.clip(at + shrink * step, lower, upper)
        new, new_gradient = function(trial)
        spent += 1
        if not new < value:
            shrink *= 0.3
            stalled += shrink < 1e-3
            continue
        stalled = stalled + 1 if value - new < tolerance else 0
        h, known = _bfgs(h, trial - at, new_gradient - gradient, known), True
        at, value, gradient, shrink = trial, new, new_gradient, 1.0
    return at, value, h


def _bfgs(h: Array, step: Array, change: Array, known: bool) -> Array:
    """The inverse Hessian after a step and the change of the gradient along it."""
    product = float(step @ change)
    if product <= 1e-10 * float(np.linalg.norm(step) * np.linalg.norm(change)):
        return h
    if not known:
        h = np.eye(len(step)) * (product / float(change @ change))
    left = np.eye(len(step)) - np.outer(step, change) / product
    return left @ h @ left.T + np.outer(step, step) / product
