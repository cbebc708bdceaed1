"""Run what needs gradients, even under the caller's `no_grad`, inference mode or autocast."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import ParamSpec, TypeVar

import torch
from torch import nn

P = ParamSpec("P")
R = TypeVar("R")


@contextmanager
def with_derivatives() -> Iterator[None]:
    """Compute with derivatives and in the types that are given: without the caller's
    ``torch.inference_mode``, ``torch.no_grad`` and ``torch.autocast``."""
    with (
        torch.inference_mode(False),
        torch.autocast("cpu", enabled=False),
        torch.autocast("cuda", enabled=False),
    ):
        yield


def needs_derivatives(verb: Callable[P, R]) -> Callable[P, R]:
    """Call a function :func:`with_derivatives`.

    The function raises ValueError for a model that was made in inference mode, whose weights can't
    have any.
    """

    @wraps(verb)
    def call(*args: P.args, **kwargs: P.kwargs) -> R:
        for value in (*args, *kwargs.values()):
            check_weights(verb.__name__, value)
        with with_derivatives():
            return verb(*args, **kwargs)

    return call


def check_weights(owner: str, model: object) -> None:
    """Raise ValueError for a model that was made, or converted, in inference mode."""
    if not isinstance(model, nn.Module):
        return
    if any(t.is_inference() for t in (*model.parameters(), *model.buffers())):
        raise ValueError(
            f"{owner} expected weights that can have derivatives, got a model that was made in "
            "torch.inference_mode(): make it outside, or take copy.deepcopy(model) there"
        )
