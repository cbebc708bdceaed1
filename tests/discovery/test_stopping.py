"""When a search ends that has found its formula at once."""

from __future__ import annotations

import numpy as np
import pytest
from test_selection import X, Y, call, problem

from edgewise.discovery import stopping, verdict
from edgewise.discovery.problem import Problem
from edgewise.discovery.selection import Front
from edgewise.discovery.strategies.strategy import Candidate
from edgewise.formula.expression import Expression, exact, free, multiply
from edgewise.search.budget import Budget

LAW = multiply(free(2.0), X, call("exp", multiply(exact(-1), Y)))


def find_end(at: Problem, found: Expression, evaluations: int) -> int:
    front, budget = Front(at), Budget(1e9, evaluations)
    rule = stopping.StoppingRule(at)
    front.offer(Candidate(found, "given"))
    while not budget.over:
        budget.spend(stopping.LOOK)
        if rule.is_over(front, budget):
            break
    return budget.spent


def noisy() -> Problem:
    return problem(lambda a, b: 2 * a * np.exp(-b), 0.01)


def test_a_short_law_ends_it_at_the_first_look():
    assert find_end(noisy(), LAW, 100_000) < stopping.FIRST_LOOK + stopping.LOOK


@pytest.mark.parametrize("probability", [0.4, 0.7, 0.85])
def test_doubt_is_the_fraction_of_the_budget_that_is_used(monkeypatch, probability):
    monkeypatch.setattr(verdict, "calibrate", lambda statistics: probability)
    end = find_end(noisy(), LAW, 25_000) / 25_000
    assert 1 - probability <= end < 1 - probability + 0.13


def test_a_formula_that_misses_a_part_never_ends_it():
    at = problem(lambda a, b: 2 * a * np.exp(-b) + 0.2 * np.sin(4 * a), 0.01)
    assert find_end(at, LAW, 30_000) >= 30_000


def test_nothing_but_noise_ends_it():
    at = problem(lambda a, b: 0 * a, 1.0)
    assert find_end(at, free(0.0), 100_000) < 40_000
