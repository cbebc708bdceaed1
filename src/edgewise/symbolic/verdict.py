"""Whether a network of functions may be called a formula of the data."""

from __future__ import annotations

from dataclasses import dataclass

from torch import Tensor

from edgewise.formula.exactness import (
    LEAST_R2,
    MOST_EXPLAINED,
    compresses,
    digits_of,
    exact_fvu,
    exact_reason,
    is_constant,
    is_worse,
    leaves_rounding,
)
from edgewise.search.evidence import explained_fraction
from edgewise.symbolic.criterion import inexact_constants, inexact_inside, variance_of
from edgewise.symbolic.network import SymbolicKAN

MOST_CONSTANTS = 30
"""Constants of a formula: with more, anything smooth is fitted as well as that."""


@dataclass(frozen=True)
class Verdict:
    """Whether a formula was found, whether it is exact, and why."""

    found: bool
    exact: bool
    reason: str


def judge(
    model: SymbolicKAN, x: Tensor, y: Tensor, residual: Tensor, network_fvu: float
) -> Verdict:
    """Whether `model` is a formula of the data, and why.

    It is if every edge has a function, it leaves rounding only and its numbers take fewer bits than
    y (:mod:`edgewise.formula.exactness`), or else if R² is at least 0.1, it isn't worse
    than the network that it came from, at most 30 of its constants are no simple numbers, and its
    residuals look like noise: no smooth function of the inputs predicts them (a rest that a better
    formula would explain is smooth).
    """
    if is_constant(y):
        return Verdict(False, False, "y is constant")
    if not model.is_symbolic:
        return Verdict(False, False, "some edges are still curves")
    variance = variance_of(y)
    fvu = float(residual.square().mean()) / variance
    fitted = inexact_constants(model)
    rows, target = x.detach().cpu().double().numpy(), y.detach().cpu().double().numpy()
    rounding = leaves_rounding(fvu, fitted, exact_fvu(y.detach().cpu().numpy(), variance))
    if rounding and all(compresses(fitted * digits_of(fvu), rows, t, fvu) for t in target.T):
        return Verdict(True, True, exact_reason(fvu))
    if reason := _refusal(model, x, residual, fvu, network_fvu, fitted):
        return Verdict(False, False, reason)
    return Verdict(True, False, f"what it leaves ({fvu**0.5:.1e} of the spread) looks like noise")


def _refusal(
    model: SymbolicKAN, x: Tensor, residual: Tensor, fvu: float, network_fvu: float, fitted: int
) -> str:
    """Why a formula that isn't exact is none of the data; an empty text if it may be one."""
    if not fvu <= 1 - LEAST_R2:
        return f"it explains {max(0.0, 1 - fvu):.1%} of the variance only"
    if is_worse(fvu, network_fvu):
        return f"it leaves {fvu:.2e} of the variance, the network only {network_fvu:.2e}"
    if fitted > MOST_CONSTANTS:
        return (
            f"it leaves {fvu**0.5:.1e} of the spread with {fitted} fitted constants: that is a "
            "curve through the data, no formula"
        )
    if inner := inexact_inside(model):
        return (
            f"it leaves {fvu**0.5:.1e} of the spread with {inner} fitted numbers inside of "
            "expressions, which follow any curve as closely as that"
        )
    explained = explained_fraction(x, residual)
    if explained > MOST_EXPLAINED:
        return (
            f"what it leaves ({fvu**0.5:.1e} of the spread) isn't noise: a smooth function of "
            f"the inputs predicts {min(explained, 1):.0%} of it"
        )
    return ""
