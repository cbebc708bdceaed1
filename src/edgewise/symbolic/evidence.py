"""Whether a formula may be called one: is what it leaves unexplained rounding, noise, or a rest?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import torch
from torch import Tensor

from edgewise.search.subsample import pick_evenly
from edgewise.symbolic.criterion import inexact_constants, inexact_inside, variance_of
from edgewise.symbolic.network import SymbolicKAN

EXACT_FVU = 1e-12
"""The FVU of an exact formula: 1e-6 of the spread of y."""
LEAST_R2 = 0.1
WORSE = 1.1
MOST_CONSTANTS = 30
"""Constants of a formula: with more, anything smooth is fitted as well as that."""
ROWS = 500
MOST_EXPLAINED = 0.04
"""The fraction of the residuals that leave-one-out may predict, and they still look like noise:
of 500 rows of pure noise it predicts less than that."""
WIDTHS = (0.15, 0.4, 1.0)
RIDGES = (0.1, 1.0, 10.0, 100.0)


@dataclass(frozen=True)
class Verdict:
    found: bool
    exact: bool
    reason: str


def is_constant(y: Tensor) -> bool:
    """Whether y varies by no more than rounding does."""
    return float((y - y.mean(0)).abs().amax()) <= 1e-14 * float(y.abs().amax())


def judge(
    model: SymbolicKAN, x: Tensor, y: Tensor, residual: Tensor, network_fvu: float
) -> Verdict:
    """Whether `model` is a formula of the data, and why.

    It is if every edge has a function and it leaves at most 1e-6 of y's spread, or else if R² is at
    least 0.1, it isn't worse than the network that it came from, at most 30 of its constants are no
    simple numbers, and its residuals look like noise: no smooth function of the inputs predicts
    them (a rest that a better formula would explain is smooth).
    """
    if is_constant(y):
        return Verdict(False, False, "y is constant")
    fvu = float(residual.square().mean()) / variance_of(y)
    if not model.is_symbolic:
        return Verdict(False, False, "some edges are still curves")
    if fvu <= EXACT_FVU:
        return Verdict(True, True, f"exact to {max(fvu**0.5, 1e-16):.0e} of the spread of y")
    if not fvu <= 1 - LEAST_R2:
        return Verdict(False, False, f"it explains {max(0.0, 1 - fvu):.1%} of the variance only")
    if fvu > WORSE * network_fvu + EXACT_FVU:
        return Verdict(
            False,
            False,
            f"it leaves {fvu:.2e} of the variance, the network only {network_fvu:.2e}",
        )
    if (fitted := inexact_constants(model)) > MOST_CONSTANTS:
        return Verdict(
            False,
            False,
            f"it leaves {fvu**0.5:.1e} of the spread with {fitted} fitted constants: that is a "
            "curve through the data, no formula",
        )
    if inner := inexact_inside(model):
        return Verdict(
            False,
            False,
            f"it leaves {fvu**0.5:.1e} of the spread with {inner} fitted numbers inside of "
            "expressions, which follow any curve as closely as that",
        )
    explained = explained_fraction(x, residual)
    if explained > MOST_EXPLAINED:
        return Verdict(
            False,
            False,
            f"what it leaves ({fvu**0.5:.1e} of the spread) isn't noise: a smooth function of "
            f"the inputs predicts {min(explained, 1):.0%} of it",
        )
    return Verdict(True, False, f"what it leaves ({fvu**0.5:.1e} of the spread) looks like noise")


@torch.no_grad()
def explained_fraction(x: Tensor, residual: Tensor) -> float:
    """How much of the residuals a smooth function of the inputs predicts, by leave-one-out.

    Kernel ridge regression with the product kernel Π_i (1 + k(x_i, x'_i) / n), which has sums of
    curves in it as well as interactions; the best of a few widths and ridges counts. For noise it
    is about 0.

    Shape:
        x: (rows, in), residual: (rows, out); at most 500 rows are used

    Reference: Rasmussen and Williams, *Gaussian Processes for Machine Learning*, 5.3.
    """
    rows = pick_evenly(len(x), ROWS)
    x, residual = x[rows].double(), residual[rows].double()
    # Heavy tails would hide what the rest has in common.
    r = residual - residual.mean(0)
    spread = r.abs().median(0).values.clamp_min(1e-300)
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
    z = (x - low) / (high - low).clamp_min(1e-300)
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
