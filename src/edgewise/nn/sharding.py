"""Parameters that are spread over processes (torch's DTensor, as FSDP2 makes them)."""

from __future__ import annotations

import sys

import torch
from torch import Tensor, nn


def is_sharded(tensor: Tensor) -> bool:
    """Whether each process has only a part of ``tensor``."""
    # Importing it takes seconds; whoever has such a tensor has imported it.
    module = sys.modules.get("torch.distributed.tensor")
    return module is not None and isinstance(tensor, module.DTensor)


def is_sharded_module(module: nn.Module) -> bool:
    """Whether FSDP2 shards ``module`` itself: then all processes call it at the same time.

    During a call its parameters are whole, so they don't show it.
    """
    return hasattr(module, "set_requires_gradient_sync")  # FSDPModule's; torch.compile can ask it


@torch.no_grad()
def fill_shards(module: nn.Module, whole: nn.Module) -> None:
    """Give every process its parts of the parameters of ``whole``: the first process's values.

    All processes have to take part.
    """
    from torch.distributed.tensor import DTensor, distribute_tensor  # not in every build of torch

    theirs = dict(whole.named_parameters())
    for name, own in module.named_parameters():
        other = theirs[name].detach()
        if other is own or not isinstance(own, DTensor):
            continue
        part = distribute_tensor(other.to(own.device), own.device_mesh, own.placements)
        own.to_local().copy_(part.to_local())
