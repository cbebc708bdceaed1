"""Try named laws of science: every law of the library on all columns that it may be about."""

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
from edgewise.laws.assignment import list_assignments
from edgewise.laws.law import Law
from edgewise.laws.library import LAWS
from edgewise.laws.suggest import Screen, every_law, list_choices, suggest_laws
from edgewise.search.budget import RATE, Budget

SHAPES = ("lines and ratios", "powers", "steps")
"""Fields of the library whose entries are shapes of curves, not laws of nature."""
MOST_PARAMETERS = 5
KNOWN_BITS = 1.0
"""-log2 of the prior probability that y follows a named law: as likely as all other formulas."""


@final
@dataclass(frozen=True)
class Named(Strategy):
    """Laws of :mod:`edgewise.laws`, the likeliest first.

    Attributes:
        work: most evaluations.
    """

    work: float = 2 * RATE

    def propose(self, problem: Problem, budget: Budget) -> Iterator[Candidate]:
        if problem.threshold is not None:
            return
        part = budget.part(evaluations=self.work)
        told = [*_list_told(problem)]
        choices = [law for law, _ in (*told, *list_choices(problem.inputs, sums_too=True))]
        whole = sum(map(weight_of, choices))
        shapes = math.log2(1 + sum(not weight_of(law) for law in choices))
        screen = Screen.of(problem.x, problem.y, problem.weight, part.spend)
        known = [law for law in every_law() if uses_only(law, problem.library)]
        for made in suggest_laws(screen, {law.name for law in known}, lambda: part.over, told):
            weight = weight_of(made.law)
            if weight:
                bits = math.log2(whole / weight) + KNOWN_BITS
            else:
                bits = formula_bits(made.tree, problem.inputs) + shapes
            yield Candidate(made.tree, made.law.title, prior_bits=bits)


def _list_told(problem: Problem) -> Iterator[tuple[Law, tuple[int, ...]]]:
    """The laws that the names of the columns tell, with the column of each input."""
    if problem.names:
        *names, output = problem.names
        yield from list_assignments(names, problem.x, output)


def weight_of(law: Law) -> float:
    """The weight of a law in the prior: its number of names, times 1/4 for each parameter.

    0 for curves that aren't laws of a science.
    """
    named = [w for w in LAWS.values() if law.name in (w.name, w.same_as) and is_of_science(w)]
    return sum(1 + len(w.also) for w in named) * 4.0 ** -len(law.parameters)


def is_of_science(law: Law) -> bool:
    """Whether an entry is a law of nature and not the shape of a curve.

    Sums of peaks, ratios and laws of many parameters fit anything smooth. These, and laws combined
    with another column, have the prior of an ordinary formula.
    """
    return law.name in LAWS and law.field not in SHAPES and len(law.parameters) <= MOST_PARAMETERS


def uses_only(law: Law, library: Library) -> bool:
    """Whether the law uses only functions of the library; with the full library always True."""
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
