"""`Explained`, the data of an explanation of a model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from edgewise.additive.edit import Edit
from edgewise.additive.effects import Effect
from edgewise.additive.outputs import Target


@dataclass(frozen=True, eq=False, repr=False)
class Explained:
    """The data of an :class:`.Explanation`, which says what each field is."""

    effects: Mapping[str, Sequence[Effect]]
    bases: Mapping[str, float]
    unused: Sequence[str]
    coverage: float
    rows: float
    edits: Sequence[Edit]
    others: Mapping[str, str] = field(default_factory=dict)
    scores: Mapping[str, str] = field(default_factory=dict)
    notes: Sequence[str] = ()
    known: Mapping[str, str] = field(default_factory=dict)
    target: Target = field(default_factory=Target)
    beside: str = ""
