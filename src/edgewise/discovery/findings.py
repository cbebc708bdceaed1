"""`Findings`: what a search found for one output, as data that cards, charts and pages read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from edgewise._arrays import Array
from edgewise.discovery.curves import UnknownCurve
from edgewise.discovery.formula import Formula
from edgewise.discovery.noise import NoiseEstimate
from edgewise.discovery.replicates import LackOfFit
from edgewise.discovery.verdict import Evidence
from edgewise.formula.verdict import Judged, Verdict


@dataclass(frozen=True, repr=False)
class Findings(Judged):
    """The data of a :class:`.Discovery`, which says what each field is."""

    front: list[Formula]
    winner: Formula
    verdict: Verdict
    alternatives: list[Formula]
    baseline: float
    seconds: float
    evaluations: int
    input_names: list[str]
    output_name: str
    accuracy: float | None = None
    x: Array = field(default_factory=lambda: np.empty((0, 0)))
    y: Array = field(default_factory=lambda: np.empty(0))
    evidence: Evidence | None = None
    curves: Mapping[str, UnknownCurve] = field(default_factory=dict)
    noise: NoiseEstimate | None = None
    lack_of_fit: LackOfFit | None = None
    outliers: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    classes: tuple[Any, Any] | None = None
    units: Mapping[str, str] = field(default_factory=dict)
    output_unit: str | None = None
    own_numbers: tuple[str, ...] | None = None

    @property
    def columns(self) -> list[str]:
        """The names of the inputs, without numbers of groups."""
        return [name for name in self.input_names if name not in (self.own_numbers or ())]
