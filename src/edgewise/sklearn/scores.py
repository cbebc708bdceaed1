"""Score an estimator on rows that weren't fitted, beside other models in the same folds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

import numpy as np
from scipy.special import xlogy
from sklearn.base import clone, is_classifier, is_regressor
from sklearn.dummy import DummyRegressor
from sklearn.metrics import (
    d2_pinball_score,
    d2_tweedie_score,
    get_scorer,
    mean_pinball_loss,
    mean_tweedie_deviance,
)
from sklearn.model_selection import GroupKFold, KFold, StratifiedKFold
from sklearn.pipeline import make_pipeline
from sklearn.utils import _safe_indexing

from edgewise._arrays import Array
from edgewise.additive.arguments import check_known
from edgewise.additive.kinds import find_missing
from edgewise.additive.readings import OBSERVED
from edgewise.additive.survival import Lives
from edgewise.additive.survival_scores import (
    choose_times,
    estimate_survival,
    integrate_brier,
    measure_concordance,
)
from edgewise.additive.values import take_values
from edgewise.charts.numbers import format_number
from edgewise.sklearn.other_models import (
    make_baseline,
    make_others,
    make_quantile_models,
    make_rate_models,
    make_share_models,
)
from edgewise.sklearn.quality import (
    CLASSES,
    LABELS,
    NUMBERS,
    TWO_CLASSES,
    Quality,
    Score,
    list_facts,
    tell_difference,
)
from edgewise.sklearn.suspects import list_suspects
from edgewise.sklearn.targets import take_classes

TWEEDIE_POWERS = {"poisson": 1.0, "negative_binomial": 1.0, "tweedie": 1.5, "gamma": 2.0}
"""The losses that are scored by a Tweedie deviance, and its power."""
RATES = (*TWEEDIE_POWERS, "binomial")
"""The losses that are scored by the deviance of rates, or of shares of trials."""
NOTHING: Mapping[str, Any] = MappingProxyType({})
LEAST_SHARE = 1e-9
"""The binomial deviance takes predicted shares to be at least this far from 0 and 1."""


def score_unseen(estimator: Any, X: Any, y: Any, folds: int, exposure: Any) -> Quality:
    """The quality of an estimator on rows that weren't fitted, beside other models.

    Args:
        exposure: a number for each row, where the fit had values and no column.

    Raises:
        ValueError: if the estimator, its loss or y has no such score.
    """
    _check_scored(estimator, exposure)
    frame, groups = estimator.expand(X), estimator._find_groups(estimator._read(X))
    classes, known = is_classifier(estimator), estimator.offset_
    y = take_classes(y) if classes else np.asarray(take_values("y", y))
    if find_missing(y.ravel()).any():
        raise ValueError("explain_global expected y without missing values: leave such rows out")
    given = {}
    if known is not None and not estimator.appended_:
        given = {known.name: estimator.schema_.names[known.columns[0]]}
    if _is_rate(estimator):
        exposure = given.pop("exposure", exposure)
    scores = list(
        compare(clone(estimator), X, y, classes, folds, 0, frame, groups, exposure, given)
    )
    columns = frame.drop(columns=exposure) if isinstance(exposure, str) else frame
    suspects = list_suspects(columns, y, classes and y.ndim == 1)
    return Quality(list_facts(scores), suspects, tell_difference(scores))


def _is_rate(estimator: Any) -> bool:
    """Whether rates are scored, of an exposure."""
    known, loss = estimator.offset_, getattr(estimator, "loss", None)
    return known is not None and known.is_exposure and loss in RATES


def _check_scored(estimator: Any, exposure: Any) -> None:
    """ValueError unless there is a score for this estimator."""
    known, is_rate = estimator.offset_, _is_rate(estimator)
    if not (is_classifier(estimator) or is_regressor(estimator)):
        raise ValueError(
            "explain_global expected a KANRegressor, a KANClassifier or a KANSurvival to compare "
            f"it with others, got {type(estimator).__name__}: leave X and y out, and pass scores= "
            "to html or save"
        )
    if known is not None and estimator.appended_ and not is_rate:
        raise ValueError(
            f"explain_global expected an {known.name} that is a column of the table, which other "
            f"models can read, too, got values: fit with {known.name}= the name of a column, or "
            "leave X and y out, and pass scores= to html or save"
        )
    wanted = is_rate and estimator.appended_
    if wanted != (exposure is not None):
        told = "the exposure of each row, as fit had it" if wanted else "no exposure: fit had none"
        raise ValueError(f"explain_global expected {told}")


def compare(
    model: Any,
    table: Any,
    y: Any,
    classes: bool,
    folds: int,
    seed: int,
    frame: Any = None,
    groups: Any = None,
    exposure: Any = None,
    given: Mapping[str, Any] = NOTHING,
) -> Iterator[Score]:
    """The scores on rows not fitted of ours, of a linear model, of gradient boosting, and of what
    knows no column: the mean, whose RMSE is the standard deviation of y, or the shares of the
    classes, of which it always predicts the most frequent one.

    Args:
        frame: the table as the others get it, of numbers and text; None for the table itself.
        groups: of the rows, which no fold divides.
        exposure: the name of a column, or a number for each row, for the losses of
            :data:`RATES`.
        given: what our ``fit`` takes beside it: ``offset``, the name of a column, which the others
            read as any other one.
    """
    frame = table if frame is None else frame
    splits = _cut_folds(frame, y, classes, folds, seed, groups)
    several = np.ndim(y) == 2 and np.shape(y)[1] > 1
    loss = getattr(model, "loss", None)
    if loss in RATES and not several:
        yield from _compare_rates(model, table, np.ravel(y), splits, seed, frame, exposure, given)
        return
    if loss == "quantile":
        yield from _compare_quantiles(model, table, np.asarray(y), splits, seed, frame, given)
        return
    measures = _choose_measures(y, classes, [test for _, test in splits])
    others = make_others(frame, classes, seed, several) | make_baseline(y, classes)
    for name, each in {"KAN": model, **others}.items():
        x, known = (table, given) if each is model else (frame, NOTHING)
        found = []
        for train, test in splits:
            fitted = clone(each).fit(_safe_indexing(x, train), _safe_indexing(y, train), **known)
            judged = fitted, _safe_indexing(x, test), _safe_indexing(y, test)
            values = {key: float(get_scorer(key)(*judged)) for key in measures}
            found.append({told: _count_up(key, values[key]) for key, told in measures.items()})
        yield Score(name, _collect(found))


def _cut_folds(
    frame: Any, y: Any, classes: bool, folds: int, seed: int, groups: Any = None
) -> list[tuple[Any, Any]]:
    single = classes and np.ndim(y) == 1
    least = int(np.unique(y, return_counts=True)[1].min()) if single else 0
    kind = StratifiedKFold if single and least >= folds else KFold
    cutter = kind(folds, shuffle=True, random_state=seed)
    cutter = cutter if groups is None else GroupKFold(folds)
    return list(cutter.split(frame, y, groups))


def _compare_rates(
    model: Any,
    table: Any,
    y: Any,
    splits: Any,
    seed: int,
    frame: Any,
    exposure: Any,
    given: Mapping[str, Any],
) -> Iterator[Score]:
    """Scores of counts and amounts, by Tweedie's deviance; of shares by the binomial one.

    .. math:: \\sum_n d_p(y_n, e_n μ_n) = \\sum_n e_n^{2-p} d_p(y_n / e_n, μ_n)

    with exposures e, or 1. So the others are fitted to rates, with these weights; what knows no
    column predicts the rate of all rows together. Of counts of successes e are the trials, p is 1,
    and rates are shares; shares without trials count once each.
    """
    shares, is_column = model.loss == "binomial", isinstance(exposure, str)
    power = TWEEDIE_POWERS.get(model.loss, 1.0)
    columns = frame.drop(columns=exposure) if is_column else frame
    exposures = frame[exposure] if is_column else np.ones(len(y)) if exposure is None else exposure
    held = check_known("exposure", take_values("exposure", exposures), len(y))
    rates, weight = y / held, held ** (2 - power)

    def predict(each: Any, train: Any, test: Any) -> Array:
        if each is not model:
            weights = {f"{each.steps[-1][0]}__sample_weight": weight[train]}
            fitted = clone(each).fit(columns.iloc[train], rates[train], **weights)
            return np.asarray(fitted.predict(columns.iloc[test]))
        known = exposure if is_column else None if exposure is None else held[train]
        fitted = clone(each).fit(_safe_indexing(table, train), y[train], exposure=known, **given)
        found = fitted.predict(_safe_indexing(table, test))
        return np.asarray(found / held[test] if is_column and not shares else found)

    constant = "the mean" if exposure is None else "one share" if shares else "one rate"
    others = make_share_models(columns, seed) if shares else make_rate_models(columns, power, seed)
    others[f"always {constant}"] = make_pipeline(DummyRegressor())
    for name, each in {"KAN": model, **others}.items():
        found, expected = [], np.empty(len(y))
        for train, test in splits:
            predicted, judged = predict(each, train, test), {"sample_weight": weight[test]}
            expected[test] = predicted * held[test]
            if shares:
                found.append(_judge_shares(rates[test], predicted, weight[test]))
                continue
            deviance = mean_tweedie_deviance(rates[test], predicted, power=power, **judged)
            explained = d2_tweedie_score(rates[test], predicted, power=power, **judged)
            found.append({"mean deviance": deviance, "D²": explained})
        facts = {} if shares else {OBSERVED: _compare_sums(y, expected)}
        if facts and exposure is not None:
            facts["total exposure"] = format_number(float(held.sum()), 4)
        yield Score(name, _collect(found), facts)


def _compare_sums(y: Array, predicted: Array) -> str:
    """The sums of observed and of predicted values, and their ratio."""
    observed, expected = float(y.sum()), float(predicted.sum())
    sums = f"{format_number(observed, 4)} ÷ {format_number(expected, 4)}"
    return f"{sums} = {observed / expected:.3f}"


def _judge_shares(y: Array, predicted: Array, weight: Array) -> dict[str, float]:
    """The mean binomial deviance of shares, and the fraction that is explained.

    .. math:: d = 2 \\Bigl(y \\log \\frac{y}{μ} + (1 - y) \\log \\frac{1 - y}{1 - μ}\\Bigr)
    """

    def measure(mean: Any) -> float:
        mean = np.clip(mean, LEAST_SHARE, 1 - LEAST_SHARE)
        each = xlogy(y, y / mean) + xlogy(1 - y, (1 - y) / (1 - mean))
        return float(2 * np.average(each, weights=weight))

    left, whole = measure(predicted), measure(np.average(y, weights=weight))
    return {"mean deviance": left, "D²": 1 - left / whole if whole > 0 else 0.0}


def _compare_quantiles(
    model: Any, table: Any, y: Array, splits: Any, seed: int, frame: Any, given: Mapping[str, Any]
) -> Iterator[Score]:
    """Scores of quantiles: the mean pinball loss, over all of them, and its explained part."""
    levels = [float(level) for level in np.atleast_1d(model.quantile)]
    columns = y.reshape(len(y), -1).T.astype(np.float64)
    pairs = [(column, level) for column in columns for level in levels]
    others = [make_quantile_models(frame, level, seed) for _, level in pairs]

    def predict(name: str, train: Any, test: Any) -> Array:
        if name == "KAN":
            fitted = clone(model).fit(_safe_indexing(table, train), y[train], **given)
            return np.reshape(fitted.predict(_safe_indexing(table, test)), (len(test), -1))
        found = [
            clone(other[name]).fit(frame.iloc[train], column[train]).predict(frame.iloc[test])
            for (column, _), other in zip(pairs, others, strict=True)
        ]
        return np.stack(found, 1)

    for name in ("KAN", *others[0]):
        found = []
        for train, test in splits:
            judged = [
                (
                    mean_pinball_loss(column[test], mine, alpha=level),
                    d2_pinball_score(column[test], mine, alpha=level),
                )
                for (column, level), mine in zip(pairs, predict(name, train, test).T, strict=True)
            ]
            left, explained = np.mean(judged, axis=0)
            found.append({"mean pinball loss": left, "D²": explained})
        yield Score(name, _collect(found))


def score_survival(model: Any, X: Any, lives: Lives, folds: int) -> Quality:
    """The quality of predicted times of events: the C-index, and the integrated Brier score.

    The latter is left out where rows come under observation late, as it is a score of S(t), and not
    of S(t) / S(entry).
    """
    frame = model.expand(X)
    scores = list(compare_survival(clone(model), X, lives, folds, frame))
    return Quality(list_facts(scores), list_suspects(frame, lives.time, False))


def compare_survival(
    model: Any, table: Any, lives: Lives, folds: int, frame: Any
) -> Iterator[Score]:
    """The scores of ours, and of Kaplan and Meier's curve, which is the same for every row."""
    ours, constant, is_late = [], [], bool(np.any(lives.entry > 0))
    outcome = np.stack([lives.event, lives.time], 1)
    for train, test in _cut_folds(frame, lives.event, True, folds, 0):
        fitted = clone(model).fit(
            _safe_indexing(table, train), outcome[train], entry=lives.entry[train]
        )
        rows, some = _safe_indexing(table, test), lives.take(test)
        mine = {"C-index": measure_concordance(some, fitted.predict(rows))}
        theirs = {"C-index": 0.5}
        if not is_late:
            times, told = choose_times(fitted.event_times_), "integrated Brier score"
            found = fitted.predict_survival_function(rows, times)
            curve = estimate_survival(lives.take(train)).at(times)
            same = np.broadcast_to(curve, found.shape)
            mine = {told: integrate_brier(some, found, times), **mine}
            theirs = {told: integrate_brier(some, same, times), **theirs}
        ours.append(mine)
        constant.append(theirs)
    yield Score("KAN", _collect(ours))
    yield Score("one curve for all rows", _collect(constant))


def _collect(found: Sequence[dict[str, float]]) -> dict[str, Array]:
    """Each measure in all folds."""
    return {name: np.array([each[name] for each in found]) for name in found[0]}


def _choose_measures(y: Any, classes: bool, tests: Sequence[Any]) -> dict[str, str]:
    """What is measured; the AUC needs rows of both classes in every fold."""
    if not classes:
        return NUMBERS
    labels = np.asarray(y).reshape(len(y), -1)
    counts = {len(np.unique(label[test])) for label in labels.T for test in tests}
    if labels.shape[1] > 1:
        return LABELS if counts == {2} else dict([*LABELS.items()][:1])
    return TWO_CLASSES if len(np.unique(y)) == 2 and counts == {2} else CLASSES


def _count_up(measure: str, value: float) -> float:
    """A value of scikit-learn's scorers; of a negative loss the loss."""
    return -value if measure.startswith("neg_") else value
