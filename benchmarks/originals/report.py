"""The rows of originals.csv as Markdown and as a picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.charts import put_legend, save_with_provenance
from benchmarks.contention import is_busy
from benchmarks.markdown import pivot, provenance, table
from benchmarks.originals.measure import CODES
from edgewise.charts.style import BLUE, GREY, SILVER, figure_class, style_axes

MIB = 2**20
SHADES = dict(zip(CODES, (GREY, SILVER, BLUE), strict=True))
CASE = ("program", "widths", "batch", "threads")
Row = Mapping[str, str]


def markdown(rows: Sequence[Row]) -> str:
    """KAN-benchmarking's columns, a line for each code, and how many times ours is as fast."""
    if not rows:
        return "Nothing is measured yet."
    head = ["program", "widths", "batch", "threads", "code", "forward ms", "backward ms"]
    head += ["forward MiB", "backward MiB", "parameters", "trainable"]
    head += ["ours, times as fast", "difference"]
    lines = []
    for case, codes in pivot(rows, CASE, "code").items():
        for code in (c for c in CODES if c in codes):
            lines.append([*case, *_columns(codes[code])])
    return f"{provenance(rows)}\n\n{table(head, lines)}"


def _columns(row: Row) -> list[str]:
    memory = [
        f"{int(row[c]) / MIB:.2f}" if row[c] else "" for c in ("forward_bytes", "backward_bytes")
    ]
    faster = f"{float(row['times_faster']):.1f} ×" if row["times_faster"] else row["failure"]
    if is_busy(row):
        faster += " (busy)"
    sizes = [f"{int(row[c]):,}" if row[c] else "" for c in ("parameters", "trainable")]
    times = [row["forward_ms"], row["backward_ms"]]
    return [row["code"], *times, *memory, *sizes, faster, row["difference"]]


def draw(rows: Sequence[Row], path: Path) -> None:
    """Write :func:`make_chart`'s picture, with where its rows come from."""
    save_with_provenance(make_chart(rows), rows, path)


def make_chart(rows: Sequence[Row]) -> Any:
    """Forward and backward of each code: a panel for each size, bars for each program."""
    panels: dict[tuple[str, ...], dict[str, dict[str, Row]]] = {}
    for (program, *size), codes in pivot(rows, CASE, "code").items():
        panels.setdefault(tuple(size), {})[program] = codes
    heights = [0.6 + sum(len(codes) + 0.6 for codes in p.values()) for p in panels.values()]
    figure = figure_class("a chart")(figsize=(7.2, 1.3 + 0.24 * sum(heights)), layout="constrained")
    grid = figure.subplots(len(panels), 1, squeeze=False, height_ratios=heights)[:, 0]
    for axes, (size, programs) in zip(grid, panels.items(), strict=True):
        _draw_panel(axes, programs)
        axes.set_title("{}, batch {}, threads {}".format(*size), size=9)
    figure.supxlabel("milliseconds, forward and (paler) backward", size=10)
    put_legend(figure, grid)
    return figure


def _draw_panel(axes: Any, programs: Mapping[str, Mapping[str, Row]]) -> None:
    ticks, names, top = [], [], 0.0
    for program, codes in programs.items():
        for code in (c for c in CODES if c in codes and codes[c]["forward_ms"]):
            ms = float(codes[code]["forward_ms"]), float(codes[code]["backward_ms"])
            axes.barh(top, ms[0], 0.8, color=SHADES[code], label=code)
            axes.barh(top, ms[1], 0.8, left=ms[0], color=SHADES[code], alpha=0.5)
            axes.annotate(
                f"{sum(ms):.3g}", (sum(ms), top), (3, 0),
                textcoords="offset points", va="center", size=7.5,
            )  # fmt: skip
            ticks.append(top)
            names.append(f"{program}: {code}")
            top += 1
        top += 0.6
    axes.set_yticks(ticks, names)
    axes.invert_yaxis()
    axes.margins(x=0.1)
    axes.tick_params(axis="y", length=0)
    axes.tick_params(labelsize=8.5)
    style_axes(axes, grid="x", left=False)
