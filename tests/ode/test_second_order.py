"""Laws of second order out of positions alone."""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest
import systems
from numpy.typing import NDArray
from systems import factors_of, move, noisy, sparse_search

from edgewise.formula.expression import Input, free, multiply
from edgewise.ode import OdeDiscovery, discover_ode, shooting
from edgewise.ode.slopes import estimate_slopes
from edgewise.ode.system import System
from edgewise.ode.trajectories import check_trajectories
from edgewise.search.budget import Budget

Array = NDArray[np.float64]


@pytest.fixture(autouse=True)
def _quick_search(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("edgewise.ode.driver.discover", sparse_search)


find = partial(discover_ode, budget=20.0, progress=False, order=2)


def factors(found: OdeDiscovery) -> dict[str, float]:
    return factors_of((one.output_name for one in found.equations), found)


@pytest.mark.parametrize(("level", "accuracy"), [(0.0, 1e-6), (0.005, 0.03)])
def test_an_oscillator_is_found_in_its_positions(level: float, accuracy: float) -> None:
    t = np.linspace(0, 20, 400)
    starts = ([1.8, 0.0], [0.3, 0.5])
    positions = [noisy(move(systems.duffing, t, s)[:, :1], level, k) for k, s in enumerate(starts)]
    found = find([t, t], positions, state_names=["x"])
    truth = {"d²x/dt²: x_dot": -0.2, "d²x/dt²: x": 1.1, "d²x/dt²: x**3": -0.9}
    assert factors(found) == pytest.approx(truth, rel=accuracy)
    assert found.verdict.kind == ("law" if level else "exact"), found.reason
    assert found.state_names == ["x", "x_dot"]
    assert "d²x/dt² = " in str(found)
    assert found.trajectory_error < max(1e-5, 2 * level)


def test_a_driven_pendulum_is_simulated_from_position_and_velocity() -> None:
    t = np.linspace(0, 40, 1200)
    states = move(systems.pendulum, t, [0.5, 0.0])
    found = find(t, states[:, 0], inputs=systems.drive(t), state_names=["a"], input_names=["u"])
    truth = {"d²a/dt²: a_dot": -0.3, "d²a/dt²: sin(a)": -4.2, "d²a/dt²: u": 0.8}
    assert factors(found) == pytest.approx(truth, rel=1e-4)
    made = found.simulate(t[:300], [0.5, 0.0], systems.drive(t[:300]))
    np.testing.assert_allclose(made, states[:300], atol=1e-3)
    with pytest.raises(ValueError, match=r"shape \(2,\) for a, a_dot"):
        found.simulate(t, [0.5], systems.drive(t))
    assert len(found.figure().axes) == 3


def test_velocities_and_accelerations_are_estimated_with_their_errors() -> None:
    t = np.linspace(0, 12, 500)
    clean = check_trajectories(t, np.sin(2 * t), inputs=None, discrete=False)
    (lifted,), slopes = estimate_slopes(clean, "auto", order=2)
    assert lifted.data == 1
    assert not slopes.smoothed
    np.testing.assert_allclose(lifted.states[20:-20, 1], 2 * np.cos(2 * t)[20:-20], atol=1e-7)
    np.testing.assert_allclose(slopes.y[:, 1], -4 * slopes.x[:, 0], atol=1e-4)
    rough = check_trajectories(t, noisy(np.sin(2 * t)[:, None], 0.02), inputs=None, discrete=False)
    _, slopes = estimate_slopes(rough, "auto", order=2)
    assert slopes.smoothed
    missed = slopes.y[:, 1] + 4 * slopes.x[:, 0]
    assert np.mean(np.abs(missed) < 3 * slopes.error[1]) > 0.9


def test_orders_are_one_or_two() -> None:
    t = np.linspace(0, 1, 60)
    with pytest.raises(ValueError, match="order 1, or 2"):
        discover_ode(t, t, order=3)
    with pytest.raises(ValueError, match="previous state as an input"):
        discover_ode(t, t, order=2, time="steps")


@pytest.mark.parametrize("fixed", [False, True])
def test_a_fit_of_trajectories_counts_every_integration(fixed, monkeypatch):
    """One for each state and constant of a slope, and one for each step that is tried."""
    t = np.linspace(0, 3, 40)
    trajectories = check_trajectories(
        t, noisy(np.exp(-t)[:, None], 0.01), inputs=None, discrete=False
    )
    windows = shooting.Windows.cut(trajectories, [trajectories[0].states], 10, np.ones(1))
    system = System([multiply(free(-0.5), Input(0))])
    integrate, linearise, count = shooting._integrate, shooting._linearise, [0, 0]

    def note(place, call, *given):
        count[place] += 1
        return call(*given)

    monkeypatch.setattr(shooting, "_fine_enough", lambda *given: 2)
    monkeypatch.setattr(shooting, "_integrate", partial(note, 0, integrate))
    monkeypatch.setattr(shooting, "_linearise", partial(note, 1, linearise))
    budget = Budget(np.inf)
    shooting.shoot(system, windows, budget, fixed=fixed)
    tried = count[0] - count[1] - 1  # a slope integrates all its copies at once
    assert tried > 0
    assert budget.spent == tried + count[1] * (1 + 1 + (not fixed))
