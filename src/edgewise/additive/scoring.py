"""Fisher's scoring: fit coefficients to rows that are in memory or are read in parts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from edgewise.additive.columns import Array
from edgewise.additive.links import Softmax, move_total
from edgewise.additive.loss import Loss
from edgewise.additive.moments import Design, Moments, make_design, measure_moments
from edgewise.additive.monotone import hold_inequalities
from edgewise.additive.normal_equations import settle_factors
from edgewise.additive.ridge import RidgeSolution, solve_groups, spread_ridges

MOST_TURNS = 30
ROUNDS, EARLY_TURNS = 3, 5
"""The updates of strengths in each turn. Of several classes there is one in later turns, for more
could go round for ever with the steps of the other classes."""
SETTLED = 3e-3
"""The mean squared change of sums of effects from which strengths of robust losses are estimated:
farther away from its least value the curvature of a quantile's loss may be anything."""
LARGEST_STEP = 4.0
MOST_HALVINGS = 12
BACK = 0.25
"""Steps that go back over more than this part of the last one are shortened."""


Gather = Callable[[Loss, int, Array, Array, NDArray[np.intp], Array | None], Moments]
"""The moments of all rows for a loss and one output, of its number, the coefficients (columns,
outputs), the sums of effects that they give the rows in memory, the positions of those coefficients
that aren't left out (moments may have others, too), and the link's total of these sums."""


NEARLY_ALL, CHANGES = 0.5, 0.01
"""A fit with more coefficients than this fraction of the rows is done when no logarithm of a
strength changes by more than the second number."""


@dataclass(frozen=True, eq=False)
class FittedRows:
    """The rows that a model is fitted to.

    Attributes:
        design, y, weight: of the rows in memory, all or a sample; step sizes are measured there.
        total: the sum of the weights of all rows.
        gather: finds moments of all rows.
        are_all: whether the rows in memory are all: then a step must not raise their loss.
    """

    design: Design
    y: Array
    weight: Array
    total: float
    gather: Gather
    are_all: bool = False

    @property
    def scaled(self) -> Array:
        """Weights of the rows in memory that add up to that of all rows."""
        return self.weight * (self.total / self.weight.sum())


def hold_rows(design: Design, y: Array, weight: Array) -> FittedRows:
    """Rows that are all in memory."""

    def gather(
        loss: Loss,
        output: int,
        coef: Array,
        effects: Array,
        places: NDArray[np.intp],
        log_sum: Array | None,
    ) -> Moments:
        return measure_moments(design.keep(places), y, weight, loss, output, effects, log_sum)

    return FittedRows(design, y, weight, float(weight.sum()), gather, are_all=True)


def score(
    rows: FittedRows,
    loss: Loss,
    groups: Sequence[NDArray[Any]],
    ridges: list[Array],
    coef: Array,
    rule: Array | None,
    worth: float = 0.0,
) -> tuple[Array, Array, list[RidgeSolution]]:
    """Solve weighted least squares of the working response until the sums of effects converge.

    Args:
        groups: positions of the coefficients that one ridge penalises.
        ridges: the first strengths, for each output.
        coef: the first coefficients, (columns, outputs).
        rule: A of the constraints A @ coef ≥ 0.
        worth: as in :func:`~edgewise.additive.ridge.solve_groups`.

    Returns:
        The coefficients, the sums of effects at the rows in memory, and the solution for each
        output.
    """
    coef, ridges = coef.copy(), list(ridges)
    effects = rows.design.add_up(coef)
    solutions: list[RidgeSolution] = []
    freedom, last = [1.0] * coef.shape[1], np.zeros(len(effects))
    expected = loss.expected_steps
    waits = expected is not loss
    for turn in range(1 if loss.is_square else MOST_TURNS):
        rounds = ROUNDS if coef.shape[1] == 1 or turn < EARLY_TURNS else 1
        rounds = 0 if waits else rounds
        before, solutions, runs = effects.copy(), [], False
        log_sum = loss.link.total(effects)
        for k in range(coef.shape[1]):
            inside = np.isfinite(spread_ridges(len(coef), groups, ridges[k]))
            moments = rows.gather(expected, k, coef, effects, np.flatnonzero(inside), log_sum)
            solution = solve_groups(
                moments,
                rows.total,
                groups,
                ridges[k],
                noise=expected.find_noise(rows.y, effects, rows.scaled, freedom[k], k),
                is_estimated=loss.known_noise is None,
                weakest=loss.weakest_ridge,
                rounds=60 if loss.is_square else rounds,
                worth=worth,
            )
            runs |= _runs_through(rows, loss, ridges[k], solution)
            ridges[k], freedom[k] = solution.ridge, solution.freedom
            diagonal = spread_ridges(len(coef), groups, solution.ridge)
            descent = _Descent(rows, loss, k, coef, effects, diagonal)
            solved = solution
            if expected is not loss and descent.rises_to(solution):
                kept = np.flatnonzero(np.isfinite(diagonal))
                moments = rows.gather(loss, k, coef, effects, kept, log_sum)
                solved = solve_groups(moments, rows.total, groups, solution.ridge, rounds=0)
            new = solved.coef
            if rule is not None:
                new = settle_factors(moments, diagonal, hold_inequalities(solved, rule))
            if not loss.is_square:
                new = np.where(np.isfinite(diagonal), new, 0.0)
                if coef.shape[1] == 1:  # only of one output are steps judged by the loss
                    descent.drop_left_out()
            was = effects[:, k].copy()
            last = descent.move_to(new, last)
            if log_sum is not None:
                log_sum = move_total(log_sum, was, effects[:, k] - was)
            solutions.append(solution)
        if isinstance(loss.link, Softmax):
            coef -= coef.mean(1, keepdims=True)
            effects -= effects.mean(1, keepdims=True)
        moved = np.average(np.square(effects - before).sum(1), weights=rows.weight)
        if moved < (1e-5 if rule is None else 1e-6) * coef.shape[1] and not (runs or waits):
            break
        waits = expected is not loss and moved > SETTLED
    return coef, effects, solutions


def _shorten(last: Array, change: Array, weight: Array) -> float:
    """The part of a step to take: 1 / (1 + ρ) of one that goes back over ρ of the last one.

    Where y varies otherwise than the loss expects, the expected curvature is too small, and whole
    steps go to and fro.

    Source: Aitken, *On Bernoulli's numerical solution of algebraic equations* (1926).
    """
    back = -float(weight @ (last * change)) / max(float(weight @ last**2), 1e-300)
    return 1.0 / (1.0 + back) if BACK < back < 1.0 else 1.0


def _runs_through(rows: FittedRows, loss: Loss, before: Array, solution: RidgeSolution) -> bool:
    """Whether strengths still change in a fit that leaves little to the noise.

    Sums of effects don't show it: they hardly move where the fit goes through nearly all rows.
    """
    if loss.known_noise is not None or solution.freedom < NEARLY_ALL * rows.total:
        return False
    changes = np.abs(np.log(solution.ridge) - np.log(before))
    return bool(changes.max(initial=0.0) > CHANGES)


@dataclass(frozen=True, eq=False)
class _Descent:
    """The penalised loss of one output, and the coefficients that its steps move.

    Attributes:
        coef, effects: coefficients and sums of effects of all outputs.
        diagonal: the strength of the ridge of each coefficient, infinite where it is left out.
    """

    rows: FittedRows
    loss: Loss
    output: int
    coef: Array
    effects: Array
    diagonal: Array

    def penalise(self, step: Array, change: Array, part: float) -> float:
        """The penalised loss after a part of a step and of the change of effects that it makes."""
        moved = self.effects.copy()
        moved[:, self.output] += part * change
        own = self.coef[:, self.output] + part * step
        strength = np.where(np.isfinite(self.diagonal), self.diagonal, 0.0)
        losses = self.loss.loss(self.rows.y, moved)
        return float(self.rows.scaled @ losses + 0.5 * strength @ own**2)

    def rises_to(self, solution: RidgeSolution) -> bool:
        """Whether the whole step to a solution doesn't lower the penalised loss."""
        kept = np.where(np.isfinite(self.diagonal), solution.coef, 0.0)
        step = kept - self.coef[:, self.output]
        change = self.rows.design.multiply(step)
        now, then = (self.penalise(step, change, part) for part in (0, 1))
        return not then < now

    def move_to(self, new: Array, last: Array) -> Array:
        """Go towards new coefficients as far as the loss allows; return the change of effects.

        Args:
            last: the change before.
        """
        step, part = new - self.coef[:, self.output], 1.0
        change = self.rows.design.multiply(step)
        if not self.loss.is_square:
            if self.coef.shape[1] == 1:  # steps of several outputs have others between them
                part = _shorten(last, change, self.rows.weight)
            part = self.find_part(step, change, part)
        self.coef[:, self.output] += part * step
        self.effects[:, self.output] += part * change
        return part * change

    def find_part(self, step: Array, change: Array, most: float) -> float:
        """The part of a step that is taken: no sum moves far, and the penalised loss not up."""
        part = min(most, LARGEST_STEP / max(float(np.abs(change).max()), 1e-12))
        # Several classes are centred between their steps, so that one alone may raise the loss.
        halvings = MOST_HALVINGS if self.rows.are_all and self.coef.shape[1] == 1 else 0
        limit = self.penalise(step, change, 0.0) if halvings else np.inf
        limit += 1e-9 * abs(limit) + 1e-12
        for _ in range(halvings):
            if self.penalise(step, change, part) <= limit:
                break
            part /= 2
        return part

    def drop_left_out(self) -> None:
        """Make coefficients of left out groups 0, before a step is judged by the loss.

        Of a fit through all rows any smaller model has a larger loss, so that no step would be
        taken.
        """
        gone = np.where(np.isfinite(self.diagonal), 0.0, self.coef[:, self.output])
        if gone.any():
            self.coef[:, self.output] -= gone
            self.effects[:, self.output] -= self.rows.design.multiply(gone)


def fit_constant(loss: Loss, y: Array, weight: Array, offset: Array | float) -> Array:
    """The intercepts of least loss beside an offset, (outputs,)."""
    design = replace(make_design([], [y[:, 0]]), offset=offset)
    start = (loss.start(y, weight) - np.mean(offset))[None]
    nothing = [np.zeros(0)] * y.shape[1]
    return score(hold_rows(design, y, weight), loss, [], nothing, start, None)[0][0]
