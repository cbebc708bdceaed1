"""Recognise a formula as a named law: the law of the library that is the same function."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, permutations

import numpy as np
from scipy.stats import chi2

from edgewise._arrays import Array
from edgewise.data.rows import fill_weight
from edgewise.formula.expression import Apply, Expression, Input, Number, Power, Sum
from edgewise.formula.numbers import DEPENDENT
from edgewise.formula.program import Program, refit
from edgewise.formula.scaling import scale_columns
from edgewise.laws.assignment import (
    is_product,
    list_assignments,
    may_be_called,
    name_inputs,
    stands_for,
)
from edgewise.laws.fit import finish_fit
from edgewise.laws.fitted import FittedFormula
from edgewise.laws.law import Law
from edgewise.laws.library import LAWS
from edgewise.laws.noise import Normal
from edgewise.laws.solve import FitProblem, solve
from edgewise.laws.start import spread_out
from edgewise.laws.suggest import Screen, SuggestedLaw, fit_choices, list_choices

SAME_FVU = 1e-11
"""A law is the same function if its fit to the formula's values has at most this FVU."""
NEAR_LOSS = 3.0
"""A formula that started as a law keeps its name if the law's χ² is at most this much larger."""
UNLIKELY = 0.01
"""A law isn't the formula of the rows if its χ² is larger than this fraction would be by chance."""
MOST_NODES, MOST_INPUTS = 60, 5
DESCENT, ROWS = 100, 60
"""Most evaluations of a descent, and rows on which functions are compared."""
HOPELESS, NEAR = 0.2, 1e-4
"""Largest FVU at which a descent goes on, after its first steps and after some twenty more."""
FAMILIES = {
    **dict.fromkeys(("exp", "tanh", "sinh", "cosh", "gaussian"), "exp"),
    **dict.fromkeys(("sin", "cos", "tan", "sinc"), "sin"),
    **dict.fromkeys(("arcsin", "arccos"), "arcsin"),
    "lorentzian": "",
}
"""Functions by family: those of one family can be written in terms of each other."""
GENERIC = ("lines and ratios", "powers", "exponentials")
"""Fields whose entries are shapes that several laws of science share."""


def name_formula(
    tree: Expression,
    x: Array,
    y: Array,
    weight: Array | None = None,
    names: Sequence[str] = (),
    source: str = "",
    variance: float | None = None,
    output: str = "",
) -> FittedFormula | None:
    """The named law that a formula equals, fitted to the same rows; None if there is none.

    A parameter of a law may be a column of x, if its name tells so. A law whose fit doesn't
    determine its parameters isn't the one: a power of negative numbers has no slope by its
    exponent, and an exponential that is over before the first row no rate.

    Args:
        names: names of the columns of x; if several laws are the same function, the one whose
            inputs (and output) have these names is taken.
        source: the title of the law that the formula started from, if any.
        variance: the variance of y's noise at weight 1, if it is known.
        output: the name of y, if it has one.

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
    if not np.ptp(columns, axis=0).all():  # its powers can't be told from a factor
        return None
    called = [str(names[i]) if i < len(names) else f"x{i}" for i in inputs]
    screen = Screen.of(columns, values, None, lambda _: None, ROWS)
    noise = _noise(weight, variance, len(y))
    own = tree.substitute({i: Input(k) for k, i in enumerate(inputs)})
    told = [
        m
        for m in _list_near(screen, own, list_assignments(called, columns, output))
        if _is_same(m, own, columns, y, noise)
    ]
    if told:
        best = min(told, key=lambda m: (len(m.theta), not may_be_called(m.law, output)))
        return _fit(best, columns, y, noise, called)
    choices = list_choices(len(inputs), framed_too=False, sums_too=True)
    near = _list_near(screen, own, chain(choices, _list_aliases(called, output)), near=NEAR)
    ends = [screen.descend(m.law, m.columns, m.theta[None], most=DESCENT) or m for m in near]
    same = [m for m in ends if m.fvu <= SAME_FVU and _is_determined(m, columns)]
    while same:
        one = _choose(same, called, output)
        made = _fit(_rename(one, called), columns, y, noise, called)
        if made.converged and np.isfinite(list(made.errors.values())).all():
            return made
        same = [m for m in same if m is not one]
    known = next((law for law in LAWS.values() if law.title == source), None)
    if known is None or len(known.inputs) != len(inputs) or len(known.parameters) >= len(y):
        return None
    begun = _begin_as(known, screen, columns, y, weight, values)
    if begun is None:
        return None
    return _fit(_rename(begun, called), columns, y, noise, called)


def _noise(weight: Array | None, variance: float | None, rows: int) -> Normal:
    """Normal noise with these weights."""
    sigma = 1 / np.sqrt(np.maximum(fill_weight(weight, rows), 1e-12))
    return Normal(sigma * math.sqrt(variance or 1.0), is_known=variance is not None)


def families(tree: Expression, inputs: frozenset[int]) -> frozenset[str]:
    """The families of the functions in a formula; powers belong to every family."""
    kinds = set()
    for node in tree.walk():
        if isinstance(node, Apply) and node.inputs & inputs:
            kinds.add(FAMILIES.get(node.function.name, node.function.name))
        elif isinstance(node, Power) and node.exponent.inputs & inputs:
            kinds.add("exp")
    return frozenset(kinds - {""})


def divides_by_sum(tree: Expression, inputs: frozenset[int]) -> bool | None:
    """Whether a sum of inputs is below a fraction line or under a root; None if exponents are free.

    Polynomials and sums of powers aren't the same functions as these.
    """
    found: bool | None = False
    for node in tree.walk():
        if isinstance(node, Apply) and node.inputs & inputs:
            return True
        if isinstance(node, Power) and _has_sum(node.base, inputs):
            exponent = node.exponent
            if not isinstance(exponent, Number) or exponent.exact is None:
                found = None
            elif exponent.value <= 0 or exponent.value % 1:
                return True
    return found


def _has_sum(tree: Expression, inputs: frozenset[int]) -> bool:
    return any(isinstance(node, Sum) and node.inputs & inputs for node in tree.walk())


def _list_near(
    screen: Screen,
    tree: Expression,
    choices: Iterable[tuple[Law, tuple[int, ...]]],
    near: float = HOPELESS,
) -> list[SuggestedLaw]:
    """Laws that are nearly the same function as the formula, each with its choice of columns."""
    kinds = families(tree, tree.inputs)
    own = frozenset(range(len(tree.inputs)))
    divides = None if kinds else divides_by_sum(tree, tree.inputs)
    # A law may have a few more numbers than the formula: exponents or amplitudes that are 1.
    numbers = sum(n.exact is None or abs(n.value) != 1 for n in tree.numbers())
    likely = (
        (law, order)
        for law, order in choices
        if len(law.parameters) <= numbers + len(own) + law.by_logs
        and families(law.curve.tree, own) == kinds
        and (divides is None or divides_by_sum(law.curve.tree, own) in (None, divides))
    )
    made = fit_choices(screen, likely, lambda: False, hopeless=HOPELESS)
    return [m for m in made if m.fvu <= near]


def _is_same(made: SuggestedLaw, tree: Expression, x: Array, y: Array, noise: Normal) -> bool:
    """Whether a law is the formula, at its numbers or at others that the rows allow as well."""
    law, inputs = made.law, x[:, list(made.columns)]
    values = Program(tree).values(x)
    enough = SAME_FVU * float(np.var(values))
    ones = Normal(np.ones(len(y)))
    exact = FitProblem(law.curve, ones, inputs, values, law.lower, law.upper)
    if solve(exact, made.theta).cost <= enough * len(y):
        return True
    rows = FitProblem(law.curve, noise, inputs, y, law.lower, law.upper)
    found = solve(rows, made.theta)
    left = float(np.square((y - values) * noise.weight(y)).sum())
    surplus = max(tree.free_count - len(found.theta), 1)
    chance = float(chi2.isf(UNLIKELY, surplus))
    if not found.cost <= left + chance * (1.0 if noise.is_known else left / len(y)):
        return False
    return refit(tree, x, law.curve.values(inputs, found.theta), steps=DESCENT).mse <= enough


def _is_determined(made: SuggestedLaw, x: Array) -> bool:
    """Whether the rows determine each parameter of the law.

    With Km = 1e12 the law Vmax S/(Km + S) is k S, and Km could be any large number.
    """
    curve = made.law.curve
    slopes = curve.derivatives(x[:, list(made.columns)], made.theta)[1]
    if not len(curve.parameters) or not np.isfinite(slopes).all():
        return True
    sizes = np.linalg.svd(scale_columns(slopes)[0], compute_uv=False)
    return bool(sizes[-1] > DEPENDENT * sizes[0])


def _list_aliases(names: Sequence[str], output: str) -> Iterator[tuple[Law, tuple[int, ...]]]:
    """Laws of one input that are another law in other letters, if these are the columns' names."""
    for law in LAWS.values():
        if law.same_as and len(law.inputs) == len(names) == 1 and _is_told(law, names, output):
            yield law, (0,)


def _is_told(law: Law, names: Sequence[str], output: str) -> bool:
    """Whether the names of the columns and of y are those of a law's inputs and output."""
    pairs = zip(names, law.inputs.items(), strict=True)
    called = output not in ("", "y") and may_be_called(law, output)
    return called and all(stands_for(name, *symbol) for name, symbol in pairs)


def _choose(same: Sequence[SuggestedLaw], names: Sequence[str], output: str) -> SuggestedLaw:
    """The law that the names of the columns and of y tell, or else the one with the fewest numbers.

    Among several of these, the one whose inputs match the names is taken; if two laws of science
    remain, the shape that both share.
    """
    told = [m for m in same if _is_told(m.law, [names[c] for c in m.columns], output)]
    same = told or same
    fewest = min(len(m.theta) for m in same)
    likely = [m for m in same if len(m.theta) == fewest]
    agree = [m for m in likely if _matches(m, names) == len(names)]
    shapes = [m for m in same if m.law.field in GENERIC]
    if agree:
        return agree[0]
    return shapes[0] if len({m.law.name for m in likely}) > 1 and shapes else likely[0]


def _rename(made: SuggestedLaw, names: Sequence[str]) -> SuggestedLaw:
    """The law; a "product of powers" if many laws are one, and the names don't tell which."""
    law = made.law
    if law.field in GENERIC or not is_product(law) or _matches(made, names) == len(names):
        return made
    return replace(made, law=replace(law, title="product of powers"))


def _matches(made: SuggestedLaw, names: Sequence[str]) -> int:
    columns = [names[c] for c in made.columns]
    pairs = zip(columns, made.law.inputs.items(), strict=True)
    return sum(stands_for(name, *symbol) for name, symbol in pairs)


def _begin_as(
    law: Law, screen: Screen, x: Array, y: Array, weight: Array | None, values: Array
) -> SuggestedLaw | None:
    """The law that a formula started from, if it fits the rows as well as the formula."""
    w = fill_weight(weight, len(y))
    left = float(w @ np.square(y - values))
    rows_screen = Screen.of(x, y, weight, lambda _: None)
    fits = []
    for order in permutations(range(x.shape[1])):
        guesses = screen.guess(law, order)
        found = rows_screen.descend(law, order, spread_out(guesses, 2).theta, most=DESCENT)
        fits += [] if found is None else [found]
    best = min(fits, key=lambda m: m.fvu, default=None)
    if best is None:
        return None
    columns = x[:, list(best.columns)]
    rows = FitProblem(law.curve, _noise(weight, None, len(y)), columns, y, law.lower, law.upper)
    allowed = left * (1 + NEAR_LOSS / len(y)) + 1e-20 * float(w @ np.square(y))
    return best if rows.cost(best.theta) <= allowed else None


def _fit(
    made: SuggestedLaw, x: Array, y: Array, noise: Normal, names: Sequence[str]
) -> FittedFormula:
    """The law fitted to all rows, with the columns' names for its inputs."""
    law, columns = made.law, list(made.columns)
    curve, text = name_inputs(law, [names[c] for c in columns])
    rows = FitProblem(curve, noise, x[:, columns], y, law.lower, law.upper)
    found = solve(rows, made.theta, near=True)
    if not math.isfinite(found.cost):
        found = replace(found, theta=made.theta)
    return finish_fit(found, law, text, law.output)
