"""Rewrite a formula by rules that hold at its rows: √(a² b) = a √b where a is positive.

Other rules are exp(u + k log v) = v^k exp(u), exp(u + c) = e^c exp(u) and √a √b = √(a b). Values at
the rows don't change.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import partial

import numpy as np

from edgewise._arrays import Array
from edgewise.formula.expression import (
    MINUS_ONE,
    ONE,
    Apply,
    Expression,
    Number,
    Power,
    Product,
    add,
    apply,
    exact,
    factors_of,
    free,
    multiply,
    power,
    split_number,
    terms_of,
)
from edgewise.formula.program import Program
from edgewise.formula.rewrite_sums import expand_terms
from edgewise.formula.rewrites import use_symmetry
from edgewise.formula.signs import is_call, is_inverse
from edgewise.formula.simplify import simplify_tree
from edgewise.formula.spelling import RULES, harden_steps, reading_cost

Sign = Callable[[Expression], int]

MOST_PASSES = 6
"""Most passes of the rules of :mod:`.spelling`."""


def reshape(tree: Expression, x: Array) -> Expression:
    """The most readable of the forms that are equal at these rows.

    Shape:
        x: (rows, in)
    """
    known: dict[str, int] = {}

    def sign(node: Expression) -> int:
        """1 or -1 if the node is positive or negative at all rows, else 0."""
        if node.key not in known:
            values = Program(node).values(x)
            known[node.key] = int((values > 0).all()) - int((values < 0).all())
        return known[node.key]

    simplified: dict[Hashable, Expression] = {}

    def simplify(tree: Expression) -> Expression:
        if tree.full_key not in simplified:
            simplified[tree.full_key] = simplify_tree(tree)
        return simplified[tree.full_key]

    tree = harden_steps(tree, x)
    forms = [tree, simplify(tree)]
    opened = tree
    for _ in range(3):
        opened = simplify(opened.replace(lambda n: _open(n, sign)))
        forms += [opened, simplify(opened.replace(lambda n: _join_roots(n, sign)))]
    best = min(_distinct(forms), key=reading_cost)
    for _ in range(MOST_PASSES):
        offers = [best.replace(partial(rule, sign=sign)) for rule in RULES]
        offers += [simplify(offer) for offer in offers if offer is not best]
        better = min(_distinct(offers), key=reading_cost)
        if reading_cost(better) >= reading_cost(best):
            break
        best = better
    return best


def _distinct(forms: list[Expression]) -> list[Expression]:
    """The forms without repetitions, in their order."""
    return list({form.full_key: form for form in forms}.values())


def take_out_roots(tree: Expression) -> Expression:
    """√(4 π² u) = 2 π √u: move a number out of a root if its root is simple, or if it is free."""

    def change(node: Expression) -> Expression | None:
        if not isinstance(node, Power) or not isinstance(node.exponent, Number):
            return None
        first, rest = split_number(node.base)
        if abs(node.exponent.value) != 0.5 or first.value == 1 or not rest.inputs:
            return None
        if first.exact is None:
            number = free(abs(first.value) ** node.exponent.value)
            inner = multiply(exact(-1), rest) if first.value < 0 else rest
            return multiply(number, power(inner, node.exponent))
        root = first.exact.root()
        if root is not None and node.exponent.value < 0:
            root = root.invert()
        if root is None:
            return None
        return multiply(Number(root.value, root), power(rest, node.exponent))

    return tree.replace(change)


def _open(node: Expression, sign: Sign) -> Expression | None:
    if is_call(node, "exp"):
        return _open_exponential(node)
    if isinstance(node, Power) and isinstance(node.exponent, Number):
        return _open_root(node, sign)
    if isinstance(node, Apply) and split_number(node.argument)[0].value < 0:
        return next(use_symmetry(node), None)
    if is_call(node, "abs") and sign(node.argument):
        return node.argument if sign(node.argument) > 0 else multiply(MINUS_ONE, node.argument)
    return None


def _open_exponential(node: Apply) -> Expression | None:
    """exp(u + c + k log v) = e^c v^k exp(u)"""
    outside: list[Expression] = []
    inside: list[Expression] = []
    for term in terms_of(node.argument):
        if isinstance(term, Number):
            outside.append(free(float(np.exp(term.value))))
            continue
        logs = [f for f in factors_of(term) if is_call(f, "log")]
        if len(logs) == 1:
            rest = [f for f in factors_of(term) if f is not logs[0]]
            outside.append(power(logs[0].argument, multiply(*rest)))
        else:
            inside.append(term)
    if not outside:
        return None
    if inside:
        outside.append(apply(node.function, add(*inside)))
    return multiply(*outside)


def _open_root(node: Power, sign: Sign) -> Expression | None:
    """(a b)^p = a^p b^p and (a^q)^p = a^(q p) where a and b are positive."""
    base, exponent = node.base, node.exponent
    if isinstance(exponent, Number) and exponent.value == round(exponent.value):
        return None
    if isinstance(base, Power) and isinstance(base.exponent, Number):
        direction = sign(base.base)
        if direction == 0 or (direction < 0 and base.exponent.value % 2 != 0):
            return None
        inner = base.base if direction > 0 else multiply(MINUS_ONE, base.base)
        return power(inner, multiply(base.exponent, exponent))
    if is_call(base, "exp"):
        return apply(base.function, multiply(exponent, base.argument))
    if isinstance(base, Product):
        positive = [f for f in base.factors if sign(f) > 0]
        rest = [f for f in base.factors if sign(f) <= 0]
        if positive:
            made = [power(f, exponent) for f in positive]
            return multiply(*made, power(multiply(*rest), exponent) if rest else ONE)
    return None


def _join_roots(node: Expression, sign: Sign) -> Expression | None:
    """a^(n/2) b^(m/2) = (a^n b^m)^(1/2) where both are positive, with sums multiplied out.

    For example, a √(b / a² + 1) = √(b + a²).
    """
    if not isinstance(node, Product):
        return None
    roots = [
        f
        for f in node.factors
        if isinstance(f, Power)
        and isinstance(f.exponent, Number)
        and abs(f.exponent.value) == 0.5
        and sign(f.base) > 0
    ]
    rest = [f for f in node.factors if all(f is not r for r in roots)]
    inside = [power(r.base, 1 if r.exponent.value > 0 else -1) for r in roots]  # type: ignore[attr-defined]
    if len(roots) == 1:
        taken = [f for f in rest if not isinstance(f, Number) and sign(f) > 0]
        rest = [f for f in rest if all(f is not t for t in taken)]
        inside += [power(f, exact(2)) for f in taken]
    if len(inside) < 2:
        return None
    return multiply(*rest, power(simplify_tree(_expand(multiply(*inside))), exact(1, 2)))


def _expand(tree: Expression) -> Expression:
    """Multiply out products of sums in numerators and denominators."""
    above = multiply(*(f for f in factors_of(tree) if not is_inverse(f)))
    below = multiply(*(power(f, -1) for f in factors_of(tree) if is_inverse(f)))
    top, bottom = (add(*(expand_terms(node) or [node])) for node in (above, below))
    return multiply(top, power(bottom, -1))
