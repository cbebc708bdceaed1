"""Which laws are suggested, and what a fit tells in charts and words."""

from __future__ import annotations

import math
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from rows_of_fits import T
from scipy import stats

import edgewise as ew
from edgewise.laws import fit
from edgewise.laws import suggest as suggesting
from edgewise.laws.chi_square import ChiSquare
from edgewise.laws.functions import ERF
from edgewise.laws.library import LAWS, get
from edgewise.laws.residual_charts import PredictedRows, draw_histogram, draw_observed
from edgewise.laws.suggest import Screen, SuggestedLaw, _distinct, framed, list_choices
from edgewise.laws.temperatures import note_temperatures

# ---- suggestions ------------------------------------------------------------------------------


def test_choices_are_all_laws_of_so_many_inputs_on_all_orders():
    two = list(list_choices(2, framed_too=False))
    assert all(len(law.inputs) == 2 and not law.same_as for law, _ in two)
    orders = [order for law, order in two if not law.by_logs]
    assert set(orders) == {(0, 1), (1, 0)}
    assert all(order == (0, 1) for law, order in two if law.by_logs)
    framed_too = list(list_choices(2))
    assert len(framed_too) == len(two) + 2 * len(suggesting.FRAMED) * 3
    one = {law.name for law, _ in list_choices(1)}
    sums = {law.name for law, _ in list_choices(1, sums_too=True)}
    assert one < sums


@pytest.mark.parametrize(
    ("frame", "wanted"),
    [
        ("times", lambda y, o: y * o),
        ("over", lambda y, o: y / o),
        ("plus", lambda y, o: y + 0.5 * o),
    ],
)
def test_framed_laws_have_another_column(frame, wanted):
    law = framed("michaelis_menten", frame)
    x = np.stack([T, T[::-1] + 1], 1)
    more = {"slope": 0.5} if frame == "plus" else {}
    plain = get("michaelis_menten")(T, Vmax=2.0, Km=0.4)
    np.testing.assert_allclose(law(x, Vmax=2.0, Km=0.4, **more), wanted(plain, x[:, 1]))
    assert law.name == f"michaelis_menten_{frame}"


def suggestion(fvu, count):
    return SuggestedLaw(LAWS["michaelis_menten"], (0,), np.ones(count), fvu)


def test_suggestions_with_equal_residuals_are_one_and_short_ones_stay():
    kept = [suggestion(0.1, 2), suggestion(0.1 * (1 + 1e-8), 2), suggestion(0.1, 1),
            suggestion(0.1 * (1 + 1e-6), 3), suggestion(0.1, 3)]  # fmt: skip
    assert _distinct(kept) == [kept[0], kept[2], kept[3]]
    assert suggestion(0.25, 2).length(64) == pytest.approx(0.5 * -2 * 64 + 3 * 2)
    assert math.isfinite(suggestion(0.0, 2).length(64))


def test_a_screen_weighs_rows_and_measures_what_is_unexplained():
    spent = []
    y = 2 * T / (0.4 + T) + 0.05 * np.random.default_rng(2).normal(size=14)
    weight = np.linspace(0.5, 1.5, 14)
    screen = Screen.of(T[:, None], y, weight, spent.append)
    law = LAWS["michaelis_menten"]
    made = screen.descend(law, (0,), np.array([[1.5, 0.5]]))
    assert spent == [suggesting.STEPS]
    left = y - made.theta[0] * T / (made.theta[1] + T)
    mean = np.average(y, weights=weight)
    wanted = (weight @ left**2) / (weight @ (y - mean) ** 2)
    assert made.fvu == pytest.approx(wanted, rel=1e-6)
    guesses = screen.guess(law, (0,))
    assert spent[-1] == suggesting.GRID_COST
    best = guesses.theta[0]
    left = y - best[0] * T / (best[1] + T)
    assert guesses.missed[0] == pytest.approx(
        (weight @ left**2) / (weight @ (y - mean) ** 2), rel=1e-6
    )
    few = Screen.of(T[:, None], y, weight, spent.append, most=5)
    assert len(few.y) == 5
    assert few.y[0] == y[0]
    assert few.y[-1] == y[-1]
    assert screen.descend(law, (0,), np.array([[np.nan, 1.0]])) is None


# ---- charts of residuals ----------------------------------------------------------------------


def test_rows_of_charts_keep_their_columns():
    rows = PredictedRows(
        np.arange(4.0), np.ones(4), 0, np.array([1.0, 2.0, 1.0, 1.0]),
        np.array([False, True, False, False]), {"t": np.arange(4.0)},
    )  # fmt: skip
    np.testing.assert_allclose(rows.residuals, [-1, 0, 1, 2])
    np.testing.assert_allclose(rows.standardised, [-1, 0, 1, 2])
    assert rows.sigma_differs
    assert not replace(rows, sigma=np.ones(4)).sigma_differs
    assert not replace(rows, sigma=None).sigma_differs
    some = rows.take(np.array([3, 1]))
    assert some.sigma.tolist() == [1, 2]
    assert some.outlying.tolist() == [False, True]
    assert some.inputs["t"].tolist() == [3, 1]
    assert rows.some() is rows
    many = PredictedRows(np.arange(5000.0) % 7, np.zeros(5000), 0)
    few = many.some()
    assert 700 < len(few.observed) <= 800
    assert draw_histogram(rows, unit="").x.label.startswith("(observed")
    assert draw_histogram(replace(rows, sigma=None), "m").x.label == "observed − predicted (m)"
    assert draw_observed(rows, "y").y.label == "observed y"


def test_a_fit_is_told_with_its_numbers():
    y = 2 * T + 0.5 + 0.01 * np.random.default_rng(3).normal(size=14)
    fitted = ew.fit_formula("a*t + b", {"t": T, "y": y}, target="y")
    a = np.column_stack([T, np.ones(14)])
    c, left, *_ = np.linalg.lstsq(a, y, rcond=None)
    covariance = left[0] / 12 * np.linalg.inv(a.T @ a)
    np.testing.assert_allclose(fitted.covariance, covariance, rtol=1e-6)
    np.testing.assert_allclose([*fitted.errors.values()], np.sqrt(np.diag(covariance)), rtol=1e-6)
    roots = np.sqrt(np.diag(covariance))
    np.testing.assert_allclose(fitted.correlation, covariance / np.outer(roots, roots), rtol=1e-6)
    assert fitted.freedom == 12
    assert fitted.deviation == pytest.approx(math.sqrt(left[0] / 12))
    assert fitted.chi2 is fitted.p is None
    new = np.array([[5.0], [9.0]])
    at = np.column_stack([new, np.ones(2)])
    low, high = fitted.band(new, 0.9)
    half = stats.t.ppf(0.95, 12) * np.sqrt(np.einsum("ri,ij,rj->r", at, covariance, at))
    np.testing.assert_allclose(high - low, 2 * half, rtol=1e-6)
    np.testing.assert_allclose(fitted.predict(new), at @ c, rtol=1e-8)
    low, high = fitted.band(new, 0.9, new=True)
    wide = np.sqrt(np.einsum("ri,ij,rj->r", at, covariance, at) + left[0] / 12)
    np.testing.assert_allclose(high - low, 2 * stats.t.ppf(0.95, 12) * wide, rtol=1e-6)
    known = ew.fit_formula("a*t + b", {"t": T, "y": y}, target="y", sigma=0.02)
    np.testing.assert_allclose(known.covariance, 0.0004 * np.linalg.inv(a.T @ a), rtol=1e-6)
    assert known.chi2 == pytest.approx(left[0] / 0.0004)
    assert known.p == pytest.approx(stats.chi2.sf(known.chi2, 12))
    assert "reduced χ²" in repr(known)
    assert "12 degrees of freedom" in repr(fitted)


@pytest.mark.parametrize(("p", "text"), [(0.9e-12, "p < 1e-12"), (1.1e-12, "p = 1.1e-12")])
def test_tiny_probabilities_are_said_to_be_below_the_limit_they_are_below(p, text):
    value = float(stats.chi2.isf(p, 3))
    assert text in ChiSquare(value, 3).brief


@pytest.mark.parametrize("finite", [True, False])
@pytest.mark.parametrize("converged", [True, False])
def test_a_fit_says_that_it_has_no_value_or_did_not_converge(finite, converged, monkeypatch):
    monkeypatch.setattr(fit, "near_bounds", lambda *given: np.zeros((2, 1), bool))
    rows = SimpleNamespace(lower=np.zeros(1), upper=np.ones(1))
    solution = SimpleNamespace(
        cost=1.0 if finite else np.inf, theta=np.ones(1), jacobian=None, rows=rows
    )
    fitted = SimpleNamespace(
        law=None,
        rows=rows,
        solution=solution,
        converged=converged,
        names=["a"],
        errors={"a": 0.1},
    )
    notes = fit._list_notes(fitted)
    if not finite:
        assert notes == ["no parameters were found at which the formula is defined in all rows"]
    elif converged:
        assert notes == []
    else:
        assert notes == ["the fit did not converge: give start values, or bounds"]


def test_the_error_function_has_its_name_in_every_language():
    spelling = ERF.spelling
    assert (spelling.text, spelling.c, spelling.excel) == ("erf", "erf", "ERF")
    assert spelling.latex == r"\operatorname{erf}"


# ---- scales of temperature --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("law", "column", "values", "told"),
    [
        ("arrhenius", "T", (20.0, 80.0), "T seems to be in °C, and the law needs kelvin: add"),
        ("arrhenius", "T [°C]", (200.0, 400.0), "T [°C] seems to be in °C, and"),
        ("arrhenius", "T_C", (200.0, 400.0), "T_C seems to be in °C"),
        ("arrhenius", "T [K]", (290.0, 360.0), None),
        ("arrhenius", "T_cell", (290.0, 360.0), None),
        ("magnus", "t", (260.0, 310.0), "t seems to be in kelvin, and the law needs °C: subtract"),
        ("magnus", "t [°C]", (-10.0, 40.0), None),
        ("line", "T [°C]", (-10.0, 40.0), None),
    ],
)
def test_temperatures_on_another_scale_are_told(law, column, values, told):
    notes = list(note_temperatures(get(law), np.array(values)[:, None], [column]))
    assert len(notes) == (told is not None)
    assert all(note.startswith(told) for note in notes)


def test_a_fit_tells_of_temperatures_in_celsius():
    kelvin = np.linspace(293, 353, 9)
    rows = {"T [°C]": kelvin - 273.15, "k": 1e7 * np.exp(-5e4 / (8.314462618 * kelvin))}
    assert "T [°C] seems to be in °C" in str(ew.fit_law("arrhenius", rows, "k"))
    rows = {"T [K]": kelvin, "k": rows["k"]}
    assert ew.fit_law("arrhenius", rows, "k").notes == ()
