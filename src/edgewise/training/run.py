"""What a training run is made of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.optim import Optimizer
from torch.optim.lr_scheduler import LRScheduler

from edgewise.training.best import BestWeights
from edgewise.training.continual import Continual
from edgewise.training.data import Batches
from edgewise.training.distributed import Ranks
from edgewise.training.frozen_parameters import Hold
from edgewise.training.history import History
from edgewise.training.objective import Objective

Callback = Callable[[nn.Module, History], Any]
Penalty = Callable[[nn.Module, Tensor], Tensor]
Regularizer = Penalty | Sequence[Penalty]


@dataclass
class Plan:
    """Everything that a run is made of, checked and built by `fit`.

    `forward` is what training calls: `model` itself, or DistributedDataParallel around it. `hold`
    is what the option `continual` lets it not move, and `review` the data from which that learns.
    """

    model: nn.Module
    forward: nn.Module
    batches: Batches
    validation: Batches | None
    objective: Objective
    optimizer: Optimizer
    scheduler: LRScheduler | None
    regularizer: Regularizer | None
    best: BestWeights | None
    max_grad_norm: float | None
    callbacks: list[Callback]
    steps: int | None
    epochs: int | None
    autocast: AbstractContextManager[Any]
    scaler: torch.amp.GradScaler | None
    ranks: Ranks
    device: torch.device
    directory: Path | None
    checkpoint_every: int | None
    grid_update_every: int | None
    precision: str | None
    progress: bool
    continual: Continual | None = None
    review: Batches | None = None
    hold: Hold = field(default_factory=Hold)
    params: list[nn.Parameter] = field(init=False)

    def __post_init__(self) -> None:
        self.params = [p for p in self.model.parameters() if p.requires_grad]
