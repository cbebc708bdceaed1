"""The form of a right-hand side: its terms without numbers, however they are written."""

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
"""Products of sums with more terms than this stay as they are."""


def terms_of_form(tree: Expression) -> frozenset[str]:
    """The set of terms of the expanded formula, without their factors, all free numbers alike."""
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
