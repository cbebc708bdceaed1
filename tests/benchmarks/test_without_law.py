"""Tables without a law are of the kinds that they say."""

import numpy as np
import pytest

from benchmarks.discovery.real_laws import law_table
from benchmarks.discovery.without_law import KINDS, table_without_law


@pytest.mark.parametrize("kind", KINDS)
def test_tables_are_finite_varied_and_the_same_for_a_seed(kind):
    shapes = set()
    for seed in range(12):
        data = table_without_law(kind, seed)
        assert data.x.ndim == 2
        assert len(data.x) == len(data.y)
        assert np.isfinite(data.x).all()
        assert data.y.std() > 0
        np.testing.assert_array_equal(data.y, table_without_law(kind, seed).y)
        shapes.add(data.x.shape)
    assert len(shapes) >= 5


def test_coded_tables_have_one_value_a_code():
    for seed in range(10):
        data = table_without_law("coded", seed)
        codes, which = np.unique(data.x, axis=0, return_inverse=True)
        assert len(codes) < len(data.y)
        assert all(np.ptp(data.y[which == k]) == 0 for k in range(len(codes)))


def test_rows_are_repeated_few_or_rounded():
    for seed in range(10):
        repeated = table_without_law("repeated", seed)
        assert 4 <= len(np.unique(repeated.x, axis=0)) <= 12 < len(repeated.y)
        assert 5 <= len(table_without_law("few", seed).y) <= 19
        rounded = table_without_law("rounded", seed).y
        np.testing.assert_allclose(rounded, rounded.round(2))


def test_a_shuffled_law_has_the_values_of_the_law():
    found = 0
    for seed in range(30):
        data, table = table_without_law("shuffled", seed), law_table(seed)
        if data.x.shape[1] == len(table.ranges) and np.allclose(data.x, table.inputs(len(data.x))):
            values = table.values(data.x)
            assert sorted(values) == sorted(data.y)
            assert (values != data.y).mean() > 0.5
            found += 1
    assert found > 3


def test_the_regimes_differ():
    """No line in the law's own shape explains both sides."""
    data = table_without_law("regimes", 4)
    jump = np.abs(np.diff(data.y[np.argsort(data.x[:, 0])]))
    assert jump.max() > 5 * np.median(jump)
