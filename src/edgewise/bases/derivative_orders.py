"""Which partial derivatives jets carry, and the rules of Leibniz and Faà di Bruno as tables."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from itertools import chain, combinations_with_replacement, product

Index = tuple[int, ...]
"""How often a derivative is taken by each coordinate: (2, 1) for ∂³/∂x²∂y."""
Term = tuple[float, int, tuple[int, ...]]


class Orders:
    """Which derivatives jets carry: with each of them all that are lower.

    Args:
        wanted: indices such as (2, 0), at least one; their length is the number of coordinates.

    Example:
        >>> Orders([(2, 0), (0, 1)]).indices
        ((0, 0), (0, 1), (1, 0), (2, 0))
    """

    def __init__(self, wanted: Iterable[Index]) -> None:
        below = {i for index in wanted for i in product(*(range(n + 1) for n in index))}
        self.indices: tuple[Index, ...] = tuple(sorted(below, key=lambda i: (sum(i), i)))
        self.coordinates = len(self.indices[0])
        self.order = max(map(sum, self.indices))
        self.place = {index: k for k, index in enumerate(self.indices)}

    @staticmethod
    def up_to(order: int, coordinates: int) -> Orders:
        """All derivatives up to an order."""
        axes = range(coordinates)
        taken = chain(*(combinations_with_replacement(axes, k) for k in range(order + 1)))
        return Orders.of(tuple(each.count(axis) for axis in axes) for each in taken)

    @staticmethod
    def of(wanted: Iterable[Index]) -> Orders:
        """The same object for the same derivatives, so that its tables are made once."""
        return _known(tuple(sorted(set(map(tuple, wanted)))))

    def __len__(self) -> int:
        return len(self.indices)

    @cached_property
    def products(self) -> list[list[tuple[float, int, int]]]:
        """Of each derivative of f g by Leibniz' rule the terms: factor, place in f, place in g."""
        made = []
        for index in self.indices:
            terms = []
            for one in product(*(range(n + 1) for n in index)):
                other = tuple(n - k for n, k in zip(index, one, strict=True))
                ways = math.prod(map(math.comb, index, one))
                terms.append((float(ways), self.place[one], self.place[other]))
            made.append(terms)
        return made

    @cached_property
    def compositions(self) -> list[list[Term]]:
        """Of each derivative of φ(h) by Faà di Bruno's formula the terms: factor, order of φ's
        derivative, places in h of what it is multiplied with."""
        made: list[list[Term]] = []
        for index in self.indices:
            terms: dict[tuple[int, tuple[Index, ...]], float] = {(0, ()): 1.0}
            for axis, count in enumerate(index):
                for _ in range(count):
                    terms = _differentiate(terms, axis, len(index))
            made.append([(n, k, tuple(self.place[i] for i in h)) for (k, h), n in terms.items()])
        return made

    @cached_property
    def table(self) -> list[int]:
        """:attr:`compositions` as operators take them: of each term the place of the derivative,
        the factor, the order, the number of places, and these."""
        return [
            number
            for place, terms in enumerate(self.compositions)
            for n, k, places in terms
            for number in (place, int(n), k, len(places), *places)
        ]

    @staticmethod
    def read(table: Sequence[int]) -> Orders:
        """The derivatives that have this :attr:`table`, by coordinates that occur in them.

        Raises:
            ValueError: if there are none.
        """
        found: dict[int, tuple[int, ...]] = {}  # the first derivatives that each is made of
        numbers = list(table)
        while len(numbers) >= 4:
            place, _, order, count = numbers[:4]
            if order >= len(found.get(place, ())):
                found[place] = tuple(numbers[4 : 4 + count])
            numbers = numbers[4 + count :]
        axes = sorted({place for places in found.values() for place in places}, reverse=True)
        wanted = [tuple(places.count(axis) for axis in axes or [0]) for places in found.values()]
        orders = Orders.of(wanted) if wanted else None
        if orders is None or orders.table != list(table):
            raise ValueError(f"expected the table of derivatives and all below them, got {table}")
        return orders


def _differentiate(
    terms: dict[tuple[int, tuple[Index, ...]], float], axis: int, coordinates: int
) -> dict[tuple[int, tuple[Index, ...]], float]:
    """The derivative of Σ n φ⁽ᵏ⁾(h) Π h_i by one coordinate."""
    unit = tuple(int(a == axis) for a in range(coordinates))
    made: dict[tuple[int, tuple[Index, ...]], float] = {}
    for (k, factors), n in terms.items():
        new = [(k + 1, (*factors, unit))]
        for place, factor in enumerate(factors):
            raised = tuple(a + b for a, b in zip(factor, unit, strict=True))
            new.append((k, (*factors[:place], raised, *factors[place + 1 :])))
        for order, found in new:
            key = order, tuple(sorted(found))
            made[key] = made.get(key, 0.0) + n
    return made


@lru_cache(maxsize=64)
def _known(wanted: tuple[Index, ...]) -> Orders:
    return Orders(wanted)
