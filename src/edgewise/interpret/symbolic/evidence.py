"""Whether a formula may be called one: is what it leaves unexplained rounding, noise, or a rest?"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from edgewise.interpret.symbolic.network import SymbolicKAN

EXACT_SHARE = 1e-12
"""Of the variance: 1e-6 of the spread."""
LEAST_R2 = 0.1
WORSE = 1.1
ROWS = 2000
SIGNIFICANT = 4.0


@dataclass(frozen=True)
class Verdict:
    found: bool
    exact: bool
    reason: str


def judge(
    model: SymbolicKAN, x: Tensor, y: Tensor, residual: Tensor, network_share: float
) -> Verdict:
    """Whether `model` is a formula of the data, and why.

    It is if every edge has a function and it leaves at most 1e-6 of y's spread, or else if R² is at
    least 0.1, it isn't worse than the network that it came from, and its residuals look like noise:
    those of neighbouring points are uncorrelated (a rest that a better formula would explain is
    continuous, so neighbours share it).
    """
    variance = float((y - y.mean(0)).square().mean())
    if variance == 0:
        return Verdict(False, False, "y is constant")
    share = float(residual.square().mean()) / variance
    if not model.is_symbolic:
        return Verdict(False, False, "some edges are still curves")
    if share <= EXACT_SHARE:
        return Verdict(True, True, f"exact to {share**0.5:.0e} of the spread of y")
    if not share <= 1 - LEAST_R2:
        return Verdict(False, False, f"it explains {max(0.0, 1 - share):.1%} of the variance only")
    if share > WORSE * network_share + EXACT_SHARE:
        return Verdict(
            False,
            False,
            f"it leaves {share:.2e} of the variance, the network only {network_share:.2e}",
        )
    score = neighbour_score(x, residual)
    if score > SIGNIFICANT:
        return Verdict(
            False,
            False,
            f"what it leaves ({share**0.5:.1e} of the spread) isn't noise: neighbouring points "
            f"share it ({score:.0f} standard errors)",
        )
    return Verdict(True, False, f"what it leaves ({share**0.5:.1e} of the spread) looks like noise")


def neighbour_score(x: Tensor, residual: Tensor) -> float:
    """Correlation of the residuals of nearest neighbours, in standard errors of independent ones.

    Shape:
        x: (rows, in), residual: (rows, out)
    """
    x, residual = x[:ROWS].double(), residual[:ROWS].double()
    x = (x - x.mean(0)) / x.std(0).clamp_min(1e-300)
    distance = torch.cdist(x, x)
    distance.fill_diagonal_(torch.inf)
    nearest = distance.argmin(1)
    r = residual - residual.mean(0)
    each = (r * r[nearest]).sum(1) / r.square().sum(1).mean().clamp_min(1e-300)
    # Mutual neighbours count twice; that a third of them are is what the factor is for.
    return float(each.mean() / (each.std() / len(each) ** 0.5 * 1.5).clamp_min(1e-300))
