"""Names of inputs and nodes in pictures and formulas, checked to be different."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from edgewise.charts.numbers import SUPERSCRIPTS

_SUBSCRIPT = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def subscript(letter: str, index: int) -> str:
    """x₀ for ("x", 0): counted from 0, as in formulas, scores and edge=(layer, input, output)."""
    return letter + str(index).translate(_SUBSCRIPT)


def pretty_name(name: str) -> str:
    """x₀ for "x0", as formulas and scores call it; all other names stay."""
    found = re.fullmatch(r"([A-Za-z])(\d+)", name)
    return subscript(found[1], int(found[2])) if found else name


def hidden_name(level: int, levels: int) -> str:
    """h for the nodes between two layers; h⁽¹⁾, h⁽²⁾, … where there are several such levels."""
    return "h" if levels == 1 else f"h⁽{str(level).translate(SUPERSCRIPTS)}⁾"


def node_names(widths: Sequence[int], inputs: Sequence[str]) -> list[list[str]]:
    """The names of the nodes at each level: of inputs, of hidden nodes, and of outputs.

    Example:
        >>> node_names([2, 2, 1], ["x₀", "age"])
        [['x₀', 'age'], ['h₀', 'h₁'], ['y']]
        >>> node_names([1, 1, 1, 2], ["x"])
        [['x'], ['h⁽¹⁾₀'], ['h⁽²⁾₀'], ['y₀', 'y₁']]
    """
    hidden = len(widths) - 2
    between = [
        [subscript(hidden_name(level, hidden), i) for i in range(widths[level])]
        for level in range(1, hidden + 1)
    ]
    return [list(inputs), *between, check_names("output_names", None, "y", widths[-1])]


def function_name(name: str) -> str:
    """1/x² for "1/x^2"."""
    return re.sub(r"\^(\d+)", lambda found: found[1].translate(SUPERSCRIPTS), name)


def check_names(what: str, names: Sequence[str] | None, letter: str, count: int) -> list[str]:
    """The given names, or x₀, x₁, …; just x if there is one."""
    if names is None:
        return [letter] if count == 1 else [subscript(letter, i) for i in range(count)]
    listed = _is_list(names)
    if not listed or len(names) != count:
        got = f"{len(names)}: {list(names)!r:.200}" if listed else f"{names!r:.200}"
        raise ValueError(f"expected {what} to be a list of {count} names, one each, got {got}")
    return [pretty_name(str(name)) for name in names]


def distinct_names(owner: str, names: Sequence[str], count: int) -> list[str]:
    """The given names, as formulas need them."""
    found = [str(n) for n in names] if _is_list(names) else []
    if len(set(found)) != count or len(found) != count:
        raise ValueError(f"{owner} expected {count} different input names, got {names!r:.200}")
    return found


def _is_list(names: Any) -> bool:
    """Whether it holds names one after the other, as lists, arrays and the columns of frames do."""
    if isinstance(names, str | bytes | Mapping) or not hasattr(names, "__len__"):
        return False
    return isinstance(names, Iterable) and getattr(names, "ndim", 1) == 1


def taken_features(model: Any, width: int) -> list[int]:
    """The feature of x that each input of the first layer is."""
    taken = getattr(model, "inputs", None)
    return list(range(width)) if taken is None else list(taken)


def feature_names(model: Any, width: int, given: Sequence[str] | None) -> list[str]:
    """Names of what the first layer reads; ``given`` and ``model.input_names`` are of all of x."""
    taken = taken_features(model, width)
    count = width if getattr(model, "inputs", None) is None else int(model.in_features)
    names = given if given is not None else getattr(model, "input_names", None)
    every = check_names("input_names", names, "x", count)
    return [every[i] for i in taken]
