"""One curve, given as points, becomes formulas: the right one first."""

from __future__ import annotations

import numpy as np
import pytest

from edgewise.formula.library import LIBRARY
from edgewise.formula.program import Program
from edgewise.search.budget import Budget
from edgewise.symbolic.curve_formulas import name_curve

T = np.linspace(0.2, 3, 120)
LONG = 300.0  # seconds: no answer may depend on how busy the machine is

CURVES = {
    "a sum": lambda t: np.exp(-t) + 0.5 * t,
    "a wave that isn't round": lambda t: 1.3 * np.sin(2.37 * t + 0.4) - 0.2,
    "a polynomial": lambda t: t**3 - 2 * t + 0.5,
    "a ratio": lambda t: (t + 1) / (t**2 + 2.5),
}


@pytest.mark.parametrize("name", CURVES)
def test_the_first_candidate_is_the_curve(name):
    f = CURVES[name]
    best = name_curve(T, f(T), budget=Budget(LONG))[0]
    assert best.fvu < 1e-20
    far = np.linspace(3, 4, 30)
    np.testing.assert_allclose(Program(best.tree).values(far[:, None]), f(far), rtol=1e-7)


def test_candidates_are_sorted_few_and_say_what_they_miss():
    g = np.random.default_rng(0)
    y = np.exp(-T) + 0.5 * T + 0.01 * g.normal(size=120)
    weight = g.uniform(0.2, 2, 120)
    found = name_curve(T, y, weight, floor=1e-3, budget=Budget(LONG, 8000), keep=3)
    assert 1 <= len(found) <= 3
    assert [c.length for c in found] == sorted(c.length for c in found)
    for c in found:
        missed = np.average((Program(c.tree).values(T[:, None]) - y) ** 2, weights=weight)
        mean = np.average(y, weights=weight)
        want = missed / np.average((y - mean) ** 2, weights=weight)
        assert c.fvu == pytest.approx(want, rel=1e-6)


def test_points_of_weight_0_do_not_matter():
    y = np.exp(-T) + 0.5 * T
    y[40:50] = 9.0
    weight = np.ones(120)
    weight[40:50] = 0.0
    best = name_curve(T, y, weight, budget=Budget(LONG))[0]
    assert best.fvu < 1e-20


def test_a_constant_is_no_curve():
    assert name_curve(T, np.full(120, 3.3), budget=Budget(1.0)) == []


def test_the_library_is_all_that_is_used():
    found = name_curve(T, np.cosh(T), library=LIBRARY.only("x", "exp", "1/x"), budget=Budget(LONG))
    assert found[0].fvu < 1e-20
    for c in found:
        names = {n.function.name for n in c.tree.walk() if hasattr(n, "function")}
        assert names <= {"exp"}


def test_evaluations_bound_the_search() -> None:
    y = np.abs(T - 1) + np.sin(7 * T) * np.exp(T / 2)
    few, more = (name_curve(T, y, budget=Budget(LONG, n))[0].fvu for n in (1000, 8000))
    assert more < few
    assert name_curve(T, y, budget=Budget(LONG, 1000))[0].fvu == few
