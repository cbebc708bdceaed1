"""The same functions in another basis."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast

import torch
from torch import Tensor, nn

from edgewise._checks import check_numbers
from edgewise._shown import shown_as_text
from edgewise.bases import Basis
from edgewise.grids.changes import TOLERANCE, Judge, accept, worst_edge
from edgewise.grids.layers import as_input, can_compose, rebuild, sample_layers
from edgewise.grids.project import Target, check_functions
from edgewise.grids.sample import Sample
from edgewise.grids.targets import even_points, find_reach
from edgewise.nn import KANLinear
from edgewise.nn.inspect import kan_layers

M = TypeVar("M", bound=nn.Module)


@shown_as_text
@dataclass(frozen=True)
class Conversion(Generic[M]):
    """A converted model and how far it is from the first one.

    Attributes:
        model: the new one.
        edge_error: for each KAN layer the RMS of the difference of each edge's curve over the RMS
            of the curve, (in, out): on the data, or on the domain if there was none.
        output_error: RMS of the difference of the outputs over their spread, on the data, or on
            1,000 points in the domain of the first layer.

    Example:
        >>> import edgewise as ew
        >>> model = ew.surgery.from_formula("x0**2", basis="bspline")
        >>> found = ew.grids.convert(model, ew.bases.Legendre(2))
        >>> found.model.layers[0].basis, found.worst_edge < 1e-6
        (Legendre(degree=2), True)
    """

    model: M
    edge_error: dict[str, Tensor]
    output_error: float

    @property
    def worst_edge(self) -> float:
        """The greatest of all edge errors."""
        return worst_edge(self.edge_error)

    def __str__(self) -> str:
        lines = [
            f"{name or 'layer'}: edge error {float(e.square().mean().sqrt()):.2g} on average, "
            f"{float(e.max()):.2g} at worst"
            for name, e in self.edge_error.items()
        ]
        return "\n".join([*lines, f"outputs: {self.output_error:.2g}"])


def convert(
    model: M,
    basis: Basis | Mapping[str, Basis],
    x: Any = None,
    *,
    tolerance: float = TOLERANCE,
) -> Conversion[M]:
    """The same functions in another basis, edge by edge, by least squares in float64.

    The new grid spans the domain of the old one (what ``lo`` and ``hi`` of `basis` say doesn't
    matter), and data beyond it as far as the old functions reach, unless both bases have linear
    tails, which stay what they are. A basis without a grid gets an affine map of each input to its
    domain. The result is exact where the new functions can draw the old curves: splines on a grid
    that refines the old one, and polynomials as polynomials or splines of at least their degree.
    Everything else is an approximation, and the result says how good it is.

    Args:
        model: any module with KAN layers; it isn't changed.
        basis: one for all layers, or some layers' by their names in ``model.named_modules()``.
        x: inputs of the model, to approximate where the data is; else on the whole domain.
        tolerance: output error above which there is a :class:`ChangeWarning`.

    Raises:
        TypeError: if basis is neither.
        ValueError: if there are no KAN layers, a name isn't one, x isn't finite, or outputs would
            not be finite any more.

    Example:
        >>> import torch, edgewise as ew
        >>> x = torch.linspace(-1, 1, 50, dtype=torch.float64)[:, None]
        >>> model = ew.surgery.from_formula("x0**3", basis="bspline")
        >>> new = ew.grids.convert(model, ew.Chebyshev(3)).model
        >>> torch.allclose(new(x), x**3)
        True
    """
    check_numbers("convert", greatest=math.inf, tolerance=tolerance)
    layers = kan_layers(model)
    if isinstance(basis, Basis):
        basis = dict.fromkeys(layers, basis)
    if not isinstance(basis, Mapping) or not all(isinstance(b, Basis) for b in basis.values()):
        raise TypeError(
            f"convert expected a basis, or a dict of them by layers' names, got {basis!r:.80}: "
            "pass one such as BSpline(grid=8)"
        )
    if unknown := sorted(set(basis) - set(layers)):
        raise ValueError(
            f"convert expected names of KAN layers ({', '.join(layers)}), got {unknown[0]!r}"
        )
    wanted = {layers[name]: b for name, b in basis.items()}
    data = None if x is None else as_input(model, x)
    size = max((b.num_basis for b in basis.values()), default=0)
    seen = {} if data is None else sample_layers(model, data, size)
    judge = Judge(model, data)
    named = iter(layers.values())  # rebuild goes over the copies in the same order

    def move(layer: KANLinear, sample: Sample | None) -> Target | None:
        found = wanted.get(next(named))
        return None if found is None else span_domain(layer, found, sample)

    new, fits = rebuild(model, seen, move)
    found = judge.measure(new, "convert", fits, tolerance)
    accept(new, found)
    return Conversion(cast(M, new), found.edge_error, found.output_error)


def span_domain(layer: KANLinear, basis: Basis, sample: Sample | None) -> Target:
    """Stretch `basis` over the domain of the layer's own, and over data where functions live."""
    lines = basis.linear_tails and layer.basis.linear_tails
    lo, hi = find_reach(layer, None if lines else sample)
    check_functions(basis, basis.num_basis)
    grid = basis.init_grid(layer.in_features, dtype=torch.float64, device="cpu")
    grid = tuple(t.to(layer.coef.device) for t in grid)
    points = basis.points(grid)
    if points is not None:
        return Target(*basis.placed(even_points(lo, hi, points.shape[-1]), grid))
    first, last = basis.domain(grid)
    if not can_compose(layer) or (bool((lo == first).all()) and bool((hi == last).all())):
        return Target(basis, grid)
    scale = ((last - first) / (hi - lo)).expand(layer.in_features)
    return Target(basis, grid, scale, (first + last) / 2 - scale * (lo + hi) / 2)
