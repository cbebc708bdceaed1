"""What a picture of a network shows, apart from how it is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import nn

from edgewise.explain.edge_curves import numbers
from edgewise.explain.names import check_names, feature_names, function_name, taken_features
from edgewise.grids.layers import as_input
from edgewise.plotting.drawn_edges import Scores, Words, find_edges


@dataclass(frozen=True)
class DrawnLayer:
    """The edges between the chosen nodes of two levels.

    Shape:
        curve_x: (in, n); curve_y: (in, out, n); importance: (in, out), of any scale, 0 or more;
        drawn: (in, out), whether there is a curve; labels, formulas: in lists of out; owner:
        (out,), which of the nodes above an output goes to, as it is or as a factor
    """

    curve_x: np.ndarray
    curve_y: np.ndarray
    importance: np.ndarray
    drawn: np.ndarray
    labels: list[list[str | None]]
    formulas: list[list[str | None]]
    """The functions with their constants, where the model tells them; else the labels again."""
    constants: list[str | None]
    """What each node above adds to its edges, where the model tells it."""
    owner: list[int]
    weaker: int
    """How many edges between these nodes are left out."""

    @property
    def limits(self) -> tuple[float, float]:
        """The least and greatest value of all drawn curves, and 0."""
        values = self.curve_y[self.drawn]
        values = np.append(values[np.isfinite(values)], 0.0)
        return float(values.min()), float(values.max())


@dataclass(frozen=True)
class Drawing:
    """A network as it will be drawn.

    Attributes:
        layers: from the inputs to the outputs.
        nodes: for each level, the chosen nodes; of level 0, features of x.
        multiply: for each level and chosen node, whether it multiplies what reaches it.
        more: for each level, how many nodes are left out.
        input_names, output_names: of the chosen ones.
        ranges: of each chosen input, the ends of its curves' axis, if that is the input itself.
        notes: what has to be said about the curves.
        scored_by: "backward", "spread" or "given".
        share_scale: whether all curves of a layer have one scale.
    """

    layers: list[DrawnLayer]
    nodes: list[list[int]]
    multiply: list[list[bool]]
    more: list[int]
    input_names: list[str]
    output_names: list[str]
    ranges: list[tuple[float, float]]
    notes: list[str]
    scored_by: str
    share_scale: bool


@torch.no_grad()
def drawing_of(
    model: nn.Module,
    x: Any,
    *,
    scores: Scores = None,
    input_names: Sequence[str] | None = None,
    output_names: Sequence[str] | None = None,
    max_inputs: int = 10,
    max_nodes: int = 20,
    max_edges: int = 200,
    points: int = 64,
    share_scale: bool = True,
) -> Drawing:
    """Choose what matters most of a network, and the curves of its edges."""
    data = as_input(model, x)
    edges = find_edges(model, data.reshape(-1, data.shape[-1]), scores, points)
    chosen = _choose(edges.scores, edges.owners[-1], max_inputs, max_nodes)
    layers = []
    for k, (axis, y) in enumerate(edges.find_curves(chosen)):
        a, nodes, owner = chosen[k], chosen[k + 1], edges.owners[k]
        b = [o for o, node in enumerate(owner) if node in nodes]
        score, there = edges.scores[k][np.ix_(a, b)], ~edges.gone[k][np.ix_(a, b)]
        drawn = _pick_strongest(score, there, max_edges)
        names = [
            [None if n is None else function_name(n) for n in row]
            for row in _pick_words(edges.labels, k, a, b)
        ]
        layers.append(
            DrawnLayer(
                curve_x=numbers(axis),
                curve_y=numbers(y),
                importance=score,
                drawn=drawn,
                labels=names,
                formulas=_pick_words(edges.formulas, k, a, b) if edges.formulas else names,
                constants=[edges.constants[k][n] if edges.constants else None for n in nodes],
                owner=[nodes.index(owner[o]) for o in b],
                weaker=int(there.sum() - drawn.sum()),
            )
        )
    widths = [len(edges.scores[0]), *(owner[-1] + 1 for owner in edges.owners)]
    inputs = feature_names(model, widths[0], input_names)
    outputs = check_names("output_names", output_names, "y", widths[-1])
    taken = taken_features(model, widths[0])
    return Drawing(
        layers=layers,
        nodes=[[taken[i] for i in chosen[0]], *chosen[1:]],
        multiply=[[n in p for n in c] for p, c in zip([[], *edges.products], chosen, strict=True)],
        more=[w - len(c) for w, c in zip(widths, chosen, strict=True)],
        input_names=[inputs[i] for i in chosen[0]],
        output_names=[outputs[o] for o in chosen[-1]],
        ranges=[(float(t[0]), float(t[-1])) for t in layers[0].curve_x] if edges.raw else [],
        notes=edges.notes,
        scored_by=edges.scored_by,
        share_scale=share_scale,
    )


def _pick_words(words: Words | None, k: int, a: list[int], b: list[int]) -> list[list[str | None]]:
    """Of the edges between chosen nodes."""
    return [[None if words is None else words[k][i][o] for o in b] for i in a]


def _choose(
    importance: list[np.ndarray], owner: list[int], max_inputs: int, max_nodes: int
) -> list[list[int]]:
    """Choose the nodes of each level that matter most, in their own order."""
    last = np.bincount(owner, importance[-1].sum(0))
    weight = [*(s.sum(1) for s in importance), last]
    chosen = []
    for k, w in enumerate(weight):
        best = np.argsort(-w, kind="stable")[: max_nodes if k else max_inputs]
        chosen.append(sorted(best.tolist()))
    return chosen


def _pick_strongest(score: np.ndarray, there: np.ndarray, most: int) -> np.ndarray:
    order = np.argsort(-np.where(there, score, -1.0), axis=None, kind="stable")[:most]
    keep = np.zeros(score.size, bool)
    keep[order] = True
    return keep.reshape(score.shape) & there
