"""Functions of all coordinates that a shape cuts.

Products of curves of a box are nearly dependent on a shape inside the box. They are therefore
orthonormalised on the shape, leaving out nearly dependent ones. A solver treats them as the curves
of one coordinate, whose derivatives have an index for each of the original coordinates.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import torch
from torch import Tensor

from edgewise.equations.chebyshev_curves import Curves
from edgewise.equations.fields import Index
from edgewise.equations.singular_corners import SingularFunctions
from edgewise.equations.space import (
    FaceValue,
    FieldSpace,
    Functional,
    Rows,
    Sampled,
    ShapeBasis,
    apply,
    build_space,
)

RANK = 1e-7
"""Functions with a smaller independent part on the shape are left out."""


@dataclass(frozen=True, eq=False)
class ShapeCurves:
    """Products of curves of the coordinates that a shape cuts, and singular functions of corners.

    A solver treats them as one coordinate, which comes before all others.

    Attributes:
        axes: the coordinates that the shape cuts.
        nodes: the nodes of each of these axes.
        inside: which points of the product of the nodes lie in the shape.
        singular: the singular functions of corners.
    """

    axes: tuple[int, ...]
    curves: tuple[Curves, ...]
    nodes: tuple[Tensor, ...]
    inside: Tensor
    singular: SingularFunctions

    @property
    def own(self) -> list[Curves]:
        return [self.curves[a] for a in self.axes]

    @property
    def others(self) -> list[int]:
        """The axes that the shape doesn't cut."""
        return [a for a in range(len(self.curves)) if a not in self.axes]

    def place(self, axis: int) -> int:
        """The position of an axis that isn't cut among the solver's coordinates."""
        return 1 + self.others.index(axis)

    def points(self) -> Tensor:
        """The nodes in the shape; (rows, axes)"""
        return torch.cartesian_prod(*self.nodes).reshape(-1, len(self.axes))[self.inside]

    def local(self, index: Index) -> Any:
        """The index of a derivative in the solver's coordinates."""
        return (tuple(index[a] for a in self.axes), *(index[a] for a in self.others))

    def table(self, points: Tensor, index: Index) -> Tensor:
        """A derivative of all products and singular functions; (rows, axes) → (rows, count)"""
        made = torch.ones(len(points), 1, dtype=torch.float64)
        for k, (c, order) in enumerate(zip(self.own, index, strict=True)):
            table = c.table(points[:, k].contiguous(), order)[order]
            made = (made[:, :, None] * table[:, None, :]).flatten(1)
        return torch.cat([made, self.singular.table(points, index)], 1)

    def embed(self, products: Tensor) -> Tensor:
        """Coefficients of products, in the solver's layout; (count, …) → (all, …)"""
        together = products.movedim(self.axes, tuple(range(len(self.axes))))
        flat = together.flatten(0, len(self.axes) - 1)
        return torch.cat([flat, flat.new_zeros(len(self.singular), *flat.shape[1:])])

    def products(self, coefs: Tensor) -> Tensor:
        """The coefficients of products, without singular functions; (all, …) → (count, …)"""
        counts = [c.count for c in self.own]
        flat = coefs[: len(coefs) - len(self.singular)]
        return flat.unflatten(0, counts).movedim(tuple(range(len(counts))), self.axes)

    def heights(self, coefs: Mapping[str, Tensor]) -> dict[str, Tensor]:
        """Coefficients of the factors of singular functions, for every field and function.

        Shape:
            (all, …) → (count, …), with one curve of each of the axes.
        """
        made, along = {}, tuple(range(len(self.axes)))
        for name, own in coefs.items():
            for k, height in enumerate(own[len(own) - len(self.singular) :]):
                spread = height[(None,) * len(along)].movedim(along, self.axes)
                made[f"{name} {k}"] = spread
        return made

    # Values.

    def _gather(self, rows: Rows) -> tuple[list[int], Tensor, list[int]]:
        """The groups that contain the cut axes, their points, and the axes of these points."""
        groups = [g for g, axes in enumerate(rows.groups) if set(axes) & set(self.axes)]
        listed = rows.points[groups[0]]
        if len(groups) > 1:
            listed = torch.cartesian_prod(*(rows.points[g][:, 0] for g in groups))
        return groups, listed, [a for g in groups for a in rows.groups[g]]

    def sample(self, rows: Rows, indices: Iterable[Index]) -> Sampled:
        """Tables of all functions at points, in the solver's coordinates."""
        groups, listed, joined = self._gather(rows)
        along = [joined.index(a) for a in self.axes]
        more = [a for a in joined if a not in self.axes]
        rest = [g for g in range(len(rows.groups)) if g not in groups]
        first_group = (0, *map(self.place, more))
        first_points = listed[:, [along[0], *map(joined.index, more)]]
        together = Rows(
            (first_group, *(tuple(map(self.place, rows.groups[g])) for g in rest)),
            (first_points, *(rows.points[g] for g in rest)),
        )
        asked = {self.local(index) for index in indices}
        first = {i[0]: self.table(listed[:, along], i[0]) for i in asked}
        tables = [
            self.curves[a].table(
                together.along(self.place(a)).contiguous(), max(i[self.place(a)] for i in asked)
            )
            for a in self.others
        ]
        repeats = (self.curves[a].repeats for a in self.others)
        return Sampled(together, (first, *tables), (False, *repeats))

    def evaluate(self, sampled: Sampled, rows: Rows, coefs: Tensor, index: Index) -> Tensor:
        """A derivative of the sum with given coefficients, in the shape of the rows."""
        groups, *_ = self._gather(rows)
        made = sampled.evaluate(coefs, self.local(index))
        made = made.unflatten(0, [len(rows.points[g]) for g in groups])
        order = [*groups, *(g for g in range(len(rows.groups)) if g not in groups)]
        return made.permute([order.index(g) for g in range(len(order))])


def orthonormalise(shape: ShapeCurves, free: Sequence[Tensor]) -> ShapeBasis:
    """Combine products and singular functions into ones that are orthonormal on a shape.

    Products are used up to a Euclidean degree √(i² + j²), relative to the highest degree of each
    coordinate (L. N. Trefethen, *Multivariate polynomial approximation in the hypercube*, 2017).

    Args:
        free: for each coordinate, the curves that satisfy its conditions; (count, free) each.
    """
    graded = [_grade(z) for z in free]
    products, degrees = torch.ones(1, 1, dtype=torch.float64), torch.zeros(1, dtype=torch.float64)
    for z in graded:
        products = torch.kron(products, z)
        part = torch.arange(z.shape[1], dtype=torch.float64) / z.shape[1]
        degrees = (degrees.square()[:, None] + part.square()).sqrt().flatten()
    kept = degrees.argsort(stable=True)
    kept = kept[degrees[kept] < 1 - 1e-9]
    singular = len(shape.singular)
    first = torch.block_diag(torch.eye(singular, dtype=torch.float64), products[:, kept])
    first = torch.cat([first[singular:], first[:singular]])
    degrees = torch.cat([degrees.new_zeros(singular), degrees[kept]])
    points = shape.points()
    table = shape.table(points, (0,) * len(shape.axes)) * len(points) ** -0.5
    values = table @ first
    scale = values.norm(dim=0)
    told = torch.linalg.qr(values / scale, mode="r").R.diagonal().abs() > RANK
    combined, back = (first / scale)[:, told], (first * scale)[:, told].t()
    for _ in range(2):  # once more, because the first triangle is far from orthogonal
        q, r = torch.linalg.qr(table @ combined)
        combined = torch.linalg.solve_triangular(r, combined, upper=True, left=False)
        back = r @ back
    transform = q.t() * len(points) ** -0.5
    return ShapeBasis(points, combined, back, transform, degrees[told])


def _grade(free: Tensor) -> Tensor:
    """A basis of the same space with curves of increasing degree; (count, free)"""
    size = free.shape[1]
    turn = torch.linalg.qr(free[-size:].flip(0).t()).Q.flip(1)
    return free @ turn


def build_shape_space(shape: ShapeCurves, functionals: Sequence[Functional]) -> FieldSpace:
    """The functions that satisfy conditions at ends of coordinates; see :func:`build_space`."""
    inner = [f for f in functionals if f.axis in shape.axes]
    plain = build_space(shape.curves, inner)
    basis = orthonormalise(shape, [plain.free[a] for a in shape.axes])
    fixed = shape.embed(plain.lift)
    begun = apply(basis.transform @ shape.table(basis.points, (0,) * len(shape.axes)), fixed, 0)
    outer = [
        replace(f, axis=shape.place(f.axis), value=_at_nodes(shape, f))
        for f in functionals
        if f.axis not in shape.axes
    ]
    curves: list[Any] = [basis, *(shape.curves[a] for a in shape.others)]
    space = build_space(curves, outer, begun)
    lift = fixed + apply(basis.combined, space.lift - begun, 0)
    return FieldSpace((basis.combined, *space.free[1:]), lift, basis)


def _at_nodes(shape: ShapeCurves, f: Functional) -> FaceValue:
    """A condition's value on the product of the nodes in a shape with the other coordinates."""
    axes = [a for a in range(len(shape.curves)) if a != f.axis]
    along = [axes.index(a) for a in shape.axes]

    def value(points: Sequence[Tensor]) -> Tensor:
        rest = iter(points[1:])
        every = [shape.nodes[shape.axes.index(a)] if a in shape.axes else next(rest) for a in axes]
        made = f.value(every).movedim(along, list(range(len(along))))
        return made.flatten(0, len(along) - 1)[shape.inside]

    return value
