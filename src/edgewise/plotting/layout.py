"""Where everything of a drawn network goes, in inches."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from edgewise.plotting.drawing import Drawing, DrawnLayer
from edgewise.plotting.words import (
    NOTE_SIZE,
    RANGE_SIZE,
    fit_names,
    footnotes,
    format_end,
    remainders,
    text_width,
)

WIDTH = 9.2
MAX_COLUMNS = 30
"""Boxes side by side; with more, the boxes of a node go into several rows, in a card."""
BOX, SMALLEST_BOX = 0.62, 0.3
LARGEST_BOX, LARGEST_FORMULA = 0.95, 1.25
"""The sides of boxes where there are few."""
MARGIN, CAPTION, FORMULA = 0.22, 0.13, 0.27
PRODUCT = 0.34
"""The height from the factors of products to these."""
NARROWEST = 3.2
"""The width of a network, or what is written below it would take too many lines."""
LINE_HEIGHT, NAME_HEIGHT = 0.145, 0.165
"""The heights of a line of a note and of a name."""


@dataclass
class Block:
    """The boxes of one layer, and the cards that hold them where a node has several rows.

    Shape:
        edges: (n, 2), input and output; corner: (n, 2), lower left; cards: (m, 4), x, y, width
        and height, one for each node with edges, or none
    """

    edges: np.ndarray
    corner: np.ndarray
    cards: np.ndarray
    box: np.ndarray  # width and height of the frame of a curve
    caption: float  # height of what is written under it
    top: float


@dataclass
class PageLayout:
    width: float
    height: float
    nodes: list[np.ndarray]  # (n, 2) for each level
    ends: list[np.ndarray]  # (out, 2) for each layer, where its outputs are summed
    blocks: list[Block]
    numbered: list[bool]  # for each level, whether nodes show their numbers
    input_names: list[str]
    output_names: list[str]
    steep: tuple[bool, bool]  # whether the names of inputs and outputs stand upright
    remainders: list[tuple[float, float, str]]  # x, y and what is left out there
    notes: list[str]


def lay_out(drawing: Drawing, title: str | None) -> PageLayout:
    """Room for every level of nodes and, between two, for the curves of a layer."""
    counts = [layer.drawn.sum(0) for layer in drawing.layers]
    rows = [_rows(c) for c in counts]
    # The width of each node's part of a layer, in boxes; half a box between cards.
    parts = [
        np.maximum(1, -(-c // r)) + (0.5 if r > 1 else 0.0)
        for c, r in zip(counts, rows, strict=True)
    ]
    most = max(float(part.sum()) for part in parts)
    cell = _cell(most, any(map(_has_formulas, drawing.layers)))
    content = max(cell * most, NARROWEST)
    numbered = [r > 1 or bool(m) for r, m in zip(rows, drawing.more, strict=False)]
    numbered.append(bool(drawing.more[-1]))
    room = content / len(drawing.nodes[0])
    input_names, steep = fit_names(drawing.input_names, room)
    margin = _left_margin(drawing)
    notes = footnotes(drawing, 0.95 * (content + margin))  # screens draw letters a little wider
    y = 0.28 + _names_height(input_names, steep) + LINE_HEIGHT * (len(notes) + bool(notes)) + 0.06
    if drawing.ranges and not steep:
        y += LINE_HEIGHT
    x = margin + room * (np.arange(len(drawing.nodes[0])) + 0.5)
    nodes, blocks = [np.stack([x, np.full(len(x), y)], 1)], []
    ends: list[np.ndarray] = []
    for layer, r, part in zip(drawing.layers, rows, parts, strict=True):
        y += min(1.0, max(0.42, 0.1 * content))
        slot = content / part.sum()
        size = cell if r > 1 else min(max(cell, min(BOX, 1.5 * cell)), slot)
        left = margin + slot * (np.cumsum(part) - part)
        block = _block(layer, r, left, slot * part, size, y)
        blocks.append(block)
        y = block.top + (0.24 if r > 1 else min(0.7, max(0.3, 0.07 * content)))
        sums, above = _place_sums(layer, left + slot * part / 2, y)
        y = above[0, 1]
        ends.append(sums)
        nodes.append(above)
    apart = np.diff(nodes[-1][:, 0]).min() if len(nodes[-1]) > 1 else content
    output_names, high = fit_names(drawing.output_names, float(apart))
    y += 0.28 + _names_height(output_names, high) + (0.3 if title else 0.0)
    more = _place_remainders(drawing, nodes, blocks)
    rights = [at + text_width(text, NOTE_SIZE) for at, _, text in more]
    return PageLayout(
        width=max([content + margin, *rights]) + MARGIN,
        height=y,
        nodes=nodes,
        ends=ends,
        blocks=blocks,
        numbered=numbered,
        input_names=input_names,
        output_names=output_names,
        steep=(steep, high),
        remainders=more,
        notes=notes,
    )


def _place_sums(layer: DrawnLayer, x: np.ndarray, y: float) -> tuple[np.ndarray, np.ndarray]:
    """Where the outputs of a layer are summed, (out, 2), and the nodes above, (nodes, 2).

    Sums are nodes; the factors of products stand below these.
    """
    owner = np.array(layer.owner)
    count = np.bincount(owner)
    above = y + (PRODUCT if count.max() > 1 else 0.0)
    nodes = np.stack([np.bincount(owner, x) / count, np.full(len(count), above)], 1)
    return np.stack([x, np.where(count[owner] > 1, y, above)], 1), nodes


def _has_formulas(layer: DrawnLayer) -> bool:
    return any(name for row in layer.labels for name in row)


def _cell(most: float, formulas: bool) -> float:
    """The side of a box with what is around it: large where few are beside each other."""
    largest = LARGEST_FORMULA if formulas else LARGEST_BOX
    roomy = min(largest, 0.7 * WIDTH / most)
    return max(SMALLEST_BOX, min(max(BOX, roomy), WIDTH / most))


def _left_margin(drawing: Drawing) -> float:
    """Room for the ends of every layer's scale."""
    ends = [format_end(end) for layer in drawing.layers for end in layer.limits]
    widest = max((text_width(text, RANGE_SIZE) for text in ends), default=0.0)
    return max(MARGIN, widest + 0.16) if drawing.share_scale else MARGIN


def _names_height(names: list[str], upright: bool) -> float:
    if upright:
        return max(map(text_width, names))
    return NAME_HEIGHT * max(name.count("\n") + 1 for name in names)


def _place_remainders(
    drawing: Drawing, nodes: list[np.ndarray], blocks: list[Block]
) -> list[tuple[float, float, str]]:
    """Behind the last node of a level, and the last box of a layer, what is left out there."""
    places = []
    for k, text in enumerate(remainders(drawing)):
        level, of_edges = divmod(k, 2)
        if not text:
            continue
        if of_edges:
            block = blocks[level]
            right = block.corner[:, 0].max(initial=0.0) + block.box[0]
            places.append((float(right) + 0.12, block.top - 0.06, text))
        else:
            x, y = nodes[level][-1]
            places.append((float(x) + 0.2, float(y), text))
    return places


def _rows(counts: np.ndarray) -> int:
    """The fewest rows with which the boxes of all nodes fit side by side."""
    r = 1
    while r < counts.max() and np.maximum(1, -(-counts // r)).sum() > MAX_COLUMNS:
        r += 1
    return r


def _block(
    layer: DrawnLayer, rows: int, left: np.ndarray, width: np.ndarray, cell: float, bottom: float
) -> Block:
    """Boxes in one row, spread under their nodes, or in several rows of a card for each node."""
    box = np.array([0.86, 0.74]) * cell
    caption = CAPTION if rows > 1 else FORMULA if _has_formulas(layer) else 0.0
    pitch = box[1] + caption + 0.05
    top = bottom + rows * pitch - 0.05
    edges, corners, cards = [], [], []
    for o in range(layer.drawn.shape[1]):
        found = np.flatnonzero(layer.drawn[:, o])
        columns = max(1, -(-len(found) // rows))
        step = cell if rows > 1 else width[o] / columns
        first = left[o] + (width[o] - columns * step) / 2
        for n, i in enumerate(found):
            row, column = divmod(n, columns)
            edges.append((i, o))
            x = first + (column + 0.5) * step - box[0] / 2
            corners.append((x, bottom + (rows - 1 - row) * pitch))
        if rows > 1 and len(found):
            cards.append((first, bottom - 0.05, columns * step, top - bottom + 0.1))
    return Block(
        np.array(edges, int).reshape(-1, 2),
        np.array(corners).reshape(-1, 2),
        np.array(cards).reshape(-1, 4),
        box,
        caption,
        top,
    )
