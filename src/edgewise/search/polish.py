"""Polish a fit: set its numbers free, and drop unnecessary terms and factors."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from itertools import combinations, product

from edgewise.formula.data import COUNTED_ROWS, F, Rows
from edgewise.formula.expression import (
    Apply,
    Expression,
    Number,
    Power,
    Product,
    Sum,
    add,
    exact,
    free,
    multiply,
    power,
    set_free,
    split_number,
)
from edgewise.formula.rewrite_sums import square_root

NEARLY_SQUARE = 0.1
"""Most by which b²/(4 a c) may differ from 1 if a u² + b u v + c v² is tried as a square."""


def soften(tree: Expression) -> Expression:
    """The tree with free numbers wherever possible: c f(a u + b) + d for every function f.

    Redundant numbers are left out: a in powers and logarithms, b in exp. Exact exponents stay.
    """
    soft = _soften(tree)
    if isinstance(soft, Sum):
        return soft
    return Sum((_add_factor(soft), free(0.0)))


def _soften(node: Expression) -> Expression:
    if isinstance(node, Number):
        return set_free(node)
    if isinstance(node, Apply):
        argument = _soften(node.argument)
        if node.function.free == "shift":
            return Apply(node.function, _add_factor(_without_number(argument)))
        scale = node.function.free != "scale"
        return Apply(node.function, _affine(argument, scale))
    if isinstance(node, Power):
        exponent = node.exponent
        if not isinstance(exponent, Number):
            exponent = _soften(exponent)
        return Power(_affine(_soften(node.base), False), exponent)
    if isinstance(node, Product):
        parts = tuple(_soften(f) for f in node.factors if not isinstance(f, Number))
        numbers = [f for f in node.factors if isinstance(f, Number)]
        value = math.prod(f.value for f in numbers)
        if value == 1:
            return parts[0] if len(parts) == 1 else Product(parts)
        return Product((set_free(numbers[0]) if len(numbers) == 1 else free(value), *parts))
    if isinstance(node, Sum):
        terms = [_add_factor(_soften(t)) for t in node.terms if not isinstance(t, Number)]
        numbers = [t for t in node.terms if isinstance(t, Number)]
        constant = free(sum(t.value for t in numbers))
        return Sum((*terms, set_free(numbers[0]) if len(numbers) == 1 else constant))
    return node


def _without_number(node: Expression) -> Expression:
    """A softened sum without its constant."""
    if isinstance(node, Sum) and isinstance(node.terms[-1], Number):
        rest = node.terms[:-1]
        return rest[0] if len(rest) == 1 else Sum(rest)
    return node


def _add_factor(term: Expression) -> Expression:
    """The term with a free factor; the terms of a sum have factors already."""
    if isinstance(term, (Sum, Number)):
        return term
    if isinstance(term, Product) and isinstance(term.factors[0], Number):
        return term
    return Product((free(1.0), *(term.factors if isinstance(term, Product) else (term,))))


def _affine(node: Expression, scale: bool) -> Expression:
    """A softened argument plus a free constant."""
    if isinstance(node, Sum):
        return node
    return Sum((_add_factor(node) if scale else node, free(0.0)))


def reductions(tree: Expression) -> Iterator[Expression]:
    """Copies of the tree without one part: a term, a factor, or a number that becomes 0 or 1.

    Sums such as a u² + b u v + c v² are offered as squares, too, which have a number less.
    """
    for node in tree.walk():
        if isinstance(node, Sum):
            for square in complete_squares(node):
                yield replace_node(tree, node, square)
            for n in range(len(node.terms)):
                rest = node.terms[:n] + node.terms[n + 1 :]
                yield replace_node(tree, node, add(*rest))
        elif isinstance(node, Apply):  # a function that is nearly linear becomes its argument
            yield replace_node(tree, node, Sum((_add_factor(node.argument), free(0.0))))
        elif isinstance(node, Product):
            for n, factor in enumerate(node.factors):
                rest = node.factors[:n] + node.factors[n + 1 :]
                if not isinstance(factor, Number) or factor.exact is None:
                    yield replace_node(tree, node, multiply(*rest))


def replace_node(tree: Expression, old: Expression, new: Expression) -> Expression:
    """The tree with one node, found by identity, replaced."""
    if tree is old:
        return new
    if not tree.parts:
        return tree
    parts = [replace_node(p, old, new) for p in tree.parts]
    if all(a is b for a, b in zip(parts, tree.parts, strict=True)):
        return tree
    return tree.rebuild(parts)


def complete_squares(node: Sum) -> Iterator[Expression]:
    """a u² + b u v + c v² + … as a (u + s v)² + … where b² is near 4 a c."""
    terms = [split_number(term) for term in node.terms]
    for (one, two), (k, (b, mixed)) in product(
        combinations(range(len(terms)), 2), enumerate(terms)
    ):
        (a, first), (c, second) = terms[one], terms[two]
        alike = min(a.value, c.value) > 0 or max(a.value, c.value) < 0
        if k in (one, two) or not alike:
            continue
        u, v = square_root(first), square_root(second)
        if u is None or v is None or multiply(u, v).key != mixed.key:
            continue
        if abs(b.value / (2 * a.value) * (b.value / (2 * c.value)) - 1) < NEARLY_SQUARE:
            shift = math.copysign(math.sqrt(c.value / a.value), b.value / a.value)
            rest = [t for n, t in enumerate(node.terms) if n not in (one, two, k)]
            whole = power(add(u, multiply(free(shift), v)), exact(2))
            yield add(multiply(free(a.value), whole), *rest)


HOPELESS = 0.1
"""Bits per counted row by which a quick fit may be longer if it is to be fitted to convergence."""

Admits = Callable[[Expression], bool]
"""A test of whether a formula may be the result; with units it must have the dimension of y."""


def admit_all(tree: Expression) -> bool:
    """Admit any formula."""
    return True


def drop_parts(
    fit: F, data: Rows[F], *, rounds: int = 12, steps: int = 8, admits: Admits = admit_all
) -> F:
    """The fit without unnecessary parts, which are dropped one after another."""
    best = fit
    for _ in range(rounds):
        offers = []
        for tree in dict.fromkeys(reductions(best.tree)):
            if tree.size >= best.tree.size or not tree.inputs or not admits(tree):
                continue
            offer = data.fit(tree, 3)
            if offer.length < best.length + HOPELESS * min(len(data.y), COUNTED_ROWS):
                offers.append(offer)
        offers.sort(key=lambda f: f.length)
        for offer in offers[:4]:
            offer = data.fit(offer.tree, steps)
            if offer.length < best.length:
                best = offer
                break
        else:
            return best
    return best
