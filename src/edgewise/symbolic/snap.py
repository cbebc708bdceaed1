"""Snap constants of a network to simple numbers: 1.9999998 to 2, 3.1415926 to π."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from time import perf_counter

import numpy as np
from torch import Tensor

from edgewise.formula.affine import number_of
from edgewise.formula.constants import Constant
from edgewise.formula.exactness import EXACT_FVU, rounding_fvu
from edgewise.formula.numbers import errors_of, exponents, find_undetermined, noise_variance
from edgewise.formula.snapping import FittedNumber, snap_numbers
from edgewise.nn.inspect import count_trainable
from edgewise.symbolic.build import with_constants
from edgewise.symbolic.criterion import compute_fvu, network_bits, variance_of
from edgewise.symbolic.edges import ConstantIndex
from edgewise.symbolic.network import SymbolicKAN
from edgewise.symbolic.node_scales import can_go_inside, choose_scales
from edgewise.training.levenberg import MOST_PARAMETERS, linearise

FIRST, STEPS, DAMPING = 12, 30, 1e-9
"""Steps of the first refit, steps of later refits, and their damping. Refits start near the
minimum, so more damping would only slow down strongly correlated constants."""


def snap(model: SymbolicKAN, x: Tensor, y: Tensor, *, seconds: float = 10.0) -> SymbolicKAN:
    """Snap constants to integers, small fractions, or multiples of π, e, √2 and √3.

    Hidden nodes first get simple scales (:mod:`.node_scales`). Then the rule for all formulas is
    applied (:func:`edgewise.formula.snapping.snap_numbers`), first to exponents, then to all
    numbers. A model with curves, or with too many constants for a refit, is returned unchanged.

    Args:
        seconds: time after which no more constants are tried.

    Shape:
        x: (rows, in_features), y: (rows, out_features)
    """
    if not model.is_symbolic or count_trainable(model) > MOST_PARAMETERS:
        return model
    floor = rounding_fvu(y.detach().cpu().numpy(), variance_of(y))
    network = _Network(model, x, y, floor, perf_counter() + seconds).measured()
    plain = _snap(network, inside=False)
    if plain is not None and not can_go_inside(plain.model):
        return plain.model
    made = [n for n in (plain, _snap(network, inside=True)) if n is not None]
    return min(made, key=lambda n: n.length, default=network).model


def _snap(network: _Network, inside: bool) -> _Network | None:
    """The network with snapped constants; None if the scales of its nodes spoil it.

    Args:
        inside: whether numbers around powers and logarithms go into them.
    """
    scaled = network.scaled(inside)
    if scaled is not None and _exponents(scaled.model):
        found = snap_numbers(replace(scaled.refit(FIRST), exponents_only=True))
        scaled = replace(found, exponents_only=False).scaled(inside)
    return None if scaled is None else snap_numbers(scaled.refit(FIRST))


@dataclass(frozen=True)
class _Network:
    """A network of formulas and its rows.

    Attributes:
        exponents_only: whether only exponents may be snapped.
    """

    model: SymbolicKAN
    x: Tensor
    y: Tensor
    floor: float
    deadline: float
    exponents_only: bool = False
    fvu: float = math.inf

    @property
    def rows(self) -> int:
        return len(self.x)

    def refit(self, steps: int) -> _Network:
        """The network with its free constants fitted."""
        try:
            model = self.model.refine(self.x, self.y, steps, damping=DAMPING)
        except ValueError:  # predictions that aren't finite
            return replace(self, fvu=math.inf)
        return replace(self, model=model).measured()

    @property
    def length(self) -> tuple[float, float]:
        """The description length, and the bits of its exact constants."""
        known = self.model.exact_constants().values()
        bits = network_bits(self.model, max(self.fvu, self.floor), self.rows)
        return bits, sum(constant.bits for constant in known)

    def scaled(self, inside: bool) -> _Network | None:
        """The network with simple scales of hidden nodes; None if rounding errors spoil it."""
        made = replace(self, model=choose_scales(self.model, inside)).measured()
        return made if made.fvu <= 2 * self.fvu + EXACT_FVU else None

    def measured(self) -> _Network:
        """The network with its FVU."""
        return replace(self, fvu=compute_fvu(self.model, self.x, self.y, variance_of(self.y)))

    def fitted_numbers(self) -> list[FittedNumber]:
        layers = self.model.stack()
        places = [p for k, layer in enumerate(layers) for p in layer.symbolic.movable_indices(k)]
        if not places or not math.isfinite(self.fvu) or perf_counter() >= self.deadline:
            return []
        triangle, _ = linearise(self.model, self.x, self.y)
        noise = noise_variance(self.fvu, variance_of(self.y), self.y.numel(), len(places))
        errors = errors_of(triangle.cpu().numpy(), noise)
        if errors is None:
            return []
        powers, free = _exponents(self.model), find_undetermined(triangle.cpu().numpy())
        values = [_value_at(self.model, place) for place in places]
        errors = np.where(free, np.maximum(np.abs(values), 1.0), errors)
        return [
            FittedNumber(place, value, error, place in powers, is_free)
            for place, value, error, is_free in zip(
                places, values, errors.tolist(), free.tolist(), strict=True
            )
            if place in powers or not self.exponents_only
        ]

    def with_constant(self, place: ConstantIndex, constant: Constant) -> _Network:
        if perf_counter() >= self.deadline:
            return replace(self, fvu=math.inf)
        made = with_constants(self.model, {place: number_of(constant)})
        return replace(self, model=made).refit(STEPS)


def _value_at(model: SymbolicKAN, index: ConstantIndex) -> float:
    """A constant of the network as a number."""
    symbolic = model.stack()[index.layer].symbolic
    if index.edge is None:
        return symbolic.biases()[index.place].value
    return symbolic.edges()[index.edge].numbers[index.place].value


def _exponents(model: SymbolicKAN) -> set[ConstantIndex]:
    """The indices of the free exponents."""
    return {
        ConstantIndex(k, e, n)
        for k, layer in enumerate(model.stack())
        for e, edge in enumerate(layer.symbolic.edges())
        for n in exponents(edge.tree)
        if edge.free_numbers[n]
    }
