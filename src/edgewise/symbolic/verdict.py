"""The verdict on a network of formulas: exact, plausible or approximation."""

from __future__ import annotations

from torch import Tensor

from edgewise.formula.data import Data
from edgewise.formula.exactness import (
    LEAST_R2,
    ROUNDING_FVU,
    exact_fvu,
    exact_reason,
    is_constant,
    is_structured,
    is_worse,
)
from edgewise.formula.verdict import Verdict, structure_reason, weak_reason, write_spread
from edgewise.search.evidence import explained_fraction
from edgewise.symbolic.criterion import inexact_constants, inexact_inside, variance_of
from edgewise.symbolic.network import SymbolicKAN

MOST_CONSTANTS = 30
"""Most fitted constants of a plausible formula; with more, a formula can fit anything smooth."""


def judge(
    model: SymbolicKAN, x: Tensor, y: Tensor, residual: Tensor, network_fvu: float
) -> Verdict:
    """The verdict on a model, with the reason.

    It is *exact* if every edge has a function and the formula of each output is exact
    (:meth:`edgewise.formula.data.Data.is_exact`). Otherwise it is *plausible* if R² is at least
    0.1, it isn't worse than the original network, at most 30 of its constants aren't simple
    numbers, and no smooth function of the inputs predicts its residuals, so that they look like
    noise.
    """
    if is_constant(y):
        return Verdict("approximation", "y is constant")
    if not model.is_symbolic:
        return Verdict("approximation", "some edges are still curves")
    fvu = float(residual.square().mean()) / variance_of(y)
    fitted = inexact_constants(model)
    if _is_exact(model, x, y, residual, fitted):
        return Verdict("exact", exact_reason(fvu), probability=1.0)
    if reason := _refusal(model, x, residual, fvu, network_fvu, fitted):
        return Verdict("approximation", reason)
    return Verdict(
        "plausible",
        f"its residuals ({write_spread(fvu)}) look like noise",
    )


def _is_exact(model: SymbolicKAN, x: Tensor, y: Tensor, residual: Tensor, fitted: int) -> bool:
    """Whether the formula of every output is exact.

    Args:
        fitted: the number of constants that aren't simple. The tree of an output may have more,
            because it repeats constants that several of its parts share.
    """
    rows, columns, left = (t.detach().cpu().double().numpy() for t in (x, y, residual))
    squares = (left**2).mean(0)
    for k, column in enumerate(columns.T):
        if is_constant(column):
            if not squares[k] <= ROUNDING_FVU * (column**2).mean():
                return False
            continue
        data = Data.of(rows, column)
        fvu, limit = float(squares[k]) / data.variance, exact_fvu(column, data.variance)
        if not fvu <= limit:
            return False
        tree = model.trees()[k]
        numbers = min(tree.free_count, fitted)
        if not data.is_exact(data.measure(tree, fvu), limit, numbers):
            return False
    return True


def _refusal(
    model: SymbolicKAN, x: Tensor, residual: Tensor, fvu: float, network_fvu: float, fitted: int
) -> str:
    """The reason why a formula that isn't exact isn't plausible either; "" if it may be."""
    if not fvu <= 1 - LEAST_R2:
        return weak_reason(fvu)
    if is_worse(fvu, network_fvu):
        missed = f"it leaves {fvu:.2e} of the variance unexplained"
        return f"{missed}, the network only {network_fvu:.2e}"
    if fitted > MOST_CONSTANTS:
        return (
            f"its residuals are {write_spread(fvu)} with {fitted} fitted constants: that is a "
            "curve through the data, not a formula"
        )
    if inner := inexact_inside(model):
        return (
            f"its residuals are {write_spread(fvu)} with {inner} fitted numbers inside "
            "expressions, which can fit any curve that well"
        )
    explained = explained_fraction(x, residual)
    if is_structured(explained, len(x)):
        return structure_reason(explained, fvu)
    return ""
