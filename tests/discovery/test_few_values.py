"""Tables whose columns have two or three different values."""

import numpy as np
import pytest

import edgewise as ew


@pytest.mark.parametrize("inputs", [1, 2])
@pytest.mark.parametrize("values", [2, 3])
def test_columns_of_two_or_three_values_are_predicted_and_nothing_is_claimed(inputs, values):
    g = np.random.default_rng(values)
    code = np.repeat(np.arange(values), 20)
    x = np.stack([code, (code == 0)][:inputs], 1).astype(float)
    y = g.normal(size=values).round(3)[code]
    found = ew.discover(x, y, evaluations=2000, budget=1e4, progress=False)
    assert found.verdict.kind == "approximation"
    predicted = found.predict(x)
    if values == 2:  # a y of two values is a class
        middle = (y.min() + y.max()) / 2
        assert ((predicted > middle) == (y > middle)).all()
    else:
        np.testing.assert_allclose(predicted, y, atol=0.05 * np.ptp(y))
