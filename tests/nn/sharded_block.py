"""FSDP2 of a transformer block, for test_transformer.py: ``torchrun … sharded_block.py FOLDER``."""

import os
import sys
from pathlib import Path

import torch
import torch.distributed as dist
from safetensors.torch import save_file
from torch.distributed.device_mesh import init_device_mesh
from torch.distributed.fsdp import fully_shard

import edgewise as ew


def make():
    """Two blocks; FSDP2 takes no scalars, so the width, which isn't trained, stays a buffer."""
    torch.manual_seed(0)
    basis = ew.Gaussian(3)
    return torch.nn.Sequential(
        *(ew.nn.KANTransformerBlock(8, 2, basis=basis, recompute=True) for _ in range(2))
    )


def train(model):
    """A few steps on the same data in every process; the outputs after them."""
    x = torch.linspace(-2, 2, 2 * 5 * 8).sin().reshape(2, 5, 8)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.05)
    for _ in range(3):
        optimizer.zero_grad()
        model(x).square().mean().backward()
        optimizer.step()
    return model(x).detach()


def main(folder: Path, make=make) -> None:
    torch.set_num_threads(1)
    dist.init_process_group("gloo")
    mesh = init_device_mesh("cpu", (int(os.environ["WORLD_SIZE"]),))
    model = make()
    for part in model:
        if any(True for _ in part.parameters()):
            fully_shard(part, mesh=mesh)
    fully_shard(model, mesh=mesh)
    save_file({"out": train(model)}, folder / f"rank{dist.get_rank()}.safetensors")
    dist.destroy_process_group()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
    os._exit(0)  # for the reason that examples/two_processes.py gives
