"""Find pairs of inputs on which y depends only through a φ(x_i) + b ψ(x_j), from its gradients.

Then ∂y/∂x_i : ∂y/∂x_j = a φ'(x_i) : b ψ'(x_j) in every row. For each pair of functions φ, ψ in a
catalogue the constant b/a is fitted, and the misfit judges the pair. With logarithms as φ and ψ,
products are covered, too.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from edgewise._arrays import Array
from edgewise.explain.symmetry import find_proportion
from edgewise.formula.expression import (
    Expression,
    Number,
    add,
    apply,
    exact,
    multiply,
    power,
)
from edgewise.formula.library import LIBRARY


@dataclass(frozen=True)
class CatalogueFunction:
    """One function φ of the catalogue.

    Attributes:
        name: of φ.
        slope: φ'.
        tree: φ as a tree, or e^φ where that is simpler.
        logarithm: whether `tree` is e^φ.
        price: added to the misfit, so that the simpler of two equally good functions wins.
    """

    name: str
    slope: Callable[[Array], Array]
    tree: Callable[[Expression], Expression]
    logarithm: bool = False
    price: float = 0.0


def _make_call(name: str) -> Callable[[Expression], Expression]:
    return lambda tree: apply(LIBRARY[name], tree)


def _power_part(p: Fraction, price: float) -> CatalogueFunction:
    exponent = exact(p.numerator, p.denominator)
    return CatalogueFunction(
        f"x^{p}",
        lambda x: float(p) * np.power(x, float(p) - 1),
        lambda tree: power(tree, exponent),
        price=price,
    )


PARTS = (
    CatalogueFunction("log", lambda x: 1 / x, lambda tree: tree, True),
    _power_part(Fraction(1), 0.0),
    _power_part(Fraction(2), 0.002),
    _power_part(Fraction(-1), 0.002),
    _power_part(Fraction(1, 2), 0.004),
    _power_part(Fraction(3), 0.004),
    _power_part(Fraction(-2), 0.004),
    _power_part(Fraction(-1, 2), 0.006),
    _power_part(Fraction(4), 0.006),
    _power_part(Fraction(3, 2), 0.006),
    CatalogueFunction("exp", np.exp, _make_call("exp"), price=0.006),
    CatalogueFunction(
        "exp(-x)",
        lambda x: -np.exp(-x),
        lambda t: _make_call("exp")(multiply(exact(-1), t)),
        False,
        0.006,
    ),
    CatalogueFunction("sin", np.cos, _make_call("sin"), price=0.006),
    CatalogueFunction("cos", lambda x: -np.sin(x), _make_call("cos"), price=0.006),
    CatalogueFunction("log sin", lambda x: 1 / np.tan(x), _make_call("sin"), True, 0.006),
    CatalogueFunction("log cos", lambda x: -np.tan(x), _make_call("cos"), True, 0.006),
    CatalogueFunction("log tan", lambda x: 2 / np.sin(2 * x), _make_call("tan"), True, 0.006),
)
"""The catalogue of functions φ and ψ."""

SIMPLE_RATIOS: tuple[int | Fraction, ...] = (
    1,
    2,
    3,
    4,
    Fraction(1, 2),
    Fraction(1, 3),
    Fraction(1, 4),
    Fraction(3, 2),
    Fraction(2, 3),
)
"""Ratios of coefficients that a fitted ratio may be rounded to."""

MERGED = 3
"""Pairs of functions whose combinations are returned."""
REFINED = 14
"""Most pairs of functions that are refined, those with the best correlation."""


@dataclass(frozen=True)
class Merge:
    """A combination g(x_i, x_j): its tree, and its violation by the slopes."""

    tree: Expression
    violation: float


def find_merges(
    a: Expression,
    b: Expression,
    x: Array,
    slopes: Array,
    error: Array,
) -> Iterator[Merge]:
    """Combinations that may replace two inputs, those with the smallest violation first.

    Args:
        a, b: the inputs' trees.
        x, slopes: values of the two inputs and slopes of y by them.
        error: root mean square errors of the slopes.

    Shape:
        x, slopes: (rows, 2); error: (2,)
    """
    with np.errstate(all="ignore"):
        left = np.stack([part.slope(x[:, 0]) for part in PARTS])
        right = np.stack([part.slope(x[:, 1]) for part in PARTS])
        found = _scan(left, right, slopes, error)
    for price, i, j, ratio in found[:MERGED]:
        for constant in _constants(ratio, PARTS[i].logarithm and PARTS[j].logarithm):
            tree = _join(PARTS[i], PARTS[j], a, b, constant)
            if tree is not None:
                yield Merge(tree, price)


def _scan(
    left: Array, right: Array, slopes: Array, error: Array
) -> list[tuple[float, int, int, float]]:
    """Each pair of functions with its misfit and the ratio b/a, best first.

    φ'(x_i) ∂y/∂x_j and ψ'(x_j) ∂y/∂x_i have to be proportional, with the factor b/a.
    """
    rows = np.isfinite(slopes).all(1)
    one = np.flatnonzero(np.isfinite(left[:, rows]).all(1))
    two = np.flatnonzero(np.isfinite(right[:, rows]).all(1))
    u = left[one][:, rows] * slopes[rows, 1]
    v = right[two][:, rows] * slopes[rows, 0]
    norm = np.sqrt(np.outer((u * u).sum(1), (v * v).sum(1)))
    away = 1 - ((u @ v.T) / np.maximum(norm, 1e-300)) ** 2
    noise = _noise(slopes[rows], error)
    found = []
    for index in np.argsort(away, axis=None)[:REFINED]:
        i, j = divmod(int(index), len(two))
        if away[i, j] > 0.6:
            break
        ratio, misfit = find_proportion(u[i], v[j])
        if math.isfinite(misfit) and misfit <= min(0.3, 1.5 * (0.02 + noise)):
            strain = misfit / (0.02 + noise)
            price = strain + 20 * (PARTS[one[i]].price + PARTS[two[j]].price)
            found.append((price, int(one[i]), int(two[j]), ratio))
    return sorted(found)


def _noise(slopes: Array, error: Array) -> float:
    """The misfit to expect from errors of the slopes alone."""
    one = error[0] / max(float(np.abs(slopes[:, 0]).mean()), 1e-300)
    two = error[1] / max(float(np.abs(slopes[:, 1]).mean()), 1e-300)
    return 1.5 * math.hypot(one, two) / 2


def _constants(ratio: float, products: bool) -> list[Number]:
    """Values of b/a to try: simple ratios nearby, or else the fitted one; exponents are simple."""
    if not math.isfinite(ratio) or ratio == 0:
        return []
    near = min(SIMPLE_RATIOS, key=lambda f: abs(math.log(abs(ratio) / float(f))))
    distance = abs(math.log(abs(ratio) / float(near)))
    fraction = Fraction(near) * (1 if ratio > 0 else -1)
    made = [exact(fraction.numerator, fraction.denominator)] if distance < 0.15 else []
    if not products and distance > 0.01:
        made.append(Number(ratio))
    return made


def _join(
    one: CatalogueFunction, two: CatalogueFunction, a: Expression, b: Expression, ratio: Number
) -> Expression | None:
    """The tree φ(a) + ratio·ψ(b), or its exponential; None for a product with an odd exponent."""
    left, right = one.tree(a), two.tree(b)
    if one.logarithm and two.logarithm:
        if ratio.exact is None:
            return None
        # The smallest integer exponents: a^m b^n rather than a b^(n/m).
        top, bottom = ratio.exact.numerator, ratio.exact.denominator
        return multiply(power(left, exact(bottom)), power(right, exact(top)))
    if one.logarithm:
        return multiply(left, apply(LIBRARY["exp"], multiply(ratio, right)))
    if two.logarithm:
        inverse = _inverse(ratio)
        return multiply(right, apply(LIBRARY["exp"], multiply(inverse, left)))
    return add(left, multiply(ratio, right))


def _inverse(ratio: Number) -> Number:
    if ratio.exact is None:
        return Number(1 / ratio.value)
    top, bottom = ratio.exact.numerator, ratio.exact.denominator
    return exact(bottom, top) if top > 0 else exact(-bottom, -top)
