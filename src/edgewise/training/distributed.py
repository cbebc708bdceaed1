"""Several processes that train one model on the shards of each batch."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import torch
import torch.distributed as dist
from torch import Tensor, nn
from torch.nn.parallel import DataParallel, DistributedDataParallel

from edgewise._tensors import DType
from edgewise.nn.inspect import check_callable, model_device, model_dtype
from edgewise.nn.norm_base import Norm

_created = count()  # How many groups this process has made; all processes make the same ones.


@dataclass(frozen=True)
class Ranks:
    """This process among those that train together; alone, every operation is a no-op.

    Args:
        device: where tensors must be for the processes to exchange them.
    """

    rank: int = 0
    size: int = 1
    device: torch.device = field(default_factory=lambda: torch.device("cpu"))

    def shard(self, items: int) -> slice:
        """This process's part of `items` items: contiguous, sizes differ by at most one."""
        return slice(items * self.rank // self.size, items * (self.rank + 1) // self.size)

    def sum(self, tensor: Tensor) -> Tensor:
        """Sum of `tensor` over the processes."""
        if self.size > 1:
            dist.all_reduce(tensor)
        return tensor

    def meet(self) -> None:
        """Wait until every process is here."""
        if self.size > 1:
            dist.barrier()

    def copy_from_first(self, tensors: Sequence[Tensor]) -> None:
        """Overwrite `tensors` with those of the first process."""
        if self.size > 1:
            for tensor in tensors:
                shared = tensor.detach().to(self.device).contiguous()
                dist.broadcast(shared, src=0)
                tensor.detach().copy_(shared)

    def gather(self, tensor: Tensor) -> list[Tensor]:
        """`tensor` of every process, on the CPU; shapes must agree."""
        if self.size == 1:
            return [tensor]
        mine = tensor.to(self.device)
        everyone = [torch.empty_like(mine) for _ in range(self.size)]
        dist.all_gather(everyone, mine)
        return [each.cpu() for each in everyone]

    def average(self, values: Sequence[Any], weight: Any, device: torch.device) -> list[Tensor]:
        """Mean over the processes of `values`, each process weighted by its `weight`.

        Args:
            values: numbers or tensors of one element.
            weight: this process's weight; the mean over the processes is one.
            device: where the tensors are, so that a GPU need not hand its values to the host.
        """
        numbers = [torch.as_tensor(v, dtype=torch.float64, device=device) for v in values]
        local = torch.stack([number.reshape(()) for number in numbers])
        return list((self.sum(local * weight) / self.size).unbind())


@contextmanager
def average_gradients(model: nn.Module, ranks: Ranks, device: torch.device) -> Iterator[nn.Module]:
    """Yield what a training pass calls: with several processes, a module that averages gradients.

    A `model` that is already in DistributedDataParallel is that module itself.
    """
    if ranks.size == 1:
        yield model
        return
    with mark_maps(model, "is_shared"):
        if isinstance(model, DistributedDataParallel):
            yield model
        else:
            yield from _wrap(model, device)


def _wrap(model: nn.Module, device: torch.device) -> Iterator[nn.Module]:
    """Yield the model in a DistributedDataParallel that is taken apart afterwards."""
    device_ids = [device] if device.type == "cuda" else None
    wrapper = DistributedDataParallel(model, device_ids=device_ids, gradient_as_bucket_view=True)
    try:
        yield wrapper
    finally:
        # A gloo group waits, when its last owner lets go, for threads that may need Python's lock.
        # The reducer would be a last owner that holds the lock, for ever: so it goes before the
        # group. The wrapper may live on, in the traceback of an exception.
        del wrapper.reducer, wrapper.logger


@contextmanager
def mark_maps(model: nn.Module, mark: str) -> Iterator[None]:
    """Set an attribute of the model's normalisations to True for a while."""
    norms = [part for part in model.modules() if isinstance(part, Norm)]
    for norm in norms:
        setattr(norm, mark, True)
    try:
        yield
    finally:
        for norm in norms:
            delattr(norm, mark)


def check_all_used(forward: nn.Module, model: nn.Module, params: Sequence[nn.Parameter]) -> None:
    """DistributedDataParallel leaves the gradients as they are until it has seen all of them.

    torch tells only at the next step, after an update with the gradients of this process.
    """
    if not isinstance(forward, DistributedDataParallel):
        return
    if forward.find_unused_parameters or forward.static_graph:
        return
    if any(parameter.grad is None for parameter in params):
        named = model.named_parameters()
        unused = [name for name, p in named if p.requires_grad and p.grad is None]
        raise ValueError(
            "DistributedDataParallel expected every trainable parameter to take part in the "
            f"loss, got no gradient for {', '.join(unused)}: set requires_grad=False on these, "
            "or pass DistributedDataParallel(model, find_unused_parameters=True) as the model"
        )


def local_device(device: str | torch.device | None) -> torch.device | None:
    """`device` as an object; under torchrun a bare "cuda" is this process's own GPU."""
    if device is None:
        return None
    device = torch.device(device)
    if device.type == "cuda" and device.index is None and _is_launched():
        return torch.device("cuda", int(os.environ["LOCAL_RANK"]))
    return device


def _is_launched() -> bool:
    return dist.is_available() and dist.is_torchelastic_launched()


@contextmanager
def process_group(device: torch.device) -> Iterator[Ranks]:
    """The process group to train in: the caller's, one that torchrun asks for, or none.

    A group that is created here is destroyed at the end.
    """
    ours = _is_launched() and not dist.is_initialized()
    if ours:
        from torch.distributed.rendezvous import rendezvous  # not in every build of torch

        if device.type == "cuda":
            torch.cuda.set_device(device)
        store, rank, size = next(iter(rendezvous("env://")))
        # torchrun's store outlives the group: a second group must not read the addresses that
        # the first one left there, so each has names of its own.
        prefix = f"edgewise/{next(_created)}"
        names = dist.PrefixStore(prefix, store)  # type: ignore[attr-defined]  # no __all__
        backend = "nccl" if device.type == "cuda" else "gloo"
        dist.init_process_group(backend, store=names, rank=rank, world_size=size)
    try:
        yield _ranks(device)
    finally:
        if ours:
            dist.destroy_process_group()


def _ranks(device: torch.device) -> Ranks:
    if not (dist.is_available() and dist.is_initialized()):
        return Ranks()
    exchange = device if "nccl" in dist.get_backend() else torch.device("cpu")
    return Ranks(dist.get_rank(), dist.get_world_size(), exchange)


def module_to_train(model: nn.Module) -> nn.Module:
    """What trains: the module inside a DistributedDataParallel, or the model itself."""
    check_callable(model)
    if isinstance(model, DataParallel):
        raise ValueError(
            "fit expected a model that trains on one device, got it wrapped in DataParallel: pass "
            "model.module, and start one process per GPU with torchrun"
        )
    bare = model.module if isinstance(model, DistributedDataParallel) else model
    if not any(p.requires_grad for p in bare.parameters()):
        raise ValueError(
            "fit expected a model with trainable parameters, got none: set requires_grad on some"
        )
    return bare


def check_wrapper(
    wrapper: DistributedDataParallel, ranks: Ranks, device: torch.device, dtype: DType
) -> None:
    """Raise ValueError unless the caller's wrapper can be used as it is."""
    group = wrapper.process_group.size()
    if group != ranks.size:
        raise ValueError(
            f"DistributedDataParallel expected all {ranks.size} processes, got a group of {group}: "
            "make it without process_group"
        )
    # Its own buffers do not follow when the model moves.
    now = (model_device(wrapper.module), model_dtype(wrapper.module))
    asked = (torch.empty(0, device=device).device, dtype or now[1])  # A bare "cuda" gets its index.
    if now != asked:
        raise ValueError(
            f"a model in DistributedDataParallel expected to stay {now[1]} on {now[0]}, got "
            f"{asked[1]} on {asked[0]}: convert the model before you wrap it"
        )
