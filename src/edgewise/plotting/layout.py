"""Where everything of a drawn network goes, in inches."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from edgewise.plotting.drawing import Drawing, DrawnLayer

WIDTH = 9.2
MAX_COLUMNS = 30
"""Boxes side by side; with more, the boxes of a node go into several rows, in a card."""
BOX, SMALLEST_BOX = 0.62, 0.3
MARGIN, CAPTION = 0.22, 0.13
NAME_SIZE, NOTE_SIZE = 9.0, 7.0
"""Sizes of letters, in points."""


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
    blocks: list[Block]
    numbered: list[bool]  # for each level, whether nodes show their numbers
    steep: bool  # whether the names of the inputs stand upright


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
    cell = min(BOX, max(SMALLEST_BOX, WIDTH / most))
    content = max(cell * most, 2.4)
    numbered = [r > 1 or bool(m) for r, m in zip(rows, drawing.more, strict=False)]
    numbered.append(bool(drawing.more[-1]))
    room = content / len(drawing.nodes[0])
    longest = max(map(text_width, drawing.input_names))
    steep = longest > 0.9 * room
    notes = footnotes(drawing)
    y = 0.3 + (longest if steep else 0.12) + (0.14 * len(notes) + 0.06 if notes else 0.0)
    x = MARGIN + room * (np.arange(len(drawing.nodes[0])) + 0.5)
    nodes, blocks = [np.stack([x, np.full(len(x), y)], 1)], []
    for layer, r, part in zip(drawing.layers, rows, parts, strict=True):
        y += min(1.0, max(0.42, 0.1 * content))
        slot = content / part.sum()
        size = cell if r > 1 else min(BOX, 1.5 * cell, slot)
        left = MARGIN + slot * (np.cumsum(part) - part)
        block = _block(layer, r, left, slot * part, size, y)
        blocks.append(block)
        y = block.top + (0.24 if r > 1 else min(0.7, max(0.3, 0.07 * content)))
        nodes.append(np.stack([left + slot * part / 2, np.full(len(part), y)], 1))
    y += 0.4 + (0.3 if title else 0.0)
    more = [text_width(text, NOTE_SIZE) + 0.1 for text in remainders(drawing) if text]
    width = content + 2 * MARGIN + max(more, default=0.0)
    return PageLayout(width, y, nodes, blocks, numbered, steep)


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
    named = any(name for row in layer.labels for name in row)
    caption = CAPTION if named or rows > 1 else 0.0
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


@lru_cache(maxsize=1024)
def text_width(text: str, size: float = NAME_SIZE) -> float:
    """The width in inches."""
    from matplotlib.textpath import TextPath

    if not text.strip():
        return 0.0
    drawn = TextPath((0, 0), text if is_math(text) else text.replace("$", r"\$"), size=size)
    return float(np.ptp(drawn.vertices[:, 0])) / 72


def is_math(text: str) -> bool:
    """Whether a name is written as a formula; a lone dollar sign is no such thing."""
    return len(text) > 2 and text.startswith("$") and text.endswith("$")


def remainders(drawing: Drawing) -> list[str]:
    """What is left out, from the bottom to the top: nodes, edges, nodes, …"""
    texts = []
    for k, more in enumerate(drawing.more):
        kind = "input" if k == 0 else "output" if k == len(drawing.layers) else "node"
        texts.append(_more(more, kind))
        if k < len(drawing.layers):
            texts.append(_more(drawing.layers[k].weaker, "weaker edge"))
    return texts


def _more(count: int, kind: str) -> str:
    adjective = "" if kind.startswith("weaker") else "more "
    return f"… {count} {adjective}{kind}{'s' if count > 1 else ''}" if count else ""


def footnotes(drawing: Drawing) -> list[str]:
    """What has to be said below the network, line by line."""
    notes = list(drawing.notes)
    names = [layer.labels[i][o] for layer in drawing.layers for i, o in np.argwhere(layer.drawn)]
    if any(name is not None for name in names) and any(name is None for name in names):
        notes.append("Edges in orange have formulas.")
    return notes
