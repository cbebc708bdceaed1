"""The end of a search: choose the winner of the front, finish its numbers and judge it."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from edgewise.charts.numbers import format_percent
from edgewise.discovery.front import Front, Scored
from edgewise.discovery.numeric import LEAST_ROWS, GaussianProcess
from edgewise.discovery.posterior import Posterior, add_neighbours, weigh_classes
from edgewise.discovery.problem import Problem
from edgewise.discovery.selection import (
    choose,
    cross_validate,
    pareto,
    polish_front,
    predict_unseen,
    respell,
)
from edgewise.discovery.verdict import Judgement, judge
from edgewise.formula.data import Data
from edgewise.formula.numbers import with_errors
from edgewise.formula.shape import take_out_roots
from edgewise.formula.verdict import Verdict
from edgewise.search.finish import spell
from edgewise.search.polish import Admits

MOST_WITH_ERRORS = 150
"""Largest plain model, in nodes, whose numbers get standard errors."""
MOST_MOVES = 3
"""Most steps from the likeliest formula to a neighbour that is likelier."""
COMPARED = 200
"""Rows from which the best model without a formula is told if a formula is exact."""


@dataclass(frozen=True)
class Search:
    """The result of a search.

    Attributes:
        problem: the problem whose rows the formulas were fitted to; if the inputs have errors,
            these are the likeliest true inputs.
    """

    problem: Problem
    front: list[Scored]
    winner: Scored
    judgement: Judgement
    baseline: float
    accuracy: float | None


def conclude(front: Front, narrow: Problem) -> Search:
    """The winner of a front and its verdict.

    Args:
        narrow: the problem with only the inputs that were searched.
    """
    problem, scored = front.problem, polish_front(front)
    if problem.threshold is not None:
        return _conclude_classes(problem, scored, problem.threshold)
    exact = any(problem.is_exact(m.fit) for m in scored)
    some = narrow.some_rows(COMPARED) if exact else narrow
    process = some.numeric if some.distinct.rows >= LEAST_ROWS else None
    # No Gaussian process comes near a formula without errors, so none is weighed against it.
    scored, posterior = weigh_all(front, scored, None if exact else process)
    winner = choose(problem, scored, posterior.bits_of)
    judgement = judge(problem, winner, posterior)
    finished = finish_winner(winner, front.data, judgement.verdict.kind, front.admits)
    scored = [finished if m is winner else m for m in scored]
    winner = finished
    kept = keep_front(scored, winner)
    plain = [m.mse for m in scored if m.is_plain and math.isfinite(m.mse)]
    if process is not None:
        plain.append(process.cross_validate(some.numeric_rows.folds) * problem.variance)
    baseline = 1 - min(plain, default=problem.variance) / problem.variance
    return Search(problem, kept, winner, judgement, baseline, None)


def weigh_all(
    front: Front, scored: list[Scored], process: GaussianProcess | None
) -> tuple[list[Scored], Posterior]:
    """The formulas and their posterior, after hill climbing among neighbours.

    If a neighbour of the likeliest formula is likelier still, it is finished, cross-validated and
    added; then its own neighbours are looked at, and so on.
    """
    problem = front.problem
    posterior = add_neighbours(weigh_classes(problem, scored, process), problem)
    for _ in range(MOST_MOVES):
        if not posterior.classes or any(posterior.classes[0].best is m for m in scored):
            break
        best = posterior.classes[0].best
        fit = front.spell(best.fit, finished=True)
        made = respell(replace(best, mse=cross_validate(problem, fit.tree)), fit)
        scored = sorted([*scored, made], key=lambda m: m.fit.bits)
        posterior = add_neighbours(weigh_classes(problem, scored, process), problem)
    return scored, posterior


def finish_winner(winner: Scored, data: Data, kind: str, admits: Admits) -> Scored:
    """The winner as it is reported: numbers of a law may become multiples of π or e.

    The numbers of a short plain model get standard errors; those of formulas have them already.
    """
    fit = winner.fit
    if kind == "approximation":
        if not winner.is_plain or fit.tree.size > MOST_WITH_ERRORS:
            return winner
        return replace(winner, fit=replace(fit, tree=with_errors(fit, data)))
    fit = replace(fit, tree=take_out_roots(fit.tree))
    return replace(winner, fit=spell(fit, data, admits=admits))


def keep_front(scored: list[Scored], winner: Scored) -> list[Scored]:
    """The front, and the winner even if it isn't on it; shortest first.

    A winner without inputs is the only constant.
    """
    kept = pareto(scored, lambda m: (m.fit.bits, m.mse))
    kept = [m for m in kept if m is winner or m.tree.inputs or winner.tree.inputs]
    if any(m is winner for m in kept):
        return kept
    return sorted([*kept, winner], key=lambda m: m.fit.bits)


def _conclude_classes(problem: Problem, scored: list[Scored], threshold: float) -> Search:
    """The shortest formula whose accuracy is the best within a standard error.

    It is never more than an approximation: classes show only the boundary where a law crosses the
    threshold, and many formulas have the same boundary.
    """
    right = {id(m): _accuracy(problem, m, threshold) for m in scored}
    usable = [m for m in scored if math.isfinite(m.mse)]
    best = max(right[id(m)] for m in usable)
    error = math.sqrt(max(best * (1 - best), 1 / problem.rows) / problem.rows)
    near = [m for m in usable if right[id(m)] >= best - error]
    winner = min(near, key=lambda m: m.fit.bits)
    accuracy = right[id(winner)]
    above = float(np.mean(problem.y > threshold))
    larger = max(above, 1 - above)
    rule = f"being above {threshold * problem.unit:g}" if threshold else "its sign"
    told = f"{rule} gives the right class for {format_percent(accuracy, 1)} of unseen rows"
    smooth = numeric_accuracy(problem, threshold)
    if not winner.tree.inputs or accuracy < larger + 2 * math.sqrt(
        larger * (1 - larger) / problem.rows
    ):
        verdict = Verdict(
            "approximation", f"{told}; {format_percent(larger, 1)} belong to the larger class"
        )
    else:
        told = f"{told}, a smooth function for {format_percent(smooth, 1)}"
        verdict = Verdict("approximation", f"{told}; other formulas may draw the same boundary")
    kept = keep_front(scored, winner)
    baseline = 1 - min(m.mse for m in usable) / problem.variance
    return Search(problem, kept, winner, Judgement(verdict), baseline, accuracy)


def _accuracy(problem: Problem, scored: Scored, threshold: float) -> float:
    """The out-of-fold accuracy of a formula as a classifier."""
    told = predict_unseen(problem, scored.tree, steps=4) > threshold
    return float(np.mean(told == (problem.y > threshold)))


def numeric_accuracy(problem: Problem, threshold: float) -> float:
    """The leave-one-out accuracy of a Gaussian process as a classifier."""
    told = problem.numeric.leave_one_out() > threshold
    return float(np.mean(told == (problem.numeric_rows.y > threshold)))
