"""Isolated wrong values in fields and trajectories are found and replaced."""

import numpy as np
import pytest
from systems import sparse_search

import edgewise as ew
from edgewise.ode import discover_pde
from edgewise.ode.spikes import replace_glitches, replace_isolated
from edgewise.ode.trajectories import check_trajectories

T, X = np.linspace(0, 1, 40), np.linspace(0, 2 * np.pi, 60)
HEAT = sum(np.exp(-0.5 * k**2 * T)[:, None] * np.sin(k * X + k) for k in (1, 2, 3))


def places_in(values, *axes):
    return replace_isolated(values, axes)[1].tolist()


@pytest.mark.parametrize("value", [1, 3, 30, 1e3])
@pytest.mark.parametrize("place", [(20, 20), (5, 30), (35, 50), (1, 1)])
def test_a_wrong_value_is_replaced_by_its_neighbours(value, place):
    wrong = HEAT.copy()
    wrong[place] = value
    replaced, places = replace_isolated(wrong, (T, X))
    assert places.tolist() == [list(place)]
    assert np.abs(replaced - HEAT).max() < 0.02
    assert wrong[place] == value


def test_neighbours_that_are_both_wrong():
    wrong = HEAT.copy()
    wrong[20, 20:22] = 5, 4
    assert places_in(wrong, T, X) == [[20, 20], [20, 21]]


@pytest.mark.parametrize("width", [1.0, 0.5, 0.3, 0.15])
@pytest.mark.parametrize("speed", [0, 1, 4])
def test_crests_and_fronts_stay(width, speed):
    t, x = np.linspace(0, 4, 80), np.linspace(-10, 10, 128)
    s = (x - speed * t[:, None]) / width
    for field in (1 / np.cosh(s) ** 2, np.tanh(s), np.where(np.abs(s) < 1, 1.0, 0.0)):
        assert places_in(field, t, x) == []


@pytest.mark.parametrize("shape", [(40, 60), (25, 30, 30)])
def test_noise_stays(shape):
    axes = [np.arange(n, dtype=float) for n in shape]
    for seed in range(5):
        assert places_in(np.random.default_rng(seed).normal(size=shape), *axes) == []


def test_the_source_of_heat_in_a_point_stays():
    x = np.linspace(-10, 10, 128)
    field = np.exp(-(x**2) / (4 * (T[:, None] + 0.002))) / np.sqrt(T[:, None] + 0.002)
    assert places_in(field, T, x) == []


@pytest.mark.parametrize("value", [3, 30])
def test_an_equation_is_found_beside_a_wrong_value(value):
    wrong = HEAT.copy()
    wrong[20, 20] = value
    with pytest.warns(UserWarning, match=rf"1 of 2400 values of u .*{value} at \[20, 20\]"):
        found = discover_pde(T, wrong, X)
    (equation,) = found.equations
    assert equation.terms == ["u_xx"]
    assert equation.values[0] == pytest.approx(0.5, abs=1e-4)


def test_one_value_in_a_hundred_is_wrong():
    rng = np.random.default_rng(0)
    wrong = HEAT + 0.01 * rng.normal(size=HEAT.shape)
    places = rng.random(HEAT.shape) < 0.01
    wrong[places] = 3 * rng.normal(size=places.sum())
    with pytest.warns(UserWarning, match="were replaced"):
        (equation,) = discover_pde(T, wrong, X).equations
    assert equation.terms == ["u_xx"]
    assert equation.values[0] == pytest.approx(0.5, abs=0.01)


@pytest.mark.parametrize("base", [0.0, 2.0])
def test_a_field_of_one_value_is_refused(base):
    field = np.full(HEAT.shape, base)
    field[20, 20] = base + 1
    with pytest.raises(ValueError, match=r"one value, \d at \[20, 20\]"):
        discover_pde(T, field, X)


def solve_oscillator(steps=200):
    t = np.linspace(0, 10, steps)
    growth = np.exp((-0.1 + 2j) * t)
    return t, np.stack([growth.real, (growth * (-0.1 + 2j)).real], 1)


@pytest.mark.parametrize("noise", [0, 0.01])
@pytest.mark.parametrize("size", [0.5, 5, 500])
@pytest.mark.parametrize("step", [2, 77, 197])
def test_a_glitch_is_replaced_by_its_neighbours(noise, size, step):
    t, states = solve_oscillator()
    states += noise * np.random.default_rng(0).normal(size=states.shape)
    wrong = states.copy()
    wrong[step, 0] += size
    replaced, places = replace_glitches(t, wrong)
    assert places == [(step, 0)]
    assert np.abs(replaced - states).max() <= 0.01 + 4 * noise


def test_states_of_a_map_are_taken_as_they_are():
    """The next state of a map may be any other: only time that flows has glitches."""
    t, states = solve_oscillator()
    wrong = states.copy()
    wrong[77, 0] += 5
    (taken,) = check_trajectories(t, wrong, discrete=True, inputs=None)
    assert np.array_equal(taken.states, wrong)
    with pytest.warns(UserWarning, match="step 77 of state 0"):
        (mended,) = check_trajectories(t, wrong, inputs=None, discrete=False)
    assert abs(mended.states[77, 0] - states[77, 0]) < 0.01


def test_times_of_any_distance():
    t = np.sort(np.random.default_rng(1).uniform(0, 10, 300))
    wrong = np.stack([np.sin(t), np.cos(t)], 1)
    wrong[[50, 120], [1, 0]] += 1
    replaced, places = replace_glitches(t, wrong)
    assert places == [(50, 1), (120, 0)]
    assert np.abs(replaced[:, 0] - np.sin(t)).max() < 0.01


@pytest.mark.parametrize("seed", range(3))
def test_noise_beside_a_long_gap_is_no_glitch(seed):
    """Between two close steps and a far one the cubic through neighbours misses by more."""
    rng = np.random.default_rng(seed)
    t = np.sort(rng.uniform(0, 25, 120))
    states = np.cos(t)[:, None] + 0.02 * rng.normal(size=(120, 1))
    gaps = np.diff(t)
    t[1:] += 0.5 * np.cumsum(gaps > np.quantile(gaps, 0.97))
    assert not replace_glitches(t, states)[1]
    states[60] += 3
    assert replace_glitches(t, states)[1] == [(60, 0)]


def test_jumps_kinks_noise_and_short_series_stay():
    t = np.linspace(0, 10, 200)
    noise = [np.random.default_rng(seed).normal(size=200) for seed in range(20)]
    for values in (np.floor(t), np.abs(np.sin(3 * t)), np.sign(np.sin(3 * t)), *noise):
        assert replace_glitches(t, values[:, None])[1] == []
    spike = np.eye(1, 19, 9).T
    assert replace_glitches(t[:19], spike)[1] == []


def test_an_event_in_several_states_stays():
    t, states = solve_oscillator()
    states[77] += 5
    assert replace_glitches(t, states)[1] == []


def test_equations_of_motion_are_found_beside_a_glitch(monkeypatch):
    monkeypatch.setattr("edgewise.ode.driver.discover", sparse_search)
    t, states = solve_oscillator()
    states[77, 0] += 5
    with pytest.warns(UserWarning, match="1 of 400 values .* at step 77 of state 0"):
        found = ew.discover_ode(t, states, progress=False)
    assert found.verdict.kind == "exact"
