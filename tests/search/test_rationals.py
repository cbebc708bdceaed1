"""Polynomials and their ratios, read off directly; what is none gives nothing."""

from __future__ import annotations

import numpy as np
import pytest

from edgewise.formula.data import Data
from edgewise.formula.expression import Input, power
from edgewise.formula.library import LIBRARY
from edgewise.formula.program import Program
from edgewise.search.explore import rationals_under_links
from edgewise.search.polish import drop_parts
from edgewise.search.rationals import (
    degrees,
    fit_rationals,
    monomial_tree,
    monomials,
    search_rationals,
)


def data(f, inputs=1, low=-2.0, high=2.0, rows=150):
    x = np.random.default_rng(0).uniform(low, high, (rows, inputs))
    return Data.of(x, f(*x.T))


RATIONALS = {
    "cubic": (lambda t: 0.7 * t**3 - 2 * t + 1.3, 1, 3),
    "sparse": (lambda t: t**7 + 0.5 * t**2, 1, 2),
    "ratio": (lambda t: (t - 2) ** 3 / (t**2 + t + 1.5), 1, 7),
    "inverse": (lambda t: 1 / (2.3 + t**2), 1, 3),
    "two inputs": (lambda a, b: (a * b + 1.1) / (a + b**2 + 7.3), 2, 5),
    "product of sums": (lambda a, b: (a + 2 * b) * (a - 0.5), 2, 4),
    "three inputs": (lambda a, b, c: a * b - c**2 + 0.25, 3, 3),
}


@pytest.mark.parametrize("name", RATIONALS)
def test_ratios_of_polynomials_are_exact_and_sparse(name):
    f, inputs, terms = RATIONALS[name]
    at = data(f, inputs)
    found = [at.measure(tree) for tree in search_rationals(at)]
    assert found
    first = found[0]
    assert first.fvu < 1e-24
    # Beyond the rows, too: it is the function and no curve through them.
    far = np.random.default_rng(1).uniform(2, 4, (50, inputs))
    np.testing.assert_allclose(Program(first.tree).values(far), f(*far.T), rtol=1e-8)
    assert len(first.tree.numbers()) <= 3 * terms


@pytest.mark.parametrize("scale", [1e-9, 1e6])
def test_any_scale_of_the_inputs_will_do(scale):
    x = np.random.default_rng(0).uniform(-2, 2, (150, 1)) * scale
    t = x[:, 0] / scale
    y = 1e5 * (t - 2) ** 3 / (t**2 + t + 1.5)
    found = next(search_rationals(Data.of(x, y)))
    np.testing.assert_allclose(Program(found).values(x), y, rtol=1e-9, atol=1e-4)


@pytest.mark.parametrize(
    "f", [np.sin, np.exp, lambda t: np.abs(t) ** 1.5], ids=["sin", "exp", "a broken power"]
)
def test_what_is_no_ratio_gives_none(f):
    assert list(search_rationals(data(f))) == []


def test_noise_has_no_ratio():
    x = np.random.default_rng(0).uniform(-2, 2, (60, 1))
    y = x[:, 0] ** 2 + 1e-6 * np.random.default_rng(1).normal(size=60)
    assert list(search_rationals(Data.of(x, y))) == []


@pytest.mark.parametrize(
    ("f", "low"),
    [
        (lambda t: np.log(t + 2.7) + np.log(t**2 + 3), 0.1),
        (lambda t: np.sqrt(t**4 + 1.2 * t + 5), -2.0),
        (lambda t: np.exp((t + 1) / (t**2 + 4)), -2.0),
    ],
    ids=["logarithms", "root", "exp"],
)
def test_ratios_under_a_function_are_found(f, low):
    at = data(f, low=low)
    best = min((at.measure(t).fvu for t in rationals_under_links(at, LIBRARY)), default=1.0)
    assert best < 1e-24


def test_monomials_are_all_of_them():
    assert monomials(2, 2) == [(0, 0), (1, 0), (0, 1), (2, 0), (1, 1), (0, 2)]
    assert len(monomials(3, 4)) == 35  # (3 + 4 over 4)
    assert monomial_tree((2, 0), [Input(0), Input(1)]) == power(Input(0), 2)


@pytest.mark.parametrize("inputs", [1, 2, 3, 4, 7])
def test_small_degrees_are_tried_first(inputs):
    sums = [p + q + (q > 0) for p, q in degrees(inputs)]
    assert sums == sorted(sums)
    assert (0, 0) not in degrees(inputs)
    assert len(set(degrees(inputs))) == len(degrees(inputs))


# ---- with noise -------------------------------------------------------------------------------

NOISY = {
    "one input": (lambda u: u / (1 - u / 3), 1),
    "a square below": (lambda u: (2 + u) / (1 + 3 * u**2), 1),
    "two inputs": (lambda u, v: (1 + u * v) / (2 + u), 2),
    "three inputs": (lambda u, v, w: (u + v) / (1 + w), 3),
}


@pytest.mark.parametrize("name", NOISY)
def test_ratios_are_fitted_to_noisy_rows(name):
    """As near as the truth; P = y Q with Q nearly 0 would be nearer to a linear problem."""
    f, inputs = NOISY[name]
    rng = np.random.default_rng(0)
    x = rng.uniform(0.01, 1, (800, inputs))
    truth = f(*x.T)
    noise = 0.01 * truth.std()
    data = Data.of(x, truth + noise * rng.standard_normal(800))
    fits = [data.fit(tree, steps=10) for tree in fit_rationals(data)]
    missed = [np.std(Program(fit.tree).values(x) - truth) for fit in fits]
    assert min(missed) < 0.3 * noise
    shortest = min((drop_parts(fit, data) for fit in fits), key=lambda fit: fit.length)
    assert len(shortest.tree.numbers()) <= 6


def test_many_inputs_have_too_many_monomials_for_noise():
    x = np.random.default_rng(0).uniform(1, 2, (100, 4))
    assert list(fit_rationals(Data.of(x, x[:, 0] / x[:, 1]))) == []


@pytest.mark.parametrize("size", [1e-25, 1e-15, 1e15, 1e25])
def test_the_size_of_y_does_not_matter(size):
    x = np.random.default_rng(0).uniform(0.01, 1, (300, 1))
    y = (2 + x[:, 0]) / (1 + 3 * x[:, 0] ** 2)
    y *= 1 + 1e-3 * np.random.default_rng(1).standard_normal(300)
    of = {
        s: [Data.of(x, s * y).measure(t).fvu for t in fit_rationals(Data.of(x, s * y))]
        for s in (1, size)
    }
    np.testing.assert_allclose(of[size], of[1], rtol=1e-6)


@pytest.mark.parametrize(("rows", "found"), [(11, False), (12, True)])
def test_three_rows_for_each_number_are_asked_for(rows, found):
    """(x + 1)/(x - 3) has four monomials: with fewer rows chance would make such ratios."""
    x = np.linspace(0.1, 2.0, rows)[:, None]
    data = Data.of(x, (x[:, 0] + 1) / (x[:, 0] - 3))
    assert bool(list(search_rationals(data))) == found


@pytest.mark.parametrize(("inputs", "above", "below"), [(2, 6, 4), (3, 4, 4), (4, 3, 3), (5, 2, 2)])
def test_all_degrees_are_tried_but_two_constants(inputs, above, below):
    wanted = {(p, q) for p in range(above + 1) for q in range(below + 1)} - {(0, 0)}
    assert set(degrees(inputs)) == wanted
    alone = {(p, q) for p in range(9) for q in range(6) if p + q < 9} - {(0, 0)}
    assert set(degrees(1)) == alone
    assert len(degrees(1)) == len(alone)
