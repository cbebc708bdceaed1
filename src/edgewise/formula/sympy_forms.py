"""Operations on sympy expressions: shorten, round numbers, convert to numpy functions."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

MOST_OPERATIONS = 60
MOST_TERMS = 200
MOST_COEFFICIENTS = 5000
"""Most coefficients of an expression that is simplified; more would take too long."""


def simplest(expression: Any) -> Any:
    """The shortest of a few spellings of a sympy expression."""
    import sympy
    from sympy.functions.elementary.hyperbolic import HyperbolicFunction

    if expression.count_ops() > MOST_OPERATIONS:
        return expression
    forms = [expression]
    changes = [sympy.factor_terms, sympy.powsimp]
    if max(map(_expand_terms, sympy.preorder_traversal(expression))) <= MOST_TERMS:
        changes.append(sympy.expand)
    # Polynomials with inexact coefficients rarely have factors, and factorising takes hours.
    exact = not expression.has(sympy.Float)
    small = exact and _dense_size(sympy.together(expression)) <= MOST_COEFFICIENTS
    changes += [sympy.together] * exact + [sympy.factor] * small
    for change in changes:
        try:
            forms.append(change(expression))
        except (
            ValueError,
            TypeError,
            AttributeError,
            RecursionError,
            sympy.PolynomialError,
        ):  # limits of sympy
            continue
    short = min(forms, key=_length)
    # sympy rewrites sinh, cosh and tanh as sums of exponentials, which take minutes.
    if small and short.count_ops() <= 25 and not short.has(HyperbolicFunction):
        forms = [short, sympy.simplify(short)]
        short = min(forms, key=_length)
    return short


def _expand_terms(expression: Any) -> int:
    """An upper bound of the number of terms when multiplied out."""
    if expression.is_Add:
        return sum(map(_expand_terms, expression.args))
    if expression.is_Mul:
        return math.prod(map(_expand_terms, expression.args))
    if expression.is_Pow and expression.exp.is_Integer:
        power, terms = abs(int(expression.exp)), _expand_terms(expression.base)
        return math.comb(terms + power - 1, power)
    return 1


def _degree(expression: Any) -> int:
    """An upper bound of the degree as a polynomial in its generators."""
    if expression.is_Add:
        return max(map(_degree, expression.args))
    if expression.is_Mul:
        return sum(map(_degree, expression.args))
    if expression.is_Pow and expression.exp.is_Integer:
        return abs(int(expression.exp)) * _degree(expression.base)
    return 0 if expression.is_number else 1


def _dense_size(quotient: Any) -> float:
    """The number of coefficients, including zeros, of numerator and denominator as polynomials.

    sympy uses such dense polynomials to find factors. With a dozen variables of degree 3 that would
    never end.
    """
    import sympy

    total = 0.0
    for part in sympy.fraction(quotient):
        if _expand_terms(part) > MOST_TERMS or _degree(part) > MOST_COEFFICIENTS:
            return math.inf
        if not part.is_number:
            total += math.prod(1.0 + d for d in sympy.Poly(part).degree_list())
    return total


def _length(expression: Any) -> tuple[int, int]:
    return expression.count_ops(), len(str(expression))


def round_numbers(expression: Any, digits: int = 4) -> Any:
    """The expression with its inexact numbers rounded to `digits` significant digits."""
    import sympy

    numbers = expression.atoms(sympy.Float)
    return expression.xreplace({n: sympy.Float(n, digits) for n in numbers})


def to_numpy(expression: Any, symbols: Sequence[Any]) -> Callable[..., Any]:
    """A numpy function of the symbols' values."""
    import sympy

    # Nameless symbols, because an input called pi or exp would hide the constant or function.
    nameless = [sympy.Dummy() for _ in symbols]
    expression = expression.xreplace(dict(zip(symbols, nameless, strict=True)))
    return sympy.lambdify(nameless, expression, modules=["scipy", "numpy"])
