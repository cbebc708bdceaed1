"""Waves in tables: found by `discover` whatever their direction, and left to others with units."""

from __future__ import annotations

import numpy as np
import pytest

import edgewise as ew
from edgewise.discovery.problem import Problem
from edgewise.discovery.strategies import Waves
from edgewise.search.budget import Budget

X = np.random.default_rng(2).uniform(0, 2, (200, 3))
WAVE = 2 * np.sin(X @ [3.7, -11.3, 5.1] + 0.4)


def proposed(problem: Problem, **options: int) -> list[str]:
    budget = Budget(60.0)
    found = [c.source for c in Waves(**options).propose(problem, budget)]
    assert (budget.spent > 0) == (problem.rows >= 20 and problem.dimensions is None)
    return found


def test_a_plane_wave_of_three_inputs_is_exact():
    found = ew.discover(X, WAVE, evaluations=6000, progress=False)
    assert found.verdict.kind == "exact"
    y = 2 * np.sin(X[:9] @ [3.7, -11.3, 5.1] + 0.4)
    np.testing.assert_allclose(found.predict(X[:9]), y, atol=1e-9)


def test_sums_of_waves_are_proposed_with_fewer_waves_first():
    y = WAVE + np.sin(X @ [-8.0, 2.0, 4.0])
    assert proposed(Problem(X, y), most=1) == ["wave"]
    assert proposed(Problem(X, y)) == ["wave", "wave"]


@pytest.mark.parametrize("rows", [19, 200])
def test_few_rows_and_columns_with_units_are_left_to_others(rows):
    units = np.zeros((4, 1), dtype=np.int64)
    assert len(proposed(Problem(X[:rows], WAVE[:rows]))) == (rows > 19)
    assert not proposed(Problem(X[:rows], WAVE[:rows], dimensions=units))
