"""A formula that is wrong in one curve is opened there, and the curve is named."""

from __future__ import annotations

import math

import numpy as np
import pytest

from edgewise.formula.data import Data
from edgewise.formula.expression import Input
from edgewise.formula.library import LIBRARY
from edgewise.formula.parse import parse_formula
from edgewise.formula.program import Program
from edgewise.formula.scaling import remove_projection
from edgewise.search.budget import Budget
from edgewise.search.curve_openings import (
    DEGREE,
    PIECES,
    Linear,
    _measure_there,
    list_arguments,
    list_openings,
    open_best,
    spline_basis,
)
from edgewise.search.curve_repair import fit_curve, repair_curves

X = np.random.default_rng(0).uniform(1, 4, (300, 3))
NAMES = ("x0", "x1", "x2")
LONG = 300.0  # seconds: no answer may depend on how busy the machine is

WRONG_CURVES = {
    "a term": ("x0/(x1 + x2) + x1**2*tanh(0.7*x2 - 1.4)", "x0/(x1 + x2) + x1**2*(0.3*x2 - 0.4)"),
    "inside a root": ("sqrt(x0**2 + x1**2*(1 - exp(-0.63*x2)))", "sqrt(x0**2 + 0.2*x1**2*x2)"),
    "a missing factor": ("x0*exp(-0.41*x1)*cos(0.8*x2)", "x0*exp(-0.4*x1)*(1 - 0.3*x2)"),
    "another function": ("x1**3/x0*(x2 - 1)/(x2 + 2) - x0", "x1**3/x0*asinh(x2 - 1) - x0"),
    "of a ratio": ("x0*exp(-0.5*x1/x2) + x1", "x0*(1 - 0.1*x1 + 0.05*x2) + x1"),
    "of a difference": ("x0*cos(x1 - x2)", "x0*(1 - 0.1*x1*x2)"),
    "several factors": ("x0*tanh(x1*x2)/x1", "x0*sqrt(x1)*(0.1*x2 + 0.3)*exp(-0.5*x1)/x1**0.5"),
    "an exponent": ("log(x0 + x1*x2)/x1**1.3", "log(x0 + x1*x2)/x1"),
}


def formula(text: str):
    return parse_formula(text, NAMES)[0]


def made(name: str, noise: float = 0.0):
    truth, near = WRONG_CURVES[name]
    y = Program(formula(truth)).values(X)
    y = y + noise * y.std() * np.random.default_rng(1).normal(size=len(y))
    data = Data.of(X, y)
    return data, data.fit(formula(near))


def openings(fit, data):
    return open_best(fit, data, list_arguments(data), fit.length)


def repair(fit, data, budget):
    return repair_curves([fit], list_arguments(data), data, LIBRARY, budget, best=fit)


@pytest.mark.parametrize("name", WRONG_CURVES)
def test_a_curve_in_the_right_place_explains_nearly_everything(name):
    data, near = made(name)
    opened = [fit_curve(opening, data) for opening in openings(near, data)[:8]]
    best = min((o.fvu for o in opened if o is not None), default=1.0)
    assert best < 1e-5
    assert best < 0.01 * near.fvu


def test_a_wrong_curve_is_replaced_by_the_right_formula():
    data, near = made("an exponent")
    assert near.fvu > 1e-6
    found = list(repair(near, data, Budget(LONG, 40_000)))
    assert data.is_exact(found[-1])


def test_in_noise_a_curve_leaves_the_noise():
    data, near = made("inside a root", noise=0.01)
    opened = [fit_curve(opening, data) for opening in openings(near, data)[:3]]
    best = min((o for o in opened if o is not None), key=lambda o: o.fvu)
    assert 0.8 * 0.01**2 < best.fvu < 1.2 * 0.01**2


def test_a_short_formula_with_a_curve_goes_before_a_long_one():
    """The long formula is nearer, but wrong in x1 and in x2: one curve doesn't mend it."""
    truth = formula("x0*cos(sin(x1))*(x2 + 2)")
    data = Data.of(X, Program(truth).values(X))
    short = data.fit(formula("1.5*x0*x2 + 3*x0"))
    long = data.fit(formula("x0*(1.5*exp(0.2*x2) + 3)*(1.1 - 0.3*x1 + 0.1*x1**2 + 0.01*x1**3)"))
    assert long.length < short.length
    arguments, budget = list_arguments(data), Budget(LONG, 40_000)
    found = repair_curves([long, short], arguments, data, LIBRARY, budget, best=long)
    assert data.is_exact(next(found))


def test_the_errors_of_an_opening_are_those_of_its_fit():
    """x0^1.3 x1^.7 is no curve of x0 + x1, though the number before it could take it away."""
    y = X[:, 2] * X[:, 0] ** 1.3 * X[:, 1] ** 0.7 + 0.1 * np.sin(3 * X[:, 2])
    data = Data.of(X, y)
    near = data.fit(formula("1.1*x2*x0**1.2*x1**0.8"))
    every = [o for _, o in list_openings(near, data, list_arguments(data))]
    replaced = [o for o in every if o.tree.inputs == {2, 3} and len(o.of.tree.inputs) == 2]
    assert len(replaced) == 4
    for opening in replaced:
        measured = _measure_there(opening, data)
        fitted = fit_curve(measured, data).fvu
        assert opening.fvu < 0.01 * fitted
        assert measured.fvu == pytest.approx(fitted, rel=1e-3)
    for opening in open_best(near, data, list_arguments(data), math.inf):
        assert len(opening.of.tree.inputs) == 1 or opening.tree.inputs != {2, 3}


def test_a_short_formula_has_no_opening():
    y = Program(formula("x0/(x1 + x2) + x1**2*tanh(x2)")).values(X)
    data = Data.of(X, y + 0.01 * y.std() * np.random.default_rng(1).normal(size=len(y)))
    assert openings(data.fit(formula("x0/(x1 + x2) + x1**2*tanh(x2)")), data) == []


def test_a_part_with_more_numbers_than_it_needs_is_opened_though_it_fits():
    """A polynomial of x1/x2 approximates exp(-0.3 x1/x2) within the noise, with more numbers."""
    truth = formula("x0*exp(-0.3*x1/x2)")
    y = Program(truth).values(X)
    data = Data.of(X, y + 0.01 * y.std() * np.random.default_rng(1).normal(size=len(y)))
    near = data.fit(formula("x0*(1.1 - 0.3*x1/x2 + 0.05*x1**2/x2**2 - 0.01*x1**3/x2**3)"))
    right = data.fit(truth)
    assert near.fvu < 1.2 * right.fvu
    found = min(repair(near, data, Budget(LONG, 40_000)), key=lambda f: f.length)
    assert found.length < right.length + 10


def test_the_best_opening_is_where_the_formula_is_wrong():
    """y = x0 e^(g(x1)): of all parts only the exponent and the factor beside x0 can be a curve."""
    y = X[:, 0] * np.exp(np.sin(2 * X[:, 1]))
    data = Data.of(X, y)
    best = min(openings(data.fit(formula("x0*exp(0.1*x1)")), data), key=lambda o: o.fvu)
    assert best.of.tree == Input(1)
    opened = fit_curve(best, data)
    assert opened is not None
    assert opened.fvu < 1e-3
    # The curve's rows with the formula around it give y back.
    at = Program(opened.tree).values(np.column_stack([X, opened.rows.y]))
    assert np.mean((at - y) ** 2) < 0.1 * opened.fvu * y.var()


def test_openings_with_the_same_derivative_are_one():
    """A factor of x0, of x1 or of x0 x1 is the same for each input that the curve may have."""
    y = X[:, 0] * X[:, 1] * np.cos(X[:, 2])
    data = Data.of(X, y)
    found = openings(data.fit(formula("1.5*x0*x1")), data)
    of_products = [o for o in found if o.of.tree == Input(2) and np.all(o.start == 1)]
    assert len(of_products) == 1


def test_numbers_of_the_formula_change_with_the_curve():
    """The part of the curve that its own numbers can take is no reason to open a formula."""
    y = 3 * X[:, 0] + 2 * X[:, 1]
    data = Data.of(X, y)
    wrong = data.measure(formula("1.0*x0 + 1.0*x1"))
    assert wrong.fvu > 0.1
    tree = openings(wrong, data)
    # Refitting the two numbers explains everything, so a curve of x2 can't explain more.
    assert all(o.of.tree != Input(2) or o.fvu < 1e-20 for o in tree)


@pytest.mark.parametrize("rows", [300, 8])
@pytest.mark.parametrize("text", ["2*x0*x1 + x2", "x0*(x1 + 1) + 3*x2 + 1"])
def test_a_step_is_that_of_least_squares(text, rows):
    """In x0 (x1 + 1) + 3 x2 + 1 the numbers make lines of x2, as the splines do."""
    x = X[:rows]
    data = Data.of(x, x[:, 0] * np.sin(x[:, 1]) + x[:, 2] ** 2)
    at = Linear.of(data.fit(formula(text)).tree, data)
    basis = spline_basis(x[:, 2])
    for direction in (x[:, 0], np.ones(rows), np.zeros(rows)):
        columns = np.column_stack([at.numbers, direction[:, None] * basis])
        for start in (0.0, 1.0, x[:, 0]):
            goal = at.residual + direction * start
            rest = goal - columns @ np.linalg.lstsq(columns, goal, rcond=1e-9)[0]
            c, left = at.step(direction, basis, start)
            assert left == pytest.approx(rest @ rest, rel=1e-8, abs=1e-20)
            there = remove_projection(at.numbers, goal - direction * (basis @ c))
            assert there @ there == pytest.approx(left, rel=1e-8, abs=1e-20)


def test_splines_sum_to_one_and_cover_repeated_values():
    t = np.repeat([0.0, 0.5, 2.0, 7.0], 10)
    basis = spline_basis(t)
    assert basis.shape[1] <= PIECES + DEGREE
    np.testing.assert_allclose(basis.sum(1), 1)
    whole = spline_basis(X[:, 0])
    assert whole.shape == (300, PIECES + DEGREE)
    line = np.linalg.lstsq(whole, X[:, 0], rcond=None)[0]
    np.testing.assert_allclose(whole @ line, X[:, 0], rtol=1e-10)


def test_a_formula_whose_derivatives_are_infinite_is_left():
    data = Data.of(X - 1.0, X[:, 0])
    bad = data.measure(formula("sqrt(x0 - 5)"))
    assert openings(bad, data) == []


def test_a_spent_budget_ends_it():
    data, near = made("a term")
    budget = Budget(LONG, 50)
    assert list(repair(near, data, budget)) == []
    assert Input(3) not in near.tree.walk()
