"""Edits do what they say, cost what they say, can be undone, and travel with the model."""

import pickle

import numpy as np
import pandas as pd
import pytest
from made_up_tables import make_table
from sklearn.metrics import log_loss, mean_squared_error

from edgewise.sklearn import KANClassifier, KANRegressor

TABLE, TOTAL, RANDOM = make_table()
NOISE = RANDOM.normal(size=len(TABLE))
Y = 10 * TOTAL + NOISE - 20
FACTORS = np.exp(5 + 0.4 * TOTAL) + NOISE
CLASSES = np.digitize(TOTAL + NOISE, [-1, 1])


@pytest.fixture(scope="module")
def model():
    return KANRegressor(random_state=0, cv=3).fit(TABLE, Y)


def effects(model, output=None, table=TABLE):
    return model.explain_local(table).frame(output)


def check_others(before, after, *edited):
    """Nothing but the edited effects has changed."""
    for name in before.columns.difference([*edited, "(prediction)", "(log odds)"]):
        np.testing.assert_allclose(after[name], before[name], rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("name", ["a", "b", "c", "d"])
def test_flatten_takes_an_effect_away(model, name):
    edited = model.edit(name, "flatten")
    before, after = effects(model), effects(edited)
    assert name not in after
    np.testing.assert_allclose(
        after["(prediction)"], before["(prediction)"] - before[name], rtol=1e-10, atol=1e-10
    )
    assert edited.explain_global().unused == [name] or name == "c" or name == "d"


def test_flatten_takes_a_pair_away_in_either_order(model):
    (pair, *_) = [e.names for e in model.explain_global().effects["y"] if e.kind == "pair"]
    for names in (pair, pair[::-1]):
        edited = model.edit(names, "flatten")
        assert " × ".join(pair) not in effects(edited)
        check_others(effects(model).drop(columns=" × ".join(pair)), effects(edited))


@pytest.mark.parametrize("name", ["a", "b", "c", "d"])
@pytest.mark.parametrize("limits", [(-3.0, 4.0), (None, 2.0), (-1.0, None), (-1e3, 1e3)])
def test_clip_is_exact_on_the_data_and_holds_beyond_it(model, name, limits):
    low, high = limits
    edited = model.edit(name, "clip", low=low, high=high)
    before, after = effects(model), effects(edited)
    np.testing.assert_allclose(after[name], before[name].clip(low, high), rtol=1e-9, atol=1e-9)
    check_others(before, after, name)
    far = TABLE.copy()
    if name != "c":
        far[name] = np.linspace(-50, 50, len(far))
        there = effects(edited, table=far)[name]
        assert there.min() >= (-np.inf if low is None else low - 1e-9)
        assert there.max() <= (np.inf if high is None else high + 1e-9)


@pytest.mark.parametrize("name", ["a", "b", "d"])
@pytest.mark.parametrize("sign", [1, -1])
def test_monotonise_gives_order_everywhere(model, name, sign):
    edited = model.edit(name, "monotonise", sign=sign)
    far = TABLE.copy()
    far[name] = np.linspace(-4, 14, len(far))
    assert (np.diff(effects(edited, table=far)[name]) * sign >= -1e-12).all()
    check_others(effects(model), effects(edited), name)
    again = edited.edit(name, "monotonise", sign=sign)
    np.testing.assert_allclose(again.predict(TABLE), edited.predict(TABLE), rtol=1e-9)


def test_replace_draws_lines_between_points(model):
    edited = model.edit("a", "replace", at=[-1, 0, 2], values=[0, 3, 1], missing=7)
    after, x = effects(edited)["a"], TABLE.a
    np.testing.assert_allclose(
        after[x.notna()], np.interp(x[x.notna()], [-1, 0, 2], [0, 3, 1]), atol=1e-12
    )
    np.testing.assert_allclose(after[x.isna()], 7.0)
    kept = model.edit("a", "replace", at=[-1, 0], values=[0, 3])
    np.testing.assert_allclose(effects(kept)["a"][x.isna()], effects(model)["a"][x.isna()])
    check_others(effects(model), effects(edited), "a")


def test_replace_sets_levels_and_leaves_the_others(model):
    edited = model.edit("c", "replace", values={"x": 5})
    before, after = effects(model)["c"], effects(edited)["c"]
    np.testing.assert_allclose(after[TABLE.c == "x"], 5.0)
    np.testing.assert_allclose(after[TABLE.c != "x"], before[TABLE.c != "x"], atol=1e-12)


def test_factors_are_edited_as_factors():
    model = KANRegressor(random_state=0, cv=3).fit(TABLE, FACTORS)
    assert model.models_[0].link.name == "log"
    edited = model.edit("a", "clip", low=0.9, high=1.2)
    before, after = effects(model), effects(edited)
    np.testing.assert_allclose(after["a"], before["a"].clip(0.9, 1.2), rtol=1e-9)
    with pytest.raises(ValueError, match="expected factors above 0"):
        model.edit("a", "clip", low=-1)


def test_one_class_is_edited_by_itself():
    model = KANClassifier(random_state=0, cv=3).fit(TABLE, CLASSES)
    edited = model.edit("a", "clip", low=-0.2, high=0.3, output=2).edit("c", "flatten", output=0)
    for k, (a, c) in {0: (None, 0.0), 1: (None, None), 2: (0.3, None)}.items():
        before, after = effects(model, k), effects(edited, k)
        expected = before["a"] if a is None else before["a"].clip(-0.2, 0.3)
        np.testing.assert_allclose(after["a"], expected, rtol=1e-9, atol=1e-9)
        expected = before["c"] if c is None else np.zeros(len(TABLE))
        np.testing.assert_allclose(after["c"], expected, atol=1e-12)
    cost = model.edit("a", "flatten", X=TABLE, y=CLASSES).edits_[0]
    assert cost.before == pytest.approx(log_loss(CLASSES, model.predict_proba(TABLE)))
    assert cost.after > cost.before


def test_costs_and_log_are_measured_and_travel(model):
    first = model.edit("a", "clip", low=-2, X=TABLE, y=Y)
    both = first.edit("c", "replace", values={"z": 0.0}, X=TABLE, y=Y)
    log = both.explain_global().log()
    assert list(log["edit"]) == ["clip a (low=-2)", "replace c (values={'z': 0.0})"]
    losses = [mean_squared_error(Y, each.predict(TABLE)) for each in (model, first, both)]
    np.testing.assert_allclose(log["loss before"], losses[:2])
    np.testing.assert_allclose(log["loss after"], losses[1:])
    copied = pickle.loads(pickle.dumps(both))
    assert copied.edits_ == both.edits_
    np.testing.assert_array_equal(copied.predict(TABLE), both.predict(TABLE))
    np.testing.assert_array_equal(copied.undo().predict(TABLE), first.predict(TABLE))
    np.testing.assert_array_equal(copied.undo(2).predict(TABLE), model.predict(TABLE))
    with pytest.raises(ValueError, match="undo expected 1 to 2 edits, got 3"):
        copied.undo(3)


def test_the_edited_estimator_is_another_one(model):
    before = model.predict(TABLE)
    edited = model.edit("a", "flatten").edit("b", "monotonise")
    assert model.edits_ == ()
    np.testing.assert_array_equal(model.predict(TABLE), before)
    assert np.abs(edited.predict(TABLE) - before).max() > 1
    told = {e.name: e for e in edited.explain_global().effects["y"]}
    assert told["b"].edited
    np.testing.assert_array_equal(told["b"].band.low, told["b"].band.high)
    deviation = effects(edited)["b"].std(ddof=0)
    assert told["b"].importance == pytest.approx(deviation, rel=1e-6)
    assert edited.fit(TABLE, Y).edits_ == ()


def test_what_cannot_be_done_is_refused(model):
    for feature, action, options, message in [
        ("nothing", "flatten", {}, "expected a column among"),
        ("a", "bend", {}, "expected an action among flatten, monotonise, clip, replace"),
        ("c", "monotonise", {}, "expected an action among flatten, clip, replace"),
        (("a", "b"), "clip", {"low": 1}, "expected an action among flatten"),
        ("a", "flatten", {"low": 1}, "expected no options, got 'low'"),
        ("a", "clip", {"low": 2, "high": 1}, "clip expected low= below high="),
        ("a", "clip", {}, "clip expected low= below high="),
        ("a", "replace", {"at": [1, 0], "values": [0, 1]}, "replace expected at="),
        ("a", "replace", {"at": [0, 1], "values": [0, np.nan]}, "as one finite number"),
        ("c", "replace", {"values": {"w": 1}}, "replace expected levels among"),
        ("a", "monotonise", {"sign": 0}, "sign expected 1"),
    ]:
        with pytest.raises(ValueError, match=message):
            model.edit(feature, action, **options)
    with pytest.raises(ValueError, match="output expected one of y, got 'z'"):
        model.edit("a", "flatten", output="z")


def test_constraints_of_the_fit_are_not_broken_by_edits():
    x = TABLE[["d"]]
    model = KANRegressor(random_state=0, cv=2, monotonic_cst={"d": 1}).fit(x, np.tanh(TABLE.d))
    model.edit("d", "clip", low=-0.5, high=0.5)
    # What rises and falls is level.
    assert np.ptp(effects(model.edit("d", "monotonise", sign=-1), table=x)["d"]) < 1e-9
    with pytest.raises(ValueError, match="held to a shape"):
        model.edit("d", "replace", at=[0, 1, 2], values=[0, 1, 0])


def test_edits_of_levels_leave_what_unknown_ones_have():
    """An unknown level has the mean of the levels, not that of the rows, most of which are "a"."""
    g = np.random.default_rng(0)
    levels = g.choice(list("abcdefgh"), 400, p=[0.79] + [0.03] * 7)
    table = pd.DataFrame({"level": levels, "x": g.normal(size=400)})
    y = 5.0 * (table.level == "a") + table.x + 0.1 * g.normal(size=400)
    model = KANRegressor(cv=2, random_state=0).fit(table, y)
    new = table.assign(level="new")
    np.testing.assert_allclose(model.predict(new) - table.x, 5 / 8, atol=0.3)
    other = model.edit("level", "replace", values={"b": 2.0})
    np.testing.assert_allclose(other.predict(new), model.predict(new), atol=1e-12)
    low = model.edit("level", "clip", low=-1.0)
    np.testing.assert_allclose(low.predict(new) - table.x, y.mean() - 1.0, atol=0.1)
    for one in (other, low, other.edit("level", "replace", values={"c": 1.0})):
        space = {}
        exec(one.to_python(), space)
        rows = pd.concat([table, new]).astype(object)
        expected = one.predict(pd.concat([table, new]))
        got = [space["predict"](row) for row in rows.to_dict("records")]
        np.testing.assert_allclose(got, expected, atol=1e-11)
        network = one.to_kan()(one.encode(pd.concat([table, new]))).detach().numpy()[:, 0]
        np.testing.assert_allclose(network, expected, atol=1e-11)


def test_only_the_edited_effect_loses_its_band():
    model = KANClassifier(random_state=0, cv=2).fit(TABLE[:200], CLASSES[:200])
    edited = model.edit("a", "clip", low=-0.2, high=0.3, output=1)
    before, after = (each.explain_global().effects for each in (model, edited))
    for label in before:
        old, new = ({e.name: e.band for e in each[label]} for each in (before, after))
        for name, band in new.items():
            width = np.ptp([band.low, band.high], axis=0)
            known = 0.0 if (str(label), name) == ("1", "a") else old[name].high - old[name].low
            np.testing.assert_allclose(width, known, rtol=1e-9, atol=1e-12)


def test_a_curve_of_many_whole_numbers_has_each_of_them_once():
    """Quantiles of rows repeat frequent values: their curve couldn't be given back to `edit`."""
    random = np.random.default_rng(0)
    visits = np.where(random.random(1500) < 0.3, 0, random.integers(0, 400, 1500)).astype(float)
    y = np.sqrt(visits) + random.normal(size=1500)
    model = KANRegressor(random_state=0, cv=2).fit(visits[:, None], y)
    curve = model.explain_global()["x0"]
    assert len(curve.at) > 150
    assert (np.diff(curve.at) > 0).all()
    edited = model.edit("x0", "replace", at=curve.at, values=curve.band.value)
    np.testing.assert_allclose(
        edited.predict(curve.at[:, None]), model.predict(curve.at[:, None]), rtol=1e-9
    )


@pytest.mark.parametrize("name", ["a", "c"])
def test_an_effect_that_was_flattened_for_one_class_can_be_replaced(name):
    """The other classes keep terms of this column, whose weights are 0 for the first."""
    model = KANClassifier(random_state=0, cv=2).fit(TABLE[:200], CLASSES[:200])
    flat = model.edit(name, "flatten", output=0)
    values = {"values": {"y": 0.7}} if name == "c" else {"at": [-9.0, 9.0], "values": [0.7, 0.7]}
    edited = flat.edit(name, "replace", output=0, **values)
    before, after = (effects(one, 0).get(name, 0.0) for one in (flat, edited))
    chosen = (TABLE[name] == "y") if name == "c" else TABLE[name].notna()
    assert 0 < chosen.sum() < len(TABLE)
    np.testing.assert_allclose((after - before)[chosen], 0.7, rtol=1e-9)
    np.testing.assert_allclose((after - before)[~chosen], 0.0, atol=1e-12)


@pytest.mark.parametrize("action", ["clip", "replace", "monotonise"])
def test_programs_know_what_a_missing_number_adds_to_each_class_after_an_edit_of_one(action):
    """The edited class has a missing value of its own, and the others keep theirs."""
    model = KANClassifier(random_state=0, cv=2).fit(TABLE[:200], CLASSES[:200])
    options = {"clip": {"low": -0.1, "high": 0.1}, "monotonise": {"sign": 1}}
    drawn = {"at": [-2.0, 2.0], "values": [0.2, -0.3], "missing": 0.4}
    edited = model.edit("a", action, output=1, **options.get(action, drawn))
    space = {}
    exec(edited.to_python(), space)
    rows = TABLE[:60].astype(object)
    assert rows["a"].isna().sum() > 5
    shares = [space["predict_proba"](row) for row in rows.to_dict("records")]
    np.testing.assert_allclose(shares, edited.predict_proba(TABLE[:60]), rtol=1e-9)
