"""How many bits it takes to write a network down: what decides between functions.

Of an edge: a curve takes G coefficients, each as exact as the network itself is; a function takes
the bits of its name and of its constants, and what it misses of the curve has to be made up for:

.. math:: L = \\mathrm{bits}(f) + k\\,β + \\frac{G}{2}\\log_2\\Big(1 + \\frac{h}{ε}\\Big),
          \\qquad β = \\tfrac12\\log_2\\frac1ε

with ε the fraction of y's variance that the network leaves unexplained (FVU), and h what the
exchange would add to it, to first order: the mean of (∂y/∂node)² (curve - function)². An edge that
goes altogether can't be made up for, so that L is at least N/2 log2(1 + h / max(ε, 1e-4)) for N
rows.

Of a whole formula for N rows of data, with the FVU e:

.. math:: L = \\sum_{edges}\\mathrm{bits}(f) + \\sum_{constants} β_N + \\frac N2\\log_2 e,
          \\qquad β_N = \\tfrac12\\log_2 N

Rissanen's minimum description length (1978), or BIC. A constant that is a simple number costs the
bits of that number instead.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn

from edgewise.formula.data import MOST_ROWS, data_bits, number_bits
from edgewise.formula.function import Function
from edgewise.symbolic.composite import count_constants
from edgewise.symbolic.network import Edge, SymbolicKAN, SymbolicLayer

LEAST_FVU = 1e-15
"""The part of the variance below which rounding decides."""
LEAST_NOISE = 1e-4
"""The part of the variance below which what a network leaves is its own error, not noise."""


def variance_of(y: Tensor) -> float:
    """The variance of all outputs together; 1 for constants, so that one can divide by it."""
    return float((y - y.mean(0)).square().mean()) or 1.0


@torch.no_grad()
def compute_fvu(model: nn.Module, x: Tensor, y: Tensor, variance: float) -> float:
    """FVU: the fraction of the variance that the model misses; infinite where it isn't finite."""
    missed = float((model(x) - y).square().mean())
    return missed / variance if math.isfinite(missed) else math.inf


def constants(function: Function) -> int:
    """How many of a, b and c the function needs: those that c and d don't make up for.

    Of an expression: the numbers inside. Round ones count too, for they were picked to fit.
    """
    if function.tree is not None:
        return count_constants(function.tree)
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


def constant_counts(edge: Edge) -> tuple[int, int]:
    """How many of an edge's constants are no simple numbers, and how many are; of those needed."""
    if edge.fixed:
        return 0, 0
    if edge.numbers:  # they make up for a, b and c, where those are held
        free = sum(s.free for s in (edge.a, edge.b, edge.c))
        return free + sum(n.exact is None for n in edge.numbers), 0
    needed = constants(edge.function)
    known = min(sum(s.exact is not None for s in (edge.a, edge.b, edge.c)), needed)
    return needed - known, known


def _free_offsets(layer: SymbolicLayer) -> int:
    return int(layer.symbolic.free[:, 3].sum() + layer.symbolic.free_bias.sum())


def inexact_constants(model: SymbolicKAN) -> int:
    """How many constants are no simple numbers."""
    return sum(
        sum(constant_counts(e)[0] for e in layer.symbolic.edges()) + _free_offsets(layer)
        for layer in model.stack()
    )


def inexact_inside(model: SymbolicKAN) -> int:
    """How many numbers inside of edges' expressions are no simple numbers."""
    edges = [e for layer in model.stack() for e in layer.symbolic.edges()]
    return sum(n.exact is None for e in edges for n in e.numbers)


def formula_bits(model: SymbolicKAN, fvu: float, rows: int) -> float:
    """L of a formula that leaves this fraction of the variance unexplained; see above."""
    each = number_bits(rows)
    bits = 0.0
    for layer in model.stack():
        for edge in layer.symbolic.edges():
            if edge.fixed:
                bits += 1
                continue
            inexact, known = constant_counts(edge)
            bits += edge.function.complexity + each * inexact + 2 * known
        bits += each * _free_offsets(layer)
    return bits + data_bits(fvu, rows, LEAST_FVU)
