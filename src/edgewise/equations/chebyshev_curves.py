"""Chebyshev curves of one coordinate: their sample points, values, derivatives and conditions."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import torch
from torch import Tensor

from edgewise.bases import Chebyshev
from edgewise.bases.derivative_orders import Orders
from edgewise.bases.jets import Jets
from edgewise.nn.stretch import Stretch


@dataclass(frozen=True, eq=False)
class Curves:
    """The polynomials T_0(s(x)) … T_{count-1}(s(x)) of one coordinate.

    Attributes:
        stretch: s, from the interval to [-1, 1].
        count: how many there are.
    """

    stretch: Stretch
    count: int

    @staticmethod
    def over(low: float, high: float, count: int) -> Curves:
        """Polynomials of x itself."""
        return Curves(Stretch(low, high, dtype=torch.float64), count)

    @property
    def ends(self) -> tuple[float, float]:
        return self.stretch.low, self.stretch.high

    def resized(self, count: int) -> Curves:
        return Curves(self.stretch, count)

    def nodes(self, count: int | None = None) -> Tensor:
        """Chebyshev's points of the interval, by default as many as curves; (count,)"""
        return self.stretch.invert(chebyshev_nodes(count or self.count))

    def table(self, x: Tensor, order: int) -> Tensor:
        """The curves and their derivatives by x; (order + 1, rows, count)"""
        basis = Chebyshev(self.count - 1)
        if self.stretch.is_line:
            low, high = self.ends
            at = (2 * x - (low + high)) / (high - low)
            scale = (2 / (high - low)) ** torch.arange(order + 1, dtype=x.dtype)
            return basis.derivatives(at, (), order) * scale[:, None, None]
        jets = Jets.begin(x[:, None], Orders.up_to(order, 1))
        inner = self.stretch(jets)
        made = inner[:, 0].compose(lambda z, k: basis.derivatives(z, (), k))
        return made.parts

    @cached_property
    def at_ends(self) -> Tensor:
        """The curves and their first five derivatives at both ends; (6, 2, count)"""
        return self.table(torch.tensor(self.ends, dtype=torch.float64), 5)

    @property
    def transform(self) -> Tensor:
        """From values at the nodes to coefficients; (count, count)"""
        return _transform(self.count)


@lru_cache(maxsize=256)
def chebyshev_nodes(count: int) -> Tensor:
    """The zeros of T_count, rising; (count,)"""
    return torch.cos(math.pi * (torch.arange(count, dtype=torch.float64).flip(0) + 0.5) / count)


@lru_cache(maxsize=256)
def _transform(count: int) -> Tensor:
    values = Chebyshev(count - 1).evaluate(chebyshev_nodes(count), ())
    made = values.t() * (2 / count)
    made[0] /= 2
    return made


@dataclass(frozen=True, eq=False)
class Constrained:
    """Curves that obey linear conditions at their ends, and how to reach given values there.

    Every curve c with F c = g is c = lift g + free z, where F holds the conditions.

    Attributes:
        conditions: F; (conditions, count)
        free: an orthonormal basis of the curves with F c = 0; (count, count - conditions)
        lift: smooth curves with F lift = 1; (count, conditions)
    """

    conditions: Tensor
    free: Tensor
    lift: Tensor

    @staticmethod
    def make(curves: Curves, conditions: Sequence[Tensor]) -> Constrained:
        """Curves under conditions, each of shape (count,).

        Raises:
            ValueError: if they contradict or repeat each other.
        """
        size = curves.count
        if not conditions:
            eye = torch.eye(size, dtype=torch.float64)
            return Constrained(eye[:0], eye, eye[:, :0])
        rows = torch.stack(list(conditions))
        if len(rows) >= size:
            raise ValueError(
                f"solve expected fewer conditions of one coordinate than its {size} curves, got "
                f"{len(rows)}"
            )
        scaled = rows / rows.norm(dim=1, keepdim=True)
        left, values, _ = torch.linalg.svd(scaled, full_matrices=False)
        if float(values[-1]) < 1e-10 * float(values[0]):
            which = left[:, -1].abs().gt(0.1).nonzero()[:, 0].tolist()
            raise ValueError(
                "solve expected independent conditions of one coordinate, got "
                f"conditions {which} that repeat or contradict each other"
            )
        free = torch.linalg.qr(scaled.t(), mode="complete").Q[:, len(rows) :]
        # Of all curves with given values at the ends the one that is least in high degrees.
        decay = 16.0 ** -torch.arange(size, dtype=torch.float64).clamp(max=10)
        weighted = rows * decay
        lift = decay[:, None] * torch.linalg.pinv(weighted, rtol=1e-14)
        return Constrained(rows, free, lift)
