"""B-splines on even knots, differentiated any number of times.

A differential equation asks for several derivatives at the same points. To differentiate the
recursion of Cox and de Boor over and over takes several times as long as to evaluate the one
polynomial per cell that every derivative is.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import torch
from torch import Tensor

from edgewise._autocast import set_aside
from edgewise._tensors import is_transformed


def has_own_graph(z: Tensor, knots: Tensor) -> bool:
    """Whether autograd, and it alone, will ask for derivatives, and for those of z alone."""
    if torch.compiler.is_compiling() or torch.jit.is_tracing():  # type: ignore[attr-defined]
        return False
    if is_transformed():
        return False
    return torch.is_grad_enabled() and z.requires_grad and not knots.requires_grad


def evaluate(z: Tensor, knots: Tensor, degree: int, order: int = 0) -> Tensor:
    """The derivatives of that order of all B-splines of that degree on even knots.

    In a cell of width h, at its fraction u, they are Σ_p P_rp u^p / h^order for the ``degree`` + 1
    functions r that don't vanish there; see :func:`pieces`.

    Shape:
        z: (*, in), knots: (n + 1,) → (*, in, n - degree)
    """
    at, cells = z.detach().contiguous(), len(knots) - 1
    width = (knots[-1] - knots[0]) / cells
    cell, powers = _place(at, knots, degree, width)
    steps = torch.arange(degree + 1, device=z.device)
    values: Tensor = _Cardinal.apply(z, powers, cell[..., None] + steps, width, cells, order)
    return values


def derivatives(z: Tensor, knots: Tensor, degree: int, order: int) -> Tensor:
    """All B-splines of that degree on even knots and their derivatives up to an order.

    Shape:
        z: (*, in), knots: (n + 1,) → (order + 1, *, in, n - degree)
    """
    cells = len(knots) - 1
    width = (knots[-1] - knots[0]) / cells
    cell, powers = _place(z, knots, degree, width)
    every = torch.stack(
        [
            torch.tensor(pieces(degree, k), device=z.device, dtype=z.dtype) / width**k
            for k in range(order + 1)
        ]
    )
    shape = (order + 1, *(1 for _ in z.shape), 1)
    dense = (0 * z)[..., None].expand(*z.shape, cells + degree).repeat(*shape[:1], *shape[1:])
    steps = torch.arange(degree + 1, device=z.device)
    index = (cell[..., None] + steps).expand(order + 1, *z.shape, degree + 1)
    values = powers @ every.reshape(order + 1, *(1 for _ in z.shape[:-1]), *every.shape[1:])
    return dense.scatter_(-1, index, values)[..., degree:cells]


def _place(z: Tensor, knots: Tensor, degree: int, width: Tensor) -> tuple[Tensor, Tensor]:
    """The cell of each z, and the powers of its place in there; 0 beyond the knots.

    Shape:
        (*, in), (*, in, degree + 1)
    """
    cell = (torch.searchsorted(knots, z, right=True) - 1).clamp_(0, len(knots) - 2)
    inside = (z >= knots[0]) & (z < knots[-1]) | z.isnan()
    place = ((z - knots[cell]) / width).clamp(0, 1)
    steps = torch.arange(degree + 1, device=z.device)
    return cell, place[..., None] ** steps * inside[..., None]


class _Cardinal(torch.autograd.Function):
    """What :func:`evaluate` returns; its slopes are the derivatives of the next order."""

    @staticmethod
    def forward(
        ctx: Any, z: Tensor, powers: Tensor, index: Tensor, width: Tensor, cells: int, order: int
    ) -> Tensor:
        ctx.save_for_backward(z, powers, index, width)
        ctx.cells, ctx.order = cells, order
        degree = powers.shape[-1] - 1
        polynomials = torch.tensor(pieces(degree, order), device=z.device, dtype=z.dtype)
        dense = (0 * z)[..., None].repeat(*(1 for _ in z.shape), cells + degree)  # keeps NaN
        with set_aside(z):  # autograd gets here within whatever context its user is in
            dense.scatter_(-1, index, powers @ (polynomials / width**order))
        return dense[..., degree:cells]

    @staticmethod
    def backward(ctx: Any, *grads: Tensor) -> tuple[Tensor | None, ...]:
        z, *others = ctx.saved_tensors
        slopes = _Cardinal.apply(z, *others, ctx.cells, ctx.order + 1)
        return (grads[0] * slopes).sum(-1), None, None, None, None, None


@cache
def pieces(degree: int, order: int) -> tuple[tuple[float, ...], ...]:
    """P: row p has the factors of u^p, column r those of the function that ends r cells later.

    By the recursion on knots 0, 1, 2, …, whose piece i of degree k is
    p_ki(u) = [(u + i) p_{k-1,i}(u) + (k + 1 - u - i) p_{k-1,i-1}(u)] / k.
    """
    rows = [[1.0]]
    for k in range(1, degree + 1):
        below = [[0.0] * k, *rows, [0.0] * k]
        rows = [
            [
                (a * i + before + b * (k + 1 - i) - old) / k
                for a, before, b, old in zip(
                    [*below[i + 1], 0], [0, *below[i + 1]], [*below[i], 0], [0, *below[i]],
                    strict=True,
                )
            ]
            for i in range(k + 1)
        ]  # fmt: skip
    for _ in range(order):
        rows = [[p * row[p] for p in range(1, len(row))] + [0.0] for row in rows]
    return tuple(zip(*rows[::-1], strict=True))
