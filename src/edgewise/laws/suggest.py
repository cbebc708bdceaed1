"""Suggest named laws for rows: try all laws of the library on all choices of columns.

A grid of start values ranks every law on every choice of columns; the best are then fitted.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain, permutations

import numpy as np

from edgewise._arrays import Array
from edgewise.data.rows import fill_weight, pick_evenly, weighted_variance
from edgewise.formula.expression import Expression, Input
from edgewise.laws.fit import guess_growing
from edgewise.laws.law import Law, Parameter
from edgewise.laws.library import LAWS, get
from edgewise.laws.noise import Normal
from edgewise.laws.solve import FitProblem, solve
from edgewise.laws.start import Guesses, guess_law, spread_out

SCREENED_ROWS = 300
"""Most rows on which laws are compared."""
GRID_COST, DESCENT_COST = 10, 1
"""Evaluations that one grid, and one step of a descent, count in a search's budget."""
BEGUN, FIRST_STEPS = 110, 7
"""Laws for which a descent is started, and its evaluations."""
DESCENTS, STEPS = 24, 25
"""Laws for which the descent is continued, and its evaluations."""
OFFERED = 14
"""Most laws that are suggested."""
GAIN = 6.0
"""Bits that each further peak must save in the description of the rows."""
FRAMED = (
    *("exponential", "exponential_offset", "saturating_exponential", "michaelis_menten", "hill"),
    *("logistic", "gompertz", "arrhenius", "gaussian_peak", "lorentzian_peak", "sine_offset"),
    *("damped_oscillation", "logarithm", "power_law", "power_law_offset", "bilinear", "malus"),
    *("stretched_exponential", "power_exponential", "reciprocal_line", "gaussian_beam"),
)
"""Laws of one input that are also tried times, over, or plus a multiple of another column."""
FRAMES = ("times", "over", "plus")


@dataclass(frozen=True, eq=False)
class SuggestedLaw:
    """A law on some columns, fitted roughly.

    Attributes:
        columns: the column that each input of the law stands for.
        theta: its parameters.
        fvu: the fraction of y's variance unexplained.
    """

    law: Law
    columns: tuple[int, ...]
    theta: Array
    fvu: float

    @property
    def tree(self) -> Expression:
        """The law as a formula of the rows' columns."""
        tree = self.law.curve.with_numbers(self.theta)
        return tree.substitute({k: Input(c) for k, c in enumerate(self.columns)})

    def length(self, rows: int) -> float:
        """The description length in bits: residuals and numbers."""
        fvu = max(self.fvu, 1e-30)
        return 0.5 * math.log2(fvu) * rows + 0.5 * math.log2(rows) * len(self.theta)


@dataclass(frozen=True, eq=False)
class Screen:
    """The rows on which laws are tried.

    Shape:
        x: (rows, in); y, weight: (rows,)
    """

    x: Array
    y: Array
    weight: Array
    spend: Callable[[int], None]

    @classmethod
    def of(
        cls,
        x: Array,
        y: Array,
        weight: Array | None,
        spend: Callable[[int], None],
        most: int = SCREENED_ROWS,
    ) -> Screen:
        """A screen with at most `most` of the rows."""
        picked = pick_evenly(len(y), most)
        return cls(x[picked], y[picked], fill_weight(weight, len(y))[picked], spend)

    @property
    def variance(self) -> float:
        return weighted_variance(self.y, self.weight) or 1.0

    def rows(self, law: Law, columns: Sequence[int]) -> FitProblem:
        """The rows with the columns in the order of the law's inputs."""
        with np.errstate(divide="ignore"):
            sigma = 1 / np.sqrt(np.maximum(self.weight, 1e-12))
        x = self.x[:, list(columns)]
        return FitProblem(law.curve, Normal(sigma), x, self.y, law.lower, law.upper)

    def guess(self, law: Law, columns: Sequence[int], smaller: Guesses | None = None) -> Guesses:
        """Start values, with the fraction of y's variance that each leaves unexplained."""
        self.spend(GRID_COST)
        rows = self.rows(law, columns)
        with np.errstate(all="ignore"):
            guesses = guess_growing(law, rows) if smaller is None else guess_law(law, rows, smaller)
            missed = guesses.missed * (np.square(self.y) @ self.weight)
        return Guesses(guesses.theta, missed / (self.weight.sum() * self.variance))

    def descend(
        self, law: Law, columns: Sequence[int], starts: Array, most: int = STEPS
    ) -> SuggestedLaw | None:
        """The best fit of a law from a few start values."""
        rows = self.rows(law, columns)
        self.spend(DESCENT_COST * most * len(starts))
        with np.errstate(all="ignore"):
            coarse = most <= STEPS
            found = [solve(rows, t, most=most, coarse=coarse, projected=coarse) for t in starts]
        best = min(found, key=lambda s: s.cost, default=None)
        if best is None or not math.isfinite(best.cost):
            return None
        fvu = best.cost / (self.weight.sum() * self.variance)
        return SuggestedLaw(law, tuple(columns), law.settle(best.theta), float(fvu))


def every_law() -> list[Law]:
    """The laws of the library, and their combinations with another column."""
    return [*LAWS.values(), *(framed(name, frame) for name in FRAMED for frame in FRAMES)]


def suggest_laws(
    screen: Screen,
    allowed: Collection[str],
    is_over: Callable[[], bool],
    told: Iterable[tuple[Law, tuple[int, ...]]],
) -> Iterator[SuggestedLaw]:
    """Suggest laws that the rows may follow, the best first.

    Args:
        allowed: names of the laws to try.
        is_over: a function that says when to stop.
        told: laws that the names of the columns tell, with the column of each input.
    """
    every = chain(told, list_choices(screen.x.shape[1]))
    choices = (c for c in every if c[0].name in allowed)
    found = fit_choices(screen, choices, is_over)
    if screen.x.shape[1] == 1 and not is_over():
        found += _suggest_sums(screen, allowed, is_over)
    yield from _distinct(sorted(found, key=lambda s: s.length(len(screen.y))))[:OFFERED]


def fit_choices(
    screen: Screen,
    choices: Iterable[tuple[Law, tuple[int, ...]]],
    is_over: Callable[[], bool],
    hopeless: float = math.inf,
) -> list[SuggestedLaw]:
    """Fit the choices that look best after a grid and a few steps of a descent.

    Args:
        hopeless: the FVU above which a descent isn't continued.
    """
    rows, tried, begun, found = len(screen.y), [], [], []
    for law, columns in choices:
        if is_over():
            break
        guesses = screen.guess(law, columns) if len(law.parameters) < rows else None
        if guesses is not None and len(guesses.theta):
            numbers = len(law.parameters) * 0.5 * math.log2(rows)
            rank = 0.5 * rows * math.log2(max(guesses.missed[0], 1e-30)) + numbers
            tried.append((rank, law, columns, guesses))
    tried.sort(key=lambda t: t[0])
    for _, law, columns, guesses in tried[:BEGUN]:
        if is_over():
            break
        made = screen.descend(law, columns, spread_out(guesses, 2).theta, most=FIRST_STEPS)
        if made is not None and made.fvu <= hopeless:
            begun.append(made)
    for first in sorted(begun, key=lambda s: s.length(rows))[:DESCENTS]:
        made = screen.descend(first.law, first.columns, first.theta[None])
        found.append(first if made is None else made)
    return found


def list_choices(
    inputs: int, *, framed_too: bool = True, sums_too: bool = False
) -> Iterator[tuple[Law, tuple[int, ...]]]:
    """Every law with this number of inputs, on every order of the columns.

    Args:
        framed_too: whether to add laws of fewer inputs combined with another column.
        sums_too: whether to add sums of peaks.
    """
    for law in LAWS.values():
        if len(law.inputs) != inputs or law.same_as:
            continue
        if sums_too or not _is_sum(law):
            orders = permutations(range(inputs))
            yield from ((law, o) for o in ([tuple(range(inputs))] if law.by_logs else orders))
    if inputs == 2 and framed_too:
        for name in FRAMED:
            for frame in FRAMES:
                yield from ((framed(name, frame), order) for order in permutations(range(2)))


def _is_sum(law: Law) -> bool:
    """Whether it is one of the sums of peaks."""
    return bool(law.alike) and law.name.split("_")[0] in ("one", "two", "three")


def _suggest_sums(
    screen: Screen, allowed: Collection[str], is_over: Callable[[], bool]
) -> list[SuggestedLaw]:
    """Fit sums of one, two and three peaks on each background, while another peak helps."""
    found, rows = [], len(screen.y)
    sums = [law for law in LAWS.values() if _is_sum(law) and not law.grows_from]
    for law in [law for law in sums if law.name in allowed]:
        smaller: SuggestedLaw | None = None
        while not is_over() and len(law.parameters) < len(screen.y):
            before = None
            if smaller is not None:
                before = Guesses(smaller.theta[None], np.array([smaller.fvu]))
            guesses = screen.guess(law, (0,), before)
            made = screen.descend(law, (0,), spread_out(guesses, 2).theta)
            if made is None:
                break
            if smaller is not None and made.length(rows) > smaller.length(rows) - GAIN:
                break
            found.append(made)
            larger = [w for w in LAWS.values() if w.grows_from == law.name]
            if not larger:
                break
            law, smaller = larger[0], made
    return found


def _distinct(found: Sequence[SuggestedLaw]) -> list[SuggestedLaw]:
    """The suggestions without repeated functions, which are recognised by equal residuals."""
    kept: list[SuggestedLaw] = []
    for made in found:
        twins = (k for k in kept if math.isclose(k.fvu, made.fvu, rel_tol=1e-7, abs_tol=1e-25))
        if not any(len(k.theta) <= len(made.theta) for k in twins):
            kept.append(made)
    return kept


@lru_cache(maxsize=256)
def framed(name: str, frame: str) -> Law:
    """A law of one input times, over, or plus a multiple of another column."""
    law = get(name)
    ending = {"times": "*other", "over": "/other", "plus": " + slope*other"}[frame]
    slope = (Parameter("slope", "slope of the other column", "y"),) if frame == "plus" else ()
    return replace(
        law,
        name=f"{name}_{frame}",
        formula=f"{law.output} = ({law.text}){ending}",
        inputs={**law.inputs, "other": "another column"},
        parameters=law.parameters + slope,
        by_logs=False,
    )
