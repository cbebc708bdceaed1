"""Exact constants of formulas: fractions times 1, π, e, √2 or √3."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

UNITS = {
    "1": 1.0,
    "pi": math.pi,
    "1/pi": 1 / math.pi,
    "pi^2": math.pi**2,
    "1/pi^2": math.pi**-2,
    "e": math.e,
    "sqrt(2)": math.sqrt(2),
    "sqrt(3)": math.sqrt(3),
}
LARGEST_PART = 10**6
"""Largest numerator and denominator of a constant that isn't given."""
DENOMINATORS = (1, 2, 3, 4, 5, 6, 8, 10)
LARGEST = 1000


@dataclass(frozen=True)
class Constant:
    """A fraction times a unit: 1, π, 1/π, π², 1/π², e, √2 or √3."""

    numerator: int
    denominator: int = 1
    unit: str = "1"

    @property
    def value(self) -> float:
        return self.numerator / self.denominator * UNITS[self.unit]

    @property
    def is_long(self) -> bool:
        """Whether it is a fraction that is written as a decimal number, such as 8.314462618."""
        return self.unit == "1" and max(abs(self.numerator), self.denominator) > LARGEST_PART

    @property
    def bits(self) -> float:
        """The bits of its description."""
        digits = math.log2(1 + abs(self.numerator)) + math.log2(self.denominator)
        return digits + (0.0 if self.unit == "1" else 2.5 if self.unit == "pi" else 4.0)

    def add(self, other: Constant) -> Constant | None:
        """The sum, or None if it isn't such a constant."""
        if self.unit != other.unit:
            return None
        top = self.numerator * other.denominator + other.numerator * self.denominator
        return _reduce(top, self.denominator * other.denominator, self.unit)

    def multiply(self, other: Constant) -> Constant | None:
        """The product, or None if it isn't such a constant."""
        if "1" not in (self.unit, other.unit):
            return None
        top, bottom = self.numerator * other.numerator, self.denominator * other.denominator
        return _reduce(top, bottom, other.unit if self.unit == "1" else self.unit)

    def raise_to(self, n: int) -> Constant | None:
        """The n-th power of a fraction; None for 0, other units, n above 6 and large fractions."""
        top, bottom = self.numerator, self.denominator
        if n < 0:
            top, bottom, n = (bottom, top, -n) if top > 0 else (-bottom, -top, -n)
        if self.unit != "1" or n > 6 or max(abs(top), bottom) ** n > LARGEST_PART:
            return None
        return Constant(top**n, bottom**n)

    def root(self) -> Constant | None:
        """The square root, or None if it isn't such a constant."""
        unit = {"1": "1", "pi^2": "pi", "1/pi^2": "1/pi"}.get(self.unit)
        if unit is None or self.numerator <= 0:
            return None
        top, bottom = math.isqrt(self.numerator), math.isqrt(self.denominator)
        if (top * top, bottom * bottom) != (self.numerator, self.denominator):
            return None
        return Constant(top, bottom, unit)

    def invert(self) -> Constant | None:
        """The inverse, or None if it isn't such a constant."""
        units = {"1": "1", "pi": "1/pi", "1/pi": "pi", "pi^2": "1/pi^2", "1/pi^2": "pi^2"}
        if self.unit not in units or self.numerator == 0:
            return None
        sign = 1 if self.numerator > 0 else -1
        return Constant(sign * self.denominator, abs(self.numerator), units[self.unit])

    def sympy(self) -> Any:
        """The constant as a sympy number: a decimal where a fraction would be too long to read."""
        import sympy

        if self.is_long:
            return sympy.Float(self.value)

        units = {
            "1": sympy.Integer(1),
            "pi": sympy.pi,
            "1/pi": 1 / sympy.pi,
            "pi^2": sympy.pi**2,
            "1/pi^2": sympy.pi**-2,
            "e": sympy.E,
            "sqrt(2)": sympy.sqrt(2),
            "sqrt(3)": sympy.sqrt(3),
        }
        return sympy.Rational(self.numerator, self.denominator) * units[self.unit]

    def __str__(self) -> str:
        return f"{self.numerator}/{self.denominator}*{self.unit}"


def _reduce(numerator: int, denominator: int, unit: str) -> Constant | None:
    """The fraction in lowest terms, None if it is too large to be simple."""
    common = math.gcd(numerator, denominator)
    top, bottom = numerator // common, denominator // common
    if abs(top) > LARGEST_PART or bottom > LARGEST_PART:
        return None
    return Constant(top, bottom, "1" if top == 0 else unit)


def read_constant(text: str) -> Constant:
    """Read the constant that str() wrote; nothing is evaluated.

    Raises:
        ValueError: if the text isn't a constant.
    """
    fraction, _, unit = text.partition("*")
    numerator, _, denominator = fraction.partition("/")
    if unit not in UNITS or not denominator.isdigit() or int(denominator) == 0:
        raise ValueError(f"expected a constant such as 1/2*pi, got {text!r}")
    return Constant(int(numerator), int(denominator), unit)


def find_near(value: float, window: float) -> list[Constant]:
    """The constants within `window` of a value, the simplest first."""
    found = {}
    for unit, size in UNITS.items():
        for q in DENOMINATORS:
            p = round(value / size * q)
            if abs(p) > LARGEST or (p == 0 and unit != "1"):
                continue
            exact = Fraction(p, q)
            constant = Constant(exact.numerator, exact.denominator, unit)
            if abs(constant.value - value) <= window:
                found[exact, unit] = constant
    return sorted(found.values(), key=lambda c: c.bits)
