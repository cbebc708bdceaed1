"""Sparse least squares: find the few columns, of many, whose combination is a target.

All pairs are scored exactly by the matrix of scalar products. Larger subsets grow from the best
smaller ones by a beam search, which scores each column by what it adds to those chosen before.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from heapq import nsmallest

import numpy as np
from numpy.typing import NDArray

from edgewise._arrays import Array
from edgewise.formula.scaling import remove_projection

NEARLY_DEPENDENT = 1e-9
"""Smallest residual norm² of a column after projection on the others; below it the column counts as
dependent."""

EXCHANGED = 6
"""Number of the best subsets of each size whose columns are then exchanged one by one."""
SINGLES = 4
"""Factor by which more single columns are kept, because a refit may reorder them completely."""


@dataclass(frozen=True)
class Subset:
    """A set of columns, and the FVU of the target given them."""

    columns: tuple[int, ...]
    fvu: float


@dataclass(frozen=True)
class Columns:
    """Columns centred and scaled to length 1, with the description length of each.

    Shape:
        unit: (count, rows), bits: (count,)
    """

    unit: Array
    bits: Array

    @classmethod
    def of(cls, values: Array, bits: Array, weight: Array | None = None) -> Columns:
        """Prepare columns of values, (count, rows); weights of rows enter all scalar products."""
        if weight is None:
            centred = values - values.mean(1, keepdims=True)
        else:
            root = np.sqrt(weight)
            mean = (values * weight).sum(1, keepdims=True) / weight.sum()
            centred = (values - mean) * root
        length = np.sqrt(np.einsum("ij,ij->i", centred, centred))
        length[~(length > 0)] = np.inf
        return cls(centred / length[:, None], bits)


def centre_target(target: Array, weight: Array | None = None) -> Array:
    """A target as :class:`Columns` expects it: centred, weighted, of length 1."""
    mean = np.average(target, weights=weight)
    t = target - mean if weight is None else (target - mean) * np.sqrt(weight)
    length = float(np.sqrt(t @ t))
    return t / length if length > 0 else t


def best_subsets(
    columns: Columns,
    target: Array,
    *,
    most: int,
    beam: int,
    keep: int,
    pairs: int,
    start: Sequence[Sequence[int]] = (),
    goal: float = 1e-20,
) -> list[Subset]:
    """The best few subsets of each size, smallest first.

    Args:
        target: from :func:`centre_target`.
        most: the largest size.
        beam: number of subsets of each size that grow.
        pairs: number of columns, those most correlated with the target, of which all pairs are
            scored, together with half as many cheap ones.
        start: subsets to grow from, in addition to the empty one.
        goal: stop at the size at which the FVU is below this.
    """
    v, bits = columns.unit, columns.bits
    rows = v.shape[1]
    alike = v @ target
    order = np.argsort(-_score(alike**2, bits, rows))
    states = _states(v, target, [(int(k),) for k in order[:beam]])
    found = [Subset((int(k),), max(0.0, 1 - float(alike[k]) ** 2)) for k in order[: SINGLES * keep]]
    begun = _states(v, target, [tuple(s) for s in start])
    found += [Subset(s.columns, s.fvu) for s in begun]
    if most < 2 or min((f.fvu for f in found), default=1.0) <= goal or not states:
        return found
    paired = _best_pairs(v, alike, bits, pairs, beam) if pairs > 1 else []
    longer = _states(v, target, paired)
    for size in range(2, most + 1):
        grown = _grow(v, bits, [*states, *(begun if size == 2 else ())], beam, rows)
        if size == 2:
            known = {frozenset(s.columns) for s in grown}
            grown += [s for s in longer if frozenset(s.columns) not in known]
            grown.sort(key=lambda s: s.length(bits, rows))
        if not grown:
            break
        grown = _exchange(v, target, bits, grown, rows)
        found += [Subset(s.columns, s.fvu) for s in grown[:keep]]
        states = grown[:beam]
        if min(s.fvu for s in grown) <= goal:
            break
    return found


def all_small_subsets(
    columns: Columns, target: Array, *, triples: int, quadruples: int, keep: int
) -> list[Subset]:
    """The best of all triples of the cheapest columns, and of all quadruples of fewer columns.

    A beam search may lose the right columns if they are correlated; here all are tried.
    """
    order = np.argsort(columns.bits, kind="stable")
    found = []
    for size, count in ((3, triples), (4, quadruples)):
        some = order[: min(count, len(order))]
        if len(some) < size:
            continue
        v, bits = columns.unit[some], columns.bits[some]
        for fvu, chosen in _deepen(v, target, bits, size, keep):
            found.append(Subset(tuple(int(some[k]) for k in chosen), fvu))
    return found


def _deepen(
    v: Array, target: Array, bits: Array, size: int, keep: int
) -> list[tuple[float, tuple[int, ...]]]:
    """The best subsets of a size: for each choice of the first columns, all pairs of the rest."""
    rows = v.shape[1]
    scored: list[tuple[float, float, tuple[int, ...]]] = []

    def visit(v: Array, norms: Array, target: Array, chosen: tuple[int, ...]) -> None:
        usable = norms > NEARLY_DEPENDENT
        if len(chosen) == size - 2:
            scored.extend(_pairs_beyond(v, norms, usable, target, chosen, bits, rows))
            if len(scored) > 50 * keep:
                scored[:] = nsmallest(keep, scored)
            return
        first = chosen[-1] + 1 if chosen else 0
        for k in range(first, len(v) - 2):
            if usable[k]:
                q = v[k] / np.sqrt(norms[k])
                along = v @ q
                rest = v - along[:, None] * q
                visit(rest, norms - along**2, target - (q @ target) * q, (*chosen, k))

    visit(v, np.ones(len(v)), target, ())
    return [(fvu, chosen) for _, fvu, chosen in nsmallest(keep, scored)]


def _pairs_beyond(
    v: Array,
    norms: Array,
    usable: NDArray[np.bool_],
    target: Array,
    chosen: tuple[int, ...],
    bits: Array,
    rows: int,
) -> list[tuple[float, float, tuple[int, ...]]]:
    """The best two pairs of columns after the last chosen one, by description length."""
    first = chosen[-1] + 1
    places = first + np.flatnonzero(usable[first:])
    if len(places) < 2:
        return []
    u = v[places] / np.sqrt(norms[places])[:, None]
    c = u @ target
    left = np.maximum(float(target @ target) - explain_pairs(c, c, u @ u.T, 1e-7), 1e-16)
    # Order by 2^(2 length / rows), which needs no logarithm for each pair.
    price = np.exp2(2 / rows * (bits[places] - bits[places].min()))
    cost = left * np.outer(price, price)
    cost[_lower(len(places))] = np.inf
    base = float(bits[list(chosen)].sum())
    found = []
    for _ in range(2):
        i, j = divmod(int(cost.argmin()), len(places))
        if i < j:
            length = 0.5 * rows * math.log2(left[i, j]) + float(bits[places[i]] + bits[places[j]])
            subset = (*chosen, int(places[i]), int(places[j]))
            found.append((length + base, float(left[i, j]), subset))
        cost[i, j] = np.inf
    return found


@lru_cache(maxsize=64)
def _lower(size: int) -> NDArray[np.bool_]:
    """The mask of pairs (i, j) with j ≤ i, so that each pair counts once."""
    lower = np.tri(size, dtype=bool)
    lower.setflags(write=False)
    return lower


def _score(explained: Array, bits: Array, rows: int) -> Array:
    """Minus the description length, up to a constant."""
    left = np.clip(1 - explained, 1e-16, None)
    return -(0.5 * rows * np.log2(left) + bits)


@dataclass
class _State:
    """A subset with the residual of the target and the residual norm² of every column."""

    columns: tuple[int, ...]
    basis: Array
    residual: Array
    left: Array

    @property
    def fvu(self) -> float:
        return float(self.residual @ self.residual)

    def length(self, bits: Array, rows: int) -> float:
        """The description length, up to a constant."""
        data = 0.5 * rows * float(np.log2(max(self.fvu, 1e-16)))
        return data + float(bits[list(self.columns)].sum())


def _states(v: Array, target: Array, subsets: Sequence[tuple[int, ...]]) -> list[_State]:
    """The states of these subsets, without subsets of dependent columns."""
    made = []
    for columns in subsets:
        q, r = np.linalg.qr(v[list(columns)].T)
        if (np.square(np.diag(r)) < NEARLY_DEPENDENT).any():
            continue
        residual = remove_projection(q, remove_projection(q, target))
        made.append((columns, q.T, residual))
    if not made:
        return []
    squares = np.square(v @ np.concatenate([q for _, q, _ in made]).T)
    states, first = [], 0
    for columns, q, residual in made:
        left = 1 - squares[:, first : first + len(q)].sum(1)
        first += len(q)
        states.append(_State(columns, q, residual, left))
    return states


def _best_pairs(v: Array, alike: Array, bits: Array, most: int, keep: int) -> list[tuple[int, ...]]:
    """The best pairs among the columns most correlated with the target and the cheapest columns.

    A column that is hardly correlated with the target may still complete another one.
    """
    like, cheap = np.argsort(-np.abs(alike)), np.argsort(bits, kind="stable")
    some = np.unique(np.concatenate([like[:most], cheap[: most // 2]]))
    c, b, vs = alike[some], bits[some], v[some]
    rows, block = v.shape[1], 256
    scored: list[tuple[float, int, int]] = []
    for first in range(0, len(some), block):
        g = vs[first : first + block] @ vs.T
        explained = explain_pairs(c[first : first + block], c, g, NEARLY_DEPENDENT)
        score = _score(np.minimum(explained, 1), b[first : first + block, None] + b, rows)
        few = min(2 * keep, score.size)
        for k in np.argpartition(-score, few - 1, axis=None)[:few]:
            i, j = divmod(int(k), len(some))
            if first + i < j:
                scored.append((float(score[i, j]), int(some[first + i]), int(some[j])))
    scored.sort(reverse=True)
    return [(i, j) for _, i, j in scored[:keep]]


def explain_pairs(a: Array, b: Array, g: Array, least: float) -> Array:
    """R² of the regression on each pair of unit columns; 0 if they are dependent, 1 - g² < least.

    a (n,) and b (m,) are the target's products with them, g (n, m) are those of the columns.
    """
    free = 1 - g * g
    explained = g * np.outer(-2 * a, b)  # in place from here on: there may be millions of pairs
    explained += (a * a)[:, None]
    explained += b * b
    with np.errstate(all="ignore"):
        explained /= free
    explained[free < least] = 0
    return explained


def _grow(v: Array, bits: Array, states: list[_State], beam: int, rows: int) -> list[_State]:
    """The best subsets with one more column, the best first."""
    products = v @ np.stack([s.residual for s in states], 1)
    each = max(6, 2 * beam // len(states))
    offers: list[tuple[float, int, int]] = []
    for n, state in enumerate(states):
        usable = state.left > NEARLY_DEPENDENT
        gain = np.where(usable, products[:, n] ** 2 / np.where(usable, state.left, 1), 0)
        after = np.clip(state.fvu - gain, 1e-16, None)
        length = 0.5 * rows * np.log2(after) + bits + float(bits[list(state.columns)].sum())
        few = min(each, len(length))
        top = np.argpartition(length, few - 1)[:few]
        offers += [(float(length[k]), n, int(k)) for k in top if gain[k] > 0]
    offers.sort()
    chosen: dict[frozenset[int], tuple[int, int]] = {}
    for _, n, k in offers:
        chosen.setdefault(frozenset((*states[n].columns, k)), (n, k))
        if len(chosen) >= beam:
            break
    return _grow_states(v, states, list(chosen.values()))


def _exchange(
    v: Array, target: Array, bits: Array, states: list[_State], rows: int
) -> list[_State]:
    """The states, and copies of the best with one column exchanged for a better one.

    The first column was chosen without the others, so a similar one may be better.
    """
    known = {frozenset(s.columns): s for s in states}
    for state in states[:EXCHANGED]:
        rests = [tuple(c for c in state.columns if c != gone) for gone in state.columns]
        for rest in _states(v, target, [r for r in rests if r]):
            for new in _grow(v, bits, [rest], 1, rows):
                known.setdefault(frozenset(new.columns), new)
    return sorted(known.values(), key=lambda s: s.length(bits, rows))


def _grow_states(v: Array, states: list[_State], pairs: list[tuple[int, int]]) -> list[_State]:
    made = []
    for n, k in pairs:
        state, q = states[n], v[k]
        for _ in range(2):  # orthogonalise twice because of rounding
            q = q - (state.basis @ q) @ state.basis
        length = float(np.sqrt(q @ q))
        if length**2 > NEARLY_DEPENDENT:
            q = q / length
            residual = state.residual - (q @ state.residual) * q
            made.append((state, k, q, residual))
    if not made:
        return []
    squares = np.square(v @ np.stack([q for _, _, q, _ in made], 1))
    return [
        _State((*s.columns, k), np.vstack([s.basis, q]), residual, s.left - squares[:, m])
        for m, (s, k, q, residual) in enumerate(made)
    ]
