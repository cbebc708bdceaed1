"""The search behind `discover`: strategies take turns, a front keeps their best proposals."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from typing import NamedTuple

import numpy as np
from joblib import Parallel, delayed, effective_n_jobs

from edgewise.discovery.baselines import weigh_robustly
from edgewise.discovery.conclusion import Search, conclude
from edgewise.discovery.errors_in_x import move_inputs, weigh_by_slopes
from edgewise.discovery.front import Front, is_settled
from edgewise.discovery.near_misses import Repairer
from edgewise.discovery.problem import Problem
from edgewise.discovery.stopping import StoppingRule
from edgewise.discovery.strategies import (
    Candidate,
    Composed,
    Dimensionless,
    Forms,
    Named,
    Networks,
    Plain,
    Powers,
    Reduced,
    Separated,
    Started,
    Strategy,
    Symmetries,
    Templates,
    Waves,
)
from edgewise.discovery.strategies.reduced import NOISY
from edgewise.discovery.strategies.separated import LARGE, SIMPLE, SMALL
from edgewise.discovery.threads import single_threaded
from edgewise.formula.exactness import is_constant
from edgewise.formula.expression import Expression, Input
from edgewise.formula.program import Program
from edgewise.search.budget import RATE, Budget
from edgewise.search.explore import MOST_NODES
from edgewise.search.search_schedule import LEVELS, SHORT

Report = Callable[[float, Expression | None], None]

SEARCH = 0.85
"""Fraction of the budget for the search; the rest is for finishing formulas and the verdict."""
MOST_INPUTS = 10
"""Most inputs that are searched: the most important ones."""
REPAIRING, REPAIRED = 4 * RATE, 0.1
"""Most evaluations for repairs after a strategy, and the fraction of the remaining work."""
CORRECTED = 12
"""With errors of the inputs, most formulas whose likeliest true inputs are compared."""


def plan_short(problem: Problem) -> tuple[Strategy, ...]:
    """Strategies for short formulas, which take a tenth of a second."""
    if problem.dimensions is None:
        return Powers(), Forms(levels=(SHORT,), rounds=0)
    return Powers(), Dimensionless(levels=(SHORT,), lengths=(0,))


class Plan(NamedTuple):
    """The strategies of a search, in the order of their turns.

    Attributes:
        first: quick ones: given formulas, short ones and named laws. All of them are tried. A
            search that ended before would take a named law of four numbers for y = a x sin(z).
        structured: those for one function of a combination of inputs, which take a second or two.
            A search doesn't lose patience before they have been tried.
        further: all others.
    """

    first: tuple[Strategy, ...] = ()
    structured: tuple[Strategy, ...] = ()
    further: tuple[Strategy, ...] = ()

    def without(self, done: Sequence[Strategy]) -> Plan:
        """The plan without the strategies that are done."""
        return Plan(*(tuple(each for each in part if each not in done) for part in self))


def make_plan(problem: Problem) -> Plan:
    """The plan of a search."""
    if problem.known.template is not None:
        return Plan(further=(Templates(problem.known.template),))
    started = (Started(problem.known.start),) if problem.known.start else ()
    first = (*started, *plan_short(problem), Named())
    if problem.inputs == 1:
        return Plan(first, (Waves(1), Composed()), (Waves(), Forms(), Networks()))
    symmetries = Symmetries()
    products = Separated(structures=SIMPLE, links=1, near_only=True)
    structured = (
        replace(products, noise=(0.0, NOISY)),
        Waves(1),
        Composed(),
        Reduced(lengths=(0,), symmetries=symmetries),
        replace(products, structures=SMALL[2:], noise=(0.0, NOISY)),
        replace(products, structures=LARGE[:2], noise=(0.0, NOISY), starts=2, price=15),
        # In noise curves fit nearly as well as one function of a term, which has fewer numbers.
        replace(products, noise=(NOISY, 1.0)),
    )
    further = (
        Waves(),
        Forms(levels=LEVELS[:1], rounds=0),
        Dimensionless(lengths=(0,)),
        Separated(structures=SMALL, named=SMALL),
        Reduced(lengths=(1,), symmetries=symmetries),
        Dimensionless(lengths=(1,)),
        Forms(levels=LEVELS[1:2], rounds=4, work=5 * RATE),
        Separated(structures=LARGE),
        Forms(levels=LEVELS[1:], rounds=12, work=10 * RATE),
        Separated(finer=4),
        Reduced(levels=LEVELS, work=8 * RATE, symmetries=symmetries),
        Networks(),
        Forms(levels=LEVELS[2:], rounds=200),
    )
    return Plan(first, structured, further)


def list_strategies(problem: Problem) -> tuple[Strategy, ...]:
    """The strategies in order, quick ones first."""
    return tuple(chain(*make_plan(problem)))


def search_short(problem: Problem, budget: Budget) -> Front | None:
    """The front of short formulas, or None if something is known of the rows or of the formula.

    If one of them is exact, neither a model of errors nor rivals without a formula are needed,
    which take most of the time of such a search.
    """
    told = problem.weight is not None or problem.errors.kind is not None or problem.robust
    if told or problem.known.template or problem.known.start or problem.threshold is not None:
        return None
    if problem.inputs > MOST_INPUTS or is_constant(problem.y):
        return None
    front = Front(problem)
    for strategy in plan_short(problem):
        for candidate in strategy.propose(problem, budget):
            scored = front.offer(candidate)
            budget.spend(13)
            if budget.over or (scored is not None and problem.is_exact(scored.fit)):
                return front
    return front


def run_search(
    problem: Problem,
    budget: Budget,
    *,
    n_jobs: int,
    report: Report,
    short: Front | None,
) -> Search:
    """Search a problem until it is solved or the budget ends.

    Plain models use all inputs; the other strategies at most ten, those that matter most in the
    best plain model.

    Args:
        short: short formulas. If they are of this problem and not of one with other weights, they
            aren't searched again.
    """
    if short is not None and short.problem is problem and short.is_settled:
        return conclude(short, problem)
    varies = not is_constant(problem.y)
    if not varies:  # up to rounding, which models would otherwise fit
        problem = replace(problem, y=np.full_like(problem.y, np.median(problem.y)))
    if problem.robust:
        problem = weigh_robustly(problem)
    given, problem = problem, weigh_by_slopes(problem)
    front = short if short is not None and short.problem is problem else Front(problem)
    for candidate in _propose_plain(problem, budget):
        front.offer(candidate)
    kept = screen_inputs(problem, front)
    narrow = restrict(problem, kept)
    plan = make_plan(narrow).without(plan_short(narrow) if front is short else ())
    concluded = None
    if varies:
        part = budget.part(seconds=SEARCH * budget.left)
        try:
            if n_jobs == 1:
                concluded = _take_turns(narrow, kept, front, part, report, plan)
            else:
                _run_together(narrow, kept, front, part, n_jobs, report, plan)
        except KeyboardInterrupt:
            pass
    if concluded is not None and given.errors.x_sigma is None:
        return concluded
    front = _correct(given, front, budget)
    return conclude(front, restrict(front.problem, kept))


def _propose_plain(problem: Problem, budget: Budget) -> Iterator[Candidate]:
    """Plain models; of a given form none but a constant, in case that all others break a limit."""
    known = problem.known
    for candidate in Plain().propose(problem, budget):
        if known.template is None or (known.limits is not None and not candidate.tree.inputs):
            yield candidate


def _correct(given: Problem, front: Front, budget: Budget) -> Front:
    """Move the rows to the likeliest true inputs under the best formula, and refit the front there.

    Nothing changes if the inputs have no errors.

    Args:
        given: the problem weighted by the errors of y alone.
    """
    if given.errors.x_sigma is None:
        return front
    formulas = [*front.members, *(m for _, m in front.likely), *front.plain]
    known = {m.tree.key: m for m in sorted(formulas, key=lambda m: -m.fit.length)}
    short = [m for m in known.values() if m.tree.size <= MOST_NODES]
    tried = sorted(short, key=lambda m: m.fit.length)[:CORRECTED]
    moves = [move_inputs(given, m.tree) for m in tried]
    budget.spend(600 * len(tried))
    # Each formula is judged at its own likeliest true inputs.
    moved = min(zip(tried, moves, strict=True), key=lambda p: p[0].fit.bits + p[1].bits)[1].problem
    there = Front(moved)
    for candidate in _propose_plain(moved, budget):
        there.offer(candidate)
    for m in (*front.members, *(m for _, m in front.likely)):
        there.offer(Candidate(m.tree, m.source, prior_bits=m.prior_bits))
    return there


def screen_inputs(problem: Problem, front: Front) -> list[int]:
    """The inputs with the greatest permutation importance in the best plain model."""
    if problem.inputs <= MOST_INPUTS or problem.known.template is not None:
        return list(range(problem.inputs))
    program = Program(min(front.plain, key=lambda m: m.mse).tree)
    generator, x = problem.generator(4), problem.some_rows(500).x
    answer = program.values(x)
    changes = np.zeros(problem.inputs)
    for i in sorted(program.tree.inputs):
        shuffled = x.copy()
        shuffled[:, i] = generator.permutation(x[:, i])
        changes[i] = float(np.mean(np.square(program.values(shuffled) - answer)))
    return sorted(int(i) for i in np.argsort(-changes, kind="stable")[:MOST_INPUTS])


def restrict(problem: Problem, kept: Sequence[int]) -> Problem:
    """The problem with only some of its inputs."""
    if len(kept) == problem.inputs:
        return problem
    dimensions = problem.dimensions
    if dimensions is not None:
        dimensions = dimensions[[*kept, problem.inputs]]
    columns = list(kept)
    return replace(
        problem,
        x=np.ascontiguousarray(problem.x[:, columns]),
        dimensions=dimensions,
        errors=problem.errors.of_columns(columns),
        known=problem.known.of_columns(columns),
        names=tuple(problem.names[k] for k in [*columns, -1]) if problem.names else (),
    )


def _widen(candidate: Candidate, kept: Sequence[int], problem: Problem) -> Candidate:
    """Rewrite a candidate of the restricted problem in the inputs of the whole one."""
    if len(kept) == problem.inputs:
        return candidate
    tree = candidate.tree.substitute({n: Input(i) for n, i in enumerate(kept)})
    return replace(candidate, tree=tree)


def _take_turns(
    narrow: Problem,
    kept: Sequence[int],
    front: Front,
    budget: Budget,
    report: Report,
    plan: Plan,
) -> Search | None:
    """The conclusion, if the search stopped because of it."""
    problem, rule, repairer = front.problem, StoppingRule(narrow), Repairer(narrow)
    first, structured = len(plan.first), len(plan.first) + len(plan.structured)
    # A repair may change any part of a formula, those of a given form as well.
    repairable = len(kept) == problem.inputs and problem.known.template is None
    solved = front.is_solved
    for number, strategy in enumerate(chain(*plan), 1):
        rule.may_lose_patience = number > structured
        report(front.least, front.nearest)
        proposed = False
        for candidate in strategy.propose(narrow, budget):
            proposed = True
            scored = front.offer(_widen(candidate, kept, problem))
            budget.spend(13)
            report(front.least, front.nearest)
            if scored is not None and problem.is_exact(scored.fit):
                solved = True
                if is_settled(scored):
                    return None
            if budget.over or (number > first and not solved and rule.is_over(front, budget)):
                return rule.conclusion
        if solved and number > first:  # products of curves have been tried
            return None
        if number == first and not solved and rule.is_over(front, budget):
            return rule.conclusion
        # Without noise short formulas aren't near. In noise they may be, whatever is proposed.
        near = strategy.leaves_near_misses and (proposed or narrow.noise_fraction > NOISY)
        if near and not solved and repairable:
            report(front.least, front.nearest)
            work = min(REPAIRING, REPAIRED * budget.work)
            if repairer.repair(front, budget.part(evaluations=work)):
                return None
        if budget.over:
            return None
    if not solved and repairable:
        repairer.repair(front, budget.part(evaluations=REPAIRING), last=True)
    return None


def _run_together(
    narrow: Problem,
    kept: Sequence[int],
    front: Front,
    budget: Budget,
    n_jobs: int,
    report: Report,
    plan: Plan,
) -> None:
    """Run all strategies at once, each in a process of joblib."""
    problem = front.problem
    first, *others = chain(*plan)
    for candidate in first.propose(narrow, budget):
        scored = front.offer(_widen(candidate, kept, problem))
        if scored is not None and problem.is_exact(scored.fit):
            return
    report(front.least, front.nearest)
    answers = Parallel(n_jobs=n_jobs)(
        delayed(propose_all)(strategy, narrow, budget.left, budget.evaluations - budget.spent)
        for strategy in others
    )
    for candidates, spent, seconds in answers:
        budget.spend(spent)
        budget.charge(seconds / effective_n_jobs(n_jobs))
        for candidate in candidates:
            front.offer(_widen(candidate, kept, problem))


def propose_all(
    strategy: Strategy, problem: Problem, seconds: float, evaluations: float
) -> tuple[list[Candidate], int, float]:
    """A strategy's candidates, and the evaluations and seconds that it took on one thread."""
    budget = Budget(seconds, evaluations)
    with single_threaded():
        candidates = list(strategy.propose(problem, budget))
    return candidates[-60:], budget.spent, budget.elapsed
