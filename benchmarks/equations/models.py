"""The networks: KANs of three bases by two initialisations, and MLPs with as many parameters."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from torch import nn

import edgewise as ew
from benchmarks.networks import count, drawn_by
from edgewise.bases import Basis

HIDDEN = (8, 8)
"""Widths of a KAN between its inputs and its output."""


@dataclass(frozen=True)
class Candidate:
    """One kind of network.

    Attributes:
        name: in the CSV.
        init: "variance", which is the default, or "power"; of an MLP torch's own.
        make: the network, given its number of inputs; it draws from torch's random state.
    """

    name: str
    init: str
    make: Callable[[int], nn.Module]

    @property
    def is_mlp(self) -> bool:
        return self.init == "torch"

    def build(self, in_features: int, seed: int) -> nn.Module:
        """A network whose weights depend on nothing but the seed."""
        with drawn_by(seed):
            return self.make(in_features)


BASES: Mapping[str, Basis] = {
    "B-spline": ew.BSpline(5),
    "Gaussian": ew.Gaussian(8),
    "Chebyshev": ew.Chebyshev(7),
}
"""Eight functions on every edge, so that all KANs have as many parameters."""


def _make_kan(basis: Basis, init: str) -> Callable[[int], nn.Module]:
    return lambda inputs: ew.KAN([inputs, *HIDDEN, 1], basis=basis, init=init)


def _make_mlp(activation: str) -> Callable[[int], nn.Module]:
    def make(inputs: int) -> nn.Module:
        size = count(_make_kan(BASES["B-spline"], "variance")(inputs))
        return ew.MLP.matching(size, inputs, 1, depth=len(HIDDEN), activation=activation)

    return make


INITS = ("variance", "power")
CANDIDATES: Mapping[str, Candidate] = {
    f"{c.name}, {c.init}": c
    for c in (
        *(
            Candidate(name, init, _make_kan(basis, init))
            for name, basis in BASES.items()
            for init in INITS
        ),
        *(Candidate(f"MLP {act}", "torch", _make_mlp(act)) for act in ("tanh", "silu")),
    )
}
