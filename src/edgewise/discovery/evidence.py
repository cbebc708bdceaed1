"""Measurements of a formula on the rows, by which the rules of a law decide."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import torch
from numpy.typing import NDArray

from edgewise.discovery.polynomial_baseline import describe_by_polynomial, is_polynomial
from edgewise.discovery.problem import Problem
from edgewise.discovery.selection import Scored
from edgewise.discovery.stability import SAME_NUMBER, stabilities
from edgewise.formula.data import Data
from edgewise.formula.expression import Apply, Expression, Number, Power
from edgewise.formula.numbers import snap
from edgewise.formula.program import Program, refit
from edgewise.search.evidence import explained_fraction

Array = NDArray[np.float64]

SIMPLE_BITS = 4.0
"""Exact numbers of at most this many bits, such as 2 or 1/2, count as not fitted."""
OUTER = 0.25
"""The fraction of rows farthest from the middle, on which a law fitted to the others must hold."""


@dataclass(frozen=True, eq=False)
class Evidence:
    """The winner and its measurements, each made when a rule first asks for it.

    Attributes:
        scored: all formulas of the front, the winner among them.
        numeric: the FVU of the best numeric model on unseen rows, None if there is none.
    """

    problem: Problem
    scored: list[Scored]
    winner: Scored
    numeric: float | None

    @property
    def tree(self) -> Expression:
        return self.winner.tree

    @property
    def fvu(self) -> float:
        """The fraction of the variance of unseen rows that the formula misses."""
        return self.winner.mse / self.problem.variance

    @property
    def rms(self) -> str:
        """The root mean square of what is missed, over the spread of y, as text."""
        return f"{self.fvu**0.5:.1e} of the spread"

    @cached_property
    def numbers(self) -> int:
        """Fitted numbers."""
        return sum(map(is_fitted, self.tree.numbers()))

    @cached_property
    def inner(self) -> int:
        """Fitted numbers within functions, powers and quotients."""
        return count_inner(self.tree)

    @cached_property
    def close_exponent(self) -> float | None:
        """A fitted exponent hardly off a simple one, which the rows tell from the simple one."""
        close = find_close_exponent(self.tree)
        if close is None:
            return None
        at = self.problem
        return find_close_exponent(snap(self.winner.fit, Data.of(at.x, at.y, at.weight)).tree)

    @cached_property
    def gain(self) -> float:
        """Bits by which the formula describes the rows more shortly than a constant."""
        constant = next((m for m in self.scored if not m.tree.inputs), None)
        return (0.0 if constant is None else constant.fit.length) - self.winner.fit.length

    @cached_property
    def beyond(self) -> tuple[float, float]:
        """See :func:`extrapolate`."""
        return extrapolate(self.problem, self.tree)

    @cached_property
    def shorter(self) -> float:
        """See :func:`gain_on_polynomial`."""
        return gain_on_polynomial(self.problem, self.tree)

    @cached_property
    def explained(self) -> float:
        """See :func:`explain_by_smooth`."""
        return explain_by_smooth(self.problem, self.tree)

    @cached_property
    def stability(self) -> tuple[float, list[Scored]]:
        """See :func:`edgewise.discovery.stability.stabilities`."""
        return stabilities(self.problem, self.scored, self.winner)


def gain_on_polynomial(problem: Problem, tree: Expression) -> float:
    """Bits by which a formula describes the rows more shortly than a polynomial of its inputs.

    Infinite for a polynomial itself.
    """
    if is_polynomial(tree):
        return math.inf
    some = problem.some_rows(1000)
    own = Data.of(some.x, some.y, some.weight).judge(tree).length
    used = sorted(tree.inputs)
    return describe_by_polynomial(Data.of(some.x[:, used], some.y, some.weight)) - own


def extrapolate(problem: Problem, tree: Expression) -> tuple[float, float]:
    """The mean square error on the outer rows after a fit to the inner ones, and its upper limit.

    Both are relative to the variance that noise and the standard errors of the numbers predict. A
    law holds beyond the rows that it was fitted to; a curve through the data doesn't.
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
    """Whether a number was fitted: free, or an exact one of many bits."""
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
    """Whether a power has a fitted exponent, or one such as 1/3 over a function.

    The third root of a cosine is one choice among many, too; a power of exp is only another exp.
    """
    exponent = node.exponent
    if not isinstance(exponent, Number):
        return False
    power_of_exp = isinstance(node.base, Apply) and node.base.function.name == "exp"
    curve = any(isinstance(part, Apply) for part in node.base.walk()) and not power_of_exp
    return is_fitted(exponent) or (curve and (2 * exponent.value) % 1 != 0)


def has_fitted_power(tree: Expression) -> bool:
    """Whether a formula contains a fitted power."""
    return any(isinstance(node, Power) and is_fitted_power(node) for node in tree.walk())


def find_close_exponent(tree: Expression) -> float | None:
    """A fitted exponent that nearly is a multiple of 1/2, such as 2.0071; None if there is none."""
    for node in tree.walk():
        if isinstance(node, Power) and isinstance(node.exponent, Number):
            value = node.exponent.value
            off = abs(value - round(2 * value) / 2)
            if node.exponent.exact is None and 1e-9 < off <= SAME_NUMBER:
                return value
    return None


def explain_by_smooth(problem: Problem, tree: Expression) -> float:
    """The fraction of the residuals that kernel ridge regression predicts, by leave-one-out."""
    residual = problem.y - Program(tree).values(problem.x)
    x, r = torch.from_numpy(problem.x), torch.from_numpy(residual[:, None].copy())
    return explained_fraction(x, r)
