"""What a model is trained and judged by: losses and metrics."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor

Loss = Callable[[Tensor, Tensor], Tensor]
LossSpec = str | Loss | None
Metric = Callable[[Tensor, Tensor], Any]
MetricsSpec = str | list[str] | Mapping[str, Metric] | None


def mse(prediction: Tensor, target: Tensor) -> Tensor:
    """Mean squared error that never broadcasts.

    Args:
        prediction: ``(samples, ...)``.
        target: the same shape; ``(samples,)`` is accepted for ``(samples, 1)``.

    Raises:
        ValueError: the shapes differ.
    """
    if prediction.shape != target.shape:
        if prediction.shape == (*target.shape, 1):
            target = target.unsqueeze(-1)
        else:
            raise ValueError(
                f"mean squared error expected targets of the predictions' shape "
                f"{tuple(prediction.shape)}, got {tuple(target.shape)}: reshape y, or change the "
                "model's number of outputs"
            )
    return F.mse_loss(prediction, target.to(prediction.dtype))


def cross_entropy(prediction: Tensor, target: Tensor) -> Tensor:
    """Cross entropy with the classes in the last dimension of the predictions.

    Args:
        prediction: logits ``(..., classes)``.
        target: integer classes ``(...)``, or probabilities ``(..., classes)``.

    Raises:
        ValueError: the shapes do not fit, or there is a single class.
    """
    classes = prediction.shape[-1] if prediction.ndim else 0
    if target.is_floating_point() and target.shape == prediction.shape:
        return F.cross_entropy(prediction.flatten(0, -2), target.flatten(0, -2))
    if target.is_floating_point() or prediction.shape[:-1] != target.shape:
        raise ValueError(
            f"cross entropy expected integer targets of shape {tuple(prediction.shape[:-1])} for "
            f"predictions {tuple(prediction.shape)}, got {target.dtype} {tuple(target.shape)}: "
            "put the classes in the last dimension, or pass your own loss"
        )
    if classes < 2:
        raise ValueError(
            f"cross entropy expected at least 2 outputs, got {classes}: give the model one output "
            "per class, or convert y to floating point for a regression"
        )
    return F.cross_entropy(prediction.flatten(0, -2), target.flatten().long())


def accuracy(prediction: Tensor, target: Tensor) -> Tensor:
    """Fraction of samples whose largest logit is that of the target class."""
    return (prediction.argmax(-1) == target).double().mean()


def _classification(prediction: Tensor, target: Tensor) -> bool:
    kind = target.dtype
    integer = not (kind.is_floating_point or kind.is_complex or kind == torch.bool)
    return integer and target.ndim == prediction.ndim - 1


def automatic(prediction: Tensor, target: Tensor) -> Tensor:
    """Cross entropy for integer targets with one dimension less; else mean squared error."""
    if _classification(prediction, target):
        return cross_entropy(prediction, target)
    return mse(prediction, target)


_LOSSES: dict[str, Loss] = {"mse": mse, "cross_entropy": cross_entropy}
_METRICS: dict[str, Metric] = {"accuracy": accuracy}


class Objective:
    """A loss, and the metrics that go with it.

    Args:
        loss: None (by the targets), "mse", "cross_entropy", or a callable
            ``(prediction, target) -> scalar`` that averages over the batch.
        metrics: None (accuracy for a classification without a loss of your own), "accuracy", a
            list of names, or a dict of callables ``(prediction, target) -> float``.

    Raises:
        ValueError: an unknown name.
    """

    def __init__(self, loss: LossSpec, metrics: MetricsSpec) -> None:
        self.loss = _resolve_loss(loss)
        # What the default is depends on the predictions: settled at the first batch.
        self.metrics = None if metrics is None else _resolve_metrics(metrics)

    def settle(self, prediction: Tensor, target: Tensor) -> dict[str, Metric]:
        """The metrics, of which the default is decided by the first batch."""
        if self.metrics is None:
            classes = self.loss in (automatic, cross_entropy)
            default = classes and _classification(prediction, target)
            self.metrics = {"accuracy": accuracy} if default else {}
        return self.metrics

    def check_classes(self, prediction: Tensor, target: Tensor) -> None:
        """Raise ValueError for classes that the model has no output for.

        A GPU would answer such a target with an assertion that ends the process.
        """
        built_in = self.loss in (automatic, cross_entropy)
        if not built_in or not _classification(prediction, target):
            return
        low, high = (int(bound) for bound in target.aminmax())
        classes = prediction.shape[-1]
        if classes > 1 and (low < 0 or high >= classes):
            raise ValueError(
                f"cross entropy expected classes 0 … {classes - 1} for a model with "
                f"{classes} outputs, got {low} … {high}: renumber the classes, or "
                "give the model more outputs"
            )


def _resolve_loss(loss: LossSpec) -> Loss:
    if loss is None:
        return automatic
    if isinstance(loss, str):
        if loss not in _LOSSES:
            raise ValueError(
                f"loss expected one of {', '.join(_LOSSES)}, None or a callable, got {loss!r}"
            )
        return _LOSSES[loss]
    if not callable(loss):
        raise ValueError(f"loss expected a name, None or a callable, got {type(loss).__name__}")
    return loss


def _resolve_metrics(metrics: str | list[str] | Mapping[str, Metric]) -> dict[str, Metric]:
    if isinstance(metrics, Mapping):
        return dict(metrics)
    names = [metrics] if isinstance(metrics, str) else list(metrics)
    unknown = [name for name in names if name not in _METRICS]
    if unknown:
        raise ValueError(
            f"metrics expected names among {', '.join(_METRICS)}, got {unknown[0]!r}: pass a dict "
            "of callables for your own"
        )
    return {name: _METRICS[name] for name in names}


def measure(metrics: Mapping[str, Metric], prediction: Tensor, target: Tensor) -> list[Any]:
    """The value of each metric: a float or a tensor of one element.

    Raises:
        ValueError: a metric gives a tensor of another size.
    """
    values = [metric(prediction, target) for metric in metrics.values()]
    for name, value in zip(metrics, values, strict=True):
        if isinstance(value, Tensor) and value.numel() != 1:
            raise ValueError(
                f"metric {name!r} expected to give one number, got a tensor of shape "
                f"{tuple(value.shape)}: average over the batch"
            )
    return values


def to_floats(values: list[Any]) -> list[float]:
    """Numbers from one-element tensors and floats, waiting for the device once."""
    tensors = [v.detach().reshape(()) for v in values if isinstance(v, Tensor)]
    on_host = iter(torch.stack(tensors).tolist() if tensors else [])
    return [next(on_host) if isinstance(v, Tensor) else float(v) for v in values]
