"""Pairs of levels and a number: the curve of each level ends with the level's own rows."""

import numpy as np
import pandas as pd
import pytest

import edgewise as ew
from edgewise.additive.curves import BEYOND, make_curve
from edgewise.additive.products import find_ends, make_surface
from edgewise.additive.settings import Settings
from edgewise.additive.surfaces import Sides, make_interaction
from edgewise.additive.terms import make_levels
from edgewise.sklearn import KANRegressor

ONES = np.ones(900)


def make_table(seed=0, rows=900):
    """Three levels, of which "c" has few rows, all of them between 2 and 4 of 10."""
    rng = np.random.default_rng(seed)
    names = np.array(["a", "b"] * (rows // 2), dtype=object)
    x = rng.uniform(0, 10, rows)
    names[:20], x[:20] = "c", np.linspace(2, 4, 20)
    return x, names


def make_pair(order=1, knots=8):
    x, names = make_table()
    sides = Sides([x, names], ONES, Settings(), {1: make_levels(1, names, ONES)})
    return make_interaction(sides, (0, 1)[::order], [x, names], ONES, knots)


@pytest.mark.parametrize("order", [1, -1])
def test_the_curve_of_a_level_ends_a_tenth_beyond_its_own_rows(order):
    pair = make_pair(order)
    reach = 2 * BEYOND  # "c" covers 2, but asinh isn't taken of this column
    at = np.array([2 - reach, -50.0, 4 + reach, 5.0, 9.0, 3.0])
    c = np.full(len(at), "c", dtype=object)
    z = pair.design([at, c])
    np.testing.assert_allclose(z[1], z[0], atol=1e-12)
    np.testing.assert_allclose(z[3:5], [z[2], z[2]], atol=1e-12)
    assert abs(z[5] - z[2]).max() > 0.01
    a = pair.design([at, np.full(len(at), "a", dtype=object)])
    assert abs(a[3] - a[4]).max() > 0.1  # others go on


def test_a_level_whose_rows_have_one_number_has_a_short_curve_there():
    x, names = make_table()
    x[:20] = 3.0
    sides = [make_curve(0, x, ONES, 8), make_levels(1, names, ONES).take_common(15)]
    ends, _ = find_ends(sides, [x, names], ONES, 0.01)
    low, high = sides[0].axis.inverse(ends[list(sides[1].names).index("c")])
    assert low < 3 < high
    assert high - low == pytest.approx(0.01 * 10, rel=0.01)


def test_parts_of_a_surface_whose_curves_end_alike_add_up_to_it():
    x, names = make_table()
    other = np.random.default_rng(1).uniform(-3, 3, len(x))
    columns = [x, names, other]
    curves = [make_curve(k, columns[k], ONES, 5) for k in (0, 2)]
    sides = [curves[0], make_levels(1, names, ONES).take_common(15), curves[1]]
    surface = make_surface(sides, columns, ONES, find_ends(sides, columns, ONES, 0.01))
    weights = np.random.default_rng(2).normal(size=(surface.width, 2))
    at = [np.linspace(-3, 14, 60), np.array(["a", "b", "c", "new"] * 15, dtype=object)]
    at.append(np.linspace(-9, 9, 60))
    parts = list(surface.split(weights))
    (of_all, _), (of_c, _) = parts
    assert (of_all.sides[1].width, of_c.sides[1].width) == (2, 1)
    whole = sum(part.design(at) @ own for part, own in parts)
    np.testing.assert_allclose(whole - surface.means @ weights, surface.multiply(at, weights))


@pytest.fixture(scope="module")
def fitted():
    """A model of a line for each level, the steepest for "c"."""
    x, names = make_table()
    rng = np.random.default_rng(3)
    slope = np.select([names == "a", names == "b"], [1.0, -1.0], 12.0)
    y = slope * (x - 3) + rng.normal(0, 0.3, len(x))
    return KANRegressor(random_state=0).fit(pd.DataFrame({"x": x, "name": names}), y), y[:20]


def test_a_row_far_beyond_those_of_its_level_is_predicted_near_them(fitted):
    model, own = fitted
    far = model.predict(pd.DataFrame({"x": [9.5], "name": ["c"]}))[0]
    assert abs(far - own.max()) < np.ptp(own) / 2


def test_exports_end_the_curve_of_each_level_there(fitted, tmp_path):
    model, _ = fitted
    x = np.repeat([-3.0, 0.4, 1.9, 2.0, 3.3, 4.1, 4.3, 7.0, 9.9, 40.0], 4)
    rows = pd.DataFrame({"x": x, "name": ["a", "b", "c", "new"] * 10})
    expected = model.predict(rows)
    network = model.to_kan()(model.encode(rows)).detach().numpy()[:, 0]
    np.testing.assert_allclose(network, expected, rtol=1e-11)
    space = {}
    exec(model.to_python(), space)
    got = [space["predict"](row) for row in rows.to_dict("records")]
    np.testing.assert_allclose(np.ravel(got), expected, rtol=1e-11)
    ew.save(model, tmp_path / "model.safetensors")
    np.testing.assert_array_equal(ew.load(tmp_path / "model.safetensors").predict(rows), expected)
