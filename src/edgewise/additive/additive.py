"""Fitted additive models: their terms and coefficients, and which of these one ridge penalises."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from edgewise.additive.columns import Array, Columns
from edgewise.additive.curves import Curve
from edgewise.additive.links import Link
from edgewise.additive.monotone import hold_shape
from edgewise.additive.products import Surface
from edgewise.additive.ridge import STRONGEST, RidgeSolution
from edgewise.additive.terms import Levels, Offset, Term


@dataclass(frozen=True, eq=False)
class Additive:
    """An additive model, E y = h(Σ terms), where h is the inverse of the link.

    Attributes:
        terms: the summands.
        coef: (1 + widths of the terms, outputs), the intercept first.
        link: the link between the sum and the mean of y.
        signs, bends: the constraints, as in :class:`Settings`.
        solutions: the solution of penalised least squares for each output.
    """

    terms: tuple[Term, ...]
    coef: Array
    link: Link
    signs: Mapping[int, int]
    solutions: tuple[RidgeSolution, ...]
    bends: Mapping[int, int] = field(default_factory=dict)

    def effects(self, columns: Columns) -> Array:
        """The sum of all terms at the rows of a table, (rows, outputs)."""
        total = np.tile(self.coef[0], (len(columns[0]), 1))
        for term, coef in self.weights():
            if coef.any() or isinstance(term, Offset):
                total += term.multiply(columns, coef)
        return total

    def contributions(self, columns: Columns) -> Array:
        """The value of each term at the rows of a table, (rows, terms, outputs)."""
        parts = [term.multiply(columns, coef) for term, coef in self.weights()]
        empty = np.zeros((len(columns[0]), 0, self.coef.shape[1]))
        return np.stack(parts, 1) if parts else empty

    def weights(self) -> Iterator[tuple[Term, Array]]:
        """Each term with its weights, those of a curve's B-splines or of the design columns."""
        for term, place in zip(self.terms, self.places(), strict=True):
            yield term, hold_shape(term, term.weights(self.coef[place]), self.signs, self.bends)

    def places(self) -> list[slice]:
        """The rows of :attr:`coef` that belong to each term."""
        ends = np.cumsum([1, *(term.width for term in self.terms)])
        return [slice(int(a), int(b)) for a, b in pairwise(ends)]


@dataclass(frozen=True, eq=False)
class Outline:
    """The terms of a model of curves.

    Attributes:
        used: columns that have a curve or levels; they may also get interactions and further
            levels.
        screened: whether the other columns were reduced to a line or no term by looking at y.
        terms: the terms of all columns.
    """

    used: list[int]
    screened: bool
    terms: list[Term]


def list_groups(model: Additive) -> list[NDArray[np.intp]]:
    """The groups of all terms, as positions among all coefficients.

    Shared lines form one group, at the position of the first of them.
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


def list_groups_of_lines(model: Additive, own: int) -> list[NDArray[np.intp]]:
    """The groups of a model of lines: the first group of every ordered term, and all other levels.

    They follow the groups of the first terms.
    """
    parts: dict[bool, list[NDArray[np.intp]]] = {False: [], True: []}
    placed = list(zip(model.terms, model.places(), strict=True))
    for term, place in placed[own:]:
        apart = isinstance(term, Levels) and term.transform is None
        parts[apart] += [group + place.start for group in term.groups[:1]]
    first = [group + place.start for term, place in placed[:own] for group in term.groups]
    return first + [np.concatenate(each) for each in parts.values() if each]


def drop_left_out(model: Additive, first: int = 0) -> Additive:
    """The same model without the groups of surfaces that the fit left out for every output.

    Args:
        first: the number of leading terms that stay as they are, as random slopes, which are
            surfaces, among the terms of an outline.
    """
    groups = list_groups(model)
    is_out = np.min([one.ridge for one in model.solutions], axis=0) >= STRONGEST
    kept = np.ones(len(model.coef), dtype=bool)
    for group in (groups[k] for k in np.flatnonzero(is_out)):
        kept[group] = False
    terms: list[Term] = []
    for k, (term, place) in enumerate(zip(model.terms, model.places(), strict=True)):
        if k < first or not isinstance(term, Surface):
            kept[place] = True
            terms.append(term)
        elif kept[place].any():
            terms.append(term.take(kept[place]))
    inside = [bool(kept[group].all()) for group in groups]
    solutions = tuple(
        replace(one.take(kept, kept), ridge=one.ridge[inside]) for one in model.solutions
    )
    return replace(model, terms=tuple(terms), coef=model.coef[kept], solutions=solutions)
