"""Fisher's scoring: fit coefficients to rows that are in memory or are read in parts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from edgewise.additive.columns import Array
from edgewise.additive.links import Link, Softmax
from edgewise.additive.moments import Design, Moments, measure_moments
from edgewise.additive.monotone import Inequalities, hold_inequalities
from edgewise.additive.normal_equations import settle_factors
from edgewise.additive.ridge import STRONGEST, Solution, solve_groups, spread_ridges

MOST_TURNS = 30
LARGEST_STEP = 4.0


Gather = Callable[[Link, int, Array, Array], Moments]
"""The moments of all rows for one output, of its number, the coefficients (columns, outputs), and
the sums of effects that they give the rows in memory."""


@dataclass(frozen=True, eq=False)
class Rows:
    """The rows that a model is fitted to.

    Attributes:
        design, y, weight: of the rows in memory, all or a sample; step sizes are measured there.
        total: the sum of the weights of all rows.
        gather: finds moments of all rows.
    """

    design: Design
    y: Array
    weight: Array
    total: float
    gather: Gather


def hold_rows(design: Design, y: Array, weight: Array) -> Rows:
    """Rows that are all in memory."""

    def gather(link: Link, output: int, coef: Array, effects: Array) -> Moments:
        return measure_moments(design, y, weight, link, output, effects)

    return Rows(design, y, weight, float(weight.sum()), gather)


def score(
    rows: Rows,
    link: Link,
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
    linear = link.name == "identity"
    coef, ridges = coef.copy(), list(ridges)
    effects = rows.design.multiply(coef)
    solutions: list[Solution] = []
    for _ in range(1 if linear else MOST_TURNS):
        before, solutions = effects.copy(), []
        for k in range(coef.shape[1]):
            moments = rows.gather(link, k, coef, effects)
            solution = solve_groups(
                moments,
                rows.total,
                groups,
                ridges[k],
                noise=1.0 if link.knows_noise else None,
                weakest=link.weakest_ridge,
                rounds=60 if linear else 3,
                worth=worth,
            )
            ridges[k] = solution.ridge
            new = solution.coef
            if rule is not None:
                new = _hold(solution, rule, moments, groups)
            step = new - coef[:, k]
            change = rows.design.multiply(step)
            largest = float(np.abs(change).max())
            part = 1.0 if linear else min(1.0, LARGEST_STEP / max(largest, 1e-12))
            coef[:, k] += part * step
            effects[:, k] += part * change
            solutions.append(solution)
        if isinstance(link, Softmax):
            coef -= coef.mean(1, keepdims=True)
            effects -= effects.mean(1, keepdims=True)
        moved = np.square(effects - before).sum(1)
        if np.average(moved, weights=rows.weight) < (1e-6 if rule else 1e-4) * coef.shape[1]:
            break
    return coef, effects, solutions


def _hold(
    solution: Solution, rule: Inequalities, moments: Moments, groups: Sequence[NDArray[Any]]
) -> Array:
    """The coefficients that obey a rule, and those of factors that follow from them."""
    alive = [k for k in range(len(groups)) if solution.ridge[k] < STRONGEST]
    diagonal = spread_ridges(len(solution.coef), groups, solution.ridge, alive)
    return settle_factors(moments, diagonal, hold_inequalities(solution, rule))
