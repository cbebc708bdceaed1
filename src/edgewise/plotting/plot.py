"""Pictures of a network, of one edge and of a basis. Nothing here touches pyplot."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from torch import Tensor, nn

from edgewise._checks import check_flags, check_numbers, read_count
from edgewise._tensors import tensors_on_cpu
from edgewise.bases import Basis
from edgewise.charts.chart import Axis, Chart
from edgewise.charts.marks import Line, Mark, Rules, count_values, scatter
from edgewise.charts.style import (
    BLUE,
    GREY,
    ORANGE,
    PALE_BLUE,
    SILVER,
    figure_class,
    save_figure,
)
from edgewise.explain.edge_curves import EdgeView, check_points, edge_view, grid_points, numbers
from edgewise.explain.units import unscale_edge
from edgewise.nn import KANLinear
from edgewise.nn.arguments import read_edge
from edgewise.plotting.drawing import drawing_of
from edgewise.plotting.drawn_edges import Scores
from edgewise.plotting.words import can_set

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MOST_POINTS = 10**7
"""Of all curves of a picture of a basis."""


@tensors_on_cpu()
def plot(
    model: nn.Module,
    x: Any,
    *,
    input_names: Sequence[str] | None = None,
    output_names: Sequence[str] | None = None,
    scores: Scores = None,
    title: str | None = None,
    path: str | os.PathLike[str] | None = None,
    max_inputs: int = 10,
    max_nodes: int = 20,
    max_edges: int = 200,
    points: int = 64,
    share_scale: bool = True,
) -> Figure:
    """Draw a network with a curve on every edge: inputs below, outputs above, sums in between.

    Every curve runs over the range that the data has there, which is written below the inputs. All
    curves of a layer share one scale, whose ends and 0 stand left of the first box, and the thin
    line in a box is 0: a weak edge looks weak. The stronger an edge's score, compared with its
    layer, the darker it is; the legend tells how much. Edges with a formula are orange and carry
    it with its constants. Masked edges aren't drawn. Of a network too large for a page the inputs,
    nodes and edges with the greatest scores are drawn, and it says how many are left out; where
    nodes carry numbers, they count from 0, as x₀ does. Where a LayerNorm (or another normalisation
    that mixes features) stands before a layer, its curves are functions of the normalised value,
    see :func:`plot_edge`.

    Args:
        model: a KAN (every preset is one), or a model that draws its own edges: one with the
            methods of :class:`~edgewise.explain.edge_curves.DrawsEdges`.
        x: the data, (*, in_features).
        input_names: of all features of x; default: ``model.input_names`` or x₀, x₁, …
        output_names: default: y₀, y₁, …
        scores: how much edges matter. "backward" (also None): what reaches the outputs, see
            :func:`~edgewise.explain.attribution.attribute`; "spread": the standard deviation
            of what each edge adds; or your own, one tensor (in, out) for each layer. A model that
            draws its own edges scores them itself.
        title: a title above the network.
        path: the file to save the figure to as well (the suffix picks the format), or None.
        max_inputs, max_nodes, max_edges: the most inputs, nodes of every other level, and edges
            between two levels that are drawn.
        points: the number of points of each curve.
        share_scale: False stretches every curve to its box, so that the shape of weak ones shows.

    Returns:
        A matplotlib Figure. No pyplot state is touched.

    Raises:
        ImportError: matplotlib is not installed.
        TypeError: if the model is neither, or the title no text.
        ValueError: if names or scores don't fit the model, or the data isn't finite.

    Example:
        >>> import torch, edgewise as ew
        >>> model, x = ew.KAN([2, 5, 1]), torch.rand(100, 2)
        >>> figure = ew.plot(model, x, input_names=["mass", "speed"])
    """
    figure_class("plot")
    limits = {"max_inputs": max_inputs, "max_nodes": max_nodes, "max_edges": max_edges}
    for name, value in limits.items():
        read_count("plot", name, value, 1)
    check_points("plot", points)
    check_flags("plot", share_scale=share_scale)
    _check_text("plot", title=title)
    drawing = drawing_of(
        model,
        x,
        scores=scores,
        input_names=input_names,
        output_names=output_names,
        points=points,
        share_scale=share_scale,
        **limits,
    )
    from edgewise.plotting.plot_network import draw_network

    return save_figure(draw_network(drawing, title), path)


@tensors_on_cpu()
def plot_edge(
    model: nn.Module,
    x: Any,
    edge: tuple[int, int, int],
    *,
    fit: Callable[[Tensor], Tensor] | None = None,
    fit_name: str = "fit",
    input_names: Sequence[str] | None = None,
    scaler: Any = None,
    output_scaler: Any = None,
    title: str | None = None,
    path: str | os.PathLike[str] | None = None,
    points: int = 400,
) -> Figure:
    """Draw one edge: its curve, how the data lies under it, and the grid as ticks on the axis.

    The curve is what the edge adds to its node, basis and base branch together. If the layer's
    normalisation acts on each feature alone, the axis is the layer's input itself. If it mixes
    features, as LayerNorm and KAL-Net's scaling do, the axis is the normalised value, and says so.
    With a base branch, which reads the value before, the edge is then no function of one
    number: light points show what it gives for the data, and the curve is their mean given the
    normalised value (local linear regression). The curve of an edge with a formula is orange, and
    the formula stands above it.

    Args:
        model, x: as in :func:`plot`.
        edge: (layer, input, output), counted from 0; the input is one of those the layer reads.
        fit: a function to compare with, of what is on the axis, for example ``torch.sin``.
        fit_name: what the legend calls it.
        input_names: of all features of x; default: ``model.input_names`` or x₀, x₁, …
        scaler: what made x of the data, with an ``inverse_transform`` as scikit-learn's scalers
            have it: the axis of an edge of the first layer is then in the units of the data.
        output_scaler: the same for what the network learned: an edge of the last layer then adds
            units of the target. It has to shift and multiply only.
        title, path: as in :func:`plot`.
        points: the number of points of the curve.

    Raises:
        ImportError: matplotlib is not installed.
        TypeError: if the model is no KAN, or a title or name no text.
        ValueError: if there is no such edge, its curve is nowhere finite, or names or scalers
            don't fit.

    Example:
        >>> import torch, edgewise as ew
        >>> model, x = ew.KAN([2, 5, 1]), torch.rand(100, 2)
        >>> figure = ew.plotting.plot_edge(model, x, edge=(0, 1, 3), fit=torch.sin, fit_name="sin")
    """
    figure = figure_class("plot_edge")(figsize=(4.6, 3.4), layout="constrained")
    check_points("plot_edge", points)
    _check_text("plot_edge", title=title, fit_name=fit_name)
    edge = read_edge("plot_edge", edge)
    view = edge_view(model, x, edge, points, input_names)
    view = unscale_edge(model, view, edge, scaler, output_scaler)
    chart = _chart_edge(view, fit, fit_name, title or "")
    if view.data is None:
        replace(chart, x=Axis(view.x_label)).draw(figure.subplots())
    else:
        axes, bottom = figure.subplots(
            2, 1, sharex=True, gridspec_kw={"height_ratios": (6, 1), "hspace": 0.03}
        )
        Chart([count_values(view.data, colour=SILVER)], Axis(view.x_label), grid=None).draw(bottom)
        bottom.set_yticks([])
        bottom.spines["left"].set_visible(False)
        chart.draw(axes)
        axes.tick_params(bottom=False, labelbottom=False)
    return save_figure(figure, path)


@tensors_on_cpu()
def plot_basis(
    basis: Basis | KANLinear,
    *,
    input_index: int = 0,
    beyond: float = 0.25,
    title: str | None = None,
    path: str | os.PathLike[str] | None = None,
    points: int = 1000,
) -> Figure:
    """Draw the functions φ_g of a basis, on its domain (between the dotted lines) and beyond.

    Where no function is negative on the domain and their sum isn't far above them, it is drawn as
    well; the legend says so if it is 1 there. Ticks on the axis are the grid.

    Args:
        basis: a basis as it starts out, or a layer, whose grid may have moved.
        input_index: which input's grid, where a layer has several.
        beyond: how far to go on at either end, in fractions of the domain.
        title, path: as in :func:`plot`.
        points: the number of points of each curve.

    Raises:
        ImportError: matplotlib is not installed.
        TypeError: if it is neither a basis nor a layer, or the title no text.
        ValueError: if there is no such input.

    Example:
        >>> import edgewise as ew
        >>> figure = ew.plotting.plot_basis(ew.BSpline(grid=5, degree=3))
    """
    figure = figure_class("plot_basis")(figsize=(4.8, 3.0), layout="constrained")
    check_points("plot_basis", points)
    _check_text("plot_basis", title=title)
    layer = _as_layer(basis, points)
    input_index = read_count("plot_basis", "input_index", input_index, 0)
    check_numbers("plot_basis", beyond=beyond)
    if not 0 <= input_index < layer.in_features:
        raise ValueError(
            f"plot_basis expected input_index from 0 to {layer.in_features - 1}, got {input_index}"
        )
    knots = grid_points(layer, input_index)
    ends = layer.basis.domain(layer.grid) if knots is None else (knots[0], knots[-1])
    lo, hi = (float(e) for e in ends)
    if lo == hi:  # a single centre
        lo, hi = lo - 0.5, hi + 0.5
    margin = beyond * (hi - lo)
    z, phi = _basis_values(layer, input_index, (lo - margin, hi + margin), points)
    chart = _chart_basis(z, phi, (lo, hi))
    if knots is not None:
        chart = replace(chart, marks=[*chart.marks, _mark_knots(knots)])
    x = replace(chart.x, label="z" if layer.norm is None else "n(x)")
    replace(chart, x=x, title=title or type(layer.basis).__name__).draw(figure.subplots())
    return save_figure(figure, path)


# Checks.


def _check_text(owner: str, **texts: Any) -> None:
    for name, text in texts.items():
        if text is not None and not isinstance(text, str):
            raise TypeError(f"{owner} expected {name} as a text, got {text!r:.80}: write it as one")


def _as_layer(basis: Any, points: int) -> KANLinear:
    own = basis.basis if isinstance(basis, KANLinear) else basis
    if not isinstance(own, Basis):
        raise TypeError(
            f"plot_basis expected a basis such as BSpline(), or a KANLinear, got {basis!r}"
        )
    if points * own.num_basis > MOST_POINTS:
        raise ValueError(
            f"plot_basis expected at most {MOST_POINTS:,} points of all functions, got {points:,} "
            f"of each of {own.num_basis:,}: take a basis with fewer, or fewer points"
        )
    if isinstance(basis, KANLinear):
        return basis
    return KANLinear(1, 1, basis=basis, norm=None, init=lambda layer, generator: None)


# One edge.


def _chart_edge(
    view: EdgeView, fit: Callable[[Tensor], Tensor] | None, fit_name: str, title: str
) -> Chart:
    marks: list[Mark] = []
    if view.data is not None and view.values is not None:
        marks.append(scatter(view.data, view.values, 2.2, colour=PALE_BLUE, label="data"))
    if _is_near_zero(view.y):
        marks.append(Rules([0.0], gid="zero"))
    label = "edge" if view.values is None else "mean"
    if view.formula is not None and can_set(view.formula):
        label = view.formula
    alone = fit is None and view.values is None and view.formula is None
    colour = BLUE if view.formula is None else ORANGE
    marks.append(Line(view.x, view.y, colour=colour, label=None if alone else label))
    if fit is not None:
        values = _call(fit, view.x)
        marks.append(Line(view.x, values, 1.4, dash=True, colour=ORANGE, label=fit_name))
    if view.knots is not None and len(view.knots):
        marks.append(_mark_knots(view.knots))
    return Chart(marks, y=Axis(view.y_label), title=title)


def _is_near_zero(y: np.ndarray) -> bool:
    """Whether 0 can be shown without pressing the curve flat."""
    finite = y[np.isfinite(y)]
    if not len(finite):
        raise ValueError(
            "plot_edge expected a curve with finite values, got none: scale the data, or load "
            "weights that are not broken"
        )
    low, high = finite.min(), finite.max()
    near = high / 2 - low / 2
    return bool(low - near <= 0 <= high + near)


def _call(fit: Callable[[Tensor], Tensor], x: np.ndarray) -> np.ndarray:
    y = np.asarray(fit(torch.from_numpy(x.copy())), dtype=np.float64)
    return np.broadcast_to(y, x.shape)


def _mark_knots(knots: np.ndarray) -> Rules:
    """Ticks on the lower edge of the axes."""
    return Rules(knots, upright=True, to=0.035, width=0.9, gid="grid")


# A basis.


@torch.no_grad()
def _basis_values(
    layer: KANLinear, i: int, ends: tuple[float, float], points: int
) -> tuple[np.ndarray, np.ndarray]:
    """z, (points,), and φ(z), (points, num_basis), of one input's grid."""
    z = torch.linspace(*ends, points, dtype=layer.coef.dtype, device=layer.coef.device)
    phi = layer.basis.evaluate(z[:, None].expand(-1, layer.in_features), layer.grid)[:, i]
    return numbers(z), numbers(phi)


def _chart_basis(z: np.ndarray, phi: np.ndarray, ends: tuple[float, float]) -> Chart:
    from matplotlib import colormaps
    from matplotlib.colors import to_hex

    inside = (z >= ends[0]) & (z < ends[1])
    colours = map(to_hex, colormaps["viridis"](np.linspace(0, 0.88, phi.shape[1])))
    marks: list[Mark] = [
        Line(z, values, 1.3, colour=colour) for values, colour in zip(phi.T, colours, strict=True)
    ]
    low, high = phi[inside].min(), phi[inside].max()
    total = phi.sum(1)
    if low >= -1e-6 and total.max() <= 2.5 * high:  # a greater one would press the rest flat
        one = np.abs(total[inside] - 1).max() < 1e-4
        name = "sum, 1 on the domain" if one else "sum"
        marks.append(Line(z, total, 1.2, dash=True, colour=GREY, label=name))
        high = max(high, total.max())
    marks.append(Rules(ends, upright=True, dash=True))
    margin = 0.08 * (high - low)  # polynomials leave the picture where they leave their domain
    y = Axis("φ", ends=(low - margin, high + margin))
    return Chart(marks, Axis(ends=(z[0], z[-1])), y)
