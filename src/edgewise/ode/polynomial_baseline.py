"""The description length of rows by a polynomial, the baseline that a law has to beat.

A polynomial describes anything smooth. If it takes B bits, one of the 2^b formulas of b < B bits
fits equally well by chance about once in 2^(B - b) searches. So a law must be several bits shorter
than the polynomial.
"""

from __future__ import annotations

import math

import numpy as np

from edgewise._arrays import Array
from edgewise.formula.data import COUNTED_ROWS, Data
from edgewise.formula.expression import Apply, Expression, Number, Power
from edgewise.formula.scaling import scale_columns
from edgewise.search.rationals import count_monomials, monomials, multiply_monomials

MOST_MONOMIALS, MOST_DEGREE, MOST_TERMS = 60, 12, 30


def describe_by_polynomial(data: Data) -> float:
    """The length in bits of the shortest description by a sum of monomials.

    Each coefficient costs ½ log2 N + 1 bits; the choice of monomials is free. For one input they
    are added in the order of their degree, and even or odd powers alone are tried, too. For several
    inputs they are added in the order of what they explain (orthogonal least squares).
    """
    rows, inputs = data.x.shape
    low, high = data.x.min(0), data.x.max(0)
    half = np.where(high > low, (high - low) / 2, 1.0)
    degree = 1
    while degree < MOST_DEGREE and count_monomials(inputs, degree + 1) <= MOST_MONOMIALS:
        degree += 1
    columns = multiply_monomials((data.x - (low + high) / 2) / half, monomials(inputs, degree))
    root = np.sqrt(data.weights / data.weights.mean())
    bases = [columns]
    if inputs == 1:
        powers = (data.x / max(float(np.abs(data.x).max()), 1e-300)) ** np.arange(degree + 1)
        bases += [powers[:, ::2], powers[:, 1::2]]
    counted = min(rows, COUNTED_ROWS)
    price = 0.5 * math.log2(counted) + 1
    lengths = []
    for basis in bases:
        missed = _miss(basis * root[:, None], data.y * root, in_order=inputs == 1)
        fvu = np.maximum(missed / rows / data.variance, data.floor)
        lengths.append(0.5 * counted * np.log2(fvu) + price * np.arange(1, len(fvu) + 1))
    return float(min(each.min() for each in lengths))


def _miss(columns: Array, y: Array, *, in_order: bool) -> Array:
    """The residual sums of squares with 1, 2, … columns, the constant first; (terms,)"""
    rest, left = scale_columns(columns)[0], y.copy()
    missed = []
    for step in range(min(MOST_TERMS, columns.shape[1], len(y) - 1)):
        norms = np.square(rest).sum(0)
        norms[norms < 1e-12] = np.inf
        gains = np.square(rest.T @ left) / norms
        place = step if in_order or step == 0 else int(gains.argmax())
        if not np.isfinite(norms[place]):
            break
        q = rest[:, place] / np.sqrt(norms[place])
        left = left - q * (q @ left)
        rest = rest - np.outer(q, q @ rest)
        missed.append(float(left @ left))
    return np.array(missed)


def is_polynomial(tree: Expression) -> bool:
    """Whether a formula is a polynomial of its inputs."""
    return not any(isinstance(n, Apply) or _is_no_monomial(n) for n in tree.walk())


def _is_no_monomial(node: Expression) -> bool:
    if not isinstance(node, Power) or not node.inputs:
        return False
    exponent = node.exponent
    return not (isinstance(exponent, Number) and exponent.value in range(1, 100))
