"""What may be claimed of a formula: one ladder for all verbs that find one."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Verdict:
    """What may be said of a formula.

    Attributes:
        kind: "exact" (its errors are rounding errors, and it is shorter than y: see
            :mod:`edgewise.formula.exactness`), "law" (its probability is at least 90 %),
            "plausible" (its residuals look like noise, but other formulas weren't weighed: by
            :func:`edgewise.symbolic.regress`), or "approximation" (useful, not claimed).
        reason: one sentence.
        probability: that the formula is right; None if it was not computed.
    """

    kind: str
    reason: str
    probability: float | None = None

    @property
    def is_claimed(self) -> bool:
        """Whether it is said to be the formula of the data: all but an approximation."""
        return self.kind != "approximation"

    @property
    def head(self) -> str:
        """What a text about the formula begins with."""
        return self.kind if self.is_claimed else "no law found; the best approximation is"
