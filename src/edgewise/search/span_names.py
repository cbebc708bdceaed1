"""Find formulas in a span of curves: functions of one input that are linear combinations of these.

The factors of a sum of products are determined only up to a change of basis: in
a(x) b(z) + c(x) d(z) any two combinations of a and c may take their place. So no single curve has a
formula, but their span has, and y is linear in the products of such formulas.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations_with_replacement, product

import numpy as np
from scipy.optimize import minimize_scalar

from edgewise._arrays import Array
from edgewise.data.rows import pick_evenly
from edgewise.formula.data import data_bits, number_bits
from edgewise.formula.expression import Expression, apply, exact, multiply, power
from edgewise.formula.function import Function
from edgewise.formula.library import Library
from edgewise.formula.program import Program
from edgewise.search.composite_search import ROWS, SKIPPED, Leaves
from edgewise.search.one_function import FACTORS, POWERS, list_functions, list_monomials
from edgewise.search.parametric_terms import argument_tree

KEPT = 24
"""Functions of each kind that are kept."""
SAME = 1e-8
"""A function whose squared norm outside the span of others is less than this fraction is in it."""
ROOTS = *FACTORS, (1, 2), (-1, 2)
"""Exponents of the input in products of simple functions."""
SCALES, STEP = 24, 0.5
"""Numbers on a logarithmic grid, and the steps of a g on a linear one."""
PROMISING, MINIMA = 0.05, 8
"""Minima on the grid that are refined: below this fraction outside, and of one function at most."""
WITHIN = 10.0
"""How many times the floor a member may be outside the span."""
CLOSED = 8
"""Members whose quotients are tried."""
DIGITS = 6
"""Digits to which equal functions agree."""
NODE_BITS = 2.0
SETS = 3
"""Sets of functions that are returned at most."""


@dataclass(frozen=True, eq=False)
class Member:
    """A function of the span.

    Attributes:
        outside: the fraction of its squared norm that lies outside the span.
        floor: the fraction that errors of the curves cause.
        length: its description length.

    Shape:
        values: (rows,)
    """

    tree: Expression
    values: Array
    outside: float
    floor: float
    length: float


@dataclass(frozen=True, eq=False)
class Span:
    """Curves of one input.

    Attributes:
        floors: the fractions of a squared norm that errors of the curves cause, in each direction
            of the basis.

    Shape:
        t: (rows,); basis: (rows, dimensions), orthonormal; floors: (dimensions,)
    """

    t: Array
    basis: Array
    floors: Array

    @classmethod
    def of(cls, t: Array, curves: Array, floor: float) -> Span:
        """The span of curves, without the directions that are smaller than their errors.

        Args:
            floor: the fraction of the curves' squared norm that is error.

        Shape:
            t: (rows,), curves: (curves, rows)
        """
        rows = np.argsort(t, kind="stable")[pick_evenly(len(t), ROWS)]
        basis, sizes, _ = np.linalg.svd(curves[:, rows].T, full_matrices=False)
        kept = sizes >= min(10 * floor**0.5 + 1e-6, 1.0) * sizes[0]
        return cls(t[rows], basis[:, kept], floor * np.square(sizes[0] / sizes[kept]))

    @property
    def dimensions(self) -> int:
        return self.basis.shape[1]

    def measure(self, tree: Expression) -> Member | None:
        """A formula of x_0 as a member of the span; None if it isn't finite, or zero."""
        with np.errstate(all="ignore"):
            values = Program(tree).values(self.t[:, None])
            size = float(values @ values)
        if not 1e-200 < size < 1e200:
            return None
        outside = float(fraction_outside(values, self.basis))
        floor = float(np.square(self.basis.T @ values) @ self.floors) / size + 1e-16
        bits = number_bits(len(values)) * tree.free_count + NODE_BITS * tree.size
        data = data_bits(outside / floor, len(values), 1.0)
        return Member(tree, np.asarray(values), outside, floor, bits + data)


def fraction_outside(values: Array, basis: Array) -> Array:
    """The fraction of each function's squared norm outside a span; 1 where it isn't finite.

    Shape:
        values: (*, rows), basis: (rows, dimensions), orthonormal; returns (*)
    """
    with np.errstate(all="ignore"):
        rest = values - (values @ basis) @ basis.T
        outside = np.square(rest).sum(-1) / np.square(values).sum(-1)
    return np.where(np.isfinite(outside), outside, 1.0)


def name_span(span: Span, library: Library, reach: float) -> list[list[Member]]:
    """Sets of functions that make up the span, the shortest set first; empty if there is none."""
    x = span.t[:, None]
    simple = list_functions(x, library)
    factors = list_monomials(x, FACTORS).joined(simple)
    found = [
        *_list_products(list_monomials(x, ROOTS).joined(simple), span),
        *_scan_functions(factors, span, library, reach),
    ]
    found = _sort(found)
    closed = _sort([*found, *_close(found, span)])
    sets: dict[frozenset[int], list[Member]] = {}
    for first in closed[: span.dimensions + SETS]:
        chosen = _choose([first, *closed], span.dimensions)
        if len(chosen) == span.dimensions:
            sets.setdefault(frozenset(map(id, chosen)), chosen)
    return sorted(sets.values(), key=lambda s: sum(member.length for member in s))[:SETS]


def _sort(found: Sequence[Member]) -> list[Member]:
    """Members within the errors, the shortest of each function up to a factor, and sorted so."""
    different: dict[bytes, Member] = {}
    inside = [member for member in found if member.outside <= WITHIN * member.floor]
    for member in sorted(inside, key=lambda member: member.length):
        largest = member.values[np.argmax(np.abs(member.values))]
        different.setdefault(np.round(member.values / largest, DIGITS).tobytes(), member)
    return list(different.values())[: 4 * KEPT]


def _list_products(factors: Leaves, span: Span) -> Iterator[Member]:
    """Products of up to three simple functions, of which most lies in the span."""
    trees = [exact(1), *factors.trees]
    values = np.stack([np.ones(len(span.t)), *factors.values])
    triples = np.array(list(combinations_with_replacement(range(len(trees)), 3)))
    with np.errstate(all="ignore"):
        outside = fraction_outside(values[triples].prod(1), span.basis)
    for k in np.argsort(outside, kind="stable")[: 4 * KEPT].tolist():
        member = span.measure(multiply(*(trees[n] for n in triples[k])))
        if member is not None:
            yield member


def _scan_functions(
    factors: Leaves, span: Span, library: Library, reach: float
) -> Iterator[Member]:
    """Functions m f(a g), or m f(b ± g) where a is only a factor, that are nearest to the span."""
    x = span.t[:, None]
    inner = list_monomials(x, POWERS, log=library.get("log"))
    trees = [exact(1), *factors.trees]
    around = np.stack([np.ones(len(span.t)), *factors.values])
    for function in library.values():
        if function.free == "both" or function.name in SKIPPED:
            continue
        for g, leaf in zip(inner.values, inner.trees, strict=True):
            line = _Line(function, g, around, span.basis)
            for sign in (1.0, -1.0) if function.free == "scale" or not function.parity else (1.0,):
                grid = line.list_shifts(sign) if line.is_shifted else line.list_scales(reach)
                for k, number in line.find_minima(sign, grid):
                    tree = apply(function, argument_tree(function, leaf, *line.place(sign, number)))
                    member = span.measure(multiply(trees[k], tree))
                    if member is not None:
                        yield member


@dataclass(frozen=True, eq=False)
class _Line:
    """The functions m f(a g), or m f(b ± g), of one number, for all factors m.

    Shape:
        g: (rows,), around: (factors, rows), basis: (rows, dimensions) of the span
    """

    function: Function
    g: Array
    around: Array
    basis: Array

    @property
    def is_shifted(self) -> bool:
        """Whether the number is b, because a would only be a factor."""
        return self.function.free == "scale"

    def place(self, sign: float, number: float) -> tuple[float, float]:
        """The numbers a and b of f(a g + b)."""
        return (sign, number) if self.is_shifted else (sign * number, 0.0)

    def list_scales(self, reach: float) -> Array:
        """Values of a at which a g changes by up to `reach`."""
        size = max(float(np.ptp(self.g)), 1e-300)
        small, large = np.geomspace(0.05, 1.0, SCALES), np.arange(1.0, reach, STEP)
        return np.r_[small, large[1:]] / size

    def list_shifts(self, sign: float) -> Array:
        """Values of b at which b ± g is positive; the last one is far away."""
        size = max(float(np.ptp(self.g)), 1e-300)
        return np.geomspace(0.003, 30.0, SCALES) * size - float((sign * self.g).min())

    def measure(self, sign: float, numbers: Array) -> Array:
        """The fractions outside the span, 1 where they aren't finite; (numbers, factors)"""
        a, b = np.array([self.place(sign, n) for n in numbers.tolist()]).T
        with np.errstate(all="ignore"):
            values = self.function.evaluate(a[:, None] * self.g + b[:, None])
            return fraction_outside(values[:, None] * self.around, self.basis)

    def find_minima(self, sign: float, grid: Array) -> Iterator[tuple[int, float]]:
        """Factors and numbers at which a function is nearest to the span, the best few."""
        outside = self.measure(sign, grid)
        inner = outside[1:-1]
        lowest = (inner <= outside[:-2]) & (inner <= outside[2:]) & (inner < PROMISING)
        places = np.argwhere(lowest)
        for n, k in places[np.argsort(inner[lowest], kind="stable")][:MINIMA].tolist():
            one = replace(self, around=self.around[k : k + 1])
            found = minimize_scalar(
                lambda number, one=one: float(
                    np.log(one.measure(sign, np.array([number]))[0, 0] + 1e-30)
                ),
                bounds=(grid[n], grid[n + 2]),
                method="bounded",
                options={"xatol": 1e-9 * abs(grid[n + 1])},
            )
            yield k, float(found.x)


def _close(found: Sequence[Member], span: Span) -> Iterator[Member]:
    """Quotients a b/c of functions in the span: with f and f g often f g² is in it."""
    few = found[:CLOSED]
    for (a, b), c in product(combinations_with_replacement(few, 2), few):
        if c is a or c is b:
            continue
        member = span.measure(multiply(a.tree, b.tree, power(c.tree, exact(-1))))
        if member is not None:
            yield member


def _choose(members: Sequence[Member], dimensions: int) -> list[Member]:
    """The first members that are linearly independent."""
    chosen: list[Member] = []
    basis = np.empty((len(members[0].values), 0))
    for member in members:
        unit = member.values / np.linalg.norm(member.values)
        rest = unit - basis @ (basis.T @ unit)
        rest -= basis @ (basis.T @ rest)
        if rest @ rest > SAME:
            chosen.append(member)
            basis = np.c_[basis, rest / np.linalg.norm(rest)]
        if len(chosen) == dimensions:
            break
    return chosen
