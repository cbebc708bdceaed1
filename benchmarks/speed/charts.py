"""The rows of speed.csv as a picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.charts import put_legend, save_with_provenance
from benchmarks.speed.measure import PASSES
from benchmarks.speed.networks import NETWORKS
from edgewise.charts.style import PALETTE, figure_class, scale_log, style_axes

BATCHES = ("64", "1024")
"""Shown where they are among the rows; otherwise the first that are."""
ACROSS = 3
"""Panels in a line."""

Row = Mapping[str, Any]


def draw(rows: Sequence[Row], path: Path) -> None:
    """Write :func:`make_chart`'s picture, with where its rows come from."""
    save_with_provenance(make_chart(rows), [r for r in rows if r["pass"] == PASSES[1]], path)


def make_chart(rows: Sequence[Row]) -> Any:
    """Ratios to the MLP: a panel for each widths and thread count, a line for each network."""
    rows = [r for r in rows if r["pass"] == PASSES[1]]
    names = [key for key in NETWORKS if key in {r["network"] for r in rows}]
    panels = list(dict.fromkeys((r["widths"], r["threads"]) for r in rows))
    across = min(len(panels), ACROSS)
    down = -(-len(panels) // ACROSS)
    size = (2.2 + 2.5 * across, 1.5 + (0.7 + 0.27 * len(names)) * down)
    figure = figure_class("a chart")(figsize=(max(size[0], 6.4), size[1]), layout="constrained")
    grid = figure.subplots(down, across, squeeze=False, sharex=True, sharey=True)
    for axes, (widths, threads) in zip(grid.flat, panels, strict=False):
        own = [r for r in rows if (r["widths"], r["threads"]) == (widths, threads)]
        _draw_panel(axes, own, names)
        axes.set_title(f"{widths}, {threads} thread{'s' if threads != '1' else ''}", size=9)
    for axes in grid.flat[len(panels) :]:
        axes.set_visible(False)
    grid[0][0].set_yticks(range(len(names)), [NETWORKS[n].label for n in names])
    grid[0][0].invert_yaxis()
    figure.supxlabel("forward+backward, time relative to the MLP with as many parameters", size=10)
    put_legend(figure, grid.flat[: len(panels)])
    return figure


def _draw_panel(axes: Any, rows: Sequence[Row], names: Sequence[str]) -> None:
    batches = sorted({r["batch"] for r in rows}, key=int)
    shown = [b for b in BATCHES if b in batches] or batches[: len(PALETTE)]
    axes.axvline(1, color="0.25", linewidth=1.0, label="as fast as the MLP")
    for k, batch in enumerate(shown):
        own = [r for r in rows if r["batch"] == batch]
        ratios = [float(r["ratio"]) for r in own]
        shift = 0.17 * (2 * k - len(shown) + 1)
        # A row without quartiles has no bar.
        low = [max(0, r - float(o["ratio_q1"] or r)) for r, o in zip(ratios, own, strict=True)]
        high = [max(0, float(o["ratio_q3"] or r) - r) for r, o in zip(ratios, own, strict=True)]
        axes.errorbar(
            ratios,
            [names.index(r["network"]) + shift for r in own],
            xerr=[low, high],
            fmt="o",
            color=PALETTE[BATCHES.index(batch) if batch in BATCHES else 2 + k % 2],
            markersize=4.5,
            elinewidth=1.2,
            label=f"batch {batch}",
        )
    scale_log(axes, "x", 100)
    style_axes(axes, grid="x", left=False)
    axes.tick_params(labelsize=8.5)
    axes.tick_params(axis="y", length=0)
    axes.margins(y=0.06)
