"""Constants that are simple numbers: 2 for 1.9999998, π for 3.1415926."""

from __future__ import annotations

import math
from typing import Any

import torch
from torch import Tensor

from edgewise.interpret.symbolic.build import copy_of
from edgewise.interpret.symbolic.constants import Constant, near
from edgewise.interpret.symbolic.criterion import LEAST_SHARE, MOST_ROWS
from edgewise.interpret.symbolic.gauge import canonical
from edgewise.interpret.symbolic.network import SymbolicKAN
from edgewise.training.levenberg import levenberg_marquardt

WINDOW = 2e-3
COLUMN = {"a": 0, "b": 1, "c": 2, "d": 3}
SMALL_SHARE = 1e-24


def snapped(model: SymbolicKAN, x: Tensor, y: Tensor, *, steps: int = 6) -> SymbolicKAN:
    """The model with constants made integers, small fractions, or such parts of π, e, √2 and √3.

    First the freedom to write the same in many ways is used up (:mod:`.gauge`). Then each constant
    is tried as the simple numbers nearby while the others are refitted, and stays one if that
    makes the description of the data shorter: (N/2) log₂ of the ratio of what is left unexplained,
    against ½ log₂ N bits less the bits of the number. A model with curves is given back as it is.

    Shape:
        x: (rows, in_features), y: (rows, out_features)
    """
    if not model.is_symbolic:
        return model
    variance = float((y - y.mean(0)).square().mean()) or 1.0
    simple, fixed = canonical(model)
    before, after = _share(model, x, y, variance), _share(simple, x, y, variance)
    if not after <= 2 * before + SMALL_SHARE:
        return model  # rounding spoilt it
    for place, constant in fixed.items():
        _fix(simple, place, constant)
    share = _refitted(simple, x, y, variance, 2 * steps)
    rows = min(len(x), MOST_ROWS)
    for place in _free_places(simple):
        simple, share = _tried(simple, place, x, y, variance, share, rows, steps)
    return simple


def _tried(
    model: SymbolicKAN,
    place: tuple[Any, ...],
    x: Tensor,
    y: Tensor,
    variance: float,
    share: float,
    rows: int,
    steps: int,
) -> tuple[SymbolicKAN, float]:
    value = _read(model, place)
    best, best_gain, best_share = model, 0.0, share
    for constant in near(value, WINDOW * max(abs(value), 0.1) + _slack(share))[:4]:
        trial = copy_of(model)
        trial.snapped = dict(model.snapped)
        _fix(trial, place, constant)
        new = _refitted(trial, x, y, variance, steps)
        if not math.isfinite(new):
            continue
        worse = 0.5 * rows * math.log2(max(new, LEAST_SHARE) / max(share, LEAST_SHARE))
        gain = 0.5 * math.log2(rows) + 3 - constant.bits - worse
        if gain > best_gain:
            best, best_gain, best_share = trial, gain, new
    return best, best_share


def _slack(share: float) -> float:
    """Noise moves constants: so far from a simple number may one be."""
    return min(0.1, 3 * share**0.5)


def _refitted(model: SymbolicKAN, x: Tensor, y: Tensor, variance: float, steps: int) -> float:
    """Refit the free constants, in place; the share left unexplained."""
    try:
        levenberg_marquardt(model, (x, y), steps=steps)
    except ValueError:  # predictions that aren't finite
        return math.inf
    return _share(model, x, y, variance)


@torch.no_grad()
def _share(model: SymbolicKAN, x: Tensor, y: Tensor, variance: float) -> float:
    missed = float((model(x) - y).square().mean())
    return missed / variance if math.isfinite(missed) else math.inf


def _free_places(model: SymbolicKAN) -> list[tuple[Any, ...]]:
    """The constants that aren't exact yet: inner ones first, which matter most."""
    found: list[tuple[Any, ...]] = []
    for letter, column in (("b", 1), ("d", 3), ("a", 0), ("c", 2)):
        for k, layer in enumerate(model.stack()):
            free = layer.symbolic.free[:, column].tolist()
            found += [(k, e, letter) for e, is_free in enumerate(free) if is_free]
    for k, layer in enumerate(model.stack()):
        free = layer.symbolic.free_bias.tolist()
        found += [(k, o) for o, is_free in enumerate(free) if is_free]
    return found


def _read(model: SymbolicKAN, place: tuple[Any, ...]) -> float:
    symbolic = model.stack()[place[0]].symbolic
    if len(place) == 2:
        return float(symbolic.bias.detach()[place[1]])
    return float(symbolic.affine.detach()[place[1], COLUMN[place[2]]])


@torch.no_grad()
def _fix(model: SymbolicKAN, place: tuple[Any, ...], constant: Constant) -> None:
    """Set a constant to an exact value and leave it out of refits; in place."""
    symbolic = model.stack()[place[0]].symbolic
    if len(place) == 2:
        symbolic.bias[place[1]] = constant.value
        symbolic.free_bias[place[1]] = False
    else:
        symbolic.affine[place[1], COLUMN[place[2]]] = constant.value
        symbolic.free[place[1], COLUMN[place[2]]] = False
    model.snapped[place] = constant
