"""The bases: what an edge's function is made of."""

from edgewise.bases.base import Basis as Basis
from edgewise.bases.base import Grid as Grid
from edgewise.bases.base import find as find
from edgewise.bases.base import registry as registry
from edgewise.bases.bspline import BSpline as BSpline
from edgewise.bases.centred import Centred as Centred
from edgewise.bases.chebyshev import Chebyshev as Chebyshev
from edgewise.bases.fourier import Fourier as Fourier
from edgewise.bases.gaussian import Gaussian as Gaussian
from edgewise.bases.legendre import Legendre as Legendre
from edgewise.bases.polynomials import Polynomials as Polynomials
from edgewise.bases.recurrences import Gegenbauer as Gegenbauer
from edgewise.bases.recurrences import Hermite as Hermite
from edgewise.bases.recurrences import Jacobi as Jacobi
from edgewise.bases.relukan import ReLUKAN as ReLUKAN
from edgewise.bases.rswaf import RSWAF as RSWAF
from edgewise.bases.sine import Sine as Sine
from edgewise.bases.wavelet import Wavelet as Wavelet

__all__ = sorted(name for name, value in globals().items() if callable(value) and name[0] != "_")


def __dir__() -> list[str]:
    return __all__
