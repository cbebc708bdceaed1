"""`GroupNoise`: the noise in each group, and what a group of few rows tells of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from edgewise._arrays import Array

FEW = 2
"""A group with fewer rows than this for each number is fitted too closely to tell its noise."""


@dataclass(frozen=True, eq=False)
class GroupNoise:
    """What a form that was fitted to several groups leaves of each.

    Attributes:
        fvu: the fraction of variance unexplained in each group.
        rows: the number of rows in each group.
        own: the number of numbers that each group has of its own.
        common: the number of numbers that all groups share.

    Shape:
        fvu, rows: (groups,)

    Example:
        >>> noise = GroupNoise(np.array([0.04, 0.0]), np.array([100, 4]), own=4, common=0)
        >>> noise.freedom.tolist(), noise.is_sparse.tolist(), noise.estimate.round(3).tolist()
        ([96.0, 0.0], [False, True], [0.04, 0.042])
    """

    fvu: Array
    rows: NDArray[np.int64]
    own: int
    common: int

    @cached_property
    def freedom(self) -> Array:
        """The degrees of freedom: rows minus own numbers and a share of the common ones."""
        spent = self.own + self.common * self.rows / self.rows.sum()
        return np.asarray(np.maximum(self.rows - spent, 0.0))

    @cached_property
    def is_sparse(self) -> NDArray[np.bool_]:
        """Whether a group has fewer than two rows for each number."""
        return np.asarray(self.rows < FEW * (self.own + self.common))

    @cached_property
    def pooled(self) -> float:
        """The FVU of all groups for each degree of freedom; 1 without any."""
        freedom = float(self.freedom.sum())
        return float(self.rows @ self.fvu) / freedom if freedom > 0 else 1.0

    @cached_property
    def estimate(self) -> Array:
        """The FVU of each group that noise causes.

        A sparse group borrows from the others: all groups count as one more degree of freedom of
        it. Four numbers leave nothing of four rows, whatever the noise.

        Reference: Smyth, Stat. Appl. Genet. Mol. Biol. 3 (2004) 3, 3.1.
        """
        shared = (self.fvu * self.rows + self.pooled) / (self.freedom + 1)
        return np.where(self.is_sparse, np.maximum(shared, self.fvu), self.fvu)

    @cached_property
    def of_errors(self) -> Array:
        """The estimate from which standard errors follow: residuals over degrees of freedom."""
        alone = self.fvu * self.rows / np.maximum(self.freedom, 1)
        return np.where(self.is_sparse, self.estimate, alone)

    @cached_property
    def least(self) -> Array:
        """What a joint fit adds to each FVU, so that common numbers aren't those of one group."""
        return np.where(self.is_sparse, self.pooled / self.rows, 0.0)
