"""One curve, given as points, becomes formulas: the right one first."""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest

from edgewise.formula.data import Data
from edgewise.formula.library import LIBRARY
from edgewise.formula.program import Program
from edgewise.search import curve_formulas
from edgewise.search.budget import Budget
from edgewise.search.curve_formulas import CurveRows

name_curve = partial(
    curve_formulas.name_curve, weight=None, library=LIBRARY, reach=16.0, floor=1e-20
)

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
    found = name_curve(T, y, weight=weight, floor=1e-3, budget=Budget(LONG, 3000), keep=3)
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
    best = name_curve(T, y, weight=weight, budget=Budget(LONG))[0]
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
    few, more = (name_curve(T, y, budget=Budget(LONG, n))[0].fvu for n in (500, 3000))
    assert more < few
    assert name_curve(T, y, budget=Budget(LONG, 500))[0].fvu == few


def test_rows_of_a_curve_are_what_y_asks_of_it():
    """y = A f(t) + B with f known but for an error: the rows are f, with the weights A²."""
    g = np.random.default_rng(1)
    slope, weight = g.normal(size=120), g.uniform(0.5, 2, 120)
    slope[7] = 0.0  # says nothing of f
    f, guess = np.exp(-T), np.exp(-T) + 0.1 * np.cos(T)
    noise = 0.01 * g.normal(size=120)
    missed = slope * (f - guess) + noise
    error = np.average(noise**2, weights=weight)
    rows = CurveRows.of(guess, slope, missed, weight, error)
    told = slope != 0
    np.testing.assert_allclose(rows.y[told], f[told] + noise[told] / slope[told])
    np.testing.assert_allclose(rows.weight, slope**2 * weight / np.mean(slope**2 * weight))
    assert rows.weight[7] == 0
    missing = Data(T[:, None], rows.y, rows.weight)
    without_noise = np.average((rows.y - f) ** 2, weights=rows.weight) / missing.variance
    # All errors of y but that of the row without a slope.
    told_error = np.sum(weight[told] * noise[told] ** 2) / np.sum(weight * noise**2)
    assert without_noise == pytest.approx(rows.floor * told_error, rel=1e-9)


@pytest.mark.parametrize("size", [1e-200, 1.0, 1e200])
def test_rows_of_a_curve_do_not_depend_on_the_unit_of_y(size):
    g = np.random.default_rng(3)
    slope, noise = g.normal(size=120), g.normal(size=120)
    rows = CurveRows.of(np.exp(T), size * slope, size * noise, np.ones(120), 1.0)
    np.testing.assert_allclose(rows.y, np.exp(T) + noise / slope, rtol=1e-9)
    np.testing.assert_allclose(rows.weight, slope**2 / np.mean(slope**2))


def test_a_curve_that_y_does_not_depend_on_has_no_formula():
    rows = CurveRows.of(np.exp(T), np.zeros(120), np.ones(120), np.ones(120), 1.0)
    assert not rows.weight.any()
    assert rows.name(T, LIBRARY, Budget(LONG, 1000)) == []


def test_a_curve_in_noise_is_named_without_its_noise():
    """sinh of a shifted line has few rivals if formulas are fitted to rows and not to a spline."""
    g = np.random.default_rng(2)
    t = g.uniform(1, 4, 300)
    slope = np.exp(-0.37 * g.uniform(1, 4, 300))
    f = np.sinh(0.72 * t - 2.3)
    missed = 0.003 * g.normal(size=300)
    rows = CurveRows.of(f, slope, missed, np.ones(300), float(np.mean(missed**2)))
    best = rows.name(t, LIBRARY, Budget(LONG, 8000))[0]
    np.testing.assert_allclose(Program(best.tree).values(t[:, None]), f, atol=0.02)
    assert "sinh" in best.tree.key


def test_smooth_errors_of_a_fitted_curve_are_no_noise():
    """The fitted curve is 1 % off, the rows are exact: 1 % isn't enough for a name."""
    t = np.sort(np.random.default_rng(5).uniform(0.3, 1.8, 300))
    f, off = np.log(t + 0.4), 0.01 * np.sin(8 * t)
    error = float(np.mean(off**2))
    rows = CurveRows.of(f - off, np.ones(300), off, np.ones(300), error, t)
    found = rows.name(t, LIBRARY, Budget(LONG, 2000))
    assert found[0].fvu < 1e-20
    assert "log" in found[0].tree.key


def test_spellings_of_one_formula_are_named_once():
    found = name_curve(T, 2 * np.exp(-T) + 1e-3 * np.cos(9 * T), floor=1e-5, budget=Budget(LONG))
    errors = [f"{fit.fvu:.5e}" for fit in found]
    assert len(set(errors)) == len(errors)
