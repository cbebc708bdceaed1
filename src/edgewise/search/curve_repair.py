"""Repair a formula that is nearly right in one curve: open it there, fit the curve and name it.

:mod:`.curve_openings` lists where a formula may be wrong. The curves with which it could be
described shortest are fitted with all numbers, and named (:mod:`.curve_formulas`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from edgewise.formula.data import Data, Fit
from edgewise.formula.expression import Expression
from edgewise.formula.library import Library
from edgewise.search.budget import Budget
from edgewise.search.curve_formulas import CurveRows
from edgewise.search.curve_openings import (
    Argument,
    Opening,
    least_length,
    linearise,
    open_best,
    widen,
)
from edgewise.search.explore import refit_variants

ROUNDS = 5
"""Most rounds of the fit of a curve."""
NO_GAIN, BETTER = 0.9, 0.05
"""A fit ends when a round leaves this fraction of the errors; a curve that leaves no more than the
second fraction explains what the formula doesn't."""
SHARES = (1.0, 0.5, 0.2)
"""Parts of a step that are tried: the formula isn't linear in the curve."""
NAMED, EACH = 3, 3
"""Openings whose curves are named, and formulas of each curve."""
LISTING, PRICE, NAMING = 20, 100, 5000
"""Evaluations that the openings of one argument cost, those that fitting a curve costs, and most
evaluations for its formulas."""


@dataclass(frozen=True, eq=False)
class Opened:
    """An opening with its curve and its numbers fitted, and the rows of the curve.

    Attributes:
        length: the description length that the formula can have, at least, once the curve has a
            name.
    """

    tree: Expression
    of: Argument
    fvu: float
    length: float
    rows: CurveRows


def fit_curve(opening: Opening, data: Data) -> Opened | None:
    """The opening with its curve and its numbers fitted in turns; None if that fails."""
    basis, curve = opening.of.basis, opening.start
    fit = widen(data, curve).measure(opening.tree)
    for _ in range(ROUNDS):
        around = linearise(fit.tree, data, curve)
        if around is None:
            return None
        at, slope = around
        step, before = basis @ at.step(slope, basis)[0], fit.fvu
        for share in SHARES:
            better = widen(data, curve + share * step).fit(fit.tree, steps=4)
            if better.fvu < before:
                fit, curve = better, curve + share * step
                break
        if not fit.fvu < NO_GAIN * before:
            break
    around = linearise(fit.tree, data, curve)
    if around is None:
        return None
    at, slope = around
    missed, error = data.y - at.values[-1], fit.fvu * data.variance
    rows = CurveRows.of(curve, slope, missed, data.weights, error, opening.of.values)
    length = least_length(data.bits_of(fit.tree), fit.fvu, data)
    return Opened(fit.tree, opening.of, fit.fvu, length, rows)


def repair_curves(
    fits: Sequence[Fit],
    arguments: Sequence[Argument],
    data: Data,
    library: Library,
    budget: Budget,
    *,
    best: Fit,
    reach: float = 16.0,
    shorten: bool = True,
) -> Iterator[Fit]:
    """Formulas with one part replaced or extended by a formula of one argument, refitted.

    All formulas are opened before a curve is named: a short formula with one curve may describe the
    rows better than a long formula that is nearer to them.

    Args:
        arguments: of :func:`list_arguments`.
        best: the formula with the shortest description so far.
        shorten: whether parts are named, too, that fit but have more numbers than a name needs.
    """
    opened = [
        one
        for one in _fit_openings(fits, arguments, data, budget, best.length)
        if one.length < best.length and (shorten or one.fvu < BETTER * best.fvu)
    ]
    opened.sort(key=lambda one: one.length)
    for each in opened[:NAMED]:
        part = budget.part(evaluations=NAMING)
        for name in each.rows.name(each.of.values, library, part, reach=reach, keep=EACH):
            named = name.tree.substitute({0: each.of.tree})
            tree = each.tree.substitute({data.x.shape[1]: named})
            for repaired in refit_variants(tree, data, budget):
                yield repaired
                if data.is_exact(repaired):
                    return
        if budget.over:
            return


def _fit_openings(
    fits: Sequence[Fit],
    arguments: Sequence[Argument],
    data: Data,
    budget: Budget,
    longest: float,
) -> Iterator[Opened]:
    """The best openings of each formula, fitted, as long as the budget lasts."""
    for fit in fits:
        if budget.over:
            return
        budget.spend(LISTING * len(arguments))
        for opening in open_best(fit, data, arguments, longest):
            fitted = None if budget.over else fit_curve(opening, data)
            budget.spend(PRICE)
            if fitted is not None:
                yield fitted
