"""Trees: one normal form for equal formulas, numbers in order, files that are only data."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest

from edgewise.formula.expression import (
    ONE,
    ZERO,
    Apply,
    Input,
    Number,
    Power,
    Product,
    Sum,
    add,
    apply,
    exact,
    factors_of,
    free,
    multiply,
    number,
    power,
    split_number,
    terms_of,
)
from edgewise.formula.files import DEEPEST, read_expression
from edgewise.formula.folding import normal_form
from edgewise.formula.library import LIBRARY
from edgewise.formula.parse import parse_formula
from edgewise.formula.program import Program
from random_trees import random_trees

X, Y, Z = Input(0), Input(1), Input(2)
SIN = LIBRARY["sin"]


def interpret(node, x):
    """What a tree means, node by node, without the program."""
    if isinstance(node, Number):
        return np.full(len(x), node.value)
    if isinstance(node, Input):
        return x[:, node.index]
    parts = [interpret(p, x) for p in node.parts]
    if isinstance(node, Sum):
        return np.sum(parts, axis=0)
    if isinstance(node, Product):
        return np.prod(parts, axis=0)
    if isinstance(node, Power):
        return np.power(parts[0], parts[1])
    assert isinstance(node, Apply)
    return node.function.evaluate(parts[0])


def test_equal_sums_and_products_are_equal_objects_in_any_order():
    parts = [X, multiply(exact(2), Y), apply(SIN, X), exact(3), power(Y, 2)]
    sums = {add(*order).key for order in itertools.permutations(parts)}
    products = {multiply(*order).key for order in itertools.permutations(parts)}
    assert len(sums) == len(products) == 1
    assert add(add(X, Y), Z) == add(X, add(Y, Z))
    assert hash(add(X, Y)) == hash(add(Y, X))
    assert add(X, Y) != add(X, Z)


def test_equal_terms_and_factors_are_collected():
    assert add(X, X) == multiply(exact(2), X)
    assert add(X, multiply(exact(-1), X)) is ZERO or add(X, multiply(exact(-1), X)) == ZERO
    assert add(multiply(exact(1, 3), X), multiply(exact(1, 6), X)) == multiply(exact(1, 2), X)
    assert multiply(X, X) == power(X, 2)
    assert multiply(X, power(X, -1)) == ONE
    assert multiply(power(X, exact(1, 2)), power(X, exact(3, 2))) == power(X, 2)
    assert multiply(exact(0), X) == ZERO
    assert add(X, ZERO) == X
    assert multiply(ONE, X) == X


def test_fractions_and_multiples_of_pi_stay_exact():
    half = add(exact(1, 3), exact(1, 6))
    assert str(half.exact) == "1/2*1"
    assert str(multiply(exact(2, 3), exact(3, 4, "pi")).exact) == "1/2*pi"
    assert str(add(exact(1, 2, "pi"), exact(1, 3, "pi")).exact) == "5/6*pi"
    # What is no fraction of one unit any more is a plain number of the right value.
    mixed = add(exact(1), exact(1, 1, "pi"))
    assert mixed.exact is None
    assert mixed.value == pytest.approx(1 + math.pi, rel=1e-15)
    assert multiply(exact(1, 1, "pi"), exact(1, 1, "e")).value == pytest.approx(math.pi * math.e)


def test_powers():
    assert power(power(X, 2), 3) == power(X, 6)
    assert power(power(X, exact(1, 2)), 2) == X
    # sqrt(x^2) is |x|, not x.
    root = power(power(X, 2), exact(1, 2))
    x = np.array([[-2.0], [3.0]])
    np.testing.assert_array_equal(Program(root).values(x), [2.0, 3.0])
    assert power(multiply(X, Y), 2) == multiply(power(X, 2), power(Y, 2))
    assert power(multiply(X, Y), exact(1, 2)) != multiply(
        power(X, exact(1, 2)), power(Y, exact(1, 2))
    )
    assert power(X, 0) == ONE
    assert power(exact(2, 3), -2) == exact(9, 4)
    assert power(exact(-2), 3) == exact(-8)
    assert power(free(4.0), exact(1, 2)).value == 2.0


@pytest.mark.parametrize("name", ["x^2", "x^3", "1/x", "sqrt", "1/x^1.5", "1/sqrt", "x^5"])
def test_functions_that_are_powers_become_powers(name):
    tree = apply(LIBRARY[name], X)
    assert isinstance(tree, Power)
    x = np.linspace(0.3, 3, 7)
    import torch

    want = LIBRARY[name].torch(torch.from_numpy(x)).numpy()
    np.testing.assert_allclose(Program(tree).values(x[:, None]), want, rtol=1e-13)


def test_normal_form_means_the_same():
    x = np.random.default_rng(0).uniform(0.4, 1.9, (30, 3))
    finite = 0
    for tree in random_trees(150, depth=3, seed=1):
        with np.errstate(all="ignore"):
            want, made = interpret(tree, x), interpret(normal_form(tree), x)
        good = np.isfinite(want) & (np.abs(want) < 1e8)
        finite += good.any()
        np.testing.assert_allclose(made[good], want[good], rtol=1e-7, atol=1e-9)
    assert finite > 75


def test_the_program_means_what_the_tree_means():
    x = np.random.default_rng(0).uniform(-1.9, 1.9, (30, 3))
    for tree in random_trees(100, depth=3, seed=2):
        with np.errstate(all="ignore"):
            want = interpret(tree, x)
        got = Program(tree).values(x)
        good = np.isfinite(want) & (np.abs(want) < 1e8)
        np.testing.assert_allclose(got[good], want[good], rtol=1e-7, atol=1e-9)
        np.testing.assert_array_equal(np.isnan(want), np.isnan(got))


def test_substitution_is_composition():
    tree = add(power(X, 2), apply(SIN, Y))
    made = tree.substitute({0: add(Y, ONE), 1: multiply(X, Y)})
    x = np.random.default_rng(0).normal(size=(20, 2))
    want = (x[:, 1] + 1) ** 2 + np.sin(x[:, 0] * x[:, 1])
    np.testing.assert_allclose(Program(made).values(x), want, rtol=1e-13)
    assert made.inputs == {0, 1}
    assert power(X, 2).inputs == {0}


def test_numbers_come_and_go_in_one_order():
    for tree in random_trees(60, depth=3, seed=3):
        numbers = tree.numbers()
        assert tree.with_numbers(numbers) == tree
        others = [Number(float(k) / 7 + 0.1) for k in range(len(numbers))]
        assert [n.value for n in tree.with_numbers(others).numbers()] == [n.value for n in others]
        assert Program(tree).numbers == [n.value for n in numbers]
        free_places = [k for k, n in enumerate(numbers) if n.exact is None]
        assert Program(tree).free == free_places
        refitted = tree.with_free([others[k].value for k in free_places]).numbers()
        want = [(others[k].value, None) if n.exact is None else (n.value, n.exact)
                for k, n in enumerate(numbers)]  # fmt: skip
        assert [(n.value, n.exact) for n in refitted] == want
    # None is folded away, so that a refit's numbers stay as many.
    tree = Sum((Product((Number(0.0), X)), Number(0.0)))
    assert len(tree.with_numbers([Number(0.0), Number(0.0)]).numbers()) == 2


def test_terms_factors_and_split_numbers():
    tree = add(multiply(exact(3), X), Y)
    assert set(terms_of(tree)) == {multiply(exact(3), X), Y}
    assert terms_of(X) == (X,)
    assert factors_of(multiply(X, Y)) == (X, Y)
    factor, rest = split_number(multiply(exact(3), X, Y))
    assert (factor, rest) == (exact(3), multiply(X, Y))
    assert split_number(X) == (ONE, X)


def test_whole_numbers_are_exact_and_free_ones_are_not():
    assert number(3.0).exact is not None
    assert number(3.5).exact is None
    assert number(1e6).exact is None
    assert free(3.0).exact is None


def test_files_hold_the_tree_and_nothing_else():
    import json

    for tree in random_trees(60, depth=3, seed=4):
        made = read_expression(json.loads(json.dumps(tree.to_config())))
        assert made == tree
        assert [n.exact for n in made.numbers()] == [n.exact for n in tree.numbers()]
    kept = read_expression(Number(1.5, None, 0.25).to_config())
    assert kept.error == 0.25


def nested(levels):
    config = ["input", 0]
    for _ in range(levels):
        config = ["sum", config, ["input", 1]]
    return config


@pytest.mark.parametrize(
    ("config", "message"),
    [
        (nested(DEEPEST + 1), "levels"),
        (["apply", "__import__", ["input", 0]], "got '__import__'"),
        (["input", -1], "expected a node"),
        (["input", "0"], "expected a node"),
        (["number", "1", None, None], "expected a node"),
        (["number", 1.0, "os.system", None], "expected a constant"),
        ("x0", "expected a node"),
        ([], "expected a node"),
        (["sum"], "expected a node"),
        (["power", ["input", 0]], "expected a node"),
    ],
)
def test_what_is_no_tree_is_refused(config, message):
    with pytest.raises(ValueError, match=message):
        read_expression(config)


def test_logarithms_of_other_bases_are_quotients_of_logarithms():
    tree, names = parse_formula("3*log10(x) - log2(x)")
    x = np.array([[0.5], [2.0], [70.0]])
    expected = 3 * np.log10(x[:, 0]) - np.log2(x[:, 0])
    assert names == ["x"]
    np.testing.assert_allclose(Program(tree).values(x), expected, rtol=1e-14)


def test_lambda_is_a_name_as_in_physics():
    tree, names = parse_formula("lambda*x^2 + 1")
    assert names == ["lambda", "x"]
    assert Program(tree).values(np.array([[2.0, 3.0]])) == [19.0]
    with pytest.raises(ValueError, match=r"got 'f\(lambda, 1\)'"):
        parse_formula("f(lambda, 1)")
