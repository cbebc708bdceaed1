"""The networks that are compared: two MLPs, KANs of every basis, and the published ones, by name.

All have their defaults; only the hidden width is chosen, so that they are as large as the MLP.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from typing import Any

from torch import nn

import edgewise as ew
from benchmarks.drop_in.problem import MakeBlock, Problem
from edgewise.bases import registry
from edgewise.models import PRESETS

Make = Callable[..., nn.Module]
"""From widths and a device to a network."""
MLPS: Mapping[str, Make] = {
    f"mlp-{activation}": partial(ew.MLP, activation=activation) for activation in ("silu", "tanh")
}
REFERENCE = "mlp-silu"
"""Its number of parameters is everybody's."""
LAYERS = 2
"""Hidden layers of an MLP, and of a KAN unless another number is asked for."""
_PRESETS: Mapping[str, Any] = PRESETS


def _make_fastkan(widths: Sequence[int], **common: Any) -> nn.Module:
    """FastKAN, without its LayerNorm where there is a single input, which that would make 0."""
    return ew.FastKAN(widths, use_layernorm=widths[0] > 1, **common)


NETWORKS: Mapping[str, Make] = {
    **MLPS,
    "kan": ew.KAN,
    "kan-zero": partial(ew.KAN, output_init="zero"),
    "kan-zero-raw": partial(ew.KAN, output_init="zero", norm=None),
    **{f"kan-{name}": partial(ew.KAN, basis=name) for name in registry()},
    **{name: make for name, make in _PRESETS.items() if name != "imagekan"},
    "fastkan": _make_fastkan,
}
"""``kan`` is what one gets without saying a basis, ``kan-zero`` begins with the answer 0, and
``kan-zero-raw`` takes its inputs as they are, too; ImageKAN is for images only."""


def count(model: nn.Module) -> int:
    """Trained numbers."""
    return sum(p.numel() for p in model.parameters() if p.requires_grad)


@cache
def match_widths(
    name: str, inputs: int, outputs: int, parameters: int, layers: int = LAYERS
) -> tuple[int, ...]:
    """The widths of the network with equal hidden layers that comes nearest to so many parameters.

    Raises:
        ValueError: if the network can't have so many inputs.
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
    """What makes a network of this name, as large as the MLP of about so many parameters."""

    def make(inputs: int, outputs: int) -> nn.Module:
        reference = match_widths(REFERENCE, inputs, outputs, parameters)
        size = count(NETWORKS[REFERENCE](reference, device="meta"))
        depth = LAYERS if name in MLPS else layers
        return NETWORKS[name](match_widths(name, inputs, outputs, size, depth))

    return make


def build(problem: Problem, name: str, seed: int, layers: int = LAYERS) -> nn.Module:
    """A problem's model with networks of this name; everything in it follows from the seed."""
    return problem.build(block_maker(name, problem.parameters, layers), seed)
