"""Symbolic networks as sympy expressions."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

from edgewise.symbolic.edges import Scalar, SymbolicEdges, SymbolicLayer

MOST_OPERATIONS = 60
MOST_TERMS = 200
MOST_COEFFICIENTS = 5000
"""Coefficients beyond which simplifying would take longer than finding the formula."""


def symbols_of(names: Sequence[str]) -> list[Any]:
    """The inputs as sympy symbols.

    Raises:
        ValueError: if two have the same name: a formula couldn't tell them apart.
    """
    import sympy

    if len(set(names)) != len(names):
        raise ValueError(
            f"formula expected different input names, got {list(names)}: set model.input_names"
        )
    return [sympy.Symbol(n) for n in names]


def expressions(
    layers: Sequence[SymbolicLayer], symbols: Sequence[Any], *, simplify: bool = True
) -> list[Any]:
    """Each output of a network whose first layer reads these symbols.

    Raises:
        ValueError: if an edge is still a curve.
    """
    import sympy

    nodes = symbols
    for k, layer in enumerate(layers):
        if curves := layer.numeric_ends():
            i, o = curves[0]
            raise ValueError(
                f"formula expected a function on every edge, got a curve on {len(curves)} edges of "
                f"layer {k}, the first from input {i} to output {o}: regress again without "
                "numeric_above, or add functions to the library"
            )
        nodes = _layer_expressions(layer.symbolic, nodes)
    return [simplest(sympy.sympify(n)) if simplify else sympy.sympify(n) for n in nodes]


def _layer_expressions(symbolic: SymbolicEdges, nodes: Sequence[Any]) -> list[Any]:
    """The outputs of a layer as expressions of what it reads."""
    import sympy

    sums = [_value(b) if b.value else 0 for b in symbolic.biases()]
    factors: dict[int, list[Any]] = {o: [] for o in symbolic.products}
    for edge in symbolic.edges():
        a, b, c, d = (_value(s) for s in edge.scalars)
        term = c * edge.function.sympy(a * nodes[edge.i] + (b if edge.b.value else 0))
        if edge.o in factors:
            factors[edge.o].append(term + d if edge.d.value else term)
        else:
            sums[edge.o] += term
    for o, parts in factors.items():
        sums[o] += sympy.prod(parts)
    return sums


def _value(scalar: Scalar) -> Any:
    """An exact constant where one is known, a whole number where one was given, or the number."""
    import sympy

    if scalar.exact is not None:
        return scalar.exact.sympy()
    if not scalar.free and scalar.value.is_integer():
        return sympy.Integer(scalar.value)
    return sympy.Float(scalar.value, 15)


def simplest(expression: Any) -> Any:
    """The shortest of a few ways to write it."""
    import sympy
    from sympy.functions.elementary.hyperbolic import HyperbolicFunction

    if expression.count_ops() > MOST_OPERATIONS:
        return expression
    forms = [expression]
    changes = [sympy.factor_terms, sympy.powsimp]
    if max(map(_expand_terms, sympy.preorder_traversal(expression))) <= MOST_TERMS:
        changes.append(sympy.expand)
    # Polynomials with inexact coefficients hardly ever have factors, and the search takes hours.
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
        ):  # sympy's own limits
            continue
    short = min(forms, key=_length)
    # It takes minutes over sums of exponentials, as sinh, cosh and tanh are to it.
    if small and short.count_ops() <= 25 and not short.has(HyperbolicFunction):
        forms = [short, sympy.simplify(short)]
        short = min(forms, key=_length)
    return short


def _expand_terms(expression: Any) -> int:
    """How many terms it has at most when multiplied out."""
    if expression.is_Add:
        return sum(map(_expand_terms, expression.args))
    if expression.is_Mul:
        return math.prod(map(_expand_terms, expression.args))
    if expression.is_Pow and expression.exp.is_Integer:
        power, terms = abs(int(expression.exp)), _expand_terms(expression.base)
        return math.comb(terms + power - 1, power)
    return 1


def _dense_size(quotient: Any) -> float:
    """Coefficients, zeros too, of numerator and denominator as polynomials in whatever is in them.

    sympy divides polynomials that are written out like this when it looks for factors: a dozen
    variables of degree 3 would take it a lifetime.
    """
    import sympy

    total = 0.0
    for part in sympy.fraction(quotient):
        if _expand_terms(part) > MOST_TERMS:
            return math.inf
        if not part.is_number:
            total += math.prod(1.0 + d for d in sympy.Poly(part).degree_list())
    return total


def _length(expression: Any) -> tuple[int, int]:
    return expression.count_ops(), len(str(expression))


def round_numbers(expression: Any, digits: int = 4) -> Any:
    """The expression with its inexact numbers rounded to so many significant digits."""
    import sympy

    numbers = expression.atoms(sympy.Float)
    return expression.xreplace({n: sympy.Float(n, digits) for n in numbers})


def to_numpy(expression: Any, symbols: Sequence[Any]) -> Callable[..., Any]:
    """A numpy function of the symbols' values."""
    import sympy

    # An input called pi or exp would hide the constant or function of that name.
    nameless = [sympy.Dummy() for _ in symbols]
    expression = expression.xreplace(dict(zip(symbols, nameless, strict=True)))
    return sympy.lambdify(nameless, expression, modules=["scipy", "numpy"])
