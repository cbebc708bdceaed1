"""atan2 over the whole plane: as a term among others, and of ratios of polynomials."""

from __future__ import annotations

import numpy as np
import pytest

from edgewise.formula.data import Data
from edgewise.formula.expression import Input
from edgewise.formula.library import LIBRARY
from edgewise.formula.printing import to_text
from edgewise.formula.program import Program
from edgewise.search.angles import angle_terms, make_angle, search_angles
from edgewise.search.budget import Budget
from edgewise.search.explore import explore
from edgewise.search.search_schedule import LEVELS

X = np.random.default_rng(0).uniform(-2, 2, (300, 2))
NEW = np.random.default_rng(1).uniform(-2, 2, (300, 2))

ANGLES = {
    "atan2": lambda a, b: np.arctan2(a, b),
    "turned": lambda a, b: np.arctan2(b, -a),
    "scaled and shifted": lambda a, b: 2 * np.arctan2(a, b) + 1,
    "of shifted inputs": lambda a, b: np.arctan2(a - 0.5, b + 0.25),
    "scaled, of shifted inputs": lambda a, b: 2 * np.arctan2(a - 0.5, b + 0.25) + 1,
    "scaled, of odd numbers": lambda a, b: 1.234 * np.arctan2(1.37 * a - 0.512, b + 0.2577) + 0.7,
    "mirrored, of sums": lambda a, b: 7.7 - 3.3 * np.arctan2(a - 0.5 + b, b + 0.25),
    "of polynomials": lambda a, b: np.arctan2(3 * a + b, b**2 - 1),
    "times an input": lambda a, b: a * np.arctan2(a, b),
    "beside another term": lambda a, b: np.arctan2(a, b) + b**2,
    "an even multiple within a function": lambda a, b: np.cos(2 * np.arctan2(a, b)),
}


@pytest.mark.parametrize("name", ANGLES)
def test_angles_are_found_on_the_whole_plane(name):
    f = ANGLES[name]
    data = Data.of(X, f(*X.T))
    last = list(explore(data, LIBRARY, Budget(1e9, 20_000), levels=LEVELS[:1]))[-1]
    assert data.is_exact(last)
    np.testing.assert_allclose(Program(last.tree).values(NEW), f(*NEW.T), atol=1e-8)


def test_numbers_of_a_shifted_angle_are_those_of_its_arguments():
    y = np.arctan2(X[:, 0] - 0.5, X[:, 1] + 0.25)
    last = list(explore(Data.of(X, y), LIBRARY, Budget(1e9, 20_000), levels=LEVELS[:1]))[-1]
    assert to_text(last.tree, ("a", "b")).count("a - 1/2") == 2


def test_the_scale_and_shift_of_an_angle_of_shifted_inputs():
    y = 2 * np.arctan2(X[:, 0] - 0.5, X[:, 1] + 0.25) + 1
    last = list(explore(Data.of(X, y), LIBRARY, Budget(1e9, 20_000), levels=LEVELS[:1]))[-1]
    assert to_text(last.tree, ("a", "b")).startswith("4*atan((a - 1/2)/(b + ")


@pytest.mark.parametrize("signs", [(1, 1), (1, -1), (-1, 1), (-1, -1)])
def test_the_tree_is_atan2_in_every_quadrant(signs):
    x = np.abs(X) * signs
    tree = make_angle(Input(0), Input(1), LIBRARY)
    np.testing.assert_allclose(Program(tree).values(x), np.arctan2(*x.T), atol=1e-12)


def test_terms_have_the_values_of_their_trees():
    terms = angle_terms(X, LIBRARY)
    assert len(terms) == 4  # from each side of each axis
    for k in range(4):
        np.testing.assert_allclose(Program(terms.tree(k)).values(X), terms.values[k], atol=1e-12)


def test_where_a_quotient_says_as_much_there_is_no_angle():
    assert len(angle_terms(np.abs(X) + 0.1, LIBRARY)) == 0
    assert len(angle_terms(X, LIBRARY.only("x", "sin"))) == 0
    assert list(search_angles(Data.of(X, np.arctan(X[:, 0])), LIBRARY)) == []
    assert list(search_angles(Data.of(X, 9 * X[:, 0]), LIBRARY)) == []


@pytest.mark.parametrize(
    ("x", "y"),
    [
        (X, np.zeros(300)),
        (X, np.sign(X[:, 0])),
        (X, X[:, 0] * 1e100),
        (X * [1, 0], X[:, 0]),
        (X[:, :1], 2 * np.arctan(X[:, 0] / 0.3) + 1),
        (X[:9], 2 * np.arctan2(*X[:9].T) + 1),
    ],
)
def test_rows_that_no_angle_can_be_read_from(x, y):
    assert list(search_angles(Data.of(x, y), LIBRARY)) == []
