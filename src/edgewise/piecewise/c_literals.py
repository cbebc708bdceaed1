"""Numbers and texts as literals of C."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

SAFE = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 _"


def quote(text: str) -> str:
    """A text as a literal of C: everything but letters, digits and blanks by its bytes."""
    bytes_ = text.encode("utf-8", "replace")
    return '"' + "".join(chr(b) if b in SAFE else f"\\{b:03o}" for b in bytes_) + '"'


def write_single(value: Any) -> str:
    """A number of float32, to its last bit."""
    text = f"{float(value):.9g}"
    return text + ("f" if "." in text or "e" in text else ".0f")


def write_double(value: Any) -> str:
    """A number of float64, to its last bit."""
    number = float(value)
    if np.isinf(number):
        return "INFINITY" if number > 0 else "-INFINITY"
    return f"{number:.17g}" if not number.is_integer() else f"{number:.1f}"


def write_whole(value: Any) -> str:
    """A whole number."""
    return str(int(value))


def write_array(kind: str, name: str, values: Any, write: Callable[[Any], str]) -> str:
    """An array of numbers, each written by ``write``."""
    flat = np.asarray(values).ravel().tolist()
    lines = [", ".join(map(write, flat[k : k + 24])) for k in range(0, len(flat), 24)]
    return f"{kind} {name}[{len(flat)}] = {{\n" + ",\n".join(lines) + "\n};"


def write_data(name: str, values: Any) -> str:
    """An array of numbers of float64 that only its file sees."""
    return write_array("static const double", name, values, write_double)
