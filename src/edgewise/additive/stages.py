"""Fit additive models in stages: lines, curves, then with further levels and interactions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from edgewise.additive.additive import Additive, Outline, list_groups, list_groups_of_lines
from edgewise.additive.columns import Array, Columns
from edgewise.additive.curves import Curve
from edgewise.additive.loss import Loss
from edgewise.additive.main_terms import list_lines, list_main_terms, list_slopes
from edgewise.additive.moments import Block, find_indicator, make_block, make_design
from edgewise.additive.monotone import list_inequalities
from edgewise.additive.ridge import STRONGEST
from edgewise.additive.scoring import FittedRows, fit_constant, hold_rows, score
from edgewise.additive.screen import Residuals, screen_columns
from edgewise.additive.settings import Settings
from edgewise.additive.surfaces import Sides
from edgewise.additive.terms import Levels, Term, add_offsets

FIRST_RIDGE = 0.01
"""The initial strength of ridges, per row."""
LEFT_OUT_RIDGE = 300.0
"""The initial strength of ridges of groups that a similar model left out, per row: they have a few
degrees of freedom, enough to come back, and leave within two updates if they don't."""
LEAST_NOISE = 0.1
"""The least noise assumed when testing further terms, as a fraction of the present noise."""


@dataclass(frozen=True, eq=False)
class AdditiveProblem:
    """Rows of a table, their targets, and the kind of model to fit.

    Attributes:
        columns: the columns of the table.
        y: (rows, outputs); 0 and 1 for classes.
        weight: (rows,); a row of weight 2 counts as two rows.
        loss, settings: the loss and the constraints.
        outline: the terms of a model of curves.
        blocks: the design blocks of these terms.
        sides: the sides of surfaces, found from all rows.
    """

    columns: Columns
    y: Array
    weight: Array
    loss: Loss
    settings: Settings
    outline: Outline
    blocks: list[Block]
    sides: Sides

    def take(self, rows: NDArray[np.intp], outline: Outline | None = None) -> AdditiveProblem:
        """The problem with some of the rows.

        Knots and levels stay; columns that were chosen by y are chosen again.

        Args:
            outline: the outline chosen for these rows, if known.
        """
        columns = [column[rows] for column in self.columns]
        y, weight = self.y[rows], self.weight[rows]
        if self.outline.screened:
            return make_problem(columns, y, weight, self.loss, self.settings, outline)
        if outline is None:
            terms = [
                t.limit(columns[t.columns[0]], weight) if isinstance(t, Curve) else t
                for t in self.outline.terms
            ]
            outline = replace(self.outline, terms=terms)
        blocks = [block[rows] for block in self.blocks]
        return AdditiveProblem(
            columns, y, weight, self.loss, self.settings, outline, blocks, self.sides
        )


@dataclass(frozen=True, eq=False)
class Stage:
    """A fitted model with the data from which a larger one is fitted.

    Attributes:
        model: the model.
        residual, working: residuals and weights of its working response, (rows, outputs).
        tried: the columns of the surfaces that were made, in each round.
    """

    model: Additive
    residual: Array
    working: Array
    tried: tuple[frozenset[tuple[int, ...]], ...] = ()


def make_problem(
    columns: Columns,
    y: Array,
    weight: Array,
    loss: Loss,
    settings: Settings,
    outline: Outline | None = None,
) -> AdditiveProblem:
    """The problem of a table; in a wide table the columns most related to y are chosen.

    Args:
        outline: the outline; None makes one.
    """
    if outline is None:
        wanted = [k for k in range(len(columns)) if k not in settings.fixed]
        used, straight = _screen(columns, wanted, y, weight, loss, settings)
        terms = list_main_terms(columns, used, weight, settings)
        terms += list_lines(columns, straight, weight, settings)
        terms += list_slopes(columns, weight, settings)
        outline = Outline(used, len(used) < len(wanted), terms)
    return _build_problem(columns, y, weight, loss, settings, outline)


def _build_problem(
    columns: Columns, y: Array, weight: Array, loss: Loss, settings: Settings, outline: Outline
) -> AdditiveProblem:
    """The problem of a table with a given outline."""
    blocks = [make_block(term, columns) for term in outline.terms]
    levels = {t.columns[0]: t for t in outline.terms if isinstance(t, Levels)}
    sides = Sides(columns, weight, settings, levels)
    return AdditiveProblem(columns, y, weight, loss, settings, outline, blocks, sides)


def fit_lines(problem: AdditiveProblem, like: Additive | None = None) -> Stage:
    """Fit a straight line for every number, and values for levels.

    Args:
        like: a similar model of nearly the same rows, from which the fit starts.
    """
    return _fit_like(problem, like, lines=True)


def fit_curves(problem: AdditiveProblem, like: Additive | None = None) -> Stage:
    """Fit a curve for every number, and values for levels; ``like`` as in :func:`fit_lines`."""
    return _fit_like(problem, like, lines=False)


def _fit_like(problem: AdditiveProblem, like: Additive | None, lines: bool) -> Stage:
    """Fit the terms of the outline; groups that the similar model left out may come back.

    For classes the fit starts afresh: if they are nearly separable, the result depends on the
    start. The same holds for losses with short steps, which might end too near to the start.
    """
    loss = problem.loss
    if problem.outline.screened or loss.is_share or loss.has_short_steps:
        like = None
    ridges = [] if like is None else [one.ridge for one in like.solutions]
    ridges = [np.minimum(ridge, LEFT_OUT_RIDGE * problem.weight.sum()) for ridge in ridges]
    terms, blocks = problem.outline.terms, problem.blocks
    return _fit_blocks(problem, terms, blocks, like, ridges, lines)


def add_terms(problem: AdditiveProblem, stage: Stage, new: Sequence[Term]) -> Stage:
    """Fit a model with further terms, from the smaller one; its weak groups stay out."""
    terms = [*stage.model.terms, *new]
    further = [make_block(term, problem.columns) for term in terms[len(problem.blocks) :]]
    blocks = [*problem.blocks, *further]
    fresh = list(zip(new, blocks[len(stage.model.terms) :], strict=True))
    ridges = _start_further(problem, stage, blocks[: len(stage.model.terms)], fresh)
    return _fit_blocks(problem, terms, blocks, stage.model, ridges)


def _start_further(
    problem: AdditiveProblem,
    stage: Stage,
    blocks: Sequence[Block],
    fresh: Sequence[tuple[Term, Block]],
) -> list[Array]:
    """First ridges of a larger model; groups that the score test rejects are left out.

    With V the inverse of the smaller model Z, new columns Z_g of restricted likelihood have a
    finite ridge beside it if

    .. math:: ‖Z_g'Wr‖^2 > φ \\, t_g, \\qquad t_g = \\mathrm{tr}(Z_g'WZ_g - Z_g'WZ V Z'WZ_g).

    An unknown φ is estimated without the part that each group explains beyond chance, |g| ‖Z_g'Wr‖²
    / t_g.
    """
    terms, total, ridges = stage.model.terms, float(problem.weight.sum()), []
    for k, solution in enumerate(stage.model.solutions):
        weight = stage.working[:, k]
        design = make_design(terms, problem.columns, blocks, solution.kept)
        inside = design.dense * weight[:, None]
        own = np.isin(solution.kept, design.places)
        inverse = solution.covariance[np.ix_(own, own)]
        tests = [_test_term(*one, inside, inverse, weight, stage.residual[:, k]) for one in fresh]
        score, spread, width = np.concatenate(tests, 1)
        noise = solution.noise
        if problem.loss.known_noise is None:
            ratio = score / np.maximum(spread, 1e-12 * spread.max())
            explained = np.maximum(ratio - noise, 0.0) @ width / total
            noise = max(noise - explained, LEAST_NOISE * noise)
        is_in = score > noise * spread
        first = np.where(is_in, FIRST_RIDGE * total, STRONGEST)
        ridges.append(np.concatenate([solution.ridge, first]))
    return ridges


def _test_term(
    term: Term, block: Block, inside: Array, inverse: Array, weight: Array, residual: Array
) -> Array:
    """‖Z_g'Wr‖², t_g and |g| of each group g of a term, (3, groups).

    Args:
        inside: WZ of the smaller model.
        inverse: V.
    """
    is_code = isinstance(term, Levels)
    columns = find_indicator(block, term.width) if is_code else block
    cross, score = columns.T @ inside, np.square(columns.T @ (weight * residual))
    spread = (columns if is_code else np.square(columns)).T @ weight
    spread -= np.sum((cross @ inverse) * cross, 1)
    return np.array([[score[g].sum(), spread[g].sum(), len(g)] for g in term.groups]).T


def _screen(
    columns: Columns, used: list[int], y: Array, weight: Array, loss: Loss, settings: Settings
) -> tuple[list[int], list[int]]:
    """The columns that get curves, including those with a constrained shape, or lines."""
    held = [k for k in used if k in settings.shaped]
    free = [k for k in used if k not in settings.shaped]
    known: list[Term] = [] if settings.offset is None else [settings.offset]

    def fit_lines(some: list[int]) -> Residuals:
        terms = known + list_lines(columns, some, weight, settings)
        outline = Outline(some, True, terms)
        problem = _build_problem(columns, y, weight, loss, settings, outline)
        stage = _fit_blocks(problem, terms, problem.blocks, lines=True)
        return stage.residual, stage.working

    offset = make_design(known, columns).offset
    effects = np.zeros_like(y) + loss.start(y, weight) - np.mean(offset) + offset
    response, working = loss.working(y, effects)
    start = response - effects, working * weight[:, None]
    curved, straight = screen_columns(columns, free, start, fit_lines, weight)
    return sorted(held + curved), straight


def _fit_blocks(
    problem: AdditiveProblem,
    terms: Sequence[Term],
    blocks: Sequence[Block],
    before: Additive | None = None,
    ridges: Sequence[Array] = (),
    lines: bool = False,
) -> Stage:
    """Fit the model of these terms.

    Args:
        before: a model of the first of these terms, from which the fit starts.
        ridges: for each output, the initial ridges of the first groups.
        lines: leave out all bends; one ridge penalises all lines, and one all levels.
    """
    y, weight, loss, settings = problem.y, problem.weight, problem.loss, problem.settings
    coef = np.zeros((1 + sum(term.width for term in terms), y.shape[1]))
    start = Additive(tuple(terms), coef, loss.link, settings.signs, (), settings.bends)
    design = make_design(terms, problem.columns, blocks, _list_places(start, ridges, lines))
    coef[0] = loss.start(y, weight) - np.mean(design.offset)
    if before is not None:
        coef[: len(before.coef)] = before.coef
    rows = hold_rows(design, y, weight)
    model, effects = fit_rows(start, loss, rows, ridges, lines, settings.worth)
    response, working = loss.expected_steps.working(y, effects)
    return Stage(model, response - effects, working * weight[:, None])


def _list_places(start: Additive, ridges: Sequence[Array], lines: bool) -> NDArray[np.intp]:
    """The positions of the intercept and of coefficients whose groups aren't left out initially."""
    groups = list_groups_of_lines(start, 0) if lines else list_groups(start)
    out = np.zeros(len(groups), dtype=bool)
    if ridges:
        known = np.min(ridges, axis=0)
        out[: len(known)] = known >= STRONGEST
    left = [group for group, is_out in zip(groups, out, strict=True) if not is_out]
    return np.concatenate([np.zeros(1, dtype=np.intp), *left])


def fit_rows(
    start: Additive,
    loss: Loss,
    rows: FittedRows,
    ridges: Sequence[Array],
    lines: bool,
    worth: float = 0.0,
    own: int = 0,
) -> tuple[Additive, Array]:
    """Fit coefficients and ridges; return also the sums of effects at the rows in memory.

    Args:
        start: the terms and the initial coefficients.
        rows: the rows, with the design matrix of a column of ones and the terms.
        ridges: for each output, the initial ridges of the first groups; may be empty.
        lines: leave out all bends; one ridge penalises all lines, and one all levels.
        worth: as in :class:`Settings`.
        own: the number of leading terms that keep their own groups with ``lines``.
    """
    groups = list_groups_of_lines(start, own) if lines else list_groups(start)
    width, outputs = start.coef.shape
    rule = list_inequalities(start.terms, start.places(), start.signs, start.bends, width)
    # Without this, few rows start near a fit that goes through all of them, and end there.
    first = max(FIRST_RIDGE * rows.total, float(width) if width > rows.total else 0.0)
    begin = [np.full(len(groups), first) for _ in range(outputs)]
    for ridge, known in zip(begin, ridges, strict=False):
        ridge[: len(known)] = known
    coef, effects, solutions = score(rows, loss, groups, begin, start.coef, rule, worth)
    return replace(start, coef=coef, solutions=tuple(solutions)), effects


def explain_deviance(
    model: Additive, loss: Loss, columns: Columns, y: Array, weight: Array
) -> float:
    """The fraction D² of the deviance of rows that a model explains, beyond the best constant.

    Args:
        y: (rows, 1), in the units of the fit.
    """
    left = loss.loss(y, model.effects(columns) - loss.mean_shift(model.solutions[0].noise))
    whole = float(weight @ measure_constant(model, loss, columns, y, weight))
    return 1.0 - float(weight @ left) / whole if whole > 0 else float(weight @ left <= 0)


def measure_constant(
    model: Additive, loss: Loss, columns: Columns, y: Array, weight: Array
) -> Array:
    """The loss of each row with the best constant beside the model's offset, (rows,)."""
    offset = add_offsets(model.terms, columns)
    constant = fit_constant(loss, y, weight, offset) + offset + np.zeros_like(y)
    return loss.loss(y, constant)
