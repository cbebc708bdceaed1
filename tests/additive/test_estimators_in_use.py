"""The estimators inside of scikit-learn: pipelines, searches, weights, classes, names."""

import inspect
import pickle
import warnings

import joblib
import numpy as np
import pandas as pd
import polars
import pyarrow
import pytest
import sklearn
from joblib import parallel_config
from sklearn.base import clone
from sklearn.exceptions import NotFittedError
from sklearn.metrics import log_loss, r2_score
from sklearn.model_selection import GridSearchCV, cross_validate
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

import edgewise as ew
from edgewise.sklearn import KANClassifier, KANRegressor, KANSurvival


def make_frame(rows=120, seed=0):
    """A number with a missing value here and there, and a category, that make a number."""
    random = np.random.default_rng(seed)
    size = random.uniform(0, 4, rows)
    colour = random.choice(["red", "green", "blue"], rows)
    y = np.sin(size) + (colour == "red") + 0.05 * random.normal(size=rows)
    frame = pd.DataFrame({"size": size, "colour": colour})
    frame.loc[::17, "size"] = np.nan
    return frame, y


def test_public_names():
    assert ew.KANRegressor is KANRegressor
    assert ew.KANClassifier is KANClassifier


def test_a_pipeline_and_a_search():
    x = np.random.default_rng(0).normal(size=(90, 2))
    y = x[:, 0] ** 2 + x[:, 1]
    pipe = make_pipeline(StandardScaler(), KANRegressor(cv=2, random_state=0))
    search = GridSearchCV(pipe, {"kanregressor__interaction_cst": [None, "no_interactions"]}, cv=2)
    assert search.fit(x, y).best_score_ > 0.9
    assert set(pipe.get_params()) > {"kanregressor__cv", "kanregressor__monotonic_cst"}


def test_cross_validation_of_several_targets():
    frame, y = make_frame()
    both = np.stack([y, -2 * y], 1)
    scores = cross_validate(KANRegressor(cv=2, random_state=0), frame, both, cv=3)
    assert scores["test_score"].min() > 0.85
    model = KANRegressor(cv=2, random_state=0).fit(frame, both)
    assert model.predict(frame).shape == both.shape
    single = KANRegressor(cv=2, random_state=0).fit(frame, y)
    assert np.allclose(model.predict(frame)[:, 0], single.predict(frame))


@pytest.mark.parametrize("way", ["pickle", "joblib"])
def test_a_model_travels(way, tmp_path):
    frame, y = make_frame()
    model = KANRegressor(cv=2, random_state=0).fit(frame, y)
    if way == "pickle":
        again = pickle.loads(pickle.dumps(model))
    else:
        joblib.dump(model, tmp_path / "model")
        again = joblib.load(tmp_path / "model")
    assert np.array_equal(again.predict(frame), model.predict(frame))
    fresh = clone(model)
    assert not hasattr(fresh, "models_")
    assert np.array_equal(fresh.fit(frame, y).predict(frame), model.predict(frame))


def test_several_processes():
    frame, y = make_frame(60)
    serial = cross_validate(KANRegressor(cv=2, random_state=0), frame, y, cv=2)
    with parallel_config("multiprocessing"):  # whose processes needn't import everything anew
        shared = cross_validate(KANRegressor(cv=2, random_state=0), frame, y, cv=2, n_jobs=2)
    assert np.array_equal(serial["test_score"], shared["test_score"])


def test_sample_weight_is_routed():
    frame, y = make_frame()
    bad = np.arange(len(y)) % 2 == 0
    spoiled = np.where(bad, 50.0, y)
    with sklearn.config_context(enable_metadata_routing=True):
        model = KANRegressor(cv=2, random_state=0).set_fit_request(sample_weight=True)
        model.set_score_request(sample_weight=True)
        weight = np.where(bad, 0.0, 1.0)
        scores = cross_validate(model, frame, spoiled, cv=3, params={"sample_weight": weight})
    assert scores["test_score"].min() > 0.7


@pytest.mark.parametrize("kind", [KANRegressor, KANClassifier])
def test_weights_that_count_fewer_rows_than_there_are_say_so(kind):
    x = np.linspace(0, 1, 60)[:, None]
    y = np.arange(60) % 2
    with pytest.warns(UserWarning, match=r"counts 60 rows as 1, .* divide them by their mean"):
        kind(random_state=0).fit(x, y, sample_weight=np.full(60, 1 / 60))
    with warnings.catch_warnings():
        warnings.simplefilter("error", UserWarning)
        kind(random_state=0).fit(x, y, sample_weight=np.where(x[:, 0] < 0.8, 0.0, 1.0))


def test_string_labels_and_weights_of_classes():
    frame, y = make_frame(200)
    labels = np.where(y > 1.2, "yes", "no")
    plain = KANClassifier(cv=2, random_state=0).fit(frame, labels)
    assert list(plain.classes_) == ["no", "yes"]
    assert set(plain.predict(frame)) == {"no", "yes"}
    assert plain.score(frame, labels) > 0.9
    shares = plain.predict_proba(frame)
    assert np.allclose(shares.sum(1), 1)
    assert np.array_equal(plain.decision_function(frame) > 0, shares[:, 1] > 0.5)


def test_weights_of_classes_are_weights_of_rows():
    random = np.random.default_rng(0)
    x = random.normal(size=(300, 1))
    labels = random.uniform(size=300) < 0.3 / (1 + np.exp(-x[:, 0]))
    by_class = KANClassifier(cv=2, random_state=0, class_weight={False: 1, True: 4}).fit(x, labels)
    by_row = KANClassifier(cv=2, random_state=0).fit(x, labels, np.where(labels, 4.0, 1.0))
    assert np.array_equal(by_class.predict_proba(x), by_row.predict_proba(x))
    even = KANClassifier(cv=2, random_state=0, class_weight="balanced").fit(x, labels)
    assert abs(even.predict_proba(x)[labels, 1].mean() - 0.5) < 0.1
    assert even.predict_proba(x)[:, 1].mean() > labels.mean() + 0.1


def test_three_classes_have_shares_that_are_calibrated():
    random = np.random.default_rng(3)
    x = random.normal(size=(900, 2))
    odds = np.stack([x[:, 0], x[:, 1], 0 * x[:, 0]], 1)
    true = np.exp(odds) / np.exp(odds).sum(1, keepdims=True)
    labels = (random.uniform(size=(900, 1)) > true.cumsum(1)).sum(1)
    model = KANClassifier(cv=3, random_state=0).fit(x[:600], labels[:600])
    ours = log_loss(labels[600:], model.predict_proba(x[600:]), labels=[0, 1, 2])
    assert ours < log_loss(labels[600:], true[600:], labels=[0, 1, 2]) + 0.04
    assert model.decision_function(x[:5]).shape == (5, 3)


def test_names_of_columns():
    frame, y = make_frame()
    model = KANRegressor(cv=2, random_state=0).fit(frame, y)
    assert list(model.feature_names_in_) == ["size", "colour"]
    assert model.n_features_in_ == 2
    with pytest.raises(ValueError, match="feature names"):
        model.predict(frame.rename(columns={"size": "length"}))
    with pytest.raises(ValueError, match="feature"):
        model.predict(frame[["size"]])


def test_the_same_table_in_other_packages():
    frame, y = make_frame()
    model = KANRegressor(cv=2, random_state=0)
    expected = model.fit(frame, y).predict(frame)
    arrow = pyarrow.Table.from_pandas(frame)
    assert np.allclose(model.fit(arrow, y).predict(arrow), expected)


def test_the_same_table_in_polars():
    frame, y = make_frame()
    model = KANRegressor(cv=2, random_state=0)
    expected = model.fit(frame, y).predict(frame)
    other = polars.DataFrame({"size": frame["size"].to_list(), "colour": list(frame["colour"])})
    assert np.allclose(model.fit(other, y).predict(other), expected)
    assert r2_score(y, model.predict(other)) > 0.9


@pytest.mark.parametrize("kind", [KANRegressor, KANClassifier, KANSurvival])
def test_what_needs_a_fit_says_so(kind):
    """Every method, whatever it takes."""
    x = np.random.default_rng(0).normal(size=(12, 2))
    y = np.stack([x[:, 0] > 0, np.exp(x[:, 1])], 1) if kind is KANSurvival else x[:, 0] > 0
    known = {"X": x, "y": y, "times": [1.0], "time": 1.0}
    for name, method in inspect.getmembers(kind, inspect.isfunction):
        if name.startswith("_") or "fit" in name or not method.__module__.startswith("edgewise"):
            continue
        needed = list(inspect.signature(method).parameters.values())[1:]
        needed = [p.name for p in needed if p.default is p.empty and p.kind is not p.VAR_KEYWORD]
        with pytest.raises(NotFittedError):
            getattr(kind(), name)(**{argument: known.get(argument, "x") for argument in needed})
