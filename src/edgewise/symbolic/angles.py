"""The angle of a point in the plane, atan2(u, v) = 2 atan(u / (v + √(u² + v²))).

Beyond the half plane v > 0 it is no function of u / v: it jumps by 2π where u = 0 and v < 0. The
form above is right on the whole plane but there (half-angle formula of the tangent).
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import partial
from itertools import permutations

import numpy as np
from numpy.typing import NDArray

from edgewise.symbolic.data import Data
from edgewise.symbolic.expression import (
    MINUS_ONE,
    ONE,
    Expression,
    Input,
    Number,
    Power,
    add,
    apply,
    exact,
    factors_of,
    free,
    multiply,
    power,
    terms_of,
)
from edgewise.symbolic.library import Library
from edgewise.symbolic.rationals import search_rationals
from edgewise.symbolic.terms import Terms

Array = NDArray[np.float64]

COST = 6
"""Half nodes that an angle counts as among terms: more than a quotient, less than its parts."""


def knows_angles(library: Library) -> bool:
    """Whether the library has what an angle is made of."""
    return all(name in library for name in ("arctan", "sqrt", "x^2", "1/x"))


def make_angle(u: Expression, v: Expression, library: Library) -> Expression:
    """atan2(u, v) as a tree."""
    radius = power(add(power(u, 2), power(v, 2)), exact(1, 2))
    return multiply(exact(2), apply(library["arctan"], multiply(u, power(add(v, radius), -1))))


def angle_terms(x: Array, library: Library) -> Terms:
    """The angles of all pairs of inputs, from each side of each axis on which both signs occur."""
    values: list[Array] = []
    origin: list[tuple[object, ...]] = []
    for i, j in permutations(range(x.shape[1]), 2) if knows_angles(library) else ():
        u, v = x[:, i], x[:, j]
        if not v.min() < 0 < v.max():
            continue  # On one side of the axis u / v says as much.
        for sign in (ONE, MINUS_ONE):
            with np.errstate(all="ignore"):
                values.append(np.arctan2(u, sign.value * v))
            made = partial(make_angle, Input(i), multiply(sign, Input(j)), library)
            origin.append(("lazy", made))
    stacked = np.stack(values) if values else np.empty((0, len(x)))
    return Terms(stacked, np.full(len(values), COST, dtype=np.int64), origin)


def search_angles(data: Data, library: Library) -> Iterator[Expression]:
    """y = atan2(P(x), Q(x)), exact on the rows: tan y is a ratio of polynomials."""
    largest = float(np.abs(data.y).max())
    if not (knows_angles(library) and math.pi / 2 < largest <= math.pi):
        return
    for ratio in search_rationals(Data(data.x, np.tan(data.y), floor=1e-20)):
        above, below = _split(ratio)
        for sign in (ONE, MINUS_ONE):
            yield make_angle(multiply(sign, above), multiply(sign, below), library)


def _split(ratio: Expression) -> tuple[Expression, Expression]:
    """What is above the line and what below, the first number below being 1 or -1."""
    above: list[Expression] = []
    below: list[Expression] = []
    for factor in factors_of(ratio):
        (below if _is_below(factor) else above).append(factor)
    top, bottom = multiply(*above), multiply(*(power(f, -1) for f in below))
    first = next((t for t in terms_of(bottom) if t.inputs), ONE)
    size = abs(math.prod(n.value for n in factors_of(first) if isinstance(n, Number)))
    return _divide(top, size), _divide(bottom, size)


def _is_below(factor: Expression) -> bool:
    if not isinstance(factor, Power) or not isinstance(factor.exponent, Number):
        return False
    return factor.exponent.value < 0


def _divide(tree: Expression, size: float) -> Expression:
    return add(*(multiply(free(1 / size), term) for term in terms_of(tree)))
