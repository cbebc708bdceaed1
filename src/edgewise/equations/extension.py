"""Extend a function from a shape to the box around it, by least squares."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from edgewise.equations.chebyshev_curves import Curves
from edgewise.equations.shapes import Shape
from edgewise.equations.space import FaceValue, Rows, Sampled

OVERSAMPLING = 2.0
"""Points of a coordinate for each of its curves."""
RANK = 1e-13
"""Of products of curves on the shape, which are nearly dependent there."""


def extend(
    value: FaceValue, shape: Shape, names: Sequence[str], bounds: Sequence[tuple[float, float]]
) -> FaceValue:
    """A function that has a function's values in the shape, and is a sum of products of curves.

    It has as many curves of each coordinate as it is asked for points there, and is the least
    squares fit at points of the shape. Outside, the function itself is never looked at.

    Args:
        value: on a product of points.
        shape: of some of the coordinates.
        names: of the coordinates, and ``bounds`` their intervals.
    """

    def extended(points: Sequence[Tensor]) -> Tensor:
        curves = [Curves.over(*ends, len(p)) for ends, p in zip(bounds, points, strict=True)]
        rows = Rows.product([c.nodes(int(OVERSAMPLING * c.count) + 2) for c in curves])
        at = {name: rows.coordinate(a).reshape(-1) for a, name in enumerate(names)}
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
