"""One function with two numbers of its own, beside a factor and terms: found at once."""

import numpy as np
import pytest

from edgewise.data.rows import pick_evenly
from edgewise.formula.expression import Input, apply, power
from edgewise.formula.library import LIBRARY
from edgewise.formula.printing import to_text
from edgewise.formula.program import Program
from edgewise.search.composite_search import ROWS, Leaves, search_by_projection
from edgewise.search.links import LINKS

X = np.random.default_rng(0).uniform(0.6, 4.0, (150, 1))
T = X[:, 0]
AROUND = Leaves(
    np.stack([T, np.sin(T), T**2]), [Input(0), apply(LIBRARY["sin"], Input(0)), power(Input(0), 2)]
)
INNER = Leaves(
    np.stack([T, np.log(T), np.sqrt(T)]),
    [Input(0), apply(LIBRARY["log"], Input(0)), apply(LIBRARY["sqrt"], Input(0))],
)
CASES = {
    "alone": lambda t: 2 * np.tanh(1.37 * t - 2.2) + 0.3,
    "within another": lambda t: np.arctan(4.2 * np.log(t) - 1.1),
    "with a factor": lambda t: np.sin(t) * np.sin(3.98 * np.sqrt(t) + 0.2),
    "beside a term": lambda t: 0.7 * t + np.exp(-1.83 * t),
    "a logarithm": lambda t: t * np.log(t + 0.739),
}


def search(y, **options):
    given = {"link": LINKS[0], "reach": 16.0, **options}
    return list(search_by_projection(INNER, AROUND, y=y, library=LIBRARY, **given))


@pytest.mark.parametrize("name", CASES)
def test_numbers_that_are_not_round_are_found(name):
    curve = CASES[name]
    best = search(curve(T))[0]
    assert best.fvu < 1e-20
    new = np.linspace(0.7, 3.9, 50)
    np.testing.assert_allclose(Program(best.tree).values(new[:, None]), curve(new), rtol=1e-8)


def test_a_decay_is_no_bell_of_a_root():
    """exp(-√t²) would be as good, but for its reader."""
    texts = {to_text(g.tree, ("t",)) for g in search(np.exp(-1.5 * T) / T + 3)}
    assert not any("exp(-(" in text and "sqrt(t)" in text for text in texts)


def test_pairs_are_tried_where_asked():
    y = 0.7 * T - 1.4 * np.sin(T) + np.tanh(2.13 * T - 3.1)
    assert search(y)[0].fvu > 1e-12
    assert search(y, pairs=True)[0].fvu < 1e-20


def test_an_outer_function_is_undone():
    y = np.exp(T * np.arctan(1.7 * T - 2.9))
    link = next(k for k in LINKS if k.function == "exp")
    best = search(y, link=link)[0]
    np.testing.assert_allclose(Program(best.tree).values(X), y, rtol=1e-8)


def test_weights_say_which_rows_count():
    y, other = np.tanh(1.37 * T - 2.2), np.random.default_rng(1).random(len(T)) < 0.2
    y = np.where(other, 5.0, y)
    assert search(y)[0].fvu > 0.01
    best = search(y, weight=np.where(other, 1e-30, 1.0))[0]
    np.testing.assert_allclose(Program(best.tree).values(X)[~other], y[~other], atol=1e-6)


def test_the_best_come_first_and_each_combination_once():
    guesses = search(np.tanh(1.37 * T - 2.2) + 0.1 * T**3)
    errors = [g.fvu for g in guesses]
    assert errors == sorted(errors)
    assert len(guesses) == 24
    for guess in guesses:  # The share that is promised is that of the formula.
        missed = np.tanh(1.37 * T - 2.2) + 0.1 * T**3 - Program(guess.tree).values(X)
        assert missed.var() / np.var(np.tanh(1.37 * T - 2.2) + 0.1 * T**3) < 3 * guess.fvu + 1e-20


def test_values_near_the_greatest_float_are_no_error():
    t = np.linspace(352.6, 353.6, 100)  # exp(2 t) is finite, and t exp(2 t) is not.
    leaves = Leaves(t[None], [Input(0)])
    found = search_by_projection(
        leaves, leaves, y=np.sin(t), library=LIBRARY, link=LINKS[0], reach=16.0
    )
    assert min(g.fvu for g in found) < 1e-3


@pytest.mark.parametrize("rows", [[], [7]])
def test_few_rows_that_count_give_nothing(rows):
    weight = np.zeros_like(T)
    weight[rows] = len(T)
    assert search(np.sin(T), weight=weight) == []


def test_a_value_that_no_looked_at_row_has_gives_nothing():
    assert set(pick_evenly(len(T), ROWS)) != set(range(len(T)))
    missing = min(set(range(len(T))) - set(pick_evenly(len(T), ROWS)))
    assert search(np.eye(len(T))[missing]) == []


@pytest.mark.parametrize("y", [np.ones_like(T), np.where(T > 3, np.nan, T)])
def test_what_has_no_curve_gives_nothing(y):
    assert search(y) == []


BARE = {
    "an odd function": lambda t: 1.4 * np.tan(0.31 * t),
    "a factor": lambda t: 0.8 * t * np.tanh(0.53 * np.log(t)),
    "a shift": lambda t: 2.7 * np.sin(t) * np.log(np.sqrt(t) + 0.41),
    "an exponential": lambda t: 5.1 * t**2 * np.exp(-1.83 * np.sqrt(t)),
    "an exponential from 0 on": lambda t: 2.3 * (np.exp(0.61 * t) - 1),
    "a cosine from 0 on": lambda t: -1.7 * t * (np.cos(0.93 * t) - 1),
}


@pytest.mark.parametrize("name", BARE)
def test_functions_of_two_numbers_are_found_alone(name):
    """In noise, curves of four numbers fit better than any of two, and would come first."""
    y = BARE[name](T)
    best = search(y, bare=True)[0]
    assert best.fvu < 1e-20
    assert best.tree.free_count == 2
    noisy = y + 0.01 * y.std() * np.random.default_rng(1).normal(size=len(y))
    found = search(noisy, bare=True)
    assert all(guess.tree.free_count == 2 for guess in found)
    assert found[0].fvu < 1.5e-4


def test_a_function_of_a_skewed_argument_is_found():
    """Of 1/t most values lie near 0, and a step of its whole range misses them."""
    t = np.random.default_rng(2).uniform(0.01, 5, 150) ** 2
    inner = Leaves((1 / t)[None], [power(Input(0), -1)])
    around = Leaves(t[None], [Input(0)])
    y = t * np.tanh(6.28 / t)
    found = search_by_projection(
        inner, around, y=y, library=LIBRARY, link=LINKS[0], reach=16.0, bare=True
    )
    assert next(iter(found)).fvu < 1e-20


def test_a_column_of_zeros_is_no_argument():
    """It has neither a range nor a largest value to start from."""
    inner = Leaves(np.stack([0 * T, T]), [Input(1), Input(0)])
    none = Leaves(AROUND.values[:0], [])
    for bare in (False, True):
        found = search_by_projection(
            inner, none, y=np.tanh(1.3 * T), library=LIBRARY, link=LINKS[0], reach=16.0, bare=bare
        )
        assert next(iter(found)).fvu < 1e-20
