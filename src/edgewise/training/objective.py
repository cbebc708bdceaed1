"""`Objective`: the loss that is minimised, and the metrics beside it."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from edgewise._checks import read_list
from edgewise.training.losses import (
    LOSSES,
    METRICS,
    Loss,
    Metric,
    accuracy,
    automatic,
    bce,
    cross_entropy,
    holds_classes,
    mse,
)

LossSpec = str | Loss | None
MetricsSpec = str | list[str] | Mapping[str, Metric] | None


class Objective:
    """A loss, and the metrics that go with it.

    Args:
        loss: None (by the targets), a name in ``LOSSES``, or a callable
            ``(prediction, target) -> scalar`` that averages over the batch.
        metrics: None (accuracy for a classification without a loss of your own), a name in
            ``METRICS``, a list of names, or a dict of callables ``(prediction, target) -> float``.

    Raises:
        ValueError: an unknown name.
    """

    def __init__(self, loss: LossSpec, metrics: MetricsSpec) -> None:
        self._loss = _resolve_loss(loss)
        # What the default is depends on the predictions: settled at the first batch.
        self.metrics = None if metrics is None else _resolve_metrics(metrics)
        self._kind: str | None = None  # of the targets so far

    def loss(self, prediction: Tensor, target: Tensor, weight: Tensor | None = None) -> Tensor:
        """The loss of a batch, in which samples count by their weights if there are any."""
        if weight is None:
            value: Any = self._loss(prediction, target)
        else:
            _check_takes_weights(self._loss)
            value = self._loss(prediction, target, weight)
        if not isinstance(value, Tensor):
            raise ValueError(
                f"loss expected to give a tensor of one number, got {type(value).__name__}: "
                "compute it with torch operations, without .item() or float()"
            )
        number: Tensor = check_number("loss", value)
        return number

    def settle(self, prediction: Tensor, target: Tensor) -> dict[str, Metric]:
        """The metrics, of which the default is decided by the first batch."""
        if self.metrics is None:
            default = self._is_classification(prediction, target)
            self.metrics = {"accuracy": accuracy} if default else {}
        return self.metrics

    def comparable(self) -> list[str]:
        """The metrics of which it is known whether more is better."""
        return [name for name, f in (self.metrics or {}).items() if METRICS.get(name) is f]

    def _is_classification(self, prediction: Tensor, target: Tensor) -> bool:
        if self._loss is automatic:
            return holds_classes(prediction, target) or target.dtype == torch.bool
        return self._loss is bce or (
            self._loss is cross_entropy and holds_classes(prediction, target)
        )

    def kind(self, prediction: Tensor, target: Tensor) -> str:
        """What the loss takes targets for.

        "classes", "probabilities" of classes, "yes or no", "numbers" for squared errors, or "its
        own" for every other loss.
        """
        if self._loss in (automatic, cross_entropy) and holds_classes(prediction, target):
            return "classes"
        if self._loss is cross_entropy:
            return "probabilities"
        if self._loss is bce or (self._loss is automatic and target.dtype == torch.bool):
            return "yes or no"
        return "numbers" if self._loss in (automatic, mse) else "its own"

    def check_targets(self, prediction: Tensor, target: Tensor) -> None:
        """Raise ValueError for targets of another kind than before, or that no output stands for.

        By default the kind decides which loss it is, and that must not change between batches.
        """
        kind = self.kind(prediction, target)
        self._kind = self._kind or kind
        if self._loss is automatic and kind != self._kind:
            raise ValueError(
                f"expected targets of one kind in all data, got {kind} ({target.dtype}, shape "
                f"{tuple(target.shape)}) after {self._kind}: convert them to one type, or say "
                "which loss it is, such as loss='mse'"
            )
        self._check_classes(prediction, target)

    def _check_classes(self, prediction: Tensor, target: Tensor) -> None:
        """Raise ValueError for classes that the model has no output for.

        On a GPU such a target would end the process by an assertion. Yes and no have to be 0 and 1:
        with -1 and 1, for example, a binary cross entropy has no minimum.
        """
        if target.dtype == torch.bool or not target.numel():
            return
        if self._loss is bce:
            least, most = (float(bound) for bound in target.aminmax())
            if least < 0 or most > 1:
                raise ValueError(
                    f"binary cross entropy expected targets from 0 to 1, got {least:g} … {most:g}: "
                    "pass booleans, for example y > 0"
                )
        elif self._loss in (automatic, cross_entropy) and holds_classes(prediction, target):
            _check_range(target, prediction.shape[-1])


def _check_range(target: Tensor, classes: int) -> None:
    low, high = (int(bound) for bound in target.aminmax())
    if classes > 1 and (low < 0 or high >= classes):
        raise ValueError(
            f"cross entropy expected classes 0 … {classes - 1} for a model with "
            f"{classes} outputs, got {low} … {high}: renumber the classes, or "
            "give the model more outputs"
        )


def _check_takes_weights(loss: Loss) -> None:
    function = loss.forward if isinstance(loss, nn.Module) else loss
    try:
        inspect.signature(function).bind(None, None, None)
    except TypeError as error:
        raise ValueError(
            "sample weights expected a loss that takes (prediction, target, weight), got one that "
            f"doesn't ({error}): add the argument, or pass one of {', '.join(LOSSES)}"
        ) from error


def _resolve_loss(loss: LossSpec) -> Loss:
    if loss is None:
        return automatic
    if isinstance(loss, str):
        name = _plain(loss)
        if name not in LOSSES:
            raise ValueError(
                f"loss expected one of {', '.join(LOSSES)}, None or a callable, got {loss!r}: "
                "write a function of (prediction, target) for another one"
            )
        return LOSSES[name]
    if isinstance(loss, type):
        raise ValueError(
            f"loss expected a function or an object, got the class {loss.__name__}: write "
            f"{loss.__name__}()"
        )
    if not callable(loss):
        raise ValueError(f"loss expected a name, None or a callable, got {type(loss).__name__}")
    return loss


def _resolve_metrics(metrics: str | list[str] | Mapping[str, Metric]) -> dict[str, Metric]:
    if isinstance(metrics, Mapping):
        return dict(metrics)
    names = [metrics] if isinstance(metrics, str) else read_list("fit", "metrics", metrics)
    unknown = [name for name in names if _plain(name) not in METRICS]
    if unknown:
        raise ValueError(
            f"metrics expected names among {', '.join(METRICS)}, got {unknown[0]!r}: pass a dict "
            "of callables for your own"
        )
    return {_plain(name): METRICS[_plain(name)] for name in names}


def _plain(name: str) -> str:
    return str(name).lower().replace("-", "_").replace(" ", "_")


def check_number(name: str, value: Any) -> Any:
    """What a function of the user's gave; ValueError unless it is one real number."""
    if isinstance(value, Tensor):
        if value.ndim:
            raise ValueError(
                f"{name} expected to give one number, got a tensor of shape {tuple(value.shape)}: "
                "average over the batch"
            )
        odd = str(value.dtype) if value.is_complex() else "a tensor on the device meta"
        is_real = not (value.is_complex() or value.is_meta)
    else:
        odd = type(value).__name__
        is_real = np.ndim(value) == 0 and np.asarray(value).dtype.kind in "biuf"
    if not is_real:
        raise ValueError(f"{name} expected to give one real number, got {odd}")
    return value


def check_depends(depends: bool) -> None:
    """Raise ValueError for a loss that the model's parameters don't change."""
    if not depends:
        raise ValueError(
            "loss expected to depend on the model's parameters, got a number without gradients:"
            " compute it from the predictions with torch operations, without .detach()"
        )


def measure(metrics: Mapping[str, Metric], prediction: Tensor, target: Tensor) -> list[Any]:
    """The value of each metric: a float or a tensor of one element.

    Raises:
        ValueError: a metric gives something else.
    """
    values = []
    for name, metric in metrics.items():
        value = metric(prediction, target)
        alone = isinstance(value, Tensor) and value.numel() == 1
        values.append(check_number(f"metric {name!r}", value.reshape(()) if alone else value))
    return values


def to_floats(values: list[Any]) -> list[float]:
    """Numbers from one-element tensors and floats, waiting for the device once."""
    tensors = [v.detach().reshape(()) for v in values if isinstance(v, Tensor)]
    on_host = iter(torch.stack(tensors).tolist() if tensors else [])
    return [next(on_host) if isinstance(v, Tensor) else float(v) for v in values]
