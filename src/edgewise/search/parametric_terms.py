"""Terms f(a x + b) with a and b on a grid fine enough for a refit to converge.

For each input these are sines of many frequencies and phases (also growing and damped ones),
exponentials, bells, steps, logarithms, roots and poles outside the data, and fractional powers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations

import numpy as np

from edgewise._arrays import Array
from edgewise.formula.expression import (
    MINUS_ONE,
    Expression,
    Input,
    add,
    apply,
    free,
    multiply,
    power,
)
from edgewise.formula.function import Function
from edgewise.formula.library import LIBRARY, Library
from edgewise.search.terms import OPERATIONS, Terms

PRICE = 6
"""Complexity, in half nodes, of a function with two free numbers."""
PHASES = 4
BEYOND = (0.02, 0.1, 0.3, 1.0, 3.0, 10.0)
"""Distances of poles and branch points from the data, in half ranges."""
WITHIN = (-0.95, -0.5, 0.0, 0.5, 0.95)
"""Arguments of arcsin and arctanh at the first and the last row."""
BROKEN = (-2.5, -1.5, -0.75, 0.25, 0.75, 1.5, 2.5, 3.5)


def make_affine(node: Expression, a: float, b: float) -> Expression:
    """a u + b with free numbers."""
    return add(multiply(free(a), node), free(b))


def argument_tree(function: Function, leaf: Expression, a: float, b: float) -> Expression:
    """a x + b with free numbers, except those that an outer factor or term can replace."""
    if function.free == "shift":
        return multiply(free(a), leaf)
    if function.free == "scale":
        return add(leaf if a > 0 else multiply(MINUS_ONE, leaf), free(b))
    return make_affine(leaf, a, b)


def grid_arguments(
    function: Function, low: float, high: float, reach: float
) -> Iterator[tuple[float, float]]:
    """Pairs (a, b) to try for f(a x + b) on the data's range."""
    half, middle = (high - low) / 2 or 1.0, (high + low) / 2
    if function.name not in LIBRARY:  # a user's own function: try many scales, as for sines
        for scale in range(1, min(int(reach / half), 64) + 1):
            yield float(scale), 0.0
        for turns in np.arange(0.5, reach + 0.1, 0.5):
            yield turns / half, 0.0
            yield turns / half, -turns * middle / half
    elif function.period:
        for turns in np.concatenate([[0.5, 1.0, 1.5], np.arange(2.25, reach + 0.1, 0.75)]):
            a = turns / half
            for phase in range(PHASES):
                yield a, phase * np.pi / PHASES - a * middle
    elif function.free == "shift":
        for k in (0.2, 0.35, 0.6, 1.0, 1.7, 3.0, 5.0, 9.0):
            yield k / half, 0.0
            yield -k / half, 0.0
    elif function.free == "scale":
        inner = function.domain[0] == -np.inf and function.pole is None
        for distance in BEYOND:
            yield 1.0, -(low - distance * half)
            yield -1.0, high + distance * half
        if inner:  # powers and |x| are defined everywhere
            for at in np.linspace(-0.8, 0.8, 9):
                yield 1.0, -(middle + at * half)
    elif function.domain[0] > -np.inf:
        for first, last in combinations(WITHIN, 2):
            a = (last - first) / (2 * half)
            yield a, first - a * low
    else:
        for k in (0.5, 1.0, 2.0, 4.0, 8.0):
            for at in np.linspace(-1.0, 1.0, 7):
                yield k / half, -k * (middle + at * half) / half


@dataclass(frozen=True, eq=False)
class ScaledTerm:
    """One term f(a u + b); its tree is made only when needed."""

    values: Array
    cost: int
    tree: Callable[[], Expression]
    kind: str


def scaled_terms(
    x: Array,
    library: Library,
    reach: float,
    *,
    inputs: list[Expression] | None,
    rich: bool,
    most: int,
) -> Terms:
    """The terms f(a u + b) of each column u, and products of two of them where `rich`."""
    made: list[ScaledTerm] = []
    for i, column in enumerate(x.T):
        leaf: Expression = Input(i) if inputs is None else inputs[i]
        single = _single_terms(column, leaf, library, reach)
        made += single
        if rich:
            made += _products(column, leaf, single)
    return _terms(made, len(x), most)


def _single_terms(
    column: Array, leaf: Expression, library: Library, reach: float
) -> list[ScaledTerm]:
    """f(a u + b) for all f, a and b of the grids."""
    low, high = float(column.min()), float(column.max())
    found: list[ScaledTerm] = []
    if not high > low:
        return found
    for function in library.distinct():
        if function.free == "both" or function.name in ("x^2", "sign", "x^4", "x^5"):
            continue
        for a, b in grid_arguments(function, low, high, reach):
            with np.errstate(all="ignore"):
                values = function.evaluate(a * column + b)
            tree = partial(_wave_tree, function, leaf, a, b)
            price = PRICE if function.name in LIBRARY else PRICE - 2  # prefer a user's own
            found.append(ScaledTerm(values, price, tree, function.name))
    if low > 0 and "sqrt" in library:
        for p in BROKEN:
            found.append(ScaledTerm(column**p, 4, partial(power, leaf, free(p)), "power"))
    return found


def _wave_tree(function: Function, leaf: Expression, a: float, b: float) -> Expression:
    return apply(function, argument_tree(function, leaf, a, b))


def _product_tree(*factors: Callable[[], Expression]) -> Expression:
    return multiply(*(f() for f in factors))


def _products(column: Array, leaf: Expression, single: list[ScaledTerm]) -> Iterator[ScaledTerm]:
    """x f, x² f, f / x, and damped sines."""
    sines = [s for s in single if s.kind == "sin"]
    for p in (1, 2, -1):
        with np.errstate(all="ignore"):
            factor = column ** float(p)
        if np.abs(factor).max() < 1e6:
            outside = partial(power, leaf, p)
            for s in single:
                if s.kind in ("sin", "exp", "gaussian", "log", "tanh"):
                    tree = partial(_product_tree, outside, s.tree)
                    yield ScaledTerm(s.values * factor, s.cost + 2, tree, "product")
    for damping in [s for s in single if s.kind == "exp"]:
        for s in sines:
            tree = partial(_product_tree, damping.tree, s.tree)
            yield ScaledTerm(s.values * damping.values, 2 * PRICE, tree, "product")


def _terms(made: list[ScaledTerm], rows: int, most: int) -> Terms:
    good = [
        m
        for m in made
        if np.isfinite(m.values).all()
        and 1e-9 < np.abs(m.values).max() < 1e9
        and np.ptp(m.values) > 0
    ]
    good.sort(key=lambda m: m.cost)
    good = good[:most]
    values = np.array([m.values for m in good]) if good else np.empty((0, rows))
    costs = np.array([m.cost for m in good], dtype=np.int64)
    return Terms(values, costs, [("lazy", m.tree) for m in good])


SIMPLE = (
    "x",
    "x^2",
    "sqrt",
    "1/x",
    "x^3",
    "exp",
    "log",
    "sin",
    "cos",
    "1/x^2",
    "tanh",
    "arctan",
    "arcsin",
)
"""Functions of single inputs from which products are made, the likelier ones first."""


def product_terms(x: Array, library: Library, most: int) -> Terms:
    """f(x_i) g(x_j) for all pairs of inputs, then f(x_i) x_j x_k, the cheapest first.

    With a single input, f(x) g(x).
    """
    single: list[list[ScaledTerm]] = []
    for i, column in enumerate(x.T):
        mine = []
        for price, name in enumerate(SIMPLE):
            if name in library:
                with np.errstate(all="ignore"):
                    values = library[name].evaluate(column)
                if np.isfinite(values).all():
                    tree = partial(apply, library[name], Input(i))
                    mine.append(ScaledTerm(values, 2 + (price > 0) + price // 2, tree, name))
        single.append(mine)
    made: list[ScaledTerm] = []
    owners: list[tuple[int, int]] = []
    for i, first in enumerate(single):
        for j in range(i + 1, len(single)):
            made += [_together(a, b) for a in first for b in single[j]]
            owners += [(i, j)] * (len(first) * len(single[j]))
    if len(single) == 1:
        made = [_together(a, b) for n, a in enumerate(single[0]) for b in single[0][n + 1 :]]
        owners = [(0, 0)] * len(made)
    order = sorted(range(len(made)), key=lambda k: made[k].cost)[:most]
    pairs = [(made[k], owners[k]) for k in order]
    found = [pair for pair, _ in pairs]
    if len(single) > 2:
        for i, first in enumerate(single):
            found += [
                _together(a, pair)
                for a in first[:6]
                for pair, used in pairs[: most // (2 * len(single))]
                if i not in used
            ]
    return _terms(found, len(x), 2 * most)


def _together(a: ScaledTerm, b: ScaledTerm) -> ScaledTerm:
    tree = partial(_product_tree, a.tree, b.tree)
    with np.errstate(all="ignore"):
        values = a.values * b.values
    return ScaledTerm(values, a.cost + b.cost + 1, tree, "product")


def pair_columns(
    x: Array, trees: Sequence[Expression] | None = None
) -> tuple[Array, list[Expression]]:
    """u v, u / v, u + v and u - v of all pairs of columns, as values and trees.

    Args:
        trees: the formulas of the columns; the inputs by default.
    """
    inputs = [Input(i) for i in range(x.shape[1])] if trees is None else trees
    columns, made = [], []
    for i in range(x.shape[1]):
        for j in range(x.shape[1]):
            for operation in "*/+-":
                if i == j or (i > j and operation != "/"):
                    continue
                with np.errstate(all="ignore"):
                    values = OPERATIONS[operation][0](x[:, i], x[:, j])
                if np.abs(values).max() < 1e6:
                    columns.append(values)
                    made.append(OPERATIONS[operation][1](inputs[i], inputs[j]))
    return np.stack(columns, 1) if columns else np.empty((len(x), 0)), made


INNER = (
    "x^2",
    "sqrt",
    "log",
    "exp",
    "1/x",
    "x^3",
    "sin",
    "cos",
    "tanh",
    "arctan",
    "arcsin",
    "x^1.5",
)
"""Inner functions g of the terms f(a g(x) + b)."""


def inner_columns(x: Array, library: Library, most: int) -> tuple[Array, list[Expression]]:
    """g(x_i) for the first few g, and exp(-x_i), as values and trees."""
    columns, trees = [], []
    for i, column in enumerate(x.T):
        for name in [n for n in INNER if n in library][:most]:
            with np.errstate(all="ignore"):
                values = library[name].evaluate(column)
                span = np.ptp(values)
            if 1e-6 < span < 1e6:
                columns.append(values)
                trees.append(apply(library[name], Input(i)))
                if name == "exp":
                    columns.append(1 / values)
                    trees.append(apply(library[name], multiply(MINUS_ONE, Input(i))))
    return np.stack(columns, 1) if columns else np.empty((len(x), 0)), trees


def join_terms(a: Terms, b: Terms) -> Terms:
    """The terms of a, then those of b."""
    shift = len(a)
    moved: list[tuple[object, ...]] = []
    for kind, *rest in b.origin:
        if kind in ("input", "lazy"):
            moved.append((kind, *rest))
        elif kind == "unary":
            moved.append((kind, rest[0], rest[1] + shift))  # type: ignore[operator]
        else:
            moved.append((kind, rest[0] + shift, rest[1] + shift))  # type: ignore[operator]
    return Terms(
        np.concatenate([a.values, b.values]),
        np.concatenate([a.costs, b.costs]),
        [*a.origin, *moved],
    )
