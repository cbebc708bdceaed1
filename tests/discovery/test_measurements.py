"""Measurements: errors of y and of x, counts, replicates, few rows."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import edgewise as ew
from edgewise.discovery.errors import Errors
from edgewise.discovery.problem import Problem
from edgewise.discovery.table import read_table

ROWS = 40


@pytest.fixture
def x():
    return np.random.default_rng(0).uniform(1, 3, (ROWS, 2))


def discover(x, y, **options):
    options = {"evaluations": 3000, "budget": 1000.0, "progress": False, **options}
    return ew.discover(x, y, **options)


# ---- errors of y ------------------------------------------------------------------------------


def read(x, y, sigma, weight=None):
    return read_table(x, y, weight, None, None, sigma)


def test_sigma_is_a_number_an_array_a_column_or_a_word(x):
    y, s = x[:, 0], np.linspace(1, 2, ROWS)
    assert read(x, y, None).errors[0].kind is None
    np.testing.assert_array_equal(read(x, y, 0.5).errors[0].sigma, np.full(ROWS, 0.5))
    np.testing.assert_array_equal(read(x, y, s.tolist()).errors[0].sigma, s)
    both = read(x, x, np.stack([s, 2 * s], 1)).errors
    np.testing.assert_array_equal(both[1].sigma, 2 * both[0].sigma)
    frame = pd.DataFrame({"a": x[:, 0], "error": s, "b": x[:, 1]})
    table = read(frame, y, "error")
    np.testing.assert_array_equal(table.errors[0].sigma, s)
    np.testing.assert_array_equal(table.x, x)
    assert table.names == ["a", "b"]
    assert read(x, y, "counts").errors[0].kind == "poisson"
    kept = np.arange(ROWS) % 2 == 0
    np.testing.assert_array_equal(read(x, y, s, kept).errors[0].sigma, s[kept])


@pytest.mark.parametrize(
    ("sigma", "message"),
    [
        (0.0, "above 0 in sigma, got 0.0"),
        (np.full(ROWS, np.nan), "finite standard deviations"),
        (np.ones(ROWS - 1), r"of shape \(40,\) or \(40, 1\), got \(39, 1\)"),
        ("sideways", "the name of a column of x, or one of 'constant'"),
    ],
)
def test_what_is_no_sigma(sigma, message, x):
    with pytest.raises(ValueError, match=message):
        read(x, x[:, 0], sigma)
    with pytest.raises(ValueError, match="no sigma for classes"):
        read(x, x[:, 0] > 2, 1.0)


@pytest.mark.parametrize("given", [None, np.linspace(0.5, 1.5, ROWS)], ids=["alone", "weighed"])
def test_weights_and_the_variance_of_noise_give_the_errors_of_rows(given, x):
    sigma = np.geomspace(1e-3, 1e3, ROWS)
    problem = Problem(x, x[:, 0], weight=given, errors=Errors("given", sigma)).weighed_by_errors()
    assert problem.weight.mean() == pytest.approx(1)
    counts = np.ones(ROWS) if given is None else given
    for some in (problem, problem.some_rows(15)):
        rows = np.searchsorted(sigma, some.errors.sigma)
        variance = some.noise_variance / some.weight
        np.testing.assert_allclose(variance, sigma[rows] ** 2 / counts[rows])
    assert Problem(x, x[:, 0]).weighed_by_errors().noise_variance is None


def test_rows_with_large_errors_hardly_count(x):
    y = 3 * x[:, 0] / x[:, 1]
    sigma = np.where(np.arange(ROWS) % 3 == 0, 1e4, 1e-4)
    wrong = y + sigma * np.random.default_rng(1).standard_normal(ROWS)
    found = discover(x, wrong, sigma=sigma)
    np.testing.assert_allclose(found.predict(x), y, rtol=1e-3)


def test_distinct_rows(x):
    assert Problem(x, x[:, 0]).distinct_rows == ROWS
    assert Problem(np.tile(x, (3, 1)), np.tile(x[:, 0], 3)).distinct_rows == ROWS
    codes = np.arange(ROWS)[:, None] % 4.0
    assert Problem(codes, x[:, 0]).distinct_rows == 4
