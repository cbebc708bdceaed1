"""Replace a part of a formula by its limit for a small or a large number: exp(u) - 1 → u.

For small u, exp(u) - 1 → u and √(1 + u) → 1 + u/2; for p → 0, (u^p - 1)/p → log u; for p → ∞,
(1 + u/p)^p → exp u; and small terms drop out of sums. If the rows need only the shorter formula, a
fit drives numbers towards such a limit: Planck's law with an exponent of 1e-7 is a power law.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import numpy as np

from edgewise.formula.expression import (
    ONE,
    Apply,
    Expression,
    Input,
    Number,
    Power,
    Sum,
    add,
    apply,
    exact,
    free,
    multiply,
)
from edgewise.formula.function import Function
from edgewise.formula.library import LIBRARY
from edgewise.formula.program import Program

FLAT = 0.3
"""Smaller fitted exponents may tend to 0."""
STEEP = 4.0
"""Larger fitted exponents may tend to infinity."""
STEP = 1e-3
"""Step of the finite differences at 0."""
MOST_NODES = 60


def limiting_forms(tree: Expression) -> Iterator[Expression]:
    """Copies of a tree in which one sum, function or power is replaced by its limiting form.

    Numbers are those of the formula, and need a refit.

    Example:
        >>> from edgewise.formula.parse import parse_formula
        >>> [str(t) for t in limiting_forms(parse_formula("3*x0**3/(exp(0.5*x0) - 1)")[0])][-1]
        '6.0*(x0)**(2.0)'
    """
    known = {tree.key}
    if tree.size > MOST_NODES:
        return
    for node in {n.key: n for n in tree.walk() if n.inputs}.values():
        for limit in _limits(node):
            made = tree.exchange(node, limit)
            if made.inputs and made.key not in known:
                known.add(made.key)
                yield made


def _limits(node: Expression) -> Iterator[Expression]:
    if isinstance(node, Sum):
        for n in range(len(node.terms)):
            yield add(*node.terms[:n], *node.terms[n + 1 :])
    elif isinstance(node, Apply):
        yield from _limits_of_function(node)
    elif isinstance(node, Power) and isinstance(node.exponent, Number):
        yield from _limits_of_power(node.base, node.exponent)


def _limits_of_function(node: Apply) -> Iterator[Expression]:
    """The first terms of its series at 0; for a logarithm, at the constant in its argument."""
    u = node.argument
    if node.function.name == "log":
        number, rest = _split_sum(u)
        if number is not None and number.value > 0:
            unit = number.exact is not None and number.value == 1
            start = () if unit else (free(float(np.log(number.value))),)
            yield add(*start, rest if unit else multiply(free(1 / number.value), rest))
        return
    value, slope, bend = _series(node.function)
    if not np.isfinite([value, slope, bend]).all():
        return
    if slope:
        yield add(_number(value), multiply(_number(slope), u))
    elif bend:
        yield add(_number(value), multiply(_number(bend / 2), u, u))


def _series(function: Function) -> tuple[float, float, float]:
    """f(0), f'(0) and f''(0); tiny values become 0."""
    program = Program(Apply(function, Input(0)))
    with np.errstate(all="ignore"):
        low, value, high = program.values(np.array([[-STEP], [0.0], [STEP]]))
        slope = (high - low) / (2 * STEP)
        bend = (high - 2 * value + low) / STEP**2
    told = [float(v) for v in (value, slope, bend)]
    return tuple(0.0 if abs(v) < 10 * STEP else v for v in told)  # type: ignore[return-value]


def _number(value: float) -> Number:
    """A coefficient of a series, as a simple fraction if it is close to one."""
    simple = Fraction(value).limit_denominator(6)
    if abs(float(simple) - value) <= STEP:
        return exact(simple.numerator, simple.denominator)
    return free(value)


def _limits_of_power(base: Expression, exponent: Number) -> Iterator[Expression]:
    p = exponent.value
    fitted = exponent.exact is None
    if fitted and abs(p) < FLAT:
        slope = multiply(exponent, apply(LIBRARY["log"], base))
        yield from (ONE, slope, add(ONE, slope))
    number, rest = _split_sum(base)
    if number is None or not (number.value > 0 or p == round(p)):
        return
    unit = number.exact is not None and number.value == 1
    try:
        whole = ONE if unit else free(float(number.value**p))
    except OverflowError:
        return
    yield add(whole, multiply(whole, exponent if unit else free(p / number.value), rest))
    if fitted and abs(p) > STEEP:
        yield multiply(whole, apply(LIBRARY["exp"], multiply(free(p / number.value), rest)))


def _split_sum(node: Expression) -> tuple[Number | None, Expression]:
    """The constant of a sum, or None, and the rest."""
    if isinstance(node, Sum) and isinstance(node.terms[-1], Number) and node.terms[-1].value:
        return node.terms[-1], add(*node.terms[:-1])
    return None, node
