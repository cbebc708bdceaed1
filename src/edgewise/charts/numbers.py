"""Numbers as readers write them, in pictures and on pages."""

from __future__ import annotations

import math
import re

SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def format_number(value: float, digits: int = 3, most: float = 1e7) -> str:
    """With a real minus sign, thousands apart, and powers of ten only where nothing else is short.

    Args:
        digits: that count, of a number with decimals.
        most: the least number that is written with a power of ten.

    Example:
        >>> [format_number(value) for value in (-12345.6, 0.012345, 1990, 3e9)]
        ['−12,346', '0.0123', '1990', '3e9']
    """
    if not math.isfinite(value):
        return "—"
    if value == 0:
        return "0"
    if 1e-4 <= abs(value) < most:
        places = max(0, digits - 1 - math.floor(math.log10(abs(value))))
        text = f"{value:.{places}f}" if abs(value) < 9999.5 else f"{value:,.{places}f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
    else:
        mantissa, _, exponent = f"{value:.{digits - 1}e}".partition("e")
        mantissa = mantissa.rstrip("0").rstrip(".") if "." in mantissa else mantissa
        text = f"{mantissa}e{int(exponent)}"
    return text.replace("-", "−")


def round_to_error(value: float, error: float) -> str:
    """A number to two digits of its standard error, and as it is if the error is 0 or unknown.

    Example:
        >>> [round_to_error(212.6837, 6.947), round_to_error(0.0641210, 0.0082)]
        ['212.7', '0.0641']
    """
    if not math.isfinite(error) or error <= 0 or not math.isfinite(value) or value == 0:
        return format_number(value, 6)
    digits = math.floor(math.log10(abs(value))) - math.floor(math.log10(error)) + 2
    return format_number(value, min(max(digits, 1), 15))


def write_unit(unit: str) -> str:
    """A unit with raised exponents.

    Example:
        >>> write_unit("kg*m^2/s**-2")
        'kg·m²/s⁻²'
    """
    raised = re.sub(r"(?:\^|\*\*)(-?\d+)", lambda m: m[1].translate(SUPERSCRIPTS), unit)
    return raised.replace("*", "·")


def format_change(value: float, digits: int = 3) -> str:
    """A number with its sign, plus or minus."""
    text = format_number(value, digits)
    return f"+{text}" if value > 0 and text != "0" else text


def format_factor(value: float, digits: int = 3) -> str:
    """A factor with its cross."""
    return "×" + format_number(value, digits)
