"""The networks that are compared, of about as many parameters, and what keeps their knowledge."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import nn

import edgewise as ew
from benchmarks.continual.streams import Stream
from edgewise.nn.init import leave_zero
from edgewise.training import Continual, Memory

IMAGE_BASES = {
    "bspline": ew.BSpline(3),
    "gaussian": ew.Gaussian(6),
    "rswaf": ew.RSWAF(6),
    "legendre": ew.bases.Legendre(5),
    "chebyshev": ew.Chebyshev(5),
    "fourier": ew.Fourier(3),
}
"""Six functions each: with the base branch, seven numbers an edge."""
PEAK_BASES = {
    "bspline": ew.BSpline(97),
    "gaussian": ew.Gaussian(100, -1, 1),
    "rswaf": ew.RSWAF(100, -1, 1, inv_denominator=50.0),
    "chebyshev": ew.Chebyshev(99),
}
MODELS = ("mlp", *IMAGE_BASES, "imagekan")
LOCAL = ("bspline", "gaussian", "rswaf")
HIDDEN = 40
IMAGE_HIDDEN, IMAGE_CENTRES = 263, 5
"""ImageKAN has one function a pixel, and so as many parameters with a wider hidden layer, whose
values get six: 1,578 features of the last layer, where the MLP and the other KANs have 280."""


@dataclass(frozen=True)
class Case:
    """One run: a network, what keeps its knowledge, and how it is trained.

    Attributes:
        method: "plain", "frozen", "anchored" (with its strength) or "moments".
        optimizer: "adam" or "sgd", made anew for each task, or "one adam" for all of them.
        norm: of the KAN layers; "auto" for the basis's own.
        extras: whether layers have a base branch and a bias.
    """

    stream: str
    model: str
    method: str
    strength: float = 0.0
    optimizer: str = "adam"
    norm: str = "auto"
    extras: bool = True
    seed: int = 0


def build(case: Case, stream: Stream) -> nn.Module:
    """The network of a case, with weights that the seed gives."""
    torch.manual_seed(case.seed)
    small = case.stream == "peaks"
    if case.model == "mlp":
        size = 100 if small else _count(_kan(Case(case.stream, "gaussian", ""), stream))
        return ew.MLP.matching(size, stream.inputs, stream.outputs, depth=2 if small else 1,
                               activation="silu" if small else "relu")  # fmt: skip
    return _kan(case, stream)


def _kan(case: Case, stream: Stream) -> nn.Module:
    small = case.stream == "peaks"
    if case.model == "imagekan":
        return ew.presets.ImageKAN([stream.inputs, IMAGE_HIDDEN, stream.outputs], IMAGE_CENTRES)
    local = case.model in LOCAL
    return ew.KAN(
        [stream.inputs, *([] if small else [HIDDEN]), stream.outputs],
        basis=(PEAK_BASES if small else IMAGE_BASES)[case.model],
        norm=None if case.norm == "none" else case.norm,
        base="silu" if case.extras else None,
        bias=case.extras,
        # Peaks: what no data has reached yet is 0.
        init=leave_zero if small and local else "variance",
    )


def _count(model: nn.Module) -> int:
    return sum(p.numel() for p in model.parameters())


def keep(case: Case, memory: Memory | None) -> Continual | None:
    """The option of `fit` that a case asks for."""
    if case.method == "frozen":
        return ew.continual.Frozen(memory)
    if case.method == "anchored":
        return ew.continual.Anchored(case.strength, memory)
    if case.method == "moments":
        return ew.continual.Moments(memory)
    return None
