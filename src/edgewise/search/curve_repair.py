"""Repair a formula that is nearly right in one curve: find which part, then name the curve.

A part u of the formula is replaced by a curve h(v), or by u + h(v) or u h(v). The argument v is an
input, or the ratio, product, sum or difference of two. To first order, the residuals r of y vanish
where r = (∂y/∂u) δu + J δθ, with the derivatives J by the numbers θ of the formula, which change
with the curve. With a spline for h that is linear least squares, a tenth of a millisecond for each
part and argument. The curve that explains most is then fitted with all numbers, and named
(:mod:`.curve_formulas`).
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, combinations
from operator import itemgetter

import numpy as np
from scipy.interpolate import BSpline

from edgewise._arrays import Array
from edgewise.formula.data import Data, Fit
from edgewise.formula.expression import (
    Expression,
    Input,
    Number,
    Product,
    Sum,
    add,
    exact,
    multiply,
    power,
)
from edgewise.formula.library import Library
from edgewise.formula.program import Program
from edgewise.search.budget import Budget
from edgewise.search.composite_search import remove_projection
from edgewise.search.curve_formulas import CurveRows
from edgewise.search.explore import refit_variants
from edgewise.search.polish import replace_node

PIECES, DEGREE = 7, 3
"""Pieces of the splines, and their degree."""
OPENED, ROUNDS = 4, 5
"""Openings of each formula whose curves are fitted, and most rounds of each fit."""
NO_GAIN, BETTER = 0.9, 0.05
"""A fit ends when a round leaves this fraction of the errors; a curve that leaves no more than the
second fraction explains what the formula doesn't."""
SHARES = (1.0, 0.5, 0.2)
"""Parts of a step that are tried: the formula isn't linear in the curve."""
NAME_BITS = 12.0
"""Least description length of a curve's formula."""
NAMED, EACH = 3, 3
"""Openings whose curves are named, and formulas of each curve."""
LISTING, PRICE, NAMING = 20, 100, 5000
"""Evaluations that the openings of one argument cost, those that fitting a curve costs, and most
evaluations for its formulas."""


@dataclass(frozen=True, eq=False)
class Argument:
    """An argument of curves: an input, or the ratio, product, sum or difference of two.

    Shape:
        values: (rows,); basis: (rows, PIECES + DEGREE), splines of the argument
    """

    tree: Expression
    values: Array
    basis: Array


@dataclass(frozen=True, eq=False)
class Opening:
    """A formula with a curve in place of a part.

    Attributes:
        tree: the formula; the curve is its last input.
        of: the argument of the curve.
        fvu: the fraction of y's variance that is unexplained with the curve, to first order.

    Shape:
        start: (rows,), the curve's values in the formula as it is, or a curve near them
    """

    tree: Expression
    of: Argument
    start: Array
    fvu: float


@dataclass(frozen=True, eq=False)
class _Linear:
    """A formula to first order.

    Attributes:
        places: each part of the formula, with its place in `values` and `slopes`.
        values, slopes: of each part its values and the derivative of the formula by it.
        root: the square roots of the rows' weights.
        numbers: orthonormal columns that span the derivatives by the formula's numbers.
        residual: what the numbers can't explain of the residuals. Like the numbers it is weighted.

    Shape:
        values, slopes: (rows,) each; root, residual: (rows,); numbers: (rows, n)
    """

    places: list[tuple[Expression, int]]
    values: list[Array]
    slopes: list[Array]
    root: Array
    numbers: Array
    residual: Array

    @classmethod
    def of(cls, tree: Expression, data: Data) -> _Linear | None:
        """None where a value or a derivative isn't finite."""
        program, root = Program(tree), np.sqrt(data.weights)
        with np.errstate(all="ignore"):
            found = program.all_values_and_adjoints(data.x)
        values, slopes = (
            [np.broadcast_to(np.asarray(one, dtype=np.float64), root.shape) for one in each]
            for each in found
        )
        columns = [
            slopes[at] * root
            for node, at in program.places
            if isinstance(node, Number) and node.exact is None
        ]
        numbers = np.stack(columns, 1) if columns else np.empty((len(root), 0))
        residual = (data.y - values[-1]) * root
        if not (np.isfinite(numbers).all() and np.isfinite(residual).all()):
            return None
        numbers = np.linalg.qr(numbers)[0]
        return cls(
            program.places, values, slopes, root, numbers, remove_projection(numbers, residual)
        )

    def slope_of(self, part: Expression) -> Array | None:
        """The derivative of the formula by a part; None if it isn't finite, or 0 at all rows."""
        slope = next(self.slopes[at] for node, at in self.places if node.key == part.key)
        return slope if np.isfinite(slope).all() and slope.any() else None

    def step(
        self, direction: Array, basis: Array, change: Array | None = None
    ) -> tuple[Array, float]:
        """The coefficients of the curve that explains most of the residuals, and the sum of squares
        of the others.

        Args:
            direction: the derivative of y by the curve.
            basis: functions of the curve's argument.
            change: what the part, not being a curve, changes by when one takes its place.
        """
        columns = remove_projection(self.numbers, (direction * self.root)[:, None] * basis)
        residual = self.residual
        if change is not None:
            residual = residual - remove_projection(self.numbers, direction * self.root * change)
        size = np.linalg.norm(columns, axis=0)
        size[size == 0] = 1.0
        c = np.linalg.lstsq(columns / size, residual, rcond=1e-9)[0]
        left = np.square(residual - (columns / size) @ c).sum()
        return c / size, float(left)


def spline_basis(t: Array) -> Array:
    """Cubic B-splines on quantiles of t; (rows,) → (rows, PIECES + DEGREE)."""
    knots = np.unique(np.quantile(t, np.linspace(0, 1, PIECES + 1)))
    knots = np.pad(knots, DEGREE, mode="edge")
    return BSpline.design_matrix(t, knots, DEGREE).toarray()


def list_arguments(data: Data) -> list[Argument]:
    """The arguments that vary, and are finite on all rows."""
    found = []
    for tree in _combine_inputs(data.x.shape[1]):
        values = Program(tree).values(data.x)
        if np.isfinite(values).all() and np.ptp(values):
            found.append(Argument(tree, values, spline_basis(values)))
    return found


def _combine_inputs(inputs: int) -> Iterator[Expression]:
    """The inputs, and the ratios, products, sums and differences of two."""
    yield from map(Input, range(inputs))
    for u, v in combinations(map(Input, range(inputs)), 2):
        yield multiply(u, power(v, exact(-1)))
        yield multiply(u, v)
        yield add(u, v)
        yield add(u, multiply(exact(-1), v))


def open_best(fit: Fit, data: Data, arguments: Sequence[Argument], longest: float) -> list[Opening]:
    """The openings that could make the description of a formula shortest, four at most.

    Their errors are those with the curve in its place, which is measured from the most promising
    opening on, until no other can come before.

    Args:
        longest: the description length that a formula with a curve has to stay below.
    """
    best: list[tuple[float, Opening]] = []
    for promised, opening in list_openings(fit, data, arguments):
        last = best[OPENED - 1][0] if len(best) >= OPENED else longest
        if promised >= min(last, longest):
            break
        measured = _measure_there(opening, data)
        insort(best, (least_length(measured, data), measured), key=itemgetter(0))
    return [opening for length, opening in best[:OPENED] if length < longest]


def list_openings(
    fit: Fit, data: Data, arguments: Sequence[Argument]
) -> list[tuple[float, Opening]]:
    """The parts of a formula in whose place a curve may stand, the least lengths first.

    A part of the same inputs as the argument is replaced by the curve. Of parts with the same
    derivative, such as the factors of a product, one is opened.
    """
    at = _Linear.of(fit.tree, data)
    if at is None:
        return []
    found: dict[tuple[str, bytes], tuple[float, Opening]] = {}
    for argument in arguments:
        for direction, opening in _open_for(argument, fit.tree, at, data):
            key = argument.tree.key, _fingerprint(direction)
            made = least_length(opening, data), opening
            found[key] = min(made, found.get(key, made), key=itemgetter(0))
    return sorted(found.values(), key=itemgetter(0))


def _measure_there(opening: Opening, data: Data) -> Opening:
    """The opening with its errors to first order around the formula that has the curve.

    Around the formula without it they can be far too small where the part is no curve of the
    argument: in a x₀ x₁, the derivative by a is the part itself, and takes its removal back.
    """
    if len(opening.of.tree.inputs) == 1:
        return opening
    there = _Linear.of(opening.tree, widen(data, opening.start))
    slope = None if there is None else there.slope_of(Input(data.x.shape[1]))
    if there is None or slope is None:
        return replace(opening, fvu=np.inf)
    left = there.step(slope, opening.of.basis)[1]
    return replace(opening, fvu=left / (float(data.weights.sum()) * data.variance))


def _open_for(
    argument: Argument, tree: Expression, at: _Linear, data: Data
) -> Iterator[tuple[Array, Opening]]:
    """The openings with a curve of one argument, and the derivatives of y by their curves."""
    basis, inputs, hole = argument.basis, argument.tree.inputs, Input(data.x.shape[1])
    total = float(data.weights.sum()) * data.variance
    for place in _open_parts(tree, at, inputs, hole):
        direction, start = place.direction, place.start
        if not (np.isfinite(direction).all() and direction.any()):
            continue
        if len(inputs) > 1:  # the part may be no curve of the argument
            curve = _project(start, basis, direction * at.root)
            left = at.step(direction, basis, curve - start)[1]
            start = curve
        else:  # the part as it is may be nearer than any spline
            left = min(at.step(direction, basis)[1], float(np.square(at.residual).sum()))
        yield direction, Opening(place.tree, argument, start, left / total)


def widen(data: Data, curve: Array) -> Data:
    """The rows with the values of a curve as the last input."""
    return replace(data, x=np.column_stack([data.x, curve]))


def least_length(opened: Opening | Opened, data: Data) -> float:
    """The description length that a formula can have, at least, once its curve has a name.

    The numbers of the spline explain some noise, too, so the errors are divided by the rows beyond.
    """
    rows = len(data.y)
    fvu = opened.fvu * rows / max(rows - PIECES - DEGREE, 1)
    return data.measure(opened.tree, fvu).length + NAME_BITS


def _project(value: Array, basis: Array, root: Array) -> Array:
    """The curve nearest to some values; `root` are the square roots of weights."""
    return basis @ np.linalg.lstsq(basis * root[:, None], value * root, rcond=1e-9)[0]


@dataclass(frozen=True, eq=False)
class _Place:
    """A place for a curve in a formula.

    Attributes:
        tree: the formula with the curve.
        start: the values of the curve in the formula as it is.
        direction: the derivative of the formula by the curve.

    Shape:
        start, direction: (rows,)
    """

    tree: Expression
    start: Array
    direction: Array


def _open_parts(
    tree: Expression, at: _Linear, inputs: frozenset[int], hole: Input
) -> Iterator[_Place]:
    """The places for a curve of some inputs: instead of a part, or a term or factor beside it."""
    for node, place in at.places:
        if isinstance(node, Number) or not node.inputs or node.inputs < inputs:
            continue
        value, slope = at.values[place], at.slopes[place]
        if node.inputs == inputs:
            if node is not tree:
                yield _Place(replace_node(tree, node, hole), value, slope)
            continue
        yield _Place(replace_node(tree, node, add(node, hole)), np.zeros_like(value), slope)
        longer = replace_node(tree, node, multiply(node, hole))
        yield _Place(longer, np.ones_like(value), slope * value)
        if isinstance(node, (Sum, Product)):
            yield from _open_group(tree, node, at, inputs, hole, slope)


def _open_group(
    tree: Expression,
    node: Sum | Product,
    at: _Linear,
    inputs: frozenset[int],
    hole: Input,
    slope: Array,
) -> Iterator[_Place]:
    """The place of all terms of a sum, or factors of a product, of some inputs alone."""
    group = [part for part in node.parts if part.inputs and part.inputs <= inputs]
    if len(group) < 2 or frozenset().union(*(part.inputs for part in group)) != inputs:
        return
    values = {id(part): at.values[place] for part, place in at.places}
    others = [part for part in node.parts if not part.inputs or not part.inputs <= inputs]
    inside, outside = ([values[id(part)] for part in parts] for parts in (group, others))
    new = replace_node(tree, node, node.over([*others, hole]))
    if isinstance(node, Sum):
        yield _Place(new, np.sum(inside, 0), slope)
    else:
        yield _Place(new, np.prod(inside, 0), slope * np.prod(outside, 0))


def _fingerprint(direction: Array) -> bytes:
    """The same for directions that are equal up to a factor."""
    size = float(np.abs(direction).max()) or 1.0
    first = direction[np.argmax(np.abs(direction))]
    return np.round(direction / size * np.sign(first), 6).tobytes()


@dataclass(frozen=True, eq=False)
class Opened:
    """An opening with its curve and its numbers fitted, and the rows of the curve."""

    tree: Expression
    of: Argument
    fvu: float
    rows: CurveRows


def fit_curve(opening: Opening, data: Data) -> Opened | None:
    """The opening with its curve and its numbers fitted in turns; None if that fails."""
    basis, hole = opening.of.basis, Input(data.x.shape[1])

    curve = opening.start
    fit = widen(data, curve).measure(opening.tree)
    for _ in range(ROUNDS):
        at = _Linear.of(fit.tree, widen(data, curve))
        slope = None if at is None else at.slope_of(hole)
        if at is None or slope is None:
            return None
        step, before = basis @ at.step(slope, basis)[0], fit.fvu
        for share in SHARES:
            better = widen(data, curve + share * step).fit(fit.tree, steps=4)
            if better.fvu < before:
                fit, curve = better, curve + share * step
                break
        if not fit.fvu < NO_GAIN * before:
            break
    at = _Linear.of(fit.tree, widen(data, curve))
    slope = None if at is None else at.slope_of(hole)
    if at is None or slope is None:
        return None
    missed, error = data.y - at.values[-1], fit.fvu * data.variance
    rows = CurveRows.of(curve, slope, missed, data.weights, error)
    return Opened(fit.tree, opening.of, fit.fvu, rows)


def repair_curves(
    fits: Sequence[Fit],
    arguments: Sequence[Argument],
    data: Data,
    library: Library,
    budget: Budget,
    *,
    best: Fit,
    reach: float = 16.0,
    shorten: bool = True,
) -> Iterator[Fit]:
    """Formulas with one part replaced or extended by a formula of one argument, refitted.

    All formulas are opened before a curve is named: a short formula with one curve may describe the
    rows better than a long formula that is nearer to them.

    Args:
        arguments: of :func:`list_arguments`.
        best: the formula with the shortest description so far.
        shorten: whether parts are named, too, that fit but have more numbers than a name needs.
    """
    opened = []
    for opening in chain.from_iterable(_list_best(fits, arguments, data, budget, best.length)):
        fitted = None if budget.over else fit_curve(opening, data)
        budget.spend(PRICE)
        if fitted is None or not (shorten or fitted.fvu < BETTER * best.fvu):
            continue
        if least_length(fitted, data) < best.length:
            opened.append(fitted)
    opened.sort(key=lambda o: least_length(o, data))
    for each in opened[:NAMED]:
        part = budget.part(evaluations=NAMING)
        for name in each.rows.name(each.of.values, library, part, reach=reach, keep=EACH):
            named = name.tree.substitute({0: each.of.tree})
            tree = each.tree.substitute({data.x.shape[1]: named})
            for repaired in refit_variants(tree, data, budget):
                yield repaired
                if data.is_exact(repaired):
                    return
        if budget.over:
            return


def _list_best(
    fits: Sequence[Fit],
    arguments: Sequence[Argument],
    data: Data,
    budget: Budget,
    longest: float,
) -> Iterator[list[Opening]]:
    """The best openings of each formula, as long as the budget lasts."""
    for fit in fits:
        if budget.over:
            return
        budget.spend(LISTING * len(arguments))
        yield open_best(fit, data, arguments, longest)
