"""Add what smooth curves and surfaces can't follow: levels of numbers, and jumps."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from edgewise.additive.curves import Curve
from edgewise.additive.jumps import CLEAR, CLEAR_OF_PAIRS, find_cuts, make_jumps
from edgewise.additive.main_terms import list_numbered
from edgewise.additive.products import Surface, make_surface
from edgewise.additive.stages import AdditiveProblem, Stage, add_terms
from edgewise.additive.surfaces import score_levels
from edgewise.additive.terms import Levels, Term, make_levels

CLEAR_LEVELS = 0.0
"""Levels of a number are tried if their score exceeds chance by this number of standard
deviations."""
MOST_VALUES = 0.25
"""The most values of all numbers that get levels, as a fraction of the rows. Those whose levels say
most come first."""
COARSE = 3
"""Jumps may differ between cells of another column that are as large as those of triples."""


def add_levels(problem: AdditiveProblem, stage: Stage) -> Stage:
    """Add levels to curves of columns whose whole numbers are likely names, as of schools."""
    found = _list_levels(problem, stage)
    return add_terms(problem, stage, found) if found else stage


def add_discontinuities(problem: AdditiveProblem, stage: Stage) -> Stage | None:
    """Add levels, as :func:`add_levels` does, and jumps of curves and of pairs; None if none."""
    found = [*_list_levels(problem, stage), *_list_jumps(problem, stage)]
    return add_terms(problem, stage, found) if found else None


def _list_levels(problem: AdditiveProblem, stage: Stage) -> list[Term]:
    """The levels of numbers that don't have them yet and whose residuals say something."""
    scored: list[tuple[float, Levels]] = []
    if not problem.settings.levels:
        return []
    weight = problem.weight
    named = {term.columns[0] for term in stage.model.terms if isinstance(term, Levels)}
    for k in list_numbered(problem.columns, problem.outline.used, weight, problem.settings):
        if k in named:
            continue
        values = problem.columns[k]
        different = np.unique(values[~np.isnan(values)])
        codes = np.where(np.isnan(values), -1, np.searchsorted(different, values))
        score = score_levels(codes, stage.residual, stage.working, weight)
        levels = make_levels(k, values, weight) if score > CLEAR_LEVELS else None
        if levels is not None:
            scored.append((score, levels))
    scored.sort(key=lambda pair: -pair[0])
    room = MOST_VALUES * len(weight)
    widths = np.cumsum([levels.width for _, levels in scored])
    return [levels for (_, levels), width in zip(scored, widths, strict=True) if width <= room]


def _list_jumps(problem: AdditiveProblem, stage: Stage) -> list[Term]:
    """Jumps along columns with smooth curves of any shape, and of their pairs with others."""
    settings = problem.settings
    if not settings.levels or settings.natural is not None or problem.loss.has_short_steps:
        return []
    held = settings.shaped | settings.fixed | set(settings.cycles)
    curves = {
        term.columns[0]: term
        for term in problem.outline.terms
        if isinstance(term, Curve) and term.degree > 1 and term.columns[0] not in held
    }
    pairs = [t for t in stage.model.terms if isinstance(t, Surface) and len(t.sides) == 2]
    found: list[Term | None] = [
        _make_jumps(problem, stage, curve, len(curves)) for curve in curves.values()
    ]
    for pair in pairs:
        found += _list_jumps_of_pair(problem, stage, pair, curves, 2 * len(pairs))
    return [term for term in found if term is not None]


def _make_jumps(
    problem: AdditiveProblem, stage: Stage, curve: Curve, count: int, beside: int | None = None
) -> Curve | None:
    """The jumps of a column that the model doesn't have; None if there are none.

    Args:
        curve: the smooth one, of the column alone or as the side of a pair.
        count: how many columns are looked at.
        beside: another column, in whose cells the jumps differ.
    """
    x, weight = problem.columns[curve.columns[0]], problem.weight
    cells = None
    if beside is not None:
        cells = problem.sides.find_cut(beside, COARSE).codes(problem.columns[beside])
    clear = CLEAR_OF_PAIRS if stage.tried else CLEAR
    cuts = find_cuts(x, stage.residual, stage.working, weight, count, clear, cells)
    if beside is None:
        cuts = [cut for cut in cuts if not _has_jump(stage, curve, cut)]
    return make_jumps(curve, x, weight, cuts) if cuts else None


def _has_jump(stage: Stage, curve: Curve, cut: tuple[float, float]) -> bool:
    """Whether the model has a jump of this column between these values."""
    low, high = curve.axis.forward(np.array(cut))
    return any(
        isinstance(term, Curve)
        and term.columns == curve.columns
        and term.degree == 1
        and bool(((low < term.places) & (term.places < high)).any())
        for term in stage.model.terms
    )


def _list_jumps_of_pair(
    problem: AdditiveProblem, stage: Stage, pair: Surface, curves: dict[int, Curve], count: int
) -> Iterator[Surface | None]:
    """The jumps of each side times the other side, and those of both.

    Args:
        curves: those that may have jumps, by column.
        count: how many sides are looked at.
    """
    smooth = pair.sides
    jumps = [
        _make_jumps(problem, stage, side, count, other)
        if isinstance(side, Curve) and side.columns[0] in curves
        else None
        for side, other in zip(smooth, reversed(pair.columns), strict=True)
    ]
    for sides in ((jumps[0], smooth[1]), (smooth[0], jumps[1]), (jumps[0], jumps[1])):
        if sides[0] is not None and sides[1] is not None:
            yield make_surface([*sides], problem.columns, problem.weight)
