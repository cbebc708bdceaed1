"""A figure for each question whose own folder has none that fits on the page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from benchmarks.approximation.ladders import LADDERS
from benchmarks.charts import put_legend
from benchmarks.originals.report import make_chart as make_originals
from benchmarks.report.findings import (
    Rows,
    count_right,
    measure_noise,
    newest,
    relate_tables,
)
from benchmarks.speed.charts import make_chart as make_speed
from benchmarks.speed.networks import NETWORKS
from edgewise.charts.style import (
    BLUE,
    GREY,
    ORANGE,
    PALETTE,
    SILVER,
    figure_class,
    scale_log,
    style_axes,
)

WIDTHS = "784-64-10"
"""The network of the charts of speed and memory."""
WIDE = 4.6
"""Inches: on a phone the page shrinks this to four fifths, where letters can still be read."""
CLIPPED = 3.0
"""Ratios of the chart of tables beyond which a mark stands at the edge, with its number."""
Figures = dict[str, Any]


def _new(height: float, across: int = 1, **options: Any) -> tuple[Any, Any]:
    figure = figure_class("a chart")(figsize=(WIDE, height), layout="constrained")
    panels = figure.subplots(1, across, squeeze=False, **options)[0]
    for axes in panels:
        style_axes(axes)
        axes.tick_params(labelsize=9)
    return figure, panels


def _name_lines(axes: Any, names: Sequence[str]) -> None:
    """Names down the left side, the first at the top."""
    axes.set_yticks(range(len(names)), names)
    axes.set_ylim(len(names) - 0.4, -0.6)
    axes.tick_params(axis="y", length=0)


def draw_speed(rows: Rows) -> Figures:
    """The ratios of the newest commit, one pair of widths."""
    own = [r for r in newest(rows) if r["widths"] == WIDTHS and r["ratio"]]
    return {"speed": make_speed(own)} if own else {}


def draw_originals(rows: Rows) -> Figures:
    """Their code and ours."""
    return {"originals": make_originals(newest(rows))}


def draw_memory(rows: Rows) -> Figures:
    """What is kept and what is needed, over the MLP's."""
    own = [r for r in newest(rows) if r["ratio"]]
    names = list(dict.fromkeys(r["network"] for r in own))
    figure, (axes,) = _new(1.2 + 0.3 * len(names))
    told = {"kept": (BLUE, "kept for backward"), "peak": (ORANGE, "peak of a step")}
    for measure, (colour, label) in told.items():
        part = [r for r in own if r["measure"] == measure]
        axes.plot(
            [float(r["ratio"]) for r in part], [names.index(r["network"]) for r in part],
            "o", color=colour, label=label,
        )  # fmt: skip
    axes.axvline(1, color=GREY, linewidth=1)
    axes.set_xlim(0, None)
    _name_lines(axes, [NETWORKS[n].label for n in names])
    axes.set_xlabel("bytes relative to the MLP with as many parameters", size=9)
    put_legend(figure, [axes])
    return {"memory": figure}


def draw_contention(rows: Rows) -> Figures:
    """A panel a number of neighbours, a line a case, a mark a way of using threads."""
    own = newest(rows)
    counts = sorted({r["neighbours"] for r in own}, key=int)
    ways = list(dict.fromkeys(r["way"] for r in own))
    cases = list(dict.fromkeys((r["network"], r["batch"]) for r in own))
    figure, panels = _new(1.5 + 0.35 * len(cases), len(counts), sharex=True, sharey=True)
    for axes, count in zip(panels, counts, strict=True):
        for way in ways:
            part = [r for r in own if (r["neighbours"], r["way"]) == (count, way)]
            axes.plot(
                [float(r["mean_ms"]) for r in part],
                [cases.index((r["network"], r["batch"])) for r in part],
                "o", color=PALETTE[ways.index(way)], label=way,
            )  # fmt: skip
        axes.set_xscale("log")
        axes.set_title(f"{count} busy neighbours", size=10)
    _name_lines(panels[0], [f"{network}, batch {batch}" for network, batch in cases])
    figure.supxlabel("mean milliseconds of a training step", size=10)
    put_legend(figure, panels)
    return {"contention": figure}


def draw_grids(rows: Rows) -> Figures:
    """Seconds of each function at each commit."""
    cases = list(dict.fromkeys((r["verb"], r["rows"], r["commit"]) for r in rows))
    figure, (axes,) = _new(0.9 + 0.32 * len(cases))
    seconds = [float(r["seconds"]) for r in rows]
    last = {r["verb"]: r["commit"] for r in rows}
    colours = [BLUE if last[verb] == commit else SILVER for verb, _, commit in cases]
    axes.barh(range(len(cases)), seconds, 0.7, color=colours)
    _name_lines(axes, [f"{v}, {int(n):,} rows, {c[:7]}" for v, n, c in cases])
    axes.set_xlabel("seconds on one core; blue: newest", size=9.5)
    return {"grids": figure}


def draw_tables(rows: Rows) -> Figures:
    """A line a table: each model's loss over the better of boosting's and the linear model's."""
    found = relate_tables(rows)
    if not found:
        return {}
    names = sorted(found, key=lambda table: found[table].get("kan", 0.0))
    figure, (axes,) = _new(1.3 + 0.22 * len(names))
    for model, colour in (("boosting", ORANGE), ("linear", GREY), ("kan", BLUE)):
        points = [
            (min(found[n][model], CLIPPED), k) for k, n in enumerate(names) if model in found[n]
        ]
        axes.plot(*zip(*points, strict=True), "o", color=colour, markersize=5,
                  label={"kan": "KAN"}.get(model, model))  # fmt: skip
    for k, name in enumerate(names):
        beyond = sorted(v for v in found[name].values() if v > CLIPPED)
        if beyond:
            told = ", ".join(f"{v:,.0f} ×" for v in beyond)
            axes.annotate(f"{told} →", (CLIPPED, k), (-8, 0), textcoords="offset points",
                          ha="right", va="center", size=8.5)  # fmt: skip
    axes.axvline(1, color=GREY, linewidth=1)
    scale_log(axes, "x", CLIPPED)
    _name_lines(axes, names)
    axes.tick_params(axis="y", labelsize=8.5)
    axes.set_xlabel("loss over that of boosting or a linear model,\nwhichever is better", size=9.5)
    put_legend(figure, [axes])
    return {"tables": figure}


def draw_discovery(rows: Rows) -> Figures:
    """A bar a program and kind of case: the share of right formulas."""
    found = count_right(rows)
    bars = [(kind, program, *both) for kind, ps in found.items() for program, both in ps.items()]
    if not bars:
        return {}
    places, names, top, before = [], [], 0.0, ""
    for kind, program, *_ in bars:
        top += 0.7 if kind != before and before else 0.0
        places.append(top)
        names.append(program)
        top, before = top + 1, kind
    figure, (axes,) = _new(1.0 + 0.27 * top)
    shares = [100 * right / runs for *_, right, runs in bars]
    colours = [BLUE if program.startswith("edgewise") else SILVER for _, program, *_ in bars]
    axes.barh(places, shares, 0.8, color=colours)
    for place, share, (*_, right, runs) in zip(places, shares, bars, strict=True):
        axes.annotate(f"{right} of {runs}", (share, place), (4, 0), textcoords="offset points",
                      va="center", size=8.5)  # fmt: skip
    axes.set_yticks(places, names)
    axes.set_ylim(top - 0.4, -1.2)
    axes.tick_params(axis="y", length=0)
    for kind in found:
        first = min(p for p, bar in zip(places, bars, strict=True) if bar[0] == kind)
        axes.annotate(
            kind, (0, first), (0, 11), textcoords="offset points", size=8.5, weight="bold"
        )
    axes.set_xlim(0, 122)
    axes.set_xlabel("right formulas, %", size=10)
    return {"discovery": figure}


def draw_noise(rows: Rows) -> Figures:
    """The share of right forms against the noise."""
    found = measure_noise(rows)
    levels = sorted({level for of in found.values() for level in of})
    if not levels:
        return {}
    figure, (axes,) = _new(2.9)
    for program, own in found.items():
        places = [levels.index(level) for level in own]
        shares = [100 * right / runs for right, runs in own.values()]
        ours = program == "edgewise"
        colour = BLUE if ours else PALETTE[1 + list(found).index(program)]
        axes.plot(places, shares, "-o", color=colour, label=program)
        for place, share, (right, runs) in zip(places, shares, own.values(), strict=True):
            axes.annotate(f"{right} of {runs}", (place, share), (0, 7), size=8.5,
                          textcoords="offset points", ha="center")  # fmt: skip
    axes.set_xticks(
        range(len(levels)), [f"{100 * level:g} %" if level else "none" for level in levels]
    )
    axes.set_ylim(0, 112)
    axes.margins(x=0.12)
    axes.set_xlabel("noise, relative to the deviation of y", size=9.5)
    axes.set_ylabel("right forms, %", size=10)
    put_legend(figure, [axes])
    return {"noise": figure}


def draw_ladders(rows: Rows) -> Figures:
    """A panel a ladder: the test error against the size of the grid, by basis."""
    names = list(dict.fromkeys(r["ladder"] for r in rows))
    bases = list(dict.fromkeys(r["basis"] for r in rows))
    figure, panels = _new(2.9, len(names), sharey=True)
    for axes, name in zip(panels, names, strict=True):
        for basis in bases:
            own = sorted((r for r in rows if (r["ladder"], r["basis"]) == (name, basis)),
                         key=lambda r: int(r["size"]))  # fmt: skip
            axes.plot([int(r["size"]) for r in own], [float(r["test_rmse"]) for r in own], "-o",
                      color=PALETTE[bases.index(basis)], markersize=4, label=basis)  # fmt: skip
        published = LADDERS[name].published
        axes.plot(LADDERS[name].sizes, published, ":", color=GREY, label="pykan, published")
        scale_log(axes, "x", 20)
        axes.set_yscale("log")
        axes.set_title(name, size=10)
    panels[0].set_ylabel("test RMSE", size=10)
    figure.supxlabel("cells of the grid", size=10)
    put_legend(figure, panels)
    return {"ladders": figure}
