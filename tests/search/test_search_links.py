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
        inside = y.min() > link.low - link.below * y.max() and y.max() < link.high
        assert link.fits(y, LIBRARY) == bool(inside and finite)
    assert any(link.fits(y, LIBRARY) for link in LINKS)


def test_a_root_that_noise_takes_below_zero_is_undone():
    """Of √(c (1 - p)) the last rows may be below 0; of a wave half of them are."""
    link = next(k for k in LINKS if k.function == "sqrt")
    g = np.random.default_rng(1)
    square = np.linspace(4.0, 0.0, 200)
    y = np.sqrt(square) + 0.06 * g.normal(size=200)
    assert y.min() < 0
    assert link.fits(y, LIBRARY)
    np.testing.assert_allclose(link.inverse(y), square, atol=1.0)
    assert link.inverse(y)[-20:].mean() == pytest.approx(square[-20:].mean(), abs=0.05)
    assert not link.fits(np.sin(y * 9), LIBRARY)
