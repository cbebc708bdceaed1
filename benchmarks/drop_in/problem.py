"""Tasks and problems: a problem is a task for one seed, with its data, model and losses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from benchmarks.networks import drawn_by

MakeBlock = Callable[[int, int], nn.Module]
"""A function (inputs, outputs) that makes a network, (*, inputs) → (*, outputs)."""
Build = Callable[[MakeBlock, int], nn.Module]
SMALL, IMAGE = 2_500, 12_000
"""Parameters of a network, and of a network for images."""
ROWS = 2_000
"""The number of training rows and of test rows, where they are generated."""


@dataclass(frozen=True)
class Problem:
    """A task for one seed: data, model, loss and test error.

    Attributes:
        train: training tensors with one first dimension, the rows. A batch takes the same rows of
            each tensor.
        test: test tensors. They may be of another kind than those of ``train``, such as the true
            probabilities of the next token.
        blocks: the inputs and outputs of each network inside the model.
        build: ``build(make_block, seed)`` makes the model; ``make_block`` makes its networks.
        loss: ``loss(model, *batch)``, the scalar to minimise.
        error: ``error(model, *test)``, the test error. Its unit is the variance of the targets, or
            nats. Its minimum is 0; estimates may be a little lower.
        parameters: the number of parameters of the MLP that each network is compared with.

    Loss and error only call ``model(x)``. Instead of a module they take any function, such as one
    that calls ``torch.func.functional_call``.
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
        """The test error as a float."""
        return float(self.error(model, *test))


@dataclass(frozen=True)
class Task:
    """A kind of problem.

    Attributes:
        name: its name on the command line and in the CSV.
        family: the name of one of six groups of tasks.
        make: a deterministic function from a seed to a problem.
    """

    name: str
    family: str
    make: Callable[[int], Problem]


def seeded(make_model: Callable[[MakeBlock], nn.Module]) -> Build:
    """A build whose random numbers come from its seed alone; torch's global state is kept."""

    def build(make_block: MakeBlock, seed: int) -> nn.Module:
        with drawn_by(seed):
            return make_model(make_block)

    return build


def regression(
    x: tuple[Tensor, Tensor], y: tuple[Tensor, Tensor], parameters: int = SMALL
) -> Problem:
    """A problem whose model is the network itself and whose loss is the squared error.

    Targets are standardised on the training rows, by one mean and deviation for all outputs.

    Args:
        x, y: inputs and targets, each a pair of training and test rows, (rows, features).
    """
    mean, deviation = y[0].mean(), y[0].std()
    train, test = ((part - mean) / deviation for part in y)
    return _alone(x, (train, test), train.shape[1], squared_error, parameters)


def classification(
    x: tuple[Tensor, Tensor], y: tuple[Tensor, Tensor], classes: int, parameters: int = SMALL
) -> Problem:
    """A problem whose model is the network itself and whose loss is the cross entropy.

    Args:
        x: a pair of training and test inputs, each (rows, features).
        y: a pair of training and test classes, each (rows,).
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
    """The mean cross entropy, where the classes are the batch's last tensor.

    Shape:
        model: (rows, *, classes); classes: (rows, *)
    """
    return F.cross_entropy(model(*batch[:-1]).flatten(0, -2), batch[-1].flatten())


def divergence(model: Callable[..., Tensor], *batch: Tensor) -> Tensor:
    """KL(p ‖ softmax(model(x))), where p, the true probabilities, is the batch's last tensor."""
    log_q, p = model(*batch[:-1]).log_softmax(-1), batch[-1]
    return (torch.special.xlogy(p, p) - p * log_q).sum(-1).mean()


def standardise(train: Tensor, test: Tensor) -> tuple[Tensor, Tensor]:
    """Standardise columns on the training rows; a constant column becomes 0."""
    mean, deviation = train.mean(0), train.std(0)
    deviation = torch.where(deviation > 0, deviation, torch.ones_like(deviation))
    return (train - mean) / deviation, (test - mean) / deviation


def halve(rows: Tensor, at: int = ROWS) -> tuple[Tensor, Tensor]:
    """Split rows into the first ones, for training, and the others, for the test."""
    return rows[:at], rows[at:]
