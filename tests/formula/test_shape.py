"""Rewriting that needs the data: values stay at the rows, formulas get shorter."""

from __future__ import annotations

import numpy as np
import pytest

from edgewise.formula.expression import (
    Input,
    add,
    exact,
    free,
    multiply,
    power,
)
from edgewise.formula.program import Program
from edgewise.formula.shape import reshape
from edgewise.formula.signs import call
from random_trees import BOUNDED, random_tree

X, Y = Input(0), Input(1)
HALF = exact(1, 2)


POSITIVE = np.random.default_rng(0).uniform(0.4, 2, (40, 2))
MIXED = POSITIVE * [-1, 1]

CASES = {
    "a root opens": (power(multiply(power(X, 2), Y), HALF), POSITIVE, multiply(X, power(Y, HALF))),
    "a root of negative numbers": (
        power(multiply(power(X, 2), Y), HALF),
        MIXED,
        multiply(call("abs", X), power(Y, HALF)),
    ),
    "an absolute value": (call("abs", X), POSITIVE, X),
    "of negative numbers": (call("abs", X), MIXED, None),
    "a logarithm in an exponential": (
        call("exp", add(multiply(exact(2), call("log", X)), Y)),
        POSITIVE,
        multiply(power(X, 2), call("exp", Y)),
    ),
    "roots together": (
        multiply(power(add(X, Y), HALF), power(add(X, multiply(exact(2), Y)), exact(-1, 2))),
        POSITIVE,
        None,
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_shapes(name):
    tree, x, want = CASES[name]
    made = reshape(tree, x)
    np.testing.assert_allclose(Program(made).values(x), Program(tree).values(x), rtol=1e-12)
    assert made.size <= tree.size
    if want is not None:
        assert made == want


def test_where_the_sign_changes_nothing_opens():
    x = np.array([[-1.0, 2.0], [1.0, 2.0], [0.5, 1.0]])
    for tree in (call("abs", X), power(power(X, 2), HALF)):
        np.testing.assert_array_equal(Program(reshape(tree, x)).values(x), np.abs(x[:, 0]))


def test_a_number_in_an_exponential_becomes_a_factor():
    tree = call("exp", add(multiply(free(1.5), X), free(0.7)))
    made = reshape(tree, POSITIVE)
    np.testing.assert_allclose(
        Program(made).values(POSITIVE), np.exp(1.5 * POSITIVE[:, 0] + 0.7), rtol=1e-12
    )


def test_values_of_any_tree_stay():
    g = np.random.default_rng(7)
    x = np.random.default_rng(1).uniform(-1.5, 1.5, (25, 2))
    x[:, 1] = np.abs(x[:, 1]) + 0.1
    compared = 0
    for _ in range(60):
        tree = random_tree(g, 2, inputs=2, names=BOUNDED)
        want, got = Program(tree).values(x), Program(reshape(tree, x)).values(x)
        good = np.isfinite(want) & (np.abs(want) < 1e8)
        compared += good.any()
        np.testing.assert_allclose(got[good], want[good], rtol=1e-7, atol=1e-9)
    assert compared > 40
