"""The choice of link and size of a model by cross-validation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar

from edgewise.additive.additive import Additive, Outline, drop_left_out
from edgewise.additive.columns import Array, Columns
from edgewise.additive.cross_validation import (
    LEAST_GAIN,
    Add,
    Folds,
    LinkFit,
    choose_link,
    find_stretch,
    judge_sizes,
)
from edgewise.additive.curves import Curve
from edgewise.additive.links import Log
from edgewise.additive.loss import Loss, measure_spread
from edgewise.additive.losses import Gaussian, Multiplied
from edgewise.additive.ridge import RidgeSolution, are_few
from edgewise.additive.settings import Settings
from edgewise.additive.stages import AdditiveProblem, fit_curves, fit_lines, make_problem
from edgewise.additive.terms import Term
from edgewise.data.rows import thin

MOST_ROWS_TO_CHOOSE = 12_000
"""The choice is made on at most this number of rows; the model is fitted to all."""
TURNS_TO_SETTLE = 2
"""How often the parameters of a loss and a model of curves are fitted in turn."""
NEARLY_ALL = 0.999
"""Above this weight of the chosen model in the mixture, the model of lines is left out."""


class Refitter(Protocol):
    """Fits the model of lines and the chosen one again, to more rows or with further terms."""

    def fit(
        self, problem: AdditiveProblem, lines: Additive, model: Additive
    ) -> tuple[Additive, Additive]: ...


@dataclass(frozen=True, eq=False)
class Choice:
    """A model, and how it was chosen.

    Attributes:
        model: fitted to all rows.
        loss: the loss, with its own parameters estimated (θ, p).
        stage: the size that was chosen, as :class:`~edgewise.additive.cross_validation.Sizes`
            counts it.
        losses: the mean loss out of fold for each link and size.
        rows: the rows that were judged out of fold.
        effects: their sums of effects by models of the other folds, (rows, outputs).
        lines, whole, share: the model is the mixture ``lines + share * (whole - lines)``.
        outline: of a model of curves; None in files of earlier versions.
    """

    model: Additive
    loss: Loss
    stage: int
    losses: dict[tuple[str, int], float]
    rows: NDArray[np.intp]
    effects: Array
    lines: Additive
    whole: Additive
    share: float
    outline: Outline | None = None

    def __getstate__(self) -> dict[str, Any]:
        """Pairs instead of a dictionary by link and size, which skops can't write."""
        return {**vars(self), "losses": [*self.losses.items()]}

    def __setstate__(self, state: dict[str, Any]) -> None:
        vars(self).update(state, losses=dict(state["losses"]))


def choose_additive(
    columns: Columns,
    y: Array,
    weight: Array,
    candidates: Sequence[Loss],
    settings: Settings,
    folds: Folds,
    refit: Refitter | None = None,
    jobs: int | None = None,
) -> Choice:
    """Choose link and size by cross-validation, and fit that model to all rows.

    Args:
        candidates: equivalent losses with different links.
        folds: the fitted and the judged rows of each fold; no row is judged twice.
        refit: fits the chosen model to more rows than these.
        jobs: the number of folds that joblib computes at once; None leaves it to joblib.
    """
    folds = _thin(folds, len(y))
    judged = np.concatenate([judge for _, judge in folds])
    fits = _fit_candidates(make_problem(columns, y, weight, candidates[0], settings), candidates)
    kept, effects, losses, steps, models = judge_sizes(fits, folds, jobs)
    best = choose_link(losses, candidates[0].link.name, len(judged))
    fit = kept[best]
    loss = fit.problem.loss
    spare = loss.spare(y[judged], effects[best, 0], weight[judged])
    chosen = _pick({key: losses[key] for key in losses if key[0] == best}, spare)
    lines, model = _fit_size(fit, chosen[1], steps[chosen])
    if refit is not None:
        lines, model = refit.fit(fit.problem, lines, model)
    elif not fit.problem.outline.screened:  # else each fold has terms of its own
        totals = np.array([weight.sum(), *(weight[fitted].sum() for fitted, _ in folds)])
        lines = steady_model(lines, models[best, 0], totals)
        model = steady_model(model, models[chosen], totals)
    lined = effects[chosen[0], 0]
    share = _find_share(loss, y[judged], weight[judged], lined, effects[chosen])
    mixed = lined + share * (effects[chosen] - lined)
    mixture = mix_models([lines, model], [1 - share, share])
    shift = loss.shift(y[judged], mixed, weight[judged])
    shift += loss.mean_shift(mixture.solutions[0].noise)
    mixture.coef[0] += shift
    return Choice(
        *(mixture, loss, chosen[1], losses, judged, mixed + shift),
        *(lines, model, share, fit.problem.outline),
    )


def _fit_candidates(first: AdditiveProblem, candidates: Sequence[Loss]) -> list[LinkFit]:
    """Fit curves for each loss, with the loss's parameters estimated for them."""
    rows = np.arange(len(first.y))[thin(len(first.y), MOST_ROWS_TO_CHOOSE)]
    fits = []
    for loss in candidates:
        problem = replace(first, loss=loss)
        if first.outline.screened and loss is not first.loss:
            problem = make_problem(first.columns, first.y, first.weight, loss, first.settings)
        is_whole = len(rows) == len(problem.y)
        some = problem if is_whole else problem.take(rows, problem.outline)
        loss = _settle(some)
        problem = replace(problem, loss=loss)
        some = problem if is_whole else replace(some, loss=loss)
        fits.append(LinkFit(problem, some, fit_curves(some)))
    return fits


def _settle(problem: AdditiveProblem) -> Loss:
    """The loss with its parameters estimated for a model of curves."""
    loss, y, weight = problem.loss, problem.y, problem.weight
    if loss.is_settled:
        return loss
    loss = loss.settle(y, np.tile(loss.start(y, weight), (len(y), 1)), weight)
    for _ in range(TURNS_TO_SETTLE):
        curves = fit_curves(replace(problem, loss=loss)).model
        loss = loss.settle(y, curves.effects(problem.columns), weight)
    return loss


def _thin(folds: Folds, rows: int) -> Folds:
    """Folds of at most ``MOST_ROWS_TO_CHOOSE`` rows together, evenly taken."""
    some = thin(rows, MOST_ROWS_TO_CHOOSE)
    return [(fit[some], judge[some]) for fit, judge in folds]


def _pick(losses: dict[tuple[str, int], float], spare: float) -> tuple[str, int]:
    """The smallest model whose loss no larger one undercuts by ``LEAST_GAIN`` a step.

    Args:
        losses: the loss by link and size, for one link.
        spare: the part of the loss that no model can lower.
    """
    return min(losses, key=lambda key: (losses[key] - spare) * (1 + LEAST_GAIN) ** key[1])


def _fit_size(fit: LinkFit, size: int, steps: Sequence[Add]) -> tuple[Additive, Additive]:
    """The model of lines and the model of a size, or the largest possible one, on all rows.

    Args:
        steps: what is added to curves, as far as it is possible.
    """
    problem, lines, stage = fit.problem, fit.lines.model, fit.curves
    if not fit.is_whole:
        lines, stage = fit_lines(problem, lines).model, fit_curves(problem, stage.model)
    if size == 0:
        return lines, lines
    for add in steps:
        stage = add(problem, stage) or stage
    return lines, drop_left_out(stage.model, len(lines.terms))


def _find_share(loss: Loss, y: Array, weight: Array, lines: Array, effects: Array) -> float:
    """The weight of the chosen model in its mixture with lines that has the least loss."""

    def measure(share: float) -> float:
        return float(np.average(loss.error(y, lines + share * (effects - lines)), weights=weight))

    share = float(minimize_scalar(measure, bounds=(0.0, 1.0), method="bounded").x)
    return 1.0 if share > NEARLY_ALL else share


def steady_model(model: Additive, others: Sequence[Additive], totals: Array) -> Additive:
    """Of few rows the mean of a model of all of them and of those of the folds; else the model.

    There a single row decides which groups are left out, and whether a fit goes through nearly all
    rows. The squared error of a mean is at most the mean of the squared errors. The model of all
    rows, which has seen the most, counts as much as all others together, and these by their rows.

    Args:
        others: models of the folds; unless they have the same terms the model is returned.
        totals: the sums of the weights of all rows and of those of each fold.

    Source: Breiman, *Bagging predictors* (1996).
    """
    kinds = [[_describe(term) for term in one.terms] for one in (model, *others)]
    is_few = any(are_few(one, totals[0]) for one in model.solutions)
    if not is_few or any(kind != kinds[0] for kind in kinds):
        return model
    shares = totals[1:] / totals[1:].sum()
    return mix_models([*others, model], [*(shares / 2), 0.5])


def _describe(term: Term) -> tuple[Any, ...]:
    """What terms have in common whose coefficients mean the same."""
    return term.columns, term.width, term.knots.tolist() if isinstance(term, Curve) else None


def mix_models(models: Sequence[Additive], shares: Sequence[float]) -> Additive:
    """The mixture of models, all of which have the first terms of the last one."""
    *others, model = models
    coef = model.coef * shares[-1]
    for one, share in zip(others, shares, strict=False):
        coef[: len(one.coef)] += one.coef * share
    each = zip(*(one.solutions for one in models), strict=True)
    return replace(model, coef=coef, solutions=tuple(_mix(own, shares) for own in each))


def _mix(solutions: Sequence[RidgeSolution], shares: Sequence[float]) -> RidgeSolution:
    """The solution of a mixture, with a covariance that is an upper bound.

    All models were fitted to nearly the same rows, so their errors may be fully correlated: then
    the standard error is at most the mean of theirs, and its square at most that of the squares.
    """
    whole = solutions[-1]
    kept = np.unique(np.concatenate([one.kept for one in solutions]))
    apart = np.unique(np.concatenate([one.apart for one in solutions]))
    covariance, variance = np.zeros((len(kept), len(kept))), np.zeros(len(apart))
    for one, share in zip(solutions, shares, strict=True):
        place = np.searchsorted(kept, one.kept)
        covariance[np.ix_(place, place)] += share * one.noise * one.covariance
        variance[np.searchsorted(apart, one.apart)] += share * one.noise * one.variance
    noise = whole.noise or 1.0
    return replace(
        whole,
        noise=noise,
        covariance=covariance / noise,
        kept=kept,
        apart=apart,
        variance=variance / noise,
    )


def list_squares(y: Array, weight: Array) -> list[Loss]:
    """Squared errors with the identity, and where all y are positive and spread with log, too.

    With log there are two, which differ in the weight of rows with large means.
    """
    mean, deviation = measure_spread(y, weight)
    several = y.min() > 0 and deviation > 0.05 * mean
    return [Gaussian(), Gaussian(Log()), Multiplied()] if several else [Gaussian()]


def calibrate(choice: Choice, y: Array, weight: Array, known: Array | float = 0.0) -> Choice:
    """Calibrate a model of classes: multiply all effects by the factor that is best out of fold.

    With few rows such models are overconfident; where a ridge shrinks a clear effect, they are
    underconfident. The targets are smoothed by Laplace's rule of succession: after n rows the
    label is another class with probability 1 / (n + 2). If no row was misclassified, there may be
    no exceptions at all; with prior probability 1/2 of that, it is 1 / ((n + 1) (n + 2)).

    Args:
        known: the part of the sums of effects that has no coefficients, (rows, 1).
    """
    rows = choice.rows
    total = float(weight[rows].sum())
    classes = max(y.shape[1], 2)
    exceptions = _count_exceptions(y[rows], choice.effects) @ weight[rows]
    others = 1.0 / (total + 2.0) / (1.0 if exceptions else total + 1.0)
    shares = y[rows] * (1 - classes * others) + others

    known = known[rows] if isinstance(known, np.ndarray) else known
    stretch = find_stretch(choice.loss, shares, weight[rows], choice.effects, known)
    solutions = tuple(
        replace(
            one,
            coef=one.coef * stretch,
            covariance=one.covariance * stretch**2,
            variance=one.variance * stretch**2,
        )
        for one in choice.model.solutions
    )
    model = replace(choice.model, coef=choice.model.coef * stretch, solutions=solutions)
    return replace(choice, model=model, effects=known + stretch * (choice.effects - known))


def _count_exceptions(y: Array, effects: Array) -> Array:
    """1 for each row that is misclassified."""
    if y.shape[1] == 1:
        return np.asarray((effects[:, 0] > 0) != (y[:, 0] > 0.5), dtype=np.float64)
    return np.asarray(effects.argmax(1) != y.argmax(1), dtype=np.float64)
