"""Runs that are killed at random moments and start again: `killed_run.py FOLDER KIND FIRST END …`.

FIRST to END are seeds, each of which draws a training, which is then killed once or more. A run is
a child of this process, which has imported everything. It has to end with the results of a run that
nobody killed, to the last bit. A line for each kind has the number of runs that were killed, and
that of kills.
"""

import os
import random
import signal
import sys
import time
from pathlib import Path
from shutil import rmtree

import numpy as np
import pandas as pd
import torch
from safetensors.torch import save_file
from torch import nn
from torch.optim.lr_scheduler import ExponentialLR

import edgewise as ew
from edgewise.sklearn import KANSurvival
from edgewise.training import NonFiniteLossError, Sparsity, fit

MOVABLE = [ew.BSpline(4), ew.BSpline(6, degree=2), ew.Gaussian(5)]
BASES = [*MOVABLE, ew.Chebyshev(4), ew.Fourier(3)]
RESULT, STAGES = "result.safetensors", 3
"""A run of networks, or the last of three models in one file, ends with a file of this name."""


def train_layers(folder: Path, seed: int) -> None:
    x = torch.randn(203, 6)
    model = nn.Sequential(nn.Linear(6, 32), nn.Tanh(), nn.Dropout(0.2), nn.Linear(32, 1))
    train(folder, model, x, x.square().sum(1, keepdim=True), batch_size=10, weight_decay=0.01)


def train_curves(folder: Path, seed: int) -> None:
    """A KAN of any basis and norm, by any optimizer; some with frozen edges and moving grids."""
    draw = random.Random(seed)
    norm = draw.choice([None, "standard", "layer", "tanh"])
    basis = draw.choice(BASES)
    model = ew.KAN([3, draw.randint(2, 5), 1], basis=basis, norm=norm, seed=seed)
    x = torch.rand(draw.randint(20, 90), 3) * 2 - 1
    if draw.random() < 0.3:
        model = ew.surgery.freeze(ew.nn.settle(model, x), (0, 1, 0))
    optimizer = draw.choice(["adamw", "adam", "sgd", "muon", "lbfgs"])
    settings = {
        "optimizer": optimizer,
        "lr": 0.1 if optimizer == "lbfgs" else 0.01,
        "batch_size": draw.choice([None, 8, 20]),
        "regularizer": draw.choice([None, Sparsity(1e-3)]),
        "grid_update_every": draw.choice([None, 4]) if basis in MOVABLE else None,
        "max_grad_norm": None if optimizer == "lbfgs" else draw.choice([None, 1.0]),
    }
    train(folder, model, x, torch.sin(3 * x[:, :1]) + x[:, 1:2] ** 2, **settings)


def train(folder: Path, model: nn.Module, x: torch.Tensor, y: torch.Tensor, **settings) -> None:
    history = fit(
        model,
        (x, y),
        val=(x, y),
        epochs=5,
        scheduler=lambda optimizer: ExponentialLR(optimizer, 0.97),
        checkpoint_dir=folder,
        checkpoint_every=3,
        resume=True,
        progress=False,
        **settings,
    )
    losses = torch.tensor([history.loss, history.val_loss, history.lr], dtype=torch.float64)
    save_file(dict(model.state_dict()) | {"losses": losses}, folder / RESULT)


def save_tables(folder: Path, seed: int) -> None:
    """Three estimators, one after the other, in one file; it says which one is the next."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "model.safetensors"
    first = ew.load(path).random_state + 1 if path.exists() else 0
    numbers = np.random.default_rng(seed)
    table = pd.DataFrame({"a": numbers.normal(size=60), "b": numbers.choice(list("xyz"), 60)})
    total = np.sin(2 * table["a"]) + (table["b"] == "x") + 0.2 * numbers.normal(size=60)
    make, y = [
        (ew.KANRegressor, total),
        (ew.KANClassifier, total > 0.3),
        (KANSurvival, np.stack([total > -0.5, np.exp(total)], 1)),
    ][seed % 3]
    for stage in range(first, STAGES):
        ew.save(make(cv=2, random_state=stage).fit(table, y), path)
    path.rename(folder / RESULT)


KINDS = {"layers": train_layers, "curves": train_curves, "tables": save_tables}


def run(folder: Path, kind: str, seed: int) -> None:
    torch.manual_seed(0)
    KINDS[kind](folder, seed)


def start(folder: Path, kind: str, seed: int) -> int:
    child = os.fork()
    if not child:
        try:
            run(folder, kind, seed)
        except BaseException as error:  # whatever it is, a child doesn't go on as its parent
            print(kind, seed, repr(error), file=sys.stderr, flush=True)
            os._exit(1)
        os._exit(0)
    return child


def wait(child: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def kill_and_resume(folder: Path, kind: str, seed: int, seconds: float, draw: random.Random) -> int:
    """How often one run was killed, at most three times, until it ended.

    Args:
        seconds: that the run takes.
    """
    kills = 0
    for _ in range(draw.randint(1, 3)):
        child = start(folder, kind, seed)
        time.sleep(draw.uniform(0, seconds))
        os.kill(child, signal.SIGKILL)
        status = wait(child)
        kills += status == -signal.SIGKILL
        assert status in (0, -signal.SIGKILL), status
        if (folder / RESULT).exists():
            return kills
    assert wait(start(folder, kind, seed)) == 0
    return kills


def main(folder: Path, kind: str, seeds: range) -> None:
    torch.set_num_threads(1)
    killed = kills = 0
    for seed in seeds:
        draw = random.Random(seed)
        try:
            run(folder / "first", kind, seed)  # imports and makes what the children then have
        except NonFiniteLossError:  # without a result there is nothing to compare
            rmtree(folder)
            continue
        expected = (folder / "first" / RESULT).read_bytes()
        began = time.perf_counter()
        assert wait(start(folder / "whole", kind, seed)) == 0
        seconds = time.perf_counter() - began
        assert (folder / "whole" / RESULT).read_bytes() == expected, (kind, seed)
        found = 0
        while not found:  # some end before their moment comes
            found = kill_and_resume(folder / "killed", kind, seed, seconds, draw)
            assert (folder / "killed" / RESULT).read_bytes() == expected, (kind, seed)
            rmtree(folder / "killed")
        killed, kills = killed + 1, kills + found
        rmtree(folder)
    print(killed, kills)


if __name__ == "__main__":
    for chosen, first, end in zip(*(iter(sys.argv[2:]),) * 3, strict=True):
        main(Path(sys.argv[1]), chosen, range(int(first), int(end)))
