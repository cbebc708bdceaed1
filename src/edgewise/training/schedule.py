"""The learning rate of a run, and when a schedule of torch's changes it."""

from __future__ import annotations

import warnings
from collections.abc import Callable

from torch.optim import Optimizer
from torch.optim.lr_scheduler import CyclicLR, LRScheduler, OneCycleLR, ReduceLROnPlateau


class Schedule:
    """The learning rate, which a scheduler changes once per row of the history, if there is one.

    Args:
        by_epoch: whether a row is an epoch. Schedulers that count steps change it at each one then.
    """

    def __init__(self, optimizer: Optimizer, scheduler: LRScheduler | None, by_epoch: bool) -> None:
        self.optimizer, self.scheduler = optimizer, scheduler
        self.by_step = by_epoch and isinstance(scheduler, CyclicLR | OneCycleLR)
        self._last = 0.0  # The rate of the last step.

    @property
    def rate(self) -> float:
        """The present rate of the first group of parameters."""
        return float(self.optimizer.param_groups[0]["lr"])

    @property
    def rate_of_row(self) -> float:
        """The rate that the last step of a row was made with."""
        return self._last if self.by_step else self.rate

    def end_step(self) -> None:
        """Change the rate after a step, if it is changed at each one."""
        if self.by_step:
            self._last = self.rate
            self._advance()

    def end_row(self, find_loss: Callable[[], float | None]) -> None:
        """Change the rate after a row.

        Args:
            find_loss: what tells the row's loss to a schedule that needs it; None if it is unknown.
        """
        if not isinstance(self.scheduler, ReduceLROnPlateau):
            if not self.by_step:
                self._advance()
        elif (loss := find_loss()) is not None:
            self.scheduler.step(loss)

    def _advance(self) -> None:
        if self.scheduler is None:
            return
        if getattr(self.optimizer, "_opt_called", False):
            self.scheduler.step()
            return
        with warnings.catch_warnings():
            # The first step was skipped by GradScaler, or taken before this run was resumed, but
            # torch thinks that optimizer.step() was forgotten.
            warnings.filterwarnings("ignore", "Detected call of `lr_scheduler.step")
            self.scheduler.step()
