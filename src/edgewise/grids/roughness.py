"""How much the functions of a basis bend on their domain, as a matrix."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor

from edgewise.bases import Basis, Grid
from edgewise.grids.project import ends
from edgewise.nn import KANLinear

NODES = 12
"""Points in each cell: exact for splines, and as good as that for smooth functions."""
BESIDE = 1e-7
"""How far from a break slopes are compared, as a fraction of the cells beside it."""


@torch.no_grad()
def bending(layer: KANLinear) -> Tensor:
    """A, of which ‖A c‖² is the roughness of a layer's curve with coefficients c, in float64.

    .. math:: ‖A c‖^2 = \\int_0^1 \\Big(\\frac{d^2}{du^2} \\sum_g c_g φ_g(z(u))\\Big)^2 du

    u goes from 0 to 1 as z goes through the domain, so that a curve is as rough on a grid of any
    width. A corner at a break, as polygons have, counts as if it were rounded over the mean of
    the cells beside it: J² / h where the slope jumps by J. A line has no roughness, and A c
    vanishes there up to rounding, which cᵀ Aᵀ A c wouldn't.

    Shape:
        (rows, num_basis), or (in, rows, num_basis) where every input has a grid of its own; at
        most as many rows as columns
    """
    basis, grid = layer.basis, tuple(t.detach().double() for t in layer.grid)
    own = not all(layer.shared_grid())
    inputs = layer.in_features if own else 1
    low, high = _domain(basis, grid)
    breaks = basis.breaks(grid).to(low).expand(inputs, -1)
    inner = torch.minimum(torch.maximum(breaks, low), high)
    breaks = torch.cat([low, inner, high], 1).sort(1).values
    length = high - low
    cells = breaks.diff(dim=1)

    nodes, weights = (torch.from_numpy(t).to(low) for t in np.polynomial.legendre.leggauss(NODES))
    z = torch.lerp(breaks[:, :-1, None], breaks[:, 1:, None], (nodes + 1) / 2).flatten(1)
    share = (cells[..., None] * weights / 2).flatten(1) / length  # of the domain, in all 1
    bent = _second_derivative(basis, grid, z) * (length[..., None] ** 2 * share[..., None].sqrt())

    width = (cells[:, :-1] + cells[:, 1:]) / 2
    step = BESIDE * torch.minimum(cells[:, :-1], cells[:, 1:])
    jump = _slope(basis, grid, breaks[:, 1:-1] + step) - _slope(basis, grid, breaks[:, 1:-1] - step)
    real = (step > 0)[..., None]  # where two breaks are one, there is no slope between them
    corner = torch.where(real, jump * (length**3 / width.clamp_min(1e-300)).sqrt()[..., None], 0.0)
    root = torch.linalg.qr(torch.cat([bent, corner], 1), mode="r").R
    return root if own else root[0]


def _domain(basis: Basis, grid: Grid) -> tuple[Tensor, Tensor]:
    """Its two ends, (in or 1, 1) each; for a single centre, from where to where it lives."""
    low, high = (t.double().reshape(-1, 1) for t in ends(basis, grid))
    if bool((high > low).all()):
        return low, high
    breaks = basis.breaks(grid).to(low)
    around = breaks.expand(len(low), -1)
    return around.amin(1, keepdim=True), around.amax(1, keepdim=True)


def _slope(basis: Basis, grid: Grid, z: Tensor) -> Tensor:
    """φ'_g(z); (in, rows) → (in, rows, num_basis)."""
    return basis.derivative(z.t(), grid).transpose(0, 1)


def _second_derivative(basis: Basis, grid: Grid, z: Tensor) -> Tensor:
    """φ''_g(z); (in, rows) → (in, rows, num_basis)."""
    found: Tensor = torch.func.jvp(lambda t: _slope(basis, grid, t), (z,), (torch.ones_like(z),))[1]
    return found
