"""Forms beside a winner, and whether rows tell it from them."""

from __future__ import annotations

import numpy as np

from edgewise.discovery.function_swaps import list_neighbours
from edgewise.formula.data import Data
from edgewise.formula.expression import (
    Input,
    add,
    exact,
    free,
    multiply,
    power,
)
from edgewise.formula.library import LIBRARY
from edgewise.formula.signs import call

X = Input(0)


def test_each_function_is_exchanged_for_every_other():
    tree = add(multiply(free(2.5), call("tanh", multiply(free(0.7), X))), call("exp", X), exact(-1))
    keys = [n.key for n in list_neighbours(tree, LIBRARY)]
    assert len(set(keys)) == len(keys) > 2 * (len(LIBRARY) - 6)
    assert tree.key not in keys
    for made in list_neighbours(tree, LIBRARY):
        assert (call("exp", X).key in made.key) != ("*tanh(" in made.key)  # one of both stays


def test_numbers_outside_of_functions_are_free_in_a_neighbour_and_those_within_stay():
    tree = add(exact(3), multiply(exact(2), call("sin", multiply(exact(5), X))), power(X, 3))
    for made in list_neighbours(tree, LIBRARY):
        if call("sin", multiply(exact(5), X)).key in made.key:  # the power is exchanged
            outer = [n for n in made.numbers() if abs(n.value) in (2, 3) and n.exact is None]
            assert [n.value for n in outer if n.value == 2] == [2]
        else:
            assert power(X, 3).key in made.key


def test_a_line_has_no_neighbours():
    assert list(list_neighbours(add(multiply(free(2.0), X), exact(1)), LIBRARY)) == []


def test_a_neighbour_may_have_the_form_of_the_truth():
    x = np.linspace(0.2, 2, 60)[:, None]
    data = Data.of(x, 1.7 * np.arctan(1.3 * x[:, 0]) - 0.4)
    tree = add(multiply(free(1.0), call("tanh", multiply(free(1.0), X))), free(0.1))
    fits = [data.fit(other, 30) for other in list_neighbours(tree, LIBRARY)]
    best = min((f for f in fits if np.isfinite(f.fvu)), key=lambda f: f.fvu)
    assert "arctan" in best.tree.key
    assert best.fvu < 1e-20
