"""Formulas to begin with, and limits that a formula has to obey."""

from __future__ import annotations

import math

import numpy as np
import pytest

import edgewise as ew
from edgewise.discovery.front import Front
from edgewise.discovery.known import Known
from edgewise.discovery.limits import Checked, Limits
from edgewise.discovery.problem import Problem
from edgewise.discovery.strategies import Candidate
from edgewise.formula.expression import free
from edgewise.formula.parse import parse_formula

X = np.linspace(0.1, 3, 60)[:, None]
INFINITE = math.inf


def broken(text, **limits):
    checked = Checked.of(Limits(**limits), X, X[:, 0], ["x"], "y", 0)
    return checked.broken(parse_formula(text, ["x"])[0])


# ---- limits -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("limits", "good", "bad"),
    [
        ({"exponents": (-2, 2)}, "x**2 + 1/x", "x**3"),
        ({"exponent_step": 1}, "x**3 + 1/x", "sqrt(x)"),
        ({"exponent_step": 0.5}, "sqrt(x)", "x**0.3"),
        ({"slopes": {"x": "increasing"}}, "x**2", "sin(x)"),
        ({"slopes": {"x": "decreasing"}}, "exp(-x)", "x**2 - 3*x"),
        ({"sign": "positive"}, "exp(x)", "x - 1"),
        ({"sign": "negative"}, "-x", "1 - x"),
        ({"at": {"x": 0, "y": 0}}, "sin(x)", "cos(x)"),
        ({"at": {"x": 0, "y": 1}}, "sin(x)/x", "sin(x)/x + 0.01"),
        ({"at": {"x": 0, "y": "finite"}}, "exp(x)", "1/x"),
        ({"at": {"x": INFINITE, "y": 0}}, "x*exp(-x)", "x/(x + 1)"),
        ({"at": {"x": INFINITE, "y": 1}}, "x/(x + 1)", "x/(2*x + 1)"),
        ({"at": {"x": INFINITE, "y": "finite"}}, "tanh(x)", "log(x)"),
        ({"at": {"x": -INFINITE, "y": 0}}, "exp(x)", "exp(-x)"),
        ({"at": [{"x": 0, "y": 0}, {"x": 2, "y": 4}]}, "x**2", "x"),
    ],
)
def test_what_obeys_a_limit_and_what_breaks_it(limits, good, bad):
    assert broken(good, **limits) is None
    assert broken(bad, **limits) is not None


def test_slopes_hold_somewhat_beyond_the_rows():
    # The parabola turns at 3.3, beyond the last row.
    turns = "6.6*x - x**2"
    assert broken(turns, slopes={"x": "increasing"}, beyond=0.0) is None
    assert broken(turns, slopes={"x": "increasing"}) is not None


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        ({"slopes": {"x": "up"}}, "slope by x among increasing, decreasing"),
        ({"sign": "plus"}, "sign among positive"),
        ({"exponents": (2, 1)}, "exponents as"),
        ({"exponent_step": 0}, "exponent_step above 0"),
        ({"beyond": -1}, "beyond of at least 0"),
        ({"slopes": {"z": "increasing"}}, "names of inputs among x0, got 'z'"),
        ({"at": {"x0": 0}}, "points such as"),
        ({"at": {"x0": "left", "y": 0}}, "a number as x0"),
        ({"at": {"x0": 0, "y": "big"}}, "a number or 'finite'"),
        ({"powers": 3}, "limits among exponents"),
        ("positive", "limits among exponents"),
    ],
)
def test_limits_that_are_none(limits, words):
    with pytest.raises(ValueError, match=words):
        ew.discover(X, X[:, 0], limits=limits, progress=False)


def test_a_front_offers_what_obeys_in_the_place_of_what_does_not():
    y = 2 * X[:, 0] + 0.001 * np.cos(40 * X[:, 0])
    checked = Checked.of(Limits(at={"x": 0, "y": 0}), X, y, ["x"], "y", 0)
    free_front = Front(Problem(X, y))
    front = Front(Problem(X, y, known=Known(limits=checked)))
    assert front.offer(Candidate(free(1.0), "constant")) is not None
    line = parse_formula("2.5*x + 0.3", ["x"])[0]
    assert free_front.offer(Candidate(line, "line")).tree.size == 5
    kept = front.offer(Candidate(line, "line"))
    assert checked.broken(kept.tree) is None
    assert kept.tree.inputs


def test_the_winner_obeys():
    y = X[:, 0] ** 2 + X[:, 0] + 0.02 * np.random.default_rng(0).normal(size=60)
    limits = {"slopes": {"x0": "increasing"}, "at": {"x0": 0, "y": 0}}
    found = ew.discover(
        X, y, limits=limits, budget=1000, evaluations=2000, library=["x", "x^2", "sin"],
        progress=False,
    )  # fmt: skip
    assert found.winner.tree.inputs
    for formula in found.front:
        if formula.tree.inputs:
            assert formula.predict([[0.0]])[0] == pytest.approx(0, abs=1e-5)
            assert (np.diff(formula.predict(np.linspace(0, 3.5, 200)[:, None])) > 0).all()


# ---- starts -----------------------------------------------------------------------------------


def wave(seed=0):
    x = np.random.default_rng(seed).uniform(-2, 2, (120, 2))
    y = 1.7 * np.sin(2.3 * x[:, 0] + 0.4) * np.exp(0.6 * x[:, 1]) + 0.8 * x[:, 0] * x[:, 1]
    return x, y


def test_a_start_that_is_right_but_for_its_numbers_ends_the_search():
    x, y = wave()
    found = ew.discover(
        x, y, start=["1.5*sin(2.1*x0 + 0.3)*exp(0.5*x1) + x0*x1"], budget=1000,
        evaluations=3000, progress=False,
    )  # fmt: skip
    assert found.verdict.kind == "exact"
    assert found.winner.source == "start"


def test_a_neighbour_of_a_start_is_found():
    x, y = wave()
    found = ew.discover(
        x, y, start=["1.5*sin(2.1*x0 + 0.3)*(0.5*x1 + 1)**2 + 0.7*x0*x1"], budget=1000,
        evaluations=8000, progress=False,
    )  # fmt: skip
    assert found.verdict.kind == "exact"


def test_formulas_of_an_earlier_discovery_and_of_sympy_are_starts():
    x, y = wave()
    first = ew.discover(
        x, y, start=["1.5*sin(2.1*x0 + 0.3)*exp(0.5*x1) + x0*x1"], budget=1000,
        evaluations=3000, progress=False,
    )  # fmt: skip
    for start in (first.winner, first.formula):
        again = ew.discover(x, y * 2, start=[start], budget=1000, evaluations=3000, progress=False)
        assert again.verdict.kind == "exact"


@pytest.mark.parametrize(
    ("start", "words"),
    [
        ("x0", "start as a list"),
        (["x7"], "discover start: expected a formula of x0"),
        (["import os"], "discover start: expected a formula such as"),
        (3, "start as a list"),
    ],
)
def test_starts_that_are_none(start, words):
    with pytest.raises(ValueError, match=words):
        ew.discover(X, X[:, 0], start=start, progress=False)


def test_an_error_of_slopes_shows_what_slopes_are():
    with pytest.raises(ValueError, match=r'slopes by names, such as \{"x0": "increasing"\}'):
        Limits(slopes="increasing")
