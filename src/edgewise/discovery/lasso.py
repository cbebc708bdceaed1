"""Sparse linear models of many columns: the lasso's whole path, from Gram matrices.

Cross-validation chooses the penalty, and how far the chosen columns are shrunk: a law among the
columns wants none of it, a noisy table all of it (the relaxed lasso of Meinshausen, 2007).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

MOST_STEPS = 150
"""Columns that enter or leave along a path. Tables that need more are better served by ridge."""

BLENDS = (1.0, 0.5, 0.0)
"""How much of the lasso's shrinkage remains, tried in this order."""

FLOOR = 1e-4
"""The smallest penalty, relative to the one at which nothing is chosen."""

JITTER = 1e-8
"""Added to the diagonal of a Gram matrix of columns with variance 1: ties are no singularities."""


@dataclass(frozen=True)
class Moments:
    """Sums over rows: of weights, weighted columns, weighted y, and their products.

    Attributes:
        products: row k of Σ w u uᵀ, made when it is asked for: a path needs few of them.
    """

    weight: float
    u: Array
    y: float
    uy: Array
    products: Callable[[int], Array]

    @property
    def right(self) -> Array:
        """Covariances of the columns with y."""
        return self.uy / self.weight - self.u * (self.y / self.weight**2)

    def covariance(self, place: int) -> Array:
        """The covariance of one column with all."""
        return self.products(place) / self.weight - self.u * (self.u[place] / self.weight**2)


def split_moments(
    columns: Array, y: Array, weight: Array, folds: NDArray[np.int64]
) -> tuple[Moments, dict[int, Moments]]:
    """The moments of all rows, and for each fold those of the other folds."""
    weighted = columns * weight[:, None]
    many = 8 * len(y) >= columns.shape[1]
    inside = {int(f): folds == f for f in np.unique(folds)}
    sums = {f: (weight[r].sum(), weighted[r].sum(0), weight[r] @ y[r]) for f, r in inside.items()}
    rights = {f: y[r] @ weighted[r] for f, r in inside.items()}
    grams = {f: weighted[r].T @ columns[r] for f, r in inside.items()} if many else {}
    total = sum(grams.values()) if many else None

    def moments(without: int | None) -> Moments:
        used = [f for f in inside if f != without]

        def products(place: int) -> Array:
            if total is None:
                rows = slice(None) if without is None else ~inside[without]
                return weighted[rows, place] @ columns[rows]
            row: Array = total[place]
            return row if without is None else row - grams[without][place]

        weights, us, ys = zip(*(sums[f] for f in used), strict=True)
        right = np.sum([rights[f] for f in used], 0)
        return Moments(float(sum(weights)), np.sum(us, 0), float(sum(ys)), right, products)

    return moments(None), {f: moments(f) for f in inside}


@dataclass(frozen=True)
class Path:
    """Minimisers of ½ βᵀGβ − bᵀβ + λ Σ|β|, at the penalties where a column enters or leaves.

    Shape:
        penalties: (steps,), decreasing; coefs, refits: (steps, columns). Row k of `refits` is the
        least squares fit of the columns that are in use below penalty k.
    """

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


def trace_path(moments: Moments, most: int = MOST_STEPS) -> Path:
    """The lasso's path by homotopy, from no columns on; at most so many steps."""
    right = moments.right
    correlation, coef = right.copy(), np.zeros(len(right))
    first = int(np.argmax(np.abs(correlation))) if len(right) else 0
    penalty = float(abs(correlation[first])) if len(right) else 0.0
    lowest = FLOOR * penalty
    active, dropped = [first], -1
    rows, slots = np.empty((most + 1, len(right))), dict[int, int]()
    steps: list[tuple[float, Array, Array, Array]] = []
    while penalty > lowest and len(steps) < most and active:
        inside = np.array(active)
        for place in active:
            if place not in slots:
                slots[place] = len(slots)
                rows[slots[place]] = moments.covariance(place)
        where = np.array([slots[place] for place in active])
        block = rows[np.ix_(where, inside)] + JITTER * np.eye(len(inside))
        sign = np.sign(correlation[inside])
        try:
            solved = np.linalg.solve(block, np.stack([sign, right[inside]], 1))
        except np.linalg.LinAlgError:
            break
        steps.append((penalty, inside, coef[inside], solved[:, 1]))
        direction = np.zeros(len(slots))
        direction[where] = solved[:, 0]
        slope = direction @ rows[: len(slots)]
        enter, at_entry = _next_entry(correlation, slope, penalty, inside, dropped)
        leave, at_exit = _next_exit(coef[inside], solved[:, 0])
        step = min(at_entry, at_exit, penalty)
        coef[inside] += step * solved[:, 0]
        correlation -= step * slope
        penalty -= step
        dropped = -1
        if step == at_exit:
            dropped = active.pop(leave)
            coef[dropped] = 0.0
        elif step == at_entry:
            active.append(enter)
        else:
            break
    return _make_path(steps, max(penalty, 0.0), coef)


def _make_path(steps: list[tuple[float, Array, Array, Array]], end: float, last: Array) -> Path:
    """The path of (penalty, places, coefficients, refits) of each step, and where it ended."""
    coefs, refits = np.zeros((2, len(steps) + 1, len(last)))
    for k, (_, places, shrunk, refit) in enumerate(steps):
        coefs[k, places] = shrunk
        refits[k, places] = refit
    coefs[-1] = last
    refits[-1] = refits[-2] if steps else last
    return Path(np.array([*(s[0] for s in steps), end]), coefs, refits)


def _next_entry(
    correlation: Array, slope: Array, penalty: float, inside: NDArray[np.int64], dropped: int
) -> tuple[int, float]:
    """Which column's correlation reaches the penalty next, and after which step."""
    with np.errstate(divide="ignore", invalid="ignore"):
        above = (penalty - correlation) / (1 - slope)
        below = (penalty + correlation) / (1 + slope)
    tiny = 1e-12 * penalty
    above = np.where((above > -tiny) & (slope < 1), np.maximum(above, 0), np.inf)
    below = np.where((below > -tiny) & (slope > -1), np.maximum(below, 0), np.inf)
    step = np.minimum(above, below)
    step[inside] = np.inf
    if dropped >= 0:
        step[dropped] = np.inf
    best = int(np.argmin(step))
    return best, float(step[best])


def _next_exit(coef: Array, direction: Array) -> tuple[int, float]:
    """Which coefficient reaches zero next, and after which step."""
    with np.errstate(divide="ignore", invalid="ignore"):
        step = -coef / direction
    step = np.where((coef != 0) & (step > 0), step, np.inf)
    best = int(np.argmin(step))
    return best, float(step[best])


@dataclass(frozen=True)
class SparseFit:
    """Σ coef · column + intercept, and its predictions of rows that each fold hasn't seen.

    Attributes:
        kept: the columns that it had a choice of; `coef` is 0 for all others.
        mse: by cross-validation.
    """

    coef: Array
    intercept: float
    predictions: Array
    mse: float


def usable_columns(columns: Array, weight: Array) -> NDArray[np.int64]:
    """Columns that are finite and vary, each of several proportional ones once."""
    share = weight / weight.sum()
    with np.errstate(all="ignore"):
        mean = share @ columns
        deviation = np.sqrt(np.maximum(share @ columns**2 - mean**2, 0))
        size = np.abs(columns).max(0)
        rough = np.isfinite(deviation) & (deviation < 1e-4 * size)
        deviation[rough] = np.sqrt(share @ (columns[:, rough] - mean[rough]) ** 2)
        good = np.isfinite(deviation) & (deviation > 1e-9 * size) & (deviation > 1e-150)
    index = np.flatnonzero(good)
    # Proportional columns have equal products with any vector, so their products with this one.
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
    """The (relaxed) lasso whose penalty predicts the folds best.

    Shape:
        columns: (rows, columns); y, weight, folds: (rows,)
    """
    kept = usable_columns(columns, weight)
    mean = weight @ columns[:, kept] / weight.sum()
    deviation = np.sqrt(weight @ (columns[:, kept] - mean) ** 2 / weight.sum())
    unit = (columns[:, kept] - mean) / deviation
    middle = float(weight @ y / weight.sum())
    target = y - middle
    whole, others = split_moments(unit, target, weight, folds)
    top = float(np.abs(whole.right).max(initial=0))
    if top <= 1e-14 * np.abs(y).max(initial=1e-300):
        predictions = _fold_means(y, weight, folds)
        mse = float(weight @ (y - predictions) ** 2 / weight.sum())
        return SparseFit(np.zeros(columns.shape[1]), middle, predictions, mse)
    ratios = np.geomspace(1, FLOOR, 80)
    most = int(min(MOST_STEPS, max(3, 0.8 * len(y))))
    predicted = _predict_folds(others, unit, folds, top * ratios, most)
    squares = weight[:, None] * (target[:, None, None] - predicted).reshape(len(y), -1) ** 2
    best = _choose(squares.sum(0))
    blend, place = divmod(best, len(ratios))
    path = trace_path(whole, most)
    scaled = path.at(top * ratios[place : place + 1], BLENDS[blend])[0]
    coef = np.zeros(columns.shape[1])
    coef[kept] = scaled / deviation
    predictions = _predict_honestly(predicted, squares, folds) + middle
    intercept = middle - float(mean @ coef[kept])
    mse = float(weight @ (y - predictions) ** 2 / weight.sum())
    return SparseFit(coef, intercept, predictions, mse)


def _predict_honestly(predicted: Array, squares: Array, folds: NDArray[np.int64]) -> Array:
    """Predictions of each fold with the penalty and blend that predict the other folds best."""
    flat = predicted.reshape(len(predicted), -1)
    result = np.empty(len(flat))
    for fold in np.unique(folds):
        out = folds == fold
        result[out] = flat[out, _choose(squares[~out].sum(0))]
    return result


def _choose(losses: Array) -> int:
    """The place of the least loss, the middle one of several that are equal but for rounding.

    The first of them would be the greatest penalty that just lets all columns of a law in, and
    with other rows it might not.
    """
    count = len(losses) // len(BLENDS)
    best = int(np.argmin(losses))
    begin = best // count * count
    equal = losses[begin : begin + count] <= losses[best] + 1e-9 * losses[0]
    near = np.flatnonzero(equal)
    return begin + int(near[len(near) // 2])


def _predict_folds(
    others: dict[int, Moments], unit: Array, folds: NDArray[np.int64], penalties: Array, most: int
) -> Array:
    """Predictions of each row by paths that haven't seen its fold; (rows, blends, penalties)"""
    predicted = np.empty((len(unit), len(BLENDS), len(penalties)))
    for fold, rest in others.items():
        out = folds == fold
        path = trace_path(rest, most)
        for k, blend in enumerate(BLENDS):
            coef = path.at(penalties, blend)
            used = np.flatnonzero(coef.any(0))
            intercept = (rest.y - coef @ rest.u) / rest.weight
            predicted[out, k] = unit[np.ix_(out, used)] @ coef[:, used].T + intercept
    return predicted


def _fold_means(y: Array, weight: Array, folds: NDArray[np.int64]) -> Array:
    """Each row predicted by the mean of the other folds."""
    result = np.empty(len(y))
    for fold in np.unique(folds):
        out = folds == fold
        result[out] = np.average(y[~out], weights=weight[~out])
    return result
