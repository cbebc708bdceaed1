"""`Run`: everything that a training run is made of, checked and built by `fit`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import Parameter
from torch.optim import Optimizer
from torch.optim.lr_scheduler import LRScheduler

from edgewise.training.best import BestWeights
from edgewise.training.continual import Continual
from edgewise.training.data import Batches
from edgewise.training.distributed import Ranks
from edgewise.training.frozen_parameters import Hold
from edgewise.training.history import History
from edgewise.training.objective import Objective
from edgewise.training.options import Checkpoints, Duration
from edgewise.training.precision import Precision
from edgewise.training.row_steps import RowSteps

Callback = Callable[[nn.Module, History], Any]
Penalty = Callable[[nn.Module, Tensor], Tensor]
Regularizer = Penalty | Sequence[Penalty]


@dataclass(frozen=True)
class Run:
    """Everything that a run is made of, checked and built by `fit`.

    Attributes:
        forward: what training calls: `model` itself, or DistributedDataParallel around it.
        params: the parameters that are trained.
        hold: what of the model stays fixed, and what is drawn back.
        review: the training data once more, in order, for the option `continual`; None without it.
        by_rows: steps of least squares, which need the rows of a batch; None for other optimizers.
        in_units: whether parameters have other values within a step
            (:func:`.target_units.steps_in_units`).
    """

    model: nn.Module
    forward: nn.Module
    params: list[Parameter]
    duration: Duration
    batches: Batches
    validation: Batches | None
    review: Batches | None
    objective: Objective
    optimizer: Optimizer
    scheduler: LRScheduler | None
    regularizer: Regularizer | None
    best: BestWeights | None
    max_grad_norm: float | None
    callbacks: list[Callback]
    precision: Precision
    ranks: Ranks
    device: torch.device
    checkpoints: Checkpoints | None
    grid_update_every: int | None
    progress: bool
    continual: Continual | None
    hold: Hold = field(default_factory=Hold)
    by_rows: RowSteps | None = None
    in_units: bool = False

    def count_steps(self) -> int | None:
        """Steps of the whole run, None if nobody knows."""
        return self.duration.count_steps(self.batches.length)


def is_true(answer: Any) -> bool:
    """Whether a callback answers True: by Python's, NumPy's or torch's boolean.

    What a function happens to return, such as the number of characters that it wrote, ends no run.
    """
    kind = getattr(answer, "dtype", type(answer).__name__)
    return str(kind) in ("bool", "torch.bool") and bool(torch.as_tensor(answer).all())


def list_callbacks(callbacks: Any) -> list[Callback]:
    """The callbacks as a list; ValueError if one can't be called."""
    listed = list(callbacks) if isinstance(callbacks, Iterable) else [callbacks]
    listed = [] if callbacks is None else listed
    for callback in listed:
        if not callable(callback):
            raise ValueError(
                "callbacks expected functions (model, history) -> whether to stop, got "
                f"{type(callback).__name__}: pass a function or a list of them"
            )
    return listed
