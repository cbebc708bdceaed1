"""Collect the losses of steps into rows of the history, read from the device in groups."""

from __future__ import annotations

import math
from typing import Any

import torch

from edgewise.training.history import History
from edgewise.training.objective import to_floats

StepValues = tuple[Any, ...]  # loss, regularization, one value per training metric


class Recorder:
    """Collects what steps and rows have to say and reads it from the device in groups.

    Args:
        step: number of steps done before.
        train_metrics: whether the values of a step include metrics.
    """

    def __init__(self, history: History, step: int, train_metrics: bool) -> None:
        self.history = history
        self.step = step
        self.train_metrics = train_metrics
        self.metric_names: list[str] = []
        self.latest: list[float] = []
        self.waiting = 0
        self._events: list[tuple[StepValues, Any] | dict[str, Any]] = []
        self._mean: list[float] = []
        self._weight = 0.0

    def add(self, values: StepValues, size: Any) -> None:
        """One step: its values, averages over `size` samples (an int or a tensor)."""
        self._events.append((values, size))
        self.waiting += 1

    def close_row(self, validation: dict[str, float], **known: Any) -> None:
        """End the current row, which averages the steps since the previous one.

        Args:
            known: the row but for the losses, which may still be on a GPU.
        """
        self._events.append(known | {"validation": validation})

    def flush(self) -> int | None:
        """Record everything that is waiting.

        Returns:
            None, or the first step whose loss is not finite; nothing after it is recorded.
        """
        events, self._events, self.waiting = self._events, [], 0
        steps = [event for event in events if isinstance(event, tuple)]
        numbers = iter(to_floats([v for values, size in steps for v in (*values, size)]))
        for event in events:
            if isinstance(event, dict):
                self._record(**event)
                continue
            self.step += 1
            values = [next(numbers) for _ in event[0]]
            if not math.isfinite(values[0]):
                return self.step
            self._average(values, next(numbers))
        return None

    def _average(self, values: list[float], size: float) -> None:
        self.latest = values
        self._weight += size
        # A running mean: a row of one step holds that step's loss to the last bit.
        weight = size / self._weight
        mean = self._mean or [0.0] * len(values)
        self._mean = [m + (v - m) * weight for m, v in zip(mean, values, strict=True)]

    def _record(self, validation: dict[str, float], **known: Any) -> None:
        known["loss"], known["regularization"], *metrics = self._mean
        known["val_loss"] = validation.get("loss", math.nan)
        if self.train_metrics:
            named = dict(zip(self.metric_names, metrics, strict=True))
        else:
            named = dict.fromkeys(self.metric_names, math.nan)
            named |= {name: value for name, value in validation.items() if name != "loss"}
        self.history._append(known, named)
        self._mean, self._weight = [], 0.0

    def state(self) -> dict[str, Any]:
        """The unfinished row; call `flush` before."""
        return {"mean": torch.tensor(self._mean, dtype=torch.float64), "weight": self._weight}

    def restore(self, state: dict[str, Any]) -> None:
        """Go on with the unfinished row in `state`."""
        self._mean, self._weight = state["mean"].tolist(), float(state["weight"])
