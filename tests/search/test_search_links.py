"""Outer functions and their inverses."""

import numpy as np
import pytest

from edgewise.formula.library import LIBRARY
from edgewise.search.links import LINKS
from edgewise.search.search import weights_of


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


def test_rows_that_rounding_saturates_have_no_weight():
    """tanh(40) is 1, so such a row doesn't tell the argument; the others tell it to rounding."""
    link = next(k for k in LINKS if k.function == "tanh")
    s = np.linspace(-30.0, 30.0, 121)
    target, slope = link.undo(np.tanh(s), LIBRARY)
    told = np.isfinite(slope)
    assert told[np.abs(s) < 8].all()
    assert not told[np.abs(s) > 12].any()
    np.testing.assert_allclose(target[told], s[told], rtol=1e-7)
    np.testing.assert_allclose(slope[told], np.cosh(s[told]) ** 2, rtol=1e-6)
    assert (target[~told] == 0).all()
    weight = weights_of(slope)
    assert (weight[~told] == 0).all()
    assert (weight[told] > 0).all()


def test_a_link_is_undone_only_where_enough_rows_tell_its_argument():
    link = next(k for k in LINKS if k.function == "tanh")
    mostly = np.r_[np.ones(80), np.tanh(np.linspace(-1, 1, 20))]
    assert link.undo(mostly, LIBRARY) is None
    assert link.undo(mostly[10:], LIBRARY) is None  # 20 of 90 rows
    assert link.undo(mostly[40:], LIBRARY) is not None
    assert link.undo(np.r_[mostly[40:], 1.0001], LIBRARY) is None
