"""The form of a right-hand side: its set of terms without numbers, the same for all spellings."""

from __future__ import annotations

from edgewise.formula.expression import Expression, Number, split_number, terms_of
from edgewise.formula.forms import form_of
from edgewise.formula.rewrite_sums import expand


def terms_of_form(tree: Expression) -> frozenset[str]:
    """The terms of the expanded formula, without factors and with all free numbers replaced."""
    expanded = terms_of(tree.replace(lambda node: next(expand(node), None)))
    rests = ["1" if isinstance(t, Number) else split_number(t)[1] for t in expanded]
    return frozenset(r if isinstance(r, str) else form_of(r, exact="all") for r in rests)
