"""What gradients tell of a formula's form: which combinations of inputs are all that y depends on.

y = offset + prefactor·h(g_1, …, g_k) says that in every row the gradient of (y - offset)/prefactor
lies in the span of the gradients of the g's. Such forms are proposed by three sources: subspaces
of exponents (hidden dimensional analysis), subspaces of plain coefficients (translations), and
pairs of inputs known only together (:mod:`.pairs`). Proposals are applied one after another, so
that (x_0 - x_1)² + (x_2 - x_3)² is found in three steps; each state is judged afresh from the
gradients by the original inputs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from edgewise.discovery.lattice import Lattice, find_lattices
from edgewise.discovery.numeric import GaussianProcess
from edgewise.discovery.pairs import find_merges
from edgewise.symbolic.expression import (
    ONE,
    ZERO,
    Expression,
    Input,
    add,
    exact,
    multiply,
    power,
)
from edgewise.symbolic.program import Program

Array = NDArray[np.float64]

KEPT = 0.9
"""The part of the rows that has to agree: gradients at the border of the data are often wrong."""

SLACK = 0.02
"""The violation, relative to the gradient, that is accepted of gradients without error."""

WORST = 0.35
"""No form is proposed that the gradients violate by more than this."""

WIDTH = 5
"""States that go on to the next step."""

MERGES = 8
"""Pairs of inputs that are put together, of each state."""

ROWS = 200
"""Rows whose gradients are looked at."""


@dataclass(frozen=True, eq=False)
class Reduction:
    """y = offset + prefactor·h(inputs) for some function h.

    Attributes:
        inputs: trees of the old inputs; none if y is offset + constant·prefactor.
        prefactor, offset: trees of the old inputs, None for 1 and 0.
        score: the part of the gradient that contradicts it, of the input where it is greatest.
        strain: the same as a multiple of what errors of the gradient explain; below 1 is good.
        reason: the steps that led there.
    """

    inputs: tuple[Expression, ...]
    prefactor: Expression | None
    offset: Expression | None
    score: float
    strain: float
    reason: str

    def apply(self, x: Array, y: Array) -> tuple[Array, Array]:
        """The rows of the reduced problem: new inputs, and (y - offset)/prefactor."""
        columns = [Program(tree).values(x) for tree in self.inputs]
        new = np.stack(columns, 1) if columns else np.empty((len(x), 0))
        if self.offset is not None:
            y = y - Program(self.offset).values(x)
        if self.prefactor is not None:
            y = y / Program(self.prefactor).values(x)
        return new, y

    def expand(self, tree: Expression) -> Expression:
        """A formula of the new inputs as one of the old."""
        tree = tree.substitute(dict(enumerate(self.inputs)))
        return add(self.offset or ZERO, multiply(self.prefactor or ONE, tree))


@dataclass(frozen=True, eq=False)
class _Data:
    """Values, gradients and their errors by the original inputs."""

    x: Array
    y: Array
    gradient: Array
    error: Array

    @property
    def size(self) -> Array:
        """Mean absolute derivatives by each input."""
        return np.abs(self.gradient).mean(0)


@dataclass(frozen=True, eq=False)
class _State:
    """A reduction, with the problem that it leaves.

    Attributes:
        x, slopes, error: new inputs, derivatives of what is left by them, and their errors.
        y: what is left.
    """

    reduction: Reduction
    x: Array
    y: Array
    slopes: Array
    error: Array
    reasons: tuple[str, ...] = field(default=())

    @property
    def key(self) -> str:
        parts = sorted(tree.key for tree in self.reduction.inputs)
        return f"{parts} {self.reduction.prefactor} {self.reduction.offset}"

    @cached_property
    def fingerprint(self) -> tuple[int, str]:
        """Equal for forms that say the same in other words: what contradicts them is the same."""
        return len(self.reduction.inputs), f"{self.reduction.score:.4g}"

    @cached_property
    def rank(self) -> float:
        """Smaller is better: few inputs, little strain, short trees, round numbers."""
        r = self.reduction
        trees = [t for t in (*r.inputs, r.prefactor, r.offset) if t is not None]
        odd = sum(n.exact is None for t in trees for n in t.numbers())
        size = sum(t.size for t in trees) + 5 * odd + 5 * (r.offset is not None)
        return len(r.inputs) + 1.5 * r.strain + 0.02 * size


def _evaluate(tree: Expression | None, x: Array, default: float) -> tuple[Array, Array]:
    """Values and gradients of a tree, of a constant for None."""
    if tree is None:
        return np.full(len(x), default), np.zeros_like(x)
    program = Program(tree)
    return program.values(x), program.gradient(x)


def _make_state(
    data: _Data,
    inputs: Sequence[Expression],
    prefactor: Expression | None,
    offset: Expression | None,
    reasons: tuple[str, ...],
    among: Array,
) -> _State | None:
    """The problem that a form leaves, and how much the gradients contradict it; None where it
    isn't defined or far from the truth.

    Args:
        among: which original inputs count; the others were found to have no influence.
    """
    values = [_evaluate(tree, data.x, 0.0) for tree in inputs]
    base, base_gradient = _evaluate(offset, data.x, 0.0)
    factor, factor_gradient = _evaluate(prefactor, data.x, 1.0)
    x = np.stack([v for v, _ in values], 1) if values else np.empty((len(data.x), 0))
    jacobian = (
        np.stack([g for _, g in values], 1)
        if values
        else np.empty((len(data.x), 0, data.x.shape[1]))
    )
    with np.errstate(all="ignore"):
        y = (data.y - base) / factor
        # In units of y, so that rows weigh what their gradients weigh.
        gradient = data.gradient - base_gradient - y[:, None] * factor_gradient
    usable = np.isfinite(gradient).all(1) & np.isfinite(x).all(1) & np.isfinite(y)
    usable &= np.isfinite(jacobian).all((1, 2))
    if usable.mean() < 0.95:
        return None
    x, y, gradient, jacobian = x[usable], y[usable], gradient[usable], jacobian[usable]
    scale = np.where(among, np.maximum(data.size, 1e-300), np.inf)
    slopes, spread, left = _project(gradient / scale, jacobian / scale, data.error / scale)
    kept = np.sort(np.abs(left), axis=0)[: max(1, int(KEPT * len(left)))].mean(0)
    score = float(kept.max())
    strain = float((kept / (SLACK + 1.2 * data.error / scale)).max())
    if not np.isfinite(strain) or strain > 1.5 or score > WORST:
        return None
    divide = factor[usable][:, None]
    reduction = Reduction(
        tuple(inputs), prefactor, offset, score, strain, "; ".join(reasons) or "all inputs"
    )
    error = np.sqrt(((spread / divide) ** 2).mean(0))
    if _is_idle(inputs, x, y, slopes / divide, error):
        return None
    return _State(reduction, x, y, slopes / divide, error, reasons)


def _is_idle(inputs: Sequence[Expression], x: Array, y: Array, slopes: Array, error: Array) -> bool:
    """Whether a combination of inputs has no influence that errors of gradients don't have."""
    made = [k for k, tree in enumerate(inputs) if not isinstance(tree, Input)]
    size, spread = np.sqrt((slopes[:, made] ** 2).mean(0)), x[:, made].std(0)
    return bool((size * spread <= np.maximum(1.5 * error[made] * spread, 1e-3 * y.std())).any())


def _project(gradient: Array, jacobian: Array, error: Array) -> tuple[Array, Array, Array]:
    """Coordinates of each row's gradient in the rows of its jacobian, errors of these, and rest."""
    if jacobian.shape[1] == 0:
        return np.empty((len(gradient), 0)), np.empty((len(gradient), 0)), gradient
    length = np.maximum(np.sqrt((jacobian**2).sum(2, keepdims=True)), 1e-300)
    unit = jacobian / length
    gram = unit @ unit.transpose(0, 2, 1)
    gram[:, range(gram.shape[1]), range(gram.shape[1])] += 1e-9
    solver = np.linalg.solve(gram, unit)
    coordinates = (solver @ gradient[:, :, None])[:, :, 0]
    rest = gradient - (coordinates[:, None] @ unit)[:, 0]
    spread = np.sqrt(((solver * np.where(np.isfinite(error), error, 0.0)) ** 2).sum(2))
    return coordinates / length[:, :, 0], spread / length[:, :, 0], rest


def find_invariances(
    x: Array, gradient: Array, y: Array, error: Array | None = None, *, most: int = 8
) -> list[Reduction]:
    """Forms of y that its gradients agree with, the most trustworthy and shortest first.

    Args:
        gradient: of y by the inputs, at the rows.
        error: root mean square errors of the gradient; None for none.
        most: so many at most.

    Shape:
        x, gradient: (rows, in); y: (rows,); error: (in,)
    """
    error = np.zeros(x.shape[1]) if error is None else error
    data = _Data(x, y, gradient, np.minimum(error, np.abs(gradient).mean(0)))
    level = list(_start(data, error))
    seen = {state.key for state, _ in level}
    known = {state.fingerprint: state for state, _ in level}
    for _ in range(2 * x.shape[1]):
        fresh: dict[tuple[int, str], tuple[_State, Array]] = {}
        for state, among in level:
            for new in _moves(data, state, among, seen):
                old = known.get(new.fingerprint)
                if old is None or new.rank < old.rank:
                    known[new.fingerprint] = new
                    fresh[new.fingerprint] = (new, among)
        level = sorted(fresh.values(), key=lambda pair: pair[0].rank)[:WIDTH]
        if not level:
            break
    found = sorted((s for s in known.values() if s.reasons), key=lambda s: s.rank)
    return [s.reduction for s in _mixed(found)[:most]]


def _mixed(states: list[_State]) -> list[_State]:
    """The best three of each number of inputs before the others: if those with fewest inputs
    are wrong, the next are at hand."""
    count: dict[int, int] = {}
    first, rest = [], []
    for state in states:
        inputs = len(state.reduction.inputs)
        count[inputs] = count.get(inputs, 0) + 1
        (first if count[inputs] <= 3 else rest).append(state)
    return first + rest


def _start(data: _Data, error: Array) -> Iterator[tuple[_State, Array]]:
    """All inputs; and those alone that have influence, if some may have none."""
    every = np.ones(data.x.shape[1], dtype=np.bool_)
    effect = np.sqrt((data.gradient**2).mean(0)) * data.x.std(0)
    spread = data.y.std()
    useful = effect > np.maximum(
        1e-3 * spread, np.minimum(2.5 * error * data.x.std(0), 0.1 * spread)
    )
    for among in (every, useful) if useful.any() and not useful.all() else (every,):
        inputs = [Input(int(i)) for i in np.flatnonzero(among)]
        dropped = ", ".join(f"x{i}" for i in np.flatnonzero(~among))
        reasons = (f"no influence of {dropped}",) if dropped else ()
        state = _make_state(data, inputs, None, None, reasons, among)
        if state is not None:
            yield state, among


def _moves(data: _Data, state: _State, among: Array, seen: set[str]) -> Iterator[_State]:
    """All forms that are one step simpler and weren't seen."""
    for inputs, prefactor, offset, reason in _proposals(state):
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
        new = _make_state(data, inputs, front, base, (*state.reasons, reason), among)
        if new is not None:
            yield new


Proposal = tuple[list[Expression], Expression | None, Expression | None, str]


def _proposals(state: _State) -> Iterator[Proposal]:
    yield from _propose_scaling(state)
    yield from _propose_translation(state)
    yield from _propose_merges(state)


def _tolerance(features: Array, error: Array, shown: Array) -> Array:
    return SLACK * np.abs(features).mean(0) + 1.5 * error * np.abs(shown).mean(0)


def _propose_scaling(state: _State) -> Iterator[Proposal]:
    """Monomials, from x ∂y/∂x; with a monomial in front, and without."""
    trees = state.reduction.inputs
    if not trees:
        return
    features = state.x * state.slopes
    tolerance = _tolerance(features, state.error, state.x)
    for affine in (state.y, None):
        for lattice in find_lattices(features, affine, tolerance):
            groups = [_monomial(trees, row) for row in lattice.groups]
            prefactor = None
            if lattice.prefactor is not None and any(lattice.prefactor):
                prefactor = _monomial(trees, lattice.prefactor)
            if _is_new(state, lattice, prefactor is not None):
                shown = ", ".join(g.key for g in groups) or "nothing else"
                front = f"{prefactor.key} times a function of " if prefactor is not None else ""
                yield groups, prefactor, None, f"scaling: {front}{shown}"


def _propose_translation(state: _State) -> Iterator[Proposal]:
    """Sums and differences, from the gradient itself; with such a sum added, and without."""
    trees = state.reduction.inputs
    if not trees:
        return
    ones = np.ones(len(state.y))
    tolerance = _tolerance(state.slopes, state.error, np.ones_like(state.x))
    for affine in (None, ones):
        for lattice in find_lattices(state.slopes, affine, tolerance):
            groups = [_combination(trees, row) for row in lattice.groups]
            offset = None
            if lattice.prefactor is not None and any(lattice.prefactor):
                offset = _combination(trees, lattice.prefactor)
            if _is_new(state, lattice, offset is not None):
                shown = ", ".join(g.key for g in groups) or "nothing else"
                front = f"{offset.key} plus a function of " if offset is not None else ""
                yield groups, None, offset, f"translation: {front}{shown}"


def _is_new(state: _State, lattice: Lattice, other: bool) -> bool:
    """Whether a subspace says anything: fewer inputs, or something in front."""
    return other or len(lattice.groups) < len(state.reduction.inputs)


def _propose_merges(state: _State) -> Iterator[Proposal]:
    """Two inputs known only together; the least violated of all pairs first."""
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
        yield [*rest, merge.tree], None, None, merge.reason


def _monomial(trees: Sequence[Expression], exponents: Sequence[int | Fraction]) -> Expression:
    factors = [
        power(tree, exact(e.numerator, e.denominator))
        for tree, e in zip(trees, exponents, strict=True)
    ]
    return multiply(*factors)


def _combination(trees: Sequence[Expression], coefficients: Sequence[int | Fraction]) -> Expression:
    terms = [
        multiply(exact(c.numerator, c.denominator), tree)
        for tree, c in zip(trees, coefficients, strict=True)
    ]
    return add(*terms)


def find_reductions(
    x: Array, y: Array, model: GaussianProcess, *, most: int = 8, seed: int = 0
) -> list[Reduction]:
    """Forms of y that a numeric model's gradients agree with; see :func:`find_invariances`.

    Args:
        seed: of the choice of rows whose gradients are looked at.

    Shape:
        x: (rows, in); y: (rows,)
    """
    rows = np.sort(np.random.default_rng([seed, len(y)]).permutation(len(y))[:ROWS])
    at = np.asarray(x, dtype=np.float64)[rows]
    error = model.gradient_error(at)
    return find_invariances(at, model.gradient(at), model.predict(at), error, most=most)
