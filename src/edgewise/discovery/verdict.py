"""What may be said of the winner: whether its formula is exact, a law or an approximation."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from edgewise.discovery.evidence import explain_by_smooth
from edgewise.discovery.formula import Verdict
from edgewise.discovery.function_swaps import fit_neighbours, free_numbers
from edgewise.discovery.polynomial_baseline import describe_by_polynomial, is_polynomial
from edgewise.discovery.problem import Problem
from edgewise.discovery.selection import Scored
from edgewise.formula.data import Data
from edgewise.formula.exactness import LEAST_R2, MOST_EXPLAINED, exact_reason, is_worse
from edgewise.formula.expression import (
    Apply,
    Expression,
    Number,
    Power,
    Product,
    factors_of,
    free,
    split_number,
)
from edgewise.formula.forms import form_of
from edgewise.formula.numbers import snap
from edgewise.formula.program import Program, refit

Array = NDArray[np.float64]

MOST_WEIGHT, NUMBER_WEIGHT, MOST_NUMBERS, MOST_INNER = 36, 3, 7, 2
"""Nodes of a law, each fitted number counting so much more; fitted numbers, and those within
functions and powers: with more, anything smooth is fitted as well. A fitted exponent stands alone:
with another number beside it, powers imitate most curves."""
CLEAR = 2e-3
"""The FVU up to which a law may hold fitted numbers within functions."""
CHANCE_BITS = 24
"""A search tries millions of formulas: by so many bits the best of them beats noise by chance."""
GENERIC_BITS = 8.0
"""How much shorter than a polynomial's a law's description must be. By chance a wrong form is so
short once in 2^8 searches, which is less than .5 %."""
LEAST_STABLE, RESAMPLES = 0.95, 20
"""The part of so many bootstrap resamples that has to give the form of a law."""
LUCK = 0.5 * math.log2(math.e)
"""Bits that a superfluous number gains by chance more in resampled rows than in the rows, where
it gains as much: resampling doubles the noise that can be fitted."""
NEAR_BITS, MOST_NEAR = 30.0, 16
"""How much longer than the winner's a neighbour's description may be, and how many are rivals:
30 bits are more than resampling ever turns around."""
SAME = 3e-3
"""Two formulas that differ by less, in units of what the winner leaves, are one: numbers of 1,000
rows alone are off by 0.03."""
SAME_NUMBER = 0.02
"""By how much exponents and factors within functions of one form may differ: in resamples a fitted
0.4995 often beats 1/2, and exp(-0.9996*x) beats exp(-x)."""
SIMPLE_BITS = 4.0
"""Bits up to which an exact number is one that short formulas have by themselves."""
OUTER = 0.25
"""Part of the rows, those farthest out, on which a law fitted to the others must hold."""


@dataclass(frozen=True)
class Judgement:
    """The verdict with what it rests on."""

    verdict: Verdict
    alternatives: list[Scored]


def judge(
    problem: Problem, scored: list[Scored], winner: Scored, numeric: float | None
) -> Judgement:
    """What may be said of the winner.

    Args:
        numeric: the FVU of the best numeric model on unseen rows, None if there is
            none.
    """
    numbers = sum(map(is_fitted, winner.tree.numbers()))
    fvu = winner.mse / problem.variance
    if not winner.tree.inputs:
        return _approximation("no formula of the inputs predicts better than a constant")
    if winner.fit.is_exact(problem.exact_fvu):
        return Judgement(Verdict("exact", exact_reason(winner.fit.fvu)), [])
    if not 1 - fvu >= LEAST_R2:
        return _approximation(f"it explains {max(0.0, 1 - fvu):.1%} of the variance only")
    if winner.is_plain:
        return _approximation(f"it is a {winner.source}, fitted to the data")
    inner = count_inner(winner.tree)
    weight = winner.tree.size + NUMBER_WEIGHT * numbers
    most_inner = 1 if has_fitted_power(winner.tree) else MOST_INNER
    if weight > MOST_WEIGHT or numbers > MOST_NUMBERS or inner > most_inner:
        return _approximation(
            f"with {winner.tree.size} nodes and {numbers} fitted numbers, {inner} of them within "
            "functions, it is a curve through the data"
        )
    close = find_close_exponent(winner.tree)
    if close is not None:  # perhaps only because it isn't written as the simple one yet
        simple = snap(winner.fit, Data.of(problem.x, problem.y, problem.weight))
        close = find_close_exponent(simple.tree)
    if close is not None:
        return _approximation(
            f"its exponent {close:.5g} is nearly a simple one and still another: laws have no such"
        )
    mean = next((m for m in scored if not m.tree.inputs), None)
    gain = (0.0 if mean is None else mean.fit.length) - winner.fit.length
    if gain < CHANCE_BITS:
        return _approximation("chance alone may give as much on so few rows")
    if inner and fvu > CLEAR:
        return _approximation(
            f"with so much noise ({fvu**0.5:.1e} of the spread) other functions with a number of "
            "their own fit as well"
        )
    if numeric is not None and is_worse(fvu, numeric):
        return _approximation(
            f"it leaves {fvu:.2e} of the variance, the best numeric model {numeric:.2e}"
        )
    beyond, expected = extrapolate(problem, winner.tree)
    if not beyond <= expected:
        return _approximation(
            f"fitted to the inner rows it misses the outer ones {math.sqrt(beyond):.1f} times as "
            "much as its own errors explain"
        )
    shorter = gain_on_polynomial(problem, winner.tree)
    if shorter < GENERIC_BITS:
        return _approximation(
            "a polynomial describes the rows nearly as shortly, so other formulas of this length "
            "may, too"
        )
    explained = explain_by_smooth(problem, winner.tree)
    if explained > MOST_EXPLAINED:
        return _approximation(
            f"what it leaves ({fvu**0.5:.1e} of the spread) isn't noise: a smooth function of the "
            f"inputs predicts {min(explained, 1):.0%} of it"
        )
    stability, others = stabilities(problem, scored, winner)
    if stability < LEAST_STABLE:
        return Judgement(
            Verdict(
                "approximation",
                f"only {stability:.0%} of resamples of the rows give this form",
                stability,
            ),
            others,
        )
    return Judgement(
        Verdict(
            "law",
            f"what it leaves ({fvu**0.5:.1e} of the spread) looks like noise, and {stability:.0%} "
            "of resamples of the rows give this form",
            stability,
        ),
        others,
    )


def gain_on_polynomial(problem: Problem, tree: Expression) -> float:
    """How many bits shorter a formula describes rows than a polynomial of its inputs.

    Infinite for a polynomial itself, which is no curve that happens to be near.
    """
    if is_polynomial(tree):
        return math.inf
    some = problem.some_rows(1000)
    own = Data.of(some.x, some.y, some.weight).judge(tree).length
    used = sorted(tree.inputs)
    return describe_by_polynomial(Data.of(some.x[:, used], some.y, some.weight)) - own


def extrapolate(problem: Problem, tree: Expression) -> tuple[float, float]:
    """The mean square on outer rows by a fit to the inner ones, and what it may be at most.

    Both in units of what noise and the numbers' own errors lead one to expect. A law holds beyond
    the rows that it was fitted to; a curve through the data doesn't.
    """
    some = problem.some_rows(1000)
    spread = np.argsort(np.argsort(some.x, axis=0), axis=0) / (some.rows - 1) - 0.5
    distance = np.abs(spread)[:, sorted(tree.inputs)].max(1)
    inner = distance <= np.quantile(distance, 1 - OUTER)
    if inner.all() or not inner.any():
        return 1.0, 1.0
    weight = np.ones(some.rows) if some.weight is None else some.weight
    made = refit(tree, some.x[inner], some.y[inner], weight[inner], steps=30).tree
    program = Program(made)
    values, jacobian = program.values_and_jacobian(some.x)
    residual = (some.y - values) * np.sqrt(weight)
    if not np.isfinite(residual).all() or not np.isfinite(jacobian).all():
        return math.inf, 1.0
    freedom = max(int(inner.sum()) - len(program.free), 1)
    noise = float(np.square(residual[inner]).sum()) / freedom
    expected = np.ones(int((~inner).sum()))
    if program.free:
        scaled = jacobian * np.sqrt(weight)[:, None]
        _, r = np.linalg.qr(scaled[inner])
        solved = np.linalg.lstsq(r.T, scaled[~inner].T, rcond=1e-10)[0]
        expected = expected + np.square(solved).sum(0)
    ratio = float(np.mean(np.square(residual[~inner]) / expected)) / max(noise, 1e-300)
    return ratio, 1 + 4 * math.sqrt(2 / len(expected))


def is_fitted(number: Number) -> bool:
    """Whether a number is none that a short formula is likely to have by itself."""
    constant = number.exact
    return constant is None or constant.bits > SIMPLE_BITS


def count_inner(tree: Expression, within: bool = False) -> int:
    """Fitted numbers within functions, powers and quotients."""
    if isinstance(tree, Number):
        return int(within and is_fitted(tree))
    if isinstance(tree, Power) and is_fitted_power(tree):
        return count_inner(tree.base, True) + 1
    deeper = within or isinstance(tree, (Apply, Power))
    return sum(count_inner(part, deeper) for part in tree.parts)


def is_fitted_power(node: Power) -> bool:
    """Whether its exponent is a fitted number, or one such as 1/3 of what holds a function.

    The third root of a cosine is a choice among many, too; powers of exp are exp of something.
    """
    exponent = node.exponent
    if not isinstance(exponent, Number):
        return False
    power_of_exp = isinstance(node.base, Apply) and node.base.function.name == "exp"
    curve = any(isinstance(part, Apply) for part in node.base.walk()) and not power_of_exp
    return is_fitted(exponent) or (curve and (2 * exponent.value) % 1 != 0)


def has_fitted_power(tree: Expression) -> bool:
    """Whether a part is a fitted power."""
    return any(isinstance(node, Power) and is_fitted_power(node) for node in tree.walk())


def find_close_exponent(tree: Expression) -> float | None:
    """A fitted exponent that is hardly off a multiple of 1/2, such as 2.0071."""
    for node in tree.walk():
        if isinstance(node, Power) and isinstance(node.exponent, Number):
            value = node.exponent.value
            off = abs(value - round(2 * value) / 2)
            if node.exponent.exact is None and 1e-9 < off <= SAME_NUMBER:
                return value
    return None


def _approximation(reason: str) -> Judgement:
    return Judgement(Verdict("approximation", reason), [])


def stabilities(
    problem: Problem, scored: list[Scored], winner: Scored
) -> tuple[float, list[Scored]]:
    """The part of bootstrap resamples in which the winner has the shortest description.

    Its rivals are the others on the front and its own neighbours. Behind it come the other forms
    that win some.
    """
    some = problem.some_rows(1000)
    rivals = _list_rivals(some, scored, winner)
    data = Data.of(some.x, some.y, some.weight)
    # A form with other numbers in it than the exact ones of the winner has that form, too.
    loose = data.fit(free_numbers(winner.tree)).tree
    twins = [Program(t).values(some.x) for t in (winner.tree, loose)]
    least = SAME * float(np.sqrt(np.mean(np.square(some.y - twins[0]))))
    same = [
        m is winner
        or _is_same(m.tree, winner.tree, some.x, twins, least)
        or _has_its_numbers(m.tree, winner.tree, some.x, least)
        for m in rivals
    ]
    wins = np.zeros(len(rivals))
    generator = problem.generator(3)
    for _ in range(RESAMPLES):
        rows = generator.integers(0, some.rows, some.rows)
        weight = None if some.weight is None else some.weight[rows]
        data = Data(some.x[rows], some.y[rows], weight)
        fits = [data.fit(m.tree, steps=5) for m in rivals]
        lengths = [f.length + LUCK * sum(n.exact is None for n in f.tree.numbers()) for f in fits]
        wins[int(np.argmin(lengths))] += 1
    others = [m for m, won, equal in zip(rivals, wins, same, strict=True) if won and not equal]
    return float(wins[same].sum()) / RESAMPLES, others


def _list_rivals(some: Problem, scored: list[Scored], winner: Scored) -> list[Scored]:
    """The shortest of the front, and of the winner's neighbours those that come near."""
    rivals = sorted(scored, key=lambda m: m.fit.length)[:8]
    if all(m is not winner for m in rivals):
        rivals.append(winner)
    data = Data.of(some.x, some.y, some.weight)
    limit = data.judge(winner.tree).length + NEAR_BITS
    near = [f for f in fit_neighbours(winner.tree, data, some.library) if f.length <= limit]
    near.sort(key=lambda f: f.length)
    return [*rivals, *(Scored(f, "neighbour") for f in near[:MOST_NEAR])]


def _is_same(
    tree: Expression, other: Expression, x: Array, twins: list[Array], least: float
) -> bool:
    """Whether two formulas have the same form, or the same values but for less than noise shows.

    Args:
        twins: values of the other, with its own and with refitted numbers.
    """
    if form_of(tree) == form_of(other):
        return True
    with np.errstate(all="ignore"):
        values = Program(tree).values(x)
        return any(np.sqrt(np.mean(np.square(values - twin))) <= least for twin in twins)


def _has_its_numbers(tree: Expression, other: Expression, x: Array, least: float) -> bool:
    """Whether a formula is the other one but for slightly different exponents and inner factors.

    The other, all its numbers free, is fitted to the values of the first.
    """
    start = _free_inner(free_numbers(other))
    before = _inner_numbers(start)
    if not before:
        return False
    with np.errstate(all="ignore"):
        values = Program(tree).values(x)
        if not np.isfinite(values).all():
            return False
        found = refit(start, x, values, np.ones(len(x)), steps=10).tree
        off = float(np.sqrt(np.mean(np.square(Program(found).values(x) - values))))
    moved = zip(_inner_numbers(found), before, strict=True)
    return off <= least and all(abs(a - b) <= SAME_NUMBER * max(1, abs(b)) for a, b in moved)


def _free_inner(tree: Expression) -> Expression:
    """The tree with fitted exponents, and a fitted factor in each function."""
    parts = [_free_inner(part) for part in tree.parts]
    if isinstance(tree, Power) and isinstance(tree.exponent, Number) and tree.exponent.value != -1:
        return Power(parts[0], free(tree.exponent.value))
    if isinstance(tree, Apply):
        number, rest = split_number(parts[0])
        parts = [Product((free(number.value), *factors_of(rest)))]
    return tree.rebuild(parts) if parts else tree


def _inner_numbers(tree: Expression) -> list[float]:
    """The exponents, and the factors within functions, in the order of the tree."""
    found = []
    for node in tree.walk():
        if isinstance(node, Power) and isinstance(node.exponent, Number):
            found.append(node.exponent.value)
        elif isinstance(node, Apply):
            found.append(split_number(node.argument)[0].value)
    return found
