"""Each clause of a condition decides once, alone, in the parts that discoveries are made of.

Rows of a table differ from the one before in one clause; what was decided is the last column.
"""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from test_selection import X, Y, call, problem

from edgewise.discovery.front import is_allowed
from edgewise.discovery.function_swaps import _argument
from edgewise.discovery.group_starts import linear_places, wave_places
from edgewise.discovery.grouped import split_groups
from edgewise.discovery.grouped_result import _divide, _write
from edgewise.discovery.groups import Groups
from edgewise.discovery.known import Known
from edgewise.discovery.likelihood import squared_exponential
from edgewise.discovery.limits import Checked, Limits, _is_real, _read_point
from edgewise.discovery.misfit import LEAST_ROWS, extrapolate, measure_dependence
from edgewise.discovery.noise import NoiseEstimate
from edgewise.discovery.numeric import fit_gaussian_process
from edgewise.discovery.problem import Problem
from edgewise.discovery.reduction import Reduction
from edgewise.discovery.replicates import measure_lack_of_fit
from edgewise.discovery.strategies.baselines import reduce_problem
from edgewise.discovery.table import read_table
from edgewise.discovery.unit_text import parse_unit
from edgewise.discovery.units import _circuits
from edgewise.formula.data import Data
from edgewise.formula.expression import (
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

T = np.linspace(0.5, 2.0, 40)
G = np.random.default_rng(0)


def table(*columns):
    return np.stack(columns, 1)


def table_of(x, y, **errors):
    return read_table(x, y, None, None, None, **errors)


@pytest.mark.parametrize(
    ("node", "argument"),
    [
        (call("sin", X), X),
        (call("sin", free(2.0)), None),
        (power(X, 2), X),
        (Power(free(3.0), exact(2)), None),
        (Power(X, Y), None),
        (X, None),
        (add(X, Y), None),
    ],
)
def test_the_argument_of_a_function_or_power_of_inputs(node, argument):
    assert _argument(node) is argument


def test_numbers_that_a_formula_is_linear_in():
    tree = Sum(
        (
            Product((free(2.0), call("sin", Product((free(3.0), X))))),
            Product((exact(5), Sum((free(4.0), Product((free(6.0), Y)))))),
            Product((free(7.0), Sum((free(8.0), X)))),
            exact(9),
            free(1.0),
        )
    )
    numbers = tree.numbers()
    assert {numbers[k].value for k in linear_places(tree)} == {2.0, 4.0, 6.0, 7.0, 1.0}


@pytest.mark.parametrize(
    ("inside", "found"),
    [
        (Product((free(3.0), X)), [(0, 0)]),
        (Sum((Product((free(3.0), Y)), free(1.0))), [(0, 1)]),
        (Product((free(3.0), X, Y)), []),  # no frequency of one input
        (Product((exact(3), X)), []),
        (Product((free(3.0), power(X, 2))), []),
        (call("exp", Product((free(3.0), X))), []),  # the phase isn't linear
    ],
)
def test_frequencies_are_free_factors_of_an_input_within_a_wave(inside, found):
    assert list(wave_places(call("sin", inside))) == found
    assert list(wave_places(call("exp", inside))) == []


def test_groups_are_labels_of_rows_or_a_column():
    x = pd.DataFrame({"a": T, "g": np.arange(40) % 2})
    inputs, labels = split_groups(x, "g", None)
    assert list(inputs.columns) == ["a"]
    assert labels.tolist() == x["g"].tolist()
    weight = np.arange(40) % 4
    assert split_groups(T[:, None], x["g"], weight)[1].tolist() == [
        g for g, w in zip(x["g"], weight, strict=True) if w
    ]
    for wrong in (np.zeros((40, 1)), np.zeros(39)):
        with pytest.raises(ValueError, match="a group for each of 40 rows"):
            split_groups(T[:, None], wrong, None)
    for rows, group in ((x, "h"), (T[:, None], "g")):
        with pytest.raises(ValueError, match="to be a column of a DataFrame"):
            split_groups(rows, group, None)
    with pytest.raises(ValueError, match="as a table of rows"):
        split_groups(3.0, np.zeros(3), None)


def test_free_numbers_without_values_in_the_groups_may_be_tied():
    groups = Groups.of(T[:, None], T, None, np.arange(40) % 2)
    own = Number(1.0, each=np.array([1.0, 2.0]))
    tree = Sum((Product((own, X)), free(3.0), exact(4)))
    assert groups.form(tree, tied=True).own == [0]
    assert groups.form(tree).own == [0, 1]


@pytest.mark.parametrize(
    ("value", "real", "bounded"),
    [
        (True, False, False),
        ("1", False, False),
        (None, False, False),
        (1, True, True),
        (1.5, True, True),
        (np.float32(2), True, True),
        (math.inf, True, False),
        (math.nan, False, False),
    ],
)
def test_numbers_of_limits(value, real, bounded):
    assert _is_real(value, finite=False) == real
    assert _is_real(value) == bounded


@pytest.mark.parametrize("point", [5, {"x": 0}, {"y": 0}, {"x": 0, "z": 1}])
def test_points_of_limits_have_inputs_and_the_output(point):
    with pytest.raises(ValueError, match="limits expected points such as"):
        _read_point(point, ["x"], "y")
    assert _read_point({"x": 2, "y": 3}, ["x"], "y") == ({0: 2.0}, 3.0)


def limited(**options):
    at = problem(lambda a, b: a, rows=30)
    made = Checked.of(Limits(**options), at.x, at.y, ["a", "b"], "y", 0)
    return replace(at, known=Known(limits=made))


def test_a_formula_is_allowed_within_limits_and_dimensions():
    plain, positive = problem(lambda a, b: a, rows=30), limited(sign="positive")
    negative = multiply(exact(-1), power(X, 2))
    assert is_allowed(plain, negative)
    assert not is_allowed(positive, negative)
    assert is_allowed(positive, power(X, 2))
    assert is_allowed(positive, exact(-1))  # a constant is the plainest model, and always there
    metres = np.array([[1], [1], [1]])
    assert not is_allowed(replace(plain, dimensions=metres), power(X, 2))
    assert is_allowed(replace(plain, dimensions=metres), add(X, Y))
    assert not is_allowed(replace(positive, dimensions=metres), power(X, 2))


def test_exponents_of_limits_are_those_of_powers_with_numbers():
    checked = limited(exponents=(-1, 2)).known.limits
    allowed = {k: checked.broken(power(X, k)) is None for k in (-2, -1, 2, 3)}
    assert allowed == {-2: False, -1: True, 2: True, 3: False}
    assert checked.broken(Power(X, Y)) is None
    assert checked.broken(call("exp", X)) is None


def test_residuals_that_say_nothing_are_independent():
    wave = Problem(table(T), np.sin(9 * T))
    constant = Product((free(1e-9), X))
    assert measure_dependence(wave, constant) > 2
    assert measure_dependence(Problem(table(T), 1e-9 * T), constant) == 0
    with np.errstate(all="ignore"):
        assert measure_dependence(wave, call("log", add(X, exact(-9)))) == 0
    few = LEAST_ROWS - 1
    assert measure_dependence(Problem(table(T[:few]), np.sin(9 * T[:few])), constant) == 0
    steps = np.where(T > 1, 1.0, 0.0)  # robustly they have no spread
    steps[:30] = 0.0
    assert measure_dependence(Problem(table(T), steps), constant) > 0


def test_rows_are_extrapolated_where_some_are_outside():
    y = T + 0.01 * G.normal(size=40)
    ratio, error = extrapolate(Problem(table(T), y), Product((free(1.0), X)))
    assert 0.2 < ratio < 5
    assert 0.1 < error < 2
    corners = np.full((8, 4), 0.5) + 0.01 * np.arange(8)[:, None]
    corners[np.arange(8), np.arange(8) // 2] = np.arange(8) % 2
    four = add(*(Product((free(1.0), Input(k))) for k in range(4)))
    assert extrapolate(Problem(corners, corners.sum(1)), four) == (1.0, 1.0)
    few = LEAST_ROWS - 1
    assert extrapolate(Problem(table(T[:few]), y[:few]), X) == (1.0, 1.0)
    with np.errstate(all="ignore"):
        root = Product((free(1.0), power(add(X, exact(-1)), exact(1, 2))))
        assert extrapolate(Problem(table(T), y), root)[0] == math.inf


def test_a_gaussian_process_asks_for_rows_of_a_table():
    for x, y in ((T, T), (table(T), table(T)), (table(T), T[:9]), (table(T[:3]), T[:3])):
        with pytest.raises(ValueError, match="expected at least four rows"):
            fit_gaussian_process(x, y)
    assert fit_gaussian_process(table(T[:4]), T[:4]) is not None


def reduction(inputs, prefactor=None, offset=None):
    return Reduction(tuple(inputs), prefactor, offset, 0.0, 0.0)


@pytest.mark.parametrize(
    ("inputs", "prefactor"),
    [
        ([power(add(X, exact(-1)), -1)], None),  # x isn't finite
        ([X], add(X, exact(-1))),  # nor y
    ],
)
def test_rows_are_reduced_where_everything_is_finite(inputs, prefactor):
    x = table(np.append(T, 1.0))
    assert reduction(inputs, prefactor).reduce(Data.of(x, x[:, 0])) is None
    assert reduce_problem(Problem(x, x[:, 0]), reduction(inputs, prefactor)) is None
    moved = Problem(x + 9, x[:, 0])
    assert reduce_problem(moved, reduction(inputs, prefactor)) is not None
    assert reduction(inputs, prefactor).reduce(Data.of(x + 9, x[:, 0])) is not None


def test_weights_of_reduced_rows_are_those_of_their_errors():
    factor, weight = power(X, 2), np.linspace(1, 2, 40)
    for given in (None, weight):
        made = reduce_problem(Problem(table(T), T, weight=given), reduction([X], factor))
        expected = T**4 * (1.0 if given is None else weight)
        np.testing.assert_allclose(made.weight, expected / expected.mean())
        np.testing.assert_allclose(made.y, T / T**2)
        small = reduction([X], factor).reduce(Data.of(table(T), T, given))
        np.testing.assert_allclose(small.weight, made.weight)
    plain = reduction([X], None, free(1.0)).reduce(Data.of(table(T), T, weight))
    np.testing.assert_array_equal(plain.weight, weight)
    np.testing.assert_allclose(plain.y, T - 1)


def test_lack_of_fit_needs_repeated_rows_and_more_places_than_numbers():
    x = np.repeat(T[:6], 2)
    y = x + np.tile([0.1, -0.1], 6)
    line = Product((free(1.0), X))
    assert measure_lack_of_fit(Data.of(table(x), y), line).freedom == (5, 6)
    curve = Sum(tuple(Product((free(0.1), power(X, k))) for k in range(1, 7)))
    assert measure_lack_of_fit(Data.of(table(x), y), curve) is None
    five = Sum(curve.terms[:5])
    assert measure_lack_of_fit(Data.of(table(x), y), five).freedom == (1, 6)
    assert measure_lack_of_fit(Data.of(table(T[:6]), T[:6]), line) is None
    assert measure_lack_of_fit(Data.of(table(T[:6]), T[:6]), exact(1)) is None
    assert measure_lack_of_fit(Data.of(table(x), x), line) is None  # no error to compare with
    with np.errstate(all="ignore"):
        undefined = call("log", add(X, exact(-9)))
        assert measure_lack_of_fit(Data.of(table(x), y), undefined) is None


def test_labels_are_sorted_by_their_numbers():
    labels = ["drug 20", "drug 5", "a"]
    assert sorted(labels, key=_divide) == ["a", "drug 5", "drug 20"]
    assert _divide(3) == [3]


@pytest.mark.parametrize(
    ("error", "text"),
    [(0.1, "2.00 ± 0.10"), (0.0, "2"), (-1.0, "2"), (math.inf, "2"), (math.nan, "2")],
)
def test_numbers_of_groups_have_errors_where_there_are_any(error, text):
    assert _write(2.0, error) == text


def test_targets_of_a_table_are_vectors_or_columns_without_errors_for_classes():
    with pytest.raises(ValueError, match="one target for each row"):
        table_of(table(T), np.zeros((40, 1, 1)))
    with pytest.raises(ValueError, match="one target for each row"):
        table_of(table(T), T[:9])
    classes = np.where(T > 1, "a", "b")
    for errors in ({"sigma": 0.1}, {"x_sigma": 0.1}):
        with pytest.raises(ValueError, match="no sigma or x_sigma for classes"):
            table_of(table(T), classes, **errors)


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("metre", "m"),
        ("metres", "m"),
        ("kilometres", "m"),
        ("m^(1/2)", "m^(2/4)"),
        ("m^-2", "1/m^2"),
        ("m^+2", "m*m"),
        ("m^(-1/2)", "1/m^(1/2)"),
    ],
)
def test_units_by_their_names_and_exponents(text, same):
    assert parse_unit(text) == parse_unit(same)
    assert parse_unit(text) != parse_unit("s")


@pytest.mark.parametrize("text", ["m^(2*3)", "m^(2-1)", "m^~2", "m^(1/0)", "m+s", "-m", "m^s"])
def test_what_is_no_unit_is_refused(text):
    with pytest.raises(ValueError, match="unit"):
        parse_unit(text)


def test_dimensionless_groups_have_no_smaller_one_inside():
    # x in m, u in s and v in m/s, w in m²: x/(u v) and w/x² need no third.
    inputs = np.array([(1, 0), (0, 1), (1, -1), (2, 0)])
    groups = {tuple(map(int, row)) for row in _circuits([tuple(map(int, row)) for row in inputs])}
    for row in groups:
        assert not (np.array(row) @ inputs).any()
        support = {k for k, e in enumerate(row) if e}
        others = [{k for k, e in enumerate(o) if e} for o in groups if o != row]
        assert not any(other < support for other in others)
    assert {k for row in groups for k, e in enumerate(row) if e} == {0, 1, 2, 3}


def test_noise_in_words():
    sigma = np.full(4, 0.25)
    assert str(NoiseEstimate("constant", True, False, sigma)).startswith("0.25, the same")
    relative = NoiseEstimate("relative", True, True, sigma, 0.03)
    assert str(relative).startswith("0.03 of y")
    assert "up to a factor" not in str(NoiseEstimate("poisson", True, False, sigma))
    assert "up to a factor" in str(NoiseEstimate("poisson", False, False, sigma))


def test_a_kernel_is_at_most_1_whatever_rounding_does():
    z = 1e6 * np.repeat(G.normal(size=(20, 3)), 2, 0) + 1e-9 * G.normal(size=(40, 3))
    squares = np.square(z).sum(1)
    assert squared_exponential(z @ z.T, squares, squares).max() == 1
    near = squared_exponential(np.outer(T, T), T**2, T**2)
    np.testing.assert_allclose(near, np.exp(-0.5 * (T[:, None] - T) ** 2))
