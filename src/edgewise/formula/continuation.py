"""Evaluate a formula on tensors with finite values and slopes, even outside its domain.

The edges of networks need this: if a step of the optimiser leaves the domain of √ or log, finite
slopes lead it back. :mod:`.continued` has the functions; this file has sums, products and powers.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from edgewise.formula.continued import TINY
from edgewise.formula.expression import Expression
from edgewise.formula.function import Function
from edgewise.formula.library import LIBRARY, POWERS
from edgewise.formula.program import Arithmetic, Program

BY_EXPONENT = {f.power[0] / f.power[1]: f for f in POWERS if f.power is not None}
"""The library's powers by exponent."""


class _Continued:
    """Arithmetic that stays finite.

    Sums and products are bounded; functions and powers are continued outside their domain.
    """

    def add(self, parts: Sequence[Tensor]) -> Tensor:
        return _bound(sum(parts[1:], parts[0]))

    def multiply(self, parts: Sequence[Tensor]) -> Tensor:
        product = parts[0]
        for part in parts[1:]:
            product = _bound(product * part)
        return product

    def power(self, base: Tensor, exponent: Tensor, known: float | None) -> Tensor:
        if known in BY_EXPONENT:
            return BY_EXPONENT[known](base)
        if known is not None and known.is_integer():
            most = float(torch.finfo(base.dtype).max ** (0.4 / abs(known)))
            base = base.clamp(-most, most)
            least = torch.where(base < 0, -1 / most, 1 / most)
            return (base if known > 0 else torch.where(base.abs() < 1 / most, least, base)) ** known
        return LIBRARY["exp"](exponent * LIBRARY["log"](base))

    def apply(self, function: Function, argument: Tensor) -> Tensor:
        return function(argument)


CONTINUED: Arithmetic = _Continued()


def _bound(value: Tensor) -> Tensor:
    """Clip to finite values; in float64, which refits use, so that products are finite, too."""
    most = torch.finfo(value.dtype).max ** (0.45 if value.dtype == torch.float64 else 0.95)
    return value.clamp(-most, most)


def evaluate(tree: Expression, u: Tensor) -> Tensor:
    """The values of a formula of x0 at u, elementwise."""
    value: Tensor = _run(Program(tree), u)[-1]
    return value.expand_as(u)


def is_defined(tree: Expression, u: Tensor, slack: float = 0.0) -> Tensor:
    """Where a formula of x0 is defined, elementwise; arguments may be up to `slack` outside."""
    program = Program(tree)
    values = _run(program, u)
    inside = values[-1].isfinite().expand_as(u)
    for step in program.steps:
        if step.kind == "apply":
            inside = inside & step.payload.is_defined(values[step.parts[0]], slack)
        elif step.kind == "power":
            inside = inside & _has_power(values[step.parts[0]], step.payload, slack)
    return inside


def _run(program: Program, u: Tensor) -> list[Tensor]:
    numbers = [torch.tensor(n, dtype=u.dtype, device=u.device) for n in program.numbers]
    return program.run(u[..., None], numbers, CONTINUED)


def _has_power(base: Tensor, exponent: float | None, slack: float) -> Tensor:
    """Where a power is defined; an exponent that isn't exact is None."""
    if exponent in BY_EXPONENT:
        return BY_EXPONENT[exponent].is_defined(base, slack)
    if exponent is not None and exponent.is_integer():
        return (base.abs() > TINY) | (exponent > 0)
    return base >= TINY - slack
