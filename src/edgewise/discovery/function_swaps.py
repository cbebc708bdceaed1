"""Rivals of a formula: copies in which one function is replaced by another."""

from __future__ import annotations

from collections.abc import Iterator

from edgewise.formula.classes import free_numbers
from edgewise.formula.expression import Apply, Expression, Number, Power, apply, free, multiply
from edgewise.formula.library import Library


def list_neighbours(tree: Expression, library: Library) -> Iterator[Expression]:
    """Copies of a tree with one function replaced by c f(a u + b) + d, where a, b, c, d are free.

    A search keeps only its best formulas. On noisy rows tanh, arctan and others may fit alike, and
    only their fits show whether the rows distinguish them.

    Args:
        tree: a formula; without a function or power of the inputs it has no neighbours.
    """
    loose = free_numbers(tree, linear=True)
    known = {loose.key, tree.key}
    targets = {n.key: n for n in loose.walk()}
    for target in targets.values():
        argument = _argument(target)
        if argument is None:
            continue
        inner = [free_numbers(argument, linear=True)]
        if not any(n.exact is None for n in inner[0].numbers()):
            inner.append(multiply(free(1.0), argument))
        for function in library.values():
            if apply(function, argument).key == target.key:
                continue  # With free numbers it would be the original form again.
            for u in inner:
                made = loose.exchange(target, apply(function, u))
                if made.inputs and made.key not in known:
                    known.add(made.key)
                    yield made


def _argument(node: Expression) -> Expression | None:
    """The argument of a function or the base of a power; None for anything else."""
    if isinstance(node, Apply):
        return node.argument if node.inputs else None
    if isinstance(node, Power) and node.base.inputs and isinstance(node.exponent, Number):
        return node.base
    return None
