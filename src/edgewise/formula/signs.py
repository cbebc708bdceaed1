"""Tests of a formula's node: whether it is a power, a fraction, an integer, positive."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeGuard

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
    apply,
    factors_of,
    multiply,
    terms_of,
)
from edgewise.formula.expression import is_whole as is_whole
from edgewise.formula.library import LIBRARY


def base_and_exponent(factor: Expression) -> tuple[Expression, Expression]:
    """A factor as a power."""
    if isinstance(factor, Power):
        return factor.base, factor.exponent
    return factor, ONE


def call(name: str, argument: Expression) -> Expression:
    """A call of a function of the library."""
    return apply(LIBRARY[name], argument)


def is_call(node: Expression, *names: str) -> TypeGuard[Apply]:
    """Whether the node is a call of one of these functions of the library."""
    return (
        isinstance(node, Apply)
        and node.function.name in names
        and LIBRARY[node.function.name] is node.function
    )


def is_fraction(node: Expression) -> TypeGuard[Number]:
    """Whether the node is an exact fraction."""
    return isinstance(node, Number) and node.exact is not None and node.exact.unit == "1"


def is_inverse(node: Expression) -> TypeGuard[Power]:
    """Whether the node is a power with a negative exponent."""
    return isinstance(node, Power) and isinstance(node.exponent, Number) and node.exponent.value < 0


def split_exponentials(product: Expression) -> tuple[list[Expression], list[Expression]]:
    """The exponents of a product's factors exp(u)ⁿ, and its other factors."""
    exponents, others = list[Expression](), list[Expression]()
    for factor in factors_of(product):
        base, exponent = base_and_exponent(factor)
        if is_call(base, "exp"):
            exponents.append(multiply(exponent, base.parts[0]))
        else:
            others.append(factor)
    return exponents, others


def find_denominators(
    terms: Iterable[Expression], whole: bool = False
) -> list[tuple[Expression, float]]:
    """The common denominator of terms, as bases with their powers.

    Args:
        whole: whether only exact integer powers count.
    """
    found: dict[str, tuple[Expression, float]] = {}
    for term in terms:
        for factor in filter(is_inverse, factors_of(term)):
            exponent = factor.exponent
            if isinstance(exponent, Number) and (is_whole(exponent) or not whole):
                most = found.get(factor.base.key, (factor.base, 0.0))[1]
                found[factor.base.key] = (factor.base, max(most, -exponent.value))
    return list(found.values())


def negate(node: Expression) -> Expression:
    """-node, with the sign in the terms of a sum."""
    return add(*(multiply(MINUS_ONE, t) for t in terms_of(node)))


def is_positive(node: Expression) -> bool:
    """Whether the node's structure shows that it is greater than 0 wherever it is defined."""
    if isinstance(node, Number):
        return node.value > 0
    if isinstance(node, Apply):
        return node.function.range[0] > 0
    if isinstance(node, Power):
        return is_positive(node.base)
    if isinstance(node, Product):
        return all(map(is_positive, node.factors))
    if isinstance(node, Sum):
        return all(map(is_no_negative, node.terms)) and any(map(is_positive, node.terms))
    return False


def is_no_negative(node: Expression) -> bool:
    """Whether the node's structure shows that it is at least 0 wherever it is defined."""
    if is_positive(node):
        return True
    if isinstance(node, Apply):
        return node.function.range[0] >= 0
    if isinstance(node, Power):
        exponent = node.exponent
        even = is_whole(exponent) and exponent.value % 2 == 0
        rooted = is_fraction(exponent) and not is_whole(exponent)
        return even or rooted or is_no_negative(node.base)
    if isinstance(node, Product | Sum):
        return all(map(is_no_negative, node.parts))
    return False
