"""Enumerated terms: each has the values of its tree, none is there twice, cheap ones come first."""

from __future__ import annotations

import numpy as np
import pytest

from edgewise.formula.expression import Input, add, apply, exact, multiply, power
from edgewise.formula.library import LIBRARY
from edgewise.formula.program import Program
from edgewise.search.parametric_terms import join_terms, pair_columns, product_terms, scaled_terms
from edgewise.search.terms import enumerate_terms

X, Y = Input(0), Input(1)


@pytest.fixture(scope="module")
def x():
    return np.random.default_rng(0).uniform(0.4, 2.3, (50, 2))


@pytest.fixture(scope="module")
def terms(x):
    return enumerate_terms(x, LIBRARY, most=1500)


def check_trees(terms, x, every=1):
    for k in range(0, len(terms), every):
        with np.errstate(all="ignore"):
            got = Program(terms.tree(k)).values(x)
        np.testing.assert_allclose(terms.values[k], got, rtol=1e-8, atol=1e-9)


def test_values_are_those_of_the_trees(terms, x):
    check_trees(terms, x, every=7)


def test_no_term_is_there_twice(terms):
    # Equal to ten digits at 50 random rows is equal.
    assert len({tuple(f"{a:.10e}" for a in v) for v in terms.values}) == len(terms)


def test_cheap_terms_come_first_and_no_more_than_asked_for(terms, x):
    assert (np.diff(terms.costs) >= 0).all()
    assert len(terms) >= 1500
    few = enumerate_terms(x, LIBRARY, most=60)
    assert 60 <= len(few) <= 120
    assert [few.tree(k).key for k in range(40)] == [terms.tree(k).key for k in range(40)]


WANTED = {
    "sum": add(X, Y),
    "product": multiply(X, Y),
    "quotient": multiply(X, power(Y, -1)),
    "sine": apply(LIBRARY["sin"], X),
    "root of a sum": power(add(X, Y), exact(1, 2)),
    "bell": apply(LIBRARY["exp"], multiply(exact(-1), power(X, 2))),
    "step": power(add(X, exact(1)), -1),
    "wave": apply(LIBRARY["sin"], multiply(exact(1, 1, "pi"), X)),
    "log of a step": apply(LIBRARY["log"], add(X, exact(1))),
}


@pytest.mark.parametrize("name", WANTED)
def test_the_small_expressions_are_there(name, terms, x):
    want = Program(WANTED[name]).values(x)
    near = np.abs(terms.values - want).max(1)
    assert near.min() < 1e-12


def test_undefined_constant_and_huge_terms_are_not():
    x = np.random.default_rng(0).uniform(-1, 1, (40, 1))
    terms = enumerate_terms(x, LIBRARY, most=300)
    assert np.isfinite(terms.values).all()
    assert (np.ptp(terms.values, 1) > 0).all()
    assert np.abs(terms.values).max() < 1e9
    keys = {terms.tree(k).key for k in range(len(terms))}
    assert apply(LIBRARY["log"], X).key not in keys  # x is negative at some rows
    assert apply(LIBRARY["exp"], X).key in keys


def test_a_small_library_is_all_that_is_used(x):
    terms = enumerate_terms(x, LIBRARY.only("x", "x^2", "sin"), most=300)
    used = {
        n.function.name
        for k in range(len(terms))
        for n in terms.tree(k).walk()
        if hasattr(n, "function")
    }
    assert used == {"sin"}


def test_waves_and_products_have_the_values_of_their_trees(x):
    waves = scaled_terms(x, LIBRARY, 6.0, most=4000, inputs=None, rich=True)
    assert len(waves) > 1000
    check_trees(waves, x, every=61)
    products = product_terms(x, LIBRARY, most=200)
    check_trees(products, x, every=5)
    assert np.abs(products.values - x[:, 0] * x[:, 1]).max(1).min() < 1e-12


def test_waves_come_near_to_any_frequency():
    t = np.linspace(-1, 1, 120)[:, None]
    waves = scaled_terms(t, LIBRARY, 16.0, inputs=None, rich=True, most=6000)
    v = waves.values - waves.values.mean(1, keepdims=True)
    v /= np.linalg.norm(v, axis=1, keepdims=True)
    for frequency in (2.3, 5.7, 11.1):
        y = np.sin(frequency * t[:, 0] + 0.4)
        y = (y - y.mean()) / np.linalg.norm(y - y.mean())
        assert np.abs(v @ y).max() > 0.9


def test_pairs_have_the_values_of_their_trees(x):
    columns, trees = pair_columns(x)
    assert len(trees) == columns.shape[1] == 5
    for column, tree in zip(columns.T, trees, strict=True):
        np.testing.assert_allclose(column, Program(tree).values(x))


def test_joined_terms_keep_their_trees(x):
    a, b = (enumerate_terms(x, LIBRARY, most=n) for n in (40, 120))
    both = join_terms(a, b)
    assert len(both) == len(a) + len(b)
    check_trees(both, x)
