"""Training runs for test_distributed.py, alone or under torchrun: `distributed_run.py FOLDER`."""

import os
import sys
from pathlib import Path

import torch
import torch.distributed as dist
from safetensors.torch import save_file
from torch import nn

from edgewise.training import NonFiniteLossError, fit


def data():
    # 31 rows in batches of 10 leave a last batch of one row: an empty shard for one of the two.
    generator = torch.Generator().manual_seed(0)
    x = torch.randn(31, 4, generator=generator, dtype=torch.float64)
    return x, x.square().sum(1, keepdim=True)


def model(seed):
    torch.manual_seed(seed)
    return nn.Sequential(nn.Linear(4, 8), nn.Tanh(), nn.Linear(8, 1)).double()


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


def runs(folder):
    x, y = data()
    rank = int(os.environ.get("RANK", "0"))
    common = {"progress": False, "lr": 0.01}
    metrics = {"mae": lambda p, t: (p - t).abs().mean()}
    yield "adamw", {"val": (x[:7], y[:7]), "batch_size": 10, "epochs": 6} | common
    yield "training metrics", {"metrics": metrics, "batch_size": 10, "steps": 9} | common
    yield "regularizer", {"regularizer": ridge, "batch_size": 10, "steps": 9} | common
    yield "lbfgs", {"optimizer": short_lbfgs, "steps": 3, "progress": False}
    checkpoint = {"checkpoint_dir": folder / "run", "batch_size": 10, "resume": True} | common
    yield "first half", {"epochs": 2} | checkpoint
    yield "second half", {"epochs": 4} | checkpoint
    yield "iterable", {"data": list(batches(x, y))[:3], "epochs": 3} | common
    assert rank < 2


def main(folder: Path) -> None:
    torch.set_num_threads(1)
    results = {}
    rank = int(os.environ.get("RANK", "0"))
    for name, arguments in runs(folder):
        # Other weights and another order on the second process: the first one's must win.
        net = model(seed=rank)
        torch.manual_seed(3 + rank)
        history = fit(net, arguments.pop("data", data()), **arguments)
        results |= {f"{name} {k}": v for k, v in history._state().items() if k != "seconds"}
        results |= {f"{name} {key}": value for key, value in net.state_dict().items()}
    try:
        bad = {"lr": 1e200, "batch_size": 10, "progress": False}
        fit(model(0), data(), steps=30, optimizer="adam", **bad)
    except NonFiniteLossError as error:
        results["bad step"] = torch.tensor(error.step)
    assert not dist.is_initialized()
    save_file(results, folder / f"rank{rank}.safetensors")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
