"""Forms that are linear problems, outer functions, and the weights that make their errors y's."""

from __future__ import annotations

import numpy as np
import pytest

from edgewise.formula.expression import Apply, Input, Power
from edgewise.formula.library import LIBRARY
from edgewise.formula.program import Program
from edgewise.search.links import LINKS
from edgewise.search.search import (
    Effort,
    add_multiples,
    search_multiples,
    search_products,
    search_ratios,
    search_sums,
    weights_of,
)
from edgewise.search.search_schedule import below_the_line
from edgewise.search.terms import enumerate_terms, pick_distinct

EFFORT = Effort(3, 16, 200, 4)
BY_NAME = {link.function: link for link in LINKS}


@pytest.fixture(scope="module")
def x():
    return np.random.default_rng(0).uniform(0.4, 2.3, (100, 2))


@pytest.fixture(scope="module")
def terms(x):
    return enumerate_terms(x, LIBRARY, most=250)


def fvu(tree, x, y):
    with np.errstate(all="ignore"):
        return float(np.mean((Program(tree).values(x) - y) ** 2) / y.var())


# ---- links ------------------------------------------------------------------------------------


@pytest.mark.parametrize("link", LINKS, ids=lambda link: link.function)
def test_links_are_inverse_and_their_slopes_are_derivatives(link):
    y = np.linspace(max(link.low, -3.0), min(link.high, 3.0), 203)[1:-1]
    assert link.fits(y, LIBRARY)
    s = link.inverse(y)
    tree = link.tree(Input(0), LIBRARY)
    np.testing.assert_allclose(Program(tree).values(s[:, None]), y, rtol=1e-9, atol=1e-9)
    h = 1e-6 * np.minimum(1, np.minimum(np.abs(y - link.low), np.abs(y - link.high)))
    slope = (link.inverse(y + h) - link.inverse(y - h)) / (2 * h)
    np.testing.assert_allclose(np.abs(link.slope(y)), np.abs(slope), rtol=1e-4, atol=1e-8)


def test_links_are_only_for_values_that_they_reach():
    for link in LINKS:
        for end in (link.low, link.high):
            if np.isfinite(end):
                beyond = end - 0.501 * link.below - 1e-9 if end == link.low else end + 1e-9
                assert not link.fits(np.array([0.5, beyond]), LIBRARY)
                if not link.below:
                    assert link.fits(np.array([0.5, end]), LIBRARY) == link.reaches_ends
    assert not BY_NAME["exp"].fits(np.array([1.0, 2.0]), LIBRARY.only("x", "sin"))


# ---- weights and identity ---------------------------------------------------------------------


def test_weights_are_the_inverse_squares_of_the_slopes():
    w = weights_of(np.array([1.0, 2.0, -4.0]))
    assert w.mean() == pytest.approx(1)
    np.testing.assert_allclose(w / w[0], [1, 1 / 4, 1 / 16])
    assert weights_of(np.full(5, -3.0)) is None
    extreme = weights_of(np.array([1e-140, 1.0, 1.0, 1.0, 1e140]))
    assert np.isfinite(extreme).all()
    assert extreme.max() <= 1e4 * np.median(extreme) * (1 + 1e-9)


def test_weights_make_errors_under_a_link_those_of_y():
    """Of y = exp(a x + b) with even noise least squares of log y is far off, weighted it isn't."""
    g = np.random.default_rng(1)
    x = np.linspace(0, 4, 400)
    y = np.exp(1.1 * x) + 2.0 + g.normal(size=400) * 0.5
    y = np.clip(y, 0.05, None) - 2.0
    y = np.where(y > 0.05, y, 0.05)
    link = BY_NAME["exp"]
    s, w = link.inverse(y), weights_of(link.slope(y))
    weighted = np.polyfit(x, s, 1, w=np.sqrt(w))
    plain = np.polyfit(x, s, 1)
    assert abs(weighted[0] - 1.1) < 0.01 < abs(plain[0] - 1.1)
    alone = enumerate_terms(x[:, None], LIBRARY.only("x", "exp"), most=1)
    found = next(search_sums(alone, y, LIBRARY, Effort(1, 4, 10, 1), links=[link], weight=None))
    slopes = [n.value for n in found.tree.numbers()]
    assert min(abs(v - weighted[0]) for v in slopes) < 1e-6


def test_terms_that_are_scaled_and_moved_copies_are_one():
    g = np.random.default_rng(0)
    a, b = g.normal(size=(2, 60))
    values = np.stack([5 - 3 * a, a, b, a + 1e-5 * b, a + b, 2 * b + 1, np.full(60, 7.0), a - b])
    costs = np.array([9, 2, 3, 4, 5, 6, 1, 5])
    order = pick_distinct(values, costs)
    assert sorted(order.tolist()) == [1, 2, 3, 4, 7]  # Of copies the cheapest stays.
    assert (np.diff(costs[order]) >= 0).all()


def test_distinct_keeps_all_that_differ():
    values = np.random.default_rng(0).normal(size=(500, 40))
    assert len(pick_distinct(values, np.arange(500))) == 500


def test_linear_is_the_sum():
    tree = add_multiples([Input(0), Input(1)], np.array([2.0, -0.5, 3.25]))
    x = np.array([[1.0, 4.0], [0.5, 2.0]])
    np.testing.assert_allclose(Program(tree).values(x), 2 * x[:, 0] - 0.5 * x[:, 1] + 3.25)


# ---- forms ------------------------------------------------------------------------------------


def exact_ones(guesses, x, y):
    return [g for g in guesses if fvu(g.tree, x, y) < 1e-20]


@pytest.mark.parametrize("name", [link.function for link in LINKS])
def test_sums_under_every_link_are_found(name, x, terms):
    s = 0.1 * x[:, 0] + 0.06 * x[:, 1] ** 2 + 0.21
    link = BY_NAME[name]
    y = Program(link.tree(Input(0), LIBRARY)).values(s[:, None])
    found = exact_ones(search_sums(terms, y, LIBRARY, EFFORT, links=[link], weight=None), x, y)
    assert found
    shortest = min(found, key=lambda g: g.tree.size)
    assert shortest.size == 2
    assert shortest.source == f"sum under {name}"
    assert isinstance(shortest.tree, (Apply, Power)) or name == "x"


def test_guesses_know_what_they_leave(x, terms):
    g = np.random.default_rng(3)
    y = x[:, 0] * x[:, 1] + 0.3 * g.normal(size=100)
    for guess in search_sums(terms, y, LIBRARY, EFFORT, links=LINKS[:1], weight=None):
        assert guess.fvu == pytest.approx(fvu(guess.tree, x, y), rel=1e-5)


def test_rows_of_weight_0_do_not_matter(x, terms):
    y = 2 * x[:, 0] * x[:, 1] + 3
    y = y.copy()
    y[:30] = 77.0
    weight = np.where(np.arange(100) < 30, 0.0, 1 / 0.7)
    searches = {
        "sums": search_sums(terms, y, LIBRARY, EFFORT, links=LINKS[:1], weight=weight),
        "ratios": search_ratios(terms, y, LIBRARY, EFFORT, weight=weight),
    }
    for name, guesses in searches.items():
        assert exact_ones(guesses, x, y) == [], name
    found = search_sums(terms, y, LIBRARY, EFFORT, links=LINKS[:1], weight=weight)
    assert any(fvu(g.tree, x[30:], y[30:]) < 1e-20 for g in found)


def test_products_are_found(x, terms):
    y = -3.7 * x[:, 0] ** 2 / np.sin(x[:, 1]) ** 0.5
    found = exact_ones(
        search_products(terms, y, LIBRARY, EFFORT, weight=None, whole=(), links=LINKS[:1]), x, y
    )
    assert found
    with_whole = search_products(
        terms, y, LIBRARY, EFFORT, whole=[0, 1], weight=None, links=LINKS[:1]
    )
    assert exact_ones(with_whole, x, y)


def test_multiples_of_a_sum_are_found(x, terms):
    y = np.exp(x[:, 1]) * (2.5 * x[:, 0] + 0.7 * x[:, 0] ** 2 - 0.3)
    factor = next(
        k for k in range(len(terms)) if np.allclose(terms.values[k], np.exp(x[:, 1]), rtol=1e-12)
    )
    assert exact_ones(search_multiples(terms, y, EFFORT, [factor], weight=None), x, y)


def test_ratios_are_found(x, terms):
    y = (1.5 * x[:, 0] + 2) / (3 + 0.7 * x[:, 1] ** 2)
    found = exact_ones(search_ratios(terms, y, LIBRARY, EFFORT, weight=None), x, y)
    assert found
    assert all(g.source == "ratio under x" for g in found)


def test_ratios_without_a_constant_below_are_found():
    x = np.random.default_rng(3).uniform(0.2, 2, (200, 1))
    t = x[:, 0]
    y = (t + np.sqrt(t)) / (np.exp(t) + np.sin(t))
    terms = enumerate_terms(x, LIBRARY, most=300)
    below = [np.exp(t), np.sin(t)]
    first = [k for k in range(len(terms)) if any(np.allclose(terms.values[k], b) for b in below)]
    effort = Effort(2, 12, 200, 4, triples=100)
    assert not exact_ones(search_ratios(terms, y, LIBRARY, effort, weight=None), x, y)
    found = list(search_ratios(terms, y, LIBRARY, effort, first=first, weight=None))
    assert exact_ones(found, x, y)
    for guess in found:  # None says no more than that y sin is y sin.
        assert np.isfinite(Program(guess.tree).values(x)).all()


def test_without_terms_to_stand_below_there_are_no_ratios():
    x = np.random.default_rng(0).integers(-2, 3, (60, 1)).astype(float)
    library = LIBRARY.only("x")
    terms = enumerate_terms(x, library, most=100)
    y = np.sin(9 * x[:, 0])
    assert (
        list(search_ratios(terms, y, library, EFFORT, first=below_the_line(terms), weight=None))
        == []
    )
