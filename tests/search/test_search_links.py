"""Outer functions and their inverses."""

import numpy as np
import pytest

from edgewise.formula.library import LIBRARY
from edgewise.search.links import LINKS


@pytest.mark.parametrize("least", [5e-324, 1e-200, 1e-30, 1.0])
@pytest.mark.parametrize("most", [0.5, 2.0, 800.0, 1e200, 1e308])
def test_a_link_fits_where_its_inverse_is_finite(least, most):
    """Planck's law has values from 1e-300 on, of which 1/y² is infinite."""
    y = np.array([min(least, most), most])
    for link in LINKS:
        with np.errstate(all="ignore"):
            finite = np.isfinite(link.inverse(y)).all()
        inside = y.min() > link.low and y.max() < link.high
        assert link.fits(y, LIBRARY) == bool(inside and finite)
    assert any(link.fits(y, LIBRARY) for link in LINKS)
