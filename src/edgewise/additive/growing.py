"""What ``partial_fit`` keeps of all rows it was given, and the model that follows from it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from edgewise.additive.batches import Batch
from edgewise.additive.choose import Choice, mix_models
from edgewise.additive.columns import Array, Columns
from edgewise.additive.moments import Moments
from edgewise.additive.sample import Draw, Sample, split_sample
from edgewise.additive.streaming import Gather, Numbers, solve_pair


@dataclass(frozen=True, eq=False)
class Growth:
    """What is kept of the rows of all tables so far.

    Attributes:
        sample: rows for pictures and for the ends of columns.
        moments: for each target, of the terms that were chosen on the first table.
        tables: their number.
        seed: of the sample.
    """

    sample: Sample
    moments: tuple[Moments, ...]
    tables: int
    seed: int

    @property
    def total(self) -> float:
        """The sum of the weights of all rows."""
        return self.sample.total

    def columns(self, features: int) -> tuple[Columns, Array]:
        """The sample's columns and weights."""
        rows = self.sample.finish()
        return split_sample(rows, features)[0], rows.weight


def grow(
    before: Growth | None,
    seed: int,
    choices: list[Choice],
    codings: list[Numbers],
    columns: Columns,
    targets: NDArray[Any],
    weight: Array,
) -> Growth:
    """Add the rows of a further table.

    Args:
        before: None for the first table.
        choices, codings: of each target.
        targets: (rows, targets).
    """
    seed = seed if before is None else before.seed
    counted = weight > 0
    columns, targets, weight = [c[counted] for c in columns], targets[counted], weight[counted]
    number = 0 if before is None else before.tables
    sample = Draw(seed)(Batch((number, 0), columns, list(targets.T), weight))
    moments = []
    for choice, coding in zip(choices, codings, strict=True):
        y, _ = coding.encode(list(targets.T))
        gather = Gather(choice.whole.terms, coding, choice.loss, 0, choice.whole.coef)
        moments.append(gather.measure(columns, y, weight))
    if before is not None:
        sample = before.sample.merge(sample)
        pairs = zip(before.moments, moments, strict=True)
        moments = [known.merge(new) for known, new in pairs]
    return Growth(sample, tuple(moments), number + 1, seed)


def fit_growth(choice: Choice, moments: Moments, total: float, columns: Columns) -> Choice:
    """The model of the same terms, fitted to all rows.

    Args:
        moments, total: of all rows.
        columns: of a few rows.
    """
    nothing = np.zeros((len(columns[0]), 1))
    lines, whole = solve_pair(
        choice.loss, choice.lines, choice.whole, moments, total, columns, nothing, nothing[:, 0] + 1
    )
    model = mix_models(lines, whole, choice.share)
    model.coef[0] += choice.loss.mean_shift(model.solutions[0].noise)
    return replace(choice, model=model, lines=lines, whole=whole)
