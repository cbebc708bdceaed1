"""Terms: centred columns, penalties that are the roughness, missing values and unseen levels."""

from itertools import product

import numpy as np
import pytest

from edgewise.additive import curves, products
from edgewise.additive.curves import (
    balance_tails,
    find_quantiles,
    make_curve,
    measure_column,
)
from edgewise.additive.products import LEAST_SPREAD, make_surface
from edgewise.additive.terms import (
    MOST_STEPS,
    make_levels,
    make_missing,
)
from edgewise.sklearn import KANRegressor

ONES = np.ones(400)


def numbers(seed=0, rows=400):
    return np.random.default_rng(seed).normal(size=rows)


def test_columns_of_a_curve_have_mean_0_and_bends_are_in_order_of_roughness():
    x = numbers()
    curve = make_curve(0, x, ONES, 15)
    z = curve.design([x])
    np.testing.assert_allclose(z.mean(0), 0, atol=1e-10)
    straight = curve.groups[0]
    assert len(straight) == 1
    assert z[:, straight].std() == pytest.approx(1)
    assert abs(np.corrcoef(z[:, straight[0]], x)[0, 1]) == pytest.approx(1)
    gram = z.T @ z / len(z)
    np.testing.assert_allclose(gram, np.diag(np.diag(gram)), atol=1e-8)


def test_the_ridge_of_bends_is_the_integral_of_the_squared_second_derivative():
    x = numbers()
    curve = make_curve(0, x, ONES, 12)
    inner = np.unique(curve.knots)
    nodes, shares = np.polynomial.legendre.leggauss(3)
    half, middle = np.diff(inner) / 2, (inner[1:] + inner[:-1]) / 2
    places = (middle + half * nodes[:, None]).ravel()

    def roughness(coef, step=1e-3):
        """Up to one factor that all bends share."""
        weights = curve.weights(coef[:, None])
        left, here, right = (
            curve.multiply([(places + away) * curve.scale + curve.centre], weights)[:, 0]
            for away in (-step, 0.0, step)
        )
        bent = ((left - 2 * here + right) / step**2) ** 2
        return float(np.outer(shares, half).ravel() @ bent)

    unit = roughness(np.eye(curve.width)[curve.groups[1][0]])
    for coef in np.random.default_rng(1).normal(size=(4, curve.width)):
        bends = coef[curve.groups[1]]
        assert roughness(coef) == pytest.approx(unit * float(bends @ bends), rel=2e-2)
    assert roughness(np.eye(curve.width)[curve.groups[0][0]]) < 1e-6 * unit


def test_a_curve_goes_on_straight_and_then_stays():
    x = np.linspace(0, 1, 400)
    curve = make_curve(0, x, ONES, 10)
    weights = curve.weights(np.random.default_rng(0).normal(size=(curve.width, 1)))
    at = np.array([0.98, 1.0, 1.02, 1.04, 1.5, 9.0])
    values = curve.multiply([at], weights)[:, 0]
    assert values[3] - values[2] == pytest.approx(values[2] - values[1], rel=1e-6)
    assert values[4] == values[5]
    step = 1e-6
    inside = (values[1] - curve.multiply([np.array([1 - step])], weights)[0, 0]) / step
    assert (values[2] - values[1]) / 0.02 == pytest.approx(inside, rel=1e-3)


def test_few_different_values_get_a_polygon_through_each():
    x = np.array([1.0, 2.0, 5.0] * 20)
    curve = make_curve(0, x, np.ones(60), 15)
    assert curve.degree == 1
    assert curve.width == 2
    z = curve.design([x])
    target = np.array([3.0, -1.0, 0.5] * 20)
    fitted = np.c_[np.ones(60), z] @ np.linalg.lstsq(np.c_[np.ones(60), z], target, rcond=None)[0]
    np.testing.assert_allclose(fitted, target, atol=1e-10)


def test_a_natural_spline_is_straight_at_its_ends_and_has_short_knots():
    x = np.random.default_rng(0).normal(size=300)
    curve = make_curve(0, x, np.ones(300), 8, natural=True)
    knots = curve.centre + curve.scale * np.unique(curve.knots)
    assert np.abs(knots - np.round(knots, 2)).max() < 1e-12
    assert curve.width == len(knots) - 1
    low = knots.min()
    near = curve.design([np.r_[low - 9.0, low - 1.0, low + np.arange(3) * 1e-5]])
    bends = np.abs(near[2] - 2 * near[3] + near[4]) / 1e-10
    assert bends.max() < 1e-2 * np.abs(curve.transform).max()
    slopes = (near[1] - near[0]) / 8, (near[3] - near[2]) / 1e-5
    assert np.abs(slopes[0] - slopes[1]).max() < 1e-3 * np.abs(slopes[0]).max()


def test_missing_numbers_have_no_share_in_a_curve():
    x = numbers()
    x[::7] = np.nan
    curve = make_curve(0, x, ONES, 10)
    missing = make_missing(0, x, ONES)
    assert not curve.design([x])[::7].any()
    np.testing.assert_allclose(curve.design([x]).mean(0), 0, atol=1e-10)
    z = missing.design([x])
    np.testing.assert_allclose([z.mean(), z.std()], [0, 1], atol=1e-12)
    assert make_missing(0, numbers(), ONES) is None


def test_constant_and_missing_columns_have_no_curve():
    assert make_curve(0, np.full(400, 3.0), ONES, 10) is None
    assert make_curve(0, np.full(400, np.nan), ONES, 10) is None


def test_heavy_tails_are_tamed():
    x = np.random.default_rng(0).standard_cauchy(400)
    curve = make_curve(0, x, ONES, 10)
    assert curve.tame
    assert not make_curve(0, numbers(), ONES, 10).tame
    assert np.isfinite(curve.design([np.array([1e300, -1e300, 0.0])])).all()


def test_amounts_that_spread_over_decades_lie_on_a_logarithmic_scale():
    """A line in log x is a line in u; there are no zeros, few zeros, and a weight of 0."""
    x = np.sort(np.exp(2 * numbers()))
    scale = make_curve(0, x, ONES, 10).axis
    tenfold = scale.forward(10 * x[40:]) - scale.forward(x[40:])
    np.testing.assert_allclose(tenfold, np.log(10), rtol=0.02)
    counted = make_curve(0, np.r_[x, 1e9], np.r_[ONES, 0.0], 10).axis
    assert (counted.centre, counted.width) == (scale.centre, scale.width)
    some = np.r_[x[:390], np.zeros(10)]
    assert make_curve(0, some, ONES, 10).axis.centre == 0


def test_other_heavy_tails_keep_their_middle():
    """Values of both signs, mostly zeros, and symmetrical ones."""
    x = np.exp(2 * numbers())
    for other in (
        x - 0.5,
        np.where(numbers(1) > 0.3, x, 0.0),
        1e3 + np.random.default_rng(0).standard_t(2, 400),
    ):
        centre, scale, _ = measure_column(other, ONES)
        assert balance_tails(other, ONES, centre, scale) == (centre, scale)


def test_numbers_that_a_logarithm_cannot_tell_apart_have_another_scale():
    x = np.r_[1e-9 * np.arange(1, 41), np.nextafter(1.0, 2), np.ones(359)]
    assert np.arcsinh(x[-2] / 4e-9) == np.arcsinh(x[-1] / 4e-9)
    assert make_curve(0, x, ONES, 10) is not None


def test_levels_have_mean_0_and_those_of_surfaces_no_effect_where_unseen():
    values = np.array(["a", "b", None, "b"] * 100, dtype=object)
    levels = make_levels(0, values, ONES)
    assert levels.names == ("b", None, "a")
    np.testing.assert_allclose(levels.design([values]).mean(0), 0, atol=1e-12)
    weights = np.array([[1.0], [2.0], [3.0]])
    few = [np.array(["b", None, "a", "?"], dtype=object)]
    effects = levels.multiply(few, weights)[:, 0]
    np.testing.assert_allclose(np.diff(effects[:3]), [1, 1])
    side = levels.take_common(2)
    assert side.names == ("b", None)
    assert side.multiply(few, weights[:2])[2:].tolist() == [[0.0], [0.0]]
    for each, own in ((levels, weights), (side, weights[:2])):
        np.testing.assert_allclose(each.design(few) @ own, each.multiply(few, own))
        amounts = np.random.default_rng(0).normal(size=(4, 2))
        np.testing.assert_allclose(each.gather(few, amounts), each.design(few).T @ amounts)
    np.testing.assert_allclose(
        levels.design([values]) @ weights, levels.multiply([values], weights)
    )


def test_a_level_that_was_not_fitted_has_the_mean_of_a_mixed_model():
    """μ + u_l + e with variances φ/λ and φ: generalised least squares of μ."""
    g, ridge = np.random.default_rng(0), 3.0
    values = np.repeat(np.array(list("abcdef"), dtype=object), [200, 50, 20, 4, 2, 1])
    y = 5.0 * (values == "a") + g.normal(size=len(values))
    levels = make_levels(0, values, np.ones(len(values)))
    design = np.concatenate([np.ones((len(values), 1)), levels.design([values])], 1)
    penalty = np.diag(np.r_[0.0, np.full(6, ridge)])
    coef = np.linalg.solve(design.T @ design + penalty, design.T @ y)[:, None]
    found = coef[0] + levels.multiply([np.array(["new"], dtype=object)], coef[1:])[0]
    indicator = (values[:, None] == np.array(levels.names)).astype(float)
    inverse = np.linalg.inv(np.eye(len(y)) + indicator @ indicator.T / ridge)
    np.testing.assert_allclose(found, inverse.sum(0) @ y / inverse.sum(), rtol=1e-10)
    assert abs(found[0] - y.mean()) > 1.0


def test_a_surface_is_the_product_of_its_sides_and_has_mean_0():
    x, y = numbers(0), numbers(1)
    surface = make_surface([make_curve(0, x, ONES, 6), make_curve(1, y, ONES, 6)], [x, y], ONES)
    z = surface.design([x, y])
    np.testing.assert_allclose(z.mean(0), 0, atol=1e-9)
    assert len(surface.groups) == 4
    left, right = (side.design([x, y]) for side in surface.sides)
    for k, (i, j) in enumerate(surface.products):
        product = left[:, i] * right[:, j]
        np.testing.assert_allclose(z[:, k], product - product.mean(), atol=1e-9)


def test_a_surface_leaves_out_what_is_too_rough_for_its_ridge(monkeypatch):
    """Bends have spreads of k⁻⁴: a third of 144 products is left out. Levels have no order."""
    x, y = numbers(0), numbers(1)
    level = np.array(["a"] * 380 + ["b"] * 20, dtype=object)
    sides = [make_curve(0, x, ONES, 12), make_curve(1, y, ONES, 12), make_levels(2, level, ONES)]
    columns = [x, y, level]
    surface = make_surface(sides[:2], columns, ONES)
    spreads = [side.spreads(side.design(columns), ONES) for side in sides[:2]]
    for k, (one, other) in enumerate(product(sides[0].groups, sides[1].groups)):
        every = np.outer(spreads[0][one], spreads[1][other])
        kept = surface.products[surface.groups[k]]
        assert len(kept) == (every >= LEAST_SPREAD * every.max()).sum()
        least = (spreads[0][kept[:, 0]] * spreads[1][kept[:, 1]]).min()
        assert least >= LEAST_SPREAD * every.max()
    assert len(surface.groups[3]) < 90 < 140 < len(sides[0].groups[1]) * len(sides[1].groups[1])
    both = make_surface(sides[::2], columns, ONES)
    counts = np.unique(both.products[:, 1], return_counts=True)[1]
    assert counts[0] == counts[1]

    def fit(seed):
        noise = np.random.default_rng(seed).normal(size=400)
        model = KANRegressor(cv=2, random_state=0)
        target = np.sin(2 * x) * np.cos(y) + 0.2 * noise
        return model.fit(np.stack([x, y], 1), target).predict(np.stack([x, y], 1))

    some = fit(0)
    monkeypatch.setattr(products, "LEAST_SPREAD", 0.0)
    assert np.sqrt(np.mean((fit(0) - some) ** 2)) < 0.2 * 0.1


def test_a_row_of_weight_2_is_two_rows():
    x = numbers(rows=60)
    weight = np.random.default_rng(3).integers(1, 4, 60).astype(float)
    twice = np.repeat(x, weight.astype(int))
    one = make_curve(0, x, weight, 8)
    other = make_curve(0, twice, np.ones(len(twice)), 8)
    np.testing.assert_allclose(one.knots, other.knots)
    np.testing.assert_allclose(np.abs(one.design([x])), np.abs(other.design([x])), atol=1e-8)
    shares = np.array([0.0, 0.1, 0.5, 0.9, 1.0])
    np.testing.assert_array_equal(
        find_quantiles(x, weight, shares), find_quantiles(twice, np.ones(len(twice)), shares)
    )
    np.testing.assert_array_equal(
        find_quantiles(twice, np.ones(len(twice)), shares),
        np.quantile(twice, shares, method="inverted_cdf"),
    )


def test_a_curve_of_some_rows_ends_with_their_data():
    """Inside it is the curve of all rows; beyond, a line for a tenth of the range, then level."""
    x = numbers()
    curve = make_curve(0, x, ONES, 15)
    inside = x[np.abs(x) < 1]
    short = curve.limit(inside, np.ones(len(inside)))
    assert short.ends == pytest.approx(
        tuple(curve.coordinate(inside[[inside.argmin(), inside.argmax()]]))
    )
    coef = np.random.default_rng(1).normal(size=(curve.width, 1))

    def effect(one, at):
        return one.multiply([np.asarray(at)], one.weights(coef))[:, 0]

    np.testing.assert_array_equal(effect(short, inside), effect(curve, inside))
    high, reach = inside.max(), 0.1 * np.ptp(inside)
    slope = (effect(curve, [high]) - effect(curve, [high - 1e-6])) / 1e-6
    a, b, c, d = effect(short, high + reach * np.array([0, 0.5, 1, 5]))
    assert b - a == pytest.approx(slope[0] * reach / 2, rel=1e-3)
    assert c - a == pytest.approx(slope[0] * reach, rel=1e-3)
    assert d == pytest.approx(c)


def test_a_few_rows_far_away_do_not_move_the_end_of_a_side():
    """Two rows of 400 lie far away: the side ends a tenth of the others' range beyond the 98 %."""
    x = np.r_[np.linspace(-1, 1, 398), 6.0, 9.0]
    curve = make_curve(0, x, ONES, 8)
    low, high = np.quantile(x, [0.01, 0.99], method="inverted_cdf")
    short = curve.limit(x, ONES, 0.01)
    ends = [curve.coordinate(np.array([end]))[0] for end in (low, high)]
    slack = 0.1 * (ends[1] - ends[0])
    assert short.ends == pytest.approx((curve.coordinate(x[:1])[0], ends[1] + slack))
    z = short.design([np.array([6.0, 9.0])])
    np.testing.assert_array_equal(z[0], z[1])
    even = make_curve(0, x[:398], ONES[:398], 8)
    assert even.limit(x[:398], ONES[:398], 0.01).ends == even.ends
    same = np.r_[np.zeros(597), 1.0, 2.0, 3.0, 4.0, 5.0]
    weight = np.ones(len(same))
    few = make_curve(0, same, weight, 8)
    assert few.limit(same, weight, 0.01).ends[1] == few.ends[1]
    line = make_curve(0, x, ONES, 8, natural=True)
    assert line.limit(x, ONES, 0.01).ends == line.ends


@pytest.mark.parametrize("x", [[1.0, 1.0, 1.0], [np.nan, 2.0, np.nan]])
def test_a_column_of_one_value_has_no_curve(x):
    assert make_curve(0, np.array(x), np.ones(3), 10) is None


@pytest.mark.parametrize("u", [[0.0, np.nan, 1.0], [0.0, np.inf, 1.0], [0.0, 1.0, 1.0]])
def test_values_that_their_scale_cannot_tell_apart_have_no_curve(u, monkeypatch):
    monkeypatch.setattr(curves.Scale, "forward", lambda self, x: np.array(u))
    with np.errstate(invalid="ignore"):
        assert make_curve(0, np.array([1.0, 2.0, 3.0]), np.ones(3), 10) is None


@pytest.mark.parametrize("levels", [2, 5, 40, 1500])
def test_the_ridge_of_ordered_levels_is_the_sum_of_their_squared_steps(levels):
    random = np.random.default_rng(0)
    order = [f"{k:04d}" for k in range(levels)]
    values = np.array(order, dtype=object)[random.integers(levels, size=3000)]
    there = np.isin(order, values)
    term = make_levels(0, values, np.ones(3000), order)
    z = term.design([values])
    assert term.width == min(there.sum() - 1, MOST_STEPS)
    np.testing.assert_allclose(z.mean(0), 0, atol=1e-9)
    gram = z.T @ z / len(z)
    np.testing.assert_allclose(gram, np.diag(np.diag(gram)), atol=1e-7 * gram.max())
    at = term.design([np.array(order, dtype=object)])
    coef = random.normal(size=(term.width, 6))
    steps = np.diff(at[there] @ coef, axis=0) ** 2 / np.diff(np.flatnonzero(there))[:, None]
    ratio = steps.sum(0) / np.sum(coef**2, 0)
    np.testing.assert_allclose(ratio, ratio[0], rtol=1e-6)
    assert not term.design([np.array(["none"], dtype=object)]).any()
