"""Losses and metrics by name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor

Loss = Callable[..., Tensor]
Metric = Callable[[Tensor, Tensor], Any]


def mse(prediction: Tensor, target: Tensor, weight: Tensor | None = None) -> Tensor:
    """Mean squared error that never broadcasts.

    Args:
        prediction: ``(samples, ...)``.
        target: the same shape; ``(samples,)`` is accepted for ``(samples, 1)``.
        weight: ``(samples,)``, what each sample's error is multiplied with; None means 1.

    Raises:
        ValueError: the shapes differ.
    """
    target = match_target("mean squared error", prediction, target)
    return _average(F.mse_loss, prediction, target, weight)


def mae(prediction: Tensor, target: Tensor, weight: Tensor | None = None) -> Tensor:
    """Mean absolute error; arguments as for :func:`mse`."""
    target = match_target("mean absolute error", prediction, target)
    return _average(F.l1_loss, prediction, target, weight)


def huber(prediction: Tensor, target: Tensor, weight: Tensor | None = None) -> Tensor:
    """Half the squared error up to 1, and linear beyond; arguments as for :func:`mse`."""
    target = match_target("Huber's loss", prediction, target)
    return _average(F.huber_loss, prediction, target, weight)


def bce(prediction: Tensor, target: Tensor, weight: Tensor | None = None) -> Tensor:
    """Binary cross entropy of logits: one output for each yes or no.

    Args:
        prediction: logits ``(samples, ...)``; positive means yes.
        target: booleans, 0 and 1, or probabilities, of shapes as for :func:`mse`.
        weight: as for :func:`mse`.
    """
    target = match_target("binary cross entropy", prediction, target)
    return _average(F.binary_cross_entropy_with_logits, prediction, target, weight)


def cross_entropy(prediction: Tensor, target: Tensor, weight: Tensor | None = None) -> Tensor:
    """Cross entropy with the classes in the last dimension of the predictions.

    Args:
        prediction: logits ``(..., classes)``.
        target: integer or boolean classes ``(...)``, or probabilities ``(..., classes)``.
        weight: as for :func:`mse`.
    """
    classes = prediction.shape[-1] if prediction.ndim else 0
    if target.is_floating_point() and target.shape == prediction.shape:
        flat = target.flatten(0, -2)
        return _average(F.cross_entropy, prediction.flatten(0, -2), flat, weight)
    if target.is_floating_point() or prediction.shape[:-1] != target.shape:
        raise ValueError(
            f"cross entropy expected integer targets of shape {tuple(prediction.shape[:-1])} for "
            f"predictions {tuple(prediction.shape)}, got {target.dtype} {tuple(target.shape)}: "
            "put the classes in the last dimension, or pass your own loss"
        )
    if classes < 2:
        raise ValueError(
            f"cross entropy expected at least 2 outputs, got {classes}: give the model one output "
            'per class, pass loss="bce" for two classes and one output, or convert y to floating '
            "point for a regression"
        )
    flat = target.flatten().long()
    return _average(F.cross_entropy, prediction.flatten(0, -2), flat, weight)


def automatic(prediction: Tensor, target: Tensor, weight: Tensor | None = None) -> Tensor:
    """Cross entropy for classes, binary cross entropy for other booleans, else squared errors.

    Classes are integers or booleans with one dimension less than the predictions, which have at
    least two outputs if the targets are booleans.
    """
    if holds_classes(prediction, target):
        return cross_entropy(prediction, target, weight)
    return (bce if target.dtype == torch.bool else mse)(prediction, target, weight)


def match_target(loss: str, prediction: Tensor, target: Tensor) -> Tensor:
    """The target in the prediction's shape and type."""
    if prediction.shape == (*target.shape, 1):
        target = target.unsqueeze(-1)
    if prediction.shape != target.shape:
        raise ValueError(
            f"{loss} expected targets of the predictions' shape {tuple(prediction.shape)}, got "
            f"{tuple(target.shape)}: reshape y, or change the model's number of outputs"
        )
    return target.to(prediction.dtype)


def _average(
    loss: Callable[..., Tensor], prediction: Tensor, target: Tensor, weight: Tensor | None
) -> Tensor:
    if weight is None:
        return loss(prediction, target)
    each = loss(prediction, target, reduction="none")
    return (each.reshape(len(weight), -1).mean(1) * weight).mean()


def holds_classes(prediction: Tensor, target: Tensor) -> bool:
    """Whether targets number the outputs: integers or booleans with one dimension less."""
    kind = target.dtype
    if kind.is_floating_point or kind.is_complex or target.ndim != prediction.ndim - 1:
        return False
    return kind != torch.bool or prediction.shape[-1] > 1


def accuracy(prediction: Tensor, target: Tensor) -> Tensor:
    """Fraction of samples whose largest logit is that of the target class.

    Where there is one output for each target, a positive logit means yes, and a target above one
    half.
    """
    if holds_classes(prediction, target) and prediction.shape[-1] > 1:
        return (prediction.argmax(-1) == target).double().mean()
    if target.is_floating_point() and prediction.shape == target.shape and target.shape[-1] > 1:
        return (prediction.argmax(-1) == target.argmax(-1)).double().mean()
    yes = match_target("accuracy", prediction, target) > 0.5
    return ((prediction > 0) == yes).double().mean()


def r2(prediction: Tensor, target: Tensor) -> Tensor:
    """1 - Σ (y - f)² / Σ (y - mean y)², averaged over the outputs.

    An output whose targets are all the same counts 1 if they are met and 0 if not, as in
    scikit-learn.
    """
    target = match_target("r2", prediction, target).double().flatten(1)
    missed = (prediction.double().flatten(1) - target).square().sum(0)
    spread = (target - target.mean(0)).square().sum(0)
    constant = torch.where(missed == 0, 1.0, 0.0).double()
    return torch.where(spread == 0, constant, 1 - missed / spread).mean()


def rmse(prediction: Tensor, target: Tensor) -> Tensor:
    """Square root of the mean squared error."""
    return mse(prediction, target).sqrt()


LOSSES: dict[str, Loss] = {
    "mse": mse,
    "mae": mae,
    "huber": huber,
    "bce": bce,
    "cross_entropy": cross_entropy,
}
METRICS: dict[str, Metric] = {
    "accuracy": accuracy,
    "r2": r2,
    "mse": mse,
    "mae": mae,
    "rmse": rmse,
}
RISING = ("accuracy", "r2")
"""The metrics that are better when they are larger."""
