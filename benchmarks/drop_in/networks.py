"""The networks to compare, by name: two MLPs, a KAN of each basis, and published KANs.

Each network has its default settings, except for the hidden width: it is chosen so that the
network has about as many parameters as the MLP.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from typing import Any

from torch import nn

import edgewise as ew
from benchmarks.drop_in.deep import DEEP
from benchmarks.drop_in.problem import MakeBlock, Problem
from benchmarks.networks import count
from edgewise.bases import registry
from edgewise.models import PRESETS

Make = Callable[..., nn.Module]
"""A function of the widths and the device that returns a network."""
MLPS: Mapping[str, Make] = {
    f"mlp-{activation}": partial(ew.MLP, activation=activation) for activation in ("silu", "tanh")
}
REFERENCE = "mlp-silu"
"""The network whose number of parameters all others match."""
LAYERS = 2
"""The number of hidden layers of an MLP, and by default of a KAN."""
_PRESETS: Mapping[str, Any] = PRESETS


def _make_fastkan(widths: Sequence[int], **common: Any) -> nn.Module:
    """Make a FastKAN. With a single input it has no LayerNorm, whose output would be 0."""
    return ew.FastKAN(widths, use_layernorm=widths[0] > 1, **common)


NETWORKS: Mapping[str, Make] = {
    **MLPS,
    "kan": ew.KAN,
    "kan-zero": partial(ew.KAN, output_init="zero"),
    "kan-zero-raw": partial(ew.KAN, output_init="zero", norm=None),
    **{f"kan-{name}": partial(ew.KAN, basis=name) for name in registry()},
    **{name: make for name, make in _PRESETS.items() if name != "imagekan"},
    "fastkan": _make_fastkan,
    **DEEP,
}
"""All networks by name: ``kan`` has the default basis. The output of ``kan-zero`` is 0 at first.
``kan-zero-raw`` doesn't standardise its inputs, either. ImageKAN, for images only, is left out."""


@cache
def match_widths(
    name: str, inputs: int, outputs: int, parameters: int, layers: int = LAYERS
) -> tuple[int, ...]:
    """Find the widths that bring the number of parameters nearest to ``parameters``.

    All hidden layers have the same width.

    Raises:
        ValueError: if the network can't have that number of inputs.
    """

    def widths(hidden: int) -> tuple[int, ...]:
        return (inputs, *[hidden] * layers, outputs)

    def size(hidden: int) -> int:
        return count(NETWORKS[name](widths(hidden), device="meta"))

    low, high = 1, 2
    while size(high) < parameters:
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if size(middle) < parameters else (low, middle)
    return widths(min((low, high), key=lambda hidden: abs(size(hidden) - parameters)))


def block_maker(name: str, parameters: int, layers: int = LAYERS) -> MakeBlock:
    """Return a function that makes networks of this name for given numbers of inputs and outputs.

    Their size is as near as possible to that of the MLP, which has about ``parameters``.
    """

    def make(inputs: int, outputs: int) -> nn.Module:
        reference = match_widths(REFERENCE, inputs, outputs, parameters)
        size = count(NETWORKS[REFERENCE](reference, device="meta"))
        depth = LAYERS if name in MLPS else layers
        return NETWORKS[name](match_widths(name, inputs, outputs, size, depth))

    return make


def build(problem: Problem, name: str, seed: int, layers: int = LAYERS) -> nn.Module:
    """Build the model of a problem with networks of this name; the seed decides all its weights."""
    return problem.build(block_maker(name, problem.parameters, layers), seed)
