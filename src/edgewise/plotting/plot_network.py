"""The network as a figure: one axes whose unit is the inch, so that everything can be placed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure

from edgewise.charts.style import (
    BLUE,
    GREY,
    INK,
    LINE,
    ORANGE,
    PAPER,
    SILVER,
    figure_class,
    is_math,
)
from edgewise.plotting.drawing import Drawing, DrawnLayer
from edgewise.plotting.layout import LINE_HEIGHT, MARGIN, NAME_HEIGHT, Block, PageLayout, lay_out
from edgewise.plotting.words import (
    NAME_SIZE,
    NOTE_SIZE,
    RANGE_SIZE,
    SAMPLES,
    can_set,
    format_end,
    text_width,
)

TAG_SIZE, SMALLEST_TEXT = 5.0, 4.5
FORMULA_SIZE, SMALLEST_FORMULA = 9.0, 5.5
LABEL_GAP = 0.1
SWING_POINTS = 20
"""Inches between the numbers of a scale."""
INSIDE = np.array([[0.1, 0.13], [0.8, 0.74]])
"""Where in a box a curve begins, and how far it goes, in parts of the box."""


def draw_network(drawing: Drawing, title: str | None) -> Figure:
    """The figure of a drawing."""
    plan = lay_out(drawing, title)
    figure = figure_class("plot")(figsize=(plan.width, plan.height), facecolor="white")
    axes = figure.add_axes((0.0, 0.0, 1.0, 1.0))
    axes.set(xlim=(0, plan.width), ylim=(0, plan.height))
    axes.set_axis_off()
    for k, (layer, block) in enumerate(zip(drawing.layers, plan.blocks, strict=True)):
        _draw_lines(axes, layer, block, plan.nodes[k], plan.ends[k])
        _draw_factors(axes, layer, plan.ends[k], plan.nodes[k + 1])
        _draw_boxes(axes, layer, block, drawing.nodes[k], drawing.share_scale)
        if drawing.share_scale and len(block.edges):
            _draw_scale(axes, layer, block)
    _draw_nodes(axes, drawing, plan)
    _draw_texts(axes, drawing, plan, title)
    return figure


# Colours: from white to ink by importance.


def strengths(importance: np.ndarray) -> np.ndarray:
    """0 to 1, by the root of the fraction of the greatest, so that weak edges can still be seen."""
    most = importance.max(initial=0.0)
    return np.sqrt(importance / most) if most > 0 else np.full(importance.shape, 0.0)


def fade(colour: str, strength: np.ndarray, least: float = 0.14) -> np.ndarray:
    """Mixed with white, not transparent: lines that cross don't add up, and PDFs stay small."""
    amount = (least + (1 - least) * strength)[:, None]
    return 1 - amount * (1 - np.array(to_rgb(colour)))


# Drawing.


def _draw_lines(
    axes: Axes, layer: DrawnLayer, block: Block, below: np.ndarray, above: np.ndarray
) -> None:
    """Draw lines from the nodes below into the boxes or their cards, and on to the sums above."""
    if not len(block.edges):
        return
    i, o = block.edges.T
    strength = strengths(layer.importance)[i, o]
    if len(block.cards):
        x, y, width, height = block.cards.T
        stems = np.stack([np.stack([x + width / 2, y + height], 1), above[np.unique(o)]], 1)
        _add_lines(axes, stems, INK, 1.0)
        paths = _swing(below[i], _entries(block))
        strength = strength**3  # so many lines: only the strong ones are to be followed
    else:
        middle = block.box[0] / 2
        paths = np.concatenate(
            [
                _swing(below[i], block.corner + np.array([middle, 0])),
                _swing(block.corner + np.array([middle, block.box[1] + block.caption]), above[o]),
            ],
            1,
        )
    order = np.argsort(strength, kind="stable")  # strong ones over weak ones
    strong = strength[order]
    _add_lines(axes, paths[order], fade(INK, strong, 0.1), 0.5 + 0.9 * strong)


def _draw_factors(axes: Axes, layer: DrawnLayer, ends: np.ndarray, nodes: np.ndarray) -> None:
    """The sums that are factors, small circles with a plus, and lines on to their products."""
    owner = np.array(layer.owner)
    factors = np.bincount(owner)[owner] > 1
    if not factors.any():
        return
    below, above = ends[factors], nodes[owner[factors]]
    _add_lines(axes, _swing(below, above), INK, 1.0, gid="factors")
    circles = axes.plot(*below.T, linestyle="", marker="o", markersize=8.5, zorder=5)[0]
    circles.set(markerfacecolor="white", markeredgecolor=INK, markeredgewidth=0.6)
    axes.plot(*below.T, linestyle="", marker="+", color=INK, markersize=4.2, zorder=6)


def _entries(block: Block) -> np.ndarray:
    """Where lines meet the lower edges of cards, (n, 2): side by side, in the order of inputs."""
    _, card = np.unique(block.edges[:, 1], return_inverse=True)
    sizes = np.bincount(card)
    place = np.concatenate([np.arange(n) for n in sizes])
    x, y, width = block.cards[card, 0], block.cards[card, 1], block.cards[card, 2]
    return np.stack([x + (0.2 + 0.6 * (place + 0.5) / sizes[card]) * width, y], 1)


def _swing(start: np.ndarray, end: np.ndarray) -> np.ndarray:
    """(n, 2), (n, 2) → (n, 20, 2): lines that leave and arrive upright."""
    t = np.linspace(0, 1, SWING_POINTS)[:, None]
    ease = t * t * (3 - 2 * t)
    progress = np.concatenate([ease, t], 1)
    return start[:, None] + progress * (end - start)[:, None]


def _draw_boxes(
    axes: Axes, layer: DrawnLayer, block: Block, numbers: list[int], share_scale: bool
) -> None:
    if not len(block.edges):
        return
    i, o = block.edges.T
    strength = strengths(layer.importance)[i, o]
    size = block.box + np.array([0, block.caption])
    _add_boxes(axes, block.cards[:, :2], block.cards[:, 2:], PAPER, LINE, 2)
    _add_boxes(axes, block.corner, size, "white", fade(INK, 0.75 * strength), 3)
    symbolic = np.array([layer.labels[a][b] is not None for a, b in block.edges])
    colours = np.where(symbolic[:, None], fade(ORANGE, strength), fade(BLUE, strength))
    scaled, zeros = _scale(layer, block, share_scale)
    _add_lines(axes, zeros, SILVER, 0.5, 3.5, "zeros")
    _add_lines(axes, scaled, colours, 1.4 if block.box[0] > 0.35 else 1.0, 4, "curves")
    if block.caption:
        _draw_captions(axes, layer, block, numbers)


def _scale(
    layer: DrawnLayer, block: Block, share_scale: bool
) -> tuple[list[np.ndarray], list[np.ndarray]]:
    """Every curve in its box, and the lines at 0 of those boxes that have a place for it.

    With a scale of its own, what hardly moves, compared with its layer, is flat.
    """
    i, o = block.edges.T
    x, y = layer.curve_x[i], layer.curve_y[i, o]
    with np.errstate(invalid="ignore"):
        x = (x - x.min(1, keepdims=True)) / np.ptp(x, 1, keepdims=True)
        y = np.where(np.isfinite(y), y / 2, np.nan)  # or the range of huge values overflows
        if share_scale:
            low, high = (np.full((len(y), 1), end / 2) for end in layer.limits)
            flat = high <= low
        else:
            low, high = np.nanmin(y, 1, keepdims=True), np.nanmax(y, 1, keepdims=True)
            flat = high - low <= 1e-6 * max(float((high - low).max()), 1e-30)
        span = np.where(flat, 1, high - low)
        y = np.where(flat & ~np.isnan(y), 0.5, (y - low) / span)
        zero = np.where(flat & (low == 0), 0.5, -low / span)[:, 0]
    start, extent = INSIDE * block.box
    corner = block.corner + np.array([0, block.caption]) + start
    curves = corner[:, None] + np.stack([x, y], 2) * extent
    there = (zero >= 0) & (zero <= 1)
    ends = np.stack([np.stack([np.full(len(zero), t), zero], 1) for t in (0.0, 1.0)], 1)
    zeros = corner[:, None] + ends * extent
    return list(curves), list(zeros[there])


def _draw_scale(axes: Axes, layer: DrawnLayer, block: Block) -> None:
    """Left of the first box, the ends of the scale that the layer's curves share, and 0."""
    first = np.lexsort((block.corner[:, 0], -block.corner[:, 1]))[0]
    low, high = layer.limits
    span = high / 2 - low / 2
    bottom = block.corner[first, 1] + block.caption + INSIDE[0, 1] * block.box[1]
    height = INSIDE[1, 1] * block.box[1]
    x = block.corner[first, 0] - (0.07 if len(block.cards) else 0.04)
    zero, top, end = (
        bottom + height * ((value / 2 - low / 2) / span if span > 0 else 0.5)
        for value in (0.0, high, low)
    )
    places = {0.0: zero}  # the ends stand where they are, or as near as 0 leaves room
    places |= {high: max(top, zero + LABEL_GAP)} if high > 0 else {}
    places |= {low: min(end, zero - LABEL_GAP)} if low < 0 else {}
    for value, y in places.items():
        _text(axes, x, y, format_end(value), GREY, RANGE_SIZE, ha="right", gid="scale")


def _draw_captions(axes: Axes, layer: DrawnLayer, block: Block, numbers: list[int]) -> None:
    """Under each curve: in cards the number of the input, and a function's name if it has one."""
    carded = bool(len(block.cards))
    for (i, o), (x, y) in zip(block.edges, block.corner, strict=True):
        room = block.box[0] - (0.06 if carded else 0.16)
        if carded:
            number = str(numbers[i])
            _text(axes, x + 0.04, y + 0.035, number, GREY, TAG_SIZE, ha="left", va="baseline")
            room -= text_width(number, TAG_SIZE) + 0.06
        name, size = _choose_caption(layer, i, o, room, carded)
        if name is None:
            continue
        right = x + block.box[0] - 0.04
        if carded:
            _text(axes, right, y + 0.035, name, ORANGE, size, ha="right", va="baseline")
        else:
            at = x + block.box[0] / 2, y + block.caption / 2 + 0.02
            _text(axes, *at, name, ORANGE, size, gid="formula")


def _choose_caption(
    layer: DrawnLayer, i: int, o: int, room: float, carded: bool
) -> tuple[str | None, float]:
    """The formula with its constants if it can be read in so much room, else the name, or None."""
    forms = [(layer.labels[i][o], 6.0, SMALLEST_TEXT)]
    if not carded:
        forms = [(layer.formulas[i][o], FORMULA_SIZE, SMALLEST_FORMULA), *forms]
    for text, most, least in forms:
        if text is None or not can_set(text):
            continue
        size = min(most, most * room / max(text_width(text, most), 1e-9))
        if size >= least:
            return text, size
    return None, 0.0


def _draw_nodes(axes: Axes, drawing: Drawing, plan: PageLayout) -> None:
    """Inputs are dots, sums are circles with a plus and products with a times sign.

    Where it is needed the number takes the sign's place, after the times sign of a product.
    """
    for k, places in enumerate(plan.nodes):
        times = np.array(drawing.multiply[k], dtype=bool)
        numbered = plan.numbered[k]
        size = 0.2 if numbered else 0.09 if k == 0 else 0.15
        face, ink = (INK, "white") if k == 0 else ("white", INK)
        axes.plot(
            *places.T,
            linestyle="",
            marker="o",
            markersize=72 * size,
            markerfacecolor=face,
            markeredgecolor=INK,
            markeredgewidth=0.8,
            zorder=5,
        )
        if numbered:
            for (x, y), number, factor in zip(places, drawing.nodes[k], times, strict=True):
                text = f"×{number}" if factor else str(number)
                _text(axes, x, y, text, ink, 6.5 if len(text) < 3 else 5.0, va="center_baseline")
        elif k:
            for sign, extent, these in (("+", 5.5, places[~times]), ("x", 4.2, places[times])):
                if len(these):
                    line = axes.plot(*these.T, linestyle="", marker=sign, color=INK)[0]
                    line.set(markersize=extent, markeredgewidth=0.8, zorder=6)


def _draw_texts(axes: Axes, drawing: Drawing, plan: PageLayout, title: str | None) -> None:
    for (x, y), name in zip(plan.nodes[0], plan.input_names, strict=True):
        turn = 90 if plan.steep[0] else 0
        _text(axes, x, y - 0.15, name, INK, NAME_SIZE, va="top", rotation=turn, gid="name")
    for (x, y), name in zip(plan.nodes[-1], plan.output_names, strict=True):
        turn = 90 if plan.steep[1] else 0
        _text(axes, x, y + 0.15, name, INK, NAME_SIZE, va="bottom", rotation=turn, gid="name")
    if drawing.ranges and not plan.steep[0]:
        lines = max(name.count("\n") + 1 for name in plan.input_names)
        for (x, y), ends in zip(plan.nodes[0], drawing.ranges, strict=True):
            text = " … ".join(map(format_end, ends))
            y -= 0.16 + NAME_HEIGHT * lines
            _text(axes, x, y, text, GREY, RANGE_SIZE, va="top", gid="range")
    for layer, places in zip(drawing.layers, plan.nodes[1:], strict=True):
        for (x, y), constant in zip(places, layer.constants, strict=True):
            if constant is not None:
                _text(axes, x + 0.14, y, constant, ORANGE, FORMULA_SIZE, ha="left", gid="formula")
    for x, y, text in plan.remainders:
        _text(axes, x, y, text, GREY, NOTE_SIZE, ha="left", gid="more")
    _draw_notes(axes, drawing, plan)
    if title is not None:
        middle = (plan.nodes[0][0, 0] + plan.nodes[0][-1, 0]) / 2
        _text(axes, middle, plan.height - 0.1, title, INK, 11.0, va="top", gid="title")


def _draw_notes(axes: Axes, drawing: Drawing, plan: PageLayout) -> None:
    """What is to be said, and below it the legend: curves of known strength."""
    if not plan.notes:
        return
    for k, text in enumerate(plan.notes):
        y = 0.09 + LINE_HEIGHT * (len(plan.notes) - k)
        _text(axes, MARGIN / 2, y, text, GREY, NOTE_SIZE, ha="left", va="bottom", gid="note")
    if not any(len(block.edges) for block in plan.blocks):
        return
    curved = any(
        layer.labels[i][o] is None for layer in drawing.layers for i, o in np.argwhere(layer.drawn)
    )
    colours = fade(BLUE if curved else ORANGE, np.sqrt(SAMPLES))
    x, y = MARGIN / 2, 0.13
    starts = x + 0.72 * np.arange(len(SAMPLES))
    bars = [np.array([(a, y), (a + 0.22, y)]) for a in starts]
    _add_lines(axes, bars, colours, 2.2, 4, "legend")
    for a, strength in zip(starts, SAMPLES, strict=True):
        _text(
            axes, a + 0.27, y, f"{100 * strength:.0f} %", GREY, NOTE_SIZE, ha="left", gid="legend"
        )


def _add_lines(
    axes: Axes,
    paths: Iterable[np.ndarray],
    colours: Any,
    widths: Any,
    zorder: float = 1,
    gid: str | None = None,
) -> None:
    """Many lines at once, each with its colour and width."""
    lines = LineCollection(list(paths), colors=colours, linewidths=widths, zorder=zorder)
    lines.set(capstyle="round", joinstyle="round", gid=gid)
    axes.add_collection(lines)


def _add_boxes(
    axes: Axes, corner: np.ndarray, size: np.ndarray, face: str, edge: Any, zorder: float
) -> None:
    steps = np.array([[0, 0], [1, 0], [1, 1], [0, 1]])
    boxes = corner[:, None] + steps * np.broadcast_to(size, corner.shape)[:, None]
    look = {"facecolors": face, "edgecolors": edge, "linewidths": 0.7}
    axes.add_collection(PolyCollection(list(boxes), zorder=zorder, **look))


def _text(
    axes: Axes, x: float, y: float, text: str, colour: str, size: float, **place: Any
) -> None:
    drawn = axes.text(x, y, text, color=colour, fontsize=size, parse_math=is_math(text), zorder=7)
    drawn.set(**{"ha": "center", "va": "center"} | place)
