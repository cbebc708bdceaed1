"""Spellings: each rule keeps the values, and the one that is read most easily is taken."""

from __future__ import annotations

import numpy as np
import pytest

from edgewise.formula.expression import (
    Expression,
    Input,
    Number,
    Sum,
    add,
    apply,
    exact,
    free,
    multiply,
    split_number,
)
from edgewise.formula.library import LIBRARY
from edgewise.formula.parse import parse_formula
from edgewise.formula.printing import to_text
from edgewise.formula.program import Program
from edgewise.formula.shape import reshape
from edgewise.formula.spelling import (
    RULES,
    harden_steps,
    lead_sums,
    reading_cost,
    roundest_between,
    split_power_in_logarithm,
)
from random_trees import BOUNDED, random_tree

X = np.random.default_rng(0).uniform(0.4, 3, (60, 3))
NAMES = ["a", "b", "c"]


def read(text: str) -> Expression:
    """The formula with all numbers free but -1, 1/2 and whole exponents."""
    tree = parse_formula(text, NAMES)[0]
    keep = (-1.0, 0.5, -0.5, 2.0, 3.0)
    return tree.with_numbers([n if n.value in keep else Number(n.value) for n in tree.numbers()])


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("1/sqrt(0.0253*a/b)", "6.287*sqrt(b/a)"),
        ("log(0.7408*exp(exp(-b)))", "exp(-b) - 0.3"),
        ("1/(0.0003/a + 0.0047)", "212.8*a/(a + 0.06383)"),
        ("1/(1/a + 1/b)", "a*b/(a + b)"),
        ("-1.5*c*(cos(a) - 1)", "1.5*c*(1 - cos(a))"),
        ("tanh(1e15 - 4.8e14*a)", "-sign(a - 2.08)"),
        ("sqrt(a)/sqrt(b)", "sqrt(a/b)"),
        ("a/(b/c)", "a*c/b"),
        ("0.22*a**2*(log(b) - log(c))", "0.22*a**2*log(b/c)"),
        ("1.7 + 0.3*log(a) + 0.3*log(b) - 0.3*log(c)", "0.3*log(a*b/c) + 1.7"),
        ("1.7*log(b) + 0.3*log(a)", "0.3*log(a) + 1.7*log(b)"),
        ("2.3*exp(a)**-0.7", "2.3*exp(-0.7*a)"),
        ("log(1.45*a**2)", "2*log(a) + 0.3716"),
        ("log(a**-1.7)", "-1.7*log(a)"),
        ("log(1.4*a*b)", "log(1.4*a*b)"),
    ],
)
def test_the_most_readable_spelling(text: str, want: str) -> None:
    tree = read(text)
    made = reshape(tree, X)
    assert to_text(made, NAMES, 4).replace("1.0", "1") == want
    np.testing.assert_allclose(Program(made).values(X), Program(tree).values(X), rtol=1e-9)
    assert reading_cost(made) <= reading_cost(tree)


def test_rules_keep_the_values_of_any_tree() -> None:
    g = np.random.default_rng(3)
    x = np.random.default_rng(1).uniform(0.2, 1.5, (25, 2))
    changed = 0
    for _ in range(400):
        tree = random_tree(g, 3, inputs=2, names=(*BOUNDED, "exp", "log"))
        want = Program(tree).values(x)
        if not np.isfinite(want).all() or np.abs(want).max() > 1e6:
            continue
        for rule in (*RULES, None):
            made = (
                lead_sums(tree) if rule is None else tree.replace(lambda n, r=rule: r(n, sign(x)))
            )
            changed += made is not tree
            np.testing.assert_allclose(Program(made).values(x), want, rtol=1e-6, atol=1e-8)
    assert changed > 10


def sign(x: np.ndarray):
    """The sign of a part at all rows, 0 where it changes."""

    def answer(node: Expression) -> int:
        values = Program(node).values(x)
        return int((values > 0).all()) - int((values < 0).all())

    return answer


def test_a_logarithm_of_what_may_be_negative_stays() -> None:
    tree = read("log(a*b*exp(c))")
    turned = X * [1, -1, 1]
    assert all(rule(tree, sign(turned)) is None for rule in RULES)
    assert to_text(reshape(tree, X), NAMES) == "c + log(a*b)"


def test_a_power_of_what_may_be_negative_stays_in_its_logarithm() -> None:
    tree = read("log(1.5*(a - 1)**2)")
    assert split_power_in_logarithm(tree, sign(X)) is None
    assert split_power_in_logarithm(tree, sign(X + 1)) is not None


def test_a_step_has_a_round_place_between_its_rows() -> None:
    x = np.array([[1.0], [2.0471], [2.0519], [4.0]])
    tree = apply(LIBRARY["tanh"], add(multiply(free(1e9), Input(0)), free(-2.05123e9)))
    made = harden_steps(tree, x)
    assert to_text(made, ["x"]) == "sign(x - 2.05)"
    assert to_text(harden_steps(tree, x[1:3]), ["x"]) == "sign(x - 2.05)"
    gentle = apply(LIBRARY["tanh"], add(multiply(free(3.0), Input(0)), free(-6.0)))
    assert harden_steps(gentle, x) is gentle


def test_the_factor_of_a_first_term_is_pulled_out_unless_a_factor_is_exact_or_0() -> None:
    x, y = Input(0), Input(1)
    tree = add(multiply(free(2.0), x), multiply(free(5.0), y), free(3.0))
    led = lead_sums(tree)
    assert led.key != tree.key
    np.testing.assert_allclose(Program(led).values(X), Program(tree).values(X))
    assert split_number(led)[0].value == split_number(tree.terms[0])[0].value
    for other in (multiply(exact(5), y), multiply(free(0.0), y)):
        for terms in ((multiply(free(2.0), x), other), (other, multiply(free(2.0), x))):
            assert lead_sums(Sum(terms)) == Sum(terms)


@pytest.mark.parametrize(
    ("low", "high", "want"), [(2.04, 2.06, 2.05), (-1.0, 1.0, 0.0), (0.18, 0.34, 0.3), (7, 19, 10)]
)
def test_the_roundest_number_between_two(low: float, high: float, want: float) -> None:
    assert roundest_between(low, high) == want
