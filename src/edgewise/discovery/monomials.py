"""Monomials of the inputs that have a given dimension, by enumeration of small exponents."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int64]

MOST_VECTORS = 120_000
"""Exponent vectors listed for each half of the inputs: for six inputs, all up to 3."""


def monomials_with_dimension(
    dimensions: Whole, target: Sequence[int], most_exponent: int = 3, limit: int = 2000
) -> Whole:
    """Whole exponents of all monomials of the inputs that have a dimension, the simplest first.

    The cost of a monomial is Σ|exponent| plus its number of inputs. All exponents up to 3 are tried
    for up to twelve inputs; for more inputs or greater exponents only the simplest.

    Shape:
        dimensions: (in + 1, base units); target: (base units,); result: (at most limit, in)
    """
    inputs = np.asarray(dimensions, dtype=np.int64)[:-1]
    half = (len(inputs) + 1) // 2
    left, left_cost = _list_vectors(half, most_exponent)
    right, right_cost = _list_vectors(len(inputs) - half, most_exponent)
    wanted = np.asarray(target, dtype=np.int64) - left @ inputs[:half]
    given = right @ inputs[half:]
    # A hash of each dimension; dimensions with equal hashes are compared again.
    mixer = np.random.default_rng(0).integers(1, 2**40, size=inputs.shape[1]) * 2 + 1
    left_key, right_key = wanted @ mixer, given @ mixer
    order = np.lexsort((right_key, right_cost))
    right, given, right_key, right_cost = (
        right[order],
        given[order],
        right_key[order],
        right_cost[order],
    )
    found = [np.zeros((0, len(inputs)), dtype=np.int64)]
    for cost in range(int(left_cost.max() + right_cost.max()) + 1):
        for part in range(cost + 1):
            a = np.flatnonzero(left_cost == part)
            begin, end = np.searchsorted(right_cost, [cost - part, cost - part + 1])
            if len(a) and end > begin:
                first, second = _match(left_key[a], right_key[begin:end], limit)
                first, second = a[first], begin + second
                same = (wanted[first] == given[second]).all(1)
                found.append(np.concatenate([left[first[same]], right[second[same]]], 1))
        if sum(map(len, found)) >= limit:
            break
    return np.concatenate(found)[:limit]


def _match(keys: Whole, ordered: Whole, limit: int) -> tuple[Whole, Whole]:
    """Places of equal entries of two lists, the second one in order; somewhat over `limit`."""
    begin = np.searchsorted(ordered, keys, side="left")
    counts = np.searchsorted(ordered, keys, side="right") - begin
    keep = (counts > 0) & (np.cumsum(counts) - counts < limit)
    places, begin, counts = np.flatnonzero(keep), begin[keep], counts[keep]
    first = np.repeat(places, counts)
    offset = np.arange(len(first)) - np.repeat(np.cumsum(counts) - counts, counts)
    return first, np.repeat(begin, counts) + offset


def _list_vectors(count: int, most: int) -> tuple[Whole, Whole]:
    """Vectors of small whole numbers and their costs; the costly ones are left out if many."""
    values = np.array([0, *(s * k for k in range(1, most + 1) for s in (1, -1))], dtype=np.int64)
    value_cost = np.abs(values) + (values != 0)
    vectors, cost = np.zeros((1, 0), dtype=np.int64), np.zeros(1, dtype=np.int64)
    for _ in range(count):
        total = (cost[:, None] + value_cost).reshape(-1)
        kept = np.arange(len(total))
        if len(total) > MOST_VECTORS:
            kept = np.sort(np.argsort(total, kind="stable")[:MOST_VECTORS])
        before, which = np.divmod(kept, len(values))
        vectors = np.concatenate([vectors[before], values[which, None]], 1)
        cost = total[kept]
    return vectors, cost
