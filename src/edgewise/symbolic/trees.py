"""The formula of each output of a network of formulas, composed layer by layer."""

from __future__ import annotations

from collections.abc import Sequence

from edgewise.formula.expression import Expression, Number, add, exact, multiply
from edgewise.symbolic.edges import Bias, Edge, SymbolicEdges
from edgewise.symbolic.mixed_layer import SymbolicLayer


def trees_of(layers: Sequence[SymbolicLayer], inputs: Sequence[Expression]) -> list[Expression]:
    """Each output of a network as a formula, with exact numbers and without zeros and ones.

    Args:
        inputs: the inputs of the first layer, as formulas.

    Raises:
        ValueError: if an edge is still a curve.
    """
    nodes = list(inputs)
    for k, layer in enumerate(layers):
        if curves := layer.numeric_ends():
            i, o = curves[0]
            raise ValueError(
                f"formula expected a function on every edge, got a curve on {len(curves)} edges of "
                f"layer {k}, the first from input {i} to output {o}: regress, or regress again "
                "without numeric_above, or add functions to the library"
            )
        nodes = _nodes_above(layer.symbolic, nodes)
    return nodes


def _nodes_above(symbolic: SymbolicEdges, nodes: Sequence[Expression]) -> list[Expression]:
    terms: list[list[Expression]] = [[bias_number(b)] for b in symbolic.biases()]
    factors: dict[int, list[Expression]] = {o: [] for o in symbolic.products}
    for edge in symbolic.edges():
        value = edge_tree(edge, nodes[edge.i])
        (factors if edge.o in factors else terms)[edge.o].append(value)
    for o, parts in factors.items():
        terms[o].append(multiply(*parts))
    return [add(*parts) for parts in terms]


def edge_tree(edge: Edge, source: Expression) -> Expression:
    """The edge's formula with `source` as its input, without zeros and ones."""
    numbers = [_plain(n, edge.frozen) for n in edge.numbers]
    return edge.tree.with_numbers(numbers).substitute({0: source})


def bias_number(bias: Bias) -> Number:
    """The number of a bias; it is exact if known to be, and for 0 and 1."""
    return _plain(bias.number, bias.frozen)


def _plain(number: Number, frozen: bool) -> Number:
    value = number.value
    if number.exact is not None or not value.is_integer():
        return number
    return exact(int(value)) if frozen or value in (0.0, 1.0) else number
