"""Polynomials and ratios of polynomials by linear algebra: P(x) - y Q(x) = 0 is linear in both.

With all monomials up to some degree as columns, the best coefficients are the last right singular
vector. Unnecessary monomials are then dropped.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations_with_replacement

import numpy as np

from edgewise._arrays import Array
from edgewise.formula.data import Data
from edgewise.formula.expression import (
    Expression,
    Input,
    add,
    exact,
    free,
    multiply,
    power,
    terms_of,
)

MOST_MONOMIALS = 60
LOW_DEGREES = {
    1: ((1, 1), (2, 1), (1, 2), (2, 2), (0, 2), (3, 1)),
    2: ((1, 1), (2, 1), (1, 2), (2, 2)),
    3: ((1, 1), (2, 1), (1, 2)),
}
"""Degrees of numerator and denominator that are tried on noisy rows, by the number of inputs."""
ROUNDS, LEAST_BELOW = 6, 1e-3
EXACT_RATIO = 1e-25
"""Largest FVU of a ratio that counts as exact."""
NOTHING = 1e-12
"""Singular values below this fraction of the largest belong to exact solutions."""


def monomials(inputs: int, degree: int) -> list[tuple[int, ...]]:
    """Exponents of all monomials up to a total degree, the constant first."""
    found = []
    for total in range(degree + 1):
        for chosen in combinations_with_replacement(range(inputs), total):
            found.append(tuple(chosen.count(i) for i in range(inputs)))
    return found


def count_monomials(inputs: int, degree: int) -> int:
    """The number of monomials up to a total degree."""
    return math.comb(inputs + degree, degree)


def monomial_tree(
    exponents: Sequence[int | Fraction], leaves: Sequence[Expression] | None = None
) -> Expression:
    """The formula Π leaf_i^e_i, of the inputs unless there are other leaves."""
    leaves = [Input(i) for i in range(len(exponents))] if leaves is None else leaves
    powers = zip(leaves, exponents, strict=True)
    return multiply(*(power(leaf, exact(e.numerator, e.denominator)) for leaf, e in powers if e))


def multiply_monomials(x: Array, exponents: Sequence[tuple[int, ...]]) -> Array:
    """Values of monomials, each the product of an earlier one with an input; (rows, count)."""
    place = {e: k for k, e in enumerate(exponents)}
    columns = np.ones((len(x), len(exponents)))
    for k, e in enumerate(exponents):
        if any(e):
            i = next(i for i, power in enumerate(e) if power)
            lower = (*e[:i], e[i] - 1, *e[i + 1 :])
            columns[:, k] = columns[:, place[lower]] * x[:, i]
    return columns


def degrees(inputs: int) -> list[tuple[int, int]]:
    """Degrees of numerator and denominator to try, the small ones first."""
    if inputs == 1:
        pairs = [(p, q) for p in range(9) for q in range(6) if p + q <= 8]
        return sorted(pairs, key=lambda d: (d[0] + d[1] + (d[1] > 0), d[1]))[1:]
    most = {2: 6, 3: 4, 4: 3}.get(inputs, 2)
    pairs = [(p, q) for p in range(most + 1) for q in range(min(most, 4) + 1)]
    return sorted(pairs, key=lambda d: (d[0] + d[1] + (d[1] > 0), d[1]))[1:]


def search_rationals(data: Data) -> Iterator[Expression]:
    """Ratios of polynomials that are exact on the rows; their numbers still need a refit."""
    x, y = data.x, data.y
    inputs = x.shape[1]
    size = np.abs(x).max(0)
    size[size == 0] = 1.0
    unit = x / size
    scale = float(np.abs(y).max()) or 1.0
    leaves = [Input(i) for i in range(inputs)]
    most = min(MOST_MONOMIALS, len(y) // 3)
    sizes = [(count_monomials(inputs, p), count_monomials(inputs, q)) for p, q in degrees(inputs)]
    tried = [(above, below) for above, below in sizes if above + below <= most]
    if not tried:
        return
    every = monomials(inputs, max(map(max, degrees(inputs))))[: max(map(max, tried))]
    values = multiply_monomials(unit, every)
    lines = -(y / scale)[:, None] * values
    for above, below in tried:
        solved = _sparse_null(np.concatenate([values[:, :above], lines[:, :below]], 1), above)
        if solved is None:
            continue
        top = _polynomial(every[:above], solved[:above] * scale, size, leaves)
        bottom = _polynomial(every[:below], solved[above:], size, leaves)
        tree = multiply(top, power(bottom, -1)) if bottom.inputs else _divide(top, bottom)
        if data.measure(tree).fvu <= max(EXACT_RATIO, 4 * data.floor):
            yield tree


def fit_rationals(data: Data) -> Iterator[Expression]:
    """Ratios of polynomials of low degrees that approximate noisy rows.

    Minimising |P(x) - y Q(x)|² favours small Q, so each round divides it by the Q of the last round
    (C. Sanathanan, J. Koerner, IEEE Trans. Automatic Control 8, 1963).
    """
    x, y = data.x, data.y
    inputs = x.shape[1]
    if inputs not in LOW_DEGREES:
        return
    size = np.abs(x).max(0)
    size[size == 0] = 1.0
    scale = float(np.abs(y).max()) or 1.0
    unit = y / scale
    leaves = [Input(i) for i in range(inputs)]
    root = np.sqrt(data.weights)
    for p, q in LOW_DEGREES[inputs]:
        above, below = monomials(inputs, p), monomials(inputs, q)
        top, bottom = (
            multiply_monomials(x / size, above),
            multiply_monomials(x / size, below)[:, 1:],
        )
        last = np.ones_like(y)
        for _ in range(ROUNDS):
            w = root / last
            a = np.concatenate([top, -unit[:, None] * bottom], 1) * w[:, None]
            c = np.linalg.lstsq(a, unit * w, rcond=1e-12)[0]
            last = 1 + bottom @ c[len(above) :]
            if not (last > LEAST_BELOW).all():
                break
        else:
            numerator = _polynomial(above, np.array(c[: len(above)] * scale), size, leaves)
            denominator = _polynomial(
                below, np.array([1.0, *c[len(above) :]], dtype=np.float64), size, leaves
            )
            yield multiply(numerator, power(denominator, -1))


def _divide(top: Expression, bottom: Expression) -> Expression:
    """A sum divided by a number, term by term."""
    return add(*(multiply(power(bottom, -1), t) for t in terms_of(top)))


def _polynomial(
    exponents: Sequence[Sequence[int]], c: Array, size: Array, leaves: Sequence[Expression]
) -> Expression:
    terms = []
    for e, value in zip(exponents, c, strict=True):
        if value != 0:
            with np.errstate(all="ignore"):
                real = float(value / np.prod(size ** np.array(e, dtype=float)))
            if not math.isfinite(real):
                continue
            terms.append(multiply(free(real), monomial_tree(e, leaves)))
    return add(*terms)


def _sparse_null(a: Array, above: int) -> Array | None:
    """A vector with a v = 0 and as few entries as a greedy search finds; None if there is none."""
    length = np.sqrt(np.square(a).sum(0))
    if not ((length > 0) & (length < np.inf)).all():
        return None
    # R of a QR decomposition has the same singular values and right singular vectors.
    triangle = np.asarray(np.linalg.qr(a / length, mode="r"))
    keep = list(range(a.shape[1]))
    vector = _null(triangle)
    if vector is None:
        return None
    while len(keep) > 2:
        for n in np.argsort(np.abs(vector))[: max(3, len(keep) // 3)]:
            rest = [k for m, k in enumerate(keep) if m != n]
            if not any(k >= above for k in rest) or not any(k < above for k in rest):
                continue
            trial = _null(triangle[:, rest])
            if trial is not None:
                keep, vector = rest, trial
                break
        else:
            break
    full = np.zeros(a.shape[1])
    full[keep] = vector / length[keep]
    below = full[above:]
    largest = int(np.argmax(np.abs(below)))
    return full / below[largest] if below[largest] != 0 else None


def _null(a: Array) -> Array | None:
    """The last right singular vector if its singular value is 0 to rounding, else None."""
    _, s, vt = np.linalg.svd(a, full_matrices=False)
    return vt[-1] if s[-1] <= NOTHING * s[0] else None
