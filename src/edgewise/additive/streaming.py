"""Fit a model, whose terms were chosen on a sample, to all rows of a table in parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from edgewise.additive.additive import Additive
from edgewise.additive.batches import Batch, Parts, check_answer, merge_all
from edgewise.additive.columns import Array, Columns
from edgewise.additive.loss import Loss
from edgewise.additive.losses import Gaussian
from edgewise.additive.moments import Moments, make_design, measure_moments
from edgewise.additive.scoring import FittedRows
from edgewise.additive.stages import AdditiveProblem, fit_rows
from edgewise.additive.terms import Term
from edgewise.data.rows import cut

ROWS_AT_ONCE = 8192


@dataclass(frozen=True)
class NumberCoding:
    """One of several targets, (target - shift) / scale, as its loss encodes it."""

    target: int
    shift: float
    scale: float
    loss: Loss = field(default_factory=Gaussian)

    def encode(self, targets: Sequence[NDArray[Any]]) -> tuple[Array, Array]:
        """y, (rows, outputs), and a factor on the weight of each row, (rows,)."""
        y = np.asarray(targets[self.target], dtype=np.float64)
        if not np.isfinite(y).all():
            raise ValueError("expected a finite number as the target of each row, got nan or inf")
        if not self.loss.accepts(y):
            raise ValueError(
                f"the loss {self.loss.name!r} expected {self.loss.expected} as targets, got "
                f"{np.min(y):.6g} to {np.max(y):.6g}"
            )
        return ((self.loss.encode(y) - self.shift) / self.scale)[:, None], np.ones(len(y))


@dataclass(frozen=True, eq=False)
class ClassCoding:
    """0 or 1, for the second of two classes, or for each class of more.

    Attributes:
        classes: in order.
        factors: on the weights of the rows of each class.
        target: which of several targets.
    """

    classes: NDArray[Any]
    factors: Array
    target: int = 0

    def encode(self, targets: Sequence[NDArray[Any]]) -> tuple[Array, Array]:
        given = targets[self.target]
        codes = np.searchsorted(self.classes, given)
        codes = np.minimum(codes, len(self.classes) - 1)
        strange = self.classes[codes] != given
        if np.any(strange):
            raise ValueError(
                f"expected classes among {self.classes[:12].tolist()}, got "
                f"{np.asarray(given)[strange][0]!r}: is the target a number? KANRegressor"
            )
        return code_classes(codes, len(self.classes)), self.factors[codes]


Coding = NumberCoding | ClassCoding
"""How the targets of a batch become the y that a model is fitted to."""


def code_classes(codes: NDArray[np.intp], classes: int) -> Array:
    """0 or 1: one column for two classes, else one for each class."""
    start = 1 if classes == 2 else 0
    return np.asarray(codes[:, None] == np.arange(start, classes), dtype=np.float64)


@dataclass(frozen=True, eq=False)
class Gather:
    """Measures the moments of a batch.

    Attributes:
        terms, coding, loss: of the model.
        output: the one whose working response is fitted.
        coef: the present coefficients, (columns, outputs).
    """

    terms: tuple[Term, ...]
    coding: Coding
    loss: Loss
    output: int
    coef: Array

    def __call__(self, batch: Batch) -> Moments:
        y, factor = self.coding.encode(batch.targets)
        return self.measure(batch.columns, y, batch.weight * factor)

    def measure(self, columns: Columns, y: Array, weight: Array) -> Moments:
        """The moments of rows in memory, computed a few thousand rows at a time.

        Raises:
            ValueError: if there are none.
        """
        parts = (
            self._measure([c[some] for c in columns], y[some], weight[some])
            for some in cut(len(y), ROWS_AT_ONCE)
        )
        return check_answer(merge_all(parts))

    def _measure(self, columns: Columns, y: Array, weight: Array) -> Moments:
        design = make_design(self.terms, columns)
        effects = design.add_up(self.coef)
        return measure_moments(design, y, weight, self.loss, self.output, effects)


@dataclass(frozen=True, eq=False)
class StreamingRefitter:
    """Fits models that a sample has chosen to all rows.

    Attributes:
        parts: the rows.
        coding: of the target.
    """

    parts: Parts
    coding: Coding

    def fit(
        self, problem: AdditiveProblem, lines: Additive, model: Additive
    ) -> tuple[Additive, Additive]:
        """Both models; the first terms of the second are those of the first.

        With the squared error this takes one pass over all rows, else one a step of scoring.
        """
        total, loss = self.parts.total, problem.loss
        if loss.is_square:
            moments = self.measure(model, loss, 0, model.coef)
            return solve_pair(loss, lines, model, moments, total, problem.columns)
        fitted = []
        for one in (lines, model):
            design, gather = make_design(one.terms, problem.columns), partial(self.measure, one)
            rows = FittedRows(design, problem.y, problem.weight, total, gather)
            fitted.append(_fit_again(loss, one, rows, one is lines))
        return fitted[0], fitted[1]

    def measure(self, model: Additive, loss: Loss, output: int, coef: Array, *_: Any) -> Moments:
        """The moments of all rows for the terms of a model."""
        return self.parts.run(Gather(model.terms, self.coding, loss, output, coef))


def solve_pair(
    loss: Loss,
    lines: Additive,
    model: Additive,
    moments: Moments,
    total: float,
    columns: Columns,
) -> tuple[Additive, Additive]:
    """Solve for the model of lines and the chosen one from moments of the latter.

    Args:
        loss: squared errors.
        columns: of a few rows; moments say all that squared errors need of y.
    """
    design, nothing = make_design(model.terms, columns), np.zeros(len(columns[0]))
    fitted = []
    for one in (lines, model):
        width = len(one.coef)
        own = partial(lambda known, *_: known, moments.head(width))
        rows = FittedRows(design.head(width), nothing[:, None], nothing + 1, total, own)
        fitted.append(_fit_again(loss, one, rows, one is lines))
    return fitted[0], fitted[1]


def _fit_again(loss: Loss, model: Additive, rows: FittedRows, lines: bool) -> Additive:
    return fit_rows(model, loss, rows, [one.ridge for one in model.solutions], lines)[0]
