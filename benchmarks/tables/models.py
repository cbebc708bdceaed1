"""Everybody's estimators with their default settings, on frames as they are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
from sklearn.compose import make_column_selector, make_column_transformer
from sklearn.ensemble import (
    HistGradientBoostingClassifier,
    HistGradientBoostingRegressor,
    RandomForestClassifier,
    RandomForestRegressor,
)
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression, RidgeCV
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

from edgewise.sklearn import KANClassifier, KANRegressor

Maker = Callable[[bool], Any]
"""Whether for classes, to an estimator."""


def prepare(frame: Any) -> Any:
    """Text as categories and truth values as numbers, which is what most programs want."""
    frame = frame.copy()
    for name in frame:
        if frame[name].dtype == bool:
            frame[name] = frame[name].astype(int)
        elif not pd.api.types.is_numeric_dtype(frame[name]):
            frame[name] = frame[name].astype("category")
    return frame


def encode_columns() -> Any:
    """Missing numbers as the mean with an indicator, scaled; categories one column a level."""
    return make_column_transformer(
        (
            make_pipeline(SimpleImputer(add_indicator=True), StandardScaler()),
            make_column_selector(dtype_include="number"),
        ),
        (
            make_pipeline(
                SimpleImputer(strategy="constant", fill_value="missing"),
                OneHotEncoder(handle_unknown="ignore", sparse_output=False),
            ),
            make_column_selector(dtype_exclude="number"),
        ),
    )


def make_linear(classes: bool) -> Any:
    """Ridge regression with its strength by cross-validation, or logistic regression."""
    last = LogisticRegression(max_iter=500) if classes else RidgeCV(np.logspace(-3, 4, 15))
    return make_pipeline(encode_columns(), last)


def make_boosting(classes: bool) -> Any:
    """scikit-learn's histogram gradient boosting."""
    kind = HistGradientBoostingClassifier if classes else HistGradientBoostingRegressor
    return kind(categorical_features="from_dtype", random_state=0)


def make_forest(classes: bool) -> Any:
    """A random forest."""
    kind = RandomForestClassifier if classes else RandomForestRegressor
    return make_pipeline(encode_columns(), kind(random_state=0))


def make_mlp(classes: bool) -> Any:
    """scikit-learn's multilayer perceptron, scaled and stopped early."""
    kind = MLPClassifier if classes else MLPRegressor
    return make_pipeline(encode_columns(), kind(early_stopping=True, random_state=0))


def make_lightgbm(classes: bool) -> Any:
    """LightGBM."""
    import lightgbm

    kind = lightgbm.LGBMClassifier if classes else lightgbm.LGBMRegressor
    return kind(verbose=-1, random_state=0)


def make_ebm(classes: bool) -> Any:
    """interpret's explainable boosting machine."""
    from interpret.glassbox import ExplainableBoostingClassifier, ExplainableBoostingRegressor

    kind = ExplainableBoostingClassifier if classes else ExplainableBoostingRegressor
    return kind(random_state=0)


def make_kan(classes: bool) -> Any:
    """Ours."""
    return (KANClassifier if classes else KANRegressor)(random_state=0)


MODELS: dict[str, Maker] = {
    "linear": make_linear,
    "boosting": make_boosting,
    "forest": make_forest,
    "mlp": make_mlp,
    "lightgbm": make_lightgbm,
    "ebm": make_ebm,
    "kan": make_kan,
}
