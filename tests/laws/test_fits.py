"""Fits of formulas: certified values, errors, intervals, and errors of every kind."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import optimize, stats

import edgewise as ew
from edgewise.laws import intervals
from edgewise.laws.censored import Censored
from edgewise.laws.curve import Curve
from edgewise.laws.true_inputs import find_true_inputs

NIST = Path(__file__).parent.parent / "data" / "nist"
RATIONAL = "(b1+b2*x+b3*x**2+b4*x**3)/(1+b5*x+b6*x**2+b7*x**3)"
MODELS = {
    "Misra1a": "b1*(1-exp(-b2*x))",
    "DanWood": "b1*x**b2",
    "Kirby2": "(b1+b2*x+b3*x**2)/(1+b4*x+b5*x**2)",
    "Hahn1": RATIONAL,
    "MGH17": "b1+b2*exp(-x*b4)+b3*exp(-x*b5)",
    "Thurber": RATIONAL,
    "Rat43": "b1/(1+exp(b2-b3*x))**(1/b4)",
    "Eckerle4": "b1/b2*exp(-(x-b3)**2/(2*b2**2))",
    "MGH10": "b1*exp(b2/(x+b3))",
    "Bennett5": "b1*(b2+x)**(-1/b3)",
}


def read_nist(name):
    """Starts, certified values and errors by parameter; the certified sum of squares; x and y."""
    text = (NIST / f"{name}.dat").read_text(encoding="ascii")
    lines = text.splitlines()
    first, last = map(int, re.search(r"Data\s*\(lines\s+(\d+)\s+to\s+(\d+)\)", text).groups())
    rows = np.array([line.split() for line in lines[first - 1 : last] if line.strip()], float)
    values = {
        m[1]: [float(v) for v in m[2].split()]
        for m in map(re.compile(r"\s*(b\d)\s*=\s*(.*)").match, lines[40:50])
        if m
    }
    rss = float(re.search(r"Residual Sum of Squares:\s*(\S+)", text)[1])
    return values, rss, rows[:, 1], rows[:, 0]


@pytest.mark.parametrize("name", MODELS)
@pytest.mark.parametrize("start", [0, 1])
def test_certified_values_of_nist(name, start):
    values, rss, x, y = read_nist(name)
    begin = {k: v[start] for k, v in values.items()}
    fitted = ew.fit_formula(MODELS[name], {"x": x, "y": y}, target="y", start=begin)
    assert fitted.converged
    assert fitted.notes == ()
    assert fitted.solution.cost == pytest.approx(rss, rel=1e-8)
    for parameter, (_, _, value, error) in values.items():
        assert fitted.estimates[parameter] == pytest.approx(value, rel=1e-7)
        assert fitted.errors[parameter] == pytest.approx(error, rel=1e-6)


@pytest.mark.parametrize("name", ["Misra1a", "Kirby2", "MGH17", "Rat43", "Eckerle4"])
def test_certified_values_without_starts(name):
    _, rss, x, y = read_nist(name)
    fitted = ew.fit_formula(MODELS[name], {"x": x, "y": y}, target="y")
    assert fitted.solution.cost == pytest.approx(rss, rel=1e-8)


def decay(rng, n=25, noise=0.05):
    t = np.linspace(0, 4, n)
    return t, 3 * np.exp(-0.9 * t) + 0.5 + noise * rng.normal(size=n)


def test_errors_are_those_of_the_jacobian():
    t, y = decay(np.random.default_rng(0))
    fitted = ew.fit_formula("y = a*exp(-k*t) + c", {"t": t, "y": y})
    a, k, c = fitted.estimates.values()
    jacobian = np.stack([np.exp(-k * t), -a * t * np.exp(-k * t), np.ones_like(t)], 1)
    left = y - a * np.exp(-k * t) - c
    covariance = np.linalg.inv(jacobian.T @ jacobian) * (left @ left) / (len(t) - 3)
    assert np.allclose(fitted.covariance, covariance, rtol=1e-8)
    assert np.allclose(list(fitted.errors.values()), np.sqrt(np.diag(covariance)), rtol=1e-8)
    assert np.allclose(np.diag(fitted.correlation), 1)
    assert fitted.freedom == 22
    assert fitted.deviation == pytest.approx(np.sqrt(left @ left / 22))
    assert np.allclose(fitted.residuals, left)
    assert fitted.chi2 is None
    assert fitted.p is None


def test_known_errors_are_not_scaled():
    t, y = decay(np.random.default_rng(1))
    fits = [
        ew.fit_formula("y = a*exp(-k*t) + c", {"t": t, "y": y, "s": 0 * t + s}, sigma=given)
        for s, given in ((0.05, 0.05), (0.1, "s"), (0.1, np.full(len(t), 0.1)))
    ]
    for fitted in fits[1:]:
        assert fitted.errors["k"] == pytest.approx(2 * fits[0].errors["k"])
        assert fitted.chi2 == pytest.approx(fits[0].chi2 / 4)
    assert fits[0].p == pytest.approx(stats.chi2.sf(fits[0].chi2, 22))


def test_intervals_of_a_line_are_students():
    x = np.arange(8.0)
    y = 2 * x + 1 + np.array([0.1, -0.2, 0.15, 0, 0.05, -0.1, 0.2, -0.15])
    fitted = ew.fit_formula("a*x + b", {"x": x, "y": y}, target="y")
    t = stats.t.ppf(0.95, 6)
    for name, (low, high) in fitted.intervals(0.9).items():
        value, error = fitted.estimates[name], fitted.errors[name]
        assert low == pytest.approx(value - t * error, rel=1e-4)
        assert high == pytest.approx(value + t * error, rel=1e-4)
    profile = fitted.profile("a")
    expected = (profile.values - fitted.estimates["a"]) / fitted.errors["a"]
    assert np.allclose(profile.root, expected, atol=1e-6)


def test_an_interval_that_never_ends_is_infinite():
    x = np.array([1.0, 2, 3, 4, 5, 6])
    y = 0.3 * x + np.array([0.01, -0.01, 0.01, -0.01, 0.01, -0.01])  # far from saturated
    low, high = ew.fit_law("michaelis_menten", x, y).intervals()["Km"]
    assert 6 < low < 1e3
    assert high == np.inf


def test_intervals_of_counts_end_at_the_quantile_although_neighbours_of_the_fit_are_undefined():
    """A larger k makes the mean of the last rows negative, with the other parameters kept."""
    t = np.linspace(0, 10, 25)
    y = np.random.default_rng(36).poisson(50 * np.exp(-t / 3) + 2)

    def deviance(k, a, c):
        mean = a * np.exp(-k * t) + c
        return 2 * (mean - y * np.log(np.maximum(mean, 1e-300))).sum() if mean.min() > 0 else 1e9

    fitted = ew.fit_law("exponential_offset", t, y, sigma="counts")
    e = fitted.estimates
    least = deviance(e["k"], e["a"], e["c"])
    for end in fitted.intervals()["k"]:
        found = optimize.minimize(
            lambda p, k: deviance(k, *p), [50.0, 2.0], (end,), "Nelder-Mead", tol=1e-10
        )
        assert found.fun - least == pytest.approx(1.959964**2, rel=1e-4)


@pytest.mark.parametrize(
    ("seed", "place", "side", "near"), [(1, 2, 1, [6, 1]), (5, 0, 0, [0.7, 2]), (10, 2, 1, [6, 1])]
)
def test_an_interval_ends_at_the_quantile_although_the_first_step_is_too_far(
    seed, place, side, near
):
    """Few counts: at twice the standard error the refit has no value, or ends in another valley."""
    rng = np.random.default_rng(seed)
    t = rng.uniform(0.2, 5, 12)
    y = rng.poisson(4 * np.exp(-0.5 * t) + 0.8)

    def deviance(theta):
        mean = theta[0] * np.exp(-theta[1] * t) + theta[2]
        return 2 * (mean - y * np.log(mean)).sum() if mean.min() > 0 else 1e9

    fitted = ew.fit_formula(
        "y = a*exp(-k*t) + c",
        {"t": t, "y": y},
        sigma="counts",
        start={"a": 3, "k": 0.4, "c": 1},
    )
    end = list(fitted.intervals().values())[place][side]
    least = deviance(fitted.solution.theta)
    found = optimize.minimize(
        lambda others: deviance(np.insert(others, place, end)), near, method="Nelder-Mead"
    )
    assert found.fun - least == pytest.approx(1.959964**2, rel=1e-3)


def test_intervals_cover():
    inside = 0
    for seed in range(40):
        t, y = decay(np.random.default_rng(seed), n=12, noise=0.15)
        low, high = ew.fit_formula(
            "a*exp(-k*t) + c", {"t": t, "y": y}, target="y", start={"a": 3, "k": 0.9, "c": 0.5}
        )._interval("k", 0.8)
        inside += low <= 0.9 <= high
    assert abs(inside / 40 - 0.8) < 0.19  # three standard errors


def test_a_band_is_that_of_the_slopes():
    x = np.arange(6.0)
    y = np.array([1.1, 2.9, 5.2, 7.1, 8.8, 11.1])
    fitted = ew.fit_formula("a*x + b", {"x": x, "y": y}, target="y")
    low, high = fitted.band([[2.5], [10.0]])
    s, t = fitted.deviation, stats.t.ppf(0.975, 4)
    spread = np.sqrt(1 / 6 + (np.array([2.5, 10]) - 2.5) ** 2 / 17.5)
    assert np.allclose((high - low) / 2, t * s * spread)
    wide = fitted.band([[2.5]], new=True)
    assert (wide[1] - wide[0])[0] / 2 == pytest.approx(t * s * np.sqrt(1 + 1 / 6))


@pytest.mark.parametrize("text", ["y = a*b*x + c", "y = a*x + b + c"])
def test_a_curve_may_be_determined_although_its_parameters_are_not(text):
    """The band is that of the straight line."""
    x = np.arange(9.0)
    table = {"x": x, "y": 2 * x + 3 + np.cos(7 * x)}
    line = ew.fit_formula("y = a*x + c", table, sigma=0.7)
    fitted = ew.fit_formula(text, table, sigma=0.7)
    assert np.isinf(list(fitted.errors.values())).sum() == 2
    np.testing.assert_allclose(fitted.band([0.5, 20.0]), line.band([0.5, 20.0]), rtol=1e-6)


def test_counts_are_fitted_by_their_likelihood():
    rng = np.random.default_rng(1)
    t = np.linspace(0, 30, 40)
    counts = rng.poisson(40 * np.exp(-t / 4.2) + 0.8).astype(float)
    fitted = ew.fit_formula("n = a*exp(-t/tau) + b", {"t": t, "n": counts}, sigma="counts")

    def loss(theta):
        mean = theta[0] * np.exp(-t / theta[1]) + theta[2]
        return float(np.sum(mean - counts * np.log(mean)))

    options = {"xatol": 1e-9, "fatol": 1e-12, "maxiter": 10_000}
    best = optimize.minimize(loss, [40, 4.2, 0.8], method="Nelder-Mead", options=options)
    assert np.allclose(list(fitted.estimates.values()), best.x, rtol=1e-5)
    assert fitted.p > 0.001


def test_relative_errors_weigh_by_the_curve():
    rng = np.random.default_rng(3)
    x = np.geomspace(1e-3, 1e3, 60)
    y = 5 * x**1.5 * np.exp(0.1 * rng.normal(size=60))
    fitted = ew.fit_formula("a*x**b", {"x": x, "y": y}, target="y", sigma="relative")
    slope, level = np.polyfit(np.log(x), np.log(y), 1)
    assert fitted.estimates["b"] == pytest.approx(slope, abs=0.002)
    assert fitted.estimates["a"] == pytest.approx(np.exp(level), rel=0.02)
    assert fitted.deviation == pytest.approx(0.1, rel=0.25)
    assert fitted.errors["b"] == pytest.approx(0.1 / np.sqrt(60) / np.log(x).std(), rel=0.25)


def test_errors_of_x_give_demings_line():
    rng = np.random.default_rng(5)
    truth = np.linspace(0, 10, 30)
    x, y = truth + 0.5 * rng.normal(size=30), 1.7 * truth - 2 + 0.8 * rng.normal(size=30)
    fitted = ew.fit_formula("a*x + b", {"x": x, "y": y}, target="y", sigma=0.8, x_sigma=0.5)
    ratio = (0.8 / 0.5) ** 2
    xx, yy, xy = x.var(), y.var(), ((x - x.mean()) * (y - y.mean())).mean()
    slope = (yy - ratio * xx + np.sqrt((yy - ratio * xx) ** 2 + 4 * ratio * xy**2)) / (2 * xy)
    assert fitted.estimates["a"] == pytest.approx(slope, rel=1e-9)
    assert fitted.estimates["b"] == pytest.approx(y.mean() - slope * x.mean(), rel=1e-9)
    plain = ew.fit_formula("a*x + b", {"x": x, "y": y}, target="y", sigma=0.8)
    assert fitted.errors["a"] > plain.errors["a"]


def test_errors_of_x_on_a_curve_minimise_the_distances():
    rng = np.random.default_rng(6)
    truth = np.linspace(0.3, 3, 20)
    x, y = truth + 0.05 * rng.normal(size=20), np.exp(truth) + 0.1 * rng.normal(size=20)
    fitted = ew.fit_formula("y = a*exp(b*x)", {"x": x, "y": y}, sigma=0.1, x_sigma={"x": 0.05})

    def residuals(theta):
        a, b, *places = theta
        places = np.array(places)
        return np.concatenate([(a * np.exp(b * places) - y) / 0.1, (places - x) / 0.05])

    best = optimize.least_squares(residuals, [1, 1, *x], method="lm", xtol=1e-12)
    assert fitted.solution.cost == pytest.approx(2 * best.cost, rel=1e-9)
    assert np.allclose(list(fitted.estimates.values()), best.x[:2], rtol=1e-6)
    covariance = np.linalg.inv(best.jac.T @ best.jac)[:2, :2]
    assert np.allclose(fitted.covariance, covariance, rtol=1e-4)


@pytest.mark.parametrize("pole", [0.1, 0.3 - 1e-7])
def test_true_inputs_near_a_pole_are_nearest_points_and_few_steps_find_them(pole):
    """u + e b = 0; steps that bend, and a start beside the pole, where f is 10⁷."""
    rng = np.random.default_rng(7)
    x = np.append(np.linspace(-2, 2, 40) + 0.05 * rng.normal(size=40), 0.3)
    y = 1 / (x - pole - np.copysign(0.03, x - pole)) + 0.1 * rng.normal(size=41)
    y[-1] = 30.0
    curve, calls = Curve.read("a/(x - b)", ["x"], ["a", "b"]), []

    class Counted:
        @staticmethod
        def derivatives(*given):
            calls.append(len(given[0]))
            return curve.derivatives(*given)

    sigma, x_sigma = np.full(41, 0.1), np.full((41, 1), 0.05)
    found = find_true_inputs(Counted, x[:, None], y, np.array([1.0, pole]), sigma, x_sigma)
    u, e = (found.x[:, 0] - x) / 0.05, (found.values - y) / 0.1
    b = found.slopes[:, 0] * 0.05 / 0.1
    assert np.allclose(u + e * b, 0, atol=1e-6 * (1 + b**2))
    assert np.allclose(found.residual, np.sign(e) * np.hypot(u, e), rtol=1e-12)
    assert sum(calls) < 20 * 41


def test_true_inputs_of_two_inputs_are_nearest_points():
    rng = np.random.default_rng(8)
    x = rng.uniform(0.5, 2, (30, 2))
    curve, theta = Curve.read("a*x*exp(b*z)", ["x", "z"], ["a", "b"]), np.array([1.5, 0.8])
    y = curve.values(x, theta) + 0.3 * rng.normal(size=30)
    sigma, x_sigma = np.full(30, 0.2), np.array([[0.1, 0.3]]).repeat(30, 0)
    found = find_true_inputs(curve, x, y, theta, sigma, x_sigma)
    for row in range(30):

        def distance(place, row=row):
            return np.append(
                (curve.values(place[None], theta) - y[row]) / 0.2, (place - x[row]) / x_sigma[row]
            )

        best = optimize.least_squares(distance, x[row], xtol=1e-14, ftol=1e-14, gtol=1e-14)
        assert np.allclose(found.x[row], best.x, rtol=1e-6)


def censor(rng, rows=200, limit=0.4):
    """A decay whose values below a limit of detection are that limit."""
    t = np.sort(rng.uniform(0, 4, rows))
    y = 2 * np.exp(-0.8 * t) + 0.1 * rng.normal(size=rows)
    return t, np.maximum(y, limit), y < limit


def minus_log_likelihood(t, y, below, a, k, sigma):
    z = (y - a * np.exp(-k * t)) / sigma
    return -np.where(below, stats.norm.logcdf(z), stats.norm.logpdf(z) - np.log(sigma)).sum()


def test_limits_of_detection_maximise_the_likelihood():
    t, y, below = censor(np.random.default_rng(0))
    table = {"t": t, "y": y, "below": below}
    fitted = ew.fit_formula("y = a*exp(-k*t)", table, sigma=0.1, censored="below")
    best = optimize.minimize(
        lambda p: minus_log_likelihood(t, y, below, *p, 0.1), [1.5, 1], tol=1e-12
    )
    assert below.sum() > 50
    assert np.allclose(list(fitted.estimates.values()), best.x, rtol=1e-5)
    hessian = hessian_of(lambda p: minus_log_likelihood(t, y, below, *p, 0.1), best.x)
    expected = np.sqrt(np.diag(np.linalg.inv(hessian)))
    # Of the limits Gauss and Newton leave out the curvature of f, which is small beside its slope.
    assert np.allclose(list(fitted.errors.values()), expected, rtol=0.02)
    ignored = ew.fit_formula("y = a*exp(-k*t)", table, sigma=0.1)
    assert abs(ignored.estimates["k"] - 0.8) > 5 * abs(fitted.estimates["k"] - 0.8)
    assert fitted.chi2 is None
    assert f"a limit in {below.sum()} of 200 rows" in repr(fitted)


def hessian_of(function, at, step=1e-4):
    """Second differences."""
    moves = step * np.eye(len(at))
    return np.array(
        [
            [
                sum(s * r * function(at + s * u + r * v) for s in (1, -1) for r in (1, -1))
                / (4 * step**2)
                for v in moves
            ]
            for u in moves
        ]
    )


def test_the_size_of_errors_beside_limits_is_estimated():
    """Its likelihood is greatest where one counts all rows, and a little greater for freedom."""
    t, y, below = censor(np.random.default_rng(1), rows=2000)
    fitted = ew.fit_law("exponential", t, y, censored=below)
    best = optimize.minimize(
        lambda p: minus_log_likelihood(t, y, below, *p[:2], np.exp(p[2])), [1.5, 1, -1], tol=1e-12
    )
    assert np.allclose(list(fitted.estimates.values()), best.x[:2], rtol=1e-3)
    assert fitted.rows.noise.sigma[0] == pytest.approx(np.exp(best.x[2]), rel=2e-3)
    hessian = hessian_of(lambda p: minus_log_likelihood(t, y, below, *p[:2], np.exp(p[2])), best.x)
    expected = np.sqrt(np.diag(np.linalg.inv(hessian)))[:2]
    assert np.allclose(list(fitted.errors.values()), expected, rtol=0.01)
    squares = np.square(y - fitted.predict(t))[~below].sum()
    assert fitted.deviation == pytest.approx(np.sqrt(squares / ((~below).sum() - 2)))
    low, high = fitted.band([0.5], new=True)
    assert high - low == pytest.approx(2 * 1.96 * 0.1, rel=0.05)


def test_errors_count_that_the_size_of_errors_beside_limits_is_an_estimate():
    """A level far below which most values lie is told by the size of errors, too."""
    x = np.linspace(-1, 1, 60)
    level = []
    for seed in range(25):
        y = 2.5 + np.random.default_rng(seed).normal(size=60)
        table = {"x": x, "y": np.maximum(y, 3.3)}
        fitted = ew.fit_formula("y = a + b*x", table, censored=y < 3.3)
        level.append((fitted.estimates["a"] - 2.5) / fitted.errors["a"])
    # The root of χ² of 25 over 25 is 0.59 to 1.45 in all but two of a thousand.
    assert 0.59 < np.sqrt(np.mean(np.square(level))) < 1.45


def test_the_size_of_errors_beside_limits_settles_in_few_rounds(monkeypatch):
    """Its fixed point alone takes 60 rounds, each of which fits all parameters."""
    rounds, rescale = [], Censored.rescale
    monkeypatch.setattr(Censored, "rescale", lambda *a: rounds.append(1) or rescale(*a))
    y = 2.5 + np.random.default_rng(0).normal(size=60)
    table = {"x": np.linspace(-1, 1, 60), "y": np.maximum(y, 3.3)}
    fitted = ew.fit_formula("y = a + b*x", table, censored=y < 3.3)
    assert len(rounds) <= 12
    found = fitted.solution
    rows = found.rows
    again = rescale(rows.noise, rows.curve, rows.x, rows.y, found.theta)
    np.testing.assert_allclose(again.sigma, rows.noise.sigma, rtol=1e-9)


@pytest.mark.parametrize("slope", [2.0, 2e-9, 0.0])
def test_exact_rows_beside_limits(slope):
    """The likelihood has no greatest σ: it grows without end towards 0."""
    x = np.arange(10.0)
    fitted = ew.fit_formula("y = a*x", {"x": x, "y": slope * np.maximum(x, 2)}, censored=x < 2)
    assert fitted.converged
    assert fitted.estimates["a"] == pytest.approx(slope, rel=1e-14, abs=1e-15)
    assert fitted.errors["a"] <= 1e-14 * (slope or 1)
    assert fitted.deviation <= 1e-14 * (slope or 1)


def test_values_above_a_limit_mirror_those_below():
    t, y, below = censor(np.random.default_rng(2))
    one = ew.fit_law("line", t, y, sigma=0.1, censored=-below.astype(float))
    other = ew.fit_law("line", t, -y, sigma=0.1, censored=below.astype(int))
    assert np.allclose(list(one.estimates.values()), -np.array(list(other.estimates.values())))
    assert np.allclose(list(one.errors.values()), list(other.errors.values()))


def test_intervals_beside_limits_hold_the_truth_as_often_as_they_say():
    held = 0
    for seed in range(60):
        t, y, below = censor(np.random.default_rng(seed), rows=30)
        low, high = ew.fit_law("exponential", t, y, sigma=0.1, censored=below).intervals(0.9)["k"]
        held += low <= 0.8 <= high
    # Binomial of 60 at .9: 46 to 59 in all but one of a thousand.
    assert 46 <= held <= 59


def test_an_exact_input_beside_one_with_errors():
    rng = np.random.default_rng(7)
    x, z = rng.uniform(0, 5, (2, 30))
    table = {"x": x, "z": z, "y": 2 * x + 3 * z + 0.1 * rng.normal(size=30)}
    both = ew.fit_formula("y = a*x + b*z", table, sigma=0.1, x_sigma={"x": 1e-9})
    plain = ew.fit_formula("y = a*x + b*z", table, sigma=0.1)
    assert np.allclose(list(both.estimates.values()), list(plain.estimates.values()), rtol=1e-9)


def test_decimal_numbers_are_parameters_where_no_names_are():
    t, y = decay(np.random.default_rng(0))
    named = ew.fit_formula("y = a*exp(-k*t) + c", {"t": t, "y": y})
    written = ew.fit_formula("2.5*exp(-0.7*t) + 0.3", {"t": t, "y": y}, target="y")
    assert set(written.estimates) == {"c0", "c1", "c2"}
    assert np.allclose(
        sorted(np.abs(list(written.estimates.values()))),
        sorted(np.abs(list(named.estimates.values()))),
        rtol=1e-6,
    )


def test_columns_that_sympy_has_other_uses_for():
    x = np.linspace(1, 3, 10)
    table = {"E": x, "S": x**2, "y": 2 * x + 3 * x**2}
    fitted = ew.fit_formula("y = a*E + b*S", table)
    assert fitted.inputs == ("E", "S")
    assert fitted.estimates == pytest.approx({"a": 2, "b": 3})


def test_bounds_hold_and_are_told():
    t, y = decay(np.random.default_rng(0))
    fitted = ew.fit_formula("y = a*exp(-k*t) + c", {"t": t, "y": y}, bounds={"k": (0, 0.5)})
    assert fitted.estimates["k"] == pytest.approx(0.5)
    assert any("k is at its bound" in note for note in fitted.notes)
    assert fitted.converged


@pytest.mark.parametrize(("bounds", "at"), [((0, 0.5), 0.5), ((2.5, 9), 2.5)])
def test_beside_a_number_at_its_bound_the_others_are_those_of_least_squares(bounds, at):
    t, y = decay(np.random.default_rng(0))
    fitted = ew.fit_formula("y = a*exp(-k*t) + c", {"t": t, "y": y}, bounds={"k": bounds})
    columns = np.stack([np.exp(-at * t), np.ones_like(t)], 1)
    a, c = np.linalg.lstsq(columns, y)[0]
    found = [fitted.estimates[name] for name in "kac"]
    assert found == pytest.approx([at, a, c], rel=1e-6)


def test_what_rows_do_not_determine_is_told():
    x = np.linspace(0, 1, 9)
    fitted = ew.fit_formula("y = a*b*x", {"x": x, "y": 3 * x + 0.01 * np.cos(9 * x)})
    assert any("don't determine a and b" in note for note in fitted.notes)
    assert np.isinf(fitted.errors["a"])


def test_texts_of_a_fit():
    conc = np.array([0.02, 0.02, 0.06, 0.06, 0.11, 0.11, 0.22, 0.22, 0.56, 0.56, 1.1, 1.1])
    rate = np.array([76, 47, 97, 107, 123, 139, 159, 152, 191, 201, 207, 200.0])
    fitted = ew.fit_law("michaelis_menten", conc, rate)
    # R: nls(rate ~ SSmicmen(conc, Vm, K), Puromycin, subset = state == "treated")
    assert fitted.estimates["Vmax"] == pytest.approx(212.7, abs=0.05)
    assert fitted.errors["Vmax"] == pytest.approx(6.947, abs=0.001)
    assert fitted.errors["Km"] == pytest.approx(0.008281, abs=1e-6)
    assert str(fitted) == "Michaelis–Menten: Vmax = 212.7 ± 6.9, Km = 0.0641 ± 0.0083"
    assert "10 degrees of freedom" in repr(fitted)
    assert "half of it" in fitted._repr_html_()
    assert fitted._repr_latex_().startswith("$v = ")
    assert "0.0641" in fitted.latex()
    for source in (fitted.python(), fitted.c(), fitted.excel()):
        assert "212.68" in source
    scope = {}
    exec(fitted.python(), scope)
    assert np.allclose(scope["f"](conc), fitted.predict(conc))


def test_a_notebook_shows_chi_square_and_residuals():
    t, y = decay(np.random.default_rng(0))
    fitted = ew.fit_formula("y = a*exp(-k*t) + c", {"t": t, "y": y}, sigma=0.02)
    shown = fitted._repr_html_()
    assert f"reduced χ² {fitted.chi2 / fitted.freedom:.3g}" in shown
    for title in ("predictions", "t"):
        assert f"Residuals against {title}" in shown
    below = y < np.median(y)
    table = {"t": t, "y": np.maximum(y, np.median(y))}
    limits = ew.fit_formula("y = a*exp(-k*t) + c", table, sigma=0.02, censored=below)
    assert "χ²" not in limits._repr_html_()
    assert len(limits._predicted_rows().residuals) == (~below).sum()


def test_a_row_more_than_parameters_is_enough():
    fitted = ew.fit_law("michaelis_menten", [0.1, 0.3, 1.0], [1.0, 1.8, 2.5])
    assert fitted.freedom == 1
    with pytest.raises(ValueError, match="at least 3"):
        ew.fit_law("michaelis_menten", [0.1, 0.3], [1.0, 1.8])


GOOD = {"t": np.arange(6.0), "y": np.exp(-0.3 * np.arange(6.0))}


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: ew.fit_law("gompert", [1], [1]), "gompertz"),
        (lambda: ew.fit_law("hill", [1, 2, 3], [1, 2]), "as many rows"),
        (lambda: ew.fit_law("hill", [1, 2, 3, np.nan, 5], [1, 2, 3, 4, 5]), "finite"),
        (lambda: ew.fit_formula("y = a*t", GOOD | {"t": [1, 2, np.nan, 4, 5, 6]}), "dropna()"),
        (lambda: ew.fit_formula("a*exp(-k*t)", GOOD), "target"),
        (lambda: ew.fit_formula("a*exp(-k*t)", GOOD, target="z"), "column 'z'"),
        (lambda: ew.fit_formula("a*exp(-k*", GOOD, target="y"), "formula"),
        (lambda: ew.fit_formula("exp(-t)", GOOD, target="y"), "parameters"),
        (lambda: ew.fit_formula("a + b", GOOD, target="y"), "columns"),
        (lambda: ew.fit_formula("a*frob(t)", GOOD, target="y"), "frob"),
        (lambda: ew.fit_formula("y = a*t = b", GOOD), "one ="),
        (lambda: ew.fit_formula("y = a*t + b*y", GOOD), "without y, which is what it describes"),
        (lambda: ew.fit_formula("y = a*t", [[1, 2]]), "named columns"),
        (lambda: ew.fit_formula("y = a*t", GOOD, sigma=0), "above 0"),
        (lambda: ew.fit_formula("y = a*t", GOOD, sigma="s"), "a column (t, y), or one of"),
        (lambda: ew.fit_formula("y = a*t", GOOD, sigma="counts", x_sigma=1), "numeric sigma"),
        (lambda: ew.fit_formula("y = a*t", GOOD, sigma=1, x_sigma={"z": 1}), "of t, got 'z'"),
        (lambda: ew.fit_law("line", [1, 2, 3], [-1, 1, 2], sigma="counts"), "at least 0"),
        (lambda: ew.fit_formula("y = a*t", GOOD, x_sigma=0.1), "numeric sigma"),
        (lambda: ew.fit_formula("y = a*t", GOOD, start={"b": 1}), "starts of a"),
        (lambda: ew.fit_formula("y = a*t", GOOD, start={"a": "x"}), "the start of a as one finite"),
        (lambda: ew.fit_formula("y = a*t", GOOD, bounds={"a": 3}), "two bounds"),
        (lambda: ew.fit_formula("y = a*t", GOOD, bounds={"a": (3, 1)}), "in order"),
        (lambda: ew.fit_formula("y = a*t", GOOD, sigma="gauss"), "'poisson'"),
        (lambda: ew.fit_formula("y = log(t - b)", GOOD, start={"b": 9}), "row 0 (t = "),
        (lambda: ew.fit_formula("t = a*y", GOOD, sigma="relative"), "one sign"),
        (lambda: ew.fit_formula("y = a*t", GOOD, censored=np.full(6, 2)), "in each of 6 rows"),
        (lambda: ew.fit_formula("y = a*t", GOOD, censored=np.ones(6)), "more measured rows"),
        (lambda: ew.fit_formula("y = a*t", GOOD, censored=np.eye(6)[0], sigma="relative"), "none"),
    ],
)  # fmt: skip
def test_what_cannot_be_fitted(call, words):
    with pytest.raises(ValueError, match=re.escape(words)):
        call()


@pytest.mark.parametrize(
    ("law", "x", "bounds"),
    [
        ("rydberg_wave_number", np.zeros((6, 2)), None),  # 1/0² - 1/0²
        ("relativistic_momentum", np.full((6, 2), 5.0), {"c": (-5, -4)}),  # faster than light
        ("exponential", np.full((6, 1), 3.0), {"k": (-1e9, -1e8)}),  # overflows
    ],
)
def test_a_fit_without_a_value_in_each_row_is_refused(law, x, bounds):
    """Its numbers would be meaningless and its predictions NaN."""
    with pytest.raises(ValueError, match=r"row 0 \(.* is (nan|inf).* Leave such rows out"):
        ew.fit_law(law, x, np.ones(6), bounds=bounds)
    with pytest.raises(ValueError, match=r"row 0 \(t = .* is nan"):
        ew.fit_formula("y = a*sqrt(t - 100 - b**2)", GOOD)


def test_y_of_0_has_a_fit():
    """Residuals without digits are none: the quotient of two of them divided by 0."""
    x = np.linspace(-2, 3, 30)
    for law in ("gaussian_peak", "erf_step", "zipf_mandelbrot"):
        fitted = ew.fit_law(law, np.abs(x) + 1 if law[0] == "z" else x, np.zeros(30))
        np.testing.assert_allclose(fitted.predict(np.abs(x) + 1), 0, atol=1e-100)


def test_errors_of_an_exact_fit_are_no_nan():
    """The inverse of tiny slopes overflowed before it was multiplied by residuals of 0."""
    fitted = ew.fit_law("gumbel_density", np.array([6.0, 12, 11, 8]), np.zeros(4))
    assert not np.isnan(list(fitted.errors.values())).any()


@pytest.mark.parametrize("end", [1e300, -1e300])
def test_limits_of_any_size_have_errors_to_begin_with(end):
    with pytest.raises(ValueError, match="between 1e-100 and 1e"):
        ew.fit_law("line", np.arange(6.0), np.linspace(0, end, 6), censored=np.eye(6)[0])


@pytest.mark.parametrize("wrong", [np.inf, np.nan, -1.0])
def test_the_error_that_is_wrong_is_named(wrong):
    sigma = np.array([0.1, 0.2, wrong, 0.1, 0.1, 0.1])
    for errors in ({"sigma": sigma}, {"sigma": 0.1, "x_sigma": sigma[:, None]}):
        with pytest.raises(ValueError, match=f"got {wrong}"):
            ew.fit_law("line", np.arange(6.0), np.arange(6.0), **errors)


@pytest.mark.parametrize(
    ("scaled", "size"),
    [
        *(("both", size) for size in (1e-99, 1e-40, 1e-12, 1e99)),
        *((one, size) for one in "xy" for size in (1e-99, 1e-19, 1e12)),
    ],
)
def test_units_of_any_size(size, scaled):
    """Numbers in units of their columns are the same, with their errors, intervals and notes."""
    x = np.linspace(0.2, 3, 24)
    y = 2 * x / (0.5 + x) + 0.01 * np.cos(40 * x)
    of_x, of_y = size if scaled != "y" else 1.0, size if scaled != "x" else 1.0
    plain = ew.fit_law("michaelis_menten", x, y)
    for fitted in (
        ew.fit_law("michaelis_menten", of_x * x, of_y * y),
        ew.fit_formula(
            "a*x/(b + x)", {"x": of_x * x}, target=of_y * y, bounds={"b": (0, None)}
        ),
    ):  # fmt: skip
        units = np.array([of_y, of_x])
        for found, wanted in (
            (fitted.estimates, plain.estimates),
            (fitted.errors, plain.errors),
        ):  # fmt: skip
            np.testing.assert_allclose([*found.values()] / units, [*wanted.values()], rtol=1e-7)
        assert fitted.deviation / of_y == pytest.approx(plain.deviation, rel=1e-9)
        assert fitted.notes == ()
        low, high = [*fitted.intervals().values()][1]
        assert (low / of_x, high / of_x) == pytest.approx(plain.intervals()["Km"], rel=1e-4)


@pytest.mark.parametrize(
    ("x", "y", "sigma"), [(1e-120, 1, None), (1, 1e120, None), (1, 1, 1e-120), (1, 1, 1e120)]
)
def test_units_that_powers_leave_float64_in_are_refused(x, y, sigma):
    rows = np.arange(1.0, 9.0)
    with pytest.raises(ValueError, match="measure it in another unit"):
        ew.fit_law("line", x * rows, y * rows, sigma=sigma)


@pytest.mark.parametrize("kind", ["bool", "object", "boolean", "bool[pyarrow]", "list", "column"])
def test_truths_say_below_whatever_holds_them(kind):
    x = np.linspace(0.2, 3, 24)
    y, below = 2 * x / (0.5 + x), np.arange(24) < 3
    table = pd.DataFrame({"x": x, "y": y, "b": below})
    censored = {"list": below.tolist(), "column": "b"}.get(kind)
    censored = table["b"].astype(kind) if censored is None else censored
    fitted = ew.fit_formula("y = a*x/(b0 + x)", table, censored=censored)
    assert (fitted.rows.noise.side == np.where(below, -1, 0)).all()


@pytest.mark.parametrize("make", ["pandas", "polars", "pyarrow", "dict"])
def test_tables_of_every_library(make):
    rows = {"t": np.arange(1.0, 9.0), "y": 3 * np.arange(1.0, 9.0), "s": np.full(8, 0.1)}
    module = pytest.importorskip(make) if make != "dict" else None
    table = {
        "pandas": lambda: module.DataFrame(rows), "polars": lambda: module.DataFrame(rows),
        "pyarrow": lambda: module.table(rows), "dict": lambda: rows,
    }[make]()  # fmt: skip
    assert ew.fit_formula("y = a*t", table, sigma="s").estimates["a"] == pytest.approx(3)
    if make != "dict":
        inputs = table.select(["t", "s"]) if make == "pyarrow" else table[["t", "s"]]
        found = ew.discover(inputs, rows["y"], sigma="s", budget=0.1, progress=False)
        assert found.input_names == ["t"]
    if make == "polars":
        with pytest.raises(ValueError, match=r"in memory, got a LazyFrame: call its collect\(\)"):
            ew.fit_formula("y = a*t", table.lazy())


def test_the_end_of_an_interval_is_found_where_a_further_walk_answers_otherwise(monkeypatch):
    """Refits begin where the last one ended, so that at one value they needn't agree."""
    x = np.arange(8.0)
    fitted = ew.fit_law("exponential", x, 3 * np.exp(-0.4 * x) + 0.2 * np.sin(5 * x))
    true, seen = intervals._Walk.root, Counter()

    def root(walk, value):
        seen[value] += 1
        return true(walk, value) / max(seen[value] - 1, 1)

    before = fitted.intervals()
    monkeypatch.setattr(intervals._Walk, "root", root)
    for name, ends in fitted.intervals().items():
        np.testing.assert_allclose(ends, before[name], rtol=1e-3)


def fit_noisy(name, seed, x, **numbers):
    """A law fitted to 1 % of noise, and its sum of squares over the true curve's."""
    rng = np.random.default_rng(seed)
    curve = ew.laws.get(name)(x, **numbers)
    y = curve + 0.01 * curve.std() * rng.normal(size=len(x))
    fitted = ew.fit_law(name, x, y)
    return fitted, fitted.solution.cost / np.square(y - curve).sum()


@pytest.mark.parametrize("pair", [(5.7, 6.5), (3.9, 7.4), (4.0, 9.0), (1.0, 8.0)])
@pytest.mark.parametrize("rows", [60, 300])
def test_two_frequencies_are_found_by_their_spectrum(pair, rows):
    x = np.random.default_rng(rows).uniform(0, 20, rows)
    fitted, ratio = fit_noisy("beat", 0, x, A=1.5, w1=pair[0], w2=pair[1])
    assert ratio < 1
    assert (fitted.estimates["w1"], fitted.estimates["w2"]) == pytest.approx(pair, rel=1e-3)


def test_two_peaks_far_apart_do_not_end_as_one_with_a_hole():
    x = np.random.default_rng(5).uniform(0, 30, 300)
    numbers = {"b": 1.95, "A1": 7.3, "x1": 7.7, "s1": 1.56, "A2": 6.5, "x2": 15.2, "s2": 1.6}
    fitted, ratio = fit_noisy("two_gaussian", 5, x, **numbers)
    assert ratio < 1
    assert fitted.estimates == pytest.approx(numbers, rel=0.02)


def test_the_likelihood_ratio_is_that_of_a_straight_line():
    """For y = a + b x it is |b - b̂| over b's standard error: 0 at the best value."""
    x = np.linspace(0, 1, 30)
    fitted = ew.fit_law("line", x, 2 * x + 0.3 + 0.1 * np.random.default_rng(0).normal(size=30))
    best = fitted.solution
    place = best.rows.curve.parameters.index("b")
    errors = fitted.solution.cost / 28 * np.linalg.inv(np.array([[30, x.sum()], [x.sum(), x @ x]]))
    walk = intervals._Walk(best, place, best.cost / 28)
    centre = float(best.theta[place])
    for distance in (0.0, 0.5, 2.0):
        value = centre + distance * np.sqrt(errors[1, 1])
        assert walk.root(value) == pytest.approx(distance, abs=1e-4)
    exact = intervals._Walk(best, place, 0.0)  # without noise any other value is impossible
    assert (exact.root(centre), exact.root(centre + 1)) == (0.0, np.inf)


def test_a_profile_has_two_points_or_more():
    x = np.linspace(0.2, 3, 24)
    fit = ew.fit_law("michaelis_menten", x, 2 * x / (0.5 + x) + 0.01 * np.cos(40 * x))
    assert fit.profile("Km", points=2)
    with pytest.raises(ValueError, match="profile expected points to be an integer ≥ 2, got 1"):
        fit.profile("Km", points=1)


@pytest.mark.parametrize(
    "text",
    [
        "b + (top - b)*x**n/(K**n + x**n)",
        "b + (top - b)/(1 + (K/x)**n)",
        "b + (top - b)*(x/K)**n/(1 + (x/K)**n)",
        "b + (top - b)/(1 + exp(-n*(log(x) - log(K))))",
    ],
)
def test_the_response_to_a_dose_of_0_has_slopes(text):
    """Where x is 0, inner values are 0 or infinite, and the slope of x^n by n is 0."""
    x = np.array([0, 0.03, 0.1, 0.3, 1, 3, 10, 30])
    noise = np.array([1, -2, 0.5, 1, -1, 2, -1.5, 0.3])
    y = 5 + 90 * x**0.9 / (0.8**0.9 + x**0.9) + noise
    start = {"b": 5, "top": 95, "K": 0.8, "n": 0.9}
    fitted = ew.fit_formula(f"y = {text}", {"x": x, "y": y}, start=start)
    x[0] = 1e-12
    near = ew.fit_formula(f"y = {text}", {"x": x, "y": y}, start=start)
    assert fitted.converged
    for name, error in near.errors.items():
        assert abs(fitted.estimates[name] - near.estimates[name]) < 1e-5 * error
        assert abs(fitted.errors[name] / error - 1) < 1e-5
    low, high = fitted.band([[0.0]])
    assert low[0] < 5 < high[0]
