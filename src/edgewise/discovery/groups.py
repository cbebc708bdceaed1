"""Rows of several groups, one form with numbers of each group's own, and how it is fitted."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from edgewise._gauss_newton import Attempt, Tenfold, Trial, descend
from edgewise.formula.data import Data, data_bits, number_bits, tree_bits
from edgewise.formula.exactness import SAVED, leaves_rounding, plain_bits, written_bits
from edgewise.formula.expression import Apply, Expression, Number, Power, Product, Sum
from edgewise.formula.forms import form_of
from edgewise.formula.program import Program

Array = NDArray[np.float64]

STALLED = 1e8
"""The damping at which a group's numbers no longer move."""


@dataclass(frozen=True, eq=False)
class Groups:
    """Rows of several groups, those of each group side by side.

    Attributes:
        starts: the place of each group's first row, and the number of rows.
        labels: what the groups are called.

    Shape:
        x: (rows, in); y, weight: (rows,)
    """

    x: Array
    y: Array
    weight: Array | None
    starts: NDArray[np.int64]
    labels: Sequence[Any]

    @classmethod
    def of(cls, x: Array, y: Array, weight: Array | None, group: NDArray[Any]) -> Groups:
        """Rows sorted by group; the groups are in the order of their labels."""
        labels, place = np.unique(group, return_inverse=True)
        order = np.argsort(place.reshape(-1), kind="stable")
        starts = np.r_[0, np.cumsum(np.bincount(place.reshape(-1)))]
        weight = None if weight is None else weight[order]
        return cls(x[order], y[order], weight, starts, labels.tolist())

    @property
    def count(self) -> int:
        """How many groups there are."""
        return len(self.labels)

    @cached_property
    def rows(self) -> NDArray[np.int64]:
        """How many rows each group has."""
        return np.diff(self.starts)

    @cached_property
    def place(self) -> NDArray[np.int64]:
        """Which group each row belongs to."""
        return np.repeat(np.arange(self.count), self.rows)

    @cached_property
    def data(self) -> list[Data]:
        """The rows of each group."""
        sides = zip(self.starts[:-1], self.starts[1:], strict=True)
        return [
            Data.of(self.x[a:b], self.y[a:b], None if self.weight is None else self.weight[a:b])
            for a, b in sides
        ]

    @cached_property
    def variance(self) -> Array:
        """The variance of y in each group."""
        return np.array([d.variance for d in self.data])

    @cached_property
    def floor(self) -> Array:
        """The FVU below which y itself isn't known, in each group."""
        return np.array([d.floor for d in self.data])

    @cached_property
    def root(self) -> Array:
        """The roots of the weights, which have mean 1 in each group."""
        weight = np.ones(len(self.y)) if self.weight is None else self.weight
        return np.sqrt(weight * (self.rows / self.sum(weight))[self.place])

    def sum(self, values: Array) -> Array:
        """The sums of values in each group; (rows, …) → (groups, …)"""
        return np.add.reduceat(values, self.starts[:-1], axis=0)

    def some_rows(self, most: int, seed: int) -> Groups:
        """The same groups with at most so many rows in each."""
        if self.rows.max() <= most:
            return self
        generator = np.random.default_rng([seed, 11])
        kept = np.concatenate(
            [
                np.sort(a + generator.permutation(b - a)[:most])
                for a, b in zip(self.starts[:-1], self.starts[1:], strict=True)
            ]
        )
        weight = None if self.weight is None else self.weight[kept]
        starts = np.r_[0, np.cumsum(np.minimum(self.rows, most))]
        return Groups(self.x[kept], self.y[kept], weight, starts, self.labels)


@dataclass(frozen=True, eq=False)
class Form:
    """A formula with numbers of each group's own.

    Attributes:
        tree: the formula.
        numbers: the values of its numbers in each group.
        common: the places of the free numbers that are equal in all groups.
        fvu: what it leaves in each group.
        bits: the length of the tree with all its numbers.
        length: of the description of all rows.
        source: how it was found.

    Shape:
        numbers: (groups, numbers); fvu: (groups,)
    """

    tree: Expression
    numbers: Array
    common: frozenset[int]
    fvu: Array = field(repr=False)
    bits: float
    length: float
    source: str = ""

    @cached_property
    def program(self) -> Program:
        return Program(self.tree)

    @property
    def own(self) -> list[int]:
        """The places of the numbers that each group has of its own."""
        return [k for k in self.program.free if k not in self.common]

    def trees(self) -> list[Expression]:
        """The formula of each group."""
        old = self.tree.numbers()
        return [
            self.tree.with_numbers(
                [
                    n if n.exact is not None else Number(float(v))
                    for n, v in zip(old, row, strict=True)
                ]
            )
            for row in self.numbers
        ]

    def loosen(self) -> Form:
        """The form with all its free numbers each group's own."""
        return replace(self, common=frozenset())

    def is_exact(self, groups: Groups) -> bool:
        """Whether it leaves rounding only in every group, and compresses all of them together.

        See :mod:`edgewise.formula.exactness`.
        """
        free = len(self.program.free)
        limits = zip(self.fvu.tolist(), groups.floor.tolist(), strict=True)
        if not all(leaves_rounding(fvu, free, floor) for fvu, floor in limits):
            return False
        used = sorted(self.tree.inputs)
        column = sum(
            plain_bits(d.x[:, used], d.y, fvu)
            for d, fvu in zip(groups.data, self.fvu.tolist(), strict=True)
        )
        worst = float(self.fvu.max())
        own = self.numbers[:, self.own].ravel().tolist()
        shared = self.numbers[0, sorted(self.common)].tolist()
        written = sum(written_bits(value, worst) for value in own + shared)
        return tree_bits(self.tree, groups.x.shape[1]) + written + SAVED <= column


def spread_numbers(form: Form, groups: Groups, numbers: Array) -> list[Any]:
    """What stands for each number at the rows: a value, or one for every row."""
    own = set(form.own)
    return [
        numbers[:, k][groups.place] if k in own else numbers[0, k] for k in range(numbers.shape[1])
    ]


def predict(form: Form, groups: Groups) -> Array:
    """The form at all rows; (rows,)"""
    return form.program.values(groups.x, spread_numbers(form, groups, form.numbers))


def _errors(form: Form, groups: Groups, numbers: Array) -> tuple[Array, Array]:
    """The weighted residuals, and their mean squares in each group; infinite if not finite."""
    with np.errstate(all="ignore"):
        values = form.program.values(groups.x, spread_numbers(form, groups, numbers))
        residual = (groups.y - values) * groups.root
        mse = groups.sum(residual * residual) / groups.rows
    mse[~np.isfinite(mse)] = math.inf
    return residual, mse


def judge(
    tree: Expression,
    numbers: Array,
    groups: Groups,
    common: Iterable[int] = (),
    source: str = "",
) -> Form:
    """A form with these numbers, and the length of its description.

    A number that all groups share is written once, one of a group's own for each group.
    """
    form = Form(tree, numbers, frozenset(common), np.empty(0), 0.0, 0.0, source)
    _, mse = _errors(form, groups, numbers)
    fvu = mse / groups.variance
    each = sum(number_bits(n) + 1 for n in groups.rows.tolist())
    once = number_bits(int(groups.starts[-1])) + 1
    bits = tree_bits(tree, groups.x.shape[1])
    bits += len(form.own) * each + len(form.common) * once
    rows = zip(fvu.tolist(), groups.rows.tolist(), groups.floor.tolist(), strict=True)
    length = bits + sum(data_bits(f, n, floor) for f, n, floor in rows)
    return replace(form, fvu=fvu, bits=bits, length=length if math.isfinite(length) else math.inf)


def fit_own(form: Form, groups: Groups, steps: int = 15) -> Form:
    """The groups' own numbers by Levenberg and Marquardt, all groups at once.

    Each group has a damping of its own; a step is taken by the groups in which it pays.
    """
    own = form.own
    numbers = form.numbers.copy()
    residual, mse = _errors(form, groups, numbers)
    damping = np.full(groups.count, 1e-3)
    goal = 1e-6 * groups.floor * groups.variance
    places = [form.program.free.index(k) for k in own]
    slow = np.zeros(groups.count, dtype=np.int64)
    for _ in range(steps if own else 0):
        active = np.isfinite(mse) & (damping < STALLED) & (slow < 3) & (mse > goal)
        if not active.any():
            break
        _, jacobian = form.program.values_and_jacobian(
            groups.x, spread_numbers(form, groups, numbers)
        )
        with np.errstate(all="ignore"):
            jacobian = jacobian[:, places] * groups.root[:, None]
            finite = np.isfinite(groups.sum(np.abs(jacobian).sum(1)))
        active &= finite
        jacobian = np.where(active[groups.place][:, None], jacobian, 0.0)
        inside = np.where(active[groups.place], residual, 0.0)
        with np.errstate(all="ignore"):
            step = _solve_each(groups, jacobian, inside, damping)
        moved = numbers.copy()
        moved[:, own] += step
        left, trial = _errors(form, groups, moved)
        better = active & (trial < mse)
        slow = np.where(better & (trial > mse * (1 - 1e-4)), slow + 1, np.where(better, 0, slow))
        numbers[better] = moved[better]
        rows = better[groups.place]
        residual, mse = np.where(rows, left, residual), np.where(better, trial, mse)
        damping = np.where(better, np.maximum(damping / 10, 1e-13), damping * 10)
    return judge(form.tree, numbers, groups, form.common, form.source)


def _solve_each(groups: Groups, jacobian: Array, residual: Array, damping: Array) -> Array:
    """The damped step of each group; (groups, own)."""
    gram = groups.sum(jacobian[:, :, None] * jacobian[:, None, :])
    right = groups.sum(jacobian * residual[:, None])
    scale = np.sqrt(np.einsum("gii->gi", gram))
    scale[~(scale > 0)] = 1.0
    gram = gram / (scale[:, :, None] * scale[:, None, :])
    gram += damping[:, None, None] * np.eye(gram.shape[1])
    gram[~np.isfinite(gram).all((1, 2))] = np.eye(gram.shape[1])
    step = _solve(gram, right / scale) / scale
    return np.where(np.isfinite(step), step, 0.0)


@dataclass(frozen=True, eq=False)
class _Arrow:
    """Normal equations whose matrix is an arrow: a block a group, and what all share.

    Shape:
        own: (groups, o, o); between: (groups, o, c); shared: (c, c); right: (groups, o) and (c,)
    """

    own: Array
    between: Array
    shared: Array
    right_own: Array
    right_shared: Array

    def reduced(self, damping: float) -> tuple[Array, Array]:
        """The damped blocks, and what is left of the shared one without them (Schur)."""
        own = self.own + damping * _diagonal(self.own)
        shared = self.shared + damping * np.diag(np.maximum(np.diag(self.shared), 1e-300))
        if own.shape[1]:
            shared = shared - np.einsum(
                "goc,god->cd", self.between, np.linalg.solve(own, self.between)
            )
        return own, shared

    def solve(self, damping: float) -> tuple[Array, Array]:
        """The step of the groups' numbers, and that of the common ones."""
        own, shared = self.reduced(damping)
        right = self.right_shared
        if own.shape[1]:
            right = right - np.einsum("goc,go->c", self.between, _solve(own, self.right_own))
        common = np.asarray(np.linalg.solve(shared, right))
        if not own.shape[1]:
            return np.empty((len(own), 0)), common
        return _solve(own, self.right_own - self.between @ common), common


def _solve(blocks: Array, right: Array) -> Array:
    """The solution of each block's system; (groups, o, o) and (groups, o) → (groups, o)"""
    return np.asarray(np.linalg.solve(blocks, right[:, :, None])[:, :, 0])


def _diagonal(blocks: Array) -> Array:
    """Matrices of only the diagonals, where these are 0 a tiny number."""
    values = np.maximum(np.einsum("gii->gi", blocks), 1e-300)
    return np.asarray(values[:, :, None] * np.eye(blocks.shape[1]))


def _arrow(form: Form, groups: Groups, numbers: Array, residual: Array, noise: Array) -> _Arrow:
    """The normal equations, each group's rows weighted by its noise."""
    _, jacobian = form.program.values_and_jacobian(groups.x, spread_numbers(form, groups, numbers))
    weight = np.sqrt(1 / noise)[groups.place]
    jacobian = jacobian * (groups.root * weight)[:, None]
    right = residual * weight
    own = jacobian[:, [form.program.free.index(k) for k in form.own]]
    shared = jacobian[:, [form.program.free.index(k) for k in sorted(form.common)]]
    return _Arrow(
        groups.sum(own[:, :, None] * own[:, None, :]),
        groups.sum(own[:, :, None] * shared[:, None, :]),
        shared.T @ shared,
        groups.sum(own * right[:, None]),
        shared.T @ right,
    )


def fit_joint(form: Form, groups: Groups, steps: int = 20) -> Form:
    """All free numbers, the common ones from all rows, each group's rows by its own noise.

    Minimises Σ n_g log(mse_g), the likelihood of noise that is unknown in each group.
    """
    if not form.common:
        return fit_own(form, groups, steps)
    least = 1e-3 * groups.floor * groups.variance
    share = groups.rows / groups.rows.sum()
    common = sorted(form.common)

    def look(numbers: Array) -> Trial:
        residual, mse = _errors(form, groups, numbers)
        with np.errstate(over="ignore"):
            cost = float(np.exp(share @ np.log(mse + least)))
        return Trial((numbers, residual, mse + least), cost if math.isfinite(cost) else math.inf)

    def linearise(at: Trial) -> Attempt | None:
        numbers, residual, noise = at.point
        with np.errstate(all="ignore"):
            arrow = _arrow(form, groups, numbers, residual, noise)
        if not np.isfinite(arrow.shared).all() or not np.isfinite(arrow.own).all():
            return None

        def attempt(damping: float) -> Trial | None:
            try:
                own, shared = arrow.solve(damping)
            except np.linalg.LinAlgError:
                return None
            moved = numbers.copy()
            moved[:, form.own] += own
            moved[:, common] += shared
            return look(moved)

        return attempt

    start = look(form.numbers)
    if not math.isfinite(start.cost):
        return judge(form.tree, form.numbers, groups, form.common, form.source)
    best, _ = descend(start, linearise, Tenfold(1e-3, least=1e-13), steps=steps)
    return judge(form.tree, best.point[0], groups, form.common, form.source)


def standard_errors(form: Form, groups: Groups) -> Array:
    """The standard error of each number in each group; 0 for exact ones, NaN where undetermined.

    Shape:
        (groups, numbers)
    """
    errors = np.zeros_like(form.numbers)
    if not form.program.free:
        return errors
    residual, mse = _errors(form, groups, form.numbers)
    spent = len(form.own) + len(form.common) * groups.rows / groups.rows.sum()
    noise = np.maximum(mse, 1e-28 * groups.variance) * groups.rows
    noise = noise / np.maximum(groups.rows - spent, 1)
    with np.errstate(all="ignore"):
        arrow = _arrow(form, groups, form.numbers, residual, noise)
        try:
            own, shared = arrow.reduced(1e-13)
            common = np.linalg.inv(shared) if form.common else np.empty((0, 0))
            blocks = np.linalg.inv(own)
        except np.linalg.LinAlgError:
            errors[:, form.program.free] = np.nan
            return errors
        across = blocks @ arrow.between
        blocks = blocks + across @ common @ np.swapaxes(across, 1, 2)
        errors[:, form.own] = np.sqrt(np.einsum("gii->gi", blocks))
        errors[:, sorted(form.common)] = np.sqrt(np.diag(common))
    return errors


# Formulas of the same form in several groups.


def sort_parts(tree: Expression) -> Expression:
    """The tree with its terms and factors in an order that doesn't depend on its numbers."""
    if isinstance(tree, Sum):
        parts = [sort_parts(p) for p in tree.terms]
        return Sum(tuple(sorted(parts, key=lambda p: (isinstance(p, Number), form_of(p, "all")))))
    if isinstance(tree, Product):
        parts = [sort_parts(p) for p in tree.factors]
        key = lambda p: (not isinstance(p, Number), form_of(p, "all"))  # noqa: E731
        return Product(tuple(sorted(parts, key=key)))
    if isinstance(tree, Power):
        return Power(sort_parts(tree.base), sort_parts(tree.exponent))
    if isinstance(tree, Apply):
        return Apply(tree.function, sort_parts(tree.argument))
    return tree


def align(trees: Sequence[Expression]) -> tuple[Expression, Array] | None:
    """One tree and the numbers of each group; None if the formulas aren't of one form."""
    if len({form_of(t, "all") for t in trees}) != 1:
        return None
    ordered = [sort_parts(t) for t in trees]
    return ordered[0], np.array([[n.value for n in t.numbers()] for t in ordered])
