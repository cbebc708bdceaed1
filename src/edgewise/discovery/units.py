"""Dimensional analysis: find dimensionless groups, and check the dimensions of a formula.

A dimension is a row of integer exponents of the base units; see
:attr:`edgewise.discovery.problem.Problem.dimensions`. All arithmetic is exact.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import comb, gcd, lcm

import numpy as np
from numpy.typing import NDArray

from edgewise.discovery.unit_text import Dimension, parse_unit
from edgewise.formula.expression import (
    Expression,
    Input,
    Number,
    Power,
    Product,
    Sum,
)
from edgewise.formula.signs import is_call
from edgewise.search.rationals import monomial_tree

__all__ = [
    "Dimension",
    "DimensionlessGroups",
    "check_dimensions",
    "dimensionless_groups",
    "dimensions_of",
    "parse_unit",
]

Whole = NDArray[np.int64]
Exponents = tuple[Fraction, ...]

CHOICES, PREFACTORS = 3, 6
"""Most choices of dimensionless groups, and of monomials with the dimension of the output."""
MOST_SETS = 2000
"""Most sets of inputs whose monomial is computed; each takes a fraction of a millisecond."""


def dimensions_of(
    units: Mapping[str, str], names: Sequence[str], output_unit: str | None
) -> NDArray[np.int64]:
    """Exponents of the base units of each input, and of the output in the last row.

    Where exponents are fractions, a root of the base unit serves as the unit, so that all exponents
    are integers. Inputs and outputs without a unit are dimensionless.

    Shape:
        (in + 1, base units)

    Raises:
        ValueError: if a unit can't be read, or belongs to no input.
    """
    unknown = [name for name in units if name not in names]
    if unknown:
        raise ValueError(
            f"expected units of {', '.join(map(str, names))}; got one of {unknown[0]!r}: "
            "use the names of the inputs"
        )
    found = [parse_unit(units.get(name, "")) for name in names]
    found.append(parse_unit("" if output_unit is None else output_unit))
    bases = sorted({base for dimension in found for base, _ in dimension.exponents})
    result = np.zeros((len(found), len(bases)), dtype=np.int64)
    for column, base in enumerate(bases):
        exponents = [dimension[base] for dimension in found]
        scale = lcm(*(e.denominator for e in exponents))
        if scale > 10**6:
            raise ValueError(
                f"expected exponents of {base} with a small common denominator, got {scale}: "
                "use halves and thirds"
            )
        result[:, column] = [int(e * scale) for e in exponents]
    return result


@dataclass(frozen=True)
class DimensionlessGroups:
    """Choices of prefactor and groups in Buckingham's theorem, y = prefactor · f(groups).

    Attributes:
        exponents: the exponents of the groups, for each choice of groups, the simplest choice
            first. All choices have the same number of groups and are equivalent.
        prefactor_exponents: the exponents of monomials of y's dimension, the simplest first.
        obstacle: the reason why there is no such monomial; None if there is one.
    """

    exponents: tuple[tuple[Exponents, ...], ...]
    prefactor_exponents: tuple[Exponents, ...]
    obstacle: str | None = None

    @property
    def bases(self) -> tuple[tuple[Expression, ...], ...]:
        """The groups of each choice, as formulas."""
        return tuple(tuple(monomial_tree(e) for e in choice) for choice in self.exponents)

    @property
    def prefactors(self) -> tuple[Expression, ...]:
        """The monomials of y's dimension, as formulas."""
        return tuple(monomial_tree(e) for e in self.prefactor_exponents)


def dimensionless_groups(dimensions: Whole) -> DimensionlessGroups:
    """Dimensionless monomials of the inputs, and monomials with the output's dimension.

    Shape:
        dimensions: (in + 1, base units), the output last
    """
    inputs = [tuple(map(int, row)) for row in dimensions[:-1]]
    target = tuple(map(int, dimensions[-1]))
    circuits = sorted(set(_circuits(inputs)), key=_cost)
    rank = len(inputs) - _rank(inputs)
    best = _independent(circuits, rank)
    found = [best]
    for circuit in circuits:
        if len(found) >= CHOICES:
            break
        if circuit not in best:
            choice = _independent([circuit, *circuits], rank)
            if set(choice) not in [set(f) for f in found]:
                found.append(choice)
    exponents = tuple(tuple(sorted(choice, key=_cost)) for choice in found)
    if not any(target):
        return DimensionlessGroups(exponents, ((Fraction(0),) * len(inputs),))
    products = sorted(set(_monomials_of(inputs, target)), key=_cost)[:PREFACTORS]
    obstacle = None
    if not products:
        obstacle = (
            "no product of powers of the inputs has the dimension of the output: a constant with a "
            "dimension, or an input, is missing"
        )
    return DimensionlessGroups(exponents, tuple(products), obstacle)


def _cost(exponents: Exponents) -> tuple[Fraction, Exponents]:
    """The sort key of a monomial: small integer exponents of few inputs first, then the order."""
    size = sum(abs(e) + 2 * (e.denominator - 1) + Fraction(e != 0, 2) for e in exponents)
    return Fraction(size), tuple(-abs(e) for e in exponents)


def _solve(columns: Sequence[tuple[int, ...]], target: Sequence[int]) -> list[Fraction] | None:
    """The x with Σ x_j column_j = target; None if there is none or more than one."""
    count = len(columns)
    rows = [[*entries, t] for *entries, t in zip(*columns, target, strict=True)]
    for place in range(count):
        pivot = next((r for r in range(place, len(rows)) if rows[r][place] != 0), None)
        if pivot is None:
            return None
        rows[place], rows[pivot] = rows[pivot], rows[place]
        head = rows[place]
        for r, row in enumerate(rows):
            if r != place and row[place] != 0:
                a, b = head[place], row[place]
                rows[r] = [a * v - b * w for v, w in zip(row, head, strict=True)]
    if any(row[-1] != 0 for row in rows[count:]):
        return None
    return [Fraction(rows[k][-1], rows[k][k]) for k in range(count)]


def _rank(vectors: Sequence[Sequence[Fraction | int]]) -> int:
    return len(_first_independent(vectors))


def _first_independent(
    vectors: Sequence[Sequence[Fraction | int]], most: int | None = None
) -> list[int]:
    """The indices of the first vectors that are independent of those before them."""
    reduced: list[tuple[int, list[Fraction]]] = []
    places: list[int] = []
    for place, vector in enumerate(vectors):
        if len(places) == most:
            break
        rest = [Fraction(v) for v in vector]
        for known, row in reduced:
            if rest[known] != 0:
                factor = rest[known]
                rest = [a - factor * b for a, b in zip(rest, row, strict=True)]
        lead = next((k for k, v in enumerate(rest) if v != 0), None)
        if lead is not None:
            reduced.append((lead, [v / rest[lead] for v in rest]))
            places.append(place)
    return places


def _independent(vectors: Sequence[Exponents], rank: int) -> tuple[Exponents, ...]:
    """The first vectors that form a basis; it is the simplest one if they are sorted by cost."""
    return tuple(vectors[k] for k in _first_independent(vectors, rank))


def _sets(inputs: Sequence[tuple[int, ...]], most: int) -> Iterator[tuple[int, ...]]:
    """Sets of at most `most` inputs; if there are too many, with one input of each dimension."""
    places = [k for k, row in enumerate(inputs) if any(row)]
    if sum(comb(len(places), s) for s in range(1, most + 1)) > MOST_SETS:
        firsts = {inputs[k]: k for k in reversed(places)}
        places = sorted(firsts.values())
    if sum(comb(len(places), s) for s in range(1, most + 1)) > MOST_SETS:
        basis = [places[k] for k in _first_independent([inputs[k] for k in places])]
        for size in range(1, len(basis) + 1):
            yield from combinations(basis, size)
        for other in places:
            for size in range(1, len(basis) + 1):
                for chosen in combinations(basis, size):
                    if other not in chosen and size < most:
                        yield tuple(sorted((other, *chosen)))
        return
    for size in range(1, most + 1):
        yield from combinations(places, size)


def _spread(chosen: Sequence[int], values: Sequence[Fraction], count: int) -> Exponents:
    result = [Fraction(0)] * count
    for place, value in zip(chosen, values, strict=True):
        result[place] = value
    return tuple(result)


def _circuits(inputs: Sequence[tuple[int, ...]]) -> Iterator[Exponents]:
    """Minimal dimensionless monomials: no subset of their inputs has one (circuits)."""
    count = len(inputs)
    for k, row in enumerate(inputs):
        if not any(row):
            yield _spread([k], [Fraction(1)], count)
    firsts: dict[tuple[int, ...], int] = {}
    for k, row in enumerate(inputs):
        if any(row) and firsts.setdefault(row, k) != k:
            yield _spread([k, firsts[row]], [Fraction(1), Fraction(-1)], count)
    for chosen in _sets(inputs, _rank(inputs) + 1):
        *others, last = chosen
        solved = _solve([inputs[k] for k in others], [-v for v in inputs[last]])
        if solved is not None and all(solved):
            yield _whole(_spread(chosen, [*solved, Fraction(1)], count))


def _whole(exponents: Exponents) -> Exponents:
    """Scale exponents to coprime integers, most of them positive."""
    scale = lcm(*(e.denominator for e in exponents))
    numbers = [int(e * scale) for e in exponents]
    common = gcd(*numbers)
    numbers = [n // common for n in numbers]
    lead = next((n for n in numbers if n), 1)
    if (sum(numbers), lead) < (0, 0):
        numbers = [-n for n in numbers]
    return tuple(map(Fraction, numbers))


def _monomials_of(
    inputs: Sequence[tuple[int, ...]], target: tuple[int, ...]
) -> Iterator[Exponents]:
    """Monomials with a given dimension, each of inputs whose dimensions are independent."""
    rank = _rank(inputs)
    for chosen in _sets(inputs, rank):
        solved = _solve([inputs[k] for k in chosen], target)
        if solved is not None and all(solved):
            yield _spread(chosen, solved, len(inputs))


# Consistency of a formula.

ANY = "any"


def check_dimensions(tree: Expression, dimensions: Whole) -> Exponents | None:
    """The dimension of a formula; None if it is inconsistent.

    All terms of a sum must have the same dimension. Arguments of functions (except abs and sign)
    and exponents must be dimensionless. A quantity with a dimension may only be raised to an exact
    number. Zero has any dimension; other numbers are dimensionless.

    Shape:
        dimensions: (in + 1, base units)
    """
    rows = [tuple(map(Fraction, map(int, row))) for row in dimensions]
    found = _dimension(tree, rows)
    return rows[-1] if isinstance(found, str) else found


def _dimension(tree: Expression, rows: list[Exponents]) -> Exponents | str | None:
    """The dimension of a part of a formula; ANY for zero, None if it is inconsistent."""
    none = (Fraction(0),) * len(rows[-1])
    if isinstance(tree, Number):
        return ANY if tree.value == 0 else none
    if isinstance(tree, Input):
        return rows[tree.index]
    found = [_dimension(part, rows) for part in tree.parts]
    parts = [p for p in found if p is not None]
    if len(parts) < len(found):
        return None
    known = [p for p in parts if not isinstance(p, str)]
    if isinstance(tree, Sum):
        if any(p != known[0] for p in known):
            return None
        return known[0] if known else ANY
    if isinstance(tree, Product):
        if len(known) < len(parts):
            return ANY
        return tuple(sum(e, Fraction(0)) for e in zip(*known, strict=True))
    if isinstance(tree, Power):
        return _raise(parts[0], parts[1], tree.exponent, none)
    if is_call(tree, "abs"):
        return parts[0]
    if is_call(tree, "sign"):
        return none
    return none if parts[0] in (ANY, none) else None


def _raise(
    base: Exponents | str, above: Exponents | str, exponent: Expression, none: Exponents
) -> Exponents | str | None:
    if above not in (ANY, none):
        return None
    if isinstance(base, str) or base == none:
        return base
    if isinstance(exponent, Number) and exponent.exact is not None and exponent.exact.unit == "1":
        by = Fraction(exponent.exact.numerator, exponent.exact.denominator)
        return tuple(e * by for e in base)
    return None
