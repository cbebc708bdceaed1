"""The same transformer of KANs in two processes: DDP, then FSDP2, on the CPU (gloo).

    torchrun --standalone --nproc-per-node=2 examples/two_processes.py

Each process trains on half of the rows. Both ways end with the weights that one process would have
found on all of them, up to rounding.
"""

import os
import sys

import torch
import torch.distributed as dist
from torch import nn
from torch.distributed.device_mesh import init_device_mesh
from torch.distributed.fsdp import fully_shard
from torch.nn.parallel import DistributedDataParallel

import edgewise as ew


def make() -> nn.Sequential:
    """Two blocks, the same in every process."""
    torch.manual_seed(0)
    blocks = (ew.nn.KANTransformerBlock(16, 2, hidden_features=8, recompute=True) for _ in range(2))
    return nn.Sequential(*blocks, nn.Flatten(), nn.Linear(4 * 16, 1))


def data() -> tuple[torch.Tensor, torch.Tensor]:
    """Rows of four tokens; the target is the sine of their sum."""
    x = torch.randn(64, 4, 16, generator=torch.Generator().manual_seed(1))
    return x, x.mean((1, 2), keepdim=True)[..., 0].mul(10).sin()


def train(model: nn.Module, x: torch.Tensor, y: torch.Tensor, steps: int = 5) -> float:
    """A few steps; the loss before the last one, on these rows."""
    optimizer = torch.optim.SGD(model.parameters(), lr=0.05)
    for _ in range(steps):
        optimizer.zero_grad()
        loss = (model(x) - y).square().mean()
        loss.backward()
        optimizer.step()
    return loss.detach()


def shard(model: nn.Sequential) -> nn.Sequential:
    """FSDP2: every process keeps its part of the parameters; a block is gathered when it's used."""
    mesh = init_device_mesh("cpu", (int(os.environ["WORLD_SIZE"]),))
    for block in model:
        if any(True for _ in block.parameters()):
            fully_shard(block, mesh=mesh)
    fully_shard(model, mesh=mesh)
    return model


def main() -> None:
    """Both ways, and one process on all rows beside them."""
    torch.set_num_threads(1)
    dist.init_process_group("gloo")
    rank, size = dist.get_rank(), dist.get_world_size()
    x, y = data()
    alone = train(make(), x, y)
    mine = slice(rank, None, size)
    for name, model in (("DDP", DistributedDataParallel(make())), ("FSDP2", shard(make()))):
        loss = train(model, x[mine], y[mine])
        dist.all_reduce(loss)
        if rank == 0:
            print(f"{name}: loss {float(loss) / size:.6f}, one process {float(alone):.6f}")
    dist.destroy_process_group()


if __name__ == "__main__":
    main()
    # FSDP2's caches keep gloo's threads, and an interpreter that is taken down beside them is now
    # and then aborted (PyTorch's issue 190489): this process ends at once.
    sys.stdout.flush()
    os._exit(0)
