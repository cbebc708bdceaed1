"""What fits of laws are made of, function by function: starts, distributions, steps, texts."""

from __future__ import annotations

import math
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
import sympy
import torch
from scipy import special, stats
from scipy.optimize import minimize_scalar

import edgewise as ew
from edgewise.laws import fit
from edgewise.laws import suggest as suggesting
from edgewise.laws.arguments import _rough_sigma, _size, read_bounds, read_noise, read_side
from edgewise.laws.assignment import (
    is_product,
    list_assignments,
    may_be_called,
    promote,
    stands_for,
)
from edgewise.laws.censored import Censored, _hazard, _without_shared
from edgewise.laws.chi_square import ChiSquare
from edgewise.laws.curve import Curve
from edgewise.laws.errors import Errors, read_errors, without_errors
from edgewise.laws.fit import _best, _with_given
from edgewise.laws.functions import ERF, JINC, NEAR, SINC
from edgewise.laws.intervals import find_interval, trace_profile
from edgewise.laws.law import Parameter, _read_example, _read_parameter, make_law
from edgewise.laws.library import LAWS, get
from edgewise.laws.noise import Normal, Orthogonal, Poisson, Relative
from edgewise.laws.read import read_inputs, read_vector
from edgewise.laws.residual_charts import PredictedRows, draw_histogram, draw_observed
from edgewise.laws.solve import (
    DescentResult,
    FitProblem,
    _bound,
    _march,
    _offset,
    _polish,
    _step,
    _strictly_inside,
    near_bounds,
    solve,
)
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
from edgewise.laws.suggest import Screen, Suggestion, _distinct, framed, list_choices
from edgewise.laws.texts import _first_place, read_curve, read_target
from edgewise.laws.tidy import tidy
from edgewise.laws.true_inputs import find_true_inputs
from edgewise.laws.waves import find_frequencies, find_turns, resolvable_waves

G = np.random.default_rng(0)
T = np.linspace(0.1, 3, 14)
EXP = Curve.read("a*exp(-b*t) + c", ["t"], ["a", "b", "c"])
FREE = np.full(3, np.inf)
THETA = np.array([2.0, 0.7, 0.3])


def rows_of(curve=EXP, theta=THETA, noise=None, lower=None, upper=None, scatter=0.02):
    y = curve.values(T[:, None], theta) + scatter * np.random.default_rng(1).normal(size=14)
    count = len(curve.parameters)
    low = np.full(count, -np.inf) if lower is None else np.array(lower, dtype=float)
    high = np.full(count, np.inf) if upper is None else np.array(upper, dtype=float)
    return FitProblem(curve, noise or Normal(np.ones(1)), T[:, None], y, low, high)


# ---- functions --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("function", "wanted"),
    [
        (ERF, special.erf),
        (SINC, lambda u: np.sinc(u / np.pi)),
        (JINC, lambda u: np.where(u == 0, 1.0, 2 * special.j1(u) / np.where(u == 0, 1, u))),
    ],
    ids=["erf", "sinc", "jinc"],
)
def test_functions_of_laws_and_their_slopes(function, wanted):
    u = np.array([-3.0, -1.01 * NEAR, -0.99 * NEAR, 0.0, 0.5 * NEAR, 2 * NEAR, 0.7, 4.0])
    value = function.evaluate(u)
    np.testing.assert_allclose(value, wanted(u), rtol=1e-12)
    slope = function.differentiate(u, value)
    h = 1e-5
    np.testing.assert_allclose(slope, (wanted(u + h) - wanted(u - h)) / (2 * h), atol=1e-8)
    tensor = torch.tensor(u, requires_grad=True)
    made = function(tensor)
    np.testing.assert_allclose(made.detach(), value, rtol=1e-8)  # torch's J1 has ten digits
    (own,) = torch.autograd.grad(made.sum(), tensor)
    np.testing.assert_allclose(own, slope, atol=1e-7)


# ---- distributions ----------------------------------------------------------------------------


@pytest.mark.parametrize("values", [0.5, 3.0, 20.0])
def test_deviances_are_twice_the_loss_of_likelihood(values):
    for y in (0.0, 1.0, 4.0, 30.0):
        best = stats.poisson(max(y, 1e-300)).logpmf(y) if y else 0.0
        wanted = 2 * (best - stats.poisson(values).logpmf(y))
        (got,) = Poisson().deviance(np.array([y]), np.array([values]))
        assert got == pytest.approx(wanted, rel=1e-9, abs=1e-12)
    for y in (0.5, 4.0):
        wanted = 2 * (stats.gamma(1, scale=y).logpdf(y) - stats.gamma(1, scale=values).logpdf(y))
        (got,) = Relative().deviance(np.array([y]), np.array([values]))
        assert got == pytest.approx(wanted, rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("noise", [Poisson(), Relative()])
def test_residuals_are_signed_roots_of_deviances_with_their_slopes(noise):
    curve = Curve.read("a*t", ["t"], ["a"])
    x, y = np.array([[1.0], [2.0], [3.0]]), np.array([2.0, 4.0 + 1e-9, 9.0])
    theta = np.array([2.0])
    root, slopes = noise.linearise(curve, x, y, theta)
    deviance = noise.deviance(y, 2 * x[:, 0])
    np.testing.assert_allclose(root, np.sign(2 * x[:, 0] - y) * np.sqrt(deviance), atol=1e-9)
    np.testing.assert_array_equal(root, noise.residuals(curve, x, y, theta))
    h = 1e-4
    up, down = (noise.residuals(curve, x, y, theta + s) for s in (h, -h))
    np.testing.assert_allclose(slopes[:, 0], (up - down) / (2 * h), rtol=1e-3)
    np.testing.assert_allclose(noise.spread(np.array([4.0]), 3.0), 3 * (
        2.0 if isinstance(noise, Poisson) else 4.0))  # fmt: skip
    assert np.isnan(noise.residuals(curve, x, y, -theta)).all()


def test_weights_for_start_values():
    y = np.array([0.0, 0.5, 4.0])
    np.testing.assert_allclose(Poisson().weight(y), [1, 1, 0.5])
    np.testing.assert_allclose(Relative().weight(np.array([-2.0, 4.0])), [0.5, 0.25])
    np.testing.assert_allclose(Normal(np.array([0.5])).weight(y), [2, 2, 2])
    np.testing.assert_allclose(Normal(np.array([3.0, 4.0])).spread(y[:2], 2.0), 2 * 12.5**0.5)
    assert Normal(np.array([4.0])).unit == 4
    assert Normal(np.array([4.0]), is_known=True).unit == 1
    assert Relative().holds_scale is False
    assert Poisson().holds_scale is True


def test_true_inputs_minimise_the_distance_of_each_row():
    curve = Curve.read("a*t**2", ["t"], ["a"])
    x, theta = np.array([[0.5], [1.5], [2.0]]), np.array([1.3])
    y, sigma, x_sigma = np.array([1.0, 2.0, 6.0]), np.full(3, 0.5), np.array([[0.3], [0.2], [0.0]])
    found = find_true_inputs(curve, x, y, theta, sigma, x_sigma)
    for k in range(2):

        def distance(t, k=k):
            return ((1.3 * t**2 - y[k]) / 0.5) ** 2 + ((t - x[k, 0]) / x_sigma[k, 0]) ** 2

        best = minimize_scalar(distance, bounds=(0, 4), method="bounded", options={"xatol": 1e-12})
        assert found.x[k, 0] == pytest.approx(best.x, abs=1e-6)
        assert abs(found.residual[k]) == pytest.approx(math.sqrt(best.fun), rel=1e-8)
    assert found.x[2, 0] == 2.0
    np.testing.assert_allclose(found.values, 1.3 * found.x[:, 0] ** 2)
    np.testing.assert_allclose(found.slopes, 2.6 * found.x)
    np.testing.assert_array_equal(np.sign(found.residual), np.sign(found.values - y))
    np.testing.assert_allclose(found.variance, 0.25 + (found.slopes * x_sigma)[:, 0] ** 2)
    noise = Orthogonal(sigma, x_sigma)
    root, slopes = noise.linearise(curve, x, y, theta)
    h = 1e-5
    up, down = (noise.residuals(curve, x, y, theta + s) for s in (h, -h))
    np.testing.assert_allclose(slopes[:, 0], (up - down) / (2 * h), rtol=1e-5)
    np.testing.assert_allclose(root, found.residual)


def test_limits_have_the_likelihood_of_a_normal_tail():
    curve = Curve.read("a*t", ["t"], ["a"])
    x, y, side = np.array([[1.0], [2.0], [3.0]]), np.array([2.5, 3.0, 6.5]), np.array([0, -1, 1.0])
    noise, theta = Censored(np.full(3, 0.8), side), np.array([2.0])
    root, slopes = noise.linearise(curve, x, y, theta)
    z = (2 * x[:, 0] - y) / 0.8
    wanted = [z[0] ** 2, -2 * stats.norm.logcdf(-z[1]), -2 * stats.norm.logcdf(z[2])]
    np.testing.assert_allclose(root**2, wanted)
    assert np.sign(root).tolist() == [-1, 1, -1]
    h = 1e-6
    up, down = (noise.residuals(curve, x, y, theta + s) for s in (h, -h))
    np.testing.assert_allclose(slopes[:, 0], (up - down) / (2 * h), rtol=1e-6)
    information = noise.information(curve, x, y, theta)

    def loss(a):
        left = (a * x[:, 0] - y) / 0.8
        return left[0] ** 2 / 2 - stats.norm.logcdf(-left[1]) - stats.norm.logcdf(left[2])

    h = 1e-4
    second = (loss(2 + h) - 2 * loss(2.0) + loss(2 - h)) / h**2
    assert (information.T @ information)[0, 0] == pytest.approx(second, rel=1e-5)
    assert noise.measured(y).tolist() == [True, False, False]
    far = noise.linearise(curve, x, y, np.array([-1e6]))
    assert np.isfinite(far[0]).all()
    assert np.isfinite(far[1]).all()
    allowed = noise.linearise(curve, x, np.array([0.0, 1e6, -1e6]), theta)
    assert allowed[0][1:].tolist() == [0, 0]
    assert allowed[1][1:].tolist() == [[0], [0]]


@pytest.mark.parametrize("z", [-2e4, -9.9e3, -30.0, 0.0, 3.0])
def test_the_hazard_is_the_derivative_of_the_log_of_the_tail(z):
    (found,) = _hazard(np.array([z]))
    wanted = math.exp(stats.norm.logpdf(z) - stats.norm.logcdf(z)) if z > -1e4 else -z
    assert found == pytest.approx(wanted, rel=1e-6)


def test_the_likeliest_sigma_without_limits_is_that_of_the_residuals():
    curve = Curve.read("a*t", ["t"], ["a"])
    x, y = T[:, None], 2 * T + 0.3 * G.normal(size=14)
    made = Censored(np.ones(14), np.zeros(14), is_known=False).rescale(curve, x, y, np.array([2.0]))
    np.testing.assert_allclose(made.sigma, math.sqrt(np.sum((2 * T - y) ** 2) / 13))
    exact = made.rescale(curve, x, 2 * T, np.array([2.0]))
    assert 0 < exact.sigma[0] < 1e-13


def test_a_shared_number_is_removed_from_the_information():
    slopes, shared = G.normal(size=(9, 2)), G.normal(size=9)
    own = 30.0
    made = _without_shared(slopes, shared, own)
    inside = slopes @ np.linalg.lstsq(slopes, shared, rcond=None)[0]
    wanted = slopes.T @ slopes - np.outer(slopes.T @ inside, inside @ slopes) / own
    np.testing.assert_allclose(made.T @ made, wanted, rtol=1e-8, atol=1e-10)
    assert _without_shared(slopes, np.zeros(9), own) is slopes


@pytest.mark.parametrize(
    ("value", "freedom", "words"),
    [(31.0, 30, "as large as"), (90.0, 30, "larger than"), (8.0, 30, "smaller than")],
)
def test_chi2_beside_its_freedom(value, freedom, words):
    found = ChiSquare(value, freedom)
    assert found.reduced == value / freedom
    assert found.p == pytest.approx(stats.chi2.sf(value, freedom))
    assert words in found.meaning
    assert found.is_refuted == ("larger" in words)
    assert str(found).startswith("Reduced χ²")
    assert "p < 1e-12" in ChiSquare(1e3, 30).brief


# ---- descents ---------------------------------------------------------------------------------


def test_a_fit_ends_where_the_gradient_is_0():
    rows = rows_of()
    found = solve(rows, np.array([1.0, 1.0, 0.0]))
    residual, slopes = rows.noise.linearise(EXP, rows.x, rows.y, found.theta)
    np.testing.assert_allclose(slopes.T @ residual, 0, atol=1e-10)
    assert found.cost == pytest.approx(residual @ residual)
    assert found.converged
    np.testing.assert_allclose(found.jacobian, slopes)
    for settings in ({"coarse": True}, {"projected": True}, {"coarse": True, "projected": True},
                     {"near": True}):  # fmt: skip
        other = solve(rows, np.array([1.5, 0.9, 0.2]), **settings)
        np.testing.assert_allclose(other.theta, found.theta, rtol=1e-2)
    held = solve(rows, np.array([1.0, 1.0, 0.0]), held=(1,))
    assert held.theta[1] == 1.0
    a = np.column_stack([np.exp(-T), np.ones(14)])
    wanted = np.linalg.lstsq(a, rows.y, rcond=None)[0]
    np.testing.assert_allclose(held.theta[[0, 2]], wanted, rtol=1e-8)
    assert held.free == [0, 2]


def test_a_fit_stays_within_its_bounds():
    rows = rows_of(lower=[0, 0, 0.5], upper=[9, 9, 9])
    found = solve(rows, np.array([1.0, 1.0, 1.0]))
    assert found.theta[2] == pytest.approx(0.5, abs=1e-6)
    assert found.converged  # it rests on the bound
    low, high = near_bounds(rows, found.theta, found.jacobian)
    assert low.tolist() == [False, False, True]
    assert not high.any()
    outside = solve(rows, np.array([1.0, 1.0, -7.0]), most=1)
    assert (outside.theta >= rows.lower).all()


def test_a_gauss_newton_step_is_that_of_least_squares():
    rows = rows_of()
    start = np.array([1.5, 0.9, 0.2])
    residual, slopes = rows.noise.linearise(EXP, rows.x, rows.y, start)
    step = _step(rows, start, [0, 2])
    wanted = np.linalg.lstsq(slopes[:, [0, 2]], -residual, rcond=None)[0]
    np.testing.assert_allclose(step, wanted)
    polished = _polish(rows, solve(rows, start, coarse=True).theta, [0, 1, 2])
    coarse = rows.cost(solve(rows, start, coarse=True).theta)
    assert rows.cost(polished) <= coarse * (1 + 1e-12)  # to rounding
    undefined = rows_of(Curve.read("a*log(t - b) + c", ["t"], ["a", "b", "c"]), scatter=0.0)
    assert _step(undefined, np.array([1.0, 1.0, 0.0]), [0, 1, 2]) is None


def test_the_offset_is_what_a_further_step_explains():
    rows = rows_of()
    residual, slopes = rows.noise.linearise(EXP, rows.x, rows.y, np.array([1.5, 0.9, 0.2]))
    q = np.linalg.qr(slopes)[0]
    inside = np.sum((q.T @ residual) ** 2)
    left = residual @ residual - inside
    size = math.sqrt(np.mean(rows.y**2))
    wanted = math.sqrt(inside / 3) / (math.sqrt(left / 11) + 1e-6 * size)
    assert _offset(rows, residual, slopes) == pytest.approx(wanted)
    assert _offset(rows, residual, slopes[:, :0]) == 0
    with np.errstate(all="ignore"):
        assert _offset(rows, residual, np.full_like(slopes, np.inf)) == math.inf
    assert _offset(rows, 0 * residual, slopes) == 0
    nowhere = DescentResult(rows, np.array([np.nan, 1.0, 1.0]), [0, 1, 2])
    assert nowhere.offset == math.inf
    assert nowhere.cost == math.inf


def test_slopes_are_clipped_and_starts_moved_inside():
    np.testing.assert_array_equal(
        _bound(np.array([np.nan, np.inf, -np.inf, 1e200, -1e200, 3.0])),
        [0, 0, 0, 1e100, -1e100, 3],
    )
    lower, upper = np.array([0.0, 0.0, -np.inf]), np.array([2.0, np.inf, 1.0])
    moved = _strictly_inside(np.array([0.0, 0.0, 1.0]), lower, upper)
    np.testing.assert_allclose(moved, [2e-9, 1e-12, 1 - 1.001e-9], rtol=1e-6)
    inside = np.array([1.0, 5.0, -3.0])
    np.testing.assert_array_equal(_strictly_inside(inside, lower, upper), inside)


def test_a_march_lowers_the_cost_within_its_evaluations():
    rows = rows_of(lower=[0, 0, 0], upper=[9, 9, 9])
    spent = []

    def residuals(part):
        spent.append(part.copy())
        return rows.noise.residuals(EXP, rows.x, rows.y, part)

    def jacobian(part):
        return rows.noise.linearise(EXP, rows.x, rows.y, part)[1]

    start = np.array([1.0, 1.0, 0.1])
    found = _march(rows, residuals, jacobian, start, [0, 1, 2], 9)
    assert rows.cost(found) < rows.cost(start)
    assert len(spent) <= 9
    assert all((p >= 0).all() for p in spent)
    assert _march(rows, lambda p: p * np.nan, jacobian, start, [0, 1, 2], 9) is None


# ---- intervals --------------------------------------------------------------------------------

LINE = Curve.read("a*t + b", ["t"], ["a", "b"])


def test_intervals_of_a_line_are_those_of_students_errors():
    rows = rows_of(LINE, np.array([2.0, 0.5]), scatter=0.3)
    found = solve(rows, np.ones(2))
    scale = found.cost / 12
    a = np.column_stack([T, np.ones(14)])
    error = math.sqrt(scale * np.linalg.inv(a.T @ a)[0, 0])
    for side in (-1, 1):
        end = find_interval(found, 0, side * error, scale, 2.0)
        assert end == pytest.approx(found.theta[0] + side * 2 * error, rel=1e-4)
        far = find_interval(found, 0, side * error / 50, scale, 2.0)
        assert far == pytest.approx(end, rel=1e-3)
        cut = find_interval(found, 0, side * error, scale, 2.0, cut=error)
        assert cut == pytest.approx(found.theta[0] + side * error)
    bounded = replace(found, rows=replace(rows, upper=np.array([found.theta[0] + error, 9.0])))
    assert find_interval(bounded, 0, error, scale, 2.0) == pytest.approx(found.theta[0] + error)
    profile = trace_profile(found, 0, error, scale, 5, 2.0)
    np.testing.assert_allclose(profile.root, [-2, -1, 0, 1, 2], atol=1e-3)
    np.testing.assert_allclose(profile.values[2], found.theta[0], rtol=1e-4)
    mean = T.mean()
    moved = found.theta[1] - (profile.values - found.theta[0]) * mean
    np.testing.assert_allclose(profile.others[:, 1], moved, rtol=1e-4)
    assert profile.name == "a"


def test_what_the_rows_do_not_tell_has_no_end():
    curve = Curve.read("a*t + 0*b", ["t"], ["a", "b"])
    rows = rows_of(curve, np.array([2.0, 1.0]), scatter=0.3)
    found = solve(rows, np.ones(2))
    assert find_interval(found, 1, 0.1, found.cost / 12, 2.0) == math.inf
    assert find_interval(found, 1, -0.1, found.cost / 12, 2.0) == -math.inf


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


LAW = make_law(
    "l", "L", "y = A*exp(-k*t) + B*t0 + n", "t: time",
    "A [y]: size; k [1/t] > 0 from 1 8: rate; B [y/t]: slope; t0 [t]: begin; n [1] in 0..6: order",
    "t = 0..3; A = 1; k = 1; B = 1; t0 = 1; n = 1",
)  # fmt: skip


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
    assert found.first(1).theta.shape == (1, 3)


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


# ---- names and texts --------------------------------------------------------------------------


def test_columns_stand_for_letters_or_words():
    assert stands_for("l", "l", "length")
    assert stands_for("len", "l", "length of the pendulum")
    assert stands_for("bob_length", "l", "length of the pendulum")
    assert not stands_for("le", "l", "length")
    assert not stands_for("width", "l", "length")
    pendulum = get("pendulum")
    assert may_be_called(pendulum, "")
    assert may_be_called(pendulum, "y")
    assert may_be_called(pendulum, pendulum.output)
    assert not may_be_called(pendulum, "cost")


def test_parameters_of_a_law_become_inputs():
    law = promote("pendulum", ("g",))
    assert law.parameters == ()
    low, high = law.ranges["g"]
    middle = get("pendulum").example["g"]
    assert (low, high) == (middle / 2, 2 * middle)
    assert not law.by_logs
    x = np.array([[1.0, 9.81], [2.0, 1.6]])
    np.testing.assert_allclose(law(x), 2 * np.pi * np.sqrt(x[:, 0] / x[:, 1]))


def test_names_of_columns_tell_a_law():
    x = np.array([[1.0, 9.8], [2.0, 9.8]])
    found = {law.name: places for law, places in list_assignments(["l", "g"], x, "T")}
    assert found["pendulum"] == (0, 1)
    swapped = {law.name: p for law, p in list_assignments(["g", "l"], x[:, ::-1], "T")}
    assert swapped["pendulum"] == (1, 0)
    negative = {law.name for law, _ in list_assignments(["l", "g"], -x, "T")}
    assert "pendulum" not in negative
    assert is_product(get("pendulum"))
    assert not is_product(get("michaelis_menten"))


@pytest.mark.parametrize(
    ("formula", "target", "found"),
    [
        ("y = a*x", None, ("a*x", "y")),
        ("a*x", "z", ("a*x", "z")),
        ("y = a*x", "z", ("a*x", "z")),
    ],
)
def test_sides_of_a_formula(formula, target, found):
    right, left = read_target(formula, target)
    assert (right.strip(), left.strip()) == found


def test_names_that_are_no_columns_are_parameters_in_their_order():
    curve, given = read_curve("k*exp(-a*t) + b", ["t", "u"])
    assert (curve.inputs, curve.parameters, given) == (("t",), ("k", "a", "b"), {})
    theta = np.array([2.0, 0.7, 0.3])
    np.testing.assert_allclose(curve.values(T[:, None], theta), 2 * np.exp(-0.7 * T) + 0.3)
    own, numbers = read_curve("2.5*t**2 + 0.5", ["t"])
    assert own.parameters == ("c0", "c1")
    assert sorted(numbers.values()) == [0.5, 2.5]
    np.testing.assert_allclose(
        own.values(T[:, None], np.array([numbers["c0"], numbers["c1"]])), 2.5 * T**2 + 0.5
    )
    place = _first_place("b*a + ab")
    assert [place(n) for n in ("b", "a", "ab", "c")] == [0, 2, 6, 8]
    assert read_curve("a*e + e", ["e"])[0].inputs == ("e",)


@pytest.mark.parametrize("column", ["S [mM]", "dose (uM)", "wave length", "2nd"])
def test_names_with_units_and_spaces_are_written_in_formulas_as_they_are(column):
    curve, _ = read_curve(f"Vmax*{column}/(Km + {column})", [column, "mM"])
    assert (curve.inputs, curve.parameters) == ((column,), ("Vmax", "Km"))
    theta = np.array([2.0, 0.7])
    np.testing.assert_allclose(curve.values(T[:, None], theta), 2 * T / (0.7 + T))


def test_names_of_columns_are_whole_words_of_a_formula():
    curve, _ = read_curve("a*sin(k*t) - b/t", ["t", "in", "", "-", "/"])
    assert (curve.inputs, curve.parameters) == (("t",), ("a", "k", "b"))


def test_a_column_that_is_called_like_a_formula_is_no_part_of_others():
    curve, _ = read_curve("k*(a - b)", ["a - b", "a", "b"])
    assert curve.inputs == ("a", "b")


def test_eulers_number_is_no_parameter_without_a_word():
    for text, name in (("E*exp(-k*t)", "E"), ("a + e*t", "e"), ("a*t**e", "e")):
        with pytest.raises(ValueError, match=f"got {name}, which is the number .*: write {name}0"):
            read_curve(text, ["t"])
    a, big_e, t = sympy.symbols("a E t")
    with pytest.raises(ValueError, match="got E, which is the number"):
        read_curve(big_e * sympy.exp(-a * t), ["t"])
    assert read_curve("a*e^(-k*t)", ["t"])[0].parameters == ("a", "k")
    assert read_curve("2.5*e*t", ["t"])[0].parameters == ("c0",)  # as discover may print it


@pytest.mark.parametrize("values", [["<0.3", 1.2], np.array(["1,5", "2,5"]), ("a", 2.0)])
def test_text_among_measured_values_has_its_remedy(values):
    with pytest.raises(ValueError, match=r"got text such as .*to_numeric.*censored="):
        read_vector("fit y", values)


def test_tensors_with_gradients_are_measured_values():
    assert read_vector("y", torch.ones(3, requires_grad=True)).tolist() == [1, 1, 1]
    assert read_vector("y", torch.ones(3, dtype=torch.bfloat16)).tolist() == [1, 1, 1]


def test_the_only_column_of_a_frame_is_the_only_input_of_a_law():
    assert read_inputs("f", {"S [mM]": [1.0, 2.0]}, ("S",)).tolist() == [[1.0], [2.0]]
    with pytest.raises(ValueError, match=r"a column 'S', got a, b: rename the column"):
        read_inputs("f", {"a": [1.0], "b": [2.0]}, ("S",))
    with pytest.raises(ValueError, match=r"columns for x beside y, got y alone"):
        ew.fit_law("line", {"y": [1.0, 2.0, 3.0]}, y="y")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Km [S] > 0: half", Parameter("Km", "half", "S", 0.0)),
        ("c [y] < 2: most", Parameter("c", "most", "y", -math.inf, 2.0)),
        ("n [1] in 0..9 from .5 1 2: order", Parameter("n", "order", "1", 0.0, 9.0, (0.5, 1, 2))),
        ("w [1/t] waves: frequency", Parameter("w", "frequency", "1/t", waves=True)),
        ("a [y/x]: a\n   slope", Parameter("a", "a slope", "y/x")),
    ],
)
def test_parameters_are_read_from_the_tables(text, wanted):
    assert _read_parameter(text) == wanted


def test_bounds_and_examples_are_read_and_told():
    assert Parameter("a", "").range == ""
    assert Parameter("a", "", lower=0.0).range == "> 0"
    assert Parameter("a", "", upper=2.0).range == "< 2"
    assert Parameter("a", "", lower=0.0, upper=2.0).range == "0 to 2"
    assert _read_example("0.1..2") == (0.1, 2.0)
    assert _read_example("3") == 3.0
    with pytest.raises(ValueError, match="expected a parameter"):
        _read_parameter("Km")
    law = replace(LAW, alike=(("A", "k"), ("B", "t0")))
    np.testing.assert_array_equal(law.settle(np.array([5.0, 1, 2, 3, 9])), [2, 3, 5, 1, 9])
    np.testing.assert_array_equal(law.settle(np.array([2.0, 1, 5, 3, 9])), [2, 1, 5, 3, 9])


# ---- arguments --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("most", "size"), [(1.0, 1.0), (1e30, 1.0), (1.1e30, 2.0**100), (1e-30, 1.0), (0.0, 1.0)]
)
def test_extreme_values_have_a_unit(most, size):
    (found,) = _size(np.array([0.0, -most]))
    assert found == (size if most in (1.0, 1e30, 1e-30) else found)
    assert 0.5 <= most / found <= 1 or found == 1
    (tiny,) = _size(np.array([1e-31]))
    assert 0.5 <= 1e-31 / tiny <= 1


def test_rough_errors_are_a_tenth_of_the_spread():
    np.testing.assert_allclose(_rough_sigma(np.array([1.0, 3.0])), 0.1)
    np.testing.assert_allclose(_rough_sigma(np.array([2.0, 2.0])), 1.0)
    large = _rough_sigma(np.array([1e40, 3e40]))
    np.testing.assert_allclose(large, 1e39)


def test_sides_of_limits_are_numbers_or_truths():
    assert read_side("o", None, None, 3).tolist() == [0, 0, 0]
    assert read_side("o", [-1, 0, 1], None, 3).tolist() == [-1, 0, 1]
    assert read_side("o", [True, False], None, 2).tolist() == [-1, 0]
    assert read_side("o", "c", {"c": [1, 0]}, 2).tolist() == [1, 0]
    for wrong in ([2, 0], [0, 0, 0], [0.5, 0]):
        with pytest.raises(ValueError, match="censored"):
            read_side("o", wrong, None, 2)


def test_noise_follows_from_the_errors_that_are_given():
    y = np.array([1.0, 4.0, 9.0])

    def noise(**settings):
        given = {"sigma": None, "x_sigma": None} | settings
        return read_noise("o", y, given.pop("sigma"), given.pop("x_sigma"), ["t"], None, **given)

    assert isinstance(noise(), Normal)
    assert not noise().is_known
    assert noise(sigma=0.5).is_known
    assert isinstance(noise(sigma="relative"), Relative)
    assert isinstance(noise(sigma="counts"), Poisson)
    assert isinstance(noise(sigma="constant"), Normal)
    both = noise(sigma=0.5, x_sigma=0.1)
    assert isinstance(both, Orthogonal)
    limits = noise(censored=[0, -1, 0])
    assert isinstance(limits, Censored)
    assert not limits.is_known
    assert noise(censored=[0, -1, 0], sigma=0.5).is_known
    for wrong in (
        {"censored": [0, -1, 0], "sigma": "relative"},
        {"censored": [0, -1, 0], "sigma": 0.5, "x_sigma": 0.1},
        {"x_sigma": 0.1},
    ):
        with pytest.raises(ValueError, match="expected a numeric sigma"):
            noise(**wrong)
    y[0] = -1
    with pytest.raises(ValueError, match="counts"):
        noise(sigma="counts")
    with pytest.raises(ValueError, match="one sign"):
        noise(sigma="relative")


def test_bounds_are_replaced_by_name():
    low, high = np.zeros(2), np.ones(2)
    lower, upper = read_bounds("o", ["a", "b"], {"b": (None, 5)}, low, high)
    assert lower.tolist() == [0, -np.inf]
    assert upper.tolist() == [1, 5]
    assert low.tolist() == [0, 0]
    for wrong in ({"c": (0, 1)}, {"a": (1, 0)}, {"a": 3}):
        with pytest.raises(ValueError, match="bounds"):
            read_bounds("o", ["a", "b"], wrong, low, high)


def test_errors_go_with_rows_columns_and_units():
    errors = Errors("given", np.array([1.0, 2.0, 3.0]), np.arange(6.0).reshape(3, 2))
    some = errors.of_rows(np.array([2, 0]))
    assert some.sigma.tolist() == [3, 1]
    assert some.x_sigma.tolist() == [[4, 5], [0, 1]]
    assert errors.of_columns([1]).x_sigma.tolist() == [[1], [3], [5]]
    halved = errors.divided(np.array([2.0, 4.0]), 10.0)
    np.testing.assert_allclose(halved.sigma, [0.1, 0.2, 0.3])
    np.testing.assert_allclose(halved.x_sigma[2], [2, 1.25])
    none = Errors()
    assert none.of_rows(np.array([0])).sigma is None
    assert none.of_columns([0]).x_sigma is None
    assert none.divided(np.ones(1), 2.0).sigma is None


def test_errors_are_read_in_all_their_forms():
    table = {"t": [1.0, 2.0], "s": [0.1, 0.2]}

    def read(sigma, x_sigma=None, **settings):
        given = {"rows": 2, "names": ["t", "u"], "table": table} | settings
        return read_errors("o", sigma, x_sigma, **given)

    assert read(None)[0].kind is None
    assert read("counts")[0].kind == "poisson"
    assert read(0.5)[0].sigma.tolist() == [0.5, 0.5]
    assert read("s")[0].sigma.tolist() == [0.1, 0.2]
    two = read(np.array([[1.0, 2.0], [3.0, 4.0]]), outputs=2)
    assert [e.sigma.tolist() for e in two] == [[1, 3], [2, 4]]
    assert read(1.0, 0.3)[0].x_sigma.tolist() == [[0.3, 0.3]] * 2
    assert read(1.0, [0.3, 0.4])[0].x_sigma.tolist() == [[0.3, 0.4]] * 2
    assert read(1.0, {"u": "s"})[0].x_sigma.tolist() == [[0, 0.1], [0, 0.2]]
    assert read(1.0, "s", names=["t"])[0].x_sigma.tolist() == [[0.1], [0.2]]
    for wrong in ((0.0,), (np.nan,), ([1.0, 2.0, 3.0],), ("z",), (1.0, -0.1), (1.0, {"z": 1.0})):
        with pytest.raises(ValueError, match="expected"):
            read(*wrong)
    assert without_errors(table, "s", None) is table


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
    return Suggestion(LAWS["michaelis_menten"], (0,), np.ones(count), fvu)


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
    assert draw_histogram(rows).x.label.startswith("(observed")
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
        rows=rows, solution=solution, converged=converged, names=["a"], errors={"a": 0.1}
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
