"""Functions that are orthonormal on a shape."""

from __future__ import annotations

from dataclasses import dataclass

from torch import Tensor


@dataclass(frozen=True, eq=False)
class ShapeBasis:
    """Functions that are orthonormal on the nodes in a shape.

    Attributes:
        points: the nodes; (rows, axes)
        combined: their coefficients in the original functions; (all, functions)
        back: maps coefficients of the original functions to theirs; (functions, all)
        transform: maps values at the nodes to coefficients; (functions, rows)
        degrees: the degree of each function relative to the highest, 0 to 1; (functions,)
    """

    points: Tensor
    combined: Tensor
    back: Tensor
    transform: Tensor
    degrees: Tensor

    @property
    def count(self) -> int:
        return len(self.degrees)

    def nodes(self) -> Tensor:
        return self.points
