"""Start values for groups whose fit is stuck: numbers of other groups, random ones, frequencies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from edgewise._arrays import Array
from edgewise.discovery.groups import Form, Groups, fit_own, make_form, measure_errors, step_each
from edgewise.formula.expression import Apply, Expression, Input, Number, Power, Product, Sum

SCATTER, TRIALS = 0.8, 12
"""Each of 12 random starts multiplies every inner number by e^z, z normal with deviation 0.8."""
KEPT = 3
"""Starts of each group from which it is fitted."""
TURN, MOST_TURNS = 0.25, 12.0
"""Frequencies of a wave that are tried: every quarter turn over the range of its input, up to 12
turns, or to one turn for every four rows."""


def linear_places(tree: Expression) -> list[int]:
    """Free numbers in which the formula is linear: factors and constant of the outermost sum."""
    linear = set(map(id, _linear_numbers(tree)))
    return [k for k, number in enumerate(tree.numbers()) if id(number) in linear]


def _linear_numbers(node: Expression) -> Iterator[Number]:
    if isinstance(node, Number) and node.exact is None:
        yield node
    elif isinstance(node, Sum):
        for term in node.terms:
            yield from _linear_numbers(term)
    elif isinstance(node, Product):
        numbers = [f for f in node.factors if isinstance(f, Number) and f.exact is None]
        sums = [f for f in node.factors if isinstance(f, Sum)]
        for factor in (numbers or sums)[:1]:  # it is linear in one factor at a time
            yield from _linear_numbers(factor)


def wave_places(tree: Expression) -> Iterator[tuple[int, int]]:
    """The frequencies within periodic functions: pairs of a number's place and its input."""
    places = {id(number): k for k, number in enumerate(tree.numbers())}

    def visit(node: Expression, periodic: bool) -> Iterator[tuple[int, int]]:
        if isinstance(node, Product) and periodic and len(node.factors) == 2:
            first, second = node.factors
            if isinstance(first, Number) and first.exact is None and isinstance(second, Input):
                yield places[id(first)], second.index
        waves = isinstance(node, Apply) and bool(node.function.period)
        keep = waves or (periodic and not isinstance(node, (Apply, Power)))
        for part in node.parts:
            yield from visit(part, keep)

    return visit(tree, False)


def solve_linear(form: Form, groups: Groups) -> Form:
    """The form with its outermost factors and constant solved for in each group.

    One Gauss-Newton step is exact for linear numbers.
    """
    places, numbers = linear_places(form.tree), form.numbers
    if places:
        residual, _ = measure_errors(form, groups, numbers)
        damping = np.full(groups.count, 1e-10)
        numbers = step_each(form, groups, numbers, places, residual, damping)
    return make_form(form.tree, numbers, groups, (), form.source)


def propose_starts(form: Form, groups: Groups, seed: int) -> Iterator[Array]:
    """Start values: numbers of other groups, random multiples of them, frequencies of waves."""
    for shift in range(1, min(groups.count, 7)):
        yield np.roll(form.numbers, shift, axis=0)
    best = int(np.argmin(form.fvu))
    leader = np.tile(form.numbers[best], (groups.count, 1))
    yield leader
    for place, index in wave_places(form.tree):
        low, high = np.array([(d.x[:, index].min(), d.x[:, index].max()) for d in groups.data]).T
        width = np.maximum(high - low, 1e-300)
        most = min(MOST_TURNS, float(groups.rows.min()) / 4)
        for turn in np.arange(TURN, most, TURN):
            numbers = form.numbers.copy()
            numbers[:, place] = 2 * np.pi * turn / width
            yield numbers
    inner = [k for k in form.program.free if k not in linear_places(form.tree)]
    generator = np.random.default_rng([seed, 12])
    for _ in range(TRIALS if inner else 0):
        numbers = leader.copy()
        size = (groups.count, len(inner))
        numbers[:, inner] *= np.exp(SCATTER * generator.normal(size=size))
        yield numbers


def fit_from_starts(form: Form, groups: Groups, seed: int) -> Form:
    """The form, each group fitted from the best few of many starts."""
    trials = []
    for numbers in propose_starts(form, groups, seed):
        trials.append(solve_linear(replace(form, numbers=numbers), groups))
    if not trials:
        return form
    order = np.argsort(np.array([t.fvu for t in trials]), axis=0, kind="stable")
    stacked = np.array([t.numbers for t in trials])
    best, every = form, np.arange(groups.count)
    for rank in range(min(KEPT, len(trials))):
        start = replace(form, numbers=stacked[order[rank], every], common=frozenset())
        best = take_best(best, fit_own(start, groups, 12), groups)
    return fit_own(best, groups, 15)


def take_best(a: Form, b: Form, groups: Groups) -> Form:
    """The same form with the better of two sets of numbers in each group."""
    better = b.fvu < a.fvu
    if not better.any():
        return a
    return make_form(a.tree, np.where(better[:, None], b.numbers, a.numbers), groups, (), a.source)
