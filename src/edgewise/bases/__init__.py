"""The bases: what an edge's function is made of."""

from edgewise.bases.base import Basis, Grid, find, registry
from edgewise.bases.bspline import BSpline
from edgewise.bases.chebyshev import Chebyshev
from edgewise.bases.fourier import Fourier
from edgewise.bases.gaussian import Gaussian
from edgewise.bases.legendre import Legendre
from edgewise.bases.recurrences import Gegenbauer, Hermite, Jacobi
from edgewise.bases.relukan import ReLUKAN
from edgewise.bases.rswaf import RSWAF
from edgewise.bases.sine import Sine
from edgewise.bases.wavelet import Wavelet

__all__ = [
    "RSWAF",
    "BSpline",
    "Basis",
    "Chebyshev",
    "Fourier",
    "Gaussian",
    "Gegenbauer",
    "Grid",
    "Hermite",
    "Jacobi",
    "Legendre",
    "ReLUKAN",
    "Sine",
    "Wavelet",
    "find",
    "registry",
]


def __dir__() -> list[str]:
    return __all__
