"""Rewrite rules for sums: multiply out, pull out common factors, join terms."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations

from edgewise.formula.expression import (
    MINUS_ONE,
    ONE,
    Expression,
    Number,
    Power,
    Product,
    Sum,
    add,
    exact,
    factors_of,
    multiply,
    number,
    power,
    split_number,
    terms_of,
)
from edgewise.formula.signs import (
    base_and_exponent,
    call,
    find_denominators,
    is_call,
    is_fraction,
    is_positive,
    is_whole,
)

MOST_TERMS = 40
"""Most terms of a sum that is multiplied out."""
ROUNDING = 1e-14
"""The sum of like terms is a rounding error if it is smaller than this, relative to their sizes."""
MOST_POWER = 6
"""The highest power of a sum that is recognised."""


def expand(node: Expression) -> Iterator[Expression]:
    """Multiply out products of sums and small powers of sums."""
    if isinstance(node, Sum | Product | Power):
        terms = expand_terms(node)
        if terms is not None:
            yield collect(terms)


def collect(terms: Sequence[Expression]) -> Expression:
    """The sum of terms, without those that cancel each other but for rounding errors."""
    sizes: dict[str, float] = {}
    for factor, rest in map(split_number, terms):
        sizes[rest.key] = sizes.get(rest.key, 0.0) + _size(factor)
    parts = ((t, *split_number(t)) for t in terms_of(add(*terms)))
    return add(*(t for t, a, rest in parts if not _size(a) <= ROUNDING * sizes.get(rest.key, 0.0)))


def _size(number: Number) -> float:
    return max(map(abs, number.values))


def expand_terms(node: Expression) -> list[Expression] | None:
    """The terms of the node, multiplied out; None if there are too many."""
    if isinstance(node, Sum):
        found: list[Expression] = []
        for term in node.terms:
            terms = expand_terms(term)
            if terms is None or len(found) + len(terms) > MOST_TERMS:
                return None
            found += terms
        return found
    if isinstance(node, Power) and isinstance(node.base, Sum) and is_whole(node.exponent):
        count = int(node.exponent.value)
        return _multiply_out([node.base] * count) if 2 <= count <= 4 else [node]
    if isinstance(node, Product):
        return _multiply_out(node.factors)
    return [node]


def _multiply_out(factors: Sequence[Expression]) -> list[Expression] | None:
    found: list[Expression] = [ONE]
    for factor in factors:
        terms = expand_terms(factor)
        if terms is None or len(found) * len(terms) > MOST_TERMS:
            return None
        found = [multiply(a, b) for a in found for b in terms]
        found = list(terms_of(collect(found)))
    return found


def pull_out_factors(node: Expression) -> Iterator[Expression]:
    """x y + x z = x (y + z), for a factor of several terms.

    x² + x + 1 is kept: x (x + 1) + 1 is shorter but harder to read.
    """
    if not isinstance(node, Sum):
        return
    found: Counter[str] = Counter()
    factors: dict[str, tuple[Expression, float]] = {}
    for term in node.terms:
        for factor in factors_of(term):
            base, exponent = base_and_exponent(factor)
            if isinstance(base, Number) or not is_fraction(exponent):
                base, exponent = factor, ONE
            value = exponent.value
            if isinstance(base, Number):
                continue
            least = factors.get(base.key, (base, value))[1]
            # Only powers with exponents of one sign have a common factor.
            if least * value > 0:
                found[base.key] += 1
                factors[base.key] = (base, min(least, value, key=abs))
    for key, count in found.items():
        if count > 1:
            grouped = _group(node, *factors[key])
            if not is_nested(grouped):
                yield grouped


def is_nested(node: Expression) -> bool:
    """Whether a term is a nested polynomial such as x (x + 1): base times a sum with that base."""
    if not isinstance(node, Sum):
        return False
    for term in node.terms:
        factors = factors_of(term)
        bases = {base_and_exponent(f)[0].key for f in factors if not isinstance(f, Number | Sum)}
        for inner in (f for f in factors if isinstance(f, Sum)):
            parts = [base_and_exponent(f)[0] for t in inner.terms for f in factors_of(t)]
            parts += [base_and_exponent(f)[0] for p in parts for f in factors_of(p)]
            if any(part.key in bases for part in parts):
                return True
    return False


def join_powers(node: Expression) -> Iterator[Expression]:
    """u³ + 3 u² + 3 u + 1 = (u + 1)³ and u² + 2 u v + v² = (u + v)², with exact numbers."""
    if not isinstance(node, Sum):
        return
    for base in {base.key: base for _, base, _ in map(_power_of, node.terms)}.values():
        yield from _join_power_of(node, base)
    squares = [(term, root) for term in node.terms if (root := square_root(term)) is not None]
    for (one, u), (two, v) in combinations(squares, 2):
        for sign in (1, -1):
            double = multiply(exact(2 * sign), u, v)
            if double in node.terms:
                rest = [t for t in node.terms if t not in (one, two, double)]
                yield add(power(add(u, multiply(exact(sign), v)), exact(2)), *rest)


def _power_of(term: Expression) -> tuple[Number, Expression, int]:
    """a uⁿ as (a, u, n); n is 0 for other terms."""
    factor, rest = split_number(term)
    base, exponent = base_and_exponent(rest)
    if is_whole(exponent) and exponent.value > 0:
        return factor, base, int(exponent.value)
    return factor, base, 0


def _join_power_of(node: Sum, base: Expression) -> Iterator[Expression]:
    found: dict[int, Fraction] = {}
    rest = []
    for term in node.terms:
        factor, other, n = (term, base, 0) if isinstance(term, Number) else _power_of(term)
        known = factor.exact
        if other.key != base.key or (n == 0 and term is not factor):
            rest.append(term)
        elif known is None or known.unit != "1":
            return
        else:
            found[n] = Fraction(known.numerator, known.denominator)
    most = max(found, default=0)
    if not 2 <= most <= MOST_POWER or len(found) != most + 1:
        return
    shift = found[most - 1] / (most * found[most])
    if all(found[k] == found[most] * math.comb(most, k) * shift ** (most - k) for k in found):
        inner = add(base, exact(shift.numerator, shift.denominator))
        front = exact(found[most].numerator, found[most].denominator)
        yield add(multiply(front, power(inner, exact(most))), *rest)


def square_root(term: Expression) -> Expression | None:
    """The square root of a term that is a square, such as 2 u of 4 u²; None for other terms."""
    roots: list[Expression] = []
    for factor in factors_of(term):
        if isinstance(factor, Number):
            root = factor.exact.root() if factor.exact is not None else None
            if root is None:
                return None
            roots.append(Number(root.value, root))
            continue
        base, exponent = base_and_exponent(factor)
        if not is_whole(exponent) or exponent.value % 2:
            return None
        roots.append(power(base, exact(int(exponent.value) // 2)))
    return multiply(*roots)


def _group(node: Sum, base: Expression, exponent: float) -> Expression:
    common = power(base, number(exponent) if exponent == round(exponent) else _half(exponent))
    inverse = power(common, -1)
    inside, outside = [], []
    for term in node.terms:
        bases = [base_and_exponent(f) for f in factors_of(term)]
        shares = [
            e
            for b, e in [*bases, *((f, ONE) for f in factors_of(term))]
            if b == base and is_fraction(e) and e.value * exponent > 0
        ]
        if shares:
            inside.append(multiply(term, inverse))
        else:
            outside.append(term)
    return add(multiply(common, add(*inside)), *outside)


def _half(value: float) -> Number:
    numerator, denominator = value.as_integer_ratio()
    return exact(numerator, denominator) if denominator <= 8 else Number(value)


def pull_out_number(node: Expression) -> Iterator[Expression]:
    """2 x + 2 y = 2 (x + y): pull out the most frequent factor, or the common divisor."""
    if not isinstance(node, Sum):
        return
    numbers = numbers_in_front(node)
    for candidate in {n.key: n for n in [*common_divisors(numbers), *numbers]}.values():
        if candidate.value in (0, 1):
            continue
        inverse = power(candidate, -1)
        if candidate.exact is not None and candidate.exact.unit == "1":
            yield _scale(node, candidate, inverse)
        elif all(n.value in (candidate.value, -candidate.value) for n in numbers):
            terms = []
            for n, t in zip(numbers, node.terms, strict=True):
                sign = exact(1 if n.value == candidate.value else -1)
                terms.append(multiply(sign, split_number(t)[1]))
            yield multiply(candidate, add(*terms))


def _scale(node: Sum, factor: Number, inverse: Expression) -> Expression:
    inside = add(*(multiply(inverse, t) for t in node.terms))
    # Keep the product of a number and a sum, which `multiply` would distribute again.
    return Product((factor, *factors_of(inside))) if isinstance(inside, Sum) else node


def numbers_in_front(node: Sum) -> list[Number]:
    """The numeric factor of each term."""
    return [split_number(t)[0] for t in node.terms]


def common_divisors(numbers: Sequence[Number]) -> list[Number]:
    """The greatest common divisor of exact fractions, with both signs."""
    known = [n.exact for n in numbers if n.exact is not None and n.exact.unit == "1"]
    if len(known) < len(numbers):
        return []
    top = math.gcd(*(k.numerator for k in known))
    bottom = math.lcm(*(k.denominator for k in known))
    return [exact(top, bottom), exact(-top, bottom)] if top and bottom <= 10**4 else []


def put_together(node: Expression) -> Iterator[Expression]:
    """1 - 1/(x + 1) = x/(x + 1): combine terms into one fraction."""
    if not isinstance(node, Sum):
        return
    below = find_denominators(node.terms, whole=True)
    if not 0 < len(below) <= 3:
        return
    bottom = multiply(*(power(base, exact(int(most))) for base, most in below))
    terms = [expand_terms(multiply(t, bottom)) for t in node.terms]
    if all(t is not None for t in terms):
        top = add(*(t for some in terms for t in some or ()))
        yield multiply(top, power(bottom, -1))


def join_logarithms(node: Expression) -> Iterator[Expression]:
    """log(a) + log(b) = log(a b) for positive a and b."""
    if not isinstance(node, Sum):
        return
    inside, others = [], []
    for term in node.terms:
        factor, rest = split_number(term)
        whole = is_whole(factor) and abs(factor.value) <= 3
        if is_call(rest, "log") and whole and is_positive(rest.parts[0]):
            inside.append(power(rest.parts[0], factor))
        else:
            others.append(term)
    if len(inside) > 1:
        yield add(*others, call("log", multiply(*inside)))


def join_squares(node: Expression) -> Iterator[Expression]:
    """sin² + cos² = 1 and cosh² - sinh² = 1, also with a common factor."""
    if not isinstance(node, Sum):
        return
    for term in node.terms:
        for factor in factors_of(term):
            base, exponent = base_and_exponent(factor)
            if not is_call(base, "sin", "cosh") or exponent != exact(2):
                continue
            partner = call("cos" if is_call(base, "sin") else "sinh", base.parts[0])
            rest = multiply(*(f for f in factors_of(term) if f is not factor))
            sign = ONE if is_call(base, "sin") else MINUS_ONE
            other = multiply(sign, rest, power(partner, 2))
            if other in node.terms:
                yield add(rest, *(t for t in node.terms if t is not term and t != other))
