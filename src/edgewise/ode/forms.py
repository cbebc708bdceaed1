"""The form of a right-hand side: its set of terms without numbers, the same for all spellings."""

from __future__ import annotations

from edgewise.formula.expression import Expression, split_number, terms_of
from edgewise.formula.forms import form_of
from edgewise.formula.rewrite_sums import expand


def terms_of_form(tree: Expression) -> frozenset[str]:
    """The terms of the expanded formula, without factors and with all free numbers replaced."""
    expanded = terms_of(tree.replace(lambda node: next(expand(node), None)))
    return frozenset(form_of(split_number(term)[1], exact="all") for term in expanded)
