"""Named laws of science as candidates, tried first: a library of them on whatever columns fit."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import final

from edgewise.discovery.prior import formula_bits
from edgewise.discovery.problem import Problem
from edgewise.discovery.strategies.strategy import Candidate, Strategy
from edgewise.formula.expression import Apply, Number, Power
from edgewise.formula.library import LIBRARY, Library
from edgewise.laws.law import Law
from edgewise.laws.library import LAWS
from edgewise.laws.suggest import Screen, every_law, list_choices, suggest_laws
from edgewise.search.budget import RATE, Budget

SHAPES = ("lines and ratios", "powers", "steps", "peaks")
"""Fields of laws that are shapes of curves."""
MOST_PARAMETERS = 4
KNOWN_BITS = 1.0
"""-log2 of the share of named laws in the prior: as likely as all other formulas together."""


@final
@dataclass(frozen=True)
class Named(Strategy):
    """Laws of :mod:`edgewise.laws`, the likeliest first.

    Attributes:
        work: evaluations at most.
    """

    work: float = 2 * RATE

    @property
    def name(self) -> str:
        return "named laws"

    def propose(self, problem: Problem, budget: Budget) -> Iterator[Candidate]:
        if problem.threshold is not None:
            return
        part = budget.part(evaluations=self.work)
        choices = [law for law, _ in list_choices(problem.inputs, sums_too=True)]
        whole = sum(map(weight_of, choices))
        shapes = math.log2(1 + sum(not weight_of(law) for law in choices))
        screen = Screen.of(problem.x, problem.y, problem.weight, part.spend)
        known = [law for law in every_law() if is_allowed(law, problem.library)]
        for made in suggest_laws(screen, {law.name for law in known}, lambda: part.over):
            weight = weight_of(made.law)
            if weight:
                bits = math.log2(whole / weight) + KNOWN_BITS
            else:
                bits = formula_bits(made.tree, problem.inputs) + shapes
            yield Candidate(made.tree, made.law.title, law=made.law.name, prior_bits=bits)


def weight_of(law: Law) -> float:
    """What a law weighs in the prior beside the others: as many names as science has for it, and a
    quarter as much with each parameter; 0 for a curve that no science names."""
    named = [w for w in LAWS.values() if law.name in (w.name, w.same_as) and is_of_science(w)]
    return sum(1 + len(w.also) for w in named) * 4.0 ** -len(law.parameters)


def is_of_science(law: Law) -> bool:
    """Whether the law says how nature is, and not how a curve looks.

    Sums of peaks, ratios and laws of many parameters fit anything smooth. These, and laws beside
    another column, have the prior that every formula has, and pay for the choice of one of them.
    """
    return law.name in LAWS and law.field not in SHAPES and len(law.parameters) <= MOST_PARAMETERS


def is_allowed(law: Law, library: Library) -> bool:
    """Whether a formula of these functions may be the law; of all functions every law may."""
    if set(LIBRARY) <= set(library):
        return True
    powers = {f.power for f in library.values() if f.power is not None}
    for node in law.curve.tree.walk():
        if isinstance(node, Apply) and node.function.name not in library:
            return False
        if isinstance(node, Power):
            known = node.exponent.exact if isinstance(node.exponent, Number) else None
            if known is None or (known.numerator, known.denominator) not in powers:
                return False
    return True
