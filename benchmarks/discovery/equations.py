"""Formulas as text into trees: the Feynman equations', and what other programs print.

The syntax tree is walked, never run: a formula can come from a file.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from functools import partial

from edgewise.formula.expression import (
    Expression,
    Input,
    add,
    apply,
    exact,
    multiply,
    number,
    power,
)
from edgewise.formula.library import LIBRARY

OPERATORS: dict[type[ast.AST], Callable[..., Expression]] = {
    ast.Add: add,
    ast.Sub: lambda a, b: add(a, multiply(exact(-1), b)),
    ast.Mult: multiply,
    ast.Div: lambda a, b: multiply(a, power(b, exact(-1))),
    ast.Pow: power,
    ast.USub: lambda a: multiply(exact(-1), a),
    ast.UAdd: lambda a: a,
}

FUNCTIONS: dict[str, Callable[[Expression], Expression]] = {
    **{name: partial(apply, LIBRARY[name]) for name in ("exp", "log", "sin", "cos", "tan")},
    **{name: partial(apply, LIBRARY[name]) for name in ("tanh", "abs")},
    **{f"a{name}": partial(apply, LIBRARY[f"arc{name}"]) for name in ("sin", "cos", "tan")},
    "Abs": partial(apply, LIBRARY["abs"]),
    "sqrt": partial(apply, LIBRARY["sqrt"]),
}

CONSTANTS = {"pi": exact(1, 1, "pi")}


def tree_of(formula: str, inputs: Mapping[str, int]) -> Expression:
    """The tree of a formula of named inputs.

    Raises:
        ValueError: something in it is no number, input, operator or known function.
    """
    try:
        node = ast.parse(formula.replace("^", "**"), mode="eval").body
    except SyntaxError as error:
        raise ValueError(f"expected a formula, got {formula!r:.200}") from error
    return _tree(node, inputs)


def _tree(node: ast.expr, inputs: Mapping[str, int]) -> Expression:
    match node:
        case ast.Constant(value=int(value) | float(value)):
            return number(value)
        case ast.Name(id=name) if name in inputs:
            return Input(inputs[name])
        case ast.Name(id=name) if name in CONSTANTS:
            return CONSTANTS[name]
        case ast.UnaryOp(op=op, operand=operand) if type(op) in OPERATORS:
            return OPERATORS[type(op)](_tree(operand, inputs))
        case ast.BinOp(left=left, op=op, right=right) if type(op) in OPERATORS:
            return OPERATORS[type(op)](_tree(left, inputs), _tree(right, inputs))
        case ast.Call(func=ast.Name(id=name), args=[argument]) if name in FUNCTIONS:
            return FUNCTIONS[name](_tree(argument, inputs))
    raise ValueError(f"expected a formula, got {ast.unparse(node)!r:.200} in it")
