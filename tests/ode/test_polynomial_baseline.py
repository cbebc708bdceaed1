"""The description by monomials that a law of motion has to beat."""

import math

import numpy as np
import pytest

from edgewise.formula.data import Data
from edgewise.formula.parse import parse_formula
from edgewise.ode.polynomial_baseline import describe_by_polynomial, is_polynomial

X = np.random.default_rng(0).uniform(-1, 1, (40, 2))
NOISE = 1e-3 * np.random.default_rng(1).normal(size=40)


def test_a_polynomial_costs_its_coefficients_and_what_it_leaves():
    y = 1 + X[:, 0] * X[:, 1] + NOISE
    bits = describe_by_polynomial(Data(X, y))
    left = np.mean((NOISE - NOISE.mean()) ** 2) / y.var()
    two = 0.5 * 40 * math.log2(left) + 2 * (0.5 * math.log2(40) + 1)
    assert bits == pytest.approx(two, abs=12)


def test_a_constant_input_takes_no_monomial_away():
    y = 1 + X[:, 0] * X[:, 1] + NOISE
    still = np.column_stack([X, np.ones(40)])
    alone = describe_by_polynomial(Data(X, y))
    assert describe_by_polynomial(Data(still, y)) == pytest.approx(alone, abs=1e-6)


def test_rows_of_weight_0_count_for_nothing():
    y = X[:, 0] ** 2 + NOISE
    wrong, weight = y.copy(), np.ones(40)
    wrong[::8], weight[::8] = 50.0, 1e-12
    clean = describe_by_polynomial(Data(X, y, weight))
    assert describe_by_polynomial(Data(X, wrong, weight)) == pytest.approx(clean, rel=0.05)
    assert describe_by_polynomial(Data(X, wrong, np.ones(40))) > clean + 100


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("x0", True), ("3", True), ("2*x0*x1**2 - x1 + 1", True), ("(x0 + 1)**3", True),
        ("sin(x0)", False), ("x0 + exp(x1)", False), ("1/x0", False), ("x0**0.5", False),
        ("2**x0", False), ("x0*abs(x1)", False),
    ],
)  # fmt: skip
def test_polynomials_have_powers_alone_that_are_whole_and_positive(text, is_one):
    assert is_polynomial(parse_formula(text)[0]) is is_one
