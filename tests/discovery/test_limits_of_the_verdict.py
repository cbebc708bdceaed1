"""Each limit of the verdict is the one that is stated: a little below it and a little above."""

import math
from dataclasses import replace

import numpy as np
import pytest
from test_selection import MEAN, X, Y, call, problem, scored

from edgewise.discovery.evidence import Evidence, count_inner, extrapolate
from edgewise.discovery.stability import _has_its_numbers
from edgewise.discovery.verdict import judge
from edgewise.formula.expression import add, exact, free, multiply, power


@pytest.fixture
def at():
    return problem(lambda a, b: a * b, 0.02)


def kind(at, winner, numeric=None):
    return judge(at, [scored(at, MEAN), winner], winner, numeric).verdict.kind


@pytest.mark.parametrize(("part", "expected"), [(0.9, "exact"), (1.1, "law")])
def test_exact(at, part, expected):
    """A formula that leaves a little more than rounding is none that is exact."""
    winner, limit = scored(at, multiply(X, Y)), 1e-24
    winner = replace(winner, fit=replace(winner.fit, fvu=part * limit))
    assert kind(at, winner) == expected


@pytest.mark.parametrize(("part", "expected"), [(0.99, "approximation"), (1.01, "law")])
def test_explained_variance(at, part, expected):
    winner = scored(at, multiply(X, Y))
    winner = replace(winner, mse=(1 - part * 0.1) * at.variance)
    assert kind(at, winner) == expected


@pytest.mark.parametrize(("part", "expected"), [(0.99, "law"), (1.01, "approximation")])
def test_what_the_numeric_model_leaves(at, part, expected):
    winner = scored(at, multiply(X, Y))
    left = winner.mse / at.variance
    assert kind(at, winner, left / 1.05 / part) == expected


@pytest.mark.parametrize(("part", "expected"), [(0.99, "law"), (1.01, "approximation")])
def test_noise_about_numbers_within_functions(part, expected):
    at = problem(lambda a, b: math.e ** (-1.37 * a) * b, 0.005, rows=600)
    winner = scored(at, multiply(call("exp", multiply(free(-1.37), X)), Y))
    winner = replace(winner, mse=part * 2e-3 * at.variance)
    assert kind(at, winner) == expected


def test_a_fitted_exponent_is_the_only_number_within():
    at = problem(lambda a, b: (1 + 0.3 * a * a) ** -1.37 * b, 0.002, rows=600)
    base = add(exact(1), multiply(free(0.3), power(X, 2)))
    assert kind(at, scored(at, multiply(power(base, free(-1.37)), Y))) == "approximation"
    at = problem(lambda a, b: 2.3 * (2 + a) ** 1.37 * b, 0.002, rows=600)
    alone = multiply(free(2.3), power(add(exact(2), X), free(1.37)), Y)
    assert kind(at, scored(at, alone)) == "law"


@pytest.mark.parametrize(
    ("exponent", "name", "expected"),
    [
        (exact(1, 3), "cos", "approximation"),
        (exact(-1, 2), "cos", "law"),
        (exact(1, 3), "exp", "law"),
    ],
)
def test_an_odd_power_of_a_function_counts_as_fitted(exponent, name, expected):
    curve = math.cos if name == "cos" else math.exp
    at = problem(lambda a, b: np.vectorize(curve)(0.3 * a) ** exponent.value * b, 0.002, rows=600)
    tree = multiply(power(call(name, multiply(free(0.3), X)), exponent), Y)
    assert kind(at, scored(at, tree)) == expected


@pytest.mark.parametrize(("exponent", "inner"), [(exact(1, 3), 2), (exact(1, 2), 1)])
def test_so_does_that_of_a_sum_with_a_function(exponent, inner):
    root = power(add(call("sin", multiply(free(0.5), X)), exact(2)), exponent)
    assert count_inner(multiply(free(0.7), root)) == inner
    bare = power(add(multiply(free(0.5), X), exact(2)), exponent)
    assert count_inner(multiply(free(0.7), bare)) == 1


@pytest.mark.parametrize(
    ("truth", "exponent", "expected"),
    [
        (2.0071, 2.0071, "approximation"),
        (2.03, 2.03, "law"),
        (1.37, 1.37, "law"),
        (2.0, 1.99998, "law"),  # the rows don't tell it from 2
    ],
)
def test_an_exponent_that_is_nearly_simple_is_that_of_no_law(truth, exponent, expected):
    at = problem(lambda a, b: 2.3 * (2 + a) ** truth * b, 0.0005, rows=600)
    tree = multiply(free(2.3), power(add(exact(2), X), free(exponent)), Y)
    assert kind(at, scored(at, tree)) == expected


@pytest.mark.parametrize(("part", "expected"), [(0.99, "law"), (1.01, "approximation")])
@pytest.mark.parametrize("most", [1.0, 1.7])
def test_the_outer_rows(at, monkeypatch, most, part, expected):
    monkeypatch.setattr(Evidence, "beyond", (part * most, most))
    assert kind(at, scored(at, multiply(X, Y))) == expected


@pytest.mark.parametrize(("part", "expected"), [(0.99, "law"), (1.01, "approximation")])
def test_structure_in_what_is_left(at, monkeypatch, part, expected):
    monkeypatch.setattr(Evidence, "explained", part * 0.04)
    assert kind(at, scored(at, multiply(X, Y))) == expected


@pytest.mark.parametrize(("part", "expected"), [(0.99, "approximation"), (1.01, "law")])
def test_resamples(at, monkeypatch, part, expected):
    monkeypatch.setattr(Evidence, "stability", (part * 0.95, []))
    assert kind(at, scored(at, multiply(X, Y))) == expected


@pytest.mark.parametrize(("part", "expected"), [(0.99, "approximation"), (1.01, "law")])
def test_bits_that_a_law_is_shorter_than_a_polynomial(at, monkeypatch, part, expected):
    monkeypatch.setattr(Evidence, "shorter", 8.0 * part)
    assert kind(at, scored(at, multiply(X, Y))) == expected


@pytest.mark.parametrize(("part", "expected"), [(0.99, "approximation"), (1.01, "law")])
def test_bits_that_a_law_is_shorter_than_the_mean(at, part, expected):
    mean, winner = scored(at, MEAN), scored(at, multiply(X, Y))
    mean = replace(mean, fit=replace(mean.fit, length=winner.fit.length + 24 * part))
    assert judge(at, [mean, winner], winner, None).verdict.kind == expected


def test_how_far_off_the_outer_rows_may_be(at):
    """Four standard deviations of a mean of so many squares of noise."""
    assert extrapolate(at, multiply(X, Y))[1] == 1 + 4 * math.sqrt(2 / 50)


def test_outer_rows_are_not_seen_by_the_fit():
    """A fit that had seen them would be as close there as elsewhere."""
    at = problem(lambda a: a, 0.1, rows=400, inputs=1, low=-1.0, high=1.0)
    outer = abs(at.x[:, 0]) > 0.85
    bent = replace(at, y=at.y + outer * 3.0 * at.x[:, 0])
    beyond, most = extrapolate(bent, multiply(free(1.0), X))
    inner = bent.y[abs(at.x[:, 0]) < 0.7] - at.x[abs(at.x[:, 0]) < 0.7, 0]
    # Misses 3 x on three fifths of the outer rows, in units of the noise of the inner ones.
    expected = 1 + 0.6 * 9 * 0.925**2 / float(inner.var())
    assert beyond == pytest.approx(expected, rel=0.15)
    assert beyond > 50 * most


@pytest.mark.parametrize(
    ("rival", "same"),
    [
        (lambda u: multiply(free(6.2823), power(u, free(0.50008))), True),
        (lambda u: multiply(free(6.4), power(u, free(0.515))), True),
        (lambda u: multiply(free(6.4), power(u, free(0.53))), False),
        (lambda u: power(add(multiply(free(39.5), u), free(0.3)), exact(1, 2)), False),
        (lambda u: multiply(free(6.2), call("tanh", u)), False),
    ],
)
def test_a_rival_with_nearly_the_same_exponents_is_the_same_form(rival, same):
    at = problem(lambda a, b: 6.28 * (a / b) ** 0.5, 0.02, rows=200)
    u = multiply(X, power(Y, exact(-1)))
    winner = power(multiply(free(39.47), u), exact(1, 2))
    assert _has_its_numbers(rival(u), winner, at.x, 1e-4) == same
    assert not _has_its_numbers(rival(u), multiply(free(2.0), X), at.x, 1e-4)


@pytest.mark.parametrize(
    ("factor", "same"), [(-0.9996, True), (-1.015, True), (-0.97, False), (1.0, False)]
)
def test_a_rival_with_nearly_the_same_inner_factor_is_the_same_form(factor, same):
    at = problem(lambda a: a * math.e ** (-a), 0.02, rows=200, inputs=1)

    def decay(number):
        return multiply(free(1.7), X, call("exp", multiply(number, X)))

    for number in (exact(-1), free(-1.0)):
        assert _has_its_numbers(decay(free(factor)), decay(number), at.x, 1e-4) == same
