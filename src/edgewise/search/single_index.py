"""Find terms u of the inputs such that y = F(u) for some function F of one variable.

This is a single-index model with an arbitrary index. Whether y is a function of u is judged without
knowing F: the rows are sorted by u, and each y is compared with the line through its two
neighbours. These pseudo-residuals estimate the variance that no smooth F(u) explains (T. Gasser,
L. Sroka and C. Jennen-Steinmetz, *Biometrika* 73, 1986). F may oscillate as fast as the rows
resolve.

Indices are enumerated terms, and in further rounds the best of them joined with cheap terms by
+, -, × and ÷ (a beam search).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations, product

import numpy as np
from numpy.typing import NDArray

from edgewise._arrays import Array
from edgewise.data.rows import measure_scatter, weighted_variance
from edgewise.formula.data import Data
from edgewise.formula.expression import Expression, add, free, multiply
from edgewise.formula.library import Library
from edgewise.formula.program import Program
from edgewise.search.explore import SAMPLE, sample_rows, shuffle_rows
from edgewise.search.parametric_terms import join_terms
from edgewise.search.terms import OPERATIONS, Terms, are_usable, enumerate_terms

ENUMERATED, JOINED = 1200, 40
"""Terms that are tried as indices, and the cheapest of them, which are joined to others."""
SUMMED, SUM_COST = 14, 8
"""Cheap terms of which sums a + c b are tried, and what one costs, in half nodes."""
RATIOS = tuple(float(s * r) for r in np.geomspace(1 / 8, 8, 13) for s in (1, -1))
"""Ratios of the spread of c b to that of a."""
ROUNDS, BEAM = 4, 12
"""Rounds of joining, and indices that are kept after each."""
PRICE = 0.05
"""A half node more must lower the logarithm of the FVU by this much."""
NEAR, RETURNED = 2.0, 3
"""Indices whose FVU is at most this many times the least are returned, and how many of them."""
LEAST_ROWS = 12


@dataclass(frozen=True)
class Index:
    """A term u and the fraction of y's variance that no smooth function of u explains.

    Attributes:
        coarse: the fraction for every second row along u. It is much larger if F is smooth and the
            rows hardly resolve it, because the error of a line falls with the fourth power of the
            rows.
    """

    tree: Expression
    fvu: float
    coarse: float


def find_indices(data: Data, library: Library, seed: int) -> list[Index]:
    """The shortest indices of the rows, of those whose FVU is at most twice the least.

    They are searched on a sample and compared on all rows, where F may vary faster. Indices that
    order the rows alike count once, as the shortest of them. The order of the table doesn't matter:
    where an index has equal values, rows are in random order.
    """
    data = shuffle_rows(data, np.random.default_rng([seed, 8]))
    sample = sample_rows(data, SAMPLE, seed)
    if len(sample.y) < LEAST_ROWS or not np.ptp(sample.y) > 0:
        return []
    terms = enumerate_terms(sample.x, library, most=ENUMERATED)
    if not len(terms):
        return []
    cheap = pick_terms(terms, terms.distinct[:JOINED])
    beam = select_indices(sample, join_terms(terms, sum_terms(cheap)))
    for _ in range(ROUNDS):
        beam = select_indices(sample, join_terms(beam, combine_terms(beam, cheap)))
    trees = [beam.tree(k) for k in range(len(beam))]
    values = np.stack([Program(tree).values(data.x) for tree in trees])
    fvu, coarse = estimate_fvu(values, data), [estimate_coarsely(own, data) for own in values]
    near = [int(k) for k in np.argsort(beam.costs, kind="stable") if fvu[k] <= NEAR * fvu.min()]
    return [Index(trees[k], float(fvu[k]), coarse[k]) for k in near[:RETURNED]]


@np.errstate(all="ignore")
def estimate_fvu(indices: Array, data: Data) -> Array:
    """The fraction of y's variance that no smooth function of each index explains.

    It is infinite for an index that isn't finite at all rows, and NaN if y is constant.

    Shape:
        indices: (indices, rows) → (indices,)
    """
    size = 1.0 if data.weight is None else float(data.weight.mean())
    scatter = measure_scatter(indices, data.y, data.weight)
    return scatter / size / weighted_variance(data.y, data.weight)


def estimate_coarsely(index: Array, data: Data) -> float:
    """The fraction for every second row along one index, (rows,)."""
    half = np.argsort(index, kind="stable")[::2]
    return float(estimate_fvu(index[None, half], data.take(half))[0])


def select_indices(data: Data, terms: Terms) -> Terms:
    """The indices with the best FVU for their cost, each order of the rows once."""
    score = np.log(np.maximum(estimate_fvu(terms.values, data), 1e-30)) + PRICE * terms.costs
    kept: list[int] = []
    seen: set[bytes] = set()
    for k in np.argsort(score, kind="stable"):
        order = np.argsort(terms.values[k], kind="stable")
        if order.tobytes() not in seen:
            kept.append(int(k))
            seen |= {order.tobytes(), order[::-1].tobytes()}
        if len(kept) == BEAM:
            break
    return pick_terms(terms, kept)


def pick_terms(terms: Terms, chosen: Iterable[int]) -> Terms:
    """Some of the terms."""
    chosen = [int(k) for k in chosen]
    trees = [partial(terms.tree, k) for k in chosen]
    return Terms(terms.values[chosen], terms.costs[chosen], [("lazy", t) for t in trees])


def combine_terms(one: Terms, other: Terms) -> Terms:
    """Sums, differences, products and quotients of each of some terms and each of others."""
    pairs = list(product(range(len(one)), range(len(other))))
    values, origin = [], []
    for operate, join in OPERATIONS.values():
        with np.errstate(all="ignore"):
            values += [operate(one.values[i], other.values) for i in range(len(one))]
        origin += [("lazy", partial(_join, join, one, i, other, j)) for i, j in pairs]
    costs = np.add.outer(one.costs, other.costs).ravel() + 1
    return _take_usable(np.concatenate(values), np.tile(costs, len(OPERATIONS)), origin)


def _join(
    join: Callable[[Expression, Expression], Expression], one: Terms, i: int, other: Terms, j: int
) -> Expression:
    return join(one.tree(i), other.tree(j))


def sum_terms(terms: Terms) -> Terms:
    """Sums a + c b of two terms, with c on a grid."""
    spread, count = terms.values.std(1), min(len(terms), SUMMED)
    pairs = list(combinations(range(count), 2))
    values, costs, origin = [terms.values[:0]], [], []
    for (i, j), ratio in product(pairs, RATIOS):
        c = ratio * float(spread[i] / spread[j])
        values.append((terms.values[i] + c * terms.values[j])[None])
        costs.append(terms.costs[i] + terms.costs[j] + SUM_COST)
        origin.append(("lazy", partial(_add_scaled, terms, i, j, c)))
    return _take_usable(np.concatenate(values), np.array(costs, dtype=np.int64), origin)


def _add_scaled(terms: Terms, i: int, j: int, c: float) -> Expression:
    return add(terms.tree(i), multiply(free(c), terms.tree(j)))


def _take_usable(
    values: Array, costs: NDArray[np.int64], origin: Sequence[tuple[object, ...]]
) -> Terms:
    """The terms whose values are usable."""
    good = are_usable(values)
    kept = [o for o, g in zip(origin, good, strict=True) if g]
    return Terms(values[good], costs[good], kept)
