"""Test residuals for noise: the fraction that a smooth function of the inputs predicts."""

from __future__ import annotations

from collections.abc import Iterator

import torch
from torch import Tensor

from edgewise.data.rows import pick_evenly

SMOOTH_ROWS = 500
WIDTHS = (0.15, 0.4, 1.0)
RIDGES = (0.1, 1.0, 10.0, 100.0)


@torch.no_grad()
def explained_fraction(x: Tensor, residual: Tensor) -> float:
    """The fraction of the residuals that a smooth function of the inputs predicts; 0 for noise.

    This is the leave-one-out R² of kernel ridge regression, for the best of a few widths and
    ridges. The kernel Π_i (1 + k(x_i, x'_i) / n) contains sums of curves as well as interactions.

    Shape:
        x: (rows, in), residual: (rows, out); at most 500 rows are used

    Reference: Rasmussen and Williams, *Gaussian Processes for Machine Learning*, 5.3.
    """
    rows = pick_evenly(len(x), SMOOTH_ROWS)
    x, residual = x[rows].double(), residual[rows].double()
    x = x[:, x.amax(0) > x.amin(0)]  # a constant column predicts nothing
    # Outliers would hide the structure in the other residuals.
    r = residual - residual.mean(0)
    spread = r.abs().median(0).values
    r = r.clamp(-10 * spread, 10 * spread)
    r = r - r.mean(0)
    whole = r.square().sum().clamp_min(1e-300)
    left = min(float(error.square().sum() / whole) for error in _leave_one_out(x, r))
    return max(0.0, 1 - left)


def _leave_one_out(x: Tensor, r: Tensor) -> Iterator[Tensor]:
    """Errors of kernel ridge regressions of several widths and ridges, each row left out in turn.

    Shape:
        x: (rows, in), r: (rows, out) → (rows, out)
    """
    low, high = x.amin(0), x.amax(0)
    z = (x - low) / (high - low)
    gaps = (z[:, None] - z[None]).square()
    for width in WIDTHS:
        kernel = (1 + torch.exp(-gaps / (2 * width**2)) / x.shape[1]).prod(-1)
        values, vectors = torch.linalg.eigh(kernel)
        inside = vectors.t() @ r
        for ridge in RIDGES:
            shrunk = ridge / (values.clamp_min(0) + ridge)  # of the residual, in each direction
            left = vectors @ (shrunk[:, None] * inside)
            leverage = vectors.square() @ shrunk
            yield left / leverage[:, None].clamp_min(1e-12)
