"""Cross-validation of the best formulas, and the choice of a winner."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from edgewise._arrays import Array
from edgewise.data.rows import predict_folds
from edgewise.discovery.calibration import NONE_BITS
from edgewise.discovery.front import Front, Scored, can_pass_through_any_rows, is_allowed, prior_of
from edgewise.discovery.problem import Problem
from edgewise.formula.data import COUNTED_ROWS, Fit
from edgewise.formula.exactness import ROUNDING_FVU
from edgewise.formula.expression import Expression
from edgewise.formula.program import Program, refit

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
FRONT = 14
"""Number of formulas, the shortest descriptions, that are cross-validated."""
FAR_BEHIND = 150.0
"""A formula this many bits behind the shortest description isn't respelled."""
T = TypeVar("T")


def cross_validate(problem: Problem, tree: Expression, steps: int = 8) -> float:
    """The cross-validated mean square error; infinite where the formula isn't defined.

    It is also infinite for a formula that can pass through any rows.
    """
    if can_pass_through_any_rows(problem, tree):
        return math.inf
    weight = problem.weights
    with np.errstate(all="ignore"):
        error = problem.y - predict_unseen(problem, tree, steps)
        mse = float(weight @ np.square(error)) / float(weight.sum())
    return mse if math.isfinite(mse) else math.inf


def predict_unseen(problem: Problem, tree: Expression, steps: int) -> Array:
    """Out-of-fold predictions of a formula, whose numbers are refitted; (rows,)"""
    x, y, weight = problem.x, problem.y, problem.weights

    def predict(out: NDArray[np.bool_]) -> Array:
        return Program(refit(tree, x[~out], y[~out], weight[~out], steps=steps).tree).values(x[out])

    with np.errstate(all="ignore"):
        return predict_folds(problem.folds, predict)


def polish_front(front: Front) -> list[Scored]:
    """The front, cross-validated, with its most promising formulas finished; shortest first."""
    problem = front.problem
    likely = [m for _, m in front.likely]
    members = {m.tree.key: m for m in (*front.members, *likely)}
    ranked = sorted(front.members, key=lambda m: m.fit.length)
    finished = [m for m in ranked if m.fit.fvu <= ROUNDING_FVU][:6]
    for m in finished:
        fit = front.spell(m.fit, finished=True, units=True)
        if fit.fvu <= max(problem.exact_fvu, 4 * m.fit.fvu):
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
    2. The likeliest formula that predicts better than a constant and is preferred to the best plain
       model, or worse than it by at most a standard error.
    3. The constant, if plain models aren't clearly better either.
    4. The likeliest formula that is preferred to the best plain model and predicts no worse.
    5. The best plain model.

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
    formulas = sorted((m for m in usable if not m.is_plain), key=bits, reverse=True)
    for m in formulas:
        near = best is None or is_preferred(problem, m, best) or _is_within_error(problem, m, best)
        if near and beats_constant(problem, m, usable):
            return m
    if best is None:
        return min(usable, key=lambda m: m.mse)
    constant = next((m for m in plain if not m.tree.inputs), None)
    if constant is not None and is_insignificant(problem, best, constant):
        return constant
    no_worse = (m for m in formulas if m.mse <= best.mse and is_preferred(problem, m, best))
    return next(no_worse, _average(plain, best))


def is_insignificant(problem: Problem, scored: Scored, constant: Scored) -> bool:
    """Whether a plain model predicts better than a constant by less than two standard errors.

    Let the model explain the fraction g of the variance of a normal y. The difference of the
    squared errors of a row has the mean g and the variance 4g - 2g², in units of y's variance. With
    n rows, g is two standard errors if g² = 4 (4g - 2g²) / n, so g = 16 / (n + 8).
    """
    gain = (constant.mse - scored.mse) / problem.variance
    return gain <= 16 / (problem.rows + 8)


def is_preferred(problem: Problem, formula: Scored, plain: Scored) -> bool:
    """Whether a formula is likelier than a plain model, by its prior and its errors on unseen rows.

    The likelihood of unseen rows is -rows/2 log2(MSE) bits, up to a constant. A plain model is one
    of "none of these" and has the prior of them. Where rows are few, the prior decides.
    """
    less = NONE_BITS - prior_of(formula, problem.inputs)
    return formula.mse <= plain.mse * 2 ** (2 * less / problem.rows)


def _is_within_error(problem: Problem, formula: Scored, plain: Scored) -> bool:
    """Whether a formula predicts worse than a plain model by at most a standard error."""
    error = min(plain.mse * math.sqrt(2 / problem.rows), SLACK * problem.variance)
    return formula.mse <= plain.mse + error


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
