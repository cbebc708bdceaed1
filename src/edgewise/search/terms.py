"""Enumerate small expressions of the inputs, without repetitions.

Expressions are built in the order of their cost: functions of earlier ones, and sums, differences,
products and quotients of two. Expressions with the same values at all rows count as one, such as
x + x and 2 x. Trees are built only when needed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property, partial

import numpy as np
from numpy.typing import NDArray

from edgewise._arrays import Array
from edgewise.formula.expression import (
    MINUS_ONE,
    ONE,
    Expression,
    Input,
    add,
    apply,
    exact,
    multiply,
    power,
)
from edgewise.formula.library import Library

LARGEST = 1e9
"""Largest value of an expression; the largest must also exceed 1e-9. Other expressions would lose
their digits in sums."""


@dataclass(frozen=True)
class Unary:
    """A step from one expression to another: its effect on values and tree, and its cost.

    Attributes:
        nests: whether it is a function such as sin, which costs more inside another function.
    """

    name: str
    values: Callable[[Array], Array]
    tree: Callable[[Expression], Expression]
    cost: int
    nests: bool = False


NESTED, HIGHEST = 2, 12
"""Additional cost of a function within a function, and the highest cost, in half nodes."""


def unaries(library: Library) -> list[Unary]:
    """Functions of the library, powers, and sums and products with simple numbers."""
    found = [
        Unary(f.name, f.evaluate, partial(apply, f), f.price, nests=f.power is None)
        for f in sorted(library.values(), key=lambda f: f.power is not None)
        if f.price is not None
    ]
    return [
        *found,
        Unary("+1", lambda u: u + 1, lambda e: add(e, ONE), 2),
        Unary("-1", lambda u: u - 1, lambda e: add(e, MINUS_ONE), 2),
        Unary("neg", lambda u: -u, lambda e: multiply(MINUS_ONE, e), 1),
        Unary("2*", lambda u: 2 * u, lambda e: multiply(exact(2), e), 2),
        Unary("/2", lambda u: u / 2, lambda e: multiply(exact(1, 2), e), 2),
        Unary("3*", lambda u: 3 * u, lambda e: multiply(exact(3), e), 3),
        Unary("pi*", lambda u: np.pi * u, lambda e: multiply(exact(1, 1, "pi"), e), 3),
    ]


AFFINE = frozenset(["+1", "-1", "neg", "2*", "/2", "3*", "pi*"])


@dataclass
class Terms:
    """Enumerated expressions.

    Attributes:
        values: (count, rows).
        costs: (count,), half nodes.
        origin: how each is made: ("input", tree), ("lazy", call that makes the tree),
            ("unary", Unary, k) or (operation, k, l).
    """

    values: Array
    costs: NDArray[np.int64]
    origin: list[tuple[object, ...]]
    _trees: dict[int, Expression] = field(default_factory=dict, repr=False)

    def __len__(self) -> int:
        return len(self.origin)

    @cached_property
    def distinct(self) -> NDArray[np.int64]:
        """Indices of terms that differ in more than scale and offset, see :func:`pick_distinct`."""
        return pick_distinct(self.values, self.costs)

    def tree(self, k: int) -> Expression:
        """The expression with index k."""
        if k not in self._trees:
            kind, *rest = self.origin[k]
            if kind == "input":
                made: Expression = rest[0]  # type: ignore[assignment]
            elif kind == "lazy":
                made = rest[0]()  # type: ignore[operator]
            elif kind == "unary":
                made = rest[0].tree(self.tree(rest[1]))  # type: ignore[attr-defined, arg-type]
            else:
                a, b = self.tree(rest[0]), self.tree(rest[1])  # type: ignore[arg-type]
                made = OPERATIONS[kind][1](a, b)  # type: ignore[index]
            self._trees[k] = made
        return self._trees[k]


def pick_distinct(values: Array, costs: NDArray[np.int64]) -> NDArray[np.int64]:
    """Indices of terms no two of which are equal up to scale and offset, the cheapest first."""
    centred = values - values.mean(1, keepdims=True)
    length = np.sqrt(np.einsum("ij,ij->i", centred, centred))
    unit = centred / np.where(length > 0, length, np.inf)[:, None]
    project = np.random.default_rng(0).standard_normal((values.shape[1], 2))
    marks = unit @ project
    marks *= np.where(marks[:, :1] < 0, -1.0, 1.0)
    kept, seen = [], set()
    for k in np.argsort(costs, kind="stable"):
        mark = (round(float(marks[k, 0]), 7), round(float(marks[k, 1]), 7))
        if mark not in seen and length[k] > 0:
            seen.add(mark)
            kept.append(int(k))
    return np.array(kept, dtype=np.int64)


OPERATIONS: dict[
    str, tuple[Callable[[Array, Array], Array], Callable[[Expression, Expression], Expression]]
] = {
    "+": (lambda a, b: a + b, lambda a, b: add(a, b)),
    "-": (lambda a, b: a - b, lambda a, b: add(a, multiply(MINUS_ONE, b))),
    "*": (lambda a, b: a * b, lambda a, b: multiply(a, b)),
    "/": (lambda a, b: a / b, lambda a, b: multiply(a, power(b, -1))),
}


def enumerate_terms(
    x: Array,
    library: Library,
    *,
    most: int,
    highest: int = HIGHEST,
) -> Terms:
    """The cheapest expressions of the inputs.

    Args:
        x: values of the inputs at rows, (rows, in).
        highest: the highest cost.
    """
    columns = x.T
    steps = unaries(library)
    redundant = redundant_steps(library)
    project = np.random.default_rng(0).standard_normal((x.shape[0], 2))
    pool = _Pool(project, most)
    with np.errstate(all="ignore"):
        pool.offer(
            2,
            np.ascontiguousarray(columns),
            [("input", Input(i)) for i in range(len(columns))],
            inner=True,
        )
        for cost in range(3, highest + 1):
            for step in steps:
                if pool.full:
                    break
                k = [j for j in pool.at(cost - step.cost) if not _nests(pool.origin[j])]
                nested = pool.at(cost - step.cost - (NESTED if step.nests else 0))
                k += [j for j in nested if _nests(pool.origin[j])]
                if k:
                    k = [j for j in k if (_name(pool.origin[j]), step.name) not in redundant]
                    if k:
                        values = step.values(pool.values[k])
                        pool.offer(cost, values, [("unary", step, j) for j in k])
            for a in range(2, cost - 2):
                b = cost - 1 - a
                if pool.full:
                    continue
                for operation in OPERATIONS:
                    if a > b and operation in "+*":
                        continue
                    _combine(pool, operation, pool.at(a), pool.at(b), cost, a == b)
            if pool.full:
                break
    return Terms(pool.values[: pool.count], np.array(pool.costs), pool.origin)


def _nests(origin: tuple[object, ...]) -> bool:
    """Whether the last step was a function such as sin."""
    return origin[0] == "unary" and origin[1].nests  # type: ignore[attr-defined]


def _name(origin: tuple[object, ...]) -> str:
    """The name of the last step, if it has one argument."""
    return origin[1].name if origin[0] == "unary" else ""  # type: ignore[attr-defined]


def redundant_steps(library: Library) -> set[tuple[str, str]]:
    """Pairs of successive steps to skip, because there is a cheaper way or they never occur.

    The second step inverts the first, or only changes a sign, or both together are implausible.
    """
    found = set(REDUNDANT)
    for f in library.values():
        found |= {(f.inverse, f.name), (f.name, f.inverse)} if f.inverse else set()
        found |= {("neg", f.name)} if f.parity else set()
    return found


REDUNDANT = (
    *(("neg", "neg"), ("+1", "-1"), ("-1", "+1"), ("2*", "/2"), ("/2", "2*"), ("1/x", "1/x")),
    *(("sqrt", "x^2"), ("abs", "abs"), ("x^2", "abs")),
    *(("sin", "sin"), ("sin", "cos"), ("cos", "sin"), ("cos", "cos"), ("exp", "exp")),
    *(("tan", "tan"), ("tan", "exp")),
)


@np.errstate(all="ignore")
def are_usable(values: Array, least: float = 0.0) -> NDArray[np.bool_]:
    """Which columns of numbers are finite, vary by more than rounding, and are of moderate size.

    Shape:
        values: (columns, rows) → (columns,)
    """
    low, high = values.min(1), values.max(1)
    size = np.maximum(np.abs(low), np.abs(high))
    spread = high - low
    return np.isfinite(spread) & (least < size) & (size < LARGEST) & (spread > 1e-7 * size)


class _Pool:
    """Distinct expressions so far, by cost."""

    def __init__(self, project: Array, most: int) -> None:
        self.project, self.most = project, most
        self.values = np.empty((2 * most, len(project)))
        self.count = 0
        self.plain = 0
        self.costs: list[int] = []
        self.origin: list[tuple[object, ...]] = []
        self.seen: set[tuple[float, float]] = set()
        self.by_cost: dict[int, list[int]] = {}

    @property
    def full(self) -> bool:
        return self.plain >= self.most or self.count >= len(self.values)

    def at(self, cost: int) -> list[int]:
        return self.by_cost.get(cost, [])

    def offer(
        self, cost: int, values: Array, origin: list[tuple[object, ...]], inner: bool = False
    ) -> None:
        """Add the expressions that are new, finite, not constant and of moderate size."""
        good = are_usable(values, 0.0 if inner else 1 / LARGEST)
        marks = values @ self.project
        scale = 10.0 ** np.floor(np.log10(np.maximum(np.abs(marks), 1e-300)))
        marks = np.round(marks / scale, 8) * scale
        for n in np.flatnonzero(good):
            mark = (float(f"{marks[n, 0]:.8e}"), float(f"{marks[n, 1]:.8e}"))
            if mark in self.seen:
                continue
            if self.full:
                return
            self.seen.add(mark)
            self.values[self.count] = values[n]
            self.costs.append(cost)
            self.origin.append(origin[n])
            self.by_cost.setdefault(cost, []).append(self.count)
            self.count += 1
            # Affine steps don't count, because the coefficients of a sum provide them.
            last = origin[n]
            affine = last[0] == "unary" and last[1].name in AFFINE  # type: ignore[attr-defined]
            self.plain += not affine


def _combine(
    pool: _Pool, operation: str, left: list[int], right: list[int], cost: int, same: bool
) -> None:
    """All pairs of two lists; if order doesn't matter, each pair once."""
    function = OPERATIONS[operation][0]
    b = np.array(right, dtype=np.intp)
    for n, k in enumerate(left):
        if pool.full:
            return
        others = b[n:] if same and operation in "+*" else b
        if operation in "-/" and same:
            others = others[others != k]
        values = function(pool.values[k], pool.values[others])
        pool.offer(cost, values, [(operation, k, int(o)) for o in others])
