"""What a page needs to compute a loss other than squared errors and classes from sums of effects.

The formulas are in ``frontend/src/table-loss.ts``, by the names of :data:`edgewise.additive.losses.
LOSSES`; "events" is minus the log-likelihood of survival.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from edgewise.additive.columns import Array


@dataclass(frozen=True, eq=False)
class RowLoss:
    """The loss of an output at each row.

    The page shows the sum of the losses over that of ``constant``.

    Attributes:
        name, parameters: of the formula.
        size, moved: the fit's sum of effects is the told one / size - moved.
        constant: the loss of the best constant; 1 where the mean loss itself is shown.
        rows: what the formula takes beside the sum, by name, (rows,) each: ``y``, ``weight`` and,
            for events, ``hazard``, log H_0 between entry and time, ``rate``, log h_0 at the time,
            and ``entry`` and ``time``.
    """

    name: str
    parameters: Mapping[str, float]
    size: float
    moved: float
    constant: Array
    rows: Mapping[str, Array]

    def describe(self, few: NDArray[np.intp], pack: Any) -> dict[str, Any]:
        """The payload of some rows, whose arrays ``pack`` writes."""
        return {
            "name": self.name,
            "parameters": dict(self.parameters),
            "size": self.size,
            "moved": self.moved,
            "whole": float(self.rows["weight"][few] @ self.constant[few]),
            "rows": {name: pack(values[few]) for name, values in self.rows.items()},
        }
