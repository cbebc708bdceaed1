"""The name of a formula: which law of the library is the same function of the rows."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from edgewise.formula.expression import Expression
from edgewise.formula.program import Program
from edgewise.laws.fit import finish_fit
from edgewise.laws.fitted import FittedFormula
from edgewise.laws.law import Law
from edgewise.laws.library import LAWS
from edgewise.laws.noise import Normal
from edgewise.laws.solve import Rows, describe, solve
from edgewise.laws.start import spread_out
from edgewise.laws.suggest import Screen, Suggestion, list_choices

Array = NDArray[np.float64]

SAME_FVU = 1e-11
"""The part of a formula's variance up to which a law that is fitted to its values is the same."""
NEAR_LOSS = 3.0
"""How much more of χ² a law may leave than the formula that began as this law."""
MOST_NODES, MOST_INPUTS = 60, 4
DESCENTS = 12
GENERIC = ("lines and ratios", "powers", "exponentials")
"""Fields whose laws are names of shapes, which several laws of science have."""


def name_formula(
    tree: Expression,
    x: Array,
    y: Array,
    weight: Array | None = None,
    names: Sequence[str] = (),
    source: str = "",
) -> FittedFormula | None:
    """The law that a formula is, fitted to the rows that the formula was; None if it is none.

    Args:
        names: of the columns of x; where several laws are the same function, that whose inputs
            have these names is told.
        source: the title of a law that the formula began as.

    Shape:
        x: (rows, in); y, weight: (rows,)

    Example:
        >>> import numpy as np
        >>> from edgewise.formula.parse import parse_formula
        >>> from edgewise.laws.naming import name_formula
        >>> x = np.linspace(0.1, 2, 30)[:, None]
        >>> tree, _ = parse_formula("3.5 - 0.7/(x0 + 0.2)")
        >>> print(name_formula(tree, x, 3.5 - 0.7 / (x[:, 0] + 0.2)))
        Michaelis–Menten: Vmax = 3.5, Km = 0.2
    """
    inputs = sorted(tree.inputs)
    if not inputs or len(inputs) > MOST_INPUTS or tree.size > MOST_NODES:
        return None
    values = Program(tree).values(x)
    if not np.isfinite(values).all() or not np.ptp(values) > 0:
        return None
    columns = x[:, inputs]
    called = [str(names[i]) if i < len(names) else f"x{i}" for i in inputs]
    screen = Screen.of(columns, values, weight, lambda _: None)
    known = next((law for law in LAWS.values() if law.title == source), None)
    if known is not None and len(known.inputs) == len(inputs):
        made = _begin_as(known, screen, columns, y, weight, values)
        if made is not None:
            return _fit(made, columns, y, weight, called)
    same = [m for m in _list_same(screen, len(inputs)) if len(m.theta) < len(y)]
    return _fit(_choose(same, called), columns, y, weight, called) if same else None


def _list_same(screen: Screen, inputs: int) -> list[Suggestion]:
    """Laws that take the formula's values, each on the columns on which it does."""
    tried = []
    for law, order in list_choices(inputs, framed_too=False, sums_too=True):
        guesses = screen.guess(law, order)
        if len(guesses.theta):
            tried.append((float(guesses.missed[0]), law, order, guesses))
    tried.sort(key=lambda t: t[0])
    made = [
        screen.descend(law, order, spread_out(guesses, 2).theta, most=100)
        for _, law, order, guesses in tried[:DESCENTS]
    ]
    return [m for m in made if m is not None and m.fvu <= SAME_FVU]


def _choose(same: Sequence[Suggestion], names: Sequence[str]) -> Suggestion:
    """The law to tell: of fewest numbers; of several the one whose inputs have the columns' names,
    and a shape instead of either of two laws of science.
    """
    fewest = min(len(m.theta) for m in same)
    likely = [m for m in same if len(m.theta) == fewest]
    agree = [m for m in likely if _matches(m, names) == len(names)]
    shapes = [m for m in same if m.law.field in GENERIC]
    if agree:
        return agree[0]
    return shapes[0] if len({m.law.name for m in likely}) > 1 and shapes else likely[0]


def _matches(made: Suggestion, names: Sequence[str]) -> int:
    columns = [names[c] for c in made.columns]
    return sum(a == b for a, b in zip(made.law.inputs, columns, strict=True))


def _begin_as(
    law: Law, screen: Screen, x: Array, y: Array, weight: Array | None, values: Array
) -> Suggestion | None:
    """The law that a formula began as, if it still fits the rows as well as the formula does."""
    w = np.ones(len(y)) if weight is None else weight
    left = float(w @ np.square(y - values))
    rows_screen = Screen.of(x, y, weight, lambda _: None)
    fits = []
    for _, order in list_choices(x.shape[1], framed_too=False, sums_too=True, only=law.name):
        guesses = screen.guess(law, order)
        found = rows_screen.descend(law, order, spread_out(guesses, 2).theta, most=100)
        fits += [] if found is None else [found]
    best = min(fits, key=lambda m: m.fvu, default=None)
    if best is None:
        return None
    rows = Rows(law.curve, Normal(1 / np.sqrt(w)), x[:, list(best.columns)], y,
                law.lower, law.upper)  # fmt: skip
    allowed = left * (1 + NEAR_LOSS / len(y)) + 1e-20 * float(w @ np.square(y))
    return best if rows.cost(best.theta) <= allowed else None


def _fit(
    made: Suggestion, x: Array, y: Array, weight: Array | None, names: Sequence[str]
) -> FittedFormula:
    """The law fitted to all rows, its inputs called as the columns are."""
    law, columns = made.law, list(made.columns)
    curve = replace(law.curve, inputs=tuple(names[c] for c in columns))
    sigma = np.ones(len(y)) if weight is None else 1 / np.sqrt(np.maximum(weight, 1e-12))
    rows = Rows(curve, Normal(sigma), x[:, columns], y, law.lower, law.upper)
    found = solve(rows, made.theta, near=True)
    if not math.isfinite(found.cost):
        found = describe(rows, made.theta)
    return finish_fit(found, rows, law, law.text, law.output)
