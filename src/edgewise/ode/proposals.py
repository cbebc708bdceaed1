"""The formulas that compete for a right-hand side of the system."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations

import numpy as np

from edgewise.discovery.result import Discovery
from edgewise.formula.expression import Expression, Input, exact, multiply
from edgewise.ode.slopes import Slopes

ALIKE = 1e-6
"""Largest distance of two states that are alike, in standard deviations."""
WITHIN = 2.0
"""The same in standard deviations of their noise."""


def propose(
    found: Discovery, slopes: Slopes, state: int
) -> Iterator[tuple[int, Expression, float]]:
    """The formulas of a front, single inputs, and formulas with a state for another like it.

    A search keeps one of several formulas with the same values, and where two states are the same
    on all rows, only the others that it didn't keep can show that the rows don't tell which is
    right.

    Yields:
        the place in the front, -1 for the winner and others; the formula; its error.
    """
    front = [(-1, found.winner), *enumerate(found.front)]
    swaps = list(_list_swaps(slopes))
    for place, formula in front:
        yield place, formula.tree, formula.rmse
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
