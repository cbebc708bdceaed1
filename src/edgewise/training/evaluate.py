"""`evaluate`: the loss and the metrics of a model on data."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from typing import Any

import torch
from torch import Tensor, nn

from edgewise._checks import check_device
from edgewise.nn.inspect import check_callable, in_evaluation, model_device, model_dtype
from edgewise.training.data import Batches, make_batches
from edgewise.training.distributed import Ranks
from edgewise.training.inputs import Placement, pair
from edgewise.training.objective import LossSpec, MetricsSpec, Objective, measure, to_floats
from edgewise.training.options import Batching


def evaluate(
    model: nn.Module,
    data: Any,
    y: Any = None,
    *,
    sample_weight: Any = None,
    loss: LossSpec = None,
    metrics: MetricsSpec = None,
    batch_size: int | None = None,
    device: str | torch.device | None = None,
) -> dict[str, float]:
    """Loss and metrics of `model` on `data`, in evaluation mode and without gradients.

    Args:
        model: any module; its parameters and training mode are left as they were. What
            torch.compile has wrapped computes as it was before.
        data, y, sample_weight: as in `fit`.
        loss: as in `fit`.
        metrics: as in `fit`. Each is computed once, on the predictions for all the data, so it
            need not be an average over samples.
        batch_size: samples per batch of in-memory data; None means all at once.
        device: where to move the model and the data; None means the model's device.

    Returns:
        "loss", averaged over samples, and one entry per metric.

    Raises:
        ValueError: unusable data, shapes or names; the message says what to change.

    Example:
        >>> import torch, edgewise as ew
        >>> x = torch.linspace(-1, 1, 50)[:, None]
        >>> model = ew.surgery.from_formula("x0**2", basis="bspline")
        >>> found = ew.evaluate(model, x, x**2 + 2, metrics="mae")
        >>> round(found["loss"], 6), round(found["mae"], 6)
        (4.0, 2.0)
    """
    check_callable(model)
    check_device("evaluate", device)
    data = pair(data, y, sample_weight)
    if device is not None:
        model.to(device)
    place = Placement(model_device(model), model_dtype(model))
    batches = make_batches(data, Batching(batch_size), place)
    objective = Objective(loss, metrics)
    return evaluate_batches(in_evaluation(model), batches, objective, nullcontext(), Ranks())


def evaluate_batches(
    model: nn.Module,
    batches: Batches,
    objective: Objective,
    autocast: AbstractContextManager[Any],
    ranks: Ranks,
) -> dict[str, float]:
    """`evaluate` on prepared batches; averaged over the processes, weighted by their samples."""
    model.eval()
    total: Any = 0.0
    count = 0
    predictions: list[Tensor] = []
    targets: list[Tensor] = []
    with torch.no_grad(), autocast:
        for x, y, size, _, weight, unseen in batches.epoch():
            prediction = model(x)
            if unseen is not None:
                objective.check_targets(prediction, unseen)
            # Losses are averages: weight them by the samples that they average over.
            total = total + objective.loss(prediction, y, weight).double() * size
            count += size
            if objective.settle(prediction, y):
                predictions.append(prediction)
                targets.append(y)
        if not count:
            raise ValueError("evaluation expected at least one sample, got none: check the data")
        results: dict[str, Any] = {"loss": total / count}
        if predictions:
            prediction, target = torch.cat(predictions), torch.cat(targets)
            metrics = objective.settle(prediction, target)
            results |= zip(metrics, measure(metrics, prediction, target), strict=True)
    return _average(
        dict(zip(results, to_floats(list(results.values())), strict=True)), count, ranks
    )


def _average(results: dict[str, float], count: int, ranks: Ranks) -> dict[str, float]:
    if ranks.size == 1:
        return results
    weighted = torch.tensor([*results.values(), 1.0], dtype=torch.float64, device=ranks.device)
    *means, total = ranks.sum(weighted * count).tolist()
    return {name: mean / total for name, mean in zip(results, means, strict=True)}
