"""What users of scikit-learn do with an estimator: importances, selection, inspection, routing."""

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
import sklearn
from sklearn.compose import make_column_transformer
from sklearn.feature_selection import RFE, SelectFromModel
from sklearn.inspection import PartialDependenceDisplay, partial_dependence, permutation_importance
from sklearn.model_selection import GridSearchCV, cross_validate
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

import edgewise as ew
from edgewise.sklearn import KANClassifier, KANRegressor, KANSurvival

RANDOM = np.random.default_rng(0)
X = pd.DataFrame(RANDOM.normal(size=(300, 4)), columns=list("abcd"))
Y = 3 * X["a"] + X["c"] + 0.1 * RANDOM.normal(size=300)


def make(**arguments):
    return KANRegressor(cv=2, random_state=0, **arguments)


@pytest.fixture(scope="module")
def model():
    return make().fit(X, Y)


def test_importances_are_shares_of_deviations(model):
    found = model.feature_importances_
    assert np.isclose(found.sum(), 1)
    expected = 3 * X["a"].std() / X["c"].std()
    assert np.isclose(found[0] / found[2], expected, rtol=0.03)
    assert found[1] + found[3] < 0.05
    both = make().fit(X, np.stack([Y, 1000 * Y], 1)).feature_importances_
    np.testing.assert_allclose(both, found, rtol=1e-6, atol=1e-9)


def test_importances_are_of_the_tables_own_columns():
    table = X.assign(when=pd.date_range("2020-01-01", periods=300, freq="5D"), t=1.0)
    y = (table["when"].dt.day_of_week >= 5) + X["a"] + np.arange(300) / 100
    model = make().fit(table, y, offset=X["b"].to_numpy())
    assert model.feature_importances_.shape == (6,)
    assert set(np.argsort(model.feature_importances_)[-2:]) == {0, 4}
    named = make().fit(table, y + X["b"], offset="b")
    assert named.feature_importances_[1] == 0


def test_columns_are_selected_by_importance():
    assert RFE(make(), n_features_to_select=2).fit(X, Y).support_.tolist() == [1, 0, 1, 0]
    chosen = SelectFromModel(make(), threshold=0.1).fit(X, Y)
    assert chosen.get_support().tolist() == [True, False, True, False]


def test_inspection_of_scikit_learn_shows_the_curves(model):
    found = partial_dependence(model, X, ["a"], kind="average", grid_resolution=20)
    slope = np.polyfit(found["grid_values"][0], found["average"][0], 1)[0]
    assert abs(slope - 3) < 0.05
    assert PartialDependenceDisplay.from_estimator(model, X, ["a", ("a", "c")], grid_resolution=5)
    order = permutation_importance(model, X, Y, n_repeats=2, random_state=0)
    assert order.importances_mean.argmax() == 0


def test_estimators_are_functions_for_programs_that_explain_functions(model):
    np.testing.assert_array_equal(model(X), model.predict(X))
    classifier = KANClassifier(cv=2, random_state=0).fit(X, Y > 0)
    np.testing.assert_array_equal(classifier(X), classifier.predict_proba(X))


@pytest.mark.parametrize("kind", ["numbers", "factors", "classes"])
def test_contributions_are_the_values_of_shap(kind):
    """Those that SHAP finds by trying all sets of columns, for a model without pairs."""
    shap = pytest.importorskip("shap", reason="needs edgewise[recipes]")
    settings = {"cv": 2, "random_state": 0, "interaction_cst": "no_interactions"}
    if kind == "numbers":
        model = KANRegressor(**settings).fit(X, Y)
    elif kind == "factors":
        model = KANRegressor(**settings, loss="gamma").fit(X, np.exp(Y / 3))
    else:
        model = KANClassifier(**settings).fit(X, Y + RANDOM.logistic(size=300) > 0)
    ask = {
        "numbers": model,
        "factors": lambda x: np.log(model.predict(x)),
        "classes": getattr(model, "decision_function", None),
    }[kind]
    found = shap.Explainer(ask, shap.maskers.Independent(X, max_samples=300))(X[:4], silent=True)
    ours = model.explain_local(X[:4]).to_shap()
    kept = [list(X).index(name) for name in ours.feature_names]
    np.testing.assert_allclose(ours.values, found.values[:, kept], atol=1e-8)
    np.testing.assert_allclose(ours.base_values, found.base_values, atol=1e-8)
    np.testing.assert_array_equal(ours.data.astype(float), X.to_numpy()[:4, kept])


def test_lazy_frames_are_collected_wherever_rows_are_read(model):
    lazy = pl.from_pandas(X).lazy()
    again = make().fit(lazy, Y)
    np.testing.assert_array_equal(again.predict(lazy), model.predict(X))
    assert again.score(lazy, Y) == model.score(X, Y)
    local = again.explain_local(lazy)
    np.testing.assert_array_equal(local.parts, model.explain_local(X).parts)
    scores = again.explain_global(X=lazy, y=Y, folds=2).scores
    assert scores == model.explain_global(X=X, y=Y, folds=2).scores
    feeds = [ew.export.feed_onnx(ew.export.to_onnx(again), again, rows) for rows in (lazy, X)]
    assert all(np.array_equal(feeds[0][name], feeds[1][name]) for name in feeds[1])
    edited = again.edit("a", "flatten", X=lazy, y=Y)
    assert edited.edits_
    assert edited.edits_[0].after > edited.edits_[0].before


def as_duckdb(frame):
    return pytest.importorskip("duckdb", reason="needs duckdb").from_df(frame)


@pytest.mark.parametrize(
    "convert",
    [
        lambda frame: frame,
        pl.from_pandas,
        lambda frame: pl.from_pandas(frame).lazy(),
        pa.Table.from_pandas,
        as_duckdb,
    ],
    ids=["pandas", "polars", "lazy", "arrow", "duckdb"],
)
def test_target_and_weights_may_be_columns_of_the_table(convert):
    weight = RANDOM.integers(1, 3, 300)
    expected = make().fit(X, Y, weight).predict(X)
    table = convert(X.assign(w=weight, y=Y))
    for weights in ("w", weight):
        whole = table if weights is not weight else convert(X.assign(y=Y))
        found = make().fit(whole, "y", weights)
        assert np.array_equal(found.predict(convert(X)), expected)
    classes = convert(X.assign(y=np.where(Y > 0, "up", "down")))
    model = KANClassifier(cv=2, random_state=0).fit(classes, "y")
    assert model.classes_.tolist() == ["down", "up"]
    for wrong in (table, X.to_numpy()):
        with pytest.raises(ValueError, match="the name of a column of the table as y"):
            make().fit(wrong, "price")


def test_logarithms_of_probabilities_are_finite():
    x = RANDOM.normal(size=(300, 1))
    y = RANDOM.uniform(size=300) < 1 / (1 + np.exp(-x[:, 0]))
    one = KANClassifier(cv=2, random_state=0).fit(x, y, offset=np.zeros(300))
    np.testing.assert_allclose(np.exp(one.predict_log_proba(x)), one.predict_proba(x), rtol=1e-12)
    far = np.full(300, 2000.0)
    sums = one.decision_function(x, far)
    np.testing.assert_allclose(one.predict_log_proba(x, far), np.stack([-sums, 0 * sums], 1))
    three = KANClassifier(cv=2, random_state=0).fit(x, np.digitize(x[:, 0], [-0.5, 0.5]))
    logs = three.predict_log_proba(x)
    np.testing.assert_allclose(np.exp(logs), three.predict_proba(x), rtol=1e-12)


def test_frames_go_through_pipelines(model):
    scale = make_column_transformer((StandardScaler(), ["a"]), remainder="passthrough")
    pipeline = make_pipeline(scale, make()).set_output(transform="pandas").fit(X, Y)
    assert pipeline[-1].feature_names_in_.tolist() == [
        "standardscaler__a", "remainder__b", "remainder__c", "remainder__d",
    ]  # fmt: skip
    np.testing.assert_allclose(pipeline.predict(X), model.predict(X), atol=1e-4)


def test_exposure_is_routed_to_fit_and_score():
    years = RANDOM.uniform(0.2, 4, 300)
    counts = RANDOM.poisson(years * np.exp(X["a"]))
    with sklearn.config_context(enable_metadata_routing=True):
        model = make(loss="poisson").set_fit_request(exposure=True)
        model.set_score_request(exposure=True)
        search = GridSearchCV(model, {"exclude": [(), ("a",)]}, cv=2)
        search.fit(X, counts, exposure=years)
        assert search.best_params_ == {"exclude": ()}
        found = cross_validate(model, X, counts, params={"exposure": years}, cv=2)
    assert found["test_score"].min() > 0.4


# Offsets of classes.


def test_an_offset_of_classes_is_known_log_odds(tmp_path):
    before = RANDOM.normal(size=2000)
    x = RANDOM.normal(size=(2000, 1))
    y = RANDOM.uniform(size=2000) < 1 / (1 + np.exp(-2 * before - x[:, 0]))
    model = KANClassifier(cv=2, random_state=0).fit(x, y, offset=2 * before)
    grid = np.linspace(-1.5, 1.5, 7)[:, None]
    assert np.abs(model.decision_function(grid) - grid[:, 0]).max() < 0.3
    shift = model.decision_function(x, offset=before) - model.decision_function(x)
    np.testing.assert_allclose(shift, before, atol=1e-12)
    assert model.score(x, y, offset=2 * before) > model.score(x, y) + 0.1
    assert model.predict_set(x, offset=before).any(1).all()
    ew.save(model, tmp_path / "model.safetensors")
    again = ew.load(tmp_path / "model.safetensors")
    shares = model.predict_proba(x, offset=before)
    np.testing.assert_array_equal(again.predict_proba(x, offset=before), shares)
    frame = pd.DataFrame({"x": x[:, 0], "known": 2 * before})
    named = KANClassifier(cv=2, random_state=0).fit(frame, y, offset="known")
    np.testing.assert_allclose(named.predict_proba(frame), model.predict_proba(x, 2 * before))


def test_calibration_leaves_an_offset_as_it_is():
    """Where nothing but the offset tells the class, its factor stays 1 and log odds its own."""
    before = 2 * RANDOM.normal(size=1500)
    y = RANDOM.uniform(size=1500) < 1 / (1 + np.exp(-before))
    noise = RANDOM.normal(size=(1500, 2))
    model = KANClassifier(cv=3, random_state=0).fit(noise, y, offset=before)
    assert np.abs(model.decision_function(noise, before) - before).mean() < 0.2


def test_offsets_of_more_than_two_classes_are_refused():
    with pytest.raises(ValueError, match="offset expected two classes, got 3"):
        KANClassifier(cv=2).fit(X, np.arange(300) % 3, offset=np.ones(300))


@pytest.mark.parametrize(
    ("settings", "given", "words"),
    [
        ({"exclude": "a"}, {}, "exclude expected a list of columns, got 'a'"),
        ({"exclude": len}, {}, "exclude expected a list of columns, got <built-in"),
        ({"categorical_features": len}, {}, "categorical_features expected a list of columns"),
        ({"interaction_cst": len}, {}, "interaction_cst expected a list of columns"),
        ({"interaction_cst": [len]}, {}, "interaction_cst expected a list of columns"),
        ({"loss": "poisson"}, {"exposure": len}, "exposure expected numbers, got"),
        ({"loss": "poisson"}, {"offset": len}, "offset expected numbers, got"),
        ({}, {"sample_weight": len}, "sample_weight expected numbers, got"),
        ({}, {"sample_weight": ["1"] * 20}, "sample_weight expected numbers"),
    ],
)
def test_functions_and_texts_where_columns_or_numbers_are_wanted(settings, given, words):
    table = pd.DataFrame({"a": np.arange(20.0), "b": np.arange(20) % 3})
    with pytest.raises(ValueError, match=words):
        KANRegressor(cv=2, **settings).fit(table, np.arange(20.0), **given)


@pytest.mark.parametrize(
    ("y", "given", "words"),
    [
        (
            pd.DataFrame({"e": ["yes", "no"] * 10, "t": 1.0 + np.arange(20)}),
            {},
            "expected events that are true .* got yes in row 0",
        ),
        (
            pd.DataFrame({"e": [True, False] * 10, "t": ["1"] * 20}),
            {},
            "expected times that are numbers .* such as .1.",
        ),
        (np.stack([np.ones(20), 1.0 + np.arange(20)], 1), {"entry": len}, "entry expected numbers"),
        (np.zeros((0, 2)), {}, "at least one row"),
    ],
)
def test_lives_that_are_none(y, given, words):
    with pytest.raises(ValueError, match=words):
        KANSurvival(cv=2).fit(np.arange(float(len(y)))[:, None], y, **given)


@pytest.mark.parametrize("first", ["a", 1])
def test_classes_of_two_kinds_are_named(first):
    y = np.array([first, "a", 1, 2.5] * 5, dtype=object)
    with pytest.raises(ValueError, match="of one kind in y, got float and int and str: write all"):
        KANClassifier(cv=2).fit(np.arange(20.0)[:, None], y)


def test_rows_in_another_order_by_their_labels_are_pointed_out():
    """They go by position, as in scikit-learn."""
    random = np.random.default_rng(0)
    x = pd.DataFrame(random.normal(size=(60, 2)), columns=["a", "b"]).sample(frac=1, random_state=0)
    y = x["a"].sort_index()
    told = "the rows of {} have the labels of X in another order, such as .* go by position"
    with pytest.warns(UserWarning, match=told.format("y")) as caught:
        model = make().fit(x, y)
    assert [warning.filename for warning in caught] == [__file__]
    np.testing.assert_array_equal(model.predict(x), make().fit(x, y.to_numpy()).predict(x))
    with pytest.warns(UserWarning, match=told.format("sample_weight")):
        make().fit(x, y.loc[x.index], sample_weight=y.abs())
    known = make().fit(x, y.loc[x.index], offset=x["b"])
    with pytest.warns(UserWarning, match=told.format("offset")):
        known.predict(x, offset=x["b"].sort_index())
    with pytest.warns(UserWarning, match=told.format("y")):
        make().partial_fit(x, y)
    lives = pd.DataFrame({"event": y > 0, "time": 1 + y.abs()})
    with pytest.warns(UserWarning, match=told.format("y")):
        KANSurvival(cv=2, random_state=0).fit(x, lives)


@pytest.mark.parametrize(
    "labels", [range(100, 160), [0] * 60, [f"row {k}" for k in range(60)]], ids=str
)
def test_other_labels_of_rows_say_nothing(labels):
    x = pd.DataFrame(np.random.default_rng(0).normal(size=(60, 2)), columns=["a", "b"])
    make().fit(x, pd.Series(x["a"].to_numpy(), index=labels))


def test_no_interactions_may_be_asked_for_as_none():
    x = np.random.default_rng(0).uniform(-1, 1, (300, 2))
    y = 3 * x[:, 0] * x[:, 1]
    assert len(make().fit(x, y).explain_global().effects["y"]) == 3
    model = make(interactions=None).fit(x, y)
    assert {len(effect.key) for effect in model.explain_global().effects["y"]} <= {1}
    held = make(interaction_cst="no_interactions").fit(x, y)
    np.testing.assert_array_equal(model.predict(x), held.predict(x))


def test_the_target_may_be_a_column_of_the_table_wherever_targets_are_read():
    table = X.assign(price=Y, cheap=Y < 0)
    model = make().fit(table.drop(columns="cheap"), "price")
    assert model.score(table.drop(columns="cheap"), "price") == model.score(X, Y)
    weight = Y.abs()
    weighed = model.score(X.assign(price=Y, w=weight), "price", sample_weight="w")
    assert weighed == model.score(X, Y, weight)
    classes = KANClassifier(cv=2, random_state=0).fit(X.assign(cheap=Y < 0), "cheap")
    assert classes.score(X.assign(cheap=Y < 0), "cheap") == classes.score(X, Y < 0)
    told = model.explain_global(X=X.assign(price=Y), y="price", folds=2)
    assert told.scores == model.explain_global(X=X, y=Y, folds=2).scores
    first = make().partial_fit(X.assign(price=Y), "price").partial_fit(X.assign(price=Y), "price")
    second = make().partial_fit(X, Y).partial_fit(X, Y)
    np.testing.assert_array_equal(first.predict(X), second.predict(X))
    with pytest.raises(ValueError, match=r"name of a column of the table as y .* got 'cost'"):
        model.score(X, "cost")
