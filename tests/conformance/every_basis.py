"""The bases that every test of this folder iterates over."""

import edgewise as ew
from edgewise.bases import registry
from edgewise.engines import native

BASES = [cls() for name, cls in sorted(registry().items()) if cls.__module__[:8] == "edgewise"]
# Beside the defaults of each registered basis: settings that take other paths.
EXTRA = [
    ew.Gaussian(5, -1, 1, 0.7, train_centers=True, train_width=True),
    ew.Gaussian(1, width=1.0),
    ew.RSWAF(4, inv_denominator=2.0, train_grid=True, train_inv_denominator=True),
    *(ew.BSpline(4, degree) for degree in (1, 2, 4, 5)),
    *(ew.BSpline(cells, degree) for cells, degree in ((1, 2), (2, 2), (3, 3))),  # few functions
    ew.BSpline(3, 3, uniform=False),
    ew.bases.Legendre(0),
    ew.bases.Legendre(1),
    ew.Chebyshev(1),
    ew.Fourier(1),
    ew.bases.Jacobi(0),
    ew.bases.Jacobi(3, -0.5, 0.5),
    ew.bases.Gegenbauer(1, 0.5),
    ew.bases.Sine(4, train_frequency=True, train_phase=True),
    ew.bases.Wavelet(5, kind="morlet", frequency=1.5, train_centers=True, train_width=True),
    ew.bases.ReLUKAN(6, -1, 1, 0.9, train_centers=True, train_width=True),
]
ALL = BASES + EXTRA


def has_kernel(basis):
    """Whether the operator computes the basis on this machine: all without a native engine."""
    return native.unavailable() is not None or basis.name in native.bases()


KNOWN = [b for b in ALL if has_kernel(b)]
KNOWN_DEFAULTS = [b for b in BASES if has_kernel(b)]
