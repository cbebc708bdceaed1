"""What a picture of a network shows, apart from how it is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from edgewise.explain.attribution import attribute
from edgewise.explain.curves import DrawsEdges, kan_curves, mixing_norm, numbers
from edgewise.explain.edges import moments
from edgewise.explain.names import check_names, feature_names, function_name, taken_features
from edgewise.grids.layers import as_input
from edgewise.models.kan import KAN, check_kan
from edgewise.nn import KANLinear

Scores = str | Sequence[Tensor] | None


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
    rows = data.reshape(-1, data.shape[-1])
    own = isinstance(model, DrawsEdges)
    if isinstance(model, DrawsEdges):
        every, labels, notes = model.edge_curves(rows, points), model.edge_labels(), []
        gone = [_find_absent(y) for _, y in every]
        owners = [list(range(g.shape[1])) for g in gone]
    else:
        kan = check_kan("plot", model)
        every, labels, notes = [], [], _notes(kan)
        gone = [_find_masked(layer) for layer in kan.stack()]
        owners = [kan.owners(k).tolist() for k in range(len(gone))]
    found = _importance(model, rows, scores, [g.shape for g in gone])
    importance = [np.where(g, 0.0, s) for g, s in zip(gone, found, strict=True)]
    chosen = _choose(importance, owners[-1], max_inputs, max_nodes)
    if every:
        ends = zip(every, chosen[:-1], chosen[1:], strict=True)
        curves = [(axis[a], y[a][:, b]) for (axis, y), a, b in ends]
    else:
        curves = kan_curves(kan, rows, chosen, points)
    layers = []
    for k, (axis, y) in enumerate(curves):
        a, nodes = chosen[k], chosen[k + 1]
        b = [o for o, node in enumerate(owners[k]) if node in nodes]
        score, there = importance[k][np.ix_(a, b)], ~gone[k][np.ix_(a, b)]
        drawn = _pick_strongest(score, there, max_edges)
        names = [[_show_name(labels[k][i][o]) if labels else None for o in b] for i in a]
        weaker = int(there.sum() - drawn.sum())
        formulas = _formulas(model, k, a, b) or names
        layers.append(
            DrawnLayer(
                curve_x=numbers(axis),
                curve_y=numbers(y),
                importance=score,
                drawn=drawn,
                labels=names,
                formulas=formulas,
                constants=_constants(model, k, nodes),
                owner=[nodes.index(owners[k][o]) for o in b],
                weaker=weaker,
            )
        )
    widths = [len(importance[0]), *(owner[-1] + 1 for owner in owners)]
    inputs = feature_names(model, widths[0], input_names)
    outputs = check_names("output_names", output_names, "y", widths[-1])
    taken = taken_features(model, widths[0])
    mixed = not own and mixing_norm(kan.stack()[0]) is not None
    return Drawing(
        layers=layers,
        nodes=[[taken[i] for i in chosen[0]], *chosen[1:]],
        multiply=_multiply(model, chosen),
        more=[w - len(c) for w, c in zip(widths, chosen, strict=True)],
        input_names=[inputs[i] for i in chosen[0]],
        output_names=[outputs[o] for o in chosen[-1]],
        ranges=[] if mixed else [(float(t[0]), float(t[-1])) for t in layers[0].curve_x],
        notes=notes,
        scored_by=_scored_by(scores, own),
        share_scale=share_scale,
    )


def _scored_by(scores: Scores, own: bool) -> str:
    if not (scores is None or isinstance(scores, str)):
        return "given"
    return "backward" if scores is None or own else scores


def _formulas(model: Any, k: int, a: list[int], b: list[int]) -> list[list[str | None]] | None:
    """The formulas of the edges between chosen nodes, if the model tells them."""
    tell = getattr(model, "edge_formulas", None)
    if tell is None:
        return None
    table = tell()[k]  # once, as every edge of the model is written for it
    return [[table[i][o] for o in b] for i in a]


def _constants(model: Any, k: int, nodes: list[int]) -> list[str | None]:
    tell = getattr(model, "node_constants", None)
    if tell is None:
        return [None] * len(nodes)
    constants = tell()[k]
    return [constants[node] for node in nodes]


def _multiply(model: nn.Module, chosen: list[list[int]]) -> list[list[bool]]:
    products = getattr(model, "product_nodes", None)
    found: list[list[int]] = [[] for _ in chosen[1:]] if products is None else products()
    return [[o in level for o in c] for level, c in zip([[], *found], chosen, strict=True)]


def _show_name(name: str | None) -> str | None:
    return None if name is None else function_name(name)


def _find_masked(layer: KANLinear) -> np.ndarray:
    shape = (layer.in_features, layer.out_features)
    return np.zeros(shape, bool) if layer.mask is None else numbers(layer.mask) == 0


def _find_absent(curve_y: Tensor) -> np.ndarray:
    y = numbers(curve_y)
    return ~(np.isfinite(y) & (y != 0)).any(-1)


def _importance(
    model: nn.Module, x: Tensor, scores: Scores, shapes: list[tuple[int, ...]]
) -> list[np.ndarray]:
    found: Sequence[Tensor]
    if not (scores is None or isinstance(scores, str)):
        found = scores
    elif scores not in (None, "backward", "spread"):
        raise ValueError(
            f'plot expected scores to be None, "backward", "spread" or one tensor a layer, got '
            f"{scores!r}"
        )
    elif isinstance(model, DrawsEdges):
        found = model.edge_scores(x)
    elif scores == "spread":
        found = [m.edge_std for m in moments(check_kan("plot", model), x)]
    else:
        found = attribute(check_kan("plot", model), x, method="backward").edges
    got = [tuple(np.shape(s)) for s in found]
    if got != shapes:
        raise ValueError(f"plot expected scores of shapes {shapes}, (in, out) a layer, got {got}")
    return [np.nan_to_num(np.abs(numbers(torch.as_tensor(s)))) for s in found]


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


def _notes(model: KAN) -> list[str]:
    notes = []
    mixing = {mixing_norm(layer): layer.base_weight is not None for layer in model.stack()}
    for name, base in mixing.items():
        if name:
            what = "Curves are means of the edges given" if base else "Curves are functions of"
            notes.append(f"{what} {name} of the inputs.")
    if model.post is not None:
        notes.append("LayerNorm and SiLU follow every sum.")
    return notes
