"""Models of y's errors, function by function: limits on both sides and formulas by hand."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import ClassVar

import numpy as np
import pytest
from scipy import stats

from edgewise.discovery import noise
from edgewise.discovery.front import Scored
from edgewise.discovery.noise import (
    NoiseEstimate,
    _apply,
    _find_least,
    _fit_logs,
    _fit_smooth,
    _is_open,
    _join,
    _list_kinds,
    _measure_chi2,
    _scatters_like_counts,
    _shape,
    _Trial,
    _try_kind,
    _weigh_trial,
    has_one_sign,
    is_count,
    report_noise,
    weigh_by_noise,
    with_known_noise,
)
from edgewise.discovery.problem import Problem
from edgewise.formula.data import Data, Fit
from edgewise.formula.expression import Input, add, free, multiply
from edgewise.formula.numbers import with_errors
from edgewise.laws.errors import Errors

X = np.linspace(1.0, 5.0, 12)[:, None]


def given(sigma):
    return NoiseEstimate("given", True, False, np.asarray(sigma, dtype=float))


# ---- what to expect of new measurements -------------------------------------------------------


def test_errors_of_one_kind_are_expected_in_proportion_to_their_shape():
    y, new = np.array([1.0, 4.0, 9.0]), np.array([2.0, -16.0])
    constant = NoiseEstimate("constant", False, False, np.full(3, 0.3))
    np.testing.assert_allclose(constant.expect(y, new), [0.3, 0.3])
    relative = NoiseEstimate("relative", False, False, 0.1 * y)
    np.testing.assert_allclose(relative.expect(y, new), [0.2, 1.6])
    counts = NoiseEstimate("poisson", False, False, 2 * np.sqrt(y))
    np.testing.assert_allclose(counts.expect(y, new), 2 * np.sqrt(np.abs(new)))


def test_given_errors_that_follow_y_are_expected_to_be_relative():
    y = np.array([1.0, 2.0, 4.0, 8.0, -16.0, 0.0])
    follow = given([0.1, 0.2, 0.4, 0.8, 1.6, 0.0])
    np.testing.assert_allclose(follow.expect(y, np.array([3.0, -30.0])), [0.3, 3.0])
    even = given([0.1, 0.1, 0.1, 0.1, 0.1, 0.2])
    np.testing.assert_allclose(even.expect(y, np.array([3.0, -30.0])), [0.1, 0.1])
    one = NoiseEstimate("given", True, False, np.array(0.5))
    np.testing.assert_allclose(one.expect(y, np.array([3.0])), [0.5])
    none = given(np.zeros(6))
    np.testing.assert_allclose(none.expect(np.zeros(6), np.array([3.0])), [0.0])


@pytest.mark.parametrize(("power", "is_relative"), [(0.6, False), (0.72, True)])
def test_given_errors_are_relative_if_their_ratio_to_y_varies_half_as_much(power, is_relative):
    """Of σ = y^p, log σ has p times the spread of log y, and log(σ/y) 1 - p times."""
    y = np.geomspace(1, 100, 7)
    expected = given(y**power).expect(y, np.array([1e4, 1e6]))
    assert expected[0] < expected[1] if is_relative else expected[0] == expected[1]


@pytest.mark.parametrize(
    ("estimate", "text"),
    [
        (given([0.1, 0.2, 0.3]), "as given"),
        (NoiseEstimate("constant", False, False, np.array([0.1234])), "0.12, the same in all rows"),
        (NoiseEstimate("relative", False, False, np.ones(2), 0.05), "0.05 of y"),
        (NoiseEstimate("relative", False, False, np.ones(2)), "0 of y"),
        (NoiseEstimate("poisson", True, False, np.ones(2)), "those of counts"),
        (NoiseEstimate("poisson", False, False, np.ones(2)), "those of counts, up to a factor"),
        (
            NoiseEstimate("poisson", True, True, np.ones(2)),
            "those of counts (chosen by the likelihood of left-out rows)",
        ),
    ],
)
def test_estimates_say_what_they_are(estimate, text):
    assert str(estimate) == text


# ---- which kinds there may be -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("y", "one_sign", "count"),
    [
        ([1, 2, 3], True, True),
        ([0, 2, 3], False, True),
        ([0, 1, 1], False, False),
        ([-1, -2, -3], True, False),
        ([-1, 2, 3], False, False),
        ([1, 2, 3.5], True, False),
        ([0, 0, 2], False, True),
    ],
)
def test_signs_and_counts(y, one_sign, count):
    y = np.array(y, dtype=float)
    assert has_one_sign(y) == one_sign
    assert is_count(y) == count


@pytest.mark.parametrize(
    ("y", "kinds"),
    [
        ([0.5, 2.0], ["constant"]),
        ([0.5, 2.01], ["constant", "relative"]),
        ([-0.5, -2.01], ["constant", "relative"]),
        ([-0.5, 2.01], ["constant"]),
        ([1.0, 5.0], ["constant", "relative", "poisson"]),
        ([1.0, 4.0], ["constant"]),
        ([0.0, 4.0], ["constant"]),
        ([0.0, 5.0], ["constant", "poisson"]),
        ([2.0, 8.0], ["constant"]),
        ([2.0, 9.0], ["constant", "relative", "poisson"]),
    ],
)
def test_kinds_need_a_span_of_values(y, kinds):
    assert _list_kinds(Problem(np.zeros((2, 1)), np.array(y))) == kinds


def test_counts_are_known_in_their_own_unit():
    assert "poisson" in _list_kinds(Problem(np.zeros((2, 1)), np.array([0.0, 0.5]), unit=20.0))
    assert "poisson" not in _list_kinds(Problem(np.zeros((2, 1)), np.array([0.0, 10.0]), unit=0.4))
    assert "poisson" not in _list_kinds(Problem(np.zeros((2, 1)), np.array([0.0, 9.0]), unit=0.3))


def open_problem(**changes):
    return replace(Problem(X, np.exp(X[:, 0])), **changes)


@pytest.mark.parametrize(
    ("changes", "is_open"),
    [
        ({}, True),
        ({"weight": np.ones(12)}, False),
        ({"threshold": 0.5}, False),
        ({"robust": True}, False),
        ({"errors": Errors(x_sigma=np.array([0.1]))}, False),
        ({"y": np.linspace(1, 2, 12)}, False),
        ({"x": np.repeat([[1.0], [2.0], [3.0]], 4, 0)}, False),
        ({"x": np.repeat([[1.0], [2.0], [3.0], [4.0]], 3, 0)}, True),
    ],
)
def test_the_kind_is_chosen_only_where_rows_may_tell_it(changes, is_open):
    assert _is_open(open_problem(**changes)) == is_open


# ---- shapes and likelihoods -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "y", "least"),
    [
        ("poisson", [0.0, 3.0], 0.5),
        ("relative", [2.0, 6.0, 8.0], 1.0),
        ("constant", [-2.0, -6.0, -8.0], 1.0),
        ("relative", [-2.0, 6.0, 8.0], 6e-3),
        ("relative", [-1.0, 0.0, 0.0, 0.0, 1e6], 1e-6),
        ("relative", [0.0, 0.0, 0.0], 1e-300),
    ],
)
def test_errors_get_no_smaller_than_at_a_least_value(kind, y, least):
    assert _find_least(kind, np.array(y)) == pytest.approx(least, rel=1e-12)


def test_shapes_of_errors():
    f = np.array([-4.0, 0.01, 9.0])
    np.testing.assert_allclose(_shape("constant", f, 0.5), [1, 1, 1])
    np.testing.assert_allclose(_shape("relative", f, 0.5), [4, 0.5, 9])
    np.testing.assert_allclose(_shape("poisson", f, 0.5), np.sqrt([0.5, 0.5, 9]))


def test_weights_are_inverse_variances():
    shape, weight = np.array([1.0, 2.0, 4.0]), np.array([3.0, 1.0, 2.0])
    np.testing.assert_allclose(_join(None, shape), [1, 1 / 4, 1 / 16])
    np.testing.assert_allclose(_join(weight, 3 * shape), [3, 1 / 4, 2 / 16])


def test_the_likelihood_is_that_of_laplace_with_the_likeliest_scale():
    g = np.random.default_rng(0)
    y, left_out = g.uniform(1, 9, (2, 20))
    for kind in ("constant", "relative", "poisson"):
        trial = _weigh_trial(kind, y, left_out, 2 * left_out, 0.5)
        shape = _shape(kind, left_out, 0.5)
        scale = np.mean(np.abs(y - left_out) / shape)
        wanted = stats.laplace(left_out, scale * shape).logpdf(y).sum()
        # The constants of the density are left out.
        assert trial.likelihood == pytest.approx(wanted + 20 * (1 + math.log(2)), rel=1e-10)
        assert trial.scatter == pytest.approx(scale * math.sqrt(math.pi / 2))
        np.testing.assert_allclose(trial.shape, _shape(kind, 2 * left_out, 0.5))


@pytest.mark.parametrize("rows", [50, 200, 5000])
def test_counts_scatter_as_counts_within_four_standard_errors(rows):
    """The logarithm of a standard deviation has the standard error 1/√(2 n); n is at most 300."""
    error = 4 / math.sqrt(2 * min(rows, 300))
    for sign in (-1, 1):
        for factor, like in ((0.99, True), (1.01, False)):
            trial = _Trial("poisson", np.ones(1), 0.0, math.exp(sign * factor * error))
            assert _scatters_like_counts(trial, rows) == like
            assert not _scatters_like_counts(replace(trial, kind="relative"), rows)


# ---- the choice -------------------------------------------------------------------------------


def choose(monkeypatch, likelihoods, scatters=None, y=None):
    """The kind that is chosen, and whether its size is known, where trials turn out like this."""
    y = np.arange(1.0, 13.0) ** 2 if y is None else y
    scatters = {"constant": 0.1, "relative": 0.1, "poisson": 9.0} | (scatters or {})

    def try_kind(problem, kind):
        return _Trial(kind, np.arange(1.0, 13.0), likelihoods[kind], scatters[kind])

    monkeypatch.setattr(noise, "_try_kind", try_kind)
    problem, kind, chosen = weigh_by_noise(Problem(X, y))
    assert chosen == (kind != "constant")
    assert (problem.weight is None) == (kind == "constant")
    return kind, problem.noise_variance is not None


@pytest.mark.parametrize(
    ("likelihoods", "scatters", "kind"),
    [
        ((0.0, 2.99, 0.0), {}, ("constant", False)),
        ((0.0, 3.0, 0.0), {}, ("relative", False)),
        ((0.0, 5.0, 6.0), {}, ("poisson", False)),
        ((0.0, 6.0, 5.0), {}, ("relative", False)),
        ((0.0, 6.0, 5.0), {"poisson": 1.1}, ("poisson", True)),
        ((0.0, 9.0, 5.0), {"poisson": 1.1}, ("relative", False)),
        ((0.0, 2.0, 2.9), {"poisson": 1.1}, ("constant", False)),
        ((0.0, 9.0, 0.0), {"relative": 0.251}, ("constant", False)),
        ((0.0, 9.0, 0.0), {"relative": 0.249}, ("relative", False)),
        ((5.0, 7.0, 7.5), {}, ("constant", False)),
    ],
)
def test_another_kind_must_be_clearly_likelier(monkeypatch, likelihoods, scatters, kind):
    table = dict(zip(("constant", "relative", "poisson"), likelihoods, strict=True))
    assert choose(monkeypatch, table, scatters) == kind


def test_kinds_that_are_given_are_not_chosen(monkeypatch):
    trial = _Trial("relative", np.arange(1.0, 13.0), -1e9, 9.0)
    monkeypatch.setattr(noise, "_try_kind", lambda problem, kind: replace(trial, kind=kind))
    y = np.arange(1.0, 13.0) ** 2
    for kind, counts in (("relative", False), ("poisson", True)):
        problem, found, chosen = weigh_by_noise(Problem(X, y, errors=Errors(kind)))
        assert (found, chosen) == (kind, False)
        assert (problem.noise_variance is not None) == counts
    problem, *_ = weigh_by_noise(Problem(X, y + 0.5, errors=Errors("poisson")))
    assert problem.noise_variance is None
    plain = Problem(X, y, errors=Errors("constant"))
    assert weigh_by_noise(plain) == (plain, "constant", False)
    sigma = np.linspace(1, 2, 12)
    problem, found, chosen = weigh_by_noise(Problem(X, y, errors=Errors("given", sigma=sigma)))
    assert (found, chosen) == ("given", False)
    np.testing.assert_allclose(problem.noise_variance / problem.weight, sigma**2)


@pytest.mark.parametrize("unit", [1.0, 4.0])
def test_known_errors_of_counts_have_poissons_size(unit):
    """Counts n = unit · y have variance n, so y has the variance n / unit² = y / unit."""
    counts = np.arange(1.0, 13.0) * 4
    trial = _Trial("poisson", np.sqrt(counts / unit), 0.0, 1.0)
    made = _apply(Problem(X, counts / unit, unit=unit), trial, True)
    np.testing.assert_allclose(made.noise_variance / made.weight, counts / unit**2)
    unknown = _apply(Problem(X, counts / unit, unit=unit), trial, False)
    assert unknown.noise_variance is None
    np.testing.assert_allclose(unknown.weight, made.weight)


# ---- what is reported -------------------------------------------------------------------------

LINE = add(multiply(free(2.0), Input(0)), free(0.5))


def line_problem(**settings):
    g = np.random.default_rng(3)
    y = 2 * X[:, 0] + 0.5 + 0.2 * g.normal(size=12)
    return Problem(X, y, **settings)


def scored_line(problem):
    return Scored(problem.data.fit(LINE), "terms")


def test_chi2_is_the_weighted_sum_of_squares_over_the_variance():
    weight = np.arange(1.0, 13.0) / 6.5
    data = Data.of(X, line_problem().y, weight)
    fit = data.fit(LINE)
    chi2 = _measure_chi2(fit.tree, fit.fvu, data, 0.04)
    a, b = sorted((n.value for n in fit.tree.numbers()), reverse=True)
    missed = weight @ (data.y - a * X[:, 0] - b) ** 2
    assert chi2.value == pytest.approx(missed / 0.04, rel=1e-9)
    assert chi2.freedom == 10
    plain = Data.of(X, data.y)
    assert _measure_chi2(fit.tree, 0.5, plain, 2.0).value == pytest.approx(3 * plain.variance)


@pytest.mark.parametrize(("rows", "freedom"), [(2, None), (3, 1)])
def test_chi2_needs_a_degree_of_freedom(rows, freedom):
    data = Data.of(X[:rows], X[:rows, 0])
    found = _measure_chi2(LINE, 0.1, data, 1.0)
    assert found is None if freedom is None else found.freedom == freedom


def test_unknown_sizes_of_errors_are_those_of_the_residuals():
    weight = np.linspace(0.5, 1.5, 12)
    problem = line_problem(weight=weight, unit=10.0)
    found = scored_line(problem)
    told = report_noise(problem, "constant", False, found, robust=False)
    variance = found.fit.fvu * problem.variance
    np.testing.assert_allclose(told.sigma, 10 * np.sqrt(variance / weight))
    assert (told.kind, told.is_known, told.is_chosen) == ("constant", False, False)
    assert told.level is None
    assert told.chi2 is None


def test_relative_errors_are_told_as_a_fraction_of_the_curve():
    problem = line_problem(unit=10.0)
    problem = problem.weighed(1 / np.square(2 * X[:, 0] + 0.5))
    found = scored_line(problem)
    told = report_noise(problem, "relative", True, found, robust=False)
    a, b = sorted((n.value for n in found.tree.numbers()), reverse=True)
    assert told.level == pytest.approx(np.median(told.sigma / (10 * (a * X[:, 0] + b))))
    assert told.is_chosen
    nothing = Scored(problem.data.measure(multiply(free(0.0), Input(0))), "terms")
    assert report_noise(problem, "relative", True, nothing, robust=False).level is None


@pytest.mark.parametrize(
    ("settings", "robust", "has_chi2"),
    [
        ({"noise_variance": 0.04}, False, True),
        ({"noise_variance": 0.04}, True, False),
        ({}, False, False),
        ({"noise_variance": 0.04, "errors": Errors(x_sigma=np.array([0.1]))}, False, False),
    ],
)
def test_chi2_is_told_where_errors_are_known_and_all_that_y_has(settings, robust, has_chi2):
    problem = line_problem(**settings)
    told = report_noise(problem, "given", False, scored_line(problem), robust=robust)
    assert (told.chi2 is not None) == has_chi2
    assert told.is_known == ("noise_variance" in settings)
    if told.is_known:
        np.testing.assert_allclose(told.sigma, 0.2)


def test_errors_of_numbers_follow_from_known_noise():
    """Of a line by least squares: σ² (AᵀA)⁻¹."""
    data = line_problem().data
    fit = data.fit(LINE)
    tree = with_errors(fit, data)
    made = with_known_noise(tree, fit.fvu, data, 0.04)
    inverse = np.linalg.inv(np.column_stack([X, np.ones(12)]).T @ np.column_stack([X, np.ones(12)]))
    wanted = 0.2 * np.sqrt(np.diag(inverse))
    by_value = sorted(made.numbers(), key=lambda n: -n.value)
    np.testing.assert_allclose([n.error for n in by_value], wanted, rtol=1e-6)
    alone = 0.2 / np.sqrt([np.sum(X**2), 12])
    np.testing.assert_allclose([n.alone for n in by_value], alone, rtol=1e-6)


def test_errors_of_numbers_stay_those_of_the_scatter_where_known_noise_is_too_small():
    data = line_problem().data
    fit = Fit(LINE, 0.5, 1.0, 1.0)
    tree = with_errors(data.fit(LINE), data)
    assert with_known_noise(tree, fit.fvu, data, 1e-6) is tree
    assert with_known_noise(tree, fit.fvu, data, 1e3) is not tree
    short = Data.of(X[:2], data.y[:2])
    assert with_known_noise(LINE, 0.1, short, 1.0) is not None


# ---- smooth functions -------------------------------------------------------------------------


class Line:
    """A stand-in for a Gaussian process: the line through the origin, and what it was fitted to."""

    fits: ClassVar[list[tuple[np.ndarray, np.ndarray | None]]] = []

    def __init__(self, x, y, weight, seed):
        self.fits.append((y, weight))
        self.slope = float(x[:, 0] @ y / (x[:, 0] @ x[:, 0]))
        self.left_out = 1.1 * self.slope * x[:, 0]

    def predict(self, x):
        return self.slope * x[:, 0]

    def leave_one_out(self):
        return self.left_out


@pytest.fixture
def lines(monkeypatch):
    monkeypatch.setattr(Line, "fits", [])
    monkeypatch.setattr(noise, "fit_gaussian_process", Line)
    return Line.fits


def test_smooth_functions_are_weighted_by_the_fit_before(lines):
    y = np.linspace(2.0, 9.0, 12)
    problem = Problem(X, y, weight=np.linspace(0.5, 1.5, 12))
    left_out, predicted = _fit_smooth(problem, "relative", problem, 0.5)
    assert len(lines) == 2
    (_, first), (_, second) = lines
    assert first is problem.weight
    slope = X[:, 0] @ y / (X[:, 0] @ X[:, 0])
    shape = slope * X[:, 0]
    np.testing.assert_allclose(second, problem.weight * np.square(shape.min() / shape))
    np.testing.assert_allclose(predicted, shape)
    np.testing.assert_allclose(left_out, 1.1 * shape)


def test_constant_errors_take_the_numeric_model_of_the_problem():
    problem = Problem(X, np.sin(X[:, 0]))
    left_out, predicted = _fit_smooth(problem, "constant", problem, 0.5)
    assert left_out is problem.numeric.leave_one_out()
    np.testing.assert_array_equal(predicted, problem.numeric.predict(X))


def test_constant_errors_of_some_rows_are_fitted_once(lines):
    problem = Problem(X, np.linspace(2.0, 9.0, 12))
    _, predicted = _fit_smooth(problem, "constant", problem.some_rows(6), 0.5)
    assert [(len(y), weight) for y, weight in lines] == [(6, None)]
    assert len(predicted) == 12


@pytest.mark.parametrize("sign", [1.0, -1.0])
@pytest.mark.parametrize("kind", ["constant", "relative", "poisson"])
def test_logarithms_have_the_errors_of_y_over_y(lines, kind, sign):
    """|d log y| = |dy| / |y|."""
    size = np.linspace(2.0, 9.0, 12)
    problem = Problem(X, sign * size)
    left_out, predicted = _fit_logs(problem, kind, problem, 0.5)
    ((y, weight),) = lines
    np.testing.assert_allclose(y, np.log(size))
    if kind == "relative":
        assert weight is None
    else:
        errors = {"constant": 1 / size, "poisson": np.sqrt(size) / size}[kind]
        np.testing.assert_allclose(weight, np.square(errors.min() / errors))
    slope = X[:, 0] @ np.log(size) / (X[:, 0] @ X[:, 0])
    np.testing.assert_allclose(predicted, sign * np.exp(slope * X[:, 0]))
    np.testing.assert_allclose(left_out, sign * np.exp(1.1 * slope * X[:, 0]))


@pytest.mark.parametrize(
    ("y", "kind", "fitted"),
    [
        (np.linspace(2, 9, 12), "constant", {"logs", "smooth"}),
        (np.linspace(2, 9, 12), "relative", {"logs"}),
        (np.linspace(-2, 9, 12), "relative", {"smooth"}),
        (np.linspace(-2, 9, 12), "constant", {"smooth"}),
    ],
)
def test_the_likelier_of_two_smooth_functions_is_taken(monkeypatch, y, kind, fitted):
    asked = {}

    def near(name, away):
        def fit(problem, kind, some, least):
            asked[name] = away
            return some.y + away, problem.y + away

        return fit

    monkeypatch.setattr(noise, "_fit_logs", near("logs", 0.3))
    monkeypatch.setattr(noise, "_fit_smooth", near("smooth", 0.2))
    trial = _try_kind(Problem(X, y), kind)
    assert set(asked) == fitted
    away = min(asked.values())
    np.testing.assert_allclose(trial.shape, _shape(kind, y + away, _find_least(kind, y)))
