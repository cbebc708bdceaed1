"""A task and the problem that a seed makes of it: rows, a model around networks, and its losses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

MakeBlock = Callable[[int, int], nn.Module]
"""From numbers of inputs and outputs to a network, (*, inputs) → (*, outputs)."""
Build = Callable[[MakeBlock, int], nn.Module]
SMALL, IMAGE = 2_500, 12_000
"""Parameters of a network, and of one that looks at images."""
ROWS = 2_000
"""Rows to train with, and rows to test with, where a generator makes them."""


@dataclass(frozen=True)
class Problem:
    """What one seed makes of a task.

    Attributes:
        train: tensors whose first dimension is rows; a batch is the same rows of each.
        test: the same of rows that nothing is trained with. It may have other tensors than
            ``train``, such as the true probabilities of the next token.
        blocks: inputs and outputs of each network that the model holds.
        build: ``build(make_block, seed)``, the model, whose networks ``make_block`` makes.
        loss: ``loss(model, *batch)``, a scalar to minimise.
        error: ``error(model, *test)``, the scalar that a task is judged by, at least 0 but for
            chance. 1 is the variance of the targets, or a nat.
        parameters: of the MLP that each network is compared with.

    Neither loss nor error asks a model for anything but ``model(x)``, so that they can be given a
    function instead, such as one that calls ``torch.func.functional_call``.
    """

    train: tuple[Tensor, ...]
    test: tuple[Tensor, ...]
    blocks: tuple[tuple[int, int], ...]
    build: Build
    loss: Callable[..., Tensor]
    error: Callable[..., Tensor]
    parameters: int = SMALL

    @torch.no_grad()
    def score(self, model: Callable[..., Tensor], *test: Tensor) -> float:
        """The error as a number."""
        return float(self.error(model, *test))


@dataclass(frozen=True)
class Task:
    """A kind of problem.

    Attributes:
        name: of it, on the command line and in the CSV.
        family: one of six.
        make: the problem of a seed; the same seed makes the same problem.
    """

    name: str
    family: str
    make: Callable[[int], Problem]


def seeded(make_model: Callable[[MakeBlock], nn.Module]) -> Build:
    """A build that draws everything from its seed and leaves torch's generator as it was."""

    def build(make_block: MakeBlock, seed: int) -> nn.Module:
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(seed)
            return make_model(make_block)

    return build


def regression(
    x: tuple[Tensor, Tensor], y: tuple[Tensor, Tensor], parameters: int = SMALL
) -> Problem:
    """A problem whose model is the network itself and whose loss is the squared error.

    Targets get mean 0 and deviation 1 on the training rows, all outputs by the same two numbers.

    Args:
        x, y: of the rows to train and to test with, each (rows, features).
    """
    mean, deviation = y[0].mean(), y[0].std()
    train, test = ((part - mean) / deviation for part in y)
    return _alone(x, (train, test), train.shape[1], squared_error, parameters)


def classification(
    x: tuple[Tensor, Tensor], y: tuple[Tensor, Tensor], classes: int, parameters: int = SMALL
) -> Problem:
    """A problem whose model is the network itself and whose loss is the cross entropy.

    Args:
        x: of the rows to train and to test with, each (rows, features).
        y: the same rows' classes, each (rows,).
    """
    return _alone(x, y, classes, cross_entropy, parameters)


def _alone(
    x: tuple[Tensor, Tensor],
    y: tuple[Tensor, Tensor],
    outputs: int,
    loss: Callable[..., Tensor],
    parameters: int,
) -> Problem:
    ends = x[0].shape[1], outputs
    train, test = zip((x[0].float(), x[1].float()), y, strict=True)
    build = seeded(lambda make_block: make_block(*ends))
    return Problem(train, test, (ends,), build, loss, loss, parameters)


def squared_error(model: Callable[..., Tensor], *batch: Tensor) -> Tensor:
    """The mean of (model(x) - y)², where y is the batch's last tensor and x all before it."""
    return F.mse_loss(model(*batch[:-1]), batch[-1].float())


def cross_entropy(model: Callable[..., Tensor], *batch: Tensor) -> Tensor:
    """The mean cross entropy of classes, which are the batch's last tensor.

    Shape:
        model: (rows, *, classes); classes: (rows, *)
    """
    return F.cross_entropy(model(*batch[:-1]).flatten(0, -2), batch[-1].flatten())


def divergence(model: Callable[..., Tensor], *batch: Tensor) -> Tensor:
    """KL(p ‖ softmax(model(x))), where p, the true probabilities, is the batch's last tensor."""
    log_q, p = model(*batch[:-1]).log_softmax(-1), batch[-1]
    return (torch.special.xlogy(p, p) - p * log_q).sum(-1).mean()


def standardise(train: Tensor, test: Tensor) -> tuple[Tensor, Tensor]:
    """Columns with mean 0 and deviation 1 on the training rows; a constant one becomes 0."""
    mean, deviation = train.mean(0), train.std(0)
    deviation = torch.where(deviation > 0, deviation, torch.ones_like(deviation))
    return (train - mean) / deviation, (test - mean) / deviation


def halve(rows: Tensor, at: int = ROWS) -> tuple[Tensor, Tensor]:
    """The first rows, to train with, and the others."""
    return rows[:at], rows[at:]
