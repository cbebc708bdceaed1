"""When a search ends that has found its formula at once."""

from __future__ import annotations

import numpy as np
import pytest
from test_selection import X, Y, call, problem

from edgewise.discovery import search, stopping, verdict
from edgewise.discovery.front import Front
from edgewise.discovery.problem import Problem
from edgewise.discovery.strategies.strategy import Candidate
from edgewise.formula.expression import Expression, exact, free, multiply
from edgewise.search.budget import Budget

LAW = [multiply(free(2.0), X, call("exp", multiply(exact(-1), Y)))]


def find_end(
    at: Problem,
    found: list[Expression],
    evaluations: int,
    rule: stopping.StoppingRule | None = None,
) -> int:
    front, budget = Front(at), Budget(1e9, evaluations)
    rule = rule or stopping.StoppingRule(at)
    for tree in found:
        front.offer(Candidate(tree, "given"))
    while not budget.over:
        budget.spend(stopping.LOOK)
        if rule.is_over(front, budget):
            break
    return budget.spent


def noisy() -> Problem:
    return problem(lambda a, b: 2 * a * np.exp(-b), 0.01)


def test_a_sure_law_ends_it_at_the_first_look(monkeypatch):
    monkeypatch.setattr(verdict, "calibrate", lambda statistics: 0.995)
    assert find_end(noisy(), LAW, 100_000) < stopping.FIRST_LOOK + stopping.LOOK


@pytest.mark.parametrize("probability", [0.9, 0.95])
def test_a_law_is_doubted_four_times_as_long(monkeypatch, probability):
    monkeypatch.setattr(verdict, "calibrate", lambda statistics: probability)
    end = find_end(noisy(), LAW, 50_000) / 50_000
    assert 4 * (1 - probability) <= end + 1e-9 < 4 * (1 - probability) + 0.07


@pytest.mark.parametrize("probability", [0.4, 0.7, 0.85])
def test_doubt_is_the_fraction_of_the_budget_that_is_used(monkeypatch, probability):
    monkeypatch.setattr(verdict, "calibrate", lambda statistics: probability)
    end = find_end(noisy(), LAW, 25_000) / 25_000
    assert 1 - probability <= end < 1 - probability + 0.13


def test_a_conclusion_is_drawn_once_for_each_formula(monkeypatch):
    """A doubtful one is drawn again only when the search stops on it."""
    drawn = []
    conclude = stopping.conclude
    monkeypatch.setattr(stopping, "conclude", lambda *a: drawn.append(1) or conclude(*a))
    monkeypatch.setattr(verdict, "calibrate", lambda statistics: 0.5)
    assert find_end(noisy(), LAW, 50_000) >= 25_000
    assert len(drawn) == 2


def test_the_search_returns_the_conclusion_on_which_it_stopped(monkeypatch):
    drawn = []
    conclude = stopping.conclude
    monkeypatch.setattr(stopping, "conclude", lambda *a: drawn.append(conclude(*a)) or drawn[-1])
    monkeypatch.setattr(search, "conclude", lambda *a: pytest.fail("concluded once more"))
    found = search.run_search(
        noisy(), Budget(1e9, 100_000), n_jobs=1, report=lambda *_: None, short=None
    )
    assert found is drawn[-1]
    assert found.judgement.verdict.kind == "law"


@pytest.mark.parametrize(
    ("allowed", "least", "most"), [(True, 7500, 20_000), (False, 40_000, 50_000)]
)
def test_patience_is_lost_only_where_it_may_be(monkeypatch, allowed, least, most):
    """The rows can't distinguish 2 sin(a/2) from 2.6 tanh(.38 a)."""
    monkeypatch.setattr(stopping, "SURE", 0.5)
    at = problem(lambda a, b: 2 * np.sin(a / 2), 0.1)
    rule = stopping.StoppingRule(at)
    rule.may_lose_patience = allowed
    rivals = [multiply(free(2.0), call(f, multiply(free(0.5), X))) for f in ("sin", "tanh")]
    assert least <= find_end(at, rivals, 40_000, rule) <= most


def test_a_formula_that_misses_a_part_never_ends_it():
    at = problem(lambda a, b: 2 * a * np.exp(-b) + 0.2 * np.sin(4 * a), 0.01)
    assert find_end(at, LAW, 30_000) >= 30_000


def test_nothing_but_noise_ends_it():
    at = problem(lambda a, b: 0 * a, 1.0)
    assert find_end(at, [free(0.0)], 100_000) < 40_000
