"""The Pareto front of length and error, cross-validation, and the choice of a winner."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar

import numpy as np

from edgewise.discovery.constant_columns import ConstantColumns
from edgewise.discovery.prior import formula_bits
from edgewise.discovery.problem import Problem
from edgewise.discovery.strategies.strategy import Candidate
from edgewise.discovery.units import check_dimensions
from edgewise.formula.data import COUNTED_ROWS, Fit, data_bits, number_bits
from edgewise.formula.exactness import ROUNDING_FVU
from edgewise.formula.expression import Expression, Number, Power, Sum
from edgewise.formula.forms import form_of
from edgewise.formula.program import Program, refit
from edgewise.search.finish import finish, spell
from edgewise.search.polish import reductions

MOST_NODES = 20
"""Largest formula that breaks a limit, in nodes, for which copies without one part are offered."""
MOST_FINISHED = 60
"""Largest formula, in nodes, that is finished (redundant numbers dropped, others simplified)."""
SEARCH_BITS = 12.0
"""Bits that a form pays for being selected from thousands."""
SLACK = 0.005
"""Most by which a formula may predict worse than a plain model, as a fraction of the variance; for
few rows a standard error would allow more."""
BLEND = "blend model"
NEARLY = 1.02
"""An average of plain models is preferred if its error is at most this times the smallest one."""
SIMPLE_BITS = 12.0
"""Exact numbers with more bits than this count as fitted."""
FEW_NUMBERS = 4
"""Most fitted numbers of an exact formula that ends a search at once."""
FRONT = 14
"""Number of formulas, the shortest descriptions, that are cross-validated."""
FAR_BEHIND = 150.0
"""A formula this many bits behind the shortest description isn't respelled."""
LIKELY = 10
"""Number of the likeliest formulas that are kept, whether or not they are on the front."""
GREATEST_EXPONENT = 60
"""Largest exponent: beyond it, powers are practically 0 or infinite on most rows."""

T = TypeVar("T")


@dataclass(frozen=True)
class Scored:
    """A fitted formula, its source and its cross-validated error.

    Attributes:
        prior_bits: see :class:`edgewise.discovery.strategies.strategy.Candidate`.
    """

    fit: Fit
    source: str
    mse: float = math.inf
    is_plain: bool = False
    prior_bits: float | None = None

    @property
    def tree(self) -> Expression:
        return self.fit.tree


def is_settled(scored: Scored) -> bool:
    """Whether an exact formula can't be a shorter product multiplied out.

    √(x + 1.3) (z² + .4 z + 2) is the square root of a polynomial of ten numbers, too, which is
    found first. Such a formula has many numbers, and sums with terms of several inputs.
    """
    sums = (node for node in scored.tree.walk() if isinstance(node, Sum))
    mixed = any(len(term.inputs) > 1 for node in sums for term in node.terms)
    return scored.tree.free_count <= FEW_NUMBERS or not mixed


def prior_of(scored: Scored, inputs: int) -> float:
    """-log2 of the prior of a formula: of its nodes, or as the strategy gave it if likelier.

    A named law may lose a part, such as its damping, and is then a short formula.
    """
    bits = formula_bits(scored.tree, inputs)
    return bits if scored.prior_bits is None else min(bits, scored.prior_bits)


class Front:
    """The best formulas of each length found so far, and the likeliest ones; owned by the search.

    With units, formulas whose dimension isn't y's are refused. In a table with a constant column,
    such a formula would have the same values as the right one, be shorter and displace it.

    Attributes:
        plain: the plain models.
        members: the Pareto front of length and error, shortest first.
        likely: the likeliest formulas by prior and fit, likeliest first. They needn't be on the
            front, which keeps only one of two formulas that fit alike.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem, self.data, self.threshold = problem, problem.data, problem.threshold
        dimensions = problem.dimensions
        constant = None if dimensions is None else ConstantColumns.of(problem.x, dimensions)
        self.constants, self.limits = constant, problem.known.limits
        self.plain: list[Scored] = []
        self.members: list[Scored] = []
        self.likely: list[tuple[float, Scored]] = []
        self.known: set[str] = set()
        self._spelled: dict[tuple[object, ...], Fit] = {}

    def offer(self, candidate: Candidate, parts: bool = True) -> Scored | None:
        """Refit a candidate, and keep it unless a shorter one fits as well; None if not kept.

        Args:
            parts: whether to offer copies without one part if the formula breaks a limit.
        """
        known = candidate.mse is not None  # a plain model; the same tree may come as a formula
        if (not known and candidate.tree.key in self.known) or has_steep_power(candidate.tree):
            return None
        if not known:
            self.known.add(candidate.tree.key)
            if can_pass_through_any_rows(self.problem, candidate.tree):
                return None
        if not self.admits(candidate.tree):
            tree = self.constants.complete(candidate.tree) if self.constants else None
            if known or tree is None or not self.admits(tree):
                return None
            return self.offer(replace(candidate, tree=tree), parts)
        data, tree = self.data, candidate.tree
        fit = data.measure(tree) if known else data.fit(tree, steps=12)
        if not math.isfinite(fit.fvu) or has_steep_power(fit.tree):
            return None
        fit = fit if self.threshold is None else self._with_error_rate(fit, self.threshold)
        if candidate.mse is not None:
            if self._is_forbidden(fit.tree):
                return None
            scored = Scored(fit, candidate.source, candidate.mse, is_plain=True)
            self.plain.append(scored)
            return scored
        scored = Scored(fit, candidate.source, prior_bits=candidate.prior_bits)
        if self._is_forbidden(fit.tree):
            return self._offer_parts(fit, candidate.source) if parts else None
        self._keep_likely(scored)
        if any(m.fit.bits <= fit.bits and m.fit.fvu <= fit.fvu for m in self.members):
            return None
        self.members = [
            m for m in self.members if not (fit.bits <= m.fit.bits and fit.fvu <= m.fit.fvu)
        ]
        self.members.append(scored)
        self.members.sort(key=lambda m: m.fit.bits)
        return scored

    def admits(self, tree: Expression) -> bool:
        """See :func:`has_dimension`."""
        return has_dimension(self.problem, tree)

    def spell(self, fit: Fit, *, finished: bool, units: bool = False) -> Fit:
        """A formula in its most readable spelling, computed once in a search.

        Args:
            finished: whether redundant numbers are dropped, too.
            units: whether numbers may become multiples of π, e, √2, …
        """
        key = finished, units, fit.tree.full_key
        if key not in self._spelled:
            allowed = partial(is_allowed, self.problem)
            make = finish if finished else spell
            self._spelled[key] = make(fit, self.data, units=units, admits=allowed)
        return self._spelled[key]

    def _offer_parts(self, fit: Fit, source: str) -> Scored | None:
        """Offer copies, without one term or factor, of a formula that breaks a limit."""
        if fit.tree.size > MOST_NODES:
            return None
        kept = [self.offer(Candidate(t, source), parts=False) for t in reductions(fit.tree)]
        return min((k for k in kept if k), key=lambda k: k.fit.length, default=None)

    def _is_forbidden(self, tree: Expression) -> bool:
        """Whether a formula breaks a limit; constants are always allowed."""
        return self.limits is not None and bool(tree.inputs) and bool(self.limits.broken(tree))

    def _keep_likely(self, scored: Scored) -> None:
        """Keep a formula among the likeliest, by the bits of prior, numbers and residuals."""
        prior = prior_of(scored, self.data.x.shape[1])
        rows, numbers = len(self.data.y), scored.tree.free_count
        missed = data_bits(scored.fit.fvu, rows, self.data.floor)
        bits = prior + numbers * (number_bits(rows) + 1) + missed
        if len(self.likely) == LIKELY and bits >= self.likely[-1][0]:
            return
        form = form_of(scored.tree, "exponents")
        others = [p for p in self.likely if form_of(p[1].tree, "exponents") != form]
        same = [p for p in self.likely if form_of(p[1].tree, "exponents") == form]
        best = min([*same, (bits, scored)], key=lambda pair: pair[0])
        self.likely = sorted([*others, best], key=lambda pair: pair[0])
        del self.likely[LIKELY:]

    def _with_error_rate(self, fit: Fit, threshold: float) -> Fit:
        """The fit with its misclassification rate in place of the FVU.

        A small part of the FVU is added, to prefer the better fit at equal accuracy.
        """
        answer = Program(fit.tree).values(self.data.x)
        wrong = float(np.mean((answer > threshold) != (self.data.y > threshold)))
        rows = len(self.data.y)
        fvu = max(wrong, 0.5 / rows) + 1e-3 * min(fit.fvu, 1.0)
        data = 0.5 * min(rows, COUNTED_ROWS) * math.log2(fvu)
        return replace(fit, fvu=fvu, length=fit.bits + data)

    @property
    def shortest(self) -> Scored:
        """The formula with the shortest description of the data."""
        return min([*self.members, *self.plain], key=lambda m: m.fit.length)

    @property
    def is_solved(self) -> bool:
        """Whether a formula is exact."""
        return any(self.problem.is_exact(m.fit) for m in self.members)

    @property
    def is_settled(self) -> bool:
        """Whether a formula is exact, and short enough to end a search at once."""
        return any(is_settled(m) and self.problem.is_exact(m.fit) for m in self.members)

    @property
    def least(self) -> float:
        """The smallest FVU of any formula."""
        return min((m.fit.fvu for m in (*self.members, *self.plain)), default=1.0)

    @property
    def nearest(self) -> Expression | None:
        """The formula with the smallest FVU, or None."""
        found = min(self.members, key=lambda m: m.fit.fvu, default=None)
        return None if found is None else found.tree


def has_steep_power(tree: Expression, most: float = GREATEST_EXPONENT) -> bool:
    """Whether an exponent is so large that the power is practically 0 or infinite."""
    return any(
        isinstance(node, Power)
        and isinstance(node.exponent, Number)
        and max(map(abs, node.exponent.values)) > most
        for node in tree.walk()
    )


def can_pass_through_any_rows(problem: Problem, tree: Expression) -> bool:
    """Whether a formula has at least as many fitted numbers as a fold leaves rows to fit them.

    It says nothing of the rows then. The search finds many of them where rows are few.
    """
    fitted = sum(n.exact is None or n.exact.bits > SIMPLE_BITS for n in tree.numbers())
    return fitted >= problem.least_training_rows


def cross_validate(problem: Problem, tree: Expression, steps: int = 8) -> float:
    """The cross-validated mean square error; infinite where the formula isn't defined.

    It is also infinite for a formula that can pass through any rows.
    """
    if can_pass_through_any_rows(problem, tree):
        return math.inf
    missed = 0.0
    weight = problem.weights
    for fold in np.unique(problem.folds):
        out = problem.folds == fold
        if not out.any() or out.all():
            continue
        made = refit(tree, problem.x[~out], problem.y[~out], weight[~out], steps=steps).tree
        with np.errstate(all="ignore"):
            error = problem.y[out] - Program(made).values(problem.x[out])
            missed += float(weight[out] @ np.square(error))
    mse = missed / float(weight.sum())
    return mse if math.isfinite(mse) else math.inf


def polish_front(front: Front, problem: Problem) -> list[Scored]:
    """The front, cross-validated, with its most promising formulas finished; shortest first."""
    exact = problem.exact_fvu
    likely = [m for _, m in front.likely]
    members = {m.tree.key: m for m in (*front.members, *likely)}
    ranked = sorted(front.members, key=lambda m: m.fit.length)
    finished = [m for m in ranked if m.fit.fvu <= ROUNDING_FVU][:6]
    for m in finished:
        fit = front.spell(m.fit, finished=True, units=True)
        if fit.fvu <= max(exact, 4 * m.fit.fvu):
            members[fit.tree.key] = respell(m, fit)
    if not finished and front.threshold is None:
        for m in [m for m in (*likely[:3], *ranked[:1]) if m.tree.size <= MOST_FINISHED]:
            fit = front.spell(m.fit, finished=True)
            _keep_likelier(members, respell(m, fit), problem.inputs)
    members = {key: m for key, m in members.items() if is_allowed(problem, m.tree)}
    rest = sorted(members.values(), key=lambda m: m.fit.length)
    kept = [*rest[:FRONT], *(m for m in rest[FRONT:] if m in likely)]
    spelled: dict[str, Scored] = {}
    for m in kept:
        _keep_likelier(spelled, _spelled(front, m), problem.inputs)
    scored = [replace(m, mse=cross_validate(problem, m.tree)) for m in spelled.values()]
    return sorted([*scored, *front.plain], key=lambda m: m.fit.bits)


def _keep_likelier(kept: dict[str, Scored], scored: Scored, inputs: int) -> None:
    """Keep a formula by its key; of several sources the likeliest: a sine, not a damped one."""
    same = kept.get(scored.tree.key, scored)
    kept[scored.tree.key] = min(scored, same, key=lambda m: prior_of(m, inputs))


def _spelled(front: Front, scored: Scored) -> Scored:
    """A noisy formula in its most readable spelling; finished formulas have it already."""
    finished = any(n.error is not None for n in scored.tree.numbers())
    if finished or scored.tree.size > MOST_FINISHED or front.threshold is not None:
        return scored
    if scored.fit.length > front.shortest.fit.length + FAR_BEHIND:
        return scored
    if scored.fit.fvu <= ROUNDING_FVU:
        return scored
    return respell(scored, front.spell(scored.fit, finished=False))


def is_allowed(problem: Problem, tree: Expression) -> bool:
    """Whether the formula has the dimension of y and breaks no limit."""
    limits = problem.known.limits
    within = limits is None or not tree.inputs or limits.broken(tree) is None
    return within and has_dimension(problem, tree)


def respell(scored: Scored, fit: Fit) -> Scored:
    """A formula with the fit of another spelling.

    The prior of a named law doesn't include exact numbers. So the bits of numbers that have become
    exact are added; otherwise four round numbers would be cheaper than one fitted number.
    """
    if scored.prior_bits is None:
        return replace(scored, fit=fit)
    more = max(0.0, exact_bits(fit.tree) - exact_bits(scored.tree))
    return replace(scored, fit=fit, prior_bits=scored.prior_bits + more)


def exact_bits(tree: Expression) -> float:
    """The bits of all exact numbers of a formula."""
    return sum(n.exact.bits + 1 for n in tree.numbers() if n.exact is not None)


def has_dimension(problem: Problem, tree: Expression) -> bool:
    """Whether the formula has the dimension of y; without units always True."""
    if problem.dimensions is None:
        return True
    return check_dimensions(tree, problem.dimensions) == tuple(map(int, problem.dimensions[-1]))


def pareto(found: Iterable[T], measure: Callable[[T], tuple[float, float]]) -> list[T]:
    """The Pareto front of bits and error: formulas for which no shorter one has a smaller error."""
    kept: list[T] = []
    least = math.inf
    for each in sorted(found, key=measure):
        error = measure(each)[1]
        if error < least or not kept:
            kept.append(each)
            least = min(least, error)
    return kept


def choose(problem: Problem, scored: Sequence[Scored], bits: Callable[[Scored], float]) -> Scored:
    """Choose the winner.

    1. The simplest exact formula, if there is one.
    2. The likeliest formula that predicts better than a constant, and no worse than the best plain
       model by more than a standard error.
    3. The best plain model, or the constant if the others aren't clearly better.

    Errors on unseen rows don't decide between formulas: their forms were selected on all rows, and
    where rows are few some long formula predicts each of them by chance.

    Args:
        bits: log2 of the probability of a formula, up to a constant.
    """
    exact = [m for m in scored if problem.is_exact(m.fit) and m.mse < math.inf]
    if exact:
        return min(exact, key=lambda m: (m.fit.bits, m.tree.size))
    usable = [m for m in scored if math.isfinite(m.mse)]
    if not usable:
        raise ValueError(
            f"discover expected a formula with finite errors on rows left out, got none among "
            f"{len(scored)}: check form and limits, or leave out rows of extreme size"
        )
    plain = [m for m in usable if m.is_plain]
    best = min(plain, key=lambda m: m.mse, default=None)
    limit = math.inf if best is None else _within_error(problem, best)
    formulas = sorted((m for m in usable if not m.is_plain), key=bits, reverse=True)
    for m in formulas:
        if m.mse <= limit and beats_constant(problem, m, usable):
            return m
    if best is None:
        return min(usable, key=lambda m: m.mse)
    constant = next((m for m in plain if not m.tree.inputs), None)
    if constant is not None and is_insignificant(problem, best, constant):
        return constant
    return _average(plain, best)


def is_insignificant(problem: Problem, scored: Scored, constant: Scored) -> bool:
    """Whether a plain model predicts better than a constant by less than two standard errors.

    Let the model explain the fraction g of the variance of a normal y. The difference of the
    squared errors of a row has the mean g and the variance 4g - 2g², in units of y's variance. With
    n rows, g is two standard errors if g² = 4 (4g - 2g²) / n, so g = 16 / (n + 8).
    """
    gain = (constant.mse - scored.mse) / problem.variance
    return gain <= 16 / (problem.rows + 8)


def _within_error(problem: Problem, scored: Scored) -> float:
    """The error of a formula on unseen rows plus one standard error."""
    return scored.mse + min(scored.mse * math.sqrt(2 / problem.rows), SLACK * problem.variance)


def beats_constant(problem: Problem, scored: Scored, others: Iterable[Scored]) -> bool:
    """Whether a formula predicts better than a constant by more than the bits of its selection.

    Of thousands of short formulas, one beats the mean by chance.
    """
    constants = [unbiased_length(problem, m) for m in others if not m.tree.inputs]
    return unbiased_length(problem, scored) < min(constants, default=math.inf)


def _average(usable: list[Scored], best: Scored) -> Scored:
    """The average of plain models if it predicts nearly as well as the best one, else the best.

    Which model does best in cross-validation is partly luck; an average depends less on it.
    """
    near = [m for m in usable if m.source == BLEND and m.mse <= NEARLY * best.mse]
    return near[0] if near else best


def unbiased_length(problem: Problem, scored: Scored) -> float:
    """N/2 log2(error on unseen rows), and for a formula the bits of having selected its form.

    A plain model is refitted without each fold, so its error is unbiased. The form of a formula was
    selected on all rows, and one of thousands fits by chance; so the bits of its form are added.
    """
    rows = min(problem.rows, COUNTED_ROWS)
    data = 0.5 * rows * math.log2(max(scored.mse / problem.variance, 1e-32))
    if scored.is_plain:
        return data
    numbers = scored.tree.free_count
    return data + scored.fit.bits - 0.5 * math.log2(rows) * numbers + SEARCH_BITS
