"""The windows that a convolution's kernel sees: their number, and some of them cut out."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import product

import torch
import torch.nn.functional as F
from torch import Tensor

Pads = tuple[tuple[int, int], ...]
"""How many zeros there are before and behind, for each dimension."""


@dataclass(frozen=True)
class PaddedBox:
    """Some samples, or a box of their positions, and the zeros around it that windows see.

    Shape:
        values: (samples, channels, *size)
    """

    values: Tensor
    pads: Pads


@dataclass(frozen=True)
class Kernel:
    """The positions that a kernel looks at, one number for each dimension."""

    size: tuple[int, ...]
    stride: tuple[int, ...]
    dilation: tuple[int, ...]

    def count_outputs(self, part: PaddedBox) -> tuple[int, ...]:
        """How often the kernel fits, for each dimension; below 1 where it never does."""
        lengths = zip(part.values.shape[2:], part.pads, strict=True)
        own = zip(self.size, self.stride, self.dilation, strict=True)
        return tuple(
            (n + before + behind - d * (k - 1) - 1) // s + 1
            for (n, (before, behind)), (k, s, d) in zip(lengths, own, strict=True)
        )

    def halve(self, part: PaddedBox) -> tuple[int, PaddedBox, PaddedBox] | None:
        """The dimension of the outputs to divide, and two parts with half of the outputs each.

        Samples are divided first, then the first dimension that has more than one output. None if
        there is only one output.
        """
        samples, outputs = len(part.values), self.count_outputs(part)
        if samples > 1:  # split's derivative puts both halves together without adding anything
            halves = part.values.split([samples // 2, samples - samples // 2])
            first, second = (PaddedBox(half, part.pads) for half in halves)
            return 0, first, second
        for dim, count in enumerate(outputs):
            if count > 1:
                middle = count // 2
                first = self._narrow(part, dim, 0, middle)
                return dim + 2, first, self._narrow(part, dim, middle, count)
        return None

    def _narrow(self, part: PaddedBox, dim: int, first: int, end: int) -> PaddedBox:
        """What the outputs from ``first`` to before ``end`` of one dimension see."""
        before, _ = part.pads[dim]
        reach = self.dilation[dim] * (self.size[dim] - 1) + 1
        begin = first * self.stride[dim] - before
        length = (end - 1 - first) * self.stride[dim] + reach
        n = part.values.shape[dim + 2]
        lo, hi = min(max(begin, 0), n), min(max(begin + length, 0), n)
        ahead = min(max(-begin, 0), length)
        pads = list(part.pads)
        pads[dim] = (ahead, length - ahead - (hi - lo))
        return PaddedBox(part.values.narrow(dim + 2, lo, hi - lo), tuple(pads))

    def cut(self, part: PaddedBox) -> Tensor:
        """The window of every output.

        Shape:
            (samples, channels, *size) → (samples, *outputs, channels · kernel)
        """
        outputs, values = self.count_outputs(part), part.values
        if any(map(any, part.pads)):
            values = F.pad(values, widths(part.pads))
        values = values.movedim(1, -1)
        pieces = []
        for offsets in product(*(range(k) for k in self.size)):
            box = [slice(None)]
            for offset, count, s, d in zip(
                offsets, outputs, self.stride, self.dilation, strict=True
            ):
                box.append(slice(offset * d, offset * d + (count - 1) * s + 1, s))
            pieces.append(values[tuple(box)])
        return torch.stack(pieces, -1).flatten(-2)

    @property
    def positions(self) -> int:
        """How many positions a window has."""
        return math.prod(self.size)


def widths(pads: Pads) -> list[int]:
    """The pads in the order of :func:`torch.nn.functional.pad`: the last dimension first."""
    return [width for pair in reversed(pads) for width in pair]
