"""Searches in fewer inputs: one function of a combination of inputs, beside a factor."""

from __future__ import annotations

import numpy as np
import pytest

from edgewise.discovery.problem import Problem
from edgewise.discovery.reduction import Reduction
from edgewise.discovery.strategies.composed import Composed
from edgewise.discovery.strategies.reduced import (
    Reduced,
    fit_reduction,
    move_prefactor,
    search_one_function,
    search_other_inputs,
)
from edgewise.formula.expression import Apply
from edgewise.formula.library import LIBRARY
from edgewise.formula.parse import parse_formula
from edgewise.formula.program import Program
from edgewise.search.budget import Budget
from every_pair import every_value

G = np.random.default_rng(0)
X = np.stack([G.uniform(1, 60, 300), G.uniform(0.5, 20, 300)], 1)
LENGTH, DEPTH = X.T
LAWS = {
    "waves": (1.25 * np.sqrt(LENGTH * np.tanh(6.2832 * DEPTH / LENGTH)), "x0/x1", "sqrt(x1)"),
    "a factor alone": (LENGTH * np.tanh(6.2832 * DEPTH / LENGTH), "x0/x1", "x1"),
    "a weir": (1.4 * DEPTH**2.5 * np.tan(LENGTH / 50), "x0", "x1**(5/2)"),
    "bosons": (2.0 / (np.exp(0.1 * LENGTH / DEPTH) - 1), "x0/x1", None),
    "fermions": (2.0 / (np.exp(0.05 * LENGTH / DEPTH) + 1.0), "x0/x1", None),
    "a power": (2.3 * np.exp(0.4 * np.log(DEPTH / LENGTH)), "x0/x1", None),
}


def tree(text: str):
    return parse_formula(text)[0]


def reduce_to(inner: str, front: str | None) -> Reduction:
    return Reduction((tree(inner),), tree(front) if front else None, None, 0.0, 0.0)


@every_value(name=LAWS, noise=[0.01, 0.0])
def test_one_function_of_a_combination_is_found(name: str, noise: float) -> None:
    y, inner, front = LAWS[name]
    y = y + noise * y.std() * np.random.default_rng(1).normal(size=len(y))
    problem, budget = Problem(X, y), Budget(600, 8000)
    found = list(search_one_function(problem, [reduce_to(inner, front)], budget))
    best = min(found, key=lambda c: problem.data.fit(c.tree).length)
    left = Program(best.tree).values(X) - LAWS[name][0]
    assert left.std() <= max(0.15 * noise, 1e-9) * y.std()
    assert best.tree.free_count <= (3 if name == "fermions" else 2)
    assert 0 < budget.spent <= 2000


@pytest.mark.parametrize(
    ("inner", "front", "powers"),
    [
        ("x0/x1", "x1", {(1, 1)}),
        ("x0/x1", "sqrt(x1)", {(1, 2)}),
        ("x0**2/x1", "x0*x1", {(-1, 2), (1, 1)}),
        ("x0", "x1**(5/2)", set()),
        ("x0/x1", None, set()),
        ("x0 + x1", "x1", set()),
        ("x0/x1", "1/sqrt(x0**-2 + x1**-2)", set()),
    ],
)
def test_powers_that_cancel_an_input_of_the_prefactor(inner, front, powers) -> None:
    assert move_prefactor(reduce_to(inner, front), X[:3]) == powers


def test_without_rows_in_the_domain_nothing_is_fitted() -> None:
    problem = Problem(X - 30, X[:, 0])
    assert fit_reduction(problem, reduce_to("log(x0)", None), Budget(60, 1000)) == []


def test_brief_searches_leave_most_of_the_work() -> None:
    y = LAWS["waves"][0] + 0.3 * np.sin(LENGTH)
    budget = Budget(600, 10_000)
    list(Reduced(lengths=(0,)).propose(Problem(X[::3], y[::3]), budget))
    assert budget.spent < 6000


def test_functions_outside_the_library_are_not_used() -> None:
    """With logarithms, a power of the ratio would be exp(0.4 log(x1/x0))."""
    y, inner, front = LAWS["a power"]
    problem = Problem(X, y, library=LIBRARY.only("x", "sin", "exp"))
    found = list(search_one_function(problem, [reduce_to(inner, front)], Budget(600, 8000)))
    used = {n.function.name for c in found for n in c.tree.walk() if isinstance(n, Apply)}
    assert used
    assert used <= {"sin", "exp"}


ALONE = ("tan", "sinh", "cosh", "sech", "tanh", "arcsin", "arctan", "arctanh", "arcsinh")


@every_value(name=ALONE, factor=[0, 1, -1])
def test_any_function_of_the_only_input_is_found_with_any_scale(name: str, factor: int) -> None:
    """y = x^q (2.77 f(a x + b) - 1.29), with arguments from -0.7 to 0.9."""
    x = np.linspace(0.7, 5.3, 80)
    y = x**factor * (2.77 * LIBRARY[name].evaluate(1.6 / 4.6 * (x - 0.7) - 0.7) - 1.29)
    problem = Problem(x[:, None], y, library=LIBRARY.only("x", name))
    fits = [problem.data.measure(c.tree) for c in Composed().propose(problem, Budget(60.0))]
    assert min(fit.fvu for fit in fits) < 1e-20


def test_ratios_are_tried_in_products_and_quotients_of_two_inputs():
    """(1 - 1/(a² b))/√(1 - 1/a²) has degree 6 below the root; of a and a b it has degree 4."""
    a, b, front = (tree(t) for t in ("x0/x1", "x1*x2/x3", "x2"))
    given = Reduction((a, b), front, None, 0.0, 0.0)
    x = np.random.default_rng(0).uniform((5, 1, 1, 1), (9, 2, 5, 5), (200, 4))
    c, u, t, place = x.T
    y = (t - u * place / c**2) / np.sqrt(1 - (u / c) ** 2)
    budget = Budget(60.0)
    last = list(search_other_inputs(Problem(x, y), [given], budget))[-1]
    np.testing.assert_allclose(Program(last.tree).values(x), y, rtol=1e-9)
    noisy = y * (1 + 0.01 * np.random.default_rng(1).normal(size=200))
    assert not list(search_other_inputs(Problem(x, noisy), [given], budget))
    assert budget.spent <= 8 * 150
