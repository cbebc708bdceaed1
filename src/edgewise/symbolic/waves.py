"""Terms with constants that aren't round: f(a x + b) on a grid of a and b, near enough to refit.

For each input: waves of many frequencies and phases, growing and damped ones too, exponentials,
bells, steps, logarithms, roots and poles beyond the data, and broken powers.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from edgewise.symbolic.expression import (
    MINUS_ONE,
    POWERS,
    Expression,
    Input,
    add,
    apply,
    free,
    multiply,
    power,
)
from edgewise.symbolic.library import Function, Library
from edgewise.symbolic.program import evaluate_function
from edgewise.symbolic.terms import OPERATIONS, Terms

Array = NDArray[np.float64]

PRICE = 6
"""Half nodes of a function with two numbers."""
PHASES = 4
BEYOND = (0.02, 0.1, 0.3, 1.0, 3.0, 10.0)
"""Poles and branch points so many half ranges beyond the data."""
BROKEN = (-2.5, -1.5, -0.75, 0.25, 0.75, 1.5, 2.5, 3.5)


def affine(node: Expression, a: float, b: float) -> Expression:
    """a u + b with free numbers."""
    return add(multiply(free(a), node), free(b))




def argument_tree(function: Function, leaf: Expression, a: float, b: float) -> Expression:
    """a x + b with free numbers, but for those that a factor or term outside makes up for."""
    if function.free == "shift":
        return multiply(free(a), leaf)
    if function.free == "scale":
        return add(leaf if a > 0 else multiply(MINUS_ONE, leaf), free(b))
    return affine(leaf, a, b)


def grid_arguments(
    function: Function, low: float, high: float, reach: float
) -> Iterator[tuple[float, float]]:
    """Pairs a, b to try for f(a x + b) on the data's range."""
    half, middle = (high - low) / 2 or 1.0, (high + low) / 2
    if function.period:
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
    else:
        bounded = function.domain[0] > -np.inf
        for k in (0.5, 0.95) if bounded else (0.5, 1.0, 2.0, 4.0, 8.0):
            for at in (0.0,) if bounded else np.linspace(-1.0, 1.0, 7):
                yield k / half, -k * (middle + at * half) / half


def wave_terms(
    x: Array,
    library: Library,
    reach: float,
    *,
    inputs: list[Expression] | None = None,
    rich: bool = True,
    most: int = 6000,
) -> Terms:
    """All of them for each column; products of two where `rich`."""
    made: list[tuple[Array, int, Expression]] = []
    for i, column in enumerate(x.T):
        leaf: Expression = Input(i) if inputs is None else inputs[i]
        low, high = float(column.min()), float(column.max())
        if not high > low:
            continue
        single: list[tuple[Array, int, Expression, str]] = []
        for function in library.searched():
            if function.free == "both" or function.name in ("x^2", "sign", "x^4", "x^5"):
                continue
            for a, b in grid_arguments(function, low, high, reach):
                with np.errstate(all="ignore"):
                    values = evaluate_function(function, a * column + b)
                tree = apply(function, argument_tree(function, leaf, a, b))
                single.append((values, PRICE, tree, function.name))
        if low > 0 and "sqrt" in library:
            single += [(column**p, 4, power(leaf, free(p)), "power") for p in BROKEN]
        made += [(v, c, t) for v, c, t, _ in single]
        if rich:
            made += _products(column, leaf, single)
    return _terms(made, len(x), most)


def _products(
    column: Array, leaf: Expression, single: list[tuple[Array, int, Expression, str]]
) -> Iterator[tuple[Array, int, Expression]]:
    """x f, x² f, f / x, and damped waves."""
    waves = [s for s in single if s[3] == "sin"]
    for p, name in ((1, "x"), (2, "x^2"), (-1, "1/x")):
        with np.errstate(all="ignore"):
            factor = column ** float(p)
        if np.isfinite(factor).all() and np.abs(factor).max() < 1e6:
            tree = power(leaf, p)
            for values, cost, other, kind in single:
                if kind in ("sin", "exp", "gaussian", "log", "tanh"):
                    yield values * factor, cost + 2, multiply(tree, other)
    for damping, _, tree, _kind in [s for s in single if s[3] == "exp"]:
        for values, _, other, _k in waves:
            yield values * damping, 2 * PRICE, multiply(tree, other)


def _terms(made: list[tuple[Array, int, Expression]], rows: int, most: int) -> Terms:
    good = [
        m for m in made
        if np.isfinite(m[0]).all() and 1e-9 < np.abs(m[0]).max() < 1e9 and np.ptp(m[0]) > 0
    ]
    good.sort(key=lambda m: m[1])
    good = good[:most]
    values = np.array([m[0] for m in good]) if good else np.empty((0, rows))
    costs = np.array([m[1] for m in good], dtype=np.int64)
    return Terms(values, costs, [("input", m[2]) for m in good])


SIMPLE = ("x", "x^2", "sqrt", "1/x", "x^3", "exp", "log", "sin", "cos", "1/x^2", "tanh")
"""Functions of single inputs that products are made of, the likelier ones first."""


def product_terms(x: Array, library: Library, most: int) -> Terms:
    """f(x_i) g(x_j) for all pairs of inputs, then f(x_i) x_j x_k, the cheapest first."""
    single: list[list[tuple[Array, int, Expression]]] = []
    for i, column in enumerate(x.T):
        mine = []
        for price, name in enumerate(SIMPLE):
            if name in library:
                function = library[name]
                with np.errstate(all="ignore"):
                    values = _value(function, column)
                if np.isfinite(values).all():
                    mine.append((values, 2 + (price > 0) + price // 2, apply(function, Input(i))))
        single.append(mine)
    made: list[tuple[Array, int, Expression]] = []
    for i, first in enumerate(single):
        for second in single[i + 1 :]:
            made += [
                (a * b, p + q + 1, multiply(s, t)) for a, p, s in first for b, q, t in second
            ]
    made.sort(key=lambda m: m[1])
    made = made[:most]
    if len(single) > 2:
        pairs = made[: most // (2 * len(single))]
        for i, first in enumerate(single):
            made += [
                (a * b, p + q + 1, multiply(s, t))
                for a, p, s in first[:6]
                for b, q, t in pairs
                if i not in t.inputs
            ]
    return _terms(made, len(x), 2 * most)


def _value(function: Function, u: Array) -> Array:
    if function.name in POWERS:
        return np.power(u, POWERS[function.name].value)
    return u if function.name == "x" else evaluate_function(function, u)


def pair_columns(x: Array) -> tuple[Array, list[Expression]]:
    """x_i x_j, x_i / x_j, x_i + x_j and x_i - x_j, as values and trees."""
    columns, trees = [], []
    for i in range(x.shape[1]):
        for j in range(x.shape[1]):
            for operation in "*/+-":
                if i == j or (i > j and operation != "/"):
                    continue
                with np.errstate(all="ignore"):
                    values = OPERATIONS[operation][0](x[:, i], x[:, j])
                if np.isfinite(values).all() and np.abs(values).max() < 1e6:
                    columns.append(values)
                    trees.append(OPERATIONS[operation][1](Input(i), Input(j)))
    return np.stack(columns, 1) if columns else np.empty((len(x), 0)), trees


def joined(a: Terms, b: Terms) -> Terms:
    """Both, those of a first."""
    shift = len(a)
    moved: list[tuple[object, ...]] = []
    for kind, *rest in b.origin:
        if kind == "input":
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


