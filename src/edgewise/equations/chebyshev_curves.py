"""`Curves`: Chebyshev polynomials or Fourier waves of one coordinate, and conditions on them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

import torch
from torch import Tensor

from edgewise.bases import Chebyshev
from edgewise.bases.derivative_orders import Orders
from edgewise.bases.jets import Jets
from edgewise.nn.stretch import Stretch


@dataclass(frozen=True, eq=False)
class Curves:
    """The basis functions of one coordinate: T_0(s(x)) … T_{count-1}(s(x)), or the waves

    .. math:: 1, \\cos θ, \\sin θ, \\cos 2θ, … \\qquad θ = π (s(x) + 1)

    Waves are periodic by construction, and need fewer points than polynomials for periodic
    functions.

    Attributes:
        stretch: s, a map from the interval to [-1, 1]; linear for waves.
        count: the number of functions; odd for waves.
        repeats: whether they are waves.
    """

    stretch: Stretch
    count: int
    repeats: bool = False

    @staticmethod
    def over(low: float, high: float, count: int, repeats: bool = False) -> Curves:
        """Polynomials or waves of the unstretched coordinate."""
        line = Curves(Stretch(low, high, dtype=torch.float64), count, repeats)
        return line.resized(count)

    @property
    def ends(self) -> tuple[float, float]:
        return self.stretch.low, self.stretch.high

    def resized(self, count: int) -> Curves:
        """`count` curves of the same kind; for waves an even number is increased by 1."""
        return replace(self, count=count | 1 if self.repeats else count)

    def nodes(self, count: int | None = None) -> Tensor:
        """Interpolation points in the interval; (count,)

        Args:
            count: the number of points; by default that of the curves.
        """
        return _nodes(self.stretch, count or self.count, self.repeats)

    def table(self, x: Tensor, order: int) -> Tensor:
        """The values of the curves and their derivatives by x; (order + 1, rows, count)"""
        low, high = self.ends
        if self.repeats:
            return _waves((x - low) * (2 * math.pi / (high - low)), self.count, order) * (
                (2 * math.pi / (high - low)) ** torch.arange(order + 1, dtype=x.dtype)
            ).reshape(-1, 1, 1)
        basis = Chebyshev(self.count - 1)
        if self.stretch.is_line:
            at = (2 * x - (low + high)) / (high - low)
            scale = (2 / (high - low)) ** torch.arange(order + 1, dtype=x.dtype)
            return basis.derivatives(at, (), order) * scale[:, None, None]
        jets = Jets.begin(x[:, None], Orders.up_to(order, 1))
        inner = self.stretch(jets)
        made = inner[:, 0].compose(lambda z, k: basis.derivatives(z, (), k))
        return made.parts

    def weigh(self, x: Tensor) -> Tensor:
        """Weights of an integral over the angle θ for increasing points.

        The weight of a point is the length of the angles that are closest to it.

        Shape:
            (rows,) → (rows,)
        """
        s = self.stretch(x[:, None])[:, 0].clamp(-1, 1)
        angle = (s + 1) / 2 if self.repeats else 1 - torch.acos(s) / math.pi
        middles = (angle[1:] + angle[:-1]) / 2
        return torch.cat([middles.new_zeros(1), middles, middles.new_ones(1)]).diff()

    def products(self) -> Tensor:
        """The mean over the interval of each product of two curves; (count, count)"""
        x = self.nodes(4 * self.count)
        middles = (x[1:] + x[:-1]) / 2
        ends = x.new_tensor(self.ends)
        weights = torch.cat([ends[:1], middles, ends[1:]]).diff() / (ends[1] - ends[0])
        table = self.table(x, 0)[0]
        return table.t() @ (weights[:, None] * table)

    @cached_property
    def at_ends(self) -> Tensor:
        """The curves and their first five derivatives at both ends; (6, 2, count)"""
        return self.table(torch.tensor(self.ends, dtype=torch.float64), 5)

    @property
    def transform(self) -> Tensor:
        """The matrix from values at the nodes to coefficients; (count, count)"""
        return _transform(self.count, self.repeats)

    @property
    def polynomials(self) -> Curves:
        """Polynomials that represent these waves to rounding error.

        The coefficient of T_n in cos kθ is a Bessel function of order n at πk. For n > πk it falls
        to 1e-15 within 11 (πk)^(1/3) orders.
        """
        if not self.repeats:
            return self
        highest = math.pi / 2 * self.count
        return Curves(self.stretch, int(highest + 11 * highest ** (1 / 3)) + 4)


@lru_cache(maxsize=256)
def _nodes(stretch: Stretch, count: int, repeats: bool) -> Tensor:
    """The nodes of curves; for stretched polynomials they are found by Newton's method."""
    return stretch.invert(_even_nodes(count) if repeats else chebyshev_nodes(count))


def _even_nodes(count: int) -> Tensor:
    """Midpoints of equal parts of [-1, 1]; (count,)"""
    return (2 * torch.arange(count, dtype=torch.float64) + 1) / count - 1


def _waves(angle: Tensor, count: int, order: int) -> Tensor:
    """1, cos θ, sin θ, cos 2θ, … and their derivatives by θ; (rows,) → (order + 1, rows, count)

    The derivative of a wave of frequency k is k times the wave a quarter of a period later.
    """
    place = torch.arange(count)
    k = ((place + 1) // 2).to(angle.dtype)
    quarter = torch.arange(order + 1)[:, None] - ((place > 0) & (place % 2 == 0)).long()
    ahead = quarter.to(angle.dtype) * (math.pi / 2)
    heights = k ** torch.arange(order + 1, dtype=angle.dtype)[:, None]
    return heights[:, None] * torch.cos(angle[:, None] * k + ahead[:, None])


@lru_cache(maxsize=256)
def chebyshev_nodes(count: int) -> Tensor:
    """The zeros of T_count in increasing order; (count,)"""
    return torch.cos(math.pi * (torch.arange(count, dtype=torch.float64).flip(0) + 0.5) / count)


@lru_cache(maxsize=256)
def _transform(count: int, repeats: bool) -> Tensor:
    if repeats:
        values = _waves(math.pi * (_even_nodes(count) + 1), count, 0)[0]
    else:
        values = Chebyshev(count - 1).evaluate(chebyshev_nodes(count), ())
    made = values.t() * (2 / count)
    made[0] /= 2
    return made


@dataclass(frozen=True, eq=False)
class Constrained:
    """Coefficients c under linear conditions F c = g: all of them are c = lift g + free z.

    Attributes:
        conditions: F; (conditions, count)
        free: an orthonormal basis of the curves with F c = 0; (count, count - conditions)
        lift: smooth curves with F lift = 1; (count, conditions)
    """

    curves: Curves
    conditions: Tensor
    free: Tensor
    lift: Tensor

    @cached_property
    def narrow(self) -> Tensor:
        """The curves with F narrow = 1 that have the least mean square; (count, conditions)

        Near an end they are a peak whose width is that of the finest detail there.
        """
        backwards = torch.linalg.solve(self.curves.products(), self.conditions.t())
        return torch.linalg.solve(self.conditions @ backwards, backwards, left=False)

    @staticmethod
    def make(curves: Curves, conditions: Sequence[Tensor]) -> Constrained:
        """Curves under conditions, each of shape (count,)."""
        size = curves.count
        if not conditions:
            eye = torch.eye(size, dtype=torch.float64)
            return Constrained(curves, eye[:0], eye, eye[:, :0])
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
        # The lift is the curve with the smallest coefficients of high degree.
        decay = 16.0 ** -torch.arange(size, dtype=torch.float64).clamp(max=10)
        weighted = rows * decay
        lift = decay[:, None] * torch.linalg.pinv(weighted, rtol=1e-14)
        return Constrained(curves, rows, free, lift)
