"""One edge of a symbolic network as a tree."""

from __future__ import annotations

from edgewise.formula.expression import Expression, Number, add, apply, exact, multiply
from edgewise.formula.function import Function
from edgewise.symbolic.edges import Edge, Scalar


def edge_tree(edge: Edge, source: Expression) -> Expression:
    """c · f(a · source + b) + d, with zeros and ones left out."""
    a, b, c, d = map(number_of, edge.scalars)
    return add(multiply(c, apply_function(edge.function, add(multiply(a, source), b))), d)


def apply_function(function: Function, argument: Expression) -> Expression:
    """The function of an argument; one that is an expression itself is written out."""
    if function.tree is not None:
        return function.tree.substitute({0: argument})
    return apply(function, argument)


def number_of(scalar: Scalar) -> Number:
    """The number that a scalar is, exact where that is known, as zeros and ones always are."""
    if scalar.exact is not None:
        return Number(scalar.value, scalar.exact)
    if scalar.value in (0.0, 1.0):
        return exact(int(scalar.value))
    return Number(scalar.value)
