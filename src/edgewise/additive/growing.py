"""Models that go on with further rows: what least squares needs of all rows that were seen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from edgewise.additive.batches import Batch
from edgewise.additive.choose import Choice, mix_models
from edgewise.additive.columns import Array, Columns
from edgewise.additive.links import Identity
from edgewise.additive.sample import Draw, Sample, split_sample
from edgewise.additive.scoring import Moments
from edgewise.additive.streaming import Gather, Numbers, solve_pair


@dataclass(frozen=True, eq=False)
class Growth:
    """What is kept of the rows that were seen.

    Attributes:
        sample: rows for pictures and ends.
        moments: for each target, of the terms that the first rows have chosen.
        tables: how many there were.
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
    """What is known with these rows, too.

    Args:
        before: nothing at first.
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
        gather = Gather(choice.whole.terms, coding, Identity(), 0, choice.whole.coef)
        moments.append(gather.measure(columns, y, weight))
    if before is not None:
        sample = before.sample.merge(sample)
        pairs = zip(before.moments, moments, strict=True)
        moments = [known.merge(new) for known, new in pairs]
    return Growth(sample, tuple(moments), number + 1, seed)


def fit_growth(choice: Choice, moments: Moments, total: float, columns: Columns) -> Choice:
    """The model that all rows speak for, of the same terms.

    Args:
        columns: of a few rows.
    """
    nothing = np.zeros((len(columns[0]), 1))
    lines, whole = solve_pair(
        choice.lines, choice.whole, moments, total, columns, nothing, nothing[:, 0] + 1
    )
    return replace(choice, model=mix_models(lines, whole, choice.share), lines=lines, whole=whole)
