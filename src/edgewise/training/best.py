"""`BestWeights`: keep the best weights by validation loss, and stop when none better come."""

from __future__ import annotations

import math
from typing import Any

import torch
from torch import Tensor, nn

from edgewise._checks import check_choice
from edgewise.training.losses import RISING
from edgewise.training.objective import Objective
from edgewise.training.options import Stopping


class BestWeights:
    """Remembers the weights of the best evaluation.

    Args:
        patience: after so many evaluations without a better one, training ends.
        monitor: "loss" or the name of a metric.
    """

    def __init__(self, model: nn.Module, patience: int, monitor: str) -> None:
        self.model, self.patience, self.monitor = model, patience, monitor
        self.value = math.nan
        self.step: int | None = None
        self.waited = 0
        self._weights: dict[str, Tensor] = {}

    @property
    def is_exhausted(self) -> bool:
        """Whether there have been too many evaluations without a better one."""
        return self.waited >= self.patience

    def see(self, results: dict[str, float], step: int) -> None:
        """Take the results of an evaluation into account, and the weights if they are the best."""
        check_choice("fit", "monitor", self.monitor, results, "name it in metrics= as well")
        value = results[self.monitor]
        sign = -1.0 if self.monitor in RISING else 1.0
        better = math.isfinite(value) and (self.step is None or sign * value < sign * self.value)
        if not better:
            self.waited += 1
            return
        self.value, self.step, self.waited = value, step, 0
        self._weights = {name: tensor.clone() for name, tensor in self._live().items()}

    def _live(self) -> dict[str, Tensor]:
        named = (*self.model.named_parameters(), *self.model.named_buffers())
        return {name: tensor.detach() for name, tensor in named}

    @torch.no_grad()
    def put_back(self) -> None:
        """Give the model the best weights, if there was an evaluation."""
        live = self._live()
        for name, tensor in self._weights.items():
            live[name].copy_(tensor)

    def state(self) -> dict[str, Any]:
        """What a resumed run has to know."""
        return {
            "value": self.value,
            "step": self.step,
            "waited": self.waited,
            "weights": dict(self._weights),
        }

    def restore(self, state: dict[str, Any]) -> None:
        """Go on from what `state` returned.

        Raises:
            KeyError, RuntimeError: it belongs to another model.
        """
        live = self._live()
        weights = {k: torch.empty_like(live[k]).copy_(v) for k, v in state["weights"].items()}
        self.value, self.step, self.waited = state["value"], state["step"], state["waited"]
        self._weights = weights


def build_best(
    model: nn.Module, stopping: Stopping | None, objective: Objective, validated: bool
) -> BestWeights | None:
    """What `fit` was asked to watch; None for nothing."""
    if stopping is None:
        return None
    if not validated:
        raise ValueError(
            "patience expected validation data, got none: pass val=(x, y) of rows that are not "
            "trained on"
        )
    name = (stopping.monitor or "loss").removeprefix("val_")
    known = ["loss", *(objective.comparable() or RISING[:1])]
    remedy = "name a metric of metrics= that edgewise knows, or end the training by a callback"
    check_choice("fit", "monitor", name, known, remedy)
    return BestWeights(model, stopping.patience, name)
