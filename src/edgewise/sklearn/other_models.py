"""What people would try first: a linear model, gradient boosting, and what knows no column."""

from __future__ import annotations

from typing import Any

import numpy as np
from sklearn.compose import make_column_transformer
from sklearn.dummy import DummyClassifier, DummyRegressor
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression, RidgeCV, TweedieRegressor
from sklearn.multioutput import MultiOutputClassifier, MultiOutputRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, OrdinalEncoder, StandardScaler


def make_baseline(y: Any, classes: bool) -> dict[str, Any]:
    """What predicts the same for every row."""
    if not classes:
        return {"always the mean": DummyRegressor()}
    if np.ndim(y) == 2:
        return {"always the most frequent labels": DummyClassifier(strategy="prior")}
    labels, counts = np.unique(y, return_counts=True)
    return {f"always {labels[counts.argmax()]}": DummyClassifier(strategy="prior")}


def make_others(frame: Any, classes: bool, seed: int, several: bool = False) -> dict[str, Any]:
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


def make_rate_models(frame: Any, power: float, seed: int, constant: str) -> dict[str, Any]:
    """The same for counts and amounts, whose expectation is exp of a sum; and one number for all.

    Args:
        power: of the Tweedie deviance that the linear model minimises.
        constant: what that number is.
    """
    linear = TweedieRegressor(power=power, link="log", alpha=1e-3, max_iter=1000)
    loss = "gamma" if power == 2 else "poisson"
    boosting = HistGradientBoostingRegressor(loss=loss, random_state=seed)
    return {
        **_wrap(frame, linear, boosting),
        f"always {constant}": make_pipeline(DummyRegressor()),
    }


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
