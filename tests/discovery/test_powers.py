"""Power laws and exponentials are proposed at once, with any number of inputs."""

from __future__ import annotations

import numpy as np
import pytest

from edgewise.discovery.problem import Problem
from edgewise.discovery.strategies import Powers
from edgewise.formula.data import Data
from edgewise.search.budget import Budget

X = np.random.default_rng(0).uniform(0.5, 6, (150, 4))
LAWS = {
    "one input": (1, lambda a: 3.2 * a**1.74),
    "two": (2, lambda a, b: -3.2 * a**1.28 * b**-1.89),
    "four, one idle": (4, lambda a, b, c, d: 0.7 * a**0.3 * b**-1.2 * d**2.1),
    "Arrhenius": (1, lambda a: 50 * np.exp(-3.1 / a)),
    "decay times a power": (2, lambda a, b: 2.2 * a**0.6 * np.exp(-0.4 * b)),
}


@pytest.mark.parametrize("name", LAWS)
@pytest.mark.parametrize("noise", [0.0, 0.01])
def test_a_law_is_among_a_few_candidates(name: str, noise: float) -> None:
    inputs, f = LAWS[name]
    x = X[:, :inputs]
    y = f(*x.T)
    noisy = y + noise * np.abs(y) * np.random.default_rng(1).normal(size=len(y))
    budget = Budget(60)
    found = list(Powers().propose(Problem(x, noisy), budget))
    assert len(found) <= 16
    assert budget.spent < 500
    data = Data.of(x, noisy)
    best = min((data.fit(c.tree, steps=12) for c in found), key=lambda fit: fit.length)
    clean = Data.of(x, y).measure(best.tree)
    assert clean.fvu < (noise**2 if noise else 1e-20)
    assert sum(n.exact is None for n in best.tree.numbers()) <= len(best.tree.inputs) + 1
    if "idle" in name and not noise:
        assert best.tree.inputs == {0, 1, 3}


@pytest.mark.parametrize("y", [X[:, 0] - 3, 0 * X[:, 0]])
def test_what_changes_its_sign_is_no_power_law(y: np.ndarray) -> None:
    assert not list(Powers().propose(Problem(X, y), Budget(60)))


def test_noise_may_turn_the_sign_of_small_values() -> None:
    g = np.random.default_rng(0)
    x = g.uniform(1, 90, (234, 1))
    y = 3.21 * x[:, 0] ** 1.74
    noisy = y + 0.01 * y.std() * g.normal(size=len(y))
    assert (noisy < 0).any()
    first = next(iter(Powers().propose(Problem(x, noisy), Budget(60))))
    assert Data.of(x, y).measure(first.tree).fvu < 1e-5


def test_negative_and_constant_inputs_have_no_part() -> None:
    x = np.stack([X[:, 0], -X[:, 1], np.full(150, 2.0)], 1)
    for candidate in Powers().propose(Problem(x, X[:, 0] ** 2), Budget(60)):
        assert candidate.tree.inputs == {0}
