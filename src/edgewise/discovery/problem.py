"""`Problem`: the rows of a search, their weights and errors, and the functions it may use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from edgewise._arrays import Array
from edgewise.bases import Basis
from edgewise.data.rows import fill_weight, weighted_variance
from edgewise.discovery.evidence import DistinctRows
from edgewise.discovery.known import Known
from edgewise.discovery.numeric import LEAST_ROWS, GaussianProcess, fit_gaussian_process
from edgewise.formula.data import Data, Fit
from edgewise.formula.exactness import exact_fvu
from edgewise.formula.library import LIBRARY, Library
from edgewise.laws.errors import Errors

FOLDS = 5
FEW_ROWS = 20
"""With fewer rows, cross-validation leaves out one row at a time."""
SEARCH_ROWS = 1000
LEAST_WEIGHT = 1e-100
"""Smallest weight of a row with an enormous error, relative to the largest weight."""


@dataclass(frozen=True, eq=False)
class Problem:
    """y = f(x) + noise.

    Attributes:
        x, y: finite numbers, scaled by powers of two where they might overflow.
        weight: weights of the rows with mean 1; None if all are equal.
        library: the functions that formulas may use.
        reach: the largest inner scale a of f(a x + b), for x scaled to [-1, 1].
        bases: bases of the curves and networks that are fitted.
        dimensions: exponents of the base units of each input, and of y; None without units.
        robust: whether some rows may be outliers.
        threshold: the middle between the two values of y if it holds two classes, else None.
        unit: the factor that y was divided by; texts about y multiply by it.
        known: prior knowledge of the formula.
        noise_variance: the variance of y's noise at weight 1 if known: a row of weight w has the
            variance noise_variance / w. None if it is to be estimated.
        errors: the errors as given; `weight` and `noise_variance` follow from them.
        seed: seed of all random choices.
        names: of the inputs and last of y; none if the columns aren't those of the table, because
            the constants of named laws belong to these.

    Shape:
        x: (rows, in); y, weight: (rows,); dimensions: (in + 1, units)
    """

    x: Array
    y: Array
    weight: Array | None = None
    library: Library = field(default_factory=lambda: LIBRARY)
    reach: float = 16.0
    bases: Sequence[Basis] = ()
    dimensions: NDArray[np.int64] | None = None
    robust: bool = False
    threshold: float | None = None
    unit: float = 1.0
    known: Known = field(default_factory=Known)
    noise_variance: float | None = None
    errors: Errors = field(default_factory=Errors)
    seed: int = 0
    names: tuple[str, ...] = ()

    @property
    def rows(self) -> int:
        return len(self.y)

    @property
    def inputs(self) -> int:
        return self.x.shape[1]

    @cached_property
    def distinct_rows(self) -> int:
        """The number of rows that differ in x."""
        return len(np.unique(self.x, axis=0))

    @cached_property
    def exact_fvu(self) -> float:
        """The largest FVU at which a formula of y counts as exact."""
        return exact_fvu(self.y, self.variance, self.weight)

    def is_exact(self, fit: Fit) -> bool:
        """Whether a formula's errors are rounding errors and it is shorter than the data."""
        return self.data.is_exact(fit, self.exact_fvu)

    @cached_property
    def data(self) -> Data:
        """The rows to fit."""
        return Data.of(self.x, self.y, self.weight)

    @cached_property
    def search_data(self) -> Data:
        """Up to 1,000 of the rows, which a search fits."""
        some = self.some_rows(SEARCH_ROWS)
        return Data.of(some.x, some.y, some.weight)

    @property
    def weights(self) -> Array:
        """The weight of each row; ones where none is given."""
        return fill_weight(self.weight, self.rows)

    @cached_property
    def variance(self) -> float:
        """The weighted variance of y; 1 for a constant y, to avoid a division by 0."""
        return weighted_variance(self.y, self.weight) or 1.0

    @cached_property
    def numeric_rows(self) -> Problem:
        """Up to 1,000 of the distinct rows, which :attr:`numeric` is fitted to.

        Of all rows where too few differ, as in a table of one column of yes and no.
        """
        enough = self.distinct.rows >= LEAST_ROWS
        return (self.distinct if enough else self).some_rows(1000)

    @cached_property
    def numeric(self) -> GaussianProcess:
        """A Gaussian process of up to 1,000 of the rows."""
        some = self.numeric_rows
        return fit_gaussian_process(some.x, some.y, some.weight, seed=self.seed)

    @property
    def noise_fraction(self) -> float:
        """The fraction of y's variance that is noise, as a Gaussian process estimates it."""
        return self.numeric.noise_variance / self.numeric_rows.variance

    @cached_property
    def distinct(self) -> Problem:
        """The problem without rows that repeat another one in x and y."""
        columns = [self.x, self.y[:, None]]
        if self.weight is not None:
            columns.append(self.weight[:, None])
        _, first = np.unique(np.concatenate(columns, 1), axis=0, return_index=True)
        return self if len(first) == self.rows else self.take_rows(np.sort(first))

    @cached_property
    def evidence_rows(self) -> DistinctRows:
        """Up to 1,000 distinct rows, on which formulas are weighed."""
        some = self.distinct.some_rows(1000)
        return DistinctRows(some.x, some.y, some.weights, self.noise_variance)

    def generator(self, stream: int) -> np.random.Generator:
        """The random generator of one part of the search."""
        return np.random.default_rng([self.seed, stream])

    @cached_property
    def folds(self) -> NDArray[np.int64]:
        """The fold of each row in cross-validation: five folds, or one per row if rows are few."""
        order = self.generator(1).permutation(self.rows)
        part = np.empty(self.rows, dtype=np.int64)
        part[order] = np.arange(self.rows) % (self.rows if self.rows < FEW_ROWS else FOLDS)
        return part

    @cached_property
    def least_training_rows(self) -> int:
        """The rows outside the largest fold."""
        return self.rows - int(np.bincount(self.folds).max())

    def some_rows(self, most: int) -> Problem:
        """The problem on at most `most` of its rows."""
        if self.rows <= most:
            return self
        return self.take_rows(np.sort(self.generator(2).permutation(self.rows)[:most]))

    def take_rows(self, kept: NDArray[np.int64]) -> Problem:
        """The problem on these rows."""
        some = replace(self, x=self.x[kept], y=self.y[kept], errors=self.errors.of_rows(kept))
        return some if self.weight is None else some.weighed(self.weight[kept])

    def weighed(self, weight: Array) -> Problem:
        """The problem with these weights, divided by their mean.

        `noise_variance` is divided, too, so that the variance of each row doesn't change.
        """
        weight = np.maximum(weight, LEAST_WEIGHT * weight.max())
        mean = float(weight.mean())
        known = None if self.noise_variance is None else self.noise_variance / mean
        return replace(self, weight=weight / mean, noise_variance=known)

    def weighed_by_errors(self) -> Problem:
        """The problem with weights 1/σ² from the given standard deviations of y.

        A given weight is a factor: a row of weight 2 counts as two rows.
        """
        sigma = self.errors.sigma
        if sigma is None:
            return self
        least = float(sigma.min())
        weight = np.square(least / sigma)
        known = replace(self, noise_variance=least**2)
        return known.weighed(weight if self.weight is None else weight * self.weight)
