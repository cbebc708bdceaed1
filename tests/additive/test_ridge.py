"""Ridges at their restricted maximum likelihood."""

import numpy as np
import pytest

from edgewise.additive.moments import FactorMoments, Moments
from edgewise.additive.normal_equations import solve_equations
from edgewise.additive.ridge import STRONGEST, _measure_groups, solve_groups, spread_ridges

GROUPS = [np.arange(1, 6), np.arange(6, 14), np.arange(14, 30)]


def data(rows=300, deviations=(1.0, 0.1, 0.0), noise=0.5, seed=0):
    g = np.random.default_rng(seed)
    z = np.concatenate([np.ones((rows, 1)), g.normal(size=(rows, 29))], 1)
    beta = np.zeros(30)
    beta[0] = 2.0
    for group, deviation in zip(GROUPS, deviations, strict=True):
        beta[group] = deviation * g.normal(size=len(group))
    return z, z @ beta + noise * g.normal(size=rows), beta


def gather(z, y):
    return Moments(z.T @ z, z.T @ y, float(y @ y), np.arange(z.shape[1]), (), (), z.shape[1])


def solve(z, y, **options):
    ridge = np.full(len(GROUPS), 0.01 * len(y))
    options = {"rounds": 500, "tolerance": 1e-7, **options}
    return solve_groups(gather(z, y), len(y), GROUPS, ridge, **options)


def restricted_likelihood(z, y, ridge, noise):
    """-2 log of it, with the intercept under a flat prior, from the n × n covariance of y."""
    covariance = noise * np.eye(len(y))
    for group, strength in zip(GROUPS, ridge, strict=True):
        covariance += noise / strength * z[:, group] @ z[:, group].T
    inverse = np.linalg.inv(covariance)
    ones = np.ones(len(y))
    flat = ones @ inverse @ ones
    left = y - (ones @ inverse @ y) / flat
    return np.linalg.slogdet(covariance)[1] + np.log(flat) + left @ inverse @ left


def test_coefficients_are_those_of_ridge_regression():
    z, y, _ = data()
    found = solve(z, y)
    diagonal = np.zeros(30)
    for group, strength in zip(GROUPS, found.ridge, strict=True):
        diagonal[group] = strength if strength < STRONGEST else np.inf
    kept = np.isfinite(diagonal)
    want = np.linalg.solve(z[:, kept].T @ z[:, kept] + np.diag(diagonal[kept]), z[:, kept].T @ y)
    np.testing.assert_allclose(found.coef[kept], want, rtol=1e-6)
    assert not found.coef[~kept].any()
    assert set(found.kept) == set(np.flatnonzero(kept))


def test_no_other_ridge_has_a_greater_restricted_likelihood():
    z, y, _ = data(deviations=(1.0, 0.1, 0.2))
    found = solve(z, y)
    best = restricted_likelihood(z, y, found.ridge, found.noise)
    for k in range(len(GROUPS)):
        for factor in (0.8, 1.25):
            other = found.ridge.copy()
            other[k] *= factor
            assert restricted_likelihood(z, y, other, found.noise) > best
    for factor in (0.97, 1.03):
        assert restricted_likelihood(z, y, found.ridge, found.noise * factor) > best


def test_variances_are_found():
    sizes, noises = [], []
    for seed in range(40):
        z, y, _ = data(deviations=(1.0, 0.3, 0.3), seed=seed)
        found = solve(z, y)
        sizes.append(found.noise / found.ridge)
        noises.append(found.noise)
    assert np.mean(noises) == pytest.approx(0.25, rel=0.05)
    np.testing.assert_allclose(np.mean(sizes, axis=0), [1.0, 0.09, 0.09], rtol=0.25)


def test_a_group_that_says_nothing_is_left_out():
    gone = 0
    for seed in range(10):
        z, y, _ = data(deviations=(1.0, 0.5, 0.0), seed=seed)
        found = solve(z, y)
        gone += found.ridge[2] == STRONGEST
        assert found.ridge[0] < STRONGEST
        assert abs(found.coef[GROUPS[2]]).max() < 0.1
    assert gone >= 3


def test_a_group_that_was_left_out_stays_out():
    z, y, _ = data()
    ridge = np.array([1.0, STRONGEST, 1.0])
    found = solve_groups(gather(z, y), len(y), GROUPS, ridge, rounds=60)
    assert not found.coef[GROUPS[1]].any()
    assert ridge[1] == STRONGEST  # what is given is not changed
    assert ridge[0] == 1.0


def test_bands_have_the_size_of_the_errors():
    ratios = []
    for seed in range(20):
        z, y, beta = data(deviations=(1.0, 0.3, 0.3), seed=seed)
        found = solve(z, y)
        deviation = np.sqrt(found.noise * np.diag(found.covariance))
        ratios.append((found.coef - beta)[found.kept] / deviation)
    assert np.concatenate(ratios).std() == pytest.approx(1.0, abs=0.1)


def test_columns_that_repeat_each_other_share_what_they_say():
    z, y, _ = data(deviations=(1.0, 0.3, 0.3))
    z[:, 2] = z[:, 1]
    found = solve(z, y)
    assert found.coef[1] == pytest.approx(found.coef[2], rel=1e-4)
    assert np.isfinite(found.coef).all()


def test_the_weakest_ridge_holds():
    z, y, _ = data(deviations=(50.0, 50.0, 50.0))
    assert (solve(z, y, noise=1.0).ridge < 0.01).all()
    assert (solve(z, y, noise=1.0, weakest=0.25).ridge >= 0.25).all()


def test_groups_with_little_freedom_are_left_out():
    z, y, _ = data(deviations=(1.0, 0.01, 0.0))
    loose, strict = solve(z, y), solve(z, y, worth=2.0)
    assert loose.coef[GROUPS[1]].any()
    assert strict.ridge[1] == strict.ridge[2] == STRONGEST
    assert (strict.coef[GROUPS[0]] != 0).all()
    assert not strict.coef[GROUPS[1]].any()


def test_a_group_whose_likelihood_asks_for_none_leaves_at_once():
    """Near none f and ‖b‖² are powers of 1/λ, so what the likelihood asks for no longer changes."""
    gone = 0
    for seed in range(20):
        z, y, _ = data(300, deviations=(1.0, 0.5, 0.0), seed=seed)
        end = solve(z, y).ridge
        out = end[2] == STRONGEST
        nearly = np.r_[end[:2], 1000 * len(y)]  # there f is 0.016
        first = solve_groups(gather(z, y), len(y), GROUPS, nearly, rounds=1)
        assert (first.ridge[2] == STRONGEST) == out
        gone += out
    assert 5 <= gone <= 15


@pytest.mark.parametrize("rows", [100, 300, 3000])
def test_newton_is_there_in_a_few_rounds(rows):
    for seed in range(5):
        z, y, _ = data(rows, deviations=(1.0, 0.3 / rows**0.5, 1.0 / rows**0.5), seed=seed)
        few, many = solve(z, y, rounds=10), solve(z, y)
        known = many.ridge < 100 * rows
        np.testing.assert_allclose(few.ridge[known], many.ridge[known], rtol=0.02)
        np.testing.assert_allclose(few.coef, many.coef, atol=1e-3)


@pytest.mark.parametrize("with_factor", [False, True])
def test_newtons_step_has_the_derivatives_of_what_it_brings_to_0(with_factor):
    z, y, _ = data(deviations=(1.0, 0.3, 0.1))
    groups, moments = GROUPS, gather(z, y)
    if with_factor:
        levels = np.eye(20)[np.random.default_rng(1).integers(0, 20, len(y))]
        factor = FactorMoments(
            *(slice(30, 50), levels.mean(0), levels.sum(0), z.T @ levels, levels.T @ y)
        )
        places = np.arange(30)
        moments = Moments(moments.gram, moments.moment, moments.square, places, (factor,), (), 50)
        groups = [*GROUPS, np.arange(30, 50)]

    def measure(log_ridge):
        ridge = np.exp(log_ridge)
        diagonal = spread_ridges(moments.width, groups, ridge, range(len(groups)))
        solved = solve_equations(moments, diagonal, groups, before=None)
        spare = len(y) - moments.width + solved.spread @ diagonal
        _, far, curvature = _measure_groups(solved, groups, ridge, solved.square / spare)
        noise = curvature.square / solved.square + curvature.freedom / spare
        return far, curvature.slopes + noise

    at = np.linspace(1.0, 4.0, len(groups))
    steps = 1e-4 * np.eye(len(groups))
    want = [(measure(at + step)[0] - measure(at - step)[0]) / 2e-4 for step in steps]
    np.testing.assert_allclose(measure(at)[1], np.stack(want, 1), rtol=1e-4, atol=1e-5)
