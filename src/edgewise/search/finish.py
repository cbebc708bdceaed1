"""Turn a fit into a readable formula: drop redundant numbers and round the others (snapping)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from edgewise.formula.data import Data, Fit
from edgewise.formula.exactness import ROUNDING_FVU
from edgewise.formula.expression import MINUS_ONE, ONE, ZERO, Expression
from edgewise.formula.folding import normal_form
from edgewise.formula.numbers import DEPENDENT, decompose, with_errors
from edgewise.formula.program import Program
from edgewise.formula.shape import reshape
from edgewise.formula.snapping import snap
from edgewise.formula.spelling import lead_sums, reading_cost
from edgewise.search.polish import Admits, admit_all, drop_parts

DIVISORS = (1, 2, 3, 4, 5, 6, 8, 10)


def use_freedom(fit: Fit, data: Data) -> Fit:
    """The fit without redundant numbers: (a x + b) / (c x + d) has one too many.

    If the derivatives by the numbers are linearly dependent, one of the numbers becomes 1 (or a
    term 0), and the others are refitted.
    """
    for _ in range(8):
        support = _dependent(fit.tree, data)
        if not support:
            return fit
        for number in _order_by_simplicity(fit.tree, support):
            offer = _with_number_gone(fit, data, number)
            if offer is not None:
                fit = offer
                break
        else:
            return fit
    return fit


def _dependent(tree: Expression, data: Data) -> list[int]:
    """The places of a set of numbers one of which is redundant; empty if all are determined."""
    program = Program(tree)
    if len(program.free) < 2:
        return []
    _, jacobian = program.values_and_jacobian(data.x)
    found = decompose(jacobian)
    if found is None:
        return []
    dead = np.flatnonzero(~jacobian.any(0))
    if len(dead):
        return [program.free[int(dead[0])]]
    if found.values[-1] > DEPENDENT * found.values[0]:
        return []
    return [program.free[int(k)] for k in np.flatnonzero(np.abs(found.directions[-1]) > 1e-3)]


def _order_by_simplicity(tree: Expression, support: list[int]) -> list[int]:
    """The order in which to try numbers as 1: those first that make the others simple."""
    values = {k: n.value for k, n in enumerate(tree.numbers()) if k in support}

    def simple(ratio: float) -> bool:
        return any(
            abs(ratio * d - round(ratio * d)) < 1e-6 * max(1.0, abs(ratio * d))
            and 0 < abs(ratio * d) < 100
            for d in DIVISORS
        )

    def merit(k: int) -> tuple[int, float]:
        base = values[k]
        if base == 0:
            return (0, 0.0)
        ratios = [v / base for n, v in values.items() if n != k]
        return (-sum(map(simple, ratios)), sum(abs(np.log(abs(r) or 1e-300)) for r in ratios))

    return sorted(values, key=merit)


def _with_number_gone(fit: Fit, data: Data, place: int) -> Fit | None:
    """The fit with a number set to 1, or a term to 0; None if the others can't compensate."""
    numbers = fit.tree.numbers()
    limit = max(4 * fit.fvu, data.floor if fit.fvu <= ROUNDING_FVU else 1.0001 * fit.fvu)
    for neutral in (ONE, ZERO, MINUS_ONE):
        made = [neutral if k == place else n for k, n in enumerate(numbers)]
        offer = data.fit(fit.tree.with_numbers(made), steps=40)
        if offer.fvu <= limit:
            tree = normal_form(offer.tree)
            return data.fit(tree, steps=3)
    return None


def finish(fit: Fit, data: Data, *, units: bool = True, admits: Admits = admit_all) -> Fit:
    """The fit without redundant numbers, with simple numbers and standard errors.

    Args:
        units: whether numbers may become multiples of π, e, √2, …
        admits: a test that the result must pass, if the fit passes it.
    """
    exact = fit.fvu <= ROUNDING_FVU
    fit = drop_parts(fit, data, rounds=10 if exact else 4, steps=12, admits=admits)
    fit = use_freedom(fit, data)
    fit = drop_parts(fit, data, rounds=6 if exact else 2, steps=12, admits=admits)
    return spell(fit, data, units=units, admits=admits)


def spell(fit: Fit, data: Data, *, units: bool = True, admits: Admits = admit_all) -> Fit:
    """The most readable spelling of a fit: numbers as round as the rows allow, few nodes.

    Args:
        units: whether numbers may become multiples of π, e, √2, …
        admits: a test that the result must pass, if the fit passes it.
    """
    exact = fit.fvu <= ROUNDING_FVU
    best, tried = snap(fit, data, units=units), set()
    led = lead_sums(fit.tree)
    ahead = fit if led is fit.tree else snap(replace(fit, tree=led), data, units=units)
    for _ in range(3):
        # Start from unrounded numbers, too: a number that is simple in one spelling may not be in
        # another, and a (eᵗ - 1) has one number less than a eᵗ - b.
        for start in (best, fit, ahead):
            if start.tree.full_key in tried:
                continue
            tried.add(start.tree.full_key)
            offer = data.fit(reshape(normal_form(start.tree), data.x), steps=6)
            limit = max(4 * start.fvu, data.floor) if exact else start.fvu * 1.001
            if offer.fvu <= limit and admits(offer.tree):
                offer = snap(offer, data, units=units)
                if reading_cost(offer.tree) < reading_cost(best.tree):
                    best = offer
                    break
        else:
            break
    return replace(best, tree=with_errors(best, data))
