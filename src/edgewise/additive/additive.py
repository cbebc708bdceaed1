"""Additive models of tables: curves, levels and surfaces of pairs, fitted together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import combinations, pairwise

import numpy as np
from numpy.typing import NDArray

from edgewise.additive.columns import Array, Columns
from edgewise.additive.curves import Curve, make_curve
from edgewise.additive.links import Link
from edgewise.additive.loss import Loss
from edgewise.additive.moments import Block, make_block, make_design
from edgewise.additive.monotone import hold_shape, list_inequalities
from edgewise.additive.pairs import score_levels, score_pairs
from edgewise.additive.ridge import Solution
from edgewise.additive.scoring import Rows, hold_rows, score
from edgewise.additive.screen import Residuals, screen_columns
from edgewise.additive.terms import (
    LEVELS_OF_A_PAIR,
    MOST_PRODUCTS,
    Levels,
    Offset,
    Term,
    make_levels,
    make_missing,
    make_surface,
)

ROUNDS_OF_PAIRS = (4, 6, 10)
"""The most pairs that are added before the model is fitted again, for each larger model."""
CLEAR_PAIR, CLEAR_LEVELS = 4.0, 0.0
"""A pair, or the levels of a number, are tried if their score exceeds chance by this number of
standard deviations."""
MOST_NUMBERED = 5000
"""Numbers of a column with more different ones are no names."""
KNOTS_OF_A_PAIR = 6
"""The most knots of each side of a surface."""


@dataclass(frozen=True)
class Settings:
    """Constraints on an additive model.

    Attributes:
        signs: by column, 1 if its effect must rise, -1 if it must fall.
        pairs: whether there may be surfaces.
        allowed: sets of columns within which pairs may be; None allows all pairs.
        fixed: columns without an effect.
        bends: by column, 1 if its effect must be convex, -1 if it must be concave.
        levels: whether columns of whole numbers may have a value for each number beside a curve.
        offset: a part of the sum that is known.
        natural: None, or make every curve a natural spline
            (:func:`~edgewise.additive.curves.make_curve`) with at most this number of knots, in a
            surface with at most the second number.
        orders: by column, the levels of categories that have an order.
        cycles: by column, where numbers that go round begin and end.
        slopes: columns of numbers, and of groups that have a slope each beside the common curve.
        worth: leave out a coefficient whose effective degrees of freedom are fewer, and a group of
            several where they are fewer than twice this number.
    """

    signs: Mapping[int, int] = field(default_factory=dict)
    pairs: bool = True
    allowed: tuple[frozenset[int], ...] | None = None
    fixed: frozenset[int] = frozenset()
    bends: Mapping[int, int] = field(default_factory=dict)
    levels: bool = True
    offset: Offset | None = None
    natural: tuple[int, int] | None = None
    worth: float = 0.0
    orders: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    cycles: Mapping[int, tuple[float, float]] = field(default_factory=dict)
    slopes: tuple[tuple[int, int], ...] = ()

    @property
    def shaped(self) -> frozenset[int]:
        """Columns whose curves have a constraint on their shape; they are in no pair."""
        return frozenset(self.signs) | frozenset(self.bends)


@dataclass(frozen=True, eq=False)
class Additive:
    """An additive model, E y = h(Σ terms), where h is the inverse of the link.

    Attributes:
        terms: the summands.
        coef: (1 + widths of the terms, outputs), the intercept first.
        link: between the sum and the mean of y.
        signs, bends: the constraints, as in :class:`Settings`.
        solutions: of the penalised least squares of each output.
    """

    terms: tuple[Term, ...]
    coef: Array
    link: Link
    signs: Mapping[int, int]
    solutions: tuple[Solution, ...]
    bends: Mapping[int, int] = field(default_factory=dict)

    def effects(self, columns: Columns) -> Array:
        """The sum of all terms at the rows of a table, (rows, outputs)."""
        total = np.tile(self.coef[0], (len(columns[0]), 1))
        for term, coef in self.weights():
            total += term.multiply(columns, coef)
        return total

    def contributions(self, columns: Columns) -> Array:
        """Each term at the rows of a table, (rows, terms, outputs)."""
        parts = [term.multiply(columns, coef) for term, coef in self.weights()]
        empty = np.zeros((len(columns[0]), 0, self.coef.shape[1]))
        return np.stack(parts, 1) if parts else empty

    def weights(self) -> Iterator[tuple[Term, Array]]:
        """Each term with its weights: of the B-splines of a curve, else of the design columns."""
        for term, place in zip(self.terms, self.places(), strict=True):
            yield term, hold_shape(term, term.weights(self.coef[place]), self.signs, self.bends)

    def places(self) -> list[slice]:
        """The rows of :attr:`coef` that belong to each term."""
        ends = np.cumsum([1, *(term.width for term in self.terms)])
        return [slice(int(a), int(b)) for a, b in pairwise(ends)]


def fit_additive(
    columns: Columns, y: Array, weight: Array, loss: Loss, settings: Settings = Settings()
) -> Iterator[Additive]:
    """Fit models of growing size: lines, curves of every column, then with more and more pairs.

    Args:
        columns: of the table.
        y: (rows, outputs); 0 and 1 for classes.
        weight: (rows,); a row of weight 2 counts as two rows.
    """
    used = [k for k in range(len(columns)) if k not in settings.fixed]
    used, straight = _screen(columns, used, y, weight, loss, settings)
    terms = list_main_terms(columns, used, weight, settings)
    terms += _list_lines(columns, straight, weight, settings)
    terms += _list_slopes(columns, weight, settings)
    blocks = [make_block(term, columns) for term in terms]
    fit_blocks = partial(
        _fit_blocks, columns=columns, y=y, weight=weight, loss=loss, settings=settings
    )
    yield fit_blocks(terms, blocks, None, lines=True)[0]
    model, residual, working = fit_blocks(terms, blocks, None)
    for term in _find_hidden_levels(columns, used, residual, working, weight, settings):
        terms.append(term)
        blocks.append(make_block(term, columns))
    if len(terms) > len(model.terms):
        model, residual, working = fit_blocks(terms, blocks, model)
    yield model
    free = [k for k in used if k not in settings.shaped]
    tried = {(min(pair), max(pair)) for pair in settings.slopes}
    for most in ROUNDS_OF_PAIRS if settings.pairs else ():
        found = _find_pairs(columns, free, residual, working, weight, settings, tried, most)
        tried.update(found)
        surfaces = [_make_pair(columns, weight, terms, pair, settings) for pair in found]
        new = [surface for surface in surfaces if surface is not None]
        if not new:
            return
        terms += new
        blocks += [make_block(term, columns) for term in new]
        model, residual, working = fit_blocks(terms, blocks, model)
        yield model


def _screen(
    columns: Columns, used: list[int], y: Array, weight: Array, loss: Loss, settings: Settings
) -> tuple[list[int], list[int]]:
    """The columns that get curves, with those held to a shape, and those that get lines."""
    held = [k for k in used if k in settings.shaped]
    free = [k for k in used if k not in settings.shaped]
    known: list[Term] = [] if settings.offset is None else [settings.offset]

    def fit_lines(some: list[int]) -> Residuals:
        terms = known + _list_lines(columns, some, weight, settings)
        blocks = [make_block(term, columns) for term in terms]
        return _fit_blocks(
            *(terms, blocks, None),
            lines=True,
            columns=columns,
            y=y,
            weight=weight,
            loss=loss,
            settings=settings,
        )[1:]

    offset = make_design(known, columns).offset
    effects = np.zeros_like(y) + loss.start(y, weight) - np.mean(offset) + offset
    response, working = loss.working(y, effects)
    start = response - effects, working * weight[:, None]
    curved, straight = screen_columns(columns, free, start, fit_lines, weight)
    return sorted(held + curved), straight


def _list_lines(
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


def _list_slopes(columns: Columns, weight: Array, settings: Settings) -> list[Term]:
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
            terms.append(make_surface(line, levels, columns, weight))
    return [term for term in terms if term is not None]


def list_main_terms(
    columns: Columns, used: Sequence[int], weight: Array, settings: Settings = Settings()
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


def _find_hidden_levels(
    columns: Columns,
    used: Sequence[int],
    residual: Array,
    working: Array,
    weight: Array,
    settings: Settings,
) -> list[Term]:
    """Levels of columns whose whole numbers are rather names, such as of schools."""
    found: list[Term] = []
    numbered = _list_numbered(columns, used, weight, settings) if settings.levels else []
    for k in numbered:
        values = columns[k]
        different = np.unique(values[~np.isnan(values)])
        codes = np.where(np.isnan(values), -1, np.searchsorted(different, values))
        if score_levels(codes, residual, working, weight) > CLEAR_LEVELS:
            levels = make_levels(k, values, weight)
            found += [] if levels is None else [levels]
    return found


def has_numbered(columns: Columns, weight: Array, settings: Settings) -> bool:
    """Whether some column holds whole numbers that could be names."""
    return settings.levels and bool(_list_numbered(columns, range(len(columns)), weight, settings))


def _list_numbered(
    columns: Columns, used: Sequence[int], weight: Array, settings: Settings
) -> list[int]:
    """Columns of more than five different whole numbers that have three rows each on average.

    Args:
        used: positions of the columns among which they are.
    """
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


def _find_pairs(
    columns: Columns,
    free: list[int],
    residual: Array,
    working: Array,
    weight: Array,
    settings: Settings,
    tried: set[tuple[int, int]],
    most: int,
) -> list[tuple[int, int]]:
    """The pairs with the highest scores among those that are allowed and haven't been tried."""
    allowed = [
        pair
        for pair in combinations(free, 2)
        if pair not in tried
        and (settings.allowed is None or any(set(pair) <= group for group in settings.allowed))
    ]
    scores = score_pairs(columns, allowed, residual, working, weight)
    clear = [pair for pair in allowed if scores[pair] > CLEAR_PAIR]
    return sorted(clear, key=lambda pair: (-scores[pair], pair))[:most]


def _make_pair(
    columns: Columns,
    weight: Array,
    terms: Sequence[Term],
    pair: tuple[int, int],
    settings: Settings,
) -> Term | None:
    """The surface of two columns; its sides are curves with few knots, or levels."""
    natural = settings.natural is not None
    knots = KNOTS_OF_A_PAIR if settings.natural is None else settings.natural[1]
    sides = []
    for k in pair:
        side: Term | None
        if columns[k].dtype == object:
            whole = next((term for term in terms if term.columns == (k,)), None)
            side = whole.take_common(LEVELS_OF_A_PAIR) if isinstance(whole, Levels) else None
        else:
            side = make_curve(
                *(k, columns[k], weight, knots),
                natural=natural,
                cycle=settings.cycles.get(k),
            )
        if side is None:
            return None
        sides.append(side)
    return make_surface(sides[0], sides[1], columns, weight)


def _fit_blocks(
    terms: Sequence[Term],
    blocks: Sequence[Block],
    before: Additive | None,
    lines: bool = False,
    *,
    columns: Columns,
    y: Array,
    weight: Array,
    loss: Loss,
    settings: Settings,
) -> tuple[Additive, Array, Array]:
    """Fit the model of these terms; also return residuals and weights of its working response.

    Args:
        before: a model of the first of these terms, where the fit starts.
        lines: leave out all bends; one ridge penalises all lines, and one all levels.
    """
    design = make_design(terms, columns, blocks)
    coef = np.zeros((design.width, y.shape[1]))
    coef[0] = loss.start(y, weight) - np.mean(design.offset)
    if before is not None:
        coef[: len(before.coef)] = before.coef
    ridges = [] if before is None else [one.ridge for one in before.solutions]
    start = Additive(tuple(terms), coef, loss.link, settings.signs, (), settings.bends)
    rows = hold_rows(design, y, weight)
    model, effects = fit_rows(start, loss, rows, ridges, lines, settings.worth)
    response, working = loss.working(y, effects)
    return model, response - effects, working * weight[:, None]


def fit_rows(
    start: Additive,
    loss: Loss,
    rows: Rows,
    ridges: Sequence[Array],
    lines: bool,
    worth: float = 0.0,
    own: int = 0,
) -> tuple[Additive, Array]:
    """Fit coefficients and ridges; also return the sums of effects at the rows in memory.

    Args:
        start: the terms, and the first coefficients.
        rows: with the terms' design matrix behind a column of ones.
        ridges: for each output, the first ridges of the first groups; may be empty.
        lines: leave out all bends; one ridge penalises all lines, and one all levels.
        worth: as in :class:`Settings`.
        own: the number of the first terms that keep their own groups with ``lines``.
    """
    groups = _group_lines(start, own) if lines else _group_terms(start)
    width, outputs = start.coef.shape
    rule = list_inequalities(start.terms, start.places(), start.signs, start.bends, width)
    begin = [np.full(len(groups), 0.01 * rows.total) for _ in range(outputs)]
    for ridge, known in zip(begin, ridges, strict=False):
        ridge[: len(known)] = np.minimum(known, 1e8)
    coef, effects, solutions = score(rows, loss, groups, begin, start.coef, rule, worth)
    return replace(start, coef=coef, solutions=tuple(solutions)), effects


def _group_terms(model: Additive) -> list[NDArray[np.intp]]:
    """The groups of all terms, as positions among all coefficients.

    Shared lines are one group, in the place of the first of them.
    """
    groups: list[NDArray[np.intp]] = []
    shared: int | None = None
    for term, place in zip(model.terms, model.places(), strict=True):
        own = [group + place.start for group in term.groups]
        if not (isinstance(term, Curve) and term.shared):
            groups += own
        elif shared is None:
            shared = len(groups)
            groups += own
        else:
            groups[shared] = np.concatenate([groups[shared], *own])
    return groups


def _group_lines(model: Additive, own: int) -> list[NDArray[np.intp]]:
    """The first one of every term that has an order, and all levels without one.

    They are behind the first terms' groups.
    """
    parts: dict[bool, list[NDArray[np.intp]]] = {False: [], True: []}
    placed = list(zip(model.terms, model.places(), strict=True))
    for term, place in placed[own:]:
        apart = isinstance(term, Levels) and term.transform is None
        parts[apart] += [group + place.start for group in term.groups[:1]]
    first = [group + place.start for term, place in placed[:own] for group in term.groups]
    return first + [np.concatenate(each) for each in parts.values() if each]
