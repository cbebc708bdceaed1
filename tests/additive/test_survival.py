"""KANSurvival: known hazards, Kaplan-Meier curves, Cox models, bands, every way out."""

import sqlite3

import numpy as np
import pandas as pd
import pytest

import edgewise as ew
from edgewise.additive.survival import Lives, cut_time
from edgewise.additive.survival_scores import (
    estimate_survival,
    measure_brier,
    measure_concordance,
)
from edgewise.sklearn import KANSurvival


def draw(rows=600, seed=0, power=1.5, bend=1.0, lost=2.5):
    """Weibull times: H(t | x) = exp(s(x)) t^power; rows are lost at uniform times."""
    g = np.random.default_rng(seed)
    x = g.uniform(-1, 1, (rows, 3))
    s = (np.sin(3 * x[:, 0]) if bend else 0.8 * x[:, 0]) + x[:, 1]
    time = (g.exponential(size=rows) * np.exp(-s)) ** (1 / power)
    end = g.uniform(0, lost, rows)
    return x, pair(time <= end, np.minimum(time, end)), s


def pair(event, time):
    return np.array(list(zip(event, time, strict=True)), dtype=[("event", "?"), ("time", "f8")])


def fit_cox(x, y):
    """Cox's partial likelihood by Newton's method, with Breslow's ties."""
    order = np.argsort(-y["time"])
    x, event = x[order], y["event"][order]
    beta = np.zeros(x.shape[1])
    for _ in range(20):
        risk = np.exp(x @ beta)
        zero = np.cumsum(risk)
        first = np.cumsum(risk[:, None] * x, 0) / zero[:, None]
        second = (
            np.cumsum(risk[:, None, None] * x[:, :, None] * x[:, None], 0) / zero[:, None, None]
        )
        slope = (x - first)[event].sum(0)
        curve = (second - first[:, :, None] * first[:, None])[event].sum(0)
        beta = beta + np.linalg.solve(curve, slope)
    return beta, np.sqrt(np.diag(np.linalg.inv(curve)))


def test_a_known_hazard_is_found_with_its_bands():
    x, y, _ = draw(1000)
    new, _, s = draw(2000, seed=1)
    model = KANSurvival(random_state=0).fit(x, y)
    times = np.array([0.05, 0.2, 0.5, 1.0, 1.5])
    truth = np.exp(-np.exp(s)[:, None] * times**1.5)
    found = model.predict_survival_function(new, times)
    assert np.abs(found - truth).mean() < 0.03
    assert np.corrcoef(model.predict(new), s)[0, 1] > 0.98
    low, high = np.moveaxis(model.predict_survival_band(new, times), -1, 0)
    assert np.all((low <= found) & (found <= high))
    assert 0.9 < np.mean((truth >= low) & (truth <= high)) < 0.995


@pytest.mark.parametrize("power", [0.7, 1.0, 2.0])
def test_without_effects_it_is_the_curve_of_kaplan_and_meier(power):
    """And log H is that of t^power, within three errors of as many events as there were."""
    g = np.random.default_rng(0)
    time, end = g.exponential(size=1500) ** (1 / power), g.uniform(0, 2.5, 1500)
    y = pair(time <= end, np.minimum(time, end))
    x = g.normal(size=(1500, 1))
    model = KANSurvival(exclude=[0], random_state=0).fit(x, y)
    at = np.quantile(y["time"][y["event"]], [0.05, 0.3, 0.6, 0.9])
    ours = model.predict_survival_function(x[:1], at)[0]
    known = estimate_survival(Lives(y["event"] * 1.0, np.zeros(1500), y["time"], np.ones(1500)))
    assert np.abs(ours - known.at(at)).max() < 0.02
    events = np.searchsorted(np.sort(y["time"][y["event"]]), at)
    assert np.all(np.abs(np.log(-np.log(ours) / at**power)) < 3 / np.sqrt(events))


def test_lines_are_those_of_cox():
    x, y, _ = draw(1000, bend=0)
    beta, error = fit_cox(x, y)
    steps = np.eye(3) * 0.5
    model = KANSurvival(random_state=0).fit(x, y)
    ours = model.predict(steps) - model.predict(-steps)
    assert np.all(np.abs(ours - beta) < error)


def test_rows_that_came_late_count_from_then_on():
    """Left truncation: whoever died before their entry isn't in the table."""
    x, y, s = draw(4000, lost=50.0)
    entry = np.random.default_rng(2).uniform(0, 1, 4000)
    seen = y["time"] > entry
    x, y, entry = x[seen], y[seen], entry[seen]
    times = np.array([0.3, 0.7, 1.2])
    right = KANSurvival(cv=2, random_state=0).fit(x, y, entry=entry)
    wrong = KANSurvival(cv=2, random_state=0).fit(x, y)
    truth = np.exp(-np.exp(s[seen])[:, None] * times**1.5)
    errors = [np.abs(m.predict_survival_function(x, times) - truth).mean() for m in (right, wrong)]
    assert errors[0] < 0.03 < 0.3 * errors[1]


def test_a_row_of_weight_two_counts_as_two_rows():
    x, y, _ = draw(300)
    times = np.random.default_rng(0).integers(1, 3, 300)
    owner = np.repeat(np.arange(300), times)
    even, odd = np.arange(0, 300, 2), np.arange(1, 300, 2)
    folds = [(even, odd), (odd, even)]
    both = [tuple(np.flatnonzero(np.isin(owner, side)) for side in fold) for fold in folds]
    one = KANSurvival(cv=folds).fit(x, y, times)
    other = KANSurvival(cv=both).fit(x[owner], y[owner])
    assert np.abs(one.predict(x) - other.predict(x)).max() < 0.02


def test_scores_have_their_known_values():
    """Of five rows by hand: 8 comparable pairs, of which 6 are in the right order."""
    lives = Lives(np.array([1, 0, 1, 1, 0.0]), np.zeros(5), np.array([1, 2, 3, 4, 5.0]), np.ones(5))
    risk = np.array([2.0, 9.0, 1.0, 3.0, 0.0])
    later = [(0, k) for k in (1, 2, 3, 4)] + [(2, 3), (2, 4), (3, 4)]
    right = np.mean([risk[i] > risk[j] for i, j in later])
    assert measure_concordance(lives, risk) == pytest.approx(right)
    known = estimate_survival(lives)
    np.testing.assert_allclose(known.values, [4 / 5, 4 / 5 * 2 / 3, 4 / 5 * 2 / 3 / 2])
    flat = measure_brier(lives, np.full((5, 1), 0.5), np.array([2.5]))
    # One event before 2.5, of weight 1; three rows alive, of weight 1 / (3/4).
    np.testing.assert_allclose(flat, 0.25 * (1 + 3 / 0.75) / 5)


def test_brier_scores_and_calibration_of_a_true_model():
    x, y, _ = draw(1200)
    new, fresh, _ = draw(2000, seed=1)
    model = KANSurvival(random_state=0).fit(x, y)
    share = 1 - model.predict_survival_function(new, [0.7])[:, 0]
    assert abs(model.brier_score(new, fresh, [0.7])[0] - np.mean(share * (1 - share))) < 0.015
    assert 0 < model.integrated_brier_score(new, fresh) < 0.2
    told = model.calibration(new, fresh, 0.7)
    with pytest.warns(DeprecationWarning, match="calibration takes n_bins= instead of groups= now"):
        assert model.calibration(new, fresh, 0.7, groups=10).equals(told)
    assert np.all(np.diff(told.predicted) > 0)
    assert np.mean((told.low - 0.03 < told.predicted) & (told.predicted < told.high + 0.03)) >= 0.9


def test_functions_of_time_are_those_of_scikit_survival():
    x, y, _ = draw(300)
    model = KANSurvival(cv=2, random_state=0).fit(x, y)
    functions = model.predict_survival_function(x[:2])
    whole = model.predict_survival_function(x[:2], return_array=True)
    assert whole.shape == (2, len(model.event_times_))
    low, high = model.edges_[[0, -1]]
    assert y["time"].max() == high > model.event_times_[-1]
    assert functions[1](low) == 1.0
    assert functions[1](high) == model.predict_survival_function(x[1:2], [high])[0, 0]
    assert np.isin(whole[1], functions[1].y).all()
    assert functions[1](model.event_times_[3] + 1e-12) == whole[1, 3]
    total = model.predict_cumulative_hazard_function(x[:2], return_array=True)
    np.testing.assert_allclose(np.exp(-total), whole, rtol=1e-12)
    assert np.all(np.diff(total) >= 0)


def test_files_networks_and_other_languages_say_the_same(tmp_path):
    g = np.random.default_rng(0)
    x, y, _ = draw(400)
    frame = pd.DataFrame(x, columns=["a", "b", "c"]).assign(kind=g.choice(list("uvw"), 400))
    frame.loc[::9, "a"] = np.nan
    model = KANSurvival(cv=2, random_state=0).fit(frame, y)
    ew.save(model, tmp_path / "m.safetensors")
    read = ew.load(tmp_path / "m.safetensors")
    assert np.array_equal(read.predict(frame), model.predict(frame))
    times = [0.01, 0.4, 1.0]
    expected = model.predict_cumulative_hazard_function(frame, times)
    assert np.array_equal(read.predict_cumulative_hazard_function(frame, times), expected)
    sums = model.to_kan()(model.encode(frame))[:, 0].detach().numpy()
    np.testing.assert_allclose(sums, model.predict(frame), rtol=1e-9, atol=1e-12)
    space = {}
    exec(model.to_python(), space)
    rows = frame.assign(time=0.4).astype(object).where(frame.assign(time=0.4).notna(), None)
    told = [space["predict"](row) for row in rows.to_dict("records")]
    np.testing.assert_allclose(told, expected[:, 1], rtol=1e-9)
    with sqlite3.connect(":memory:") as base:
        frame.assign(time=0.01).to_sql("people", base, index=False)
        found = pd.read_sql(model.to_sql("people"), base)["prediction"]
    np.testing.assert_allclose(found, expected[:, 0], rtol=1e-9)


def test_it_is_read_and_edited_as_the_others():
    x, y, _ = draw(400)
    model = KANSurvival(cv=2, random_state=0).fit(x, y)
    whole = model.explain_global()
    assert {"x0", "x1", "time"} <= {effect.name for effect in whole.effects["hazard"]}
    assert "Effects multiply" in whole.html()
    flat = model.edit("x0", "flatten", X=x, y=y)
    assert np.ptp(flat.predict(np.c_[np.linspace(-1, 1, 9), np.zeros((9, 2))])) < 1e-12
    assert flat.edits_[0].after > flat.edits_[0].before
    rows = model.explain_local(x[:3])
    assert rows.base == pytest.approx([1.0])
    np.testing.assert_allclose(rows.predictions[:, 0], np.exp(model.predict(x[:3])))
    assert "time" not in rows.names  # one row's hazard over another's is the same at all times
    assert set(rows.unclear) == set(rows.outputs) == {"relative hazard of the event"}
    assert not model.outside(x).any()


def test_effects_of_time_to_an_event_rise_where_they_must():
    x, y, _ = draw(300)
    model = KANSurvival(cv=2, monotonic_cst=[1, 1, 0], random_state=0).fit(x, y)
    line = np.c_[np.linspace(-1.2, 1.2, 60), np.zeros((60, 2))]
    assert np.all(np.diff(model.predict(line)) >= -1e-12)


@pytest.mark.parametrize(
    ("y", "given", "message"),
    [
        (pair([True, True], [1.0, 0.0]), {}, "got 0 at an entry of 0: leave these rows out"),
        (pair([True, True], [1.0, 2.0]), {"entry": [0.0, 2.0]}, "times after their entry"),
        (pair([True, False], [1.0, 2.0]), {}, "events at two different times"),
        (pair([False, False], [1.0, 2.0]), {}, "events at two different times"),
        (np.array([[True, None], [True, 2.0]], dtype=object), {}, "finite times"),
        (np.array([1.0, 2.0]), {}, "two fields or columns"),
        (np.array([[0.5, 1.0], [1, 2]]), {}, "events that are true .* got 0.5 in row 0: compare"),
        (np.array([[1, 1.0], [2, 2]]), {}, "got 2.0 in row 1: compare .* as in status == 2"),
        (pd.DataFrame({"d": ["yes", "no"], "t": [1.0, 2.0]}), {}, "got yes in row 0: compare"),
        (pd.DataFrame({"d": [1, 0], "t": ["1", "2"]}), {}, "times that are numbers .* '1'"),
        (pair([True, True], [1.0, np.nan]), {}, "got nan in 1 of 2 rows, .* row 1: leave"),
    ],
)
def test_what_is_refused(y, given, message):
    with pytest.raises(ValueError, match=message):
        KANSurvival().fit(np.arange(2.0)[:, None], y, **given)


def test_times_beyond_the_fit_are_refused():
    x, y, _ = draw(100)
    model = KANSurvival(cv=2).fit(x, y)
    for times in ([-1e-9], [1e6], [np.nan]):
        with pytest.raises(ValueError, match=r"times expected numbers from 0 to|finite"):
            model.predict_survival_function(x, times)


@pytest.mark.parametrize("entry", [None, 0.25])
def test_at_the_start_of_the_fit_nothing_has_happened(entry):
    x, y, _ = draw(200)
    start = 0.0 if entry is None else entry
    y["time"] += start
    entered = None if entry is None else np.full(200, entry)
    model = KANSurvival(cv=2, random_state=0).fit(x, y, entry=entered)
    times = np.array([start, start + 0.1, start + 0.5])
    found = model.predict_survival_function(x[:3], times)
    assert np.array_equal(found[:, 0], np.ones(3))
    assert np.array_equal(found[:, 1:], model.predict_survival_function(x[:3], times[1:]))
    assert np.array_equal(model.predict_cumulative_hazard_function(x[:3], times)[:, 0], np.zeros(3))
    band = model.predict_survival_band(x[:3], times)
    assert np.array_equal(band[:, 0], np.ones((3, 2)))
    assert np.array_equal(band[:, 1:], model.predict_survival_band(x[:3], times[1:]))
    assert model.brier_score(x, y, times)[0] == 0
    assert np.isfinite(model.integrated_brier_score(x, y, times))


def test_rows_are_judged_by_as_many_times():
    x, y, _ = draw(200)
    model = KANSurvival(cv=2, random_state=0).fit(x, y)
    for rows in (x[:50], np.concatenate([x, x])):
        for judge in (
            lambda rows: model.score(rows, y),
            lambda rows: model.brier_score(rows, y, [0.5]),
            lambda rows: model.integrated_brier_score(rows, y, [0.3, 0.5]),
            lambda rows: model.calibration(rows, y, 0.5),
        ):
            with pytest.raises(ValueError, match=f"{len(rows)} rows of y, one .* X, got 200"):
                judge(rows)


@pytest.mark.parametrize("start", [0.0, 5.0, 80.0])
def test_the_first_cell_of_time_is_cut_into_halves_from_the_first_entry(start):
    time = start + np.arange(1.0, 9)
    edges = cut_time(Lives(np.ones(8), np.full(8, start), time, np.ones(8)))
    assert (edges[0], edges[-1]) == (start, time[-1])
    first = edges[4] - start
    np.testing.assert_allclose(edges[:5] - start, first * np.array([0, 0.125, 0.25, 0.5, 1]))
    moved = cut_time(Lives(np.ones(8), np.zeros(8), time - start, np.ones(8)))
    np.testing.assert_allclose(edges - start, moved, atol=1e-12)


def test_the_time_is_told_of_only_where_the_hazard_changes():
    x, y, _ = draw(600, seed=1, power=1.0)
    constant = KANSurvival(random_state=0).fit(x, y).explain_global()
    assert "time" not in constant.unused
    assert "time" not in {effect.name for effect in constant.effects["hazard"]}
    x, y, _ = draw(600, seed=0, power=3.0)
    rising = KANSurvival(random_state=0).fit(x, y).explain_global()
    assert rising["time"].is_clear
