"""The next measurement is made where two formulas differ most, in units of its error."""

import numpy as np
import pytest
from made_up_discoveries import made_up

from edgewise.discovery.formula import Formula
from edgewise.discovery.next_measurement import propose_measurements
from edgewise.discovery.noise import NoiseEstimate
from edgewise.formula.expression import Input, add, apply, exact, multiply, power
from edgewise.formula.library import LIBRARY

X = Input(0)
EXPONENTIAL = apply(LIBRARY["exp"], X)
SERIES = add(exact(1), X, multiply(exact(1, 2), power(X, exact(2))))
"""It differs from exp by x³/6 at first: most at the ends."""


def discovery(**changes):
    rival = Formula(SERIES, ("x", "unused"), 9.0, 2e-3, 0.99, 2e-3, "terms")
    return made_up(("x", "unused"), tree=EXPONENTIAL, alternatives=[rival], **changes)


def test_two_formulas_are_told_apart_at_the_end_of_the_data_or_beyond():
    found = discovery()
    inside, outside = propose_measurements(found)
    high, low = found.x[:, 0].max(), found.x[:, 0].min()
    assert inside.is_inside
    assert not outside.is_inside
    assert inside.at == {"x": pytest.approx(high)}
    assert outside.at == {"x": pytest.approx(high + (high - low) / 2)}
    gap = np.exp(high) - (1 + high + high**2 / 2)
    assert inside.winner - inside.rival == pytest.approx(gap)
    assert inside.clarity == pytest.approx(gap / found.winner.rmse)
    assert f"x = {high:.3g}, within" in str(inside)


def test_relative_errors_are_expected_to_stay_relative():
    """A tenth of what is predicted, so near 0 the difference is lost in it."""
    found = discovery()
    noise = NoiseEstimate("given", True, False, 0.1 * np.abs(found.y))
    inside, _ = propose_measurements(discovery(noise=noise))
    assert inside.error == pytest.approx(0.1 * inside.winner)


def test_errors_of_counts_are_expected_to_grow_as_their_roots():
    y, wanted = np.array([1.0, 4, 9, 0]), np.array([16.0, 25])
    noise = NoiseEstimate("poisson", False, True, 2 * np.sqrt(y))
    assert noise.expect(y, wanted) == pytest.approx(2 * np.sqrt(wanted))
    equal = NoiseEstimate("given", True, False, np.full(4, 0.3))
    assert equal.expect(y, wanted) == pytest.approx([0.3, 0.3])


def test_signs_are_kept_and_without_a_rival_there_is_nothing_to_tell():
    found = discovery()
    found.x[:, 0] += 0.01 - found.x[:, 0].min()  # near 0: half the range below would be negative
    assert all(m.at["x"] > 0 for m in propose_measurements(found))
    assert propose_measurements(made_up()) == []
    assert found.next_measurements()[0] == propose_measurements(found)[0]
