"""√u, arcsin u, tan u and others on tensors, with finite values and slopes everywhere.

An edge of a network is such a function: a step of an optimiser that leaves the domain of √ or log
has to find its way back.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import torch
from torch import Tensor

TINY = 1e-9
"""How near to a singularity a continued function goes on as if it were this near."""


def positive(u: Tensor) -> Tensor:
    return u.clamp_min(TINY)


def nonzero(u: Tensor, least: float = TINY) -> Tensor:
    """u, kept away from zero on its side of it."""
    return torch.where(u < 0, u.clamp_max(-least), u.clamp_min(least))


def largest(u: Tensor, n: int) -> float:
    """An argument whose n-th power, and the slope of it, are still numbers."""
    return float(torch.finfo(u.dtype).max ** (0.9 / (abs(n) + 1)))


def raised(n: int) -> Callable[[Tensor], Tensor]:
    if n > 0:
        return lambda u: u.clamp(-largest(u, n), largest(u, n)) ** n
    return lambda u: nonzero(u, max(TINY, 1 / largest(u, n))) ** n


def no_overflow(u: Tensor) -> Tensor:
    """u where exp(|u|) is a number."""
    most = min(300.0, 0.9 * math.log(torch.finfo(u.dtype).max))
    return u.clamp(-most, most)


def sqrt(u: Tensor) -> Tensor:
    """√u, on its chord from 0 to TINY: exact at 0, and with a finite slope."""
    return torch.where(u < TINY, u.clamp_min(0) * TINY**-0.5, positive(u).sqrt())


def last_before_one(u: Tensor) -> float:
    """The last argument before 1 at which slopes are taken."""
    return 1 - max(TINY, 4 * torch.finfo(u.dtype).eps)


def arcsin(u: Tensor) -> Tensor:
    """arcsin u, on its chord in the last bit before ±1: exact there, and with a finite slope."""
    edge = last_before_one(u)
    inside = u.clamp(-edge, edge)
    chord = (math.pi / 2 - math.asin(edge)) / (1 - edge)
    return inside.asin() + chord * (u.clamp(-1, 1) - inside)


def arctanh(u: Tensor) -> Tensor:
    return u.clamp(-last_before_one(u), last_before_one(u)).atanh()


def tan(u: Tensor) -> Tensor:
    return torch.sin(u) / nonzero(torch.cos(u))
