"""Additive models of smooth curves, and of products of the curves of a few pairs of inputs.

Each line, curve and surface has a ridge penalty of its own, chosen by the evidence (MacKay's fixed
point, 1992; Tipping, 2001): what the data don't support is shrunk away and dropped.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from edgewise.discovery.curves import Curves
from edgewise.formula.expression import Expression, Number, add, multiply

Array = NDArray[np.float64]

MOST_INPUTS = 60
"""Inputs that enter, the ones of which y alone depends most."""

MOST_PAIRS = 8
"""Pairs of inputs that get a surface."""

TENSOR = 3
"""Functions of each input that a surface is made of: t and the two smoothest bent ones."""

ROUNDS = 30
"""Rounds of the fixed point. Penalties of what stays settle within ten; the rest is dropped."""

WORTH = 0.5
"""A block with fewer effective parameters is dropped; 0.5 is a t-value of √2."""

WORTH_BENT = 1.0
"""The same bound for blocks of several columns."""

PAIR_SCORE = 14.0
"""Σz² of four products of the curves of two inputs, from which on a pair is tried; by chance one
in 130 pairs has that."""


@dataclass(frozen=True)
class Block:
    """Columns that share a penalty: a line or a curve of one input, or products of two inputs'.

    Attributes:
        inputs: one or two places in the list of curves.
        places: which function of the first (and of the second) each column takes.
    """

    inputs: tuple[int, ...]
    places: tuple[tuple[int, ...], ...]

    def columns(self, features: Sequence[Array]) -> Array:
        """(rows, columns)"""
        first = features[self.inputs[0]][:, [p[0] for p in self.places]]
        if len(self.inputs) == 1:
            return first
        return first * features[self.inputs[1]][:, [p[1] for p in self.places]]


@dataclass(frozen=True)
class Additive:
    """intercept + Σ coef · column of some blocks."""

    curves: list[Curves]
    blocks: list[Block]
    coefs: list[Array]
    intercept: float

    def predict(self, features: Sequence[Array]) -> Array:
        """At rows of which :meth:`Curves.values` are given, for each of the curves."""
        result = np.full(len(features[0]) if features else 1, self.intercept)
        for block, coef in zip(self.blocks, self.coefs, strict=True):
            result += block.columns(features) @ coef
        return result

    def tree(self) -> Expression:
        """The model as a formula."""
        terms: list[Expression] = [Number(self.intercept)]
        tables: dict[tuple[int, ...], Array] = {}
        for block, coef in zip(self.blocks, self.coefs, strict=True):
            shape = [self.curves[i].count for i in block.inputs]
            table = tables.setdefault(block.inputs, np.zeros(shape))
            for place, value in zip(block.places, coef, strict=True):
                table[place] += value
        for inputs, table in tables.items():
            if len(inputs) == 1:
                terms.append(self.curves[inputs[0]].tree(table))
            else:
                terms.extend(_products(self.curves[inputs[0]], self.curves[inputs[1]], table))
        return add(*terms)


def _products(first: Curves, second: Curves, table: Array) -> list[Expression]:
    """Σ table[i, j] · f_i · g_j as few products of a curve of each input."""
    left, sizes, right = np.linalg.svd(table)
    return [
        multiply(first.tree(left[:, k] * size), second.tree(right[k]))
        for k, size in enumerate(sizes)
        if size > 1e-9 * sizes[0]
    ]


def fit_additive(
    curves: list[Curves], features: list[Array], y: Array, weight: Array
) -> tuple[Additive, Additive]:
    """An additive model, and one with products of pairs too.

    Args:
        features: the values of the curves at the rows.
        weight: of the rows; those with weight 0 aren't looked at.

    Shape:
        y, weight: (rows,)
    """
    share = weight / weight.sum()
    rows = int((weight > 0).sum())
    chosen = _screen_inputs(features, y - share @ y, share, min(MOST_INPUTS, 5 + rows // 10))
    blocks = [b for k in chosen for b in _main_blocks(k, curves[k])]
    kept, model = _fit_blocks(curves, features, blocks, y, weight)
    both, tried = model, set[tuple[int, ...]]()
    for _ in range(2):
        residual = y - both.predict(features)
        pairs = _screen_pairs(features, residual, share, min(MOST_PAIRS, rows // 25), tried)
        if not pairs:
            break
        tried.update(pairs)
        more = [b for pair in pairs for b in _pair_blocks(pair, curves)]
        kept, both = _fit_blocks(curves, features, [*kept, *more], y, weight)
    return model, both


def _main_blocks(place: int, curves: Curves) -> list[Block]:
    line = Block((place,), ((0,),))
    if curves.count == 1:
        return [line]
    return [line, Block((place,), tuple((k,) for k in range(1, curves.count)))]


def _pair_blocks(pair: tuple[int, ...], curves: Sequence[Curves]) -> list[Block]:
    first, second = (range(min(TENSOR, curves[p].count)) for p in pair)
    bent = tuple((i, j) for i in first for j in second if i or j)
    blocks = [Block(pair, ((0, 0),))]
    return [*blocks, Block(pair, bent)] if bent else blocks


def _fit_blocks(
    curves: list[Curves], features: list[Array], blocks: list[Block], y: Array, weight: Array
) -> tuple[list[Block], Additive]:
    """The blocks that the data support, and the model of them."""
    share = weight / weight.sum()
    rows = int((weight > 0).sum())
    middle = float(share @ y)
    if not blocks:
        return [], Additive(curves, [], [], middle)
    columns = np.concatenate([b.columns(features) for b in blocks], 1)
    means = share @ columns
    root = np.sqrt(share * rows)
    weighted = (columns - means) * root[:, None]
    target = (y - middle) * root
    groups = np.repeat(np.arange(len(blocks)), [len(b.places) for b in blocks])
    coef, worth = shrink(weighted.T @ weighted, weighted.T @ target, target @ target, rows, groups)
    kept = [b for k, b in enumerate(blocks) if worth[k]]
    coefs = [coef[groups == k] for k in range(len(blocks)) if worth[k]]
    return kept, Additive(curves, kept, coefs, middle - float(means @ coef))


def shrink(
    gram: Array, right: Array, square: float, rows: int, groups: NDArray[np.int64]
) -> tuple[Array, NDArray[np.bool_]]:
    """Ridge coefficients with a penalty for each group, the likeliest ones.

    Args:
        gram, right, square: XᵀX, Xᵀy and yᵀy of centred columns.
        groups: of each column, 0, 1, …

    Returns:
        coefficients, and which groups stay; the others' are 0.
    """
    count = int(groups.max()) + 1
    coef = np.zeros(len(right))
    if square <= 0:
        return coef, np.zeros(count, dtype=bool)
    sizes = np.bincount(groups).astype(float)
    alive = np.ones(count, dtype=bool)
    penalty = np.full(count, 0.5 * count)
    effective = sizes.copy()
    for turn in range(ROUNDS):
        inside = np.flatnonzero(alive[groups])
        if not len(inside):
            break
        group = groups[inside]
        block = gram[np.ix_(inside, inside)]
        jitter = 1e-12 * np.trace(block) / len(inside)
        inverse = np.linalg.inv(block + np.diag(penalty[group] + jitter))
        solution = inverse @ right[inside]
        used = np.bincount(group, np.diag(inverse), count) * penalty
        before, effective = effective, np.where(alive, np.maximum(sizes - used, 0), 0)
        left = square - 2 * solution @ right[inside] + solution @ block @ solution
        noise = max(left, 1e-14 * square) / max(rows - 1 - effective.sum(), 1)
        coef[:] = 0
        coef[inside] = solution
        if turn and np.abs(effective - before).max() < 0.01:
            break
        energy = np.bincount(groups, coef**2, count)
        penalty = noise * effective / np.maximum(energy, 1e-300)
        if turn >= 5:
            least = np.where(sizes > 1, WORTH_BENT, WORTH)
            alive &= effective > (least if turn >= 12 else 0.2 * least)
            coef[~alive[groups]] = 0
    return coef, alive


def _screen_inputs(features: list[Array], y: Array, share: Array, most: int) -> list[int]:
    """The places of the inputs whose first three functions alone explain most."""
    if len(features) <= most:
        return list(range(len(features)))
    scores = []
    for values in features:
        f = values[:, :3] - share @ values[:, :3]
        scores.append(float((((share * y) @ f) ** 2 / np.maximum(share @ f**2, 1e-12)).sum()))
    return sorted(int(k) for k in np.argsort(-np.array(scores), kind="stable")[:most])


def _screen_pairs(
    features: Sequence[Array],
    residual: Array,
    share: Array,
    most: int,
    tried: set[tuple[int, ...]],
) -> list[tuple[int, ...]]:
    """Pairs of inputs whose products follow the residual most, in order."""
    count = len(features)
    if count < 2 or most < 1:
        return []
    scores = np.zeros((count, count))
    firsts = [f[:, 0] for f in features]
    bents = [f[:, 1] if f.shape[1] > 1 else np.zeros(len(f)) for f in features]
    first, bent = np.stack(firsts, 1), np.stack(bents, 1)
    noise = max(float(share @ residual**2), 1e-300)
    rows = int((share > 0).sum())
    for a, b in ((first, first), (first, bent), (bent, bent)):
        covariance = (a * (share * residual)[:, None]).T @ b
        mean = (a * share[:, None]).T @ b
        variance = (a**2 * share[:, None]).T @ b**2 - mean**2
        usable = variance > 1e-9
        z = covariance**2 / np.where(usable, variance, 1) / noise * rows
        z = np.where(usable, z, 0)
        scores += z if a is b else z + z.T
    for pair in tried:
        scores[pair] = 0
    left, right = np.triu_indices(count, 1)
    order = np.argsort(-scores[left, right], kind="stable")[:most]
    return [(int(left[k]), int(right[k])) for k in order if scores[left[k], right[k]] > PAIR_SCORE]
