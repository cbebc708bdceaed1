"""The search from small to large: what it finds, what it keeps, and that it stops."""

from __future__ import annotations

import numpy as np
import pytest

from edgewise.formula.data import Data, Fit
from edgewise.formula.expression import Input, add, exact, free, multiply, power
from edgewise.formula.library import LIBRARY
from edgewise.formula.numbers import standard_errors
from edgewise.formula.program import Program
from edgewise.formula.signs import call
from edgewise.search.budget import Budget
from edgewise.search.explore import (
    Pool,
    explore,
    free_exponents,
    last_function,
    sample_rows,
    tidy,
)
from edgewise.search.search import Effort
from edgewise.search.search_schedule import LEVELS, Level, cheapest
from edgewise.search.terms import enumerate_terms

X, Y = Input(0), Input(1)


def data(f, low=-1.0, high=2.0, inputs=1, rows=150):
    x = np.random.default_rng(0).uniform(low, high, (rows, inputs))
    return Data.of(x, f(*x.T))


FOUND = {
    "a polynomial": (lambda t: t**3 - 2.5 * t**2 + t, -1.0, 1),
    "a product of functions": (lambda t: t * np.sin(2 * np.pi * t), -1.0, 1),
    "a composition": (lambda t: np.sin(t + t**2), -1.0, 1),
    "a sum of functions": (lambda t: np.exp(t) + 3 * np.cos(t), -1.0, 1),
    "two inputs": (lambda a, b: a * np.sqrt(b) + np.cos(a), 0.3, 2),
    "a function of a sum, beside a number": (lambda t: np.exp(-t - np.sin(t)) + 1.5, -1.0, 1),
    "a function of a composition": (lambda t: np.sin(2 * np.sin(t**2) - 1.3), -1.0, 1),
    "numbers within that are not round": (lambda t: t * np.arctan(4.2 * np.log(t)), 0.4, 1),
    "a ratio of sums": (lambda a, b: (a + 2) / (np.sqrt(a) + b**2 + 1.7), 0.3, 2),
}


@pytest.mark.parametrize("name", FOUND)
def test_formulas_are_found_exactly(name):
    f, low, inputs = FOUND[name]
    at = data(f, low=low, inputs=inputs, rows=50)
    last = list(explore(at, LIBRARY, Budget(120.0)))[-1]
    assert at.is_exact(last)
    far = np.random.default_rng(5).uniform(2, 2.5, (40, inputs))  # and beyond the rows
    np.testing.assert_allclose(Program(last.tree).values(far), f(*far.T), rtol=1e-7)


def test_negative_values_are_mirrored():
    """Their logarithm is what a sum makes up; so it is of their negatives."""
    f = lambda a, b: -np.exp(a * np.sin(b) + b**2)  # noqa: E731
    at = data(f, low=0.3, inputs=2)
    few = (LEVELS[0],)
    last = list(explore(at, LIBRARY, Budget(60.0), levels=few, rounds=0))[-1]
    assert at.is_exact(last)
    np.testing.assert_allclose(Program(last.tree).values(at.x), at.y, rtol=1e-9)


def test_what_is_said_of_a_fit_is_so():
    at = data(lambda t: np.sin(t + t**2) + 0.1 * t**3)
    for n, fit in enumerate(explore(at, LIBRARY, Budget(30.0), levels=LEVELS[:1])):
        assert fit.fvu == pytest.approx(at.measure(fit.tree).fvu, rel=1e-6, abs=1e-28)
        if n > 12:
            break


def test_the_same_seed_proposes_the_same():
    at = data(lambda t: np.sin(t + t**2) + 0.1 * t**3)
    levels = [Level(150, 100, 3, Effort(2, 8, 60, 3), Effort(2, 8, 60, 2), 2, 2)]
    a, b = (
        [f.tree.key for f in explore(at, LIBRARY, Budget(60.0, 800), levels=levels)]
        for _ in range(2)
    )
    assert a == b
    assert a


def test_work_is_counted_and_ends_the_search():
    at = data(lambda t: np.sin(3 * t + t**2) / (1.7 + t**2) + 0.1 * np.exp(t))
    small = Budget(60.0, evaluations=200)
    list(explore(at, LIBRARY, small))
    assert 200 <= small.spent < 600
    assert small.over


def test_rows_are_sampled_by_the_seed_and_weights_with_them():
    x = np.arange(1000.0)[:, None]
    at = Data(x, x[:, 0] * 2, x[:, 0] + 1)
    few = sample_rows(at, 100, 0)
    np.testing.assert_array_equal(few.y, 2 * few.x[:, 0])
    assert few.weight.mean() == pytest.approx(1)
    np.testing.assert_allclose(few.weight / few.weight[0], (few.x[:, 0] + 1) / (few.x[0, 0] + 1))
    np.testing.assert_array_equal(few.x, sample_rows(at, 100, 0).x)
    assert not np.array_equal(few.x, sample_rows(at, 100, 1).x)
    assert sample_rows(at, 1000, 0) is at


# ---- what is kept -----------------------------------------------------------------------------


def made(key, bits, fvu):
    return Fit(Input(key), fvu, bits, bits)


def test_the_pool_takes_what_no_shorter_formula_equals():
    pool = Pool()
    assert pool.offer(made(0, 20.0, 0.1))
    assert not pool.offer(made(0, 20.0, 0.1))  # known
    assert not pool.offer(made(1, 40.0, 0.5))  # longer and worse
    assert pool.offer(made(2, 40.0, 0.05))
    assert pool.offer(made(3, 10.0, 0.3))
    assert not pool.offer(made(4, 41.0, float("nan")))
    assert not pool.offer(made(5, 40.5, 0.06))
    parents = {f.tree.key for f in pool.parents(set())}
    assert {"x0", "x2", "x3"} <= parents
    assert "x1" not in parents
    assert "x0" not in {f.tree.key for f in pool.parents({"x0"})}


def test_numbers_that_may_as_well_be_0_or_1_are_left_out():
    g = np.random.default_rng(0)
    x = g.uniform(0.3, 2, (200, 1))
    at = Data.of(x, np.sin(x[:, 0]) + 2 + 0.01 * g.normal(size=200))
    tree = add(
        multiply(free(1.1), call("sin", add(multiply(free(1.05), X), free(0.03)))), free(1.9)
    )
    fit = at.fit(tree)
    short = tidy(fit, at)
    assert short.tree.size < fit.tree.size
    assert short.length < fit.length
    assert [n.exact is None for n in short.tree.numbers()].count(True) == 1
    # One that is needed stays.
    at = Data.of(x, 1.4 * np.sin(1.7 * x[:, 0] + 0.5) + 2 + 0.01 * g.normal(size=200))
    fit = at.fit(tree)
    assert tidy(fit, at).tree.size == fit.tree.size


def test_the_cheapest_factors_are_0_nowhere():
    x = np.random.default_rng(0).uniform(-1, 1, (80, 2))
    x[3, 0] = 0.0
    terms = enumerate_terms(x, LIBRARY, most=100)
    chosen = cheapest(terms, 12)
    assert len(chosen) == 12
    assert (terms.values[chosen] != 0).all()
    left_out = (terms.values != 0).all(1)
    left_out[chosen] = False
    assert terms.costs[chosen].max() <= terms.costs[left_out].min()


def test_exponents_bend():
    x = np.random.default_rng(0).uniform(0.3, 2, (60, 1))
    at = Data.of(x, 1.4 * x[:, 0] ** 2.37)
    fit = at.fit(free_exponents(multiply(free(1.0), power(X, 2)), x), steps=20)
    assert fit.fvu < 1e-20
    assert free_exponents(call("sin", X), x) is None
    assert free_exponents(power(X, 2), x - 1) is None  # not where x is negative


def test_the_last_function_is_the_one_nearest_to_the_root():
    assert last_function(call("exp", call("sin", X))) == "sin"
    assert last_function(power(add(call("log", X), Y), -1)) == "log"
    assert last_function(multiply(X, Y)) == last_function(multiply(Y, X))


def test_a_sample_has_the_rows_it_may_have():
    x = np.arange(12.0)[:, None]
    data = Data.of(x, x[:, 0], np.arange(1.0, 13.0))
    assert sample_rows(data, 12, 0) is data
    some = sample_rows(data, 11, 0)
    assert len(some.y) == len(set(some.y)) == 11
    assert np.array_equal(some.x[:, 0], some.y)
    assert some.weight.mean() == pytest.approx(1)
    assert np.ptp(some.weight / (some.y + 1)) == pytest.approx(0, abs=1e-12)
    assert not np.array_equal(some.y, sample_rows(data, 11, 1).y)


def test_numbers_without_errors_stay():
    """√(a x) has no finite slope by a at x = 0, so the error of a isn't known."""
    x = np.linspace(0, 2, 50)
    at = Data.of(x[:, None], np.sqrt(1.01 * x))
    fit = at.measure(power(multiply(free(1.01), X), exact(1, 2)))
    with np.errstate(all="ignore"):
        assert standard_errors(fit.tree, at, fit.fvu)[0] is None
        assert tidy(fit, at) is fit
