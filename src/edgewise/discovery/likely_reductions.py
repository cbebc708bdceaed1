"""Find reductions of noisy rows: gradients propose them, the likelihood of the rows decides.

Gradients of a Gaussian process of noisy rows are too wrong to tell y = m h(v/c) from
y = m h(v²/c³). A Gaussian process of the reduced problem can: if the reduction is right, a function
of fewer inputs explains the rows with the same noise, and their evidence rises by tens of nats.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import combinations
from typing import NamedTuple

import numpy as np

from edgewise._arrays import Array
from edgewise.discovery.invariance import (
    Proposal,
    find_moves,
    propose_by_gradients,
    start_states,
    take_gradients,
)
from edgewise.discovery.likelihood import log_evidence
from edgewise.discovery.numeric import POSTERIOR_ROWS, GaussianProcess, fit_gaussian_process
from edgewise.discovery.reduction import Gradients, Mask, Reduction, State
from edgewise.formula.data import Data
from edgewise.formula.expression import MINUS_ONE, Expression, add, exact, multiply, power
from edgewise.formula.program import Program
from edgewise.search.budget import RATE, Budget
from edgewise.search.polish import reductions
from edgewise.search.rationals import monomial_tree

ROWS = 150
"""Rows on which hyperparameters are chosen; the evidence is that of twice as many."""
NOISE = 0.05
"""The fraction of noise from which the search of hyperparameters begins."""
PRICE = RATE // 25
"""Evaluations that the evidence of one reduction costs."""
NODE, NUMBER = 0.7, 4.0
"""Nats that a node and a fitted number of a reduction cost."""
WIDTH = 4
"""Width of the beam: states kept after each step."""
LOST = 10.0
"""Reductions this many nats below the likeliest are left out, and the search ends at a step that
loses more."""
SLACK = 0.05
"""Violation of a gradient, relative to its size, that noisy rows leave possible."""
POWERS = (1, -1, 2, -2)
"""Exponents of an input in the prefactor of a simple move."""
MISSED, OFF = 0.05, 0.1
"""Fraction of squares that an exponent may miss, and how far it may be from a half or a whole
number."""


def find_likely_reductions(
    data: Data, model: GaussianProcess, budget: Budget, *, most: int, seed: int
) -> list[Reduction]:
    """Reductions under which the rows are likely, the likeliest first.

    Args:
        model: of the same rows, whose gradients propose reductions.
        most: the largest number of reductions.
        seed: of the choice of rows.
    """
    gradients = take_gradients(data.x, model, seed=seed, slack=SLACK)
    level = list(start_states(gradients))
    likelihoods: dict[str, float] = {}
    known: dict[str, State] = {}
    seen: set[str] = set()
    best = -math.inf
    for _ in range(2 * data.x.shape[1]):
        fresh = []
        for state, among in level:
            fresh.append(list(_find_moves(gradients, state, among, seen, budget)))
        weighed = []
        for state, among in _choose(fresh):
            if budget.over:
                break
            budget.spend(PRICE)
            known[state.key] = state
            likelihoods[state.key] = weigh_reduction(data, state.reduction, seed)
            weighed.append((state, among))
        level = sorted(weighed, key=lambda pair: -likelihoods[pair[0].key])[:WIDTH]
        best = max(likelihoods.values(), default=-math.inf)
        if not level or not level[0][0].reduction.inputs:
            break
        if likelihoods[level[0][0].key] < best - LOST:
            break
    order = sorted(known, key=lambda key: -likelihoods[key])
    return [known[key].reduction for key in order[:most] if likelihoods[key] > best - LOST]


def _find_moves(
    gradients: Gradients, state: State, among: Mask, seen: set[str], budget: Budget
) -> Iterator[Move]:
    """The moves of each kind that gradients don't contradict, until the budget is spent."""
    for propose in WEIGHED:
        for new in find_moves(gradients, state, among, seen, propose):
            yield Move(propose, new, among)
            if budget.over:
                return


def _choose(fresh: list[list[Move]]) -> list[tuple[State, Mask]]:
    """The states that gradients contradict least, of each kind.

    Half of them come from the likeliest state, half of the others from the next, and so on.
    Spellings of one form are counted once, and all of them are chosen: 1/(exp(u) - 1) and
    u/(exp(u) - 1), with another prefactor, aren't equally smooth.

    Args:
        fresh: the moves of each state, those of the likeliest first.
    """
    chosen: list[tuple[State, Mask]] = []
    left = dict(WEIGHED)
    for place, moves in enumerate(fresh, 1):
        forms: dict[Propose, set[tuple[int, str]]] = {kind: set() for kind in WEIGHED}
        most = {k: n if place == len(fresh) else -(-n // 2) for k, n in left.items()}
        for kind, state, among in sorted(moves, key=lambda move: move.state.rank):
            if state.fingerprint in forms[kind] or len(forms[kind]) < most[kind]:
                forms[kind].add(state.fingerprint)
                chosen.append((state, among))
        left = {k: n - len(forms[k]) for k, n in left.items()}
    return chosen


def weigh_reduction(data: Data, reduction: Reduction, seed: int = 0) -> float:
    """The log evidence of up to 300 rows under a Gaussian process of the reduced problem, in nats.

    The nodes and numbers of the reduction are subtracted. It is -∞ where the reduction isn't
    defined.
    """
    reduced = reduction.reduce(data)
    if reduced is None:
        return -math.inf
    order = np.random.default_rng([seed, len(data.y)]).permutation(len(data.y))
    order = order[: POSTERIOR_ROWS * ROWS]
    x, y = reduced.x[order], reduced.y[order]
    weight = reduced.weights[order]
    if reduction.inputs:
        evidence = fit_gaussian_process(x, y, weight, rows=ROWS, noise=NOISE).log_evidence
    else:
        square = float(weight @ np.square(y - np.average(y, weights=weight)))
        logs = float(np.log(weight).sum())
        evidence = log_evidence(square, -logs, float(weight.sum()), len(y))
    if reduction.prefactor is not None:
        factor = Program(reduction.prefactor).values(data.x[order])
        evidence -= float(np.log(np.abs(factor)).sum())
    return evidence - NODE * reduction.size - NUMBER * reduction.numbers


def _propose_simple(state: State) -> Iterator[Proposal]:
    """An input that leaves as a factor or a term, and two inputs that become one.

    An input with a fitted number may be shorter without it: u² + .001 v is u², if steps by
    gradients have adapted it to noise.
    """
    trees = list(state.reduction.inputs)
    for tree in trees:
        rest = [other for other in trees if other is not tree]
        for p in POWERS:
            yield rest, power(tree, exact(p)), None
        yield rest, None, tree
        for short in reductions(tree) if tree.free_count else ():
            if short.inputs and not short.free_count:
                yield [*rest, short], None, None
    crosses = [low < 0 < high for low, high in zip(state.x.min(0), state.x.max(0), strict=True)]
    for (j, a), (k, b) in combinations(enumerate(trees), 2):
        rest = [other for other in trees if other is not a and other is not b]
        # The quotient has no pole if the denominator doesn't change sign.
        pair = (b, a) if crosses[k] and not crosses[j] else (a, b)
        for new, factor in _merge(*pair):
            yield [*rest, new], factor, None


def _propose_powers(state: State) -> Iterator[Proposal]:
    """Inputs of which y is a power leave as one factor, and others become one product of powers.

    In x^p h(u) with u = v^q w^r, x ∂y/∂x is p y, and v ∂y/∂v is q/r times w ∂y/∂w in every row.
    """
    trees = list(state.reduction.inputs)
    scaled = state.x * state.slopes
    powers = [_find_ratio(each, state.y) for each in scaled.T]
    others = [k for k, p in enumerate(powers) if not p]
    factor = monomial_tree(powers, trees) if any(powers) else None
    if factor is not None:
        yield [trees[k] for k in others], factor, None
    for j in others:
        ratios = [_find_ratio(scaled[:, k], scaled[:, j]) for k in others]
        if sum(map(bool, ratios)) > 1:
            product = monomial_tree(ratios, [trees[k] for k in others])
            rest = [trees[k] for k, p in zip(others, ratios, strict=True) if not p]
            yield [*rest, product], factor, None


def _find_ratio(values: Array, of: Array) -> Fraction:
    """p in values = p · of, by least squares over the rows; 0 if they don't agree.

    It has to be nearly a half or a whole number, and neither may vanish, as where y doesn't depend
    on an input.
    """
    if not (values.any() and of.any()):
        return Fraction(0)
    p = float(values @ of / (of @ of))
    near = Fraction(round(2 * p), 2)
    missed = np.square(values - float(near) * of).sum() / np.square(values).sum()
    return near if missed < MISSED and abs(p - near) < OFF else Fraction(0)


def _merge(a: Expression, b: Expression) -> Iterator[tuple[Expression, Expression | None]]:
    """Products, quotients, sums and differences of two inputs, and a prefactor beside them."""
    product, quotient = multiply(a, b), multiply(a, power(b, MINUS_ONE))
    for new in (product, quotient, add(a, b), add(a, multiply(MINUS_ONE, b))):
        yield new, None
    for p in POWERS:
        yield quotient, power(a, exact(p))
    yield product, a
    yield product, b


Propose = Callable[[State], Iterator[Proposal]]


class Move(NamedTuple):
    """A proposed state, and what proposed it."""

    kind: Propose
    state: State
    among: Mask


WEIGHED: dict[Propose, int] = {_propose_powers: 2, _propose_simple: 10, propose_by_gradients: 6}
"""The forms of each step that are weighed, by what proposes them."""
