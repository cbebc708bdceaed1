"""Estimators with losses of their own: known answers, offsets, intervals, every way out."""

from functools import cache
from itertools import cycle

import numpy as np
import pandas as pd
import pytest
from sklearn.linear_model import GammaRegressor, PoissonRegressor, TweedieRegressor
from sklearn.metrics import d2_pinball_score, d2_tweedie_score

import edgewise as ew
from edgewise.sklearn import KANRegressor


def draw(loss, rows=600, seed=0, bend=1.0):
    """A table of three columns, y, and the mean of y."""
    g = np.random.default_rng(seed)
    x = g.uniform(-1, 1, (rows, 3))
    mean = np.exp(0.5 + bend * np.sin(3 * x[:, 0]) + x[:, 1])
    if bend == 0:
        mean = np.exp(0.5 + 0.8 * x[:, 0] + x[:, 1])
    y = {
        "poisson": lambda: g.poisson(mean),
        "negative_binomial": lambda: g.negative_binomial(2, 2 / (2 + mean)),
        "gamma": lambda: g.gamma(3, mean / 3),
        "tweedie": lambda: draw_compound(g, mean),
        "lognormal": lambda: mean * np.exp(0.6 * g.normal(size=rows) - 0.18),
        "huber": lambda: mean + g.standard_t(1.5, size=rows),
        "quantile": lambda: mean * (1 + 0.3 * g.normal(size=rows)),
        "binomial": lambda: g.binomial(5, mean / (1 + mean)),
    }[loss]()
    return x, y.astype(float), mean


def draw_compound(g, mean, power=1.6, noise=1.5):
    expected, shape = mean ** (2 - power) / (noise * (2 - power)), (2 - power) / (power - 1)
    number = g.poisson(expected)
    scale = noise * (power - 1) * mean ** (power - 1)
    return np.where(number > 0, g.gamma(np.maximum(number, 1) * shape, scale), 0.0)


MEANS = ["poisson", "negative_binomial", "gamma", "tweedie", "lognormal"]


@cache
def fitted(loss):
    """A model of 1,500 rows, whose means and intervals are looked at."""
    x, y, _ = draw(loss, 1500)
    return KANRegressor(loss=loss, cv=2, random_state=0).fit(x, y)


@pytest.mark.parametrize("loss", MEANS)
def test_means_are_found(loss):
    y = draw(loss, 1500)[1]
    new, _, mean = draw(loss, 2000, seed=1)
    error = np.mean(np.abs(fitted(loss).predict(new) / mean - 1))
    flat = np.mean(np.abs(y.mean() / mean - 1))
    assert error < 0.12 < 0.3 * flat


@pytest.mark.parametrize(
    ("loss", "linear"),
    [
        ("poisson", PoissonRegressor(alpha=0)),
        ("gamma", GammaRegressor(alpha=0)),
        ("tweedie", TweedieRegressor(power=1.6, link="log", alpha=0)),
    ],
)
def test_lines_are_those_of_generalised_linear_models(loss, linear):
    """On a linear truth the predictions are within the standard error of scikit-learn's."""
    x, y, mean = draw(loss, 1000, bend=0)
    ours = KANRegressor(loss=loss, cv=2, random_state=0).fit(x, y).predict(x)
    theirs = linear.set_params(tol=1e-8, max_iter=1000).fit(x, y).predict(x)
    error = np.std(np.log(theirs / mean))
    assert np.std(np.log(ours / theirs)) < 0.8 * error


def test_outliers_pull_little():
    g = np.random.default_rng(0)
    x = g.uniform(-1, 1, (800, 2))
    truth = np.sin(3 * x[:, 0]) + x[:, 1]
    y = truth + g.standard_t(1.5, size=800)
    y[:20] += 1000.0
    errors = {}
    for loss in ("huber", "squared_error"):
        model = KANRegressor(loss=loss, cv=2, random_state=0).fit(x, y)
        errors[loss] = np.sqrt(np.mean((model.predict(x) - truth) ** 2))
    assert errors["huber"] < 0.3
    assert errors["squared_error"] > 10


def test_quantiles_are_where_they_say_and_never_cross():
    levels = [0.1, 0.5, 0.9]
    x, y, _ = draw("quantile", 1500)
    new, fresh, mean = draw("quantile", 4000, seed=1)
    model = KANRegressor(loss="quantile", quantile=levels, cv=2, random_state=0).fit(x, y)
    found = model.predict(new)
    assert found.shape == (4000, 3)
    assert np.abs((fresh[:, None] < found).mean(0) - levels).max() < 0.03
    far = np.random.default_rng(0).uniform(-50, 50, (5000, 3))
    assert np.all(np.diff(model.predict(far), axis=1) >= 0)
    true = mean[:, None] * (1 + 0.3 * np.array([-1.2816, 0, 1.2816]))
    assert np.mean(np.abs(found - true)) < 0.12 * true.std()
    each = [d2_pinball_score(fresh, found[:, k], alpha=levels[k]) for k in range(3)]
    assert abs(model.score(new, fresh) - np.mean(each)) < 0.01


@pytest.mark.parametrize("level", [0.1, 0.5])
def test_levels_of_few_rows_move_a_quantile_as_they_move_the_mean(level):
    """Forty shops of eleven rows each, whose effects are larger than the noise."""
    g = np.random.default_rng(0)
    shop, x = g.integers(0, 40, 440), g.uniform(-1, 1, 440)
    effect = g.normal(size=40)
    y = effect[shop] + x + 0.3 * g.normal(size=440)
    table = pd.DataFrame({"shop": [f"shop {k}" for k in shop], "x": x})
    model = KANRegressor(loss="quantile", quantile=level, cv=2, random_state=0).fit(table, y)
    names = pd.DataFrame({"shop": [f"shop {k}" for k in range(40)], "x": 0.0})
    found = model.predict(names)
    assert np.std(found - effect) < 0.35
    assert 0.8 < np.polyfit(effect, found, 1)[0] < 1.1


@pytest.mark.parametrize(("loss", "power"), [("poisson", 1), ("gamma", 2)])
def test_the_score_is_that_of_scikit_learn(loss, power):
    x, y, _ = draw(loss)
    weight = np.random.default_rng(1).uniform(0.5, 2, len(y))
    model = KANRegressor(loss=loss, cv=2, random_state=0).fit(x, y, weight)
    expected = d2_tweedie_score(y, model.predict(x), sample_weight=weight, power=power)
    assert abs(model.score(x, y, weight) - expected) < 1e-5


@pytest.mark.parametrize(
    ("loss", "coverage"), [*zip([*MEANS, "huber", "quantile"], cycle([0.9, 0.5]), strict=False)]
)
def test_intervals_hold_what_they_promise(loss, coverage):
    """At least so many new rows, of counts perhaps more, and about as many of large and small."""
    new, fresh, mean = draw(loss, 2000, seed=1)
    low, high = fitted(loss).predict_interval(new, coverage).T
    inside = (fresh >= low) & (fresh <= high)
    most = coverage + (0.16 if loss in ("poisson", "negative_binomial", "tweedie") else 0.04)
    assert coverage - 0.03 < inside.mean() < most
    if loss in MEANS:
        assert low.min() >= 0
        assert inside[mean < np.median(mean)].mean() > coverage - 0.06
        assert inside[mean >= np.median(mean)].mean() > coverage - 0.06
    if loss in ("poisson", "negative_binomial"):
        assert np.all(low == np.round(low))
        assert np.all(high == np.round(high))


@pytest.mark.parametrize("loss", ["poisson", "gamma", "tweedie", "negative_binomial"])
def test_an_exposure_multiplies_what_is_expected(loss):
    g = np.random.default_rng(3)
    x, _, mean = draw(loss, 1500)
    years = g.uniform(0.1, 4, 1500)
    y = {
        "poisson": lambda: g.poisson(years * mean),
        "negative_binomial": lambda: g.negative_binomial(2, 2 / (2 + years * mean)),
        "gamma": lambda: g.gamma(3, years * mean / 3),
        "tweedie": lambda: draw_compound(g, years * mean),
    }[loss]()
    model = KANRegressor(loss=loss, cv=2, random_state=0).fit(x, y, exposure=years)
    rate = model.predict(x)
    assert np.mean(np.abs(rate / mean - 1)) < 0.12
    np.testing.assert_allclose(model.predict(x, exposure=years), years * rate, rtol=1e-12)
    low, high = model.predict_interval(x, exposure=years).T
    assert 0.87 < np.mean((y >= low) & (y <= high)) < 0.97


@pytest.mark.parametrize("loss", ["poisson", "gamma"])
def test_an_exposure_is_an_array_a_column_or_the_exponential_of_an_offset(loss):
    x, y, _ = draw(loss, 300)
    years = np.random.default_rng(3).uniform(0.1, 4, 300)
    named = pd.DataFrame(x, columns=["a", "b", "c"]).assign(years=years)
    model, other, shifted = (KANRegressor(loss=loss, cv=2, random_state=0) for _ in range(3))
    rate = model.fit(x, y, exposure=years).predict(x)
    other.fit(named, y, exposure="years")
    np.testing.assert_allclose(other.predict(named), years * rate, rtol=1e-6)
    shifted.fit(x, y, offset=np.log(years))
    np.testing.assert_allclose(shifted.predict(x), rate, rtol=1e-6)


def test_an_offset_is_added_in_the_units_of_y():
    g = np.random.default_rng(0)
    x = g.uniform(-1, 1, (300, 1))
    known = 1e4 * g.normal(size=300)
    y = 1000 + 500 * np.sin(3 * x[:, 0]) + known + 20 * g.normal(size=300)
    for loss in ("squared_error", "huber", "quantile"):
        model = KANRegressor(loss=loss, random_state=0).fit(x, y, offset=known)
        assert np.std(model.predict(x, offset=known) - y) < 25
        assert np.std(model.predict(x) - (y - known)) < 25


def test_counts_of_successes_are_the_rows_of_a_classifier():
    """Five trials a row, as shares with weights, as counts with an exposure, and one by one."""
    x, successes, mean = draw("binomial", 800)
    shares = KANRegressor(loss="binomial", random_state=0).fit(x, successes / 5, np.full(800, 5))
    counts = KANRegressor(loss="binomial", random_state=0).fit(
        x, successes, exposure=np.full(800, 5)
    )
    np.testing.assert_allclose(counts.predict(x), shares.predict(x), rtol=1e-12)
    assert np.mean(np.abs(shares.predict(x) - mean / (1 + mean))) < 0.025
    assert (
        abs(counts.score(x, successes, exposure=np.full(800, 5)) - shares.score(x, successes / 5))
        < 1e-9
    )


def test_a_row_of_weight_two_counts_as_two_rows():
    x, y, _ = draw("poisson", 300)
    times = np.random.default_rng(0).integers(1, 4, 300)
    folds = [
        (np.arange(0, 300, 2), np.arange(1, 300, 2)),
        (np.arange(1, 300, 2), np.arange(0, 300, 2)),
    ]
    owner = np.repeat(np.arange(300), times)
    both = [tuple(np.flatnonzero(np.isin(owner, side)) for side in fold) for fold in folds]
    one = KANRegressor(loss="poisson", cv=folds).fit(x, y, times)
    other = KANRegressor(loss="poisson", cv=both).fit(x[owner], y[owner])
    np.testing.assert_allclose(one.predict(x), other.predict(x), rtol=0.01)


@pytest.mark.parametrize(
    "loss", ["poisson", "gamma", "tweedie", "negative_binomial", "lognormal", "huber", "quantile"]
)
def test_files_networks_and_other_languages_say_the_same(loss, tmp_path):
    x, y, _ = draw(loss, 300)
    years = np.random.default_rng(0).uniform(0.5, 2, 300)
    frame = pd.DataFrame(x, columns=["a", "b", "c"]).assign(years=years)
    given = {} if loss in ("huber", "quantile") else {"exposure": "years"}
    model = KANRegressor(loss=loss, cv=2, random_state=0).fit(frame, y, **given)
    expected = model.predict(frame)
    ew.save(model, tmp_path / "m.safetensors")
    read = ew.load(tmp_path / "m.safetensors")
    assert np.array_equal(read.predict(frame), expected)
    assert np.array_equal(read.predict_interval(frame), model.predict_interval(frame))
    assert read.losses_ == model.losses_
    sums = model.to_kan()(model.encode(frame))[:, 0].detach().numpy()
    mean = sums if loss in ("huber", "quantile") else np.exp(sums)
    np.testing.assert_allclose(mean, expected, rtol=1e-9)
    space = {}
    exec(model.to_python(), space)
    told = [space["predict"](row) for row in frame.to_dict("records")]
    np.testing.assert_allclose(told, expected, rtol=1e-9)


def test_explanations_are_factors_that_multiply():
    x, y, _ = draw("poisson", 500)
    model = KANRegressor(loss="poisson", random_state=0).fit(x, y, exposure=np.full(500, 2.0))
    rows = model.explain_local(x[:5]).frame()
    product = rows.drop(columns="(prediction)").prod(axis=1)
    np.testing.assert_allclose(product, rows["(prediction)"], rtol=1e-9)
    whole = model.explain_global()
    assert whole["x0"].units.word == "factor"
    assert "Effects multiply" in whole.html()
    edited = model.edit("x0", "flatten")
    assert np.ptp(edited.predict(np.c_[np.linspace(-1, 1, 9), np.zeros((9, 2))])) < 1e-9


def test_monotone_effects_rise_for_every_loss():
    for loss in ("poisson", "gamma", "quantile"):
        x, y, _ = draw(loss, 300)
        model = KANRegressor(loss=loss, cv=2, monotonic_cst=[1, 1, 0], random_state=0).fit(x, y)
        line = np.c_[np.linspace(-1.2, 1.2, 60), np.zeros((60, 2))]
        assert np.all(np.diff(model.predict(line)) >= -1e-12)


def test_pairs_are_found_in_counts():
    g = np.random.default_rng(0)
    x = g.uniform(-1, 1, (2000, 4))
    y = g.poisson(np.exp(1 + 2 * x[:, 0] * x[:, 1]))
    model = KANRegressor(loss="poisson", random_state=0).fit(x, y)
    assert (0, 1) in [term.columns for term in model.models_[0].terms]


@pytest.mark.parametrize(
    ("settings", "y", "given", "message"),
    [
        ({"loss": "poison"}, [1, 2], {}, "loss expected one of squared_error"),
        ({"loss": "quantile", "quantile": [0.5, 0.2]}, [1, 2], {}, "quantile expected rising"),
        ({"loss": "poisson"}, [-1, 2], {}, "numbers of at least 0"),
        ({"loss": "gamma"}, [0, 2], {}, "numbers above 0"),
        ({"loss": "binomial"}, [0.5, 2], {}, "numbers from 0 to 1"),
        ({"loss": "poisson"}, [1, 2], {"exposure": [1, 0]}, "exposure expected numbers above 0"),
        ({"loss": "poisson"}, [1, 2], {"offset": [1]}, "offset expected a finite number for each"),
        ({"loss": "poisson"}, [1, 2], {"offset": "age"}, "expected a column among x0"),
        ({"loss": "huber"}, [1, 2], {"exposure": [1, 2]}, "expected no exposure"),
    ],
)
def test_what_is_refused(settings, y, given, message):
    x = np.arange(2.0)[:, None]
    with pytest.raises(ValueError, match=message):
        KANRegressor(**settings).fit(x, np.array(y, dtype=float), **given)


def test_what_is_refused_later():
    x, y, _ = draw("poisson", 60)
    model = KANRegressor(loss="poisson", cv=2).fit(x, y)
    with pytest.raises(ValueError, match="expected no values as exposure"):
        model.predict(x, exposure=np.ones(60))
    with pytest.raises(ValueError, match="partial_fit expected loss='squared_error'"):
        KANRegressor(loss="poisson").partial_fit(x, y)
    several = KANRegressor(loss="quantile", quantile=[0.2, 0.8], cv=2).fit(x, y)
    for call in (several.predict_interval, lambda x: several.to_python(coverage=0.9)):
        with pytest.raises(ValueError, match="single quantile"):
            call(x)
