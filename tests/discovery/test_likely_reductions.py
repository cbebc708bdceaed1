"""Reductions of noisy rows: the evidence, and which reductions it prefers."""

import math
from fractions import Fraction
from functools import partial

import numpy as np
import pytest

from edgewise.discovery import likely_reductions
from edgewise.discovery.invariance import take_gradients
from edgewise.discovery.likely_reductions import (
    NODE,
    PRICE,
    _find_ratio,
    _propose_powers,
    _propose_simple,
    weigh_reduction,
)
from edgewise.discovery.numeric import fit_gaussian_process
from edgewise.discovery.problem import Problem
from edgewise.discovery.reduction import Reduction, make_state
from edgewise.discovery.strategies import Reduced, Symmetries
from edgewise.discovery.strategies import reduced as strategy
from edgewise.formula.data import Data
from edgewise.formula.expression import Input, multiply, power
from edgewise.formula.library import LIBRARY
from edgewise.formula.parse import parse_formula
from edgewise.formula.program import Program
from edgewise.search.budget import Budget

find_likely_reductions = partial(likely_reductions.find_likely_reductions, most=8, seed=0)


def tree(text):
    return parse_formula(text, ["a", "b", "c"])[0]


def reduction(*inputs, prefactor=None, offset=None):
    front, base = (None if text is None else tree(text) for text in (prefactor, offset))
    return Reduction(tuple(map(tree, inputs)), front, base, 0.0, 0.0)


def noisy_rows(function, inputs, noise, rows=500, seed=0):
    generator = np.random.default_rng(seed)
    x = generator.uniform(1, 3, (rows, inputs))
    y = function(*x.T)
    return Data.of(x, y + noise * y.std() * generator.standard_normal(rows), None)


LORENTZ = noisy_rows(lambda a, b, c: a / np.sqrt(1 - (b / (c + 2)) ** 2), 3, 0.1)


def test_the_evidence_of_y_doesnt_depend_on_its_unit():
    plain = weigh_reduction(LORENTZ, reduction("a", "b", "c"))
    other = weigh_reduction(LORENTZ, reduction("a", "b", "c", prefactor="8"))
    assert other + NODE == pytest.approx(plain, abs=1e-6)


def test_a_constant_reduced_problem_has_the_evidence_of_a_mean_and_a_deviation():
    """∫∫ Π N(y/f | m, s²/f²) dm ds/s, with m in units of the deviation that a kernel would have."""
    data = noisy_rows(lambda a: 3 * a, 1, 0.2, rows=40)
    f, n = data.x[:, 0], 40
    weight = f**2 / np.mean(f**2)
    z = data.y / f
    square = float(weight @ (z - np.average(z, weights=weight)) ** 2)
    by_hand = (
        math.log(0.5) + math.lgamma((n - 1) / 2) - (n - 1) / 2 * math.log(math.pi * square)
        + 0.5 * np.log(weight).sum() - 0.5 * math.log(n) - np.log(f).sum()
    )  # fmt: skip
    assert weigh_reduction(data, reduction(prefactor="a")) == pytest.approx(by_hand - NODE)


def test_true_reductions_are_likelier_than_wrong_ones_of_as_many_inputs():
    true = weigh_reduction(LORENTZ, reduction("b/(c + 2)", prefactor="a"))
    for wrong in (
        reduction("b*(c + 2)", prefactor="a"),
        reduction("b/(c + 2)", prefactor="1/a"),
        reduction("a*b/(c + 2)"),
        reduction("b/(c + 2)", offset="a"),
        reduction("a", "b", "c"),
    ):
        assert true > weigh_reduction(LORENTZ, wrong) + 5


def test_all_spellings_of_a_form_are_weighed():
    """a u/(exp(u) - 1) and b/(exp(u) - 1) with u = b/a are one form with two prefactors."""
    data = noisy_rows(lambda a, b, c: a * (b / a) / np.expm1(b / a), 3, 0.01, rows=800)
    found = find_likely_reductions(data, fit_gaussian_process(data.x, data.y), Budget(60.0))
    fronts = [r.prefactor.key for r in found if [t.key for t in r.inputs] == [tree("a/b").key]]
    assert fronts[0] == "x0"
    assert "x1" in fronts


def test_what_was_adapted_to_noise_is_left_out_again():
    """The step by gradients that finds (b/(c - d))² adds a term with d and a number to it."""
    generator = np.random.default_rng(23)
    x = np.random.default_rng([23, 1]).uniform(1, (5, 3, 5, 5), (1000, 4))
    y = x[:, 0] / (1 + 4 * ((x[:, 2] - x[:, 3]) / x[:, 1]) ** 2)
    data = Data.of(x, y + 0.01 * y.std() * generator.standard_normal(1000), None)
    best = find_likely_reductions(data, fit_gaussian_process(data.x, data.y), Budget(60.0))[0]
    assert [len(best.inputs), best.numbers, best.prefactor.key] == [1, 0, "x0"]


def test_quotients_have_no_pole_where_only_one_input_changes_sign():
    x = np.random.default_rng(0).uniform([1, -2], [3, 2], (400, 2))
    state = make_state(
        take_gradients(x, fit_gaussian_process(x, np.sin(x[:, 1] / x[:, 0])), seed=0),
        [tree("a"), tree("b")],
        None,
        None,
        np.ones(2, bool),
    )
    told = {key for inputs, *_ in _propose_simple(state) for key in [inputs[-1].key]}
    assert tree("b/a").key in told
    assert tree("a/b").key not in told


def test_factors_and_products_of_powers_are_told_by_slopes():
    x = np.random.default_rng(0).uniform(1, 3, (400, 5))
    a, b, c, d, e = x.T
    y = np.sqrt(a) / b * (1 + np.sin(c * d**2 / 9) + 0.1 * e)
    gradients = take_gradients(x, fit_gaussian_process(x, y), seed=0)
    state = make_state(gradients, list(map(Input, range(5))), None, None, np.ones(5, bool))
    found = [([t.key for t in ins], f.key) for ins, f, *_ in _propose_powers(state)]
    factor = multiply(power(Input(0), 0.5), power(Input(1), -1))
    products = multiply(Input(2), power(Input(3), 2)), multiply(power(Input(2), 0.5), Input(3))
    assert found == [
        (["x2", "x3", "x4"], factor.key),
        *((["x4", product.key], factor.key) for product in products),
    ]


def test_the_likeliest_path_is_followed_first():
    """Scalings leave three of seven inputs at once; factors and differences none in the end."""
    low, high = (1, 1, 1, 3, 1, 3, 1), (2, 3, 3, 5, 2, 5, 2)
    generator = np.random.default_rng(29)
    x = np.random.default_rng([29, 1]).uniform(low, high, (500, 7))
    y = x[:, :3].prod(1) / ((x[:, 3] - x[:, 4]) ** 2 + (x[:, 5] - x[:, 6]) ** 2)
    data = Data.of(x, y + 0.1 * y.std() * generator.standard_normal(500), None)
    best = find_likely_reductions(data, fit_gaussian_process(data.x, data.y), Budget(60.0))[0]
    assert best.inputs == ()
    values = Program(best.prefactor).values(x)
    assert np.corrcoef(values, y)[0, 1] > 1 - 1e-12


def test_a_reduction_that_isnt_defined_is_impossible():
    assert weigh_reduction(LORENTZ, reduction("log(a - 2)")) == -math.inf
    assert weigh_reduction(LORENTZ, reduction("b", prefactor="sqrt(a - 2)")) == -math.inf


def test_nothing_is_weighed_when_the_budget_is_spent():
    model = fit_gaussian_process(LORENTZ.x, LORENTZ.y)
    assert find_likely_reductions(LORENTZ, model, Budget(60.0, 3 * PRICE - 1))
    assert not find_likely_reductions(LORENTZ, model, Budget(1e-9))


def test_functions_with_a_link_are_found_where_noise_takes_y_below_zero():
    data = noisy_rows(lambda a, b: 1.5 * a / np.cosh(2 * b), 2, 0.1, rows=800)
    assert data.y.min() < 0
    without = LIBRARY.only(*(name for name in LIBRARY if name != "sech"))
    problem = Problem(data.x, data.y, library=without)
    fits = strategy.fit_reduction(
        problem, reduction("b", prefactor="a"), Budget(60.0), factors=((1, 1),), links=4
    )
    best = fits[0].tree.key
    assert "cosh" in best or "exp" in best
    # 1/cosh(2b) and exp(-2b) differ by 2 % at b = 1, a fifth of the noise
    assert fits[0].fvu < 1.02 * problem.noise_fraction * problem.variance / data.variance + 0.02


def test_strategies_share_the_reductions_that_one_of_them_found(monkeypatch):
    calls = []

    def find(*arguments, **options):
        calls.append(arguments)
        return []

    monkeypatch.setattr(strategy, "find_likely_reductions", find)
    problem, symmetries = Problem(LORENTZ.x, LORENTZ.y), Symmetries()
    for lengths in ((0,), (1,)):
        assert not list(Reduced(lengths=lengths, symmetries=symmetries).propose(problem, Budget(9)))
    assert len(calls) == 1


def test_what_vanishes_is_no_multiple_and_has_none():
    some, nothing = np.arange(1.0, 9.0), np.zeros(8)
    assert _find_ratio(1.5 * some, some) == Fraction(3, 2)
    assert _find_ratio(nothing, some) == _find_ratio(some, nothing) == 0
