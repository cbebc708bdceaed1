"""The best formulas that a search has found: the shortest for their error, and the likeliest."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from edgewise.discovery.constant_columns import ConstantColumns
from edgewise.discovery.prior import formula_bits
from edgewise.discovery.problem import Problem
from edgewise.discovery.strategies.strategy import Candidate
from edgewise.discovery.units import check_dimensions
from edgewise.formula.classes import is_within
from edgewise.formula.data import COUNTED_ROWS, Fit, data_bits, number_bits
from edgewise.formula.expression import Expression, Number, Power, Sum
from edgewise.formula.forms import form_of
from edgewise.formula.program import Program
from edgewise.search.finish import finish, spell
from edgewise.search.polish import reductions

MOST_NODES = 20
"""Largest formula that breaks a limit, in nodes, for which copies without one part are offered."""
SIMPLE_BITS = 12.0
"""Exact numbers with more bits than this count as fitted."""
FEW_NUMBERS = 4
"""Most fitted numbers of an exact formula that ends a search at once."""
LIKELY = 10
"""Number of the likeliest formulas that are kept, whether or not they are on the front."""
GREATEST_EXPONENT = 60
"""Largest exponent: beyond it, powers are practically 0 or infinite on most rows."""


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
            reducible = parts and self.problem.known.template is None  # else it would lose the form
            return self._offer_parts(fit, candidate.source) if reducible else None
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
            allowed = partial(keeps_form, self.problem, fit.tree)
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


def is_allowed(problem: Problem, tree: Expression) -> bool:
    """Whether the formula has the dimension of y and breaks no limit."""
    limits = problem.known.limits
    within = limits is None or not tree.inputs or limits.broken(tree) is None
    return within and has_dimension(problem, tree)


def keeps_form(problem: Problem, before: Expression, tree: Expression) -> bool:
    """Whether a rewritten formula is allowed, and still has the given form if there is one."""
    template = problem.known.template
    if not is_allowed(problem, tree):
        return False
    return template is None or is_within(tree, before, template.template.written, problem.x)


def has_dimension(problem: Problem, tree: Expression) -> bool:
    """Whether the formula has the dimension of y; without units always True."""
    if problem.dimensions is None:
        return True
    return check_dimensions(tree, problem.dimensions) == tuple(map(int, problem.dimensions[-1]))
