"""When two formulas are one function for some choice of their numbers."""

from __future__ import annotations

import numpy as np
import pytest

from edgewise.formula.classes import contains, dimension, free_numbers, is_one_class, is_within
from edgewise.formula.expression import Input, add, exact, multiply
from edgewise.formula.parse import parse_formula

X = np.random.default_rng(0).uniform(0.5, 3, (80, 2))
NAMES = ["x0", "x1"]


def read(text):
    return parse_formula(text, NAMES)[0]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1/(0.3/x0 + 0.5)", "2.1*x0/(x0 + 0.7)"),
        ("1.5*exp(0.4*x0)", "exp(0.4*x0 + 0.4)"),
        ("(1.1*x0 + 2.3)/(x0 + 4.5)", "1.1 + 0.7/(x0 + 4.5)"),
        ("2.1*x0*x1", "x0*x1/0.47"),
        ("1.2*x0**0.75*x1**0.5", "1.2*x0**0.753*x1**0.4981"),
        ("sin(1.3*x0 + 0.4)", "cos(1.3*x0 - 1.1)"),
    ],
)
def test_one_class(one, other):
    assert is_one_class(read(one), read(other), X)
    assert is_one_class(read(other), read(one), X)


@pytest.mark.parametrize(
    ("large", "small"),
    [
        ("212.7 - 13.6/(x0 + 0.64)", "1/(0.003/x0 + 0.0047)"),
        ("sqrt(0.291*x0**2 + 0.292*x1**2 - 0.04)", "sqrt(0.29*x0**2 + 0.29*x1**2)"),
        ("2.1*x0**2*(x1 - 0.02)", "2.1*x0**2*x1"),
        ("1.9*tanh(1.1*x0) + 0.1", "1.8*tanh(1.1*x0)"),
    ],
)
def test_a_smaller_class_is_nested_in_a_larger_one(large, small):
    assert contains(read(large), read(small), X)
    assert not contains(read(small), read(large), X)
    assert not is_one_class(read(large), read(small), X)
    assert dimension(read(large), X) == dimension(read(small), X) + 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1.2*x0**2", "1.2*x0**3"),
        ("1.2*tanh(0.9*x0)", "1.2*atan(0.9*x0)"),
        ("1.2*x0", "1.2*x1"),
        ("1.2*x0**(3/2)*x1", "1.2*x0**2*x1"),
    ],
)
def test_two_classes(one, other):
    assert not contains(read(one), read(other), X)
    assert not is_one_class(read(one), read(other), X)


@pytest.mark.parametrize(("exponent", "near"), [("2.0053", True), ("2.09", True), ("2.11", False)])
def test_an_exact_exponent_is_one_that_differs_a_little(exponent, near):
    """Of x^2.0053 and x² it depends on the rows which is the likelier spelling of the law."""
    fitted, square = read(f"1.2*x0**{exponent}"), read("1.21*x0**2")
    assert contains(fitted, square, X)
    assert contains(square, fitted, X) == near


def test_identity_is_a_millionth_of_the_spread():
    base = read("x0 + x1")
    for size, same in ((1e-7, True), (1e-5, False)):
        other = read(f"x0 + x1 + {size:.1e}*sin(9*x0)")
        assert contains(base, other, X) == same


def test_numbers_that_are_redundant_have_no_effect_of_their_own():
    assert dimension(read("(2.1*x0 + 3.2)/(4.3*x0 + 5.4)"), X) == 3
    assert dimension(read("1.5*exp(0.4*x0 + 0.7)"), X) == 2
    assert dimension(read("x0*x1"), X) == 0


def test_exact_numbers_may_be_others_but_not_exponents():
    tree = free_numbers(read("2*x0**2 - x1"))
    assert [n.value for n in tree.numbers() if n.exact is None] == [2.0]


@pytest.mark.parametrize(
    ("rewritten", "held", "within"),
    [
        ("0.2*(x0 + 6.5*x1)", (), True),
        ("0.2*(x0 + 6.5*x1)", (1.3,), False),  # at these numbers it is the same, not at others
        ("0.35*x0 + 13*x1/10", (1.3,), True),
        ("13*x1/10", (1.3,), True),
        ("0.35*x0", (1.3,), False),
        ("0.2*x0 + 1.3*sin(x1)", (), False),
    ],
)
def test_what_a_rewriting_keeps(rewritten, held, within):
    form = add(read("0.2*x0"), multiply(exact(13, 10), Input(1)))
    assert is_within(read(rewritten), form, held, X) is within
