"""Numbers of a form of several groups: tied to a common one, rounded, spelled in another way."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from edgewise._arrays import Array
from edgewise.discovery.group_joint import fit_joint, standard_errors
from edgewise.discovery.groups import (
    Form,
    Groups,
    measure_errors,
)
from edgewise.formula.constants import Constant
from edgewise.formula.expression import (
    Expression,
    Number,
    Product,
    Sum,
    free_each,
)
from edgewise.formula.folding import normal_form
from edgewise.formula.forms import form_of
from edgewise.formula.numbers import exponents
from edgewise.formula.shape import reshape
from edgewise.formula.snapping import FittedNumber, snap_numbers

TIED = 3
"""Numbers that are tried as common ones at a time."""
READABLE = 2.0
"""Bits that a readable spelling may cost: exp(c*x) is longer than exp(x)**c in the prior."""


def tie(form: Form, groups: Groups) -> Form:
    """The form with numbers made common to all groups wherever that shortens the description."""
    best = form
    failed: set[int] = set()
    while True:
        middle, away = scatter(best, groups)
        waiting = [k for k in best.own if k not in failed]
        for k in sorted(waiting, key=lambda k: float(np.square(away[:, k]).sum()))[:TIED]:
            numbers = best.numbers.copy()
            numbers[:, k] = middle[k]
            start = replace(best, numbers=numbers, common=best.common | {k})
            offer = fit_joint(start, groups, steps=15)
            if offer.length < best.length:
                best = offer
                break
            failed.add(k)
        else:
            return best


@np.errstate(all="ignore")
def scatter(form: Form, groups: Groups) -> tuple[Array, Array]:
    """The mean of each number over the groups, weighted by 1/error², and the deviations from it.

    Deviations are in units of the errors; those of undetermined numbers are 0.

    Shape:
        (numbers,), (groups, numbers)
    """
    errors, numbers = standard_errors(form, groups), form.numbers
    errors[~np.isfinite(errors)] = math.inf
    weight = np.where(errors > 0, 1 / np.square(errors), 0.0)
    weight[:, ~(weight.sum(0) > 0)] = 1.0
    middle = (weight * numbers).sum(0) / weight.sum(0)
    least = 1e-12 * np.abs(numbers) + 1e-300
    return middle, (numbers - middle) / np.maximum(errors, least)


def estimate_tied(form: Form, groups: Groups) -> float:
    """An estimate of the description length after :func:`tie`, from independent errors."""
    _, away = scatter(form, groups)
    each = 0.5 * np.log2(np.maximum(groups.rows, 4)) + 1
    loss = 0.5 * groups.rows @ np.log2(1 + np.square(away[:, form.own]) / groups.rows[:, None])
    return form.length - float(np.maximum(each.sum() - each.max() - loss, 0.0).sum())


@dataclass(frozen=True)
class _Common:
    """A form whose common numbers are to be snapped, see :class:`.Snappable`."""

    form: Form
    groups: Groups

    @property
    def fvu(self) -> float:
        """The geometric mean over the rows, so that its logarithm counts the bits of all groups."""
        noise = self.form.noise_in(self.groups).estimate
        each = np.log(np.maximum(noise, self.groups.floor))
        return float(np.exp(np.average(each, weights=self.groups.rows)))

    @property
    def floor(self) -> float:
        return float(self.groups.floor.max())

    @property
    def rows(self) -> int:
        return len(self.groups.y)

    def fitted_numbers(self) -> list[FittedNumber]:
        errors, powers = standard_errors(self.form, self.groups)[0], exponents(self.form.tree)
        values = self.form.numbers[0]
        return [
            FittedNumber(k, float(values[k]), float(errors[k]), k in powers)
            for k in sorted(self.form.common)
            if np.isfinite(errors[k])
        ]

    def with_constant(self, place: int, constant: Constant) -> _Common:
        made = self.form.tree.numbers()
        made[place] = Number(constant.value, constant)
        start = self.groups.form(self.form.tree.with_numbers(made), tied=True)
        return _Common(fit_joint(start, self.groups), self.groups)


def simplify(form: Form, groups: Groups) -> Form:
    """The form with its common numbers snapped to simple ones, in its most readable spelling.

    It keeps its spelling if the formulas of the groups would have different forms in the other.
    """
    snapped = snap_numbers(_Common(form, groups)).form
    tree = align([reshape(normal_form(tree), groups.x) for tree in snapped.trees()])
    if tree is None:
        return snapped
    offer = fit_joint(groups.form(tree, tied=True), groups)
    return offer if offer.length <= snapped.length + READABLE else snapped


def sort_parts(tree: Expression) -> Expression:
    """The tree with its terms and factors in an order that doesn't depend on its numbers."""
    parts = [sort_parts(p) for p in tree.parts]
    if isinstance(tree, Sum | Product):  # a number is the last term, but the first factor
        last = isinstance(tree, Sum)
        parts.sort(key=lambda p: (isinstance(p, Number) is last, form_of(p, "all")))
    return tree.over(parts)


def align(trees: Sequence[Expression]) -> Expression | None:
    """One tree with the numbers of each group; None if the formulas aren't of one form.

    Numbers that are equal in all groups are common to them; others never are equal by chance.
    """
    if len({form_of(t, "all") for t in trees}) != 1:
        return None
    ordered = [sort_parts(t) for t in trees]
    columns = np.array([[n.value for n in t.numbers()] for t in ordered]).T
    pairs = zip(ordered[0].numbers(), columns, strict=True)
    return ordered[0].with_numbers([n if np.ptp(c) == 0 else free_each(c) for n, c in pairs])


def distinct_forms(forms: Sequence[Form]) -> list[Form]:
    """The shortest description of each distinct form, sorted by length."""
    best: dict[str, Form] = {}
    for form in sorted(forms, key=lambda f: f.length):
        best.setdefault(form.kind, form)
    return list(best.values())


def unexplained(form: Form, groups: Groups) -> Array:
    """The residuals, divided by the standard deviation of each group; (rows,)"""
    residual, mse = measure_errors(form, groups, form.numbers)
    return residual / np.maximum(np.sqrt(mse), 1e-300)[groups.place]
