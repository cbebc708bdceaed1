"""Targets, weights and columns at the ends of float64: the same answer, or one clear error."""

import re

import numpy as np
import pandas as pd
import pytest

from edgewise.additive.arguments import TOTALS, read_weight
from edgewise.additive.columns import LARGEST, find_size
from edgewise.sklearn import KANClassifier, KANRegressor, KANSurvival
from repeats import seeds

pytestmark = pytest.mark.filterwarnings("ignore:sample_weight counts:UserWarning")
ROWS = 120
RANDOM = np.random.default_rng(0)
X = pd.DataFrame({"a": RANDOM.normal(size=ROWS)})
Y = np.sin(2 * X["a"].to_numpy()) + 0.1 * RANDOM.normal(size=ROWS)


def fit(x, y, weight=None):
    return KANRegressor(cv=2, random_state=0).fit(x, y, weight)


def answer(model):
    return model.predict_proba(X) if isinstance(model, KANClassifier) else model.predict(X)


@pytest.fixture(scope="module")
def plain():
    return fit(X, Y)


@pytest.mark.parametrize("power", [-1000, -600, 500, 600, 1010])
def test_powers_of_two_of_the_target_change_nothing_else(power, plain):
    scale = 2.0**power
    model = fit(X, Y * scale)
    np.testing.assert_allclose(model.predict(X) / scale, plain.predict(X), rtol=1e-12)
    ends = model.predict_interval(X) / scale
    np.testing.assert_allclose(ends, plain.predict_interval(X), rtol=1e-9)
    assert model.score(X, Y * scale) == pytest.approx(plain.score(X, Y), abs=1e-12)


@pytest.mark.parametrize("power", [-1000, 1010])
def test_powers_of_two_of_a_column_change_nothing(power, plain):
    scale = 2.0**power
    found = fit(X * scale, Y).predict(X * scale)
    np.testing.assert_allclose(found, plain.predict(X), atol=1e-6)


@pytest.mark.parametrize("scale", [1e-300, 1e-30, 1e20, 1e160, 1e300])
@pytest.mark.parametrize("kind", [KANRegressor, KANClassifier])
def test_weights_of_any_size(scale, kind):
    y = Y if kind is KANRegressor else Y > 0
    model = kind(cv=2, random_state=0).fit(X, y, np.full(ROWS, scale))
    assert np.isfinite(model.predict(X)).all()
    if scale > 1:  # so many rows that more are the same
        many = kind(cv=2, random_state=0).fit(X, y, np.full(ROWS, 1e9))
        np.testing.assert_allclose(answer(model), answer(many), rtol=1e-3)


@pytest.mark.parametrize("count", [1, 2, 5])
@pytest.mark.parametrize("other", [0.0, 1e-300])
def test_a_few_rows_have_all_the_weight(count, other):
    weight = np.full(ROWS, other)
    weight[:count] = 1.0
    predicted = fit(X, Y, weight).predict(X)
    assert np.isfinite(predicted).all()
    if not other:
        np.testing.assert_array_equal(predicted, fit(X[:count], Y[:count]).predict(X))


def test_ordinary_weights_are_taken_as_they_are():
    weight = np.random.default_rng(1).uniform(0, 1e6, 50)
    np.testing.assert_array_equal(read_weight(weight, 50, 50), weight)
    for scale in (2.0**-900, 2.0**900):
        held = read_weight(weight * scale, 50, 50)
        np.testing.assert_allclose(held / held.max(), weight / weight.max(), rtol=1e-15)
        assert TOTALS[0] <= held.sum() <= TOTALS[1]


@pytest.mark.parametrize(
    "values",
    [
        np.array([1e300, -1e300, 1.0, 0.0])[np.arange(ROWS) % 4],
        np.r_[1e300, -1e300, np.arange(ROWS - 2.0)],
        np.r_[np.full(40, 1e300), np.full(40, -1e300), np.arange(40.0)],
        np.r_[5e-324, np.zeros(ROWS - 1)],
        np.where(np.arange(ROWS) % 2, 1e-310, 2e-310),
    ],
    ids=["four values", "two outliers", "two thirds", "one denormal", "denormals"],
)
def test_columns_of_extreme_values(values):
    table = pd.DataFrame({"a": values, "b": X["a"]})
    model = fit(table, Y)
    assert model.score(table, Y) > 0.85
    assert np.isfinite(model.predict(table.assign(a=-values))).all()


def test_targets_whose_differences_overflow_are_refused():
    with pytest.raises(ValueError, match=r"y expected numbers of at most .*divide y"):
        fit(X, np.where(Y > 0, 1.7e308, -1.7e308))


@pytest.mark.parametrize("values", [[3.0, -5.0], [LARGEST], [5e-324, 0.0], [0.75]])
def test_the_size_is_a_power_of_two_above_all_values(values):
    size = find_size(np.array(values))
    assert np.frexp(size)[0] == 0.5
    assert 0.5 <= np.abs(values).max() / size < 1 or size == 2.0**-1074
    assert find_size(np.zeros(3)) == find_size(np.zeros(0)) == 1.0


CONSTANT = 1086
"""A constant target: its noise times the freedom, over the strengths, was less than any float64."""


def test_a_curve_for_other_rows_ends_at_its_knots(plain):
    """Where rows lie beyond, as those of nearly no weight may."""
    (curve,) = plain.models_[0].terms
    wide = [3 * X["a"].to_numpy()]
    limited = curve.limit(wide[0], np.ones(ROWS))
    assert limited.ends == (curve.knots[0], curve.knots[-1])
    np.testing.assert_allclose(limited.design(wide), curve.design(wide), atol=1e-12)


BEYOND = [300_089, 300_124, 300_229]
"""Rows of weights near 0 lay beyond the knots of a pair: scipy's "Out of bounds"."""


@pytest.mark.parametrize("seed", [*seeds(6), CONSTANT, *BEYOND])
def test_drawn_scales_end_in_finite_answers_or_one_clear_error(seed):
    draw = np.random.default_rng(seed)
    rows = draw.choice([1, 2, 5, 30, 120], p=[0.1, 0.1, 0.1, 0.5, 0.2])
    kind = draw.choice([KANRegressor, KANClassifier])
    column, target, weight = 2.0 ** draw.integers(-1070, 1020, 3)
    x = X[:rows].assign(b=draw.choice([0.0, 1.0, column], rows)) * column
    y = Y[:rows] * target if kind is KANRegressor else np.arange(rows) % 2
    if draw.random() < 0.2:
        y = np.full(rows, y[0])
    given = draw.choice([0.0, 1.0, weight], rows) if draw.random() < 0.5 else None
    try:
        model = kind(cv=2, random_state=0).fit(x, y, given)
    except ValueError as error:
        assert re.search("y |weight|class|'[ab]'|rows", str(error)), error  # noqa: PT017
        return
    answer = model.predict(x) if kind is KANRegressor else model.predict_proba(x)
    assert np.isfinite(answer).all()


@pytest.mark.parametrize("loss", ["poisson", "negative_binomial"])
def test_counts_whose_squares_overflow_are_refused(loss):
    """They have no unit in which they could be fitted."""
    with pytest.raises(ValueError, match=r"at most 1e\+100, some above 0 as targets, got"):
        KANRegressor(loss=loss, cv=2).fit(X, np.full(ROWS, 1e300))


@pytest.mark.parametrize(("y", "rows"), [(2.0, 1), (1e-300, 6)])
def test_a_loss_of_nothing_but_rounding_has_a_model(y, rows):
    """Rounding makes it negative, and twice that was no limit for any size of model."""
    model = KANRegressor(loss="negative_binomial", cv=2).fit(X[:rows], np.full(rows, y))
    assert np.isfinite(model.predict(X)).all()


def lives(size):
    event = np.arange(ROWS) % 3 > 0
    return np.stack([event, size * np.exp(X["a"] + 0.5 * Y)], 1)


@pytest.mark.parametrize("size", [1e-15, 1e15])
def test_survival_is_the_same_in_every_unit_of_time(size):
    few, many = (
        KANSurvival(cv=2, random_state=0)
        .fit(X, lives(unit))
        .predict_survival_function(X[:5], return_array=True)
        for unit in (1.0, size)
    )
    np.testing.assert_allclose(many, few, atol=1e-6)


@pytest.mark.parametrize("size", [1e-300, 1e-30, 1e30, 1e300])
def test_times_of_survival_that_hazards_cannot_have_are_refused(size):
    """Every row of such a fit lived for ever, or not at all."""
    with pytest.raises(ValueError, match=r"largest is between 1e-20 and 1e\+20, got"):
        KANSurvival(cv=2).fit(X, lives(size))
