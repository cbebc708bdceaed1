"""`StoppingRule`: when a search can stop before its budget is spent."""

from __future__ import annotations

import math

from edgewise._arrays import Array
from edgewise.discovery.calibration import LEAST_LAW
from edgewise.discovery.conclusion import Search, conclude
from edgewise.discovery.front import Front, Scored
from edgewise.discovery.misfit import DEPENDENT, explain_by_smooth, measure_dependence
from edgewise.discovery.numeric import LEAST_ROWS
from edgewise.discovery.posterior import weigh_classes
from edgewise.discovery.problem import Problem
from edgewise.formula.classes import contains
from edgewise.formula.exactness import is_structured
from edgewise.search.budget import RATE, Budget

FIRST_LOOK, LOOK = RATE // 2, RATE // 2
"""Evaluations before the first check of the stopping rule, and between checks."""
HOPELESS = 5 * RATE
"""Evaluations after which a search stops if a constant is still the best."""
SURE, CERTAIN, NOISE_ROWS = 0.99, 30.0, 300
"""The posterior probability at which a search may stop, the lead in bits at which one check is
enough, and the rows on which residuals are tested for noise."""
GAINED, PATIENCE = 1.0, 3
"""The search also stops after 3 checks in which the likeliest class gained less than 1 bit, once it
may lose patience."""
CAUTION = 4.0
"""How many times as long a search doubts a law, compared with an approximation."""
ALL_NOISE = 0.9
"""Fraction of noise in y above which a search that has found only a constant stops early."""


class StoppingRule:
    """Stops a search early once more work can't change its result.

    There are three cases:

    - A class of formulas has nearly all of the posterior, its residuals are noise, and the
      conclusion of the search is a law. A better formula would have to be shorter, and short ones
      are tried first. Two checks must agree, unless the lead is large. If the concluded formula is
      right with a probability p, the search goes on until it has used the fraction 1 - p of its
      budget, and four times as much if it would be a law: a wrong claim does more harm than an
      approximation.
    - Its residuals are noise, and in several checks it hasn't gained on its rivals: the rows can't
      distinguish them.
    - Only a constant has been found, and y is nearly all noise.

    Attributes:
        may_lose_patience: whether the second case applies. It doesn't while strategies remain that
            take a second and often find another class.
        conclusion: the conclusion on which the search was stopped, in the first case.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.next = FIRST_LOOK
        self.before: Scored | None = None
        self.most, self.since = -math.inf, 0
        self.may_lose_patience = True
        self.conclusion: Search | None = None
        self._doubted: tuple[Scored | None, float] = None, 0.0

    def is_over(self, front: Front, budget: Budget) -> bool:
        """Whether to stop; called after every candidate."""
        if budget.spent < self.next or self.problem.distinct.rows < LEAST_ROWS:
            return False
        self.next = budget.spent + LOOK
        if not front.shortest.tree.inputs:
            budget.spend(100)
            return budget.spent >= HOPELESS and self.problem.noise_fraction > ALL_NOISE
        budget.spend(200)
        used = budget.spent / (budget.spent + budget.work)
        return self._is_settled(front, used)

    def _is_settled(self, front: Front, used: float) -> bool:
        problem = front.problem
        near = [m for _, m in front.likely]
        posterior = weigh_classes(problem, near, self.problem.numeric)
        before, self.before = self.before, None
        if not posterior.classes or posterior.shares[-1] > 1 - SURE:
            return False
        one = posterior.classes[0]
        self.since = 0 if one.bits > self.most + GAINED else self.since + 1
        self.most = max(self.most, one.bits)
        waits = not self.may_lose_patience or self.since < PATIENCE
        if posterior.shares[0] < SURE and waits:
            return False
        best = one.best
        some = problem.some_rows(NOISE_ROWS)
        if is_structured(explain_by_smooth(some, best.tree), some.rows):
            return False
        if measure_dependence(problem, best.tree) > DEPENDENT:
            return False
        if posterior.shares[0] < SURE:
            return True
        self.before = best
        if not posterior.lead >= CERTAIN and not (before and _is_alike(before, best, problem.x)):
            return False
        return self._is_enough(front, best, used)

    def _is_enough(self, front: Front, best: Scored, used: float) -> bool:
        """Whether as much of the budget is used as the conclusion's chance of being wrong asks for.

        A doubtful conclusion is drawn anew for another formula, or once enough is used.

        Args:
            used: the fraction of the budget that is used.
        """
        old, doubt = self._doubted
        if old is not None and used < doubt and _is_alike(old, best, front.problem.x):
            return False
        found = conclude(front, self.problem)
        evidence = found.judgement.evidence
        doubt = 0.0 if evidence is None else 1 - evidence.probability
        if doubt <= 1 - LEAST_LAW:
            doubt *= CAUTION
        if used < doubt:
            self._doubted = best, doubt
            return False
        self.conclusion = found
        return True


def _is_alike(one: Scored, other: Scored, x: Array) -> bool:
    """Whether one of two formulas contains the other, for some choice of its numbers."""
    return contains(one.tree, other.tree, x) or contains(other.tree, one.tree, x)
