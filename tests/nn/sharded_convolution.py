"""FSDP2 of convolutions whose blocks are computed again, for test_conv.py."""

import os
import sys
from pathlib import Path

import torch
import torch.distributed as dist
from safetensors.torch import save_file
from sharded_block import train
from torch.distributed.device_mesh import init_device_mesh
from torch.distributed.fsdp import fully_shard

import edgewise as ew


def make():
    """Two convolutions of many blocks, for the images of ``(2, 5, 8)`` that ``train`` makes."""
    torch.manual_seed(0)
    settings = {"padding": 1, "basis": ew.Gaussian(3), "memory": 1}
    return torch.nn.Sequential(
        torch.nn.Unflatten(1, (1, 5)),
        ew.nn.KANConv2d(1, 4, 3, **settings),
        ew.nn.KANConv2d(4, 2, 3, groups=2, **settings),
    )


def main(folder: Path) -> None:
    torch.set_num_threads(1)
    dist.init_process_group("gloo")
    mesh = init_device_mesh("cpu", (int(os.environ["WORLD_SIZE"]),))
    model = make()
    for layer in model[1:]:
        fully_shard(layer, mesh=mesh)
    fully_shard(model, mesh=mesh)
    save_file({"out": train(model)}, folder / f"rank{dist.get_rank()}.safetensors")
    dist.destroy_process_group()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
    os._exit(0)  # for the reason that examples/two_processes.py gives
