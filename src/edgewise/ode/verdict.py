"""The verdict on equations of motion: on each equation, and on all of them together.

Equations are judged on trajectories, because slopes contain errors of interpolation or smoothing.
An equation is a law if two conditions hold: it integrates to unseen data within their noise, and it
is probable against the other formulas found for its state and against a polynomial, which describes
anything smooth. It is exact if it agrees with noise-free data to the accuracy of integration, in
many more digits than its fitted numbers could explain.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from edgewise._arrays import Array
from edgewise.discovery.calibration import LEAST_LAW
from edgewise.discovery.formula import Formula
from edgewise.discovery.result import Discovery
from edgewise.formula.data import Data
from edgewise.formula.exactness import DIGITS_EACH, rounding_fvu
from edgewise.formula.expression import Expression, split_number, terms_of
from edgewise.formula.forms import form_of
from edgewise.formula.rewrite_sums import expand
from edgewise.formula.verdict import Verdict, refuse_unclaimed
from edgewise.ode.check import CLOSEST, Agreement
from edgewise.ode.choose import ChosenSystem, Rival
from edgewise.ode.polynomial_baseline import describe_by_polynomial, is_polynomial
from edgewise.ode.slopes import Slopes
from edgewise.ode.trajectories import TOO_FEW

UNRESOLVED = 0.3
"""Largest residual of a smooth curve through the states, in standard deviations. With larger ones
the steps don't resolve the motion, and slopes are meaningless."""

REST = 1e-12
"""Largest range of a state that rests, relative to its size: rounding errors."""
NOISE_RANGE = 2.0
"""Largest range of the smooth curve through a state that rests, in standard deviations of its
noise."""


@dataclass(frozen=True)
class Odds:
    """The probability of a formula among all candidates for its state.

    Attributes:
        probability: 2^-length of its description, divided by the sum over all candidates.
        rival: the strongest competitor, as text; empty without one.
    """

    probability: float
    rival: str


def weigh_rivals(
    found: Discovery, tree: Expression, state: int, rivals: Sequence[Rival], slopes: Slopes
) -> Odds:
    """The odds of a formula against all other formulas that were integrated, and a polynomial.

    Formulas that only add terms to it don't count: if the terms weren't 0 within their errors,
    these formulas would have been chosen.
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


def terms_of_form(tree: Expression) -> frozenset[str]:
    """The terms of the expanded formula without factors, its free numbers replaced; none of 0."""
    expanded = terms_of(tree.replace(lambda node: next(expand(node), None)))
    parts = [split_number(term) for term in expanded]
    return frozenset(form_of(rest, exact="all") for factor, rest in parts if factor.value)


def margin_of_polynomial(tree: Expression, state: int, slopes: Slopes) -> float:
    """Bits by which a formula's description of the slopes is shorter than the best polynomial's.

    Residuals below the errors of the slopes count as these errors for both.
    """
    y = slopes.y[:, state]
    variance = float(y.var()) or 1.0
    floor = max(rounding_fvu(y, variance), float(slopes.error[state]) ** 2 / variance)
    data = Data(slopes.x, y, slopes.weight[:, state], floor)
    return describe_by_polynomial(data) - data.measure(tree).length


def judge_equations(
    found: Sequence[Discovery],
    fit: ChosenSystem,
    slopes: Slopes,
    agreement: Agreement | None,
) -> list[Discovery]:
    """The discoveries with the chosen formulas and fitted constants as winners."""
    made = []
    first = len(fit.places) - len(found)
    for k, one in enumerate(found):
        state = first + k
        tree = fit.shot.system.trees[state]
        odds = weigh_rivals(one, tree, state, fit.rivals, slopes)
        # An acceleration is judged by its position.
        verdict = _judge_equation(tree, k, odds, agreement)
        if is_at_rest(slopes, k):
            name = one.input_names[k]
            reason = f"{name} keeps one value, as it does at a point of rest of any equation"
            verdict = Verdict("approximation", reason)
        made.append(_replace_winner(one, fit.places[state], tree, verdict))
    return made


def is_at_rest(slopes: Slopes, state: int) -> bool:
    """Whether a state has one value at all times of all trajectories, up to its noise."""
    values = slopes.x[:, state]
    rounding = REST * float(np.abs(values).max())
    return float(np.ptp(values)) <= max(NOISE_RANGE * float(slopes.noise[state]), rounding)


def _judge_equation(
    tree: Expression, state: int, odds: Odds, agreement: Agreement | None
) -> Verdict:
    if agreement is None:
        return Verdict("approximation", TOO_FEW)
    distance, allowed = float(agreement.distance[state]), float(agreement.allowed[state])
    size = f"{distance:.1e} standard deviations, and noise explains {allowed:.1e}"
    if not distance <= allowed:
        return Verdict("approximation", f"its error on unseen data is {size}")
    if odds.probability < LEAST_LAW:
        reason = f"another formula fits the data about as well: {odds.rival}"
        return Verdict("approximation", reason, probability=odds.probability)
    closest = agreement.without_noise and distance <= CLOSEST
    if closest and has_digits(tree, distance):
        reason = f"integrated, its error on unseen data is {distance:.1e} standard deviations"
        return Verdict("exact", reason, probability=odds.probability)
    reason = f"integrated, its error on unseen data is {size}"
    return Verdict("law", reason, probability=odds.probability)


def has_digits(tree: Expression, distance: float) -> bool:
    """Whether a formula agrees with unseen data to more digits than its free numbers could explain.

    Args:
        distance: the distance from the data, in standard deviations of the state.
    """
    numbers = tree.free_count
    return DIGITS_EACH * numbers <= -2 * math.log10(max(distance, 1e-16))


def _replace_winner(found: Discovery, place: int, tree: Expression, verdict: Verdict) -> Discovery:
    """A discovery with another winner and its verdict."""
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
    discrete: bool,
) -> Verdict:
    """The verdict on all equations together.

    Args:
        roughness: for each state, the residuals of a smooth curve, or of the map itself, in
            standard deviations.
    """
    if agreement is None:
        return Verdict("approximation", equations[0].verdict.reason)
    if roughness.max() > UNRESOLVED and discrete:
        missed = f"its error is {roughness.max():.0%} of a state's standard deviation"
        return Verdict("approximation", missed)
    if roughness.max() > UNRESOLVED:
        return Verdict(
            "approximation",
            f"a smooth curve misses a state by {roughness.max():.0%} of its standard deviation: "
            "the steps are too far apart, or too noisy, to show slopes (time='steps' searches for "
            "a map from one step to the next)",
        )
    probability = math.prod(d.verdict.probability or 0.0 for d in equations)
    refused = refuse_unclaimed({d.output_name: d.verdict for d in equations}, probability)
    if refused is not None:
        return refused
    worst = int(np.argmax(agreement.distance / agreement.allowed))
    size = f"{agreement.distance[worst]:.1e} standard deviations"
    if all(d.verdict.kind == "exact" for d in equations):
        reason = "simulations agree with unseen data to the accuracy of integration"
        return Verdict("exact", f"{reason} ({size})", probability=probability)
    size += f", and noise explains {agreement.allowed[worst]:.1e}"
    reason = f"the error of simulations on unseen data is {size}"
    return Verdict("law", reason, probability=probability)
