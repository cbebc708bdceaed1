"""Solve large linear problems of products of curves without their matrix.

The coefficients of the equation are averaged along one coordinate, the time if there is one. The
derivatives of the residuals then become a sum of products,

.. math:: J ≈ \\sum_k T_k ⊗ A_k, \\qquad T_k ≈ B V Λ_k V^{-1},

with T_k the k-th derivatives of the curves of that coordinate and B a sum of T_0 and the highest
T_k. In the basis V each mode has a separate problem, Σ_k λ_k A_k, of the size of the other
coordinates only. If that is still large, A_k is split in the same way. The inverses of these blocks
precondition LSQR, which then needs few steps.

Reference: Lynch, Rice and Thomas, *Direct solution of partial difference equations by tensor
product methods* (1964).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from edgewise.equations.fields import Index
from edgewise.equations.lsqr import Minimum, lsqr
from edgewise.equations.space import Rows, Sampled, apply_each

STEPS = 100
ILL = 1e10
"""Condition number of V above which it isn't used."""
MOST_BLOCK = 300
"""Size of a block above which it is split along another coordinate."""

Slopes = Sequence[Mapping[tuple[str, Index], Tensor]]
"""For each equation, its derivatives by those of the fields, in the shape of the rows."""


@dataclass(frozen=True, eq=False)
class LinearisedBlock:
    """The Jacobian J of residuals by free coefficients, as an operator.

    Attributes:
        curves: for each field, its free curves at the points.
        shapes: the shape of the free coefficients of each field.
        slopes: for each equation, its derivatives by those of the fields.
    """

    curves: Mapping[str, Sampled]
    shapes: Mapping[str, torch.Size]
    rows: Rows
    slopes: Slopes

    def of(self, fields: Iterable[str]) -> LinearisedBlock:
        """The columns of some of the fields."""
        shapes = {name: self.shapes[name] for name in fields}
        slopes = [{k: s for k, s in own.items() if k[0] in shapes} for own in self.slopes]
        return LinearisedBlock(self.curves, shapes, self.rows, slopes)

    def matrix(self) -> Tensor:
        """J as a matrix; (rows, free)"""
        lines = []
        for own in self.slopes:
            blocks = []
            for name, shape in self.shapes.items():
                told = {index: slope for (field, index), slope in own.items() if field == name}
                zero = torch.zeros(self.rows.shape.numel(), shape.numel(), dtype=torch.float64)
                blocks.append(self.curves[name].design(told) if told else zero)
            lines.append(torch.cat(blocks, 1))
        return torch.cat(lines)

    def averaged(self, axis: int) -> dict[int, LinearisedBlock]:
        """A_k by k: the average over a coordinate of the terms with its k-th derivative."""
        curves = {name: own.without(axis) for name, own in self.curves.items()}
        shapes = {n: torch.Size(_omit(shape, axis)) for n, shape in self.shapes.items()}
        group = self.rows.group_of(axis)
        made = {}
        for k in self.orders(axis):
            slopes = [
                {
                    (field, _omit(index, axis)): slope.mean(group)
                    for (field, index), slope in own.items()
                    if index[axis] == k
                }
                for own in self.slopes
            ]
            made[k] = LinearisedBlock(curves, shapes, self.rows.without(axis), slopes)
        return made

    def orders(self, axis: int) -> set[int]:
        """The orders of the derivatives along a coordinate."""
        return {index[axis] for own in self.slopes for _, index in own}

    def is_one(self, axis: int) -> bool:
        """Whether an axis is one coordinate, not several together."""
        return all(own.is_one(axis) for own in self.curves.values())

    def has_same_curves(self, axis: int) -> bool:
        """Whether all fields have the same curves along a coordinate."""
        first, *others = (self.curves[name].tables[axis] for name in self.shapes)
        return all(
            each.shape[2] == first.shape[2]
            and all(torch.equal(a, b) for a, b in zip(each, first, strict=False))
            for each in others
        )

    def apply(self, free: Tensor) -> Tensor:
        """J times free coefficients; (free,) → (rows,)"""
        parts = free.split([shape.numel() for shape in self.shapes.values()])
        coefs = {n: p.reshape(s) for (n, s), p in zip(self.shapes.items(), parts, strict=True)}
        asked = {key for own in self.slopes for key in own}
        values = {(n, i): self.curves[n].evaluate(coefs[n], i) for n, i in asked}
        made = []
        for own in self.slopes:
            total = torch.zeros(self.rows.shape, dtype=torch.float64)
            for key, slope in own.items():
                total += slope * values[key]
            made.append(total.reshape(-1))
        return torch.cat(made)

    def transposed(self, rows: Tensor) -> Tensor:
        """Jᵀ times values of the rows; (rows,) → (free,)"""
        parts = [part.reshape(self.rows.shape) for part in rows.chunk(len(self.slopes))]
        weights: dict[tuple[str, Index], Tensor] = {}
        for own, part in zip(self.slopes, parts, strict=True):
            for key, slope in own.items():
                weights[key] = weights[key] + slope * part if key in weights else slope * part
        made = []
        for name, shape in self.shapes.items():
            total = torch.zeros(shape, dtype=torch.float64)
            for (field, index), weight in weights.items():
                if field == name:
                    total += self.curves[name].gather(weight, index)
            made.append(total.reshape(-1))
        return torch.cat(made)


def _omit(numbers: tuple[int, ...], axis: int) -> tuple[int, ...]:
    return (*numbers[:axis], *numbers[axis + 1 :])


def split(parts: Sequence[LinearisedBlock], axis: int) -> Splitting | None:
    """An approximate inverse of J.

    None if the axis shares a group of points with others, has different points in different
    blocks of rows, or fields have different curves along it.
    """
    first, *others = parts
    if not all(p.rows.is_alone(axis) and p.is_one(axis) for p in parts):
        return None
    if not first.has_same_curves(axis):
        return None
    if not all(torch.equal(part.rows.along(axis), first.rows.along(axis)) for part in others):
        return None
    table = first.curves[next(iter(first.shapes))]
    modes = Modes.make(table, axis, first.orders(axis), True)
    if modes.condition >= ILL:
        return None
    made, kept = [(axis, modes)], [a for a in range(len(table.tables)) if a != axis]
    block = sum(shape.numel() // shape[axis] for shape in first.shapes.values())
    while block > MOST_BLOCK and not others and len(kept) > 1 and first.rows.is_product:
        if not all(map(first.is_one, kept)):
            break
        a = max(kept, key=lambda a: (table.repeats[a], table.tables[a].shape[2]))
        modes = Modes.make(table, a, first.orders(a), False)
        if modes.condition >= ILL or not first.has_same_curves(a):
            break
        made.append((a, modes))
        kept.remove(a)
        block //= table.tables[a].shape[2]
    return Splitting(parts, made)


def solve_nearly(
    parts: Sequence[LinearisedBlock], axis: int, right: Tensor, goal: float
) -> Minimum | None:
    """The free coefficients c with min |J c - b|, for each column b; None if J can't be split.

    Args:
        parts: the Jacobian of each block of rows.
        axis: the coordinate along which J is split.
        right: b; (rows, columns)
        goal: the relative gradient of the sum of squares at which LSQR stops.
    """
    inverse = split(parts, axis)
    if inverse is None:
        return None
    sizes = [len(part.slopes) * part.rows.shape.numel() for part in parts]

    def apply_all(free: Tensor) -> Tensor:
        return torch.cat([part.apply(free) for part in parts])

    def transpose_all(rows: Tensor) -> Tensor:
        own = zip(parts, rows.split(sizes), strict=True)
        return torch.stack([part.transposed(r) for part, r in own]).sum(0)

    made = [
        lsqr(
            lambda z: apply_all(inverse.apply(z)),
            lambda c: inverse.transposed(transpose_all(c)),
            column, goal=goal, steps=STEPS,
        )
        for column in right.t()
    ]  # fmt: skip
    columns = torch.stack([inverse.apply(found.solution) for found in made], 1)
    return Minimum(columns, max(found.gradient for found in made))


@dataclass(frozen=True, eq=False)
class Modes:
    """Combinations of the curves of one coordinate that derivatives only scale.

    Attributes:
        basis: V; (curves, modes)
        back: V⁻¹ B⁻¹; (modes, points)
        factors: λ_k by k; (modes,)
        count: the weight of each mode, 2 if its conjugate is left out.
        condition: the condition number of V.
    """

    basis: Tensor
    back: Tensor
    factors: Mapping[int, Tensor]
    count: Tensor
    condition: float

    @staticmethod
    def make(sampled: Sampled, axis: int, orders: Iterable[int], halved: bool) -> Modes:
        """The modes of a coordinate.

        Args:
            halved: whether to leave out one of two conjugate modes.
        """
        along, every = sampled.tables[axis], {*orders, 0}
        repeats = sampled.repeats[axis] and len(along) > 1
        points = sampled.rows.along(axis)
        # V is that of T_0; derivatives have the same one but for their highest curves.
        length = float(points.max() - points.min())
        base = along[0] if repeats else _combine(along, max(every), length)
        left = torch.linalg.qr(base).Q
        solved = torch.linalg.solve(left.t() @ base, left.t())
        values, basis = torch.linalg.eig(solved @ along[1 if repeats else 0])
        if repeats:  # waves: their modes are known by the factors of the first derivative
            values = torch.complex(torch.zeros_like(values.real), values.imag)
            values[values.abs() < 1e-9 * values.abs().max()] = 0.0
        back = torch.linalg.inv(basis)
        kept = (values.imag >= 0) | torch.tensor(not halved)
        count = torch.where((values.imag[kept] > 0) & torch.tensor(halved), 2.0, 1.0)
        factors = {
            k: (
                values**k
                if repeats
                else torch.diagonal(back @ (solved @ along[k]).to(torch.complex128) @ basis)
            )[kept]
            for k in every
        }
        return Modes(
            basis[:, kept],
            back[kept] @ solved.to(torch.complex128),
            factors,
            count.to(torch.complex128),
            float(basis.norm() * back.norm()),
        )


class Splitting:
    """An approximate inverse of J, from values of rows to free coefficients.

    Args:
        parts: the Jacobian of each block of rows.
        modes: the modes of each coordinate along which coefficients are averaged.
    """

    def __init__(
        self, parts: Sequence[LinearisedBlock], modes: Sequence[tuple[int, Modes]]
    ) -> None:
        self._axes = [axis for axis, _ in modes]
        self._modes = [own for _, own in modes]
        self._shapes = parts[0].shapes
        self._parts = [(len(part.slopes), part.rows.shape) for part in parts]
        # Dimensions of residuals, of which the first is that of equations.
        self._groups = [[1 + part.rows.group_of(axis) for axis in self._axes] for part in parts]
        blocks = torch.cat([_make_blocks(part, modes) for part in parts], 1)
        self._inverses = _invert(blocks)
        count = torch.ones(1, dtype=torch.complex128)
        for own in self._modes:
            count = (count[:, None] * own.count).reshape(-1)
        self._count = count[:, None]

    def apply(self, rows: Tensor) -> Tensor:
        """(rows,) → (free,)"""
        sizes = [equations * shape.numel() for equations, shape in self._parts]
        blocks = []
        for own, groups, (equations, shape) in zip(
            rows.split(sizes), self._groups, self._parts, strict=True
        ):
            values = own.reshape(equations, *shape).to(torch.complex128)
            made = apply_each([modes.back for modes in self._modes], values, groups)
            blocks.append(_to_front(made, groups))
        inner = (self._inverses @ torch.cat(blocks, 1)[..., None])[..., 0] * self._count
        return self._from_modes(inner)

    def transposed(self, free: Tensor) -> Tensor:
        """(free,) → (rows,)"""
        inner = (self._inverses.mT @ self._to_modes(free)[..., None])[..., 0] * self._count
        made, place = [], 0
        for groups, (equations, shape) in zip(self._groups, self._parts, strict=True):
            front = [own.basis.shape[1] for own in self._modes]
            others = [n for g, n in enumerate(shape, 1) if g not in groups]
            size = equations * math.prod(others)
            block = inner[:, place : place + size].reshape(*front, equations, *others)
            block = block.movedim(list(range(len(front))), groups)
            values = apply_each([modes.back.t() for modes in self._modes], block, groups)
            made.append(values.real.reshape(-1))
            place += size
        return torch.cat(made)

    def _to_modes(self, free: Tensor) -> Tensor:
        """Vᵀ times free coefficients; (free,) → (modes, all else)"""
        made, bases = [], [modes.basis.t() for modes in self._modes]
        parts = free.split([shape.numel() for shape in self._shapes.values()])
        for part, shape in zip(parts, self._shapes.values(), strict=True):
            own = part.reshape(shape).to(torch.complex128)
            made.append(_to_front(apply_each(bases, own, self._axes), self._axes))
        return torch.cat(made, 1)

    def _from_modes(self, inner: Tensor) -> Tensor:
        """V times values of modes; (modes, all else) → (free,)"""
        front, made = [own.basis.shape[1] for own in self._modes], []
        others = [
            [n for a, n in enumerate(shape) if a not in self._axes]
            for shape in self._shapes.values()
        ]
        for part, rest in zip(inner.split([math.prod(o) for o in others], 1), others, strict=True):
            own = part.reshape(*front, *rest).movedim(list(range(len(front))), self._axes)
            values = apply_each([modes.basis for modes in self._modes], own, self._axes)
            made.append(values.real.reshape(-1))
        return torch.cat(made)


def _to_front(values: Tensor, axes: Sequence[int]) -> Tensor:
    """Move some dimensions to the front, flattened, and flatten all others."""
    made = values.movedim(list(axes), list(range(len(axes))))
    return made.reshape(math.prod(made.shape[: len(axes)]), -1)


def _make_blocks(part: LinearisedBlock, modes: Sequence[tuple[int, Modes]]) -> Tensor:
    """Σ λ_k A_k for each mode; (modes, rows, free)"""
    (axis, own), *rest = modes
    inner = [(a - (a > axis), each) for a, each in rest]
    made = torch.zeros((), dtype=torch.complex128)
    for k, average in part.averaged(axis).items():
        if inner:
            block = _make_blocks(average, inner)
        else:
            block = average.matrix()[None].to(torch.complex128)
        made = made + own.factors[k][:, None, None, None] * block
    return made.flatten(0, 1)


def _combine(along: Tensor, order: int, length: float) -> Tensor:
    """T_k plus a small multiple of T_0, with the sign that keeps the sum invertible."""
    sign = -1.0 if order % 4 == 2 else 1.0
    return along[order] + along[0] * (sign / length**order)


def _invert(blocks: Tensor) -> Tensor:
    """The pseudo-inverses of matrices of full rank; (…, rows, columns) → (…, columns, rows)"""
    scale = blocks.norm(dim=-2).clamp(min=1e-300)
    q, r = torch.linalg.qr(blocks / scale[..., None, :])
    return torch.linalg.solve_triangular(r, q.mH, upper=True) / scale[..., None]
