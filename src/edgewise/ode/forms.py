"""The form of a right-hand side: its set of terms without numbers, the same for all spellings."""

from __future__ import annotations

import math
from itertools import product

from edgewise.formula.expression import (
    Expression,
    Number,
    Power,
    Product,
    add,
    factors_of,
    multiply,
    split_number,
    terms_of,
)
from edgewise.formula.forms import form_of

MOST_TERMS = 200
"""Products of sums aren't multiplied out if they have more terms than this."""


def terms_of_form(tree: Expression) -> frozenset[str]:
    """The terms of the expanded formula, without factors and with all free numbers replaced."""
    expanded = terms_of(tree.replace(_distribute))
    rests = ["1" if isinstance(t, Number) else split_number(t)[1] for t in expanded]
    return frozenset(r if isinstance(r, str) else form_of(r, exact="all") for r in rests)


def _distribute(node: Expression) -> Expression | None:
    """Multiply out a product, or a small power of a sum; None for anything else."""
    if isinstance(node, Power):
        exponent = node.exponent
        whole = isinstance(exponent, Number) and exponent.exact is not None
        if not whole or exponent.value not in (2.0, 3.0):  # type: ignore[attr-defined]
            return None
        factors = [node.base] * int(exponent.value)  # type: ignore[attr-defined]
    elif isinstance(node, Product):
        factors = list(factors_of(node))
    else:
        return None
    sums = [terms_of(f) for f in factors]
    if not 1 < math.prod(map(len, sums)) <= MOST_TERMS:
        return None
    return add(*(multiply(*parts) for parts in product(*sums)))
