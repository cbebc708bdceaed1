"""Constants that are simple numbers: 2 for 1.9999998, π for 3.1415926."""

from __future__ import annotations

import copy
import math
from time import perf_counter
from typing import Any

import torch
from torch import Tensor

from edgewise.symbolic.constants import Constant, near
from edgewise.symbolic.criterion import (
    LEAST_SHARE,
    MOST_ROWS,
    unexplained,
    variance_of,
)
from edgewise.symbolic.gauge import canonical
from edgewise.symbolic.network import SymbolicKAN
from edgewise.training.levenberg import levenberg_marquardt, linearised

WINDOW = 2e-3
COLUMN = {"a": 0, "b": 1, "c": 2, "d": 3}
SMALL_SHARE = 1e-24
REWARD = 3.0
"""Bits that a simple number is worth beside those it saves: it says more."""
MOST_TRIES = 3

Place = tuple[Any, ...]


def snapped(
    model: SymbolicKAN, x: Tensor, y: Tensor, *, steps: int = 6, seconds: float = 10.0
) -> SymbolicKAN:
    """The model with constants made integers, small fractions, or such parts of π, e, √2 and √3.

    First the freedom to write the same in many ways is used up (:mod:`.gauge`). Then each constant
    is tried as the simple numbers nearby while the others are refitted, and stays one if that
    makes the description of the data shorter: (N/2) log₂ of the ratio of what is left unexplained,
    against ½ log₂ N bits less the bits of the number. The loss that a change will cost is foreseen
    from its second derivatives (Hassibi and Stork 1993), so few are tried in vain. A model with
    curves is given back as it is.

    Args:
        steps: of each refit.
        seconds: after which no more constants are tried.

    Shape:
        x: (rows, in_features), y: (rows, out_features)
    """
    if not model.is_symbolic:
        return model
    deadline = perf_counter() + seconds
    variance = variance_of(y)
    simple, fixed = canonical(model)
    before, after = (unexplained(m, x, y, variance) for m in (model, simple))
    if not after <= 2 * before + SMALL_SHARE:
        return model  # rounding spoilt it
    for place, constant in fixed.items():
        _fix(simple, place, constant)
    share = _refitted(simple, x, y, variance, 2 * steps)
    rows = min(len(x), MOST_ROWS)
    failed: set[tuple[Place, Constant]] = set()
    while perf_counter() < deadline:
        hopeful = _promising(simple, x, y, variance, share, rows)
        hopeful = [h for h in hopeful if h not in failed]
        for place, constant in hopeful[:MOST_TRIES]:
            trial = copy.deepcopy(simple)
            _fix(trial, place, constant)
            new = _refitted(trial, x, y, variance, steps)
            if _gain(constant, new, share, rows) > 0:
                simple, share = trial, new
                break
            failed.add((place, constant))
        else:
            if len(hopeful) <= MOST_TRIES:
                break
    return simple


def _gain(constant: Constant, new: float, old: float, rows: int) -> float:
    """Bits that a number saves, less those that the worse fit costs."""
    if not math.isfinite(new):
        return -math.inf
    worse = 0.5 * rows * math.log2(max(new, LEAST_SHARE) / max(old, LEAST_SHARE))
    return 0.5 * math.log2(rows) + REWARD - constant.bits - worse


def _promising(
    model: SymbolicKAN, x: Tensor, y: Tensor, variance: float, share: float, rows: int
) -> list[tuple[Place, Constant]]:
    """Constants and simple numbers near them whose foreseen gain is positive, the best first."""
    places = _moving_places(model)
    if not places:
        return []
    r, _ = linearised(model, x, y)
    scale = r.norm(dim=0).clamp_min(1e-300)
    # Diagonal of (JᵀJ)⁻¹; a little of a ridge for directions that the data leaves open.
    ridge = torch.diag(torch.full_like(scale, 1e-9))
    triangle = torch.linalg.qr(torch.cat([r / scale, ridge])).R
    inverse = torch.linalg.solve_triangular(triangle, torch.eye(len(r)).to(r), upper=True)
    spread = (inverse.square().sum(1).sqrt() / scale).tolist()
    order = {place: n for n, place in enumerate(places)}
    found = []
    for place in places:
        value, freedom = _read(model, place), spread[order[place]]
        for constant in near(value, WINDOW * max(abs(value), 0.1) + _slack(share)):
            cost = (constant.value - value) ** 2 / freedom**2 / y.numel() / variance
            gain = _gain(constant, share + cost, share, rows)
            if gain > 0 or cost < 1e-9:
                found.append((gain, place, constant))
    found.sort(key=lambda f: -f[0])
    return [(place, constant) for _, place, constant in found]


def _slack(share: float) -> float:
    """Noise moves constants: so far from a simple number may one be."""
    return min(0.1, 3 * share**0.5)


def _refitted(model: SymbolicKAN, x: Tensor, y: Tensor, variance: float, steps: int) -> float:
    """Refit the free constants, in place; the share left unexplained."""
    try:
        levenberg_marquardt(model, (x, y), steps=steps)
    except ValueError:  # predictions that aren't finite
        return math.inf
    return unexplained(model, x, y, variance)


def _moving_places(model: SymbolicKAN) -> list[Place]:
    """The free constants in the order in which a refit has them."""
    found: list[Place] = []
    for k, layer in enumerate(model.stack()):
        free = layer.symbolic.free.tolist()
        found += [
            (k, e, n) for e, row in enumerate(free) for n, on in zip("abcd", row, strict=True) if on
        ]
        found += [(k, o) for o, on in enumerate(layer.symbolic.free_bias.tolist()) if on]
    return found


def _read(model: SymbolicKAN, place: Place) -> float:
    symbolic = model.stack()[place[0]].symbolic
    if len(place) == 2:
        return float(symbolic.bias.detach()[place[1]])
    return float(symbolic.affine.detach()[place[1], COLUMN[place[2]]])


@torch.no_grad()
def _fix(model: SymbolicKAN, place: Place, constant: Constant) -> None:
    """Set a constant to an exact value and leave it out of refits; in place."""
    symbolic = model.stack()[place[0]].symbolic
    if len(place) == 2:
        symbolic.bias[place[1]] = constant.value
    else:
        symbolic.affine[place[1], COLUMN[place[2]]] = constant.value
    model.hold(place)
    model.snapped[place] = constant
