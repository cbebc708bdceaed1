"""How fast a kernel could be: bytes, products and instructions against what cards can do."""

from __future__ import annotations

from typing import NamedTuple


class Card(NamedTuple):
    """A card by its data sheet.

    Attributes:
        name: what it is called.
        bytes: of memory a second.
        products: multiplications and additions a second, dense, by type.
        processors, clock: how many there are, and Hz.
    """

    name: str
    bytes: float
    products: dict[str, float]
    processors: int
    clock: float


CARDS = {
    "sm_80": Card("A100 SXM 80 GB", 2.04e12, {"bfloat16": 312e12, "float32": 52e12}, 108, 1.41e9),
    "sm_90": Card("H100 SXM", 3.35e12, {"bfloat16": 989e12, "float32": 165e12}, 132, 1.755e9),
}
"""float32 as tf32x3: a third of tf32's rate."""
SCHEDULERS = 4
"""Of a processor, each of which starts one instruction of a warp a cycle."""
SPECIAL_CYCLES = 8
"""For which a scheduler's unit of exponentials and reciprocals is taken by a warp's instruction."""


class Sizes(NamedTuple):
    """A layer and its batch; ``bytes`` of a number."""

    rows: int
    features: int
    functions: int
    outputs: int
    bytes: int


class Bound(NamedTuple):
    """Milliseconds that a kernel takes at least: of memory, matrix units and instructions."""

    memory: float
    products: float
    instructions: float


def bound(
    card: Card,
    dtype: str,
    kernel: str,
    sizes: Sizes,
    tiles: tuple[int, int, int],
    warps: int,
    loop: int,
    special: int,
) -> Bound:
    """The least times of one of the three kernels with products, their base weights included.

    Every tensor moves once between memory and card. A turn of a loop is a tile of rows, inputs and
    outputs of one function; it counts as much as one of the shortest loop in the code.
    """
    rows, features, functions, outputs, width = sizes
    weights = features * (functions + 1) * outputs
    moved = {
        "forward_kernel": rows * features + weights + rows * outputs,
        "coefficient_kernel": rows * features + rows * outputs + weights,
        "input_kernel": rows * outputs + weights + 2 * rows * features,
    }[kernel]
    multiplied = 2.0 * rows * weights
    turns = functions + 1.0
    for size, tile in zip((rows, features, outputs), tiles, strict=True):
        turns *= -(-size // tile)
    cycles = turns * warps * max(loop, SPECIAL_CYCLES * special) / SCHEDULERS
    return Bound(
        1e3 * moved * width / card.bytes,
        1e3 * multiplied / card.products[dtype],
        1e3 * cycles / (card.processors * card.clock),
    )
