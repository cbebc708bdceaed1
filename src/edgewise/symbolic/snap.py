"""Constants that are simple numbers: 2 for 1.9999998, π for 3.1415926."""

from __future__ import annotations

import math
from time import perf_counter

import torch
from torch import Tensor

from edgewise.formula.affine import number_of
from edgewise.formula.constants import Constant, find_near
from edgewise.formula.data import MOST_ROWS
from edgewise.symbolic.build import with_constants
from edgewise.symbolic.criterion import (
    LEAST_FVU,
    compute_fvu,
    variance_of,
)
from edgewise.symbolic.edges import ConstantIndex
from edgewise.symbolic.network import SymbolicKAN
from edgewise.symbolic.node_scales import choose_scales
from edgewise.training.levenberg import linearise

WINDOW = 2e-3
SMALL_FVU = 1e-24
REWARD = 3.0
"""Bits that a simple number is worth beside those it saves: it says more."""
MOST_TRIES, STEPS = 3, 6
"""Constants that are tried in a round, and steps of each refit."""


def snap(model: SymbolicKAN, x: Tensor, y: Tensor, *, seconds: float = 10.0) -> SymbolicKAN:
    """The model with constants made integers, small fractions, or such parts of π, e, √2 and √3.

    First hidden nodes get plain scales (:mod:`.node_scales`). Then each constant
    is tried as the simple numbers nearby while the others are refitted, and stays one if that
    makes the description of the data shorter: (N/2) log₂ of the ratio of what is left unexplained,
    against ½ log₂ N bits less the bits of the number. The loss that a change will cost is foreseen
    from its second derivatives (Hassibi and Stork 1993), so few are tried in vain. A model with
    curves is given back as it is.

    Args:
        seconds: after which no more constants are tried.

    Shape:
        x: (rows, in_features), y: (rows, out_features)
    """
    if not model.is_symbolic:
        return model
    deadline = perf_counter() + seconds
    variance = variance_of(y)
    simple = choose_scales(model)
    before, after = (compute_fvu(m, x, y, variance) for m in (model, simple))
    if not after <= 2 * before + SMALL_FVU:
        return model  # rounding spoilt it
    simple, fvu = _refit(simple, x, y, variance, 2 * STEPS)
    rows = min(len(x), MOST_ROWS)
    failed: set[tuple[ConstantIndex, Constant]] = set()
    while perf_counter() < deadline:
        hopeful = _list_promising(simple, x, y, variance, fvu, rows)
        hopeful = [h for h in hopeful if h not in failed]
        for index, constant in hopeful[:MOST_TRIES]:
            trial = with_constants(simple, {index: number_of(constant)})
            trial, new = _refit(trial, x, y, variance, STEPS)
            if _gain(constant, new, fvu, rows) > 0:
                simple, fvu = trial, new
                break
            failed.add((index, constant))
        else:
            if len(hopeful) <= MOST_TRIES:
                break
    return simple


def _gain(constant: Constant, new: float, old: float, rows: int) -> float:
    """Bits that a number saves, less those that the worse fit costs."""
    if not math.isfinite(new):
        return -math.inf
    worse = 0.5 * rows * math.log2(max(new, LEAST_FVU) / max(old, LEAST_FVU))
    return 0.5 * math.log2(rows) + REWARD - constant.bits - worse


def _list_promising(
    model: SymbolicKAN, x: Tensor, y: Tensor, variance: float, fvu: float, rows: int
) -> list[tuple[ConstantIndex, Constant]]:
    """Constants and simple numbers near them whose foreseen gain is positive, the best first."""
    indices = [
        i for k, layer in enumerate(model.stack()) for i in layer.symbolic.movable_indices(k)
    ]
    if not indices:
        return []
    r, _ = linearise(model, x, y)
    scale = r.norm(dim=0).clamp_min(1e-300)
    # Diagonal of (JᵀJ)⁻¹; a little of a ridge for directions that the data leaves open.
    ridge = torch.diag(torch.full_like(scale, 1e-9))
    triangle = torch.linalg.qr(torch.cat([r / scale, ridge])).R
    inverse = torch.linalg.solve_triangular(triangle, torch.eye(len(r)).to(r), upper=True)
    spread = (inverse.square().sum(1).sqrt() / scale).tolist()
    hopes = []
    for index, freedom in zip(indices, spread, strict=True):
        value = value_at(model, index)
        for constant in find_near(value, WINDOW * max(abs(value), 0.1) + _slack(fvu)):
            cost = (constant.value - value) ** 2 / freedom**2 / y.numel() / variance
            gain = _gain(constant, fvu + cost, fvu, rows)
            if gain > 0 or cost < 1e-9:
                hopes.append((gain, index, constant))
    hopes.sort(key=lambda h: -h[0])
    return [(index, constant) for _, index, constant in hopes]


def _slack(fvu: float) -> float:
    """Noise moves constants: so far from a simple number may one be."""
    return min(0.1, 3 * fvu**0.5)


def _refit(
    model: SymbolicKAN, x: Tensor, y: Tensor, variance: float, steps: int
) -> tuple[SymbolicKAN, float]:
    """The model with its free constants fitted, and what it leaves unexplained then."""
    try:
        model = model.refine(x, y, steps)
    except ValueError:  # predictions that aren't finite
        return model, math.inf
    return model, compute_fvu(model, x, y, variance)


def value_at(model: SymbolicKAN, index: ConstantIndex) -> float:
    """A constant of the network as a number."""
    symbolic = model.stack()[index.layer].symbolic
    if index.edge is None:
        return symbolic.biases()[index.place].value
    return symbolic.edges()[index.edge].numbers[index.place].value
