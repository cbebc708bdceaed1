"""Formulas at a limit of their numbers: the shorter formula is among those that are looked at."""

from __future__ import annotations

import numpy as np
import pytest

from edgewise.formula.classes import contains
from edgewise.formula.expression import Input, Sum, exact, free
from edgewise.formula.limiting_forms import _limits_of_function, _limits_of_power, limiting_forms
from edgewise.formula.parse import parse_formula
from edgewise.formula.program import Program

LIMITS = {
    "Planck's law at low frequency": ("3*x0**3/(exp(1e-6*x0/x1) - 1)", "2*x0**2*x1"),
    "a jump where the water is slow": ("0.5*x0*(sqrt(1 + 1e-6*x1**2) - 1)", "2*x0*x1**2"),
    "a power whose exponent goes to 0": ("9e6*x0**1e-7 - 9e6", "2*log(x0) + 1.5"),
    "a factor whose exponent goes to 0": ("5*x1*x0**1e-9", "2*x1"),
    "a power whose exponent grows": ("2*(1 + 0.5*x0/1e6)**1e6", "2*exp(0.5*x0)"),
    "a wave at its crest": ("3 - 1e8*(1 - cos(1e-4*x0))", "2*x0**2 + 1.5"),
    "a term that is small": ("2*x0 + 1e-9*exp(x1)", "3*x0"),
    "a number that is small": ("1/(1e-9 + x0)", "1/x0"),
    "a logarithm beside a large number": ("1e6*log(1 + 1e-6*x0)", "3*x0"),
}


@pytest.mark.parametrize("name", LIMITS)
def test_the_limit_is_among_them_and_begins_next_to_the_formula(name):
    longer, shorter = (parse_formula(text, ["x0", "x1"])[0] for text in LIMITS[name])
    x = np.random.default_rng(0).uniform(1, 3, (40, 2))
    values = Program(longer).values(x)
    near = [
        tree
        for tree in limiting_forms(longer)
        if np.allclose(Program(tree).values(x), values, rtol=1e-3, atol=1e-3 * values.std())
    ]
    assert any(contains(shorter, tree, x) for tree in near)
    # None of them says more than the formula.
    assert all(tree.inputs <= longer.inputs for tree in near)


def test_a_formula_far_from_its_limits_is_next_to_none():
    tree = parse_formula("2*exp(1.3*x0) + 3*x1**0.7", ["x0", "x1"])[0]
    x = np.random.default_rng(0).uniform(1, 3, (40, 2))
    values = Program(tree).values(x)
    for limit in limiting_forms(tree):
        assert np.abs(Program(limit).values(x) - values).max() > 0.1 * values.std()


@pytest.mark.parametrize("number", [-2.0, 0.0, 1.0, 3.0])
def test_logarithms_have_a_series_at_a_positive_number_alone(number):
    """log(c + u) is log c + u/c to first order, for c > 0; log u has no series at 0."""
    tree, _ = parse_formula(f"log({number} + x0)", ["x0"])
    x = np.array([[1e-7], [3e-7]])
    made = [Program(limit) for limit in _limits_of_function(tree)]
    assert len(made) == (number > 0)
    for limit in made:
        expected = np.log(number) + x[:, 0] / number
        np.testing.assert_allclose(limit.values(x), expected, rtol=0, atol=1e-12)


@pytest.mark.parametrize("exponent", [2, -3, 0.5])
@pytest.mark.parametrize("number", [exact(1), free(1.0), exact(2), free(3.0)])
def test_powers_of_a_sum_have_a_series_at_its_number(number, exponent):
    """(c + u)ᵖ is cᵖ + p cᵖ⁻¹ u to first order."""
    p = exact(exponent) if isinstance(exponent, int) else free(exponent)
    x = np.array([[1e-7], [3e-7]])
    limit, *_ = _limits_of_power(Sum((Input(0), number)), p)
    c = number.value
    expected = c**exponent + exponent * c ** (exponent - 1) * x[:, 0]
    np.testing.assert_allclose(Program(limit).values(x), expected, rtol=0, atol=1e-11)
    fitted = sum(n.exact is None for n in limit.numbers())
    assert (fitted == 0) is (number.exact is not None and c == 1 and p.exact is not None)


def test_a_series_whose_numbers_overflow_is_left_out():
    assert not list(_limits_of_power(Sum((Input(0), free(1e200))), free(7.5)))
