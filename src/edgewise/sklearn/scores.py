"""How well rows are predicted that were not fitted: ours beside what people would try first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn.base import clone, is_classifier, is_regressor
from sklearn.compose import make_column_transformer
from sklearn.dummy import DummyClassifier, DummyRegressor
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression, RidgeCV, TweedieRegressor
from sklearn.metrics import d2_tweedie_score, mean_tweedie_deviance
from sklearn.model_selection import (
    GroupKFold,
    KFold,
    StratifiedKFold,
    cross_val_predict,
    cross_validate,
)
from sklearn.multioutput import MultiOutputRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, OrdinalEncoder, StandardScaler
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor
from sklearn.utils import _safe_indexing

from edgewise._checks import check_integer
from edgewise.additive.arguments import take_values
from edgewise.additive.kinds import find_missing
from edgewise.charts.numbers import format_number, with_error

LEAST_LEFT, FEWEST_ROWS, SUSPECTED_ROWS = 0.02, 20, 10_000
NUMBERS = {"neg_root_mean_squared_error": "RMSE", "r2": "R²"}
CLASSES = {"neg_log_loss": "log loss", "accuracy": "accuracy"}
TWO_CLASSES = {"neg_log_loss": "log loss", "accuracy": "accuracy", "roc_auc": "AUC"}
"""Measures by the names of scikit-learn's scorers; the last one stands first on pages. Accuracy
says little where one of two classes is rare; the AUC of a guess is 0.5, whatever the shares are."""
UNSCORED = ("quantile", "binomial")
"""Losses whose predictions are no means of y."""
RATES = {"poisson": 1.0, "negative_binomial": 1.0, "tweedie": 1.5, "gamma": 2.0}
"""The losses that are scored with an exposure, by the power of a Tweedie deviance."""


@dataclass(frozen=True)
class Score:
    """How well a model predicts: a mean and its standard error for each measure."""

    model: str
    values: dict[str, tuple[float, float]]

    def write(self, measure: str) -> str:
        """One of them, as 0.450 ± 0.031; three digits of what hardly differs between folds."""
        mean, error = self.values[measure]
        if measure == "accuracy":
            return f"{mean:.3f} ± {error:.3f}"
        return with_error(mean, error) if error > 1e-4 * abs(mean) else format_number(mean)


def score_unseen(estimator: Any, X: Any, y: Any, folds: int) -> tuple[dict[str, str], list[str]]:
    """The scores of explanations, and which columns are suspect, in words.

    Raises:
        ValueError: if the estimator, its loss or y has no such score.
    """
    check_integer("explain_global", "folds", folds, 2)
    if X is None or y is None:
        raise ValueError("explain_global expected X and y, or neither, got one of them")
    classes, loss = is_classifier(estimator), getattr(estimator, "loss", "squared_error")
    known = estimator.offset_
    is_rate = known is not None and known.is_exposure and loss in RATES and not estimator.appended_
    if not (classes or is_regressor(estimator)) or loss in UNSCORED or (known and not is_rate):
        kind = f" with loss={loss!r}" if hasattr(estimator, "loss") else ""
        raise ValueError(
            "explain_global expected a KANRegressor of means or a KANClassifier, without an "
            "offset or with a column of the table as the exposure of counts or amounts, to compare "
            f"it with others, got {type(estimator).__name__}{kind}: leave X and y out, and pass "
            "scores= to html or save"
        )
    frame, groups = estimator.expand(X), estimator._find_groups(estimator._read(X))
    y = np.asarray(take_values("y", y))
    if find_missing(y.ravel()).any():
        raise ValueError("explain_global expected y without missing values: leave such rows out")
    if known and is_rate:
        name = estimator.schema_.names[known.columns[0]]
        scores = compare_rates(clone(estimator), X, y, name, folds, frame, groups)
        return list_facts(list(scores)), list_suspects(frame.drop(columns=name), y, classes)
    scores = compare(clone(estimator), X, y, classes, folds, 0, frame, groups)
    return list_facts(list(scores)), list_suspects(frame, y, classes)


def compare(
    model: Any,
    table: Any,
    y: Any,
    classes: bool,
    folds: int,
    seed: int,
    frame: Any = None,
    groups: Any = None,
) -> Iterator[Score]:
    """The scores on rows not fitted of ours, of a linear model, of gradient boosting, and of what
    knows no column: the mean, whose RMSE is the standard deviation of y, or the shares of the
    classes, of which it always predicts the most frequent one.

    Args:
        frame: the table as the others get it, of numbers and text; None for the table itself.
        groups: of the rows, which no fold divides.
    """
    frame = table if frame is None else frame
    splits = _cut_folds(frame, y, classes, folds, seed, groups)
    measures = _choose_measures(y, classes, [test for _, test in splits])
    several = np.ndim(y) == 2 and np.shape(y)[1] > 1
    others = make_others(frame, classes, seed, several) | make_baseline(y, classes)
    for name, each in {"KAN": model, **others}.items():
        x = table if each is model else frame
        found = cross_validate(each, x, y, cv=splits, scoring=list(measures), error_score="raise")
        yield Score(name, {told: _summarise(found, key) for key, told in measures.items()})


def _cut_folds(
    frame: Any, y: Any, classes: bool, folds: int, seed: int, groups: Any
) -> list[tuple[Any, Any]]:
    least = int(np.unique(y, return_counts=True)[1].min()) if classes else 0
    kind = StratifiedKFold if classes and least >= folds else KFold
    cutter = kind(folds, shuffle=True, random_state=seed)
    cutter = cutter if groups is None else GroupKFold(folds)
    return list(cutter.split(frame, y, groups))


def compare_rates(
    model: Any, table: Any, y: Any, exposure: str, folds: int, frame: Any, groups: Any = None
) -> Iterator[Score]:
    """The same for counts or amounts with an exposure, by Tweedie's deviance of y / exposure.

    The linear model is one on the logarithm of the rate; exposures are its weights, and those of
    boosting. What knows no column predicts the rate of all rows together.

    Args:
        exposure: the name of its column in the table and the frame.
    """
    power, held = RATES[model.loss], np.asarray(frame[exposure], dtype=np.float64)
    rates, columns = y / held, frame.drop(columns=exposure)
    splits = _cut_folds(frame, y, False, folds, 0, groups)
    linear = TweedieRegressor(power=power, link="log", alpha=1e-3, max_iter=1000)
    loss = "gamma" if power == 2 else "poisson"
    boosting = HistGradientBoostingRegressor(loss=loss, random_state=0)
    others = _wrap(columns, linear, boosting)
    others["always the mean"] = make_pipeline(DummyRegressor())
    for name, each in {"KAN": model, **others}.items():
        found = []
        for train, test in splits:
            if each is model:
                mine = clone(each).fit(_safe_indexing(table, train), y[train], exposure=exposure)
                predicted = mine.predict(_safe_indexing(table, test)) / held[test]
            else:
                weight = {f"{each.steps[-1][0]}__sample_weight": held[train]}
                mine = clone(each).fit(columns.iloc[train], rates[train], **weight)
                predicted = mine.predict(columns.iloc[test])
            judged = {"sample_weight": held[test], "power": power}
            found.append(
                (
                    mean_tweedie_deviance(rates[test], predicted, **judged),
                    d2_tweedie_score(rates[test], predicted, **judged),
                )
            )
        mean, error = np.mean(found, 0), np.std(found, 0, ddof=1) / np.sqrt(folds)
        pairs = zip(mean.tolist(), error.tolist(), strict=True)
        yield Score(name, dict(zip(("mean deviance", "D²"), pairs, strict=True)))


def _choose_measures(y: Any, classes: bool, tests: Sequence[Any]) -> dict[str, str]:
    """What is measured; the AUC needs rows of both classes in every fold."""
    if not classes:
        return NUMBERS
    counts = {len(np.unique(np.asarray(y)[test])) for test in tests}
    return TWO_CLASSES if len(np.unique(y)) == 2 and counts == {2} else CLASSES


def _summarise(found: Any, measure: str) -> tuple[float, float]:
    """Mean and standard error over the folds."""
    values = found[f"test_{measure}"]
    values = np.abs(values) if measure.startswith("neg_") else values
    return float(values.mean()), float(values.std(ddof=1) / np.sqrt(len(values)))


def list_facts(scores: Sequence[Score]) -> dict[str, str]:
    """The measure that says most, of all models; and another one of ours and of a constant."""
    if not scores:
        return {}
    ours, *others, constant = scores
    *_, second, lead = ours.values
    facts = {f"{lead} on unseen rows": ours.write(lead)}
    facts |= {f"{lead}, {score.model}": score.write(lead) for score in others}
    if lead in ("R²", "D²"):
        unit = ", in units of the target" if lead == "R²" else ""
        return facts | {
            f"{second}{unit}": ours.write(second),
            f"{second} of predicting {constant.model}": constant.write(second),
        }
    if lead == "AUC":
        return facts | {
            second: ours.write(second),
            f"{second} of predicting {constant.model}": constant.write(second),
        }
    return facts | {
        f"{lead} of predicting {constant.model}": constant.write(lead),
        second: ours.write(second),
        f"{second} of the classes' shares": constant.write(second),
    }


def make_baseline(y: Any, classes: bool) -> dict[str, Any]:
    """What predicts the same for every row."""
    if not classes:
        return {"always the mean": DummyRegressor()}
    labels, counts = np.unique(y, return_counts=True)
    return {f"always {labels[counts.argmax()]}": DummyClassifier(strategy="prior")}


def list_suspects(frame: Any, y: Any, classes: bool) -> list[str]:
    """What a reader should know of columns that may be names of rows, or know the target.

    A column knows the target if a tree on this column alone has at most a fiftieth of the error of
    a constant, on rows that it was not fitted to. Of large tables 10,000 rows are looked at.
    """
    some = np.random.default_rng(0).permutation(len(frame))[:SUSPECTED_ROWS]
    frame, y = frame.iloc[some], np.asarray(y)[some]
    told = []
    for name in frame:
        column = frame[name]
        if column.nunique() == len(column) >= FEWEST_ROWS and _is_whole(column):
            told.append(f"{name} may be an id: its values are all different.")
        elif _share_left(column, y, classes) < LEAST_LEFT:
            told.append(
                f"{name} alone predicts nearly everything: is it known when a prediction is made?"
            )
    return told


def _is_whole(column: Any) -> bool:
    """Whether it holds texts, or whole numbers."""
    values = column.to_numpy()
    return values.dtype.kind not in "fc" or bool(np.all(values == np.round(values)))


def _share_left(column: Any, y: Any, classes: bool) -> float:
    """The error of a tree on one column where that is known, relative to that of a constant."""
    known = column.notna().to_numpy()
    if known.sum() < FEWEST_ROWS:
        return 1.0
    column, y = column[known], y[known]
    codes = np.unique(column.to_numpy(object).astype(str), return_inverse=True)[1]
    codes = column.to_numpy(np.float64) if column.dtype.kind in "fiub" else codes
    tree = DecisionTreeClassifier if classes else DecisionTreeRegressor
    cutter = KFold(5, shuffle=True, random_state=0)
    guess = cross_val_predict(tree(min_samples_leaf=2), codes[:, None], y, cv=cutter)
    if classes:
        counts = np.unique(y, return_counts=True)[1]
        return float(np.sum(guess != y) / max(len(y) - counts.max(), 1))
    left, whole = np.sum((guess - y) ** 2), np.sum((y - y.mean(0)) ** 2)
    return float(left / whole) if whole else 1.0


def make_others(frame: Any, classes: bool, seed: int, several: bool = False) -> dict[str, Any]:
    """A linear model and gradient boosting of scikit-learn, for columns of any kind.

    Args:
        several: whether there are several targets.
    """
    linear = LogisticRegression(max_iter=1000) if classes else RidgeCV(np.logspace(-3, 4, 15))
    kind = HistGradientBoostingClassifier if classes else HistGradientBoostingRegressor
    boosting = kind(random_state=seed)
    return _wrap(frame, linear, MultiOutputRegressor(boosting) if several else boosting)


def _wrap(frame: Any, linear: Any, boosting: Any) -> dict[str, Any]:
    """Both models behind what makes numbers of a frame's columns."""
    from pandas.api.types import is_bool_dtype, is_numeric_dtype

    numbers = [n for n in frame if is_numeric_dtype(frame[n]) and not is_bool_dtype(frame[n])]
    texts = [n for n in frame if n not in numbers]
    whole = make_pipeline(
        SimpleImputer(keep_empty_features=True, add_indicator=True), StandardScaler()
    )
    levels = OneHotEncoder(handle_unknown="infrequent_if_exist", max_categories=100)
    codes = OrdinalEncoder(
        handle_unknown="use_encoded_value", unknown_value=np.nan, encoded_missing_value=np.nan
    )
    return {
        "linear model": make_pipeline(
            make_column_transformer((whole, numbers), (levels, texts)), linear
        ),
        "gradient boosting": make_pipeline(
            make_column_transformer((codes, texts), remainder="passthrough"),
            boosting,
        ),
    }
