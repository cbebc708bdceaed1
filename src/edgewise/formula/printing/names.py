"""Turn names of columns into identifiers that formulas can use."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Any

from edgewise.formula.library import LIBRARY
from edgewise.formula.printing.reserved import RESERVED

WORDS = frozenset([*LIBRARY, "pi", "e", "asin", "acos", "atan", "asinh", "atanh", "lambda"])
"""Words that formulas are written with."""


def safe_names(names: Sequence[Any]) -> list[str]:
    """A unique name for each column that sympy, Python and other languages read as a variable.

    Identifiers without another meaning stay; other names are cleaned.

    Example:
        >>> from edgewise.formula.printing import safe_names
        >>> safe_names(["x", "E", "my col", 0, "x**2", "x"])
        ['x', 'E_', 'my_col', 'x0', 'x_2', 'x_3']
    """
    texts = [str(n) for n in names]
    taken = {t for t in texts if is_safe(t)}
    kept: set[str] = set()
    found = []
    for k, text in enumerate(texts):
        if text in taken and text not in kept:
            name = text
        else:
            name = _unlike(_clean(text, k), taken | kept)
        kept.add(name)
        found.append(name)
    return found


def shown_names(names: Sequence[Any]) -> list[str]:
    """Names for people: S stays S, though sympy has another meaning for it.

    Example:
        >>> from edgewise.formula.printing import shown_names
        >>> shown_names(["S", "my col", "sin"])
        ['S', 'my_col', 'sin_']
    """
    safe = safe_names(names)
    pairs = zip(map(str, names), safe, strict=True)
    shown = [t if s == f"{t}_" and t.isidentifier() and t not in WORDS else s for t, s in pairs]
    return shown if len(set(shown)) == len(shown) else safe


def name_mapping(names: Sequence[Any]) -> dict[str, str]:
    """A mapping from safe names to columns' names, where they differ."""
    pairs = zip(safe_names(names), map(str, names), strict=True)
    return {safe: name for safe, name in pairs if safe != name}


def is_safe(name: str) -> bool:
    """Whether formulas can use the name unchanged."""
    return (
        name.isidentifier()
        and name not in RESERVED
        and not name.startswith("__")
        and name.strip("_") != ""
        and all(c.isalnum() or c == "_" for c in name)
        and unicodedata.normalize("NFKC", name) == name
    )


def _clean(text: str, index: int) -> str:
    """An identifier that resembles the text."""
    text = re.sub(r"\W+", "_", unicodedata.normalize("NFKC", text)).strip("_")
    text = text or f"x{index}"
    if not is_safe(text):
        text = f"{text}_" if text in RESERVED else f"x{text}"
    return text if is_safe(text) else f"x{index}"


def _unlike(name: str, taken: set[str]) -> str:
    """The name, with a number appended if it is taken."""
    if name not in taken:
        return name
    k, stem = 2, name.rstrip("_")
    while f"{stem}_{k}" in taken or not is_safe(f"{stem}_{k}"):
        k += 1
    return f"{stem}_{k}"
