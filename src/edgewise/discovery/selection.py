"""The Pareto front of length and error, cross-validation, and the choice of a winner."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from edgewise.discovery.limits import Checked
from edgewise.discovery.problem import FOLDS, Problem
from edgewise.discovery.strategies.strategy import Candidate
from edgewise.discovery.units import check_dimensions
from edgewise.formula.data import MOST_ROWS, Data, Fit
from edgewise.formula.expression import Expression, Number, Power
from edgewise.formula.program import Program, refit
from edgewise.search.finish import finish
from edgewise.search.polish import reductions

Array = NDArray[np.float64]

MOST_NODES = 20
"""Nodes of a formula that is offered without one of its parts, where it breaks a limit."""
MOST_FINISHED = 60
"""Nodes up to which formulas are finished."""
SHORT_BITS = 16.0
"""A formula this short wins if it predicts no worse: there are few others as short."""
SEARCH_BITS = 12.0
"""Bits that a form pays for being the best of thousands."""
SLACK = 0.005
"""Fraction of the variance that a shorter formula may lose on unseen rows."""
CLOSE = 0.1
"""A formula, its price paid, may miss this much more than the best plain model, relatively."""
BLEND = "blend model"
NEARLY = 1.02
"""An average of plain models may miss this many times as much as the best of them."""
FRONT = 14
"""Number of formulas that are cross-validated."""
GREATEST_EXPONENT = 60
"""Powers of x beyond it are 0 or infinite on most rows."""


@dataclass(frozen=True)
class Scored:
    """A fit with its source and its error on rows that its numbers haven't seen."""

    fit: Fit
    source: str
    mse: float = math.inf
    is_plain: bool = False

    @property
    def tree(self) -> Expression:
        return self.fit.tree


class Front:
    """The best formulas of every length so far; owned by the search."""

    def __init__(
        self, data: Data, threshold: float | None = None, limits: Checked | None = None
    ) -> None:
        self.data, self.threshold, self.limits = data, threshold, limits
        self.plain: list[Scored] = []
        self.members: list[Scored] = []
        self.known: set[str] = set()

    def offer(self, candidate: Candidate, parts: bool = True) -> Scored | None:
        """Refit a candidate, and keep it unless a shorter one fits as well; None if not kept.

        Args:
            parts: whether of a formula that breaks a limit its reductions are offered.
        """
        if candidate.tree.key in self.known or has_steep_power(candidate.tree):
            return None
        self.known.add(candidate.tree.key)
        known = candidate.mse is not None
        fit = self.data.judge(candidate.tree) if known else self.data.fit(candidate.tree, steps=12)
        if not math.isfinite(fit.fvu) or has_steep_power(fit.tree):
            return None
        fit = fit if self.threshold is None else self._tell_apart(fit, self.threshold)
        if candidate.mse is not None:
            if self._is_forbidden(fit.tree):
                return None
            scored = Scored(fit, candidate.source, candidate.mse, is_plain=True)
            self.plain.append(scored)
            return scored
        scored = Scored(fit, candidate.source)
        if any(m.fit.bits <= fit.bits and m.fit.fvu <= fit.fvu for m in self.members):
            return None
        if self._is_forbidden(fit.tree):
            return self._offer_parts(fit, candidate.source) if parts else None
        self.members = [
            m for m in self.members if not (fit.bits <= m.fit.bits and fit.fvu <= m.fit.fvu)
        ]
        self.members.append(scored)
        self.members.sort(key=lambda m: m.fit.bits)
        return scored

    def _offer_parts(self, fit: Fit, source: str) -> Scored | None:
        """Offer a formula that breaks a limit without one of its terms or factors."""
        if fit.tree.size > MOST_NODES:
            return None
        kept = [self.offer(Candidate(t, source), parts=False) for t in reductions(fit.tree)]
        return min((k for k in kept if k), key=lambda k: k.fit.length, default=None)

    def _is_forbidden(self, tree: Expression) -> bool:
        """Whether a formula breaks a limit; a constant is never forbidden."""
        return self.limits is not None and bool(tree.inputs) and bool(self.limits.broken(tree))

    def _tell_apart(self, fit: Fit, threshold: float) -> Fit:
        """The fit with its misclassification rate in place of the FVU.

        The FVU counts a little, to prefer the better fit among formulas of equal accuracy.
        """
        answer = Program(fit.tree).values(self.data.x)
        wrong = float(np.mean((answer > threshold) != (self.data.y > threshold)))
        rows = len(self.data.y)
        fvu = max(wrong, 0.5 / rows) + 1e-3 * min(fit.fvu, 1.0)
        data = 0.5 * min(rows, MOST_ROWS) * math.log2(fvu)
        return replace(fit, fvu=fvu, length=fit.bits + data)

    @property
    def shortest(self) -> Scored:
        """The formula with the shortest description of the data."""
        return min([*self.members, *self.plain], key=lambda m: m.fit.length)

    @property
    def least(self) -> float:
        """The smallest FVU of any formula."""
        return min((m.fit.fvu for m in (*self.members, *self.plain)), default=1.0)


def has_steep_power(tree: Expression) -> bool:
    """Whether a refit has driven an exponent so far that the power is 0 or infinite."""
    return any(
        isinstance(node, Power)
        and isinstance(node.exponent, Number)
        and abs(node.exponent.value) > GREATEST_EXPONENT
        for node in tree.walk()
    )


def cross_validate(problem: Problem, tree: Expression, steps: int = 8) -> float:
    """The out-of-fold mean square error; infinite where the formula isn't defined."""
    missed = 0.0
    weight = np.ones(problem.rows) if problem.weight is None else problem.weight
    for fold in range(FOLDS):
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
    """The front with its most promising formulas finished, cross-validated; shortest first."""
    data = front.data
    exact = problem.exact_fvu
    members = {m.tree.key: m for m in front.members}
    ranked = sorted(front.members, key=lambda m: m.fit.length)
    finished = [m for m in ranked if m.fit.fvu <= 1e-15][:6]
    for m in finished:
        fit = finish(m.fit, data)
        if fit.fvu <= max(exact, 4 * m.fit.fvu):
            members[fit.tree.key] = replace(m, fit=fit)
    if not finished and front.threshold is None:
        for m in [m for m in ranked if m.tree.size <= MOST_FINISHED][:2]:
            fit = finish(m.fit, data, units=False)
            members[fit.tree.key] = replace(m, fit=fit)
    scored = []
    members = {key: m for key, m in members.items() if is_allowed(problem, m.tree)}
    for m in sorted(members.values(), key=lambda m: m.fit.length)[:FRONT]:
        scored.append(replace(m, mse=cross_validate(problem, m.tree)))
    return sorted([*scored, *front.plain], key=lambda m: m.fit.bits)


def is_allowed(problem: Problem, tree: Expression) -> bool:
    """Whether the formula has the dimension of y and breaks no limit."""
    limits = problem.known.limits
    within = limits is None or not tree.inputs or limits.broken(tree) is None
    return within and has_dimension(problem, tree)


def has_dimension(problem: Problem, tree: Expression) -> bool:
    """Whether the formula has the dimension of y; without units any has."""
    if problem.dimensions is None:
        return True
    dimension = check_dimensions(tree, problem.dimensions)
    return dimension is not None and dimension == tuple(map(int, problem.dimensions[-1]))


def pareto(scored: Iterable[Scored]) -> list[Scored]:
    """The formulas than which none is both shorter and better on unseen rows."""
    kept: list[Scored] = []
    least = math.inf
    for m in sorted(scored, key=lambda m: (m.fit.bits, m.mse)):
        if m.mse < least or not kept:
            kept.append(m)
            least = min(least, m.mse)
    return kept


def choose(problem: Problem, scored: list[Scored]) -> Scored:
    """The winner: the simplest exact formula, else the shortest of those that predict nearly as
    well as the best.
    """
    floor = problem.exact_fvu
    exact = [m for m in scored if m.fit.is_exact(floor) and m.mse < math.inf]
    if exact:
        return min(exact, key=lambda m: (m.fit.bits, m.tree.size))
    usable = [m for m in scored if math.isfinite(m.mse)]
    best = min(usable, key=lambda m: honest_length(problem, m))
    if not best.tree.inputs:
        return best  # Among thousands of short formulas one beats the mean by chance.
    if best.is_plain:
        shorter = [
            m for m in usable if not m.is_plain and m.mse <= best.mse and m.fit.bits <= SHORT_BITS
        ]
        close = shorter or [m for m in usable if not m.is_plain and _is_close(problem, m, best)]
        return min(close, key=lambda m: m.fit.length, default=_average(usable, best))
    slack = min(best.mse * math.sqrt(2 / problem.rows), SLACK * problem.variance)
    near = [m for m in usable if m.mse <= best.mse + slack and not m.is_plain]
    return min(near, key=lambda m: m.fit.length)


def _is_close(problem: Problem, scored: Scored, best: Scored) -> bool:
    """Whether a formula, its price paid, predicts hardly worse than the best plain model.

    With many rows the price is a small part of the error, and a formula says more.
    """
    rows = min(problem.rows, MOST_ROWS)
    honest = problem.variance * 2 ** (2 * honest_length(problem, scored) / rows)
    slack = min(CLOSE * best.mse, SLACK * problem.variance)
    return bool(scored.tree.inputs) and honest <= best.mse + slack


def _average(usable: list[Scored], best: Scored) -> Scored:
    """The average of plain models where it predicts nearly as well as the best one.

    Folds can hardly tell the best model from the luckiest; an average depends less on luck.
    """
    near = [m for m in usable if m.source == BLEND and m.mse <= NEARLY * best.mse]
    return near[0] if near else best


def honest_length(problem: Problem, scored: Scored) -> float:
    """N/2 log2 of the error on unseen rows, and the price of having chosen the form.

    A plain model is fitted anew without each fold, so its error is honest. The form of any other
    was found with all rows; among so many forms one predicts them well by chance, so the form pays
    with its bits.
    """
    rows = min(problem.rows, MOST_ROWS)
    data = 0.5 * rows * math.log2(max(scored.mse / problem.variance, 1e-32))
    if scored.is_plain:
        return data
    numbers = sum(n.exact is None for n in scored.tree.numbers())
    return data + scored.fit.bits - 0.5 * math.log2(rows) * numbers + SEARCH_BITS
