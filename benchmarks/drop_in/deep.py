"""Variants of the default KAN: residual blocks, norms between layers, more or fewer cells."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from torch import Tensor, nn

import edgewise as ew


class ResidualKAN(nn.Module):
    """A KAN whose hidden layers add to their inputs: h ← h + L(h).

    The output of L is 0 at first, so a deep network starts as a shallow one.

    Args:
        widths: the inputs, the hidden widths, all equal, and the outputs.
    """

    def __init__(self, widths: Sequence[int], **common: Any) -> None:
        super().__init__()
        first, *hidden, last = widths
        self.first = ew.KAN([first, hidden[0]], **common)
        self.blocks = nn.ModuleList(
            ew.KANLinear(width, width, init="zero", **common) for width in hidden[1:]
        )
        self.last = ew.KANLinear(hidden[-1], last, **common)

    def forward(self, x: Tensor) -> Tensor:
        h = self.first(x)
        for block in self.blocks:
            h = h + block(h)
        return self.last(h)


def _make_normalized(norm: str, widths: Sequence[int], **common: Any) -> nn.Module:
    """Make the default KAN with this normalisation before every layer but the first."""
    model = ew.KAN(widths, **common)
    for layer in model.stack()[1:]:
        layer.set_norm(norm, common.get("device"))
        layer.reset_parameters()
    return model


def _make_with_cells(cells: int, widths: Sequence[int], **common: Any) -> nn.Module:
    """Make the default KAN with this number of cells in its splines."""
    basis = ew.BSpline(**{**ew.BSpline.named, "grid": cells}, linear_tails=True)
    return ew.KAN(widths, basis=basis, **common)


CELLS = (1, 6, 12)
DEEP: Mapping[str, Callable[..., nn.Module]] = {
    "kan-residual": ResidualKAN,
    **{f"kan-{norm}": partial(_make_normalized, norm) for norm in ("layer", "tanh")},
    **{f"kan-{cells}-cells": partial(_make_with_cells, cells) for cells in CELLS},
}
