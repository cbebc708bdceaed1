"""Effects that rise, bend or stay out, everywhere: inside of the data, between and beyond it."""

import numpy as np
import pandas as pd
import pytest

from benchmarks.tables.monotone import count_violations
from edgewise.sklearn import KANClassifier, KANRegressor


def test_random_models_are_monotone_on_10_000_pairs_each():
    """`python -m benchmarks.tables monotone` tries more of them."""
    found = count_violations(30, 10_000, 0)
    assert found["violated"] == 0
    assert found["moved"] > 15  # or else nothing was tested


@pytest.mark.parametrize("bend", [1, -1])
@pytest.mark.parametrize("rows", [6, 40, 400])
def test_a_convex_effect_is_convex_everywhere(bend, rows):
    random = np.random.default_rng(rows)
    x = random.standard_cauchy((rows, 2))
    y = np.sin(x[:, 0]) + 0.1 * x[:, 0] ** 2 + random.normal(size=rows)
    model = KANRegressor(convexity_cst={"x0": bend}, cv=2, random_state=0).fit(x, y)
    reach = random.choice([0.5, 2, 10, 1e4], (20_000, 1))
    a, b = random.uniform(-1, 1, (2, 20_000, 2)) * reach
    b[:, 1] = a[:, 1]
    share = random.uniform(size=(20_000, 1))
    on_chord = share[:, 0] * model.predict(a) + (1 - share[:, 0]) * model.predict(b)
    on_curve = model.predict(share * a + (1 - share) * b)
    size = 1 + np.abs(model.predict(a)) + np.abs(model.predict(b))
    assert np.all(bend * (on_chord - on_curve) >= -1e-12 * size)


def test_convex_and_rising():
    random = np.random.default_rng(0)
    x = random.uniform(-2, 2, (200, 1))
    y = np.exp(x[:, 0]) + 0.2 * random.normal(size=200)
    model = KANRegressor(convexity_cst=[1], monotonic_cst=[1], cv=2, random_state=0).fit(x, y)
    values = model.predict(np.linspace(-5, 5, 1001)[:, None])
    assert np.diff(values).min() >= -1e-12
    assert np.diff(values, 2).min() >= -1e-12
    assert model.score(x, np.exp(x[:, 0])) > 0.99


def test_a_shape_that_the_data_have_costs_nothing():
    random = np.random.default_rng(1)
    x = random.uniform(-2, 2, (300, 1))
    y = np.exp(x[:, 0]) + 0.1 * random.normal(size=300)
    free = KANRegressor(cv=2, random_state=0).fit(x, y)
    convex = KANRegressor(convexity_cst=[1], cv=2, random_state=0).fit(x, y)
    assert convex.score(x, np.exp(x[:, 0])) > free.score(x, np.exp(x[:, 0])) - 0.002


def test_columns_that_must_have_no_effect():
    random = np.random.default_rng(0)
    frame = pd.DataFrame({"a": random.normal(size=200), "b": random.choice(["x", "y"], 200)})
    frame["c"] = random.normal(size=200)
    y = frame["a"] * (frame["b"] == "x") + frame["c"]
    model = KANRegressor(exclude=["b", 2], cv=2, random_state=0).fit(frame, y)
    other = frame.assign(b=frame["b"].iloc[::-1].to_numpy(), c=5.0)
    assert np.array_equal(model.predict(other), model.predict(frame))
    nothing = KANRegressor(exclude=["a", "b", "c"], cv=2, random_state=0).fit(frame, y)
    assert np.allclose(nothing.predict(frame), y.mean())


def test_pairs_only_where_they_are_allowed():
    random = np.random.default_rng(0)
    x = random.uniform(-1, 1, (400, 3))
    y = x[:, 0] * x[:, 1] + x[:, 1] * x[:, 2]

    def list_pairs(allowed):
        model = KANRegressor(interaction_cst=allowed, cv=2, random_state=0).fit(x, y)
        return {t.columns for t in model.models_[0].terms if len(t.columns) == 2}

    assert list_pairs(None) >= {(0, 1), (1, 2)}
    assert list_pairs("pairs") >= {(0, 1), (1, 2)}
    assert list_pairs("no_interactions") == set()
    assert list_pairs([{"x0", "x1"}, {2}]) == {(0, 1)}


def test_predictions_stay_within_bounds():
    random = np.random.default_rng(0)
    x = random.normal(size=(200, 1))
    y = np.maximum(x[:, 0], 0) + 0.3 * random.normal(size=200)
    model = KANRegressor(bounds=(0, 1.5), cv=2, random_state=0).fit(x, y)
    values = model.predict(np.linspace(-100, 100, 10_001)[:, None])
    assert (values.min(), values.max()) == (0, 1.5)
    assert KANRegressor(bounds=(0, None), cv=2).fit(x, y).predict(x).min() == 0


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"monotonic_cst": [1]}, "a number for each of 2 columns, got 1"),
        ({"monotonic_cst": {"a": 2}}, "-1, 0 or 1 for 'a', got 2"),
        ({"monotonic_cst": {"z": 1}}, "a column among a, b"),
        ({"convexity_cst": {"b": 1}}, "'b' holds categories"),
        ({"exclude": ["z"]}, "a column among a, b"),
        ({"interaction_cst": "all"}, "no_interactions"),
        ({"bounds": (1, 0)}, "two numbers"),
        ({"bounds": 3}, "two numbers"),
    ],
)
def test_constraints_that_make_no_sense(settings, message):
    frame = pd.DataFrame({"a": np.arange(20.0), "b": ["u", "v"] * 10})
    with pytest.raises(ValueError, match=message):
        KANRegressor(**settings).fit(frame, np.arange(20.0))


def test_shapes_are_for_two_classes():
    x = np.arange(30.0)[:, None]
    with pytest.raises(ValueError, match="expected two classes, got 3"):
        KANClassifier(convexity_cst=[1]).fit(x, np.arange(30) % 3)
