"""What is written in a drawn network: names that fit, numbers, notes and the legend."""

from __future__ import annotations

import re
from functools import lru_cache

import numpy as np

from edgewise.charts.numbers import format_number
from edgewise.charts.style import is_math
from edgewise.plotting.drawing import Drawing

NAME_SIZE, NOTE_SIZE, RANGE_SIZE = 9.0, 8.0, 6.5
"""Sizes of letters, in points."""
NAME_LINES = 3
"""Lines that a name may have; with more, all names of its level stand upright."""
LONGEST_NAME = 2.0
"""Inches of a name that stands upright; the middle of a longer one is left out."""
LONGEST_FORMULA = 120
"""Characters that a formula under a curve may have, with LaTeX's own words."""
SAMPLES = (0.01, 0.1, 0.5, 1.0)
"""What the legend shows: scores as fractions of the greatest of a layer."""
MEANINGS = {
    "backward": "the more of the outputs' variation it carries",
    "spread": "the more it varies over the data",
    "given": "the greater its score",
}
"""What the legend says of a strongly drawn edge, for each kind of scores."""


def fit_names(names: list[str], room: float) -> tuple[list[str], bool]:
    """Fit names into so many inches each; also whether they stand upright there."""
    wrapped = [_wrap_name(name, 0.92 * room) for name in names]
    if all(name is not None for name in wrapped):
        return [name for name in wrapped if name is not None], False
    return [shorten(name, LONGEST_NAME) for name in names], True


def _wrap_name(name: str, room: float) -> str | None:
    """Break the name into lines of the room; None if they are too many, or a word is wider."""
    if text_width(name) <= room:
        return name
    if is_math(name):
        return None
    lines = wrap(name, room, NAME_SIZE)
    fits = len(lines) <= NAME_LINES and all(text_width(line) <= room for line in lines)
    return "\n".join(lines) if fits else None


def wrap(text: str, room: float, size: float) -> list[str]:
    """Lines that are no wider than the room if its words aren't; names break at _ and - too."""
    lines = [""]
    for word in re.findall(r"[^\s_-]*[\s_-]*", text):
        if lines[-1] and text_width((lines[-1] + word).rstrip(), size) > room:
            lines.append("")
        lines[-1] += word
    return [line.rstrip() for line in lines if line.strip()]


def shorten(name: str, longest: float) -> str:
    """The name, without its middle if it is longer than that."""
    if text_width(name) <= longest or is_math(name):
        return name
    kept = len(name) - 1
    while kept > 2 and text_width(_without_middle(name, kept)) > longest:
        kept -= 1
    return _without_middle(name, kept)


def _without_middle(name: str, kept: int) -> str:
    return f"{name[: (kept + 1) // 2].rstrip()}…{name[len(name) - kept // 2 :].lstrip()}"


def format_end(value: float) -> str:
    """The end of a scale, which has little room."""
    return format_number(value, 3, 1e5)


def darkness(drawing: Drawing) -> str:
    """What the legend says; its samples follow."""
    meaning = MEANINGS[drawing.scored_by]
    return f"The stronger an edge is drawn, {meaning}, in % of its layer's strongest:"


@lru_cache(maxsize=1024)
def text_width(text: str, size: float = NAME_SIZE) -> float:
    """The width in inches."""
    from matplotlib.textpath import TextPath

    if not text.strip():
        return 0.0
    drawn = TextPath((0, 0), text if is_math(text) else text.replace("$", r"\$"), size=size)
    return float(np.ptp(drawn.vertices[:, 0])) / 72


def can_set(text: str) -> bool:
    """Whether a formula is short enough to be read, and has nothing that matplotlib hasn't."""
    if len(text) > LONGEST_FORMULA:
        return False
    try:
        text_width(text)
    except ValueError:  # such as for a name that holds a caret
        return False
    return True


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


def footnotes(drawing: Drawing, room: float) -> list[str]:
    """What has to be said below the network, in lines of so many inches, the legend last."""
    notes = list(drawing.notes)
    names = [layer.labels[i][o] for layer in drawing.layers for i, o in np.argwhere(layer.drawn)]
    if any(name is not None for name in names) and any(name is None for name in names):
        notes.append("Edges in orange have formulas.")
    if not drawing.share_scale:
        notes.append("Every curve has a scale of its own.")
    if any(layer.drawn.any() for layer in drawing.layers):
        notes.append(darkness(drawing))
    return [line for note in notes for line in wrap(note, room, NOTE_SIZE)]
