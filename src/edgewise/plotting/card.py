"""The card of a network: its picture, its size and how well it predicts."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from edgewise._checks import read_mapping
from edgewise.charts.card import Card, Drawn
from edgewise.charts.numbers import format_number
from edgewise.explain.attribution import attribute
from edgewise.models import KAN
from edgewise.plotting.plot import plot

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

STRONGEST = 3
PIXELS_AN_INCH = 200


@dataclass(frozen=True)
class _Picture:
    """A figure as a picture within another one."""

    figure: Figure

    def draw(self, axes: Axes) -> None:
        from matplotlib.backends.backend_agg import FigureCanvasAgg

        self.figure.set_dpi(PIXELS_AN_INCH)
        canvas = FigureCanvasAgg(self.figure)
        canvas.draw()
        axes.imshow(np.asarray(canvas.buffer_rgba()))
        axes.set_axis_off()


def plot_card(
    model: KAN,
    x: Any,
    *,
    scores: Mapping[str, str] | None = None,
    output_names: Sequence[str] | None = None,
    path: str | os.PathLike[str] | None = None,
) -> Figure:
    """Draw a network at a glance, as a picture of 1,200 by 630 pixels for a chat or a slide.

    Args:
        model: a KAN.
        x: the data, (*, in_features).
        scores: what is known of its quality, such as ``{"R² on unseen rows": "0.98"}``.
        output_names: default: y₀, y₁, …
        path: where to save the figure as well, or None.

    Returns:
        A matplotlib Figure. No pyplot state is touched.

    Raises:
        ImportError: matplotlib is not installed.

    Example:
        >>> import torch, edgewise as ew
        >>> model, x = ew.KAN([2, 3, 1], seed=0), torch.rand(100, 2)
        >>> figure = ew.plotting.plot_card(model, x, scores={"R²": "0.98"})
        >>> figure.get_size_inches().tolist()
        [12.0, 6.3]
    """
    found = attribute(model, x)
    strongest = [name for name, score in found.rank()[:STRONGEST] if score > 0]
    edges = sum(int((each != 0).sum()) for each in found.edges)
    parameters = sum(p.numel() for p in model.parameters())
    picture = _Picture(plot(model, x, output_names=output_names))
    card = Card(
        stamp="Network",
        style="model",
        headline=f"{type(model).__name__} {list(model.widths)}",
        source="A function of one variable on every edge",
        meaning=f"Its strongest inputs: {', '.join(strongest)}." if strongest else "",
        charts=[Drawn("", picture, large=True)],
        facts=read_mapping("card", "scores", scores)
        | {
            "parameters": format_number(parameters, 7),
            "edges that matter": format_number(edges, 7),
            "inputs": format_number(len(found.input_names), 7),
        },
    )
    return card.save(path)
