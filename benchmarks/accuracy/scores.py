"""What predictions are worth: accuracy, R², likelihood and calibration."""

from __future__ import annotations

import math

import torch
import torch.nn.functional as F
from torch import Tensor

BINS = 15


def score_classes(logits: Tensor, y: Tensor) -> dict[str, float]:
    """Accuracy, mean negative log-likelihood in nats, and expected calibration error.

    Shape:
        logits: (N, classes), y: (N,)
    """
    logits = logits.double()
    return {
        "accuracy": float((logits.argmax(-1) == y).double().mean()),
        "nll": float(F.cross_entropy(logits, y)),
        "ece": calibration_error(logits.softmax(-1), y),
    }


def calibration_error(shares: Tensor, y: Tensor) -> float:
    """Σ_b n_b/N · |accuracy_b - confidence_b| over equal bins b of the greatest share.

    Shape:
        shares: (N, classes), y: (N,)

    Source: Guo et al., "On calibration of modern neural networks", 2017; 15 bins, as there.
    """
    confidence, chosen = shares.double().max(-1)
    bins = (confidence * BINS).ceil().long().clamp(1, BINS) - 1
    gap = (chosen == y).double() - confidence
    sums = torch.zeros(BINS, dtype=torch.float64).index_add_(0, bins, gap)
    return float(sums.abs().sum() / len(y))


def score_numbers(prediction: Tensor, y: Tensor, deviation: float, unit: float) -> dict[str, float]:
    """R², RMSE, and the negative log-likelihood of errors ∼ N(0, deviation²).

    Args:
        deviation: of the errors on the rows that were trained on.
        unit: what 1 is in the table's own unit; RMSE and likelihood are in it.

    Shape:
        prediction: (N, 1), y: (N, 1)
    """
    squares = (prediction.double() - y.double()).square()
    spread = (y.double() - y.double().mean()).square().mean()
    mean = float(squares.mean())
    variance = max(deviation, 1e-6) ** 2
    return {
        "r2": 1 - mean / float(spread),
        "rmse": unit * math.sqrt(mean),
        "nll": 0.5 * (math.log(2 * math.pi * variance) + mean / variance) + math.log(unit),
    }
