"""Tables whose columns have two or three different values."""

import numpy as np
import pytest

import edgewise as ew
from edgewise.discovery.evidence import count_independent_rows
from edgewise.formula.expression import Input
from edgewise.formula.parse import parse_formula


@pytest.mark.parametrize(("values", "inputs"), [(2, 1), (3, 2)])
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


def test_no_form_is_a_law_on_two_values():
    """(x + 1.123)² went through both means by chance, and was a law with 90 %."""
    g = np.random.default_rng(0)
    g.uniform(size=1800)
    code = g.integers(0, 2, 60)
    y = np.array([1.23, 4.5])[code] + 0.1 * g.normal(size=60)
    found = ew.discover(code.astype(float), y, evaluations=12_000, budget=1e4, progress=False)
    assert found.verdict.kind == "approximation"


def test_rows_of_two_values_do_not_tell_a_form():
    x = np.stack([np.arange(12.0) % 2, np.arange(12.0) % 3], 1)
    square = parse_formula("(x0 + 1.123)**2")[0]
    assert count_independent_rows(square, x) == 0
    assert count_independent_rows(square.substitute({0: Input(1)}), x) == 3
    assert count_independent_rows(parse_formula("1.5*x0*x1")[0], x) == 6
