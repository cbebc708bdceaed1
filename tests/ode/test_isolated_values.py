"""Isolated wrong values in fields: which are found, and what they no longer change."""

import numpy as np
import pytest

from edgewise.ode import discover_pde
from edgewise.ode.spikes import replace_isolated

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
