"""Search for angles in the plane, atan2(u, v) = 2 atan(u / (v + √(u² + v²))).

This half-angle formula holds in the whole plane except on the line u = 0, v < 0, where the angle
jumps by 2π. atan(u / v) would be right only in the half plane v > 0.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import partial
from itertools import permutations

import numpy as np
from numpy.typing import NDArray

from edgewise._arrays import Array
from edgewise.formula.data import Data
from edgewise.formula.expression import (
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
from edgewise.formula.library import Library
from edgewise.formula.snapping import snap
from edgewise.search.rationals import search_rationals
from edgewise.search.terms import Terms

TURNING, NO_ANGLE = 20, 1e-10
"""Gauss-Newton steps for an angle's scale and shift, and the largest residual of an exact angle."""
COST = 6
"""Complexity of an angle term in half nodes, between a quotient and the sum of its parts."""


def knows_angles(library: Library) -> bool:
    """Whether the library has the functions that an angle is made of: arctan, √, x² and 1/x."""
    return all(name in library for name in ("arctan", "sqrt", "x^2", "1/x"))


def make_angle(u: Expression, v: Expression, library: Library) -> Expression:
    """atan2(u, v) as a tree."""
    radius = power(add(power(u, 2), power(v, 2)), exact(1, 2))
    return multiply(exact(2), apply(library["arctan"], multiply(u, power(add(v, radius), -1))))


def angle_terms(x: Array, library: Library) -> Terms:
    """The angles of all pairs of inputs, measured from each half-axis that the rows surround."""
    values: list[Array] = []
    origin: list[tuple[object, ...]] = []
    for i, j in permutations(range(x.shape[1]), 2) if knows_angles(library) else ():
        u, v = x[:, i], x[:, j]
        if not v.min() < 0 < v.max():
            continue  # On one side of the axis, atan(u / v) is enough.
        for sign in (ONE, MINUS_ONE):
            with np.errstate(all="ignore"):
                values.append(np.arctan2(u, sign.value * v))
            made = partial(make_angle, Input(i), multiply(sign, Input(j)), library)
            origin.append(("lazy", made))
    stacked = np.stack(values) if values else np.empty((0, len(x)))
    return Terms(stacked, np.full(len(values), COST, dtype=np.int64), origin)


def search_angles(data: Data, library: Library) -> Iterator[Expression]:
    """Find y = atan2(P(x), Q(x)) that is exact on the rows: tan y is then a ratio of polynomials.

    With linear P and Q of several inputs, c atan2(P, Q) + d is found as well.
    """
    if not knows_angles(library):
        return
    yield from _search_scaled(data, library)
    largest = float(np.abs(data.y).max())
    if not math.pi / 2 < largest <= math.pi:
        return
    for ratio in search_rationals(Data(data.x, np.tan(data.y), floor=1e-20)):
        above, below = _split(ratio)
        for sign in (ONE, MINUS_ONE):
            yield make_angle(multiply(sign, above), multiply(sign, below), library)


def _search_scaled(data: Data, library: Library) -> Iterator[Expression]:
    """Find y = c atan2(P, Q) + d with linear P and Q that is exact; rows surround P = Q = 0."""
    rows, inputs = data.x.shape
    size = np.abs(data.x).max(0)
    if inputs < 2 or rows < 4 * (inputs + 1) or not size.all():
        return
    lowest, highest = float(data.y.min()), float(data.y.max())
    middle = (lowest + highest) / 2
    lines = np.concatenate([np.ones((rows, 1)), data.x / size], 1)
    solved = _solve_scale(data.y - middle, lines)
    if solved is None:
        return
    weights, scale = solved
    weights /= np.array([1.0, *size])
    # A rotation of (P, Q) only changes d, so it can be chosen such that one coefficient becomes 0.
    turns = {round(float(w), 9) for k in range(4) for w in np.angle(weights * 1j**k)}
    leaves = (ONE, *map(Input, range(inputs)))
    for turn in sorted(turns, key=abs):
        shift = middle + scale * turn
        if max(highest - shift, shift - lowest) > (math.pi + NO_ANGLE) * scale:
            continue  # The jump would be elsewhere.
        turned = weights * np.exp(-1j * turn)
        parts = turned.imag, turned.real
        one = next((abs(w) for w in parts[1][1:] if abs(w) > 1e-7 * np.abs(turned).max()), 1.0)
        above, below = (
            add(*(multiply(free(w / one), t) for w, t in zip(p, leaves, strict=True)
                  if abs(w) > 1e-7 * np.abs(turned).max()))
            for p in parts
        )  # fmt: skip
        tree = add(multiply(free(scale), make_angle(above, below, library)), free(shift))
        fit = data.fit(tree)
        if fit.fvu < NO_ANGLE:  # P and Q occur twice, so their free numbers aren't determined.
            yield snap(fit, data).tree


def _solve_scale(y: Array, lines: Array) -> tuple[NDArray[np.complex128], float] | None:
    """The coefficients of Q + i P, and c, such that y = c atan2(P, Q); None if there are none.

    P cos(y/c) - Q sin(y/c) = 0 is linear in the coefficients and smooth in c. The range of y, which
    is one full turn, gives a start value of c. Gauss-Newton steps then minimise the residual of the
    linear problem (variable projection: G. Golub, V. Pereyra, SIAM J. Numer. Anal. 10, 1973).
    """
    scale, count = float(np.ptp(y)) / (2 * math.pi), lines.shape[1]
    for _ in range(TURNING):
        if not 0 < scale < math.inf:
            return None
        sine, cosine = np.sin(y / scale)[:, None], np.cos(y / scale)[:, None]
        left, values, right = np.linalg.svd(
            np.concatenate([-sine * lines, cosine * lines], 1), full_matrices=False
        )
        weights = right[-1, :count] + 1j * right[-1, count:]
        radius = (cosine * lines) @ weights.real + (sine * lines) @ weights.imag
        if values[-1] < NO_ANGLE * values[0]:
            return weights * np.sign(radius.sum()), scale
        change = radius * y / scale**2
        change -= left[:, :-1] @ (left[:, :-1].T @ change)
        scale -= float(values[-1] * (left[:, -1] @ change) / max(change @ change, 1e-300))
    return None


def _split(ratio: Expression) -> tuple[Expression, Expression]:
    """Numerator and denominator, scaled so that the denominator's first number is 1 or -1."""
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
