"""From a fit to simple numbers: only where the data tell, and with textbook standard errors."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from edgewise.formula.data import Data, Fit, number_bits, tree_bits
from edgewise.formula.exactness import EXACT_FVU, leaves_rounding
from edgewise.formula.expression import (
    Input,
    Number,
    Power,
    Product,
    Sum,
    add,
    apply,
    exact,
    free,
    multiply,
    power,
)
from edgewise.formula.library import LIBRARY
from edgewise.formula.numbers import exponents, standard_errors, with_errors
from edgewise.formula.parse import parse_formula
from edgewise.formula.printing import to_text
from edgewise.formula.program import Program
from edgewise.formula.snapping import snap
from edgewise.search.polish import complete_squares, drop_parts, reductions, soften
from random_trees import random_trees

X, Y = Input(0), Input(1)


def line(a, b):
    return add(multiply(free(a), X), free(b))


def noisy(a, b, sigma, rows=200, seed=0):
    g = np.random.default_rng(seed)
    x = g.uniform(-1, 1, (rows, 1))
    return Data.of(x, a * x[:, 0] + b + sigma * g.normal(size=rows))


def values_of(tree):
    return [n.value for n in tree.numbers()]


# ---- the length of a description --------------------------------------------------------------


def test_the_share_left_is_weighted():
    g = np.random.default_rng(0)
    x, w = g.normal(size=(50, 1)), g.uniform(0.1, 2, 50)
    y = x[:, 0] + g.normal(size=50)
    mean = np.sum(w * y) / np.sum(w)
    want = np.sum(w * (y - x[:, 0]) ** 2) / np.sum(w * (y - mean) ** 2)
    assert Data.of(x, y, w).measure(X).fvu == pytest.approx(want, rel=1e-12)


def test_half_the_share_is_half_a_bit_a_row():
    data = noisy(1.0, 0.0, 0.3)
    one, half = data.measure(X, 0.2), data.measure(X, 0.1)
    assert one.length - half.length == pytest.approx(200 / 2)
    # Below rounding nothing is gained any more, above it something is.
    lengths = [data.measure(X, fvu).length for fvu in (1e-28, 0.9e-24, 1.21e-24)]
    assert lengths[0] == lengths[1] < lengths[2]


def test_more_costs_more():
    bits = [
        tree_bits(tree, 2, number_bits(500) + 1)
        for tree in (X, multiply(exact(2), X), multiply(free(2.3), X), line(2.3, 0.7))
    ]
    assert bits == sorted(set(bits))
    assert tree_bits(multiply(free(2.3), X), 2, number_bits(500)) > tree_bits(
        multiply(free(2.3), X), 2, number_bits(50)
    )
    assert tree_bits(X, 8) > tree_bits(X, 1)


def test_the_floor_is_the_rounding_of_y():
    x = np.linspace(0, 1, 100)[:, None]
    small = Data.of(x, x[:, 0])
    assert small.floor == pytest.approx(1e-24)
    offset = Data.of(x, x[:, 0] + 1e8)
    rounding = np.spacing(1e8) ** 2 / x[:, 0].var()
    assert rounding / 10 < offset.floor < 1000 * rounding


@pytest.mark.parametrize(
    ("spread", "settled"), [(1e-16, True), (0.9e-12, True), (1.1e-12, False), (1e-9, False)]
)
def test_a_trillionth_of_the_spread_is_exact(spread, settled):
    for floor in (0.0, EXACT_FVU):
        assert leaves_rounding(spread**2, 0, floor) == settled


def test_what_is_near_by_many_numbers_is_not_settled():
    """As many digits as one number in three explains are those of an approximation."""
    ten = add(*(multiply(free(k + 0.1), power(X, k)) for k in range(1, 11)))
    x = np.random.default_rng(0).uniform(0.1, 1, (300, 1))
    data = Data.of(x, np.sin(x[:, 0]))
    assert not data.is_exact(Fit(ten, 1e-24, 1.0, 1.0))
    assert data.is_exact(Fit(line(1.1, 0.1), 1e-24, 1.0, 1.0))
    exact_ten = add(*(multiply(exact(k, 7), power(X, k)) for k in range(1, 11)))
    assert data.is_exact(Fit(exact_ten, 1e-24, 1.0, 1.0))


# ---- numbers set free, parts left out ---------------------------------------------------------


def test_softening_leaves_the_values_and_frees_the_numbers():
    x = np.random.default_rng(0).uniform(0.4, 1.9, (20, 3))
    for tree in random_trees(60, depth=2, seed=6):
        want, soft = Program(tree).values(x), soften(tree)
        good = np.isfinite(want) & (np.abs(want) < 1e6)
        np.testing.assert_allclose(Program(soft).values(x)[good], want[good], rtol=1e-7, atol=1e-9)
    soft = soften(apply(LIBRARY["sin"], X))
    assert len([n for n in soft.numbers() if n.exact is None]) == 4  # c sin(a x + b) + d


def test_reductions_leave_out_one_part():
    tree = add(multiply(free(1.5), X), Y, free(3.0))
    kept = {t.key for t in reductions(tree)}
    assert add(Y, free(3.0)).key in kept
    assert add(multiply(free(1.5), X), free(3.0)).key in kept
    assert add(multiply(free(1.5), X), Y).key in kept
    assert add(X, Y, free(3.0)).key in kept
    assert tree.key not in kept


@pytest.mark.parametrize("sign", [1, -1])
def test_sums_that_are_nearly_squares_are_offered_as_squares(sign):
    """1.3 x⁴ + 2·1.3·.7 x² + 1.3·.7² = 1.3 (x² + .7)², also with a minus before the middle term."""
    square = [
        multiply(free(1.3), power(X, 4)),
        multiply(free(sign * 2 * 1.3 * 0.7 * 1.01), power(X, 2)),
        free(1.3 * 0.7**2),
    ]
    (found,) = complete_squares(add(*square, Y))
    x = np.random.default_rng(0).uniform(1, 2, (20, 2))
    want = 1.3 * (x[:, 0] ** 2 + sign * 0.7) ** 2 + x[:, 1]
    np.testing.assert_allclose(Program(found).values(x), want)
    assert found.free_count == 2
    far = [square[0], multiply(free(0.4), power(X, 2)), square[2]]
    assert list(complete_squares(add(*far))) == []
    assert list(complete_squares(add(multiply(free(1.3), X), Y, free(2.0)))) == []
    opposite = [square[0], square[1], free(-1.0)]  # no square has terms of opposite signs
    assert list(complete_squares(add(*opposite))) == []


@pytest.mark.parametrize("size", [1e-200, 1e200, 1e300])
def test_squares_of_any_size_are_completed(size):
    square = [multiply(free(size), power(X, 2)), multiply(free(2 * size), X, Y)]
    (found,) = complete_squares(add(*square, multiply(free(size), power(Y, 2))))
    assert found.free_count == 2


def test_terms_of_no_use_are_dropped_and_useful_ones_are_not():
    data = noisy(2.0, 0.0, 0.05)
    tree = add(
        multiply(free(1.9), X),
        multiply(free(1e-16), apply(LIBRARY["exp"], X)),
        multiply(free(0.01), power(X, 2)),
        free(0.001),
    )
    short = drop_parts(data.fit(tree), data)
    assert short.tree.size == 3  # a x
    assert short.tree.inputs == {0}
    useful = noisy(2.0, 0.5, 0.05)
    assert drop_parts(useful.fit(line(1.0, 0.1)), useful).tree.size == 5


# ---- standard errors --------------------------------------------------------------------------


def test_numbers_set_free_reach_what_the_plain_function_cannot():
    x = np.random.default_rng(0).uniform(0.5, 2, (100, 1))
    data = Data.of(x, 1.3 * np.sin(1.4 * x[:, 0] + 0.2) + 0.1)
    sine = apply(LIBRARY["sin"], X)
    assert data.fit(soften(sine)).fvu < 1e-20 < data.fit(sine).fvu


@pytest.mark.parametrize("weighted", [False, True])
def test_standard_errors_are_those_of_linear_regression(weighted):
    g = np.random.default_rng(0)
    x, w = g.normal(size=(80, 2)), g.uniform(0.3, 2, 80)
    w = w / w.mean() if weighted else np.ones(80)
    y = x @ [1.5, -0.4] + 2 + g.normal(size=80) / np.sqrt(w)
    data = Data.of(x, y, w if weighted else None)
    fit = data.fit(add(multiply(free(1.0), X), multiply(free(1.0), Y), free(1.0)))
    a = np.column_stack([x, np.ones(80)])
    inverse = np.linalg.inv(a.T @ (a * w[:, None]))
    c = inverse @ a.T @ (w * y)
    s2 = np.sum(w * (y - a @ c) ** 2) / 77
    want = dict(zip(np.round(c, 6), np.sqrt(np.diag(inverse) * s2), strict=True))
    errors = standard_errors(fit.tree, data, fit.fvu)
    got = {round(n.value, 6): e for n, e in zip(fit.tree.numbers(), errors, strict=True)}
    for value, error in want.items():
        assert got[value] == pytest.approx(error, rel=1e-5)
    kept = with_errors(fit, data).numbers()
    assert [n.error for n in kept] == errors
    alone = dict(zip(np.round(c, 6), np.sqrt(s2 / np.diag(a.T @ (a * w[:, None]))), strict=True))
    for number in kept:
        assert number.alone == pytest.approx(alone[round(number.value, 6)], rel=1e-5)


def test_a_formula_as_it_is_printed_predicts_as_well():
    """Numbers that make up for each other have large errors, and need more digits than these."""
    g = np.random.default_rng(1)
    x = np.column_stack([g.uniform(290, 420, 60), np.ones(60)])
    y = 2000 * np.exp(-0.02 * (x[:, 0] - 290)) * (1 + 0.01 * g.normal(size=60))
    data = Data.of(x, y)
    curve = multiply(free(8e14), power(add(X, free(-160.0)), free(-5.4)))
    fit = data.fit(curve, steps=60)
    tree = with_errors(fit, data)
    assert tree.numbers()[0].error > abs(tree.numbers()[0].value) / 10
    printed, _ = parse_formula(to_text(tree, ["x", "y"]), ["x", "y"])
    noise = math.sqrt(fit.fvu * data.variance)
    missed = Program(printed).values(x) - Program(tree).values(x)
    assert np.abs(missed).max() < 0.1 * noise


def over_line(one):
    return multiply(free(3.0), power(add(one, multiply(free(0.5), X)), exact(-1)))


@pytest.mark.parametrize(
    ("rounded", "as_fitted"),
    [
        (add(multiply(free(3.07), X), exact(2)), line(3.07, 2.0)),
        (add(X, free(2.0)), line(1.0, 2.0)),  # a factor rounded to 1
        (multiply(free(3.0), X, add(X, exact(-2))), multiply(free(3.0), X, add(X, free(-2.0)))),
        (multiply(free(3.0), power(X, exact(2))),) * 2,  # no exponent is rounded
        (over_line(exact(1)),) * 2,  # another spelling has another number
    ],
)
def test_numbers_beside_rounded_ones_are_as_certain_as_beside_fitted_ones(rounded, as_fitted):
    x = np.linspace(1, 6, 40)[:, None]
    data = Data.of(x, Program(rounded).values(x) + np.random.default_rng(0).normal(size=40))
    made = with_errors(Fit(rounded, 0.1, 0.0, 0.0), data).numbers()
    wanted = {
        n.value: error
        for n, error in zip(as_fitted.numbers(), standard_errors(as_fitted, data, 0.1), strict=True)
    }
    for number in (n for n in made if n.exact is None):
        assert number.error == pytest.approx(wanted[number.value], rel=0.02)  # freedom: 39 or 38
    if rounded is not as_fitted:
        known = standard_errors(rounded, data, 0.1)
        assert [n.alone for n in made if n.exact is None] == [e for e in known if e is not None]


def test_exact_numbers_have_no_error():
    data = noisy(2.0, 0.5, 0.1)
    fit = data.fit(add(multiply(exact(2), X), free(0.4)))
    errors = standard_errors(fit.tree, data, fit.fvu)
    assert [e is None for e in errors] == [True, False]


# ---- snapping ---------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(5))
def test_numbers_become_simple_within_their_errors(seed):
    data = noisy(0.5, 2.0, 0.01, seed=seed)
    snapped = snap(data.fit(line(0.4, 1.0)), data)
    assert sorted(values_of(snapped.tree)) == [0.5, 2.0]
    assert all(n.exact is not None for n in snapped.tree.numbers())


@pytest.mark.parametrize("seed", range(5))
def test_numbers_that_the_data_tell_from_simple_ones_stay(seed):
    """Of 0.5 and 2 they are ten standard errors off."""
    error = 0.01 / math.sqrt(200 / 3)
    data = noisy(0.5 + 10 * error, 2.0, 0.01, seed=seed)
    snapped = snap(data.fit(line(0.4, 1.0)), data)
    slope = min(snapped.tree.numbers(), key=lambda n: abs(n.value - 0.5))
    assert slope.value != 0.5
    assert abs(slope.value - 0.5 - 10 * error) < 5 * error


def test_numbers_that_are_hardly_known_become_nothing_special():
    """Of 3.7 ± 1 no simple number says more than any other: none is π or e."""
    for seed in range(5):
        data = noisy(3.7, 10.0, 20.0, rows=100, seed=seed)
        for number in snap(data.fit(line(1.0, 1.0)), data, units=False).tree.numbers():
            assert number.exact is None or number.exact.unit == "1"


def test_multiples_of_pi_are_for_exact_fits():
    x = np.linspace(0.1, 2, 80)[:, None]
    data = Data.of(x, np.pi * x[:, 0] + np.exp(1))
    fit = data.fit(line(3.0, 2.0))
    with_units, without = snap(fit, data), snap(fit, data, units=False)
    assert {str(n.exact) for n in with_units.tree.numbers()} == {"1/1*pi", "1/1*e"}
    assert all(n.exact is None for n in without.tree.numbers())


def test_exponents_are_known_as_such():
    tree = Sum((Product((free(1.5), Power(X, free(2.1)))), Number(0.3)))
    assert exponents(tree) == {1}


def test_noise_does_not_turn_exact_data_into_fractions():
    """2.0000001 with no noise isn't 2."""
    x = np.linspace(-1, 1, 60)[:, None]
    data = Data.of(x, 2.0000001 * x[:, 0])
    (number,) = snap(data.fit(multiply(free(1.0), X)), data).tree.numbers()
    assert number.value == pytest.approx(2.0000001, rel=1e-12)
    assert replace(number, error=None).exact is None


def test_what_is_left_of_noise_still_has_its_input():
    """A constant would be shorter; that it is no better is the front's to say."""
    g = np.random.default_rng(3)
    x, y = g.normal(size=(100, 1)), g.normal(size=100)
    data = Data.of(x, y)
    tree = add(multiply(free(0.1), Input(0)), multiply(free(0.1), power(Input(0), 2)), free(0.2))
    found = drop_parts(data.fit(tree), data)
    assert found.tree.inputs == {0}
    assert found.tree.size < tree.size
