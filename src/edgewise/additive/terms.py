"""The terms of an additive model: values of levels and of missing numbers, and what a term is.

Every term turns columns of the table into columns of a design matrix, which have mean 0, and groups
those that one ridge penalises. The coordinates are chosen so that the penalty is the identity.
Curves are in :mod:`~edgewise.additive.curves`, surfaces in :mod:`~edgewise.additive.products`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import linalg

from edgewise._arrays import Array
from edgewise.additive.columns import Columns, count_labels, find_codes, label_numbers
from edgewise.charts.scales import Scale

MOST_LEVELS = 100_000
"""Only the most frequent levels of a category get values of their own."""
MOST_DIFFERENT = 0.95
"""With more levels for each row hardly any new row has a level of the fit. Of levels in an order
every row must have its own, because neighbours tell something."""
LEVELS_OF_A_PAIR, LEVELS_OF_A_TRIPLE = 15, 5
"""In a surface only the most frequent levels of a category have values of their own."""
MOST_STEPS = 100
"""The effect of ordered levels is a sum of at most this number of functions."""
TINIEST = 1e-30
"""The unit of exposures, whose logarithm is that of asinh for large ones."""
EXPOSURES = 1e-21, 1e270
"""The least and the greatest exposure: between them the logarithms are exact."""


class Term(ABC):
    """One summand of a model.

    Attributes:
        columns: positions of the columns of the table that it depends on.
        groups: positions of the design columns that one ridge penalises, for each ridge.
    """

    columns: tuple[int, ...]
    groups: tuple[NDArray[np.intp], ...]

    @property
    def width(self) -> int:
        """The number of its design columns."""
        return sum(len(group) for group in self.groups)

    @property
    def key(self) -> tuple[int, ...]:
        """The columns of the effect that it is part of; empty for interactions of any columns."""
        return self.columns

    @abstractmethod
    def design(self, columns: Columns) -> Array:
        """The design matrix at the rows of a table, (rows, width)."""

    def spreads(self, design: Array, weight: Array) -> Array:
        """The variance that the penalty expects of each design column, up to a factor, (width,)."""
        return np.ones(self.width)

    def offset(self, columns: Columns) -> Array | float:
        """The part of its effect that has no coefficients, (rows, 1)."""
        return 0.0

    def weights(self, coef: Array) -> Array:
        """What :meth:`multiply` needs instead of the coefficients (width, outputs)."""
        return coef

    def multiply(self, columns: Columns, weights: Array) -> Array:
        """Its effect at the rows of a table, (rows, outputs)."""
        return self.design(columns) @ weights

    def gather(self, columns: Columns, amounts: Array) -> Array:
        """The transposed design matrix times amounts of the rows, (width, outputs)."""
        return np.asarray(self.design(columns).T @ amounts)


@dataclass(frozen=True, eq=False)
class Levels(Term):
    """A value for each level of a category, shrunk more for levels of fewer rows.

    The values are shrunk towards a mean of the levels, in which those of few rows count nearly as
    much as others. A level that was not in the fit has this mean: it is the prediction for a
    further level of the same kind, as in mixed models. The mean of all rows has the effect 0.

    Attributes:
        names: of the levels; None for a missing value.
        shares: the fraction of the rows that each level has.
        ordered: how many of the first levels have an order. Of these the steps between neighbours
            are shrunk.
        transform: the value of each level for each design column, (levels, width); None is one of
            the other, as where no level has an order.
        is_population: whether levels that were not in the fit are as above; those of sides of
            surfaces and with an order, which have a transform, have the effect 0.

    Source: Robinson, *That BLUP is a good thing* (1991).
    """

    columns: tuple[int, ...]
    groups: tuple[NDArray[np.intp], ...]
    names: tuple[str | None, ...]
    shares: Array
    ordered: int = 0
    transform: Array | None = None
    is_population: bool = False

    def codes(self, values: NDArray[Any]) -> NDArray[np.intp]:
        """The position of each row's level, or -1."""
        return find_codes(values, self.names)

    def design(self, columns: Columns) -> Array:
        return self.expand(self.codes(columns[self.columns[0]]))

    def expand(self, codes: NDArray[np.intp]) -> Array:
        """The design matrix of rows with these codes."""
        if self.transform is not None:
            centred = self.transform - self.shares @ self.transform
            return np.where(codes[:, None] < 0, 0.0, centred[codes])
        seen = np.flatnonzero(codes >= 0)
        matrix = np.zeros((len(codes), len(self.shares)))
        matrix[seen, codes[seen]] = 1.0
        matrix[slice(None) if self.is_population else seen] -= self.shares
        return matrix

    def weights(self, coef: Array) -> Array:
        return coef if self.transform is None else np.asarray(self.transform @ coef)

    def multiply(self, columns: Columns, weights: Array) -> Array:
        codes = self.codes(columns[self.columns[0]])
        values, unknown = self.split(weights)
        return np.where(codes[:, None] < 0, 0.0, values[codes]) + unknown

    def split(self, weights: Array) -> tuple[Array, Array]:
        """What each level has beyond one that wasn't in the fit, and the effect of that one.

        Shape:
            weights: (levels, outputs) → (levels, outputs), (outputs,)
        """
        mean, values = self.shares @ weights, weights[: len(self.names)]
        return (values, -mean) if self.is_population else (values - mean, np.zeros_like(mean))

    def gather(self, columns: Columns, amounts: Array) -> Array:
        codes = self.codes(columns[self.columns[0]])
        seen = codes >= 0
        total = np.zeros((len(self.shares), amounts.shape[1]))
        np.add.at(total, codes[seen], amounts[seen])
        total -= np.outer(self.shares, amounts[seen | self.is_population].sum(0))
        return total if self.transform is None else np.asarray(self.transform.T @ total)

    def take_common(self, most: int) -> Levels:
        """The most frequent levels, for a surface; all, if they have an order."""
        if self.transform is not None:
            return self
        return replace(
            self,
            groups=(np.arange(min(most, len(self.names))),),
            names=self.names[:most],
            shares=self.shares[:most],
            is_population=False,
        )


@dataclass(frozen=True, eq=False)
class Missing(Term):
    """The effect of a number being missing.

    Attributes:
        share: the fraction of the rows in which it is.
    """

    columns: tuple[int, ...]
    groups: tuple[NDArray[np.intp], ...]
    share: float

    def design(self, columns: Columns) -> Array:
        missing = np.isnan(columns[self.columns[0]])
        return (missing[:, None] - self.share) / np.sqrt(self.share * (1 - self.share))


@dataclass(frozen=True, eq=False)
class Offset(Term):
    """A known part of the sum of effects: a column, or its logarithm, as it is.

    Attributes:
        is_exposure: whether it is the logarithm, so that the mean is proportional to the column
            where effects multiply.
        factor: on it, 1 over the unit of the sum.
    """

    columns: tuple[int, ...]
    groups: tuple[NDArray[np.intp], ...]
    is_exposure: bool
    factor: float = 1.0

    @property
    def name(self) -> str:
        """What the column is called where it is none of the table."""
        return "exposure" if self.is_exposure else "offset"

    @property
    def axis(self) -> Scale:
        """The map from the column to the offset, up to :attr:`shift`."""
        return Scale(0.0, TINIEST, True) if self.is_exposure else Scale()

    @property
    def shift(self) -> float:
        """What is added: asinh(x / w) + log(w / 2) is log(x) to the last bit if x / w is large."""
        return float(np.log(TINIEST / 2)) if self.is_exposure else 0.0

    def design(self, columns: Columns) -> Array:
        return np.zeros((len(columns[0]), 0))

    def offset(self, columns: Columns) -> Array | float:
        values = columns[self.columns[0]].astype(np.float64)[:, None]
        return self.factor * (self.axis.forward(values) + self.shift)

    def multiply(self, columns: Columns, weights: Array) -> Array:
        return np.repeat(self.offset(columns), weights.shape[1], axis=1)


def make_levels(
    column: int, values: NDArray[Any], weight: Array, order: Sequence[str] = ()
) -> Levels | None:
    """A value for each level of a category; a missing value is a level of its own.

    Where nearly every row has a level of its own, these say nothing about other rows, and only
    missing values have an effect. None if no value has one.
    """
    labels = values if values.dtype == object else label_numbers(values)
    counts = count_labels(labels, weight)
    names = list(counts)[:MOST_LEVELS]
    has_order = len({*names} & {*order}) > 1
    known = sum(label is not None for label in labels.tolist())
    most = known if has_order else MOST_DIFFERENT * known
    is_lone = weight.max() <= 1 and len(counts.keys() - {None}) >= most
    if len(counts) < 2 or (is_lone and None not in counts):
        return None
    if has_order and not is_lone:
        return _make_steps(column, counts, order)
    if is_lone:
        names = [None]
    shares = np.array([counts[name] for name in names]) / weight.sum()
    group = (np.arange(len(names)),)
    return Levels((column,), group, tuple(names), shares, is_population=True)


def _make_steps(column: int, counts: dict[str | None, float], order: Sequence[str]) -> Levels:
    """Values of levels that have an order, whose steps one ridge shrinks; others have another.

    With f the values, w the shares of the levels and g their distances, the design columns are the
    functions of least Σ (f_j+1 - f_j)² / g_j for their variance Σ w_j f_j², which are orthogonal:
    all of them, or the :data:`MOST_STEPS` smoothest, as the ridge leaves next to nothing of others.
    A level without rows lies on the line between its neighbours.
    """
    ranked = {*order}
    others = [name for name in counts if name not in ranked]
    names = (*order, *others)
    shares = np.array([counts.get(name, 0.0) for name in names])
    shares /= shares.sum()
    count = len(order)
    known = np.flatnonzero(shares[:count])
    share = shares[known]
    stiff, root = 1 / np.diff(known), np.sqrt(share)
    diagonal = (np.r_[stiff, 0.0] + np.r_[0.0, stiff]) / share
    width = min(len(known) - 1, MOST_STEPS)
    beside = -stiff / (root[:-1] * root[1:])
    rough, turn = linalg.eigh_tridiagonal(diagonal, beside, select="i", select_range=(1, width))
    inner = turn / root[:, None] / np.sqrt(rough / np.median(rough))
    transform = np.zeros((len(names), width + len(others)))
    for k, values in enumerate(inner.T):
        transform[:count, k] = np.interp(np.arange(count), known, values)
    transform[count:, width:] = np.eye(len(others))
    groups: tuple[NDArray[np.intp], ...] = (np.arange(width),)
    if others:
        groups = (*groups, np.arange(width, width + len(others)))
    return Levels((column,), groups, names, shares, count, transform)


def make_missing(column: int, x: Array, weight: Array) -> Missing | None:
    """A value for missing numbers, if some are missing and some are not."""
    share = float(np.average(np.isnan(x), weights=weight))
    return Missing((column,), (np.arange(1),), share) if 0 < share < 1 else None


def add_offsets(terms: Sequence[Term], columns: Columns) -> Array | float:
    """The part of a model's sums of effects that has no coefficients, (rows, 1)."""
    return sum((term.offset(columns) for term in terms), 0.0)
