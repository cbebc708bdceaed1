"""Interactions of two and three columns: which are added to a model, a few at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

import numpy as np

from edgewise.additive.columns import Array
from edgewise.additive.stages import AdditiveProblem, Stage, add_terms
from edgewise.additive.surfaces import make_interaction, score_interactions

ROUNDS = {2: ((4, 12), (6, 8), (10, 6)), 3: ((4, 5),)}
"""By the number of columns of an interaction, for each larger model the most interactions that are
added before it is fitted again, and the most knots of their sides: the first pairs, which say the
most, may be rougher."""
MOST_COLUMNS_OF_TRIPLES = 30
"""Triples are looked for among this number of columns."""
CLEAR = 4.0
"""An interaction is tried if its score exceeds chance by this number of standard deviations."""


def add_pairs(problem: AdditiveProblem, stage: Stage) -> Stage | None:
    """Add surfaces of the pairs that explain the residuals best; None if no pair is clear."""
    return _add_interactions(problem, stage, 2)


def add_triples(problem: AdditiveProblem, stage: Stage) -> Stage | None:
    """Add surfaces of three columns each, as :func:`add_pairs` does of two."""
    return _add_interactions(problem, stage, 3)


def _add_interactions(problem: AdditiveProblem, stage: Stage, order: int) -> Stage | None:
    """Add one round of surfaces of ``order`` columns each."""
    rounds = ROUNDS[order] if problem.settings.order >= order else ()
    done = sum(any(len(key) == order for key in keys) for keys in stage.tried)
    if done == len(rounds):
        return None
    most, knots = rounds[done]
    found = _find_interactions(problem, stage, order, most)
    columns, weight = problem.columns, problem.weight
    surfaces = [make_interaction(problem.sides, key, columns, weight, knots) for key in found]
    new = [surface for surface in surfaces if surface is not None]
    if not new:
        return None
    return replace(add_terms(problem, stage, new), tried=(*stage.tried, frozenset(found)))


def _find_interactions(
    problem: AdditiveProblem, stage: Stage, order: int, most: int
) -> list[tuple[int, ...]]:
    """The interactions of ``order`` columns with the highest scores; those tried before are out."""
    free = [k for k in problem.outline.used if k not in problem.settings.shaped]
    if order > 2 and len(free) > MOST_COLUMNS_OF_TRIPLES:
        free = _rank_columns(problem, stage, free)[:MOST_COLUMNS_OF_TRIPLES]
    tried = frozenset().union(*stage.tried)
    tried |= {(min(pair), max(pair)) for pair in problem.settings.slopes}
    groups = problem.settings.allowed
    allowed = [
        key
        for key in combinations(sorted(free), order)
        if key not in tried and (groups is None or any(set(key) <= group for group in groups))
    ]
    scores = _score(problem, allowed, stage.residual, stage.working)
    clear = [key for key in allowed if scores[key] > CLEAR]
    return sorted(clear, key=lambda key: (-scores[key], key))[:most]


def _rank_columns(problem: AdditiveProblem, stage: Stage, free: Sequence[int]) -> list[int]:
    """Columns of pairs first, then those along which the size of residuals changes most.

    A product of three columns has no pairs where each has mean 0, but its size follows each.
    """
    paired = {k for keys in stage.tried for key in keys for k in key}
    squares = np.square(stage.residual)
    squares = squares - np.average(squares, axis=0, weights=problem.weight)
    scores = _score(problem, [(k,) for k in free], squares, stage.working)
    return sorted(free, key=lambda k: (k not in paired, -scores[k,], k))


def _score(
    problem: AdditiveProblem, keys: Sequence[tuple[int, ...]], residual: Array, working: Array
) -> dict[tuple[int, ...], float]:
    own = problem.columns, problem.sides, keys
    return score_interactions(*own, residual, working, problem.weight)
