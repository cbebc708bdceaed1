"""The curves of edges over the range that data has there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

import numpy as np
import torch
from torch import Tensor, nn

from edgewise._checks import read_count
from edgewise.data.rows import pick_evenly
from edgewise.explain.edges import layer_inputs
from edgewise.explain.names import feature_names, hidden_name, node_names, subscript, taken_features
from edgewise.grids.layers import as_input
from edgewise.models.as_kan import check_kan
from edgewise.models.kan import KAN
from edgewise.nn import KANLinear
from edgewise.nn.inspect import in_evaluation

MAX_ROWS = 2048
"""Rows of the data for ranges, clouds and conditional means; scores see all of it."""
SMOOTHED_ROWS = 512


MOST_POINTS = 100_000
"""Of one curve: more than any picture shows."""


def check_points(owner: str, points: Any) -> None:
    """Raise ValueError unless a curve can be drawn by so many points."""
    read_count(owner, "points", points, 2)
    if points > MOST_POINTS:
        raise ValueError(
            f"{owner} expected at most {MOST_POINTS:,} points of a curve, got {points:,}: fewer do"
        )


@runtime_checkable
class DrawsEdges(Protocol):
    """A layered model that knows its own edges: ``plot`` draws any, whatever it is made of.

    It may also have ``input_names``, ``inputs`` and ``in_features``, which mean what they do for
    :class:`~edgewise.models.kan.KAN`; ``product_nodes()``, for each layer the outputs at which
    edges multiply; ``edge_formulas()``, the labels with constants; and ``node_constants()``, for
    each layer and output what it adds to its edges, or None.
    """

    def edge_curves(self, x: Tensor, points: int) -> list[tuple[Tensor, Tensor]]:
        """For each layer what is on the axis, (in, points), and the edges, (in, out, points).

        An edge without any finite number but 0 isn't there, and isn't drawn.
        """

    def edge_scores(self, x: Tensor) -> list[Tensor]:
        """For each layer how much the edges matter, (in, out)."""

    def edge_labels(self) -> list[list[list[str | None]]]:
        """For each layer, input and output a function's name, or None if it has no formula."""


def numbers(tensor: Tensor) -> np.ndarray:
    """The tensor as numpy, in float64."""
    return tensor.detach().cpu().double().numpy()


def mixing_norm(layer: KANLinear) -> str | None:
    """What a normalisation that mixes features is called on an axis; None for all others."""
    return layer.norm.title if layer.norm is not None and layer.norm.mixes else None


def kan_curves(
    model: KAN, x: Tensor, chosen: list[list[int]], points: int
) -> list[tuple[Tensor, Tensor]]:
    """For each layer an axis, (in, points), and curves, (in, out, points), of the chosen nodes.

    Outputs that are factors of a chosen product are chosen.
    """
    curves, model = [], in_evaluation(model)
    reached = _find_inputs(model, x)
    for k, layer in enumerate(model.stack()):
        axis, psi = profile(layer, reached[k], chosen[k], points)
        outputs = chosen_outputs(model, k, chosen[k + 1])
        w = layer.weights()[chosen[k]][:, :, outputs]
        curves.append((axis.T, torch.einsum("nig,igo->ion", psi, w)))
    return curves


def chosen_outputs(model: KAN, k: int, nodes: list[int]) -> list[int]:
    """The outputs of layer k that go to these nodes."""
    owner = model.owners(k).tolist()
    return [o for o in range(len(owner)) if owner[o] in nodes]


def _find_inputs(model: KAN, x: Tensor) -> list[Tensor]:
    rows = x.reshape(-1, x.shape[-1])
    return layer_inputs(model, rows[pick_evenly(len(rows), MAX_ROWS)])


def _on_axis(layer: KANLinear, h: Tensor) -> Tensor:
    """What a curve is drawn over: what the layer gets, or n(h) where n mixes the features."""
    return layer.normalized(h) if layer.mixes_features else h


def profile(layer: KANLinear, h: Tensor, inputs: list[int], points: int) -> tuple[Tensor, Tensor]:
    """An axis over the range of the data for each chosen input, and ψ there.

    Where the normalisation mixes features, s(h_i) is no function of n(h)_i, and its mean given
    n(h)_i takes its place.

    Shape:
        h: (rows, in) → (points, chosen) and (points, chosen, num_basis [+ 1])
    """
    seen = _on_axis(layer, h)
    low, high = seen.amin(0), seen.amax(0)
    still = high <= low
    low, high = torch.where(still, low - 0.5, low), torch.where(still, high + 0.5, high)
    t = torch.linspace(0, 1, points, dtype=h.dtype, device=h.device)[:, None]
    axis = low + t * (high - low)
    if not layer.mixes_features:
        return axis[:, inputs], layer.features(axis)[:, inputs]
    phi, axis = layer.basis.evaluate(axis, layer.grid)[:, inputs], axis[:, inputs]
    if layer.base_weight is None:
        return axis, phi
    few = pick_evenly(len(h), SMOOTHED_ROWS)
    some, raw = seen[few][:, inputs], h[few][:, inputs]
    s = conditional_mean(axis, some, layer.activation(layer.base_input(raw, some)))
    return axis, torch.cat([phi, s[..., None]], -1)


def conditional_mean(at: Tensor, seen: Tensor, values: Tensor) -> Tensor:
    """E[value | seen = at] by local linear regression with a Gaussian window, feature by feature.

    Shape:
        at: (n, features); seen, values: (rows, features) → (n, features)
    """
    spread = seen.std(0) if len(seen) > 1 else torch.zeros_like(seen[0])
    width = (1.06 * spread * len(seen) ** -0.2).clamp_min(torch.finfo(seen.dtype).eps)
    gap = (seen - at[:, None]) / width  # (n, rows, features)
    window = torch.softmax(-(gap**2) / 2, 1)
    mean_gap, mean = (window * gap).sum(1), (window * values).sum(1)
    variance = (window * gap**2).sum(1) - mean_gap**2
    slope = ((window * gap * values).sum(1) - mean_gap * mean) / (variance + 1e-3)
    return mean - slope * mean_gap


@dataclass(frozen=True)
class EdgeView:
    """One edge: a curve, what its axes are called, and the data as far as it is known.

    Shape:
        x, y: (n,); data: (rows,), on the axis; values: (rows,), what the edge gives for them where
        the curve is but their mean; knots: (m,), the grid, on the axis
    formula: of the edge, if it has one.
    """

    x: np.ndarray
    y: np.ndarray
    x_label: str
    y_label: str
    data: np.ndarray | None = None
    values: np.ndarray | None = None
    knots: np.ndarray | None = None
    formula: str | None = None


@torch.no_grad()
def edge_view(
    model: nn.Module,
    x: Any,
    edge: tuple[int, int, int],
    points: int,
    input_names: Sequence[str] | None,
) -> EdgeView:
    """One edge of a network in full.

    Raises:
        ValueError: if the model has no such edge.
    """
    k, i, o = edge
    data = as_input(model, x)
    rows = data.reshape(-1, data.shape[-1])
    if isinstance(model, DrawsEdges):
        curves = model.edge_curves(rows, points)
        shapes = [tuple(y.shape[:2]) for _, y in curves]
        x_label, y_label = _labels(model, edge, shapes, None, input_names)
        tell = getattr(model, "edge_formulas", model.edge_labels)
        return EdgeView(
            numbers(curves[k][0][i]),
            numbers(curves[k][1][i, o]),
            x_label,
            y_label,
            formula=tell()[k][i][o],
        )
    kan = check_kan("plot_edge", model)
    shapes = [(layer.in_features, layer.out_features) for layer in kan.stack()]
    norm = mixing_norm(kan.stack()[min(max(k, 0), len(shapes) - 1)])
    x_label, y_label = _labels(kan, edge, shapes, norm, input_names)
    if y_factor := _factor(kan, k, o):
        y_label = y_factor
    still = in_evaluation(kan)
    h, layer = _find_inputs(still, rows)[k], still.stack()[k]
    axis, psi = profile(layer, h, [i], points)
    noisy = norm is not None and layer.base_weight is not None
    return EdgeView(
        numbers(axis[:, 0]),
        numbers(psi[:, 0] @ layer.weights()[i, :, o]),
        x_label,
        y_label + (" before LayerNorm" if kan.post else ""),
        data=numbers(_on_axis(layer, h)[:, i]),
        values=numbers(layer.edge_values(h)[:, i, o]) if noisy else None,
        knots=_knots_on_axis(layer, axis[:, 0], i),
    )


def _labels(
    model: nn.Module,
    edge: tuple[int, int, int],
    shapes: list[tuple[int, ...]],
    norm: str | None,
    names: Sequence[str] | None,
) -> tuple[str, str]:
    """What the axes of an edge are called; raises ValueError if there is no such edge."""
    k, i, o = edge
    if not 0 <= k < len(shapes):
        raise ValueError(
            f"plot_edge expected edge=(layer, input, output) with layer from 0 to "
            f"{len(shapes) - 1}, got {edge}: layers count from 0"
        )
    ins, outs = shapes[k]
    if not (0 <= i < ins and 0 <= o < outs):
        raise ValueError(
            f"plot_edge expected edge=(layer, input, output) with input from 0 to {ins - 1} and "
            f"output from 0 to {outs - 1} in layer {k}, got {edge}: both count from 0"
        )
    nodes = node_names(
        [shapes[0][0], *(o for _, o in shapes)], feature_names(model, shapes[0][0], names)
    )
    y_label = f"adds to {nodes[k + 1][o]}"
    name = nodes[k][i]
    if not norm:
        return name, y_label
    if k:
        return f"{norm}({hidden_name(k, len(shapes) - 1)}){subscript('', i)}", y_label
    feature = taken_features(model, ins)[i]
    known = "" if name == subscript("x", feature) else f", {name}"
    return f"{norm}(x){subscript('', feature)}{known}", y_label


def _factor(kan: KAN, k: int, o: int) -> str | None:
    """What an edge's values are called that go to a factor of a product; None for all others."""
    level = kan.levels()[k + 1]
    if o < level.sums:
        return None
    owner = kan.owners(k).tolist()
    node = node_names([each.nodes for each in kan.levels()], ())[k + 1][owner[o]]
    return f"adds to factor {o - owner.index(owner[o])} of {node}"


def grid_points(layer: KANLinear, i: int) -> np.ndarray | None:
    """The grid of one input, in the terms of the basis; None without one."""
    points = layer.basis.points(layer.grid)
    return None if points is None else numbers(points if points.dim() == 1 else points[i])


def _knots_on_axis(layer: KANLinear, axis: Tensor, i: int) -> np.ndarray | None:
    """The grid points that the axis passes, found where n(axis) takes their values."""
    knots = grid_points(layer, i)
    if knots is None:
        return None
    z = axis
    if not layer.mixes_features:
        z = layer.normalized(axis[:, None].expand(-1, layer.in_features))[:, i]
    at, z_at = numbers(axis), numbers(z)
    if z_at[-1] < z_at[0]:  # a negative scale: the axis runs the other way
        at, z_at = at[::-1], z_at[::-1]
    return np.interp(knots[(knots >= z_at[0]) & (knots <= z_at[-1])], z_at, at)
