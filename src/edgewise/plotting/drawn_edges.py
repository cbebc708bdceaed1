"""What a picture needs of a model's edges: of a KAN, and of any model that draws its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from edgewise._checks import read_list
from edgewise.explain.attribution import attribute
from edgewise.explain.edge_curves import DrawsEdges, kan_curves, mixing_norm, numbers
from edgewise.explain.edges import moments
from edgewise.models.as_kan import check_kan
from edgewise.models.kan import KAN
from edgewise.nn import KANLinear

Scores = str | Sequence[Tensor] | None
Words = list[list[list[str | None]]]
"""For each layer, input and output a text, or None."""


@dataclass(frozen=True)
class DrawnEdges:
    """All edges of a model, before some are chosen. Lists have an entry a layer.

    Attributes:
        gone: (in, out), where there is no edge.
        owners: which of the nodes above each output goes to, as it is or as a factor.
        scores: (in, out), how much edges matter, of any scale, 0 or more.
        scored_by: "backward", "spread" or "given".
        find_curves: for the chosen nodes of every level, an axis and curves for each layer.
        products: which of the nodes above multiply.
        labels, formulas: of the edges that are functions, if the model knows any.
        constants: what the nodes above add to their edges, if the model knows it.
        notes: what has to be said about the curves.
        raw: whether the axes of the first layer are the inputs themselves.
    """

    gone: list[np.ndarray]
    owners: list[list[int]]
    scores: list[np.ndarray]
    scored_by: str
    find_curves: Callable[[list[list[int]]], list[tuple[Tensor, Tensor]]]
    products: list[list[int]]
    labels: Words | None = None
    formulas: Words | None = None
    constants: list[list[str | None]] | None = None
    notes: list[str] = field(default_factory=list)
    raw: bool = True


def find_edges(model: nn.Module, x: Tensor, scores: Scores, points: int) -> DrawnEdges:
    """The edges of a KAN, or of a model that draws its own and scores them.

    Raises:
        TypeError: if it is neither.
        ValueError: if the scores don't fit.
    """
    if isinstance(scores, str) and scores not in ("backward", "spread"):
        raise ValueError(
            f'plot expected scores to be None, "backward", "spread" or one tensor a layer, got '
            f"{scores!r}"
        )
    if isinstance(model, DrawsEdges):
        return _ask_model(model, x, scores, points)
    return _read_kan(check_kan("plot", model), x, scores, points)


def _read_kan(kan: KAN, x: Tensor, scores: Scores, points: int) -> DrawnEdges:
    method = scores if isinstance(scores, str) else "backward"
    gone = [_find_masked(layer) for layer in kan.stack()]
    found: Sequence[Tensor]
    if not (scores is None or isinstance(scores, str)):
        method, found = "given", scores
    elif method == "spread":
        found = [m.edge_std for m in moments(kan, x)]
    else:
        found = attribute(kan, x, method="backward").edges
    return DrawnEdges(
        gone=gone,
        owners=[kan.owners(k).tolist() for k in range(len(gone))],
        scores=_check_scores(found, gone),
        scored_by=method,
        find_curves=lambda chosen: kan_curves(kan, x, chosen, points),
        products=kan.product_nodes(),
        notes=_note_norms(kan),
        raw=mixing_norm(kan.stack()[0]) is None,
    )


def _ask_model(model: Any, x: Tensor, scores: Scores, points: int) -> DrawnEdges:
    curves = model.edge_curves(x, points)
    gone = [_find_absent(y) for _, y in curves]
    own = scores is None or isinstance(scores, str)

    def find_curves(chosen: list[list[int]]) -> list[tuple[Tensor, Tensor]]:
        ends = zip(curves, chosen[:-1], chosen[1:], strict=True)
        return [(axis[a], y[a][:, b]) for (axis, y), a, b in ends]

    def ask(name: str) -> Any:
        """What a model may tell, or not."""
        return getattr(model, name, lambda: None)()

    return DrawnEdges(
        gone=gone,
        owners=[list(range(g.shape[1])) for g in gone],
        scores=_check_scores(model.edge_scores(x) if own else scores, gone),
        scored_by="backward" if own else "given",
        find_curves=find_curves,
        products=ask("product_nodes") or [[] for _ in gone],
        labels=model.edge_labels(),
        formulas=ask("edge_formulas"),
        constants=ask("node_constants"),
    )


def _check_scores(scores: Any, gone: list[np.ndarray]) -> list[np.ndarray]:
    scores = read_list("plot", "scores", scores)
    got, shapes = [tuple(np.shape(s)) for s in scores], [g.shape for g in gone]
    if got != shapes:
        raise ValueError(f"plot expected scores of shapes {shapes}, (in, out) a layer, got {got}")
    found = [np.nan_to_num(np.abs(numbers(torch.as_tensor(s)))) for s in scores]
    return [np.where(g, 0.0, s) for g, s in zip(gone, found, strict=True)]


def _find_masked(layer: KANLinear) -> np.ndarray:
    shape = (layer.in_features, layer.out_features)
    return np.zeros(shape, bool) if layer.mask is None else numbers(layer.mask) == 0


def _find_absent(curve_y: Tensor) -> np.ndarray:
    y = numbers(curve_y)
    return ~(np.isfinite(y) & (y != 0)).any(-1)


def _note_norms(model: KAN) -> list[str]:
    notes = []
    mixing = {mixing_norm(layer): layer.base_weight is not None for layer in model.stack()}
    for name, base in mixing.items():
        if name:
            what = "Curves are means of the edges given" if base else "Curves are functions of"
            notes.append(f"{what} {name} of the inputs.")
    if model.post is not None:
        notes.append("LayerNorm and SiLU follow every sum.")
    return notes
