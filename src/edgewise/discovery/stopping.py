"""`StoppingRule`: when a search can stop before its budget is spent."""

from __future__ import annotations

import math

from edgewise._arrays import Array
from edgewise.discovery.calibration import LEAST_LAW
from edgewise.discovery.conclusion import LEAST_ROWS
from edgewise.discovery.misfit import DEPENDENT, explain_by_smooth, measure_dependence
from edgewise.discovery.posterior import Posterior, add_neighbours, weigh_classes
from edgewise.discovery.problem import Problem
from edgewise.discovery.selection import Front, Scored
from edgewise.discovery.verdict import weigh
from edgewise.formula.classes import contains
from edgewise.formula.exactness import MOST_EXPLAINED
from edgewise.search.budget import RATE, Budget

FIRST_LOOK, LOOK = RATE // 2, RATE // 2
"""Evaluations before the first check of the stopping rule, and between checks."""
HOPELESS = 5 * RATE
"""Evaluations after which a search stops if a constant is still the best."""
SURE, CERTAIN, NOISE_ROWS = 0.99, 30.0, 300
"""The posterior probability at which a search may stop, the lead in bits at which one check is
enough, and the rows on which residuals are tested for noise."""
GAINED, PATIENCE = 1.0, 3
"""The search also stops after 3 checks in which the likeliest class gained less than 1 bit."""
ALL_NOISE = 0.9
"""Fraction of noise in y above which a search that has found only a constant stops early."""


class StoppingRule:
    """Stops a search early once more work can't change its result.

    There are three cases:

    - A class of formulas has nearly all of the posterior, against the front, its own neighbours and
      a Gaussian process, its residuals are noise, and it would be called a law. A better formula
      would have to be shorter, and short ones are tried first. Two checks must agree, unless the
      lead is large. If it is right with a probability p below that of a law, the search goes on
      until it has used the fraction 1 - p of its budget.
    - Its residuals are noise, and in several checks it hasn't gained on its rivals: the rows can't
      distinguish them.
    - Only a constant has been found, and y is nearly all noise.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.next = FIRST_LOOK
        self.before: Scored | None = None
        self.most, self.since = -math.inf, 0

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
        if posterior.shares[0] < SURE and self.since < PATIENCE:
            return False
        best = one.best
        if explain_by_smooth(problem.some_rows(NOISE_ROWS), best.tree) > MOST_EXPLAINED:
            return False
        if measure_dependence(problem, best.tree) > DEPENDENT:
            return False
        if posterior.shares[0] < SURE:
            return True
        self.before = best
        if not posterior.lead >= CERTAIN and not (before and _is_alike(before, best, problem.x)):
            return False
        posterior = add_neighbours(posterior, problem)
        return posterior.shares[0] >= SURE and _is_enough(problem, best, posterior, used)


def _is_enough(problem: Problem, best: Scored, posterior: Posterior, used: float) -> bool:
    """Whether the best formula is called a law, or more is used than its chance of being wrong.

    Args:
        used: the fraction of the budget that is used.
    """
    evidence = weigh(problem, best, posterior)
    if evidence is None:
        return True
    return evidence.probability >= LEAST_LAW or used >= 1 - evidence.probability


def _is_alike(one: Scored, other: Scored, x: Array) -> bool:
    """Whether one of two formulas contains the other, for some choice of its numbers."""
    return contains(one.tree, other.tree, x) or contains(other.tree, one.tree, x)
