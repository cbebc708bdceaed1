"""Intervals hold what they say on rows that were not fitted; rows outside of the data are told."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from edgewise.additive import intervals
from edgewise.sklearn import KANClassifier, KANRegressor

ROWS, FITS = 1500, 2
"""The coverage of one fit to so many rows has a deviation of 1 % even if all is well."""


def draw_steady(random, x):
    return np.sin(3 * x[:, 0]) + 0.3 * random.normal(size=len(x))


def draw_wider(random, x):
    """Noise from .05 to 1."""
    return x[:, 0] + np.exp(1.5 * x[:, 1]) * 0.22 * random.normal(size=len(x))


def draw_lopsided(random, x):
    return x[:, 0] * x[:, 1] + random.exponential(0.3 + 0.3 * (x[:, 0] > 0))


def draw_multiplied(random, x):
    return np.exp(1 + x[:, 0] + 0.5 * random.normal(size=len(x)))


DRAWS = [draw_steady, draw_wider, draw_lopsided, draw_multiplied]


@pytest.mark.parametrize("draw", DRAWS)
def test_coverage_on_rows_that_were_not_fitted(draw):
    random = np.random.default_rng(7)
    levels = np.array([0.8, 0.9])
    inside = np.zeros((FITS, 2))
    for fit in range(FITS):
        x, new = random.uniform(-1, 1, (ROWS, 2)), random.uniform(-1, 1, (5_000, 2))
        model = KANRegressor(random_state=0).fit(x, draw(random, x))
        y = draw(random, new)
        for k, coverage in enumerate(levels):
            low, high = model.predict_interval(new, coverage).T
            inside[fit, k] = np.mean((low <= y) & (y <= high))
    assert np.all(np.abs(inside.mean(0) - levels) <= 0.02)


def test_intervals_are_wide_where_the_noise_is():
    random = np.random.default_rng(0)
    x, new = random.uniform(-1, 1, (ROWS, 2)), random.uniform(-1, 1, (5_000, 2))
    model = KANRegressor(random_state=0).fit(x, draw_wider(random, x))
    y = draw_wider(random, new)
    low, high = model.predict_interval(new).T
    inside = (low <= y) & (y <= high)
    for part in (new[:, 1] < -0.5, new[:, 1] > 0.5):
        assert abs(inside[part].mean() - 0.9) <= 0.05
    true = 2 * 1.645 * 0.22 * np.exp(1.5 * new[:, 1])
    assert np.abs(np.log((high - low) / true)).mean() < 0.15


def test_few_rows():
    random = np.random.default_rng(0)
    inside = []
    for _ in range(20):
        x = random.uniform(-1, 1, (25, 1))
        model = KANRegressor(cv=5, random_state=0).fit(x, x[:, 0] + random.normal(size=25))
        new = random.uniform(-1, 1, (200, 1))
        low, high = model.predict_interval(new).T
        y = new[:, 0] + random.normal(size=200)
        inside.append(np.mean((low <= y) & (y <= high)))
    assert 0.88 < np.mean(inside) < 0.97


def test_too_few_rows_say_so():
    x = np.arange(6.0)[:, None]
    model = KANRegressor(cv=3, random_state=0).fit(x, np.array([0, 1, 2, 3, 5, 4.0]))
    assert np.isinf(model.predict_interval(x)).all()
    assert np.isfinite(model.predict_interval(x, 0.5)).all()


def test_weights_targets_and_bounds():
    random = np.random.default_rng(0)
    x = random.uniform(-1, 1, (300, 1))
    y = np.stack([x[:, 0], 5 * x[:, 0]], 1) + random.normal(size=(300, 2))
    weight = np.where(np.arange(300) % 2, 1.0, 0.0)
    y[weight == 0] = 1e3
    model = KANRegressor(cv=3, random_state=0, bounds=(-2, None)).fit(x, y, weight)
    ends = model.predict_interval(x)
    assert ends.shape == (300, 2, 2)
    assert np.all(ends[..., 0] <= model.predict(x))
    assert np.all(model.predict(x) <= ends[..., 1])
    assert ends.min() == -2
    assert ends.max() < 20
    inside = (ends[:, 0, 0] <= y[:, 0]) & (y[:, 0] <= ends[:, 0, 1])
    assert abs(inside[weight > 0].mean() - 0.9) < 0.05


def test_a_target_without_noise():
    x = np.arange(100.0)[:, None]
    ends = KANRegressor(cv=3, random_state=0).fit(x, np.full(100, 3.0)).predict_interval(x)
    assert np.allclose(ends, 3)


def test_sets_of_classes():
    random = np.random.default_rng(0)
    x = random.normal(size=(6000, 2))
    odds = np.stack([x[:, 0], x[:, 1], 0 * x[:, 0]], 1)
    shares = np.exp(odds) / np.exp(odds).sum(1, keepdims=True)
    labels = (random.uniform(size=(6000, 1)) > shares.cumsum(1)).sum(1)
    model = KANClassifier(cv=3, random_state=0).fit(x[:1500], labels[:1500])
    sets = model.predict_set(x[1500:], 0.9)
    assert abs(sets[np.arange(4500), labels[1500:]].mean() - 0.9) <= 0.02
    assert sets.any(1).all()
    assert sets.sum(1).mean() < 2.6
    assert np.all(sets[np.arange(4500), model.predict(x[1500:])])


def test_an_edit_leaves_targets_where_they_are():
    random = np.random.default_rng(0)
    x, new = random.uniform(-1, 1, (600, 2)), random.uniform(-1, 1, (5000, 2))
    model = KANRegressor(cv=3, random_state=0).fit(x, draw_steady(random, x))
    edited = model.edit("x0", "flatten")
    y = draw_steady(random, new)
    before, after = model.predict_interval(new), edited.predict_interval(new)
    assert np.mean((after[:, 0] <= y) & (y <= after[:, 1])) > 0.88
    now = edited.predict(new)
    assert np.array_equal(after[:, 0], np.minimum(before[:, 0], now))
    assert np.array_equal(after[:, 1], np.maximum(before[:, 1], now))
    assert np.any(now < before[:, 0])
    assert np.array_equal(edited.undo().predict_interval(new), before)


def test_an_edit_leaves_sets_of_classes_where_they_are():
    random = np.random.default_rng(0)
    x = random.normal(size=(2000, 2))
    labels = (random.logistic(size=2000) < 2 * x[:, 0]).astype(int)
    model = KANClassifier(cv=3, random_state=0).fit(x[:800], labels[:800])
    edited = model.edit("x0", "replace", at=[-1, 1], values=[2, -2])
    before, after = model.predict_set(x[800:], 0.8), edited.predict_set(x[800:], 0.8)
    assert np.all(after >= before)
    assert np.all(after[np.arange(1200), edited.predict(x[800:])])
    assert not np.array_equal(after, before)


@pytest.mark.parametrize("coverage", [0, 1, 90, -0.1])
def test_a_coverage_that_is_no_share(coverage):
    x = np.arange(20.0)[:, None]
    model = KANRegressor(cv=2).fit(x, x[:, 0])
    with pytest.raises(ValueError, match="a share between 0 and 1"):
        model.predict_interval(x, coverage)


def test_rows_outside_of_what_was_seen():
    frame = pd.DataFrame({"a": [0.0, 1, 2, 3], "b": [1.0, np.nan, 2, 2], "c": ["x", "y", "x", "y"]})
    frame["d"] = [None, "u", "v", "u"]
    model = KANRegressor().fit(frame, [0.0, 1, 2, 3])
    assert not model.outside(frame).any()
    other = pd.DataFrame({"a": [-0.1, np.nan], "b": [np.nan, 2.1], "c": ["z", None]})
    other["d"] = [None, "w"]
    expected = [[True, False, True, False], [True, True, True, True]]
    assert model.outside(other).tolist() == expected


def test_rows_of_weight_0_are_not_among_those_that_were_judged(monkeypatch):
    """Positions of judged rows count the rows of positive weight alone."""
    weight, y = np.array([0.0, 1.0, 0.0, 2.0, 3.0]), np.arange(5.0)[:, None]
    loss = SimpleNamespace(distribution=lambda mean, noise: "any", decode=lambda y: y)
    link = SimpleNamespace(mean=lambda sums: sums)
    choice = SimpleNamespace(
        model=SimpleNamespace(link=link), loss=loss, effects=np.zeros((2, 1)), rows=np.array([0, 2])
    )
    monkeypatch.setattr(intervals, "measure_places", lambda y, weight, *rest: (y, weight))
    found = intervals.learn_intervals([], y, weight, choice, frozenset())
    assert [part.tolist() for part in found] == [[1, 4], [1, 3]]


@pytest.mark.parametrize("is_column", [False, True])
def test_intervals_are_wider_where_the_exposure_is_larger(is_column):
    """Amounts whose errors are proportional to their exposure; also in another language."""
    g = np.random.default_rng(0)
    years = g.choice([0.1, 0.5, 1.0, 3.0], 1200)
    table = pd.DataFrame({"a": g.uniform(-1, 1, 1200)})
    y = years * np.exp(table["a"].to_numpy()) * (1 + 0.3 * g.normal(size=1200))
    table = table.assign(exposure=years) if is_column else table
    known = {} if is_column else {"exposure": years[600:]}
    model = KANRegressor(cv=3, random_state=0)
    model.fit(table[:600], y[:600], exposure="exposure" if is_column else years[:600])
    low, high = model.predict_interval(table[600:], 0.9, **known).T
    covered = (low <= y[600:]) & (y[600:] <= high)
    for each in np.unique(years):
        assert covered[years[600:] == each].mean() > 0.78
    program = {}
    exec(model.to_python(coverage=0.9), program)
    row = {"a": table["a"][700], "exposure": years[700]}
    np.testing.assert_allclose(program["predict_interval"](row), [low[100], high[100]], rtol=1e-9)
