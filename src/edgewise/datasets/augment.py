"""`ShiftedImages`: batches of training images, each shifted at random by a few pixels."""

from __future__ import annotations

from collections.abc import Iterator

import torch
import torch.nn.functional as F
from torch import Tensor


class ShiftedImages:
    """Batches of square images, moved by up to `pixels` up, down, left or right.

    Each pass has a new order and new shifts, out of torch's global generator, as `fit` and its
    checkpoints expect of an iterable. What is moved in from outside has the darkest value of all.
    Quarters of a batch move together, which costs a fraction of moving every image for itself.
    Images that don't fill a last batch wait for another pass.

    Shape:
        x: (N, side²), y: (N,) → batches of (batch_size, side²) and (batch_size,)

    Raises:
        ValueError: the images aren't square, or a batch has more of them than there are.

    Example:
        >>> import torch, edgewise as ew
        >>> x, y = -torch.ones(1600, 9), torch.zeros(1600)
        >>> x[:, 4] = 1.0  # a dot in the middle of 3×3 pixels
        >>> batches = [image for image, _ in ew.datasets.ShiftedImages(x, y, batch_size=4)]
        >>> len(batches), torch.cat(batches).argmax(1).unique().tolist()
        (400, [0, 1, 2, 3, 4, 5, 6, 7, 8])
    """

    def __init__(self, x: Tensor, y: Tensor, batch_size: int, pixels: int = 1) -> None:
        side = round(x.shape[1] ** 0.5) if x.dim() == 2 else 0
        if x.dim() != 2 or side**2 != x.shape[1] or len(x) != len(y):
            raise ValueError(
                f"ShiftedImages expected flat square images (N, side²) and N labels, got "
                f"{tuple(x.shape)} and {tuple(y.shape)}"
            )
        if not 1 <= batch_size <= len(x):
            raise ValueError(
                f"ShiftedImages expected a batch size from 1 to {len(x)}, got {batch_size}"
            )
        self.x, self.y, self.batch_size, self.pixels, self.side = x, y, batch_size, pixels, side
        self.background = float(x.min())

    def __len__(self) -> int:
        """Batches in a pass."""
        return len(self.x) // self.batch_size

    def __iter__(self) -> Iterator[tuple[Tensor, Tensor]]:
        order = torch.randperm(len(self.x))
        for rows in order[: len(self) * self.batch_size].split(self.batch_size):
            parts = self.x[rows].chunk(4)
            yield torch.cat([self._shift(part) for part in parts]), self.y[rows]

    def _shift(self, images: Tensor) -> Tensor:
        n, side = self.pixels, self.side
        padded = F.pad(images.view(-1, side, side), (n, n, n, n), value=self.background)
        down, right = torch.randint(0, 2 * n + 1, (2,)).tolist()
        return padded[:, down : down + side, right : right + side].reshape(len(images), -1)
