"""Formulas of sums of products of curves."""

import numpy as np
import pytest
import torch

from edgewise.bases import BSpline
from edgewise.discovery.problem import Problem
from edgewise.discovery.product_sums import combine
from edgewise.discovery.separable import CurveProblem
from edgewise.discovery.strategies import Separated
from edgewise.discovery.strategies.separated import LARGE
from edgewise.formula.expression import Input, apply
from edgewise.formula.library import LIBRARY
from edgewise.formula.program import Program, refit
from edgewise.search.budget import Budget
from edgewise.search.span_names import Member

X = np.random.default_rng(0).uniform(0.2, 2.2, (600, 3))
SUMS = {
    "a common factor": lambda x, z, w: x * np.sin(z * z) * (0.5 * z + np.sqrt(x)) * w,
    "a square of a sum": lambda x, z, w: w**2 * (x * z + np.exp(-z)) ** 2,
    "two products": lambda x, z, w: np.sqrt(x) * np.exp(-0.6 * z) + 1.7 * np.tanh(1.1 * x) / z,
    "a difference in a square": lambda x, z, w: x * w * (np.tanh(x) - z) ** 2,
}


@pytest.mark.parametrize("f", SUMS.values(), ids=SUMS.keys())
def test_sums_of_products_are_found(f):
    y = f(*X.T)
    problem = Problem(X, y, bases=(BSpline(grid=7),))
    strategy = Separated(structures=LARGE[:2], links=1, near_only=True, starts=2)
    shares = []
    for candidate in strategy.propose(problem, Budget(600, evaluations=60_000)):
        fit = refit(candidate.tree, X, y, steps=60)
        shares.append(np.mean((Program(fit.tree).values(X) - y) ** 2) / y.var())
        if shares[-1] < 1e-20:
            return
    pytest.fail(f"expected an exact formula, got variances unexplained of {shares}")


def test_products_that_are_not_needed_are_left_out():
    """Of the products of x or e^x with z or sin z two make up y."""
    trees = [
        [Input(0), apply(LIBRARY["exp"], Input(0))],
        [Input(0), apply(LIBRARY["sin"], Input(0))],
    ]
    names = {
        k: [Member(t, np.zeros(1), 0.0, 0.0, 0.0) for t in each] for k, each in enumerate(trees)
    }
    y = 3 * X[:, 0] * np.sin(X[:, 1]) - 0.5 * np.exp(X[:, 0]) * X[:, 1]
    curves = CurveProblem(
        torch.empty(0), torch.from_numpy(y), torch.ones(len(y), dtype=torch.float64), 480
    )
    tree = combine(X, curves, names, 1e-14)
    assert len(tree.parts) == 2
    np.testing.assert_allclose(Program(tree).values(X), y, rtol=1e-9)


def test_rows_without_weight_do_not_count():
    names = {0: [Member(Input(0), np.zeros(1), 0.0, 0.0, 0.0)]}
    y, weight = 2 * X[:, 0], np.ones(len(X))
    y[::3], weight[::3] = 1e6, 0.0
    curves = CurveProblem(torch.empty(0), torch.from_numpy(y), torch.from_numpy(weight), 480)
    tree = combine(X, curves, names, 1e-14)
    np.testing.assert_allclose(Program(tree).values(X), 2 * X[:, 0], rtol=1e-9)
