"""`Part`: a piece of a solution: its fields on the domain, or on one window of time."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TypeVar

import torch
from torch import Tensor, nn

from edgewise._derivatives import with_derivatives
from edgewise._tensors import tensors_on_cpu
from edgewise.equations.chebyshev_curves import Curves
from edgewise.equations.fields import Index
from edgewise.equations.space import FaceValue, Rows, apply_each


@contextmanager
def in_plain_torch() -> Iterator[None]:
    """Compute on the CPU with derivatives, whatever default device, inference mode or autocast is
    set."""
    with tensors_on_cpu(), with_derivatives():
        yield


def check_within(what: str, points: Tensor, ends: tuple[float, float]) -> None:
    """Raise ValueError unless points lie in an interval, up to rounding."""
    low, high = ends
    margin = 1e-9 * (high - low)
    if not bool(((points >= low - margin) & (points <= high + margin)).all()):
        raise ValueError(
            f"{what} within [{low:g}, {high:g}], got [{float(points.min()):g}, "
            f"{float(points.max()):g}]"
        )


P = TypeVar("P", bound="Part")


class Part(ABC):
    """Fields on a box of coordinates."""

    @property
    @abstractmethod
    def ends(self) -> tuple[tuple[float, float], ...]:
        """The interval of each coordinate."""

    @property
    @abstractmethod
    def numbers(self) -> int:
        """The number of coefficients or parameters."""

    @property
    @abstractmethod
    def kind(self) -> str:
        """The kind of these numbers, in words."""

    @property
    @abstractmethod
    def is_everywhere(self) -> bool:
        """Whether it has smooth values outside a shape, too."""

    @abstractmethod
    def evaluate(self, name: str, rows: Rows, index: Index) -> Tensor:
        """A derivative of a field, of the shape of the rows."""

    def derivatives(
        self, orders: Mapping[str, Sequence[Index]], rows: Rows
    ) -> dict[str, dict[Index, Tensor]]:
        """Several derivatives of several fields."""
        return {n: {i: self.evaluate(n, rows, i) for i in own} for n, own in orders.items()}

    @abstractmethod
    def to_network(self, fields: Sequence[str]) -> nn.Module:
        """The same functions as a network, (rows, coordinates) → (rows, fields)."""

    def face(self, name: str, axis: int, order: int, side: int = 1) -> FaceValue:
        """A field, or its derivative by one coordinate, at an end of that coordinate."""
        end = torch.tensor([self.ends[axis][side]], dtype=torch.float64)
        index = tuple(order * (a == axis) for a in range(len(self.ends)))

        def value(points: Sequence[Tensor]) -> Tensor:
            every = [*points[:axis], end, *points[axis:]]
            return self.evaluate(name, Rows.product(every), index).squeeze(axis)

        return value

    def resampled(self, name: str, curves: Sequence[Curves]) -> Tensor:
        """The coefficients of a field for other curves; (count, …)"""
        points = [c.nodes().clamp(*ends) for c, ends in zip(curves, self.ends, strict=True)]
        values = self.evaluate(name, Rows.product(points), (0,) * len(curves))
        return apply_each([c.transform for c in curves], values)


def split_points(
    parts: Sequence[P], axis: int | None, points: Tensor
) -> Iterator[tuple[P, Tensor]]:
    """Each window of time with the positions of its points.

    Args:
        axis: of the time; None without one.
    """
    if axis is None or len(parts) == 1:
        return iter([(parts[0], torch.arange(len(points)))])
    ends = torch.tensor([part.ends[axis][1] for part in parts[:-1]], dtype=torch.float64)
    place = torch.searchsorted(ends, points[:, axis].contiguous())
    return ((part, (place == k).nonzero()[:, 0]) for k, part in enumerate(parts))


def evaluate_parts(
    parts: Sequence[Part], axis: int | None, name: str, points: Tensor, index: Index | None = None
) -> Tensor:
    """A field, or a derivative of it, from the window that contains each point's time; (rows,)"""
    made = torch.empty(len(points), dtype=torch.float64)
    for part, chosen in split_points(parts, axis, points):
        if len(chosen):
            rows = Rows.listed(points[chosen])
            made[chosen] = part.evaluate(name, rows, index or (0,) * points.shape[1])
    return made
