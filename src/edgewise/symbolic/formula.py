"""Symbolic networks as sympy expressions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from edgewise.formula.sympy_forms import simplest
from edgewise.symbolic.edges import Scalar, SymbolicEdges, SymbolicLayer


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
