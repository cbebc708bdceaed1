"""Small parts of discovery against what they are defined as."""

from __future__ import annotations

import math

import numpy as np
import pytest

from edgewise.discovery.baselines import _strongest
from edgewise.discovery.discover import OUTLYING, _find_outliers
from edgewise.discovery.evidence import CHOICES, DistinctRows
from edgewise.discovery.grouped import LETTERS, _choose_letters
from edgewise.discovery.integer_exponents import _make_primitive
from edgewise.discovery.likely_reductions import WEIGHED, _choose
from edgewise.discovery.pairs import PARTS, _constants
from edgewise.discovery.problem import Problem
from edgewise.discovery.replicates import measure_lack_of_fit
from edgewise.discovery.units import dimensions_of
from edgewise.formula.data import Data
from edgewise.formula.expression import Input, add, free, multiply
from edgewise.formula.program import Program


def test_rows_that_lost_most_of_the_weight_that_they_had_are_outliers():
    given = np.array([1.0, 1e-3, 10.0, 1.0])
    assert _find_outliers(given, None).tolist() == []
    assert _find_outliers(given, given).tolist() == []
    assert _find_outliers(None, given).tolist() == [1]
    lost = given * np.array([1, 1, 0.5 * OUTLYING, 0.01 * OUTLYING])
    assert _find_outliers(given, lost).tolist() == [2, 3]


@pytest.mark.parametrize("numbers", [1, 2, 3])
def test_the_price_of_numbers_is_the_volume_of_what_rows_tell_apart(numbers):
    """A number without any effect counts with its own size, not with an infinite one."""
    trees = [multiply(free(3.0 + k), Input(k)) for k in range(numbers)]
    program = Program(add(*trees))
    rows = DistinctRows(np.zeros((5, numbers)), np.arange(5.0), np.ones(5), variance=None)
    jacobian = np.zeros((5, numbers))
    jacobian[0, 0] = 2.0
    noise, least = 0.3, 2 * math.pi * 0.3 / CHOICES**2
    scale = 3.0 + rows.spread / math.sqrt(4 / 5)
    wanted = 0.5 * math.log((2.0 * scale) ** 2 + least) + (numbers - 1) * 0.5 * math.log(least)
    found = rows._occam(program, jacobian, noise)
    assert found == pytest.approx(wanted + numbers * math.log(CHOICES))


def test_the_strongest_inputs_are_those_whose_values_or_squares_correlate_most():
    g = np.random.default_rng(0)
    x = g.standard_normal((4000, 3))
    y = (x[:, 0] ** 2 - 1) / math.sqrt(2)
    x[:, 1] = y + g.standard_normal(4000)  # r² of 1/2
    problem, every = Problem(x, y), np.arange(3)
    assert _strongest(problem, np.ones(4000), every, 1).tolist() == [0]
    assert _strongest(problem, np.ones(4000), every, 2).tolist() == [0, 1]
    assert _strongest(problem, np.ones(4000), every[1:], 1).tolist() == [1]


@pytest.mark.parametrize("taken", [(), ("a", "b"), ("x", "p0", "p2")])
def test_letters_are_those_that_are_free_and_then_numbered(taken):
    found = _choose_letters(taken, len(LETTERS) + 3)
    assert len(set(found)) == len(found) == len(LETTERS) + 3
    assert not set(found) & set(taken)
    usual = [c for c in LETTERS if c not in taken]
    assert found[: len(usual)] == usual
    assert [name[0] for name in found[len(usual) :]] == ["p"] * (len(found) - len(usual))
    for count in range(len(found)):
        assert _choose_letters(taken, count) == found[:count]


@pytest.mark.parametrize(
    ("row", "primitive"),
    [
        ((0, 0), (0, 0)),
        ((2, 4), (1, 2)),
        ((0, -6, 9), (0, 2, -3)),
        ((-1,), (1,)),
        ((3, -3), (1, -1)),
    ],
)
def test_rows_of_exponents_are_divided_by_their_factor(row, primitive):
    assert _make_primitive(row) == primitive


@pytest.mark.parametrize("ratio", [2.0, -0.5, 2.05, 2.3, 0.0, math.inf, math.nan, 1.0])
@pytest.mark.parametrize("products", [True, False])
def test_constants_of_a_pair_are_simple_ratios_or_the_fitted_one(ratio, products):
    found = [n.value for n in _constants(ratio, products)]
    near = [v for v in (2.0, -0.5, 1.0) if math.isfinite(ratio) and abs(ratio / v - 1) < 0.1]
    assert near == [v for v in found if v in near]
    fitted = math.isfinite(ratio) and ratio != 0 and not (near and abs(ratio / near[0] - 1) < 0.01)
    assert (found[-1:] == [ratio]) == (ratio in near or (fitted and not products))


def test_parts_of_pairs_have_their_slopes_and_the_plain_ones_are_cheapest():
    x = np.linspace(0.3, 1.2, 2001)
    for part in PARTS:
        values = Program(part.tree(Input(0))).values(x[:, None])
        values = np.log(values) if part.logarithm else values
        np.testing.assert_allclose(part.slope(x)[1:-1], np.gradient(values, x)[1:-1], rtol=1e-4)
    prices = {part.name: part.price for part in PARTS}
    assert prices["x^1"] == 0 < min(v for k, v in prices.items() if k not in ("x^1", "log"))
    for sign in (1, -1):
        powers = [prices[f"x^{sign * k}"] for k in (1, 2, 3, 4) if f"x^{sign * k}" in prices]
        assert powers == sorted(powers)


def test_the_lack_of_fit_is_that_of_the_analysis_of_variance():
    """Rows repeat where all inputs agree."""
    x = np.array([[0, 0], [0, 0], [0, 1], [0, 1], [1, 0], [1, 0], [1, 1], [2, 1.0]])
    y = np.array([1, 1.2, 2, 2.4, 3, 3.1, 4, 4.5])
    tree = add(multiply(free(1.0), Input(0)), multiply(free(2.0), Input(1)), free(1.0))
    found = measure_lack_of_fit(Data.of(x, y), tree)
    pure = (0.1**2 * 2 + 0.2**2 * 2 + 0.05**2 * 2) / 3
    assert found.freedom == (2, 3)
    assert found.pure_error == pytest.approx(math.sqrt(pure))
    means = np.array([1.1, 1.1, 2.2, 2.2, 3.05, 3.05, 4, 4.5])
    missed = np.square(means - Program(tree).values(x)).sum() / 2
    assert found.ratio == pytest.approx(missed / pure)


def test_exponents_of_units_are_whole():
    found = dimensions_of({"a": "m^0.5", "b": "s"}, ["a", "b"], output_unit="m")
    assert found.dtype == np.int64
    assert found.tolist() == [[1, 0], [0, 1], [2, 0]]
    assert dimensions_of({}, ["a"], output_unit="").dtype == np.int64


class Named:
    """A move whose state has a fingerprint and a rank."""

    def __init__(self, kind, print_, rank):
        self.kind, self.state, self.among = kind, self, rank
        self.fingerprint, self.rank = (1, print_), rank

    def __iter__(self):
        return iter((self.kind, self.state, self.among))


def test_of_each_kind_the_best_forms_are_weighed_and_all_that_are_equal_to_them():
    kind, most = next(iter(WEIGHED.items()))
    forms = [Named(kind, "same", k) for k in (3.0, 1.0)]
    forms += [Named(kind, f"other {k}", 10.0 + k) for k in range(most + 2)]
    ranks = [among for _, among in _choose([forms])]
    assert ranks == [1.0, 3.0, *(10.0 + k for k in range(most - 1))]
    halves = [among for _, among in _choose([forms, []])]
    assert halves == ranks[: 1 + -(-most // 2)]
