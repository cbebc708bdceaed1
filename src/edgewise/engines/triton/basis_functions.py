"""The table of the bases' Triton functions: values and slopes.

A basis is added by two functions and an entry here:

- ``value(z, g, state, i, grid, SIZE, KNOTS, EVEN) -> (φ_g(z), state)``
- ``slope(z, g, state, i, grid, SIZE, KNOTS, EVEN) -> (φ_g'(z), state)``

z is a tile of finite inputs, i the index of each one's feature in a shape that broadcasts to z, g
the function. A kernel asks for g = 0, 1, … in turn and hands on the state, a tuple that ``start``
makes, so that recurrences cost a few multiplications a function; what a slope leaves there has to
serve a value, too. ``grid`` has (pointer, stride over
features, stride over functions) of each grid tensor, SIZE is the number of functions and KNOTS the
length of the first tensor. EVEN says that the first tensor is equidistant.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from edgewise.bases.base import split_engine_name
from edgewise.engines.triton import bells, recurrences, splines, tails
from edgewise.engines.triton.points import start_nothing


class BasisFunctions(NamedTuple):
    """The Triton functions by which kernels evaluate a basis.

    Attributes:
        value, slope: φ_g and φ_g'.
        start: the state before function 0.
        by_grid: ∂φ_g by the entries of the first two grid tensors, ``(z, g, i, grid) -> (…, …)``;
            None where a grid has no gradients.
        even: whether the grid, shared by all inputs, allows the formulas for equidistant points,
            ``(grid, SIZE, KNOTS) -> bool``; None where there are none.
        in_turn: whether function g needs those before it. Only those are asked for g in turn by
            the kernel of the coefficients' gradient, which takes one function a program.
        even_alone: whether the formulas for equidistant points need no turn, either.
        bounded: whether values fit float16 wherever z does.
        kept: how many numbers of each point the state holds for functions to come.
        living: the sums of y and of slopes over the functions that live at a point of an even
            grid, for many cells; the second only for grids without gradients.
        domain: where the linear tails begin, ``(i, grid, SIZE, KNOTS) -> (lo, hi)``; None in what
            :func:`curves_of` gives for functions without tails.
    """

    value: Any
    slope: Any
    domain: Any
    start: Any = start_nothing
    by_grid: Any = None
    even: Any = None
    in_turn: bool = False
    even_alone: bool = False
    bounded: bool = True
    kept: int = 0
    living: tuple[Any, Any] = (None, None)


def _polynomial(value: Any, slope: Any) -> BasisFunctions:
    start = recurrences.start_polynomial
    domain = tails.domain_of_polynomials
    return BasisFunctions(value, slope, domain, start=start, in_turn=True, bounded=False, kept=2)


_TABLE = _polynomial(recurrences.value_table, recurrences.slope_table)

CURVES = {
    "bspline": BasisFunctions(
        splines.value_bspline,
        splines.slope_bspline,
        splines.domain_bspline,
        even=splines.even_bspline,
        even_alone=True,
        living=(splines.sum_living, splines.sum_living_slopes),
    ),
    "chebyshev": _polynomial(recurrences.value_chebyshev, recurrences.slope_chebyshev),
    "fourier": BasisFunctions(
        recurrences.value_fourier,
        recurrences.slope_fourier,
        tails.domain_of_waves,
        start=recurrences.start_fourier,
        in_turn=True,
        kept=4,
    ),
    "gaussian": BasisFunctions(
        bells.value_gaussian,
        bells.slope_gaussian,
        tails.domain_of_centres,
        start=bells.start_gaussian,
        by_grid=bells.by_grid_gaussian,
        even=bells.even_gaussian,
        kept=2,
    ),
    "gegenbauer": _TABLE,
    "hermite": _TABLE,
    "jacobi": _TABLE,
    "legendre": _polynomial(recurrences.value_legendre, recurrences.slope_legendre),
    "relukan": BasisFunctions(
        bells.value_relukan,
        bells.slope_relukan,
        tails.domain_of_centres,
        by_grid=bells.by_grid_relukan,
    ),
    "rswaf": BasisFunctions(
        bells.value_rswaf,
        bells.slope_rswaf,
        tails.domain_of_centres,
        start=bells.start_rswaf,
        by_grid=bells.by_grid_rswaf,
        even=bells.even_rswaf,
        kept=1,
    ),
    "sine": BasisFunctions(
        recurrences.value_sine,
        recurrences.slope_sine,
        tails.domain_of_waves,
        by_grid=recurrences.by_grid_sine,
    ),
    "wavelet": BasisFunctions(
        bells.value_wavelet,
        bells.slope_wavelet,
        tails.domain_of_centres,
        by_grid=bells.by_grid_wavelet,
    ),
}
"""The functions of each basis, by the basis's name."""

_KEPT_BY_TAILS = 4
"""The share of tails in ``kept``: the distance from the domain, and slopes in addition to values.

With less, forward kernels of two-byte numbers spill registers on an A100:
``python -m benchmarks.triton_kernels --tails`` shows it.
"""


def curves_of(name: str) -> BasisFunctions | None:
    """The functions of a basis by its ``engine_name``, including linear tails; None if unknown.

    Tails are unbounded, and their grids have no gradients.
    """
    plain, has_tails = split_engine_name(name)
    curves = CURVES.get(plain)
    if curves is None or not has_tails:
        return curves and curves._replace(domain=None)
    return curves._replace(by_grid=None, bounded=False, kept=curves.kept + _KEPT_BY_TAILS)
