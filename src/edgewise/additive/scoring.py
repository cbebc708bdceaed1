"""Fisher's scoring: fit coefficients to rows that are in memory or are read in parts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from edgewise.additive.columns import Array
from edgewise.additive.links import Softmax
from edgewise.additive.losses import Loss
from edgewise.additive.monotone import Inequalities, hold_inequalities
from edgewise.additive.ridge import STRONGEST, Solution, solve_groups

MOST_TURNS = 30
LARGEST_STEP = 4.0
MOST_HALVINGS = 12


@dataclass(frozen=True, eq=False)
class Moments:
    """The sufficient statistics of weighted least squares: Z'WZ, Z'Wr and r'Wr. They add up."""

    gram: Array
    moment: Array
    square: float

    def merge(self, other: Moments) -> Moments:
        """The moments of the rows of both."""
        square = self.square + other.square
        return Moments(self.gram + other.gram, self.moment + other.moment, square)

    def head(self, width: int) -> Moments:
        """The moments of the first columns of the design."""
        return Moments(self.gram[:width, :width], self.moment[:width], self.square)


def measure_moments(
    design: Array,
    y: Array,
    weight: Array,
    loss: Loss,
    output: int,
    effects: Array,
    offset: Array | float = 0.0,
) -> Moments:
    """The moments of one output's working response at the present sums of effects.

    Args:
        design: (rows, columns).
        y, effects: (rows, outputs).
        weight: (rows,).
        offset: the part of the effects that has no coefficients, (rows, 1).
    """
    response, working = loss.working(y, effects)
    root = np.sqrt(working[:, output] * weight)
    # A matrix times its own transpose: BLAS computes one half of the symmetric result.
    rooted = design * root[:, None]
    target = (response - offset)[:, output] * root
    return Moments(rooted.T @ rooted, rooted.T @ target, float(target @ target))


Gather = Callable[[Loss, int, Array, Array], Moments]
"""The moments of all rows for a loss and one output, of its number, the coefficients (columns,
outputs), and the sums of effects that they give the rows in memory."""


@dataclass(frozen=True, eq=False)
class Rows:
    """The rows that a model is fitted to.

    Attributes:
        design, y, weight: of the rows in memory, all or a sample; step sizes are measured there.
        total: the sum of the weights of all rows.
        gather: finds moments of all rows.
        offset: the part of the sums of effects that has no coefficients, (rows, 1).
        are_all: whether the rows in memory are all: then a step must not raise their loss.
    """

    design: Array
    y: Array
    weight: Array
    total: float
    gather: Gather
    offset: Array | float = 0.0
    are_all: bool = False

    @property
    def scaled(self) -> Array:
        """Weights of the rows in memory that add up to that of all rows."""
        return self.weight * (self.total / self.weight.sum())


def hold_rows(design: Array, y: Array, weight: Array, offset: Array | float = 0.0) -> Rows:
    """Rows that are all in memory."""

    def gather(loss: Loss, output: int, coef: Array, effects: Array) -> Moments:
        return measure_moments(design, y, weight, loss, output, effects, offset)

    return Rows(design, y, weight, float(weight.sum()), gather, offset, are_all=True)


def score(
    rows: Rows,
    loss: Loss,
    groups: Sequence[NDArray[Any]],
    ridges: list[Array],
    coef: Array,
    rule: Inequalities | None,
    worth: float = 0.0,
) -> tuple[Array, Array, list[Solution]]:
    """Solve weighted least squares of the working response until the sums of effects converge.

    Args:
        groups: positions of the coefficients that one ridge penalises.
        ridges: the first strengths, for each output.
        coef: the first coefficients, (columns, outputs).
        rule: constraints on the coefficients.
        worth: as in :func:`~edgewise.additive.ridge.solve_groups`.

    Returns:
        The coefficients, the sums of effects at the rows in memory, and the solution for each
        output.
    """
    coef, ridges = coef.copy(), list(ridges)
    effects = rows.design @ coef + rows.offset
    solutions: list[Solution] = []
    freedom = [1.0] * coef.shape[1]
    for _ in range(1 if loss.is_square else MOST_TURNS):
        before, solutions = effects.copy(), []
        for k in range(coef.shape[1]):
            moments = rows.gather(loss, k, coef, effects)
            solution = solve_groups(
                moments.gram,
                moments.moment,
                moments.square,
                rows.total,
                groups,
                ridges[k],
                noise=loss.find_noise(rows.y, effects, rows.scaled, freedom[k], k),
                weakest=loss.weakest_ridge,
                rounds=60 if loss.is_square else 3,
                worth=worth,
            )
            ridges[k], freedom[k] = solution.ridge, solution.freedom
            new = solution.coef if rule is None else hold_inequalities(solution, rule)
            step = new - coef[:, k]
            change = rows.design @ step
            part = 1.0
            if not loss.is_square:
                strength = spread_ridges(groups, solution.ridge, len(coef))
                part = _find_part(rows, loss, k, (coef, effects), (step, change), strength)
            coef[:, k] += part * step
            effects[:, k] += part * change
            solutions.append(solution)
        if isinstance(loss.link, Softmax):
            coef -= coef.mean(1, keepdims=True)
            effects -= effects.mean(1, keepdims=True)
        moved = np.square(effects - before).sum(1)
        if np.average(moved, weights=rows.weight) < (1e-6 if rule else 1e-4) * coef.shape[1]:
            break
    return coef, effects, solutions


def spread_ridges(groups: Sequence[NDArray[Any]], ridge: Array, width: int) -> Array:
    """The strength of the ridge of each coefficient, (columns,)."""
    strength = np.zeros(width)
    for group, one in zip(groups, ridge, strict=True):
        strength[group] = one
    return strength


def _find_part(
    rows: Rows,
    loss: Loss,
    output: int,
    place: tuple[Array, Array],
    step: tuple[Array, Array],
    strength: Array,
) -> float:
    """The part of a step that is taken: no sum of effects far, and the penalised loss not up.

    Args:
        place: coefficients and sums of effects, for all outputs.
        step: the change of both, for this output.
        strength: of the ridge of each coefficient; what has none left moves to 0.
    """
    (coef, effects), (by, change) = place, step
    kept = strength < STRONGEST

    def penalised(part: float) -> float:
        moved = effects.copy()
        moved[:, output] += part * change
        own = coef[kept, output] + part * by[kept]
        return float(rows.scaled @ loss.loss(rows.y, moved) + 0.5 * strength[kept] @ own**2)

    part = min(1.0, LARGEST_STEP / max(float(np.abs(change).max()), 1e-12))
    here = penalised(0.0)
    slack = 1e-9 * abs(here) + 1e-12
    # Several classes are centred between their steps, so that one alone may raise the loss.
    for _ in range(MOST_HALVINGS if rows.are_all and coef.shape[1] == 1 else 0):
        if penalised(part) <= here + slack:
            break
        part /= 2
    return part


def fit_constant(loss: Loss, y: Array, weight: Array, offset: Array | float) -> Array:
    """The intercepts of least loss beside an offset, (outputs,)."""
    rows = hold_rows(np.ones((len(y), 1)), y, weight, offset)
    start = (loss.start(y, weight) - np.mean(offset))[None]
    nothing = [np.zeros(0)] * y.shape[1]
    return score(rows, loss, [], nothing, start, None)[0][0]
