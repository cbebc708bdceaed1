"""Moves of the search for one form of several groups: tie or round numbers, replace parts."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from edgewise._arrays import Array
from edgewise.discovery.function_swaps import list_neighbours
from edgewise.discovery.group_fits import fit_joint, fit_own, standard_errors
from edgewise.discovery.groups import Form, Groups, align, make_form, predict, spread_numbers
from edgewise.formula.constants import Constant, find_near
from edgewise.formula.exactness import ROUNDING_FVU
from edgewise.formula.expression import (
    Expression,
    Input,
    Number,
    Power,
    Product,
    Sum,
    add,
    free,
    multiply,
)
from edgewise.formula.folding import normal_form
from edgewise.formula.forms import form_of
from edgewise.formula.library import Library
from edgewise.formula.numbers import exponents
from edgewise.formula.program import Program
from edgewise.formula.snapping import CROWDED, FEW_BITS
from edgewise.search.polish import reductions, replace_node
from edgewise.search.search import term_bits
from edgewise.search.subtree_repair import list_corrections, regress_each
from edgewise.search.terms import Terms

QUICK = 5
"""Gauss-Newton steps of the first, quick fit of a proposal."""
HOPELESS = 0.1
"""A proposal is fitted further if its quick fit is at most this many bits per row behind."""
TIED, ROUNDED, NEAREST = 3, 6, 2
"""Numbers that are tried as common ones at a time, simple values that are tried for a number, and
terms that are tried in place of a subtree."""


def tie(form: Form, groups: Groups) -> Form:
    """The form with numbers made common to all groups wherever that shortens the description."""
    best = form
    failed: set[int] = set()
    while True:
        order = [k for k in _by_constancy(best, groups) if k not in failed][:TIED]
        for k in order:
            numbers = best.numbers.copy()
            numbers[:, k] = _middle(best, groups, k)
            offer = fit_joint(
                replace(best, numbers=numbers, common=best.common | {k}), groups, steps=15
            )
            if offer.length < best.length:
                best = offer
                break
            failed.add(k)
        else:
            return best


def _weights(form: Form, groups: Groups, k: int) -> Array:
    error = standard_errors(form, groups)[:, k]
    error = np.where(np.isfinite(error) & (error > 0), error, math.inf)
    weight = 1 / np.square(error)
    return weight / weight.sum() if weight.sum() > 0 else np.full(len(error), 1 / len(error))


def _middle(form: Form, groups: Groups, k: int) -> float:
    """The mean of a number over the groups, weighted by 1/error²."""
    return float(_weights(form, groups, k) @ form.numbers[:, k])


def _by_constancy(form: Form, groups: Groups) -> list[int]:
    """The groups' own numbers, ordered by how much they differ relative to their errors."""
    errors = standard_errors(form, groups)
    found = []
    for k in form.own:
        error = np.where(np.isfinite(errors[:, k]), errors[:, k], math.inf)
        error = np.maximum(error, 1e-12 * np.abs(form.numbers[:, k]) + 1e-300)
        middle = _middle(form, groups, k)
        found.append((float(np.square((form.numbers[:, k] - middle) / error).sum()), k))
    return [k for _, k in sorted(found)]


def estimate_tied(form: Form, groups: Groups) -> float:
    """An estimate of the description length after :func:`tie`, from independent errors."""
    saved = 0.0
    errors = standard_errors(form, groups)
    each = 0.5 * np.log2(np.maximum(groups.rows, 4)) + 1
    for k in form.own:
        error = np.maximum(errors[:, k], 1e-12 * np.abs(form.numbers[:, k]) + 1e-300)
        if not np.isfinite(error).all():
            saved += float(each.sum() - each.max())
            continue
        away = (form.numbers[:, k] - _middle(form, groups, k)) / error
        loss = 0.5 * float(np.log2(1 + np.square(away) / groups.rows) @ groups.rows)
        saved += max(0.0, float(each.sum() - each.max()) - loss)
    return form.length - saved


def simplify(form: Form, groups: Groups) -> Form:
    """The form with common numbers rounded to simple ones wherever the rows of all groups allow."""
    best = form
    done: set[float] = set()
    while True:
        errors = standard_errors(best, groups)
        powers = exponents(best.tree)
        waiting = sorted(best.common, key=lambda k: (k not in powers, k))
        waiting = [k for k in waiting if best.numbers[0, k] not in done]
        if not waiting:
            return best
        k = waiting[0]
        value, error = float(best.numbers[0, k]), float(errors[0, k])
        done.add(value)
        for constant in _simple(value, error, best.fvu.max() < ROUNDING_FVU)[:ROUNDED]:
            margin = 1 if constant.bits <= FEW_BITS else CROWDED
            offer = _with_constant(best, groups, k, Number(constant.value, constant))
            if offer is not None and offer.length + margin < best.length:
                best = offer
                break


def _simple(value: float, error: float, exact: bool) -> list[Constant]:
    """Simple numbers near a common number; for an undetermined one 0, 1 and -1 come first."""
    error = error if math.isfinite(error) else math.inf
    neutral = [Constant(n) for n in (0, 1, -1) if abs(n - value) <= 4 * error]
    window = max(4 * min(error, abs(value)), 1e-9 * abs(value), 1e-9 if exact else 0.0)
    return neutral + [c for c in find_near(value, window) if c not in neutral]


def _with_constant(form: Form, groups: Groups, k: int, number: Number) -> Form | None:
    """The form with an exact number in one place, refitted and in normal form."""
    trees = [
        normal_form(t.with_numbers([number if n == k else o for n, o in enumerate(t.numbers())]))
        for t in form.trees()
    ]
    return fit_trees(trees, groups, form.source)


def fit_trees(
    trees: Sequence[Expression], groups: Groups, source: str, steps: int = 20
) -> Form | None:
    """The refitted form of a formula for each group; None unless all are of one form.

    Common numbers are recognised by being equal in all groups; others never are by chance.
    """
    made = align(trees)
    if made is None:
        return None
    start = make_form(*made, groups, (), source)
    common = frozenset(p for p in start.program.free if np.ptp(start.numbers[:, p]) == 0)
    return fit_joint(replace(start, common=common), groups, steps)


Edit = Callable[[Expression], Iterable[Expression]]


def edit(form: Form, change: Edit) -> Iterator[tuple[Expression, Array]]:
    """Change the formula of the best group, and carry the numbers of all groups over.

    A number is recognised by its value, since all values of a fitted formula differ. A new number,
    or one computed from several, starts with the same value in all groups.
    """
    leader = int(np.argmin(form.fvu))
    tree = form.trees()[leader]
    known = dict(zip(form.numbers[leader].tolist(), form.numbers.T, strict=True))
    for offer in change(tree):
        yield carry_numbers(offer, known, len(form.numbers))


def carry_numbers(
    tree: Expression, known: Mapping[float, Array], count: int
) -> tuple[Expression, Array]:
    """A tree with the numbers of each group: a value seen before becomes that number again."""
    columns = [
        known[n.value] if n.exact is None and n.value in known else np.full(count, n.value)
        for n in tree.numbers()
    ]
    return tree, np.stack(columns, 1) if columns else np.empty((count, 0))


def list_reductions(form: Form) -> Iterator[tuple[Expression, Array]]:
    """Copies of the form without one of its parts."""
    for tree, numbers in edit(form, reductions):
        if tree.inputs and tree.size < form.tree.size:
            yield tree, numbers


def list_swaps(form: Form, library: Library) -> Iterator[tuple[Expression, Array]]:
    """Copies of the form with one function replaced by another."""
    return edit(form, lambda tree: list_neighbours(tree, library))


def list_powers(form: Form, groups: Groups) -> Iterator[tuple[Expression, Array]]:
    """Copies of the form with the exponent of one positive input set free."""
    positive = {i for i in form.tree.inputs if float(groups.x[:, i].min()) > 0}

    def change(tree: Expression) -> Iterator[Expression]:
        for node in tree.walk():
            if isinstance(node, Power) and _is_one_of(node.base, positive):
                if isinstance(node.exponent, Number) and node.exponent.exact is not None:
                    new = Power(node.base, free(node.exponent.value))
                    yield replace_node(tree, node, new)
            elif isinstance(node, Product):
                for factor in node.factors:
                    if _is_one_of(factor, positive):
                        others = [Power(f, free(1.0)) if f is factor else f for f in node.factors]
                        yield replace_node(tree, node, Product(tuple(others)))

    return edit(form, change)


def _is_one_of(node: Expression, inputs: Set[int]) -> bool:
    return isinstance(node, Input) and node.index in inputs


def drop_parts(form: Form, groups: Groups, rounds: int = 10) -> Form:
    """The form without the parts that no group needs."""
    best = form
    slack = HOPELESS * len(groups.y)
    for _ in range(rounds):
        offers = []
        for tree, numbers in list_reductions(best):
            offer = fit_own(make_form(tree, numbers, groups, (), best.source), groups, QUICK)
            if offer.length < best.length + slack:
                offers.append(offer)
        offers.sort(key=lambda f: f.length)
        for offer in offers[:3]:
            offer = fit_own(offer, groups)
            if offer.length < best.length:
                best = offer
                break
        else:
            return best
    return best


def list_repairs(
    form: Form, groups: Groups, terms: Terms, kept: NDArray[np.int64]
) -> Iterator[tuple[Expression, Array]]:
    """Copies of the form with one subtree replaced or extended by the term that fits best.

    The method is that of :mod:`edgewise.search.subtree_repair`, with a factor and a constant for
    each group; a term's description length is summed over the groups.

    Args:
        terms: enumerated terms, evaluated at all rows.
        kept: the indices of the terms that may be used.
    """
    rows = spread_numbers(form, groups, form.numbers)
    columns, bits = terms.values[kept], term_bits(terms.costs[kept])
    offers: list[tuple[float, Expression, Array]] = []
    leader = int(np.argmin(form.fvu))
    tree = form.trees()[leader]
    own = dict(zip(form.numbers[leader].tolist(), form.numbers.T, strict=True))
    places, own_places = form.program.places, Program(tree).places
    for place, is_whole, value, wanted, slope in list_corrections(
        form.program, groups.x, groups.y, rows, groups.starts[:-1]
    ):
        node, part = places[place][0], own_places[place][0]
        weight = np.square(groups.root * slope)
        for way, target, w in _targets(node, wanted, value, weight, is_whole):
            for k, length, a, b in _nearest(columns, bits, target, w, groups):
                term = terms.tree(int(kept[k]))
                new = add(multiply(free(a[leader]), term), free(b[leader]))
                made = replace_node(tree, part, way(part, new))
                known = own | {float(a[leader]): a, float(b[leader]): b}
                offers.append((length, *carry_numbers(made, known, groups.count)))
    offers.sort(key=lambda o: o[0])
    for _, made, numbers in offers:
        yield made, numbers


Combine = Callable[[Expression, Expression], Expression]


def _targets(
    node: Expression, wanted: Array, value: Array, weight: Array, outermost: bool
) -> Iterator[tuple[Combine, Array, Array]]:
    """Ways to combine a term with a part, the values that the term then needs, and weights."""
    yield (lambda old, new: new), wanted, weight
    if isinstance(node, (Sum, Input)) or outermost:
        yield add, wanted - value, weight
    if not isinstance(node, (Sum, Input)) or outermost:
        size = np.abs(value)
        safe = np.where(size < 1e-6 * size.max(), np.inf, value)
        yield multiply, wanted / safe, weight * np.square(value)


def _nearest(
    columns: Array, bits: Array, target: Array, weight: Array, groups: Groups
) -> Iterator[tuple[int, float, Array, Array]]:
    """The terms t for which a t + b, with a and b for each group, is nearest to a target."""
    a, b, left = (np.empty((len(columns), groups.count)) for _ in range(3))
    for g, rows in enumerate(groups.parts):
        if not weight[rows].sum() > 0:
            return
        part = columns[:, rows]
        a[:, g], b[:, g], left[:, g] = regress_each(part, part * part, target[rows], weight[rows])
    length = 0.5 * np.log2(left) @ groups.rows + bits
    length[(left == 1).all(1)] = math.inf
    for k in np.argsort(length)[:NEAREST]:
        yield int(k), float(length[k]), a[k], b[k]


def distinct_forms(forms: Sequence[Form]) -> list[Form]:
    """The shortest description of each distinct form, sorted by length."""
    best: dict[tuple[str, int], Form] = {}
    for form in sorted(forms, key=lambda f: f.length):
        best.setdefault((form_of(form.tree, "exponents"), len(form.own)), form)
    return list(best.values())


def unexplained(form: Form, groups: Groups) -> Array:
    """The residuals, divided by the standard deviation of each group; (rows,)"""
    residual = (groups.y - predict(form, groups)) * groups.root
    spread = np.sqrt(groups.sum(residual**2) / groups.rows)
    return np.asarray(residual / np.maximum(spread, 1e-300)[groups.place])
