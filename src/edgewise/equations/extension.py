"""Extend a function from a shape to the box around it, by least squares."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from edgewise.equations.chebyshev_curves import Curves
from edgewise.equations.shapes import Shape
from edgewise.equations.space import FaceValue, Rows, Sampled

OVERSAMPLING = 2.0
"""Number of points per curve of each coordinate."""
RANK = 1e-13
"""Relative size below which singular values are dropped: on the shape, products of curves are
nearly dependent."""


def extend(
    value: FaceValue, shape: Shape, names: Sequence[str], bounds: Sequence[tuple[float, float]]
) -> FaceValue:
    """Extend a function smoothly from a shape to the box, as a sum of products of curves.

    The coefficients are a least squares fit at points inside the shape; the function isn't
    evaluated outside. There are as many curves of each coordinate as points at which it is
    requested.

    Args:
        value: the function, on a product of points.
    """

    def extended(points: Sequence[Tensor]) -> Tensor:
        curves = [Curves.over(*ends, len(p)) for ends, p in zip(bounds, points, strict=True)]
        rows = Rows.product([c.nodes(int(OVERSAMPLING * c.count) + 2) for c in curves])
        at = {name: x.reshape(-1) for name, x in rows.named(names).items()}
        inside = shape.holds_apart({n: at[n] for n in shape.coordinates})
        known = value([p[:, 0] for p in rows.points]).reshape(-1)[inside]
        zero = (0,) * len(curves)
        listed = torch.stack(list(at.values()), 1)[inside]
        one = torch.ones(len(listed), dtype=torch.float64)
        table = Sampled.make(curves, Rows.listed(listed), zero).design({zero: one})
        coefs = torch.linalg.lstsq(table, known[:, None], rcond=RANK, driver="gelsd").solution
        made = coefs.reshape([c.count for c in curves])
        return Sampled.make(curves, Rows.product(points), zero).evaluate(made, zero)

    return extended
