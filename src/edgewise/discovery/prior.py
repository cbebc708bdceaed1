"""The prior probability of a formula, from how often scientific formulas use each kind of node.

A tree costs the sum over its nodes of -log2(frequency of the node's kind). The frequencies are
counted in the 120 equations of the Feynman database (:mod:`edgewise.datasets.feynman`) and in 197
laws of handbooks (benchmarks/data/laws.txt, without those that reports use): 3,248 nodes, most of
them products and powers; one in 22 is a function, and 11 of 147 functions stand within another one.
`python -m benchmarks.discovery.count_prior` counts them again. Guimerà et al. (2020) counted the
4,077 formulas of Wikipedia for their Bayesian machine scientist in the same way.

A fitted number costs only its node here: its digits are paid for in the evidence
(:mod:`edgewise.discovery.evidence`).

Reference: R. Guimerà et al., *A Bayesian machine scientist to aid in the solution of challenging
scientific problems*, Science Advances 6, 2020.
"""

from __future__ import annotations

import math
from fractions import Fraction

from edgewise.formula.expression import Apply, Expression, Input, Number, Power, Product, Sum

NODES = {"input": 948, "number": 678, "product": 609, "power": 578, "sum": 288, "function": 147}
"""Nodes of each kind; exponents aren't among the numbers."""
PRODUCTS = {2: 364, 3: 156, 4: 56, 5: 19, 6: 7, 7: 4, 8: 3}
SUMS = {2: 269, 3: 17, 4: 2}
"""Products by their number of factors, and sums by their number of terms."""
EXPONENTS = {
    -1.0: 234,
    2.0: 136,
    -2.0: 64,
    0.5: 37,
    -0.5: 19,
    4.0: 10,
    3.0: 7,
    -3.0: 6,
    -5.0: 4,
    -4.0: 4,
    1.5: 1,
    2 / 3: 1,
}
OTHER_EXPONENTS, FITTED_EXPONENTS = 6, 51
"""Exact exponents that occur once, which estimates the number of those that aren't in the list
(I. J. Good, Biometrika 40, 1953), and fitted exponents."""
USUAL = 2.0
"""The probability of a fitted exponent p beyond ±2 falls as (2/p)²."""
FUNCTIONS = {
    "exp": 56,
    "log": 27,
    "cos": 24,
    "sin": 21,
    "tanh": 7,
    "arcsin": 5,
    "arctan": 2,
    "tan": 2,
    "arccos": 1,
    "cosh": 1,
    "sinh": 1,
}
OTHER_FUNCTIONS = 0.5
"""The count of a function that isn't in the list: one in two collections of this size."""
EXACT = 3
"""The frequency of an exact number p/q in laws is about 1/(p q)^3."""


def _rareness(exponent: float) -> float:
    """p q of an exponent ±p/q."""
    p, q = Fraction(exponent).limit_denominator(100).as_integer_ratio()
    return float(max(abs(p), 1) * q)


_SMALL = [(p, q) for p in range(1, 41) for q in range(1, 41) if math.gcd(p, q) == 1]
UNLISTED = sum(2 / (p * q) ** EXACT for p, q in _SMALL) - sum(
    _rareness(exponent) ** -EXACT for exponent in (1.0, *EXPONENTS)
)
"""The sum of 1/(p q)^3 over all exponents ±p/q that aren't in the list."""
WITHIN = 11 / 147
"""The fraction of functions that stand within another one."""


def formula_bits(tree: Expression, inputs: int) -> float:
    """-log2 of the prior probability of a formula.

    Args:
        inputs: the number of inputs to choose from.

    Example:
        >>> from edgewise.formula.parse import parse_formula
        >>> line, odd = (parse_formula(t)[0] for t in ("2*x0", "exp(sin(2*x0))"))
        >>> formula_bits(line, 1) + 15 < formula_bits(odd, 1)
        True
    """
    return _bits(tree, inputs, within=False)


def _bits(node: Expression, inputs: int, within: bool) -> float:
    if isinstance(node, Input):
        return _kind("input") + math.log2(max(inputs, 1))
    if isinstance(node, Number):
        return _kind("number") + _number_bits(node)
    if isinstance(node, Power):
        return _kind("power") + _bits(node.base, inputs, within) + _exponent_bits(node, inputs)
    if isinstance(node, Apply):
        name = node.function.name
        count = FUNCTIONS.get(name, OTHER_FUNCTIONS)
        own = -math.log2(count / sum(FUNCTIONS.values())) - math.log2(WITHIN if within else 1)
        return _kind("function") + own + _bits(node.argument, inputs, True)
    table = PRODUCTS if isinstance(node, Product) else SUMS
    parts = sum(_bits(part, inputs, within) for part in node.parts)
    kind = _kind("sum" if isinstance(node, Sum) else "product")
    # All orders of the parts of a sum or a product are the same formula.
    orders = math.factorial(len({part.key for part in node.parts}))
    return kind + _arity_bits(table, len(node.parts)) + parts - math.log2(orders)


def _kind(name: str) -> float:
    return -math.log2(NODES[name] / sum(NODES.values()))


def _arity_bits(table: dict[int, int], parts: int) -> float:
    """-log2 of the frequency of a number of parts; beyond the table each costs 2 bits more."""
    last = max(table)
    beyond = 2.0 * max(0, parts - last)
    return -math.log2(table[min(parts, last)] / sum(table.values())) + beyond


def _number_bits(number: Number) -> float:
    """Bits of an exact number by its size; a fitted one costs none."""
    if number.exact is None:
        return 0.0
    return 1.0 if abs(number.value) == 1 else EXACT * number.exact.bits + 1


def _exponent_bits(node: Power, inputs: int) -> float:
    exponent = node.exponent
    if not isinstance(exponent, Number):
        return _exponent(OTHER_EXPONENTS) + _bits(exponent, inputs, False)
    if exponent.exact is None:
        return _exponent(FITTED_EXPONENTS) + 2 * math.log2(max(abs(exponent.value) / USUAL, 1.0))
    if exponent.value in EXPONENTS:
        return _exponent(EXPONENTS[exponent.value])
    rareness = EXACT * math.log2(_rareness(exponent.value)) + math.log2(UNLISTED)
    return _exponent(OTHER_EXPONENTS) + rareness


def _exponent(count: float) -> float:
    total = sum(EXPONENTS.values()) + OTHER_EXPONENTS + FITTED_EXPONENTS
    return -math.log2(count / total)
