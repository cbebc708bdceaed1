"""Waves found in spectra: known frequencies, any weights and rows, and none where there is none."""

from __future__ import annotations

import math

import numpy as np
import pytest

from edgewise.formula.data import Data
from edgewise.formula.expression import Input, add, free, multiply
from edgewise.formula.library import LIBRARY
from edgewise.formula.program import Program
from edgewise.search.wave_spectra import SLOWEST, STEP, find_peaks, find_waves, fit_wave, list_terms

RNG = np.random.default_rng(0)
X = RNG.uniform(0, 2, (300, 4))
S, T, U, V = X.T


def waves(y, x, weight=None, most=3, reach=16.0):
    return list(find_waves(Data.of(x, y, weight), LIBRARY, most=most, reach=reach))


@pytest.mark.parametrize("noise", [0.0, 0.2])
@pytest.mark.parametrize(
    ("y", "inputs", "numbers"),
    [
        (2 * np.sin(9.1 * S + 0.4), 1, 3),
        (2 * np.sin(3.7 * S - 11.3 * T + 0.4), 2, 4),
        (0.7 * U + 2 * np.sin(3.7 * S - 11.3 * T + 0.4), 3, 5),
        (np.cos(2.3 * S * T + 8.1 * T), 2, 4),
        (np.sin(8.2 * S / (T + 0.5) + 1), 1, None),
        (1 + np.cos(3 * S - 5.2 * T + 4.4 * U - 6.3 * V), 4, 7),
    ],
    ids=["one input", "plane", "trend", "chirp", "ratio", "four inputs"],
)
def test_a_wave_is_found_with_and_without_noise(y, inputs, numbers, noise):
    x = X[:, :inputs] if numbers else (S / (T + 0.5))[:, None]
    found = waves(y + noise * RNG.normal(size=300) * y.std(), x, most=1)
    assert len(found) == 1
    missed = Program(found[0].tree).values(x) - y
    assert np.square(missed).mean() < (0.05 * noise**2 + 1e-20) * y.var()
    assert found[0].tree.free_count <= (numbers or 3)


def test_waves_of_a_sum_are_found_one_after_another():
    y = np.sin(9.1 * S - 3.3 * T) + 0.5 * np.sin(7.3 * T + 1)
    one, two = waves(y, X[:, :2])
    assert 0.05 < one.fvu < 0.4
    assert two.fvu < 1e-20
    assert len(waves(y, X[:, :2], most=1)) == 1


def test_beats_closer_than_a_step_are_resolved():
    y = np.sin(9.1 * S) + 0.5 * np.sin(7.3 * S + 1)
    assert (9.1 - 7.3) * np.ptp(S) / 2 < 2 * STEP
    assert waves(y, X[:, :1])[-1].fvu < 1e-20


def test_rows_of_small_weight_do_not_hide_a_wave():
    y = np.sin(6.1 * S - 7.2 * T)
    y[::3] = 5 * RNG.normal(size=100)
    weight = np.ones(300)
    weight[::3] = 1e-6
    assert waves(y, X[:, :2], weight / weight.mean())[0].fvu < 1e-3
    assert not waves(np.where(np.arange(300) % 3, 0, y), X[:, :2])


@pytest.mark.parametrize("seed", range(5))
def test_noise_and_smooth_functions_have_no_waves(seed):
    g = np.random.default_rng(seed)
    assert not waves(g.normal(size=300), X[:, :3])
    assert not waves(np.exp(S) * T / (1 + T) + g.normal(size=300) / 10, X[:, :2])
    assert not waves(1.5 * S - T + 2, X[:, :2])


def test_no_wave_is_faster_than_the_reach():
    y = np.sin(31 * S)
    assert waves(y, X[:, :1], reach=40)[0].fvu < 1e-20
    assert not waves(y, X[:, :1], reach=16)


def test_without_a_sine_in_the_library_there_are_no_waves():
    data = Data.of(X[:, :1], np.sin(9 * S))
    assert not list(find_waves(data, LIBRARY.without("sin"), most=3, reach=16.0))


@pytest.mark.parametrize("count", [1, 2, 3])
def test_a_peak_is_the_largest_value_of_each_spectrum(count):
    g, most, spectra = np.random.default_rng(count), 4, 2
    wave, terms = g.normal(size=30), g.uniform(-1, 1, (count - 1 + spectra, 30))
    steps = np.arange(-most, most + 1)
    tables = np.exp(-1j * STEP * terms[:, :, None] * steps)
    found, power, tried = find_peaks(wave, tables[: count - 1], tables[count - 1 :])
    grid = np.stack(np.meshgrid(*[steps] * count), -1).reshape(-1, count)
    fast = [turns for turns in grid if np.abs(turns).sum() >= SLOWEST]
    for k in range(spectra):
        there = [*terms[: count - 1], terms[count - 1 + k]]

        def spectrum(turns, there=there):
            return abs(wave @ np.exp(-1j * STEP * np.dot(turns, there))) ** 2

        assert power[k] == pytest.approx(max(map(spectrum, fast)))
        assert power[k] == pytest.approx(spectrum(found[k]))
    assert tried == (most + 1) * (2 * most + 1) ** (count - 1)


def test_large_spectra_are_cut_to_slow_frequencies():
    tables = np.ones((4, 400, 41), dtype=complex)
    assert find_peaks(np.ones(400), tables[:3], tables[3:])[2] < 11 * 21**3 / 2


def test_amplitude_and_shift_are_those_of_least_squares():
    phase = add(multiply(free(5.0), Input(0)), multiply(free(-4.0), Input(1)))
    weight = RNG.uniform(0.2, 2, 300)
    y = 1.7 * np.sin(5 * S - 4 * T - 2.1) + 3
    data = Data.of(X[:, :2], y, weight / weight.mean())
    tree = fit_wave(phase, y - np.average(y, weights=weight), data, LIBRARY["sin"])
    values = Program(tree).values(X)
    np.testing.assert_allclose(values, 1.7 * np.sin(5 * S - 4 * T - 2.1), atol=1e-12)


def test_terms_of_a_single_input_are_the_input():
    assert [t.key for t in list_terms(X[:, :1], LIBRARY).trees] == ["x0"]
    keys = [t.key for t in list_terms(X[:, :2], LIBRARY).trees]
    assert keys[:2] == ["x0", "x1"]
    assert {"x0*x1", "(x0)**(2.0)"} <= set(keys)
    assert math.isfinite(list_terms(X, LIBRARY).values.sum())


def test_columns_that_never_change_and_residuals_of_zero_are_no_waves():
    constant = np.column_stack([S, np.full(300, 2.0), T])
    y = 2 * np.sin(3.7 * S - 11.3 * T + 0.4)
    assert waves(y, constant)[0].fvu < 1e-20
    assert not waves(np.ones(300), constant)
    rows = np.arange(300)
    spike = np.where(rows == 150, 1.0, 0.0)  # of weight 0: all other residuals are 0
    assert not waves(spike, X[:, :2], np.where(rows == 150, 0.0, 300 / 299))
