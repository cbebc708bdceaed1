"""Read units of measurement from text, such as "kg*m/s^2", as exponents of base units."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

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

SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")

TOKEN = re.compile(
    r"(?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|(?P<symbol>(?:[^\W\d⁰¹²³⁴⁵⁶⁷⁸⁹]|[%°$])+)"
    r"|(?P<power>\*\*|\^)|(?P<mark>[*·⋅×/()+-])|(?P<raised>[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)|(?P<space>\s+)"
)


def parse_unit(text: str) -> Dimension:
    """The dimension of a unit such as ``kg*m/s^2``, ``µV``, ``km h^-1`` or ``Hz^(1/2)``.

    Products are written with ``*``, ``·`` or a space, quotients with ``/`` (from left to right, so
    that ``m/s*kg`` is ``(m/s)*kg``), powers with ``^`` or ``**``. Numbers are factors and have no
    dimension; an empty text has none either. A symbol that isn't known is a base unit of its own.

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
    return Dimension.of({symbol: 1})


class _Reader:
    """Reads one unit, from left to right."""

    def __init__(self, text: str) -> None:
        self.text, self.place, self.depth = text, 0, 0
        self.tokens: list[tuple[str, str]] = []
        start = 0
        while start < len(text):
            match = TOKEN.match(text, start)
            if match is None or match.lastgroup is None:
                raise self.error(f"{text[start]!r}", "write products as kg*m, powers as s^2")
            self.tokens.append((match.lastgroup, match.group()))
            start = match.end()

    def error(self, got: str, remedy: str) -> ValueError:
        return ValueError(
            f"expected a unit such as 'kg*m/s^2', got {self.text!r:.80} with {got}: {remedy}"
        )

    def peek(self) -> tuple[str, str]:
        return self.tokens[self.place] if self.place < len(self.tokens) else ("end", "its end")

    def take(self) -> tuple[str, str]:
        token = self.peek()
        self.place += 1
        return token

    def skip(self) -> bool:
        """Skip a space; True if there was one."""
        if self.peek()[0] == "space":
            self.place += 1
            return True
        return False

    def read(self) -> Dimension:
        result = self.product()
        kind, value = self.peek()
        if kind != "end":
            raise self.error(f"{value!r} too much", "close as many parentheses as you open")
        for _, exponent in result.exponents:
            self.check_size(exponent)
        return result

    def product(self) -> Dimension:
        self.skip()
        result = self.factor()
        while True:
            space = self.skip()
            kind, value = self.peek()
            if kind == "mark" and value in "*·⋅×/":
                self.take()
                self.skip()
                factor = self.factor()
                result = result / factor if value == "/" else result * factor
            elif kind == "symbol" or (kind, value) == ("mark", "("):
                result = result * self.factor()
            elif kind == "number":
                where = "after a space" if space else "right after a symbol"
                raise self.error(
                    f"the number {value} {where}", "write powers as m^2, factors in front"
                )
            else:
                return result

    def factor(self) -> Dimension:
        kind, value = self.take()
        if kind == "symbol":
            base = _dimension_of_symbol(value)
        elif kind == "number":
            base = Dimension()
        elif (kind, value) == ("mark", "("):
            self.depth += 1
            if self.depth > DEEPEST:
                raise self.error(f"over {DEEPEST} levels of parentheses", "leave some out")
            base = self.product()
            if self.take() != ("mark", ")"):
                raise self.error("an open parenthesis", "close as many as you open")
            self.depth -= 1
        else:
            raise self.error(f"{value!r} in place of a symbol", "write a symbol there")
        return self.power(base)

    def power(self, base: Dimension) -> Dimension:
        kind, value = self.peek()
        if kind == "raised":
            self.take()
            return base ** self.whole(value.translate(SUPERSCRIPTS))
        ahead = self.place
        self.skip()
        if self.peek()[0] != "power":
            self.place = ahead
            return base
        self.take()
        self.skip()
        result = base ** self.exponent()
        following = self.tokens[self.place : self.place + 2]
        if [t[0] for t in following] == ["mark", "number"] and following[0][1] == "/":
            raise self.error(
                "a quotient after a power", "write m^(1/2), or the number in front of the unit"
            )
        if self.peek()[0] in ("power", "raised"):
            raise self.error("a power of a power", "use parentheses")
        return result

    def exponent(self) -> Fraction:
        if self.peek() != ("mark", "("):
            return self.signed_number()
        self.take()
        self.skip()
        result = self.signed_number()
        self.skip()
        if self.peek() == ("mark", "/"):
            self.take()
            self.skip()
            below = self.signed_number()
            if below == 0:
                raise self.error("a division by 0", "write an exponent such as (1/2)")
            result = self.check_size(result / below)
            self.skip()
        if self.take() != ("mark", ")"):
            raise self.error("an exponent that isn't a fraction", "write one such as (1/2)")
        return result

    def signed_number(self) -> Fraction:
        sign = self.take()[1] if self.peek() in (("mark", "-"), ("mark", "+")) else ""
        kind, value = self.take()
        if kind != "number":
            raise self.error(f"{value!r} in place of an exponent", "write one such as 2 or (1/2)")
        return self.whole(sign + value)

    def whole(self, text: str) -> Fraction:
        if len(text) > 12 or "e" in text.lower():
            raise self.error(f"the exponent {text:.20}", f"use one of at most {GREATEST}")
        return self.check_size(Fraction(text))

    def check_size(self, value: Fraction) -> Fraction:
        if max(abs(value.numerator), value.denominator) > GREATEST:
            raise self.error(f"the exponent {value!s:.20}", f"use fractions of at most {GREATEST}")
        return value
