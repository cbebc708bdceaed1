"""Columns of many levels: their block of the normal equations is eliminated, never written out."""

import tracemalloc

import numpy as np
import pandas as pd
import pytest
from growing_models import fit_additive

from edgewise.additive.curves import make_curve
from edgewise.additive.losses import Gaussian
from edgewise.additive.moments import FEWEST_LEVELS, MANY_LEVELS, make_design, measure_moments
from edgewise.additive.normal_equations import settle_factors, solve_equations
from edgewise.additive.ridge import solve_groups
from edgewise.additive.settings import Settings
from edgewise.additive.terms import Levels, make_levels
from edgewise.sklearn import KANClassifier, KANRegressor


def draw_table(levels, rows=1500, seed=0):
    """Curves of two columns and values of each level, (columns, terms, y)."""
    random = np.random.default_rng(seed)
    numbers = random.normal(size=(2, rows))
    codes = [random.integers(0, count, rows) for count in levels]
    y = np.sin(2 * numbers[0]) + 0.5 * random.normal(size=rows)
    for count, code in zip(levels, codes, strict=True):
        y += random.normal(size=count)[code]
    named = [np.array([f"level {k}" for k in code], dtype=object) for code in codes]
    columns, ones = [*numbers, *named], np.ones(rows)
    terms = [make_curve(k, numbers[k], ones, 8) for k in range(2)]
    terms += [make_levels(2 + k, column, ones) for k, column in enumerate(named)]
    return columns, terms, y


def measure(columns, terms, y):
    design = make_design(terms, columns)
    weight = np.random.default_rng(1).uniform(0.5, 2.0, len(y))
    effects = np.zeros((len(y), 1))
    moments = measure_moments(design, y[:, None], weight, Gaussian(), 0, effects)
    whole = np.concatenate([np.ones((len(y), 1)), *(t.design(columns) for t in terms)], 1)
    rooted = whole * np.sqrt(weight)[:, None]
    return design, moments, rooted.T @ rooted, rooted.T @ (y * np.sqrt(weight)), whole


def list_groups(terms):
    ends = np.cumsum([1, *(term.width for term in terms)])
    return [g + start for term, start in zip(terms, ends[:-1], strict=True) for g in term.groups]


def draw_ridges(groups, width, seed=3):
    return spread(groups, np.random.default_rng(seed).uniform(0.5, 4, len(groups)), width)


def spread(groups, ridges, width):
    diagonal = np.zeros(width)
    for group, ridge in zip(groups, ridges, strict=True):
        diagonal[group] = ridge
    return diagonal


@pytest.mark.parametrize("levels", [(60,), (60, 20), (20,)])
def test_with_one_factor_the_solution_is_that_of_the_whole_matrix(levels):
    columns, terms, y = draw_table(levels)
    design, moments, gram, moment, whole = measure(columns, terms, y)
    assert len(design.factors) == (levels[0] > FEWEST_LEVELS)
    groups = list_groups(terms)
    diagonal = draw_ridges(groups, design.width)
    found = solve_equations(moments, diagonal, groups, before=None)
    inverse = np.linalg.inv(gram + np.diag(diagonal))
    np.testing.assert_allclose(found.coef, inverse @ moment, atol=1e-7)
    np.testing.assert_allclose(found.spread[1:], np.diag(inverse)[1:], rtol=1e-5)
    np.testing.assert_allclose(design.multiply(found.coef), whole @ found.coef, atol=1e-9)
    left = moments.square - 2 * found.coef @ moment + found.coef @ gram @ found.coef
    assert found.square == pytest.approx(left, rel=1e-8)


def test_small_factors_join_the_dense_columns():
    """Then the solution is exact, as is the sum of squares, and so is the search for ridges."""
    columns, terms, y = draw_table((450, MANY_LEVELS + 80, MANY_LEVELS + 50, 30))
    design, moments, gram, moment, _ = measure(columns, terms, y)
    joined = moments.join_factors()
    assert [len(m.factors) for m in (moments, joined)] == [3, 1]
    groups = list_groups(terms)
    diagonal = draw_ridges(groups, design.width)
    inverse = np.linalg.inv(gram + np.diag(diagonal))
    exact = inverse @ moment
    found = solve_equations(joined, diagonal, groups, before=None)
    np.testing.assert_allclose(found.coef, exact, atol=1e-7)
    np.testing.assert_allclose(found.spread[1:], np.diag(inverse)[1:], rtol=1e-5)
    own = np.ix_(found.kept[1:], found.kept[1:])
    np.testing.assert_allclose(found.covariance[1:, 1:], inverse[own], atol=1e-8)
    left = moments.square - 2 * exact @ moment + exact @ gram @ exact
    assert found.square == pytest.approx(left, rel=1e-8)
    solution = solve_groups(
        moments, len(y), groups, np.ones(len(groups)), tolerance=1e-9, rounds=500
    )
    factors = range(len(groups) - 4, len(groups) - 1)  # each has one group
    inverse = np.linalg.inv(gram + np.diag(spread(groups, solution.ridge, design.width)))
    coef = inverse @ moment
    for k in factors:
        group, ridge = groups[k], solution.ridge[k]
        free = len(group) - ridge * np.diag(inverse)[group].sum()
        asked = solution.noise * free / np.sum(coef[group] ** 2)
        assert ridge == pytest.approx(asked, rel=1e-4)


def test_with_several_large_factors_it_is_found_by_iteration(monkeypatch):
    monkeypatch.setattr("edgewise.additive.moments.MOST_JOINED", 0)
    levels = (900, MANY_LEVELS + 100, 30)
    columns, terms, y = draw_table(levels)
    design, moments, gram, moment, _ = measure(columns, terms, y)
    assert [len(f.shares) for f in design.factors] == [terms[2].width, terms[3].width]
    groups = list_groups(terms)
    diagonal = draw_ridges(groups, design.width)
    assert moments.join_factors() is moments
    found = solve_equations(moments, diagonal, groups, before=None)
    inverse = np.linalg.inv(gram + np.diag(diagonal))
    exact = inverse @ moment
    assert np.abs(found.coef - exact).max() < 1e-4 * np.abs(exact).max()
    for group in groups:
        ridge = diagonal[group[0]]
        free = len(group) - ridge * np.diag(inverse)[group].sum()
        assert len(group) - ridge * found.spread[group].sum() == pytest.approx(free, rel=0.03)
    again = settle_factors(moments, diagonal, found.coef)
    assert np.abs(again - found.coef).max() < 1e-4


@pytest.mark.parametrize("levels", [80, 700])
def test_the_strength_is_that_of_the_analysis_of_variance(levels):
    """In a balanced layout, restricted likelihood gives the mean squares' estimates."""
    random, each = np.random.default_rng(5), 6
    codes = np.repeat(np.arange(levels), each)
    y = 3 + random.normal(size=levels)[codes] + 0.7 * random.normal(size=len(codes))
    named = np.array([f"level {k}" for k in codes], dtype=object)
    terms = [make_levels(0, named, np.ones(len(y)))]
    design = make_design(terms, [named])
    assert design.dense.shape == (len(y), 1)
    moments = measure_moments(
        design, y[:, None], np.ones(len(y)), Gaussian(), 0, np.zeros((len(y), 1))
    )
    found = solve_groups(
        moments, len(y), list_groups(terms), np.array([1.0]), tolerance=1e-9, rounds=500
    )
    means = y.reshape(levels, each).mean(1)
    within = np.square(y - means[codes]).sum() / (len(y) - levels)
    between = each * np.square(means - y.mean()).sum() / (levels - 1)
    assert found.noise == pytest.approx(within, rel=1e-4)
    assert found.noise / found.ridge[0] == pytest.approx((between - within) / each, rel=1e-4)
    shrunk = each / (each + found.ridge[0]) * (means - y.mean())
    order = [int(name.split()[1]) for name in terms[0].names]
    np.testing.assert_allclose(found.coef[1:], shrunk[order], atol=1e-6)


def test_a_model_with_a_factor_is_that_of_the_dense_columns(monkeypatch):
    columns, _, y = draw_table((120, 45))
    fits = []
    for fewest in (FEWEST_LEVELS, 10**6):
        monkeypatch.setattr("edgewise.additive.moments.FEWEST_LEVELS", fewest)
        *_, model = fit_additive(
            columns, y[:, None], np.ones(len(y)), Gaussian(), Settings(order=1)
        )
        fits.append(model)
    ours, dense = fits
    assert len(ours.solutions[0].apart) == 120
    assert not len(dense.solutions[0].apart)
    np.testing.assert_allclose(ours.effects(columns), dense.effects(columns), atol=1e-5)
    np.testing.assert_allclose(ours.solutions[0].freedom, dense.solutions[0].freedom, rtol=1e-6)


def test_a_curve_that_rises_stays_so_beside_a_factor():
    columns, _, y = draw_table((300,))
    y = y + 2 * columns[1]
    *_, model = fit_additive(
        columns, y[:, None], np.ones(len(y)), Gaussian(), Settings(signs={1: 1}, order=1)
    )
    at = np.linspace(-3, 3, 200)
    probe = [np.zeros(200), at, np.full(200, None, dtype=object)]
    effects = model.effects(probe)[:, 0]
    assert (np.diff(effects) >= 0).all()
    assert np.ptp(effects) > 5


def test_thousands_of_levels_take_little_memory():
    random, rows, levels = np.random.default_rng(0), 9_000, 3_000
    codes = random.integers(0, levels, rows)
    table = pd.DataFrame({"x": random.normal(size=rows), "who": [f"p{k}" for k in codes]})
    each = random.normal(size=levels)
    y = np.sin(table["x"]) + each[codes] + 0.5 * random.normal(size=rows)
    tracemalloc.start()
    model = KANRegressor(cv=2, random_state=0).fit(table, y)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 60e6  # rows × levels would be 216 MB
    probe = pd.DataFrame({"x": np.zeros(levels), "who": [f"p{k}" for k in range(levels)]})
    assert np.corrcoef(model.predict(probe), each)[0, 1] > 0.9
    effect = model.explain_global()["who"]
    reach = (effect.band.high - effect.band.low)[effect.counts > 0] / 2
    known = dict(zip(effect.levels, effect.band.value, strict=True))
    errors = np.array([known[f"p{k}"] - each[k] for k in range(levels) if f"p{k}" in known])
    assert np.std(errors) == pytest.approx(np.mean(reach) / 1.96, rel=0.15)


def test_levels_of_which_each_has_a_row_say_nothing_about_other_rows():
    names = np.array([f"row {k}" for k in range(50)], dtype=object)
    assert make_levels(0, names, np.ones(50)) is None
    assert make_levels(0, names[np.arange(50) // 2], np.ones(50)) is not None


@pytest.mark.parametrize(("repeated", "some"), [(0, False), (5, False), (6, True), (30, True)])
def test_levels_that_hardly_a_row_shares_have_no_values(repeated, some):
    """Of 100 rows one level has repeated + 1, and each other row its own."""
    names = np.array([f"row {max(k, repeated)}" for k in range(100)], dtype=object)
    levels = make_levels(0, names, np.ones(100))
    assert (levels is not None) == some
    gaps = np.concatenate([names, np.full(20, None)])
    levels = make_levels(0, gaps, np.ones(120))
    assert None in levels.names
    assert (len(levels.names) > 1) == some


def test_an_effect_of_missing_names_is_found_without_the_names():
    random, gone = np.random.default_rng(0), np.arange(400) % 4 == 0
    names = np.where(gone, None, np.array([f"row {k}" for k in range(400)], dtype=object))
    y = 2.0 * gone + 0.1 * random.normal(size=400)
    table = pd.DataFrame({"name": names, "x": random.normal(size=400)})
    found = KANRegressor(random_state=0).fit(table, y).predict(table)
    assert np.abs(found - 2.0 * gone).max() < 0.1


def test_weights_make_a_row_count_as_several_of_its_level():
    names = np.array([f"row {k}" for k in range(50)], dtype=object)
    assert make_levels(0, names, np.full(50, 2.0)).width == 50


def test_levels_with_an_order_say_something_unless_all_are_different():
    names = np.array([f"{max(k, 1):02d}" for k in range(50)], dtype=object)
    order = tuple(dict.fromkeys(names))
    assert make_levels(0, names, np.ones(50), order).ordered == 49
    assert make_levels(0, names[1:], np.ones(49), order) is None


def test_classes_with_hundreds_of_levels():
    random, rows = np.random.default_rng(2), 3_000
    codes = random.integers(0, 400, rows)
    table = pd.DataFrame({"x": random.normal(size=rows), "who": [f"p{k}" for k in codes]})
    odds = table["x"] + 1.5 * random.normal(size=400)[codes]
    y = random.uniform(size=rows) < 1 / (1 + np.exp(-odds))
    model = KANClassifier(cv=2, random_state=0).fit(table, y)
    best = np.mean((odds > 0) == y)
    assert model.score(table, y) > best - 0.03


def test_numbers_get_at_most_a_quarter_as_many_levels_as_there_are_rows():
    """Of three columns of names in whole numbers those two that say most, beside two factors."""
    random, rows = np.random.default_rng(4), 1_000
    codes = random.integers(0, (330, 320, 110, 110, 110), (rows, 5))
    sizes = (0.7, 0.7, 1.0, 0.5, 1.5)
    each = [size * random.normal(size=330)[code] for size, code in zip(sizes, codes.T, strict=True)]
    y = np.sum(each, 0) + 0.5 * random.normal(size=rows)
    names = {f"name {k}": [f"n{code}" for code in codes[:, k]] for k in (0, 1)}
    table = pd.DataFrame(names | {f"number {k}": codes[:, k] for k in (2, 3, 4)})
    model = KANRegressor(cv=2, interactions=None, random_state=0).fit(table, y)
    with_levels = {
        model.feature_names_in_[term.columns[0]]
        for term in model._list_models()[0].terms
        if isinstance(term, Levels)
    }
    assert with_levels == {"name 0", "name 1", "number 2", "number 4"}
    left = model.predict(table) - y + each[3]
    assert np.var(left) < 0.2 * np.var(y)
