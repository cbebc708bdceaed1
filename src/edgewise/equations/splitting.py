"""Large linear problems of products of curves, solved without their matrix.

Along one coordinate, the time if there is one, coefficients of an equation are averaged. What is
left of the derivatives of its residuals is a sum of products,

.. math:: J ≈ \\sum_k T_k ⊗ A_k, \\qquad T_k ≈ B V Λ_k V^{-1},

T_k the k-th derivatives of the curves of that coordinate, B a sum of T_0 and the highest one. In
the basis V each curve has a problem of its own, Σ_k λ_k A_k, that is as large as the other
coordinates only. The inverse of all of them together is nearly that of J, and LSQR needs few steps
for the rest.

Reference: Lynch, Rice and Thomas, *Direct solution of partial difference equations by tensor
product methods* (1964); Paige and Saunders, *LSQR* (1982).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import torch
from torch import Tensor

from edgewise.equations.fields import Index
from edgewise.equations.space import Rows, Sampled

STEPS = 100
ILL = 1e10
"""Condition of a basis V from which on curves aren't taken apart by it."""

Slopes = Sequence[Mapping[tuple[str, Index], Tensor]]
"""Of each equation its derivatives by those of the fields; of the shape of the rows."""


@dataclass(frozen=True, eq=False)
class Linearised:
    """The derivatives of residuals by free coefficients, as an operator.

    Attributes:
        curves: of the fields that are asked for those that are free, at the points.
        shapes: of the free coefficients of each field.
        rows: the points.
        slopes: of each equation, by the derivatives of fields.
    """

    curves: Mapping[str, Sampled]
    shapes: Mapping[str, torch.Size]
    rows: Rows
    slopes: Slopes

    def of(self, fields: Iterable[str]) -> Linearised:
        """The derivatives by some of the fields."""
        shapes = {name: self.shapes[name] for name in fields}
        slopes = [{k: s for k, s in own.items() if k[0] in shapes} for own in self.slopes]
        return Linearised(self.curves, shapes, self.rows, slopes)

    def matrix(self) -> Tensor:
        """J; (rows, free)"""
        lines = []
        for own in self.slopes:
            blocks = []
            for name, shape in self.shapes.items():
                told = {index: slope for (field, index), slope in own.items() if field == name}
                zero = torch.zeros(self.rows.shape.numel(), shape.numel(), dtype=torch.float64)
                blocks.append(self.curves[name].design(told) if told else zero)
            lines.append(torch.cat(blocks, 1))
        return torch.cat(lines)

    def averaged(self, axis: int) -> dict[int, Linearised]:
        """A_k by k: the same at the other coordinates, of the k-th derivative along one of them."""
        curves = {name: own.without(axis) for name, own in self.curves.items()}
        shapes = {n: torch.Size(_omit(shape, axis)) for n, shape in self.shapes.items()}
        rows = next(iter(curves.values())).rows
        orders = {index[axis] for own in self.slopes for _, index in own}
        made = {}
        for k in orders:
            slopes = [
                {
                    (field, _omit(index, axis)): slope.mean(axis)
                    for (field, index), slope in own.items()
                    if index[axis] == k
                }
                for own in self.slopes
            ]
            made[k] = Linearised(curves, shapes, rows, slopes)
        return made

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
        """Jᵀ times numbers of the rows; (rows,) → (free,)"""
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


def split(linearised: Linearised, axis: int) -> Splitting | None:
    """Nearly the inverse of J.

    None if points aren't a product, or fields have different curves along the axis.
    """
    if not linearised.rows.is_product:
        return None
    first, *others = (linearised.curves[name].tables[axis] for name in linearised.shapes)
    if any(each.shape[2] != first.shape[2] for each in others):
        return None
    if not all(torch.equal(a, b) for each in others for a, b in zip(each, first, strict=False)):
        return None
    made = Splitting(linearised, axis)
    return made if made.condition < ILL else None


def solve_nearly(
    parts: Sequence[Linearised], axis: int, right: Tensor, goal: float
) -> Minimum | None:
    """The free coefficients c with min |J c - b|, for each column b; None if J can't be split.

    Args:
        parts: J, of each block of rows; of several nothing is split.
        axis: of the coordinate along which it is split.
        right: b; (rows, columns)
        goal: the part to which the gradient of the sum of squares falls, if it does in time.
    """
    whole, *borders = parts
    inverse = None if borders else split(whole, axis)
    if inverse is None:
        return None
    made = [
        lsqr(
            lambda z: whole.apply(inverse.apply(z)),
            lambda c: inverse.transposed(whole.transposed(c)),
            column, goal=goal, steps=STEPS,
        )
        for column in right.t()
    ]  # fmt: skip
    columns = torch.stack([inverse.apply(found.solution) for found in made], 1)
    return Minimum(columns, max(found.gradient for found in made))


class Splitting:
    """Nearly the inverse of J: numbers of rows → free coefficients.

    Args:
        linearised: J.
        axis: of the coordinate along which coefficients are averaged.

    Attributes:
        condition: of the basis V.
    """

    def __init__(self, linearised: Linearised, axis: int) -> None:
        self._axis = axis
        self._shapes = linearised.shapes
        self._rows = linearised.rows.shape
        self._equations = len(linearised.slopes)
        along = linearised.curves[next(iter(linearised.shapes))].tables[axis]
        points = linearised.rows.along(axis)
        orders = {i[axis] for own in linearised.slopes for _, i in own}
        base = _combine(along, max(orders), float(points.max() - points.min()))
        left = torch.linalg.qr(base).Q
        # V is that of T_0; derivatives have the same one but for their highest curves.
        solved = torch.linalg.solve(left.t() @ base, left.t())
        ratios = {k: solved @ along[k] for k in orders | {0}}
        values, basis = torch.linalg.eig(ratios[0])
        back = torch.linalg.inv(basis)
        self.condition = float(basis.norm() * back.norm())
        kept = values.imag >= 0
        self._count = torch.where(values.imag[kept] > 0, 2.0, 1.0).to(torch.complex128)
        self._basis = basis[:, kept]
        self._back = back[kept] @ solved.to(torch.complex128)
        factors = {
            k: torch.diagonal(back @ each.to(torch.complex128) @ basis)[kept]
            for k, each in ratios.items()
        }
        blocks = {k: each.matrix() for k, each in linearised.averaged(axis).items()}
        self._inverses = torch.stack(
            [
                _invert(torch.stack([factors[k][j] * block for k, block in blocks.items()]).sum(0))
                for j in range(int(kept.sum()))
            ]
        )

    def apply(self, rows: Tensor) -> Tensor:
        """(rows,) → (free,)"""
        parts = rows.reshape(self._equations, *self._rows).movedim(self._axis + 1, 0)
        parts = self._back @ parts.reshape(len(parts), -1).to(torch.complex128)
        inner = torch.einsum("kmr,kr->km", self._inverses, parts) * self._count[:, None]
        made = (self._basis @ inner).real
        return self._from_columns(made)

    def transposed(self, free: Tensor) -> Tensor:
        """(free,) → (rows,)"""
        inner = self._basis.t() @ self._to_columns(free).to(torch.complex128)
        parts = torch.einsum("kmr,km->kr", self._inverses, inner) * self._count[:, None]
        rows = (self._back.t() @ parts).real
        others = [n for a, n in enumerate(self._rows) if a != self._axis]
        made = rows.reshape(len(rows), self._equations, *others).movedim(0, self._axis + 1)
        return made.reshape(-1)

    def _to_columns(self, free: Tensor) -> Tensor:
        """(free,) → (curves of the axis, all else)"""
        parts = free.split([shape.numel() for shape in self._shapes.values()])
        return torch.cat([
            part.reshape(shape).movedim(self._axis, 0).reshape(shape[self._axis], -1)
            for part, shape in zip(parts, self._shapes.values(), strict=True)
        ], 1)  # fmt: skip

    def _from_columns(self, columns: Tensor) -> Tensor:
        sizes = [shape.numel() // shape[self._axis] for shape in self._shapes.values()]
        made = []
        for part, shape in zip(columns.split(sizes, 1), self._shapes.values(), strict=True):
            others = [n for a, n in enumerate(shape) if a != self._axis]
            part = part.reshape(shape[self._axis], *others).movedim(0, self._axis)
            made.append(part.reshape(-1))
        return torch.cat(made)


def _combine(along: Tensor, order: int, length: float) -> Tensor:
    """T_k and a little of T_0, with the sign by which no curve vanishes under both."""
    sign = -1.0 if order % 4 == 2 else 1.0
    return along[order] + along[0] * (sign / length**order)


def _invert(block: Tensor) -> Tensor:
    """The pseudo-inverse of a matrix of full rank; (rows, columns) → (columns, rows)"""
    scale = block.norm(dim=0).clamp(min=1e-300)
    q, r = torch.linalg.qr(block / scale)
    return torch.linalg.solve_triangular(r, q.mH, upper=True) / scale[:, None]


class Minimum(NamedTuple):
    """What LSQR found.

    Attributes:
        solution: nearly z with min |A z - b|.
        gradient: |Aᵀ(A z - b)| relative to its first value.
    """

    solution: Tensor
    gradient: float


def lsqr(
    apply: Callable[[Tensor], Tensor],
    transposed: Callable[[Tensor], Tensor],
    right: Tensor,
    *,
    goal: float,
    steps: int,
) -> Minimum:
    """min |A z - b| by bidiagonalisation (Paige and Saunders, 1982)."""
    beta = float(right.norm())
    u = right / max(beta, 1e-300)
    v = transposed(u)
    alpha = float(v.norm())
    v = v / max(alpha, 1e-300)
    w, z = v.clone(), torch.zeros_like(v)
    phi, rho = beta, alpha
    first = max(alpha * beta, 1e-300)
    gradient = 1.0
    for _ in range(steps):
        u = apply(v) - alpha * u
        beta = float(u.norm())
        u = u / max(beta, 1e-300)
        v = transposed(u) - beta * v
        alpha = float(v.norm())
        v = v / max(alpha, 1e-300)
        length = math.hypot(rho, beta)
        if length == 0:
            break
        c, s = rho / length, beta / length
        theta, rho = s * alpha, -c * alpha
        z = z + (c * phi / length) * w
        w = v - (theta / length) * w
        gradient = s * phi * alpha * abs(c) / first
        phi = s * phi
        if gradient <= goal:
            break
    return Minimum(z, gradient)
