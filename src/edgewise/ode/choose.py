"""Choose one formula for each state, such that the system of them integrates to the data."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations

import numpy as np

from edgewise._arrays import Array
from edgewise.discovery.prior import formula_bits
from edgewise.discovery.result import Discovery
from edgewise.formula.data import number_bits
from edgewise.formula.expression import (
    Expression,
    Input,
    Number,
    add,
    exact,
    free,
    multiply,
    split_number,
    terms_of,
)
from edgewise.formula.numbers import DEPENDENT
from edgewise.formula.program import Program
from edgewise.formula.scaling import scale_columns
from edgewise.formula.snapping import FittedNumber
from edgewise.ode.shooting import Shot, Windows, shoot
from edgewise.ode.slopes import Slopes
from edgewise.ode.system import System
from edgewise.ode.trajectories import Trajectory
from edgewise.ode.weak import WeakForm
from edgewise.search.budget import Budget

MOST = 4
"""Most formulas of each front to choose from."""
FINEST = 1e-7
"""Distances below this many standard deviations of a state are rounding errors of integration."""
TURN = 5.0
"""A window is informative if a state travels this many standard deviations, about one period."""
CLEARLY = 40.0
"""Formulas whose description is this many bits longer than the best one aren't tried."""
SURE = 3.0
"""A factor is significant if it is more than this many standard errors from 0."""
REMARKABLE = 8.0
"""A factor stays round if the trajectories determine the fitted one to at least this many bits more
than the round number has. By chance that happens once in 30 times."""
NUMBER = 8.0
"""Bits that a term with a fitted factor costs."""
GROWTH = 3
"""Factor by which windows grow."""
WORSE = 3.0
"""Longer windows are kept unless their distances grow by more than this factor."""
ALIKE = 1e-6
"""Largest distance of two states that are alike, in standard deviations."""
WITHIN = 2.0
"""The same in standard deviations of their noise."""


@dataclass(frozen=True, eq=False)
class Choice:
    """A candidate for one right-hand side of the system.

    Attributes:
        place: its place in the front, or -1 for the winner.
        tree: the formula with refitted numbers.
        bits: its description length.
        score: bits of the formula and its residuals; smaller is better.
    """

    place: int
    tree: Expression
    bits: float
    score: float


@dataclass(frozen=True)
class Rival:
    """A competing formula for a state.

    Attributes:
        margin: bits by which the data's description is longer with it.
        state: the state whose right-hand side it would be.
    """

    margin: float
    state: int
    tree: Expression


@dataclass(frozen=True, eq=False)
class ChosenSystem:
    """The chosen system.

    Attributes:
        places: the places of its formulas in their fronts, -1 for winners.
        shot: its last fit.
        intervals: the length of the windows of that fit.
        first: the initial state of each trajectory.
        rivals: the other formulas that were tried, for one state at a time.
    """

    places: list[int]
    shot: Shot
    intervals: int
    first: Array
    rivals: list[Rival]


def _propose(
    found: Discovery, slopes: Slopes, state: int, given: bool
) -> Iterator[tuple[int, Expression, float]]:
    """The formulas of a front, single inputs, and formulas with a state for another like it.

    A search keeps one of several formulas with the same values, and where two states are the same
    on all rows, only the others that it didn't keep can show that the rows don't tell which is
    right. Where a form is given, only the front has it.

    Yields:
        the place in the front, -1 for the winner and others; the formula; its error.
    """
    front = [(-1, found.winner), *enumerate(found.front)]
    swaps = list(_list_swaps(slopes))
    for place, formula in front:
        yield place, formula.tree, formula.rmse
    if given:
        return
    for k, column in enumerate(slopes.x.T):
        yield -1, Input(k), float(np.sqrt(np.mean((slopes.y[:, state] - column) ** 2)))
    for _, formula in front:
        for k, other in swaps:
            yield -1, formula.tree.substitute({k: other}), formula.rmse


def _list_swaps(slopes: Slopes) -> Iterator[tuple[int, Expression]]:
    """The states that are equal or opposite to others on all rows, and these others."""
    x = slopes.x[:, : len(slopes.noise)]
    for k, other in permutations(range(x.shape[1]), 2):
        noise = WITHIN * float(np.hypot(slopes.noise[k], slopes.noise[other]))
        near = max(ALIKE * float(x[:, k].std()), noise)
        for sign in (1, -1):
            if np.sqrt(np.mean((x[:, k] - sign * x[:, other]) ** 2)) <= near:
                yield k, multiply(exact(sign), Input(other))


def candidates(
    found: Sequence[Discovery],
    slopes: Slopes,
    trajectories: Sequence[Trajectory],
    turn: float,
    first: int = 0,
    given: bool = False,
) -> list[list[Choice]]:
    """The best formulas of each state's front, best first.

    For noisy data the numbers are refitted in the weak form, and its residuals rank the formulas.

    Args:
        first: the number of states without a search: positions, whose slopes are velocities.
        given: whether the form of the formulas was given.
    """
    weak = None
    if slopes.smoothed:
        shortest = max(x.t[-1] - x.t[0] for x in trajectories)
        weak = WeakForm.of(trajectories, slopes.curves, min(turn / 2, shortest / 2))
    moved = [[Choice(-1, Input(first + k), 0.0, 0.0)] for k in range(first)]
    return [*moved, *(_rank(one, weak, slopes, first + k, given) for k, one in enumerate(found))]


def _rank(
    found: Discovery, weak: WeakForm | None, slopes: Slopes, state: int, given: bool
) -> list[Choice]:
    made: list[Choice] = []
    seen = set()
    spread = float(slopes.y[:, state].std()) or 1.0
    for place, tree, rmse in _propose(found, slopes, state, given):
        if tree.key in seen or any(k >= slopes.x.shape[1] for k in tree.inputs):
            continue
        seen.add(tree.key)
        if weak is None:
            # Residuals below the errors of the slopes mustn't favour a longer formula.
            rows = len(slopes.y)
            mse = (rmse**2 + slopes.error[state] ** 2) / spread**2
        else:
            tree, mse = weak.refit(tree, state)
            rows = len(weak.right) // 3
            mse /= float(np.mean(weak.right[:, state] ** 2)) or 1.0
        if math.isfinite(mse):
            bits = describe(tree, slopes.x.shape[1], len(slopes.y))
            made.append(Choice(place, tree, bits, _length(mse, rows, bits)))
    ranked = sorted(made, key=lambda c: c.score)
    return [c for c in ranked[:MOST] if c.score <= ranked[0].score + CLEARLY]


def describe(tree: Expression, inputs: int, rows: int) -> float:
    """Bits of a formula: its prior and the digits of its numbers."""
    free = tree.free_count
    return formula_bits(tree, inputs) + free * (number_bits(rows) + 1)


def _length(mse: float, count: int, bits: float) -> float:
    """The description length, count/2 · log2(mse) plus the bits of the formula."""
    return count / 2 * math.log2(mse + FINEST**2) + bits


def turn_of(trajectories: Sequence[Trajectory], curves: Sequence[Array], spread: Array) -> int:
    """The number of intervals of an informative window."""
    way = sum(np.abs(np.diff(c, axis=0)).sum(0) for c in curves) / spread
    steps = sum(x.steps - 1 for x in trajectories)
    longest = max(x.steps for x in trajectories) - 1
    return int(np.clip(round(TURN * steps / max(float(np.max(way)), 1e-9)), 4, longest))


def choose(
    choices: Sequence[Sequence[Choice]],
    windows: Windows,
    controls: int,
    budget: Budget,
) -> tuple[list[Choice], Shot, list[Rival]]:
    """Choose one formula for each state, by coordinate search from the best ones."""
    known: dict[tuple[int, ...], tuple[float, Shot]] = {}

    def score(places: tuple[int, ...]) -> float:
        if places not in known:
            picked = [c[k] for c, k in zip(choices, places, strict=True)]
            shot = shoot(System([p.tree for p in picked], controls), windows, budget, iterations=6)
            bits = sum(p.bits for p in picked)
            known[places] = (_length(shot.rms**2, windows.count, bits), shot)
        return known[places][0]

    best = tuple(0 for _ in choices)
    score(best)
    for _ in range(2):
        before = best
        for state, options in enumerate(choices):
            for k in range(len(options)):
                trial = (*best[:state], k, *best[state + 1 :])
                if budget.over:
                    break
                if score(trial) < score(best):
                    best = trial
        if best == before:
            break
    rivals = []
    for places, (bits, _) in known.items():
        for state, (k, chosen) in enumerate(zip(places, best, strict=True)):
            if k != chosen:
                rivals.append(Rival(bits - known[best][0], state, choices[state][k].tree))
    return [c[k] for c, k in zip(choices, best, strict=True)], known[best][1], rivals


def fit_system(
    choices: Sequence[Sequence[Choice]],
    trajectories: Sequence[Trajectory],
    slopes: Slopes,
    scale: Array,
    turn: int,
    budget: Budget,
    written: Collection[float],
) -> ChosenSystem:
    """Choose a system and fit its constants on windows that grow while the fit stays good.

    Args:
        written: sizes of numbers that a given form holds.
    """
    controls = trajectories[0].inputs.shape[1]
    first = max(4, turn // 2)
    windows = Windows.cut(trajectories, slopes.curves, first, scale)
    picked, shot, rivals = choose(choices, windows, controls, budget)
    longest = max(x.steps for x in trajectories) - 1
    intervals, spent = first, 0.0
    while intervals < longest and FINEST < shot.rms < math.inf and GROWTH * spent < budget.left:
        longer, began = min(longest, GROWTH * intervals), budget.elapsed
        trial_windows = Windows.cut(trajectories, slopes.curves, longer, scale)
        trial = shoot(shot.system, trial_windows, budget)
        if not trial.rms <= max(WORSE * shot.rms, FINEST):
            break
        shot, windows, intervals = trial, trial_windows, longer
        spent = budget.elapsed - began
    shot = drop_terms(free_factors(shot, windows, budget, written), windows, budget)
    first_states = windows.first_of(shot.start)
    return ChosenSystem([p.place for p in picked], shot, intervals, first_states, rivals)


def free_factors(shot: Shot, windows: Windows, budget: Budget, written: Collection[float]) -> Shot:
    """Fit the factors of terms that slopes allowed to round and trajectories don't.

    Slopes have larger errors than states: they may not distinguish -4 x from -4.02 x. Factors that
    the trajectories don't determine well stay fitted: the standard errors of the other numbers
    would be too small, and a term that may be 0 would seem certain.

    Args:
        written: sizes of factors that stay as they are.
    """
    trees = shot.system.trees
    rows = np.concatenate([np.hstack([x.states, x.inputs]) for x in windows.trajectories])
    made = [_free_terms(tree, rows, written) for tree in trees]
    more = sum(tree.free_count for tree in made) > len(shot.system.numbers)
    if not more or not FINEST < shot.rms < math.inf:
        return shot
    freed = shoot(System(made, shot.system.controls), windows, budget)
    each = zip(trees, made, freed.system.trees, strict=True)
    again = [_round_again(*one) for one in each]
    if again == list(trees):
        return shot
    other = shoot(System(again, shot.system.controls), windows, budget)
    return other if other.rms <= shot.rms else shot


def drop_terms(shot: Shot, windows: Windows, budget: Budget) -> Shot:
    """A fit without insignificant terms, if it describes the trajectories in fewer bits."""
    trees = [_keep_significant(tree) for tree in shot.system.trees]
    if trees == list(shot.system.trees) or not math.isfinite(shot.rms):
        return shot
    other = shoot(System(trees, shot.system.controls), windows, budget)
    before, after = (
        _length(each.rms**2, windows.count, NUMBER * len(each.system.numbers))
        for each in (shot, other)
    )
    return other if after < before else shot


def _free_terms(tree: Expression, x: Array, written: Collection[float]) -> Expression:
    """A right-hand side with a number to fit in front of each term; a single input stays.

    Args:
        x: rows on which it is tested whether other numbers of a term already are such a factor.
    """
    if isinstance(tree, Input):
        return tree
    made = []
    for term in terms_of(tree):
        factor, rest = split_number(term)
        stays = abs(factor.value) in written or _has_factor(rest, x)
        made.append(term if stays else multiply(free(factor.value), rest))
    return add(*made)


def _has_factor(rest: Expression, x: Array) -> bool:
    """Whether other values of its free numbers multiply an expression by a factor."""
    if not rest.free_count:
        return False
    values, slopes = Program(rest).values_and_jacobian(x)
    known = np.isfinite(values) & np.isfinite(slopes).all(1)
    slopes, values = scale_columns(slopes[known])[0], values[known]
    left = values - slopes @ np.linalg.lstsq(slopes, values, rcond=DEPENDENT)[0]
    return bool(np.linalg.norm(left) <= DEPENDENT * np.linalg.norm(values))


def _round_again(rounded: Expression, freed: Expression, fitted: Expression) -> Expression:
    """The fitted right-hand side, with the rounded factors that the trajectories confirm.

    Args:
        freed: the tree that was fitted; its terms are in the order of the fitted ones.
    """
    own = {rest.key: factor for factor, rest in map(split_number, terms_of(rounded))}
    terms = []
    for before, after in zip(terms_of(freed), terms_of(fitted), strict=True):
        (_, same), (factor, rest) = split_number(before), split_number(after)
        keeps = _is_confirmed(own[same.key], factor)
        terms.append(multiply(own[same.key] if keeps else free(factor.value), rest))
    return add(*terms)


def _is_confirmed(rounded: Number, fitted: Number) -> bool:
    """Whether a rounded factor is near the fitted one, and nearer than it would be by chance."""
    if fitted.error is None or rounded.exact is None:
        return fitted.error is None
    digits = FittedNumber(None, fitted.value, fitted.error, is_exponent=False).digits
    near = abs(fitted.value - rounded.value) <= SURE * fitted.error
    return near and digits >= rounded.exact.bits + REMARKABLE


def _keep_significant(tree: Expression) -> Expression:
    kept = []
    for term in terms_of(tree):
        factor, _ = split_number(term)
        if factor.error is None or abs(factor.value) > SURE * factor.error:
            kept.append(term)
    return tree if len(kept) == len(terms_of(tree)) else add(*kept)
