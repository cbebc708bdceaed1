"""Numbers as readers write them, in pictures and on pages."""

from __future__ import annotations

import math
import re

SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def format_number(value: float, digits: int = 3, most: float = 1e7) -> str:
    """A number as text: a real minus sign, commas between thousands, few powers of ten.

    Args:
        digits: significant digits of a number with decimals.
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


def format_percent(share: float, decimals: int = 0) -> str:
    """A fraction in per cent, without decimals that are 0.

    Example:
        >>> format_percent(0.42), format_percent(0.937, 1), format_percent(1.0, 1)
        ('42 %', '93.7 %', '100 %')
    """
    text = f"{100 * share:.{decimals}f}"
    return f"{text.removesuffix('.' + decimals * '0')} %".replace("-", "−")


def round_to_largest(value: float, largest: float) -> float:
    """Round a number to the decimals that the largest one beside it has with three digits.

    Digits before the point are kept.

    Example:
        >>> [round_to_largest(value, 31.47) for value in (31.47, 0.8434, -0.0405)]
        [31.5, 0.8, -0.0]
        >>> round_to_largest(31547.2, 31547.2)
        31547.0
    """
    if not (math.isfinite(value) and 0 < abs(largest) < math.inf):
        return value
    return round(value, max(0, 2 - math.floor(math.log10(abs(largest)))))


def round_to_error(value: float, error: float) -> str:
    """Round a number to two digits of its error; unchanged if that is 0 or unknown.

    Example:
        >>> [round_to_error(212.6837, 6.947), round_to_error(0.0641210, 0.0082)]
        ['212.7', '0.0641']
    """
    if not math.isfinite(error) or error <= 0 or not math.isfinite(value) or value == 0:
        return format_number(value, 6)
    digits = math.floor(math.log10(abs(value))) - math.floor(math.log10(error)) + 2
    return format_number(value, min(max(digits, 1), 15))


def with_error(value: float, error: float) -> str:
    """A number and its standard error, both to the second digit of the error.

    Example:
        >>> with_error(212.683, 1.94), with_error(-0.06412, 0.0083), with_error(24.83, 3.0)
        ('212.7 ± 1.9', '−0.0641 ± 0.0083', '24.8 ± 3.0')
        >>> with_error(3.1e-9, 2e-11), with_error(2.0, 0.0), with_error(2.0, float("inf"))
        ('(3.100 ± 0.020)e−9', '2', '2 ± ?')
    """
    if not math.isfinite(error):
        return f"{format_number(value, 6)} ± ?"
    if error <= 1e-12 * abs(value) or error == 0:
        return format_number(value, 12)
    size = max(abs(value), error)
    power = math.floor(math.log10(size)) if not 1e-4 <= size < 1e6 else 0
    scale = 10.0**power
    digits = max(0, 1 - math.floor(math.log10(float(f"{error / scale:.1e}"))))
    text = f"{value / scale:,.{digits}f} ± {error / scale:,.{digits}f}"
    if size < 9999.5:
        text = text.replace(",", "")
    return (f"({text})e{power}" if power else text).replace("-", "−")


def write_unit(unit: str) -> str:
    """A unit with raised exponents.

    Example:
        >>> write_unit("kg*m^2/s**-2")
        'kg·m²/s⁻²'
    """
    raised = re.sub(r"(?:\^|\*\*)(-?\d+)", lambda m: m[1].translate(SUPERSCRIPTS), unit)
    return raised.replace("*", "·")


def format_change(value: float, digits: int = 3) -> str:
    """A number with its sign, also a plus."""
    text = format_number(value, digits)
    return f"+{text}" if value > 0 and text != "0" else text


def format_factor(value: float, digits: int = 3) -> str:
    """A factor with the multiplication sign in front."""
    return "×" + format_number(value, digits)
