"""FSDP2 and distributed checkpoints for test_sharded.py: ``torchrun … sharded_run.py FOLDER``."""

import os
import sys
from pathlib import Path

import torch
import torch.distributed as dist
import torch.distributed.checkpoint as dcp
from safetensors.torch import save_file
from torch.distributed.checkpoint.state_dict import get_model_state_dict, set_model_state_dict
from torch.distributed.device_mesh import init_device_mesh
from torch.distributed.fsdp import fully_shard
from torch.distributed.tensor import DTensor

import edgewise as ew


def make(device=None):
    basis = ew.Gaussian(6, train_centers=True, train_width=True)
    return ew.KAN([3, 5, 2], basis=basis, norm="affine", coef_scale=True, device=device)


def data():
    x = torch.linspace(-2, 2, 24).reshape(8, 3)
    return x, torch.stack([x.sum(1), x.prod(1)], 1)


def make_blocks():
    """Two blocks; FSDP2 takes no scalars, so the width, which isn't trained, stays a buffer."""
    torch.manual_seed(0)
    basis = ew.Gaussian(3)
    return torch.nn.Sequential(
        *(ew.nn.KANTransformerBlock(8, 2, basis=basis, recompute=True) for _ in range(2))
    )


def make_convolutions():
    """Two convolutions of many blocks, which are computed again, for images ``(2, 5, 8)``."""
    torch.manual_seed(0)
    settings = {"padding": 1, "basis": ew.Gaussian(3), "memory": 1}
    return torch.nn.Sequential(
        torch.nn.Unflatten(1, (1, 5)),
        ew.nn.KANConv2d(1, 4, 3, **settings),
        ew.nn.KANConv2d(4, 2, 3, groups=2, **settings),
    )


MADE = {"blocks": make_blocks, "convolutions": make_convolutions}


def train(model):
    """A few steps on the same data in every process; the outputs after them."""
    x = torch.linspace(-2, 2, 2 * 5 * 8).sin().reshape(2, 5, 8)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.05)
    for _ in range(3):
        optimizer.zero_grad()
        model(x).square().mean().backward()
        optimizer.step()
    return model(x).detach()


def spoil(model):
    """Fill what ``to_empty`` leaves undefined with what nobody could overlook."""
    with torch.no_grad():
        for tensor in [*model.parameters(), *model.buffers()]:
            tensor.fill_(float("nan") if tensor.is_floating_point() else 77)


def shard(model):
    mesh = init_device_mesh("cpu", (int(os.environ["WORLD_SIZE"]),))
    for layer in model.layers if isinstance(model, ew.KAN) else model:
        if any(True for _ in layer.parameters()):
            fully_shard(layer, mesh=mesh)
    return fully_shard(model, mesh=mesh)


def whole(model):
    state = model.state_dict()
    full = {k: v.full_tensor() if isinstance(v, DTensor) else v for k, v in state.items()}
    return {k: v.detach().clone() for k, v in full.items()}


def main(folder: Path) -> None:
    torch.set_num_threads(1)
    dist.init_process_group("gloo")
    rank = dist.get_rank()
    model = shard(make("meta"))
    model.to_empty(device="cpu")
    spoil(model)
    torch.manual_seed(3 + rank)  # only the first process's numbers count
    model.reset_parameters()
    results = {name: train(shard(make())) for name, make in MADE.items()}
    results |= {f"first {k}": v for k, v in whole(model).items()}
    optimizer = torch.optim.AdamW(model.parameters(), lr=0.01)
    x, y = data()
    for _ in range(5):
        optimizer.zero_grad()
        (model(x) - y).square().mean().backward()
        optimizer.step()
    results |= {f"trained {k}": v for k, v in whole(model).items()}
    results["out"] = model(x).detach()
    dcp.save({"model": get_model_state_dict(model)}, checkpoint_id=folder / "distributed")
    other = shard(make("meta")).to_empty(device="cpu")
    state = {"model": get_model_state_dict(other)}
    dcp.load(state, checkpoint_id=folder / "distributed")
    set_model_state_dict(other, state["model"])
    assert torch.equal(other(x), model(x))
    save_file(results, folder / f"rank{rank}.safetensors")
    dist.destroy_process_group()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
    os._exit(0)  # for the reason that examples/two_processes.py gives
