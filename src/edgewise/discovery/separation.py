"""Which inputs a formula knows only in separate terms or factors, from a numeric model's values.

If T(y) = u(a) + v(b), T(y) at (a, b) and (a', b') is as much as at (a, b') and (a', b). For each
pair of inputs the four corners are predicted; inputs that don't interact are in separate blocks.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from edgewise.discovery.numeric import GaussianProcess
from edgewise.explain.symmetry import measure_interaction

Array = NDArray[np.float64]

ROWS = 100
"""Rows whose corners are predicted."""

SLACK = 0.02
"""The interaction, relative to the effects of the two inputs, that is taken for none."""

MOST_INPUTS = 12
"""Interactions are looked for among so many inputs, those with the shortest length scales."""

TRANSFORMS: dict[str, Callable[[Array], Array]] = {
    "sum": lambda y: y,
    "product": lambda y: np.log(np.abs(y)),
    "sum of 1/y": lambda y: 1 / y,
    "sum of y²": lambda y: y * y,
    "sum of √y": np.sqrt,
    "sum of exp y": np.exp,
}
"""What of y is a sum over blocks, by the name of the kind."""


@dataclass(frozen=True)
class Separation:
    """T(y) is a sum of functions of separate blocks of inputs.

    Attributes:
        blocks: of inputs, in order; two or more.
        kind: a key of :data:`TRANSFORMS`: "sum", "product", …
        score: the greatest interaction between blocks, relative to the effects of the inputs.
        reason: one sentence.
    """

    blocks: tuple[tuple[int, ...], ...]
    kind: str
    score: float
    reason: str


def separable_blocks(
    model: GaussianProcess, x: Array, y: Array, *, seed: int = 0
) -> list[Separation]:
    """The partitions that the model agrees with: most blocks first, then the least contradicted.

    Args:
        seed: of the choice of rows.

    Shape:
        x: (rows, in); y: (rows,)
    """
    generator = np.random.default_rng([seed, len(y), 1])
    first = generator.permutation(len(y))[:ROWS]
    a, b = x[first], x[np.roll(first, 1)]
    looked = np.sort(np.argsort(model.length_scales / np.maximum(x.std(0), 1e-300))[:MOST_INPUTS])
    corners = _Corners(model, a, b, looked)
    noise = float(np.sqrt(max(model.fvu_loo, 0.0)))
    found = []
    for kind, transform in TRANSFORMS.items():
        if kind == "product" and not (np.sign(corners.base) == np.sign(corners.base[0])).all():
            continue
        interaction = corners.interactions(transform)
        if interaction is None:
            continue
        blocks, score = _partition(interaction, SLACK + 0.8 * noise)
        if len(blocks) > 1:
            named = tuple(tuple(int(looked[k]) for k in block) for block in blocks)
            text = " and ".join(", ".join(f"x{i}" for i in block) for block in named)
            found.append(Separation(named, kind, score, f"{kind} over {text}"))
    return sorted(found, key=lambda s: (-len(s.blocks), s.score))


class _Corners:
    """Predictions where one or two inputs of each row are exchanged for those of another row."""

    def __init__(self, model: GaussianProcess, a: Array, b: Array, looked: NDArray[np.int64]):
        self.base = model.predict(a)
        self.count = len(looked)
        self.single: list[Array] = []
        self.double: dict[tuple[int, int], Array] = {}
        for i in range(self.count):
            changed = a.copy()
            changed[:, looked[i]] = b[:, looked[i]]
            self.single.append(model.predict(changed))
            for j in range(i):
                both = changed.copy()
                both[:, looked[j]] = b[:, looked[j]]
                self.double[j, i] = model.predict(both)

    def interactions(self, transform: Callable[[Array], Array]) -> Array | None:
        """How much each pair contradicts a sum; None where T isn't defined. (in, in)"""
        with np.errstate(all="ignore"):
            base = transform(self.base)
            single = [transform(v) for v in self.single]
            double = {pair: transform(v) for pair, v in self.double.items()}
        if not all(np.isfinite(v).all() for v in (base, *single, *double.values())):
            return None
        result = np.zeros((self.count, self.count))
        for (i, j), both in double.items():
            result[i, j] = measure_interaction(base, single[i], single[j], both)
            result[j, i] = result[i, j]
        return result


def _partition(interaction: Array, tolerance: float) -> tuple[list[list[int]], float]:
    """Connected components of the inputs that interact, and the strongest link between them."""
    left, blocks = set(range(len(interaction))), list[list[int]]()
    while left:
        block, frontier = set[int](), {min(left)}
        while frontier:
            block |= frontier
            frontier = {
                j for i in frontier for j in left - block if interaction[i, j] > tolerance
            } - block
        left -= block
        blocks.append(sorted(block))
    member = np.zeros(len(interaction), dtype=np.int64)
    for k, inputs in enumerate(blocks):
        member[inputs] = k
    between = member[:, None] != member
    return blocks, float(interaction[between].max()) if between.any() else 0.0
