"""The evidence of rows, against integrals; and the prior of formulas."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from scipy.integrate import dblquad

from edgewise.discovery.evidence import CHOICES, log_evidence_of_process
from edgewise.discovery.misfit import correlate_nearest
from edgewise.discovery.prior import NODES, formula_bits
from edgewise.discovery.problem import Problem
from edgewise.formula.expression import Input, add, exact, free, multiply
from edgewise.formula.parse import parse_formula

X = Input(0)
SLOPE = multiply(free(1.3), X)


def problem(rows=40, noise=0.1, seed=0, **more):
    g = np.random.default_rng(seed)
    x = g.uniform(1, 3, (rows, 1))
    return Problem(x, 1.3 * x[:, 0] + noise * g.normal(size=rows), **more)


def log_density(at, slope, sigma):
    left = at.y - slope * at.x[:, 0]
    return -0.5 * at.rows * math.log(2 * math.pi * sigma**2) - left @ left / (2 * sigma**2)


def prior(at, column, number):
    """The density of the number in front of a column, whose unit changes y by its spread."""
    unit = at.y.std() / math.sqrt(np.mean(column**2))
    return 1 / (CHOICES * (unit + np.abs(number)))


def test_evidence_is_the_integral_over_the_number_and_unknown_noise():
    at = problem()
    fit = at.data.fit(SLOPE)
    (slope,) = (n.value for n in fit.tree.numbers())
    top = log_density(at, slope, 0.1)
    value, _ = dblquad(
        lambda t, s: math.exp(log_density(at, t, math.exp(s)) - top) * prior(at, at.x, t),
        math.log(0.05),
        math.log(0.3),
        slope - 0.2,
        slope + 0.2,
        epsabs=1e-12,
    )
    assert at.evidence_rows.log_evidence(fit.tree) == pytest.approx(top + math.log(value), abs=0.02)


def two_columns(collinear, noise, rows=30):
    """y = a x0 + b x1 with known noise, the second column beside the first one."""
    g = np.random.default_rng(3)
    first, other = g.normal(size=(2, rows))
    x = np.stack([first, first + (1 - collinear) * other], 1)
    y = x @ [1.2, -0.7] + noise * g.normal(size=rows)
    return Problem(x, y, noise_variance=noise**2)


def integral(at, tree):
    """log of the integral of likelihood times prior over the numbers of a sum of columns, by Gauss
    and Hermite's rule along the eigenvectors of the likelihood."""
    columns = at.x[:, sorted(tree.inputs)]
    best = np.linalg.lstsq(columns, at.y, rcond=None)[0]
    left = at.y - columns @ best
    eigenvalues, vectors = np.linalg.eigh(columns.T @ columns / at.noise_variance)
    nodes, weights = np.polynomial.hermite.hermgauss(40)
    steps = np.meshgrid(*[nodes] * len(best))
    numbers = np.moveaxis(steps, 0, -1) * np.sqrt(2 / eigenvalues) @ vectors.T + best
    density = math.prod(np.meshgrid(*[weights] * len(best)))
    for column, number in zip(columns.T, np.moveaxis(numbers, -1, 0), strict=True):
        density = density * prior(at, column, number)
    value = np.sum(density) * np.prod(np.sqrt(2 / eigenvalues))
    variance = at.noise_variance
    top = -0.5 * (at.rows * math.log(2 * math.pi * variance) + left @ left / variance)
    return top + math.log(float(value))


LINE = multiply(free(1.0), X)
PLANE = add(LINE, multiply(free(-1.0), Input(1)))


@pytest.mark.parametrize(
    ("tree", "collinear", "nats"), [(LINE, 0.0, 0.01), (PLANE, 0.0, 0.01), (PLANE, 0.9, 0.02)]
)
def test_evidence_is_the_integral_where_noise_is_known(tree, collinear, nats):
    at = two_columns(collinear, 0.01)
    found = at.evidence_rows.log_evidence(at.data.fit(tree).tree)
    assert found == pytest.approx(integral(at, tree), abs=nats)


@pytest.mark.parametrize("apart", [0.0, 1.0, 1e3])
def test_directions_that_the_rows_do_not_determine_gain_nothing(apart):
    """Two numbers of which the rows determine the sum only are no likelier than one number, but for
    the bit that either of them may be the large one."""
    at = two_columns(1.0, 0.1)
    sum_ = at.data.fit(LINE).tree
    (number,) = (n.value for n in sum_.numbers())
    two = add(multiply(free(number / 2 + apart), X), multiply(free(number / 2 - apart), Input(1)))
    assert at.evidence_rows.log_evidence(two) <= at.evidence_rows.log_evidence(sum_) + math.log(2)


def test_a_superfluous_number_costs_the_digits_that_the_rows_tell():
    few, many = problem(20), problem(2000)
    line = add(SLOPE, free(0.01))

    def price(at):
        rows = at.evidence_rows
        return rows.log_evidence(at.data.fit(SLOPE).tree) - rows.log_evidence(
            at.data.fit(line).tree
        )

    assert 1 < price(few) < price(many)
    # 1,000 of the rows count, which tell a number half as many digits again as 20.
    assert price(many) - price(few) == pytest.approx(0.5 * math.log(1000 / 20), abs=2)


def test_rows_that_repeat_others_say_nothing():
    at = problem(15)
    twice = Problem(np.repeat(at.x, 20, 0), np.repeat(at.y, 20))
    tree = at.data.fit(SLOPE).tree
    assert twice.evidence_rows.log_evidence(tree) == pytest.approx(
        at.evidence_rows.log_evidence(tree)
    )
    assert twice.distinct.rows == 15
    assert at.distinct is at


def test_a_formula_with_as_many_numbers_as_rows_has_no_evidence():
    at = problem(2)
    line = at.data.fit(add(SLOPE, free(0.01)))
    assert at.evidence_rows.log_evidence(line.tree) == -math.inf


def test_a_formula_whose_gradients_overflow_when_squared_has_no_evidence():
    x = np.linspace(1e160, 2e160, 9)
    at = Problem(np.stack([x, x], 1), np.sin(np.arange(9.0)))
    none = add(multiply(free(1.0), Input(0)), multiply(free(-1.0), Input(1)))
    assert at.evidence_rows.log_evidence(none) == -math.inf


def test_units_of_y_do_not_count_between_formulas_and_the_process():
    """Both are densities of y, so that another unit changes them alike."""
    at = problem(60)
    other = Problem(at.x, 1000 * at.y)

    def gap(each):
        tree = each.data.fit(SLOPE).tree
        return each.evidence_rows.log_evidence(tree) - log_evidence_of_process(each.numeric)

    assert gap(other) == pytest.approx(gap(at), abs=0.1)


def test_a_law_beats_the_process_and_the_process_what_is_no_law():
    at = problem(100, 0.02)
    line = at.data.fit(SLOPE).tree
    assert at.evidence_rows.log_evidence(line) > log_evidence_of_process(at.numeric)
    waves = Problem(at.x, at.y + 0.3 * np.sin(9 * at.x[:, 0]))
    line = waves.data.fit(SLOPE).tree
    assert waves.evidence_rows.log_evidence(line) + 20 < log_evidence_of_process(waves.numeric)


def bits(text, inputs=1):
    return formula_bits(parse_formula(text, [f"x{k}" for k in range(inputs)])[0], inputs)


def test_what_science_rarely_writes_has_more_bits():
    assert bits("1.3*x0") < bits("1.3*exp(x0)") < bits("1.3*asinh(x0)")
    assert bits("exp(sin(x0))") > bits("exp(x0)") + bits("sin(x0)") - bits("x0") + 3
    assert bits("x0**2") < bits("x0**1.37") < bits("x0**23.7")
    assert bits("2*x0") < bits("39/2*x0")
    assert bits("x0*x1", 2) == pytest.approx(bits("x1*x0", 2))
    assert bits("x0", 4) == pytest.approx(bits("x0", 1) + 2)


def test_the_prior_is_no_more_than_a_probability():
    """Over all trees of two levels of a small language, the sum of 2^-bits is below 1."""
    texts = ["x0", "1.3"]
    level = [*texts, *(f"{f}(x0)" for f in ("exp", "sin", "log"))]
    level += [f"({a})*({b})" for a in texts for b in texts if a <= b]
    level += [f"x0**({p})" for p in ("2", "-1", "1/2", "1.7")]
    total = sum(2.0 ** -bits(t) for t in level)
    assert 0.3 < total < 1


def test_exponents_have_a_distribution():
    """A listed one, any other ratio, and a fitted one; rare ones cost by their digits alone."""
    base = bits("x0") - math.log2(NODES["power"] / sum(NODES.values()))
    ratios = {Fraction(p, q) for p in range(-30, 31) for q in range(1, 31)} - {0, 1}
    total = sum(2.0 ** (base - bits(f"x0**({r})")) for r in ratios)
    total += 2.0 ** (base - bits("x0**1.2345"))
    assert 0.97 < total < 1
    assert bits("x0**(1/6)") == pytest.approx(bits("x0**(-3/2)"))
    assert bits("x0**(5/2)") - bits("x0**(1/3)") == pytest.approx(3 * math.log2(10 / 3))


def test_an_exact_number_and_a_fitted_one_of_the_same_value_are_kept_apart():
    """The evidence of a formula is computed once, but what it costs to fit 2 isn't that of 2."""
    at = problem(40)
    free_two, exact_two = multiply(free(2.0), X), multiply(exact(2), X)
    assert at.evidence_rows.log_evidence(exact_two) > at.evidence_rows.log_evidence(free_two) + 1
    assert at.evidence_rows.log_evidence(exact_two) == pytest.approx(
        problem(40).evidence_rows.log_evidence(exact_two), abs=1e-12
    )


def test_the_correlation_of_nearest_rows_is_in_standard_errors():
    g = np.random.default_rng(0)
    scores = [correlate_nearest(g.normal(size=90), g.uniform(size=(90, 2))) for _ in range(800)]
    assert abs(np.mean(scores)) < 0.1
    assert np.std(scores) == pytest.approx(1, abs=0.08)
