"""The models beside which an estimator is scored: linear, gradient boosting, and a constant."""

from __future__ import annotations

from typing import Any

import numpy as np
from sklearn.base import BaseEstimator, RegressorMixin, clone
from sklearn.compose import make_column_transformer
from sklearn.dummy import DummyClassifier, DummyRegressor
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression, QuantileRegressor, RidgeCV, TweedieRegressor
from sklearn.multioutput import MultiOutputClassifier, MultiOutputRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, OrdinalEncoder, StandardScaler

from edgewise._arrays import Array
from edgewise.data.rows import pick_evenly

QUANTILE_ROWS = 1000
"""Most rows of a linear quantile regression: its linear program takes minutes for 10,000."""


class ShareModel(RegressorMixin, BaseEstimator):
    """A classifier as a model of shares: a row is its successes and its failures, with weights.

    So the classifier's log loss is the binomial deviance of the shares.
    """

    def __init__(self, classifier: Any) -> None:
        self.classifier = classifier

    def fit(self, X: Any, y: Any, sample_weight: Any) -> ShareModel:
        rows = np.tile(np.arange(len(y)), 2)
        labels = np.repeat([1, 0], len(y))
        weight = np.concatenate([sample_weight * y, sample_weight * (1 - y)])
        kept = weight > 0
        both = len(np.unique(labels[kept])) == 2
        model = clone(self.classifier) if both else DummyClassifier()
        self.fitted_ = model.fit(X[rows[kept]], labels[kept], sample_weight=weight[kept])
        return self

    def predict(self, X: Any) -> Array:
        chances = self.fitted_.predict_proba(X)
        return np.asarray(chances @ self.fitted_.classes_)


class SmallQuantileRegressor(QuantileRegressor):
    """Linear quantile regression on at most :data:`QUANTILE_ROWS` rows."""

    def fit(self, X: Any, y: Any, sample_weight: Any = None) -> SmallQuantileRegressor:
        rows = pick_evenly(len(y), QUANTILE_ROWS)
        weight = None if sample_weight is None else sample_weight[rows]
        super().fit(X[rows], np.asarray(y)[rows], weight)
        return self


def make_baseline(y: Any, classes: bool) -> dict[str, Any]:
    """What predicts the same for every row."""
    if not classes:
        return {"always the mean": DummyRegressor()}
    if np.ndim(y) == 2:
        return {"always the most frequent labels": DummyClassifier(strategy="prior")}
    labels, counts = np.unique(y, return_counts=True)
    return {f"always {labels[counts.argmax()]}": DummyClassifier(strategy="prior")}


def make_others(frame: Any, classes: bool, seed: int, several: bool) -> dict[str, Any]:
    """A linear model and gradient boosting of scikit-learn, for columns of any kind.

    Args:
        several: whether there are several targets or labels.
    """
    if classes:
        models = [
            LogisticRegression(max_iter=1000),
            HistGradientBoostingClassifier(random_state=seed),
        ]
        return _wrap(frame, *(map(MultiOutputClassifier, models) if several else models))
    boosting = HistGradientBoostingRegressor(random_state=seed)
    linear = RidgeCV(np.logspace(-3, 4, 15))
    return _wrap(frame, linear, MultiOutputRegressor(boosting) if several else boosting)


def make_rate_models(frame: Any, power: float, seed: int) -> dict[str, Any]:
    """Both models for counts and amounts, whose expectation is exp of a sum.

    Args:
        power: of the Tweedie deviance that the linear model minimises.
    """
    linear = TweedieRegressor(power=power, link="log", alpha=1e-3, max_iter=1000)
    loss = "gamma" if power == 2 else "poisson"
    boosting = HistGradientBoostingRegressor(loss=loss, random_state=seed)
    return _wrap(frame, linear, boosting)


def make_share_models(frame: Any, seed: int) -> dict[str, Any]:
    """Both models for shares of trials, by the binomial deviance."""
    linear = ShareModel(LogisticRegression(max_iter=1000))
    boosting = ShareModel(HistGradientBoostingClassifier(random_state=seed))
    return _wrap(frame, linear, boosting)


def make_quantile_models(frame: Any, level: float, seed: int) -> dict[str, Any]:
    """Both models for a quantile, by the pinball loss, and a constant."""
    linear = SmallQuantileRegressor(quantile=level, alpha=1e-4)
    boosting = HistGradientBoostingRegressor(loss="quantile", quantile=level, random_state=seed)
    constant = DummyRegressor(strategy="quantile", quantile=level)
    return {**_wrap(frame, linear, boosting), "always the quantile of all rows": constant}


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
