"""A recipe, and the training of one model of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from torch import Tensor, nn

from benchmarks.drop_in.measure import BATCH, draw_batches
from benchmarks.drop_in.networks import MLPS
from benchmarks.drop_in.problem import MakeBlock, Problem

COMPARED = (*MLPS, "kan")
"""The networks of every recipe."""
WITH_ZERO = (*COMPARED, "kan-zero")
"""The networks of a recipe where an output of 0 at first makes sense."""
WITH_RAW = (*WITH_ZERO, "kan-zero-raw")
"""The networks of a recipe whose inputs drift, so that the first rows aren't representative."""
WITH_ENCODER = (*COMPARED, "kan-encoder")
"""The networks of an autoencoder; in ``kan-encoder`` the encoder is a KAN, the decoder an MLP."""
NETWORKS = tuple(dict.fromkeys((*WITH_RAW, *WITH_ENCODER)))
"""The networks of all recipes."""


class Training(Protocol):
    """A model while it is trained.

    Attributes:
        model: the model whose parameters are trained.
    """

    model: nn.Module

    def loss(self, step: int) -> Tensor:
        """The scalar to minimise at a step, from 0."""

    def metric(self) -> float:
        """The test metric."""


@dataclass(frozen=True)
class Recipe:
    """A kind of model with networks inside.

    Attributes:
        name: its name on the command line and in the CSV.
        model: a description of the model.
        metric: the name of the metric.
        higher: whether a higher metric is better.
        steps: the number of steps of Adam.
        networks: the names of the networks to compare.
        start: ``start(network, seed, steps)`` makes the untrained model with this network inside.
    """

    name: str
    model: str
    metric: str
    higher: bool
    steps: int
    networks: tuple[str, ...]
    start: Callable[[str, int, int], Training]


class Supervised:
    """The training of a problem's model on random batches of its rows."""

    def __init__(
        self, problem: Problem, make_block: MakeBlock, seed: int, steps: int, batch: int = BATCH
    ) -> None:
        self.model = problem.build(make_block, seed)
        self._problem = problem
        self._batches = draw_batches(len(problem.train[0]), steps, seed, batch)

    def loss(self, step: int) -> Tensor:
        rows = self._batches[step]
        return self._problem.loss(self.model, *(part[rows] for part in self._problem.train))

    def metric(self) -> float:
        self.model.eval()
        found = self._problem.score(self.model, *self._problem.test)
        self.model.train()
        return found
