"""States that never change, and states that change at a constant rate."""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest

from edgewise.ode import discover_ode

find = partial(discover_ode, budget=10.0, progress=False)
T = np.linspace(0, 10, 200)


@pytest.mark.parametrize("order", [1, 2])
def test_a_state_that_rests_tells_no_law(order):
    found = find(T, np.full((200, 1), 3.0), order=order)
    assert found.verdict.kind == "approximation"
    assert "keeps one value" in found.verdict.reason


def test_the_equation_of_another_state_is_still_exact():
    found = find(T, np.stack([np.exp(-T), np.full(200, 2.0)], axis=1))
    assert [one.verdict.kind for one in found.equations] == ["exact", "approximation"]
    assert "x1 keeps one value" in found.verdict.reason


def test_states_at_rest_in_several_places_tell_that_nothing_changes():
    found = find([T[:50]] * 5, [np.full((50, 1), place) for place in (1.0, 2.0, 3.0, 4.0, 5.0)])
    assert (found.verdict.kind, float(found.expressions[0])) == ("exact", 0)


@pytest.mark.parametrize("offset", [0.0, 1.0, 1e3])
def test_uniform_motion_is_exact(offset):
    found = find(T, 0.3 * T[:, None] + offset)
    assert found.verdict.kind == "exact"
    assert float(found.expressions[0]) == pytest.approx(0.3)
    assert found.equations[0].evaluations < 1000  # rounding errors are not searched
