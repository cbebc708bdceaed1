"""A penalty on how much a network's curves bend."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple
from weakref import WeakKeyDictionary

from torch import Tensor, nn

from edgewise._autocast import set_aside
from edgewise._checks import check_numbers
from edgewise.bases import Basis, Grid
from edgewise.engines.reference import widen
from edgewise.grids.roughness import bending
from edgewise.nn.inspect import kan_layers
from edgewise.nn.linear import KANLinear
from edgewise.training.penalty_functions import SquaredNorm


@dataclass(frozen=True)
class Smoothness:
    """A penalty on the bends of a network's curves, which costs straight lines nothing.

    .. math::
        R = weight \\sum_{layers} \\sum_{io} \\int_0^1 f_{io}''(u)^2\\, du, \\qquad
        f_{io}(u) = M_{io} S_{io} \\sum_g C_{igo}\\, φ_g(z(u))

    u goes from 0 to 1 as z, what the basis sees, goes through the domain: a weight means the same
    on a grid of any width. Weight decay draws all curves to zero, and ``Sparsity(smoothness=…)``,
    pykan's lamb_coefdiff, to constants; this penalty draws them to lines, whose slopes and levels
    are free. It doesn't count the base activation, nor what curves do outside of the domain. Where
    slopes jump, as in splines of degree 1, a jump J counts as J² / h with h the mean of the cells
    beside it; on an even grid these are second differences.

    The integral is a quadratic form in the coefficients, exact up to rounding for splines and
    polynomials. Its matrix is computed once for each layer, and again when the grid moves. Trained
    grids get no gradient from the penalty.

    Args:
        weight: what everything is multiplied by. A curve of size 1 that goes up and down once in
            its domain, sin 2πu, has a roughness of 8 π⁴ ≈ 780, so that 1e-5 is a small weight
            beside a mean squared error near 1.

    Shape:
        model, x (not read, may be left out) → ()

    Raises:
        ValueError: if the weight is negative or not finite; when called, if the model has no KAN
            layers.

    Reference: Reinsch, *Smoothing by spline functions* (1967); Green and Silverman, *Nonparametric
    Regression and Generalized Linear Models* (1994), chapter 2.

    Example:
        >>> import torch, edgewise as ew
        >>> layer = ew.KANLinear(1, 1, basis=ew.Chebyshev(2), norm=None)
        >>> smooth = ew.training.Smoothness(1.0)
        >>> for coef in ([1.0, 2.0, 0.0], [0.0, 0.0, 1.0]):  # 1 + 2z, and T_2(z) = 2z² - 1
        ...     layer.coef.data = torch.tensor(coef).view(1, 3, 1)
        ...     print(f"{smooth(layer).item():.0f}")  # z = 2u - 1, so that T_2'' by u is 16
        0
        256
    """

    weight: float

    def __post_init__(self) -> None:
        check_numbers("Smoothness", weight=self.weight)

    def __call__(self, model: nn.Module, x: Tensor | None = None) -> Tensor:
        layers = list(kan_layers(model).values())
        with set_aside(layers[0].coef):
            terms = [
                SquaredNorm.apply(_bending(layer), widen(layer.edge_weights()[0]))
                for layer in layers
            ]
        return self.weight * sum(terms[1:], terms[0])


class _Known(NamedTuple):
    """What a basis and a grid gave, and how often the grid had been written to by then."""

    basis: Basis
    grid: Grid
    versions: list[int]
    root: Tensor


_KNOWN: WeakKeyDictionary[KANLinear, _Known] = WeakKeyDictionary()


def _bending(layer: KANLinear) -> Tensor:
    """:func:`~edgewise.grids.roughness.bending` in the layer's type, anew for another grid only."""
    basis, grid, versions = layer.basis, layer.grid, [t._version for t in layer.grid]
    coef = widen(layer.coef.detach())
    known = _KNOWN.get(layer)
    if (
        known is None
        or known.basis != basis
        or known.versions != versions
        or any(old is not new for old, new in zip(known.grid, grid, strict=True))
        or (known.root.dtype, known.root.device) != (coef.dtype, coef.device)
    ):
        known = _KNOWN[layer] = _Known(basis, grid, versions, bending(layer).to(coef))
    return known.root
