"""`Groups`: the rows of several groups; `Form`: one formula with numbers for each group."""

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
from edgewise.formula.data import Data, data_bits, number_bits, tree_bits
from edgewise.formula.exactness import SAVED, leaves_rounding, plain_bits, written_bits
from edgewise.formula.expression import Expression, Number, Product, Sum
from edgewise.formula.forms import form_of
from edgewise.formula.program import Program


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

    @cached_property
    def root(self) -> Array:
        """Square roots of the weights; the weights have mean 1 in each group."""
        weight = fill_weight(self.weight, len(self.y))
        return np.sqrt(weight * (self.rows / self.sum(weight))[self.place])

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


@dataclass(frozen=True, eq=False)
class Form:
    """A formula whose numbers may differ between groups.

    Attributes:
        tree: the formula.
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

    @property
    def own(self) -> list[int]:
        """The places of the numbers that differ between groups."""
        return [k for k in self.program.free if k not in self.common]

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
    """Each number as it enters at the rows: one value, or an array with a value for each row."""
    own = set(form.own)
    return [
        numbers[:, k][groups.place] if k in own else numbers[0, k] for k in range(numbers.shape[1])
    ]


def predict(form: Form, groups: Groups) -> Array:
    """The form at all rows; (rows,)"""
    return form.program.values(groups.x, spread_numbers(form, groups, form.numbers))


def measure_errors(form: Form, groups: Groups, numbers: Array) -> tuple[Array, Array]:
    """The weighted residuals, and their mean squares in each group; infinite if not finite."""
    with np.errstate(all="ignore"):
        values = form.program.values(groups.x, spread_numbers(form, groups, numbers))
        residual = (groups.y - values) * groups.root
        mse = groups.sum(residual * residual) / groups.rows
    mse[~np.isfinite(mse)] = math.inf
    return residual, mse


def make_form(
    tree: Expression,
    numbers: Array,
    groups: Groups,
    common: Iterable[int] = (),
    source: str = "",
) -> Form:
    """A form with these numbers and its description length.

    A common number is counted once, any other number once for each group.
    """
    form = Form(tree, numbers, frozenset(common), np.empty(0), 0.0, 0.0, source)
    _, mse = measure_errors(form, groups, numbers)
    fvu = mse / groups.variance
    each = sum(number_bits(n) + 1 for n in groups.rows.tolist())
    once = number_bits(int(groups.starts[-1])) + 1
    bits = tree_bits(tree, groups.x.shape[1])
    bits += len(form.own) * each + len(form.common) * once
    rows = zip(fvu.tolist(), groups.rows.tolist(), groups.floor.tolist(), strict=True)
    length = bits + sum(data_bits(f, n, floor) for f, n, floor in rows)
    return replace(form, fvu=fvu, bits=bits, length=length if math.isfinite(length) else math.inf)


# Formulas of the same form in several groups.


def sort_parts(tree: Expression) -> Expression:
    """The tree with its terms and factors in an order that doesn't depend on its numbers."""
    parts = [sort_parts(p) for p in tree.parts]
    if isinstance(tree, Sum | Product):  # a number is the last term, but the first factor
        last = isinstance(tree, Sum)
        parts.sort(key=lambda p: (isinstance(p, Number) is last, form_of(p, "all")))
    return tree.over(parts)


def align(trees: Sequence[Expression]) -> tuple[Expression, Array] | None:
    """One tree and the numbers of each group; None if the formulas aren't of one form."""
    if len({form_of(t, "all") for t in trees}) != 1:
        return None
    ordered = [sort_parts(t) for t in trees]
    return ordered[0], np.array([[n.value for n in t.numbers()] for t in ordered])
