"""Simplified formulas are equal, shorter, as exact as before, and found quickly."""

from __future__ import annotations

import time

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from edgewise.formula.expression import (
    Apply,
    Expression,
    Input,
    Number,
    Power,
    Product,
    Sum,
    add,
    exact,
    free,
    multiply,
    power,
)
from edgewise.formula.library import LIBRARY
from edgewise.formula.printing import to_text
from edgewise.formula.program import Program
from edgewise.formula.signs import call
from edgewise.formula.simplify import (
    MOST_CANDIDATES,
    _Search,
    reading_size,
    restrictions,
    simplify_tree,
)
from random_trees import random_tree, random_trees

X, Y, Z = Input(0), Input(1), Input(2)
NAMES = ["x", "y", "z"]
TWO, MINUS = exact(2), exact(-1)


def minus(a: Expression, b: Expression) -> Expression:
    return add(a, multiply(MINUS, b))


PLUS = add(power(X, 2), exact(1))
CASES: list[tuple[Expression, str]] = [
    (add(multiply(TWO, X), multiply(TWO, Y)), "2*(x + y)"),
    (add(multiply(TWO, X), exact(1)), "2*x + 1"),
    (add(multiply(exact(4), X), multiply(exact(6), Y), exact(2)), "4*x + 6*y + 2"),
    (add(multiply(free(0.3), X), multiply(free(-0.3), Y)), "0.3*(x - y)"),
    (call("sin", add(X, exact(1, 2, "pi"))), "cos(x)"),
    (call("sin", add(multiply(TWO, X), exact(1, 1, "pi"))), "-sin(2*x)"),
    (call("cos", add(X, exact(-1, 2, "pi"))), "sin(x)"),
    (call("cos", add(X, exact(7, 2, "pi"))), "sin(x)"),
    (call("tan", add(X, exact(1, 1, "pi"))), "tan(x)"),
    (call("cos", multiply(exact(2, 1, "pi"), add(X, exact(1)))), "cos(2*pi*x)"),
    (multiply(TWO, call("sin", multiply(exact(1, 1, "pi"), add(X, exact(-1))))), "-2*sin(pi*x)"),
    (call("sin", multiply(MINUS, X)), "-sin(x)"),
    (call("cos", minus(exact(-1), X)), "cos(x + 1)"),
    (multiply(call("exp", X), call("exp", Y), Z), "z*exp(x + y)"),
    (multiply(call("exp", X), power(call("exp", Y), -2)), "exp(x - 2*y)"),
    (add(call("log", PLUS), call("log", call("exp", X))), "x + log(x**2 + 1)"),
    (add(call("log", PLUS), call("log", call("cosh", Y))), "log(cosh(y)*(x**2 + 1))"),
    (add(call("log", X), call("log", Y)), "log(x) + log(y)"),
    (Power(power(X, exact(1, 2)), TWO), "sqrt(x)**2"),
    (power(power(X, 2), exact(1, 2)), "abs(x)"),
    (call("exp", call("log", X)), "exp(log(x))"),
    (call("exp", call("log", PLUS)), "x**2 + 1"),
    (power(call("abs", X), 2), "x**2"),
    (call("abs", PLUS), "x**2 + 1"),
    (call("cos", call("sin", call("abs", X))), "cos(sin(x))"),
    (call("cosh", multiply(TWO, Y, call("abs", X))), "cosh(2*x*y)"),
    (power(multiply(call("tanh", call("abs", X)), Y), 2), "y**2*tanh(x)**2"),
    (call("abs", multiply(X, call("abs", Y))), "abs(x*y)"),
    (call("sin", call("abs", X)), "sin(abs(x))"),
    (call("cos", add(call("abs", X), exact(1))), "cos(abs(x) + 1)"),
    (minus(power(add(X, exact(1)), 2), power(X, 2)), "2*x + 1"),
    (minus(multiply(add(X, exact(1)), minus(X, exact(1))), power(X, 2)), "-1"),
    (add(power(X, 3), power(X, 2), X), "x**3 + x**2 + x"),
    (add(multiply(X, Y), multiply(X, Z)), "x*(y + z)"),
    (add(multiply(X, call("sin", Y)), multiply(Z, call("sin", Y)), exact(1)), "sin(y)*(x + z) + 1"),
    (minus(exact(1), power(add(X, exact(1)), -1)), "x/(x + 1)"),
    (multiply(minus(X, exact(1)), power(minus(exact(1), X), -1)), "-1"),
    (multiply(add(multiply(TWO, X), TWO), power(add(X, exact(1)), -1)), "2"),
    (add(power(call("sin", X), 2), power(call("cos", X), 2), Y), "y + 1"),
    (minus(power(call("cosh", X), 2), power(call("sinh", X), 2)), "1"),
    (multiply(call("sin", X), power(call("cos", X), -1)), "tan(x)"),
    (multiply(TWO, call("sin", X), call("cos", X)), "sin(2*x)"),
    (Apply(LIBRARY["cos"], exact(1, 1, "pi")), "-1"),
    (Apply(LIBRARY["log"], exact(1, 1, "e")), "1"),
    (power(multiply(exact(4), X), exact(1, 2)), "2*sqrt(x)"),
    (minus(X, minus(X, Y)), "y"),
    (multiply(MINUS, minus(X, Y)), "y - x"),
    (Sum((X, X, Product((TWO, Y)), multiply(MINUS, X))), "x + 2*y"),
    (add(multiply(X, add(multiply(X, add(X, exact(3))), exact(3))), exact(1)), "(x + 1)**3"),
    (add(multiply(X, add(X, exact(1))), exact(5)), "x**2 + x + 5"),
    (add(multiply(X, add(multiply(TWO, X), exact(3))), Y), "2*x**2 + 3*x + y"),
    (add(multiply(X, minus(X, multiply(TWO, Y, Z))), power(Y, 2)), "x**2 - 2*x*y*z + y**2"),
    (add(power(X, 2), multiply(exact(-6), X), exact(9), call("sin", X)), "sin(x) + (x - 3)**2"),
    (add(power(X, 2), multiply(TWO, X), exact(2)), "x**2 + 2*x + 2"),
    (add(multiply(exact(4), power(X, 2)), multiply(exact(-4), X, Y), power(Y, 2)), "(y - 2*x)**2"),
    (
        add(
            multiply(exact(2), power(X, 3)),
            multiply(exact(12), power(X, 2)),
            multiply(exact(24), X),
            exact(16),
        ),
        "2*(x + 2)**3",
    ),
]


@pytest.mark.parametrize(("tree", "text"), CASES, ids=[t for _, t in CASES])
def test_the_most_readable_form_is_found(tree: Expression, text: str) -> None:
    assert to_text(simplify_tree(tree), NAMES) == text


@pytest.mark.parametrize("tree", [t for t, _ in CASES], ids=str)
def test_exact_numbers_stay_exact(tree: Expression) -> None:
    if all(n.exact is not None for n in tree.numbers()):
        assert all(n.exact is not None for n in simplify_tree(tree).numbers())


def round_otherwise(tree: Expression, ulps: int) -> Expression:
    """The same with every number that isn't whole rounded to a neighbour."""
    if isinstance(tree, Number) and tree.value != round(tree.value):
        return Number(tree.value * (1 + ulps * 2.3e-16))
    return tree.rebuild([round_otherwise(p, ulps) for p in tree.parts]) if tree.parts else tree


def assert_equal(tree: Expression, other: Expression, x: np.ndarray) -> None:
    """The same values, and undefined at the same rows, as far as rounding can tell."""
    a, b = Program(tree).values(x), Program(other).values(x)
    wiggled = [Program(t).values(x * (1 + k * 2e-16)) for t in (tree, other) for k in (-4, 3)]
    # sin(5 π), which is 0, is rounding alone, and something huge may multiply it.
    rounded = [Program(round_otherwise(tree, k)).values(x) for k in (-1, 1)]
    with np.errstate(all="ignore"):
        spread = np.abs(wiggled[0] - a) + np.abs(wiggled[1] - a)
        spread = spread + np.abs(wiggled[2] - b) + np.abs(wiggled[3] - b)
        spread = spread + np.abs(rounded[0] - a) + np.abs(rounded[1] - a)
        sure = np.isfinite(spread) & (np.abs(a) < 1e12) & (spread < 1e-3 * (1 + np.abs(a)))
        assert (np.abs(a - b)[sure] <= (1e-9 * (1 + np.abs(a)) + 1e4 * spread)[sure]).all()
    undefined = np.isnan(a) & ~np.isinf(Program(tree).values(x * (1 + 1e-9)))
    assert np.isnan(b[undefined]).mean() > 0.9 if undefined.any() else True


def is_kept(kind: str, argument: Expression, found: Expression, x: np.ndarray) -> bool:
    """Whether the same function, however it is written, is restricted in the same way in found.

    Of a positive number times it the sign is the same, and arcsin and its like ask for its size.
    """
    values = Program(argument).values(x)
    for other_kind, other in restrictions(found):
        theirs = Program(other).values(x)
        both = np.isfinite(values) & np.isfinite(theirs)
        if not both.any():
            continue
        a, b = values[both], theirs[both]
        if {kind, other_kind} <= {"positive", "negative"}:
            turned = b if kind == other_kind else -b
            same = np.allclose(a * np.abs(b).max(), turned * np.abs(a).max())
        else:
            same = kind == other_kind and np.allclose(np.abs(a), np.abs(b))
        if same:
            return True
    return False


def check_domain(tree: Expression, found: Expression, x: np.ndarray) -> None:
    """That what restricts the domain of a formula restricts its shorter form, too."""
    missing = restrictions(tree) - restrictions(found)
    assert tree.size > found.size or all(is_kept(*m, found, x) for m in missing)


@given(st.integers(0, 10**6))
@example(567)  # one sum below a power, multiplied out and with the common factor before it
@example(738)  # arctanh(cosh(-a)) = arctanh(cosh(a))
@example(1305)
@example(2065)
@example(7132)  # exp(a)^-3 = exp(-3 a): shorter by itself, longer in the product
@example(5527)  # cos(x - 5π) > 0 is cos(x) < 0
@example(892)  # a sum with its common factor before it is shorter, but not where it stands
@settings(max_examples=60, deadline=None)
def test_simplified_formulas_are_equal(seed: int) -> None:
    rng = np.random.default_rng(seed)
    tree = random_tree(rng, 3)
    found = simplify_tree(tree)
    assert reading_size(found) <= reading_size(tree)
    x = rng.uniform(-2, 2, (50, 3))
    check_domain(tree, found, x)
    assert_equal(tree, found, x)


def test_a_lost_or_turned_restriction_is_seen() -> None:
    x = np.random.default_rng(0).uniform(-2, 2, (50, 3))
    inner = add(multiply(free(0.3), X), multiply(free(-0.8), X, Y), free(0.7))
    written = add(multiply(X, add(free(0.3), multiply(free(-0.8), Y))), free(0.7))
    root, log = exact(1, 2), call("log", inner)
    assert restrictions(log) != restrictions(call("log", written))
    check_domain(log, power(written, root), x)
    check_domain(call("arcsin", inner), call("arcsin", multiply(MINUS, written)), x)
    for other in (add(inner, X), call("log", multiply(MINUS, written)), call("arcsin", written)):
        with pytest.raises(AssertionError):
            check_domain(log, add(other, multiply(exact(0), Y), Sum((X, Y, Z))), x)


@given(st.integers(0, 10**6))
@settings(max_examples=60, deadline=None)
def test_formulas_of_few_parts_are_equal(seed: int) -> None:
    """With few functions of one or two inputs more rules meet."""
    rng = np.random.default_rng(seed)
    tree = random_tree(rng, 4, 2, ["sin", "cos", "exp", "log", "abs"])
    assert_equal(tree, simplify_tree(tree), rng.uniform(-2, 2, (50, 2)))


def test_simplifying_again_changes_little() -> None:
    for tree in random_trees(30, depth=3, seed=31):
        once = simplify_tree(tree)
        assert simplify_tree(once).size <= once.size


def test_it_takes_milliseconds() -> None:
    trees = random_trees(30, depth=3, seed=33)
    simplify_tree(trees[0])
    took = []
    for tree in trees:
        start = time.process_time()
        simplify_tree(tree)
        took.append(time.process_time() - start)
    assert np.median(took) < 0.02


def test_each_candidate_counts():
    tree = add(*(multiply(Input(k), add(Input(k), exact(k + 1))) for k in range(4)))
    search = _Search()
    search.left = 3
    search.shorten(tree)
    assert search.left == 0
    search = _Search()
    search.shorten(tree)
    assert 0 < search.left < MOST_CANDIDATES


def test_like_terms_that_cancel_but_for_rounding_are_gone():
    """-a (y - x / 2a)² + a (y² + x² / 4a² + z / a) = x y + z, with the numbers of a fit."""
    a, b, c = 19.739208802178716, 0.02533029591058444, 0.0006416238909177727
    square = power(add(Y, multiply(free(-b), X)), TWO)
    rest = add(power(Y, TWO), multiply(free(c), power(X, TWO)), multiply(free(1 / a), Z))
    tree = add(multiply(free(-a), square), multiply(free(a), rest))
    assert 0 < abs(a * c - a * b**2) < 1e-15
    assert to_text(simplify_tree(tree), NAMES) == "1.0*x*y + 1.0*z"
    kept = add(multiply(free(1 + 1e-9), X), multiply(Y, add(X, multiply(MINUS, Y))))
    assert X in {part for term in simplify_tree(kept).walk() for part in term.parts}
