"""Classifiers of several labels: one model a label, in the shapes of scikit-learn."""

import pickle
import sqlite3
import warnings
from contextlib import closing

import numpy as np
import pandas as pd
import pytest
from scipy import sparse
from sklearn.model_selection import cross_val_predict, cross_validate
from sklearn.multioutput import MultiOutputClassifier

import edgewise as ew
from edgewise.additive import sample
from edgewise.additive.outputs import find_output
from edgewise.additive.readings import write_share
from edgewise.sklearn import KANClassifier, KANRegressor, targets
from edgewise.sklearn.targets import warn_of_numbers

NAMES = ["rain", "wind", "snow"]


def draw(rows, seed):
    """A table, and a frame of labels of different kinds."""
    g = np.random.default_rng(seed)
    x = pd.DataFrame(g.normal(size=(rows, 3)), columns=list("abc"))
    noise = g.logistic(size=(3, rows))
    labels = {
        "rain": (2 * x["a"] + np.sin(2 * x["b"]) + noise[0] > 0).astype(int),
        "wind": 2 * x["c"] + noise[1] > 0,
        "snow": (x["a"] + x["b"] + noise[2] > 2).astype(float),
    }
    return x, pd.DataFrame(labels)


X, Y = draw(500, 0)


def make(**arguments):
    return KANClassifier(cv=2, random_state=0, **arguments)


@pytest.fixture(scope="module")
def model():
    return make().fit(X, Y)


def test_each_label_is_what_an_estimator_of_it_alone_is(model):
    assert model.predict(X).shape == model.predict_proba(X).shape == (500, 3)
    for k, name in enumerate(NAMES):
        alone = make().fit(X, Y[name])
        np.testing.assert_array_equal(model.predict_proba(X)[:, k], alone.predict_proba(X)[:, 1])
        np.testing.assert_array_equal(model.predict(X)[:, k], alone.predict(X))
        np.testing.assert_array_equal(model.decision_function(X)[:, k], alone.decision_function(X))
        np.testing.assert_array_equal(model.predict_set(X)[:, k], alone.predict_set(X))
    logs = model.predict_log_proba(X)
    np.testing.assert_allclose(np.exp(logs), model.predict_proba(X), rtol=1e-12)
    right = (model.predict(X) == Y.to_numpy()).all(1)
    assert model.score(X, Y) == right.mean() > 0.3


def test_scorers_of_scikit_learn_understand_labels():
    y = Y.iloc[:, :2].astype(int)  # of two labels scikit-learn might take one for a class
    found = cross_validate(make(), X, y, cv=2, scoring=["roc_auc", "average_precision", "f1_macro"])
    assert found["test_roc_auc"].min() > 0.75
    shares = cross_val_predict(make(), X, y, cv=2, method="predict_proba")
    several = MultiOutputClassifier(make())
    theirs = cross_val_predict(several, X, y, cv=2, method="predict_proba")
    np.testing.assert_array_equal(shares, np.stack([each[:, 1] for each in theirs], 1))


def test_labels_may_be_lists_frames_and_sparse_matrices(model):
    expected = model.predict_proba(X)
    y = Y.astype(int).to_numpy()
    for given in (y.tolist(), sparse.csr_array(y), y.astype(bool)):
        again = make().fit(X, given)
        np.testing.assert_array_equal(again.predict_proba(X), expected)
    assert again.predict(X).dtype == bool


def test_sets_of_fresh_rows_hold_the_true_label():
    x, y = draw(4000, 1)
    sets = make().fit(*draw(1500, 2)).predict_set(x, coverage=0.8)
    assert sets.shape == (4000, 3, 2)
    held = np.take_along_axis(sets, y.to_numpy(dtype=int)[..., None], 2)[..., 0]
    assert np.abs(held.mean(0) - 0.8).max() < 0.05


def test_contributions_add_up_for_each_label(model):
    local = model.explain_local(X)
    assert local.outputs == NAMES
    sums = local.base + local.parts.sum(1)
    np.testing.assert_allclose(sums, model.decision_function(X), atol=1e-9)
    np.testing.assert_array_equal(local.predictions, model.predict_proba(X))
    first, *_ = local.reasons(1)
    assert [len(each) for each in first] == [1, 1, 1]
    sets = model.predict_set(X)
    row = int(np.flatnonzero(sets[:, 2].sum(1) == 1)[0])
    only = "snow" if sets[row, 2, 1] else "not snow"
    assert local.waterfall(row, "snow").spread == f"Only “{only}” is possible at 90 %."


@pytest.mark.parametrize("kind", ["labels", "shares"])
def test_a_page_has_every_label_of_a_row(kind, model):
    """Labels aren't classes, of which a page shows the likeliest one."""
    if kind == "shares":
        shares = pd.DataFrame(model.predict_proba(X), columns=NAMES)
        model = KANRegressor(loss="binomial", cv=2, random_state=0).fit(X, shares)
    local = model.explain_local(X)
    text = local.html([0])
    share = dict(zip(NAMES, local.predictions[0], strict=True))
    for k in range(3):
        assert local.waterfall(0, NAMES[k]).headline in text
    assert "Why these predictions of rain, wind, snow" in text
    for page in (text, model.explain_global().html()):
        assert "Positive values raise the probability of a target" in page
    chart = local.waterfall(0, "wind").chart(3)
    assert chart.rows[-1].detail == write_share(share["wind"])


def test_an_edit_changes_one_label(model, tmp_path):
    edited = model.edit("a", "flatten", output="rain", X=X, y=Y)
    (edit,) = edited.edits_
    assert edit.after > edit.before
    changed = (edited.predict_proba(X) != model.predict_proba(X)).any(0)
    assert changed.tolist() == [True, False, False]
    ew.save(edited, tmp_path / "model.safetensors")
    for again in (ew.load(tmp_path / "model.safetensors"), pickle.loads(pickle.dumps(edited))):
        np.testing.assert_array_equal(again.predict_proba(X), edited.predict_proba(X))
        np.testing.assert_array_equal(again.predict_set(X), edited.predict_set(X))
        np.testing.assert_array_equal(again.predict(X), edited.predict(X))
        assert again.undo().explain_local(X).outputs == NAMES


def test_programs_have_all_labels_under_their_names(model):
    expected = {f"prediction_{name}": model.predict_proba(X)[:, k] for k, name in enumerate(NAMES)}
    sets = model.predict_set(X, 0.8)
    for k, name in enumerate(NAMES):
        expected |= {f"in_set_{name}_{value}": sets[:, k, value] for value in (0, 1)}
    local = model.explain_local(X)
    for k, name in enumerate(NAMES):
        expected[f"effect of (base) on {name}"] = np.full(len(X), local.base[k])
        for j, column in enumerate(local.names):
            expected[f"effect of {column} on {name}"] = local.parts[:, j, k]
    with closing(sqlite3.connect(":memory:")) as base:
        X.to_sql("data", base, index_label="id")
        found = pd.read_sql(model.to_sql(keep=["id"], coverage=0.8, contributions=True), base)
    found = found.sort_values("id").set_index("id")
    assert set(found) == set(expected)
    for title, values in expected.items():
        np.testing.assert_allclose(found[title].to_numpy(), values.astype(float), atol=1e-9)
    exec(model.to_python(coverage=0.8), space := {})
    assert space["OUTPUTS"] == NAMES
    told = [space["predict_set"](row) for row in X[:50].to_dict("records")]
    assert told == [[np.flatnonzero(own).tolist() for own in row] for row in sets[:50]]


def test_quality_is_measured_beside_other_models(model):
    scores = model.explain_global(X=X, y=Y, folds=2).scores
    means = {name: float(text.split()[0]) for name, text in scores.items()}
    assert means["mean AUC of the labels on unseen rows"] > 0.75
    assert means["mean AUC of the labels, linear model"] > 0.75
    assert means["rows with every label right"] > 0.3


def test_weights_of_classes_are_of_each_label_alone():
    balanced = make(class_weight="balanced").fit(X, Y)
    alone = make(class_weight="balanced").fit(X, Y["snow"])
    np.testing.assert_array_equal(balanced.predict(X)[:, 2], alone.predict(X))
    assert balanced.predict(X)[:, 2].mean() > make().fit(X, Y).predict(X)[:, 2].mean() + 0.1


def test_a_table_in_parts_has_several_labels(monkeypatch):
    monkeypatch.setattr(sample, "SAMPLE_ROWS", 800)
    x, y = draw(3600, 3)
    frame = pd.concat([x, y.astype(int)], axis=1)
    batches = [frame[k : k + 900] for k in range(0, 3600, 900)]
    parts, whole = make().fit(batches, NAMES), make().fit(x, y)
    few = make().fit(x[:800], y[:800])
    away = [np.abs(m.predict_proba(x) - whole.predict_proba(x)).mean(0) for m in (parts, few)]
    assert (away[0] < 0.7 * away[1]).all(), away
    assert parts.explain_local(x[:1]).outputs == NAMES


def test_errors_name_the_label():
    with pytest.raises(ValueError, match="of the label snow, got one class"):
        make().fit(X, Y.assign(snow=0))
    with pytest.raises(ValueError, match="0 and 1 of several labels, got 2 columns"):
        make().fit(X, np.stack([np.arange(500) % 3, np.arange(500) % 2], 1))
    with pytest.raises(ValueError, match="the same one for every label, got a list of 3"):
        make(class_weight=[{0: 1, 1: 2}] * 3).fit(X, Y)
    with pytest.raises(ValueError, match="MultiOutputClassifier"):
        make().fit(X, Y.astype(object).mask(np.arange(1500).reshape(500, 3) == 7))


def test_labels_of_the_same_name_are_told_apart():
    y = pd.DataFrame(Y.iloc[:, :2].astype(int).to_numpy(), columns=["rain", "rain"])
    assert make().fit(X, y).explain_local(X[:1]).outputs == ["y0", "y1"]


def test_what_labels_do_not_have_is_refused(model):
    with pytest.raises(AttributeError, match="model_ expected one label, got 3"):
        _ = model.model_
    with pytest.raises(ValueError, match="expected 500 rows of 3 labels in y, got 500 of 2"):
        ew.explore(model, X, Y[NAMES[:2]])


@pytest.mark.parametrize(("given", "name"), [(None, "1"), ("2", "2"), (2, "2"), ("1", "1")])
def test_an_output_goes_by_its_name(given, name):
    assert find_output(given, ["1", "2"]) == name
    with pytest.raises(KeyError, match="expected one of 1, 2, got 3"):
        find_output(3, ["1", "2"])


@pytest.mark.parametrize("kind", [int, float])
def test_many_different_numbers_as_classes_are_warned_of(kind):
    with pytest.warns(UserWarning, match="101 different numbers.* use KANRegressor"):
        warn_of_numbers(np.arange(101, dtype=kind))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        warn_of_numbers(np.arange(100))
        warn_of_numbers(np.arange(999).astype(str))


def test_a_fit_warns_of_them_before_it_begins(monkeypatch):
    monkeypatch.setattr(targets, "MANY_NUMBERS", 3)
    random = np.random.default_rng(0)
    with pytest.warns(UserWarning, match="4 different numbers"):
        KANClassifier(random_state=0).fit(random.normal(size=(40, 1)), np.arange(40) % 4)
