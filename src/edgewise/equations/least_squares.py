"""`EquationFit`: an equation's residuals, and their derivatives, as functions of coefficients."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

import torch
from torch import Tensor

from edgewise.equations.chebyshev_curves import Curves
from edgewise.equations.dense_steps import LARGE
from edgewise.equations.fields import Index
from edgewise.equations.parts import Part
from edgewise.equations.problem import EquationProblem
from edgewise.equations.space import FieldSpace, Rows, Sampled
from edgewise.equations.splitting import LinearisedBlock

MOST_DENSE, MOST_DENSE_OF_TIME = 5000, 1500
"""Most coefficients for which the matrix is factorised if the iteration fails; the second limit is
for windows of time, where a shorter window is the alternative."""
PROBES = 20
"""Random vectors by which the size of a large matrix is measured."""
SMALL = 1e-9
"""The least size of the derivatives of a residual that it is divided by, relative to others."""

K = TypeVar("K")
Key = tuple[str, Index] | str
"""A derivative of a field, or an unknown constant."""
Evaluated = tuple[list[Tensor], dict[Key, Tensor]]
"""Residuals, and what they are differentiated by."""


class EquationFit:
    """The residuals of an equation as a function of free coefficients and unknown constants.

    Args:
        problem: the equation with its conditions. Those that don't hold by construction are
            residuals, too.
        curves: the curves of each coordinate.
        spaces: the function space of each field.
        base: fields to which the fitted ones are added.

    Attributes:
        axis: the coordinate along which large problems are split.
        most_dense: the number of coefficients up to which a matrix that could be split is
            factorised.
    """

    def __init__(
        self,
        problem: EquationProblem,
        curves: Sequence[Curves],
        spaces: Mapping[str, FieldSpace],
        base: Part | None = None,
    ) -> None:
        equation = self.equation = problem.equation
        self.curves, self.spaces, self._base = tuple(curves), spaces, base
        self.shape_curves, self.unknowns = problem.shape_curves(curves), problem.unknowns
        self.axis, self._constants = self._choose_axis(problem.time), problem.constants
        self.most_dense = MOST_DENSE if problem.time is None else MOST_DENSE_OF_TIME
        self.blocks = [
            self._block(equation.evaluate, equation.orders, problem.inner(curves)),
            *(
                self._block(border.residuals, border.orders, rows)
                for border, rows in problem.border_rows(curves)
            ),
        ]
        self.sizes = [spaces[f].shape.numel() for f in equation.fields]
        self._last: tuple[Tensor, list[Evaluated]] | None = None
        self.is_split = True  # until a matrix had to be factorised
        if problem.jumps:
            self._even()
        self._balance()

    def _choose_axis(self, time: int | None) -> int:
        """The time, or the coordinate with the most curves, in the solver's coordinates."""
        counts, shape = [c.count for c in self.curves], self.shape_curves
        axis = counts.index(max(counts)) if time is None else time
        if shape is None:
            return axis
        return 0 if axis in shape.axes else shape.place(axis)

    def _block(
        self,
        function: Callable[..., list[Tensor]],
        orders: Mapping[str, Sequence[Index]],
        rows: Rows,
    ) -> Block:
        every = [index for own in orders.values() for index in own]
        if self.shape_curves is None:
            highest = [max(each) for each in zip(*every, strict=True)]
            sampled = Sampled.make(self.curves, rows, highest)
        else:
            sampled = self.shape_curves.sample(rows, every)
        points = rows.named(self.equation.coordinates)
        bare = {name: sampled.under(self.spaces[name].free) for name in orders}
        base: Mapping[str, Mapping[Index, Tensor | float]] = (
            {name: dict.fromkeys(own, 0.0) for name, own in orders.items()}
            if self._base is None
            else self._base.derivatives(orders, rows)
        )
        return Block(function, orders, rows, points, sampled, bare, base)

    def __len__(self) -> int:
        return sum(self.sizes) + len(self.unknowns)

    def coefficients(self, free: Tensor) -> dict[str, Tensor]:
        """All coefficients of each field."""
        parts = free[: sum(self.sizes)].split(self.sizes)
        fields = self.equation.fields
        return {f: self.spaces[f].coefficients(p) for f, p in zip(fields, parts, strict=True)}

    def residuals(self, free: Tensor) -> Tensor:
        """All residuals; (rows,)"""
        self._last = free, [self._evaluate(block, free) for block in self.blocks]
        return torch.cat([v.detach().reshape(-1) for values, _ in self._last[1] for v in values])

    def linearise(self, free: Tensor) -> tuple[list[LinearisedBlock], Tensor]:
        """The derivatives of the residuals of each block, and all residuals; (rows,)"""
        made, values = [], []
        for block, own, slopes in self._differentiate(free):
            told = [
                {(k[0], self.local(k[1])): s for k, s in each.items() if isinstance(k, tuple)}
                for each in slopes
            ]
            made.append(LinearisedBlock(block.bare, self._shapes, block.sampled.rows, told))
            values += [value.reshape(-1) for value in own]
        return made, torch.cat(values)

    def by_unknowns(self, free: Tensor) -> Tensor:
        """The derivatives of the residuals by the unknown constants; (rows, unknowns)"""
        made = []
        for _, values, slopes in self._differentiate(free):
            for value, own in zip(values, slopes, strict=True):
                columns = torch.zeros(value.numel(), len(self.unknowns), dtype=torch.float64)
                for k, name in enumerate(self.unknowns):
                    if name in own:
                        columns[:, k] = own[name].reshape(-1)
                made.append(columns)
        return torch.cat(made)

    def change(self, free: Tensor, coefs: Mapping[str, Tensor]) -> Tensor:
        """The derivative of the residuals in the direction of coefficients; (rows,)"""
        made = []
        for block, _, slopes in self._differentiate(free):
            for own in slopes:
                change = torch.zeros(block.rows.shape, dtype=torch.float64)
                for key, slope in own.items():
                    if isinstance(key, tuple) and key[0] in coefs:
                        change = change + slope * block.sampled.evaluate(
                            coefs[key[0]], self.local(key[1])
                        )
                made.append(change.reshape(-1))
        return torch.cat(made)

    @cached_property
    def is_linear(self) -> bool:
        """Whether the residuals are linear in the coefficients."""
        generator = torch.Generator().manual_seed(0)
        other = torch.randn(len(self), generator=generator, dtype=torch.float64)
        both = zip(self._differentiate(0 * other), self._differentiate(other), strict=True)
        return all(
            a.keys() == b.keys() and all(torch.allclose(a[k], b[k], rtol=1e-12) for k in a)
            for (_, _, one), (_, _, two) in both
            for a, b in zip(one, two, strict=True)
        )

    def local(self, index: Index) -> Any:
        """The index of a derivative of what coefficients belong to."""
        return index if self.shape_curves is None else self.shape_curves.local(index)

    # Equations.

    @property
    def _shapes(self) -> dict[str, torch.Size]:
        return {name: self.spaces[name].shape for name in self.equation.fields}

    def _differentiate(
        self, free: Tensor
    ) -> Iterator[tuple[Block, list[Tensor], list[dict[Key, Tensor]]]]:
        """For each block its residuals, and their derivatives by fields and their derivatives."""
        known = self._last[1] if self._last is not None and self._last[0] is free else None
        for k, block in enumerate(self.blocks):
            values, leaves = known[k] if known else self._evaluate(block, free)
            slopes = [differentiate(value, leaves) for value in values]
            yield block, [value.detach() for value in values], slopes

    @property
    def _begin(self) -> Tensor:
        """The coefficients of the lifts, and first guesses; (free,)"""
        begin = [0.0] * sum(self.sizes) + list(self.unknowns.values())
        return torch.tensor(begin, dtype=torch.float64)

    def _even(self) -> None:
        """Divide residuals of the equation by the size of their derivatives by coefficients.

        Where a solution isn't smooth, they are then as large as the error that curves can't avoid
        there, and not larger by the square of the number of curves.
        """
        block, _, slopes = next(self._differentiate(self._begin))
        squares = torch.zeros(len(slopes), *block.rows.shape, dtype=torch.float64)
        for total, own in zip(squares, slopes, strict=True):
            for key, slope in own.items():
                if isinstance(key, tuple):
                    total += slope.square() * block.bare[key[0]].squares(self.local(key[1]))
        middle = float(squares.median().sqrt())
        block.even = middle / squares.sqrt().clamp(min=SMALL * middle)

    def _balance(self) -> None:
        """Scale borders so that their derivatives are as large as those of the equation."""
        if len(self.blocks) == 1:
            return
        made, _ = self.linearise(self._begin)
        inside, *borders = map(_measure, made)
        for block, size in zip(self.blocks[1:], borders, strict=True):
            block.weight = max((inside / max(size, 1e-300)) ** 0.5, 1e-300)

    @torch.enable_grad()
    def _evaluate(self, block: Block, free: Tensor) -> Evaluated:
        coefs, scale = self.coefficients(free), block.weight * block.rows.shape.numel() ** -0.5
        leaves: dict[Key, Tensor] = {}
        derivatives: dict[str, dict[Index, Tensor]] = {}
        for name, indices in block.orders.items():
            derivatives[name] = {
                index: (
                    block.sampled.evaluate(coefs[name], self.local(index)) + block.base[name][index]
                )
                .detach().requires_grad_()
                for index in indices
            }  # fmt: skip
            leaves |= {(name, index): value for index, value in derivatives[name].items()}
        constants: dict[str, Any] = dict(self._constants)
        for name, value in zip(self.unknowns, free[sum(self.sizes) :], strict=True):
            leaves[name] = value.detach().expand(block.rows.shape).clone()
            constants[name] = leaves[name].requires_grad_()
        values = block.function(derivatives, block.points, constants)
        if block.even is not None:
            values = [value * even for value, even in zip(values, block.even, strict=True)]
        return [value * scale for value in values], leaves


@dataclass(eq=False)
class Block:
    """The residuals of the equation, or of a condition on a border, at points.

    Attributes:
        function: (derivatives, points, constants) → list of residuals.
        orders: for each field the derivatives that the function takes.
        rows, points: the points, as rows and by name.
        sampled: the curves at the points.
        bare: for each field the curves that satisfy its conditions, at the points.
        base: for each field and derivative the values to add.
        weight: the weight of these residuals.
        even: the weight of each equation at each point, (equations, …) in the shape of the rows.
    """

    function: Callable[..., list[Tensor]]
    orders: Mapping[str, Sequence[Index]]
    rows: Rows
    points: Mapping[str, Tensor]
    sampled: Sampled
    bare: Mapping[str, Sampled]
    base: Mapping[str, Mapping[Index, Tensor | float]]
    weight: float = 1.0
    even: Tensor | None = None


def _measure(part: LinearisedBlock) -> float:
    """The sum of squares of a matrix, of a large one by what it makes of random signs."""
    size = sum(shape.numel() for shape in part.shapes.values())
    if size < LARGE:
        return float(part.matrix().square().sum())
    generator = torch.Generator().manual_seed(0)
    signs = torch.randint(0, 2, (PROBES, size), generator=generator).double() * 2 - 1
    return sum(float(part.apply(own).square().sum()) for own in signs) / PROBES


@torch.enable_grad()
def differentiate(value: Tensor, leaves: Mapping[K, Tensor]) -> dict[K, Tensor]:
    """The pointwise derivatives of a residual by leaves of its graph; only those it depends on."""
    if not value.requires_grad:
        return {}
    found = torch.autograd.grad(
        value.sum(), list(leaves.values()), retain_graph=True, allow_unused=True
    )
    return {key: each for key, each in zip(leaves, found, strict=True) if each is not None}
