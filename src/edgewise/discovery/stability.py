"""The stability of a form: how often it wins in bootstrap resamples against its rivals."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from edgewise.discovery.function_swaps import fit_neighbours, free_numbers
from edgewise.discovery.problem import Problem
from edgewise.discovery.selection import Scored
from edgewise.formula.data import Data
from edgewise.formula.expression import (
    Apply,
    Expression,
    Number,
    Power,
    Product,
    factors_of,
    free,
    split_number,
)
from edgewise.formula.forms import form_of
from edgewise.formula.program import Program, refit

Array = NDArray[np.float64]

RESAMPLES = 20
"""Bootstrap resamples of the rows."""
LUCK = 0.5 * math.log2(math.e)
"""Bits that a superfluous number gains by chance, once in the rows and once more by resampling,
which doubles the noise that can be fitted."""
NEAR_BITS, MOST_NEAR = 30.0, 16
"""Neighbours are rivals if their descriptions are at most this many bits longer than the winner's,
and at most this many: resampling never made up for 30 bits."""
SAME = 3e-3
"""Formulas that differ by less than this fraction of the winner's residuals are the same: fitting a
number to 1,000 rows moves it by ten times that."""
SAME_NUMBER = 0.02
"""By how much exponents and factors within functions of one form may differ: in resamples a fitted
0.4995 often beats 1/2, and exp(-0.9996*x) beats exp(-x)."""


def stabilities(
    problem: Problem, scored: list[Scored], winner: Scored
) -> tuple[float, list[Scored]]:
    """The fraction of bootstrap resamples in which the form of the winner has the shortest
    description, and the other forms that win some.

    Rivals are the shortest formulas of the front, and neighbours of the winner.
    """
    some = problem.some_rows(1000)
    rivals = _list_rivals(some, scored, winner)
    data = Data.of(some.x, some.y, some.weight)
    # The winner with free in place of exact numbers is the same form.
    loose = data.fit(free_numbers(winner.tree)).tree
    twins = [Program(t).values(some.x) for t in (winner.tree, loose)]
    least = SAME * float(np.sqrt(np.mean(np.square(some.y - twins[0]))))
    same = [
        m is winner
        or _is_same(m.tree, winner.tree, some.x, twins, least)
        or _has_its_numbers(m.tree, winner.tree, some.x, least)
        for m in rivals
    ]
    wins = np.zeros(len(rivals))
    generator = problem.generator(3)
    for _ in range(RESAMPLES):
        rows = generator.integers(0, some.rows, some.rows)
        weight = None if some.weight is None else some.weight[rows]
        data = Data(some.x[rows], some.y[rows], weight)
        fits = [data.fit(m.tree, steps=5) for m in rivals]
        lengths = [f.length + LUCK * sum(n.exact is None for n in f.tree.numbers()) for f in fits]
        wins[int(np.argmin(lengths))] += 1
    others = [m for m, won, equal in zip(rivals, wins, same, strict=True) if won and not equal]
    return float(wins[same].sum()) / RESAMPLES, others


def _list_rivals(some: Problem, scored: list[Scored], winner: Scored) -> list[Scored]:
    """The winner, the shortest formulas of the front, and the winner's near neighbours."""
    rivals = sorted(scored, key=lambda m: m.fit.length)[:8]
    if all(m is not winner for m in rivals):
        rivals.append(winner)
    data = Data.of(some.x, some.y, some.weight)
    limit = data.judge(winner.tree).length + NEAR_BITS
    near = [f for f in fit_neighbours(winner.tree, data, some.library) if f.length <= limit]
    near.sort(key=lambda f: f.length)
    return [*rivals, *(Scored(f, "neighbour") for f in near[:MOST_NEAR])]


def _is_same(
    tree: Expression, other: Expression, x: Array, twins: list[Array], least: float
) -> bool:
    """Whether two formulas have the same form, or values that noise can't tell apart.

    Args:
        twins: values of the other, with its own and with refitted numbers.
    """
    if form_of(tree) == form_of(other):
        return True
    with np.errstate(all="ignore"):
        values = Program(tree).values(x)
        return any(np.sqrt(np.mean(np.square(values - twin))) <= least for twin in twins)


def _has_its_numbers(tree: Expression, other: Expression, x: Array, least: float) -> bool:
    """Whether a formula is the other one with slightly different exponents and inner factors.

    The other, all its numbers free, is fitted to the values of the first.
    """
    start = _free_inner(free_numbers(other))
    before = _inner_numbers(start)
    if not before:
        return False
    with np.errstate(all="ignore"):
        values = Program(tree).values(x)
        if not np.isfinite(values).all():
            return False
        found = refit(start, x, values, np.ones(len(x)), steps=10).tree
        off = float(np.sqrt(np.mean(np.square(Program(found).values(x) - values))))
    moved = zip(_inner_numbers(found), before, strict=True)
    return off <= least and all(abs(a - b) <= SAME_NUMBER * max(1, abs(b)) for a, b in moved)


def _free_inner(tree: Expression) -> Expression:
    """The tree with a free exponent in each power and a free factor in each function."""
    parts = [_free_inner(part) for part in tree.parts]
    if isinstance(tree, Power) and isinstance(tree.exponent, Number) and tree.exponent.value != -1:
        return Power(parts[0], free(tree.exponent.value))
    if isinstance(tree, Apply):
        number, rest = split_number(parts[0])
        parts = [Product((free(number.value), *factors_of(rest)))]
    return tree.rebuild(parts) if parts else tree


def _inner_numbers(tree: Expression) -> list[float]:
    """The exponents, and the factors within functions, in the order of the tree."""
    found = []
    for node in tree.walk():
        if isinstance(node, Power) and isinstance(node.exponent, Number):
            found.append(node.exponent.value)
        elif isinstance(node, Apply):
            found.append(split_number(node.argument)[0].value)
    return found
