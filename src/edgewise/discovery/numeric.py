"""A Gaussian process as a numeric model of the data, with its gradients and its noise.

The kernel is the sum of a squared exponential and a linear kernel with a common length scale for
each input; the noise is a hyperparameter as well. The constant mean is integrated out (restricted
likelihood), and the kernel's amplitude is solved for.

Logarithms of positive inputs, and of a y of one sign, are tried on a few rows and kept if left-out
rows become likelier.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from edgewise._arrays import Array
from edgewise.data.rows import fill_weight, weighted_variance
from edgewise.discovery.likelihood import Likelihood, condition, maximize, squared_exponential

LEAST_ROWS = 4
"""Rows that a Gaussian process needs."""
WIDE = 3.0
"""Logarithms are tried where values span at least this ratio; over a smaller one log is nearly
linear."""

MANY = 15
"""With more inputs, hyperparameters are searched on more rows from the start: on a few rows the
optimiser ends in a wrong optimum."""

POSTERIOR_ROWS = 2
"""Predictions use this many times the rows that hyperparameters are chosen on."""


@dataclass(frozen=True, eq=False)
class Warp:
    """The transformation of inputs and y before the kernel: logarithms of some, then standardised.

    Attributes:
        logs: whether the logarithm of each input is taken.
        least: the smallest argument of each input's logarithm.
        shift, scale: mean and standard deviation of the inputs, after the logarithm.
        sign: the sign of y if its logarithm is taken, else 0.
        y_shift, y_scale: mean and standard deviation of y, after the logarithm.
    """

    logs: NDArray[np.bool_]
    least: Array
    shift: Array
    scale: Array
    sign: float
    y_shift: float
    y_scale: float

    @classmethod
    def make(cls, x: Array, y: Array, log_inputs: bool, log_output: bool) -> Warp:
        """The warp that standardises these rows."""
        logs = _is_wide(x) if log_inputs else np.zeros(x.shape[1], dtype=np.bool_)
        least = np.where(logs, x.min(0) / 2, 1.0)
        u = np.where(logs, np.log(np.maximum(np.where(logs, x, 1.0), least)), x)
        sign = float(np.sign(y[0])) if log_output else 0.0
        t = np.log(sign * y) if sign else y
        return cls(
            logs,
            least,
            u.mean(0),
            _spread(u),
            sign,
            float(t.mean()),
            float(_spread(t)),
        )

    def inputs(self, x: Array) -> Array:
        """Inputs as the kernel sees them; (rows, in) → (rows, in)"""
        safe = np.maximum(np.where(self.logs, x, 1.0), self.least)
        return (np.where(self.logs, np.log(safe), x) - self.shift) / self.scale

    def slopes(self, x: Array) -> Array:
        """Derivatives of :meth:`inputs`; (rows, in) → (rows, in)"""
        safe = np.maximum(np.where(self.logs, x, 1.0), self.least)
        return np.where(self.logs, 1 / safe, 1.0) / self.scale

    def output(self, y: Array) -> Array:
        """y as the kernel sees it."""
        return ((np.log(self.sign * y) if self.sign else y) - self.y_shift) / self.y_scale

    def weights(self, y: Array, weight: Array) -> Array:
        """Weights of the transformed y, so that its errors are those of y to first order.

        Equal weights stay equal, because they don't state that errors of y are constant.
        """
        if not self.sign or np.ptp(weight) == 0:
            return weight
        made = weight * np.square(y / np.abs(y).max())
        return np.maximum(made / made.max(), 1e-12)

    def output_back(self, t: Array) -> Array:
        """y from the kernel's t, the inverse of :meth:`output`."""
        value = t * self.y_scale + self.y_shift
        return self.sign * np.exp(np.minimum(value, 700.0)) if self.sign else value

    def output_slope(self, y: Array) -> Array:
        """The derivative of :meth:`output_back`, at y."""
        return self.y_scale * (y if self.sign else np.ones_like(y))


def _spread(u: Array) -> Array:
    """Standard deviations of columns; for a constant column its absolute value, or 1 for 0."""
    spread, size = u.std(0), np.abs(u).max(0)
    return np.where(spread > 1e-13 * size, spread, np.where(size > 0, size, 1.0))


def _is_wide(x: Array) -> NDArray[np.bool_]:
    """Which columns are positive and span a ratio of at least :data:`WIDE`."""
    least, most = x.min(0), x.max(0)
    return (least > 0) & (most >= WIDE * least)


class GaussianProcess:
    """A numeric model; made by :func:`fit_gaussian_process`.

    Attributes:
        warp: the transformation of inputs and y.
        length_scales: of each input, in its units (of its logarithm where `warp.logs`).
        noise_variance: of y; the mean over the rows if its logarithm was modelled.
        fvu_loo: the fraction of y's variance unexplained by leave-one-out predictions.
        evaluations: the number of likelihoods computed.
        log_evidence: log p(y) of the rows that predictions use, integrated over amplitude and mean.
    """

    def __init__(
        self,
        x: Array,
        y: Array,
        weight: Array,
        warp: Warp,
        theta: Array,
        used: NDArray[np.int64],
        evaluations: int,
    ) -> None:
        self.warp, self.evaluations = warp, evaluations
        self._theta, self._used, self._data = theta, used, (x, y, weight)
        self._scales = np.exp(theta[:-2])
        within = warp.weights(y, weight)
        self._posterior = condition(
            warp.inputs(x[used]), warp.output(y[used]), 1 / within[used], theta
        )
        self.length_scales: Array = self._scales * warp.scale
        self._left_out = self.predict(x)
        fitted = self._left_out.copy()
        self._left_out[used] = warp.output_back(self._posterior.left_out)
        slope = warp.output_slope(fitted)
        variance = self._posterior.noise * slope**2 * (weight / within)
        self.noise_variance = float(np.average(variance, weights=weight))
        slopes = np.abs(warp.output_slope(y[used]))
        self.log_evidence = self._posterior.log_evidence - float(np.log(slopes).sum())
        self.fvu_loo = _compute_fvu(y, self._left_out, weight)

    def predict(self, x: Array) -> Array:
        """The mean at rows; (rows, in) → (rows,)"""
        z, kernel = self._kernel(x)
        p = self._posterior
        return self.warp.output_back(p.mean + kernel @ p.dual + p.tau * (z @ (p.z.T @ p.dual)))

    def gradient(self, x: Array) -> Array:
        """Derivatives of the mean by each input; (rows, in) → (rows, in)"""
        z, kernel = self._kernel(x)
        p = self._posterior
        linear = p.z.T @ p.dual
        weighted = kernel * p.dual
        slope = weighted @ p.z - z * weighted.sum(1)[:, None] + p.tau * linear
        y = self.warp.output_back(p.mean + weighted.sum(1) + p.tau * (z @ linear))
        return slope * self._chain(x, y)

    def gradient_error(self, x: Array) -> Array:
        """Root mean square errors of :meth:`gradient`; (rows, in) → (in,)

        They are half the difference between the models of two halves of the rows.
        """
        halves = [
            GaussianProcess(*self._data, self.warp, self._theta, self._used[k::2], 0)
            for k in (0, 1)
        ]
        off = halves[0].gradient(x) - halves[1].gradient(x)
        return np.sqrt((off * off).mean(0)) / 2

    def leave_one_out(self) -> Array:
        """Leave-one-out predictions of the rows; (rows,)"""
        return self._left_out

    def cross_validate(self, folds: NDArray[np.int64]) -> float:
        """The fraction of y's variance unexplained by predictions of each fold from the others.

        Hyperparameters stay as they are.

        Args:
            folds: the fold of each row; (rows,)
        """
        x, y, weight = self._data
        predicted = np.empty(len(y))
        for fold in np.unique(folds):
            kept = self._used[folds[self._used] != fold]
            others = GaussianProcess(x, y, weight, self.warp, self._theta, kept, 0)
            predicted[folds == fold] = others.predict(x[folds == fold])
        return _compute_fvu(y, predicted, weight)

    def _kernel(self, x: Array) -> tuple[Array, Array]:
        """Inputs over length scales, and the squared exponential between them and the data."""
        z = self.warp.inputs(x) / self._scales
        other = self._posterior.z
        return z, squared_exponential(z @ other.T, (z * z).sum(1), (other * other).sum(1))

    def _chain(self, x: Array, y: Array) -> Array:
        """Turn slopes by inputs over length scales into slopes of y by inputs."""
        return self.warp.slopes(x) / self._scales * self.warp.output_slope(y)[:, None]


def _compute_fvu(y: Array, predicted: Array, weight: Array) -> float:
    variance = weighted_variance(y, weight)
    missed = np.average((y - predicted) ** 2, weights=weight)
    return float(missed / variance) if variance > 0 else 0.0


def fit_gaussian_process(
    x: Array,
    y: Array,
    weight: Array | None = None,
    *,
    rows: int = 600,
    seed: int = 0,
    noise: float | None = None,
) -> GaussianProcess:
    """Fit a Gaussian process: the hyperparameters maximise the restricted likelihood.

    Args:
        weight: weights of the rows; the noise of a row has the variance `noise_variance` / weight.
        rows: number of rows to choose hyperparameters on; predictions use up to twice as many.
        seed: for the choice of rows.
        noise: about the fraction of noise in y, where the search of hyperparameters begins; by
            default it begins with little noise and with much.

    Shape:
        x: (rows, in); y, weight: (rows,)
    """
    if x.ndim != 2 or y.shape != (len(x),) or len(x) < LEAST_ROWS:
        raise ValueError(
            f"expected at least four rows, x of shape (rows, in) and y of shape (rows,), got "
            f"{x.shape} and {y.shape}: a column vector y needs y[:, 0]"
        )
    weight = np.maximum(fill_weight(weight, len(y)), 1e-100)
    order = np.random.default_rng([seed, len(y)]).permutation(len(y))
    many = x.shape[1] > MANY
    few = max(60, rows // (2 if many else 4))
    fits = [
        _start(x, y, weight, order[:few], *logs, noise, evaluations=40 if many else 16)
        for logs in _warps(x, y)
    ]
    best = max(fits, key=lambda fit: fit[0])
    _, chosen, theta, evaluations = best
    for size, steps in _stages(len(y), rows):
        likelihood = _likelihood(x, y, weight, order[:size], chosen)
        theta, _ = maximize(likelihood, theta, evaluations=steps)
        evaluations += likelihood.evaluations
    used = np.sort(order[: POSTERIOR_ROWS * rows])
    return GaussianProcess(x, y, weight, chosen, theta, used, evaluations)


def _stages(available: int, rows: int) -> list[tuple[int, int]]:
    """Stages of the search, (rows, evaluations): many evaluations on few rows, then few on all."""
    if available <= rows // 2:
        return [(available, 40)]
    return [(rows // 2, 25), (min(rows, available), 14)]


def _warps(x: Array, y: Array) -> list[tuple[bool, bool]]:
    """The warps to try: pairs of whether logarithms of inputs, and of y, are taken."""
    size = np.abs(y)
    output = bool((np.sign(y) == np.sign(y[0])).all() and size.max() > WIDE * size.min() > 0)
    inputs = bool(_is_wide(x).any())
    return [(i, o) for i in (False, True)[: 1 + inputs] for o in (False, True)[: 1 + output]]


def _likelihood(
    x: Array, y: Array, weight: Array, rows: NDArray[np.int64], warp: Warp
) -> Likelihood:
    return Likelihood(warp.inputs(x[rows]), warp.output(y[rows]), 1 / warp.weights(y, weight)[rows])


def _start(
    x: Array,
    y: Array,
    weight: Array,
    rows: NDArray[np.int64],
    log_inputs: bool,
    log_output: bool,
    noise: float | None,
    evaluations: int,
) -> tuple[float, Warp, Array, int]:
    """Hyperparameters from few rows, and the log likelihood of left-out rows."""
    warp = Warp.make(x, y, log_inputs, log_output)
    likelihood = _likelihood(x, y, weight, rows, warp)
    inputs = x.shape[1]
    begins = ((2.0, 1e-5), (1.0, 0.1)) if noise is None else ((1.0, noise),)
    starts = [
        np.r_[np.full(inputs, math.log(scale * math.sqrt(inputs))), 0.0, math.log(start)]
        for scale, start in begins
    ]
    found = [maximize(likelihood, start, evaluations=evaluations) for start in starts]
    theta, _ = min(found, key=lambda fit: fit[1])
    posterior = condition(likelihood.x, likelihood.t, likelihood.inverse_weight, theta)
    off = posterior.left_out - likelihood.t
    spread = posterior.left_out_variance
    density = -0.5 * float((off * off / spread + np.log(spread)).sum())
    # The density of y itself, so that warps of y can be compared.
    density -= float(np.log(np.abs(warp.output_slope(y[rows]))).sum())
    return density, warp, theta, likelihood.evaluations
