"""How many bits it takes to write a network down: what decides between functions.

Of an edge: a curve takes G coefficients, each as exact as the network itself is; a function takes
the bits of its name and of its constants, and what it misses of the curve has to be made up for:

.. math:: L = \\mathrm{bits}(f) + k\\,β + \\frac{G}{2}\\log_2\\Big(1 + \\frac{h}{ε}\\Big),
          \\qquad β = \\tfrac12\\log_2\\frac1ε

with ε the share of y's variance that the network leaves unexplained, and h the share that the
exchange would add, to first order: the mean of (∂y/∂node)² (curve - function)². An edge that goes
altogether can't be made up for, so that L is at least N/2 log2(1 + h / max(ε, 1e-4)) for N rows.

Of a whole formula for N rows of data, with the share e left unexplained:

.. math:: L = \\sum_{edges}\\mathrm{bits}(f) + \\sum_{constants} β_N + \\frac N2\\log_2 e,
          \\qquad β_N = \\tfrac12\\log_2 N

Rissanen's minimum description length (1978), or BIC. A constant that is a simple number costs the
bits of that number instead.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn

from edgewise.symbolic.library import Function
from edgewise.symbolic.network import SymbolicKAN

LEAST_SHARE = 1e-15
"""Of the variance: below it rounding decides."""
LEAST_NOISE = 1e-4
"""Of the variance: what a network leaves below it is its own error, not noise."""
MOST_ROWS = 1000
"""More data than that speaks no louder, or no formula could ever be wrong in the last digit."""


def variance_of(y: Tensor) -> float:
    """Of all outputs together; 1 for constants, so that one can divide by it."""
    return float((y - y.mean(0)).square().mean()) or 1.0


@torch.no_grad()
def unexplained(model: nn.Module, x: Tensor, y: Tensor, variance: float) -> float:
    """The share of the variance that the model misses; infinite where it isn't finite."""
    missed = float((model(x) - y).square().mean())
    return missed / variance if math.isfinite(missed) else math.inf


def constants(function: Function) -> int:
    """How many of a, b and c the function needs: those that c and d don't make up for."""
    return {"": 3, "scale": 2, "shift": 2, "both": 1}[function.free]


def edge_bits(
    function: Function, harm: float, floor: float, num_basis: int, rows: int = MOST_ROWS
) -> float:
    """L of an edge; see above."""
    if function.name == "0":
        lost = 0.5 * min(rows, MOST_ROWS) * math.log2(1 + harm / max(floor, LEAST_NOISE))
        return max(0.5 * num_basis * math.log2(1 + harm / floor), lost)
    precision = 0.5 * math.log2(1 / floor)
    misfit = 0.5 * num_basis * math.log2(1 + harm / floor)
    return function.complexity + constants(function) * precision + misfit


def data_bits(share: float, rows: int) -> float:
    """N/2 log2 e."""
    return 0.5 * min(rows, MOST_ROWS) * math.log2(max(share, LEAST_SHARE))


def inexact_constants(model: SymbolicKAN) -> int:
    """How many constants are no simple numbers."""
    found = 0
    for k, layer in enumerate(model.stack()):
        symbolic = layer.symbolic
        for e, function in enumerate(symbolic.functions):
            known = sum((k, e, n) in model.snapped for n in "abc")
            found += 0 if symbolic.fixed[e] else max(constants(function) - known, 0)
        found += int(symbolic.free[:, 3].sum() + symbolic.free_bias.sum())
    return found


def formula_bits(model: SymbolicKAN, share: float, rows: int) -> float:
    """L of a formula that leaves this share of the variance unexplained; see above."""
    each = 0.5 * math.log2(max(min(rows, MOST_ROWS), 2))
    bits = 0.0
    for k, layer in enumerate(model.stack()):
        for e, function in enumerate(layer.symbolic.functions):
            if layer.symbolic.fixed[e]:
                bits += 1
                continue
            needed = constants(function)
            known = min(sum((k, e, n) in model.snapped for n in "abc"), needed)
            bits += function.complexity + each * (needed - known) + 2 * known
        bits += each * int(layer.symbolic.free[:, 3].sum() + layer.symbolic.free_bias.sum())
    return bits + data_bits(share, rows)
