"""Random target functions: networks, sums of curves, a Gaussian process."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from itertools import pairwise

import torch
from torch import Tensor
from torch.nn import functional as F

from benchmarks.drop_in.problem import ROWS, Problem, Task, halve, regression, standardise

WAVES = 4
"""The number of sines in a curve."""
FEATURES = 500
"""The number of random Fourier features that approximate a Gaussian process."""


def perceptron(
    x: Tensor, widths: Sequence[int], act: Callable[[Tensor], Tensor], gain: float, seed: int
) -> Tensor:
    """A random MLP; weights have standard deviation gain / √inputs, and biases 0.5."""
    g = torch.Generator().manual_seed(seed)
    for layer, (a, b) in enumerate(pairwise(widths)):
        x = act(x) if layer else x
        x = x @ (torch.randn(a, b, generator=g) * gain / math.sqrt(a))
        x = x + 0.5 * torch.randn(b, generator=g)
    return x


def curves(x: Tensor, outputs: int, g: torch.Generator) -> Tensor:
    """Sums of random curves, one curve for each input and output; every sum has deviation 1.

    A curve is a sum of four sines; frequencies are at most 5, and amplitudes fall with them.
    """
    shape = x.shape[1], outputs, WAVES
    frequency = 5 * torch.rand(shape, generator=g)
    phase = 2 * math.pi * torch.rand(shape, generator=g)
    size = torch.randn(shape, generator=g) / (1 + frequency)
    y = (size * (x[:, :, None, None] * frequency + phase).sin()).sum((1, 3))
    return (y - y.mean(0)) / y.std(0)


def _tanh(seed: int) -> Problem:
    x = torch.randn(2 * ROWS, 20, generator=torch.Generator().manual_seed(seed))
    return regression(halve(x), halve(perceptron(x, (20, 16, 1), torch.tanh, 1.5, seed + 1)))


def _deep_silu(seed: int) -> Problem:
    x = torch.randn(2 * ROWS, 10, generator=torch.Generator().manual_seed(seed))
    return regression(halve(x), halve(perceptron(x, (10, 24, 24, 24, 3), F.silu, 2.0, seed + 1)))


def _curves(seed: int) -> Problem:
    g = torch.Generator().manual_seed(seed)
    x = 2 * torch.rand(2 * ROWS, 5, generator=g) - 1
    return regression(halve(x), halve(curves(curves(x, 3, g) / 2, 1, g)))


def _gaussian_process(seed: int) -> Problem:
    """A draw from a Gaussian process with the kernel exp(-|x - x'|² / 2ℓ²), ℓ = 1.5."""
    g = torch.Generator().manual_seed(seed)
    x = torch.randn(2 * ROWS, 3, generator=g)
    frequency = torch.randn(3, FEATURES, generator=g) / 1.5
    phase = 2 * math.pi * torch.rand(FEATURES, generator=g)
    weight = torch.randn(FEATURES, 1, generator=g)
    return regression(halve(x), halve((x @ frequency + phase).cos() @ weight))


def _raw_columns(seed: int) -> Problem:
    """A tanh network of uniform numbers, which are then transformed to very different columns."""
    g = torch.Generator().manual_seed(seed)
    u = torch.rand(2 * ROWS, 8, generator=g).clamp(1e-4, 1 - 1e-4)
    y = perceptron(2 * u - 1, (8, 16, 1), torch.tanh, 3.0, seed + 1)
    normal = math.sqrt(2) * torch.erfinv(2 * u - 1)
    raw = torch.stack([
        (10 + normal[:, 0]).exp(),  # an income
        -30 * (1 - u[:, 1]).log(),  # a time to wait
        (1900 + 125 * u[:, 2]).floor(),  # a year
        (-4 * (1 - u[:, 3]).log()).floor(),  # a count
        u[:, 4].pow(4),  # a share, mostly near 0
        (math.pi * (u[:, 5] - 0.5)).tan().clamp(-30, 30),  # a change with outliers
        1013 + 12 * normal[:, 6],  # a pressure
        1e-6 * (1 + u[:, 7]),  # a length in metres
    ], dim=1)  # fmt: skip
    return regression(standardise(*halve(raw)), halve(y))


TEACHERS = (
    Task("teacher-tanh", "teachers", _tanh),
    Task("teacher-silu", "teachers", _deep_silu),
    Task("teacher-curves", "teachers", _curves),
    Task("teacher-process", "teachers", _gaussian_process),
    Task("teacher-raw", "teachers", _raw_columns),
)
