"""Tasks that are shown one after another, without replay."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from edgewise.datasets import mnist

CENTRES = (-0.8, -0.4, 0.0, 0.4, 0.8)
TASKS = 5
Pair = tuple[Tensor, Tensor]


@dataclass(frozen=True)
class Stream:
    """Tasks in their order.

    Attributes:
        train, test: x and y of each task.
        outputs: of a model for all of them.
    """

    train: list[Pair]
    test: list[Pair]
    outputs: int

    @property
    def inputs(self) -> int:
        """Features of x."""
        return self.train[0][0].shape[1]


def peaks() -> Stream:
    """Five Gaussians exp(-300 (x - c)²), each shown on its own fifth of [-1, 1] at 100 points."""
    tasks = []
    for centre in CENTRES:
        x = torch.linspace(centre - 0.2, centre + 0.2, 100)[:, None]
        tasks.append((x, torch.stack([torch.exp(-300 * (x - c) ** 2) for c in CENTRES]).sum(0)))
    return Stream(tasks, tasks, 1)


def split_mnist(by: str, rows: int, seed: int) -> Stream:
    """The digits 0 and 1, then 2 and 3, and so on.

    Args:
        by: "class": the answer is the digit, of ten. "domain": the answer is whether it is odd.
        rows: training images of each task; 0 for all. All test images count.
    """
    data, generator = mnist(), torch.Generator().manual_seed(seed)

    def take(part: Pair, task: int, most: int) -> Pair:
        x, y = part
        mine = (y // 2 == task).nonzero()[:, 0]
        if most:
            mine = mine[torch.randperm(len(mine), generator=generator)[:most]]
        return x[mine], (y[mine] if by == "class" else y[mine] % 2)

    train = [take(data.train, task, rows) for task in range(TASKS)]
    test = [take(data.test, task, 0) for task in range(TASKS)]
    return Stream(train, test, 10 if by == "class" else 2)


def permuted_mnist(rows: int, seed: int) -> Stream:
    """All digits, with pixels in the order of the images, then in four random orders."""
    data, generator = mnist(), torch.Generator().manual_seed(seed)
    train, test = [], []
    for task in range(TASKS):
        order = torch.arange(784)
        if task:
            order = torch.randperm(784, generator=generator)
        mine = torch.randperm(len(data.x_train), generator=generator)[: rows or None]
        train.append((data.x_train[mine][:, order], data.y_train[mine]))
        test.append((data.x_test[:, order], data.y_test))
    return Stream(train, test, 10)


STREAMS = ("peaks", "split-class", "split-domain", "permuted")


def make_stream(name: str, rows: int, seed: int) -> Stream:
    """The stream of that name."""
    if name == "peaks":
        return peaks()
    if name == "permuted":
        return permuted_mnist(rows, seed)
    return split_mnist(name.removeprefix("split-"), rows, seed)
