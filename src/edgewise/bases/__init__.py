"""The bases: what an edge's function is made of."""

from edgewise.bases.base import Basis, Grid, find, registry
from edgewise.bases.bspline import BSpline
from edgewise.bases.chebyshev import Chebyshev
from edgewise.bases.fourier import Fourier
from edgewise.bases.gaussian import Gaussian
from edgewise.bases.legendre import Legendre
from edgewise.bases.rswaf import RSWAF

__all__ = [
    "RSWAF",
    "BSpline",
    "Basis",
    "Chebyshev",
    "Fourier",
    "Gaussian",
    "Grid",
    "Legendre",
    "find",
    "registry",
]
