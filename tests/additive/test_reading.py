"""What estimators tell of themselves: effects add up, bands hold the truth, names stay names."""

import numpy as np
import pandas as pd
import pytest
from made_up_tables import make_table
from sklearn.datasets import load_diabetes

from edgewise.sklearn import KANClassifier, KANRegressor


def fit(link, cv=2):
    table, total, random = make_table()
    noise = random.normal(size=len(table))
    if link == "identity":
        return KANRegressor(random_state=0, cv=cv).fit(table, 10 * total + noise - 20), table
    if link == "log":
        return KANRegressor(random_state=0, cv=cv).fit(
            table, np.exp(5 + 0.4 * total) + noise
        ), table
    if link == "two targets":
        y = np.stack([total + noise, np.exp(5 + 0.4 * total) + noise], 1)
        return KANRegressor(random_state=0, cv=cv).fit(
            table, pd.DataFrame(y, columns=["p", "q"])
        ), table
    if link == "logistic":
        return KANClassifier(random_state=0, cv=cv).fit(
            table, np.where(total + noise > 0, "up", "down")
        ), table
    return KANClassifier(random_state=0, cv=cv).fit(
        table, np.digitize(total + noise, [-1, 1])
    ), table


@pytest.fixture(scope="module", params=["identity", "log", "two targets", "logistic", "softmax"])
def fitted(request):
    return request.param, *fit(request.param)


def test_effects_add_up_or_multiply_to_the_prediction(fitted):
    kind, model, table = fitted
    told = model.explain_local(table)
    for k, (output, units) in enumerate(zip(told.outputs, told.units, strict=True)):
        frame = told.frame(output)
        parts = frame[told.names].to_numpy()
        if units.word == "factor":
            total = frame["(base)"] * parts.prod(1)
        else:
            total = frame["(base)"] + parts.sum(1)
        np.testing.assert_allclose(total, told.totals[:, k], rtol=1e-12, atol=1e-12)
    if kind in ("identity", "log", "two targets"):
        predicted = model.predict(table).reshape(len(table), -1)
        np.testing.assert_allclose(told.totals, predicted, rtol=1e-12, atol=1e-12)
        np.testing.assert_allclose(told.predictions, predicted, rtol=1e-12, atol=1e-12)
    else:
        sums = model.decision_function(table).reshape(len(table), -1)
        np.testing.assert_allclose(told.totals, sums, rtol=1e-12, atol=1e-12)
        shares = model.predict_proba(table)[:, -len(told.outputs) :]
        np.testing.assert_allclose(told.predictions, shares, rtol=1e-12)


def test_units_are_those_of_the_link(fitted):
    kind, model, _ = fitted
    words = [effects[0].units.word for effects in model.explain_global().effects.values()]
    expected = {"identity": ["effect"], "log": ["factor"], "two targets": ["effect", "factor"]}
    expected |= {"logistic": ["log odds"], "softmax": ["log odds"] * 3}
    assert words == expected[kind]
    assert (
        list(model.explain_global().effects)
        == {
            "identity": ["y"],
            "log": ["y"],
            "two targets": ["p", "q"],
            "logistic": ["up"],
            "softmax": ["0", "1", "2"],
        }[kind]
    )


def test_global_and_local_tell_the_same(fitted):
    _, model, table = fitted
    whole, rows = model.explain_global(), model.explain_local(table)
    for output in whole.effects:
        levels = whole.frame("c", output).set_index("at")["effect"]
        np.testing.assert_allclose(rows.frame(output)["c"], levels[table.c], rtol=1e-12, atol=1e-14)
        curve, local = whole.frame("a", output), rows.frame(output)["a"]
        np.testing.assert_allclose(local[table.a.isna()], curve["effect"].iloc[-1], rtol=1e-12)
        known = table.a.notna()
        there = np.isin(table.a, curve["at"]) & known
        at = curve.dropna().set_index("at")["effect"]
        assert there.sum() > 100
        np.testing.assert_allclose(local[there], at[table.a[there]], rtol=1e-9, atol=1e-12)


def test_importance_is_the_deviation_of_the_effect_over_the_rows(fitted):
    _, model, table = fitted
    whole, rows = model.explain_global(), model.explain_local(table)
    for k, (output, effects) in enumerate(whole.effects.items()):
        sizes = [effect.importance for effect in effects]
        assert sizes == sorted(sizes, reverse=True)
        for effect in effects:
            own = rows.units[k].read(rows.frame(output)[effect.name].to_numpy())
            assert effect.importance == pytest.approx(own.std(), rel=1e-9, abs=1e-12)
            assert effect.error >= 0


def test_rows_are_counted_in_the_summary(fitted):
    _, model, table = fitted
    seen = model.summary_
    assert seen.rows == len(table)
    assert (
        dict(zip(seen.labels[2].names, seen.labels[2].counts, strict=True))
        == table.c.value_counts().to_dict()
    )
    assert seen.numbers[0].missing == table.a.isna().sum()
    assert seen.numbers[0].counts.sum() == table.a.notna().sum()
    for cells in seen.cells.values():
        assert cells.counts.sum() <= len(table)


def test_bands_hold_the_truth():
    """Bands of 90 % hold nine tenths of the truth's points, over inputs and tables."""
    inside = []
    for seed in range(12):
        random = np.random.default_rng(seed)
        x = random.uniform(-2, 2, (300, 3))
        truths = [np.sin(2 * x[:, 0]), 0.5 * x[:, 1] ** 2, np.tanh(3 * x[:, 2])]
        y = np.sum(truths, axis=0) + 0.5 * random.normal(size=300)
        model = KANRegressor(random_state=0, cv=2, interaction_cst="no_interactions").fit(x, y)
        told = model.explain_global(coverage=0.9)
        for name, column, truth in zip(("x0", "x1", "x2"), x.T, truths, strict=True):
            band = told[name].band
            low, high = (np.interp(column, told[name].at, part) for part in (band.low, band.high))
            centred = truth - truth.mean()
            inside.append(np.mean((low <= centred) & (centred <= high)))
    assert 0.84 < np.mean(inside) < 0.97
    assert np.all(told["x0"].band.low < told["x0"].band.value)


def test_what_only_lines_say_has_a_band_too():
    """Two columns of this table are left out of its curves: what they do is lines' alone."""
    x, y = load_diabetes(return_X_y=True, as_frame=True)
    told = KANRegressor(random_state=0).fit(x, y).explain_global()
    frame = told.frame()
    assert len(frame) == 10
    assert np.all(frame["error"] > 0)
    assert all(np.ptp(told[name].band.high - told[name].band.low) > 0 for name in x)


def test_what_does_not_exist_is_named():
    model, table = fit("identity")
    told = model.explain_global()
    with pytest.raises(KeyError, match="expected a column or pair that has an effect"):
        told["nothing"]
    with pytest.raises(ValueError, match="coverage expected a share"):
        model.explain_global(coverage=95)
    with pytest.raises(ValueError, match="expected one of 400 rows, got 400"):
        model.explain_local(table).figure(400)
    with pytest.raises(KeyError, match="expected one of y"):
        told.frame("a", "z")


def test_a_constant_column_is_listed_without_an_effect():
    x = pd.DataFrame({"a": np.linspace(0, 1, 60), "same": 3.0})
    told = KANRegressor(random_state=0).fit(x, x.a).explain_global()
    assert told.unused == ["same"]


def test_figures_are_drawn(fitted):
    from matplotlib import pyplot

    _, model, table = fitted
    open_before = pyplot.get_fignums()
    told = model.explain_global()
    for output, effects in told.effects.items():
        for effect in effects:
            axes = told.figure(effect.names, output).axes[0]
            assert axes.get_title(loc="left") == effect.name
    assert told.figure().axes[0].get_title(loc="left") == "Importance"
    fall = model.explain_local(table.iloc[:3]).figure(1)
    fall.canvas.draw()
    assert pyplot.get_fignums() == open_before
