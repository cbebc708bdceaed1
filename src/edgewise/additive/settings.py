"""`Settings`: the constraints on an additive model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from edgewise.additive.terms import Offset


@dataclass(frozen=True)
class Settings:
    """Constraints on an additive model.

    Attributes:
        signs: by column, 1 if its effect must increase, -1 if it must decrease.
        order: the most columns of a surface: 1 allows none, 3 those of three columns.
        allowed: sets of columns within which surfaces may be; None allows all.
        fixed: columns without an effect.
        bends: by column, 1 if its effect must be convex, -1 if it must be concave.
        levels: whether columns of whole numbers may have a value for each number besides a curve.
        offset: a known part of the sum.
        natural: None, or make every curve a natural spline
            (:func:`~edgewise.additive.curves.make_curve`) with at most this number of knots, in a
            surface with at most the second number.
        orders: by column, the levels of ordered categories.
        cycles: by column, the ends of the cycle of cyclic numbers.
        slopes: pairs of a column of numbers and a column of groups, each of which has a slope in
            addition to the common curve.
        worth: a coefficient with fewer effective degrees of freedom is left out, and a group of
            several with fewer than twice this number.
        deep: the seed of the networks of :mod:`~edgewise.additive.deep`; None tries none.
    """

    signs: Mapping[int, int] = field(default_factory=dict)
    order: int = 2
    allowed: tuple[frozenset[int], ...] | None = None
    fixed: frozenset[int] = frozenset()
    bends: Mapping[int, int] = field(default_factory=dict)
    levels: bool = True
    offset: Offset | None = None
    natural: tuple[int, int] | None = None
    worth: float = 0.0
    orders: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    cycles: Mapping[int, tuple[float, float]] = field(default_factory=dict)
    slopes: tuple[tuple[int, int], ...] = ()
    deep: int | None = None

    @property
    def shaped(self) -> frozenset[int]:
        """Columns whose curves have a constraint on their shape; they are in no surface."""
        return frozenset(self.signs) | frozenset(self.bends)
