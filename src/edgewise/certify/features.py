"""The functions of a basis as Taylor models, and where their formulas change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch

from edgewise._arrays import Array
from edgewise.bases import Basis, Grid
from edgewise.certify.intervals import Interval
from edgewise.certify.taylor_models import Jet

Row = Sequence[Array]
"""The grid tensors of one input; those of several, one below another, where each has a number."""


def expand(basis: Basis, z: Jet, row: Row) -> Jet:
    """Every φ_g of a jet, tails included; no piece lies on both sides of a point of ``changes``.

    Shape:
        z: (pieces,) → (pieces, num_basis)

    Raises:
        TypeError: for a basis with a function that jets don't have.
        ValueError: for a basis whose formulas change where no breakpoint is.
    """
    if not basis.linear_tails:
        return _expand(basis, z, row)
    lo, hi = _ends(basis, row)
    middle = z.range.middle
    nearest, beyond = np.clip(middle, lo, hi), (middle < lo) | (middle > hi)
    # Where z is beyond, c_0 and c_1 become value and slope at the end.
    held = Jet.begin(Interval.of(nearest), np.ones_like(nearest)).choose(z, beyond)
    phi = _expand(basis, held, row)
    value, slope = phi.parts[:2]
    line = (z - Interval.of(nearest))[..., None] * slope + value
    return line.choose(phi, beyond[:, None])


def changes(basis: Basis, row: Row) -> tuple[Array, float]:
    """Where a function has another formula, and the steepest slope of any function there."""
    points = np.unique(basis.breakpoints(as_grid(row)).numpy())
    if basis.linear_tails:
        lo, hi = _ends(basis, row)
        points = np.array([lo, *points[(points > lo) & (points < hi)], hi])
    if not len(points):
        return points, 0.0
    gaps = np.diff(points) if len(points) > 1 else 1 + np.abs(points)
    sides = np.stack([np.append(gaps[0], gaps), np.append(gaps, gaps[-1])])
    near = np.minimum(sides, np.maximum(sides / 1024, 2.0**-30 * (1 + np.abs(points))))
    around = Interval(np.append(points - near[0], points), np.append(points, points + near[1]))
    with np.errstate(over="ignore", invalid="ignore"):
        steep = expand(basis, Jet.begin(around, np.ones_like(around.lo)), row).parts[1].size
    return points, float(steep.max())


def _expand(basis: Basis, z: Any, row: Row) -> Jet:
    """The formulas of a basis, without tails."""
    grid: Any = tuple(map(Interval.of, row))
    try:
        return Jet.read(basis.functions(z, grid))
    except (AttributeError, TypeError) as error:
        raise TypeError(
            f"expected a basis whose derivatives are bounded in edgewise.export, got {basis} "
            f"({error}): convert the model to another basis with edgewise.grids.convert"
        ) from error


def _ends(basis: Basis, row: Row) -> tuple[Array, Array]:
    """The ends of the domain that tails begin at: to the last bit those of ``evaluate_stack``."""
    lo, hi = basis.ends(as_grid(row))
    return np.asarray(lo, dtype=np.float64), np.asarray(hi, dtype=np.float64)


def as_grid(row: Row) -> Grid:
    """The row as a basis takes it."""
    return tuple(map(torch.as_tensor, row))
