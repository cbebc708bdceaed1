"""Candidate terms of an equation of fields, and their integrals over windows."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations_with_replacement, product

import numpy as np

from edgewise._arrays import Array
from edgewise.formula.expression import Expression, Input, add, multiply, terms_of
from edgewise.formula.program import Program
from edgewise.ode.fields import Fields, differentiate_field
from edgewise.ode.windows import FieldWindows
from edgewise.search.rationals import count_monomials, monomial_tree, monomials

Orders = tuple[int, ...]

MOST_PRODUCTS = 500
"""Most products of fields, each of which is multiplied by every derivative."""
MIXED = 2
"""Highest order of derivatives in products with other derivatives, and with fields if there is more
than one dimension."""


@dataclass(frozen=True, eq=False)
class Symbols:
    """The names of fields, coordinates and derivatives, each an input of the trees.

    Attributes:
        names: all names; fields and coordinates come first.
        orders: for each name the field and the orders of its derivative; None for coordinates.
    """

    names: list[str]
    orders: list[tuple[int, Orders] | None]

    @staticmethod
    def of(fields: Fields, deepest: int) -> Symbols:
        axes = len(fields.axes)
        zero = (0,) * axes
        names = [*fields.names, *fields.axis_names]
        orders: list[tuple[int, Orders] | None] = [(k, zero) for k in range(len(fields.names))]
        orders += [None] * axes
        for field, name in enumerate(fields.names):
            for order in _orders(axes, deepest):
                marks = "".join(n * k for n, k in zip(fields.axis_names, order, strict=True))
                names.append(f"{name}_{marks}")
                orders.append((field, order))
        if twice := [name for name, times in Counter(names).items() if times > 1]:
            raise ValueError(
                f"discover_pde expected names that derivatives tell apart, got {twice[0]} for two "
                f"of them: rename {', '.join(fields.axis_names[1:])}"
            )
        return Symbols(names, orders)

    @cached_property
    def places(self) -> dict[tuple[int, Orders], int]:
        """The input of each derivative of each field."""
        return {known: k for k, known in enumerate(self.orders) if known is not None}

    def at(self, field: int, orders: Orders) -> Input:
        return Input(self.places[field, orders])

    def derivative_bits(self, tree: Expression) -> float:
        """Bits of the derivatives in a term: one for each, and those of its direction in space.

        So u_x is likelier than u_xyy where both are the same function. A sum, such as a Laplacian,
        has the directions of its symmetry, and counts like its highest part.
        """
        space = self.orders.count(None) - 1
        orders = [
            sum(sum(known[1]) for k in term.inputs if (known := self.orders[k]) is not None)
            for term in terms_of(tree)
        ]
        return (1 + math.log2(space)) * max(orders)


def _orders(axes: int, deepest: int) -> Iterator[Orders]:
    """Derivatives in space, and the first one in time."""
    yield (1, *(0,) * (axes - 1))
    for total in range(1, deepest + 1):
        for some in product(range(total, -1, -1), repeat=axes - 1):
            if sum(some) == total:
                yield (0, *some)


@dataclass(frozen=True)
class Question:
    """The search for the equation of one field."""

    field: int
    order: int
    degree: int
    deepest: int
    texts: tuple[str, ...]
    source: int | None
    seed: int


@dataclass(frozen=True)
class ProductDerivative:
    """factor · ∂ᵅ g with a product g of powers of fields; it can be integrated by parts.

    Attributes:
        powers: the power of each field in g.
    """

    factor: float
    orders: Orders
    powers: tuple[int, ...]


@dataclass(frozen=True)
class CandidateTerm:
    """A candidate term.

    Attributes:
        tree: the term as a formula of the symbols.
        parts: parts with this sum, if it can be integrated by parts; empty if its factors have to
            be smoothed.
    """

    tree: Expression
    parts: tuple[ProductDerivative, ...] = ()


def list_terms(
    fields: Fields, symbols: Symbols, target: int, degree: int, deepest: int, order: int
) -> list[CandidateTerm]:
    """Polynomials of the fields times derivatives, for the equation of one field.

    Known fields are differentiated at most once. Often they derive from the others, as velocities
    from vorticity, and their higher derivatives would repeat those.

    Args:
        order: order of the time derivative on the left; with 2 the first one is a candidate.
    """
    axes, count = len(fields.axes), len(fields.names)
    zero = (0,) * axes
    if (number := count_monomials(count, degree)) > MOST_PRODUCTS:
        raise ValueError(
            f"discover_pde expected at most {MOST_PRODUCTS} products of {count} fields, got "
            f"{number:.6g} of degree {degree}: choose a lower degree, or fewer fields"
        )
    terms: dict[str, CandidateTerm] = {}

    def keep(term: CandidateTerm) -> None:
        terms.setdefault(term.tree.key, term)

    products = monomials(count, degree)
    for powers in products:
        if sum(powers):
            keep(CandidateTerm(monomial_tree(powers), (ProductDerivative(1.0, zero, powers),)))
    derivatives = [o for o in _orders(axes, deepest) if o[0] == 0]
    if order == 2:
        derivatives.append((1, *zero[1:]))
    highest = deepest if axes == 2 else MIXED
    for field, orders in product(range(count), derivatives):
        single = tuple(int(k == field) for k in range(count))
        if field == target or field < fields.unknown:
            keep(
                CandidateTerm(symbols.at(field, orders), (ProductDerivative(1.0, orders, single),))
            )
        for powers in products:
            known = field >= fields.unknown
            if 1 <= sum(powers) < degree and sum(orders) <= (1 if known else highest):
                tree = multiply(monomial_tree(powers), symbols.at(field, orders))
                keep(CandidateTerm(tree, _by_parts(powers, field, orders)))
    for term in _isotropic(symbols, target, axes, deepest, count):
        keep(term)
    gradients = [(f, o) for f in range(fields.unknown) for o in derivatives if sum(o) <= MIXED]
    for (f, o), (g, p) in combinations_with_replacement(gradients, 2):
        if sum(o) + sum(p) <= MIXED + 1 and degree > 1:
            keep(CandidateTerm(multiply(symbols.at(f, o), symbols.at(g, p))))
    return list(terms.values())


def _by_parts(powers: tuple[int, ...], field: int, orders: Orders) -> tuple[ProductDerivative, ...]:
    """Parts of u^p u_x = (u^(p+1))_x / (p + 1); no other term is a derivative of a product."""
    if sum(orders) != 1 or any(p for k, p in enumerate(powers) if k != field):
        return ()
    raised = tuple(p + (k == field) for k, p in enumerate(powers))
    return (ProductDerivative(1 / raised[field], orders, raised),)


def _isotropic(
    symbols: Symbols, target: int, axes: int, deepest: int, count: int
) -> Iterator[CandidateTerm]:
    """The Laplacian and its square, in more than one dimension: one factor for all directions."""
    if axes < 3 or deepest < 2:
        return
    single = tuple(int(k == target) for k in range(count))
    twice = [tuple(2 * int(k == axis) for k in range(axes)) for axis in range(1, axes)]
    fourth = [tuple(a + b for a, b in zip(o, p, strict=True)) for o in twice for p in twice]
    for orders in (twice, fourth)[: 2 if deepest >= 4 else 1]:
        tree = add(*(symbols.at(target, o) for o in orders))
        yield CandidateTerm(tree, tuple(ProductDerivative(1.0, o, single) for o in orders))


@dataclass(frozen=True, eq=False)
class Integrals:
    """Integrals of terms over the windows.

    Attributes:
        fields: the fields that are integrated; they may have more noise than `smooth`.
        smooth: the fields that smoothers and noise were estimated from.
    """

    fields: Fields
    symbols: Symbols
    windows: FieldWindows
    smooth: Fields

    def disturb(self, generator: np.random.Generator) -> Integrals:
        """The integrals of the same fields with additional noise of the same size."""
        values = [
            v + noise.draw(generator)
            for v, noise in zip(self.fields.values, self.smooth.noise, strict=True)
        ]
        return replace(self, fields=replace(self.fields, values=values))

    def left(self, ask: Question) -> Array:
        """The integrals of the time derivative."""
        orders = (ask.order, *(0,) * (len(self.fields.axes) - 1))
        return self.windows.integrate(self.fields.values[ask.field], orders)

    def of(self, term: CandidateTerm) -> Array:
        """The integrals of a term, by parts if possible, else of its smoothed values."""
        if term.parts:
            return np.sum([self._of_part(part) for part in term.parts], axis=0)
        return self.of_values(self.evaluate(term.tree))

    def columns(self, terms: Sequence[CandidateTerm]) -> Array:
        """The integrals of several terms; (windows, terms)"""
        made = [self.of(term) for term in terms]
        return np.stack(made, 1) if made else np.empty((self.windows.count, 0))

    def of_values(self, values: Array) -> Array:
        """The integrals of values at all points."""
        return self.windows.integrate(values, (0,) * len(self.fields.axes))

    def _of_part(self, part: ProductDerivative) -> Array:
        """The integrals of a part, without the bias that noise causes in powers."""
        made = np.ones(1)
        for field, p in enumerate(part.powers):
            if p:
                noise = self.smooth.noise[field].size
                made = made * unbiased_power(self.fields.values[field], p, noise)
        return part.factor * self.windows.integrate(made, part.orders)

    def evaluate(self, tree: Expression) -> Array:
        """The values of a tree at all points, from smoothed fields."""
        used = sorted(tree.inputs)
        columns = [self._symbol(k).ravel() for k in used]
        small = tree.substitute({k: Input(n) for n, k in enumerate(used)})
        rows = np.stack(columns, 1) if columns else np.empty((int(np.prod(self.fields.shape)), 0))
        with np.errstate(all="ignore"):
            return Program(small).values(np.asfortranarray(rows)).reshape(self.fields.shape)

    def _symbol(self, place: int) -> Array:
        known = self.symbols.orders[place]
        if known is None:
            return self.fields.coordinate(place - len(self.fields.names))
        if known not in self._known:
            field, orders = known
            smoothers = self.smooth.smoothers[field]
            self._known[known] = differentiate_field(self.fields.values[field], smoothers, orders)
        return self._known[known]

    @cached_property
    def _known(self) -> dict[tuple[int, Orders], Array]:
        return {}


def unbiased_power(values: Array, exponent: int, noise: float) -> Array:
    """An unbiased estimate of μⁿ from values μ + Gaussian noise, by a Hermite polynomial."""
    before, made = np.ones_like(values), values
    for k in range(1, exponent):
        before, made = made, values * made - k * noise**2 * before
    return made
