"""Find symmetries of y from its gradients: combinations of inputs on which alone y depends.

If y = offset + prefactor·h(g_1, …, g_k), then in every row the gradient of (y - offset)/prefactor
lies in the span of the gradients of the g's. Three kinds of combinations are proposed: monomials
(scalings), sums and differences (translations), and two inputs that enter through one function of
both (:mod:`.pairs`). A beam search chains them: (x_0 - x_1)² + (x_2 - x_3)² takes three steps. Each
chain is judged by the original gradients.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from itertools import combinations

import numpy as np

from edgewise._arrays import Array
from edgewise.discovery.integer_exponents import find_lattices
from edgewise.discovery.numeric import GaussianProcess
from edgewise.discovery.pairs import find_merges
from edgewise.discovery.reduction import (
    SLACK,
    Gradients,
    Mask,
    Reduction,
    State,
    make_state,
)
from edgewise.formula.expression import (
    ONE,
    ZERO,
    Expression,
    Input,
    add,
    exact,
    multiply,
)
from edgewise.search.budget import Budget
from edgewise.search.rationals import monomial_tree

MOST_INPUTS = 12
"""Most inputs that are considered, those of greatest influence."""

WIDTH = 5
"""Width of the beam: states kept after each step."""

MERGES = 8
"""Pairs of inputs that are merged in each state."""

ROWS = 200
"""Rows whose gradients are compared."""

Proposal = tuple[list[Expression], Expression | None, Expression | None]
"""New inputs, a further prefactor and a further offset."""


def search_gradients(data: Gradients, *, most: int, budget: Budget) -> list[Reduction]:
    """Reductions of y that agree with its gradients, the most reliable and shortest first.

    The search takes seconds for ten inputs; it ends with those that it has when the budget does.

    Args:
        most: the largest number of reductions.
    """
    level = list(start_states(data))
    whole = f"{sorted(Input(i).key for i in range(data.x.shape[1]))} None None"
    seen = {state.key for state, _ in level}
    known = {state.fingerprint: state for state, _ in level}
    for _ in range(2 * data.x.shape[1]):
        fresh: dict[tuple[int, str], tuple[State, Mask]] = {}
        for state, among in level:
            for new in find_moves(data, state, among, seen, propose_by_gradients):
                old = known.get(new.fingerprint)
                if old is None or new.rank < old.rank:
                    known[new.fingerprint] = new
                    fresh[new.fingerprint] = (new, among)
                if budget.over:
                    break
        level = sorted(fresh.values(), key=lambda pair: pair[0].rank)[:WIDTH]
        if not level or budget.over:
            break
    found = sorted((s for s in known.values() if s.key != whole), key=lambda s: s.rank)
    return [s.reduction for s in _mix(found)[:most]]


def _mix(states: list[State]) -> list[State]:
    """Interleave: the three best states of each number of inputs first, then the others.

    The states with the fewest inputs may be wrong.
    """
    count: dict[int, int] = {}
    first: list[State] = []
    rest: list[State] = []
    for state in states:
        inputs = len(state.reduction.inputs)
        count[inputs] = count.get(inputs, 0) + 1
        (first if count[inputs] <= 3 else rest).append(state)
    return first + rest


def start_states(data: Gradients) -> Iterator[tuple[State, Mask]]:
    """The initial states: all inputs, and if some seem to have no influence, the others."""
    width = data.x.std(0)
    effect, spread = np.sqrt((data.gradient**2).mean(0)) * width, data.y.std()
    every: Mask = effect >= np.sort(effect)[::-1][:MOST_INPUTS][-1]
    least = np.maximum(1e-3 * spread, np.minimum(2.5 * data.error * width, 0.1 * spread))
    useful: Mask = every & (effect > least)
    for among in (every, useful) if useful.any() and (useful != every).any() else (every,):
        inputs = [Input(int(i)) for i in np.flatnonzero(among)]
        state = make_state(data, inputs, None, None, among)
        if state is not None:
            yield state, among


def find_moves(
    data: Gradients,
    state: State,
    among: Mask,
    seen: set[str],
    propose: Callable[[State], Iterator[Proposal]],
) -> Iterator[State]:
    """The proposed states that gradients don't contradict.

    Args:
        seen: keys of the states that were proposed before; new ones are added.
    """
    for inputs, prefactor, offset in propose(state):
        r = state.reduction
        if prefactor is not None:
            prefactor = multiply(r.prefactor or ONE, prefactor)
        if offset is not None:
            offset = add(r.offset or ZERO, multiply(r.prefactor or ONE, offset))
        front, base = prefactor or r.prefactor, offset or r.offset
        key = f"{sorted(tree.key for tree in inputs)} {front} {base}"
        if key in seen:
            continue
        seen.add(key)
        new = make_state(data, inputs, front, base, among)
        if new is not None:
            yield new


def propose_by_gradients(state: State) -> Iterator[Proposal]:
    """The forms that are one step simpler, by the directions of the gradients."""
    yield from _propose_scaling(state)
    yield from _propose_translation(state)
    yield from _propose_merges(state)


def _propose_scaling(state: State) -> Iterator[Proposal]:
    """Propose monomials, from x ∂y/∂x, with and without a monomial as prefactor."""
    features = state.x * state.slopes
    for groups, front in _propose(state, features, state.x, (state.y, None), monomial_tree):
        yield groups, front, None


def _propose_translation(state: State) -> Iterator[Proposal]:
    """Propose sums and differences, from the gradient, with and without such a sum as offset."""
    ones, affines = np.ones_like(state.x), (None, np.ones(len(state.y)))
    for groups, front in _propose(state, state.slopes, ones, affines, _combination):
        yield groups, None, front


def _propose(
    state: State,
    features: Array,
    shown: Array,
    affines: Sequence[Array | None],
    combine: Callable[[Sequence[int | Fraction], Sequence[Expression]], Expression],
) -> Iterator[tuple[list[Expression], Expression | None]]:
    """New inputs, and what stands in front of their function if anything does.

    They reduce the problem: there are fewer inputs, or a prefactor or an offset.
    """
    trees = state.reduction.inputs
    if not trees:
        return
    tolerance = SLACK * np.abs(features).mean(0) + 1.5 * state.error * np.abs(shown).mean(0)
    for affine in affines:
        for lattice in find_lattices(features, affine, tolerance):
            groups, front = [combine(row, trees) for row in lattice.groups], None
            if lattice.prefactor is not None and any(lattice.prefactor):
                front = combine(lattice.prefactor, trees)
            if front is not None or len(groups) < len(trees):
                yield groups, front


def _propose_merges(state: State) -> Iterator[Proposal]:
    """Propose to merge two inputs, the pairs with the smallest violation first."""
    trees = list(state.reduction.inputs)
    found = []
    for pair in combinations(range(len(trees)), 2):
        a, b = (trees[k] for k in pair)
        columns = list(pair)
        merges = find_merges(
            a, b, state.x[:, columns], state.slopes[:, columns], state.error[columns]
        )
        found += [(merge, pair) for merge in merges]
    for merge, pair in sorted(found, key=lambda m: m[0].violation)[:MERGES]:
        rest = [tree for k, tree in enumerate(trees) if k not in pair]
        yield [*rest, merge.tree], None, None


def _combination(coefficients: Sequence[int | Fraction], trees: Sequence[Expression]) -> Expression:
    terms = [
        multiply(exact(c.numerator, c.denominator), tree)
        for tree, c in zip(trees, coefficients, strict=True)
    ]
    return add(*terms)


def take_gradients(
    x: Array, model: GaussianProcess, *, seed: int, slack: float = SLACK
) -> Gradients:
    """Gradients of a numeric model at some of the rows, with their errors.

    Args:
        seed: of the choice of rows.
        slack: see :class:`Gradients`.

    Shape:
        x: (rows, in)
    """
    rows = np.sort(np.random.default_rng([seed, len(x)]).permutation(len(x))[:ROWS])
    at = x[rows]
    error = model.gradient_error(at)
    return Gradients.of(at, model.predict(at), model.gradient(at), error, slack)
