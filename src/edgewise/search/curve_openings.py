"""Where a formula that is nearly right may be wrong in one curve.

A part u of the formula is replaced by a curve h(v), or by u + h(v) or u h(v). The argument v is an
input, or the ratio, product, sum or difference of two. To first order, the residuals r of y vanish
where r = (∂y/∂u) δu + J δθ, with the derivatives J by the numbers θ of the formula, which change
with the curve. With a spline for h that is linear least squares, a tenth of a millisecond for each
part and argument.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, groupby, product
from operator import itemgetter

import numpy as np
from scipy.interpolate import BSpline

from edgewise._arrays import Array
from edgewise.formula.data import Data, Fit, data_bits
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
from edgewise.formula.program import Program
from edgewise.formula.scaling import remove_projection
from edgewise.search.polish import replace_node

PIECES, DEGREE = 7, 3
"""Pieces of the splines, and their degree."""
OPENED = 4
"""Most openings of a formula."""
NAME_BITS = 12.0
"""Least description length of a curve's formula."""


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
        start: the values that the part has; where it is measured, those of the nearest curve.
        direction: the derivative of y by the curve.
        fvu: the fraction of y's variance that is unexplained with the curve, to first order.

    Shape:
        start, direction: (rows,)
    """

    tree: Expression
    of: Argument
    start: Array
    direction: Array
    fvu: float


@dataclass(frozen=True, eq=False)
class Linear:
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
    def of(cls, tree: Expression, data: Data) -> Linear | None:
        """None where a value or a derivative isn't finite."""
        program, root = Program(tree), np.sqrt(data.weights)
        with np.errstate(all="ignore"):
            found = program.all_values_and_adjoints(data.x)
        values, slopes = ([np.broadcast_to(one, root.shape) for one in each] for each in found)
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

    def step(
        self, direction: Array, basis: Array, start: Array | float = 0.0
    ) -> tuple[Array, float]:
        """The coefficients of the curve that explains most of the residuals, and the sum of squares
        of the others.

        Args:
            direction: the derivative of y by the curve.
            basis: functions of the curve's argument.
            start: what the curve replaces.
        """
        slope = direction * self.root
        columns = np.column_stack([slope[:, None] * basis, self.residual + slope * start])
        rest = remove_projection(self.numbers, columns)
        triangle: Array = np.asarray(np.linalg.qr(rest, mode="r"))
        size = np.linalg.norm(triangle[:, :-1], axis=0)
        size[size == 0] = 1.0
        scaled, goal = triangle[:, :-1] / size, triangle[:, -1]
        c = np.linalg.lstsq(scaled, goal, rcond=1e-9)[0]
        return c / size, float(np.square(goal - scaled @ c).sum())


def linearise(tree: Expression, data: Data, curve: Array) -> tuple[Linear, Array] | None:
    """A formula with a curve to first order, and its derivative by the curve.

    None if that isn't finite, or 0 at all rows.

    Args:
        tree: the formula; the curve is its last input.
    """
    at, hole = Linear.of(tree, widen(data, curve)), Input(data.x.shape[1])
    if at is None:
        return None
    slope = next(at.slopes[place] for node, place in at.places if node.key == hole.key)
    return (at, slope) if np.isfinite(slope).all() and slope.any() else None


def widen(data: Data, curve: Array) -> Data:
    """The rows with the values of a curve as the last input."""
    return replace(data, x=np.column_stack([data.x, curve]))


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
        if promised >= longest:
            break
        measured = _measure_there(opening, data)
        length = least_length(data.bits_of(measured.tree), measured.fvu, data)
        if length < longest:
            insort(best, (length, measured), key=itemgetter(0))
            del best[OPENED:]
        if len(best) == OPENED:
            longest = best[-1][0]
    return [opening for _, opening in best]


def list_openings(
    fit: Fit, data: Data, arguments: Sequence[Argument]
) -> list[tuple[float, Opening]]:
    """The parts of a formula in whose place a curve may stand, the least lengths first.

    A part of the same inputs as the argument is replaced by the curve. Of parts with the same
    derivative, such as the factors of a product, one is opened.
    """
    at = Linear.of(fit.tree, data)
    if at is None:
        return []
    total, hole = _total_squares(data), Input(data.x.shape[1])
    found: dict[tuple[str, bytes], tuple[float, Opening]] = {}
    for inputs, group in groupby(arguments, key=lambda argument: argument.tree.inputs):
        places = [
            (place, data.bits_of(place.tree), _fingerprint(place.direction))
            for place in _open_parts(fit.tree, at, inputs, hole)
            if place.is_usable
        ]
        for argument, (place, bits, mark) in product(group, places):
            # A part of one input is a curve; that of several may be none, and is taken away.
            start = 0.0 if len(inputs) == 1 else place.start
            fvu = at.step(place.direction, argument.basis, start)[1] / total
            opening = Opening(place.tree, argument, place.start, place.direction, fvu)
            made = least_length(bits, fvu, data), opening
            key = argument.tree.key, mark
            found[key] = min(made, found.get(key, made), key=itemgetter(0))
    return sorted(found.values(), key=itemgetter(0))


def _measure_there(opening: Opening, data: Data) -> Opening:
    """The opening with its errors to first order around the formula that has the curve.

    Around the formula without it they can be far too small where the part is no curve of the
    argument: in a x₀ x₁, the derivative by a is the part itself, and takes its removal back.
    """
    if len(opening.of.tree.inputs) == 1:
        return opening
    basis, total = opening.of.basis, _total_squares(data)
    start = _project(opening.start, basis, opening.direction * np.sqrt(data.weights))
    found = linearise(opening.tree, data, start)
    fvu = np.inf if found is None else found[0].step(found[1], basis)[1] / total
    return replace(opening, start=start, fvu=fvu)


def _total_squares(data: Data) -> float:
    """The weighted sum of squares of y around its mean."""
    return float(data.weights.sum()) * data.variance


def least_length(bits: float, fvu: float, data: Data) -> float:
    """The description length that a formula can have, at least, once its curve has a name.

    The numbers of the spline explain some noise, too, so the errors are divided by the rows beyond.

    Args:
        bits: of the formula, whose curve is an input.
    """
    rows = len(data.y)
    fvu = fvu * rows / max(rows - PIECES - DEGREE, 1)
    return bits + data_bits(fvu, rows, data.floor) + NAME_BITS


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

    @property
    def is_usable(self) -> bool:
        """Whether y changes with the curve, and all values are finite."""
        return bool(np.isfinite([self.direction, self.start]).all() and self.direction.any())


def _open_parts(
    tree: Expression, at: Linear, inputs: frozenset[int], hole: Input
) -> Iterator[_Place]:
    """The places for a curve of some inputs: instead of a part, or a term or factor beside it."""
    for node, place in at.places:
        if node.inputs < inputs:
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
    at: Linear,
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
    largest = direction[np.argmax(np.abs(direction))]
    return np.round(direction / largest, 6).tobytes()
