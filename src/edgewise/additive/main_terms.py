"""The terms of single columns: curves, lines, levels and the slopes of groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from edgewise.additive.columns import Array, Columns
from edgewise.additive.curves import make_curve
from edgewise.additive.products import MOST_PRODUCTS, make_surface
from edgewise.additive.settings import Settings
from edgewise.additive.terms import Term, make_levels, make_missing

MOST_NUMBERED = 5000
"""The numbers of a column with more different values aren't names."""


def list_lines(
    columns: Columns, some: Sequence[int], weight: Array, settings: Settings
) -> list[Term]:
    """A straight line for each column of numbers, with one ridge for all, and values for levels."""
    terms: list[Term | None] = []
    for k in some:
        if columns[k].dtype == object:
            terms.append(make_levels(k, columns[k], weight, settings.orders.get(k, ())))
        else:
            line = make_curve(k, columns[k], weight, 2)
            terms.append(None if line is None else replace(line, shared=True))
    return [term for term in terms if term is not None]


def list_slopes(columns: Columns, weight: Array, settings: Settings) -> list[Term]:
    """For each group the difference of its slope from the common one, shrunk by one ridge."""
    terms: list[Term | None] = []
    for number, group in settings.slopes:
        line = make_curve(number, columns[number], weight, 2)
        levels = make_levels(group, columns[group], weight)
        if line is not None and levels is not None:
            if levels.width > MOST_PRODUCTS:
                raise ValueError(
                    f"slopes expected at most {MOST_PRODUCTS} groups, got {levels.width}: leave "
                    "them out, or join groups"
                )
            sides = [line, levels.take_common(levels.width)]
            terms.append(make_surface(sides, columns, weight))
    return [term for term in terms if term is not None]


def list_main_terms(
    columns: Columns, used: Sequence[int], weight: Array, settings: Settings
) -> list[Term]:
    """A curve for each column of numbers, and values for levels and for missing numbers."""
    rows = float(weight.sum())
    # With many columns there are few rows for each curve: fewer knots make the fit quick.
    most_knots = int(max(6, min(np.clip(3 * rows**0.25, 8, 30), rows / (2 * max(len(used), 1)))))
    if settings.natural is not None:
        most_knots = min(most_knots, settings.natural[0])
    natural = settings.natural is not None
    terms: list[Term | None] = [settings.offset]
    for k in used:
        if columns[k].dtype == object:
            terms.append(make_levels(k, columns[k], weight, settings.orders.get(k, ())))
        else:
            straight = k in settings.bends
            curve = make_curve(
                *(k, columns[k], weight, most_knots),
                straight=straight,
                natural=natural,
                cycle=settings.cycles.get(k),
            )
            terms += [curve, make_missing(k, columns[k], weight)]
    return [term for term in terms if term is not None]


def list_numbered(
    columns: Columns, used: Sequence[int], weight: Array, settings: Settings
) -> list[int]:
    """Columns of more than five different whole numbers that have three rows each on average."""
    found = []
    for k in used:
        values = columns[k]
        if values.dtype == object or k in settings.shaped | settings.fixed | set(settings.cycles):
            continue
        known = values[~np.isnan(values)]
        if not np.array_equal(known, np.round(known)):
            continue
        if 5 < len(np.unique(known)) <= min(MOST_NUMBERED, weight.sum() / 3):
            found.append(k)
    return found
