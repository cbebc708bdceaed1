"""Labels and curves of a symbolic network's edges, for plots."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from edgewise.explain.edge_curves import check_points
from edgewise.formula.expression import Input
from edgewise.formula.printing.latex import to_latex
from edgewise.symbolic.mixed_layer import SymbolicLayer
from edgewise.symbolic.trees import bias_number, edge_tree

DIGITS = 3
"""Significant digits of a constant in a drawing."""


def edge_labels(layers: Sequence[SymbolicLayer]) -> list[list[list[str | None]]]:
    """The function's name for each layer, input and output; None for curves and missing edges."""
    tables = []
    for layer in layers:
        table: list[list[str | None]] = [
            [None] * layer.out_features for _ in range(layer.in_features)
        ]
        for edge in layer.symbolic.edges():
            table[edge.i][edge.o] = edge.name
        tables.append(table)
    return tables


def edge_formulas(layers: Sequence[SymbolicLayer]) -> list[list[list[str | None]]]:
    """The edges with their constants as mathtext: of x in the first layer, of h in others."""
    tables = edge_labels(layers)
    for k, layer in enumerate(layers):
        for edge in layer.symbolic.edges():
            text = to_latex(edge_tree(edge, Input(0)), ["h" if k else "x"], DIGITS)
            tables[k][edge.i][edge.o] = f"${text}$"
    return tables


def node_constants(layers: Sequence[SymbolicLayer]) -> list[list[str | None]]:
    """The constant of each output of each layer, as mathtext; None for 0."""
    return [
        [
            f"$+\\,{to_latex(bias_number(b), [], DIGITS)}$".replace("+\\,-", "-\\,")
            if b.value
            else None
            for b in layer.symbolic.biases()
        ]
        for layer in layers
    ]


@torch.no_grad()
def edge_curves(
    layers: Sequence[SymbolicLayer], h: Tensor, points: int
) -> list[tuple[Tensor, Tensor]]:
    """For each layer, points (in, n) and each edge's values at them (in, out, n).

    Shape:
        h: (rows, in), the inputs of the first layer

    Raises:
        ValueError: unless there are rows, and 2 to 100,000 points.
    """
    check_points("edge_curves", points)
    if h.dim() != 2 or not len(h):
        raise ValueError(
            "edge_curves expected x of shape (rows, in) with at least one row, got "
            f"{tuple(h.shape)}"
        )
    curves = []
    for layer in layers:
        steps = torch.linspace(0, 1, points, dtype=h.dtype, device=h.device)
        at = torch.lerp(h.amin(0)[:, None], h.amax(0)[:, None], steps)
        curves.append((at, layer.edge_values(at.t()).permute(1, 2, 0)))
        h = layer(h)
    return curves
