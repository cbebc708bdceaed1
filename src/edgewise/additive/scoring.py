"""Fisher's scoring: how the coefficients of terms follow from rows, held in memory or not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from edgewise.additive.columns import Array
from edgewise.additive.links import Link, Softmax
from edgewise.additive.monotone import Inequalities, hold_inequalities
from edgewise.additive.ridge import Solution, solve_groups

MOST_TURNS = 30
LARGEST_STEP = 4.0


@dataclass(frozen=True, eq=False)
class Moments:
    """All that weighted least squares needs of rows: Z'WZ, Z'Wr and r'Wr. Those of parts add up."""

    gram: Array
    moment: Array
    square: float

    def merge(self, other: Moments) -> Moments:
        """Those of the rows of both."""
        square = self.square + other.square
        return Moments(self.gram + other.gram, self.moment + other.moment, square)

    def head(self, width: int) -> Moments:
        """Those of the first columns alone."""
        return Moments(self.gram[:width, :width], self.moment[:width], self.square)


def measure_moments(
    design: Array, y: Array, weight: Array, link: Link, output: int, effects: Array
) -> Moments:
    """The moments of the working response of one output, where the sums of effects stand.

    Args:
        design: (rows, columns).
        y, effects: (rows, outputs).
        weight: (rows,).
    """
    response, working = link.working(y, effects)
    root = np.sqrt(working[:, output] * weight)
    # One matrix times itself: BLAS computes half of what is symmetric.
    rooted, target = design * root[:, None], response[:, output] * root
    return Moments(rooted.T @ rooted, rooted.T @ target, float(target @ target))


Gather = Callable[[Link, int, Array, Array], Moments]
"""The moments of all rows for one output, of its number, the coefficients (columns, outputs), and
the sums of effects that they give the rows in memory."""


@dataclass(frozen=True, eq=False)
class Rows:
    """The rows that a model is fitted to.

    Attributes:
        design, y, weight: of those that are in memory, all or a sample: steps are measured there.
        total: the sum of the weights of all rows.
        gather: finds moments of all rows.
    """

    design: Array
    y: Array
    weight: Array
    total: float
    gather: Gather


def hold_rows(design: Array, y: Array, weight: Array) -> Rows:
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
    """Weighted least squares of the working response until nothing moves.

    Args:
        groups: positions of the coefficients that share a ridge.
        ridges: where to begin, for each output.
        coef: likewise, (columns, outputs).
        rule: what they must obey.
        worth: freedom below which a group is left out.

    Returns:
        The coefficients, the sums of effects that they give the rows in memory, and how each
        output was fitted.
    """
    linear = link.name == "identity"
    coef, ridges = coef.copy(), list(ridges)
    effects = rows.design @ coef
    solutions: list[Solution] = []
    for _ in range(1 if linear else MOST_TURNS):
        before, solutions = effects.copy(), []
        for k in range(coef.shape[1]):
            moments = rows.gather(link, k, coef, effects)
            solution = solve_groups(
                moments.gram,
                moments.moment,
                moments.square,
                rows.total,
                groups,
                ridges[k],
                noise=1.0 if link.knows_noise else None,
                weakest=link.weakest_ridge,
                rounds=60 if linear else 3,
                worth=worth,
            )
            ridges[k] = solution.ridge
            new = solution.coef if rule is None else hold_inequalities(solution, rule)
            step = new - coef[:, k]
            change = rows.design @ step
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
