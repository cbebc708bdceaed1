"""Random draws that are the same with every version of every library.

numpy keeps the raw bits of a bit generator, but not what `Generator` makes of them; so nothing but
the bits is used.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
T = TypeVar("T")

AGAIN = 7919
"""Marks the streams of another draw, so that none is the usual stream of more numbers."""
_DRAW: ContextVar[int] = ContextVar("draw", default=0)


@contextmanager
def draw_again(draw: int) -> Iterator[None]:
    """Inside this, each stream is another one for every number `draw`; 0 is the usual stream.

    Development may look at a hundred seeds only. It gets fresh tables for them in this way.
    """
    before = _DRAW.set(draw)
    try:
        yield
    finally:
        _DRAW.reset(before)


class Dice:
    """A stream of draws.

    Args:
        seed: numbers that name the stream.
    """

    def __init__(self, *seed: int) -> None:
        draw = _DRAW.get()
        again = [AGAIN, draw] if draw else []
        self._bits = np.random.PCG64(np.random.SeedSequence([*seed, *again]))

    def uniform(self, low: float = 0.0, high: float = 1.0) -> float:
        """A number in [low, high)."""
        return low + (high - low) * (int(self._bits.random_raw()) >> 11) * 2.0**-53

    def uniforms(self, *shape: int) -> Array:
        """Numbers in [0, 1)."""
        raw = np.asarray(self._bits.random_raw(math.prod(shape)), dtype=np.uint64)
        return ((raw >> np.uint64(11)) * 2.0**-53).reshape(shape)

    def normals(self, *shape: int) -> Array:
        """Standard normal numbers, by Box and Muller."""
        u, v = self.uniforms(2, math.prod(shape))
        return (np.sqrt(-2 * np.log1p(-u)) * np.cos(2 * np.pi * v)).reshape(shape)

    def whole(self, low: int, high: int) -> int:
        """A whole number from low to high, both included."""
        return low + int(self.uniform() * (high - low + 1))

    def chance(self, probability: float) -> bool:
        """Whether something happens."""
        return self.uniform() < probability

    def choose(self, items: Sequence[T]) -> T:
        """One of them, all equally likely."""
        return items[self.whole(0, len(items) - 1)]

    def weigh(self, weights: Mapping[T, float]) -> T:
        """One of the keys, as likely as its weight."""
        left = self.uniform() * sum(weights.values())
        for item, weight in weights.items():
            left -= weight
            if left < 0:
                return item
        return item

    def shuffle(self, items: Sequence[T]) -> list[T]:
        """The items in another order."""
        order = np.argsort(self.uniforms(len(items)), kind="stable")
        return [items[int(k)] for k in order]
