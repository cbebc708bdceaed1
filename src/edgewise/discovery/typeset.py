"""Formulas and figures as SVG that may stand in an HTML page beside others."""

from __future__ import annotations

import html
import io
import re
from typing import TYPE_CHECKING, Any

from edgewise.interpret.layout import is_math

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FONT_SIZE = 21.0
LINE_WIDTH = 740.0
LINE_GAP = 12.0
MOST_INDENT = 150.0
MARGIN = 3.0
LONGEST = 6000
"""Characters of LaTeX, beyond which nobody reads the formula and setting it takes long."""
SMALLEST = 0.5
"""How far a formula that is too wide shrinks before it scrolls."""

_GREEK = (
    "alpha|beta|gamma|delta|epsilon|zeta|eta|theta|iota|kappa|lambda|mu|nu|xi|pi|rho|sigma|tau|"
    "upsilon|phi|chi|psi|omega|Gamma|Delta|Theta|Lambda|Xi|Pi|Sigma|Phi|Psi|Omega"
)


def name_latex(name: str) -> str:
    """x_{0} for "x0" and "x_0", \\omega for "omega", upright text for all other names."""
    if is_math(name):  # as in plots
        return name[1:-1]
    if found := re.fullmatch(rf"([A-Za-z]|{_GREEK})_?(\d*)", name):
        letter = found[1] if len(found[1]) == 1 else f"\\{found[1]}"
        return f"{letter}_{{{found[2]}}}" if found[2] else letter
    escaped = re.sub(r"([$%#&_{}\\])", r"\\\1", name)
    return rf"\text{{{escaped}}}"


def latex(expression: Any) -> str:
    """sympy's LaTeX, with names as :func:`name_latex` has them, and space between factors."""
    import sympy

    names = {s: name_latex(s.name) for s in expression.free_symbols}
    return sympy.latex(expression, symbol_names=names, inv_trig_style="full", mul_symbol=r"\,")


def formula_svg(expression: Any, output_name: str) -> str | None:
    """``output = expression``, broken over lines at its sums, as SVG in black.

    None if matplotlib's mathtext can't set it, as with cases, matrices or a script that its fonts
    don't have.
    """
    terms = _terms(expression)
    if sum(map(len, terms)) > LONGEST:
        return None
    try:
        lines = _lines(f"{name_latex(output_name)} =", terms)
        figure = _set(lines)
    except (ValueError, RuntimeError):  # what mathtext and its fonts raise
        return None
    return svg(figure, f"{output_name} = {expression}", "formula", dpi=72.0, smallest=SMALLEST)


def _terms(expression: Any) -> list[str]:
    """The terms of a sum in sympy's order, each with its sign unless it is the first's +."""
    found = []
    for k, term in enumerate(expression.as_ordered_terms()):
        text, sign = latex(term), "+ " if k else ""
        if text.startswith("-"):
            text, sign = latex(-term), "- "
        if text.startswith(r"\frac"):  # sizes are those within a line, too small for a whole term
            text = r"\d" + text[1:]
        found.append(sign + text)
    return found


def _lines(head: str, terms: list[str]) -> list[tuple[float, str]]:
    """As many terms on a line as it holds; (indent, text) of each."""
    indent = min(_parsed(f"{head} ").width + 6, MOST_INDENT)
    lines = [(0.0, f"{head} {terms[0]}")]
    for term in terms[1:]:
        at, line = lines[-1]
        longer = f"{line} {term}"
        if at + _parsed(longer).width <= LINE_WIDTH:
            lines[-1] = (at, longer)
        else:
            lines.append((indent, f"{{}} {term}"))  # after {}, the sign is one between terms
    return lines


def _parsed(text: str) -> Any:
    """Width, height and depth of a line, and its glyphs; ValueError for what can't be set."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.mathtext import MathTextParser

    font = FontProperties(size=FONT_SIZE, math_fontfamily="stix")
    parsed = MathTextParser("path").parse(f"${text}$", dpi=72, prop=font)
    for character in text:
        if not character.isascii() and not any(chr(g[2]) == character for g in parsed.glyphs):
            raise ValueError(f"no glyph for {character!r}")
    return parsed


def _set(lines: list[tuple[float, str]]) -> Figure:
    from matplotlib.figure import Figure

    parsed = [_parsed(line) for _, line in lines]
    width = max(at + p.width for (at, _), p in zip(lines, parsed, strict=True)) + 2 * MARGIN
    height = sum(p.height for p in parsed) + LINE_GAP * (len(lines) - 1) + 2 * MARGIN
    figure = Figure(figsize=(width / 72, height / 72))
    top = height - MARGIN
    for (at, line), p in zip(lines, parsed, strict=True):
        figure.text(
            (MARGIN + at) / width,
            (top - p.height + p.depth) / height,
            f"${line}$",
            fontsize=FONT_SIZE,
            math_fontfamily="stix",
            va="baseline",
        )
        top -= p.height + LINE_GAP
    return figure


def svg(
    figure: Figure, label: str, prefix: str, *, dpi: float = 96.0, smallest: float = 0.0
) -> str:
    """A figure as one ``<svg>`` element for HTML.

    Args:
        figure: on nothing; its background is left out.
        label: what a screen reader says.
        prefix: of the ids, different for every picture of the page.
        dpi: pixels for each inch of the figure, where there is room.
        smallest: how far it may shrink where there isn't.
    """
    from matplotlib import rc_context

    file = io.StringIO()
    with rc_context({"svg.fonttype": "path", "svg.hashsalt": prefix}):
        figure.savefig(file, format="svg", transparent=True)
    text = file.getvalue()
    body = text[text.index(">", text.index("<svg")) + 1 :]
    body = re.sub(r"<!--.*?-->|<metadata>.*?</metadata>|\s*\n\s*", " ", body, flags=re.DOTALL)
    width, height = (float(n) * 72 for n in figure.get_size_inches())
    style = f"width:{width * dpi / 72:.0f}px;min-width:{smallest * width * dpi / 72:.0f}px"
    root = (
        f'<svg viewBox="0 0 {width:.6g} {height:.6g}" style="{style}" role="img" '
        f'aria-label="{html.escape(label)}">'
    )
    return root + _own_ids(body, prefix)


def _own_ids(body: str, prefix: str) -> str:
    """Ids that nothing refers to go, the others get the prefix: pages may hold many pictures."""
    used = set(re.findall(r'(?:href="|url\()#([^")]+)', body))
    body = re.sub(
        r'\sid="([^"]*)"', lambda m: f' id="{prefix}-{m[1]}"' if m[1] in used else "", body
    )
    return re.sub(r'((?:href="|url\()#)', rf"\g<1>{prefix}-", body)
