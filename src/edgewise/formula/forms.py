"""The form of a formula: a text that is the same for formulas that differ only in numbers."""

from __future__ import annotations

from typing import Literal

from edgewise.formula.expression import Apply, Expression, Input, Number, Power, Sum

Exact = Literal["none", "exponents", "all"]


def form_of(tree: Expression, exact: Exact = "none") -> str:
    """The formula as text with # in place of numbers; terms and factors are sorted.

    Args:
        exact: which exact numbers are kept: "none", "exponents" (then x² and x³ have different
            forms), or "all".

    Example:
        >>> from edgewise.formula.parse import parse_formula
        >>> form_of(parse_formula("1.5*x0 + sin(2*x0**2)")[0])
        '#*x0 + sin(#*(x0)**(#))'
        >>> form_of(parse_formula("sin(2*x0**2) + 1.7*x0")[0], exact="exponents")
        '#*x0 + sin(#*(x0)**(2.0))'
    """
    if isinstance(tree, Number):
        return tree.key if exact == "all" and tree.exact is not None else "#"
    if isinstance(tree, Input):
        return tree.key
    if isinstance(tree, Power):
        keep = isinstance(tree.exponent, Number) and tree.exponent.exact and exact != "none"
        exponent = tree.exponent.key if keep else form_of(tree.exponent, exact)
        return f"({form_of(tree.base, exact)})**({exponent})"
    if isinstance(tree, Apply):
        return f"{tree.function.name}({form_of(tree.argument, exact)})"
    if isinstance(tree, Sum):
        return " + ".join(sorted(form_of(term, exact) for term in tree.terms))
    return "*".join(
        sorted(
            f"({form_of(factor, exact)})" if isinstance(factor, Sum) else form_of(factor, exact)
            for factor in tree.parts
        )
    )
