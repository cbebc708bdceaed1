"""The numbers of a fitted formula: their standard errors, and which of them are exponents."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from edgewise._arrays import Array
from edgewise.formula.data import Data, Fit
from edgewise.formula.expression import Expression, Number, Power, set_free, terms_of
from edgewise.formula.program import Program
from edgewise.formula.scaling import remove_projection, scale_columns

LEAST_NOISE = 1e-28
"""Smallest FVU of a right formula, from rounding."""
SINGULAR, DEPENDENT = 1e-12, 1e-7
"""Limits for singular values of scaled derivatives, relative to the largest: in errors they count
as at least SINGULAR, and below DEPENDENT a combination of numbers has no effect."""


MOVED = 0.01
"""The least part of a number in a combination that has no effect, so that it counts as moved."""


class Sensitivity(NamedTuple):
    """The jacobian of a formula by its numbers, U · diag(values) · directions · diag(scale).

    The scale is the length of the columns, so that units of numbers don't matter.

    Shape:
        scale: (numbers,); values: (k,), decreasing; directions: (k, numbers)
    """

    scale: Array
    values: Array
    directions: Array


def decompose(jacobian: Array) -> Sensitivity | None:
    """The singular value decomposition of a scaled jacobian; None if it overflows.

    Shape:
        jacobian: (rows, numbers), or R of its QR decomposition
    """
    if not np.isfinite(jacobian).all():
        return None
    with np.errstate(over="ignore"):
        scaled, scale = scale_columns(jacobian)
    if not np.isfinite(scale).all():
        return None
    _, values, directions = np.linalg.svd(scaled, full_matrices=False)
    return Sensitivity(scale, values, directions)


def errors_of(jacobian: Array, noise: float) -> Array | None:
    """The standard errors √(noise · diag (JᵀJ)⁻¹) of numbers.

    They are None if they overflow, or no number has an effect on any row.

    Args:
        noise: the variance of the residuals.

    Shape:
        jacobian: as in :func:`decompose`; → (numbers,)
    """
    found = decompose(jacobian)
    return None if found is None or not found.values.any() else _errors(found, noise)


def find_undetermined(jacobian: Array) -> NDArray[np.bool_]:
    """The numbers that can be moved without an effect on any row, if others move with them.

    Shape:
        jacobian: as in :func:`decompose`; → (numbers,)
    """
    found = decompose(jacobian)
    if found is None:
        return np.zeros(jacobian.shape[1], dtype=bool)
    idle = found.values <= DEPENDENT * found.values.max(initial=0.0)
    return np.asarray(np.square(found.directions[idle]).sum(0) > MOVED**2)


def _errors(found: Sensitivity, noise: float) -> Array:
    values = np.maximum(found.values, SINGULAR * found.values.max(initial=0.0))
    return np.asarray(np.sqrt(np.square(found.directions.T / values).sum(1) * noise) / found.scale)


def noise_variance(fvu: float, variance: float, values: int, numbers: int) -> float:
    """The variance of y's noise after a fit of some numbers to some values."""
    return max(fvu, LEAST_NOISE) * variance * values / max(values - numbers, 1)


def standard_errors(tree: Expression, data: Data, fvu: float) -> list[float | None]:
    """The standard error of each number; None for exact and undetermined ones.

    They come from the curvature of the mean square at its minimum.
    """
    program = Program(tree)
    errors: list[float | None] = [None] * len(program.numbers)
    if not program.free:
        return errors
    found = errors_of(_weighted_jacobian(program, data), _noise_of(program, data, fvu))
    for place, error in zip(program.free, [] if found is None else found.tolist(), strict=False):
        errors[place] = error
    return errors


def _weighted_jacobian(program: Program, data: Data) -> Array:
    """The jacobian of a formula by its free numbers, in units of each row's error."""
    _, jacobian = program.values_and_jacobian(data.x)
    return jacobian if data.weight is None else jacobian * np.sqrt(data.weight)[:, None]


def _noise_of(program: Program, data: Data, fvu: float) -> float:
    return noise_variance(fvu, data.variance, len(data.y), len(program.free))


def exponents(tree: Expression) -> set[int]:
    """The indices of its numbers that are exponents."""
    found: set[int] = set()
    count = 0

    def visit(node: Expression, exponent: bool) -> None:
        nonlocal count
        if isinstance(node, Number):
            if exponent:
                found.add(count)
            count += 1
        elif isinstance(node, Power):
            visit(node.base, False)
            visit(node.exponent, True)
        else:
            for part in node.parts:
                visit(part, False)

    visit(tree, False)
    return found


def with_errors(fit: Fit, data: Data) -> Expression:
    """The tree with standard errors of its free numbers.

    Rounded numbers count as fitted, because the rows determined them, too: beside a known 2 the
    slope of 3.07 x + 2 would be twice as certain as that of the line. `alone` takes them as known.
    """
    program, numbers = Program(fit.tree), list(fit.tree.numbers())
    jacobian, noise = _weighted_jacobian(program, data), _noise_of(program, data, fit.fvu)
    found = decompose(jacobian) if program.free else None
    if found is None:
        return fit.tree
    whole = decompose(_append_rounded(jacobian, fit.tree, data)) or found
    errors, alone = _errors(whole, noise)[: len(program.free)], np.sqrt(noise) / found.scale
    for place, error, own in zip(program.free, errors.tolist(), alone.tolist(), strict=True):
        numbers[place] = replace(numbers[place], error=error, alone=own)
    return fit.tree.with_numbers(numbers)


def _append_rounded(jacobian: Array, tree: Expression, data: Data) -> Array:
    """The jacobian with derivatives by rounded numbers, and by factors of terms rounded to 1.

    Exponents aren't among them, nor are numbers whose changes the others undo: the 1 of
    a/(1 + b x) is a choice of spelling.
    """
    powers = exponents(tree)
    loose = [n if k in powers else set_free(n) for k, n in enumerate(tree.numbers())]
    terms = [Program(term).values(data.x) for term in terms_of(tree)]
    weight = 1.0 if data.weight is None else np.sqrt(data.weight)
    rounded = _weighted_jacobian(Program(tree.with_numbers(loose)), data)
    base, _ = np.linalg.qr(scale_columns(jacobian)[0])
    for column in (*rounded.T, *(weight * term for term in terms)):
        own = column / (np.linalg.norm(column) or 1.0)
        own = remove_projection(base, own)
        size = np.linalg.norm(own)
        if size > DEPENDENT:  # False if the column isn't finite
            base = np.column_stack([base, own / size])
            jacobian = np.column_stack([jacobian, column])
    return jacobian
