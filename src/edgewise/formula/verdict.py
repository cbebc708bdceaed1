"""`Verdict`: what is claimed of a formula, exact, law, plausible or approximation; `Judged`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from edgewise.charts.numbers import format_number, format_percent


@dataclass(frozen=True)
class Verdict:
    """The verdict on a formula.

    Attributes:
        kind: "exact" (its errors are rounding errors, and it is shorter than y: see
            :mod:`edgewise.formula.exactness`), "law" (its probability is at least 90 %),
            "plausible" (its residuals look like noise, but it wasn't compared with other formulas;
            only :func:`edgewise.symbolic.regress` says this), or "approximation" (useful, but not
            claimed to be true).
        reason: the reason in one sentence.
        probability: the probability that the formula is right; None if it wasn't computed.

    Example:
        >>> import edgewise as ew
        >>> verdict = ew.discovery.Verdict("law", "its residuals look like noise", 0.97)
        >>> verdict.is_claimed, verdict.head
        (True, 'law')
    """

    kind: str
    reason: str
    probability: float | None = None

    @property
    def is_claimed(self) -> bool:
        """Whether it is claimed to be the formula of the data: every kind but approximation."""
        return self.kind != "approximation"

    @property
    def head(self) -> str:
        """The beginning of a text about the formula."""
        return self.kind if self.is_claimed else "no law found; the best approximation is"


class Judged:
    """The base of results with a verdict."""

    verdict: Verdict

    @property
    def found(self) -> bool:
        """Whether it is claimed to be the formula, or all equations, of the data."""
        return self.verdict.is_claimed

    @property
    def reason(self) -> str:
        """The reason for the verdict, in one sentence."""
        return self.verdict.reason


def refuse_unclaimed(
    verdicts: Mapping[str, Verdict], probability: float | None = None
) -> Verdict | None:
    """An approximation, for the reasons of those that aren't claimed, by their names; else None.

    A reason that several have is told once, that of a single verdict without a name.

    Example:
        >>> given = {"dx/dt": "too noisy", "dy/dt": "too noisy", "dz/dt": "too short"}
        >>> refuse_unclaimed({n: Verdict("approximation", r) for n, r in given.items()}).reason
        'dx/dt and dy/dt: too noisy; dz/dt: too short'
    """
    about: dict[str, list[str]] = {}
    for name, verdict in verdicts.items():
        if not verdict.is_claimed:
            about.setdefault(verdict.reason, []).append(name)
    told = [f"{' and '.join(n)}: {r}" if len(verdicts) > 1 else r for r, n in about.items()]
    return Verdict("approximation", "; ".join(told), probability) if told else None


def structure_reason(explained: float, fvu: float) -> str:
    """That residuals aren't noise, in words, which such a fraction of them shows."""
    return (
        f"its residuals ({write_spread(fvu)}) aren't noise: a smooth function of the inputs "
        f"predicts {format_percent(min(explained, 1))} of them"
    )


def weak_reason(fvu: float) -> str:
    """That a formula explains hardly anything, in words."""
    return f"it explains only {format_percent(max(0.0, 1 - fvu), 1)} of the variance"


def write_spread(fvu: float) -> str:
    """The root mean square of errors, relative to the standard deviation of y."""
    return f"{format_number(100 * fvu**0.5, 2)} % of the spread"
