"""Numbers and texts as literals of C."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

SAFE = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 _"


def quote(text: str) -> str:
    """A text as a C literal, with bytes for all but letters, digits and blanks."""
    bytes_ = text.encode("utf-8", "replace")
    return '"' + "".join(chr(b) if b in SAFE else f"\\{b:03o}" for b in bytes_) + '"'


def write_single(value: Any) -> str:
    """A float32 number, exactly."""
    text = f"{float(value):.9g}"
    return text + ("f" if "." in text or "e" in text else ".0f")


def write_double(value: Any) -> str:
    """A float64 number, exactly."""
    number = float(value)
    if np.isinf(number):
        return "INFINITY" if number > 0 else "-INFINITY"
    return f"{number:.1f}" if number.is_integer() and abs(number) < 1e16 else f"{number:.17g}"


def write_whole(value: Any) -> str:
    """A whole number."""
    return str(int(value))


def write_array(kind: str, name: str, values: Any, write: Callable[[Any], str]) -> str:
    """An array of numbers, each written by ``write``."""
    flat = np.asarray(values).ravel().tolist()
    lines = [", ".join(map(write, flat[k : k + 24])) for k in range(0, len(flat), 24)]
    return f"{kind} {name}[{len(flat)}] = {{\n" + ",\n".join(lines) + "\n};"


def write_data(name: str, values: Any) -> str:
    """A static array of float64 numbers."""
    return write_array("static const double", name, values, write_double)
