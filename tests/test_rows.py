"""Some rows that stand for all."""

from __future__ import annotations

import numpy as np
import pytest

from edgewise.data.rows import pick_evenly, weighted_variance


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
