"""The description length of a network in bits, by which functions are compared.

For an edge: a curve has G coefficients, each with the precision of the network. A function f has
the bits of its name and of its k constants, plus the bits that would correct its misfit:

.. math:: L = \\mathrm{bits}(f) + k\\,β + \\frac{G}{2}\\log_2\\Big(1 + \\frac{h}{ε}\\Big),
          \\qquad β = \\tfrac12\\log_2\\frac1ε

where ε is the fraction of y's variance that the network leaves unexplained (FVU), and h is what the
function in place of the curve would add to it, to first order: the mean of
(∂y/∂node)² (curve - function)². The misfit of a removed edge can't be corrected, so its L is at
least N/2 log2(1 + h / max(ε, 1e-4)) for N rows.

For a whole formula and N rows of data, with the FVU e:

.. math:: L = \\sum_{edges}\\mathrm{bits}(f) + \\sum_{constants} β_N + \\frac N2\\log_2 e,
          \\qquad β_N = \\tfrac12\\log_2 N

This is Rissanen's minimum description length (1978), or BIC. A constant that is a simple number
costs the bits of that number instead of β.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn

from edgewise.formula.affine import function_of
from edgewise.formula.data import COUNTED_ROWS, data_bits, number_bits, tree_bits
from edgewise.formula.exactness import ROUNDING_FVU
from edgewise.formula.expression import Expression, Number, Power
from edgewise.symbolic.network import Edge, SymbolicKAN, SymbolicLayer

LEAST_NOISE = 1e-4
"""A smaller FVU of a network counts as its own error, not as noise of the data."""


def variance_of(y: Tensor) -> float:
    """The variance of all outputs together; 1 for constants, to avoid a division by 0."""
    return float((y - y.mean(0)).square().mean()) or 1.0


@torch.no_grad()
def compute_fvu(model: nn.Module, x: Tensor, y: Tensor, variance: float) -> float:
    """The fraction of variance unexplained (FVU); infinite if predictions aren't finite."""
    missed = float((model(x) - y).square().mean())
    return missed / variance if math.isfinite(missed) else math.inf


def constants(core: Expression) -> int:
    """The number of a, b and c that a function needs, without redundant ones.

    A formula that isn't a single function needs the numbers inside it, including simple ones,
    because they were chosen to fit.
    """
    function = function_of(core)
    if function is None:
        return count_constants(core)
    return {"": 3, "scale": 2, "shift": 2, "both": 1}[function.free]


def count_constants(tree: Expression) -> int:
    """The number of fitted numbers of an expression: all but exponents and signs."""
    if isinstance(tree, Number):
        return int(tree.exact is None or abs(tree.value) != 1)
    exponent = tree.exponent if isinstance(tree, Power) else None
    if isinstance(exponent, Number) and exponent.exact is not None:
        return count_constants(tree.parts[0])
    return sum(map(count_constants, tree.parts))


def core_bits(core: Expression) -> float:
    """The bits of the choice of a function, or of a formula that isn't a single function."""
    function = function_of(core)
    return tree_bits(core) if function is None else function.complexity


def edge_bits(core: Expression, harm: float, floor: float, num_basis: int, rows: int) -> float:
    """The description length L of an edge, see the module's docstring."""
    if not core.inputs:
        lost = 0.5 * min(rows, COUNTED_ROWS) * math.log2(1 + harm / max(floor, LEAST_NOISE))
        return max(0.5 * num_basis * math.log2(1 + harm / floor), lost)
    precision = 0.5 * math.log2(1 / floor)
    misfit = 0.5 * num_basis * math.log2(1 + harm / floor)
    return core_bits(core) + constants(core) * precision + misfit


def constant_counts(edge: Edge) -> tuple[int, int]:
    """The numbers of an edge's needed constants that aren't simple and that are."""
    if edge.frozen:
        return 0, 0
    parts = edge.parts
    around = [n.exact is None for n in (parts.a, parts.b, parts.c)]
    if parts.function is None:
        return sum(around) + parts.core.free_count, 0
    needed = constants(parts.core)
    inexact = min(sum(around), needed)
    return inexact, needed - inexact


def _free_offsets(layer: SymbolicLayer) -> int:
    """The number of free constants of nodes and factors."""
    factors = [e for e in layer.symbolic.edges() if e.o in layer.symbolic.products]
    offsets = sum(e.parts.d.exact is None and not e.frozen for e in factors)
    return offsets + int(layer.symbolic.free_bias.sum())


def inexact_constants(model: SymbolicKAN) -> int:
    """The number of constants that aren't simple numbers."""
    return sum(
        sum(constant_counts(e)[0] for e in layer.symbolic.edges()) + _free_offsets(layer)
        for layer in model.stack()
    )


def inexact_inside(model: SymbolicKAN) -> int:
    """The number of constants inside edges' expressions that aren't simple numbers."""
    edges = [e for layer in model.stack() for e in layer.symbolic.edges()]
    inside = [e.parts.core for e in edges if e.parts.function is None]
    return sum(core.free_count for core in inside)


def network_bits(model: SymbolicKAN, fvu: float, rows: int) -> float:
    """The description length L of a formula with this FVU, see the module's docstring."""
    each = number_bits(rows)
    bits = 0.0
    for layer in model.stack():
        for edge in layer.symbolic.edges():
            if edge.frozen:
                bits += 1
                continue
            inexact, known = constant_counts(edge)
            bits += core_bits(edge.parts.core) + each * inexact + 2 * known
        bits += each * _free_offsets(layer)
    return bits + data_bits(fvu, rows, ROUNDING_FVU)
