"""Gauss-Newton steps for coefficients of products of curves."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

import torch
from torch import Tensor

from edgewise._gauss_newton import Attempt, Tenfold, Trial, descend
from edgewise.equations.curves import Curves
from edgewise.equations.fields import Equation, Index
from edgewise.equations.space import FieldSpace, Rows, Sampled
from edgewise.equations.splitting import Linearised, solve_nearly

FIRST_DAMPING = 1e-8
"""Of columns of unit length, after the first step that failed."""
LARGE = 500
"""Coefficients from which on steps are found without the matrix."""
MOST_DENSE = 5000
"""Coefficients up to which the matrix is factorised where that doesn't do."""
CLOSE, EXACT = 1e-6, 1e-12
"""To these parts the gradient falls in steps of LSQR, and in the only one of linear equations."""
RANK = 1e-13
"""Columns whose part that others don't explain is smaller are damped."""


class Fitted(NamedTuple):
    """Where a descent ended.

    Attributes:
        free: the free coefficients of each field, one after another.
        cost: the sum of squares.
        steps: how many were taken.
        converged: whether a further step would change nothing that matters.
    """

    free: Tensor
    cost: float
    steps: int
    converged: bool


class Fit:
    """The residuals of an equation as a function of free coefficients and unknown constants.

    Args:
        equation: what should be 0.
        curves: of each coordinate.
        spaces: of each field.
        rows: the points.
        constants: known numbers by name.
        unknowns: names of constants by which derivatives are asked for, too.
        axis: of the coordinate along which large problems are split.
    """

    def __init__(
        self,
        equation: Equation,
        curves: Sequence[Curves],
        spaces: Mapping[str, FieldSpace],
        rows: Rows,
        constants: Mapping[str, float],
        unknowns: Sequence[str] = (),
        axis: int = 0,
    ) -> None:
        self.axis = axis
        self.equation, self.spaces, self.rows = equation, spaces, rows
        self.constants, self.unknowns = dict(constants), list(unknowns)
        axes = range(len(curves))
        orders = [max(equation.highest(a, f) for f in equation.fields) for a in axes]
        self.sampled = Sampled.make(curves, rows, orders)
        self.bare = {f: self.sampled.under(spaces[f].free) for f in equation.fields}
        self.points = {name: rows.coordinate(a) for a, name in enumerate(equation.coordinates)}
        self.sizes = [spaces[f].shape.numel() for f in equation.fields]

    def __len__(self) -> int:
        return sum(self.sizes) + len(self.unknowns)

    def coefficients(self, free: Tensor) -> dict[str, Tensor]:
        """All coefficients of each field."""
        parts = free[: sum(self.sizes)].split(self.sizes)
        fields = self.equation.fields
        return {f: self.spaces[f].coefficients(p) for f, p in zip(fields, parts, strict=True)}

    def residuals(self, free: Tensor) -> Tensor:
        """The rows; (rows,)"""
        values, _ = self._evaluate(free, False)
        return torch.cat([v.reshape(-1) for v in values])

    def operate(self, free: Tensor) -> tuple[Linearised, Tensor]:
        """The derivatives of the rows as an operator, and the rows; (rows,)"""
        values, slopes = self._differentiate(free)
        told = [{k: s for k, s in own.items() if isinstance(k, tuple)} for own in slopes]
        return Linearised(self.bare, told), torch.cat([v.reshape(-1) for v in values])

    def by_unknowns(self, free: Tensor) -> Tensor:
        """The derivatives of the rows by the unknown constants; (rows, unknowns)"""
        _, slopes = self._differentiate(free)
        zero = torch.zeros(self.rows.shape, dtype=torch.float64)
        columns = [
            torch.cat([own.get(name, zero).reshape(-1) for own in slopes]) for name in self.unknowns
        ]
        return torch.stack(columns, 1) if columns else torch.zeros(
            len(slopes) * zero.numel(), 0, dtype=torch.float64
        )  # fmt: skip

    def change(self, free: Tensor, coefs: Mapping[str, Tensor]) -> Tensor:
        """How the residuals change with all coefficients of some fields; (rows,)"""
        _, slopes = self._differentiate(free)
        made = []
        for own in slopes:
            change = torch.zeros(self.rows.shape, dtype=torch.float64)
            for key, slope in own.items():
                if isinstance(key, tuple) and key[0] in coefs:
                    change = change + slope * self.sampled.evaluate(coefs[key[0]], key[1])
            made.append(change.reshape(-1))
        return torch.cat(made)

    @cached_property
    def is_linear(self) -> bool:
        """Whether the derivatives of the rows are the same for any coefficients."""
        generator = torch.Generator().manual_seed(0)
        other = torch.randn(len(self), generator=generator, dtype=torch.float64)
        (_, one), (_, two) = self._differentiate(0 * other), self._differentiate(other)
        return all(
            a.keys() == b.keys() and all(torch.allclose(a[k], b[k], rtol=1e-12) for k in a)
            for a, b in zip(one, two, strict=True)
        )

    # Equations.

    def _differentiate(
        self, free: Tensor
    ) -> tuple[list[Tensor], list[dict[tuple[str, Index] | str, Tensor]]]:
        """Each equation's rows, and their derivatives, point by point."""
        with torch.enable_grad():
            values, leaves = self._evaluate(free, True)
            slopes = [_slopes(value, leaves) for value in values]
        return [value.detach() for value in values], slopes

    def _evaluate(
        self, free: Tensor, needs_slopes: bool
    ) -> tuple[list[Tensor], dict[tuple[str, Index] | str, Tensor]]:
        coefs, scale = self.coefficients(free), self.rows.shape.numel() ** -0.5
        leaves: dict[tuple[str, Index] | str, Tensor] = {}
        derivatives: dict[str, dict[Index, Tensor]] = {}
        for name in self.equation.fields:
            derivatives[name] = {
                index: self.sampled.evaluate(coefs[name], index).requires_grad_(needs_slopes)
                for index in self.equation.orders[name]
            }
            leaves |= {(name, index): value for index, value in derivatives[name].items()}
        constants: dict[str, Tensor | float] = dict(self.constants)
        for name, value in zip(self.unknowns, free[sum(self.sizes) :], strict=True):
            leaves[name] = value.detach().expand(self.rows.shape).clone()
            constants[name] = leaves[name].requires_grad_(needs_slopes)
        values = self.equation.evaluate(derivatives, self.points, constants)
        return [value * scale for value in values], leaves


def _slopes(
    value: Tensor, leaves: Mapping[tuple[str, Index] | str, Tensor]
) -> dict[tuple[str, Index] | str, Tensor]:
    """The derivatives of residuals, point by point, by what they are made of."""
    if not value.requires_grad:
        return {}
    found = torch.autograd.grad(
        value.sum(), list(leaves.values()), retain_graph=True, allow_unused=True
    )
    return {key: each for key, each in zip(leaves, found, strict=True) if each is not None}


def descend_fit(
    fit: Fit, start: Tensor, *, goal: float, steps: int = 30, out_of_time: Callable[[], bool]
) -> Fitted:
    """Take Gauss-Newton steps until the next one would change less than a goal.

    Args:
        fit: the problem.
        start: where to begin.
        goal: the relative change of the coefficients that doesn't matter.
        steps: at most so many.
        out_of_time: whether to stop.
    """
    descent = _Descent(fit, goal, out_of_time)
    values = fit.residuals(start)
    at = Trial(start, _finite(values))
    found, costs = descend(
        at, descent.linearise, Tenfold(0.0, FIRST_DAMPING), steps=steps, tries=18, slow=1e-6,
        patience=2,
    )  # fmt: skip
    return Fitted(found.point, found.cost, len(costs), descent.is_done())


class _Descent:
    """Steps of one fit, and how large they were."""

    def __init__(self, fit: Fit, goal: float, out_of_time: Callable[[], bool]) -> None:
        self.fit, self.goal, self.out_of_time = fit, goal, out_of_time
        self.sizes: list[float] = []
        self.linear, self.stopped, self.tried = False, False, False

    def linearise(self, at: Trial) -> Attempt | None:
        self.stopped = self.out_of_time()
        if self.stopped or self.is_done():
            return None
        self.tried = True
        solve = _Steps(self.fit, at.point)

        def attempt(damping: float) -> Trial | None:
            change = solve(damping)
            if change is None or not bool(change.isfinite().all()):
                self.stopped |= damping == 0 and change is None
                return None
            point = at.point + change
            cost = _finite(self.fit.residuals(point))
            size = float(change.norm() / point.norm().clamp(min=1e-300))
            if cost < at.cost or (damping == 0 and size < self.goal):
                self.sizes.append(size)
                self.linear = damping == 0 and self.fit.is_linear
            return Trial(point, cost) if cost < at.cost or size >= self.goal else at

        return attempt

    def is_done(self) -> bool:
        """Whether no step changes anything that matters."""
        if self.stopped or not self.sizes:
            return not self.stopped and self.tried
        before = self.sizes[-2] if len(self.sizes) > 1 else 0.01
        ratio = min(1.0, self.sizes[-1] / max(before, 1e-300))
        return self.linear or self.sizes[-1] * ratio < self.goal


class _Steps:
    """Damped steps from a point: the plain one of large problems by LSQR, all others by QR."""

    def __init__(self, fit: Fit, point: Tensor) -> None:
        self.fit = fit
        self.operator, self.values = fit.operate(point)
        self.whole: Callable[[float], Tensor] | None = None

    def __call__(self, damping: float) -> Tensor | None:
        if damping == 0 and len(self.fit) >= LARGE:
            goal = EXACT if self.fit.is_linear else CLOSE
            found = solve_nearly(self.operator, self.fit.axis, -self.values[:, None], goal)
            if found is not None:
                return found[:, 0]
        if len(self.fit) > MOST_DENSE:
            return None
        if self.whole is None:
            self.whole = _factorise(self.operator.matrix(), self.values)
        return self.whole(damping)


def solve_columns(operator: Linearised, axis: int, right: Tensor) -> Tensor:
    """The free coefficients c with min |J c - b|, for each column b; (rows, n) → (free, n)

    Args:
        operator: J.
        axis: of the coordinate along which large problems are split.
        right: b.
    """
    size = sum(shape.numel() for shape in operator.shapes.values())
    found = solve_nearly(operator, axis, right, EXACT) if size >= LARGE else None
    if found is not None:
        return found
    matrix = operator.matrix()
    scale = matrix.norm(dim=0).clamp(min=1e-300)
    q, r = torch.linalg.qr(matrix / scale)
    return torch.linalg.solve_triangular(r, q.t() @ right, upper=True) / scale[:, None]


def _finite(values: Tensor) -> float:
    cost = float(values @ values)
    return cost if cost == cost else float("inf")


def _factorise(matrix: Tensor, values: Tensor) -> Callable[[float], Tensor]:
    """Damped steps by a QR decomposition."""
    scale = matrix.norm(dim=0)
    scale = torch.where(scale > 0, scale, 1.0)
    factor = torch.linalg.qr(torch.cat([matrix / scale, values[:, None]], 1), mode="r").R
    size = matrix.shape[1]
    triangle, right = factor[:size, :size], factor[:size, size]
    diagonal = triangle.diagonal().abs()
    singular = len(diagonal) < size or float(diagonal.min()) < RANK * float(diagonal.max())

    def solve(damping: float) -> Tensor:
        if damping == 0 and not singular:
            step = torch.linalg.solve_triangular(triangle, -right[:, None], upper=True)[:, 0]
            return step / scale
        damped = max(damping, RANK**2) ** 0.5 * torch.eye(size, dtype=matrix.dtype)
        q, r = torch.linalg.qr(torch.cat([triangle, damped]))
        step = torch.linalg.solve_triangular(
            r, -(q[: len(triangle)].t() @ right)[:, None], upper=True
        )
        return step[:, 0] / scale

    return solve
