"""Powers of one function beside a power of the input."""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest

from edgewise.formula.data import Data
from edgewise.formula.library import LIBRARY
from edgewise.formula.parse import parse_formula
from edgewise.formula.program import Program
from edgewise.search import one_function
from edgewise.search.budget import Budget
from edgewise.search.function_powers import _take_log, search_powers
from edgewise.search.one_function import FACTORS, list_monomials

fit_one_function = partial(one_function.fit_one_function, factors=(), links=1)

T = np.sort(np.random.default_rng(0).uniform(0.3, 3, 150))
CURVES = {
    "sin⁻⁴": 1 / np.sin(T / 2) ** 4,
    "sin²/t²": (np.sin(1.7 * T) / T) ** 2,
    "sech²": -2 / np.cosh(0.8 * T - 1) ** 2,
    "cos⁴": 3 * np.cos(1.3 * T + 0.4) ** 4,
    "sin³ of both signs": np.sin(1.9 * T) ** 3,
    "t arctan²": T * np.arctan(0.8 * T) ** 2,
    "powers of t and t + b": T**1.5 / (1 + 0.4 * T) ** 2.3,
    "damped": 2 * np.exp(-0.7 * T) * np.cos(4 * T + 0.5),
    "exp/(t² + b)": np.exp(-T) / (T**2 + 0.302),
    "a power and exp": T**1.7 * np.exp(-1.3 * T),
}


def fvu(tree, y):
    return np.mean((Program(tree).values(T[:, None]) - y) ** 2) / y.var()


@pytest.mark.parametrize("name", CURVES)
def test_powers_of_functions_are_found(name):
    y = CURVES[name]
    found = fit_one_function(Data(T[:, None], y, None, 1e-20), LIBRARY, Budget(100, 1e5))
    assert fvu(found[0].tree, y) < 1e-24


@pytest.mark.parametrize("name", ["sin²/t²", "cos⁴", "sin³ of both signs"])
def test_noise_takes_y_beyond_zero(name):
    rng = np.random.default_rng(1)
    y = CURVES[name]
    noisy = y + 0.01 * y.std() * rng.normal(size=len(y))
    assert (noisy * np.sign(noisy.sum()) < 0).any()
    found = fit_one_function(Data(T[:, None], noisy, None, 1e-4), LIBRARY, Budget(100, 1e5))
    assert fvu(found[0].tree, y) < 1e-5


@pytest.mark.parametrize("name", ["sin", "x", "sech", "arctan", "log"])
def test_the_logarithm_has_its_derivative(name):
    function = _take_log(LIBRARY[name])
    u, h = np.array([0.2, 0.7, 1.6]), 1e-6
    np.testing.assert_allclose(function.evaluate(u), np.log(np.abs(LIBRARY[name].evaluate(u))))
    slope = (function.evaluate(u + h) - function.evaluate(u - h)) / (2 * h)
    np.testing.assert_allclose(function.differentiate(u, function.evaluate(u)), slope, rtol=1e-8)


FUNCTIONS = {
    "cos(sin)": 3.7 * np.cos(np.sin(T)),
    "tanh(cos) and numbers": 2.3 * np.tanh(0.8 * np.cos(T) + 0.4) + 1.1,
    "t log(tanh)": T * np.log(np.tanh(T)),
    "√t cos(sin)": np.sqrt(T) * np.cos(np.sin(T)),
    "cos(exp(-t)) and numbers": T**0.7 * np.cos(2.1 * np.exp(-T) + 0.3),
}


@pytest.mark.parametrize(
    ("name", "noise"),
    [*((name, 0) for name in FUNCTIONS), ("cos(sin)", 0.01), ("t log(tanh)", 0.01)],
)
def test_functions_of_functions_are_found(name, noise):
    y = FUNCTIONS[name]
    noisy = y + noise * y.std() * np.random.default_rng(1).normal(size=len(y))
    data = Data(T[:, None], noisy, None, max(noise**2, 1e-20))
    found = fit_one_function(data, LIBRARY, Budget(100, 1e5), factors=FACTORS)
    assert fvu(found[0].tree, y) < max(1e-24, 0.2 * noise**2)


def test_a_formula_that_is_given_may_be_a_term():
    given = parse_formula("1/(x0 + 0.5)")[0]
    data = Data(T[:, None], np.sin(T) ** 2 + 1.7 / (T + 0.5), None, 1e-20)
    found = fit_one_function(data, LIBRARY, Budget(100, 1e5), factors=FACTORS, beside=[given])
    assert fvu(found[0].tree, data.y) < 1e-24
    assert fit_one_function(data, LIBRARY, Budget(100, 1e5), factors=FACTORS)[0].fvu > 1e-14


@pytest.mark.parametrize("size", [1e-5, 1.0, 1e5])
def test_an_exponential_has_no_size_that_overflows(size):
    y = CURVES["exp/(t² + b)"]
    data = Data(size * T[:, None], y, None, 1e-20)
    found = fit_one_function(data, LIBRARY, Budget(100, 1e5))
    values = Program(found[0].tree).values(data.x)
    np.testing.assert_allclose(values, y, rtol=1e-9)


@pytest.mark.parametrize("y", [np.full(150, 2.0), np.zeros(150), np.full(150, np.nan)])
def test_a_constant_is_no_power(y):
    leaves = list_monomials(T[:, None], ((1, 1),))
    assert not list(
        search_powers(leaves, leaves, y=y, library=LIBRARY, reach=8.0, weight=None, keep=24)
    )


def test_the_best_come_first_and_no_more_than_asked():
    leaves = list_monomials(T[:, None], ((1, 1),))
    y = CURVES["sech²"] * (1 + 0.01 * np.cos(40 * T))
    found = list(
        search_powers(leaves, leaves, y=y, library=LIBRARY, reach=8.0, keep=5, weight=None)
    )
    assert len(found) == 5
    assert fvu(found[0].tree, y) < 1e-3
