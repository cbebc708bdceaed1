"""Losses: derivatives against autograd, distributions, and the numbers that they estimate."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from scipy import stats
from scipy.optimize import minimize

from edgewise.additive.choose import list_squares
from edgewise.additive.links import Log
from edgewise.additive.loss import find_quantile
from edgewise.additive.losses import (
    Binomial,
    Gamma,
    Gaussian,
    LogNormal,
    Multinomial,
    Multiplied,
    NegativeBinomial,
    Poisson,
    TweedieLoss,
)
from edgewise.additive.moments import Design
from edgewise.additive.robust import Huber, Quantile
from edgewise.additive.scoring import fit_constant, hold_rows, score
from edgewise.additive.streaming import NumberCoding
from edgewise.additive.tweedie import Tweedie, log_density


def tweedie(y, s, p):
    m = torch.exp(s)
    return -y * m ** (1 - p) / (1 - p) + m ** (2 - p) / (2 - p)


F = torch.nn.functional
CASES = {
    "squared": (Gaussian(), lambda y, s: 0.5 * (y - s) ** 2),
    "squared log": (Gaussian(Log()), lambda y, s: 0.5 * (y - torch.exp(s)) ** 2),
    "multiplied": (Multiplied(), lambda y, s: torch.exp(s) - y * s),
    "lognormal": (LogNormal(), lambda y, s: 0.5 * (y - s) ** 2),
    "poisson": (Poisson(), lambda y, s: torch.exp(s) - y * s),
    "gamma": (Gamma(), lambda y, s: y * torch.exp(-s) + s),
    "tweedie": (TweedieLoss(power=1.3), lambda y, s: tweedie(y, s, 1.3)),
    "negative binomial": (
        NegativeBinomial(size=2.5),
        lambda y, s: -y * s + (y + 2.5) * torch.log(2.5 + torch.exp(s)),
    ),
    "binomial": (Binomial(), lambda y, s: F.softplus(s) - y * s),
    "multinomial": (Multinomial(), lambda y, s: torch.logsumexp(s, 1, True) - (y * s).sum(1, True)),
    "huber": (Huber(limit=0.7), lambda y, s: F.huber_loss(s, y, reduction="none", delta=0.7)),
    "quantile": (
        Quantile(level=0.8, width=0.2),
        lambda y, s: 0.8 * (y - s) + 0.2 * F.softplus(-(y - s) / 0.2),
    ),
}
CASES |= {
    f"{name}, expected steps": (CASES[name][0].expected_steps, CASES[name][1])
    for name in ("huber", "quantile")
}


def draw(name, rows=60, seed=0):
    """Targets and sums of effects; where errors are clipped, near enough."""
    g = np.random.default_rng(seed)
    effects = g.normal(size=(rows, 3 if name == "multinomial" else 1))
    if name == "multinomial":
        return np.eye(3)[g.integers(0, 3, rows)], effects
    if name == "binomial":
        return g.random((rows, 1)), effects
    if name in ("poisson", "negative binomial"):
        return g.poisson(np.exp(effects)).astype(float), effects
    if name == "tweedie":
        return np.where(g.random((rows, 1)) < 0.3, 0.0, g.gamma(2, 1, (rows, 1))), effects
    if name == "squared log":
        return np.exp(effects) * g.uniform(0.5, 1.5, effects.shape), effects
    return np.exp(g.normal(size=(rows, 1))), effects


def test_only_a_loss_of_multiplied_effects_is_judged_by_another_one():
    """By the squared error, so that links can be compared."""
    for name, (loss, _) in CASES.items():
        y, effects = draw(name)
        other = Gaussian(Log()) if name == "multiplied" else loss
        np.testing.assert_array_equal(loss.error(y, effects), other.loss(y, effects))


def test_squared_errors_accept_what_a_sample_did_not_have():
    """A sample above 0 chooses among losses that all rows of a table in parts then get."""
    y = np.array([-1.0, 0.0, 2.0])
    for loss in list_squares(np.array([1.0, 2.0, 4.0]), np.ones(3)):
        found, _ = NumberCoding(0, 0.0, 1.0, loss).encode([y])
        response, weight = loss.working(found, np.zeros((3, 1)))
        assert np.isfinite(response).all()
        assert (weight > 0).all()


@pytest.mark.parametrize("name", CASES)
def test_working_responses_point_down_the_gradient_of_autograd(name):
    """weight · (response - s) = -dl/ds, in float64."""
    loss, formula = CASES[name]
    y, effects = draw(name)
    s = torch.tensor(effects, requires_grad=True)
    formula(torch.tensor(y), s).sum().backward()
    response, weight = loss.working(y, effects)
    np.testing.assert_allclose(
        weight * (response - effects), -s.grad.numpy(), rtol=1e-11, atol=1e-12
    )
    assert np.all(weight > 0)


@pytest.mark.parametrize("name", CASES)
def test_losses_differ_from_the_formula_by_what_y_alone_says(name):
    loss, formula = CASES[name]
    y, effects = draw(name)
    other = draw(name, seed=5)[1]
    theirs = [formula(torch.tensor(y), torch.tensor(s)).sum(1).numpy() for s in (effects, other)]
    ours = [loss.loss(y, s) for s in (effects, other)]
    np.testing.assert_allclose(ours[0] - ours[1], theirs[0] - theirs[1], rtol=1e-10, atol=1e-11)


@pytest.mark.parametrize("name", ["poisson", "gamma", "tweedie", "negative binomial", "squared"])
def test_a_perfect_prediction_has_no_deviance(name):
    loss, _ = CASES[name]
    y = draw(name)[0] + 0.5
    np.testing.assert_allclose(loss.loss(y, loss.link.inverse(y)), 0.0, atol=1e-12)


@pytest.mark.parametrize("name", ["huber", "quantile"])
def test_steps_are_those_of_a_parabola_above_the_loss(name):
    """So that a step never goes up: l(t) ≤ l(s) + l'(s) (t - s) + ½ v (t - s)²."""
    loss, _ = CASES[name]
    y, s = draw(name)
    response, weight = loss.working(y, s)
    for t in (s + 0.1, s - 0.7, s + 3.0, y):
        bound = weight * ((response - t) ** 2 - (response - s) ** 2) / 2
        assert np.all(loss.loss(y, t) <= loss.loss(y, s) + bound[:, 0] + 1e-9)


@pytest.mark.parametrize("name", ["huber", "quantile"])
def test_expected_steps_have_the_mean_of_the_curvature(name):
    """By differences of the slope, for as many rows that the kinks average out."""
    loss, _ = CASES[name]
    y, s = draw(name, rows=4000)
    expected = loss.expected_steps
    slopes = [np.prod([w, r - t], 0) for t in (s + 1e-3, s - 1e-3) for r, w in [loss.working(y, t)]]
    weight = expected.working(y, s)[1]
    assert np.ptp(weight) == 0
    assert weight[0, 0] == pytest.approx(np.mean(slopes[1] - slopes[0]) / 2e-3, rel=0.01)
    assert np.mean(loss.working(y, s)[1]) > 1.1 * weight[0, 0]


@pytest.mark.parametrize("name", CASES)
def test_nothing_overflows(name):
    loss, _ = CASES[name]
    y, effects = draw(name)
    with np.errstate(all="raise", under="ignore"):
        for size in (1e3, -1e3):
            assert all(np.isfinite(part).all() for part in loss.working(y, effects * size))
            assert np.isfinite(loss.loss(y, effects * size)).all()


@pytest.mark.parametrize("name", ["poisson", "gamma", "tweedie", "negative binomial", "binomial"])
def test_the_constant_of_least_loss_is_the_mean(name):
    loss, _ = CASES[name]
    y, _ = draw(name)
    weight = np.random.default_rng(2).uniform(0.5, 2, len(y))
    found = loss.link.mean(fit_constant(loss, y, weight, 0.0))
    np.testing.assert_allclose(found, np.average(y, axis=0, weights=weight), rtol=1e-3)


def test_a_constant_beside_exposures_is_the_rate():
    """Of Poisson counts: all events over all time."""
    g = np.random.default_rng(0)
    years = g.uniform(0.1, 5, (400, 1))
    y = g.poisson(years * 0.3).astype(float)
    found = np.exp(fit_constant(Poisson(), y, np.ones(400), np.log(years)))
    np.testing.assert_allclose(found, y.sum() / years.sum(), rtol=1e-4)


@pytest.mark.parametrize("level", [0.1, 0.5, 0.9])
def test_the_constant_of_least_check_function_is_the_quantile(level):
    y = np.random.default_rng(0).normal(size=(4001, 1))
    found = fit_constant(Quantile(level=level, width=0.01), y, np.ones(4001), 0.0)
    assert abs(np.mean(y < found) - level) < 0.005


@pytest.mark.parametrize("power", [1.15, 1.5, 1.8])
def test_tweedie_has_the_density_of_a_compound_sum(power):
    """Probability 1, its mean, its variance φ μ^p, and the slope of its distribution function."""
    noise, at_zero = 0.9, np.exp(log_density(np.zeros(1), np.array([0.8]), 0.9, power))[0]
    nodes, shares = np.polynomial.legendre.leggauss(300)
    place = (nodes + 1) / 2  # its eighth power is y: near 0 the density is a power of y

    def integrate(function, end):
        y = end * place**8
        density = np.exp(log_density(y, np.full(300, 0.8), noise, power))
        return float(shares @ (function(y) * density * end * 4 * place**7))

    assert abs(at_zero + integrate(np.ones_like, 60.0) - 1) < 1e-7
    assert abs(integrate(np.array, 60.0) / 0.8 - 1) < 1e-7
    assert abs(integrate(np.square, 60.0) / (0.8**2 + noise * 0.8**power) - 1) < 1e-7
    spread, ends = Tweedie(power, np.full(4, 0.8), noise), np.array([0.0, 0.5, 1.0, 4.0])
    found = [at_zero + integrate(np.ones_like, end) for end in ends]
    np.testing.assert_allclose(spread.cdf(ends), found, rtol=1e-6)
    np.testing.assert_allclose(spread.cdf(spread.ppf(0.9)), 0.9, rtol=1e-9)


@pytest.mark.parametrize("power", [1.3, 1.5, 1.7])
def test_the_power_is_found_by_the_likelihood(power):
    g = np.random.default_rng(0)
    mean = np.exp(g.uniform(-1, 1.5, 3000))
    expected, shape, scale = Tweedie(power, mean, 1.2).parts()
    number = g.poisson(expected)
    y = np.where(number > 0, g.gamma(np.maximum(number, 1) * shape, scale), 0.0)
    found = TweedieLoss().settle(y[:, None], np.log(mean)[:, None], np.ones(3000))
    assert abs(found.power - power) < 0.06


def test_the_size_of_negative_binomial_counts_is_found():
    g = np.random.default_rng(0)
    mean = np.exp(g.uniform(-1, 2, 5000))
    y = g.negative_binomial(3.0, 3.0 / (3.0 + mean)).astype(float)
    found = NegativeBinomial().settle(y[:, None], np.log(mean)[:, None], np.ones(5000))
    assert abs(found.size / 3.0 - 1) < 0.15


@pytest.mark.parametrize(
    ("loss", "noise"),
    [
        (Poisson(), 1.7),
        (Gamma(), 0.4),
        (LogNormal(), 0.3),
        (NegativeBinomial(size=1.5), 1.0),
    ],
    ids=lambda case: getattr(case, "name", None),
)
def test_distributions_have_the_mean_and_the_variance_of_their_loss(loss, noise):
    """By quantiles at equal steps of probability."""
    shares = (np.arange(4000) + 0.5) / 4000
    spread = loss.distribution(np.array([2.0]), noise)
    values = np.array([spread.ppf(share)[0] for share in shares])
    variance = {
        "poisson": noise * 2.0,
        "gamma": noise * 4.0,
        "lognormal": 4.0 * np.expm1(noise),
        "negative_binomial": 2.0 + 4.0 / 1.5,
    }[loss.name]
    assert abs(values.mean() / 2.0 - 1) < 0.02
    assert abs(values.var() / variance - 1) < 0.08


@pytest.mark.parametrize("name", ["poisson", "gamma", "huber", "quantile"])
def test_the_noise_is_that_of_the_estimated_constant(name):
    """φ n / (Σ v n) is the variance of the constant: as it is over 400 tables of 300 rows."""
    g = np.random.default_rng(0)
    loss = {
        "poisson": Poisson(),
        "gamma": Gamma(),
        "huber": Huber(limit=1.0),
        "quantile": Quantile(level=0.7, width=0.1),
    }[name]
    tables = {
        "poisson": lambda: g.negative_binomial(2, 0.5, 300),
        "gamma": lambda: g.gamma(2.0, size=300),
        "huber": lambda: stats.t(3).rvs(300, random_state=g),
        "quantile": lambda: g.normal(size=300),
    }[name]
    found, told = [], []
    for _ in range(400):
        y = tables().astype(float)[:, None]
        constant = fit_constant(loss, y, np.ones(300), 0.0)
        effects = np.full_like(y, constant[0])
        noise = loss.find_noise(y, effects, np.ones(300), 1.0, 0)
        found.append(constant[0])
        told.append(noise / loss.working(y, effects)[1].sum())
    assert abs(np.mean(told) / np.var(found) - 1) < 0.2


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.77, 1.0])
def test_a_weighted_quantile_splits_the_weight(share):
    """Half of a value's weight lies below it; between two values the quantile is linear."""
    g = np.random.default_rng(0)
    values, weight = g.permutation(np.arange(9.0) ** 2), g.uniform(0.2, 3, 9)
    below = [weight[values < v].sum() + weight[values == v].sum() / 2 for v in np.sort(values)]
    expected = np.interp(share * weight.sum(), below, np.sort(values))
    assert find_quantile(values, weight, share) == pytest.approx(expected, rel=1e-12)
    assert find_quantile(values, np.ones(9), 0.5) == np.median(values)
    assert find_quantile(-values, weight, 1 - share) == pytest.approx(-expected, rel=1e-12)


def test_steps_that_go_to_and_fro_are_shortened():
    """Lines of log y where y varies more than its mean lets one expect: whole steps overshoot."""
    g = np.random.default_rng(1)
    x = g.normal(size=(300, 4))
    mean = np.exp(0.3 * x[:, 0] + 0.25 * x[:, 1] ** 2 + 0.35 * x[:, 2] * x[:, 3])
    y = (mean * g.gamma(2, 0.5, 300))[:, None]
    design = Design(np.c_[np.ones(300), x], np.arange(5), (), 5, offset=0.0)
    rows, turns = hold_rows(design, y, np.ones(300)), []

    def gather(*given):
        turns.append(given)
        return rows.gather(*given)

    start = np.r_[np.log(y.mean()), np.zeros(4)][:, None]
    counted, ridges = replace(rows, gather=gather), [np.full(1, 3.0)]
    coef, _, (found,) = score(counted, Gamma(), [np.arange(1, 5)], ridges, start, None)

    def measure(c):
        shrunk = 0.5 * found.ridge[0] * c[1:] @ c[1:]
        return Gamma().loss(y, design.add_up(c[:, None])).sum() + shrunk

    assert len(turns) <= 8
    np.testing.assert_allclose(coef[:, 0], minimize(measure, start[:, 0]).x, atol=3e-3)
