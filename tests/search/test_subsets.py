"""Sparse least squares against plain least squares on every subset."""

from __future__ import annotations

from functools import partial
from itertools import combinations

import numpy as np
import pytest

from edgewise.search import subsets
from edgewise.search.subsets import Columns, all_small_subsets, centre_target

best_subsets = partial(subsets.best_subsets, beam=48, keep=8, pairs=1500)


def unexplained(values, target, weight=None):
    """By least squares with a constant."""
    root = np.ones(len(target)) if weight is None else np.sqrt(weight)
    a = np.column_stack([*values, np.ones(len(target))]) * root[:, None]
    left = target * root - a @ np.linalg.lstsq(a, target * root, rcond=None)[0]
    mean = np.average(target, weights=weight)
    return float(left @ left) / float(np.square((target - mean) * root).sum())


@pytest.fixture
def table():
    g = np.random.default_rng(0)
    values = g.normal(size=(30, 80))
    values[10:20] += 0.9 * values[:10]  # columns that are alike
    return values, g.normal(size=80), g.uniform(0.2, 2, 80)


@pytest.mark.parametrize("weighted", [False, True])
def test_the_share_left_is_that_of_least_squares(table, weighted):
    values, y, weight = table
    w = weight if weighted else None
    columns = Columns.of(values, np.full(30, 8.0), w)
    found = best_subsets(columns, centre_target(y, w), most=4, pairs=30)
    assert {len(f.columns) for f in found} == {1, 2, 3, 4}
    for f in found:
        assert f.fvu == pytest.approx(unexplained(values[list(f.columns)], y, w), rel=1e-9)


def test_the_best_pair_is_the_best_of_all_pairs(table):
    values, y, _ = table
    # Together they are y, alone they tell nothing: no greedy search finds them.
    values[3] = values[7] + 0.05 * y + 0.01 * values[4]
    columns = Columns.of(values, np.full(30, 8.0))
    found = best_subsets(columns, centre_target(y), most=2, pairs=30)
    best = min(combinations(range(30), 2), key=lambda p: unexplained(values[list(p)], y))
    pairs = [f for f in found if len(f.columns) == 2]
    assert set(min(pairs, key=lambda f: f.fvu).columns) == set(best) == {3, 7}


def test_a_cheap_column_that_is_little_like_the_target_is_not_forgotten():
    """cos(a) in a√b + cos(a): hundreds of longer terms are more like the target."""
    g = np.random.default_rng(0)
    y = g.normal(size=80)
    values = y + 0.5 * g.normal(size=(30, 80))
    values[0] = g.normal(size=80)
    values[1] = y - 0.3 * values[0]
    bits = np.full(30, 20.0)
    bits[0] = 8.0
    assert abs(np.corrcoef(values[0], y)[0, 1]) < min(
        abs(np.corrcoef(v, y)[0, 1]) for v in values[1:]
    )
    found = best_subsets(Columns.of(values, bits), centre_target(y), most=2, beam=1, pairs=10)
    pairs = [f for f in found if len(f.columns) == 2]
    assert set(min(pairs, key=lambda f: f.fvu).columns) == {0, 1}


def test_a_hidden_combination_is_found(table):
    values, _, _ = table
    y = 2 * values[3] - 0.5 * values[11] + values[17] - 3 * values[29] + 5
    found = best_subsets(Columns.of(values, np.full(30, 8.0)), centre_target(y), most=5)
    best = min(found, key=lambda f: f.fvu)
    assert set(best.columns) == {3, 11, 17, 29}
    assert best.fvu < 1e-20
    assert max(len(f.columns) for f in found) == 4  # none grows beyond the goal


def test_columns_that_say_the_same_are_not_combined(table):
    values, y, _ = table
    values[1] = 3 * values[0] - 2
    columns = Columns.of(values, np.full(30, 8.0))
    for f in best_subsets(columns, centre_target(y), most=3, pairs=30):
        assert not {0, 1} <= set(f.columns)


def test_of_columns_that_say_the_same_the_cheaper_is_taken(table):
    values, y, _ = table
    values[1] = 3 * values[0] - 2
    y = values[0] + 0.3 * y
    for cheap, dear in ((0, 1), (1, 0)):
        bits = np.full(30, 8.0)
        bits[dear] = 20.0
        found = best_subsets(Columns.of(values, bits), centre_target(y), most=1, keep=1)
        assert found[0].columns == (cheap,)


def test_a_constant_column_is_never_of_use(table):
    values, y, _ = table
    values[5] = 4.0
    columns = Columns.of(values, np.full(30, 8.0))
    found = best_subsets(columns, centre_target(y), most=3, pairs=30)
    assert all(5 not in f.columns for f in found if len(f.columns) > 1)
    assert all(np.isfinite(f.fvu) for f in found)


def test_subsets_may_grow_from_a_start(table):
    values, _, _ = table
    y = 0.01 * values[2] + 0.01 * values[8] + values[20] + values[21] + values[22]
    found = best_subsets(
        Columns.of(values, np.full(30, 8.0)),
        centre_target(y),
        most=2,
        pairs=0,
        start=[(20, 21, 22, 2)],
    )
    assert min(f.fvu for f in found) < 1e-20


@pytest.mark.parametrize("size", [3, 4])
def test_all_small_subsets_are_tried(size):
    g = np.random.default_rng(2)
    values, y = g.normal(size=(9, 60)), g.normal(size=60)
    columns = Columns.of(values, np.full(9, 8.0))
    found = all_small_subsets(columns, centre_target(y), triples=9, quadruples=9, keep=4)
    best = min(combinations(range(9), size), key=lambda p: unexplained(values[list(p)], y))
    mine = [f for f in found if len(f.columns) == size]
    assert set(mine[0].columns) == set(best)
    assert len({frozenset(f.columns) for f in mine}) == len(mine)
    for f in mine:
        assert f.fvu == pytest.approx(unexplained(values[list(f.columns)], y), rel=1e-9)


def test_only_the_cheapest_columns_are_in_them():
    g = np.random.default_rng(2)
    values, y = g.normal(size=(9, 60)), g.normal(size=60)
    columns = Columns.of(values, np.arange(9.0)[::-1])
    found = all_small_subsets(columns, centre_target(y), triples=4, quadruples=0, keep=4)
    assert found
    assert all(set(f.columns) <= {5, 6, 7, 8} for f in found)
