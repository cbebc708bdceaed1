"""Motion in steps: maps with and without noise, of the measurement and of the process."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
import pytest
from numpy.typing import NDArray
from systems import factors_of, sparse_search

from edgewise.formula.expression import Input, add, exact, free, multiply, power
from edgewise.ode import OdeDiscovery, discover_ode
from edgewise.ode.driver import _check_test
from edgewise.ode.maps import is_linear
from edgewise.ode.system import System, iterate
from edgewise.ode.trajectories import check_trajectories

Array = NDArray[np.float64]
Step = Callable[[Array], list[float]]


@pytest.fixture(autouse=True)
def _quick_search(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("edgewise.ode.driver.discover", sparse_search)


find = partial(discover_ode, budget=20.0, progress=False, time="steps")


def logistic(x: Array) -> list[float]:
    return [3.7 * x[0] * (1 - x[0])]


def henon(x: Array) -> list[float]:
    return [1 - 1.4 * x[0] ** 2 + x[1], 0.3 * x[0]]


def walk(f: Step, start: list[float], process: float = 0.0, steps: int = 300) -> Array:
    generator = np.random.default_rng(0)
    made = [np.array(start)]
    for _ in range(steps - 1):
        made.append(np.array(f(made[-1])) + process * generator.standard_normal(len(start)))
    return np.array(made)


def factors(found: OdeDiscovery) -> dict[str, float]:
    return factors_of(found.state_names, found)


LOGISTIC = {"x0: x0": 3.7, "x0: x0**2": -3.7}
HENON = {"x0: 1": 1.0, "x0: x0**2": -1.4, "x0: x1": 1.0, "x1: x0": 0.3}


@pytest.mark.parametrize(
    ("step", "start", "truth"), [(logistic, [0.3], LOGISTIC), (henon, [0.1, 0.1], HENON)]
)
def test_chaos_without_noise_is_exact(
    step: Step, start: list[float], truth: dict[str, float]
) -> None:
    states = walk(step, start)
    found = find(np.arange(300.0), states)
    assert found.verdict.kind == "exact", found.reason
    assert factors(found) == pytest.approx(truth, rel=1e-7)
    assert "x0[k+1] = " in str(found)
    # A few steps on from another state.
    made = found.simulate(np.arange(4.0), np.full(len(start), 0.2))
    expected = walk(step, [0.2] * len(start), steps=4)
    np.testing.assert_allclose(made, expected, rtol=1e-6)


@pytest.mark.parametrize(
    ("step", "start", "truth"), [(logistic, [0.3], LOGISTIC), (henon, [0.1, 0.1], HENON)]
)
def test_noise_of_the_measurement_does_not_bias_constants(
    step: Step, start: list[float], truth: dict[str, float]
) -> None:
    clean = walk(step, start)
    size = 0.02 * clean.std(0)
    states = clean + size * np.random.default_rng(1).standard_normal(clean.shape)
    found = find(np.arange(300.0), states)
    assert factors(found) == pytest.approx(truth, rel=0.01)
    assert found.verdict.kind == "law", found.reason
    np.testing.assert_allclose(found.noise, size, rtol=0.25)


def test_noise_of_the_process_is_told_from_that_of_the_measurement() -> None:
    states = walk(lambda x: [2.8 * x[0] * (1 - x[0])], [0.3], process=0.02)
    found = find(np.arange(300.0), states, claim=0.0)
    assert "process noise" in found.reason
    assert found.noise[0] == pytest.approx(0.02, rel=0.15)


@pytest.mark.parametrize("factor", [0.9, 1.0])
def test_a_random_walk_is_a_line_with_noise(factor: float) -> None:
    states = walk(lambda x: [factor * x[0]], [0.0], process=1.0)
    found = find(np.arange(300.0), states, degrees=1, claim=0.0)
    assert is_linear(found.equations[0].winner.tree)
    assert "process noise" in found.reason
    assert found.noise[0] == pytest.approx(1.0, rel=0.15)
    assert found.verdict.kind != "exact"


def test_noise_alone_is_no_law() -> None:
    states = np.random.default_rng(3).normal(size=(200, 1))
    assert not find(np.arange(200.0), states).found


def test_inputs_push_a_map() -> None:
    """x[k+1] = 0.8 x[k] + 0.5 u[k] from two starts."""
    t, u = np.arange(60.0), np.sin(np.arange(60.0))
    runs = []
    for start in (1.0, -2.0):
        x = [start]
        for k in range(59):
            x.append(0.8 * x[-1] + 0.5 * u[k])
        runs.append(np.array(x))
    found = find([t, t], runs, inputs=[u, u], degrees=1)
    assert factors(found) == pytest.approx({"x0: x0": 0.8, "x0: u0": 0.5}, rel=1e-8)
    assert found.verdict.kind == "exact"
    made = found.simulate(t, [1.0], u)
    np.testing.assert_allclose(made[:, 0], runs[0], atol=1e-7)


def test_a_map_that_diverges_ends_in_nan() -> None:
    system = System([power(Input(0), 2)])
    made = iterate(system, np.arange(20.0), np.array([3.0]), lambda at: np.empty((len(at), 0)))
    assert made[2, 0] == 81
    assert np.isnan(made[-1, 0])


def test_lines_are_told_from_other_formulas() -> None:
    x, y = Input(0), Input(1)
    assert is_linear(add(multiply(free(0.9), x), multiply(exact(2), y), free(1.0)))
    assert not is_linear(add(multiply(x, y), x))


def test_time_is_continuous_or_in_steps() -> None:
    with pytest.raises(ValueError, match="time among continuous, steps"):
        discover_ode(np.arange(20.0), np.arange(20.0), time="days")


def test_a_gap_in_the_steps_of_a_map_is_told() -> None:
    """A row that is left out makes a pair of rows that are no neighbours."""
    states, k = walk(logistic, [0.3], steps=100), np.arange(100.0)
    kept = k != 50
    with pytest.warns(UserWarning, match="rows 49 and 50 .* times are 49 and 51"):
        check_trajectories(k[kept], states[kept], discrete=True, inputs=None)
    irregular = np.cumsum(np.random.default_rng(0).exponential(size=100))
    for times in (k, irregular):  # any warning would be an error
        check_trajectories(times, states, discrete=True, inputs=None)
    twice = [k, k[kept]], [states, states[kept]]
    with pytest.warns(UserWarning, match="rows 49 and 50 of trajectory 1 as neighbouring"):
        check_trajectories(*twice, inputs=None, discrete=True)
    with pytest.warns(UserWarning, match="rows 49 and 50 as neighbouring"):
        _check_test(
            (k[kept], states[kept]),
            check_trajectories(k, states, inputs=None, discrete=False),
            discrete=True,
        )
    parts = [k < 50, k > 50]
    check_trajectories(
        [k[p] for p in parts], [states[p] for p in parts], discrete=True, inputs=None
    )
