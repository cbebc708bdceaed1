"""The verdict on a formula: exact, law or approximation, with its probability and reasons."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np

from edgewise.charts.numbers import format_percent
from edgewise.discovery.calibration import LEAST_LAW, NONE_BITS, Statistics, calibrate
from edgewise.discovery.evidence import count_independent_rows
from edgewise.discovery.front import Scored
from edgewise.discovery.misfit import (
    DEPENDENT,
    count_carrying_rows,
    explain_by_smooth,
    extrapolate,
    measure_dependence,
)
from edgewise.discovery.posterior import FormClass, Posterior
from edgewise.discovery.prior import formula_bits
from edgewise.discovery.problem import Problem
from edgewise.formula.data import withstands_rounding
from edgewise.formula.exactness import LEAST_R2, exact_reason, is_structured
from edgewise.formula.expression import Input, free
from edgewise.formula.verdict import Verdict as Verdict
from edgewise.formula.verdict import structure_reason, weak_reason, write_spread

SEEN = 0.01
"""Smallest posterior probability at which a class is shown as an alternative."""
EXPONENT_BITS = math.log2(7)
"""Bits of one of the exponents -3 … 3."""
NONE_OF_FORM = "no formula was found that has the given form and obeys the limits"
FAR = 4.0
"""Largest error on the outer rows, in standard errors."""


@dataclass(frozen=True, eq=False)
class Evidence:
    """The evidence for the winner's class and for its rivals.

    Attributes:
        posterior: the posterior over all classes that were found.
        one: the class of the winner.
        fvu: the fraction of variance unexplained on unseen rows.
        rows: the number of distinct rows.
    """

    posterior: Posterior
    one: FormClass
    statistics: Statistics
    fvu: float
    rows: int

    @property
    def share(self) -> float:
        """The posterior probability of the winner's class, before calibration."""
        places = [k for k, c in enumerate(self.posterior.classes) if c is self.one]
        return self.posterior.shares[places[0]]

    @property
    def probability(self) -> float:
        """The calibrated probability that the winner is right."""
        return calibrate(self.statistics)

    @property
    def none(self) -> float:
        """The posterior probability that none of the classes is right, before calibration."""
        return self.posterior.shares[-1]

    @property
    def rms(self) -> str:
        """The RMSE on unseen rows, relative to the spread of y, as text."""
        return write_spread(self.fvu)

    @property
    def rivals(self) -> list[Scored]:
        """Formulas of other classes that explain the rows about as well as the winner."""
        pairs = zip(self.posterior.classes, self.posterior.shares, strict=False)
        return [c.best for c, share in pairs if c is not self.one and share >= SEEN]


def weigh(problem: Problem, winner: Scored, posterior: Posterior) -> Evidence | None:
    """The statistics of a formula.

    None if it belongs to no class, as plain models do, or has too many numbers for the rows.
    """
    one = posterior.find(winner)
    told = count_independent_rows(winner.tree, problem.evidence_rows.x)
    if one is None or not told:
        return None
    rival = posterior.rival(one)
    ratio, error = extrapolate(problem.distinct, winner.tree)
    statistics = Statistics(
        rival=one.bits - (rival.bits if rival is not None else -math.inf),
        none=one.bits + one.prior - posterior.none - NONE_BITS,
        prior=one.prior - unit_bits(problem) - given_bits(problem),
        constant=(one.bits - posterior.constant) * told / len(problem.evidence_rows.y),
        explained=explain_by_smooth(problem.distinct, winner.tree),
        beyond=(ratio - 1) / error,
        dependence=measure_dependence(problem, winner.tree),
    )
    fvu, rows = winner.mse / problem.variance, problem.distinct.rows
    return Evidence(posterior, one, statistics, fvu, rows)


def unit_bits(problem: Problem) -> float:
    """Bits that consistent units add to a formula's prior.

    Only formulas of the right dimension compete. A random formula has it with probability 1/7 for
    each independent unit, if exponents from -3 to 3 are equally likely.
    """
    if problem.dimensions is None:
        return 0.0
    return EXPONENT_BITS * int(np.linalg.matrix_rank(problem.dimensions))


def given_bits(problem: Problem) -> float:
    """Bits of the known part of a form: only what was found has to be likely beforehand."""
    if problem.known.template is None:
        return 0.0
    form = problem.known.template.template
    numbers = {form.inputs + k: free(1.0) for k in range(len(form.numbers))}
    unknown = {form.first + k: Input(0) for k in range(len(form.unknowns))}
    known = formula_bits(form.tree.substitute({**numbers, **unknown}), problem.inputs)
    return known - len(unknown) * formula_bits(Input(0), problem.inputs)


Sentence = Callable[[Evidence], "str | None"]


def _describe_rivals(e: Evidence) -> str | None:
    if not e.rivals:
        return None
    count = len(e.rivals)
    others = f"{count} other formulas fit" if count > 1 else "another formula fits"
    return f"{others} the rows about as well"


def _describe_none(e: Evidence) -> str | None:
    if e.none < SEEN:
        return None
    return (
        "a smooth curve without a formula describes the rows about as well or better: they may "
        "follow another law"
    )


def _describe_structure(e: Evidence) -> str | None:
    if not is_structured(e.statistics.explained, e.rows):
        return None
    return structure_reason(e.statistics.explained, e.fvu)


def _describe_dependence(e: Evidence) -> str | None:
    if e.statistics.dependence <= DEPENDENT:
        return None
    return f"its residuals ({e.rms}) aren't noise: rows with similar values err alike"


def _describe_outside(e: Evidence) -> str | None:
    if e.statistics.beyond <= FAR:
        return None
    return (
        "after a fit to the inner rows, its residuals on the outer rows are larger than noise and "
        "the standard errors of its numbers explain"
    )


def _describe_chance(e: Evidence) -> str | None:
    if e.statistics.constant > 20:
        return None
    return "with so few rows, or so much noise, chance alone may produce such a fit"


SENTENCES: tuple[Sentence, ...] = (
    _describe_structure,
    _describe_dependence,
    _describe_none,
    _describe_rivals,
    _describe_outside,
    _describe_chance,
)


def list_objections(evidence: Evidence) -> Iterator[str]:
    """The reasons against the winner, one sentence each."""
    told = False
    for sentence in SENTENCES:
        text = sentence(evidence)
        if text is not None:
            told = True
            yield text
    if not told:
        share = format_percent(evidence.probability)
        yield f"only {share} of formulas of this length with this much evidence are right"


@dataclass(frozen=True)
class Judgement:
    """The verdict and the evidence for it.

    Attributes:
        alternatives: formulas of other classes that explain the rows about as well as the winner.
        evidence: None for two classes, and for formulas that can't be laws.
    """

    verdict: Verdict
    alternatives: list[Scored] = field(default_factory=list)
    evidence: Evidence | None = None


def _carrying_rows(problem: Problem, winner: Scored, posterior: Posterior) -> int:
    """The number of rows that the winner rests on alone, beside the shorter formulas."""
    classes = (c.best for c in posterior.classes)
    shorter = [m.tree for m in classes if m.fit.bits < winner.fit.bits]
    return count_carrying_rows(problem, winner.tree, [free(float(np.mean(problem.y))), *shorter])


def judge(problem: Problem, winner: Scored, posterior: Posterior) -> Judgement:
    """The verdict on the winner."""
    if not winner.tree.inputs:
        reason = "no formula of the inputs predicts clearly better than a constant"
        if problem.known.template is not None:
            reason = NONE_OF_FORM
        return Judgement(Verdict("approximation", reason))
    if problem.is_exact(winner.fit):
        return Judgement(Verdict("exact", exact_reason(winner.fit.fvu), probability=1.0))
    evidence = weigh(problem, winner, posterior)
    if evidence is None:
        reason = "it has too many numbers for so few rows with different inputs"
        if winner.is_plain:
            reason = f"a {winner.source} fits any data, so its form means nothing"
        return Judgement(Verdict("approximation", reason))
    probability = evidence.probability
    if 1 - evidence.fvu < LEAST_R2:
        verdict = Verdict("approximation", weak_reason(evidence.fvu), min(probability, 0.5))
    elif probability >= LEAST_LAW and not withstands_rounding(winner.tree, problem.x, problem.y):
        reason = (
            "a row changes with the last digits of its numbers, as at a root beside a pole: it may "
            "be an outlier, such as a missing value that was written as 0"
        )
        verdict = Verdict("approximation", reason)
    elif probability >= LEAST_LAW and (carried := _carrying_rows(problem, winner, posterior)):
        rows = "one row alone" if carried == 1 else f"{carried} rows alone"
        reason = (
            f"its numbers follow {rows}, without which a shorter formula fits as well: they may be "
            "outliers, which robust=True leaves aside"
        )
        verdict = Verdict("approximation", reason)
    elif probability >= LEAST_LAW:
        reason = (
            f"its residuals ({evidence.rms}) look like noise, and no other formula is nearly as "
            "probable"
        )
        verdict = Verdict("law", reason, probability=probability)
    else:
        reason = next(list_objections(evidence))
        verdict = Verdict("approximation", reason, probability=probability)
    return Judgement(verdict, evidence.rivals, evidence)
