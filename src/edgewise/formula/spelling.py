"""Rules that spell a formula more readably, and the cost of reading that they reduce.

Equal formulas aren't equally readable: 2 π √(l/g) and 1/√(0.0253 g/l), 213 x/(x + 0.064) and
1/(0.0003/x + 0.0047), exp(-b) - 0.3 and log(0.7408 exp(exp(-b))). Each rule replaces one node by an
equal one; :func:`edgewise.formula.shape.reshape` takes the spelling with the lowest cost.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from edgewise._arrays import Array
from edgewise.formula.expression import (
    MINUS_ONE,
    ONE,
    Apply,
    Expression,
    Number,
    Power,
    Product,
    Sum,
    add,
    exact,
    factors_of,
    free,
    multiply,
    power,
    split_number,
    terms_of,
)
from edgewise.formula.printing.text import to_text
from edgewise.formula.printing.writer import is_negative
from edgewise.formula.program import Program
from edgewise.formula.rewrite_sums import is_nested
from edgewise.formula.signs import (
    call,
    find_denominators,
    is_call,
    is_inverse,
    is_whole,
    negate,
    split_exponentials,
)

Sign = Callable[[Expression], int]

NESTED_SUM, NESTED_QUOTIENT, INVERSES, ROOTS, LOGARITHMS, EXPONENTIAL = 2, 3, 3, 2, 2, 1
"""Additional nodes that are counted for a nested polynomial, a quotient within a denominator, a
function next to its inverse, a second square root in a product, a second logarithm in a sum, and
for a power of an exponential or within a logarithm."""
MINUS = 5
"""Additional letters that are counted for a minus sign."""
SATURATED = 1e-12
"""A function this close to its limits at all rows counts as a step."""


def reading_cost(tree: Expression) -> tuple[int, int]:
    """The cost of reading a formula: nodes (more for nested quotients), then letters.

    Example:
        >>> from edgewise.formula.parse import parse_formula
        >>> first, second = (parse_formula(t)[0] for t in ("x0/(x0 + 0.1)", "1/(1 + 0.1/x0)"))
        >>> reading_cost(first) < reading_cost(second)
        True
    """
    nodes = tree.size
    for node in tree.walk():
        nodes += NESTED_SUM * is_nested(node)
        nodes += NESTED_QUOTIENT * _is_nested_quotient(node)
        nodes += INVERSES * _meets_its_inverse(node)
        nodes -= _count_minus(node)
        nodes += ROOTS * max(0, sum(map(_is_root, factors_of(node))) - 1)
        terms = [t for t in terms_of(node) if any(is_call(f, "log") for f in factors_of(t))]
        nodes += LOGARITHMS * max(0, len(terms) - 1)
        nodes += EXPONENTIAL * (isinstance(node, Power) and is_call(node.base, "exp"))
        nodes += EXPONENTIAL * (_power_in_logarithm(node) is not None)
    names = [f"x{i}" for i in range(max(tree.inputs, default=-1) + 1)]
    text = to_text(tree, names, 4)
    return nodes, len(text) + MINUS * text.count("-")


def _is_nested_quotient(node: Expression) -> bool:
    """Whether the node is a denominator that contains a denominator."""
    return is_inverse(node) and any(is_inverse(part) for part in _outside(node.parts[0]))


def _count_minus(node: Expression) -> int:
    """The number of factors -1 in a sum: a difference is as readable as a sum."""
    terms = node.terms if isinstance(node, Sum) else ()
    minus = [len(t.factors) for t in terms if isinstance(t, Product) and t.factors[0] == MINUS_ONE]
    return sum(2 if factors == 2 else 1 for factors in minus)


def _is_root(node: Expression) -> bool:
    return isinstance(node, Power) and node.exponent in (exact(1, 2), exact(-1, 2))


def _power_in_logarithm(node: Expression) -> tuple[Number, Power] | None:
    """c and u^n of log(c u^n), where n is a number; None of other nodes."""
    if not is_call(node, "log"):
        return None
    number, rest = split_number(node.parts[0])
    if isinstance(rest, Power) and isinstance(rest.exponent, Number):
        return number, rest
    return None


def _outside(node: Expression) -> list[Expression]:
    """The node and all nodes below it outside functions and exponents."""
    if isinstance(node, Apply):
        return [node]
    parts = node.parts[:1] if isinstance(node, Power) else node.parts
    return [node, *(inner for part in parts for inner in _outside(part))]


def _meets_its_inverse(node: Expression) -> bool:
    """Whether the node is a function of a product or sum that contains its inverse."""
    if not isinstance(node, Apply):
        return False
    inner = [f for term in terms_of(node.argument) for f in factors_of(term)]
    return any(isinstance(f, Apply) and node.function.inverse == f.function.name for f in inner)


# Rules: each returns an equal node, or None.


def open_logarithm(node: Expression, sign: Sign) -> Expression | None:
    """log(c u exp(v)) = v + log(c u), where c u is positive."""
    if not is_call(node, "log"):
        return None
    exponents, rest = split_exponentials(node.parts[0])
    if not exponents:
        return None
    inside = multiply(*rest)
    if isinstance(inside, Number):
        if inside.value <= 0:
            return None
        return add(*exponents, exact(0) if inside.value == 1 else free(math.log(inside.value)))
    return add(*exponents, call("log", inside)) if sign(inside) > 0 else None


def split_power_in_logarithm(node: Expression, sign: Sign) -> Expression | None:
    """log(c u^n) = n log(u) + log(c), where c and u are positive and c is 1 or fitted."""
    found = _power_in_logarithm(node)
    if found is None or sign(found[1].base) <= 0:
        return None
    number, inner = found
    term = multiply(inner.exponent, call("log", inner.base))
    if number == ONE:
        return term
    fitted = number.exact is None and number.value > 0
    return add(term, free(math.log(number.value))) if fitted else None


def join_logarithms(node: Expression, sign: Sign) -> Expression | None:
    """c log(u) - c log(v) = c log(u/v), where c, u and v are positive."""
    terms = list(terms_of(node))
    split = [_split_logarithm(term, sign) for term in terms]
    for i, first in enumerate(split):
        for j, second in enumerate(split[:i]):
            if first is None or second is None or first[2] != second[2]:
                continue
            if abs(first[0]) != abs(second[0]):
                continue
            signs = [MINUS_ONE if number < 0 else ONE for number in (first[0], second[0])]
            number = split_number(terms[i])[0]
            factor = negate(number) if first[0] < 0 else number
            inside = multiply(power(first[1], signs[0]), power(second[1], signs[1]))
            rest = [t for k, t in enumerate(terms) if k not in (i, j)]
            return add(*rest, multiply(factor, first[2], call("log", inside)))
    return None


def _split_logarithm(term: Expression, sign: Sign) -> tuple[float, Expression, Expression] | None:
    """c, u and f of c f log(u), where u is positive."""
    number, rest = split_number(term)
    logs = [f for f in factors_of(rest) if is_call(f, "log")]
    if len(logs) != 1 or sign(logs[0].parts[0]) <= 0:
        return None
    others = multiply(*(f for f in factors_of(rest) if f is not logs[0]))
    return number.value, logs[0].parts[0], others


def clear_fractions(node: Expression, sign: Sign) -> Expression | None:
    """1/(a/x + b) = x/(a + b x): remove a denominator within a denominator."""
    if not (is_inverse(node) and isinstance(node.base, Sum)):
        return None
    if not is_whole(node.exponent):
        return None
    below = find_denominators(node.base.terms)
    if not below:
        return None
    common = multiply(*(power(base, most) for base, most in below))
    inner = add(*(multiply(term, common) for term in node.base.terms))
    up = multiply(MINUS_ONE, node.exponent)
    return multiply(power(common, up), power(inner, node.exponent))


def lead_with_one(node: Expression, sign: Sign) -> Expression | None:
    """1/(a x + b) = 1/a / (x + b/a): remove the factor of a denominator's first term."""
    if not (is_inverse(node) and isinstance(node.base, Sum)):
        return None
    if not is_whole(node.exponent):
        return None
    first, rest = split_number(node.base.terms[0])
    if any(isinstance(part, Apply) for part in rest.walk()):  # keep 1/(1 + 391 exp(-x))
        return None
    if not rest.inputs or abs(first.value) == 1 or first.value == 0:
        return None
    inner = add(rest, *(multiply(power(first, -1), term) for term in node.base.terms[1:]))
    return multiply(power(first, node.exponent), power(inner, node.exponent))


def flip_quotient(node: Expression, sign: Sign) -> Expression | None:
    """(g/l)^(-1/2) = (l/g)^(1/2)"""
    if not (is_inverse(node) and isinstance(node.base, Product)):
        return None
    if is_whole(node.exponent) or sign(node.base) <= 0:
        return None
    return power(power(node.base, -1), multiply(MINUS_ONE, node.exponent))


def turn_sum(node: Expression, sign: Sign) -> Expression | None:
    """-a (cos(u) - 1) = a (1 - cos(u))"""
    if not isinstance(node, Product) or split_number(node)[0].value >= 0:
        return None
    for factor in node.factors:
        if isinstance(factor, Sum) and any(map(is_negative, factor.terms)):
            rest = [f for f in node.factors if f is not factor]
            return multiply(MINUS_ONE, *rest, negate(factor))
    return None


RULES = (
    open_logarithm,
    split_power_in_logarithm,
    join_logarithms,
    clear_fractions,
    flip_quotient,
    lead_with_one,
    turn_sum,
)


def lead_sums(tree: Expression) -> Expression:
    """The tree with the factor of each sum's first term pulled out.

    a x + b y becomes a (x + b/a y), where b/a may be a simple number, and a eᵗ + b may be
    a (eᵗ - 1).
    """

    def change(node: Expression) -> Expression | None:
        if not isinstance(node, Sum):
            return None
        first, rest = split_number(node.terms[0])
        others = [split_number(t)[0] for t in node.terms[1:]]
        if any(n.exact is not None or n.value == 0 for n in (first, *others)):
            return None
        inner = [multiply(free(1 / first.value), term) for term in node.terms[1:]]
        return multiply(first, add(rest, *inner))

    return tree.replace(change)


def harden_steps(tree: Expression, x: Array) -> Expression:
    """Replace functions that are steps on the rows, such as tanh(1e9 u - 1e9 c), by sign(u - c).

    c is the roundest number in the gap between the rows.

    Shape:
        x: (rows, in)
    """

    def change(node: Expression) -> Expression | None:
        if not isinstance(node, Apply) or node.function.parity >= 0:
            return None
        low, high = node.function.range
        if not (math.isfinite(low) and math.isfinite(high)) or is_call(node, "sign"):
            return None
        values = Program(node).values(x)
        if not (np.abs(values) >= high * (1 - SATURATED)).all():
            return None
        return multiply(free(high) if high != 1 else exact(1), _step(node.argument, x))

    return tree.replace(change)


def _step(argument: Expression, x: Array) -> Expression:
    """sign(argument) without a factor and with a round constant."""
    inner = [t for t in terms_of(argument) if not isinstance(t, Number)]
    if len(inner) != 1:
        return call("sign", argument)
    scale, rest = split_number(inner[0])
    constant = sum(t.value for t in terms_of(argument) if isinstance(t, Number))
    at, values = -constant / scale.value, Program(rest).values(x)
    below, above = values[values < at], values[values > at]
    if len(below) and len(above):
        at = roundest_between(float(below.max()), float(above.min()))
    step = call("sign", add(rest, free(-at)) if at else rest)
    return step if scale.value > 0 else multiply(MINUS_ONE, step)


def roundest_between(low: float, high: float) -> float:
    """The number with the fewest digits between two numbers, or their middle.

    Example:
        >>> roundest_between(2.0471, 2.0519)
        2.05
    """
    middle = (low + high) / 2
    for digits in range(1, 16):
        value = float(f"{middle:.{digits}g}")
        if low < value < high:
            return value
    return middle
