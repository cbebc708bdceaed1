"""Numbers as readers write them."""

import pytest

from edgewise.charts.numbers import format_number


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (12.5, "12.5"),
        (-0.00123456, "−0.00123"),
        (1990.0, "1990"),
        (9999.6, "10,000"),
        (1234567.0, "1,234,567"),
        (1e9, "1e9"),
        (-2.5e-7, "−2.5e−7"),
        (float("nan"), "—"),
    ],
)
def test_numbers_are_written_short(value, text):
    assert format_number(value) == text
