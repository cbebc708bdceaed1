"""Jumps: found where the target has them, and nowhere else; the same model everywhere."""

import numpy as np
import pandas as pd
import pytest

from edgewise.additive import jumps
from edgewise.additive.curves import make_curve
from edgewise.additive.jumps import find_cuts, make_jumps
from edgewise.sklearn import KANRegressor


def look(x, residual, weight=None, columns=1, cells=None):
    weight = np.ones(len(x)) if weight is None else weight
    residual = residual.reshape(len(x), -1)
    working = weight[:, None] * np.ones_like(residual)
    clear = jumps.CLEAR if cells is None else jumps.CLEAR_OF_PAIRS
    return find_cuts(x, residual, working, weight, columns, clear, cells)


def test_cuts_are_where_residuals_jump():
    random = np.random.default_rng(0)
    x = random.uniform(0, 100, 1000)
    x[::9] = np.nan
    steps = 2.0 * (x > 40) - 3.0 * (x > 75)
    found = look(x, np.nan_to_num(steps) + 0.5 * random.normal(size=1000))
    assert len(found) == 2
    for (below, above), cut in zip(found, (40, 75), strict=True):
        assert below <= cut < above
        assert not ((x > below) & (x < above)).any()


def test_noise_has_few_cuts():
    """Some are let through on purpose: folds and a ridge judge them."""
    count, in_cells = 0, 0
    for seed in range(40):
        random = np.random.default_rng(seed)
        x = random.normal(size=800) if seed % 2 else random.integers(0, 30, 800).astype(float)
        residual = random.standard_t(5, size=(800, 1 + seed % 3))
        count += len(look(x, residual, columns=5))
        in_cells += len(look(x, residual, columns=5, cells=random.integers(0, 4, 800)))
    assert count / 40 < 0.5
    assert in_cells / 40 < 0.2


@pytest.mark.parametrize("seed", range(3))
def test_smooth_curves_get_no_jumps(seed):
    random = np.random.default_rng(seed)
    table = pd.DataFrame(random.normal(size=(300, 3)), columns=["a", "b", "c"])
    y = np.sin(2 * table["a"]) + table["b"] * table["c"] + 0.5 * random.normal(size=300)
    model = KANRegressor(cv=3, random_state=0).fit(table, y)
    terms = [term for term, weights in model.models_[0].weights() if weights.any()]
    parts = [side for term in terms for side in getattr(term, "sides", [term])]
    assert {part.degree for part in parts} == {3}


def test_jumps_of_a_pair_are_those_that_differ_between_cells():
    random = np.random.default_rng(0)
    x, cells = random.uniform(0, 100, 1000), random.integers(0, 4, 1000)
    common, opposed = 2.0 * (x > 40), 2.0 * np.where(cells % 2, x > 75, x <= 75)
    noise = 0.2 * random.normal(size=1000)
    ((below, above),) = look(x, common + opposed + noise, cells=cells)
    assert below <= 75 < above
    others = look(x, opposed + noise)  # in all rows the jumps of cells cancel each other
    assert not any(cut[0] <= 75 < cut[1] for cut in others)
    assert any(cut == pytest.approx((40, 40), abs=1) for cut in look(x, common + noise))


def test_a_single_row_of_a_rare_class_makes_no_jump():
    x = np.arange(2000.0)
    share = np.full((2000, 1), 1e-3)
    working = share * (1 - share)
    residual = -share / working
    residual[1000] = (1 - share[1000]) / working[1000]
    assert find_cuts(x, residual, working, np.ones(2000), 1, jumps.CLEAR, cells=None) == []


def test_cuts_are_the_same_whether_a_few_places_are_looked_at_first(monkeypatch):
    random = np.random.default_rng(3)
    x = random.normal(size=3000)
    residual = 0.4 * (x > 0.3) + random.normal(size=3000)
    first = look(x, residual)
    monkeypatch.setattr(jumps, "SOME_CUTS", 10**6)
    assert first == look(x, residual) != []


def test_a_row_of_weight_two_counts_as_two_rows():
    random = np.random.default_rng(1)
    x, weight = random.normal(size=300).round(1), random.integers(1, 4, 300).astype(float)
    residual = (x > 0.35) * 1.0 + 0.3 * random.normal(size=300)
    repeat = np.repeat(np.arange(300), weight.astype(int))
    assert look(x, residual, weight) == look(x[repeat], residual[repeat]) == [(0.3, 0.4)]


def test_jumps_are_flat_on_both_sides_and_end_with_the_curve():
    x = np.r_[np.zeros(50), np.linspace(1, 9, 100)]
    weight = np.ones(150)
    curve = make_curve(0, x, weight, 8)
    steps = make_jumps(curve, x, weight, [(0.0, 1.0), (x[100], x[101])])
    assert steps.ends == curve.ends
    at = np.array([-5.0, 0.0, 0.24, 0.76, 1.0, x[100], x[101], 20.0])
    values = steps.multiply([at], steps.transform) + steps.means @ steps.transform
    np.testing.assert_allclose(values[:, 0], [0, 0, 0, 1, 1, 1, 1, 1], atol=1e-12)
    np.testing.assert_allclose(values[:, 1], [0, 0, 0, 0, 0, 0, 1, 1], atol=1e-12)
    np.testing.assert_allclose(steps.design([x]).mean(0), 0, atol=1e-12)
    assert make_jumps(curve, x, weight, [(1.0, np.nextafter(1.0, 2))]) is None


@pytest.fixture(scope="module")
def tariff():
    random = np.random.default_rng(0)
    table = pd.DataFrame({"age": random.uniform(18, 90, 900), "bmi": random.normal(25, 4, 900)})
    table.loc[::11, "age"] = np.nan
    age = table["age"].fillna(50)
    y = 3.0 * (age >= 25) + 2.0 * (age >= 65) + np.sin(table["bmi"] / 3)
    return (
        table,
        y,
        KANRegressor(cv=3, random_state=0).fit(table, y + 0.1 * random.normal(size=900)),
    )


def test_a_tariff_is_learned(tariff):
    table, y, model = tariff
    assert np.sqrt(np.mean((model.predict(table) - y) ** 2)) < 0.05
    frame = model.explain_global().frame("age").dropna(subset="at")
    ages = np.sort(table["age"].dropna())
    sides = ages[ages < 65].max(), ages[ages >= 65].min()
    below, above = np.interp(sides, frame["at"], frame["effect"])
    assert above - below == pytest.approx(2.0, abs=0.1)


def test_the_network_has_the_jumps(tariff):
    table, _, model = tariff
    edge = np.sort(table["age"].dropna())
    ages = [*edge[:3], *((edge[1:] + edge[:-1]) / 2)[::40], -10.0, 200.0, np.nan]
    rows = pd.DataFrame({"age": ages, "bmi": 25.0})
    network = model.to_kan()(model.encode(rows))[:, 0].detach().numpy()
    np.testing.assert_allclose(network, model.predict(rows), atol=1e-9)


def test_an_edit_keeps_the_jumps(tariff):
    table, _, model = tariff
    edited = model.edit("age", "clip", low=-100, high=100)
    np.testing.assert_allclose(edited.predict(table), model.predict(table), atol=1e-9)


@pytest.fixture(scope="module")
def cells():
    """A checkerboard of four cells, behind which a tariff hides."""
    random = np.random.default_rng(0)
    table = pd.DataFrame(random.uniform(-1, 1, (700, 2)), columns=["a", "b"])
    y = 3.0 * ((table["a"] > 0) ^ (table["b"] > 0.3)) + 0.7 * (table["b"] > -0.5)
    noisy = y + 0.1 * random.normal(size=700)
    return table, y, KANRegressor(cv=3, random_state=0).fit(table, noisy)


def test_cells_of_a_pair_are_learned(cells):
    table, y, model = cells
    at = pd.DataFrame({"a": [-0.1, 0.1, -0.1, 0.1, 0.5], "b": [0.2, 0.2, 0.4, 0.4, -0.8]})
    np.testing.assert_allclose(model.predict(at), [0.7, 3.7, 3.7, 0.7, 3.0], atol=0.2)
    error = model.predict(table) - y
    assert np.median(np.abs(error)) < 0.05
    assert np.sqrt(np.mean(error**2)) < 0.15  # of which a cut that is a row off makes up most


def test_cells_of_a_pair_are_the_same_everywhere(cells):
    table, _, model = cells
    rows = pd.concat([table[:80], pd.DataFrame({"a": [0.4, 3.0, -9.0], "b": [0.4, 0.0, 9]})])
    expected = model.predict(rows)
    network = model.to_kan()(model.encode(rows))[:, 0].detach().numpy()
    np.testing.assert_allclose(network, expected, atol=1e-9)
    parts = model.explain_local(rows).frame().drop(columns="(prediction)")
    np.testing.assert_allclose(parts.sum(axis=1), expected, atol=1e-9)
    edited = model.edit("a", "clip", low=-100, high=100)
    np.testing.assert_allclose(edited.predict(rows), expected, atol=1e-9)
    written = {}
    exec(model.to_python(), written)
    found = [written["predict"](row) for row in rows.to_dict("records")]
    np.testing.assert_allclose(found, expected, atol=1e-9)


def test_what_splines_miss_of_a_smooth_curve_is_no_jump():
    x = np.linspace(0, 1, 400)
    wave = 1e-3 * np.sign(np.sin(30 * x))[:, None]
    weight = np.ones(400)
    assert find_cuts(x, 10 * wave, weight[:, None], weight, 1, jumps.CLEAR, cells=None)
    assert not find_cuts(x, wave, weight[:, None], weight, 1, jumps.CLEAR, cells=None)
