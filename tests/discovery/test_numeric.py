"""The numeric model: values, gradients, noise, leave-one-out, and the likelihood's gradient."""

import numpy as np
import pytest

from edgewise.discovery import numeric
from edgewise.discovery.likelihood import Likelihood, condition
from edgewise.discovery.numeric import Warp, fit_gaussian_process


def relative(a, b):
    return np.sqrt(((a - b) ** 2).mean() / (b**2).mean())


def smooth(x):
    return x[:, 0] * np.exp(-x[:, 1] * x[:, 2]) / x[:, 3]


def smooth_gradient(x):
    a, b, c, d = x.T
    y = smooth(x)
    return np.stack([y / a, -c * y, -b * y, -y / d], 1)


def test_values_and_gradients_of_a_smooth_function():
    rng = np.random.default_rng(0)
    x, new = rng.uniform(1, 3, (1000, 4)), rng.uniform(1, 3, (300, 4))
    model = fit_gaussian_process(x, smooth(x))
    assert relative(model.predict(new), smooth(new)) <= 1e-4
    assert relative(model.gradient(new), smooth_gradient(new)) <= 1e-2
    assert model.fvu_loo <= 1e-7


@pytest.mark.parametrize("warp", [False, True])
def test_the_gradient_is_that_of_the_prediction(warp, monkeypatch):
    if not warp:
        monkeypatch.setattr(numeric, "_warps", lambda x, y: [(False, False)])
    rng = np.random.default_rng(1)
    x = rng.uniform(0.5, 3, (150, 3))
    y = x[:, 0] * np.exp(x[:, 1] + 0.05 * rng.standard_normal(150)) / x[:, 2] ** 2
    model = fit_gaussian_process(x, y)
    assert (model.warp.sign != 0) == warp
    step = 1e-5 * np.eye(3)
    told = np.stack([(model.predict(x + h) - model.predict(x - h)) / 2e-5 for h in step], 1)
    assert relative(model.gradient(x), told) <= 1e-5


@pytest.mark.parametrize("noise", [0.01, 0.1])
def test_the_variance_of_the_noise(noise):
    rng = np.random.default_rng(2)
    x = rng.uniform(1, 3, (1000, 4))
    y = smooth(x)
    added = noise * y.std() * rng.standard_normal(1000)
    model = fit_gaussian_process(x, y + added)
    assert model.noise_variance == pytest.approx(added.var(), rel=0.2)
    assert added.var() / y.var() * 0.8 <= model.fvu_loo <= added.var() / y.var() * 2


def test_weights_tell_the_noise_of_rows():
    rng = np.random.default_rng(3)
    x = rng.uniform(-2, 2, (400, 2))
    truth = np.sin(x[:, 0]) + x[:, 1]
    weight = np.where(rng.random(400) < 0.5, 1.9, 0.1)
    y = truth + rng.standard_normal(400) * 0.3 / np.sqrt(weight)
    weighted, plain = fit_gaussian_process(x, y, weight), fit_gaussian_process(x, y)
    assert weighted.noise_variance == pytest.approx(0.09, rel=0.3)
    assert relative(weighted.predict(x), truth) < 0.7 * relative(plain.predict(x), truth)


def test_leave_one_out_is_a_fit_without_the_row():
    rng = np.random.default_rng(4)
    x, t = rng.standard_normal((30, 2)), rng.standard_normal(30)
    theta = np.log([1.3, 0.8, 0.5, 0.2])
    whole = condition(x, t, np.ones(30), theta)
    for row in (0, 7):
        rest = np.delete(np.arange(30), row)
        without = condition(x[rest], t[rest], np.ones(29), theta)
        z = x[row] / np.exp(theta[:2])
        kernel = np.exp(-((z - without.z) ** 2).sum(1) / 2) + without.tau * without.z @ z
        assert whole.left_out[row] == pytest.approx(without.mean + kernel @ without.dual, rel=1e-8)


def test_cross_validation_predicts_each_fold_from_the_others(monkeypatch):
    """With a fold for each row it leaves out one row; with half of the rows it knows less."""
    monkeypatch.setattr(numeric, "_warps", lambda x, y: [(False, False)])
    g = np.random.default_rng(2)
    x = g.uniform(-1, 1, (40, 2))
    y = np.sin(2 * x[:, 0]) + x[:, 1] + 0.1 * g.standard_normal(40)
    process = fit_gaussian_process(x, y)
    assert process.cross_validate(np.arange(40)) == pytest.approx(process.fvu_loo, rel=1e-6)
    halves = process.cross_validate(np.arange(40) % 2)
    assert process.fvu_loo < halves < 1
    noise = g.standard_normal(40)
    assert fit_gaussian_process(x, noise).cross_validate(np.arange(40) % 5) > 0.9


def test_the_likelihood_and_its_gradient_agree():
    rng = np.random.default_rng(5)
    x, t = rng.standard_normal((40, 3)), rng.standard_normal(40)
    likelihood = Likelihood(x, t, rng.uniform(0.5, 2, 40))
    theta = np.log([1.3, 0.8, 3.0, 0.5, 0.2])
    _, gradient = likelihood(theta)
    step = 1e-5 * np.eye(5)
    told = [(likelihood(theta + h)[0] - likelihood(theta - h)[0]) / 2e-5 for h in step]
    np.testing.assert_allclose(gradient, told, rtol=1e-6, atol=1e-6)


def test_screening_of_many_inputs():
    rng = np.random.default_rng(6)
    x = rng.standard_normal((500, 40))
    y = np.sin(1.5 * x[:, 3]) + x[:, 17] * x[:, 5] + 0.1 * rng.standard_normal(500)
    model = fit_gaussian_process(x, y, rows=300)
    assert set(np.argsort(model.length_scales)[:3]) == {3, 5, 17}
    assert model.fvu_loo < 0.1


def test_the_error_of_gradients_is_of_the_right_size():
    rng = np.random.default_rng(7)
    x = rng.uniform(1, 3, (1000, 4))
    y = smooth(x)
    model = fit_gaussian_process(x, y + 0.05 * y.std() * rng.standard_normal(1000))
    truth = np.sqrt(((model.gradient(x) - smooth_gradient(x)) ** 2).mean(0))
    ratio = model.gradient_error(x) / truth
    assert (ratio > 0.2).all()
    assert (ratio < 3).all()


def test_the_same_seed_gives_the_same_model():
    rng = np.random.default_rng(8)
    x = rng.standard_normal((200, 2))
    y = x[:, 0] * x[:, 1] + rng.standard_normal(200)
    a, b = (fit_gaussian_process(x, y, rows=100, seed=3).predict(x) for _ in range(2))
    np.testing.assert_array_equal(a, b)


@pytest.mark.parametrize("size", [1e-100, 1.0, 1e100])
def test_constants_repeated_rows_and_odd_sizes(size):
    rng = np.random.default_rng(9)
    x = np.repeat(rng.standard_normal((15, 2)), 2, 0)
    x = np.c_[x, np.ones(30)]
    assert np.isfinite(fit_gaussian_process(x, np.full(30, size)).predict(x)).all()
    model = fit_gaussian_process(x, size * x[:, 0] ** 2)
    assert relative(model.predict(x) / size, x[:, 0] ** 2) < 1e-3
    assert (model.gradient(x)[:, 2] == 0).all()


def test_a_warp_takes_back_what_it_does():
    rng = np.random.default_rng(10)
    x, y = rng.uniform(0.1, 5, (50, 2)), -rng.uniform(0.1, 9, 50)
    warp = Warp.make(x, y, True, True)
    np.testing.assert_allclose(warp.output_back(warp.output(y)), y, rtol=1e-12)
    t = warp.output(y)
    slope = (warp.output_back(t + 1e-6) - warp.output_back(t - 1e-6)) / 2e-6
    np.testing.assert_allclose(slope, warp.output_slope(y), rtol=1e-6)
    change = (warp.inputs(x + 1e-6) - warp.inputs(x - 1e-6)) / 2e-6
    np.testing.assert_allclose(change, warp.slopes(x), rtol=1e-6)


def test_a_column_vector_is_refused():
    with pytest.raises(ValueError, match=r"y\[:, 0\]"):
        fit_gaussian_process(np.zeros((9, 2)), np.zeros((9, 1)))


@pytest.mark.parametrize("log_output", [False, True])
def test_the_density_of_y_is_in_units_of_y(log_output):
    """Of c y it is smaller by log c for each row, whatever the warp."""
    g = np.random.default_rng(0)
    x = g.uniform(1, 2, (20, 1))
    y, rows = np.exp(x[:, 0]) + 0.01 * g.normal(size=20), np.arange(20)
    one, ten = (
        numeric._start(x, c * y, np.ones(20), rows, False, log_output, 1e-2, 5)[0] for c in (1, 10)
    )
    assert ten == pytest.approx(one - 20 * np.log(10), rel=1e-6)
