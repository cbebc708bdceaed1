"""√u, arcsin u, tan u and others on tensors, with finite values and slopes everywhere.

The edges of networks need this: if a step of the optimiser leaves the domain of √ or log, finite
slopes lead it back.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import torch
from torch import Tensor

TINY = 1e-9
"""Closer to a singularity than this, a function is continued with its values at this distance."""


def positive(u: Tensor) -> Tensor:
    return u.clamp_min(TINY)


def nonzero(u: Tensor, least: float = TINY) -> Tensor:
    """u, kept at least `least` away from 0 with its sign."""
    return torch.where(u < 0, u.clamp_max(-least), u.clamp_min(least))


def largest(u: Tensor, n: int) -> float:
    """The largest argument whose n-th power and its slope are finite."""
    return float(torch.finfo(u.dtype).max ** (0.9 / (abs(n) + 1)))


def raised(n: int) -> Callable[[Tensor], Tensor]:
    if n > 0:
        return lambda u: u.clamp(-largest(u, n), largest(u, n)) ** n
    return lambda u: nonzero(u, max(TINY, 1 / largest(u, n))) ** n


def no_overflow(u: Tensor) -> Tensor:
    """u, clipped so that exp(|u|) is finite."""
    most = min(300.0, 0.9 * math.log(torch.finfo(u.dtype).max))
    return u.clamp(-most, most)


def sqrt(u: Tensor) -> Tensor:
    """√u, replaced by its chord from 0 to TINY: exact at 0, and with a finite slope."""
    return torch.where(u < TINY, u.clamp_min(0) * TINY**-0.5, positive(u).sqrt())


def last_before_one(u: Tensor) -> float:
    """The largest argument below 1 at which the slope is used."""
    return 1 - max(TINY, 4 * torch.finfo(u.dtype).eps)


def arcsin(u: Tensor) -> Tensor:
    """arcsin u, replaced by its chord close to ±1: exact there, and with a finite slope."""
    edge = last_before_one(u)
    inside = u.clamp(-edge, edge)
    chord = (math.pi / 2 - math.asin(edge)) / (1 - edge)
    return inside.asin() + chord * (u.clamp(-1, 1) - inside)


def arctanh(u: Tensor) -> Tensor:
    return u.clamp(-last_before_one(u), last_before_one(u)).atanh()


def tan(u: Tensor) -> Tensor:
    return torch.sin(u) / nonzero(torch.cos(u))
