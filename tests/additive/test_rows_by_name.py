"""Targets, weights, entries and exposures by the name of a column, or beside the table."""

import pickle

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import edgewise as ew
from edgewise.sklearn import KANClassifier, KANRegressor, KANSurvival, merge, without_rows

RANDOM = np.random.default_rng(0)
X = pd.DataFrame(RANDOM.normal(size=(200, 2)), columns=["a", "b"])
Y = (X["a"] + X["b"] ** 2 + RANDOM.normal(0, 0.3, 200)).to_numpy()
EXPOSURE = RANDOM.uniform(0.3, 3, 200)
WHOLE = X.assign(y=Y, w=RANDOM.uniform(0.5, 2, 200))


@pytest.fixture(scope="module")
def named():
    return KANRegressor(random_state=0).fit(WHOLE, "y", "w")


@pytest.fixture(scope="module")
def rates():
    """Of counts, with an exposure for each row."""
    counts = RANDOM.poisson(EXPOSURE * np.exp(0.8 * X["a"]))
    model = KANRegressor(loss="poisson", interactions=None, random_state=0)
    return model.fit(X, counts, exposure=EXPOSURE), counts


def as_they_come():
    frame = pl.from_pandas(WHOLE)
    return [WHOLE, frame, frame.lazy(), pa.Table.from_pandas(WHOLE), WHOLE.drop(columns="w")]


@pytest.mark.parametrize("table", as_they_come(), ids=lambda table: type(table).__name__)
def test_every_verb_takes_the_table_that_the_fit_took(named, table, tmp_path):
    np.testing.assert_array_equal(named.predict(table), named.predict(X))
    np.testing.assert_array_equal(named.predict_interval(table), named.predict_interval(X))
    assert named.score(table, "y") == pytest.approx(named.score(X, Y), abs=1e-12)
    assert (named.explain_local(table).frame() == named.explain_local(X).frame()).all(axis=None)
    assert named.outside(table).shape == (200, 2)
    ew.save(named, tmp_path / "model")
    for model in (ew.load(tmp_path / "model"), pickle.loads(pickle.dumps(named))):
        np.testing.assert_array_equal(model.predict(table), named.predict(X))


def test_other_columns_than_those_are_refused(named):
    with pytest.raises(ValueError, match="unseen at fit time"):
        named.predict(WHOLE.assign(c=1.0))
    with pytest.raises(ValueError, match="unseen at fit time"):
        KANRegressor(random_state=0).fit(X, Y).predict(WHOLE)


@pytest.mark.parametrize("change", [lambda x: x[["b", "a"]], lambda x: x.assign(c=1.0)])
def test_a_remedy_puts_columns_in_order_and_leaves_out_others(named, change):
    with pytest.raises(ValueError, match=r"X\[list\(model.feature_names_in_\)\] has"):
        named.predict(change(X))
    again = change(X)[list(named.feature_names_in_)]
    np.testing.assert_array_equal(named.predict(again), named.predict(X))


def test_missing_columns_may_be_added_without_values(named):
    with pytest.raises(ValueError, match="now missing:\n- b\nRename columns, or add them"):
        named.predict(X[["a"]])
    assert np.isfinite(named.predict(X[["a"]].assign(b=np.nan))).all()


@pytest.mark.parametrize("rows", [{"a": 1.0, "b": 2.0}, [{"a": 1.0, "b": 2.0}]])
def test_dicts_are_rows_of_a_frame(named, rows):
    with pytest.raises(ValueError, match=r"pass pd.DataFrame\(rows\)"):
        named.predict(rows)
    assert named.predict(pd.DataFrame([{"a": 1.0, "b": 2.0}])).shape == (1,)


def test_edits_are_measured_on_rows_by_name(named):
    beside = named.edit("a", "flatten", X=X, y=Y, sample_weight=WHOLE["w"])
    by_name = named.edit("a", "flatten", X=WHOLE, y="y", sample_weight="w")
    assert by_name.edits_ == beside.edits_
    assert by_name.edits_[0].rows == 200
    assert named.replay(by_name.edits_, WHOLE, "y", "w").edits_ == beside.edits_
    assert ew.explore(named, WHOLE, "y").html() == ew.explore(named, X, Y).html()


def test_several_targets_have_a_list_of_names():
    table = X.assign(p=Y, q=-Y)
    both = KANRegressor(interactions=None, random_state=0).fit(table, ["p", "q"])
    assert list(both.feature_names_in_) == ["a", "b"]
    assert both.score(table, ["p", "q"]) == pytest.approx(both.score(X, np.c_[Y, -Y]), abs=1e-12)
    labels = KANClassifier(interactions=None).fit(X, list(np.where(Y > 0, "a", "b")))
    assert labels.classes_.tolist() == ["a", "b"]  # as often as rows, so they are classes


def test_times_and_entries_have_names():
    time, entry = RANDOM.exponential(np.exp(-X["a"])), RANDOM.uniform(0, 0.01, 200)
    seen = pd.DataFrame({"death": RANDOM.uniform(size=200) < 0.8, "months": time + entry})
    table = pd.concat([X, seen], axis=1).assign(start=entry)
    names = ["death", "months"]
    by_name = KANSurvival(random_state=0).fit(table, names, entry="start")
    beside = KANSurvival(random_state=0).fit(X, seen, entry=entry)
    np.testing.assert_array_equal(by_name.predict(table), beside.predict(X))
    assert by_name.score(table, names, entry="start") == beside.score(X, seen, entry=entry)
    told = by_name.calibration(table, names, 0.5, entry="start")
    assert told.equals(beside.calibration(X, seen, 0.5, entry=entry))
    one = by_name.edit("a", "flatten", X=table, y=names, entry="start").edits_[0]
    other = beside.edit("a", "flatten", X=X, y=seen, entry=entry).edits_[0]
    assert (one.before, one.after) == (other.before, other.after)
    (again,) = by_name.replay([one], table, names, entry="start").edits_
    assert again.after == one.after


@pytest.fixture(scope="module")
def late():
    """Rows that come late, with the entry in the table, and a model that was told its name."""
    time, entry = RANDOM.exponential(np.exp(-X["a"])), RANDOM.uniform(0, 1, 200)
    seen = {"death": RANDOM.uniform(size=200) < 0.8, "months": time, "start": entry}
    table = X.assign(**seen)[time > entry]
    return table, KANSurvival(cv=2, random_state=0).fit(table, ["death", "months"], entry="start")


def test_without_an_entry_verbs_read_the_column_of_the_fit(late, tmp_path):
    table, model = late
    names, later = ["death", "months"], {"entry": "start"}
    ew.save(model, tmp_path / "model")
    for one in (model, ew.load(tmp_path / "model"), pickle.loads(pickle.dumps(model))):
        assert one.score(table, names) == model.score(table, names, **later)
        assert one.score(table, table[names]) == model.score(table, names, **later)
        told = one.calibration(table, names, 0.5)
        assert told.equals(model.calibration(table, names, 0.5, **later))
    assert model.score(table, names) != model.score(table, names, entry=np.zeros(len(table)))
    both = ({}, later)
    edits = [model.edit("a", "flatten", X=table, y=names, **known).edits_ for known in both]
    assert edits[0] == edits[1]
    pages = [model.explain_global(X=table, y=names, folds=2, **known).html() for known in both]
    assert pages[0] == pages[1]


def test_late_rows_without_their_entry_are_told_of(late):
    table, _ = late
    seen, entry = table[["death", "months"]], table["start"].to_numpy()
    rows = table[["a", "b"]]
    model = KANSurvival(cv=2, random_state=0).fit(rows, seen, entry=entry)
    with pytest.warns(UserWarning, match=r"expected entry=, for in the fit rows came .* late"):
        model.score(rows, seen)
    model.score(rows, seen, entry=np.zeros(len(rows)))  # no warning, which would be an error here


def test_a_brier_score_refuses_rows_that_came_late(late):
    table, model = late
    names, times = ["death", "months"], np.array([0.7, 0.9])
    for measure in (model.brier_score, model.integrated_brier_score):
        with pytest.raises(ValueError, match=r"rows at risk from the start, got .* later 'start'"):
            measure(table, names, times)
    early = table.assign(start=0.0)
    assert 0 < model.integrated_brier_score(early, names, times) < 1


def test_the_loss_of_rows_that_came_late_is_of_the_time_since():
    """-log of f(t) / S(entry), up to what doesn't depend on the model."""
    time, entry = RANDOM.exponential(size=200), RANDOM.uniform(0, 2, 200)
    seen = pd.DataFrame({"event": RANDOM.uniform(size=200) < 0.8, "time": time + entry})
    model = KANSurvival(random_state=0).fit(X, seen, entry=entry)
    one = model.edit("a", "flatten", X=X, y=seen, entry=entry).edits_[0]
    risk = np.exp(model.predict(X))
    start, gone, half, whole = (
        model.predict_cumulative_hazard_function(X[:1], at)[0] / risk[0]
        for at in (entry, seen["time"], [0.5], [1.0])
    )
    logs = np.log(risk * (whole - half) / 0.5)  # the hazard hardly changes with time here
    left = risk * (gone - start) - seen["event"] * logs
    assert one.before == pytest.approx(left.mean(), abs=0.05)


def test_rows_are_explained_and_edited_at_their_exposure(rates):
    model, counts = rates
    parts = model.explain_local(X, exposure=EXPOSURE).frame().drop(columns="(prediction)")
    np.testing.assert_allclose(parts.prod(axis=1), model.predict(X, exposure=EXPOSURE))
    edited = model.edit("b", "flatten", X=X, y=counts, exposure=EXPOSURE)
    left = 1 - model.score(X, counts, exposure=EXPOSURE)
    assert edited.edits_[0].before == pytest.approx(left, rel=1e-12)
    with pytest.warns(UserWarning, match="pass exposure="):
        assert model.score(X, counts) < 0.9 * model.score(X, counts, exposure=EXPOSURE)
    with pytest.raises(ValueError, match="edit expected no entry"):
        model.edit("b", "flatten", X=X, y=counts, entry=EXPOSURE)


def test_exposures_that_are_not_known_are_counted(rates):
    model, _ = rates
    exposure = EXPOSURE.copy()
    exposure[[7, 9]] = np.nan
    with pytest.raises(ValueError, match=r"of 200 rows, got nan in 2 of them, the first .* row 7:"):
        model.predict(X, exposure=exposure)
    with pytest.raises(ValueError, match=r"got an array of shape \(199,\)"):
        model.predict(X, exposure=EXPOSURE[1:])


def test_the_explorer_takes_offsets_of_rows():
    known = KANRegressor(interactions=None, random_state=0).fit(X, Y + EXPOSURE, offset=EXPOSURE)
    assert ew.explore(known, X).html()
    with pytest.raises(ValueError, match="expected offset= with y"):
        ew.explore(known, X, Y + EXPOSURE)
    assert ew.explore(known, X, Y + EXPOSURE, offset=EXPOSURE).html()
    table = X.assign(known=EXPOSURE)
    column = KANRegressor(interactions=None, random_state=0).fit(
        table, Y + EXPOSURE, offset="known"
    )
    assert ew.explore(column, table, Y + EXPOSURE).html()


@pytest.mark.parametrize("loss", ["squared_error", "lognormal"])
def test_rows_that_come_later_have_offsets_too(loss):
    y = Y if loss == "squared_error" else np.exp(0.3 * Y)
    known = RANDOM.normal(size=200)
    moved = y + known if loss == "squared_error" else y * np.exp(known)
    start = KANRegressor(loss=loss, interactions=None, random_state=0)
    start.partial_fit(X[:100], moved[:100], offset=known[:100])
    other = without_rows(start).partial_fit(X[100:], moved[100:], offset=known[100:])
    both = merge([start, other]).predict(X, offset=known)
    start.partial_fit(X[100:], moved[100:], offset=known[100:])
    np.testing.assert_allclose(both, start.predict(X, offset=known), rtol=1e-9)
    plain = KANRegressor(loss=loss, interactions=None, random_state=0)
    plain.partial_fit(X[:100], y[:100]).partial_fit(X[100:], y[100:])
    np.testing.assert_allclose(start.predict(X), plain.predict(X), rtol=0.1, atol=0.1)
    with pytest.raises(ValueError, match="offset= of every table"):
        start.partial_fit(X, moved)


def test_an_exposure_of_later_rows_may_be_a_column():
    table = X.assign(y=EXPOSURE * np.exp(0.3 * Y), years=EXPOSURE)
    model = KANRegressor(loss="lognormal", interactions=None, random_state=0)
    for some in (table[:100], table[100:]):
        model.partial_fit(some, "y", exposure="years")
    twice = table.assign(years=2 * EXPOSURE)
    np.testing.assert_allclose(model.predict(twice), 2 * model.predict(table), rtol=1e-12)
    with pytest.raises(ValueError, match="of the first table, got 'a'"):
        model.partial_fit(table, "y", exposure="a")
    with pytest.raises(ValueError, match="no exposure with loss='squared_error'"):
        KANRegressor().partial_fit(table, "y", exposure="years")


def test_later_rows_forget_edits_with_a_warning():
    model = KANRegressor(interactions=None, random_state=0).partial_fit(X[:100], Y[:100])
    edited = model.edit("a", "flatten")
    with pytest.warns(UserWarning, match="1 edits of the estimator aren't made again: replay"):
        more = merge([edited, without_rows(model).partial_fit(X[100:], Y[100:])])
    assert more.replay(edited.edits_).edits_ == edited.edits_


def test_rows_of_weight_0_are_not_of_the_fit():
    table, weight = X.assign(level=np.where(np.arange(200) < 50, "old", "new")), np.ones(200)
    table.loc[:49, "a"], weight[:50] = 1e3, 0.0
    outside = KANRegressor(interactions=None, random_state=0).fit(table, Y, weight).outside(table)
    assert outside[:50, [0, 2]].all()
    assert not outside[50:].any()
