"""What is timed: the KANs of the comparison, their targets, and the shapes and batches."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import torch
from torch import nn

import edgewise as ew
from edgewise.models import KAN, MLP

SHAPES = ("784-64-10", "784-256-10", "256-256-256", "1000-1000-1", "2-5-1")
BATCHES = (64, 256, 1024, 8192)
SMALL_SHAPE, SMALL_BATCH = "2-5-1", 1000
"""pykan's first example, timed at its own batch unless batches are asked for."""


@dataclass(frozen=True)
class Row:
    """One KAN of the comparison.

    Attributes:
        key: its name on the command line.
        label: its name in tables and charts.
        build: makes the network from its widths.
        active: basis functions that are not zero at a point, per input feature.
        targets: greatest ratio to the MLP that is accepted for forward+backward, by batch.
    """

    key: str
    label: str
    build: Callable[[Sequence[int]], KAN]
    active: int
    targets: dict[int, float] = field(default_factory=dict)


def _kan(basis: ew.Basis, norm: str | None) -> Callable[[Sequence[int]], KAN]:
    return lambda widths: KAN(widths, basis=basis, norm=norm)


def _spline(grid: int, degree: int, *targets: float) -> Row:
    # The inputs are standard normal, and so are hidden values at the start: on [-3, 3] the splines
    # do their full work for 99.7 % of them. On [-1, 1] a third would fall outside, for nothing.
    name = {1: "linear", 3: "cubic"}[degree]
    return Row(
        f"{name}{grid}",
        f"{name} B-spline, grid {grid}",
        _kan(ew.BSpline(grid, degree, -3.0, 3.0), None),
        degree + 1,
        dict(zip((1024, 64), targets, strict=True)),
    )


_GLOBAL = {1024: 1.15, 64: 1.3}

ROWS = {
    row.key: row
    for row in (
        _spline(5, 3, 0.7, 1.0),
        _spline(8, 3, 0.7, 1.0),
        _spline(16, 3, 0.4, 0.6),
        _spline(64, 3, 0.15, 0.3),
        _spline(8, 1, 0.5, 0.8),
        Row("gaussian8", "Gaussian 8 (FastKAN)", ew.FastKAN, 8, _GLOBAL),
        Row("rswaf8", "RSWAF 8 (FasterKAN)", ew.FasterKAN, 8, _GLOBAL),
        Row("legendre3", "Legendre 3", _kan(ew.Legendre(3), "tanh"), 4, _GLOBAL),
        Row("chebyshev9", "Chebyshev 9", _kan(ew.Chebyshev(9), "tanh"), 10, _GLOBAL),
    )
}


def parse_rows(text: str) -> list[Row]:
    """``cubic5,gaussian8`` as rows.

    Raises:
        ValueError: for a name that there isn't.
    """
    names = [part.strip() for part in text.split(",")]
    if unknown := [name for name in names if name not in ROWS]:
        raise ValueError(f"expected rows among {', '.join(ROWS)}; got {', '.join(unknown)!r}")
    return [ROWS[name] for name in dict.fromkeys(names)]


def parse_shapes(text: str) -> list[str]:
    """``784-64-10,2-5-1`` as shapes.

    Raises:
        ValueError: if one isn't at least two positive widths.
    """
    shapes = [part.strip() for part in text.split(",")]
    for shape in shapes:
        parts = shape.split("-")
        if len(parts) < 2 or not all(p.isdecimal() and int(p) > 0 for p in parts):
            raise ValueError(f"expected shapes such as 784-64-10,2-5-1; got {shape!r}")
    return list(dict.fromkeys(shapes))


def parse_counts(text: str, what: str) -> list[int]:
    """``64,1024`` as positive integers.

    Raises:
        ValueError: if one isn't.
    """
    parts = [part.strip() for part in text.split(",")]
    if not all(p.isdecimal() and int(p) > 0 for p in parts):
        raise ValueError(f"expected {what} such as 64,1024; got {text!r}")
    return list(dict.fromkeys(int(p) for p in parts))


def parse_threads(text: str, cores: int) -> list[int]:
    """``all,1`` as thread counts, ``all`` being ``cores``."""
    named = [str(cores) if part.strip() == "all" else part for part in text.split(",")]
    return parse_counts(",".join(named), "threads (or the word all)")


def widths_of(shape: str) -> list[int]:
    """``784-64-10`` as widths."""
    return [int(part) for part in shape.split("-")]


def cells(shapes: Sequence[str], batches: Sequence[int] | None) -> list[tuple[str, int]]:
    """(shape, batch) to be timed; without ``batches``, the ones that the issue names."""
    pairs = []
    for shape in shapes:
        own = (SMALL_BATCH,) if shape == SMALL_SHAPE else BATCHES
        pairs += [(shape, batch) for batch in batches or own]
    return pairs


def build(row: Row, widths: Sequence[int]) -> KAN:
    """The row's network with the weights of seed 0; the global generator is left alone."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        return row.build(widths)


def matching_mlp(model: nn.Module, widths: Sequence[int]) -> MLP:
    """The two-layer ReLU network with as many parameters, between the same ends."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        return MLP.matching(count(model), widths[0], widths[-1])


def count(model: nn.Module, *, trainable: bool = False) -> int:
    """Number of parameters."""
    return sum(p.numel() for p in model.parameters() if p.requires_grad or not trainable)


def inputs(widths: Sequence[int], batch: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Standard normal inputs and an upstream gradient, always the same."""
    generator = torch.Generator().manual_seed(1)
    x = torch.randn(batch, widths[0], generator=generator)
    return x, torch.randn(batch, widths[-1], generator=generator)


def flops(row: Row, model: KAN, batch: int, *, backward: bool) -> int:
    """Floating-point operations that the basis needs, two for each multiply-add.

    A value of the forward pass costs as many again for the gradient of its coefficient and, if
    the gradient of the layer's input is wanted, as many again for that. The first layer's isn't,
    unless a normalisation with parameters stands before its basis.
    """
    total = 0
    for k, each in enumerate(model.layers):
        layer: Any = each
        learns = layer.norm is not None and any(True for _ in layer.norm.parameters())
        spline = 1 + backward * (2 if k or learns else 1)
        base = 1 + backward * (2 if k else 1)
        edge = row.active * spline + (layer.base_weight is not None) * base
        total += 2 * batch * layer.in_features * layer.out_features * edge
    return total
