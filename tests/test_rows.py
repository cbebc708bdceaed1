"""Some rows that stand for all."""

from __future__ import annotations

import numpy as np
import pytest

from edgewise.data.names import list_names
from edgewise.data.rows import measure_scatter, pick_evenly, weighted_variance


@pytest.mark.parametrize("count", [10, 11, 999, 1000])
def test_rows_are_spread_evenly(count):
    rows = pick_evenly(count, 10)
    assert (rows[0], rows[-1], len(rows)) == (0, count - 1, 10)
    assert np.ptp(np.diff(rows)) <= 1


@pytest.mark.parametrize("count", [0, 1, 9, 10])
def test_few_rows_are_all_taken(count):
    assert pick_evenly(count, 10).tolist() == list(range(count))


def test_a_weight_of_two_counts_a_row_twice():
    values, weight = np.array([1.0, 2.0, 7.0]), np.array([2.0, 1.0, 1.0])
    assert weighted_variance(values, weight) == pytest.approx(np.var([1.0, 1.0, 2.0, 7.0]))
    assert weighted_variance(values, None) == pytest.approx(np.var(values))


def test_the_scatter_of_values_is_that_of_noise_and_not_of_a_smooth_function():
    g = np.random.default_rng(4)
    t, weight = g.uniform(0, 3, 4000).round(3), 10 ** g.uniform(-3, 3, 4000)  # with ties
    smooth, noise = 0.1 * np.sin(9 * t), g.normal(size=4000) / np.sqrt(weight)
    assert measure_scatter(t, smooth + 0.02 * noise, weight) == pytest.approx(0.02**2, rel=0.1)
    assert measure_scatter(t, smooth, weight=None) < 1e-6 * np.mean(smooth**2)
    both = measure_scatter(np.stack([t, -3 * t]), smooth + noise, weight)
    assert both[0] == pytest.approx(measure_scatter(t, smooth + noise, weight), rel=1e-12)
    assert both[1] == pytest.approx(both[0], rel=0.1)  # ties are in another order


def test_rows_without_weight_scatter_nothing():
    t, y = np.linspace(0, 1, 50), np.linspace(0, 2, 50)
    y[20:30] = 99.0
    weight = np.where(y == 99.0, 0.0, 2.0)
    assert measure_scatter(t, y, weight) < 1e-28
    assert np.isnan(measure_scatter(t[:2], y[:2], weight=None))
    assert measure_scatter(np.where(t > 0.5, np.inf, t), y, weight=None) == np.inf


@pytest.mark.parametrize("count", [1, 2, 11, 12, 13, 30])
def test_twelve_names_are_listed_and_the_others_counted(count):
    names = [f"n{k}" for k in range(count)]
    listed, _, more = list_names(names).partition(" and ")
    assert listed.split(", ") == names[:12]
    assert more == (f"{count - 12} more" if count > 12 else "")
