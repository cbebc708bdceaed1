"""States that are alike, accelerations of 0, growth beyond its noise, slopes that do not exist."""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest
from systems import noisy, sparse_search

from edgewise.formula.expression import Input, exact, power
from edgewise.ode import discover_ode
from edgewise.ode.system import System, integrate

find = partial(discover_ode, budget=20.0, progress=False)
T = np.linspace(0, 2, 100)


@pytest.fixture
def _quick_search(monkeypatch):
    monkeypatch.setattr("edgewise.ode.driver.discover", sparse_search)


def throw(x, y, vx, vy):
    """A projectile: places and velocities."""
    return np.stack([x + vx * T, y + vy * T - 4.905 * T**2, vx + 0 * T, vy - 9.81 * T], axis=1)


def test_a_state_without_a_slope_ends_a_simulation():
    system = System([power(Input(0), exact(1, 2))])
    made = integrate(system, T, np.array([-1.0]), lambda at: np.empty((len(at), 0)))
    assert np.isnan(made[1:]).all()


def test_equations_that_swap_equal_states_are_not_claimed():
    t = np.linspace(0, 12, 200)
    circle = np.stack([np.cos(t), np.sin(t), -np.sin(t), np.cos(t)], axis=1)
    found = find(t, circle, state_names=["x", "y", "vx", "vy"], evaluations=4_000)
    assert found.verdict.kind == "approximation"
    assert "another formula" in found.equations[1].verdict.reason  # dy/dt is vy, or x


def test_no_equation_holds_a_state_that_keeps_one_value():
    found = find(T, throw(0, 1, 3, 5), state_names=["x", "y", "vx", "vy"], evaluations=4_000)
    assert str(found.expressions[1]) == "vy"  # and not 3 vy / vx, or 5 - 3.27 x
    assert found.equations[1].verdict.kind == "exact"


def test_several_throws_tell_the_equations_of_all_four_states():
    throws = [throw(0, 1, 3, 5), throw(1, 0, 2, 7), throw(0, 2, -1, 3)]
    found = find([T] * 3, throws, state_names=["x", "y", "vx", "vy"], evaluations=4_000)
    assert found.verdict.kind == "exact"
    assert [str(one) for one in found.expressions[:2]] == ["vx", "vy"]
    assert [float(one) for one in found.expressions[2:]] == pytest.approx([0, -9.81])


@pytest.mark.usefixtures("_quick_search")
@pytest.mark.parametrize("seed", range(4))
def test_an_acceleration_within_its_error_is_0(seed):
    found = find(T, noisy(3 * T[:, None] + 1, 0.01, seed), order=2)
    assert float(found.expressions[0]) == 0
    assert found.verdict.kind == "law"


@pytest.mark.usefixtures("_quick_search")
def test_uniform_motion_is_no_rest_in_second_order():
    found = find(T, 3 * T[:, None] + 1, order=2)
    assert float(found.expressions[0]) == pytest.approx(0, abs=1e-9)
    assert found.verdict.kind != "approximation", found.reason


@pytest.mark.usefixtures("_quick_search")
def test_growth_far_beyond_its_rounding_is_followed():
    money = (100 * 1.05 ** np.arange(60)).round(2)
    found = find(np.arange(60), money, time="steps")
    assert found.verdict.kind == "law", found.reason
    assert np.isfinite(found.agreement.distance).all()
