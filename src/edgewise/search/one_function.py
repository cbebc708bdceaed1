"""Fit y = T⁻¹(c u^q f(a u^p + b) + d) of a single input u, for every function f of the library."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from edgewise._arrays import Array
from edgewise.formula.data import Data, Fit
from edgewise.formula.expression import Expression, Input, apply, exact, multiply, power
from edgewise.formula.function import Function
from edgewise.formula.library import Library
from edgewise.formula.program import Program
from edgewise.formula.snapping import snap
from edgewise.search.budget import Budget
from edgewise.search.composite_search import Leaves, search_by_projection
from edgewise.search.function_powers import search_powers
from edgewise.search.links import LINKS
from edgewise.search.polish import drop_parts

POWERS = ((1, 1), (2, 1), (1, 2), (-1, 1))
"""Exponents p of the input within the function: sin(u²), exp(1/u)."""
FACTORS = ((1, 1), (-1, 1))
"""Exponents q of the input as a factor of the function."""
SIMPLE = 5.0
"""Most bits of functions within functions: sin, exp, tanh, …"""
OUTER = 4
"""Links that are tried where the function may be inside another one: √(u tanh(1/u))."""
WHOLE = ("x", "sqrt", "1/x")
"""Links under which a function may be shifted, too: √(1 - u^p), 1/(exp(u) - 1)."""
FITTED, MOST_FITTED, POWERS_FITTED, FITTING = 8, 10, 4, 50
"""Guesses of each kind that are judged, those that are refitted, powers of functions among them,
and the evaluations that each costs."""


def fit_one_function(
    data: Data,
    library: Library,
    budget: Budget,
    *,
    reach: float = 16.0,
    smooth: Array | None = None,
    factors: Sequence[tuple[int, int]],
    links: int,
    beside: Sequence[Expression] = (),
) -> list[Fit]:
    """The best y = c u^q f(a u^p + b) + d and y = T⁻¹(c u^q f(a u^p)), the shortest first.

    All functions f of the library are tried, and the logarithm of u in place of u^p. So are powers
    of them times a power and an exponential, y = c u^q exp(k u) f(a u^p + b)^r, and functions of
    simple functions, y = c u^q f(a g(u) + b) + d. Powers of these, c u^q exp(k u) f(a g(u) + b)^r,
    are tried if nothing before them is exact.

    Args:
        smooth: y without its noise, for links such as 1/y and log(y), where noise takes y beyond 0.
        factors: exponents q; none for no factor.
        links: the number of links T.
        beside: formulas of u that may be a further term or factor.

    Shape:
        smooth: (rows,)
    """
    y = data.y if smooth is None else smooth
    inner = list_monomials(data.x, POWERS, log=library.get("log"))
    around = list_monomials(data.x, factors).joined(_evaluate(beside, data.x))
    guesses: list[Fit] = []
    whole = [link for link in LINKS[:links] if link.function in WHOLE]
    searches = [(inner, around, link, False) for link in whole]
    searches += [(inner, around, link, True) for link in LINKS[:links]]
    simple = list_functions(data.x, library)
    searches += [(simple, around, LINKS[0], False)]
    for within, terms, link, bare in searches:
        found = search_by_projection(
            within,
            terms,
            y=y,
            library=library,
            link=link,
            reach=reach,
            weight=data.weight,
            bare=bare,
            keep=FITTED,
        )
        guesses += [data.measure(guess.tree) for guess in found]
    alone = list_powers(data.x, library)
    powers: list[Fit] = []
    for within in (inner, simple):
        found = search_powers(
            within, alone, y=y, library=library, reach=reach, weight=data.weight, keep=FITTED
        )
        powers += [data.measure(guess.tree) for guess in found]
        if any(data.is_exact(fit) for fit in (*guesses, *powers)):
            break
    likeliest = [*_sort(guesses)[:MOST_FITTED], *_sort(powers)[:POWERS_FITTED]]
    dropped = (drop_parts(fit, data, rounds=6) for fit in likeliest)
    fits = [snap(fit, data, units=False) for fit in dropped]
    budget.spend(FITTING * len(fits))
    return _sort(fits)


def _sort(fits: list[Fit]) -> list[Fit]:
    return sorted(fits, key=lambda fit: fit.length)


def list_functions(x: Array, library: Library) -> Leaves:
    """The simple functions of u and -u, the only input, that are finite at all rows.

    Shape:
        x: (rows, 1)
    """
    simple = [
        f
        for f in library.values()
        if f.power is None and f.free in ("", "shift") and f.complexity <= SIMPLE
    ]
    mirrored = multiply(exact(-1), Input(0))
    trees = [apply(f, Input(0)) for f in simple]
    trees += [apply(f, mirrored) for f in simple if not f.parity]
    return _evaluate(trees, x)


def list_powers(x: Array, library: Library) -> Leaves:
    """u, and the exponential of u over its size, which can't overflow.

    Shape:
        x: (rows, 1)
    """
    leaves = list_monomials(x, ((1, 1),))
    exp, size = library.get("exp"), math.floor(math.log10(np.abs(x).max() or 1.0)) + 1
    if exp is None:
        return leaves
    unit = exact(1, 10**size) if size >= 0 else exact(10**-size)
    tree = apply(exp, multiply(unit, Input(0)))
    return Leaves(np.stack([*leaves.values, Program(tree).values(x)]), [*leaves.trees, tree])


def list_monomials(
    x: Array, exponents: Sequence[tuple[int, int]], log: Function | None = None
) -> Leaves:
    """Powers of the only input, and its logarithm, that are finite at all rows.

    exp(a log(u) + b) is a power of u.

    Shape:
        x: (rows, 1)
    """
    trees = [power(Input(0), exact(*p)) for p in exponents]
    trees += [] if log is None else [apply(log, Input(0))]
    return _evaluate(trees, x)


def _evaluate(trees: Sequence[Expression], x: Array) -> Leaves:
    with np.errstate(all="ignore"):
        columns = [Program(tree).values(x) for tree in trees]
    values = np.stack(columns) if columns else np.empty((0, len(x)))
    good = np.flatnonzero(np.isfinite(values).all(1))
    return Leaves(values[good], [trees[int(k)] for k in good])
