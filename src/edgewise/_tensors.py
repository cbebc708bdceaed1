"""Ask where torch makes tensors, whether they have values, and whether vmap or jvp wraps them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext

import torch
from torch._subclasses import FakeTensor

Device = torch.device | str | None
"""Where tensors are made; None for torch's default device."""
DType = torch.dtype | None
"""The type of tensors' numbers; None for torch's default one."""


@contextmanager
def tensors_on_cpu() -> Iterator[None]:
    """Make tensors on the CPU where no device is said, whatever the caller's default device is."""
    # Where it is the CPU already, the mode of a device would only slow down every call.
    is_cpu = torch.get_default_device().type == "cpu"
    with nullcontext() if is_cpu else torch.device("cpu"):
        yield


def is_meta(device: Device) -> bool:
    """Whether tensors there have shapes and no numbers.

    What makes a grid returns one that is empty then: arithmetic on "meta" makes torch import its
    compiler, which takes seconds.
    """
    return device is not None and torch.device(device).type == "meta"


def has_values(x: torch.Tensor) -> bool:
    """Whether there are numbers to read: there are none on "meta" and in a FakeTensorMode."""
    return not (x.is_meta or isinstance(x, FakeTensor))


def is_transformed() -> bool:
    """Inside vmap, jacrev, jvp, …: these differentiate and batch plain operations only."""
    # torch.compile answers this question as eager torch does, also where it compiles a transform.
    return torch._C._are_functorch_transforms_active() or (
        torch.autograd.forward_ad._current_level >= 0
    )


def is_batched_gradient(x: torch.Tensor) -> bool:
    """Whether a tensor stands for a batch of gradients that a backward pass computes at once, with
    ``is_grads_batched=True`` or ``vectorize=True``."""
    return torch._C._functorch.is_legacy_batchedtensor(x)


def map_gradients(
    gradients: Callable[[torch.Tensor], Sequence[torch.Tensor | None]], dy: torch.Tensor
) -> list[torch.Tensor | None]:
    """The gradients by each of a batch's entries, one after another, as such a batch.

    Such batches are of torch's first vmap, for which operators of others have no rule.
    """
    level = torch._C._vmapmode_increment_nesting() - 1
    torch._C._vmapmode_decrement_nesting()
    each = [gradients(one) for one in torch._remove_batch_dim(dy, level, 0, 0)]
    return [
        None if own[0] is None else torch._add_batch_dim(torch.stack(own), 0, level)
        for own in zip(*each, strict=True)
    ]


def is_in_backward() -> bool:
    """Whether a backward pass is running, as when a checkpoint computes its outputs once more."""
    return torch._C._current_graph_task_id() != -1
