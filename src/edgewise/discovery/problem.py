"""The problem of a search: rows, weights, and the functions that a formula may have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from edgewise.bases import Basis
from edgewise.discovery.known import Known
from edgewise.discovery.numeric import GaussianProcess, fit_gaussian_process
from edgewise.formula.exactness import exact_fvu
from edgewise.formula.library import LIBRARY, Library

Array = NDArray[np.float64]

FOLDS = 5


@dataclass(frozen=True, eq=False)
class Problem:
    """y = f(x) + noise.

    Attributes:
        x, y: finite numbers; scaled by powers of two where their size would overflow.
        weight: of the rows, with mean 1; None for equal ones.
        library, reach: functions, and the greatest inner scale where x is scaled to [-1, 1].
        bases: of curves and networks.
        dimensions: exponents of the base units of each input, and of y; None without units.
        robust: whether single rows may be far off.
        threshold: what lies between the two values of y, if it holds two classes; None for
            numbers.
        unit: what y was divided by; texts about y multiply by it.
        known: what one knows of the formula before the search.
        seed: of everything random.

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
    seed: int = 0

    @property
    def rows(self) -> int:
        return len(self.y)

    @property
    def inputs(self) -> int:
        return self.x.shape[1]

    @cached_property
    def exact_fvu(self) -> float:
        """The FVU up to which a formula of y is exact."""
        return exact_fvu(self.y, self.variance)

    @cached_property
    def variance(self) -> float:
        """The weighted variance of y; 1 for a constant, so that one can divide by it."""
        mean = np.average(self.y, weights=self.weight)
        return float(np.average((self.y - mean) ** 2, weights=self.weight)) or 1.0

    @cached_property
    def numeric(self) -> GaussianProcess:
        """A Gaussian process of up to 1,000 of the rows, for as long as the problem lasts."""
        some = self.some_rows(1000)
        return fit_gaussian_process(some.x, some.y, some.weight, seed=self.seed)

    def generator(self, stream: int) -> np.random.Generator:
        """A random generator of its own for each part of the search."""
        return np.random.default_rng([self.seed, stream])

    @cached_property
    def folds(self) -> NDArray[np.int64]:
        """Which of five parts each row belongs to, for cross-validation."""
        order = self.generator(1).permutation(self.rows)
        part = np.empty(self.rows, dtype=np.int64)
        part[order] = np.arange(self.rows) % FOLDS
        return part

    def some_rows(self, most: int) -> Problem:
        """The problem on at most so many of its rows."""
        if self.rows <= most:
            return self
        keep = np.sort(self.generator(2).permutation(self.rows)[:most])
        weight = None if self.weight is None else self.weight[keep] / self.weight[keep].mean()
        return replace(self, x=self.x[keep], y=self.y[keep], weight=weight)
