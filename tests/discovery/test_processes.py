"""The numeric model, function by function: warps, kernels, evidence, stages of the search."""

from __future__ import annotations

import math

import numpy as np
import pytest

from edgewise.discovery import numeric
from edgewise.discovery.likelihood import (
    FLOOR,
    Likelihood,
    _invert,
    _unpack,
    condition,
    log_evidence,
    maximize,
    squared_exponential,
)
from edgewise.discovery.numeric import (
    GaussianProcess,
    Warp,
    _compute_fvu,
    _is_wide,
    _spread,
    _stages,
    _warps,
    fit_gaussian_process,
)

G = np.random.default_rng(0)
X = G.normal(size=(25, 2))
T = np.sin(X[:, 0]) + 0.5 * X[:, 1] + 0.1 * G.normal(size=25)
INVERSE = G.uniform(0.5, 2, 25)
THETA = np.log([1.3, 0.8, 0.5, 0.2])


def matrix_of(x, theta, inverse_weight):
    """The covariance of rows by its definition, in units of the amplitude."""
    z = x / np.exp(theta[:-2])
    tau, noise = np.exp(theta[-2:])
    apart = ((z[:, None] - z[None]) ** 2).sum(-1)
    linear = z @ z.T
    floor = FLOOR * (1 + tau)
    return np.exp(-apart / 2) + tau * linear + (noise + floor) * np.diag(inverse_weight)


# ---- the likelihood ---------------------------------------------------------------------------


def test_hyperparameters_are_logarithms():
    z, tau, noise = _unpack(X, THETA)
    np.testing.assert_allclose(z, X / [1.3, 0.8])
    assert (tau, noise) == pytest.approx((0.5, 0.2))


def test_the_kernel_is_the_squared_exponential_of_distances():
    def kernel(z, w):
        return squared_exponential(z @ w.T, np.square(z).sum(1), np.square(w).sum(1))

    others = X[:3] + 0.2
    apart = ((X[:, None] - others) ** 2).sum(-1)
    np.testing.assert_allclose(kernel(X, others), np.exp(-apart / 2), rtol=1e-12)
    far = 1e8 * X  # rounding of large products makes no value above 1
    assert kernel(far, far).max() == 1


def test_the_inverse_and_what_is_solved_with_it():
    matrix = matrix_of(X, THETA, INVERSE)
    inverse, log_determinant, ones, dual, mean = _invert(matrix, T)
    exact = np.linalg.inv(matrix)
    np.testing.assert_allclose(inverse, exact, rtol=1e-8, atol=1e-10)
    assert log_determinant == pytest.approx(np.linalg.slogdet(matrix)[1])
    np.testing.assert_allclose(ones, exact.sum(1), rtol=1e-8)
    assert mean == pytest.approx((exact @ T).sum() / exact.sum())
    np.testing.assert_allclose(dual, exact @ (T - mean), rtol=1e-7, atol=1e-10)
    assert _invert(np.ones((3, 3)) - 2 * np.eye(3), np.ones(3)) is None


def test_the_value_is_the_restricted_likelihood_without_constants():
    """The density of contrasts of T, maximised over the amplitude, and the prior of scales."""
    likelihood = Likelihood(X, T, INVERSE)
    value, _ = likelihood(THETA)
    matrix = matrix_of(X, THETA, INVERSE)
    contrasts = np.linalg.svd(np.ones((1, 25)))[2][1:]
    within = contrasts @ matrix @ contrasts.T
    square = contrasts @ T @ np.linalg.solve(within, contrasts @ T)
    free = 24
    away = (THETA[:2] - math.log(1.5 * math.sqrt(2))) / 3
    wanted = 0.5 * (
        np.linalg.slogdet(within)[1] + math.log(25) + free * math.log(square / free)
    ) + 0.5 * (away @ away)
    assert value == pytest.approx(wanted, rel=1e-9)
    assert likelihood.evaluations == 1


@pytest.mark.parametrize("theta", [THETA, THETA + np.array([0.3, -0.4, 2.0, -1.0])])
def test_the_gradient_of_the_likelihood_is_that_of_differences(theta):
    likelihood = Likelihood(X, T, INVERSE)
    _, slope = likelihood(theta)
    for k, step in enumerate(1e-5 * np.eye(4)):
        wanted = (likelihood(theta + step)[0] - likelihood(theta - step)[0]) / 2e-5
        assert slope[k] == pytest.approx(wanted, rel=1e-5, abs=1e-7)


def test_what_rounding_leaves_without_a_factor_is_unlikelier_than_anything():
    likelihood = Likelihood(X, T, -INVERSE)
    value, slope = likelihood(THETA)
    assert value > 1e9
    assert (slope == 0).all()


def test_the_maximum_is_no_worse_than_the_start_and_costs_what_it_may():
    likelihood = Likelihood(X, T, INVERSE)
    start = np.log([9.0, 9.0, 2.0, 2.0])
    begin, _ = likelihood(start)
    theta, value = maximize(likelihood, start, evaluations=15)
    assert value < begin
    assert likelihood.evaluations <= 1 + 15 + 20
    assert value == pytest.approx(likelihood(theta)[0])
    assert (theta >= likelihood.lower).all()
    assert (theta <= likelihood.upper).all()
    far, _ = maximize(likelihood, np.full(4, 99.0), evaluations=5)
    assert (far <= likelihood.upper).all()


def test_the_posterior_mean_and_left_out_rows_are_those_of_normal_variables():
    p = condition(X, T, INVERSE, THETA)
    matrix = matrix_of(X, THETA, INVERSE)
    exact = np.linalg.inv(matrix)
    projected = exact - np.outer(exact.sum(1), exact.sum(1)) / exact.sum()
    np.testing.assert_allclose(p.precision, projected, rtol=1e-7, atol=1e-9)
    square = T @ projected @ T
    amplitude = square / 24
    assert p.noise == pytest.approx(amplitude * 0.2, rel=1e-9)
    np.testing.assert_allclose(p.left_out_variance, amplitude / np.diag(projected), rtol=1e-7)
    np.testing.assert_allclose(p.left_out, T - projected @ T / np.diag(projected), rtol=1e-7)
    assert p.tau == pytest.approx(0.5)


def test_noise_is_raised_where_rows_repeat_and_noise_is_0():
    x = np.repeat(X[:4], 3, 0)
    p = condition(x, np.arange(12.0), np.ones(12), np.log([1.0, 1.0, 1e-6, 1e-300]))
    assert np.isfinite(p.dual).all()
    assert p.noise > 0


def test_evidence_is_the_integral_over_amplitude_and_mean():
    """With Jeffreys' prior of the deviation and a uniform one of the mean."""
    matrix = matrix_of(X[:6], THETA, INVERSE[:6])
    t = T[:6]
    p = condition(X[:6], t, INVERSE[:6], THETA)

    means, logs = np.linspace(-12, 12, 1201), np.linspace(-4, 4, 401)
    away = t - means[:, None]
    squares = (away @ np.linalg.inv(matrix) * away).sum(1)[:, None]
    constant = -0.5 * np.linalg.slogdet(2 * math.pi * matrix)[1]
    density = np.exp(constant - 6 * logs - 0.5 * squares * np.exp(-2 * logs))
    value = density.sum() * (means[1] - means[0]) * (logs[1] - logs[0])
    assert p.log_evidence == pytest.approx(math.log(value), abs=0.02)


def test_evidence_of_nothing_is_finite():
    assert math.isfinite(log_evidence(0.0, 1.0, 0.0, 5))


# ---- warps ------------------------------------------------------------------------------------


def test_columns_that_span_a_ratio_of_three_are_wide():
    x = np.array([[1.0, 1.0, 0.0, -1.0], [2.99, 3.0, 5.0, 5.0]])
    assert _is_wide(x).tolist() == [False, True, False, False]


def test_spreads_of_constant_columns_are_their_sizes():
    u = np.array([[1.0, -5.0, 0.0, 1e9], [3.0, -5.0, 0.0, 1e9 + 1e-5]])
    np.testing.assert_allclose(_spread(u), [1, 5, 1, 1e9])


@pytest.mark.parametrize(
    ("x", "y", "warps"),
    [
        ([1, 2, 9], [1, 2, 9], [(a, b) for a in (False, True) for b in (False, True)]),
        ([1, 2, 9], [1, 2, 3], [(False, False), (True, False)]),
        ([1, 2, 2], [1, 2, 9], [(False, False), (False, True)]),
        ([1, 2, 2], [-1, -2, -9], [(False, False), (False, True)]),
        ([1, 2, 2], [-1, 2, 9], [(False, False)]),
        ([1, 2, 2], [0, 2, 9], [(False, False)]),
        ([1, 2, 2], [0, 0, 0], [(False, False)]),
    ],
)
def test_logarithms_are_tried_where_values_of_one_sign_are_wide(x, y, warps):
    x, y = np.array(x, dtype=float)[:, None], np.array(y, dtype=float)
    assert _warps(x, y) == warps


def test_a_warp_standardises_the_rows():
    g = np.random.default_rng(1)
    x = np.stack([g.uniform(0.1, 9, 50), g.uniform(2, 3, 50)], 1)
    y = -g.uniform(0.1, 9, 50)
    warp = Warp.make(x, y, True, True)
    assert warp.logs.tolist() == [True, False]
    assert warp.sign == -1
    for made in (*warp.inputs(x).T, warp.output(y)):
        assert made.mean() == pytest.approx(0, abs=1e-12)
        assert made.std() == pytest.approx(1)
    np.testing.assert_allclose(
        warp.inputs(x)[:, 0] * np.log(x[:, 0]).std() + np.log(x[:, 0]).mean(), np.log(x[:, 0])
    )
    below = x.copy()
    below[:, 0] = -4.0  # logarithms go no further than half of the least
    least = x[:, 0].min() / 2
    np.testing.assert_allclose(
        warp.inputs(below)[:, 0], (np.log(least) - np.log(x[:, 0]).mean()) / np.log(x[:, 0]).std()
    )
    np.testing.assert_allclose(warp.slopes(below)[:, 0], 1 / least / np.log(x[:, 0]).std())
    plain = Warp.make(x, y, False, False)
    assert not plain.logs.any()
    assert plain.sign == 0
    np.testing.assert_allclose(plain.output(y), (y - y.mean()) / y.std())
    np.testing.assert_allclose(plain.output_back(plain.output(y)), y)
    np.testing.assert_allclose(plain.output_slope(y), y.std())
    assert np.isfinite(warp.output_back(np.array([1e6]))).all()


def test_weights_of_log_y_are_those_of_y_times_its_square():
    y, weight = np.array([1.0, 2.0, 4.0]), np.array([1.0, 2.0, 0.5])
    warp = Warp.make(y[:, None], y, False, True)
    wanted = weight * y**2
    np.testing.assert_allclose(warp.weights(y, weight), wanted / wanted.max())
    np.testing.assert_array_equal(warp.weights(y, np.ones(3)), np.ones(3))
    plain = Warp.make(y[:, None], y, False, False)
    assert plain.weights(y, weight) is weight
    tiny = warp.weights(np.array([1e-9, 1.0, 4.0]), weight)
    assert tiny[0] == 1e-12


# ---- the search of hyperparameters ------------------------------------------------------------


@pytest.mark.parametrize(
    ("available", "stages"),
    [
        (200, [(200, 40)]),
        (300, [(300, 40)]),
        (301, [(300, 25), (301, 14)]),
        (5000, [(300, 25), (600, 14)]),
    ],
)
def test_many_rows_are_searched_in_two_stages(available, stages):
    assert _stages(available, 600) == stages


def test_the_fvu_is_weighted_and_of_a_constant_0():
    y, weight = np.array([1.0, 2.0, 4.0]), np.array([1.0, 2.0, 1.0])
    mean = 9 / 4
    wanted = (2 * 0.25) / ((1 - mean) ** 2 + 2 * (2 - mean) ** 2 + (4 - mean) ** 2)
    assert _compute_fvu(y, y - [0, 0.5, 0], weight) == pytest.approx(wanted)
    assert _compute_fvu(np.ones(3), np.zeros(3), weight) == 0


def small(**settings):
    return fit_gaussian_process(X, T, **settings)


def test_predictions_are_posterior_means_at_new_rows():
    model = GaussianProcess(
        X, T, 1 / INVERSE, Warp.make(X, T, False, False), THETA, np.arange(25), 3
    )
    assert model.evaluations == 3
    z = (X - X.mean(0)) / X.std(0)
    matrix = matrix_of(z, THETA, INVERSE)
    t = (T - T.mean()) / T.std()
    exact = np.linalg.inv(matrix)
    mean = (exact @ t).sum() / exact.sum()
    new = np.array([[0.3, -0.2], [1.0, 2.0]])
    other = (new - X.mean(0)) / X.std(0) / np.exp(THETA[:2])
    own = z / np.exp(THETA[:2])
    kernel = np.exp(-((other[:, None] - own[None]) ** 2).sum(-1) / 2) + 0.5 * other @ own.T
    wanted = (mean + kernel @ exact @ (t - mean)) * T.std() + T.mean()
    np.testing.assert_allclose(model.predict(new), wanted, rtol=1e-8)
    np.testing.assert_allclose(model.length_scales, [1.3, 0.8] * X.std(0))
    left = condition(z, t, INVERSE, THETA).left_out * T.std() + T.mean()
    np.testing.assert_allclose(model.leave_one_out(), left, rtol=1e-8)
    assert model.fvu_loo == pytest.approx(_compute_fvu(T, left, 1 / INVERSE))
    noise = condition(z, t, INVERSE, THETA).noise * T.var()
    assert model.noise_variance == pytest.approx(noise)
    evidence = condition(z, t, INVERSE, THETA).log_evidence
    assert model.log_evidence == pytest.approx(evidence - 25 * math.log(T.std()))


def test_rows_that_are_not_used_are_predicted():
    used = np.arange(0, 25, 2)
    model = GaussianProcess(X, T, np.ones(25), Warp.make(X, T, False, False), THETA, used, 0)
    left = model.leave_one_out()
    rest = np.arange(1, 25, 2)
    np.testing.assert_allclose(left[rest], model.predict(X)[rest])
    assert not np.allclose(left[used], model.predict(X)[used])


def test_errors_of_gradients_are_half_the_difference_of_two_halves():
    model = GaussianProcess(
        X, T, np.ones(25), Warp.make(X, T, False, False), THETA, np.arange(25), 0
    )
    warp = model.warp
    halves = [
        GaussianProcess(X, T, np.ones(25), warp, THETA, np.arange(k, 25, 2), 0) for k in (0, 1)
    ]
    off = halves[0].gradient(X) - halves[1].gradient(X)
    np.testing.assert_allclose(model.gradient_error(X), np.sqrt(np.mean(off**2, 0)) / 2)


def test_noise_says_where_the_search_begins(monkeypatch):
    begins = []

    def record(likelihood, start, evaluations):
        begins.append((start.copy(), evaluations))
        return maximize(likelihood, start, evaluations=evaluations)

    monkeypatch.setattr(numeric, "maximize", record)
    small(noise=0.3)
    (first, _), (_, last) = begins
    np.testing.assert_allclose(first, [math.log(math.sqrt(2))] * 2 + [0.0, math.log(0.3)])
    assert last == 40
    begins.clear()
    small()
    assert len(begins) == 3
    assert begins[0][0][-1] < begins[1][0][-1]  # little noise, and much
    assert begins[0][1] == begins[1][1] == 16
    assert (begins[0][0][:2] > begins[1][0][:2]).all()


def test_many_inputs_are_searched_on_more_rows_with_more_evaluations(monkeypatch):
    sizes = []

    def record(likelihood, start, evaluations):
        sizes.append((len(likelihood.t), evaluations))
        return start, 0.0

    monkeypatch.setattr(numeric, "maximize", record)
    g = np.random.default_rng(3)
    for inputs, few in ((15, (75, 16)), (16, (150, 40))):
        sizes.clear()
        x = g.normal(size=(400, inputs))
        fit_gaussian_process(x, x[:, 0], rows=300)
        assert sizes == [few, few, (150, 25), (300, 14)]


def test_weights_may_be_0_and_too_few_rows_are_refused():
    weight = np.ones(25)
    weight[:5] = 0.0
    moved = T.copy()
    moved[:5] += 100.0
    found = fit_gaussian_process(X, moved, weight)
    np.testing.assert_allclose(found.predict(X[5:]), T[5:], atol=0.6)
    assert fit_gaussian_process(X[:4], T[:4]).evaluations > 0
    with pytest.raises(ValueError, match="at least four rows"):
        fit_gaussian_process(X[:3], T[:3])
