"""Guess formulas made of enumerated terms: sums, products and ratios, also under a function.

Each form can be rearranged to sparse linear regression on terms t_k and s_l:

* a sum under a function, y = f(Σ c_k t_k + d), is the regression of f⁻¹(y) on t_k;
* a multiple of a sum, y = m Σ c_k t_k, is that of y / m on t_k, with weights m²;
* a product, |y| = C Π |t_k|^p_k, is that of log |y| on log |t_k|;
* a ratio, y = (Σ b_k t_k + d) / (1 + Σ c_l s_l), is that of y on t_k and y s_l.

Weights make errors of the transformed y count as errors of y, to first order.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from edgewise._arrays import Array
from edgewise.data.rows import fill_weight
from edgewise.formula.expression import (
    ONE,
    Expression,
    add,
    exact,
    free,
    free_each,
    multiply,
    power,
)
from edgewise.formula.library import Library
from edgewise.formula.scaling import scale_columns
from edgewise.search.links import LINKS, Link
from edgewise.search.subsets import (
    Columns,
    Subset,
    all_small_subsets,
    best_subsets,
    centre_target,
)
from edgewise.search.terms import Terms, pick_distinct

CHEAP = 90
"""Number of terms for ratios without a constant in the denominator."""
WEIGHTS = 1e4
"""Weights are clipped to this factor of their median."""
ROUNDED = 0.1
"""Exponents nearer than this to a multiple of 1/2 are rounded."""


@dataclass(frozen=True)
class Guess:
    """A guessed formula; its numbers are good start values for a refit.

    Attributes:
        fvu: the fraction of its own target's variance unexplained.
        size: the number of terms.
        work: the work it took to find it, relative to the mean of the level's guesses.
    """

    tree: Expression
    fvu: float
    size: int
    source: str
    work: float = 1.0


@dataclass(frozen=True)
class Effort:
    """The size of a search.

    Attributes:
        most: most terms of a sum; 0 for triples and quadruples only.
        beam: width of the beam of sums that grow.
        pairs: number of terms of which all pairs are scored.
        keep: guesses of each size that are kept.
        triples, quadruples: numbers of the cheapest terms of which all triples and all quadruples
            are tried.
    """

    most: int
    beam: int
    pairs: int
    keep: int
    triples: int = 0
    quadruples: int = 0


def weights_of(slope: Array, weight: Array | None = None) -> Array | None:
    """Weights 1 / slope², clipped, with mean 1; None if they are equal or overflow.

    Args:
        slope: |T'(y)|; infinite at rows that don't tell T(y), whose weight is 0.
        weight: weights of the rows, a further factor. The products may be nearly equal, as for
            log y with relative errors.
    """
    with np.errstate(all="ignore"):
        w = 1 / np.square(np.maximum(np.abs(slope), 1e-150))
        w = w if weight is None else w * weight
    told = np.isfinite(slope) if weight is None else np.isfinite(slope) & (weight > 0)
    if not told.any():
        return weight
    middle = float(np.median(w[told]))
    if not 1e-290 < middle < 1e290:
        return None
    # A row with little weight for y has little weight for T(y).
    least = 1.0 if weight is None else np.minimum(weight / np.median(weight[weight > 0]), 1.0)
    w = np.where(told, np.clip(w, least * middle / WEIGHTS, middle * WEIGHTS), 0.0)
    return None if np.ptp(w) < 1e-12 * middle else w / w.mean()


def term_bits(costs: NDArray[np.int64]) -> Array:
    """The bits of a term: its nodes, its coefficient, and the choice among the terms."""
    return np.asarray(4.0 + 1.5 * costs, dtype=np.float64)


def solve_terms(columns: Sequence[Array], target: Array, weight: Array | None) -> Array:
    """Least squares coefficients, the constant last."""
    a = np.stack([*columns, np.ones_like(target)], 1)
    if weight is not None:
        root = np.sqrt(weight)
        a, target = a * root[:, None], target * root
    scaled, scale = scale_columns(a)
    solution: Array = np.linalg.lstsq(scaled, target, rcond=1e-14)[0] / scale
    return solution


def search_sums(
    terms: Terms,
    y: Array,
    library: Library,
    effort: Effort,
    *,
    links: Sequence[Link],
    weight: Array | None,
) -> Iterator[Guess]:
    """Search y = f(Σ c_k t_k + d) for each link f whose range contains y."""
    keep = terms.distinct
    values, bits = terms.values[keep], term_bits(terms.costs[keep])
    for link, target, w in _undo_links(y, links, library, weight):
        for subset in _subsets(values, bits, target, w, effort):
            trees = [terms.tree(int(keep[k])) for k in subset.columns]
            c = solve_terms([values[k] for k in subset.columns], target, w)
            total = add_multiples(trees, c)
            yield Guess(
                link.tree(total, library),
                subset.fvu,
                len(subset.columns),
                f"sum under {link.function}",
            )


def _undo_links(
    y: Array, links: Sequence[Link], library: Library, weight: Array | None
) -> Iterator[tuple[Link, Array, Array | None]]:
    """Each link f whose range contains y, with f⁻¹(y) and the weights of its errors."""
    for link in links:
        undone = link.undo(y, library)
        if undone is not None:
            yield link, undone[0], weights_of(undone[1], weight)


def add_multiples(trees: Sequence[Expression], coefficients: Array) -> Expression:
    """Σ c_k t_k + d, the constant last.

    Shape:
        coefficients: (terms + 1,), or (terms + 1, groups)
    """
    *factors, constant = map(free_each, np.atleast_2d(coefficients.T).T)
    return add(*(multiply(c, t) for c, t in zip(factors, trees, strict=True)), constant)


def join_weights(a: Array | None, b: Array | None) -> Array | None:
    """The product of two sets of weights, with mean 1; None stands for equal weights."""
    if a is None or b is None:
        return a if b is None else b
    product = a * b
    return product / product.mean()


def _subsets(
    values: Array,
    bits: Array,
    target: Array,
    weight: Array | None,
    effort: Effort,
    start: Sequence[Sequence[int]] = (),
) -> list[Subset]:
    if np.ptp(target) <= 1e-13 * np.abs(target).max():
        return []
    columns = Columns.of(values, bits, weight)
    unit = centre_target(target, weight)
    found = []
    if effort.most:
        found = best_subsets(
            columns,
            unit,
            most=effort.most,
            beam=effort.beam,
            pairs=effort.pairs,
            keep=effort.keep,
            start=start,
        )
    if effort.triples and min((s.fvu for s in found), default=1.0) > 1e-20:
        found += all_small_subsets(
            columns,
            unit,
            triples=effort.triples,
            quadruples=effort.quadruples,
            keep=effort.keep,
        )
    return found


def search_multiples(
    terms: Terms,
    y: Array,
    effort: Effort,
    factors: Sequence[int],
    *,
    weight: Array | None,
) -> Iterator[Guess]:
    """Search y = m (Σ c_k t_k + d), with some of the terms as m."""
    keep = terms.distinct
    values, bits = terms.values[keep], term_bits(terms.costs[keep])
    effort = replace(effort, keep=max(1, effort.keep // 4))
    for m in factors:
        with np.errstate(all="ignore"):
            target = y / terms.values[m]
        if not np.isfinite(target).all():
            continue
        w = join_weights(np.square(terms.values[m]) / np.mean(np.square(terms.values[m])), weight)
        for subset in _subsets(values, bits, target, w, effort):
            trees = [terms.tree(int(keep[k])) for k in subset.columns]
            c = solve_terms([values[k] for k in subset.columns], target, w)
            tree = multiply(terms.tree(m), add_multiples(trees, c))
            yield Guess(tree, subset.fvu, len(subset.columns), "multiple of a sum")


def search_products(
    terms: Terms,
    y: Array,
    library: Library,
    effort: Effort,
    *,
    links: Sequence[Link],
    weight: Array | None,
    whole: Sequence[int],
) -> Iterator[Guess]:
    """Search y = f(C Π t_k^p_k) by logarithms; the terms `whole` are included from the start."""
    with np.errstate(all="ignore"):
        logs = np.log(np.abs(terms.values))
    usable = np.flatnonzero(np.isfinite(logs).all(1) & (np.ptp(logs, 1) > 1e-9))
    if not len(usable):
        return
    keep = usable[pick_distinct(logs[usable], terms.costs[usable])]
    values, bits = logs[keep], term_bits(terms.costs[keep])
    place = {int(k): n for n, k in enumerate(keep)}
    start = [[place[k] for k in whole if k in place]]
    start = [s for s in start if s]
    for link in links:
        undone = link.undo(y, library)
        if undone is None:
            continue
        inverse, slope = undone
        with np.errstate(all="ignore"):
            target = np.where(np.isfinite(slope), np.log(np.abs(inverse)), 0.0)
            w = weights_of(slope / np.maximum(np.abs(inverse), 1e-300), weight)
        if not np.isfinite(target).all():
            continue
        for subset in _subsets(values, bits, target, w, effort, start):
            c = solve_terms([values[k] for k in subset.columns], target, w)
            found = [int(keep[k]) for k in subset.columns]
            bases = [(terms.tree(k), terms.values[k]) for k in found]
            tree = multiply_powers(bases, c[:-1], inverse, weight)
            if tree is not None:
                yield Guess(
                    link.tree(tree, library),
                    subset.fvu,
                    max(1, len(subset.columns) - len(whole) + 1),
                    f"product under {link.function}",
                )


def multiply_powers(
    bases: Sequence[tuple[Expression, Array]],
    exponents: Array,
    y: Array,
    weight: Array | None,
    slack: float = ROUNDED,
) -> Expression | None:
    """C Π t^p nearest to y; exponents near multiples of 1/2 are rounded.

    It is None if it isn't finite at all rows.

    Args:
        bases: each t with its values.
        slack: how far the exponent of positive values may be from such a multiple.

    Shape:
        exponents: (bases,); y, weight: (rows,)
    """
    factors: list[Expression] = []
    value = np.ones_like(y)
    with np.errstate(all="ignore"):
        for (tree, t), p in zip(bases, exponents.tolist(), strict=True):
            half = round(2 * p)
            near = slack if (t > 0).all() else ROUNDED
            if abs(p - half / 2) < near and half != 0:
                exponent = exact(half // 2) if half % 2 == 0 else exact(half, 2)
                if half % 2 and (t < 0).any():
                    return None
                factors.append(power(tree, exponent))
                value = value * np.power(t, half / 2)
            elif abs(p) > 0.02:
                if (t <= 0).any():
                    return None
                factors.append(power(tree, free(p)))
                value = value * np.power(t, p)
    if not factors or not np.isfinite(value).all():
        return None
    with np.errstate(all="ignore"):
        weighted = value * fill_weight(weight, len(y))
        scale = float(weighted @ y) / max(float(weighted @ value), 1e-300)
    return multiply(free(scale), *factors) if np.isfinite(scale) else None


def search_ratios(
    terms: Terms,
    y: Array,
    library: Library,
    effort: Effort,
    *,
    links: Sequence[Link] = LINKS[:1],
    weight: Array | None,
    first: Sequence[int] | None = None,
) -> Iterator[Guess]:
    """Search y = f((Σ b_k t_k + d) / (s + Σ c_l s_l)).

    Args:
        first: the terms to try as s, which are also the terms s_l. They must be linearly
            independent, or y s would be a combination of other columns. By default s is 1.
    """
    keep = terms.distinct[: None if first is None else CHEAP]
    values, bits = terms.values[keep], term_bits(terms.costs[keep])
    # A nearly constant term s in the denominator would give the trivial solution y = y.
    varied = np.ptp(values, 1) > 0.3 * np.abs(values).mean(1)
    lower = np.flatnonzero(varied if first is None else varied & np.isin(keep, first))
    if not len(lower):
        return
    all_bits = np.concatenate([bits, bits[lower] + 1])
    count = len(keep)
    for link, inverse, w in _undo_links(y, links, library, weight):
        both = np.concatenate([values, values[lower]])
        for s in (None,) if first is None else first:
            leading = np.ones_like(y) if s is None else terms.values[s]
            if not (leading != 0).all():
                continue
            aside = w if s is None else join_weights(weights_of(leading), w)
            both[count:] = values[lower] * inverse
            if s is not None:  # Exclude s itself, which would give the trivial y s = y s.
                alike = np.abs(np.corrcoef(leading, values[lower])[0, 1:])
                both[count:][alike > 1 - 1e-9] = 0
            for subset in _subsets(both, all_bits, inverse * leading, aside, effort):
                chosen = sorted(subset.columns)
                above = bisect_left(chosen, count)  # the terms of the numerator come first
                if above == len(chosen):
                    continue
                c = solve_terms([both[k] for k in chosen], inverse * leading, aside)
                highs = [terms.tree(int(keep[k])) for k in chosen[:above]]
                lows = [terms.tree(int(keep[lower[k - count]])) for k in chosen[above:]]
                top = add_multiples(highs, np.append(c[:above], c[-1]))
                bottom = add(
                    ONE if s is None else terms.tree(s),
                    *(multiply(free(-n), t) for n, t in zip(c[above:-1], lows, strict=True)),
                )
                tree = link.tree(multiply(top, power(bottom, -1)), library)
                yield Guess(tree, subset.fvu, len(chosen), f"ratio under {link.function}")
