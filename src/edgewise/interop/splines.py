"""Knot vectors of foreign checkpoints."""

from __future__ import annotations

from torch import Tensor

from edgewise.bases import BSpline
from edgewise.bases.points import equidistant
from edgewise.interop.layout import plain_float
from edgewise.nn.linear import KANLinear


def bspline(knots: Tensor, num_basis: int) -> tuple[BSpline, Tensor]:
    """Basis and knots for (in_features, num_knots) knots: uniform where they really are.

    Equal rows that are equidistant become one shared row; anything else, a float32 grid in a
    float64 model too, is kept as it is, one row for each input.

    Raises:
        ValueError: if the numbers of knots and functions don't make a degree from 1 to 5.
    """
    num_knots = knots.shape[1]
    degree = num_knots - num_basis - 1
    grid = num_basis - degree
    if not 1 <= degree <= 5 or grid < 1:
        raise ValueError(
            f"expected knots for splines of degree 1 to 5, got {num_knots} knots for {num_basis} "
            "functions"
        )
    low, high = knots[:, degree], knots[:, -degree - 1]
    if not bool((knots.diff(dim=1) >= 0).all()) or not bool((low < high).all()):
        raise ValueError("expected knots in ascending order, got some that descend or coincide")
    lo, hi = plain_float(low.min()), plain_float(high.max())
    uniform = bool((knots == knots[0]).all()) and equidistant(knots[0])
    return BSpline(grid, degree, lo, hi, uniform=uniform), knots[0] if uniform else knots


def knots_of(layer: KANLinear) -> Tensor:
    """The layer's knots, a row for each input: (in_features, num_knots)."""
    (knots,) = layer.grid
    return knots.detach().expand(layer.in_features, -1).clone()
