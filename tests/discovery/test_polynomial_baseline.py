"""How shortly polynomials describe rows, and that a law must do so more shortly."""

from __future__ import annotations

import math

import numpy as np
import pytest

from edgewise.discovery.evidence import gain_on_polynomial
from edgewise.discovery.polynomial_baseline import describe_by_polynomial, is_polynomial
from edgewise.discovery.problem import Problem
from edgewise.discovery.selection import Scored
from edgewise.discovery.verdict import GENERIC_BITS, judge
from edgewise.formula.data import Data
from edgewise.formula.expression import Input, Number, add, apply, exact, free, multiply, power
from edgewise.formula.library import LIBRARY

X, Y = Input(0), Input(1)


def price(rows: int) -> float:
    return 0.5 * math.log2(rows) + 1


@pytest.mark.parametrize("degree", [1, 2, 5])
def test_a_polynomial_of_one_input_costs_its_numbers_and_what_it_leaves(degree):
    g = np.random.default_rng(degree)
    x = g.uniform(-2, 3, (500, 1))
    y = np.polynomial.chebyshev.chebval((x[:, 0] - 0.5) / 2.5, np.ones(degree + 1))
    noisy = y + 0.01 * y.std() * g.normal(size=500)
    length = describe_by_polynomial(Data.of(x, noisy))
    fit = np.polynomial.Polynomial.fit(x[:, 0], noisy, degree)
    fvu = np.mean((noisy - fit(x[:, 0])) ** 2) / noisy.var()
    assert length == pytest.approx(250 * math.log2(fvu) + (degree + 1) * price(500), abs=1e-3)


@pytest.mark.parametrize("first", [0, 1])
def test_even_and_odd_curves_cost_only_every_second_power(first):
    """So 2.88 x - 1.35 tanh x, which passes through x + x cos(cos x), isn't taken for a law."""
    g = np.random.default_rng(first)
    x = g.uniform(-1, 1, (500, 1))
    design = x ** np.array([first, first + 2, first + 4])
    y = design @ [1.0, -0.7, 0.4] + 0.001 * g.normal(size=500)
    left = y - design @ np.linalg.lstsq(design, y, rcond=None)[0]
    length = describe_by_polynomial(Data.of(x, y))
    assert length <= 250 * math.log2(np.mean(left**2) / y.var()) + 3 * price(500) + 1e-6
    curve = x[:, 0] * (1 + np.cos(np.cos(x[:, 0])))
    at = Problem(x, curve + 0.01 * curve.std() * g.normal(size=500))
    bent = multiply(free(-1.3469), apply(LIBRARY["tanh"], X))
    assert gain_on_polynomial(at, add(multiply(free(2.8848), X), bent)) < GENERIC_BITS


def test_of_several_inputs_few_monomials_count():
    g = np.random.default_rng(3)
    x = g.uniform(-1, 1, (400, 3))
    y = 2 * x[:, 0] * x[:, 1] - x[:, 2] ** 3 + 0.05 * g.normal(size=400)
    design = np.stack([np.ones(400), x[:, 0] * x[:, 1], x[:, 2] ** 3], 1)
    left = y - design @ np.linalg.lstsq(design, y, rcond=None)[0]
    most = 200 * math.log2(left.var() / y.var()) + 4 * price(400)
    assert describe_by_polynomial(Data.of(x, y)) <= most
    weight = np.ones(400)
    weight[:50], y[:50] = 0.0, 100.0
    assert describe_by_polynomial(Data.of(x, y, weight)) < -300


def test_what_is_a_polynomial():
    assert is_polynomial(add(multiply(free(2.0), power(X, 3), Y), exact(1)))
    for other in (power(X, -1), power(X, 0.5), apply(LIBRARY["sin"], X)):
        assert not is_polynomial(add(other, Y))
    assert gain_on_polynomial(Problem(np.ones((3, 1)), np.arange(3.0)), power(X, 2)) == math.inf


@pytest.mark.parametrize(("wide", "kind"), [(False, "approximation"), (True, "law")])
def test_a_law_is_shorter_than_a_polynomial(wide, kind):
    """Over a short range three numbers of a parabola say as much as three of 3 sin(x + .5) do."""
    g = np.random.default_rng(0)
    x = g.uniform(-3 if wide else 0, 4 if wide else 1, (300, 1))
    y = 3.1 * np.sin(x[:, 0] + 0.52)
    at = Problem(x, y + 0.01 * y.std() * g.normal(size=300))
    data = Data.of(at.x, at.y)
    tree = multiply(free(3.1), apply(LIBRARY["sin"], add(X, free(0.52))))
    winner = Scored(data.fit(tree), "made up", 1.0001e-4 * at.variance)
    mean = Scored(data.judge(Number(float(at.y.mean()))), "mean", at.variance)
    assert (gain_on_polynomial(at, winner.tree) >= GENERIC_BITS) == wide
    found = judge(at, [mean, winner], winner, None).verdict
    assert found.kind == kind, found.reason
    assert wide or "polynomial" in found.reason
