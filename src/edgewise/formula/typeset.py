"""Typeset formulas as SVG for an HTML page.

A formula is a row of pieces, each an ``<svg>`` as high as its letters. The browser breaks the row
into lines that fit the screen or the paper. Each glyph is drawn once, in a hidden picture to which
the pieces refer.
"""

from __future__ import annotations

import html
import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from edgewise.charts.card import FormulaOnCard
from edgewise.formula import printing
from edgewise.formula.expression import (
    Apply,
    Expression,
    Number,
    Power,
    Product,
    Sum,
    exact,
    factors_of,
    free,
    power,
    terms_of,
)
from edgewise.formula.printing.latex import LatexWriter, escape_latex, name_in_latex, names_in_latex
from edgewise.formula.printing.writer import (
    in_order,
    is_negative,
    opposite,
    spell,
)

ROOM = 14.5
"""Width of a line on the narrowest page, in ems; pieces are no wider if possible."""
LONGEST = 6000
"""Most characters of LaTeX that are typeset; longer formulas are slow to set and never read."""
LONGEST_NAME = 24
DIGITS = 4
CARD_ROOM = 22.0
"""Width of a line on a card, in ems."""
SIZE = 100.0
"""Size in points at which letters are measured."""


@dataclass(frozen=True)
class Statement:
    """A formula as a sentence: ``T = …``, or of a class ``outside where … > 0.77``.

    Attributes:
        subject: the left-hand side: the output, or a class.
        tree, names: the formula and the names of its inputs.
        sign, level: for a class, the relation and the number that the formula is compared with.
    """

    subject: str
    tree: Expression
    names: Sequence[str]
    sign: str = ""
    level: float = 0.0

    def __str__(self) -> str:
        text = printing.to_text(self.tree, self.names, DIGITS)
        if not self.sign:
            return f"{self.subject} = {text}"
        return f"{self.subject} where {text} {self.sign} {self.level:.{DIGITS}g}"


def put_on_card(statement: Statement, prefix: str | None = None, units: str = "") -> FormulaOnCard:
    """A formula for a card, a notebook or a page: drawn, in pictures that a page breaks into lines.

    It is only text where mathtext can't set it, or if it is too long to be read.

    Args:
        prefix: of the ids, different for every formula of the page; by default made of the text.
        units: of its names, in words.
    """
    text = str(statement)
    plain = FormulaOnCard(text, units=units)
    prefix = prefix or f"e{zlib.crc32(f'{text} {statement.names}'.encode()):08x}"
    short, meanings = shorten_names([statement.subject, *statement.names])
    setter = _Setter(prefix)
    try:
        breaker = _Breaker(setter, short[1:])
        if len(breaker.latex(statement.tree)) > LONGEST:
            return plain
        pieces = [_begin(statement, short[0]), *breaker.pieces(statement.tree)]
        if statement.sign:
            level = breaker.latex(free(statement.level))
            pieces[-1] += rf"\;{statement.sign}\;{level}"
        pictures = [setter.picture(piece) for piece in pieces]
        lines = _fill_lines(pieces, setter)
    except (ValueError, RuntimeError, RecursionError):  # what mathtext and its fonts raise
        return plain
    drawn = (
        f'<div class="formula" role="img" aria-label="{html.escape(text)}">{setter.glyphs()}'
        f"{'<wbr>'.join(pictures)}</div>"
    )
    return FormulaOnCard(text, lines, drawn, meanings, units)


def _begin(statement: Statement, subject: str) -> str:
    if statement.sign:
        return rf"\text{{{escape_latex(subject)}}}\;\text{{where}}\;"
    return rf"{name_in_latex(subject)} =\;"


def _fill_lines(pieces: Sequence[str], setter: _Setter) -> list[str]:
    """Join pieces to lines that fit on a card."""
    lines = [pieces[0]]
    for piece in pieces[1:]:
        if setter.width(lines[-1]) + setter.width(piece) <= CARD_ROOM:
            lines[-1] += piece
        else:
            lines.append(piece)
    return lines


def shorten_names(names: Sequence[str]) -> tuple[list[str], dict[str, str]]:
    """Names as a formula shows them, and the meanings of those that were replaced.

    A name that is too long, or has a letter that mathtext's fonts lack, becomes a letter with a
    number.
    """
    letter = next(
        (c for c in "vuwzqp" if not any(re.fullmatch(rf"{c}_?\d+", n) for n in names)), "vv"
    )
    short, meanings = [], {}
    for k, name in enumerate(names):
        if len(name) <= LONGEST_NAME and name.isprintable() and _can_set(name):
            short.append(name)
        else:
            short.append(f"{letter}{k}")
            meanings[short[-1]] = name
    return short, meanings


def _can_set(name: str) -> bool:
    from matplotlib.font_manager import findfont, get_font

    if set(name) & set("\\^~{}$"):  # characters that mathtext's text mode doesn't have
        return False
    letters = get_font(findfont("STIXGeneral"))  # asked first: mathtext logs what it misses
    if not all(letters.get_char_index(ord(c)) for c in name):
        return False
    try:
        _Setter("").width(name_in_latex(name))
    except (ValueError, RuntimeError):
        return False
    return True


class _SpacedWriter(LatexWriter):
    """LaTeX with a thin space between factors."""

    space = r"\,"


class _Breaker:
    """Breaks a tree into pieces of LaTeX that are no wider than a line, if possible."""

    def __init__(self, setter: _Setter, names: Sequence[str]) -> None:
        self.setter = setter
        self.writer = _SpacedWriter(names_in_latex(names), DIGITS)

    def latex(self, tree: Expression) -> str:
        return self.writer.write(tree).text

    def pieces(self, tree: Expression) -> list[str]:
        """A sum as its terms, each in one piece if it fits."""
        tree = spell(tree)
        if isinstance(tree, Sum):
            return self._terms(tree)
        text = _display(self.latex(tree))
        if self.setter.width(text) <= ROOM:
            return [text]
        return self._split(tree) or [text]

    def _terms(self, tree: Sum) -> list[str]:
        found: list[str] = []
        for k, term in enumerate(in_order(terms_of(tree))):
            sign = "{} + " if k else ""
            if is_negative(term):
                sign, term = ("{} - " if k else "-"), opposite(term)
            first, *rest = self._whole(term) or self.pieces(term)
            found += [sign + first, *rest]
        return found

    def _whole(self, tree: Expression) -> list[str]:
        """The tree as one piece, in brackets if it is a sum; no piece if it doesn't fit."""
        text = _display(self.latex(tree))
        text = rf"\left({text}\right)" if isinstance(tree, Sum) else text
        return [text] if self.setter.width(text) <= ROOM else []

    def _split(self, tree: Expression) -> list[str]:
        """The parts of a product, a power or a function; none for other nodes."""
        if isinstance(tree, Product):
            return self._factors(tree)
        if isinstance(tree, Power):
            exponent = self.latex(tree.exponent)
            return _enclose("(", self.pieces(tree.base), rf")^{{{exponent}}}")
        if isinstance(tree, Apply):
            name = re.sub(r"[^A-Za-z0-9]", "", tree.function.name)
            return _enclose(rf"\mathrm{{{name}}}(", self.pieces(tree.argument), ")")
        return []

    def _factors(self, tree: Product) -> list[str]:
        above = [f for f in factors_of(tree) if not _divides(f)]
        below = [power(f, -1) for f in factors_of(tree) if _divides(f)]
        first, *more = above or [exact(1)]
        found = self._factor(first)
        for factor in more:
            found += _enclose(r"\,", self._factor(factor), "")
        for factor in below:
            found += _enclose("/", self._factor(factor), "")
        return found

    def _factor(self, tree: Expression) -> list[str]:
        if whole := self._whole(tree):
            return whole
        if isinstance(tree, Sum):
            return _enclose("(", self.pieces(tree), ")")
        return self.pieces(tree)


def _divides(factor: Expression) -> bool:
    exponent = factor.exponent if isinstance(factor, Power) else None
    return isinstance(exponent, Number) and exponent.value < 0


def _enclose(before: str, pieces: list[str], after: str) -> list[str]:
    first, *rest = pieces
    pieces = [before + first, *rest]
    return [*pieces[:-1], pieces[-1] + after]


def _display(text: str) -> str:
    """Set fractions that are a whole term in display size."""
    return re.sub(r"^(-?\s*)\\frac", r"\1\\dfrac", text)


class _Setter:
    """Draws LaTeX as SVG pictures that share their glyphs."""

    def __init__(self, prefix: str) -> None:
        from matplotlib.font_manager import FontProperties
        from matplotlib.textpath import text_to_path

        self.texts: Any = text_to_path  # its parser remembers what widths and pictures both need
        self.prefix = prefix
        self.font = FontProperties(size=SIZE, math_fontfamily="stix")
        self.outlines: dict[str, Any] = {}
        self.widths: dict[str, float] = {}

    def width(self, text: str) -> float:
        """The width in ems."""
        if text not in self.widths:
            self.widths[text] = self._parse(text).width / SIZE
        return self.widths[text]

    def _parse(self, text: str) -> Any:
        parsed = self.texts.mathtext_parser.parse(f"${text}$", self.texts.DPI, self.font)
        for character in text:
            if not character.isascii() and not any(chr(g[2]) == character for g in parsed.glyphs):
                raise ValueError(f"no glyph for {character!r}")
        return parsed

    def picture(self, text: str) -> str:
        """One piece as SVG, aligned on the baseline."""
        parsed = self._parse(text)
        width, up, down = parsed.width, parsed.height - parsed.depth, parsed.depth
        glyphs, self.outlines, rules = self.texts.get_glyphs_mathtext(
            self.font, f"${text}$", glyph_map=self.outlines
        )
        parts = [
            f'<use href="#{self._name(name)}" '
            f'transform="translate({x:.4g} {-y:.4g}) scale({size:.3g} {-size:.3g})"/>'
            for name, x, y, size in glyphs
        ]
        for corners, codes in rules:
            parts.append(f'<path d="{_outline(corners, codes, -1)}"/>')
        box = f"0 {-up - 4:.4g} {width:.4g} {up + down + 8:.4g}"
        style = (
            f"width:{width / SIZE:.3f}em;height:{(up + down + 8) / SIZE:.3f}em;"
            f"vertical-align:{-(down + 4) / SIZE:.3f}em"
        )
        return f'<svg viewBox="{box}" style="{style}" aria-hidden="true">{"".join(parts)}</svg>'

    def glyphs(self) -> str:
        """The hidden picture with the outlines of all letters."""
        paths = "".join(
            f'<path id="{self._name(name)}" d="{_outline(points, codes)}"/>'
            for name, (points, codes) in self.outlines.items()
        )
        return f'<svg class="glyphs" aria-hidden="true"><defs>{paths}</defs></svg>'

    def _name(self, glyph: str) -> str:
        return f"{self.prefix}-g{list(self.outlines).index(glyph)}"


def _outline(points: Any, codes: Any, turn: int = 1) -> str:
    """The points of a path as SVG writes them: M, L, Q, C and Z."""
    letters, sizes = {1: "M", 2: "L", 3: "Q", 4: "C"}, {1: 1, 2: 1, 3: 2, 4: 3}
    text, k = [], 0
    while k < len(codes):
        code = int(codes[k])
        if code not in letters:
            text.append("Z")
            k += 1
            continue
        used = points[k : k + sizes[code]]
        text.append(letters[code] + " ".join(f"{x:.4g} {turn * y:.4g}" for x, y in used))
        k += sizes[code]
    return "".join(text)
