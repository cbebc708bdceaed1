"""Rewrite rules: each yields forms of one node that are equal wherever the node is defined.

A rule may assume that the parts below are already simple.
:func:`edgewise.formula.simplify.simplify_tree` takes a form only if it is shorter and has the same
domain.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

from edgewise.formula.constants import Constant
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
    multiply,
    power,
    split_number,
    terms_of,
)
from edgewise.formula.rewrite_sums import (
    common_divisors,
    expand,
    join_logarithms,
    join_powers,
    join_squares,
    numbers_in_front,
    pull_out_factors,
    pull_out_number,
    put_together,
)
from edgewise.formula.signs import (
    base_and_exponent,
    call,
    is_call,
    is_fraction,
    is_no_negative,
    is_positive,
    is_whole,
    negate,
    split_exponentials,
)

Rule = Callable[[Expression], Iterator[Expression]]

QUARTERS = ((1, "sin"), (1, "cos"), (-1, "sin"), (-1, "cos"))
"""sin(u + k π/2) for k = 0, 1, 2, 3."""


# Functions.


def evaluate_exactly(node: Expression) -> Iterator[Expression]:
    """sin(0) = 0, exp(0) = 1, log(e) = 1, cos(π) = -1, exp(1) = e, …"""
    if not isinstance(node, Apply) or not isinstance(node.argument, Number):
        return
    known, values = node.argument.exact, node.function.known
    if known is None:
        return
    if known.unit == "1" and known.value in values:
        yield exact(values[int(known.value)])
    elif known == Constant(1, 1, "e") and is_call(node, "log"):
        yield ONE
    elif known == Constant(1) and is_call(node, "exp"):
        yield exact(1, 1, "e")
    elif known.unit == "pi" and is_call(node, "sin", "cos") and 2 % known.denominator == 0:
        quarter = 2 * known.numerator // known.denominator + is_call(node, "cos")
        sign, kind = QUARTERS[quarter % 4]
        yield exact(sign if kind == "cos" else 0)


def use_symmetry(node: Expression) -> Iterator[Expression]:
    """sin(-u) = -sin(u), cos(-u) = cos(u), …"""
    if isinstance(node, Apply) and node.function.parity:
        turned = node.rebuild([negate(node.argument)])
        yield turned if node.function.parity > 0 else multiply(MINUS_ONE, turned)


def ignore_sign(node: Expression) -> Iterator[Expression]:
    """cos(sin(|u|)) = cos(sin(u)), (v |u|)² = (v u)²: even functions don't see a sign."""
    if isinstance(node, Apply) and node.function.parity > 0:
        yield node.rebuild([_up_to_sign(node.argument)])
    if isinstance(node, Power) and is_whole(node.exponent) and node.exponent.value % 2 == 0:
        yield power(_up_to_sign(node.base), node.exponent)


def _up_to_sign(node: Expression) -> Expression:
    """The expression without |·| where that changes at most its sign."""
    if is_call(node, "abs"):
        return _up_to_sign(node.argument)
    if isinstance(node, Power):
        return power(_up_to_sign(node.base), node.exponent) if is_whole(node.exponent) else node
    if isinstance(node, Product) or (isinstance(node, Apply) and node.function.parity):
        return node.rebuild([_up_to_sign(part) for part in node.parts])
    return node


def shift_phase(node: Expression) -> Iterator[Expression]:
    """sin(u + π/2) = cos(u), -2 sin(π (u - 1)) = 2 sin(π u), …"""
    for factor in factors_of(node):
        others = [f for f in factors_of(node) if f is not factor]
        for shifted in _shift_call(factor):
            yield multiply(*others, shifted)


def _shift_call(node: Expression) -> Iterator[Expression]:
    """A sine, cosine or tangent without a phase of k π/2 (k π for a tangent)."""
    if not is_call(node, "sin", "cos", "tan"):
        return
    scale, inside = split_number(node.parts[0])
    for term in terms_of(inside):
        phase = multiply(scale, term)
        known = phase.exact if isinstance(phase, Number) else None
        if known is None or known.unit != "pi" or 2 % known.denominator != 0:
            continue
        rest = multiply(scale, add(*(t for t in terms_of(inside) if t is not term)))
        quarter = 2 * known.numerator // known.denominator
        if is_call(node, "tan"):
            if quarter % 2 == 0:
                yield call("tan", rest)
            continue
        sign, name = QUARTERS[(quarter + is_call(node, "cos")) % 4]
        yield multiply(exact(sign), call(name, rest))


def cancel_inverse(node: Expression) -> Iterator[Expression]:
    """log(exp(u)) = u, exp(log(u)) = u for positive u, sin(arcsin(u)) = u, √u² = |u|, …"""
    inner = node.parts[0] if node.parts else node
    functions = [n.function for n in (node, inner) if isinstance(n, Apply)]
    if len(functions) == 2 and functions[0].undoes(functions[1]):
        yield inner.parts[0]
    elif is_call(node, "abs") and is_no_negative(inner):
        yield inner
    elif is_call(node, "sign") and is_positive(inner):
        yield ONE
    elif isinstance(node, Power):
        yield from _cancel_power(node)


def _cancel_power(node: Power) -> Iterator[Expression]:
    base, exponent = node.base, node.exponent
    if is_call(base, "exp"):
        yield call("exp", multiply(exponent, base.parts[0]))
    if isinstance(base, Power) and isinstance(exponent, Number) and isinstance(
        base.exponent, Number
    ):  # fmt: skip
        total = multiply(base.exponent, exponent)
        if is_positive(base.base):
            yield power(base.base, total)
        elif is_whole(base.exponent) and base.exponent.value % 2 == 0:
            yield power(call("abs", base.base), total)
    if isinstance(base, Product):
        root = _exact_power(base.factors[0], exponent)
        if root is not None:
            yield multiply(root, power(split_number(base)[1], exponent))
    root = _exact_power(base, exponent)
    if root is not None:
        yield root


def _exact_power(base: Expression, exponent: Expression) -> Number | None:
    """(p/q)^(n/2) if it is rational, or None."""
    if not (is_fraction(base) and is_fraction(exponent)):
        return None
    known, half = base.exact, exponent.exact
    if known is None or half is None or half.denominator != 2 or known.numerator <= 0:
        return None
    top, bottom = math.isqrt(known.numerator), math.isqrt(known.denominator)
    if top * top != known.numerator or bottom * bottom != known.denominator:
        return None
    found = power(exact(top, bottom), exact(half.numerator))
    return found if isinstance(found, Number) and found.exact is not None else None


# Products.


def join_exponentials(node: Expression) -> Iterator[Expression]:
    """exp(a) exp(b) = exp(a + b), also for powers of exp."""
    exponents, others = split_exponentials(node)
    if len(exponents) > 1:
        yield multiply(*others, call("exp", add(*exponents)))


def join_trigonometry(node: Expression) -> Iterator[Expression]:
    """sin(u) / cos(u) = tan(u), sinh(u) / cosh(u) = tanh(u), sin(u) cos(u) = sin(2 u) / 2."""
    if not isinstance(node, Product):
        return
    for first in node.factors:
        for low, high in (("sin", "cos"), ("sinh", "cosh")):
            if not is_call(first, low):
                continue
            partner = call(high, first.parts[0])
            others = [f for f in node.factors if f is not first]
            if power(partner, -1) in others:
                others.remove(power(partner, -1))
                yield multiply(*others, call("tan" if low == "sin" else "tanh", first.parts[0]))
            elif partner in others:
                others.remove(partner)
                double = call(low, multiply(exact(2), first.parts[0]))
                yield multiply(*others, exact(1, 2), double)


def rescale_factors(node: Expression) -> Iterator[Expression]:
    """(x - 1) / (1 - x) = -1, (2 x + 2) / (x + 1) = 2 and (-x - 1)**2 = (x + 1)**2."""
    for factor in factors_of(node):
        base, exponent = base_and_exponent(factor)
        if not isinstance(base, Sum) or not is_whole(exponent):
            continue
        others = [f for f in factors_of(node) if f is not factor]
        for scale in [MINUS_ONE, *common_divisors(numbers_in_front(base))]:
            rest = add(*(multiply(power(scale, -1), t) for t in base.terms))
            yield multiply(*others, power(scale, exponent), power(rest, exponent))


RULES: tuple[Rule, ...] = (
    evaluate_exactly,
    shift_phase,
    use_symmetry,
    ignore_sign,
    cancel_inverse,
    join_exponentials,
    join_trigonometry,
    rescale_factors,
    join_squares,
    join_logarithms,
    join_powers,
    pull_out_number,
    pull_out_factors,
    put_together,
    expand,
)
