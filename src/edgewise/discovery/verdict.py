"""The verdict on a formula: exact, a law or an approximation, by its probability."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np

from edgewise.discovery.calibration import LEAST_LAW, NONE_BITS, Statistics, calibrate
from edgewise.discovery.misfit import explain_by_smooth, extrapolate
from edgewise.discovery.posterior import FormClass, Posterior
from edgewise.discovery.problem import Problem
from edgewise.discovery.selection import Scored
from edgewise.formula.exactness import LEAST_R2, MOST_EXPLAINED, exact_reason
from edgewise.formula.verdict import Verdict as Verdict

SEEN = 0.01
"""The share of the posterior from which on a class is shown beside the winner."""
EXPONENT_BITS = math.log2(7)
"""What it takes to tell one of the exponents -3 … 3."""
FAR = 4.0
"""Standard errors by which an outer row may be missed."""


@dataclass(frozen=True, eq=False)
class Evidence:
    """The winner's class and what stands against it.

    Attributes:
        posterior: over all classes that were found.
        one: the class of the winner.
        share: its probability among them, before calibration; `none` that of none of them.
        fvu: the fraction of the variance of unseen rows that it misses.
    """

    posterior: Posterior
    one: FormClass
    statistics: Statistics
    fvu: float

    @property
    def share(self) -> float:
        """The probability of the class among those found and none of them, before calibration."""
        places = [k for k, c in enumerate(self.posterior.classes) if c is self.one]
        return self.posterior.shares[places[0]]

    @property
    def none(self) -> float:
        """The share of none of these."""
        return self.posterior.shares[-1]

    @property
    def rms(self) -> str:
        """The root mean square of what is missed, over the spread of y, as text."""
        return f"{self.fvu**0.5:.1e} of the spread"

    @property
    def rivals(self) -> list[Scored]:
        """Formulas of other classes that the rows hardly tell from the winner."""
        pairs = zip(self.posterior.classes, self.posterior.shares, strict=False)
        return [c.best for c, share in pairs if c is not self.one and share >= SEEN]


def weigh(problem: Problem, winner: Scored, posterior: Posterior) -> Evidence | None:
    """The statistics of a formula; None if it belongs to no class, as plain models do."""
    one = posterior.find(winner)
    if one is None:
        return None
    rival = posterior.rival(one)
    ratio, error = extrapolate(problem.distinct, winner.tree)
    statistics = Statistics(
        rival=one.bits - (rival.bits if rival is not None else -math.inf),
        none=one.bits + one.prior - posterior.none - NONE_BITS,
        prior=one.prior - unit_bits(problem),
        constant=one.bits - posterior.constant,
        explained=explain_by_smooth(problem.distinct, winner.tree),
        beyond=(ratio - 1) / error,
    )
    return Evidence(posterior, one, statistics, winner.mse / problem.variance)


def unit_bits(problem: Problem) -> float:
    """Bits of a prior that units give back: of each independent one the exponent is known.

    Among formulas with the right dimension a formula is as many times likelier as dimensions are
    wrong by chance; exponents from -3 to 3 are taken for equally likely.
    """
    if problem.dimensions is None:
        return 0.0
    return EXPONENT_BITS * int(np.linalg.matrix_rank(problem.dimensions))


Sentence = Callable[[Evidence], "str | None"]


def _tell_rivals(e: Evidence) -> str | None:
    if not e.rivals:
        return None
    count = len(e.rivals)
    others = f"{count} other formulas fit" if count > 1 else "another formula fits"
    return f"{others} the rows about as well"


def _tell_none(e: Evidence) -> str | None:
    if e.none < SEEN:
        return None
    return (
        "a smooth curve that is no formula describes the rows nearly as shortly, or better: they "
        "may follow another law"
    )


def _tell_structure(e: Evidence) -> str | None:
    if e.statistics.explained <= MOST_EXPLAINED:
        return None
    return (
        f"its errors ({e.rms}) aren't noise: a smooth function of the inputs predicts "
        f"{min(e.statistics.explained, 1):.0%} of them"
    )


def _tell_outside(e: Evidence) -> str | None:
    if e.statistics.beyond <= FAR:
        return None
    return (
        "fitted to the inner rows it misses the outer ones by more than noise and the errors of "
        "its numbers explain"
    )


def _tell_chance(e: Evidence) -> str | None:
    if e.statistics.constant > 20:
        return None
    return "chance alone may give as much on so few rows, or so much noise"


SENTENCES: tuple[Sentence, ...] = (
    _tell_structure,
    _tell_none,
    _tell_rivals,
    _tell_outside,
    _tell_chance,
)


def list_objections(evidence: Evidence) -> Iterator[str]:
    """What takes the rest of the probability, a sentence each."""
    told = False
    for sentence in SENTENCES:
        text = sentence(evidence)
        if text is not None:
            told = True
            yield text
    if not told:
        share = calibrate(evidence.statistics)
        yield f"of formulas as long, with as much evidence, {share:.0%} are right: too few to claim"


@dataclass(frozen=True)
class Judgement:
    """The verdict with what it rests on.

    Attributes:
        alternatives: formulas of other classes that the rows hardly tell from the winner.
        evidence: None for two classes, and for formulas that are no candidate for a law.
    """

    verdict: Verdict
    alternatives: list[Scored] = field(default_factory=list)
    evidence: Evidence | None = None


def judge(problem: Problem, winner: Scored, posterior: Posterior) -> Judgement:
    """What may be said of the winner."""
    if not winner.tree.inputs:
        reason = "no formula of the inputs predicts clearly better than a constant"
        return Judgement(Verdict("approximation", reason))
    if problem.is_exact(winner.fit):
        return Judgement(Verdict("exact", exact_reason(winner.fit.fvu), probability=1.0))
    evidence = weigh(problem, winner, posterior)
    if evidence is None:
        plain = f"a {winner.source} fits any data, so its form means nothing"
        reason = plain if winner.is_plain else "it has too many numbers for so few different rows"
        return Judgement(Verdict("approximation", reason))
    probability = calibrate(evidence.statistics)
    if 1 - evidence.fvu < LEAST_R2:
        reason = f"it explains {max(0.0, 1 - evidence.fvu):.1%} of the variance only"
        verdict = Verdict("approximation", reason, probability=min(probability, 0.5))
    elif probability >= LEAST_LAW:
        reason = (
            f"its errors ({evidence.rms}) look like noise, and no other formula explains the rows "
            "nearly as well"
        )
        verdict = Verdict("law", reason, probability=probability)
    else:
        reason = next(list_objections(evidence))
        verdict = Verdict("approximation", reason, probability=probability)
    return Judgement(verdict, evidence.rivals, evidence)
