"""The parts of the search by projection, one by one: frames, grids, starts and trees."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from edgewise.formula.expression import Input, Power, add, apply, exact, free, multiply, power
from edgewise.formula.library import LIBRARY
from edgewise.formula.program import Program
from edgewise.formula.scaling import remove_projection
from edgewise.search.composite_search import (
    Frame,
    Leaves,
    Setting,
    _frames,
    _Grid,
    _grid,
    _is_root,
    _subtract,
    _tree,
    fit_function,
    search_by_projection,
)
from edgewise.search.links import LINKS

X = np.random.default_rng(0).uniform(0.5, 3, (60, 2))
LEAVES = Leaves(X.T, [Input(0), Input(1)])


def setting(target, root=None, bare=False):
    root = np.ones(len(target)) if root is None else root
    return Setting(LEAVES, LEAVES, target, root, bare)


def grid_of(function, g, bare):
    return _grid(function, Leaves(g[None], [Input(0)]), 0, 8.0, bare)


def test_leaves_at_rows_keep_their_trees():
    some = LEAVES.at(np.array([3, 1]))
    np.testing.assert_array_equal(some.values, X[[3, 1]].T)
    assert some.trees is LEAVES.trees


@pytest.mark.parametrize(
    ("target", "root", "flat"),
    [
        ([1.0, 1.0, 1.0], [1.0, 1.0, 1.0], True),
        ([1.0, 1.0 + 1e-12, 1.0], [1.0, 1.0, 1.0], False),
        ([1.0, 1.0 + 1e-14, 1.0], [1.0, 1.0, 1.0], True),
        ([1.0, 1.0, 9.0], [1.0, 1.0, 0.0], True),
        ([1.0, 2.0, 9.0], [1.0, 1.0, 0.0], False),
        ([1.0, 2.0, 9.0], [0.0, 0.0, 0.0], True),
    ],
)
def test_a_target_is_flat_if_it_is_constant_on_rows_that_count(target, root, flat):
    assert setting(np.array(target), np.array(root)).is_flat == flat


def test_frames_are_all_factors_all_terms_and_pairs_of_the_first():
    assert _frames(2, pairs=False, bare=True) == [Frame(None), Frame(0), Frame(1)]
    plain = [Frame(None), Frame(0), Frame(1), Frame(None, (0,)), Frame(None, (1,))]
    plain += [Frame(0, (0,)), Frame(1, (1,))]
    assert _frames(2, pairs=False, bare=False) == plain
    both = {Frame(None, (0, 1)), Frame(0, (1,)), Frame(1, (0,))}
    assert _frames(2, pairs=True, bare=False)[:7] == plain
    assert set(_frames(2, pairs=True, bare=False)[7:]) == both
    many = _frames(9, pairs=True, bare=False)
    used = {k for f in many if len(f.terms) == 2 for k in f.terms}
    paired = [f for f in many if f.factor is not None and f.terms not in ((), (f.factor,))]
    assert used == {f.factor for f in paired}
    assert used == set(range(len(used)))
    assert len(set(many)) == len(many)


def test_frames_with_and_without_terms_are_fitted_together_as_alone():
    rng = np.random.default_rng(5)
    target = np.exp(0.7 * X[:, 0]) + 0.3 * X[:, 1] + 0.01 * rng.normal(size=60)
    frames = [Frame(None), Frame(None, (1,)), Frame(0, (0,))]
    together = fit_function(LIBRARY["exp"], 0, frames, setting(target), 8.0, 9)
    alone = [fit_function(LIBRARY["exp"], 0, [f], setting(target), 8.0, 9) for f in frames]
    np.testing.assert_allclose(
        sorted(fit.fvu for fit in together)[:3],
        sorted(fit.fvu for fits in alone for fit in fits)[:3],
        rtol=1e-6,
    )


def test_roots_are_known():
    assert _is_root(Power(Input(0), exact(1, 2)))
    assert not _is_root(Power(Input(0), exact(3, 2)))
    assert not _is_root(Input(0))


def test_without_is_orthogonal_to_the_columns():
    q = np.linalg.qr(X)[0]
    v = np.arange(60.0)
    rest = remove_projection(q, v)
    np.testing.assert_allclose(q.T @ rest, 0, atol=1e-10)
    np.testing.assert_allclose(rest + q @ (q.T @ v), v)


@pytest.mark.parametrize("name", ["exp", "cos", "cosh"])
def test_a_function_minus_its_value_at_0_has_the_same_slope(name):
    f, u = LIBRARY[name], np.linspace(-1, 1, 9)
    assert _subtract(f, 0) is f
    moved = _subtract(f, 1)
    np.testing.assert_allclose(moved.evaluate(u), f.evaluate(u) - 1, atol=1e-15)
    slope = moved.differentiate(u, moved.evaluate(u))
    np.testing.assert_allclose(slope, f.differentiate(u, f.evaluate(u)), atol=1e-15)


# ---- grids ------------------------------------------------------------------------------------


@pytest.mark.parametrize("bare", [False, True])
@pytest.mark.parametrize("name", ["sin", "exp", "log", "tanh", "sqrt", "arctanh"])
def test_a_grid_has_finite_values_of_its_arguments(name, bare):
    f, g = LIBRARY[name], X[:, 0]
    grid = grid_of(f, g, bare=bare)
    assert len(grid.a) == len(grid.b) == len(grid.values) > 0
    for a, b, values in zip(grid.a, grid.b, grid.values, strict=True):
        np.testing.assert_allclose(values, f.evaluate(a * g + b))
    assert np.isfinite(grid.values).all()
    odd = name in ("sin", "tanh", "arctanh")
    assert grid.centred == (0 if bare or not odd else (grid.b == 0)[-grid.centred :].sum())
    assert (grid.centred > 0) == (odd and not bare)
    if bare and name not in ("log", "sqrt"):
        assert (grid.b == 0).all()
        assert name == "arctanh" or {*grid.a} == {*-grid.a}


def test_centred_starts_are_measured_by_the_largest_argument():
    g = np.linspace(-4.0, 2.0, 30)
    grid = grid_of(LIBRARY["tanh"], g, bare=False)
    scales = grid.a[-grid.centred :] * 4.0
    np.testing.assert_allclose(scales, sorted(scales))
    assert scales.min() < 1 < scales.max()
    assert (np.abs(grid.a[: -grid.centred] * 3) <= 8).all()  # half of the range is 3


def test_skewed_arguments_have_a_grid_of_their_middle_and_even_ones_do_not():
    even = np.linspace(0, 1, 101)
    skewed = np.where(even < 0.95, 0.01 * even, even)
    tanh = LIBRARY["tanh"]
    assert grid_of(tanh, skewed, bare=False).a.max() > 20 * grid_of(tanh, even, bare=False).a.max()
    assert len(grid_of(tanh, skewed, bare=False).a) == 2 * len(grid_of(tanh, even, bare=False).a)


def test_a_middle_without_a_range_has_no_grid():
    steps = np.where(np.arange(101) < 95, 0.0, 1.0)
    assert len(grid_of(LIBRARY["exp"], steps, bare=False).a) == len(
        grid_of(LIBRARY["exp"], np.linspace(0, 1, 101), bare=False).a
    )
    assert len(grid_of(LIBRARY["exp"], np.ones(9), bare=False).a) == 0


@pytest.mark.parametrize(
    ("gain", "centred", "starts"),
    [
        ([1.0, 5.0, 4.0, 3.0], 0, [1, 3]),  # 2 is beside 1
        ([9.0, 1.0, 2.0, 8.0], 0, [0, 3]),
        ([1.0, 5.0, 4.0, 3.0, 9.0, 2.0], 2, [1, 3, 4]),
        ([1.0, 5.0, 4.0, 3.0, 4.9, 2.0], 2, [1, 3]),
        ([3.0, 7.0], 2, [1]),
        ([1.0, 2.0, 1.5], 0, [1]),
    ],
)
def test_starts_are_the_best_and_one_that_is_not_beside_it(gain, centred, starts):
    zeros = np.zeros(len(gain))
    assert _Grid(zeros, zeros, zeros, centred).starts(np.array(gain)) == starts


# ---- trees ------------------------------------------------------------------------------------


@pytest.mark.parametrize("bare", [False, True])
@pytest.mark.parametrize("frame", [Frame(None), Frame(1), Frame(None, (1,)), Frame(0, (1,))])
def test_linear_numbers_are_those_of_weighted_least_squares(frame, bare):
    if bare and frame.terms:
        return
    g = np.random.default_rng(3)
    target, root = g.normal(size=60), g.uniform(0.3, 2, 60)
    tree = _tree(LIBRARY["tanh"], 0, frame, setting(target, root, bare), 0, 1.3, -0.4)
    column = np.tanh(1.3 * X[:, 0] - 0.4)
    columns = [column if frame.factor is None else column * X[:, frame.factor]]
    columns += [X[:, k] for k in frame.terms] + ([] if bare else [np.ones(60)])
    matrix = np.column_stack(columns)
    c = np.linalg.lstsq(matrix * root[:, None], target * root, rcond=None)[0]
    np.testing.assert_allclose(Program(tree).values(X), matrix @ c, rtol=1e-9, atol=1e-12)


def test_a_tree_has_the_value_at_0_taken_away():
    target = 2.5 * (np.exp(0.7 * X[:, 0]) - 1)
    tree = _tree(LIBRARY["exp"], 1, Frame(None), setting(target, bare=True), 0, 0.7, 0.0)
    np.testing.assert_allclose(Program(tree).values(X), target)
    at_zero = Program(tree).values(np.zeros((1, 2)))
    assert at_zero[0] == pytest.approx(0, abs=1e-12)


def test_a_tree_that_is_undefined_at_a_row_is_none():
    assert _tree(LIBRARY["log"], 0, Frame(None), setting(X[:, 0]), 0, 1.0, -1.0) is None


def test_squared_functions_of_roots_are_skipped_and_others_are_not():
    rooted = Leaves(np.sqrt(X.T), [power(Input(0), exact(1, 2)), power(Input(1), exact(1, 2))])
    target = np.exp(-X[:, 0])
    own = replace(setting(target), inner=rooted)
    for name, found in (("gaussian", False), ("lorentzian", False), ("x^2", False), ("tanh", True)):
        assert bool(fit_function(LIBRARY[name], 0, [Frame(None)], own, 8.0, 4)) == found, name
        assert fit_function(LIBRARY[name], 0, [Frame(None)], setting(target), 8.0, 4), name


def test_fvus_are_those_of_the_weighted_target_about_its_mean():
    g = np.random.default_rng(4)
    root = g.uniform(0.3, 2, 60)
    target = np.sin(1.9 * X[:, 0]) + 0.1 * g.normal(size=60)
    for fit in fit_function(LIBRARY["sin"], 0, [Frame(None)], setting(target, root), 8.0, 3):
        tree = fit.make()
        assert tree.free_count == fit.numbers
        missed = np.average((target - Program(tree).values(X)) ** 2, weights=root**2)
        mean = np.average(target, weights=root**2)
        total = np.average((target - mean) ** 2, weights=root**2)
        assert fit.fvu == pytest.approx(missed / total, rel=1e-6)


@pytest.mark.parametrize("keep", [1, 3])
def test_no_more_guesses_than_asked_for(keep):
    y = np.sin(1.9 * X[:, 0])
    given = {"y": y, "library": LIBRARY, "link": LINKS[0], "reach": 8.0}
    found = list(search_by_projection(LEAVES, LEAVES, keep=keep, **given))
    assert len(found) == keep
    assert found[0].fvu < 1e-20
    assert {g.source for g in found} == {"projected under x"}
    more = list(search_by_projection(LEAVES, LEAVES, keep=9, **given))
    assert len({g.tree.key for g in more}) == 9
    assert not any(name in g.tree.key for g in more for name in ("sign", "abs"))  # these have kinks


@pytest.mark.parametrize("unit", [0.0, 1e-200])
def test_nothing_is_fitted_to_a_target_without_squares(unit):
    y = unit * np.sin(1.9 * X[:, 0])
    given = {"y": y, "library": LIBRARY, "link": LINKS[0], "reach": 8.0}
    assert not list(search_by_projection(LEAVES, LEAVES, **given))


def test_of_curves_that_fit_alike_the_one_with_fewer_numbers_comes_first():
    g = np.random.default_rng(1)
    y = np.exp(-1.3 * X[:, 0]) + 0.02 * g.normal(size=60)
    found = list(
        search_by_projection(LEAVES, LEAVES, y=y, library=LIBRARY, link=LINKS[0], reach=8.0)
    )
    bits = [0.5 * 60 * np.log2(f.fvu) + 0.5 * np.log2(60) * f.tree.free_count for f in found]
    np.testing.assert_allclose(bits, sorted(bits))
    errors = [f.fvu for f in found]
    assert errors != sorted(errors)


def test_trees_are_spelled_with_the_numbers_that_matter():
    target = 3 + 2 * np.exp(0.7 * X[:, 0])
    fit, *_ = fit_function(LIBRARY["exp"], 0, [Frame(None)], setting(target), 8.0, 1)
    tree = fit.make()
    want = add(multiply(free(2.0), apply(LIBRARY["exp"], multiply(free(0.7), Input(0)))), free(3.0))
    assert tree.free_count == want.free_count == 3
    np.testing.assert_allclose(Program(tree).values(X), target, rtol=1e-7)
