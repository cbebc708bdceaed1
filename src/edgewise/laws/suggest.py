"""Which named laws rows may follow: all of the library on all columns, cheap questions first.

A grid of starts ranks every law on every choice of columns; descents follow for the best of them.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import permutations

import numpy as np
from numpy.typing import NDArray

from edgewise.formula.expression import Expression, Input
from edgewise.laws.law import Law, Parameter
from edgewise.laws.library import LAWS, get
from edgewise.laws.noise import Normal
from edgewise.laws.solve import Rows, solve
from edgewise.laws.start import Guesses, guess_law, spread_out
from edgewise.search.subsample import pick_evenly

Array = NDArray[np.float64]

MOST_ROWS = 300
"""Rows on which laws are compared."""
GRID_COST, DESCENT_COST = 10, 1
"""Evaluations that one grid, and a step of a descent, cost a search."""
BEGUN, FIRST_STEPS = 110, 7
"""Laws for which a descent is begun, and its evaluations;"""
DESCENTS, STEPS = 24, 25
"""those for which it goes on."""
OFFERED = 14
"""Laws that are proposed in the end."""
COARSE = 15.0
"""How many times as much as the first steps a grid may leave."""
GAIN = 6.0
"""Bits by which another peak has to shorten the description of the rows."""
FRAMED = (
    *("exponential", "exponential_offset", "saturating_exponential", "michaelis_menten", "hill"),
    *("logistic", "gompertz", "arrhenius", "gaussian_peak", "lorentzian_peak", "sine_offset"),
    *("damped_oscillation", "logarithm", "power_law", "power_law_offset", "bilinear", "malus"),
    *("stretched_exponential", "power_exponential", "reciprocal_line", "gaussian_beam"),
)
"""Laws of one input that are also tried as a factor beside another column, or beside its term."""
FRAMES = ("times", "over", "plus")


@dataclass(frozen=True, eq=False)
class Suggestion:
    """A law on some columns, fitted roughly.

    Attributes:
        columns: the place of each of the law's inputs among those of the rows.
        theta: its parameters.
        fvu: the part of y's variance that it leaves.
    """

    law: Law
    columns: tuple[int, ...]
    theta: Array
    fvu: float

    @property
    def tree(self) -> Expression:
        """The formula of the rows' inputs."""
        tree = self.law.curve.with_numbers(self.theta)
        return tree.substitute({k: Input(c) for k, c in enumerate(self.columns)})

    def length(self, rows: int) -> float:
        """Bits of a description: of what is left, and of the numbers."""
        fvu = max(self.fvu, 1e-30)
        return 0.5 * math.log2(fvu) * rows + 0.5 * math.log2(rows) * len(self.theta)


@dataclass(frozen=True, eq=False)
class Screen:
    """Rows, ready for laws to be tried on them.

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
        most: int = MOST_ROWS,
    ) -> Screen:
        """A screen of at most so many of the rows."""
        picked = pick_evenly(len(y), most)
        weights = np.ones(len(y)) if weight is None else weight
        return cls(x[picked], y[picked], weights[picked], spend)

    @property
    def variance(self) -> float:
        mean = np.average(self.y, weights=self.weight)
        return float(np.average((self.y - mean) ** 2, weights=self.weight)) or 1.0

    def rows(self, law: Law, columns: Sequence[int]) -> Rows:
        """The rows as a fit of the law sees them."""
        with np.errstate(divide="ignore"):
            sigma = 1 / np.sqrt(np.maximum(self.weight, 1e-12))
        x = self.x[:, list(columns)]
        return Rows(law.curve, Normal(sigma), x, self.y, law.lower, law.upper)

    def guess(self, law: Law, columns: Sequence[int], smaller: Guesses | None = None) -> Guesses:
        """Guesses; what each misses as a part of y's variance."""
        self.spend(GRID_COST)
        rows = self.rows(law, columns)
        with np.errstate(all="ignore"):
            guesses = guess_law(law, rows, smaller)
            missed = guesses.missed * (np.square(self.y) @ self.weight)
        return Guesses(guesses.theta, missed / (self.weight.sum() * self.variance))

    def descend(
        self, law: Law, columns: Sequence[int], starts: Array, most: int = STEPS
    ) -> Suggestion | None:
        """The best fit of a law from a few starts."""
        rows = self.rows(law, columns)
        self.spend(DESCENT_COST * most * len(starts))
        with np.errstate(all="ignore"):
            coarse = most <= STEPS
            found = [solve(rows, t, most=most, coarse=coarse, projected=coarse) for t in starts]
        best = min(found, key=lambda s: s.cost, default=None)
        if best is None or not math.isfinite(best.cost):
            return None
        fvu = best.cost / (self.weight.sum() * self.variance)
        return Suggestion(law, tuple(columns), law.settle(best.theta), float(fvu))


def every_law() -> list[Law]:
    """The laws of the library, and those that have another column as a factor or a term."""
    return [*LAWS.values(), *(framed(name, frame) for name in FRAMED for frame in FRAMES)]


def suggest_laws(
    screen: Screen, allowed: Collection[str], is_over: Callable[[], bool]
) -> Iterator[Suggestion]:
    """Laws that rows may follow, likely ones first.

    Args:
        allowed: names of laws; is_over: whether to stop.
    """
    choices = (c for c in list_choices(screen.x.shape[1]) if c[0].name in allowed)
    found = fit_choices(screen, choices, is_over)
    if screen.x.shape[1] == 1 and not is_over():
        found += _suggest_sums(screen, allowed, is_over)
    yield from _distinct(sorted(found, key=lambda s: s.length(len(screen.y))))[:OFFERED]


def fit_choices(
    screen: Screen,
    choices: Iterable[tuple[Law, tuple[int, ...]]],
    is_over: Callable[[], bool],
    steps: int = STEPS,
    hopeless: float = math.inf,
) -> list[Suggestion]:
    """Fits of the choices that a grid and a few steps of a descent leave in the running.

    Args:
        steps: evaluations of the descents that go on.
        hopeless: the part of y's variance beyond which none goes on.
    """
    rows, tried, begun, found = len(screen.y), [], [], []
    for law, columns in choices:
        if is_over():
            break
        guesses = screen.guess(law, columns) if len(law.parameters) < rows else None
        far = COARSE * hopeless
        if guesses is not None and len(guesses.theta) and guesses.missed[0] <= far:
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
        made = screen.descend(first.law, first.columns, first.theta[None], most=steps)
        found.append(first if made is None else made)
    return found


def list_choices(
    inputs: int, *, framed_too: bool = True, sums_too: bool = False
) -> Iterator[tuple[Law, tuple[int, ...]]]:
    """Every law of so many inputs on every order of the columns.

    Args:
        framed_too: laws of fewer inputs with another column, too; sums_too: sums of peaks.
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
    """Whether it is one of the sums of peaks, which grow from each other."""
    return bool(law.alike) and law.name.split("_")[0] in ("one", "two", "three")


def _suggest_sums(
    screen: Screen, allowed: Collection[str], is_over: Callable[[], bool]
) -> list[Suggestion]:
    """Sums of one to three peaks on each background, as long as another peak helps."""
    found, rows = [], len(screen.y)
    sums = [law for law in LAWS.values() if _is_sum(law) and not law.grows_from]
    for law in [law for law in sums if law.name in allowed]:
        smaller: Suggestion | None = None
        while not is_over() and len(law.parameters) < len(screen.y):
            before = None if smaller is None else _as_guesses(smaller)
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


def _as_guesses(made: Suggestion) -> Guesses:
    return Guesses(made.theta[None], np.array([made.fvu]))


def _distinct(found: Sequence[Suggestion]) -> list[Suggestion]:
    """One of several laws that are the same function of these rows: they leave the same."""
    kept: list[Suggestion] = []
    for made in found:
        twins = (k for k in kept if math.isclose(k.fvu, made.fvu, rel_tol=1e-7, abs_tol=1e-25))
        if not any(len(k.theta) <= len(made.theta) for k in twins):
            kept.append(made)
    return kept


@lru_cache(maxsize=256)
def framed(name: str, frame: str) -> Law:
    """A law of one input times, over, or beside a multiple of another column."""
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
