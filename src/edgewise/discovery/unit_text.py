"""Read units of measurement from text, such as "kg*m/s^2", as exponents of base units."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate

LONGEST = 200
"""Most characters of a unit."""

DEEPEST = 20
"""Most levels of nested parentheses."""

GREATEST = 100
"""Largest numerator and denominator of an exponent."""


@dataclass(frozen=True)
class Dimension:
    """Π base ** exponent, such as kg·m·s⁻²; make it with :func:`parse_unit`.

    Attributes:
        exponents: (base unit, exponent) in alphabetic order, none of them 0.
    """

    exponents: tuple[tuple[str, Fraction], ...] = ()

    @classmethod
    def of(cls, exponents: Mapping[str, Fraction | int]) -> Dimension:
        """Make a unit from a mapping of base units."""
        return cls(tuple(sorted((k, Fraction(v)) for k, v in exponents.items() if v != 0)))

    def __getitem__(self, base: str) -> Fraction:
        return dict(self.exponents).get(base, Fraction(0))

    def __mul__(self, other: Dimension) -> Dimension:
        bases = {b for b, _ in self.exponents + other.exponents}
        return Dimension.of({b: self[b] + other[b] for b in bases})

    def __truediv__(self, other: Dimension) -> Dimension:
        return self * other**-1

    def __pow__(self, exponent: Fraction | int) -> Dimension:
        return Dimension.of({b: e * exponent for b, e in self.exponents})

    def __str__(self) -> str:
        parts = [
            b if e == 1 else f"{b}^{e}" if e.denominator == 1 else f"{b}^({e})"
            for b, e in self.exponents
        ]
        return "*".join(parts) or "1"


def _table(text: str) -> dict[str, Dimension]:
    """Lines of `symbols = base exponent, …` as dimensions."""
    result = {}
    for line in text.strip().splitlines():
        symbols, _, right = line.partition("=")
        pairs = [part.split() for part in right.split(",") if part.strip()]
        dimension = Dimension.of({base: Fraction(exponent) for base, exponent in pairs})
        result.update(dict.fromkeys(symbols.split(), dimension))
    return result


PREFIXED = _table("""
    m = m 1
    g = kg 1
    s = s 1
    A = A 1
    K = K 1
    mol = mol 1
    cd lm = cd 1
    lx = cd 1, m -2
    N = kg 1, m 1, s -2
    J eV Wh cal = kg 1, m 2, s -2
    W = kg 1, m 2, s -3
    Pa bar = kg 1, m -1, s -2
    C Ah = A 1, s 1
    V = kg 1, m 2, s -3, A -1
    ohm Ω = kg 1, m 2, s -3, A -2
    S = kg -1, m -2, s 3, A 2
    F = kg -1, m -2, s 4, A 2
    T = kg 1, s -2, A -1
    Wb = kg 1, m 2, s -2, A -1
    H = kg 1, m 2, s -2, A -2
    Hz Bq = s -1
    Gy Sv = m 2, s -2
    L l = m 3
    rad sr =
""")
"""Units that take the prefixes of the SI."""

PLAIN = _table("""
    min h hour hours d day days yr year years minute minutes second seconds = s 1
    ft inch yd mile miles Å au ly pc = m 1
    ha = m 2
    t lb u amu = kg 1
    atm mmHg psi = kg 1, m -1, s -2
    °C degC °F degF = K 1
    deg ° % percent =
""")
"""Units that take no prefixes."""

PREFIXES = ("da", *"QRYZEPTGMkhdcmuµnpfazyrq")

WRITTEN_OUT = """
    m metre meter
    g gram gramme
    s second sec
    min minute min
    h hour
    d day
    yr year
    A ampere amp
    K kelvin
    mol mole
    cd candela
    lm lumen
    lx lux
    N newton
    J joule
    W watt
    Pa pascal
    C coulomb
    V volt
    ohm ohm
    S siemens
    F farad
    T tesla
    Wb weber
    H henry
    Hz hertz
    L litre liter
    t tonne
    rad radian
    deg degree
    °C celsius
    ft foot feet
    inch inches
    yd yard
"""
NAMES = {
    name: symbol
    for symbol, *names in map(str.split, WRITTEN_OUT.strip().splitlines())
    for name in names
}
"""Names of units that may be written out, in the plural, too, with capitals and prefixes."""

LONG_PREFIXES = ("giga", "mega", "kilo", "hecto", "deci", "centi", "milli", "micro", "nano", "pico")

RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
"""Raised digits and signs as plain ones."""

STRANGE = re.compile(r"[^\w\s%°$*^·⋅×/().+⁻⁺-]")
NUMBER_OR_SYMBOL = re.compile(
    r"(?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|(?:[^\W\d]|[%°$])+"
)
PRODUCT = re.compile(r"(?<=[\w.)])\s*(?=[_(])")
"""Where a product is written with a space or with nothing."""
QUOTIENT_OF_POWER = re.compile(r"(?:\*\*|\^)\s*(?:\([^()]*\)|[+-]?[\d.]+)/[\d.]")
"""m^1/2, which may mean m^(1/2) or half of m."""


def parse_unit(text: str) -> Dimension:
    """The dimension of a unit such as ``kg*m/s^2``, ``µV``, ``km h^-1`` or ``Hz^(1/2)``.

    Products are written with ``*``, ``·`` or a space, quotients with ``/`` (from left to right, so
    that ``m/s*kg`` is ``(m/s)*kg``), powers with ``^`` or ``**``. Numbers are factors and have no
    dimension; an empty text has none either. Names may be written out, such as ``kilometers/sec``.
    A symbol that isn't known is a base unit of its own.

    Raises:
        TypeError: if it isn't a string.
        ValueError: if it can't be read.
    """
    if not isinstance(text, str):
        raise TypeError(f"expected a unit such as 'm/s^2', got {text!r:.80}: pass text")
    if len(text) > LONGEST:
        raise ValueError(
            f"expected a unit of at most {LONGEST} characters, got {len(text)}: define a short "
            "name for a unit that is composed of many others"
        )
    if not text.strip():
        return Dimension()
    return _Reader(text.replace("μ", "µ").replace("Ω", "Ω")).read()


def _dimension_of_symbol(symbol: str) -> Dimension:
    for table in (PREFIXED, PLAIN):
        if symbol in table:
            return table[symbol]
    for prefix in PREFIXES:
        rest = symbol.removeprefix(prefix)
        if rest != symbol and rest in PREFIXED:
            return PREFIXED[rest]
    known = _symbol_of_name(symbol.lower())
    return Dimension.of({symbol: 1}) if known is None else _dimension_of_symbol(known)


def _symbol_of_name(name: str) -> str | None:
    """m for metre, meters or kilometres."""
    for prefix in ("", *LONG_PREFIXES):
        rest = name.removeprefix(prefix)
        for singular in (rest, rest.removesuffix("s")):
            if singular in NAMES:
                return NAMES[singular]
    return None


class _Reader:
    """Reads one unit as Python's arithmetic, of which it takes products, quotients and powers."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.symbols: list[Dimension] = []

    def error(self, got: str, remedy: str) -> ValueError:
        return ValueError(
            f"expected a unit such as 'kg*m/s^2', got {self.text!r:.80} with {got}: {remedy}"
        )

    def read(self) -> Dimension:
        if strange := STRANGE.search(self.text):
            raise self.error(repr(strange.group()), "write products as kg*m, powers as s^2")
        if QUOTIENT_OF_POWER.search(self.text):
            remedy = "write m^(1/2), or the number in front of the unit"
            raise self.error("a quotient after a power", remedy)
        if max(accumulate((c == "(") - (c == ")") for c in self.text)) > DEEPEST:
            raise self.error(f"over {DEEPEST} levels of parentheses", "leave some out")
        try:
            tree = ast.parse(self.to_python(), mode="eval").body
        except (SyntaxError, ValueError) as error:
            remedy = "write products as kg*m, powers as m^2, and factors in front"
            raise self.error("symbols, numbers and signs that don't fit", remedy) from error
        result = self.unit(tree)
        for _, exponent in result.exponents:
            self.check_size(exponent)
        return result

    def to_python(self) -> str:
        """The text with a name for each symbol, ``**`` for powers and ``*`` for all products."""
        text = re.sub(
            "[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+", lambda m: f"**({m.group().translate(RAISED)})", self.text
        )
        text = re.sub("[·⋅×]", " * ", text).replace("^", "**")
        return PRODUCT.sub("*", NUMBER_OR_SYMBOL.sub(self.name, text)).strip()

    def name(self, match: re.Match[str]) -> str:
        if match["number"]:
            return match.group()
        self.symbols.append(_dimension_of_symbol(match.group()))
        return f" _{len(self.symbols) - 1} "

    def unit(self, node: ast.expr) -> Dimension:
        if isinstance(node, ast.Name):
            return self.symbols[int(node.id[1:])]
        if isinstance(node, ast.Constant):
            return Dimension()
        if isinstance(node, ast.BinOp):
            left = self.unit(node.left)
            if isinstance(node.op, ast.Mult):
                return left * self.unit(node.right)
            if isinstance(node.op, ast.Div):
                return left / self.unit(node.right)
            if isinstance(node.op, ast.Pow):
                return left ** self.exponent(node.right)
        raise self.error("a sum or a sign", "write products as kg*m, powers as s^2")

    def exponent(self, node: ast.expr) -> Fraction:
        if isinstance(node, ast.Constant):
            return self.check_size(Fraction(ast.unparse(node)))
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub | ast.UAdd):
            value = self.exponent(node.operand)
            return -value if isinstance(node.op, ast.USub) else value
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div):
            above, below = self.exponent(node.left), self.exponent(node.right)
            if below == 0:
                raise self.error("a division by 0", "write an exponent such as (1/2)")
            return self.check_size(above / below)
        raise self.error("an exponent that isn't a fraction", "write one such as 2 or (1/2)")

    def check_size(self, value: Fraction) -> Fraction:
        if max(abs(value.numerator), value.denominator) > GREATEST:
            raise self.error(f"the exponent {value!s:.20}", f"use fractions of at most {GREATEST}")
        return value
