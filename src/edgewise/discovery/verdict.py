"""The verdict on a formula: exact, a law or an approximation, by an ordered table of rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from edgewise.discovery.evidence import OUTER, Evidence, has_fitted_power
from edgewise.discovery.formula import Verdict
from edgewise.discovery.problem import Problem
from edgewise.discovery.selection import Scored
from edgewise.discovery.stability import RESAMPLES, SAME_NUMBER
from edgewise.formula.exactness import LEAST_R2, MOST_EXPLAINED, WORSE, exact_reason, is_worse

MOST_WEIGHT, NUMBER_WEIGHT, MOST_NUMBERS, MOST_INNER = 36, 3, 7, 2
CLEAR = 2e-3
CHANCE_BITS = 24
GENERIC_BITS = 8.0
LEAST_STABLE = 0.95


@dataclass(frozen=True)
class Rule:
    """One thing that a formula has to pass to be claimed as a law.

    Attributes:
        name: a short sentence.
        asks: what is asked, with its numbers, and why; printed in docs/theory/verdicts.md.
        holds: whether a formula passes.
        sentence: what is said of one that doesn't.
        ends: whether nothing more is asked of one that doesn't.
    """

    name: str
    asks: str
    holds: Callable[[Evidence], bool]
    sentence: Callable[[Evidence], str]
    ends: bool = False


def is_short(e: Evidence) -> bool:
    """Whether a formula is too short to fit anything smooth."""
    weight = e.tree.size + NUMBER_WEIGHT * e.numbers
    most_inner = 1 if has_fitted_power(e.tree) else MOST_INNER
    return weight <= MOST_WEIGHT and e.numbers <= MOST_NUMBERS and e.inner <= most_inner


RULES = (
    Rule(
        "It has an input",
        "Among thousands of short formulas one beats the mean by chance, so a formula of the "
        "inputs has to predict unseen rows better than a constant, the price of its choice paid.",
        lambda e: bool(e.tree.inputs),
        lambda e: "no formula of the inputs predicts better than a constant",
        ends=True,
    ),
    Rule(
        "It explains something",
        f"At least {LEAST_R2:.0%} of the variance of unseen rows.",
        lambda e: 1 - e.fvu >= LEAST_R2,
        lambda e: f"it explains {max(0.0, 1 - e.fvu):.1%} of the variance only",
    ),
    Rule(
        "It was found as a formula",
        "A line, quadratic or additive model is fitted to any data.",
        lambda e: not e.winner.is_plain,
        lambda e: f"it is a {e.winner.source}, fitted to the data",
        ends=True,
    ),
    Rule(
        "It is short",
        f"Nodes, with {NUMBER_WEIGHT} more for each fitted number, are at most {MOST_WEIGHT}; at "
        f"most {MOST_NUMBERS} numbers are fitted, of which {MOST_INNER} within functions, or a "
        "fitted exponent alone. With more, anything smooth is fitted as well.",
        is_short,
        lambda e: (
            f"with {e.tree.size} nodes and {e.numbers} fitted numbers, {e.inner} of them within "
            "functions, it is a curve through the data"
        ),
    ),
    Rule(
        "Its exponents are simple or clearly others",
        f"None is fitted within {SAME_NUMBER} of a multiple of 1/2 from which the rows tell it: "
        "laws have no exponent 2.0071.",
        lambda e: e.close_exponent is None,
        lambda e: (
            f"its exponent {e.close_exponent:.5g} is nearly a simple one and still another: laws "
            "have no such"
        ),
    ),
    Rule(
        "It isn't luck",
        f"Its description of the rows, length and misfit, is at least {CHANCE_BITS} bits shorter "
        "than a constant's: a search tries millions of formulas, of which the best beats noise by "
        "so much by chance.",
        lambda e: e.gain >= CHANCE_BITS,
        lambda e: "chance alone may give as much on so few rows",
    ),
    Rule(
        "Noise leaves its functions no choice",
        f"With fitted numbers within functions it misses at most {CLEAR:.1%} of the variance: in "
        "more noise other functions with numbers of their own fit as well.",
        lambda e: not e.inner or e.fvu <= CLEAR,
        lambda e: (
            f"with so much noise ({e.rms}) other functions with a number of their own fit as well"
        ),
    ),
    Rule(
        "No numeric model is better",
        f"On unseen rows it misses at most {WORSE} times as much as a Gaussian process.",
        lambda e: e.numeric is None or not is_worse(e.fvu, e.numeric),
        lambda e: f"it leaves {e.fvu:.2e} of the variance, the best numeric model {e.numeric:.2e}",
    ),
    Rule(
        "It holds outside",
        f"Fitted to the inner {1 - OUTER:.0%} of the rows it predicts the outer {OUTER:.0%} as "
        "well as noise and the errors of its numbers allow.",
        lambda e: e.beyond[0] <= e.beyond[1],
        lambda e: (
            f"fitted to the inner rows it misses the outer ones {e.beyond[0] ** 0.5:.1f} times as "
            "much as its own errors explain"
        ),
    ),
    Rule(
        "It is shorter than what fits everything",
        f"Its description is at least {GENERIC_BITS:g} bits shorter than that of the best "
        "polynomial, of even or of odd powers, too: a wrong form is so short by chance once in "
        f"2^{GENERIC_BITS:g} searches. A polynomial itself needn't be.",
        lambda e: e.shorter >= GENERIC_BITS,
        lambda e: (
            "a polynomial describes the rows nearly as shortly, so other formulas of this length "
            "may, too"
        ),
    ),
    Rule(
        "It leaves noise",
        f"A smooth function of the inputs predicts at most {MOST_EXPLAINED:.0%} of what is left "
        "over, leaving out each row in turn: of pure noise it predicts less.",
        lambda e: e.explained <= MOST_EXPLAINED,
        lambda e: (
            f"what it leaves ({e.rms}) isn't noise: a smooth function of the inputs predicts "
            f"{min(e.explained, 1):.0%} of it"
        ),
    ),
    Rule(
        "It comes again",
        f"In {LEAST_STABLE:.0%} of {RESAMPLES} bootstrap resamples the same form wins, beside the "
        "rest of the front and beside itself with each function exchanged for every other. "
        f"Exponents and inner factors within {SAME_NUMBER} of each other count as one form.",
        lambda e: e.stability[0] >= LEAST_STABLE,
        lambda e: f"only {e.stability[0]:.0%} of resamples of the rows give this form",
    ),
)
"""What a law has to pass, cheap questions first; the first rule that doesn't hold is the reason."""


def broken_rules(evidence: Evidence) -> Iterator[Rule]:
    """The rules that a formula breaks, in their order."""
    for rule in RULES:
        if not rule.holds(evidence):
            yield rule
            if rule.ends:
                return


@dataclass(frozen=True)
class Judgement:
    """The verdict with what it rests on.

    Attributes:
        alternatives: other forms that won some resamples.
        evidence: what the rules were asked about; None for two classes.
    """

    verdict: Verdict
    alternatives: list[Scored] = field(default_factory=list)
    evidence: Evidence | None = None


def judge(
    problem: Problem, scored: list[Scored], winner: Scored, numeric: float | None
) -> Judgement:
    """What may be said of the winner.

    Args:
        numeric: the FVU of the best numeric model on unseen rows, None if there is none.
    """
    # The copy of the problem has its rows but not its numeric model: evidence outlives a search.
    evidence = Evidence(replace(problem), scored, winner, numeric)
    if winner.tree.inputs and problem.is_exact(winner.fit):
        verdict = Verdict("exact", exact_reason(winner.fit.fvu))
        return Judgement(verdict, [], evidence)
    broken = next(broken_rules(evidence), None)
    if broken is not None and broken is not RULES[-1]:
        return Judgement(Verdict("approximation", broken.sentence(evidence)), [], evidence)
    share, others = evidence.stability
    if broken is not None:
        verdict = Verdict("approximation", broken.sentence(evidence), share)
    else:
        reason = (
            f"what it leaves ({evidence.rms}) looks like noise, and {share:.0%} of resamples of "
            "the rows give this form"
        )
        verdict = Verdict("law", reason, share)
    return Judgement(verdict, others, evidence)
