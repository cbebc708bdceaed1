"""`Groups`: rows of several groups; `Form`: a formula fitted to them, numbers in each group.

A number of the groups' own has its values in :attr:`edgewise.formula.expression.Number.each`. A
free number without them is common to all groups.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from edgewise._arrays import Array
from edgewise.data.rows import fill_weight
from edgewise.discovery.group_noise import GroupNoise
from edgewise.formula.data import (
    Data,
    data_bits,
    description_bits,
    number_bits,
    tree_bits,
    withstands_rounding,
)
from edgewise.formula.exactness import SAVED, leaves_rounding, plain_bits
from edgewise.formula.expression import Expression, free, free_each
from edgewise.formula.forms import form_of
from edgewise.formula.program import Program

STALLED = 1e8
"""The damping above which a group's fit has converged."""


@dataclass(frozen=True, eq=False)
class Groups:
    """Rows sorted by group.

    Attributes:
        starts: the index of each group's first row, then the number of rows.
        labels: the groups' names.

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
        """The number of groups."""
        return len(self.labels)

    @cached_property
    def rows(self) -> NDArray[np.int64]:
        """The number of rows in each group."""
        return np.diff(self.starts)

    @cached_property
    def place(self) -> NDArray[np.int64]:
        """The index of each row's group."""
        return np.repeat(np.arange(self.count), self.rows)

    @cached_property
    def parts(self) -> list[slice]:
        """The rows of each group."""
        return [slice(a, b) for a, b in pairwise(self.starts.tolist())]

    @cached_property
    def data(self) -> list[Data]:
        """The rows of each group."""
        return [
            Data.of(self.x[p], self.y[p], None if self.weight is None else self.weight[p])
            for p in self.parts
        ]

    @cached_property
    def variance(self) -> Array:
        """The variance of y in each group."""
        return np.array([d.variance for d in self.data])

    @cached_property
    def floor(self) -> Array:
        """The FVU that rounding of y alone causes, in each group."""
        return np.array([d.floor for d in self.data])

    @property
    def plain_length(self) -> float:
        """The bits of y with the mean of each group."""
        each = zip(self.rows.tolist(), self.floor.tolist(), strict=True)
        return sum(data_bits(1.0, n, floor) + number_bits(n) + 1 for n, floor in each)

    @cached_property
    def weights(self) -> Array:
        """The weight of each row; they have mean 1 in each group."""
        weight = fill_weight(self.weight, len(self.y))
        return np.asarray(weight * (self.rows / self.sum(weight))[self.place])

    @cached_property
    def root(self) -> Array:
        """Square roots of the weights."""
        return np.sqrt(self.weights)

    def sum(self, values: Array) -> Array:
        """The sums of values in each group; (rows, …) → (groups, …)"""
        return np.add.reduceat(values, self.starts[:-1], axis=0)

    def some_rows(self, most: int, seed: int) -> Groups:
        """The same groups with at most `most` random rows in each."""
        if self.rows.max() <= most:
            return self
        generator = np.random.default_rng([seed, 11])
        orders = zip(self.starts, map(generator.permutation, self.rows), strict=False)
        return self.take(np.concatenate([np.sort(a + order[:most]) for a, order in orders]))

    def take(self, kept: NDArray[np.intp]) -> Groups:
        """Some rows of each group."""
        weight = None if self.weight is None else self.weight[kept]
        starts = np.r_[0, np.cumsum(np.bincount(self.place[kept]))]
        return Groups(self.x[kept], self.y[kept], weight, starts, self.labels)

    def spread(self, form: Form, numbers: Array | None = None) -> list[Any]:
        """Each number as it enters at the rows: one value, or an array with a value for each row.

        Args:
            numbers: in place of those of the form.
        """
        numbers, own = form.numbers if numbers is None else numbers, set(form.own)
        return [column[self.place] if k in own else column[0] for k, column in enumerate(numbers.T)]

    def form(self, tree: Expression, *, tied: bool = False) -> Form:
        """The tree as it is.

        Args:
            tied: whether free numbers without values in the groups are common to all.
        """
        numbers, found = np.empty((self.count, len(tree.numbers()))), tree.numbers()
        for k, number in enumerate(found):
            numbers[:, k] = number.values
        common = [k for k, n in enumerate(found) if tied and n.exact is None and n.each is None]
        return make_form(tree, numbers, self, common)

    def fit(self, tree: Expression, steps: int = 8) -> Form:
        """The tree with all its free numbers fitted in each group.

        A step takes two tries of a damping on average.
        """
        return fit_own(self.form(tree), self, 2 * steps)


@dataclass(frozen=True, eq=False)
class Form:
    """A formula whose numbers may differ between groups.

    Attributes:
        tree: the formula; its groups' own numbers have their values in all groups.
        numbers: the values of its numbers in each group.
        common: the places of the free numbers that are equal in all groups.
        fvu: the fraction of variance unexplained in each group.
        bits: the description length of the tree and all its numbers.
        length: the description length of all rows.
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

    @cached_property
    def kind(self) -> str:
        """Its structure and the number of its own numbers."""
        return f"{len(self.own)} {form_of(self.tree, 'exponents')}"

    @property
    def own(self) -> list[int]:
        """The places of the numbers that differ between groups."""
        return [k for k in self.program.free if k not in self.common]

    def noise_in(self, groups: Groups) -> GroupNoise:
        """The noise that it leaves in the groups."""
        return GroupNoise(self.fvu, groups.rows, len(self.own), len(self.common))

    def trees(self) -> list[Expression]:
        """The formula of each group."""
        return [self.tree.with_free(row) for row in self.numbers[:, self.program.free]]

    def is_exact(self, groups: Groups) -> bool:
        """Whether all errors are rounding errors and the form is shorter than the data.

        See :mod:`edgewise.formula.exactness`.
        """
        free = len(self.program.free)
        limits = zip(self.fvu.tolist(), groups.floor.tolist(), strict=True)
        if not all(leaves_rounding(fvu, free, floor) for fvu, floor in limits):
            return False
        each = zip(self.trees(), groups.data, strict=True)
        if not all(withstands_rounding(tree, data.x, data.y) for tree, data in each):
            return False
        used = sorted(self.tree.inputs)
        column = sum(
            plain_bits(d.x[:, used], d.y, fvu)
            for d, fvu in zip(groups.data, self.fvu.tolist(), strict=True)
        )
        bits = description_bits(self.tree, float(self.fvu.max()), groups.x.shape[1])
        return bits + SAVED <= column


def predict(form: Form, groups: Groups) -> Array:
    """The form at all rows; (rows,)"""
    return form.program.values(groups.x, groups.spread(form))


def measure_errors(form: Form, groups: Groups, numbers: Array) -> tuple[Array, Array]:
    """The weighted residuals, and their mean squares in each group; infinite if not finite."""
    with np.errstate(all="ignore"):
        values = form.program.values(groups.x, groups.spread(form, numbers))
        residual = (groups.y - values) * groups.root
        mse = groups.sum(residual * residual) / groups.rows
    mse[~np.isfinite(mse)] = math.inf
    return residual, mse


def make_form(
    tree: Expression,
    numbers: Array,
    groups: Groups,
    common: Iterable[int],
    source: str = "",
) -> Form:
    """A form with these numbers and its description length.

    A common number is counted once, any other number once for each group.
    """
    form = Form(tree, numbers, frozenset(common), np.empty(0), 0.0, 0.0, source)
    form = replace(form, fvu=measure_errors(form, groups, numbers)[1] / groups.variance)
    each = sum(number_bits(n) + 1 for n in groups.rows.tolist())
    once = number_bits(int(groups.starts[-1])) + 1
    bits = tree_bits(tree, groups.x.shape[1])
    bits += len(form.own) * each + len(form.common) * once
    noise = form.noise_in(groups).estimate
    length = bits + sum(map(data_bits, noise.tolist(), groups.rows.tolist(), groups.floor.tolist()))
    length = length if math.isfinite(length) else math.inf
    return replace(form, tree=_with_own(form), bits=bits, length=length)


def _with_own(form: Form) -> Expression:
    """The tree with the form's numbers."""
    made, own = form.tree.numbers(), form.own
    for k in form.program.free:
        made[k] = free_each(form.numbers[:, k]) if k in own else free(form.numbers[0, k])
    return form.tree.with_numbers(made)


# Fits.


def fit_own(form: Form, groups: Groups, steps: int = 15) -> Form:
    """Fit the groups' own numbers by Levenberg-Marquardt, all groups at once.

    Each group has its own damping, and takes a step only if that reduces its error.
    """
    own = form.own
    numbers = form.numbers.copy()
    residual, mse = measure_errors(form, groups, numbers)
    damping = np.full(groups.count, 1e-3)
    goal = 1e-6 * groups.floor * groups.variance
    slow = np.zeros(groups.count, dtype=np.int64)
    for _ in range(steps if own else 0):
        active = np.isfinite(mse) & (damping < STALLED) & (slow < 3) & (mse > goal)
        if not active.any():
            break
        inside = np.where(active[groups.place], residual, 0.0)
        moved = step_each(form, groups, numbers, own, inside, damping)
        left, trial = measure_errors(form, groups, moved)
        better = active & (trial < mse)
        slow = np.where(better & (trial > mse * (1 - 1e-4)), slow + 1, np.where(better, 0, slow))
        numbers[better] = moved[better]
        rows = better[groups.place]
        residual, mse = np.where(rows, left, residual), np.where(better, trial, mse)
        damping = np.where(better, np.maximum(damping / 10, 1e-13), damping * 10)
    return make_form(form.tree, numbers, groups, form.common, form.source)


@np.errstate(all="ignore")
def step_each(
    form: Form, groups: Groups, numbers: Array, places: list[int], residual: Array, damping: Array
) -> Array:
    """The numbers after a damped step in these places, group by group.

    A group stays where a derivative isn't finite.
    """
    _, jacobian = form.program.values_and_jacobian(groups.x, groups.spread(form, numbers))
    jacobian = jacobian[:, [form.program.free.index(k) for k in places]] * groups.root[:, None]
    finite = np.isfinite(groups.sum(np.abs(jacobian).sum(1) + np.abs(residual)))[groups.place]
    jacobian, residual = np.where(finite[:, None], jacobian, 0.0), np.where(finite, residual, 0.0)
    gram = groups.sum(jacobian[:, :, None] * jacobian[:, None, :])
    right = groups.sum(jacobian * residual[:, None])
    scale = np.sqrt(np.einsum("gii->gi", gram))
    scale[~(scale > 0)] = 1.0
    gram = gram / (scale[:, :, None] * scale[:, None, :])
    gram += damping[:, None, None] * np.eye(gram.shape[1])
    gram[~np.isfinite(gram).all((1, 2))] = np.eye(gram.shape[1])
    step = np.linalg.solve(gram, (right / scale)[:, :, None])[:, :, 0] / scale
    moved = numbers.copy()
    moved[:, places] += np.where(np.isfinite(step), step, 0.0)
    return moved
