"""Conformal prediction intervals and sets of classes."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from edgewise._checks import check_share
from edgewise.additive.additive import Additive, Outline
from edgewise.additive.choose import Choice
from edgewise.additive.columns import Array, Columns
from edgewise.additive.discontinuities import add_levels
from edgewise.additive.fitted_range import Seen  # noqa: F401  # pickles of 0.1.0 name it here
from edgewise.additive.links import LARGEST
from edgewise.additive.loss import Loss
from edgewise.additive.losses import Gaussian
from edgewise.additive.main_terms import list_main_terms
from edgewise.additive.settings import Settings
from edgewise.additive.stages import fit_curves, make_problem
from edgewise.additive.terms import Offset

FEWEST_ROWS = 60
"""With fewer rows, errors are assumed to have the same size everywhere."""
PARTS = 3
"""Rows are divided into this number of parts; the expected size of an error comes from a model that
was fitted to the other parts."""


@dataclass(frozen=True, eq=False)
class Scores:
    """A weighted empirical distribution.

    Attributes:
        values: the sorted values.
        shares: the fraction of the weight up to each value.
        count: the effective number of rows, or of groups of rows, (Σw)² / Σw².
    """

    values: Array
    shares: Array
    count: float

    def share(self, values: Array) -> Array:
        """The fraction of the weight at or below each value."""
        return np.r_[0.0, self.shares][np.searchsorted(self.values, values, side="right")]

    def quantile(self, share: float) -> float:
        """An upper limit of a new row's score that holds with this probability; inf with too few
        rows."""
        return float(self.quantiles(np.array([share]))[0])

    def quantiles(self, shares: Array) -> Array:
        """The quantiles for several probabilities."""
        wanted = shares * (1 + 1 / self.count)
        places = np.searchsorted(self.shares, wanted - 1e-12)
        found = self.values[np.minimum(places, len(self.values) - 1)]
        return np.where(wanted > 1 + 1e-12, np.inf, found)


Multiples = tuple[Additive | None, tuple[float, float], tuple[float, float]]
"""A model of the logarithm of an error's expected size, its limits, and the multiples."""


class IntervalRule(ABC):
    """The distribution of targets around predictions, learned from rows out of fold."""

    @property
    def is_whole(self) -> bool:
        """Whether targets are counts."""
        return False

    @abstractmethod
    def ends(self, columns: Columns, mean: Array, scale: float, coverage: float) -> Array:
        """The ends of the interval of each row, (rows, 2).

        Args:
            mean: the prediction, in the units of the target.
            scale: the scale of these units.
        """

    def multiples(self, coverage: float) -> Multiples:
        """The ends as multiples of an error's expected size, which can be exported.

        Raises:
            ValueError: if they are quantiles of a distribution instead.
        """
        raise ValueError(
            "coverage expected loss='squared_error', 'huber' or 'quantile' in another language, "
            "got a loss whose intervals are quantiles of its distribution: leave coverage out, and "
            "take intervals from predict_interval in Python"
        )


@dataclass(frozen=True, eq=False)
class Errors(IntervalRule):
    """Errors of predictions out of fold.

    Attributes:
        size: a model of the logarithm of the expected absolute error; None if it is constant.
        limits: the interval to which that logarithm is clipped.
        above, below, either: errors divided by their expected size: signed, with the opposite
            sign, and absolute.
    """

    size: Additive | None
    limits: tuple[float, float]
    above: Scores
    below: Scores
    either: Scores

    def multiples(self, coverage: float) -> Multiples:
        tail = (1 + coverage) / 2
        ends = -self.below.quantile(tail), self.above.quantile(tail)
        if np.isinf(ends).any():
            either = self.either.quantile(coverage)
            ends = -either, either
        return self.size, self.limits, ends

    def ends(self, columns: Columns, mean: Array, scale: float, coverage: float) -> Array:
        size = guess_size(self.size, self.limits, columns)
        reach = size[:, None] * np.array(self.multiples(coverage)[2])
        return mean[:, None] + scale * reach


@dataclass(frozen=True, eq=False)
class Places(IntervalRule):
    """The quantile levels of targets in their predicted distributions, out of fold.

    Attributes:
        loss, noise: the loss, which defines the distributions, and φ.
        whole: whether targets are counts.
        above: P(Y < y) at each row, plus a random fraction of P(Y = y): uniform between 0 and 1 if
            the distributions are right (Dunn and Smyth, 1996).
        below: 1 minus these.
    """

    loss: Loss
    noise: float
    whole: bool
    above: Scores
    below: Scores

    @property
    def is_whole(self) -> bool:
        return self.whole

    def ends(self, columns: Columns, mean: Array, scale: float, coverage: float) -> Array:
        """If a lower end excludes less than its share, as with many zeros, the upper does more."""
        spread = self.loss.distribution(mean / scale, self.noise)
        least = max(1 - self.below.quantile((1 + coverage) / 2), 0.0)
        low = np.maximum(spread.ppf(least), 0.0) if least > 0 else np.zeros(len(mean))
        out = 1 - self.below.share(1 - find_below(spread, low, self.whole))
        most = self.above.quantiles(coverage + np.minimum(out, (1 - coverage) / 2))
        return np.stack([low, spread.ppf(np.minimum(most, 1.0))], 1) * scale


def find_below(spread: Any, y: Array, whole: bool) -> Array:
    """P(Y < y) for distributions of counts, or of numbers with an atom at 0 only."""
    return spread.cdf(y - 1) if whole else np.where(y > 0, spread.cdf(y), 0.0)


def measure_places(y: Array, weight: Array, choice: Choice, mean: Array) -> Places:
    """The quantile levels of targets in distributions predicted by models of other rows.

    Their conformal quantiles are limits for new rows, whatever the true distribution (Chernozhukov
    et al., *Distributional conformal prediction*, 2021).

    Args:
        y, mean: (rows,), in the units of the fit.
    """
    noise = choice.model.solutions[0].noise
    spread = choice.loss.distribution(mean, noise)
    whole = choice.loss.is_count and bool(np.all(y == np.round(y)))
    first = find_below(spread, y, whole)
    part = np.random.default_rng(0).uniform(size=len(y))
    place = np.clip(first + part * (spread.cdf(y) - first), 0.0, 1.0)
    above, below = sort_scores(place, weight), sort_scores(1 - place, weight)
    return Places(choice.loss, noise, whole, above, below)


def guess_size(model: Additive | None, limits: tuple[float, float], columns: Columns) -> Array:
    """The expected size of the error of each row, (rows,)."""
    if model is None:
        return np.ones(len(columns[0]))
    low, high = np.clip(limits, -LARGEST, LARGEST)
    return np.exp(np.clip(model.effects(columns)[:, 0], low, high))


def learn_intervals(
    columns: Columns, y: Array, weight: Array, choice: Choice, fixed: frozenset[int]
) -> IntervalRule:
    """Learn intervals from quantile levels if the loss has a distribution, else from errors.

    Args:
        y: (rows, 1), in the units of the fit.
        choice: the choice of a model; its rows are positions among those of positive weight.
        fixed: columns without an effect on errors.
    """
    mean = choice.model.link.mean(choice.effects)[:, 0]
    if choice.loss.distribution(mean, 1.0) is None:
        return measure_errors(columns, y, weight, choice, fixed)
    rows = np.flatnonzero(weight > 0)[choice.rows]
    return measure_places(choice.loss.decode(y[rows, 0]), weight[rows], choice, mean)


def measure_errors(
    columns: Columns, y: Array, weight: Array, choice: Choice, fixed: frozenset[int]
) -> Errors:
    """Errors out of fold, divided by their expected size.

    Intervals must be wider where y varies more. Therefore log|error| is modelled as a sum of curves
    of the columns, fitted to other rows than those whose errors are divided by it (Lei et al.,
    *Distribution-free predictive inference for regression*, 2018).
    """
    rows = np.flatnonzero(weight > 0)[choice.rows]
    error = y[rows, 0] - choice.model.link.mean(choice.effects)[:, 0]
    columns, weight = [column[rows] for column in columns], weight[rows]
    typical = float(np.average(np.abs(error), weights=weight))
    model, limits, expected = None, (0.0, 0.0), np.ones(len(error))
    if len(error) >= FEWEST_ROWS and typical > 0:
        target = np.log(np.abs(error) + 0.01 * typical)[:, None]
        part = np.arange(len(error)) % PARTS
        settings = Settings(order=1, fixed=fixed)
        outline = _outline_errors(choice.outline, columns, weight, settings)
        problem = make_problem(columns, target, weight, Gaussian(), settings, outline)
        whole = fit_curves(problem)
        model = add_levels(problem, whole).model
        inside = model.effects(columns)[:, 0]
        limits = float(np.quantile(inside, 0.01)), float(np.quantile(inside, 0.99))
        for k in range(PARTS):
            own = part == k
            some = problem.take(np.flatnonzero(~own))
            fitted = add_levels(some, fit_curves(some, whole.model)).model
            expected[own] = guess_size(fitted, limits, [c[own] for c in columns])
    scores = error / expected
    return Errors(
        model,
        limits,
        sort_scores(scores, weight),
        sort_scores(-scores, weight),
        sort_scores(np.abs(scores), weight),
    )


def _outline_errors(
    outline: Outline | None, columns: Columns, weight: Array, settings: Settings
) -> Outline | None:
    """The curves and levels of the columns that aren't fixed, that of an offset included; None if
    columns were chosen by looking at y."""
    if outline is None or outline.screened:
        return None
    known = [t.columns[0] for t in outline.terms if isinstance(t, Offset)]
    further = [k for k in known if k not in settings.fixed]
    used = sorted({*outline.used, *further} - settings.fixed)
    terms = [t for t in outline.terms if len(t.columns) == 1 and not isinstance(t, Offset)]
    terms = [t for t in terms if t.columns[0] in used]
    return Outline(used, False, terms + list_main_terms(columns, further, weight, settings))


def sort_scores(values: Array, weight: Array) -> Scores:
    """The empirical distribution of numbers with weights."""
    order = np.argsort(values, kind="stable")
    total = float(weight.sum())
    count = total**2 / float(weight @ weight)
    return Scores(values[order], np.cumsum(weight[order]) / total, count)


def count_groups(weight: Array, groups: NDArray[Any]) -> float:
    """The effective number of groups, (Σw)² / Σw², with w the sum of the weights in a group.

    Scores of different groups are independent, those within a group are not.

    Source: Dunn et al., *Distribution-free prediction sets for two-layer hierarchical models*
    (2022).
    """
    codes = np.unique([str(group) for group in groups], return_inverse=True)[1]
    each = np.bincount(codes, weight)
    return float(each.sum() ** 2 / (each @ each))


def limit_count(rule: Any, count: float) -> Any:
    """The rule, or the scores, with their number of independent rows limited to ``count``."""
    if isinstance(rule, Scores):
        return replace(rule, count=min(rule.count, count))
    own = {name: limit_count(v, count) for name, v in vars(rule).items() if isinstance(v, Scores)}
    return replace(rule, **own)


def score_classes(codes: NDArray[np.intp], weight: Array, choice: Choice) -> Scores:
    """1 - (probability of the true class), out of fold."""
    rows = np.flatnonzero(weight > 0)[choice.rows]
    shares = choice.model.link.shares(choice.effects)
    return sort_scores(1 - shares[np.arange(len(rows)), codes[rows]], weight[rows])


def check_coverage(coverage: float) -> float:
    """The coverage, a number between 0 and 1.

    Raises:
        ValueError: if it is none.
    """
    check_share("coverage", "share", coverage)
    return float(coverage)
