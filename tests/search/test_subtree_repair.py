"""Repairs: what stands in the place of a part is the solution of a weighted linear problem."""

from __future__ import annotations

import numpy as np
import pytest

from edgewise.formula.data import Data
from edgewise.formula.expression import Input, add, exact, free, multiply, power
from edgewise.formula.library import LIBRARY
from edgewise.formula.signs import call
from edgewise.search.budget import Budget
from edgewise.search.explore import Pool, repair_all
from edgewise.search.subtree_repair import Parts, repairs
from edgewise.search.terms import enumerate_terms

X, Y = Input(0), Input(1)


@pytest.fixture(scope="module")
def x():
    return np.random.default_rng(0).uniform(0.3, 1.9, (120, 2))


@pytest.fixture(scope="module")
def parts(x):
    terms = enumerate_terms(x, LIBRARY, most=300)
    return Parts.of(terms, terms.distinct)


def nearest(parts, target, weight, groups=(slice(None),), few=8):
    """Of two targets at once, the second's."""
    other = np.random.default_rng(3).normal(size=120)
    both = parts.nearest(np.stack([other, target]), np.stack([np.ones(120), weight]), few, groups)
    return both[1]


def test_the_nearest_terms_are_those_of_weighted_least_squares(parts):
    g = np.random.default_rng(1)
    target, weight = g.normal(size=120), g.uniform(0.1, 2, 120)
    root = np.sqrt(weight)
    total = np.average((target - np.average(target, weights=weight)) ** 2, weights=weight)
    for k, a, b, left in nearest(parts, target, weight):
        slope, offset = np.polyfit(parts.values[k], target, 1, w=root)
        assert (a[0], b[0]) == pytest.approx((slope, offset), rel=1e-5, abs=1e-8)
        missed = np.average((target - slope * parts.values[k] - offset) ** 2, weights=weight)
        assert left == pytest.approx(missed / total, rel=1e-6)


def test_in_groups_terms_have_a_factor_and_a_constant_for_each(parts):
    g = np.random.default_rng(2)
    target, weight = g.normal(size=120), g.uniform(0.1, 2, 120)
    groups = slice(0, 40), slice(40, 120)
    for k, a, b, left in nearest(parts, target, weight, groups):
        lefts = []
        for n, rows in enumerate(groups):
            t, w = parts.values[k, rows], weight[rows]
            slope, offset = np.polyfit(t, target[rows], 1, w=np.sqrt(w))
            assert (a[n], b[n]) == pytest.approx((slope, offset), rel=1e-5, abs=1e-8)
            middle = np.average(target[rows], weights=w)
            missed = np.average((target[rows] - slope * t - offset) ** 2, weights=w)
            lefts.append(missed / np.average((target[rows] - middle) ** 2, weights=w))
        assert left == pytest.approx(lefts[0] ** (40 / 120) * lefts[1] ** (80 / 120), rel=1e-6)
    weight[:40] = 0.0
    assert nearest(parts, target, weight, groups) == []


def test_a_term_itself_is_nearest_to_itself(parts):
    for k in (3, 40, 200):
        found = nearest(parts, 2.5 * parts.values[k] - 1, np.ones(120), few=1)
        assert found[0][0] == k
        _, a, b, _ = found[0]
        assert (a[0], b[0]) == pytest.approx((2.5, -1.0), rel=1e-6)


WRONG = {
    "a factor": (
        multiply(free(1.3), X, call("exp", multiply(free(-0.5), Y))),
        lambda a, b: 1.3 * a * np.cos(b),
    ),
    "a term": (
        add(multiply(free(1.5), X), multiply(free(0.4), power(Y, 2))),
        lambda a, b: 1.5 * a + 0.4 * b**2 + 0.3 * a * b,
    ),
    "an argument": (
        call("exp", add(multiply(free(1.1), X), free(0.2))),
        lambda a, b: np.exp(0.9 * a - 0.3 * a * b),
    ),
    "a part below the line": (
        multiply(X, power(add(multiply(free(0.5), Y), exact(2)), -1)),
        lambda a, b: a / (2 + 0.5 * b + 0.3 * a * b),
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_one_wrong_part_is_repaired(name, x, parts):
    tree, f = WRONG[name]
    data = Data.of(x, f(*x.T))
    before = data.fit(tree)
    assert before.fvu > 1e-4
    repaired = [data.fit(t, steps=12).fvu for t in list(repairs(before, data, parts))[:30]]
    assert min(repaired) < 0.3 * before.fvu


def test_a_factor_is_repaired_at_once(x, parts):
    """y is linear in it, so that the first order is all there is."""
    tree, f = WRONG["a factor"]
    data = Data.of(x, f(*x.T))
    before = data.fit(tree)
    assert min(data.measure(t).fvu for t in repairs(before, data, parts)) < 1e-20


def test_errors_of_a_part_count_as_those_of_y_that_they_are():
    """Where x0 is small, cos(x1) is hardly known: unweighted its numbers would be nonsense."""
    g = np.random.default_rng(0)
    x = np.stack([10 ** g.uniform(-3, 0.3, 300), g.uniform(0.3, 1.9, 300)], 1)
    terms = enumerate_terms(x, LIBRARY, most=100)
    mine = Parts.of(terms, terms.distinct)
    data = Data.of(x, 1.3 * x[:, 0] * np.cos(x[:, 1]) + 0.01 * g.normal(size=300))
    factor = call("exp", multiply(free(-0.5), Y))
    before = data.measure(multiply(X, factor))
    best = min(data.measure(t).fvu for t in repairs(before, data, mine))
    assert best < 1.02 * data.fit(multiply(free(1.0), X, call("cos", Y))).fvu


@pytest.mark.parametrize("name", ["a factor", "a term", "an argument"])
def test_rounds_of_mending_end_with_the_right_formula(name, x, parts):
    tree, f = WRONG[name]
    data = Data.of(x, f(*x.T))
    pool = Pool()
    pool.offer(data.fit(tree))
    last = None
    for last in repair_all(data, parts.terms, pool, Budget(20.0), rounds=8):
        pool.offer(last)
        if data.is_exact(last):
            break
    assert data.is_exact(last)


def test_what_is_not_defined_is_not_repaired(x, parts):
    data = Data.of(x, x[:, 0])
    fit = data.measure(call("log", add(X, free(-5.0))))
    assert list(repairs(fit, data, parts)) == []
