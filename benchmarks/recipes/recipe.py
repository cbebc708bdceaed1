"""A recipe, and the training of one model that a seed makes of it."""

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
"""Of a recipe in which a network may begin with the answer 0."""
WITH_RAW = (*WITH_ZERO, "kan-zero-raw")
"""Of a recipe whose inputs move away while the model learns, so that the first ones tell little."""
WITH_ENCODER = (*COMPARED, "kan-encoder")
"""Of a recipe that narrows its inputs and widens them again: a KAN narrows, an MLP widens."""
NETWORKS = tuple(dict.fromkeys((*WITH_RAW, *WITH_ENCODER)))
"""All of them."""


class Training(Protocol):
    """A model while it is trained.

    Attributes:
        model: whose parameters are trained.
    """

    model: nn.Module

    def loss(self, step: int) -> Tensor:
        """The scalar to minimise; steps count from 0."""

    def metric(self) -> float:
        """What the model is judged by."""


@dataclass(frozen=True)
class Recipe:
    """A kind of model with networks inside.

    Attributes:
        name: on the command line and in the CSV.
        model: for people to read.
        metric: its name.
        higher: whether a higher metric is better.
        steps: of Adam.
        networks: that are compared in it.
        start: ``start(network, seed, steps)``, the model with networks of that name, untrained.
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
