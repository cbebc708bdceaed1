"""What fits of laws are made of, function by function: distributions, steps, intervals."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
import torch
from rows_of_fits import EXP, T, rows_of
from scipy import special, stats
from scipy.optimize import minimize_scalar

from edgewise.laws.censored import Censored, _hazard, _without_shared
from edgewise.laws.chi_square import ChiSquare
from edgewise.laws.curve import Curve
from edgewise.laws.functions import ERF, JINC, NEAR, SINC
from edgewise.laws.intervals import find_interval, trace_profile
from edgewise.laws.noise import Normal, Orthogonal, Poisson, Relative
from edgewise.laws.solve import (
    DescentResult,
    _bound,
    _march,
    _offset,
    _polish,
    _step,
    _strictly_inside,
    near_bounds,
    solve,
)
from edgewise.laws.true_inputs import find_true_inputs

G = np.random.default_rng(0)
FREE = np.full(3, np.inf)


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


def test_information_beside_limits_counts_that_sigma_is_estimated():
    """JᵀJ is the Hessian of -log L by the parameters after log σ has been eliminated."""
    curve, t = Curve.read("a + b*t", ["t"], ["a", "b"]), np.linspace(0.0, 3.0, 12)
    theta, side = np.array([0.5, 1.2]), np.array([0, -1, 0, 1] * 3)
    y = theta @ [np.ones(12), t] + G.normal(size=12)
    noise = Censored(np.ones(12), side, is_known=False)
    for _ in range(300):
        noise = noise.rescale(curve, t[:, None], y, theta)
    made = noise.information(curve, t[:, None], y, theta)

    def loss(point):
        left = (point[0] + point[1] * t - y) / np.exp(point[2])
        measured = np.square(left) / 2 + point[2]
        return np.where(side == 0, measured, -stats.norm.logcdf(side * left)).sum()

    at, h = np.array([*theta, np.log(noise.sigma[0])]), 1e-4 * np.eye(3)
    hessian = np.array([[
        sum(i * j * loss(at + i * one + j * other) for i in (-1, 1) for j in (-1, 1)) / 4e-8
        for one in h] for other in h])  # fmt: skip
    wanted = hessian[:2, :2] - np.outer(hessian[:2, 2], hessian[2, :2]) / hessian[2, 2]
    np.testing.assert_allclose(made.T @ made, wanted, rtol=1e-4)


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
