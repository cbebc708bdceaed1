"""What may be claimed of equations of motion: of each by itself, and of all of them together.

All is judged on trajectories, as slopes carry the errors of interpolation or of smoothing, which a
search takes for parts of a formula. An equation is a law if it integrates to unseen data within
their noise and if it is probable: against every other formula that was found for its state, and
against a polynomial, which describes anything smooth. It is exact if data without noise are met as
closely as one can integrate, in many more digits than its numbers could buy.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from edgewise.discovery.calibration import LEAST_LAW
from edgewise.discovery.formula import Formula
from edgewise.discovery.result import Discovery
from edgewise.formula.data import Data
from edgewise.formula.exactness import DIGITS_EACH, rounding_fvu
from edgewise.formula.expression import Expression
from edgewise.formula.verdict import Verdict
from edgewise.ode.check import CLOSEST, Agreement
from edgewise.ode.choose import Fit, Rival
from edgewise.ode.forms import terms_of_form
from edgewise.ode.polynomial_baseline import describe_by_polynomial, is_polynomial
from edgewise.ode.slopes import Slopes

Array = NDArray[np.float64]

UNRESOLVED = 0.3
"""A smooth curve through the states must leave less than this fraction of their spread: else the
steps don't show how the states move in between, and slopes mean nothing."""


@dataclass(frozen=True)
class Odds:
    """How probable a formula is among those that compete for its state.

    Attributes:
        probability: 2^-length of its description over the sum of all.
        rival: the strongest competitor, as text; empty without one.
    """

    probability: float
    rival: str


def weigh_rivals(
    found: Discovery, tree: Expression, state: int, rivals: Sequence[Rival], slopes: Slopes
) -> Odds:
    """The odds of a formula against all other formulas that were integrated, and a polynomial.

    Formulas that only add terms to it aren't others: their terms are zero within their errors, or
    they would have won.
    """
    form = terms_of_form(tree)
    margins: dict[frozenset[str], tuple[float, str]] = {}
    for rival in rivals:
        other = terms_of_form(rival.tree)
        if rival.state == state and not form <= other:
            text = f"{found.output_name} = {replace(found.winner, tree=rival.tree)}"
            margins[other] = min(margins.get(other, (math.inf, "")), (rival.margin, text))
    if not is_polynomial(tree):
        margins[frozenset("polynomial")] = margin_of_polynomial(tree, state, slopes), "a polynomial"
    total = sum(2.0 ** -max(margin, -1000.0) for margin, _ in margins.values())
    return Odds(1 / (1 + total), min(margins.values(), default=(0.0, ""))[1])


def margin_of_polynomial(tree: Expression, state: int, slopes: Slopes) -> float:
    """Bits by which the best polynomial describes the slopes at greater length than a formula.

    What is smaller than the errors of the slopes themselves counts for neither.
    """
    y = slopes.y[:, state]
    variance = float(y.var()) or 1.0
    floor = max(rounding_fvu(y, variance), float(slopes.error[state]) ** 2 / variance)
    data = Data(slopes.x, y, slopes.weight[:, state], floor)
    return describe_by_polynomial(data) - data.judge(tree).length


def judge_equations(
    found: Sequence[Discovery],
    fit: Fit,
    slopes: Slopes,
    agreement: Agreement | None,
) -> list[Discovery]:
    """The discoveries with the chosen formulas, their constants fitted, as winners."""
    made = []
    first = len(fit.places) - len(found)
    for k, one in enumerate(found):
        state = first + k
        tree = fit.shot.system.trees[state]
        odds = weigh_rivals(one, tree, state, fit.rivals, slopes)
        # An acceleration is judged by the position that it moves.
        verdict = _judge_equation(tree, k, odds, agreement)
        made.append(_replace_winner(one, fit.places[state], tree, verdict))
    return made


def _judge_equation(
    tree: Expression, state: int, odds: Odds, agreement: Agreement | None
) -> Verdict:
    if agreement is None:
        return Verdict("approximation", "there are too few data to hold any out")
    distance, allowed = float(agreement.distance[state]), float(agreement.allowed[state])
    size = f"{distance:.1e} spreads where {allowed:.1e} is noise"
    if not distance <= allowed:
        return Verdict("approximation", f"unseen data are missed by {size}")
    if odds.probability < LEAST_LAW:
        reason = f"the data hardly tell it from {odds.rival}"
        return Verdict("approximation", reason, probability=odds.probability)
    closest = agreement.without_noise and distance <= CLOSEST
    if closest and has_digits(tree, distance):
        reason = f"integrated it meets unseen data within {distance:.1e} spreads"
        return Verdict("exact", reason, probability=odds.probability)
    reason = f"integrated it meets unseen data within {size}"
    return Verdict("law", reason, probability=odds.probability)


def has_digits(tree: Expression, distance: float) -> bool:
    """Whether unseen data are met in more digits than the formula's free numbers could buy.

    Args:
        distance: from the data, in spreads of the state.
    """
    numbers = tree.free_count
    return DIGITS_EACH * numbers <= -2 * math.log10(max(distance, 1e-16))


def _replace_winner(found: Discovery, place: int, tree: Expression, verdict: Verdict) -> Discovery:
    """A discovery with another winner, and what integration says of it."""
    form = terms_of_form(tree)
    chosen: Formula = found.winner if place < 0 else found.front[place]
    # A formula that lost a term may have become another one of the front.
    chosen = next(
        (f for f in [found.winner, *found.front] if terms_of_form(f.tree) == form), chosen
    )
    winner = replace(chosen, tree=tree)
    front = [winner if f is chosen else f for f in found.front]
    return replace(found, winner=winner, front=front, verdict=verdict, evidence=None)


def judge_system(
    equations: Sequence[Discovery],
    agreement: Agreement | None,
    roughness: Array,
    discrete: bool = False,
) -> Verdict:
    """The verdict on all equations together.

    Args:
        roughness: what a smooth curve, or the map itself, leaves of each state, in spreads.
        discrete: whether it is a map.
    """
    if agreement is None:
        return Verdict("approximation", equations[0].verdict.reason)
    if roughness.max() > UNRESOLVED and discrete:
        return Verdict("approximation", f"it leaves {roughness.max():.0%} of a state's spread")
    if roughness.max() > UNRESOLVED:
        return Verdict(
            "approximation",
            f"a smooth curve leaves {roughness.max():.0%} of a state's spread: the steps are too "
            "far apart, or too noisy, to show slopes (time='steps' looks for a map from one step "
            "to the next)",
        )
    probability = math.prod(d.verdict.probability or 0.0 for d in equations)
    unclaimed = [d for d in equations if not d.found]
    if unclaimed:
        reasons = dict.fromkeys(d.verdict.reason for d in unclaimed)
        return Verdict("approximation", "; ".join(reasons), probability=probability)
    worst = int(np.argmax(agreement.distance / agreement.allowed))
    size = f"{agreement.distance[worst]:.1e} spreads"
    if all(d.verdict.kind == "exact" for d in equations):
        reason = "from fresh states unseen data are met as closely as one can integrate"
        return Verdict("exact", f"{reason} ({size})", probability=probability)
    size += f" where {agreement.allowed[worst]:.1e} is noise"
    reason = f"from fresh states unseen data are met within {size}"
    return Verdict("law", reason, probability=probability)
