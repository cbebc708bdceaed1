"""Choose losses and sizes of models by cross-validation.

A fit spends most of its time on models that aren't chosen. Each is therefore judged on the first
folds, and on the others only if it isn't behind.

Source: Maron and Moore, *Hoeffding races* (1993).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any, NamedTuple

import numpy as np
from joblib import Parallel, delayed
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar

from edgewise.additive.additive import Additive, Outline
from edgewise.additive.columns import Array
from edgewise.additive.deep import add_deep
from edgewise.additive.discontinuities import add_discontinuities
from edgewise.additive.interactions import add_pairs, add_triples
from edgewise.additive.loss import Loss
from edgewise.additive.stages import AdditiveProblem, Stage, fit_curves, fit_lines

FIRST_FOLDS = 2
"""Models that are behind after this number of folds are given up."""
CLEARLY, PROBABLY = 2.0, 0.5
"""A loss is behind if another's curves are better by the first number of standard errors, curves
get jumps and levels of numbers if they are better with them by that, and a larger model is behind
if it is worse by the second one."""
LEAST_GAIN = 0.002
"""A larger model must lower the loss by this fraction."""
BEYOND_PAIRS = 5
"""The size of pairs with triples, or of curves with networks, after those with pairs."""
FAR_BEHIND = 1.25
"""No lines and no pairs are tried with a link whose curves have more than this times the better
link's loss."""

Folds = Sequence[tuple[NDArray[np.intp], NDArray[np.intp]]]
"""The rows that are fitted and those that are judged, for each fold."""


@dataclass(frozen=True, eq=False)
class LinkFit:
    """Models of lines and of curves, fitted to at most ``MOST_ROWS_TO_CHOOSE`` rows of a problem.

    Attributes:
        problem: the problem of all rows.
        some: that of the fitted rows; the same if these are all.
        curves: the model of curves.
    """

    problem: AdditiveProblem
    some: AdditiveProblem
    curves: Stage

    @cached_property
    def lines(self) -> Stage:
        """The model of lines, fitted when it is asked for: a link that is given up needs none."""
        return fit_lines(self.some)

    @property
    def is_whole(self) -> bool:
        """Whether all rows are fitted."""
        return self.some is self.problem


@dataclass(frozen=True, eq=False)
class Fold:
    """The largest model fitted to a fold's rows so far.

    Attributes:
        outline: the outline of its curves.
        stage: the model.
        effects: its sums of effects at the judged rows.
    """

    outline: Outline
    stage: Stage
    effects: Array


Add = Callable[[AdditiveProblem, Stage], Stage | None]
Grown = list[tuple[LinkFit, list[Any]]]
"""Fits, each with its results on the folds."""


class Sizes(NamedTuple):
    """The losses of links and sizes of models: 0 lines, 1 curves, then with more and more pairs.

    Size ``BEYOND_PAIRS`` is the best pairs with triples, or curves with networks.

    Attributes:
        fits: the fits of the better loss of each link.
        effects: the sums of effects at the judged rows, by link and size.
        losses: the mean losses.
        steps: what is added to curves, one after the other.
        models: those of the folds, by link and size.
    """

    fits: dict[str, LinkFit]
    effects: dict[tuple[str, int], Array]
    losses: dict[tuple[str, int], float]
    steps: dict[tuple[str, int], tuple[Add, ...]]
    models: dict[tuple[str, int], list[Additive]]


class Best(NamedTuple):
    """The best size of a link so far: its fit, with the models of the folds, and what was added."""

    size: int
    fit: tuple[LinkFit, list[Fold]]
    steps: tuple[Add, ...]


@dataclass(frozen=True, eq=False)
class Judge:
    """Fits models to folds, and compares them at the judged rows.

    Attributes:
        folds: of the rows.
        y, weight: of the judged rows, in the order of the folds.
        jobs: the number of folds that joblib computes at once.
    """

    folds: Folds
    y: Array
    weight: Array
    jobs: int | None

    def run(self, do: Callable[..., Any], known: Grown, folds: slice = slice(None)) -> Grown:
        """The results for some of the folds of ``do(fit, fitted rows, judged rows, known)``."""
        some = range(len(self.folds))[folds]
        calls = [delayed(do)(fit, *self.folds[k], models[k]) for fit, models in known for k in some]
        done = iter(Parallel(self.jobs)(calls))
        return [(fit, [next(done) for _ in some]) for fit, _ in known]

    def measure(self, fit: LinkFit, parts: Sequence[Array]) -> Array:
        """The loss of each judged row of the first folds, for given sums of effects."""
        effects = np.concatenate(parts)
        return fit.problem.loss.error(self.y[: len(effects)], effects)

    def average(self, errors: Array) -> float:
        """The mean over judged rows of the first folds."""
        return float(np.average(errors, weights=self.weight[: len(errors)]))

    def is_worse(self, errors: Array, others: Array, by: float) -> bool:
        """Whether the mean is larger than another's by this number of standard errors."""
        difference = errors - others
        weight, mean = self.weight[: len(difference)], self.average(difference)
        deviation = np.sqrt(np.sum((weight * (difference - mean)) ** 2)) / weight.sum()
        return bool(mean > by * deviation)

    def is_behind(self, fit: LinkFit, errors: Array, rival: LinkFit, others: Array) -> bool:
        """Whether a loss is clearly worse than a rival, and with another link also far behind."""
        is_far = self.average(errors) > FAR_BEHIND * self.average(others)
        same_link = fit.problem.loss.link.name == rival.problem.loss.link.name
        return (is_far or same_link) and self.is_worse(errors, others, CLEARLY)

    def note(
        self, sizes: Sizes, fit: LinkFit, size: int, found: Sequence[Fold], steps: tuple[Add, ...]
    ) -> float:
        """Keep what the models of a size say of the judged rows, and return their mean loss."""
        key = fit.problem.loss.link.name, size
        parts = [fold.effects for fold in found]
        sizes.effects[key], sizes.steps[key] = np.concatenate(parts), steps
        sizes.models[key] = [fold.stage.model for fold in found]
        sizes.losses[key] = self.average(self.measure(fit, parts))
        return sizes.losses[key]

    def measure_calibrated(self, fit: LinkFit, parts: Sequence[Array]) -> Array:
        """The loss of each judged row; for classes that of calibrated probabilities."""
        if not fit.problem.loss.is_share:
            return self.measure(fit, parts)
        effects = np.concatenate(parts)
        factor = find_stretch(fit.problem.loss, self.y, self.weight, effects)
        return fit.problem.loss.error(self.y, factor * effects)


def judge_sizes(fits: Sequence[LinkFit], folds: Folds, jobs: int | None) -> Sizes:
    """Judge the sizes of models for every loss that isn't given up.

    Of several losses with the same link, the one with the better curves is kept. Pairs are added as
    long as they lower the loss: first to links that aren't far behind, then to the better link
    only. Triples, if they are wanted, are added to that link's best pairs. Networks are added to
    its curves: pairs leave less of the fitted rows than of others, so that networks would learn
    less.
    """
    rows = np.concatenate([judged for _, judged in folds])
    problem = fits[0].problem
    judge = Judge(folds, problem.y[rows], problem.weight[rows], jobs)
    curved, first = _judge_curves(judge, fits)
    sizes = Sizes({}, {}, {}, {}, {})
    curves: dict[str, Best] = {}
    for fit, models in curved:
        link, parts = fit.problem.loss.link.name, [fold.effects for fold in models]
        if link not in curves or judge.average(judge.measure(fit, parts)) < sizes.losses[link, 1]:
            curves[link] = Best(1, (fit, models), first)
            sizes.fits[link] = fit
            judge.note(sizes, fit, 1, models, first)
    pairs = _judge_pairs(judge, sizes, curves)
    best = choose_link(sizes.losses, problem.loss.link.name, len(rows))
    known = pairs[best]
    if known.size > 1:
        known = _judge_jumps_of_pairs(judge, sizes, known)
    add: Add
    if problem.settings.deep is not None:
        add, known = add_deep, curves[best]
    elif problem.settings.order > 2:
        add = add_triples
    else:
        return sizes
    for fit, models in _judge_larger(judge, [known.fit], add):
        judge.note(sizes, fit, BEYOND_PAIRS, models, (*known.steps, add))
    return sizes


def _judge_pairs(judge: Judge, sizes: Sizes, curves: dict[str, Best]) -> dict[str, Best]:
    """The best of curves and more and more pairs, by link."""
    least, rows = min(sizes.losses.values()), len(judge.y)
    limit = max(FAR_BEHIND, charge_link(rows)) * least
    limit = max(limit, least)  # of a loss of 0 rounding may leave less
    going = [one.fit for link, one in curves.items() if sizes.losses[link, 1] <= limit]
    for fit, models in judge.run(_fit_lines, going):
        judge.note(sizes, fit, 0, models, ())
    best, size = dict(curves), 2
    while going:
        grown = []
        for fit, models in _judge_larger(judge, going, add_pairs):
            link = fit.problem.loss.link.name
            steps = (*curves[link].steps, *[add_pairs] * (size - 1))
            loss = judge.note(sizes, fit, size, models, steps)
            if loss < sizes.losses[link, size - 1]:
                grown.append((loss, fit, models))
                best[link] = Best(size, (fit, models), steps)
        going = [(fit, models) for _, fit, models in sorted(grown, key=lambda one: one[0])[:1]]
        size += 1
    return best


def _judge_jumps_of_pairs(judge: Judge, sizes: Sizes, pairs: Best) -> Best:
    """Pairs with jumps, which their residuals may show better than those of curves, if they pay."""
    for fit, models in _judge_larger(judge, [pairs.fit], add_discontinuities):
        loss = judge.average(judge.measure(fit, [fold.effects for fold in models]))
        if loss * (1 + LEAST_GAIN) < sizes.losses[fit.problem.loss.link.name, pairs.size]:
            steps = (*pairs.steps, add_discontinuities)
            judge.note(sizes, fit, pairs.size, models, steps)
            return Best(pairs.size, (fit, models), steps)
    return pairs


def _judge_curves(judge: Judge, fits: Sequence[LinkFit]) -> tuple[Grown, tuple[Add, ...]]:
    """Curves of the losses that aren't given up, and what was added to them."""
    nothing: Grown = [(fit, [None] * len(judge.folds)) for fit in fits]
    first = judge.run(_fit_curves, nothing, slice(FIRST_FOLDS))
    errors = []
    for fit, both in first:
        each = [judge.measure(fit, [pair[k].effects for pair in both]) for k in range(2)]
        errors.append((fit, min(each, key=judge.average)))
    going = [
        k
        for k, own in enumerate(errors)
        if not any(judge.is_behind(*own, *rival) for rival in errors)
    ]
    rest = judge.run(_fit_curves, [nothing[k] for k in going], slice(FIRST_FOLDS, None))
    found = [(fit, first[k][1] + both) for k, (fit, both) in zip(going, rest, strict=True)]
    measured = [
        [judge.measure_calibrated(fit, [pair[k].effects for pair in both]) for fit, both in found]
        for k in range(2)
    ]
    without, further = (min(own, key=judge.average) for own in measured)
    is_better = judge.is_worse(without, further, CLEARLY)
    added = (add_discontinuities,) if is_better else ()
    return [(fit, [pair[is_better] for pair in both]) for fit, both in found], added


def _judge_larger(judge: Judge, known: Grown, add: Add) -> Grown:
    """Larger models, of the fits for which these are no worse in the first folds."""
    do = partial(_enlarge, add)
    going, firsts = [], []
    for (fit, models), (_, found) in zip(
        known, judge.run(do, known, slice(FIRST_FOLDS)), strict=True
    ):
        first = [new or old for new, old in zip(found, models, strict=False)]
        before = [fold.effects for fold in models[: len(first)]]
        errors = judge.measure(fit, [fold.effects for fold in first])
        if not judge.is_worse(errors, judge.measure(fit, before), PROBABLY):
            going.append((fit, models))
            firsts.append(found)
    rest = judge.run(do, going, slice(FIRST_FOLDS, None))
    grown: Grown = []
    for (fit, models), first, (_, others) in zip(going, firsts, rest, strict=True):
        found = [*first, *others]
        if any(new is not None for new in found):
            grown.append((fit, [new or old for new, old in zip(found, models, strict=True)]))
    return grown


def _fit_curves(
    whole: LinkFit, fit: NDArray[np.intp], judged: NDArray[np.intp], _: None
) -> tuple[Fold, Fold]:
    """Curves, and these with levels of numbers and jumps, of a fold's rows."""
    problem = whole.problem.take(fit)
    curves = fit_curves(problem, whole.curves.model)
    further = add_discontinuities(problem, curves)
    curved = _hold(whole, judged, problem.outline, curves)
    return curved, _hold(whole, judged, problem.outline, further) if further else curved


def _fit_lines(whole: LinkFit, fit: NDArray[np.intp], judged: NDArray[np.intp], fold: Fold) -> Fold:
    """A model of lines of a fold's rows."""
    stage = fit_lines(whole.problem.take(fit, fold.outline), whole.lines.model)
    return _hold(whole, judged, fold.outline, stage)


def _enlarge(
    add: Add, whole: LinkFit, fit: NDArray[np.intp], judged: NDArray[np.intp], fold: Fold
) -> Fold | None:
    """A fold's model with further terms, or None if there are none."""
    stage = add(whole.problem.take(fit, fold.outline), fold.stage)
    return None if stage is None else _hold(whole, judged, fold.outline, stage)


def _hold(whole: LinkFit, judged: NDArray[np.intp], outline: Outline, stage: Stage) -> Fold:
    """A fitted model with its sums of effects at the judged rows."""
    held = [column[judged] for column in whole.problem.columns]
    return Fold(outline, stage, stage.model.effects(held))


def choose_link(losses: dict[tuple[str, int], float], first: str, rows: int) -> str:
    """The link of the least loss, others than the first with Akaike's charge for one number.

    Without it the luckiest link would be chosen where few rows judge.
    """
    charge = charge_link(rows)
    return min(losses, key=lambda key: losses[key] * (1.0 if key[0] == first else charge))[0]


def charge_link(rows: int) -> float:
    """The factor on the loss of links other than the first."""
    return float(np.exp(2 / rows))


def find_stretch(
    loss: Loss, y: Array, weight: Array, effects: Array, known: Array | float = 0.0
) -> float:
    """The factor on all effects with the least mean loss at these rows."""
    own = effects - known

    def measure(log: float) -> float:
        return float(np.average(loss.loss(y, known + own * np.exp(log)), weights=weight))

    best = minimize_scalar(measure, bounds=(-3.0, 3.0), method="bounded")
    return float(np.exp(best.x))
