"""Left sides: every one restores y, and simple right sides are found exactly."""

from __future__ import annotations

import numpy as np
import pytest

from edgewise.formula.data import Data
from edgewise.formula.expression import Input
from edgewise.formula.library import LIBRARY
from edgewise.formula.program import Program
from edgewise.search.branches import BRANCHES, follow_branches
from edgewise.search.left_sides import identity_side, left_sides, search_left_sides, search_spans
from edgewise.search.search_schedule import LEVELS, level_terms

X1 = np.random.default_rng(0).uniform(0.2, 3, (200, 1))
X2 = np.random.default_rng(1).uniform(0.3, 2, (200, 2))


def terms_of(x, y):
    return level_terms(Data.of(x, y), LIBRARY, 16.0, LEVELS[0])


@pytest.mark.parametrize("x", [X1, X2], ids=["one input", "two inputs"])
def test_a_left_side_restores_y(x):
    """Of S = L(y, x) itself in a further column, `restore` makes y again."""
    y = 0.2 + 0.5 * np.exp(-x[:, 0]) * (1 + x[:, -1] / 4)
    sides = left_sides(y, terms_of(x, y), LIBRARY, 400)
    assert len(sides) == 400
    assert any(side.divided for side in sides)
    assert any(side.steps > 1 for side in sides)
    for side in sides:
        both = np.column_stack([x, side.values])
        restored = Program(side.restore(Input(x.shape[1]))).values(both)
        np.testing.assert_allclose(restored, y, rtol=1e-6)


def test_the_slope_is_that_of_the_left_side():
    x, y = X1, 0.2 + 0.5 * np.exp(-X1[:, 0])
    step = 1e-6
    terms = terms_of(x, y)
    sides, moved = (left_sides(v, terms, LIBRARY, 40) for v in (y, y + step))
    for side, other in zip(sides, moved, strict=True):
        slope = np.abs(other.values - side.values) / step
        np.testing.assert_allclose(slope, side.slope, rtol=1e-3)


def test_no_left_side_comes_twice():
    y = 0.2 + 0.5 * np.exp(-X1[:, 0])
    sides = left_sides(y, terms_of(X1, y), LIBRARY, 100)
    unit = np.stack([(s.values - s.values.mean()) / s.values.std() for s in sides])
    alike = np.abs(unit @ unit.T) / 200
    np.fill_diagonal(alike, 0)
    assert alike.max() < 1 - 1e-12


FORMULAS = {
    "a product of sums": (X1, lambda x: x * np.log(x) * (-1.94 * np.sin(x) - 1)),
    "a square through zero": (X1 - 1.5, lambda x: (x**2 + 2.85 * np.sin(x)) ** 2),
    "a growing phase": (X1, lambda x: np.sin(3.01 * np.exp(x))),
    "a cube of both signs": (X1, lambda x: np.sin(4.64 * x) ** 3),
    "a quotient of sums": (X2, lambda a, b: np.sqrt(a) / (1 + np.arctan(b) * (a + 0.37))),
    "a quotient under a factor": (X2, lambda a, b: a**2 * np.exp(-b) / (b**2 + 0.302)),
}


@pytest.mark.parametrize("name", FORMULAS)
def test_right_sides_of_two_terms_are_found(name):
    x, f = FORMULAS[name]
    y = f(*x.T)
    data = Data.of(x, y)
    terms = terms_of(x, y)
    sides = left_sides(y, terms, LIBRARY, 600, x=x[:, 0] if x.shape[1] == 1 else None)
    guesses = [
        data.measure(g.tree)
        for g in search_left_sides(sides, terms, most=600, work=1.0, weight=None)
    ]
    best = min(guesses, key=lambda fit: fit.fvu)
    assert data.is_exact(data.fit(best.tree))


X4 = np.random.default_rng(2).uniform(0.4, 2, (200, 4))
SUMS = {
    "four terms": (X4, lambda a, b, c, d: a - 2.5 * a * b + 3.72 * c + np.log(d)),
    "an even function of a polynomial": (
        X2 - 1,
        lambda a, b: np.cosh(3 * a**2 + 2 * a + b),
    ),
    "three steps": (X2 - 0.7, lambda a, b: np.tanh(np.arctan((a + b) ** 2)) ** 2),
}


@pytest.mark.parametrize("name", SUMS)
def test_right_sides_of_many_terms_are_found_without_noise(name):
    x, f = SUMS[name]
    y = f(*x.T)
    data = Data.of(x, y)
    terms = terms_of(x, y)
    sides = left_sides(y, terms, LIBRARY, 400, divide=False)
    found = search_spans([identity_side(y), *sides], terms, x, work=1.0)
    assert any(data.is_exact(data.fit(g.tree)) for g in found)
    noisy = y + 1e-4 * np.random.default_rng(0).normal(size=len(y))
    sides = left_sides(noisy, terms, LIBRARY, 400, divide=False)
    assert not list(search_spans([identity_side(noisy), *sides], terms, x, work=1.0))


@pytest.mark.parametrize(("name", "f"), [("sin", np.sin), ("cos", np.cos)])
def test_phases_are_followed(name, f):
    x = np.linspace(0.1, 4, 400)
    phase = 0.3 + 2 * x**2
    inverse = {"sin": np.arcsin, "cos": np.arccos}[name]
    followed = follow_branches(x, inverse(f(phase)), BRANCHES[name])
    lined = np.corrcoef(followed, phase)[0, 1]
    assert abs(lined) > 1 - 1e-9


def test_a_root_changes_its_sign_at_zero():
    x = np.linspace(-1, 2, 301)
    s = x**2 - 1.7 * x
    followed = follow_branches(x, np.abs(s), BRANCHES["x^2"])
    assert abs(np.corrcoef(followed, s)[0, 1]) > 1 - 1e-9
