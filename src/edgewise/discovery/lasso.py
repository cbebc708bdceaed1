"""The relaxed lasso (Meinshausen, 2007): sparse linear models of many columns.

Cross-validation chooses the penalty and the part of its shrinkage that is kept. It keeps none if y
is a sum of a few columns, and all of it in a noisy table.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import lars_path

from edgewise._arrays import Array
from edgewise.data.rows import predict_folds

MOST_STEPS = 150
"""Most steps of a path, each a column that enters or leaves; beyond that, ridge is better."""

BLENDS = (1.0, 0.5, 0.0)
"""Parts of the lasso's shrinkage that may be kept, in the order in which they are tried."""

FLOOR = 1e-4
"""The smallest penalty, relative to the smallest one at which all coefficients are 0."""

JITTER = 1e-8
"""Added to the diagonal of the Gram matrix of unit columns, which keeps it invertible."""


@dataclass(frozen=True)
class Path:
    """Minimisers of ½ Σ w (y − Xβ)² + λ Σ|β|, at the penalties λ where a column enters or leaves.

    X and y are centred; the weights w have sum 1.

    Attributes:
        mean, middle: the means of the columns and of y.

    Shape:
        penalties: (steps,), decreasing; coefs, refits: (steps, columns). Row k of `refits` is the
        least squares fit of the columns that are in use below penalty k.
    """

    mean: Array
    middle: float
    penalties: Array
    coefs: Array
    refits: Array

    def at(self, penalties: Array, blend: float) -> Array:
        """Coefficients at other penalties; (penalties,) → (penalties, columns)"""
        place = np.searchsorted(-self.penalties, -penalties, side="right") - 1
        left = np.clip(place, 0, len(self.penalties) - 1)
        right = np.minimum(left + 1, len(self.penalties) - 1)
        width = self.penalties[left] - self.penalties[right]
        share = (self.penalties[left] - penalties) / np.where(width > 0, width, 1)
        share = np.clip(np.where(width > 0, share, 0), 0, 1)[:, None]
        shrunk = self.coefs[left] * (1 - share) + self.coefs[right] * share
        return blend * shrunk + (1 - blend) * np.where(place[:, None] < 0, 0, self.refits[left])

    def predict(self, columns: Array, penalties: Array, blend: float) -> Array:
        """Predictions at other penalties; (rows, columns) → (rows, penalties)"""
        coef = self.at(penalties, blend)
        used = np.flatnonzero(coef.any(0))
        return columns[:, used] @ coef[:, used].T + (self.middle - coef @ self.mean)


def trace_path(columns: Array, y: Array, weight: Array, most: int) -> Path:
    """The lasso's path by least angle regression, from no columns on, at most `most` steps.

    Source: Efron, Hastie, Johnstone and Tibshirani, *Least angle regression* (2004).
    """
    share = weight / weight.sum()
    mean, middle = share @ columns, float(share @ y)
    root = np.sqrt(share)
    x, target = (columns - mean) * root[:, None], (y - middle) * root
    top = float(np.abs(target @ x).max(initial=0))
    if top <= 1e-14 * float((np.abs(y) * root @ np.abs(x)).max(initial=0)):  # y is constant
        return Path(mean, middle, np.zeros(1), *np.zeros((2, 1, len(mean))))
    rows, count = x.shape
    unit = top / rows  # of y: lars_path ends at penalties of 1e-7, whatever y and the rows are
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        # Where columns are nearly dependent, the path ends early with this warning.
        warnings.simplefilter("ignore", ConvergenceWarning)
        penalties, _, found = lars_path(
            x,
            target / unit,
            Gram=x.T @ x + JITTER * np.eye(count) if 2 * rows > count else None,
            copy_Gram=False,
            max_iter=most,
            alpha_min=FLOOR,
            method="lasso",
        )
    coefs = unit * found.T
    ever = np.flatnonzero(coefs.any(0))
    gram = x[:, ever].T @ x[:, ever] + JITTER * np.eye(len(ever))
    right = target @ x[:, ever]
    refits = np.zeros_like(coefs)
    for k in range(len(coefs) - 1):
        used = np.flatnonzero((coefs[k, ever] != 0) | (coefs[k + 1, ever] != 0))
        refits[k, ever[used]] = np.linalg.solve(gram[np.ix_(used, used)], right[used])
    refits[-1] = refits[max(len(refits) - 2, 0)]
    return Path(mean, middle, top * penalties, coefs, refits)


@dataclass(frozen=True)
class SparseFit:
    """A sparse linear model, Σ coef · column + intercept, and its out-of-fold predictions.

    Attributes:
        coef: 0 for columns that are left out.
        mse: by cross-validation.
    """

    coef: Array
    intercept: float
    predictions: Array
    mse: float


def usable_columns(columns: Array, weight: Array) -> NDArray[np.int64]:
    """Indices of the columns that are finite and vary, one of each set of proportional columns."""
    share = weight / weight.sum()
    with np.errstate(all="ignore"):
        mean = share @ columns
        deviation = np.sqrt(np.maximum(share @ columns**2 - mean**2, 0))
        size = np.abs(columns).max(0)
        rough = np.isfinite(deviation) & (deviation < 1e-4 * size)
        deviation[rough] = np.sqrt(share @ (columns[:, rough] - mean[rough]) ** 2)
        good = np.isfinite(deviation) & (deviation > 1e-9 * size) & (deviation > 1e-150)
    index = np.flatnonzero(good)
    # Scaled to length 1, proportional columns have equal products with any vector, as with this.
    probe = share * np.cos(np.arange(len(columns)) ** 1.5)
    product = np.abs((probe @ columns[:, index] - probe.sum() * mean[index]) / deviation[index])
    order = np.argsort(product, kind="stable")
    twin = np.zeros(len(index), dtype=bool)
    for before, after in pairwise(order):
        if product[after] - product[before] < 1e-10:
            a, b = index[before], index[after]
            both = share @ ((columns[:, a] - mean[a]) * (columns[:, b] - mean[b]))
            same = abs(both) > (1 - 1e-9) * deviation[a] * deviation[b]
            twin[max(before, after)] |= bool(same)
    return index[~twin]


def fit_sparse(columns: Array, y: Array, weight: Array, folds: NDArray[np.int64]) -> SparseFit:
    """Fit the relaxed lasso whose penalty and blend predict the folds best.

    Shape:
        columns: (rows, columns); y, weight, folds: (rows,)
    """
    kept = usable_columns(columns, weight)
    mean = weight @ columns[:, kept] / weight.sum()
    deviation = np.sqrt(weight @ (columns[:, kept] - mean) ** 2 / weight.sum())
    unit = (columns[:, kept] - mean) / deviation
    middle = float(weight @ y / weight.sum())
    target = y - middle
    top = float(np.abs((weight * target) @ unit).max(initial=0)) / weight.sum()
    if top <= 1e-14 * np.abs(y).max(initial=1e-300):
        predictions = _fold_means(y, weight, folds)
        mse = float(weight @ (y - predictions) ** 2 / weight.sum())
        return SparseFit(np.zeros(columns.shape[1]), middle, predictions, mse)
    ratios = np.geomspace(1, FLOOR, 80)
    most = int(min(MOST_STEPS, max(3, 0.8 * len(y))))
    predicted = _predict_folds(unit, target, weight, folds, top * ratios, most)
    squares = weight[:, None] * (target[:, None, None] - predicted).reshape(len(y), -1) ** 2
    best = _choose(squares.sum(0))
    blend, place = divmod(best, len(ratios))
    path = trace_path(unit, target, weight, most)
    scaled = path.at(top * ratios[place : place + 1], BLENDS[blend])[0]
    coef = np.zeros(columns.shape[1])
    coef[kept] = scaled / deviation
    predictions = _predict_nested(predicted, squares, folds) + middle
    intercept = middle - float(mean @ coef[kept])
    mse = float(weight @ (y - predictions) ** 2 / weight.sum())
    return SparseFit(coef, intercept, predictions, mse)


def _predict_nested(predicted: Array, squares: Array, folds: NDArray[np.int64]) -> Array:
    """Nested cross-validation: predict each fold with penalty and blend chosen on the others."""
    flat = predicted.reshape(len(predicted), -1)
    return predict_folds(folds, lambda out: flat[out, _choose(squares[~out].sum(0))])


def _choose(losses: Array) -> int:
    """The index of the smallest loss; of several that are equal up to rounding, the middle one.

    The first one has the largest penalty that keeps all columns of a law; with other rows it might
    lose one of them.
    """
    count = len(losses) // len(BLENDS)
    best = int(np.argmin(losses))
    begin = best // count * count
    equal = losses[begin : begin + count] <= losses[best] + 1e-9 * losses[0]
    near = np.flatnonzero(equal)
    return begin + int(near[len(near) // 2])


def _predict_folds(
    unit: Array,
    target: Array,
    weight: Array,
    folds: NDArray[np.int64],
    penalties: Array,
    most: int,
) -> Array:
    """Out-of-fold predictions of the paths; (rows, blends, penalties)"""
    predicted = np.empty((len(unit), len(BLENDS), len(penalties)))
    for fold in np.unique(folds):
        out = folds == fold
        path = trace_path(unit[~out], target[~out], weight[~out], most)
        for k, blend in enumerate(BLENDS):
            predicted[out, k] = path.predict(unit[out], penalties, blend)
    return predicted


def _fold_means(y: Array, weight: Array, folds: NDArray[np.int64]) -> Array:
    """Each row predicted by the mean of the other folds."""
    return predict_folds(folds, lambda out: np.average(y[~out], weights=weight[~out]))
