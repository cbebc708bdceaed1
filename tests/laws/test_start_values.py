"""Where fits of laws start: positions, signs, sizes, frequencies; the usual parameters."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from rows_of_fits import EXP, LAW, THETA, T, rows_of

from edgewise.laws.curve import Curve
from edgewise.laws.fit import _best, _with_given
from edgewise.laws.frequencies import find_frequencies, find_turns, resolvable_waves
from edgewise.laws.law import Parameter
from edgewise.laws.noise import Normal
from edgewise.laws.solve import FitProblem
from edgewise.laws.start import (
    Guesses,
    _denser,
    _fold_in,
    _in_order,
    _of_no_unit,
    _places_and_sizes,
    _signs,
    _typical,
    combine,
    project,
    spread_out,
    start_values,
)
from edgewise.laws.tidy import tidy

# ---- start values -----------------------------------------------------------------------------


def test_all_combinations_or_a_sample_of_them():
    values = {"a": (1.0, 2.0), "c": (5.0, 6.0, 7.0)}
    made = combine(values, ["a", "b", "c"])
    assert len(made) == 6
    assert {tuple(t) for t in made} == {(a, 0.0, c) for a in (1, 2) for c in (5, 6, 7)}
    many = combine({"a": range(100), "b": range(100)}, ["a", "b"])
    assert len(many) == 1500
    assert set(many[:, 0]) <= set(range(100))
    np.testing.assert_array_equal(many, combine({"a": range(100), "b": range(100)}, ["a", "b"]))


@pytest.mark.parametrize(
    ("starts", "dense"),
    [
        ((1.0, 8.0), [1, 2, 4, 8]),
        ((-1.0, 1.0), [-1, 1]),
        ((-8.0, -1.0), [-8, -4, -2, -1]),
        ((3.0,), [3]),
        ((0.0, 1.0, 27.0), [0, 1, 3, 9, 27]),
    ],
)
def test_start_values_are_made_denser(starts, dense):
    np.testing.assert_allclose(_denser(starts), dense)


def parameter(**settings):
    return Parameter("p", "", **settings)


@pytest.mark.parametrize(
    ("low", "high", "signs"),
    [(0.0, 9.0, [1, 2]), (-9.0, 0.0, [-1, -2]), (-9.0, 9.0, [1, 2, -1, -2])],
)
def test_sizes_have_the_signs_that_bounds_allow(low, high, signs):
    made = _signs(parameter(lower=low, upper=high), np.array([1.0, 2.0]))
    assert made.tolist() == signs
    mixed = np.array([-1.0, 2.0])
    assert _signs(parameter(lower=low, upper=high), mixed) is mixed


def test_numbers_without_a_unit_start_within_their_bounds():
    np.testing.assert_allclose(_of_no_unit(parameter(lower=0.0, upper=6.0)), [1, 2, 3, 4, 5])
    assert min(_of_no_unit(parameter(lower=0.0))) > 0
    assert min(_of_no_unit(parameter())) < 0 < max(_of_no_unit(parameter()))


def test_positions_are_tried_within_and_beyond_the_range():
    x = np.array([2.0, 4.0])
    places = _places_and_sizes(parameter(), x)
    assert len(places) == 21
    np.testing.assert_allclose(places[:4], 2 - 2 * np.array([0.05, 0.3, 1, 3]))
    np.testing.assert_allclose(places[4:17], np.linspace(1.8, 4.2, 13))
    np.testing.assert_allclose(places[17:], 4 + 2 * np.array([0.05, 0.3, 1, 3]))
    sizes = _places_and_sizes(parameter(lower=0.0), x)
    assert (sizes.min(), sizes.max()) == pytest.approx((0.04, 12))
    assert _places_and_sizes(parameter(lower=0.0), np.zeros(3)).min() == pytest.approx(0.02)


def test_start_values_have_the_size_of_their_units():
    x, y = T[:, None], 5 * np.ones(14)
    rows = FitProblem(LAW.curve, Normal(np.ones(1)), x, y, LAW.lower, LAW.upper)
    by_name = {p.name: start_values(p, LAW, rows) for p in LAW.parameters}
    span = np.ptp(T)
    np.testing.assert_allclose(by_name["k"], np.array([1, 2, 4, 8]) / span)
    np.testing.assert_allclose(by_name["n"], [1, 2, 3, 4, 5])
    assert len(by_name["t0"]) == 21
    sizes = np.array(by_name["A"])
    assert sorted(-sizes) == pytest.approx(sorted(sizes))
    assert sizes.max() == pytest.approx(5 * 20)
    slopes = np.array(by_name["B"])
    assert slopes.max() == pytest.approx(5 / np.median(T) * 20)
    tight = replace(LAW.parameters[1], lower=50.0, upper=60.0)
    assert start_values(tight, LAW, rows) == [50.0]
    assert _typical("y/t", {"t": np.array([0.0, 2.0, 4.0]), "y": np.array([6.0])}) == 2.0
    assert _typical("y", {"y": np.zeros(3)}) == 1.0


def test_linear_numbers_of_starts_are_those_of_weighted_least_squares():
    weight = np.linspace(1, 3, 14)
    rows = rows_of(noise=Normal(1 / weight, is_known=True))
    starts = np.array([[0.0, 0.5, 0.0], [0.0, 0.7, 0.0], [0.0, np.nan, 0.0]])
    found = project(rows, starts)
    assert len(found.theta) == 2
    np.testing.assert_allclose(found.theta[:, 1], [0.7, 0.5])
    for theta, missed in zip(found.theta, found.missed, strict=True):
        a = np.column_stack([np.exp(-theta[1] * T), np.ones(14)]) * weight[:, None]
        c, left, *_ = np.linalg.lstsq(a, rows.y * weight, rcond=None)
        np.testing.assert_allclose(theta[[0, 2]], c, rtol=1e-6)
        assert missed == pytest.approx(left[0] / np.sum((weight * rows.y) ** 2), rel=1e-5)
    held = project(rows, np.array([[1.0, 0.5, 0.0]]), held=[0])
    assert held.theta[0, 0] == 1.0
    clipped = project(replace(rows, upper=np.array([1.0, 9.0, 9.0])), starts[:1])
    assert clipped.theta[0, 0] == 1.0


def test_starts_near_better_ones_are_left_out():
    theta = np.array([[1.0, 1.0], [1.2, 1.1], [2.0, 1.0], [-1.0, 1.0], [1.0, 5.0]])
    guesses = Guesses(theta, np.arange(5.0))
    assert spread_out(guesses, 9).missed.tolist() == [0, 2, 3, 4]
    assert spread_out(guesses, 2).missed.tolist() == [0, 2]
    assert spread_out(guesses, 2, by_signs=True).missed.tolist() == [0, 3]
    assert spread_out(guesses, 4, by_signs=True).missed.tolist() == [0, 2, 3, 4]


def test_exchangeable_starts_are_in_order():
    law = replace(LAW, order=("A", "B"))
    theta = np.array([[1.0, 0, 2, 0, 0], [2, 0, 1, 0, 0], [1, 0, 1, 0, 0]])
    np.testing.assert_array_equal(_in_order(law, theta), theta[:1])
    np.testing.assert_array_equal(_in_order(law, theta[1:]), theta[1:])


@pytest.mark.parametrize(
    ("low", "high", "wanted"),
    [
        (-9.0, 9.0, [-1, 1, 3]),
        (0.0, np.inf, [1, 1, 3]),
        (-np.inf, 0.0, [-1, -1, -3]),
        (0.0, 2.0, [0, 1, 2]),
        (2.0, np.inf, [3, 3, 3]),
    ],
)
def test_values_are_moved_within_bounds(low, high, wanted):
    np.testing.assert_allclose(_fold_in(np.array([-1.0, 1.0, 3.0]), low, high), wanted)


def test_given_starts_replace_others_and_the_best_descent_is_taken():
    theta = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
    made = _with_given(theta, EXP, {"b": 9.0})
    np.testing.assert_array_equal(made, [[1, 9, 3], [4, 9, 6]])
    np.testing.assert_array_equal(_with_given(theta, EXP, None), theta)
    rows = rows_of()
    best = _best(rows, np.array([[1.0, -5.0, 0.0], [1.0, 1.0, 0.0]]))
    np.testing.assert_allclose(best.theta, THETA, atol=0.1)
    assert _best(rows, np.empty((0, 3))).converged


# ---- waves and the usual parameters -----------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "places", "period"),
    [
        ("a*sin(w*t + p)", {1: 1.0}, False),
        ("a*sin(2*pi*t/w + p)", {1: 2 * math.pi}, True),
        ("a*cos(w*(t - p))", {1: 1.0}, False),
        ("a*exp(w*t + p)", {}, False),
        ("a*tan(3*w*t) + p", {1: 3.0}, False),
    ],
)
def test_frequencies_and_periods_are_known(text, places, period):
    curve = Curve.read(text, ["t"], ["a", "w", "p"])
    found = find_frequencies(curve)
    assert {k: f.factor for k, f in found.items()} == pytest.approx(places)
    for wave in found.values():
        assert wave.is_period == period
        assert wave.column == 0
        omega = wave.angular(0.4)
        assert omega == pytest.approx(wave.factor / 0.4 if period else wave.factor * 0.4)
        starts = wave.starts(T[:, None])
        np.testing.assert_allclose([wave.angular(s) for s in starts], resolvable_waves(T))
    turns = find_turns(curve, np.array([1.0, 0.4, 0.2]))
    if "+ p)" in text and "exp" not in text:
        assert turns == {2: pytest.approx(2 * math.pi)}
    elif "(t - p)" in text:
        assert turns == {2: pytest.approx(2 * math.pi / 0.4)}
        assert find_turns(curve, np.array([1.0, 0.0, 0.2])) == {}


def test_waves_from_half_a_period_to_one_for_two_rows():
    waves = resolvable_waves(T) * np.ptp(T) / (2 * math.pi)
    assert waves[0] == 0.5
    assert 6.8 < waves[-1] < 7
    np.testing.assert_allclose(np.diff(waves), 0.125)
    many = resolvable_waves(np.arange(1e5)) * (1e5 - 1) / (2 * math.pi)
    assert many[-1] < 60
    assert np.isfinite(resolvable_waves(np.ones(5))).all()


@pytest.mark.parametrize(
    ("text", "theta", "wanted"),
    [
        ("a*cos(w*t)", [1.5, -2.0], [1.5, 2.0]),
        ("a*sin(w*t)", [1.5, -2.0], [-1.5, 2.0]),
        ("a*sin(w*t)", [-1.5, -2.0], [1.5, 2.0]),
        ("a*sin(w*t + p)", [-1.5, 2.0, 0.3], [1.5, 2.0, 0.3 + math.pi - 2 * math.pi]),
        ("a*sin(w*t + p)", [1.5, 2.0, 7.0], [1.5, 2.0, 7.0 - 2 * math.pi]),
        ("a*exp(-(t - b)**2/s**2)", [1.0, 2.0, -0.5], [1.0, 2.0, 0.5]),
        ("a*exp(b*t)", [-1.0, -2.0], [-1.0, -2.0]),
    ],
)
def test_of_equal_parameters_the_usual_ones_are_taken(text, theta, wanted):
    names = [n for n in ("a", "w", "b", "p", "s") if f"{n}*" in text or f" {n}" in text or n == "a"]
    names = [n for n in names if n in text.replace("exp", "").replace("cos", "").replace("sin", "")]
    curve = Curve.read(text, ["t"], names)
    rows = FitProblem(curve, Normal(np.ones(1)), T[:, None], T, np.full(len(theta), -np.inf),
                      np.full(len(theta), np.inf))  # fmt: skip
    found = tidy(rows, np.array(theta))
    np.testing.assert_allclose(found, wanted, atol=1e-12)
    np.testing.assert_allclose(
        curve.values(T[:, None], found), curve.values(T[:, None], np.array(theta)), atol=1e-9
    )
    np.testing.assert_array_equal(tidy(rows, np.array(theta), range(len(theta))), theta)
