"""Weights that a seed decides, and numbers of parameters, of the networks of all studies."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import torch
from torch import nn


@contextmanager
def drawn_by(seed: int) -> Iterator[None]:
    """Random numbers inside the block come from the seed; torch's own state stays as it was."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        yield


def count(model: nn.Module, *, trainable: bool = True) -> int:
    """The number of parameters, of those that are trained or of all."""
    return sum(p.numel() for p in model.parameters() if p.requires_grad or not trainable)
