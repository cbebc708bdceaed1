"""Forms beside a winner, and whether rows tell it from them."""

from __future__ import annotations

import numpy as np
import pytest

from edgewise.discovery import stability
from edgewise.discovery.function_swaps import fit_neighbours, list_neighbours
from edgewise.discovery.problem import Problem
from edgewise.discovery.selection import Scored
from edgewise.discovery.stability import stabilities
from edgewise.discovery.verdict import LEAST_STABLE
from edgewise.formula.data import Data
from edgewise.formula.expression import (
    Expression,
    Input,
    add,
    apply,
    exact,
    free,
    multiply,
    power,
)
from edgewise.formula.library import LIBRARY

X = Input(0)


def call(name: str, u: Expression) -> Expression:
    return apply(LIBRARY[name], u)


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


def test_neighbours_are_fitted():
    x = np.linspace(0.2, 2, 200)[:, None]
    data = Data.of(x, 1.7 * np.arctan(1.3 * x[:, 0]) - 0.4)
    tree = add(multiply(free(1.0), call("tanh", multiply(free(1.0), X))), free(0.1))
    best = min(fit_neighbours(tree, data, LIBRARY), key=lambda f: f.fvu)
    assert "arctan" in best.tree.key
    assert best.fvu < 1e-20


@pytest.mark.parametrize(("part", "same"), [(0.9, True), (1.1, False)])
def test_formulas_that_differ_by_three_thousandths_of_the_noise_are_one(monkeypatch, part, same):
    is_same = stability._is_same
    g = np.random.default_rng(0)
    x = g.uniform(-1, 1, (300, 1))
    noise = 0.1 * g.normal(size=300)
    problem = Problem(x, x[:, 0] + noise - noise.mean())
    data = Data.of(problem.x, problem.y)
    winner = Scored(data.judge(X), "made up")
    left = np.sqrt(np.mean(np.square(problem.y - x[:, 0])))
    other = add(X, multiply(free(part * 3e-3 * left), call("sign", X)))
    seen = []
    monkeypatch.setattr(stability, "_is_same", lambda *a: seen.append(is_same(*a)) or seen[-1])
    stabilities(problem, [Scored(data.judge(other), "made up"), winner], winner)
    assert seen[0] == same


@pytest.mark.parametrize(("noise", "told"), [(0.1, False), (0.01, True)])
def test_a_form_is_stable_only_if_the_rows_tell_it_from_its_neighbours(noise, told):
    """tanh and others pass through noisy rows of a bend as well as the arctan that it is.

    Alone on the front, as here, the form would come out of every resample.
    """
    g = np.random.default_rng(0)
    x = g.uniform(0.2, 1.5, (400, 1))
    problem = Problem(x, 1.7 * np.arctan(1.3 * x[:, 0]) - 0.4 + noise * g.normal(size=400))
    tree = add(multiply(free(1.7), call("arctan", multiply(free(1.3), X))), free(-0.4))
    winner = Scored(Data.of(problem.x, problem.y).fit(tree), "made up")
    share, others = stabilities(problem, [winner], winner)
    assert (share >= LEAST_STABLE) == told
    assert (others == []) == told
    assert all("arctan" not in m.tree.key for m in others)
