"""The last steps to a readable formula: no superfluous number, round ones where they are right."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from edgewise.formula import printing
from edgewise.formula.data import Data
from edgewise.formula.expression import (
    Input,
    Power,
    Product,
    Sum,
    add,
    exact,
    free,
    multiply,
    power,
)
from edgewise.formula.parse import parse_formula
from edgewise.formula.program import Program
from edgewise.formula.signs import call
from edgewise.formula.spelling import reading_cost
from edgewise.search.finish import (
    ROUNDING_FVU,
    _dependent,
    _order_by_simplicity,
    finish,
    spell,
    use_freedom,
)

X, Y = Input(0), Input(1)


def sum_of(*terms):
    """A sum as a refit leaves it, with numbers that are 0 or 1 in it."""
    return Sum(terms)


def free_numbers(tree):
    return [n for n in tree.numbers() if n.exact is None]


X1 = np.random.default_rng(0).uniform(0.3, 2, (100, 1))
X2 = np.random.default_rng(0).uniform(0.3, 2, (100, 2))


@pytest.mark.parametrize(
    ("tree", "f", "numbers"),
    [
        (
            multiply(
                add(multiply(free(2.6), X), free(1.3)),
                power(add(multiply(free(0.8), X), free(2.2)), -1),
            ),
            lambda t: (1.3 * t + 0.65) / (0.4 * t + 1.1),
            3,
        ),
        (
            Product((free(1.5), call("exp", add(multiply(free(0.3), X), free(0.7))))),
            lambda t: 1.5 * np.exp(0.3 * t + 0.7),
            2,
        ),
        (
            Power(Sum((Product((free(1.21), X)), free(1.5))), exact(1, 2)),
            lambda t: np.sqrt(1.21 * t + 1.5),
            2,
        ),
        (
            multiply(free(1.2), call("log", multiply(free(1.7), X))),
            lambda t: 1.2 * np.log(1.7 * t),
            2,
        ),
    ],
    ids=["a ratio", "an exponential", "nothing too much", "a logarithm"],
)
def test_numbers_that_others_make_up_for_go(tree, f, numbers):
    data = Data.of(X1, f(X1[:, 0]))
    fit = data.fit(tree)
    assert fit.fvu < 1e-20
    made = use_freedom(fit, data)
    assert len(free_numbers(made.tree)) == numbers
    np.testing.assert_allclose(Program(made.tree).values(X1), f(X1[:, 0]), rtol=1e-9)


def test_a_number_without_effect_goes():
    data = Data.of(X1, 2.3 * X1[:, 0])
    tree = sum_of(
        Product((free(2.3), X)), Product((free(0.0), call("sin", Product((free(1.7), X)))))
    )
    made = use_freedom(data.fit(tree), data)
    assert len(free_numbers(made.tree)) <= 2


FORMULAS = {
    "cubic": (
        sum_of(
            Product((free(1.0), power(X, 3))),
            Product((free(1.0), power(X, 2))),
            Product((free(1.0), X)),
            free(1e-17),
        ),
        lambda t: t**3 + t**2 + t,
        "x0**3 + x0**2 + x0",
    ),
    "pi": (
        Product((free(1.0), call("sin", sum_of(Product((free(6.2), X)), free(0.01))))),
        lambda t: np.sin(2 * np.pi * t),
        "sin(2*pi*x0)",
    ),
    "fractions": (
        sum_of(Product((free(0.6), power(X, 2))), free(0.2)),
        lambda t: 0.75 * t**2 + 1 / 3,
        "3*x0**2/4 + 1/3",
    ),
}


@pytest.mark.parametrize("name", FORMULAS)
def test_exact_fits_become_what_people_write(name):
    tree, f, want = FORMULAS[name]
    data = Data.of(X1, f(X1[:, 0]))
    fit = finish(data.fit(tree, steps=40), data)
    assert fit.fvu <= ROUNDING_FVU
    assert fit.fvu < 1e-24
    assert printing.to_text(fit.tree, ["x0"]) == want


def test_rounding_is_no_term():
    y = 11 * np.sin(X2[:, 0] * X2[:, 1]) / 2
    data = Data.of(X2, y)
    tree = sum_of(
        Product((free(1.6653e-16), X)),
        Product((free(-1.9e-16), Y)),
        Product((free(5.4), call("sin", multiply(X, Y)))),
    )
    fit = finish(data.fit(tree), data)
    text = printing.to_text(fit.tree, ["x0", "x1"])
    assert text == "11*sin(x0*x1)/2"


def test_noisy_fits_keep_their_numbers_with_errors_and_no_pi():
    g = np.random.default_rng(0)
    for seed in range(6):
        slope = np.random.default_rng(seed).uniform(1, 6)
        y = slope * X1[:, 0] + 0.77 + 0.1 * g.normal(size=100)
        data = Data.of(X1, y)
        fit = finish(data.fit(add(multiply(free(1.0), X), free(0.5))), data, units=False)
        for number in fit.tree.numbers():
            if number.exact is None:
                assert 0.001 < number.error < 0.2
            else:
                assert number.exact.unit == "1"
        assert fit.fvu < 1.05 * data.fit(add(multiply(free(1.0), X), free(0.5))).fvu


def test_finishing_keeps_what_is_true():
    """Constants that aren't round come out with all their digits."""
    y = 1.234567 * np.exp(-0.7654321 * X1[:, 0])
    data = Data.of(X1, y)
    tree = sum_of(Product((free(1.0), call("exp", Product((free(-0.5), X))))), free(0.1))
    fit = finish(data.fit(tree, steps=40), data)
    assert sorted(n.value for n in fit.tree.numbers()) == pytest.approx(
        [-0.7654321, 1.234567], rel=1e-12
    )


# ---- spelling ---------------------------------------------------------------------------------

ROWS = np.random.default_rng(0).uniform(0.5, 4, (200, 3))
NAMES = ["a", "b", "c"]


def read(text, keep=(-1.0, 0.5, -0.5)):
    """The formula with all numbers free but these."""
    tree = parse_formula(text, NAMES)[0]
    return tree.with_numbers([n if n.value in keep else free(n.value) for n in tree.numbers()])


SPELLINGS = {
    "drag": ("3.2*a**2.0053", lambda a, b, c: 3.2 * a**2, "#*a**2"),
    "Manning": (
        "21*a**1.66499*sqrt(b)",
        lambda a, b, c: 21.3 * a ** (5 / 3) * b**0.5,
        "#*a**(5/3)*sqrt(b)",
    ),
    "Cobb-Douglas": (
        "1.7*a**0.7511*b**0.2487",
        lambda a, b, c: 1.7 * a**0.75 * b**0.25,
        "#*a**(3/4)*b**(1/4)",
    ),
    "pendulum": (
        "1/sqrt(0.02533*a/b)",
        lambda a, b, c: 2 * np.pi * np.sqrt(b / a),
        "2*pi*sqrt(b/a)",
    ),
    "a function beside its inverse": (
        "2.1*log(0.7408*exp(exp(-b)))*a",
        lambda a, b, c: 2.1 * a * (np.exp(-b) - 0.3),
        "#*a*(exp(-b) - 3/10)",
    ),
    "Michaelis-Menten": (
        "1/(0.0003/a + 0.0047)",
        lambda a, b, c: 211.7 * a / (a + 0.0641),
        "#*a/(a + #)",
    ),
    "one number for two": (
        "sqrt(0.29*a**2 + 0.29*b**2 - 0.01)",
        lambda a, b, c: np.sqrt(0.29 * (a**2 + b**2)),
        "#*sqrt(a**2 + b**2)",
    ),
    "nothing added": ("3.1*a*b**1.001 + 0.002", lambda a, b, c: 3.13 * a * b, "#*a*b"),
}


@pytest.mark.parametrize("name", SPELLINGS)
def test_a_spelling_is_as_round_as_the_rows_allow(name):
    text, f, want = SPELLINGS[name]
    y = f(*ROWS.T)
    y = y + 0.01 * y.std() * np.random.default_rng(1).normal(size=len(y))
    data = Data.of(ROWS, y)
    found = finish(data.fit(read(text), steps=30), data)
    printed = printing.to_text(found.tree, NAMES)
    for number in found.tree.numbers():
        if number.exact is None or number.exact.bits > 6:
            short = printing.to_text(replace(number, value=abs(number.value)), [])
            printed = printed.replace(short, "#")
    assert printed == want


@pytest.mark.parametrize("exponent", [1.9, 1.62, 0.72, 2.05])
def test_an_exponent_that_the_rows_tell_from_a_simple_one_stays(exponent):
    for seed in range(3):
        y = ROWS[:, 0] ** exponent
        y = y + 0.01 * y.std() * np.random.default_rng(seed).normal(size=len(y))
        data = Data.of(ROWS, y)
        found = finish(data.fit(read("1.1*a**1.7"), steps=30), data)
        values = [n.value for n in found.tree.numbers()]
        assert min(abs(v - exponent) for v in values) < 0.01


@pytest.mark.parametrize("seed", range(4))
def test_a_spelling_says_the_same_and_is_never_longer(seed):
    g = np.random.default_rng(seed)
    a, b, p = g.uniform(0.5, 3, 3)
    trees = [
        read(f"{a}*a**{p} + {b}*b"),
        read(f"{a}*exp(-{b}*a) + {p}"),
        read(f"1/({a}/b + {b}*c)"),
        read(f"{a}*log({b}*exp({p}*a)*c)"),
        read(f"sqrt({a}*a/c)*{b}"),
    ]
    for tree in trees:
        y = Program(tree).values(ROWS)
        noise = 0.02 * y.std()
        data = Data.of(ROWS, y + noise * g.normal(size=len(y)))
        fit = data.fit(tree, steps=20)
        found = spell(fit, data)
        change = Program(found.tree).values(ROWS) - Program(fit.tree).values(ROWS)
        assert np.sqrt(np.mean(change**2)) < 0.3 * noise
        assert reading_cost(found.tree)[0] <= reading_cost(fit.tree)[0]


@pytest.mark.parametrize(
    ("values", "first"),
    [
        ((1.0, 2.0, 4.0), 1),  # all are simple beside each other: next to the others is best
        ((0.77, 3.0, 6.0), 1),  # beside 0.77 no other one is simple
        ((0.0, 0.77, 5.0), 1),  # beside 0 there is no ratio
        ((3.0, 300.0, 3e5), 1),
    ],
)
def test_numbers_that_make_others_simple_are_the_first_to_be_1(values, first):
    tree = add(*(multiply(free(v), Input(k)) for k, v in enumerate(values)))
    places = [n.value for n in tree.numbers()]
    order = _order_by_simplicity(tree, list(range(len(places))))
    assert places[order[0]] == values[first]
    assert sorted(order) == list(range(len(places)))


def test_two_numbers_of_which_one_is_enough_are_found():
    x = np.linspace(0.1, 1, 20)[:, None]
    for text, places in (("2.5*exp(x0 + 1.5)", [0, 1]), ("2.5*exp(1.5*x0)", [])):
        tree = parse_formula(text)[0]
        found = _dependent(tree, Data.of(x, x[:, 0]))
        assert len(found) == len(places), text
