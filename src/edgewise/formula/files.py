"""Read formulas from JSON-able data, without evaluating anything."""

from __future__ import annotations

from typing import Any

from edgewise.formula.constants import read_constant
from edgewise.formula.expression import Apply, Expression, Input, Number, Power, Product, Sum
from edgewise.formula.library import LIBRARY, Library

DEEPEST = 60
"""Most levels of a tree in a file."""


def read_expression(config: Any, library: Library = LIBRARY, level: int = 0) -> Expression:
    """The tree that :meth:`Expression.to_config` described.

    Raises:
        ValueError: if the data describe no tree, are nested too deeply, or name a function that
            isn't in the library.
    """
    if level > DEEPEST:
        raise ValueError(f"expected a formula of at most {DEEPEST} levels, got a deeper one")
    if not isinstance(config, list) or not config:
        raise ValueError(f"expected a node such as ['input', 0], got {config!r:.80}")
    kind, *rest = config

    def below(part: Any) -> Expression:
        return read_expression(part, library, level + 1)

    if kind == "number" and len(rest) in (3, 4) and isinstance(rest[0], (int, float)):
        known = None if rest[1] is None else read_constant(str(rest[1]))
        errors = [float(e) if isinstance(e, (int, float)) else None for e in rest[2:]]
        return Number(float(rest[0]) if known is None else known.value, known, *errors)
    if kind == "input" and len(rest) == 1 and isinstance(rest[0], int) and rest[0] >= 0:
        return Input(rest[0])
    if kind == "sum" and rest:
        return Sum(tuple(map(below, rest)))
    if kind == "product" and rest:
        return Product(tuple(map(below, rest)))
    if kind == "power" and len(rest) == 2:
        return Power(below(rest[0]), below(rest[1]))
    if kind == "apply" and len(rest) == 2 and isinstance(rest[0], str):
        if rest[0] not in library:
            raise ValueError(
                f"expected a function among {', '.join(library)}; got {rest[0]!r}: pass the "
                "library that it was made with"
            )
        return Apply(library[rest[0]], below(rest[1]))
    raise ValueError(f"expected a node such as ['input', 0], got {config!s:.80}")
