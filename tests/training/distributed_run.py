"""Training runs for test_distributed.py, alone or under torchrun.

``distributed_run.py FOLDER [OTHER]``: OTHER is the folder of a run whose checkpoint to continue.
"""

import os
import shutil
import sys
from contextlib import contextmanager, nullcontext
from pathlib import Path

import pytest
import torch
import torch.distributed as dist
from safetensors.torch import save_file
from torch import nn
from torch.distributed.algorithms.ddp_comm_hooks.default_hooks import allreduce_hook
from torch.nn.parallel import DistributedDataParallel

from edgewise import KAN
from edgewise.training import NonFiniteLossError, fit

CHECKPOINTED = {"progress": False, "lr": 0.01, "batch_size": 10, "resume": True}


def data():
    # 31 rows in batches of 10 leave a last batch of one row: an empty shard for one of the two.
    generator = torch.Generator().manual_seed(0)
    x = torch.randn(31, 4, generator=generator, dtype=torch.float64)
    return x, x.square().sum(1, keepdim=True)


def model(seed):
    torch.manual_seed(seed)
    return nn.Sequential(nn.Linear(4, 8), nn.Tanh(), nn.Linear(8, 1)).double()


def kan(seed):
    """A KAN of default layers, which standardise their inputs by training rows."""
    return KAN([4, 3, 1], seed=seed, dtype=torch.float64)


class Spare(nn.Module):
    """A model with a parameter that takes no part in the loss."""

    def __init__(self, seed):
        super().__init__()
        self.net = model(seed)
        self.spare = nn.Parameter(torch.ones(2, dtype=torch.float64))

    def forward(self, x):
        return self.net(x)


@contextmanager
def wrapped(net, file):
    """`net` as a user would wrap it under torchrun; its averaging must be what is used."""
    if "WORLD_SIZE" not in os.environ:
        yield net
        return
    calls = []

    def hook(_, bucket):
        calls.append(bucket.index())
        return allreduce_hook(None, bucket)

    # Not torchrun's store: it would still hold the addresses of an earlier group.
    store, rank = dist.FileStore(str(file), 2), int(os.environ["RANK"])
    dist.init_process_group("gloo", store=store, rank=rank, world_size=2)
    wrapper = DistributedDataParallel(net, find_unused_parameters=isinstance(net, Spare))
    wrapper.register_comm_hook(None, hook)
    yield wrapper
    assert len(calls) >= 4
    assert dist.is_initialized()
    del wrapper.reducer, wrapper.logger  # see edgewise.training.distributed.average_gradients
    dist.destroy_process_group()


def ridge(module, x):
    return 0.01 * sum(p.square().sum() for p in module.parameters()) + x.square().mean()


def short_lbfgs(params):
    # Line searches multiply rounding differences, without bound over many iterations.
    return torch.optim.LBFGS(params, max_iter=5, line_search_fn="strong_wolfe")


def batches(x, y):
    """The same global batches for one process or two: user-made shards of unequal size."""
    rank, size = int(os.environ.get("RANK", "0")), int(os.environ.get("WORLD_SIZE", "1"))
    for rows in torch.arange(31).split(10):
        part = rows if size == 1 else (rows[:1], rows[1:] if len(rows) > 1 else rows)[rank]
        yield x[part], y[part]


def runs(folder, other):
    x, y = data()
    rank = int(os.environ.get("RANK", "0"))
    common = {"progress": False, "lr": 0.01}
    metrics = {"mae": lambda p, t: (p - t).abs().mean()}
    yield "adamw", {"val": (x[:7], y[:7]), "batch_size": 10, "epochs": 6} | common
    yield "training metrics", {"metrics": metrics, "batch_size": 10, "steps": 9} | common
    yield "regularizer", {"regularizer": ridge, "batch_size": 10, "steps": 9} | common
    yield "lbfgs", {"optimizer": short_lbfgs, "steps": 3, "progress": False}
    yield "first half", CHECKPOINTED | {"checkpoint_dir": folder / "run", "epochs": 2}
    yield "second half", CHECKPOINTED | {"checkpoint_dir": folder / "run", "epochs": 4}
    if rank == 0:
        shutil.copytree(folder / "run", folder / "copy")
    there = folder / "run" if other is None else other / "copy"
    assert (there / "checkpoint.safetensors").exists()
    yield "continued", CHECKPOINTED | {"checkpoint_dir": there, "epochs": 6}
    yield "spare", {"batch_size": 10, "epochs": 3} | common
    weighted = {"data": (x, y, torch.arange(31.0) % 3), "max_grad_norm": 0.5, "patience": 2}
    stop = {"callbacks": lambda net, history: rank == 0 and len(history) == 4}
    yield "weighted", weighted | stop | {"val": (x[:7], y[:7]), "batch_size": 10, "epochs": 6}
    yield "kan", {"val": (x[:7], y[:7]), "batch_size": 10, "epochs": 3} | common
    yield "iterable", {"data": list(batches(x, y))[:3], "epochs": 3} | common
    assert rank < 2


def main(folder: Path, other: Path | None = None) -> None:
    torch.set_num_threads(1)
    results = {}
    rank = int(os.environ.get("RANK", "0"))
    for name, arguments in runs(folder, other):
        # Other weights and another order on the second process: the first one's must win.
        net = {"spare": Spare, "kan": kan}.get(name, model)(rank)
        torch.manual_seed(3 + rank)
        own = name in ("second half", "spare")
        with wrapped(net, folder / f"{name} store") if own else nullcontext(net) as given:
            history = fit(given, arguments.pop("data", data()), **arguments)
        results |= {f"{name} {k}": v for k, v in history._state().items() if k != "seconds"}
        results |= {f"{name} {key}": value for key, value in net.state_dict().items()}
    try:
        bad = {"lr": 1e200, "batch_size": 10, "progress": False}
        fit(model(0), data(), steps=30, optimizer="adam", **bad)
    except NonFiniteLossError as error:
        results["bad step"] = torch.tensor(error.step)
    if "WORLD_SIZE" in os.environ:
        with pytest.raises(ValueError, match=r"for spare: .*find_unused_parameters=True"):
            fit(Spare(0), data(), steps=1, progress=False)
    assert not dist.is_initialized()
    save_file(results, folder / f"rank{rank}.safetensors")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
