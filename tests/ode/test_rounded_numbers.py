"""Numbers of equations of motion are as round as the trajectories allow."""

from __future__ import annotations

import numpy as np
import pytest

from edgewise.formula.library import LIBRARY
from edgewise.ode import discover_ode


@pytest.mark.parametrize("stiffness", [4.0, 4.05, 4.0625])
def test_slopes_round_and_trajectories_have_the_last_word(stiffness: float) -> None:
    """Slopes of noisy positions don't tell 4 from 4.06; the positions themselves do."""
    t = np.linspace(0, 10, 200)
    position = np.exp(-0.15 * t) * np.cos(np.sqrt(stiffness - 0.0225) * t)
    position += 0.01 * np.random.default_rng(1).standard_normal(200)
    options = {"library": LIBRARY.only("x"), "evaluations": 2000, "progress": False}
    found = discover_ode(t, position, order=2, **options)
    factors = {str(x): c for c, x in (term.as_coeff_Mul() for term in found.expressions[0].args)}
    if stiffness == 4:
        assert factors["x0"] == -4
    else:
        assert abs(float(factors["x0"]) + stiffness) < 0.01
    assert abs(float(factors["x0_dot"]) + 0.3) < 0.01
