"""What a spreadsheet makes of a formula: enough of its language to test the export.

A minus in front binds more tightly than ^, and ^ is taken from left to right.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping

TOKEN = re.compile(r"\s*(\d+\.?\d*(?:E[+-]?\d+)?|[A-Z]+\d*|[-+*/^(),])")
CALLS: dict[str, Callable[..., float]] = {
    "EXP": math.exp,
    "LN": math.log,
    "SIN": math.sin,
    "COS": math.cos,
    "TAN": math.tan,
    "TANH": math.tanh,
    "SINH": math.sinh,
    "COSH": math.cosh,
    "ASIN": math.asin,
    "ACOS": math.acos,
    "ATAN": math.atan,
    "ATANH": math.atanh,
    "ASINH": math.asinh,
    "ABS": abs,
    "SQRT": math.sqrt,
    "SIGN": lambda u: float((u > 0) - (u < 0)),
    "PI": lambda: math.pi,
}


def evaluate(formula: str, cells: Mapping[str, float]) -> float:
    """The formula's value; NaN where a spreadsheet says #NUM! or #DIV/0!"""
    if not formula.startswith("="):
        raise ValueError(f"expected =…, got {formula}")
    tokens = TOKEN.findall(formula[1:])
    if "".join(tokens) != formula[1:].replace(" ", ""):
        raise ValueError(f"expected the language of a spreadsheet, got {formula}")
    try:
        value = _Reader(tokens, cells).sum()
    except (ValueError, ZeroDivisionError, OverflowError):
        return math.nan
    return value if isinstance(value, float | int) else math.nan


class _Reader:
    def __init__(self, tokens: list[str], cells: Mapping[str, float]) -> None:
        self.tokens, self.cells = tokens[::-1], cells

    def take(self, *wanted: str) -> str | None:
        if self.tokens and (not wanted or self.tokens[-1] in wanted):
            return self.tokens.pop()
        return None

    def sum(self) -> float:
        value = self.product()
        while sign := self.take("+", "-"):
            other = self.product()
            value = value + other if sign == "+" else value - other
        return value

    def product(self) -> float:
        value = self.power()
        while sign := self.take("*", "/"):
            other = self.power()
            value = value * other if sign == "*" else value / other
        return value

    def power(self) -> float:
        value = self.signed()
        while self.take("^"):
            value = math.pow(value, self.signed())
        return value

    def signed(self) -> float:
        if self.take("-"):
            return -self.signed()
        return self.atom()

    def atom(self) -> float:
        token = self.take()
        if token == "(":
            value = self.sum()
            assert self.take(")")
            return value
        if token in self.cells:
            return self.cells[token]
        if token in CALLS:
            assert self.take("(")
            arguments = [] if self.tokens[-1] == ")" else [self.sum()]
            assert self.take(")")
            return CALLS[token](*arguments)
        return float(str(token))
