"""Everybody's estimators with their default settings, on frames as they are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import torch
from sklearn.base import BaseEstimator
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
from sklearn.preprocessing import OneHotEncoder, OrdinalEncoder, StandardScaler

import edgewise as ew
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
    """interpret's explainable boosting machine, on one core."""
    from interpret.glassbox import ExplainableBoostingClassifier, ExplainableBoostingRegressor

    kind = ExplainableBoostingClassifier if classes else ExplainableBoostingRegressor
    return kind(random_state=0, n_jobs=1)


class AdditiveSplines(BaseEstimator):
    """pyGAM with its default splines of numbers and factors of categories; a model for each class.

    What is missing is the column's mean with an indicator, or a level of its own.
    """

    def __init__(self, classes: bool) -> None:
        self.classes = classes

    def fit(self, x: Any, y: Any) -> AdditiveSplines:
        from pygam import LinearGAM, LogisticGAM, f, s

        self.encoder_ = make_column_transformer(
            (SimpleImputer(add_indicator=True), make_column_selector(dtype_include="number")),
            (
                make_pipeline(
                    SimpleImputer(strategy="constant", fill_value="missing"),
                    OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1),
                ),
                make_column_selector(dtype_exclude="number"),
            ),
        )
        coded = self.encoder_.fit_transform(x)
        factors = x.select_dtypes(exclude="number").shape[1]
        numbers = coded.shape[1] - factors
        terms = [s(k) if k < numbers else f(k) for k in range(coded.shape[1])]
        terms = sum(terms[1:], terms[0])
        # A level that wasn't seen is taken for the first one: pyGAM refuses it otherwise.
        self.least_ = np.where(np.arange(coded.shape[1]) < numbers, -np.inf, 0)
        if self.classes:
            self.classes_ = np.unique(y)
            first = len(self.classes_) == 2
            self.models_ = [
                LogisticGAM(terms).fit(coded, np.asarray(y == c, dtype=float))
                for c in self.classes_[first:]
            ]
        else:
            self.models_ = [LinearGAM(terms).fit(coded, np.asarray(y))]
        return self

    def predict(self, x: Any) -> Any:
        return self.models_[0].predict(np.maximum(self.encoder_.transform(x), self.least_))

    def predict_proba(self, x: Any) -> Any:
        coded = np.maximum(self.encoder_.transform(x), self.least_)
        shares = np.stack([model.predict_proba(coded) for model in self.models_], 1)
        if shares.shape[1] == 1:
            return np.hstack([1 - shares, shares])
        return shares / shares.sum(1, keepdims=True)


def make_pygam(classes: bool) -> Any:
    """pyGAM."""
    return AdditiveSplines(classes)


class Network(BaseEstimator):
    """A KAN of two layers on scaled columns, trained by Adam and stopped early.

    A tenth of the rows is kept aside to stop by, as scikit-learn's MLP does.
    """

    def __init__(self, classes: bool) -> None:
        self.classes = classes

    def fit(self, x: Any, y: Any) -> Network:
        self.encoder_ = encode_columns()
        coded = np.asarray(self.encoder_.fit_transform(x), dtype=np.float32)
        if self.classes:
            self.classes_, target = np.unique(y, return_inverse=True)
            outputs, mean, spread = len(self.classes_), 0.0, 1.0
        else:
            outputs, mean, spread = 1, float(np.mean(y)), float(np.std(y))
            target = np.asarray((y - mean) / spread, dtype=np.float32)[:, None]
        self.mean_, self.spread_ = mean, spread
        stop = np.random.default_rng(0).random(len(coded)) < 0.1
        generator = torch.Generator().manual_seed(0)
        widths = [coded.shape[1], 10, outputs]
        self.model_ = ew.KAN.for_data(widths, coded[~stop], basis=ew.BSpline(8), seed=generator)
        ew.fit(
            self.model_, coded[~stop], target[~stop], val=(coded[stop], target[stop]),
            optimizer="adam", lr=0.01, epochs=200, batch_size=200, patience=10, progress=False,
            seed=generator,
        )  # fmt: skip
        return self

    def _outputs(self, x: Any) -> torch.Tensor:
        coded = np.asarray(self.encoder_.transform(x), dtype=np.float32)
        with torch.no_grad():
            return self.model_(torch.from_numpy(coded)).double()

    def predict(self, x: Any) -> Any:
        return self.mean_ + self.spread_ * self._outputs(x)[:, 0].numpy()

    def predict_proba(self, x: Any) -> Any:
        return self._outputs(x).softmax(1).numpy()


def make_network(classes: bool) -> Any:
    """Ours without restrictions: a KAN of two layers."""
    return Network(classes)


def make_kan(classes: bool) -> Any:
    """Ours: curves and pairs."""
    return (KANClassifier if classes else KANRegressor)(random_state=0)


def make_triples(classes: bool) -> Any:
    """Ours: curves, pairs and triples."""
    return (KANClassifier if classes else KANRegressor)(interactions="triples", random_state=0)


def make_deep(classes: bool) -> Any:
    """Ours: curves, and pairs or networks."""
    return (KANClassifier if classes else KANRegressor)(interactions="deep", random_state=0)


MODELS: dict[str, Maker] = {
    "linear": make_linear,
    "boosting": make_boosting,
    "forest": make_forest,
    "mlp": make_mlp,
    "lightgbm": make_lightgbm,
    "ebm": make_ebm,
    "pygam": make_pygam,
    "kan": make_kan,
    "triples": make_triples,
    "deep": make_deep,
    "network": make_network,
}
