"""Fits to few rows: the mean, unless they have evidence for more."""

import numpy as np
import pandas as pd
import pytest

from edgewise.additive.choose import steady_model
from edgewise.additive.cross_validation import choose_link
from edgewise.additive.curves import make_curve
from edgewise.additive.links import Log
from edgewise.additive.losses import Binomial, Gamma, Gaussian, Multiplied, Poisson
from edgewise.additive.moments import Moments
from edgewise.additive.normal_equations import solve_equations
from edgewise.additive.ridge import STRONGEST, _measure_gains, solve_groups, spread_ridges
from edgewise.additive.settings import Settings
from edgewise.additive.stages import fit_curves, fit_lines, make_problem
from edgewise.sklearn import KANRegressor

GROUPS = [np.array([1, 2]), np.array([3, 4])]


def gather(z, y):
    z = np.c_[np.ones(len(y)), z]
    return Moments(z.T @ z, z.T @ y, float(y @ y), np.arange(z.shape[1]), (), (), z.shape[1])


def restricted_likelihood(z, y, ridge, noise):
    """Its logarithm, from the n × n covariance of y; at the best φ where that isn't known."""
    ones, covariance = np.ones(len(y)), np.eye(len(y)) + (z / ridge) @ z.T
    inverse = np.linalg.inv(covariance)
    around = ones @ inverse @ ones
    left = y @ inverse @ y - (ones @ inverse @ y) ** 2 / around
    fit = (len(y) - 1) * np.log(left) if noise is None else left / noise
    return -0.5 * (fit + np.linalg.slogdet(covariance)[1] + np.log(around))


@pytest.mark.parametrize("noise", [None, 0.7])
def test_gains_are_differences_of_restricted_likelihoods(noise):
    random = np.random.default_rng(0)
    z, y, ridge = random.normal(size=(9, 4)), random.normal(size=9), np.array([1.3, 5.0])
    solved = solve_equations(
        gather(z, y), spread_ridges(5, GROUPS, ridge, [0, 1]), GROUPS, before=None
    )
    each = np.repeat(ridge, 2)
    whole = restricted_likelihood(z, y, each, noise)
    want = [
        whole - restricted_likelihood(z[:, 2:], y, each[2:], noise),
        whole - restricted_likelihood(z[:, :2], y, each[:2], noise),
    ]
    np.testing.assert_allclose(_measure_gains(solved, GROUPS, ridge, 9, noise), want, atol=1e-8)


def test_a_fit_through_all_rows_is_left_out_and_a_clear_line_is_kept():
    random = np.random.default_rng(1)
    for seed in range(20):
        z, y = random.normal(size=(6, 8)), random.normal(size=6)
        groups = [np.arange(1, 5), np.arange(5, 9)]
        found = solve_groups(gather(z, y), 6, groups, np.full(2, 0.06), rounds=60)
        assert found.freedom < 5.9, seed
    z = random.normal(size=(6, 2))
    y = 3 * z[:, 0] + 0.1 * random.normal(size=6)
    found = solve_groups(
        gather(z, y), 6, [np.array([1]), np.array([2])], np.full(2, 0.06), rounds=60
    )
    assert found.coef[1] == pytest.approx(3, abs=0.2)
    assert found.ridge[1] == STRONGEST


@pytest.mark.parametrize("count", [5, 6, 8, 12])
@pytest.mark.parametrize("seed", range(3))
def test_curves_of_few_values_have_their_straight_line(count, seed):
    x = np.random.default_rng(seed).normal(size=count)
    curve = make_curve(0, x, np.ones(count), 6)
    design, (line, bends) = curve.design([x]), curve.groups
    assert (len(line), len(bends)) == (1, design.shape[1] - 1)
    assert abs(np.corrcoef(design[:, 0], x)[0, 1]) == pytest.approx(1)
    np.testing.assert_allclose(design.mean(0), 0, atol=1e-8)


def test_few_rows_of_noise_are_predicted_by_their_mean():
    ratios = []
    for seed in range(8):
        random = np.random.default_rng(seed)
        rows, width = int(random.integers(5, 12)), int(random.integers(1, 6))
        x, y = random.normal(size=(rows, width)), random.normal(size=rows) + 9 * (seed % 2)
        new = random.normal(size=200) + 9 * (seed % 2)
        found = KANRegressor(random_state=0).fit(x, y).predict(random.normal(size=(200, width)))
        ratios.append(np.sqrt(np.mean((new - found) ** 2) / np.mean((new - y.mean()) ** 2)))
    assert np.median(ratios) < 1.001
    assert max(ratios) < 1.35


@pytest.mark.parametrize("rows", [3, 4, 5, 6])
def test_few_rows_without_noise_are_a_line(rows):
    x = np.arange(rows, dtype=float)[:, None]
    model = KANRegressor(random_state=0).fit(x, 3 * x[:, 0] + 1)
    np.testing.assert_allclose(model.predict(x), 3 * x[:, 0] + 1, rtol=1e-4)


@pytest.mark.parametrize("seed", [27, 102, 118])
def test_five_positive_targets_are_not_met_by_an_exponential_through_all(seed):
    """The logarithm of y is fitted in turns, and sums of effects stop moving before strengths."""
    random = np.random.default_rng(seed)
    x = pd.DataFrame(random.normal(size=(5, 4)), columns=list("abcd"))
    x["level"] = pd.Categorical.from_codes([0, 0, 1, 1, 1], ["low", "high"])
    y = 5 + random.normal(size=5) - 1.5 * np.array([0, 0, 1, 1, 1])
    y = np.maximum(y, 0.5)
    model = KANRegressor(random_state=0).fit(x, y)
    assert np.abs(model.predict(x) - y).max() > 1e-6 * np.ptp(y)


@pytest.mark.parametrize("loss", [Gaussian(Log()), Multiplied(), Gamma(), Poisson(), Binomial()])
def test_coefficients_of_left_out_groups_are_gone(loss):
    """The loss of a fit through all rows would refuse every step to a smaller model."""
    for seed in range(8):
        random = np.random.default_rng(seed)
        rows = int(random.integers(4, 8))
        x, y = [*random.normal(size=(4, rows))], np.exp(random.normal(size=(rows, 1)))
        if loss.is_share:
            y = np.float64(np.arange(rows) % 2 == 0)[:, None]
        problem = make_problem(x, y, np.ones(rows), loss, Settings())
        for model in (fit_lines(problem).model, fit_curves(problem).model):
            for k, solution in enumerate(model.solutions):
                inside = np.union1d(solution.kept, solution.apart)
                left_out = np.setdiff1d(np.arange(len(model.coef)), inside)
                np.testing.assert_array_equal(model.coef[left_out, k], 0)
                if solution.freedom < 1 + 1e-3 and not loss.is_share:
                    assert np.ptp(model.effects(x)[:, k]) < 0.05, seed


def test_few_rows_choose_a_link_by_more_than_luck():
    """Akaike's charge for the choice, which thousands of rows don't notice."""
    losses = {("identity", 1): 0.0062, ("identity", 0): 0.0062, ("log", 1): 0.0054}
    assert choose_link(losses, "identity", 11) == "identity"
    assert choose_link(losses, "identity", 40) == "log"
    assert choose_link({("log", 1): 0.0054}, "identity", 11) == "log"  # the other was given up


def test_few_rows_are_predicted_by_a_mean_of_fits_that_is_no_worse_than_they_are():
    random = np.random.default_rng(3)
    x, y = [*random.normal(size=(4, 12))], random.normal(size=(12, 1))
    inner = [np.sort(column)[[2, -3]] for column in x]  # curves of all folds go on up to there
    new, truth = [random.uniform(*ends, 500) for ends in inner], random.normal(size=500)
    problem = make_problem(x, y, np.ones(12), Gaussian(), Settings())
    whole = fit_curves(problem).model
    others = [
        fit_curves(problem.take(np.delete(np.arange(12), [k, k + 6]))).model for k in range(6)
    ]
    totals = np.array([12.0] + [10.0] * 6)
    steady = steady_model(whole, others, totals)
    each = np.array([one.effects(new)[:, 0] for one in [*others, whole]])
    want = (each[:-1].mean(0) + each[-1]) / 2
    np.testing.assert_allclose(steady.effects(new)[:, 0], want, atol=1e-12)
    loss = np.mean((each - truth) ** 2, axis=1)
    assert np.mean((want - truth) ** 2) < (loss[:-1].mean() + loss[-1]) / 2
    assert np.ptp(loss) > 0.1  # the fits differ
    assert steady_model(whole, others, 1e3 * totals) is whole


def test_a_fit_of_noise_through_nearly_all_rows_is_not_all_of_the_model():
    """Of these ten rows of noise four of five folds leave out everything."""
    a = [-0.4, 0.2, -0.9, 0.4, 0.2, -0.3, 0.2, -0.3, 0.3, 1.6]
    b = [1.4, 0.1, -1.3, 0.0, 0.0, 1.5, 0.7, 1.0, 0.7, 0.7]
    c = [-0.9, 0.4, 0.3, 1.4, -0.5, -0.2, -1.1, -0.7, -0.6, -2.5]
    d = [-0.7, -0.6, -0.2, 0.6, -0.4, -0.6, -2.3, 0.6, -0.4, 1.3]
    y = np.array([0.1, -0.6, 0.9, 0.5, 0.6, 0.9, -2.2, 0.3, -1.6, -0.4])
    model = KANRegressor(random_state=0).fit(np.transpose([a, b, c, d]), y)
    found = model.predict(np.random.default_rng(0).normal(size=(500, 4)))
    assert np.sqrt(np.mean((found - y.mean()) ** 2)) < 0.75  # of the fit of all rows alone 1.0
