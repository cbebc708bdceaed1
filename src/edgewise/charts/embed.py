"""Figures of matplotlib as SVG that may stand in an HTML page beside others."""

from __future__ import annotations

import html
import io
import re
from typing import TYPE_CHECKING

from edgewise.charts.style import BLACK, INK, ON_PAGES, page_colour

if TYPE_CHECKING:
    from matplotlib.figure import Figure

PAGE_COLOURS = {colour.lower(): page_colour(colour) for colour in (BLACK, INK, *ON_PAGES)}


def embed_figure(
    figure: Figure,
    label: str,
    prefix: str,
    *,
    dpi: float = 96.0,
    themed: bool = True,
) -> str:
    """A figure as one ``<svg>`` element for HTML.

    Args:
        figure: its background is left out.
        label: what a screen reader says.
        prefix: what the ids begin with, different for every picture of the page.
        dpi: pixels for each inch of the figure, where there is room; style sheets call its width
            ``--natural``.
        themed: whether our colours become those of the page, which has others in the dark.
    """
    from matplotlib import rc_context

    file = io.StringIO()
    with rc_context({"svg.fonttype": "path", "svg.hashsalt": prefix}):
        figure.savefig(file, format="svg", transparent=True)
    text = file.getvalue()
    body = text[text.index(">", text.index("<svg")) + 1 :]
    body = re.sub(r"<!--.*?-->|<metadata>.*?</metadata>|\s*\n\s*", " ", body, flags=re.DOTALL)
    if themed:
        body = re.sub(r"#[0-9a-f]{6}\b", lambda m: PAGE_COLOURS.get(m[0], m[0]), body)
    width, height = figure.get_size_inches()
    wide = f"{dpi * width:.0f}px"
    fill = ' fill="currentColor"' if themed else ""
    root = (
        f'<svg viewBox="0 0 {72 * width:.6g} {72 * height:.6g}" '
        f'style="--natural:{wide};width:{wide}"{fill} '
        f'role="img" aria-label="{html.escape(label)}">'
    )
    return root + _own_ids(body, prefix)


def _own_ids(body: str, prefix: str) -> str:
    """Remove ids that nothing refers to, and give the others the prefix of this picture."""
    used = set(re.findall(r'(?:href="|url\()#([^")]+)', body))
    body = re.sub(
        r'\sid="([^"]*)"', lambda m: f' id="{prefix}-{m[1]}"' if m[1] in used else "", body
    )
    return re.sub(r'((?:href="|url\()#)', rf"\g<1>{prefix}-", body)
