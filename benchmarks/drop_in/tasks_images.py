"""Small images with pixels in [0, 1], flattened."""

from __future__ import annotations

import math

import torch
from sklearn.datasets import load_digits, load_sample_images
from torch import Tensor
from torch.nn import functional as F

from benchmarks.drop_in.problem import (
    IMAGE,
    ROWS,
    Problem,
    Task,
    classification,
    halve,
    regression,
)
from edgewise.datasets import mnist

DIGITS_TRAIN = 1_200
"""How many of scikit-learn's 1,797 digits are for training."""
SIDE, SHAPES = 12, 5
"""The side of a drawn image, and the number of kinds of shapes."""
PATCH, HOLE = 8, 4
"""The sides of a patch of a photograph, and of the hole in its middle."""


def shuffled_digits(seed: int) -> tuple[Tensor, Tensor]:
    """scikit-learn's digits, shuffled by a seed: pixels (1797, 64) and classes (1797,)."""
    pixels, classes = (torch.from_numpy(part) for part in load_digits(return_X_y=True))
    order = torch.randperm(len(pixels), generator=torch.Generator().manual_seed(seed))
    return pixels[order].float() / 16, classes[order].long()


def _digits(seed: int) -> Problem:
    x, y = shuffled_digits(seed)
    return classification(halve(x, DIGITS_TRAIN), halve(y, DIGITS_TRAIN), 10, IMAGE)


def _repair(seed: int) -> Problem:
    """Reconstruct a digit from a random half of its pixels; the others are set to 0."""
    x, _ = shuffled_digits(seed)
    seen = torch.rand(x.shape, generator=torch.Generator().manual_seed(seed)) < 0.5
    return regression(halve(x * seen, DIGITS_TRAIN), halve(x, DIGITS_TRAIN), IMAGE)


def _mnist(seed: int) -> Problem:
    """MNIST at half its resolution, 14 × 14; random rows of its training set and its test set."""
    data, g = mnist(), torch.Generator().manual_seed(seed)
    x, y = [], []
    for pixels, classes in (data.train, data.test):
        rows = torch.randperm(len(pixels), generator=g)[:ROWS]
        images = (pixels[rows].view(-1, 1, 28, 28) + 1) / 2
        x.append(F.avg_pool2d(images, 2).flatten(1))
        y.append(classes[rows].long())
    return classification((x[0], x[1]), (y[0], y[1]), 10, IMAGE)


def _shapes(seed: int) -> Problem:
    g = torch.Generator().manual_seed(seed)
    kind = torch.randint(SHAPES, (2 * ROWS,), generator=g)
    return classification(halve(draw_shapes(kind, g)), halve(kind), SHAPES, IMAGE)


def draw_shapes(kind: Tensor, g: torch.Generator) -> Tensor:
    """Noisy discs, squares, triangles, rings and crosses, random in place, size, angle and grey.

    Shape:
        (rows,) → (rows, 144)
    """
    even = torch.rand(5, len(kind), 1, generator=g)
    line = torch.linspace(-1, 1, SIDE)
    across, down = (part.flatten() for part in torch.meshgrid(line, line, indexing="xy"))
    size, angle = 0.35 + 0.3 * even[0], even[1] - 0.5
    u, v = across - 0.4 * (even[2] - 0.5), down - 0.4 * (even[3] - 0.5)
    u, v = u * angle.cos() + v * angle.sin(), v * angle.cos() - u * angle.sin()
    radius, square = (u.square() + v.square()).sqrt(), torch.maximum(u.abs(), v.abs())
    distances = torch.stack([
        radius - size,
        square - 0.85 * size,
        torch.maximum(v, math.sqrt(0.75) * u.abs() - 0.5 * v) - 0.6 * size,
        (radius - 0.8 * size).abs() - 0.2 * size,
        torch.maximum(square - 1.1 * size, torch.minimum(u.abs(), v.abs()) - 0.25 * size),
    ])  # fmt: skip
    inside = torch.sigmoid(-16 * distances[kind, torch.arange(len(kind))])
    noise = 0.1 * torch.randn(inside.shape, generator=g)
    return ((0.4 + 0.6 * even[4]) * inside + noise).clamp(0, 1)


def _patches(seed: int) -> Problem:
    """Predict the middle of patches of two photographs from the pixels around it."""
    tiles = torch.cat([_cut(torch.tensor(image)) for image in load_sample_images().images])
    order = torch.randperm(len(tiles), generator=torch.Generator().manual_seed(seed))
    hole = torch.zeros(PATCH, PATCH, dtype=torch.bool)
    edge = (PATCH - HOLE) // 2
    hole[edge:-edge, edge:-edge] = True
    chosen = tiles[order[: 2 * ROWS]]
    return regression(halve(chosen[:, ~hole]), halve(chosen[:, hole]), IMAGE)


def _cut(image: Tensor) -> Tensor:
    """Grey patches without overlap, (height, width, 3) → (patches, 8, 8)."""
    grey = image.float().mean(-1) / 255
    return grey.unfold(0, PATCH, PATCH).unfold(1, PATCH, PATCH).flatten(0, 1)


IMAGES = (
    Task("digits", "images", _digits),
    Task("digits-repair", "images", _repair),
    Task("mnist-small", "images", _mnist),
    Task("shapes", "images", _shapes),
    Task("patches", "images", _patches),
)
